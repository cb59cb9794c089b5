"""Questions prepared and words analysed in other processes: the same index as with one process, and no word lost."""

import os
import signal

import pytest

from searchq.errors import SearchqError
from searchq.index.opening import open_snapshot
from searchq.index.prepare import Preparer
from searchq.index.vocabulary import ANALYZERS
from searchq.index.writer import IndexWriter
from searchq.indexing import preparation
from searchq.indexing.analyst import Analyst
from searchq.indexing.preparation import Preparation
from searchq.question import Question

WORDS = ("treinvertraging", "gezondheidszorgbeleid", "ministers", "antwoordden", "fietspaden", "officiële", "de")


def questions(count: int = 40) -> list[Question]:
    return [
        Question(
            f"5-{number}",
            title=f"{WORDS[number % 7]} in {WORDS[number % 5]}",
            question=f"Hoeveel {WORDS[number % 3]} telt nummer {number}?",
        )
        for number in range(1, count + 1)
    ]


def built(directory, jobs):
    """Every term of every field with its documents and weights, as an index of the questions holds them."""
    with Analyst() as analyst, IndexWriter(directory, analyzers=analyst.analyzers) as writer:
        with Preparation(jobs, writer, analyst) as own:
            for question in questions():
                own.put(question)
            own.finish()
        writer.commit()
    snapshot = open_snapshot(directory)
    found = {}
    for field in ("text", "title", "title_exact", "question"):
        for term in snapshot.terms(field):
            postings = snapshot.postings(field, term)
            found[field, term] = postings.docs.tolist(), postings.weights.tolist()
    return found


def test_other_processes_build_what_one_builds(tmp_path, monkeypatch):
    monkeypatch.setattr(preparation, "BATCH", 3)
    assert built(tmp_path / "one", 1) == built(tmp_path / "more", 2)


def test_a_word_told_ahead_is_not_analysed_by_the_writer(monkeypatch):
    expected = {word: ANALYZERS["nl"](word) for word in WORDS}
    batch = Preparer().prepare([Question("5-1", title=" ".join(WORDS))])
    with Analyst() as analyst:
        analyst.start()
        monkeypatch.setitem(ANALYZERS, "nl", pytest.fail)
        analyst.tell_ahead(batch)
        assert {word: analyst.analyzers["nl"](word) for word in reversed(WORDS)} == expected


def test_a_word_that_was_not_told_is_analysed_all_the_same():
    with Analyst() as analyst:
        analyst.start()
        assert analyst.analyzers["nl"]("ministers") == ANALYZERS["nl"]("ministers")
        assert analyst.is_listed("minister") and not analyst.is_listed("fod")


def test_a_killed_process_is_named(tmp_path):
    batch = Preparer().prepare([Question("5-1", title="trein")])
    with Analyst() as analyst:
        analyst.start()
        assert analyst.is_listed("trein")
        for process in analyst._process._started:
            os.kill(process.pid, signal.SIGKILL)
            process.join()
        with pytest.raises(SearchqError, match="was killed"):
            analyst.tell_ahead(batch)
            analyst.analyzers["nl"]("trein")

"""Questions prepared in other processes: the same index as with one process."""

import datetime as dt
import os
import signal
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from searchq.engines.embedded import batch_pipeline
from searchq.engines.embedded.batch_pipeline import BatchPipeline
from searchq.engines.embedded.batch_worker import Batch, unpacked
from searchq.errors import SearchqError
from searchq.first_seen import NEVER_SEEN, FirstSeen
from searchq.index.read.reader import open_snapshot
from searchq.index.write.writer import IndexWriter
from searchq.question import Entry, Question

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


def built(directory: Any, jobs: Any) -> Any:
    """Every term of every field with its documents and weights, as an index of the questions holds them."""
    with IndexWriter(directory) as writer:
        with BatchPipeline(jobs, writer, lambda question: NEVER_SEEN) as own:
            for question in questions():
                own.put(Entry(question, (question,)))
            own.finish()
        writer.commit()
    snapshot = open_snapshot(directory)
    found = {}
    for field in ("text", "title", "title_exact", "question"):
        for term in snapshot.terms(field):
            postings = snapshot.postings(field, term)
            found[field, term] = postings.docs.tolist(), postings.weights.tolist()
    return found


def test_other_processes_build_what_one_builds(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(batch_pipeline, "BATCH", 3)
    assert built(tmp_path / "one", 1) == built(tmp_path / "more", 2)


def test_what_was_put_of_a_number_is_found_until_the_index_holds_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(batch_pipeline, "BATCH", 3)
    with IndexWriter(tmp_path) as writer, BatchPipeline(2, writer, lambda question: NEVER_SEEN) as own:
        for question in questions():
            assert own.entry(question.number) is None
            pages = (replace(question, title=None), question)
            own.put(Entry(question, pages))
            for earlier in questions()[: int(question.number[2:])]:
                assert own.entry(earlier.number) == Entry(earlier, (replace(earlier, title=None), earlier))
        own.finish()
        for question in questions():
            assert own.entry(question.number) == Entry(question, (replace(question, title=None), question))


def test_a_killed_worker_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(batch_pipeline, "BATCH", 1)
    monkeypatch.setattr(batch_pipeline, "prepare", killed_at_work)
    with IndexWriter(tmp_path) as writer, BatchPipeline(2, writer, lambda question: NEVER_SEEN) as own:
        own.put(Entry(questions()[0], ()))
        with pytest.raises(SearchqError, match="was killed"):
            own.finish()


def killed_at_work(batch: Any, dictionary: Any, lexicon_file: Any) -> None:
    """Stands in for what a worker does."""
    os.kill(os.getpid(), signal.SIGKILL)


@pytest.mark.parametrize("title", ["Treinen", "half \ud83d"])
def test_a_batch_arrives_as_it_was_sent(title: str) -> None:
    brussels = dt.timezone(dt.timedelta(hours=2))
    question = Question(
        "5-1", title=title, keywords=("NMBS",), first_seen=dt.datetime(2012, 3, 1, 9, 30, tzinfo=brussels)
    )
    entries = {"5-1": Entry(question, (question, replace(question, title="Trains")))}
    seen = FirstSeen(3, None, dt.datetime(2012, 3, 1, 8, tzinfo=dt.UTC))
    batch = Batch.of(entries, lambda question: seen)
    sent = batch.packed()
    assert isinstance(sent, bytes) == title.isascii()
    assert unpacked(sent) == batch
    assert unpacked(sent).questions[0].first_seen.utcoffset() == dt.timedelta(hours=2)

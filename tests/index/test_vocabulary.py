"""Words travel once from those who prepare to the one who writes, and are analysed there once."""

from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from searchq.index.read.reader import open_snapshot
from searchq.index.write import prepare as preparing
from searchq.index.write.prepare import Preparer
from searchq.index.write.writer import IndexWriter
from searchq.question import Question
from tests.index.plain_index import stand_in


def batch(*titles: str) -> list[Question]:
    return [Question(f"5-{title}", title=title) for title in titles]


def test_a_word_is_analysed_and_told_once_by_each_who_meets_it(tmp_path: Path) -> None:
    asked: Counter[str] = Counter()

    def analyzer(word: Any) -> Any:
        asked[word] += 1
        return stand_in(word)

    one, other = (Preparer({"nl": analyzer, "fr": analyzer}) for _ in range(2))
    batches = [
        one.prepare(batch("trein spoortrein")),
        other.prepare(batch("bus trein")),
        one.prepare(batch("spoor bus tram")),
    ]
    told = [own.languages["nl"].addition for own in batches]
    assert [own.words.tolist() for own in told] == [["trein", "spoortrein"], ["bus", "trein"], ["spoor", "bus", "tram"]]
    assert [own.terms.tolist() for own in told] == [["trein", "spoortrein", "spoor"], ["bus", "trein"], ["bus", "tram"]]
    assert asked == {"trein": 2, "spoortrein": 1, "bus": 2, "spoor": 1, "tram": 1}
    with IndexWriter(tmp_path) as writer:
        for own in batches:
            writer.add(own)
        writer.commit()
    found = open_snapshot(tmp_path)
    assert {term: found.postings("title", term).docs.tolist() for term in found.terms("title")} == {
        "bus": [1, 2],
        "spoor": [0, 2],
        "spoortrein": [0],
        "tram": [2],
        "trein": [0, 1],
    }


def test_batches_of_one_preparer_in_another_order_are_refused(tmp_path: Path) -> None:
    preparer = Preparer()
    preparer.prepare(batch("trein"))
    second = preparer.prepare(batch("spoor"))
    with IndexWriter(tmp_path) as writer, pytest.raises(ValueError, match="follows 1 words was added after 0"):
        writer.add(second)


def test_a_preparer_that_knows_too_many_words_begins_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(preparing, "_MAX_WORDS", 1)
    preparer = Preparer()
    batches = [preparer.prepare(batch(*titles)) for titles in (["trein spoor"], ["trein"], ["spoor"])]
    assert [own.languages["nl"].addition.known for own in batches] == [0, 0, 1]
    with IndexWriter(tmp_path) as writer:
        for own in batches:
            writer.add(own)
        writer.commit()
    assert open_snapshot(tmp_path).document_frequency("title_exact", "spoor") == 2

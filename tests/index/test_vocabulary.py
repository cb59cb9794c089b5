"""Words travel once from those who prepare to the one who writes, and are analysed there once."""

from collections import Counter

import pytest
from plain_index import stand_in

from searchq.index import prepare as preparing
from searchq.index.opening import open_snapshot
from searchq.index.prepare import Preparer
from searchq.index.writer import IndexWriter
from searchq.question import Question


def batch(*titles: str) -> list[Question]:
    return [Question(f"5-{title}", title=title) for title in titles]


def test_a_word_is_told_by_its_preparer_once_and_analysed_once(tmp_path):
    asked: Counter[str] = Counter()

    def analyzer(word):
        asked[word] += 1
        return stand_in(word)

    one, other = Preparer(), Preparer()
    batches = [
        one.prepare(batch("trein spoor")),
        other.prepare(batch("bus trein")),
        one.prepare(batch("spoor bus tram")),
    ]
    told = [own.surfaces["nl"].fresh.tolist() for own in batches]
    assert told == [["trein", "spoor"], ["bus", "trein"], ["bus", "tram"]]
    with IndexWriter(tmp_path, analyzers={"nl": analyzer, "fr": analyzer}) as writer:
        for own in batches:
            writer.add(own)
        writer.commit()
    assert asked == dict.fromkeys(["trein", "spoor", "bus", "tram"], 1)
    found = open_snapshot(tmp_path).postings("title", "bus")
    assert found is not None
    assert found.docs.tolist() == [1, 2]


def test_batches_of_one_preparer_in_another_order_are_refused(tmp_path):
    preparer = Preparer()
    preparer.prepare(batch("trein"))
    second = preparer.prepare(batch("spoor"))
    with IndexWriter(tmp_path) as writer, pytest.raises(ValueError, match="knows 1 words comes after batches of 0"):
        writer.add(second)


def test_a_preparer_that_knows_too_many_words_begins_anew(tmp_path, monkeypatch):
    monkeypatch.setattr(preparing, "_MOST_WORDS", 1)
    preparer = Preparer()
    batches = [preparer.prepare(batch(*titles)) for titles in (["trein spoor"], ["trein"], ["spoor"])]
    assert [own.surfaces["nl"].known for own in batches] == [0, 0, 1]
    with IndexWriter(tmp_path) as writer:
        for own in batches:
            writer.add(own)
        writer.commit()
    assert open_snapshot(tmp_path).document_frequency("title_exact", "spoor") == 2

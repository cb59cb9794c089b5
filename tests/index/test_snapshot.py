"""A snapshot says what a plain index of dicts and lists says, after any history of batches, deletions and merges."""

import tempfile
from itertools import chain, combinations, cycle, pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from searchq.index.format.integrity import check
from searchq.index.read import early_docs
from searchq.index.read.early_docs import docs_before
from searchq.index.read.reader import open_snapshot
from searchq.index.read.snapshot import Snapshot
from searchq.index.schema import FACETS, FIELDS, INTEGERS
from searchq.index.write.prepare import Preparer
from searchq.index.write.writer import IndexWriter
from searchq.query.zones import COMBINED
from searchq.question import FrenchText, Question
from tests.index.plain_index import ANALYZERS, PlainIndex, integers_of, lengths_of, numbers, questions, stand_in

pytestmark = pytest.mark.usefixtures("eager")

steps = st.one_of(
    st.lists(questions, min_size=1, max_size=5),  # a batch to add
    numbers,  # a number to delete
    st.just("commit"),
)
histories = st.lists(steps, max_size=9)


def play(directory: Path, history: list[Any], memory_mb: int = 0) -> PlainIndex:
    """Write a history, every batch its own segment when there is no memory to hold it; its plain twin.

    Two preparers take turns, as processes do.
    """
    plain = PlainIndex()
    writer, preparers = IndexWriter(directory, memory_mb), cycle([Preparer(ANALYZERS), Preparer(ANALYZERS)])
    for step in [*history, "commit"]:
        if step == "commit":
            writer.commit()
            writer, preparers = IndexWriter(directory, memory_mb), cycle([Preparer(ANALYZERS), Preparer(ANALYZERS)])
        elif isinstance(step, str):
            assert writer.delete(step) == (step in plain.questions)
            plain.delete(step)
        else:
            writer.add(next(preparers).prepare(step, writer.dictionary))
            plain.add(step)
    writer.abort()
    return plain


@given(histories)
@settings(max_examples=40, deadline=None)
def test_a_snapshot_holds_what_a_plain_index_holds(history: Any) -> None:
    with tempfile.TemporaryDirectory() as folder:
        plain = play(Path(folder), history)
        snapshot = open_snapshot(folder)
        assert_same(snapshot, plain)
        assert check(folder) == []  # type: ignore[arg-type]


@given(histories)
@settings(max_examples=15, deadline=None)
def test_batches_held_in_memory_make_the_same_index(history: Any) -> None:
    with tempfile.TemporaryDirectory() as folder:
        plain = play(Path(folder), history, memory_mb=64)
        assert_same(open_snapshot(folder), plain)


def assert_same(snapshot: Snapshot, plain: PlainIndex) -> None:
    live = range(snapshot.max_doc) if snapshot.live is None else np.flatnonzero(snapshot.live).tolist()
    assert snapshot.doc_count == len(plain.questions) == len(live)
    assert {snapshot.number(doc): snapshot.record(doc) for doc in live} == plain.questions
    assert snapshot.records(live[::-1]) == [snapshot.record(doc) for doc in live[::-1]]
    for doc in live:
        assert_document_same(snapshot, doc, plain.questions[snapshot.number(doc)])
    assert_postings_same(snapshot, plain)
    for name in FACETS:
        assert_facet_same(snapshot, name, live, plain)


def assert_document_same(snapshot: Snapshot, doc: int, question: Question) -> None:
    assert snapshot.doc(question.number) == doc
    header = snapshot.header(doc)
    assert (header.title, header.keywords, header.question, header.answer) == (
        question.title,
        question.keywords,
        None,
        None,
    )
    assert {name: snapshot.integers(name)[doc] for name in INTEGERS} == integers_of(question)
    for field, length in lengths_of(question).items():
        assert snapshot.lengths(field)[doc] == length


def assert_postings_same(snapshot: Snapshot, plain: PlainIndex) -> None:
    expected = plain.postings()
    for (field, term), entries in expected.items():
        postings = snapshot.postings(field, term)
        assert postings is not None, (field, term)
        found = [snapshot.number(doc) for doc in postings.docs]
        assert found == sorted(entries, key=snapshot.doc)  # type: ignore[arg-type]
        weights = [entries[number].weight for number in found]
        assert postings.weights.tolist() == pytest.approx(weights, rel=1 / 31 if field in COMBINED.values() else 1e-6)
        if FIELDS[field].positions:
            indptr, positions = postings.positions()
            parts = [positions[low:high].tolist() for low, high in pairwise(indptr)]
            assert parts == [entries[number].positions for number in found]
            if FIELDS[field].kind == "terms":
                assert_docs_before_same(snapshot, field, term, dict(zip(postings.docs.tolist(), parts, strict=True)))
            some = np.arange(len(found))[:: max(1, len(found) // 3)]
            absolute = postings.absolute_positions(1000 * some, some).tolist()
            assert absolute == [1000 * place + position for place in some.tolist() for position in parts[place]]
        assert snapshot.statistics(field, term)[0] >= len(found)
    for field in FIELDS:
        terms = list(snapshot.terms(field))
        alive = [term for term in terms if snapshot.postings(field, term) is not None]
        assert alive == sorted(term for name, term in expected if name == field)
        assert terms == sorted(set(terms))


def assert_docs_before_same(snapshot: Snapshot, field: str, term: str, positions: dict[int, list[int]]) -> None:
    for limit in (None, 3, 1):
        expected = {doc for doc, own in positions.items() if limit is None or own[0] < limit}
        assert set(docs_before(snapshot, field, term, limit).tolist()) & positions.keys() == expected
        for some in (sorted(positions)[::2], sorted(positions)[1::2], range(snapshot.max_doc), []):
            found = docs_before(snapshot, field, term, limit, np.array(some, np.int32))
            assert set(found.tolist()) & positions.keys() & set(some) == expected & set(some)


def assert_facet_same(snapshot: Snapshot, name: str, live: Any, plain: PlainIndex) -> None:
    column = snapshot.facet(name)
    assert list(column.values) == sorted(set(column.values))
    for doc in live:
        if column.indptr is None:
            codes = [column.codes[doc]] if column.codes[doc] >= 0 else []
        else:
            codes = column.codes[column.indptr[doc] : column.indptr[doc + 1]].tolist()
        values = FACETS[name][1](plain.questions[snapshot.number(doc)])
        assert [column.values[code] for code in codes] == sorted({" ".join(value.split()) for value in values} - {""})


def index_of(folder: Path, *batches: list[Question]) -> Snapshot:
    play(folder, list(batches), memory_mb=64)
    return open_snapshot(folder)


def test_prefixes_and_ranges_of_terms(tmp_path: Path) -> None:
    snapshot = index_of(tmp_path, [Question("5-1", title="trein treinen spoor tram")])
    assert list(snapshot.terms("title_exact", "tr")) == ["tram", "trein", "treinen"]
    assert list(snapshot.terms("title", "tr")) == ["tram", "trein"]
    assert list(snapshot.terms("question_exact", "tr")) == []
    assert list(snapshot.term_range("title_exact", "t", "treinen")) == ["tram", "trein"]
    assert list(snapshot.term_range("title_exact", "tram")) == ["tram", "trein", "treinen"]


def test_the_index_remembers_the_terms_of_a_word(tmp_path: Path) -> None:
    snapshot = index_of(tmp_path, [Question("5-1", title="De spoortrein")])
    assert snapshot.analyze("spoortrein") == stand_in("spoortrein")
    assert snapshot.analyze("de") == ()
    assert snapshot.analyze("tram") is None
    assert snapshot.analyze("spoortrein", "fr") is None


def test_french_is_found_apart(tmp_path: Path) -> None:
    snapshot = index_of(tmp_path, [Question("5-1", title="trein", french=FrenchText(title="le train", answer="oui"))])
    assert snapshot.postings("french_title_exact", "train").positions()[1].tolist() == [1]
    assert snapshot.postings("french", "train").weights.tolist() == [3.0]
    assert snapshot.postings("french_answer", "train") is None
    assert snapshot.postings("text", "train") is None
    assert snapshot.analyze("train", "fr") == stand_in("train")
    assert snapshot.record(0).french == FrenchText(title="le train", answer="oui")


def test_an_empty_index_answers_with_nothing(tmp_path: Path) -> None:
    snapshot = index_of(tmp_path)
    assert (snapshot.doc_count, snapshot.max_doc, snapshot.live) == (0, 0, None)
    assert snapshot.postings("text", "trein") is None
    assert snapshot.facet("keyword").values == ()
    assert snapshot.integers("date").tolist() == []
    assert (snapshot.average_length("text"), list(snapshot.terms("text"))) == (0.0, [])
    assert snapshot.doc("5-1") is None
    assert (snapshot.zone_words("trein", "nl", 9), snapshot.term_slices("title", "trein")) == (None, [])
    assert docs_before(snapshot, "title", "trein").tolist() == []


def test_early_holders_among_a_few_are_found_in_rare_words_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(early_docs, "_COMMON", 1)  # the word in most questions is looked up first, the others if needed
    texts = ("treinen", "trein rijdt", "een trein", "trein", "de treintje", "niets")
    snapshot = index_of(tmp_path, [Question(f"5-{n}", question=text) for n, text in enumerate(texts)])
    for some in chain.from_iterable(combinations(range(len(texts)), size) for size in range(len(texts) + 1)):
        found = docs_before(snapshot, "question", "trein", 1, np.array(some, np.int32))
        numbers = {snapshot.number(doc) for doc in set(found.tolist()) & set(some)}
        assert numbers == {snapshot.number(doc) for doc in some} & {"5-0", "5-1", "5-3"}


def test_fields_without_positions_say_so(tmp_path: Path) -> None:
    snapshot = index_of(tmp_path, [Question("5-1", title="trein")])
    with pytest.raises(ValueError, match="no positions"):
        snapshot.postings("text", "trein").positions()


def test_an_unknown_field_or_document_is_an_error(tmp_path: Path) -> None:
    snapshot = index_of(tmp_path, [Question("5-1", title="trein")])
    with pytest.raises(KeyError):
        snapshot.postings("body", "trein")
    with pytest.raises(IndexError):
        snapshot.record(1)
    with pytest.raises(IndexError):
        snapshot.record(-1)


def test_the_combined_field_weighs_zones_and_words(tmp_path: Path) -> None:
    snapshot = index_of(tmp_path, [Question("5-1", title="trein", keywords=("spoor",), question="spoortrein treinen")])
    # title 3 × 1, question: 0.5 for the compound part and 1 for the plural
    assert snapshot.postings("text", "trein").weights.tolist() == [4.5]
    assert snapshot.postings("text", "spoor").weights.tolist() == [2.5]
    assert snapshot.lengths("text").tolist() == [3 + 2 + 2]
    assert snapshot.average_length("text") == 7.0


def test_statistics_count_deleted_documents_as_whoosh_does(tmp_path: Path) -> None:
    play(tmp_path, [[Question(f"5-{n}", title="trein") for n in range(1, 9)], "commit", "5-1"])
    snapshot = open_snapshot(tmp_path)
    assert len(snapshot.postings("title", "trein")) == 7  # type: ignore[arg-type]
    assert snapshot.statistics("title", "trein") == (8, 8.0)

"""Stored records: every question comes back whole."""

import datetime as dt
import random
from collections.abc import Iterator
from functools import cache
from typing import Any

import numpy as np
import pytest
import zstandard
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from searchq.errors import IndexBroken
from searchq.index.format.encoding import starts_of
from searchq.index.format.segment_data import Records
from searchq.index.records import reader as record_reader
from searchq.index.records import tokens
from searchq.index.records import writer as record_writer
from searchq.index.records.reader import RecordReader
from searchq.index.records.tokens import MARK, in_c, is_table
from searchq.index.records.writer import learn_dictionary, pack_records
from searchq.question import Answer, ChronologyEntry, FrenchText, Question, Reference, Source
from searchq.record_json import encode_json

TRAINS = [Question(f"5-{number}", question=f"Hoeveel treinen reden er in {number}?") for number in range(200)]


@cache
def trains_learnt() -> bytes:
    return learn_dictionary(TRAINS)


letters = st.characters(exclude_characters="\n") | st.sampled_from(["\ud83d", "\0", "{"])
texts = st.none() | st.text(letters, max_size=20)
lists = st.lists(st.text(max_size=5), max_size=3).map(tuple)
days = st.none() | st.dates()
events = st.builds(ChronologyEntry, days, st.sampled_from(("sent", "answered", "other")), st.text(max_size=5))
links = st.builds(Reference, st.just("also-asked-to"), st.just("written-question"), st.text(max_size=5))
questions = st.builds(
    Question,
    st.text(max_size=6),
    legislature=st.none() | st.integers(1, 9),
    date=days,
    title=texts,
    keywords=lists,
    language=st.sampled_from((None, "nl", "fr")),
    chronology=st.lists(events, max_size=2).map(tuple),
    references=st.lists(links, max_size=2).map(tuple),
    question=texts,
    answer=texts,
    delay_days=st.none() | st.integers(0, 500),
    french=st.none() | st.builds(FrenchText, texts, lists, texts, texts, texts),
    answers=st.lists(st.builds(Answer, texts, days, days, texts, texts), max_size=3).map(tuple),
    source=st.builds(Source, texts),
)


@given(some=st.lists(questions, min_size=1, max_size=3))
def test_a_record_is_the_question_that_was_stored(some: Any) -> None:
    reader = RecordReader(pack_records(some))
    assert [reader.record(doc) for doc in range(len(reader))] == some


@given(some=st.lists(questions, min_size=1, max_size=3), pages=st.lists(questions, min_size=2, max_size=3))
def test_the_pages_of_a_record_come_back(some: Any, pages: Any) -> None:
    reader = RecordReader(pack_records(some, pages={some[0].number: pages}))
    for doc, question in enumerate(some):
        assert reader.record(doc) == question
        assert list(reader.pages(doc)) == (pages if question.number == some[0].number else [question])


@given(answers=st.lists(st.builds(Answer, texts, days, days, texts, texts), max_size=3).map(tuple))
def test_the_texts_of_answers_that_make_the_answer_come_back(answers: Any) -> None:
    own, french = (
        "\n\n".join(text for text in side if text) or None
        for side in ([one.text for one in answers], [one.french for one in answers])
    )
    question = Question("5-1", answer=own, answers=answers, french=FrenchText(answer=french))
    assert RecordReader(pack_records([question])).record(0) == question


def test_the_text_of_an_answer_is_stored_once() -> None:
    text = "".join(random.Random(1).choices("abcdefghijklmnopqrstuvwxyz ", k=20_000))
    question = Question("5-1", answer=text)
    told = replace(question, answers=(Answer(date=dt.date(2012, 5, 4), text=text),))
    twice = replace(told, answer=f"{text}\n\nNog dit.", answers=(*told.answers, Answer(text="Nog dit.")))
    sizes = [len(pack_records([one]).texts) for one in (question, told, twice)]
    assert max(sizes) - min(sizes) < 100


def test_a_header_is_the_question_without_its_long_texts() -> None:
    french = FrenchText("le train", ("rail",), "où ?", "ici")
    question = Question("5-1", date=dt.date(2012, 5, 4), title="trein", question="waar?", answer="hier", french=french)
    told = Question("5-1", date=dt.date(2012, 5, 4), title="trein", french=FrenchText("le train", ("rail",)))
    assert RecordReader(pack_records([question])).header(0) == told


in_c_only = pytest.mark.skipif(in_c is None, reason="searchq was installed without a compiler: zstandard packs all")


@in_c_only
def test_tables_of_indexes_rebuilt_long_ago_are_forgotten() -> None:
    for build in range(20):
        some = [Question(f"{build}-{number}", title=f"trein {build} {number * build}") for number in range(200)]
        dictionary = learn_dictionary(some)
        assert dictionary
        assert RecordReader(pack_records(some, dictionary)).record(7) == some[7]
    assert 0 < len(record_reader._TABLES) <= 8


@in_c_only
def test_a_table_is_for_texts_like_those_it_was_learnt_from() -> None:
    """Another text, which it would double, is stored by zstandard."""
    some = TRAINS
    other = Question("5-900", question="Ἐν ἀρχῇ ἦν ὁ λόγος " * 40)
    reader = RecordReader(pack_records([some[7], other], trains_learnt()))
    kinds = [reader._texts.of(doc)[0] for doc in range(2)]
    assert kinds == [MARK, zstandard.FRAME_HEADER[0]]
    assert [reader.record(doc) for doc in range(2)] == [some[7], other]


def test_records_of_format_3_are_read() -> None:
    """It had JSON only, under zstandard with a dictionary of its own."""
    some = [
        Question(f"5-{number}", title="trein", question=f"Hoeveel in {number}?", answer="Ja") for number in range(9)
    ]
    pieces = [(encode_json(replace(one, question=None, answer=None)), encode_json(_texts_of(one))) for one in some]
    shared = zstandard.ZstdCompressionDict(b"".join(texts for _, texts in pieces) * 9)
    squeeze = zstandard.ZstdCompressor(dict_data=shared, write_checksum=True, write_dict_id=False).compress
    headers, texts = (_laid_out([squeeze(piece) for piece in kind]) for kind in zip(*pieces, strict=True))
    own = np.frombuffer(shared.as_bytes(), np.uint8)
    reader = RecordReader(Records(*headers, *texts, *_laid_out([b""] * 9), own))
    assert [reader.record(doc) for doc in range(9)] == some


def _laid_out(pieces: list[bytes]) -> tuple[Any, Any]:
    return np.frombuffer(b"".join(pieces), np.uint8), starts_of(np.array([len(piece) for piece in pieces]))


def _texts_of(question: Question) -> dict[str, str | None]:
    return {"question": question.question, "answer": question.answer}


def each_altered(records: Records) -> Iterator[Question | None]:
    """The record as read with each bit of its texts altered; None where it is refused."""
    for place in range(len(records.texts)):
        for bit in range(8):
            texts = records.texts.copy()
            texts[place] ^= 1 << bit
            try:
                yield RecordReader(replace(records, texts=texts)).record(0)
            except IndexBroken as error:
                assert "Stored record 0 cannot be read" in str(error)
                yield None


@in_c_only
def test_a_piece_with_any_bit_altered_is_refused() -> None:
    assert set(each_altered(pack_records(TRAINS[:1], trains_learnt()))) == {None}


def test_a_piece_of_zstandard_with_a_bit_altered_is_refused_or_the_same() -> None:
    """Some bits of a frame mean nothing: its checksum is that of the text."""
    found = list(each_altered(pack_records(TRAINS[:1])))
    assert found.count(None) > 0.98 * len(found)
    assert set(found) <= {None, TRAINS[0]}


@in_c_only
def test_an_index_begun_with_c_is_read_and_extended_without(monkeypatch: pytest.MonkeyPatch) -> None:
    some, dictionary = TRAINS, trains_learnt()
    before = pack_records(some, dictionary)
    for module in (tokens, record_writer):
        monkeypatch.setattr(module, "in_c", None)
    monkeypatch.setattr(record_reader, "_TABLES", {})
    after = pack_records(some, dictionary)
    assert [RecordReader(records).record(7) for records in (before, after)] == [some[7]] * 2
    own = learn_dictionary(some)
    assert own and not is_table(own)
    assert RecordReader(pack_records(some, own)).record(7) == some[7]

"""Stored records: every question comes back whole."""

import datetime as dt
import random
from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from searchq.index.records import reader as record_reader
from searchq.index.records.reader import RecordReader
from searchq.index.records.writer import learn_dictionary, pack_records
from searchq.question import Answer, ChronologyEntry, FrenchText, Question, Reference, Source

texts = st.none() | st.text(st.characters(exclude_characters="\n") | st.just("\ud83d"), max_size=20)
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


def test_a_thread_forgets_the_dictionaries_of_indexes_rebuilt_long_ago() -> None:
    for build in range(20):
        some = [Question(f"{build}-{number}", title=f"trein {build} {number * build}") for number in range(200)]
        dictionary = learn_dictionary(some)
        assert dictionary
        assert RecordReader(pack_records(some, dictionary)).record(7) == some[7]
    assert 0 < len(record_reader._OWN.unpackers) <= 8

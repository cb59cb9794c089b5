"""The slow, obvious twin of the index, dicts of lists built question by question; and small corpora for both."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from hypothesis import strategies as st

from searchq.analysis.packed import Entries, pack
from searchq.analysis.terms import WeightedTerm
from searchq.analysis.tokenizer import words
from searchq.index.schema import FACETS, INTEGERS, POSITION_GAP, ZONES, texts_of
from searchq.query.zones import COMBINED
from searchq.question import FrenchText, Question, Reference, Source

COMPOUNDS = {
    "spoortrein": (("spoortrein", 1.0), ("spoor", 0.5), ("trein", 0.5)),
    "treintrein": (("treintrein", 1.0), ("trein", 0.5), ("trein", 0.25)),
}
STOP_WORDS = {"de", "het"}


def stand_in(word: str) -> tuple[WeightedTerm, ...]:
    """A tiny analysis: stop words have no terms, some compounds have parts, plurals lose their ending."""
    if word in STOP_WORDS:
        return ()
    if word in COMPOUNDS:
        return tuple(WeightedTerm(term, weight, "compound") for term, weight in COMPOUNDS[word])
    return (WeightedTerm(word.removesuffix("en"), 1.0, "rule"),)


ANALYZERS = {"nl": stand_in, "fr": stand_in}


def small_dictionary() -> bytes:
    """What an index keeps of a dictionary of two words."""
    return pack(Entries({"huis": "huis", "huizen": "huis"}, {}, set(), {"huis"}))


VOCABULARY = [
    "de",
    "het",
    "trein",
    "treinen",
    "spoor",
    "spoortrein",
    "treintrein",
    "België",
    "e-sigaret",
    "5-8902",
    "é",
]
PEOPLE = ["Martine Taelman", "Bert Anciaux", None]
MINISTERS = ["minister van Mobiliteit", "minister van Justitie, belast met Begrotingen", None]

texts = st.lists(st.sampled_from(VOCABULARY), max_size=12).map(" ".join)
long_texts = st.one_of(texts, st.sampled_from([None, "", "trein " * 300, "de " * 200 + "spoor"]))
days = st.one_of(st.none(), st.dates(dt.date(1995, 1, 1), dt.date(2024, 12, 31)))
numbers = st.builds("{}-{}".format, st.integers(4, 6), st.integers(1, 9))
names = st.lists(st.sampled_from(["spoor", "vervoer per spoor", "België", "asiel\nzoekers"]), max_size=3).map(tuple)

questions = st.builds(
    Question,
    number=numbers,
    legislature=st.one_of(st.none(), st.integers(4, 6)),
    date=days,
    author=st.sampled_from(PEOPLE),
    party=st.sampled_from(["MR", "Groen!", "sp.a", None]),
    minister=st.sampled_from(MINISTERS),
    portfolios=names,
    title=st.one_of(st.none(), texts),
    title_path=names,
    keywords=names,
    references=st.lists(
        st.builds(
            Reference, st.sampled_from(["also-asked-to", "reintroduced-as"]), st.just("written-question"), numbers
        ),
        max_size=2,
    ).map(tuple),
    question=long_texts,
    answer=long_texts,
    answer_date=days,
    delay_days=st.one_of(st.none(), st.integers(0, 500)),
    reminders=st.integers(0, 3),
    french=st.one_of(st.none(), st.builds(FrenchText, title=texts, question=long_texts, keywords=names)),
    source=st.builds(Source, layout=st.sampled_from([None, "nl-web", "fr-web"])),
)


@dataclass
class Entry:
    """One posting: its weight, and its positions where the field has any."""

    weight: float
    positions: list[int]


def zone_words(zone: Any, question: Question) -> list[tuple[str, int]]:
    """The words of a zone with their positions."""
    found: list[tuple[str, int]] = []
    for text in filter(None, texts_of(zone, question)):
        first = found[-1][1] + 1 + POSITION_GAP if found else 0
        found += [(word, first + place) for place, word in enumerate(words(text))]
    return found


def postings_of(question: Question) -> dict[tuple[str, str], Entry]:
    """Every field and term of one question."""
    found: dict[tuple[str, str], Entry] = defaultdict(lambda: Entry(0.0, []))

    def add(field: str, term: str, weight: float, position: int | None = None) -> None:
        entry = found[field, term]
        entry.weight += weight
        if position is not None:
            entry.positions.append(position)

    for zone in ZONES:
        for word, position in zone_words(zone, question):
            add(f"{zone.name}_exact", word, 1.0, position)
            terms: dict[str, float] = {}
            for term in stand_in(word):
                terms.setdefault(term.term, term.weight)
            for term, weight in terms.items():  # type: ignore[assignment]
                add(zone.name, term, weight, position)  # type: ignore[arg-type]
                add(COMBINED[zone.language], term, weight * zone.weight)  # type: ignore[arg-type]
    for name, (_, values) in FACETS.items():
        for value in {" ".join(value.split()) for value in values(question)} - {""}:
            add(name, value, 1.0)
    add("number", question.number, 1.0)
    return dict(found)


def lengths_of(question: Question) -> dict[str, float]:
    """The length of every scored field."""
    own = {zone.name: float(len(zone_words(zone, question))) for zone in ZONES}
    together = dict.fromkeys(COMBINED.values(), 0.0)
    for zone in ZONES:
        together[COMBINED[zone.language]] += zone.weight * own[zone.name]
    return {**together, **own, **{f"{name}_exact": length for name, length in own.items()}}


def integers_of(question: Question) -> dict[str, int]:
    return {name: value(question) for name, value in INTEGERS.items()}


class PlainIndex:
    """Questions by number, the last given wins."""

    def __init__(self) -> None:
        self.questions: dict[str, Question] = {}

    def add(self, questions: Iterable[Question]) -> None:
        self.questions.update({question.number: question for question in questions})

    def delete(self, number: str) -> None:
        self.questions.pop(number, None)

    def postings(self) -> dict[tuple[str, str], dict[str, Entry]]:
        """For each field and term the question numbers that have it."""
        found: dict[tuple[str, str], dict[str, Entry]] = defaultdict(dict)
        for number, question in self.questions.items():
            for term, entry in postings_of(question).items():
                found[term][number] = entry
        return dict(found)

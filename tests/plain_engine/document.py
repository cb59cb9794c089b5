"""One question as words with positions, facet values and numbers."""

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cache

from searchq.analysis import dutch, french
from searchq.analysis.broken_words import with_known_joined
from searchq.analysis.names import names_within
from searchq.analysis.terms import WeightedTerm
from searchq.analysis.tokenizer import words
from searchq.called import names_of
from searchq.languages import told_in
from searchq.numbers import number_order, parse_number
from searchq.query.facet_table import FACETS
from searchq.query.zones import TEXT, ZONES, Zone, exact
from searchq.question import FrenchText, Question

__all__ = ["SCORED", "Document", "make_document", "meaning", "texts_of"]

POSITION_GAP = 10  # between two values of one zone, so that no phrase runs across them
COMBINED = {"nl": TEXT, "fr": "french"}
SCORED = frozenset({*COMBINED.values(), *(zone.name for zone in ZONES), *(exact(zone.name) for zone in ZONES)})


@dataclass(frozen=True, eq=False)
class Document:
    """A question, and for each field and term of it the weight, and the positions where it has any."""

    question: Question
    weights: dict[tuple[str, str], float] = field(default_factory=dict)
    positions: dict[tuple[str, str], list[int]] = field(default_factory=dict)
    lengths: dict[str, float] = field(default_factory=dict)
    values: dict[str, tuple[str, ...]] = field(default_factory=dict)
    numbers: dict[str, int | None] = field(default_factory=dict)

    @property
    def number(self) -> str:
        return self.question.number

    def add(self, name: str, term: str, weight: float, position: int | None = None) -> None:
        """Count one occurrence of a term in a field."""
        self.weights[name, term] = self.weights.get((name, term), 0.0) + weight
        if position is not None:
            self.positions.setdefault((name, term), []).append(position)


def make_document(question: Question, rounded: Callable[[float], float]) -> Document:
    """Take a question apart; `rounded` is what the engine stores of a weight in the field of all zones together."""
    document = Document(question, values=_values(question), numbers=_numbers(question))
    for zone in ZONES:
        _add_zone(zone, document)
    for language, combined in COMBINED.items():
        own = [zone for zone in ZONES if zone.language == language]
        document.lengths[combined] = sum(zone.weight * document.lengths[zone.name] for zone in own)
    for name, term in [key for key in document.weights if key[0] in COMBINED.values()]:
        document.weights[name, term] = rounded(document.weights[name, term])
    for facet, values in document.values.items():
        for value in values:
            document.add(facet, value, 1.0)
    for name in dict.fromkeys(names_of(question)):
        document.add("called", name, 1.0)
    for value in told_in(question):
        document.add("told_in", value, 1.0)
    for name in dict.fromkeys(name for text in _sentences(question) for name in names_within(text or "")):
        document.add("names", name, 1.0)
    document.add("number", question.number, 1.0)
    return document


def _sentences(question: Question) -> list[str | None]:
    return [question.title, question.question, question.answer, *question.keywords]


def _add_zone(zone: Zone, document: Document) -> None:
    found = list(_placed_words(zone, document.question))
    for word, position in found:
        document.add(exact(zone.name), word, 1.0, position)
        for term in meaning(word, zone.language):
            document.add(zone.name, term.term, term.weight, position)
            document.add(COMBINED[zone.language], term.term, term.weight * zone.weight)
    document.lengths[zone.name] = document.lengths[exact(zone.name)] = float(len(found))


def _placed_words(zone: Zone, question: Question) -> Iterator[tuple[str, int]]:
    position = 0
    for text in texts_of(zone, question):
        found = words(with_known_joined(text, lambda word: meaning(word, "nl")) if zone.language == "nl" else text)
        for word in found:
            yield word, position
            position += 1
        if found:
            position += POSITION_GAP


@cache
def meaning(word: str, language: str) -> tuple[WeightedTerm, ...]:
    """The terms that a word of a document stands for, each once; none for a stop word."""
    analyze = dutch.analyze_word if language == "nl" else french.analyze_word
    first: dict[str, WeightedTerm] = {}
    for term in analyze(word).terms:
        first.setdefault(term.term, term)
    return tuple(first.values())


def texts_of(zone: Zone, question: Question) -> list[str]:
    """The texts of a zone."""
    texts: dict[str, list[str | None]] = {
        "title": [question.title],
        "keywords": [*question.keywords],
        "question": [question.question],
        "answer": [question.answer],
        "minister_words": [question.minister],
        "author_words": [question.author],
        **_french(question),
    }
    return [text for text in texts[zone.name] if text]


def _french(question: Question) -> dict[str, list[str | None]]:
    """The French twin; of a page in French only, all its texts."""
    only = question.french is None and (question.source.layout or "").startswith("fr-")
    own = question if only else question.french or FrenchText()
    return {
        "french_title": [own.title],
        "french_keywords": [*own.keywords],
        "french_question": [own.question],
        "french_answer": [own.answer],
        "french_minister": [own.minister],
    }


def _values(question: Question) -> dict[str, tuple[str, ...]]:
    """The published values of each facet, each once, on one line."""
    found = {}
    for facet in FACETS:
        lines = [" ".join(value.split()) for value in facet.values(question)]
        found[facet.name] = tuple(dict.fromkeys(line for line in lines if line))
    return found


def _numbers(question: Question) -> dict[str, int | None]:
    return {
        "date": _ordinal(question.date),
        "answer_date": _ordinal(question.answer_date),
        "delay_days": question.delay_days,
        "number_order": number_order(question.number),
        "first_seen": int(question.first_seen.timestamp()) if question.first_seen else None,
        "sibling_group": _sibling_group(question),
    }


def _ordinal(day: dt.date | None) -> int | None:
    return None if day is None else day.toordinal()


def _sibling_group(question: Question) -> int | None:
    """What siblings share: the docname of the Chamber, or the least of their numbers."""
    own = parse_number(question.number)
    if own is None:
        return None
    if own.siblings_order is not None:
        return own.siblings_order
    orders = [own.order]
    for reference in question.references:
        order = number_order(reference.number)
        if reference.kind == "also-asked-to" and reference.type == "written-question" and order is not None:
            orders.append(order)
    return min(orders)

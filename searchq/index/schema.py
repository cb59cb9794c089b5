"""Every field of the index, defined once: its name, its kind, and how it is extracted from a question.

    zone      a text of the question, indexed by its surface words (`title_exact`) and by their terms (`title`)
    combined  `text`, `french`: all zones of a language in one posting list per term, weighted
    facet     one whole value (or several) per document, to filter and count
    integer   a number or a day per document, to sort and compare; days are `date.toordinal()`, moments Unix seconds

The order of the tables is the order on disk. A change to them changes the FINGERPRINT; an older index is then refused
with an error that names the remedy.
"""

import datetime as dt
from collections.abc import Callable, Iterable
from typing import Final, Literal, NamedTuple

from searchq.analysis.names import names_within
from searchq.called import names_of
from searchq.first_seen import FirstSeen
from searchq.languages import told_in
from searchq.numbers import number_order, parse_number
from searchq.query import facet_table
from searchq.query.zones import COMBINED, LANGUAGES, TEXT, ZONES, Zone, exact, zones_of
from searchq.question import FrenchText, Question
from searchq.waiting import waiting_since, waiting_until

__all__ = [
    "FACETS",
    "FIELDS",
    "FINGERPRINT",
    "FIRST_SEEN",
    "INTEGERS",
    "INTEGER_NAMES",
    "LANGUAGES",
    "MISSING",
    "POSITION_GAP",
    "TEXT",
    "ZONES",
    "FieldSpec",
    "Kind",
    "Zone",
    "moment_of",
    "one_line",
    "texts_of",
    "zones_of",
]

Kind = Literal["combined", "terms", "exact", "id", "facet", "integer"]

MISSING: Final = -(2**31)  # an unknown value in an integer column
POSITION_GAP: Final = 10  # positions between two values of one zone, so that no phrase spans them


class FieldSpec(NamedTuple):
    """One field: its name and kind; for words, their zone and language, and the zone's weight in the combined field."""

    name: str
    kind: Kind
    zone: str = ""
    language: str = "nl"
    weight: float = 0.0
    multi: bool = False  # several values per document
    wide: bool = False  # an integer of 64 bits, not 32

    @property
    def positions(self) -> bool:
        """Return whether its postings have positions."""
        return self.kind in ("terms", "exact")

    @property
    def dtype(self) -> str:
        """Return the dtype of an integer column."""
        return "int64" if self.wide else "int32"

    @property
    def scored(self) -> bool:
        """Return whether its postings are scored by BM25F, which needs lengths."""
        return self.kind in ("combined", "terms", "exact")


def _french(question: Question) -> Question | FrenchText:
    """Return what holds the French texts of a question: itself if it was published in French only."""
    if question.french is not None:
        return question.french
    return question if (question.source.layout or "").startswith("fr-") else _NO_FRENCH


_NO_FRENCH: Final = FrenchText()


_TEXTS: Final[dict[str, Callable[[Question], Iterable[str | None]]]] = {  # of each zone
    "title": lambda q: (q.title,),
    "keywords": lambda q: q.keywords,
    "question": lambda q: (q.question,),
    "answer": lambda q: (q.answer,),
    "minister_words": lambda q: (q.minister,),
    "author_words": lambda q: (q.author,),
    "french_title": lambda q: (_french(q).title,),
    "french_keywords": lambda q: _french(q).keywords,
    "french_question": lambda q: (_french(q).question,),
    "french_answer": lambda q: (_french(q).answer,),
    "french_minister": lambda q: (_french(q).minister,),
}


def texts_of(zone: Zone, question: Question) -> Iterable[str | None]:
    """Return the texts of a question in a zone; several values are `POSITION_GAP` positions apart."""
    return _TEXTS[zone.name](question)


def one_line(text: str) -> str:
    """Put a value of a facet on one line."""
    return text if text.isprintable() and "  " not in text else " ".join(text.split())


def _day(day: dt.date | None) -> int:
    return MISSING if day is None else day.toordinal()


def _known(number: int | None) -> int:
    return MISSING if number is None else number


def _cited(question: Question) -> Iterable[str]:
    """Return the numbers of the written questions that its texts cite."""
    return (one.number for one in question.citations if one.number and one.house and one.kind != "oral-question")


def _names(question: Question) -> Iterable[str]:
    """Return what is written as a name within its sentences, and is a word as well: boom, of "in Boom"."""
    texts = (question.title, question.question, question.answer, *question.keywords)
    return names_within("\n".join(filter(None, texts)))


# A facet's values, each once; a value is one line of text. No request names the last four: they find what cites a
# number, the questions that people call something, those that a language lacks, and names that are words as well.
FACETS: Final[dict[str, tuple[bool, Callable[[Question], Iterable[str]]]]] = {  # name: (several per document, values)
    **{facet.name: (facet.several, facet.values) for facet in facet_table.FACETS},
    "cites": (True, _cited),
    "called": (True, names_of),
    "told_in": (True, told_in),
    "names": (True, _names),
}


def _sibling_group(question: Question) -> int:
    """Return what all siblings share: the Chamber's docname, else the least order of a question and its siblings."""
    own = parse_number(question.number)
    if own is None:
        return MISSING
    if own.siblings_order is not None:
        return own.siblings_order
    siblings = (
        number_order(reference.number)
        for reference in question.references
        if reference.kind == "also-asked-to" and reference.type == "written-question"
    )
    return min([own.order, *(order for order in siblings if order is not None)])


INTEGERS: Final[dict[str, Callable[[Question], int]]] = {
    "date": lambda q: _day(q.date),
    "answer_date": lambda q: _day(q.answer_date),
    "delay_days": lambda q: MISSING if q.delay_days is None else max(MISSING, min(q.delay_days, 2**31 - 1)),
    "number_order": lambda q: _known(number_order(q.number)),
    "sibling_group": _sibling_group,
    "published": lambda q: _day(q.published),
    "last_seen": lambda q: _day(q.last_seen),
    "waiting_since": lambda q: _day(waiting_since(q)),
    "waiting_until": lambda q: _day(waiting_until(q)),
}
FIRST_SEEN: Final[dict[str, Callable[[FirstSeen], int]]] = {  # what the index keeps, not the document
    "new_in": lambda seen: _known(seen.new_in),
    "answered_in": lambda seen: _known(seen.answered_in),
    "first_seen": lambda seen: _second(seen.question),
    "answer_first_seen": lambda seen: _second(seen.answer),
}
INTEGER_NAMES: Final = (*INTEGERS, *FIRST_SEEN)
_WIDE: Final = frozenset({"number_order", "sibling_group", "first_seen", "answer_first_seen"})

_EPOCH: Final = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
_SECOND: Final = dt.timedelta(seconds=1)


def _second(moment: dt.datetime | None) -> int:
    return MISSING if moment is None else (moment - _EPOCH) // _SECOND


def moment_of(second: int) -> dt.datetime | None:
    """Return the moment that an integer column holds; None for an unknown one."""
    return None if second == MISSING else _EPOCH + second * _SECOND


def _specs() -> Iterable[FieldSpec]:
    for language, name in COMBINED.items():
        yield FieldSpec(name, "combined", language=language)
    for zone in ZONES:
        yield FieldSpec(zone.name, "terms", zone.name, zone.language, zone.weight)
        yield FieldSpec(exact(zone.name), "exact", zone.name, zone.language)
    yield FieldSpec("number", "id")
    for name, (multi, _) in FACETS.items():
        yield FieldSpec(name, "facet", multi=multi)
    for name in INTEGER_NAMES:
        yield FieldSpec(name, "integer", wide=name in _WIDE)


FIELDS: Final[dict[str, FieldSpec]] = {spec.name: spec for spec in _specs()}


FINGERPRINT: Final = "8afb22ee4cc34716"
"""What the fields of an index must agree in: a short hash of the name, kind, language, weight and shape of every field.

Written down, since hashing brings in OpenSSL, 4 ms that every search would wait for; a test works it out.
"""

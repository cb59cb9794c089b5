"""The Dutch texts of the page: labels, dates, numbers and sentences.

Every text that is not in a template or a document is here, so that the tone stays the same: plain, short, polite, and
saying what to do next.
"""

import datetime as dt
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Final

from msgspec.structs import replace

from searchq import months
from searchq.query.facet_table import FACET_NAMES, FacetName, facet_named
from searchq.query.hints import Hint
from searchq.query.request import Sort
from searchq.question import Event, Question, ReferenceKind
from searchq.results.page import Zone
from searchq.waiting import waiting_days, waiting_until

__all__ = [
    "BULK_BUSY",
    "DOWNLOADS",
    "ERRORS",
    "EVENTS",
    "QUESTION_MISSING",
    "REFERENCES",
    "SITE",
    "SORTS_DUTCH",
    "ZONES",
    "amount",
    "answering",
    "count",
    "date",
    "days",
    "hint",
    "period",
    "short_title",
    "status",
    "suggestion",
    "value_label",
]

SITE: Final = "Schriftelijke vragen"

TABLE_WITH_TEXTS: Final = (
    "number,date,title,author,party,minister,portfolios,keywords,status,answer_date,delay_days,address,"
    "question,answer,french_title,french_question,french_answer"
)
DOWNLOADS: Final = (  # what to call a file of every question, and its parameters
    ("Rekenblad (CSV voor Excel)", {"format": "csv", "dialect": "excel"}),
    ("Excel", {"format": "xlsx"}),
    ("Excel, met de teksten", {"format": "xlsx", "fields": TABLE_WITH_TEXTS}),
    ("CSV, ongewijzigd", {"format": "csv"}),
    ("JSON Lines", {"format": "jsonl"}),
    ("Parquet", {"format": "parquet"}),
)
SORTS_DUTCH: Final[Mapping[Sort, str]] = {
    "relevance": "Meest relevant",
    "newest": "Nieuwste eerst",
    "oldest": "Oudste eerst",
    "answered": "Laatst beantwoord",
    "longest-delay": "Langst gewacht",
    "shortest-delay": "Snelst beantwoord",
    "number": "Nummer",
}

ZONES: Final[Mapping[Zone, str]] = {
    "title": "Titel",
    "question": "Vraag",
    "answer": "Antwoord",
    "french": "Frans",
}

EVENTS: Final[Mapping[Event, str]] = {
    "sent": "Verzonden",
    "reminder": "Rappel",
    "answered": "Beantwoord",
    "closed": "Dossier gesloten",
    "end-of-legislature": "Einde van de zittingsperiode",
    "requalified": "Geherkwalificeerd",
}

REFERENCES: Final[Mapping[ReferenceKind, str]] = {
    "also-asked-to": "Ook gesteld aan andere ministers",
    "reintroduced-as": "Heringediend als",
    "reintroduction-of": "Herindiening van",
    "requalification-of": "Herkwalificatie van",
    "requalified-as": "Geherkwalificeerd als",
}

ERRORS: Final[Mapping[int, tuple[str, str]]] = {  # status -> (title, sentence)
    400: ("Dit adres klopt niet", "Het bevat een waarde die we niet begrijpen."),
    404: ("Niet gevonden", "Op dit adres staat niets. Controleer het adres, of zoek hierboven."),
    405: ("Alleen lezen", "Deze pagina kunt u alleen opvragen; er valt niets naartoe te sturen."),
    414: ("Adres te lang", "Dit adres is te lang. Maak uw zoekvraag korter of gebruik minder filters."),
    416: ("Niet zoveel", "Het bestand is korter dan het gevraagde stuk."),
    500: ("Er ging iets mis", "Dat ligt aan ons, niet aan u. De fout is genoteerd; probeer het straks nog eens."),
    503: ("Even niet beschikbaar", "De vragen kunnen nu niet gelezen worden. Probeer het straks nog eens."),
}

BULK_BUSY: Final = "Het bestand met alle vragen wordt gemaakt; probeer het zo meteen opnieuw."
QUESTION_MISSING: Final = (
    "Deze verzameling bevat geen vraag met dat nummer. Misschien bestaat ze elders wel, of is het nummer anders."
)

_SUGGESTION_KINDS: Final = {"word": "woord", "number": "vraag"}  # other than facets

_MONTHS: Final = tuple(names[0] for names in months.DUTCH)


def date(day: dt.date | None) -> str:
    """A date in words, "30 april 2013"; "zonder datum" for None."""
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}" if day else "zonder datum"


def period(first: dt.date | None, last: dt.date | None) -> str:
    """A range of days in the fewest words: "2013", "april 2013", "30 april 2013", "vanaf …", "tot en met …"."""
    if first is None or last is None:
        return f"vanaf {date(first)}" if first else f"tot en met {date(last)}"
    if first == last:
        return date(first)
    after = last + dt.timedelta(days=1) if last < dt.date.max else last
    if first.day == 1 and after.day == 1 and first.year == last.year:
        if first.month == 1 and last.month == 12:
            return str(first.year)
        begin, end = _MONTHS[first.month - 1], _MONTHS[last.month - 1]
        return f"{begin} {first.year}" if begin == end else f"{begin} tot {end} {first.year}"
    if (first.month, first.day, last.month, last.day) == (1, 1, 12, 31):
        return f"{first.year}–{last.year}"
    return f"{date(first)} tot {date(last)}"


def amount(number: float) -> str:
    """A number in Dutch notation: 12.345 and 12,5."""
    text = f"{number:,.0f}" if float(number).is_integer() else f"{number:,.1f}"
    return text.translate(_DUTCH_NUMBER)


_DUTCH_NUMBER: Final = str.maketrans(",.", ".,")


def count(number: int, one: str, many: str) -> str:
    """A number with its noun: "1 vraag", "1.204 vragen"."""
    return f"{amount(number)} {one if number == 1 else many}"


def answering(asked: int, held: int, answered: int) -> str:
    """The number of ministers asked, of those in the index, and of those who answered, as the rest of a sentence.

    "19 ministers; allen antwoordden", "19 ministers. Hier staan er 2: beiden antwoordden"
    """
    everyone = {1: "die antwoordde", 2: "beiden antwoordden"}.get(held, "allen antwoordden")
    some = {0: "niemand antwoordde", 1: "1 antwoordde"}.get(answered, f"{amount(answered)} antwoordden")
    replies = everyone if answered == held else some
    here = f". Hier {'staat' if held == 1 else 'staan'} er {amount(held)}: " if held < asked else "; "
    return f"{count(asked, 'minister', 'ministers')}{here}{replies}"


def days(number: float) -> str:
    """A count of days with its noun."""
    return f"{amount(number)} {'dag' if number == 1 else 'dagen'}"


def status(question: Question, known: dt.date) -> str:
    """The status in words: "beantwoord in 293 dagen", "op 12 mei 2013 nog niet beantwoord (12 dagen)".

    `known` is the last day the index knows.
    """
    return _STATUS[question.status or "unknown"](question, known)


def _answered(question: Question, _: dt.date) -> str:
    if question.delay_days is None:
        return f"beantwoord op {date(question.answer_date)}" if question.answer_date else "beantwoord"
    return f"beantwoord in {days(question.delay_days)}" if question.delay_days else "beantwoord op dezelfde dag"


def _waiting(question: Question, known: dt.date) -> str:
    """The last day the question is known to wait, and the number of days."""
    waited = waiting_days(question, known)
    if waited is None:
        return "nog niet beantwoord"
    return f"op {date(waiting_until(question) or known)} nog niet beantwoord ({days(waited)})"


_STATUS: Final[Mapping[str, Callable[[Question, dt.date], str]]] = {
    "answered": _answered,
    "answered-without-text": lambda question, known: f"{_answered(question, known)}, tekst nog niet gepubliceerd",
    "open": _waiting,
    "closed": lambda *_: "gesloten zonder antwoord",
    "end-of-legislature": lambda *_: "vervallen bij het einde van de zittingsperiode",
    "requalified": lambda *_: "omgezet in een vraag om uitleg",
    "unknown": lambda *_: "onbekend of er een antwoord kwam",
}


@lru_cache(maxsize=4096)
def value_label(facet: FacetName, value: str) -> str:
    """The label of a facet value: "answered" is "Beantwoord", "2013-04" is "april 2013"."""
    return facet_named(facet).value_label(value)


def suggestion(kind: str, questions: int) -> str:
    """The description of a suggestion: "trefwoord · 12 vragen"."""
    name = _SUGGESTION_KINDS.get(kind) or facet_named(kind).nl.lower()
    return name if kind == "number" else f"{name} · {count(questions, 'vraag', 'vragen')}"


def hint(remark: Hint) -> str:
    """A hint about a search; a filter has its label of the page, not its URL name."""
    name = remark.values.get("field")
    if remark.start is not None or name not in FACET_NAMES:
        return remark.sentence("nl")
    label = facet_named(str(name)).nl
    if remark.code == "unknown-value":
        return f"Geen enkele vraag heeft ‘{remark.values['value']}’ bij {label}."
    return replace(remark, values={**remark.values, "field": label}).sentence("nl")


def short_title(question: Question) -> str:
    """A one-line name of a question: its title, its French title, or its number."""
    french = question.french.title if question.french else None
    return question.title or french or f"Vraag {question.number}"

"""The texts of the page, in Dutch and by the catalog in French: labels, dates, numbers and sentences.

Every text that is not in a template or a document is here, so that the tone stays the same: plain, short, polite, and
saying what to do next.
"""

import datetime as dt
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Final

from msgspec.structs import replace

from searchq import months
from searchq.query.facet_table import FACET_NAMES, FacetName, Language, facet_named
from searchq.query.hints import Hint
from searchq.query.request import Sort
from searchq.question import Event, Question, ReferenceKind
from searchq.results.page import Zone
from searchq.waiting import waiting_days, waiting_until
from searchq.web.mount import language
from searchq.web.translations import gettext as _
from searchq.web.translations import gettext_noop, ngettext

__all__ = [
    "BULK_BUSY",
    "DOWNLOADS",
    "ERRORS",
    "EVENTS",
    "EXPORTS_BUSY",
    "FRENCH_ANSWER",
    "QUESTION_MISSING",
    "REFERENCES",
    "SITE",
    "SORTS",
    "TOO_BUSY",
    "ZONES",
    "amount",
    "answering",
    "count",
    "date",
    "days",
    "days_between",
    "facet_label",
    "hint",
    "period",
    "status",
    "suggestion",
    "value_label",
]

SITE: Final = gettext_noop("Schriftelijke vragen")

TABLE_WITH_TEXTS: Final = (
    "number,date,title,author,party,minister,portfolios,keywords,status,answer_date,delay_days,address,"
    "question,answer,french_title,french_question,french_answer"
)
DOWNLOADS: Final = (  # what to call a file of every question, and its parameters
    (gettext_noop("Rekenblad (CSV voor Excel)"), {"format": "csv", "dialect": "excel"}),
    ("Excel", {"format": "xlsx"}),
    (gettext_noop("Excel, met de teksten"), {"format": "xlsx", "fields": TABLE_WITH_TEXTS}),
    (gettext_noop("CSV, ongewijzigd"), {"format": "csv"}),
    ("JSON Lines", {"format": "jsonl"}),
    ("Parquet", {"format": "parquet"}),
)
SORTS: Final[Mapping[Sort, str]] = {
    "relevance": gettext_noop("Meest relevant"),
    "newest": gettext_noop("Nieuwste eerst"),
    "oldest": gettext_noop("Oudste eerst"),
    "answered": gettext_noop("Laatst beantwoord"),
    "longest-delay": gettext_noop("Langst gewacht"),
    "shortest-delay": gettext_noop("Snelst beantwoord"),
    "number": gettext_noop("Nummer"),
    "first-seen": gettext_noop("Laatst toegevoegd"),
}

ZONES: Final[Mapping[Zone, str]] = {
    "title": gettext_noop("Titel"),
    "question": gettext_noop("Vraag"),
    "answer": gettext_noop("Antwoord"),
    "french": gettext_noop("Franse vraag"),
}
FRENCH_ANSWER: Final = gettext_noop("Frans antwoord")

EVENTS: Final[Mapping[Event, str]] = {
    "sent": gettext_noop("Verzonden"),
    "reminder": gettext_noop("Rappel"),
    "answered": gettext_noop("Beantwoord"),
    "closed": gettext_noop("Dossier gesloten"),
    "end-of-legislature": gettext_noop("Einde van de zittingsperiode"),
    "requalified": gettext_noop("Geherkwalificeerd"),
}

REFERENCES: Final[Mapping[ReferenceKind, str]] = {
    "also-asked-to": gettext_noop("Ook gesteld aan andere ministers"),
    "reintroduced-as": gettext_noop("Heringediend als"),
    "reintroduction-of": gettext_noop("Herindiening van"),
    "requalification-of": gettext_noop("Herkwalificatie van"),
    "requalified-as": gettext_noop("Geherkwalificeerd als"),
}

ERRORS: Final[Mapping[int, tuple[str, str]]] = {  # status -> (title, sentence)
    400: (gettext_noop("Dit adres klopt niet"), gettext_noop("Het bevat een waarde die we niet begrijpen.")),
    403: (
        gettext_noop("Niet van hier"),
        gettext_noop("Dit formulier kwam niet van deze site. Open de pagina opnieuw en verstuur het daar."),
    ),
    404: (
        gettext_noop("Niet gevonden"),
        gettext_noop("Op dit adres staat niets. Controleer het adres, of zoek hierboven."),
    ),
    405: (
        gettext_noop("Alleen lezen"),
        gettext_noop("Deze pagina kunt u alleen opvragen; er valt niets naartoe te sturen."),
    ),
    413: (gettext_noop("Te veel"), gettext_noop("Dit formulier is groter dan het kan zijn.")),
    414: (
        gettext_noop("Adres te lang"),
        gettext_noop("Dit adres is te lang. Maak uw zoekvraag korter of gebruik minder filters."),
    ),
    416: (gettext_noop("Niet zoveel"), gettext_noop("Het bestand is korter dan het gevraagde stuk.")),
    500: (
        gettext_noop("Er ging iets mis"),
        gettext_noop("Dat ligt aan ons, niet aan u. De fout is genoteerd; probeer het straks nog eens."),
    ),
    503: (
        gettext_noop("Even niet beschikbaar"),
        gettext_noop("De vragen kunnen nu niet gelezen worden. Probeer het straks nog eens."),
    ),
}

EXPORTS_BUSY: Final = gettext_noop("Er lopen al genoeg downloads tegelijk; probeer het zo meteen opnieuw.")
TOO_BUSY: Final = gettext_noop("Het is hier te druk; probeer het zo meteen opnieuw.")
BULK_BUSY: Final = gettext_noop("Het bestand met alle vragen wordt gemaakt; probeer het zo meteen opnieuw.")
QUESTION_MISSING: Final = gettext_noop(
    "Deze verzameling bevat geen vraag met dat nummer. Misschien bestaat ze elders wel, of is het nummer anders."
)

_SUGGESTION_KINDS: Final = {"word": gettext_noop("woord"), "number": gettext_noop("vraag")}  # other than facets

_MONTHS: Final[Mapping[Language, tuple[str, ...]]] = {
    "nl": tuple(names[0] for names in months.DUTCH),
    "fr": tuple(names[0] for names in months.FRENCH),
}
_FIRST_DAY: Final[Mapping[Language, str]] = {"nl": "1", "fr": "1er"}


def date(day: dt.date | None) -> str:
    """A date in words, "30 april 2013"; "zonder datum" for None."""
    return _("zonder datum") if day is None else _date(day, language())


@lru_cache(maxsize=4096)
def _date(day: dt.date, language: Language) -> str:
    number = _FIRST_DAY[language] if day.day == 1 else day.day
    return f"{number} {_MONTHS[language][day.month - 1]} {day.year}"


def _month(day: dt.date) -> str:
    return _MONTHS[language()][day.month - 1]


def period(first: dt.date | None, last: dt.date | None) -> str:
    """A range of days in the fewest words: "2013", "april 2013", "30 april 2013", "vanaf …", "tot en met …"."""
    return _period(first, last, language())


@lru_cache(maxsize=4096)
def _period(first: dt.date | None, last: dt.date | None, _language: Language) -> str:
    if first is None or last is None:
        return _("vanaf {day}").format(day=date(first)) if first else _("tot en met {day}").format(day=date(last))
    if first == last:
        return date(first)
    after = last + dt.timedelta(days=1) if last < dt.date.max else last
    if first.day == 1 and after.day == 1 and first.year == last.year:
        if first.month == 1 and last.month == 12:
            return str(first.year)
        begin, end = _month(first), f"{_month(last)} {last.year}"
        return end if first.month == last.month else _("{first} tot {last}").format(first=begin, last=end)
    if (first.month, first.day, last.month, last.day) == (1, 1, 12, 31):
        return f"{first.year}–{last.year}"
    return _("{from_day} tot {to_day}").format(from_day=date(first), to_day=date(last))


def amount(number: float) -> str:
    """A number as the language writes it: 12.345 and 12,5 in Dutch."""
    if isinstance(number, int) and 0 <= number < 1000:
        return str(int(number))
    text = f"{number:,.0f}" if float(number).is_integer() else f"{number:,.1f}"
    return text.translate(_SEPARATORS[language()])


_SEPARATORS: Final[Mapping[Language, dict[int, int]]] = {
    "nl": str.maketrans(",.", ".,"),
    "fr": str.maketrans(",.", "\u202f,"),
}


def count(number: int, one: str, many: str) -> str:
    """A number with its noun: "1 vraag", "1.204 vragen"."""
    return f"{amount(number)} {ngettext(one, many, number)}"


def answering(asked: int, held: int, answered: int) -> str:
    """The number of ministers asked, of those in the index, and of those who answered, as the rest of a sentence.

    "19 ministers; allen antwoordden", "19 ministers. Hier staan er 2: beiden antwoordden"
    """
    everyone = {1: _("die antwoordde"), 2: _("beiden antwoordden")}.get(held, _("allen antwoordden"))
    some = {0: _("niemand antwoordde"), 1: _("1 antwoordde")}.get(
        answered, _("{number} antwoordden").format(number=amount(answered))
    )
    replies = everyone if answered == held else some
    ministers = count(asked, "minister", "ministers")
    if held == asked:
        return _("{ministers}; {replies}").format(ministers=ministers, replies=replies)
    here = ngettext(
        "{ministers}. Hier staat er {number}: {replies}", "{ministers}. Hier staan er {number}: {replies}", held
    )
    return here.format(ministers=ministers, number=amount(held), replies=replies)


def days(number: float) -> str:
    """A count of days with its noun."""
    return " ".join((amount(number), ngettext("dag", "dagen", 1 if number == 1 else 2)))


def days_between(first: int | None, last: int | None) -> str:
    """A range of days: "minstens 101 dagen", "hoogstens 30 dagen", "31 tot 60 dagen"."""
    if first is None or last is None:
        one_end = _("hoogstens {days}") if first is None else _("minstens {days}")
        return one_end.format(days=days(first or last or 0))
    return days(first) if first == last else _("{first} tot {days}").format(first=amount(first), days=days(last))


def status(question: Question, known: dt.date) -> str:
    """The status in words: "beantwoord in 293 dagen", "op 12 mei 2013 nog niet beantwoord (12 dagen)".

    `known` is the last day the index knows.
    """
    return _STATUS[question.status or "unknown"](question, known)


def _answered(question: Question, *_known: dt.date) -> str:
    if question.delay_days is None:
        day = question.answer_date
        return _("beantwoord op {day}").format(day=date(day)) if day else _("beantwoord")
    return _answered_in(question.delay_days, language())


@lru_cache(maxsize=4096)
def _answered_in(delay: int, _language: Language) -> str:
    if delay == 0:
        return _("beantwoord op dezelfde dag")
    return _("beantwoord in {days}").format(days=days(delay))


def _waiting(question: Question, known: dt.date) -> str:
    """The last day the question is known to wait, and the number of days."""
    waited = waiting_days(question, known)
    if waited is None:
        return _("nog niet beantwoord")
    day = date(waiting_until(question) or known)
    return _("op {day} nog niet beantwoord ({days})").format(day=day, days=days(waited))


_STATUS: Final[Mapping[str, Callable[[Question, dt.date], str]]] = {
    "answered": _answered,
    "answered-without-text": lambda question, known: _answered(question) + _(", tekst nog niet gepubliceerd"),
    "open": _waiting,
    "closed": lambda *asked: _("gesloten zonder antwoord"),
    "end-of-legislature": lambda *asked: _("vervallen bij het einde van de zittingsperiode"),
    "requalified": lambda *asked: _("omgezet in een vraag om uitleg"),
    "unknown": lambda *asked: _("onbekend of er een antwoord kwam"),
}


def value_label(facet: FacetName, value: str) -> str:
    """The label of a facet value: "answered" is "Beantwoord", "2013-04" is "april 2013"."""
    return _value_label(facet, value, language())


@lru_cache(maxsize=4096)
def _value_label(facet: FacetName, value: str, language: Language) -> str:
    return facet_named(facet).value_label(value, language)


def facet_label(facet: FacetName) -> str:
    """The name of a facet."""
    return facet_named(facet).label(language())


def suggestion(kind: str, questions: int) -> str:
    """The description of a suggestion: "trefwoord · 12 vragen"."""
    name = _(_SUGGESTION_KINDS[kind]) if kind in _SUGGESTION_KINDS else facet_label(kind).lower()
    return name if kind == "number" else " · ".join((name, count(questions, "vraag", "vragen")))


def hint(remark: Hint) -> str:
    """A hint about a search; a filter has its label of the page, not its URL name."""
    name = remark.values.get("field")
    if remark.start is not None or name not in FACET_NAMES:
        return remark.sentence(language())
    label = facet_label(str(name))
    if remark.code == "unknown-value":
        text = _("Geen enkele vraag heeft ‘{value}’ bij {label}.")
        return text.format(value=remark.values["value"], label=label)
    return replace(remark, values={**remark.values, "field": label}).sentence(language())

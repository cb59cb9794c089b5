"""Parse a URL into a request, and build the canonical URL of a request.

    ?q=sociale+media&party=Open+Vld&party=MR&not_status=answered&from=2013-01-01&sort=newest&page=2

Names are those of the record, the command line and the JSON; each also has a Dutch alias (`partij`), which the
canonical URL never uses. The order is canonical and defaults are omitted, so that the same search always has the same
URL. Unknown names are ignored; an invalid value raises AddressError with a Dutch sentence, which the page shows with
status 400.
"""

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import Final, TypeVar
from urllib.parse import parse_qsl, quote_plus

from msgspec import Struct

from searchq.errors import RequestError
from searchq.exports.dialects import DIALECTS, Dialect
from searchq.limits import DEFAULT_PAGE_SIZE, MAX_PAGE_SIZE
from searchq.query import ranges
from searchq.query.facet_table import FACET_NAMES, FACETS, WAITED
from searchq.query.request import SORTS, DateRange, DaysRange, Request, Selection, Sort
from searchq.web.texts import amount
from searchq.web.translations import gettext as _

__all__ = [
    "EXCLUDE",
    "EXPORTED",
    "FORMATS",
    "PARAMETERS",
    "AddressError",
    "Parameters",
    "pairs",
    "parse",
    "query_string",
    "quoted",
    "state",
    "wrong_choice",
]

Choice = TypeVar("Choice", bound=str)

MAX_FIELDS: Final = 100  # parameters in one URL
MAX_VALUE_CHARACTERS: Final = 512  # the longest published title of a minister is under 300
MAX_FIELDS_CHARACTERS: Final = 1_000  # all names of columns take less
MAX_PAGE: Final = 1_000_000
EXCLUDE: Final = "not_"  # before a facet name: exclude this value

EXPORTED: Final = ("csv", "jsonl", "xlsx", "parquet")  # every question, a row each
FORMATS: Final = ("html", "json", *EXPORTED, "atom")

_ALIASES: Final[Mapping[str, str]] = {
    **{alias: facet.name for facet in FACETS for alias in facet.aliases},
    "van": "from",
    "tot": "to",
    "beantwoord_van": "answered_from",
    "beantwoord_tot": "answered_to",
    "wachttijd": WAITED,
    "velden": "fields",
    "sorteer": "sort",
    "pagina": "page",
    "alle_woorden": "all_words",
    "vertaal": "translate",
}


class AddressError(RequestError):
    """A URL contains an invalid value; the text is a Dutch sentence for the visitor."""


PARAMETERS: Final = (
    "q",
    *FACET_NAMES,
    *(EXCLUDE + name for name in FACET_NAMES),
    "from",
    "to",
    "answered_from",
    "answered_to",
    WAITED,
    "sort",
    "fold",
    "all_words",
    "translate",
    "limit",
    "page",
    "format",
    "fields",
    "dialect",
)


class Parameters(Struct, frozen=True):
    """A parsed URL: a request, a format, and whether it is a search at all."""

    request: Request
    format: str = "html"
    fields: tuple[str, ...] = ()  # the columns of rows; empty: the usual ones
    dialect: Dialect = "plain"  # of CSV
    tidy: bool = True  # False if the URL has empty or unknown fields


def parse(query: str, today: dt.date | None = None) -> Parameters:
    """Parse a query string into a request. Raises AddressError, in Dutch, for an invalid value.

    `today` is what days such as `gisteren` are told from.
    """
    values, tidy = _collect(query)
    request = Request(
        text=_one(values, "q", "").strip(),
        selections=tuple(_selections(values)),
        asked=_range(values, "from", "to", today),
        answered=_range(values, "answered_from", "answered_to", today),
        waited=_waited(values),
        sort=_sort(values),
        page=_number(values, "page", 1, MAX_PAGE),
        limit=_number(values, "limit", DEFAULT_PAGE_SIZE, MAX_PAGE_SIZE),
        fold=_choice(values, "fold", "1", ("0", "1")) == "1",
        all_words=_choice(values, "all_words", "0", ("0", "1")) == "1",
        today=today,
        translate=_choice(values, "translate", "1", ("0", "1")) == "1",
    )
    return Parameters(
        request,
        _choice(values, "format", "html", FORMATS),
        tuple(_fields(values)),
        _choice(values, "dialect", "plain", DIALECTS),
        tidy,
    )


def _fields(values: Mapping[str, list[str]]) -> Iterator[str]:
    """The columns named, parted by commas, in every `fields`."""
    for text in values.get("fields", ()):
        yield from (name.strip() for name in text[:MAX_FIELDS_CHARACTERS].split(",") if name.strip())


def pairs(request: Request) -> Iterator[tuple[str, str]]:
    """The request as names and values in canonical order, without defaults."""
    if request.text:
        yield "q", request.text
    yield from state(request)
    if request.page != 1:
        yield "page", str(request.page)


def state(request: Request) -> Iterator[tuple[str, str]]:
    """All parameters but text and page, for the hidden fields of a form."""
    if request.selections:
        yield from _selected(request.selections)
    if request.asked:
        yield from _range_pairs("from", "to", request.asked)
    if request.answered:
        yield from _range_pairs("answered_from", "answered_to", request.answered)
    if request.waited:
        yield WAITED, str(request.waited)
    if request.sort != "relevance":
        yield "sort", request.sort
    if not request.fold:
        yield "fold", "0"
    if request.all_words:
        yield "all_words", "1"
    if not request.translate:
        yield "translate", "0"
    if request.limit != DEFAULT_PAGE_SIZE:
        yield "limit", str(request.limit)


def _selected(selections: Iterable[Selection]) -> Iterator[tuple[str, str]]:
    by_name = {selection.facet: selection for selection in selections}
    chosen = [by_name[name] for name in FACET_NAMES if name in by_name]
    for one in chosen:
        yield from ((one.facet, value) for value in one.include)
    for one in chosen:
        yield from ((EXCLUDE + one.facet, value) for value in one.exclude)


def query_string(request: Request, **more: str) -> str:
    """The canonical query string, without "?"; `more` follows at the end."""
    return "&".join([f"{name}={quoted(value)}" for name, value in [*pairs(request), *more.items()]])


@lru_cache(maxsize=4096)  # at most 34 MB, if each has the maximum length
def quoted(value: str) -> str:
    """URL-quote a value; cached, since values recur on every page."""
    return quote_plus(value)


def _collect(query: str) -> tuple[dict[str, list[str]], bool]:
    """The non-empty values of known names, and whether there were no others."""
    try:
        fields = parse_qsl(query, keep_blank_values=True, errors="replace", max_num_fields=MAX_FIELDS)
    except ValueError:
        raise AddressError(
            _("Dit adres bevat meer dan {limit} velden; gebruik minder filters.").format(limit=MAX_FIELDS)
        ) from None
    values: dict[str, list[str]] = {}
    tidy = True
    for name, value in fields:
        known = _ALIASES.get(name, name)
        if known not in _KNOWN:
            continue
        if not value.strip():
            tidy = False
            continue
        values.setdefault(known, []).append(value)
    return values, tidy


_KNOWN: Final = frozenset(PARAMETERS)


def _one(values: Mapping[str, list[str]], name: str, default: str) -> str:
    return values[name][-1] if name in values else default


def _selections(values: Mapping[str, list[str]]) -> Iterator[Selection]:
    given = [name for name in FACET_NAMES if name in values or EXCLUDE + name in values]
    for name in given:
        include, exclude = (_distinct(values.get(key, ())) for key in (name, EXCLUDE + name))
        if include or exclude:
            yield Selection(name, include, tuple(value for value in exclude if value not in include))


def _distinct(values: tuple[str, ...] | list[str]) -> tuple[str, ...]:
    found = tuple(dict.fromkeys(value.strip() for value in values))
    for value in found:
        if len(value) > MAX_VALUE_CHARACTERS:
            text = _("Het filter ‘{value}…’ is langer dan {limit} tekens.")
            raise AddressError(text.format(value=value[:40], limit=MAX_VALUE_CHARACTERS))
    return found


def _range(values: Mapping[str, list[str]], begin: str, end: str, today: dt.date | None) -> DateRange:
    """The days between two dates; swaps a reversed range, with a hint."""
    try:
        return ranges.period(_one(values, begin, ""), _one(values, end, ""), today)
    except ValueError as error:
        text = _("‘{value}’ is geen datum; schrijf 2013, april 2013, 30/4/2013 of gisteren.")
        raise AddressError(text.format(value=str(error)[:40])) from None


def _waited(values: Mapping[str, list[str]]) -> DaysRange:
    try:
        return ranges.days_range(_one(values, WAITED, ""))
    except ValueError as error:
        text = _("‘{value}’ is geen aantal dagen; schrijf 100, >100, <=30 of 31..60.")
        raise AddressError(text.format(value=str(error)[:40])) from None


def _range_pairs(begin: str, end: str, days: DateRange) -> Iterator[tuple[str, str]]:
    if days.first:
        yield begin, days.first.isoformat()
    if days.last:
        yield end, days.last.isoformat()


def _number(values: Mapping[str, list[str]], name: str, default: int, most: int) -> int:
    text = _one(values, name, str(default))
    if re.fullmatch(r"[0-9]{1,7}", text) and 1 <= int(text) <= most:
        return int(text)
    wrong = {
        "page": _("‘{value}’ is geen paginanummer; kies een getal van 1 tot {limit}."),
        "limit": _("‘{value}’ is geen aantal resultaten; kies een getal van 1 tot {limit}."),
    }[name]
    raise AddressError(wrong.format(value=text[:40], limit=amount(most)))


def _sort(values: Mapping[str, list[str]]) -> Sort:
    return _choice(values, "sort", "relevance", SORTS)


def wrong_choice(value: str, name: str, choices: Iterable[str]) -> str:
    """The sentence about a value that a parameter does not have."""
    text = _("‘{value}’ kan niet bij {name}; kies uit {choices}.")
    return text.format(value=value[:40], name=name, choices=", ".join(choices))


def _choice(values: Mapping[str, list[str]], name: str, default: Choice, choices: tuple[Choice, ...]) -> Choice:
    text = _one(values, name, default)
    found = next((choice for choice in choices if choice == text), None)
    if found is None:
        raise AddressError(wrong_choice(text, name, choices))
    return found

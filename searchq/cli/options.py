"""Options that several commands share: where the index is, which questions are meant, how they are written."""

import calendar
import datetime as dt
import re
from collections.abc import Callable, Sequence
from typing import Any, Final, TypeVar

import click

from searchq.query.request import FACETS, DateRange, FacetName, FacetQuery, Selection

__all__ = ["DAY_END", "DAY_START", "DEFAULT_INDEX", "FACET", "filter_options", "filters", "index_option"]

DEFAULT_INDEX: Final = "index"

_Decorated = TypeVar("_Decorated", bound=Callable[..., Any])

_HELP: Final[dict[FacetName, str]] = {
    "minister": "Title as published, portfolio, or words of the title.",
    "portfolio": "Stable short name: Justitie, Volksgezondheid …",
    "author": "Who asked.",
    "party": "Party label of the day.",
    "keyword": "Descriptor.",
    "title_part": "One part of the title.",
    "legislature": "Legislature: 5.",
    "session": "Session: 2012-2013.",
    "year": "Year of the question.",
    "month": "Month of the question: 2013-04.",
    "status": "answered, open, closed …",
    "language": "Asked in: nl, fr, de.",
    "delay": "Band of days to the answer: 0-30, 31-60, 366+ …",
    "reminders": "How many reminders were sent.",
}

_BY_VALUE: Final = frozenset(
    {"year", "month", "session", "legislature", "delay", "reminders"}
)  # they read best in order


class _Day(click.ParamType[dt.date]):
    """A day, month or year; a month or year stands for its first or its last day."""

    name = "date"

    def __init__(self, end: bool) -> None:
        self.end = end

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> dt.date:
        if isinstance(value, dt.date):
            return value
        text = str(value).strip()
        if shape := re.fullmatch(r"(\d{1,2})[/.](\d{1,2})[/.](\d{4})", text):
            text = f"{shape[3]}-{int(shape[2]):02}-{int(shape[1]):02}"
        try:
            if re.fullmatch(r"[0-9]{4}", text):
                return dt.date(int(text), 12, 31) if self.end else dt.date(int(text), 1, 1)
            if re.fullmatch(r"[0-9]{4}-[0-9]{1,2}", text):
                year, month = map(int, text.split("-"))
                return dt.date(year, month, calendar.monthrange(year, month)[1] if self.end else 1)
            return dt.date.fromisoformat(text)
        except (ValueError, calendar.IllegalMonthError):
            self.fail(f"{value!r} is no date; write 2013, 2013-04, 2013-04-30 or 30/4/2013.", param, ctx)


DAY_START: Final = _Day(end=False)
DAY_END: Final = _Day(end=True)


class _Facet(click.ParamType[FacetQuery]):
    """A facet to count, with how many of its values: `party` or `party:5`."""

    name = "facet"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> FacetQuery:
        if isinstance(value, FacetQuery):
            return value
        written, _, limit = str(value).replace("-", "_").partition(":")
        name = next((facet for facet in FACETS if facet == written), None)
        if name is None or not re.fullmatch(r"[0-9]{0,4}", limit) or limit.strip("0") == "" != limit:
            known = ", ".join(FACETS).replace("_", "-")
            self.fail(f"{value!r} is no facet; write NAME or NAME:COUNT, with one of {known}.", param, ctx)
        return FacetQuery(name, int(limit or 10), order="value" if name in _BY_VALUE else "count")


FACET: Final = _Facet()


def index_option(command: _Decorated) -> _Decorated:
    """`--index DIR`, with SEARCHQ_INDEX and ./index behind it."""
    return click.option(
        "--index",
        "index",
        type=click.Path(file_okay=False),
        default=DEFAULT_INDEX,
        envvar="SEARCHQ_INDEX",
        show_default=True,
        show_envvar=True,
        help="Folder of the index.",
    )(command)


def filter_options(command: _Decorated) -> _Decorated:
    """The options that say which questions are meant; `filters` reads them."""
    for name in reversed(FACETS):
        flag = name.replace("_", "-")
        command = click.option(f"--exclude-{flag}", multiple=True, metavar="X", help=f"Not this {flag}.", hidden=True)(
            command
        )
        command = click.option(f"--{flag}", multiple=True, metavar="X", help=f"{_HELP[name]} Repeat for more.")(command)
    for flag, day, text in (
        ("--answered-to", DAY_END, "Answered on or before this day."),
        ("--answered-from", DAY_START, "Answered on or after this day."),
        ("--to", DAY_END, "Asked on or before this day."),
        ("--from", DAY_START, "Asked on or after this day: 2013, 2013-04 or 2013-04-30."),
    ):
        name = {"--from": "asked_from", "--to": "asked_to"}.get(flag, flag[2:].replace("-", "_"))
        command = click.option(flag, name, type=day, metavar="DATE", help=text)(command)
    return command


def filters(options: dict[str, Any]) -> dict[str, Any]:
    """Take the filter options out of a command's options, as the fields of a `Request`."""
    selections = []
    for name in FACETS:
        include: Sequence[str] = options.pop(name)
        exclude: Sequence[str] = options.pop(f"exclude_{name}")
        if include or exclude:
            selections.append(Selection(name, tuple(include), tuple(exclude)))
    return {
        "selections": tuple(selections),
        "asked": DateRange(options.pop("asked_from"), options.pop("asked_to")),
        "answered": DateRange(options.pop("answered_from"), options.pop("answered_to")),
    }

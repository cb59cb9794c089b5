"""The columns an export can have: the keys of the record, its French texts apart, its address, and those of a hit.

number, date, …        a key of the record, with the value of the record
french_title, …        the French texts, each in a column of its own
address                the question's permanent address
score, snippet, …      of the hits of one page; empty where every question is written
"""

import datetime as dt
import functools
import math
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, Final, Literal, get_args, get_type_hints

from msgspec import Struct

from searchq.addresses import official_address
from searchq.errors import RequestError
from searchq.question import FrenchText, Question
from searchq.results.page import ResultHit
from searchq.results.serialize import snippet_to_json

__all__ = [
    "COLUMN_NAMES",
    "FRENCH_NAMES",
    "HIT_NAMES",
    "RECORD_NAMES",
    "Column",
    "Kind",
    "columns_named",
    "without_hit",
]

Kind = Literal["text", "integer", "number", "date", "time", "texts", "data"]

RECORD_NAMES: Final = tuple(Question.__annotations__)
FRENCH_NAMES: Final = tuple(f"french_{name}" for name in FrenchText.__annotations__)
HIT_NAMES: Final = ("score", "snippet", "snippets", "siblings")
COLUMN_NAMES: Final = (*RECORD_NAMES, *FRENCH_NAMES, "address", *HIT_NAMES)


class Column(Struct, frozen=True):
    """One column: its name, the kind of its values, and the value of a hit.

    Values are str, int, float, date, datetime, a tuple of str ("texts"), plain structures ("data"), or None.
    """

    name: str
    kind: Kind
    value: Callable[[ResultHit], Any]


def columns_named(names: Iterable[str]) -> list[Column]:
    """The columns with these names, in their order. Raises RequestError, which lists the names, for an unknown one."""
    known = _columns()
    if unknown := [name for name in names if name not in known]:
        raise RequestError(f"unknown field '{unknown[0]}'; choose from {', '.join(COLUMN_NAMES)}.")
    return [known[name] for name in names]


def without_hit(question: Question) -> ResultHit:
    """A question as a row, where no search ranked it."""
    return ResultHit(question, math.nan)


@functools.cache
def _columns() -> Mapping[str, Column]:
    return {column.name: column for column in (*_record_columns(), *_french_columns(), *_OTHERS)}


def _record_columns() -> Iterator[Column]:
    for name, hint in get_type_hints(Question).items():
        yield Column(name, _kind(hint), functools.partial(_of_record, name))


def _french_columns() -> Iterator[Column]:
    for name, hint in get_type_hints(FrenchText).items():
        yield Column(f"french_{name}", _kind(hint), functools.partial(_of_french, name))


def _of_record(name: str, hit: ResultHit) -> Any:
    return getattr(hit.question, name)


def _of_french(name: str, hit: ResultHit) -> Any:
    return getattr(hit.question.french, name) if hit.question.french else None


def _kind(hint: Any) -> Kind:
    """The kind of a type of the record: `dt.date | None` is "date", a tuple of str is "texts"."""
    if hint == tuple[str, ...]:
        return "texts"
    types = [one for one in (get_args(hint) or (hint,)) if one is not type(None)]
    return _KINDS.get(types[0], "text" if all(isinstance(one, str) for one in _literals(types)) else "data")


def _literals(types: Sequence[Any]) -> list[Any]:
    return [value for one in types for value in (get_args(one) or (one,))]


_KINDS: Final[Mapping[Any, Kind]] = {
    str: "text",
    int: "integer",
    float: "number",
    dt.date: "date",
    dt.datetime: "time",
}

_OTHERS: Final = (
    Column("address", "text", lambda hit: official_address(hit.question)),
    Column("score", "number", lambda hit: None if math.isnan(hit.score) else round(hit.score, 6)),
    Column("snippet", "text", lambda hit: hit.snippets[0].text if hit.snippets else None),
    Column("snippets", "data", lambda hit: [snippet_to_json(one) for one in hit.snippets]),
    Column("siblings", "texts", lambda hit: tuple(one.number for one in hit.siblings)),
)

"""The keywords of a record: printed in capitals, `BELGIE  |  NMBS  |  VERVOER PER SPOOR`, told as descriptors.

A descriptor is in small letters, unless it is a name: `descriptors.txt` has those that are, as the Senate writes them.
"""

import unicodedata
from collections.abc import Iterator
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any, Final

from searchq.documents.chamber.payload import Record
from searchq.documents.chamber.texts import lines_in

__all__ = ["keywords_of"]

_FIELDS: Final = ("MAIN_THESA{}", "THESA{}", "DESC{}", "FREE{}")
_CACHED_KEYWORDS: Final = 1 << 14


def keywords_of(record: Record, language: str) -> tuple[str, ...]:
    """The keywords in a language (`N`, `F`), each once whatever its case, the chief one first."""
    found = (keyword for field in _FIELDS for keyword in _divided(record.get(field.format(language))))
    return tuple({keyword.casefold(): _descriptor(keyword) for keyword in found}.values())


def _divided(value: Any) -> Iterator[str]:
    for line in lines_in(value):
        yield from (keyword for part in line.split("|") if (keyword := part.strip()))


@lru_cache(maxsize=_CACHED_KEYWORDS)
def _descriptor(keyword: str) -> str:
    """The name of just these letters, else of the same without accents, which capitals often lack."""
    names, lower = _names(), keyword.lower()
    return names.get(lower) or names.get(_bare(lower)) or lower


@cache
def _names() -> dict[str, str]:
    text = files("searchq.documents.chamber").joinpath("descriptors.txt").read_text(encoding="utf-8")
    names = [line.strip() for line in text.splitlines() if line.strip() and not line.startswith("#")]
    return {_bare(name.lower()): name for name in names} | {name.lower(): name for name in names}


def _bare(keyword: str) -> str:
    apart = unicodedata.normalize("NFKD", keyword)
    return "".join(letter for letter in apart if not unicodedata.combining(letter))

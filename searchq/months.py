"""The names of the months, as documents write them and visitors type them: the full name first, then what else is met.

Names are in lower case; accents stand where they belong. French August is `aôut` on the site.
"""

from typing import Final, TypeAlias

__all__ = ["DUTCH", "ENGLISH", "FRENCH"]

_Names: TypeAlias = tuple[tuple[str, ...], ...]  # of twelve months

DUTCH: Final[_Names] = (
    ("januari", "jan"),
    ("februari", "feb"),
    ("maart", "mrt"),
    ("april", "apr"),
    ("mei",),
    ("juni", "jun"),
    ("juli", "jul"),
    ("augustus", "aug"),
    ("september", "sept", "sep"),
    ("oktober", "okt"),
    ("november", "nov"),
    ("december", "dec"),
)
FRENCH: Final[_Names] = (
    ("janvier", "janv"),
    ("février", "fevrier", "févr"),
    ("mars",),
    ("avril", "avr"),
    ("mai",),
    ("juin",),
    ("juillet", "juil"),
    ("août", "aôut", "aout"),
    ("septembre", "sept"),
    ("octobre", "oct"),
    ("novembre", "nov"),
    ("décembre", "decembre", "déc"),
)
ENGLISH: Final[_Names] = (
    ("january",),
    ("february",),
    ("march", "mar"),
    ("april",),
    ("may",),
    ("june",),
    ("july",),
    ("august",),
    ("september",),
    ("october",),
    ("november",),
    ("december",),
)

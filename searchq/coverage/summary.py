"""What the ledger of an archive tells, in plain data: for any face to show, and for any index to keep.

Every number of the Senate from 1 to the highest known is here, a reasoned gap, or unknown. A gap is a number for which
the site showed what it shows for numbers that cannot exist; nothing else is called one. Of the Chamber no gaps are
claimed.
"""

from collections.abc import Mapping
from typing import Any, Final, Self

from msgspec import Struct, to_builtins

__all__ = ["NOT_FETCHED", "ChamberCoverage", "CoverageSummary", "Missing", "SenateCoverage"]

NOT_FETCHED: Final = "not fetched yet"  # the reason of a number that was never asked for
_VERSION: Final = 1


class Missing(Struct, frozen=True):
    """Numbers in a row that are missing for the same reason."""

    first: int
    last: int
    reason: str
    looked: str | None = None  # the day the site last answered for the last looked at of them

    @property
    def count(self) -> int:
        return self.last - self.first + 1


class SenateCoverage(Struct, frozen=True):
    """One legislature of the Senate; days are ISO dates."""

    legislature: int
    last: int  # the highest number known; the first is 1
    here: int
    answered: int
    waiting: int  # may still get an answer, or a better one
    interim: int  # of those waiting, whose answer only says that one will come
    gaps: tuple[Missing, ...]
    unknown: tuple[Missing, ...]
    looked: str | None
    end_found: tuple[str, ...]  # the days on which nothing was found above `last`

    @property
    def missing(self) -> int:
        return sum(run.count for run in (*self.gaps, *self.unknown))


class ChamberCoverage(Struct, frozen=True):
    """One archive of the Chamber."""

    legislature: int
    name: str
    address: str
    fetched: str
    looked: str
    bytes: int


class CoverageSummary(Struct, frozen=True):
    """All that a ledger tells of an archive."""

    senate: tuple[SenateCoverage, ...] = ()
    chamber: tuple[ChamberCoverage, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """As plain data."""
        return {"version": _VERSION, **to_builtins(self)}

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Self:
        """The inverse of `to_json`."""
        chamber = tuple(ChamberCoverage(**one) for one in data["chamber"])
        return cls(tuple(_senate_of(one) for one in data["senate"]), chamber)


def _senate_of(data: Mapping[str, Any]) -> SenateCoverage:
    runs = {key: tuple(Missing(**run) for run in data[key]) for key in ("gaps", "unknown")}
    return SenateCoverage(**{**data, **runs, "end_found": tuple(data["end_found"])})

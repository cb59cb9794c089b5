"""What an archive holds, and what it lacks and why: the ledger in plain data, for any face and any index to keep.

Every number of the Senate from 1 to the highest known is here, a reasoned gap, or unknown. A gap is a number for which
the site showed what it shows for numbers that cannot exist; nothing else is called one. Of the Chamber no gaps are
claimed.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from itertools import groupby
from typing import Any, Final, Self

from searchq.fetching.ledger import Ledger, Page
from searchq.fetching.schedule import Frontier, is_waiting
from searchq.fetching.sites import HIGHEST_SEEN

__all__ = ["ChamberCoverage", "CoverageSummary", "Missing", "SenateCoverage", "summary"]

_VERSION: Final = 1
_NEVER: Final = "not fetched yet"


@dataclass(frozen=True, slots=True)
class Missing:
    """Numbers in a row that are missing for the same reason."""

    first: int
    last: int
    reason: str
    looked: str | None = None  # the day the site last answered for the last looked at of them

    @property
    def count(self) -> int:
        return self.last - self.first + 1


@dataclass(frozen=True, slots=True)
class SenateCoverage:
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


@dataclass(frozen=True, slots=True)
class ChamberCoverage:
    """One archive of the Chamber."""

    legislature: int
    name: str
    address: str
    fetched: str
    looked: str
    bytes: int


@dataclass(frozen=True, slots=True)
class CoverageSummary:
    """All that a ledger tells of an archive."""

    senate: tuple[SenateCoverage, ...] = ()
    chamber: tuple[ChamberCoverage, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """As plain data."""
        return {"version": _VERSION, **asdict(self)}

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Self:
        """The inverse of `to_json`."""
        chamber = tuple(ChamberCoverage(**one) for one in data["chamber"])
        return cls(tuple(_senate_of(one) for one in data["senate"]), chamber)


def summary(ledger: Ledger, highest: Mapping[int, int] = HIGHEST_SEEN) -> CoverageSummary:
    """What a ledger tells, newest legislature first; `highest`: numbers known to exist, by legislature."""
    legislatures = dict.fromkeys(legislature for legislature, _ in ledger.fetched())
    senate = (_legislature(ledger, legislature, highest.get(legislature, 0)) for legislature in legislatures)
    chamber = (
        ChamberCoverage(one.legislature, one.name, one.address, one.fetched[:10], one.looked[:10], one.bytes)
        for one in ledger.zips()
    )
    return CoverageSummary(tuple(senate), tuple(chamber))


def _legislature(ledger: Ledger, legislature: int, seen: int) -> SenateCoverage:
    languages = [language for one, language in ledger.fetched() if one == legislature]
    pages = _by_number(page for language in languages for page in ledger.pages(legislature, language))
    stored = [page for page in pages.values() if page.state == "stored"]
    last = max([seen, *(page.number for page in stored)])
    days = (day for language in languages for day in Frontier.kept(ledger, legislature, language).days)
    return SenateCoverage(
        legislature=legislature,
        last=last,
        here=len(stored),
        answered=sum(page.has_answer for page in stored),
        waiting=sum(map(is_waiting, stored)),
        interim=sum(page.interim for page in stored),
        gaps=tuple(_runs(pages, last, "absent")),
        unknown=tuple(_runs(pages, last, "unknown")),
        looked=max((page.looked[:10] for page in pages.values() if page.looked), default=None),
        end_found=tuple(sorted(set(days))),
    )


def _by_number(pages: Iterable[Page]) -> dict[int, Page]:
    """The page of each number that tells most, whatever its language: an answer, a question, a gap."""
    best: dict[int, Page] = {}
    for page in pages:
        known = best.get(page.number)
        if known is None or _weight(page) > _weight(known):
            best[page.number] = page
    return best


def _weight(page: Page) -> tuple[int, bool]:
    return ("unknown", "absent", "stored").index(page.state), page.has_answer


def _runs(pages: Mapping[int, Page], last: int, state: str) -> Iterator[Missing]:
    """The numbers from 1 to `last` in a state, those in a row with one reason together."""
    found = (_missing(pages.get(number), number, state) for number in range(1, last + 1))
    for reason, run in groupby(found, lambda one: one.reason if one else None):
        members = [one for one in run if one]
        if reason is not None:
            looked = max((one.looked for one in members if one.looked), default=None)
            yield Missing(members[0].first, members[-1].last, reason, looked)


def _missing(page: Page | None, number: int, state: str) -> Missing | None:
    if (page.state if page else "unknown") != state:
        return None
    reason = (page.reason if page else None) or _NEVER
    return Missing(number, number, reason, page.looked[:10] if page and page.looked else None)


def _senate_of(data: Mapping[str, Any]) -> SenateCoverage:
    runs = {key: tuple(Missing(**run) for run in data[key]) for key in ("gaps", "unknown")}
    return SenateCoverage(**{**data, **runs, "end_found": tuple(data["end_found"])})

"""What an archive holds, and what it lacks and why: its ledger as plain data."""

from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby

from searchq.coverage.summary import NOT_FETCHED, ChamberCoverage, CoverageSummary, Missing, SenateCoverage
from searchq.fetching.ledger import Ledger
from searchq.fetching.ledger_tables import Page
from searchq.fetching.schedule import Frontier, is_waiting
from searchq.fetching.sites import HIGHEST_SEEN

__all__ = ["summary"]


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
    reason = (page.reason if page else None) or NOT_FETCHED
    return Missing(number, number, reason, page.looked[:10] if page and page.looked else None)

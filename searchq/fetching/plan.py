"""What is wanted of the Senate, and what a run would ask for, from the ledger alone."""

import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from msgspec import Struct

from searchq.fetching.ledger import Ledger
from searchq.fetching.ledger_tables import Page, Zip
from searchq.fetching.schedule import END_RUN, Frontier, is_put_off, unknown_numbers
from searchq.fetching.sites import ChamberSite, PageLanguage, Pause, SenateSite, kept_rules

__all__ = ["Part", "Wanted", "due_numbers", "is_zip_due", "pause_for", "plan_senate", "range_of", "seconds_for"]

_OVERHEAD: Final = 4  # requests of a first run: robots.txt, two impossible numbers, one that is known to exist


class Wanted(Struct, frozen=True):
    """Which pages a run is to have; empty `legislatures`: all that are known."""

    legislatures: tuple[int, ...] = ()
    first: int = 1
    last: int | None = None
    language: PageLanguage = "both"
    refresh: bool = False

    def of(self, site: SenateSite) -> tuple[int, ...]:
        """The legislatures, newest first."""
        return tuple(sorted(set(self.legislatures or site.legislatures), reverse=True))


class Part(Struct, frozen=True):
    """What a run would ask for in one legislature; `beyond` is the least that finds its end."""

    legislature: int
    unknown: int
    beyond: int
    due: int

    @property
    def requests(self) -> int:
        return self.unknown + self.beyond + self.due


def plan_senate(ledger: Ledger, wanted: Wanted, site: SenateSite, now: dt.datetime) -> list[Part]:
    """What a run would ask for, by legislature."""
    return [_part(ledger, wanted, site, legislature, now.date()) for legislature in wanted.of(site)]


def seconds_for(requests: int, pause: Pause) -> float:
    """How long so many requests take, without the time that the site needs for its answers."""
    return (requests + _OVERHEAD) * pause.mean


def is_zip_due(held: Zip | None, directory: Path, today: dt.date, *, refresh: bool) -> bool:
    """Whether a run asks for an archive of the Chamber: once a day, unless it is not there or wanted again."""
    is_here = held is not None and (directory / held.name).exists()
    return refresh or not is_here or held is None or held.looked[:10] != today.isoformat()


def pause_for(ledger: Ledger, site: SenateSite | ChamberSite) -> Pause:
    """The pause of a run: the site's own, lengthened to what its robots.txt asked for when it was last read."""
    kept = ledger.kept(kept_rules(site.root)) or {}
    return site.pause.at_least(kept.get("delay", 0.0))


def range_of(ledger: Ledger, wanted: Wanted, site: SenateSite, legislature: int) -> range:
    """The numbers that are all to be known: up to the highest known, or to the one that was named."""
    if wanted.last is not None:
        return range(wanted.first, wanted.last + 1)
    highest = max(site.highest.get(legislature, 0), ledger.highest(legislature, wanted.language))
    return range(wanted.first, highest + 1)


def due_numbers(ledger: Ledger, wanted: Wanted, legislature: int, numbers: range, today: dt.date) -> Iterator[int]:
    """The numbers to look at again: those whose day has come, or with `refresh` all not looked at today."""
    pages = [page for page in ledger.pages(legislature, wanted.language) if page.number in numbers]
    return (page.number for page in pages if page.state != "unknown" and _is_due(page, wanted.refresh, today))


def _is_due(page: Page, refresh: bool, today: dt.date) -> bool:
    if refresh:
        return page.looked is None or page.looked[:10] != today.isoformat()
    return page.due is not None and not is_put_off(page, today)


def _part(ledger: Ledger, wanted: Wanted, site: SenateSite, legislature: int, today: dt.date) -> Part:
    numbers = range_of(ledger, wanted, site, legislature)
    unknown = sum(1 for _ in unknown_numbers(ledger, legislature, wanted.language, numbers, today))
    due = sum(1 for _ in due_numbers(ledger, wanted, legislature, numbers, today))
    frontier = Frontier.kept(ledger, legislature, wanted.language)
    is_closed = frontier.is_closed(legislature, numbers.stop - 1, today) and not wanted.refresh
    return Part(legislature, unknown, 0 if wanted.last is not None or is_closed else END_RUN, due)

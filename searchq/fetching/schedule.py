"""When to look at a page again, and which numbers to ask for: the three steps, without any asking.

1  unknown    numbers up to the highest known that are neither stored nor absent
2  beyond     numbers above it, until END_RUN in a row are absent
3  due        stored but unanswered or with an interim answer; absent, but perhaps published since
"""

import datetime as dt
from collections.abc import Iterator
from typing import Final

from msgspec import Struct

from searchq.fetching.ledger import Ledger
from searchq.fetching.ledger_tables import Page
from searchq.fetching.sites import PageLanguage
from searchq.legislatures import last_day

__all__ = ["END_RUN", "Frontier", "is_put_off", "is_waiting", "next_look", "unknown_numbers"]

END_RUN: Final = 50  # absent numbers in a row that end a legislature
PATIENT_FAULTS: Final = 5  # runs that a number may fail before it is asked for less often
_SETTLED: Final = frozenset({"answered", "closed", "end-of-legislature", "requalified"})
_WAITING_DAYS: Final = (1, 64)  # first pause, longest pause; doubled in between
_ABSENT_DAYS: Final = (7, 448)
_LONGEST: Final = dt.timedelta(days=448)


def is_waiting(page: Page) -> bool:
    """Whether a stored question may still get an answer, or a better one."""
    return page.state == "stored" and (page.interim or page.status not in _SETTLED)


def is_put_off(page: Page, today: dt.date) -> bool:
    """Whether a page is to be left alone today; a day beyond every pause was set by a clock that was wrong."""
    return page.due is not None and today.isoformat() < page.due <= (today + _LONGEST).isoformat()


def next_look(page: Page, today: dt.date) -> str | None:
    """The day on which to look at a page again after `page.looks` looks that changed nothing; None: never."""
    if page.faults:
        late = page.faults - (PATIENT_FAULTS if page.state == "unknown" else 1)
        return None if late < 0 else (today + dt.timedelta(days=min(2 ** min(late, 16), _WAITING_DAYS[1]))).isoformat()
    if page.state == "stored" and not is_waiting(page):
        return None
    first, longest = _ABSENT_DAYS if page.state == "absent" else _WAITING_DAYS
    return (today + dt.timedelta(days=min(first * 2 ** min(page.looks, 16), longest))).isoformat()


class Frontier(Struct, frozen=True):
    """The end of a legislature as far as it was found: above `highest`, END_RUN numbers were absent on these days."""

    highest: int = 0
    days: tuple[str, ...] = ()

    @classmethod
    def kept(cls, ledger: Ledger, legislature: int, language: PageLanguage) -> "Frontier":
        """What the ledger knows of it."""
        found = ledger.kept(f"end:{legislature}:{language}")
        return cls(found["highest"], tuple(found["days"])) if found else cls()

    def keep(self, ledger: Ledger, legislature: int, language: PageLanguage) -> None:
        """Enter it in the ledger."""
        ledger.keep(f"end:{legislature}:{language}", {"highest": self.highest, "days": self.days})

    def found(self, highest: int, today: dt.date) -> "Frontier":
        """The frontier after a run that found this end today."""
        days = self.days if highest == self.highest else ()
        return Frontier(highest, tuple(dict.fromkeys((*days, today.isoformat())))[-2:])

    def is_closed(self, legislature: int, highest: int, today: dt.date) -> bool:
        """Whether nothing is to be sought above `highest`: it was today, or twice in a legislature that is over."""
        is_over = last_day("senate", legislature) is not None
        return highest == self.highest and (today.isoformat() in self.days or (is_over and len(self.days) > 1))


def unknown_numbers(
    ledger: Ledger, legislature: int, language: PageLanguage, numbers: range, today: dt.date
) -> Iterator[int]:
    """The numbers of a range that are neither stored nor absent, and not to be left alone today."""
    known = {
        page.number
        for page in ledger.pages(legislature, language)
        if page.state != "unknown" or is_put_off(page, today)
    }
    return (number for number in numbers if number not in known)

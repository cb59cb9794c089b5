"""`searchq fetch … --dry-run`: what a run would request, and how long it takes."""

import sys
from pathlib import Path

from searchq.cli.fetch_lines import cost, plan_line
from searchq.cli.say import say
from searchq.cli.texts import gettext
from searchq.fetching import sites
from searchq.fetching.clock import SYSTEM_CLOCK
from searchq.fetching.ledger import LEDGER, Ledger
from searchq.fetching.plan import Wanted, is_zip_due, pause_for, plan_senate

__all__ = ["say_plan", "say_zips"]


def say_plan(archive: Path, wanted: Wanted, most: int | None) -> None:
    """Print how many requests a run would send, and how long it takes."""
    with _ledger_of(archive) as ledger:
        parts = plan_senate(ledger, wanted, sites.SENATE, SYSTEM_CLOCK.now())
        pause = pause_for(ledger, sites.SENATE)
    for part in parts:
        say(plan_line(part))
    requests = min(sum(part.requests for part in parts), most or sys.maxsize)
    say(cost(requests, pause, is_least=most is None and any(part.beyond for part in parts)))


def _ledger_of(archive: Path) -> Ledger:
    return Ledger(archive) if (archive / LEDGER).exists() else Ledger.blank()


def say_zips(archive: Path, legislatures: tuple[int, ...], most: int | None, refresh: bool) -> None:
    """Print which archives of the Chamber a run would request."""
    today = SYSTEM_CLOCK.now().date()
    with _ledger_of(archive) as ledger:
        zips = {legislature: ledger.zip(legislature) for legislature in legislatures}
        pause = pause_for(ledger, sites.CHAMBER)
    due = [legislature for legislature, held in zips.items() if is_zip_due(held, archive, today, refresh=refresh)]
    for legislature in due:
        what = gettext("look whether it changed") if zips[legislature] else gettext("not stored")
        say(gettext("legislature {number}").format(number=legislature) + f"  {what}")
    say(cost(min(len(due), most or sys.maxsize), pause))

"""Fetching the Senate's questions: page by page into WARC files, each step repeatable, nothing asked for twice.

resume                      what a kill left behind is entered, torn ends are cut off
learn                       what "no such question" looks like, see `looker`
unknown ─ beyond ─ due      for each legislature, newest first, see `schedule`
again                       once more the numbers that gave no usable answer
"""

import datetime as dt
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Final

from searchq.fetching.ledger import Ledger
from searchq.fetching.ledger_tables import Page
from searchq.fetching.looker import Looker, Outcome
from searchq.fetching.plan import Wanted, due_numbers, plan_senate, range_of
from searchq.fetching.recorder import Recorder
from searchq.fetching.report import Report
from searchq.fetching.schedule import END_RUN, Frontier, unknown_numbers
from searchq.fetching.session import RunEnded, Session, Stopped
from searchq.fetching.settings import Settings
from searchq.fetching.sites import SENATE, SenateSite
from searchq.fetching.transport import Transport

__all__ = ["Progress", "fetch_senate"]

_TOO_FEW: Final = ", too few to learn what the site shows for no question"
Progress = Callable[[Report, int], None]  # the counts, and the requests to be sent in all as far as known


def fetch_senate(
    directory: Path,
    wanted: Wanted,
    settings: Settings,
    site: SenateSite = SENATE,
    progress: Progress = lambda report, total: None,
) -> Report:
    """Bring an archive up to date, and say what was done. Raises FetchError when that cannot begin."""
    directory.mkdir(parents=True, exist_ok=True)
    with Ledger(directory, create=True) as ledger, Transport(settings.agent, settings.clock) as transport:
        ledger.lock()
        ledger.keep("contact", settings.contact)
        report = Report()
        session = Session(transport, ledger, settings, site.pause, report)
        recorder = Recorder(directory, ledger, report)
        looker = Looker(directory, ledger, session, recorder, site, settings)
        try:
            _resume(recorder, settings)
            _Steps(ledger, looker, wanted, site, settings, report, progress).take()
        except RunEnded as ended:
            report.ended = str(ended)
        except Stopped as stopped:
            report.stopped = str(stopped) + ("" if looker.has_learnt or settings.stopped() else _TOO_FEW)
        report.faults = len(looker.set_aside)
        return report


def _resume(recorder: Recorder, settings: Settings) -> None:
    lost = recorder.resume()
    if lost:
        settings.say(f"{lost:,} pages are no longer in their WARC files, and are fetched again.")


class _Steps:
    """The steps of one run."""

    def __init__(
        self,
        ledger: Ledger,
        looker: Looker,
        wanted: Wanted,
        site: SenateSite,
        settings: Settings,
        report: Report,
        progress: Progress,
    ) -> None:
        self._ledger, self._looker, self._wanted, self._site = ledger, looker, wanted, site
        self._clock, self._report, self._progress = settings.clock, report, progress
        self._left = sum(part.requests for part in plan_senate(ledger, wanted, site, self._clock.now()))

    def take(self) -> None:
        """All steps, in order; none when there is nothing to ask for."""
        if not self._left:
            return
        legislatures = self._wanted.of(self._site)
        self._looker.learn(legislatures, self._wanted.language)
        for legislature in legislatures:
            for step in (self._unknown, self._beyond, self._due):
                step(legislature)
        again, self._looker.set_aside = self._looker.set_aside, []
        for page in again:
            self._look(page)

    def _unknown(self, legislature: int) -> None:
        numbers = range_of(self._ledger, self._wanted, self._site, legislature)
        found = unknown_numbers(self._ledger, legislature, self._wanted.language, numbers, self._today)
        self._look_at(legislature, found)

    def _beyond(self, legislature: int) -> None:
        """Seek the end of a legislature: END_RUN absent numbers in a row."""
        frontier = Frontier.kept(self._ledger, legislature, self._wanted.language)
        is_closed = frontier.is_closed(legislature, self._highest(legislature), self._today)
        if self._wanted.last is not None or (is_closed and not self._wanted.refresh):
            return
        absent, number = 0, max(self._highest(legislature) + 1, self._wanted.first)
        while absent < END_RUN:
            page = self._ledger.page(legislature, number, self._wanted.language)
            outcome = "absent" if self._is_absent_today(page) else self._look(page, is_beyond=True)
            absent = 0 if outcome == "shown" else absent + (outcome == "absent")
            number += 1
        found = frontier.found(self._highest(legislature), self._today)
        found.keep(self._ledger, legislature, self._wanted.language)

    def _due(self, legislature: int) -> None:
        numbers = range_of(self._ledger, self._wanted, self._site, legislature)
        self._look_at(legislature, due_numbers(self._ledger, self._wanted, legislature, numbers, self._today))

    def _look_at(self, legislature: int, numbers: Iterable[int]) -> None:
        for number in list(numbers):
            self._look(self._ledger.page(legislature, number, self._wanted.language))

    def _look(self, page: Page, *, is_beyond: bool = False) -> Outcome:
        outcome = self._looker.look(page, is_beyond=is_beyond)
        self._report.faults = len(self._looker.set_aside)
        self._left = max(0, self._left - 1)
        self._progress(self._report, self._report.requests + self._left)
        return outcome

    def _highest(self, legislature: int) -> int:
        """The highest number known: stored, or seen by others."""
        return range_of(self._ledger, self._wanted, self._site, legislature).stop - 1

    def _is_absent_today(self, page: Page) -> bool:
        return page.state == "absent" and page.looked is not None and page.looked[:10] == self._today.isoformat()

    @property
    def _today(self) -> dt.date:
        return self._clock.now().date()

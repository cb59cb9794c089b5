"""Looking at one page of the Senate: ask, judge, enter, and know when the site cannot be believed.

Until a question was seen, nothing is believed to be absent: a site in maintenance shows one page for every number. So a
number known to exist is asked for first, and what looked absent before the first question is entered only after it.

Nor are ABSENT_LIMIT absences in a row below the end of a legislature, unless a stored question is still shown.

What is neither question nor absence is asked for twice, then set aside; ODD_LIMIT such numbers without a question among
them, none of them odd before, mean that the layout has changed: the run ends, and the last page is kept as evidence.
So is a page that breaks off, where the others of the site do not.
"""

from collections.abc import Iterable
from pathlib import Path
from typing import Final, Literal

from searchq.errors import DocumentError
from searchq.fetching.absence import IMPOSSIBLE, Absence, learn
from searchq.fetching.clock import is_of_last_day
from searchq.fetching.exchange import Exchange
from searchq.fetching.ledger import Ledger
from searchq.fetching.ledger_tables import Page
from searchq.fetching.recorder import Recorder
from searchq.fetching.schedule import END_RUN
from searchq.fetching.session import Failed, RunEnded, Session
from searchq.fetching.settings import Settings
from searchq.fetching.sites import PageLanguage, SenateSite
from searchq.fetching.verdict import Absent, Odd, Shown, is_closed, judge, page_text

__all__ = ["Looker", "Outcome"]

ODD_LIMIT: Final = 3
ABSENT_LIMIT: Final = 20
CUT_LIMIT: Final = 2  # times that a page may break off before it is stored as it comes
_TRIES: Final = 2  # for a number that shows something odd
_CONTROLS: Final = 3  # numbers known to exist that are tried

Outcome = Literal["shown", "absent", "fault"]


class Looker:
    """Looks at pages; holds what was learnt, and what it has met on the way."""

    def __init__(
        self,
        directory: Path,
        ledger: Ledger,
        session: Session,
        recorder: Recorder,
        site: SenateSite,
        settings: Settings,
    ) -> None:
        self._directory, self._ledger, self._session, self._recorder = directory, ledger, session, recorder
        self._site, self._settings = site, settings
        self._absence: Absence | None = None
        self._is_trusted = False  # a question was seen since the absence was learnt
        self._doubtful: list[tuple[Page, Exchange, str]] = []  # absent, as it seems, before any question was seen
        self._absent_in_row: list[Page] = []  # as they were known before
        self._odd_in_row = 0
        self._closes_pages = False  # the site was seen to end a page with its closing tag
        self.set_aside: list[Page] = []  # those that gave no usable answer

    @property
    def has_learnt(self) -> bool:
        """Whether it is known what the site shows for a number without a question."""
        return self._absence is not None

    def look(self, page: Page, *, is_beyond: bool = False) -> Outcome:
        """Ask for a page and enter what came; `is_beyond`: the end of a legislature is sought.

        Raises RunEnded when the site cannot be read, Stopped.
        """
        try:
            outcome = self._ask(page)
        except Failed as failed:
            return self._put_aside(page, str(failed))
        if outcome == "absent" and self._is_trusted and not is_beyond:
            self._absent_in_row.append(page)
            if len(self._absent_in_row) >= ABSENT_LIMIT:
                self._confirm_absences(page.legislature, page.language)
        return outcome

    def learn(self, legislatures: Iterable[int], language: PageLanguage) -> None:
        """Know what "no such question" looks like: as learnt within a day, or from two numbers that cannot exist."""
        kept = self._ledger.kept(_kept_name(language))
        now = self._settings.clock.now()
        if kept and is_of_last_day(kept["at"], now):
            self._absence, self._is_trusted = Absence.from_json(kept["absence"]), kept["is_trusted"]
        else:
            self._absence = self._ask_impossible(max(legislatures), language)
            self._is_trusted = bool(kept and kept["is_trusted"]) and self._absence == Absence.from_json(kept["absence"])
            self._settings.say(f"A number without a question gives {self._absence.describe()}.")
            self._keep_absence(language)
        if not self._is_trusted:
            self._look_at_known(legislatures, language)

    def _ask(self, page: Page) -> Outcome:
        for attempt in range(_TRIES):
            exchange = self._request(page, is_conditional=attempt == 0)
            if exchange.status == 304 and page.state == "stored":
                self._recorder.unmodified(page, exchange)
                return self._seen(page)
            verdict = judge(exchange, f"{page.legislature}-{page.number}", self._absence)
            if isinstance(verdict, Shown) and self._is_cut(page, exchange):
                verdict = Odd("the page breaks off")
            if isinstance(verdict, Shown):
                self._recorder.shown(page, exchange, verdict)
                return self._seen(page)
            if isinstance(verdict, Absent):
                return self._missing(page, exchange, verdict)
        assert isinstance(verdict, Odd)
        return self._odd(page, exchange, verdict)

    def _is_cut(self, page: Page, exchange: Exchange) -> bool:
        """Whether a page lacks its end, as other pages do not; one that came so CUT_LIMIT times is like that."""
        if is_closed(exchange):
            self._closes_pages = True
            return False
        return self._closes_pages and page.faults < CUT_LIMIT

    def _request(self, page: Page, is_conditional: bool) -> Exchange:
        address = self._site.page(page.legislature, page.number, page.language)
        conditions = {"If-None-Match": page.etag, "If-Modified-Since": page.modified}
        headers = {name: value for name, value in conditions.items() if value and is_conditional}
        return self._session.ask(address, headers, self._absence.target if self._absence else None)[-1]

    def _seen(self, page: Page) -> Outcome:
        """A question was seen: the site is at work, and absences can be believed."""
        self._odd_in_row = 0
        self._absent_in_row.clear()
        if not self._is_trusted:
            self._is_trusted = True
            self._keep_absence(page.language)
            for doubtful, exchange, reason in self._doubtful:
                self._recorder.absent(doubtful, exchange.at, reason)
            self._doubtful.clear()
        return "shown"

    def _missing(self, page: Page, exchange: Exchange, verdict: Absent) -> Outcome:
        if self._is_trusted:
            self._recorder.absent(page, exchange.at, verdict.reason)
            return "absent"
        self._doubtful.append((page, exchange, verdict.reason))
        if len(self._doubtful) >= END_RUN:
            raise RunEnded(
                f"{len(self._doubtful)} numbers gave {verdict.reason}, and none a question; nothing was entered, since"
                " the site may be out of order."
            )
        return "absent"

    def _confirm_absences(self, legislature: int, language: PageLanguage) -> None:
        """Believe the last absences if a stored question is still shown; else take them back. Raises RunEnded."""
        control = self._ledger.page(legislature, self._ledger.highest(legislature, language), language)
        if control.state != "stored" or self._is_still_shown(control):
            self._absent_in_row.clear()
            return
        for page in self._absent_in_row:
            self._recorder.take_back(page)
        raise RunEnded(
            f"{ABSENT_LIMIT} numbers in a row gave {self._describe_absence()}, and so did a question that is stored"
            f" ({control.legislature}-{control.number}); they are not taken for gaps: the site may be out of order."
        )

    def _is_still_shown(self, page: Page) -> bool:
        exchange = self._request(page, is_conditional=True)
        return exchange.status == 304 or isinstance(judge(exchange, f"{page.legislature}-{page.number}", None), Shown)

    def _describe_absence(self) -> str:
        assert self._absence is not None
        return self._absence.describe()

    def _odd(self, page: Page, exchange: Exchange, verdict: Odd) -> Outcome:
        self._odd_in_row += not page.faults
        outcome = self._put_aside(page, verdict.reason)
        if self._odd_in_row >= ODD_LIMIT:
            self._ledger.keep(_kept_name(page.language), None)  # to be learnt anew
            raise RunEnded(
                f"{ODD_LIMIT} numbers in a row show what searchq does not read, the last one {exchange.address}:"
                f" {verdict.reason}. Nothing of it was stored; see {self._keep_evidence(page, exchange)}."
            )
        return outcome

    def _put_aside(self, page: Page, reason: str) -> Outcome:
        self.set_aside.append(self._recorder.fault(page, self._settings.clock.now(), reason))
        return "fault"

    def _keep_evidence(self, page: Page, exchange: Exchange) -> Path:
        path = self._directory / f".fetch-evidence-{page.legislature}-{page.number}.html"
        try:
            path.write_bytes(exchange.content())
        except DocumentError:
            path.write_bytes(exchange.body)
        return path

    def _ask_impossible(self, legislature: int, language: PageLanguage) -> Absence:
        addresses = [self._site.page(legislature, number, language) for number in IMPOSSIBLE]
        try:
            first, second = (self._session.ask(address) for address in addresses)
        except Failed as failed:
            raise RunEnded(f"{addresses[0]} gave no answer: {failed}; run it again later.") from failed
        found = learn(first, second, (page_text(first[-1]), page_text(second[-1])))
        if found is None:
            raise RunEnded(
                f"What the site shows for a number that cannot exist ({addresses[0]}) differs from request to request,"
                " so that a missing question could not be told from a fault; nothing was fetched."
            )
        return found

    def _look_at_known(self, legislatures: Iterable[int], language: PageLanguage) -> None:
        """Ask for numbers known to exist until one is shown, those of the wanted legislatures first."""
        tried = 0
        for legislature in dict.fromkeys((*legislatures, *self._site.legislatures)):
            number = self._ledger.highest(legislature, language) or self._site.highest.get(legislature, 0)
            if not number or tried >= _CONTROLS:
                continue
            tried += 1
            if self.look(self._ledger.page(legislature, number, language)) == "shown":
                return

    def _keep_absence(self, language: PageLanguage) -> None:
        assert self._absence is not None
        at = self._settings.clock.now().isoformat()
        kept = {"at": at, "absence": self._absence.to_json(), "is_trusted": self._is_trusted}
        self._ledger.keep(_kept_name(language), kept)


def _kept_name(language: PageLanguage) -> str:
    return f"absence:{language}"

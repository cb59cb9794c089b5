"""What came of a request, entered: into the WARC file first, then into the ledger, in this order.

Shown    new or changed: a response record        the same bytes: a revisit record
         the same record in other dressing (a date in a footer): nothing but the ledger
304      a revisit record
Absent   the ledger, with the reason; what is stored stays
"""

import datetime as dt
from pathlib import Path
from typing import Final

from msgspec.structs import replace

from searchq.fetching import warc
from searchq.fetching.exchange import Exchange
from searchq.fetching.ledger import NO_LONGER, Ledger
from searchq.fetching.ledger_tables import Page
from searchq.fetching.report import Report
from searchq.fetching.schedule import next_look
from searchq.fetching.sites import LANGUAGES
from searchq.fetching.verdict import Shown, judge

__all__ = ["Recorder"]

_FILES: Final = "senate-*.warc.gz"


class Recorder:
    """The archive of the Senate's pages, open for writing."""

    def __init__(self, directory: Path, ledger: Ledger, report: Report) -> None:
        self._directory, self._ledger, self._report = directory, ledger, report

    def resume(self) -> int:
        """Enter what a killed run stored and did not enter; returns how many pages were lost with their files."""
        lost = 0
        names = {path.name for path in self._directory.glob(_FILES)}
        for name in sorted(names | set(self._ledger.warcs())):
            path = self._directory / name
            size = path.stat().st_size if path.exists() else 0
            if size < self._ledger.accounted(name):
                lost += self._ledger.forget(name)
            if size > self._ledger.accounted(name):
                self._recover(path)
        return lost

    def shown(self, page: Page, exchange: Exchange, verdict: Shown) -> Page:
        """A question came."""
        payload = warc.digest_of(exchange.body)
        if page.state == "stored" and page.payload == payload:
            return self._same(page, exchange, verdict, warc.revisit(exchange, _key(page), _original(page)))
        if page.state == "stored" and page.record == verdict.digest:
            return self._same(page, exchange, verdict, None)
        self._report.stored += page.state != "stored"
        self._report.changed += page.state == "stored"
        entered = _stored(page, exchange, verdict, payload)
        self._report.answers += entered.has_answer and not page.has_answer
        return self._write(entered, exchange, warc.response(exchange, _key(page)))

    def unmodified(self, page: Page, exchange: Exchange) -> Page:
        """The site says that what is stored did not change (304)."""
        return self._same(page, exchange, None, warc.revisit(exchange, _key(page), _original(page)))

    def absent(self, page: Page, at: dt.datetime, reason: str) -> Page:
        """The site has no such question, or no longer; what is stored stays."""
        self._report.absent += 1
        looks = page.looks + 1 if page.looked else 0
        entered = replace(page, reason=reason, looked=_moment(at), looks=looks, faults=0)
        if page.state == "stored":
            return self._enter(replace(entered, reason=f"{NO_LONGER}: {reason}"), at)
        return self._enter(replace(entered, state="absent"), at)

    def take_back(self, page: Page) -> None:
        """A page that seemed absent, while the site was out of order: known again as it was before."""
        self._report.absent -= 1
        is_new = page.state == "unknown" and page.reason is None
        self._ledger.put(replace(page, reason="the site showed no question at all") if is_new else page)

    def fault(self, page: Page, at: dt.datetime, reason: str) -> Page:
        """No usable answer came; what was known stays known."""
        return self._enter(replace(page, reason=reason, faults=page.faults + 1), at)

    def _same(self, page: Page, exchange: Exchange, verdict: Shown | None, records: bytes | None) -> Page:
        self._report.unchanged += 1
        entered = replace(page, looked=_moment(exchange.at), looks=page.looks + 1, faults=0, reason=None)
        if verdict is not None:
            status = verdict.question.status
            entered = replace(entered, status=status, interim=verdict.is_interim, record=verdict.digest)
        return self._write(entered, exchange, records) if records else self._enter(entered, exchange.at)

    def _write(self, page: Page, exchange: Exchange, records: bytes) -> Page:
        path = warc.file_for(self._directory, page.legislature)
        size = warc.append(path, records)
        with self._ledger.transaction():
            self._ledger.account(path.name, size)
            return self._enter(replace(page, warc=page.warc or path.name), exchange.at)

    def _enter(self, page: Page, at: dt.datetime) -> Page:
        entered = replace(page, due=next_look(page, at.date()))
        self._ledger.put(entered)
        return entered

    def _recover(self, path: Path) -> None:
        for found in warc.recover(path, self._ledger.accounted(path.name)):
            with self._ledger.transaction():
                self._adopt(found, path.name)
                self._ledger.account(path.name, found.end)
        self._ledger.account(path.name, path.stat().st_size)

    def _adopt(self, found: warc.Recovered, name: str) -> None:
        legislature, number, language = found.key.split("/")
        page = self._ledger.page(int(legislature), int(number), next(one for one in LANGUAGES if one == language))
        exchange = found.exchange
        if found.is_revisit:
            self._enter(replace(page, looked=_moment(exchange.at), looks=page.looks + 1, faults=0), exchange.at)
            return
        verdict = judge(exchange, f"{legislature}-{number}", None)
        if isinstance(verdict, Shown):
            self._report.recovered += 1
            stored = _stored(page, exchange, verdict, warc.digest_of(exchange.body))
            self._enter(replace(stored, warc=name), exchange.at)


def _stored(page: Page, exchange: Exchange, verdict: Shown, payload: str) -> Page:
    """A page as it is once this answer is stored."""
    at = _moment(exchange.at)
    entered = replace(
        page,
        state="stored",
        reason=None,
        status=verdict.question.status,
        interim=verdict.is_interim,
        first_stored=page.first_stored or at,
        changed=at,
        looked=at,
        looks=0,
        faults=0,
        record=verdict.digest,
        payload=payload,
        etag=exchange.header("etag"),
        modified=exchange.header("last-modified"),
        address=exchange.address,
        warc=None,
    )
    return replace(entered, answered=page.answered or at) if entered.has_answer else entered


def _original(page: Page) -> warc.Original:
    """The stored capture of a page."""
    assert page.address and page.changed and page.payload  # a stored page has them all
    return warc.Original(page.address, page.changed.replace("+00:00", "Z"), page.payload)


def _key(page: Page) -> str:
    return f"{page.legislature}/{page.number}/{page.language}"


def _moment(at: dt.datetime) -> str:
    """A time as the ledger has it: to the second, as WARC-Date is."""
    return at.astimezone(dt.UTC).replace(microsecond=0).isoformat()

"""Asking a site politely: robots.txt, pauses, refusals, a budget, and an end when the site has had enough.

    ask(address)   ── robots allow it? ── pause ── request ── redirects ──> the answers, the last one last
                                            ↑________________│ failed: wait longer, try once more

A failure is a refusal (429, 403, 5xx) or no whole answer. Two for one address: it is set aside (Failed). Three in a
row, whatever for: the run ends (RunEnded) with what it has.
"""

import datetime as dt
from collections.abc import Callable
from email.utils import parsedate_to_datetime
from typing import Final, TypeVar

from searchq.fetching.clock import age_of, wait
from searchq.fetching.exchange import Exchange, host_of
from searchq.fetching.ledger import Ledger
from searchq.fetching.report import Report
from searchq.fetching.robots import Robots
from searchq.fetching.settings import Settings
from searchq.fetching.sites import Pause, robots_address
from searchq.fetching.transport import Broken, Stream, Transport
from searchq.limits import MAX_DOCUMENT_BYTES

__all__ = ["Failed", "RunEnded", "Session", "Stopped"]

ATTEMPTS: Final = 2  # for one address in a row
REFUSALS: Final = 3  # in a row, for any addresses
MAX_HOPS: Final = 5
MAX_WAIT_SECONDS: Final = 900.0  # a longer Retry-After ends the run, as does a longer pause of robots.txt
MAX_REST_SECONDS: Final = 7 * 86_400.0  # a Retry-After of years is a mistake of the site
_REFUSED: Final = frozenset({401, 403, 408, 425, 429, *range(500, 600)})
_BACK_OFF: Final = 8  # times the longest pause, doubled for each failure in a row
_SAID_SECONDS: Final = 5.0  # a longer wait is announced
Answer = TypeVar("Answer", Exchange, Stream)

_REST: Final = "rest:"


class Failed(Exception):
    """An address gave no answer, twice; says why."""


class RunEnded(Exception):
    """The site ends the run: it refuses, forbids, or shows what cannot be read. Says so in a sentence."""


class Stopped(Exception):
    """The run was to end here: by Ctrl-C, or because its requests are spent. Says which."""


class Session:
    """The asking of one run."""

    def __init__(self, transport: Transport, ledger: Ledger, settings: Settings, pause: Pause, report: Report) -> None:
        self._transport, self._ledger, self._settings = transport, ledger, settings
        self._clock = settings.clock
        self._pause = settings.pause or pause
        self._ready = self._clock.monotonic() + self._next_pause()  # another run may have ended just now
        self._failures = 0
        self._robots: dict[str, Robots] = {}
        self._obeyed: set[str] = set()  # hosts whose earlier Retry-After was waited out
        self._report = report

    def ask(self, address: str, headers: dict[str, str] | None = None, until: str | None = None) -> list[Exchange]:
        """The answers to an address: redirects on the same host, and what they led to.

        Follows no redirect to `until`, nor one that robots.txt forbids. Raises Failed, RunEnded, Stopped.
        """
        chain = [self._get(address, headers or {})]
        while (target := chain[-1].target) and target != until and len(chain) <= MAX_HOPS:
            if not self._may_follow(target, address):
                break
            chain.append(self._get(target, headers or {}))
        return chain

    def stream(self, address: str, headers: dict[str, str]) -> Stream:
        """The answer to an address, its body unread, after redirects on the same host.

        The caller reports how that went with `succeeded` or `failed`.
        """
        self._allow(address)
        stream, hops = self._stream(address, headers), 0
        while (target := stream.head.target) and self._may_follow(target, address) and hops < MAX_HOPS:
            self.succeeded()
            stream, hops = self._stream(target, headers), hops + 1
        return stream

    def succeeded(self) -> None:
        """An answer came, whole."""
        self._failures = 0
        self._ready = self._clock.monotonic() + self._next_pause()

    def failed(self, address: str, reason: str, retry_after: float | None, attempt: int) -> None:
        """No answer came: wait longer. Raises Failed after the last attempt, RunEnded after too many in a row."""
        self._failures += 1
        back_off = self._pause.most * _BACK_OFF * 2 ** (self._failures - 1)
        seconds = back_off if retry_after is None else max(retry_after, self._next_pause())
        self._hold_off(address, seconds)
        if self._failures >= REFUSALS:
            raise RunEnded(
                f"{host_of(address)} failed {REFUSALS} times in a row, last with {reason}; run it again later."
            )
        if retry_after is not None and retry_after > MAX_WAIT_SECONDS:
            raise RunEnded(f"{host_of(address)} asks for {_duration(retry_after)} of rest; run it again after that.")
        if attempt >= ATTEMPTS:
            raise Failed(reason)
        if seconds >= _SAID_SECONDS:
            self._settings.say(f"{address} failed: {reason}; it is asked for again in {seconds:.0f} s.")

    def _may_follow(self, target: str, address: str) -> bool:
        host = host_of(address)
        return host_of(target) == host and self._robots[host].allows(target)

    def _stream(self, address: str, headers: dict[str, str]) -> Stream:
        return self._answer(address, lambda: self._transport.stream(address, headers), lambda stream: stream.head)

    def _get(self, address: str, headers: dict[str, str]) -> Exchange:
        self._allow(address)
        return self._request(address, headers)

    def _request(self, address: str, headers: dict[str, str]) -> Exchange:
        exchange = self._answer(
            address, lambda: self._transport.get(address, headers, MAX_DOCUMENT_BYTES), lambda exchange: exchange
        )
        self.succeeded()
        return exchange

    def _answer(self, address: str, send: Callable[[], Answer], head: Callable[[Answer], Exchange]) -> Answer:
        """The first answer that is no refusal."""
        for attempt in range(1, ATTEMPTS + 1):
            self._begin(address)
            try:
                answer = send()
            except Broken as broken:
                self.failed(address, str(broken), None, attempt)
                continue
            status = head(answer).status
            if status not in _REFUSED:
                return answer
            self.failed(address, f"status {status}", _retry_after(head(answer), self._clock.now()), attempt)
        raise AssertionError("`failed` raises after the last attempt")

    def _begin(self, address: str) -> None:
        """Wait until a request may be sent, and count it."""
        self._stop_when_told()
        self._obey_earlier_wait(address)
        wait(self._clock, self._ready, self._settings.stopped)
        self._stop_when_told()
        if self._settings.most is not None and self._report.requests >= self._settings.most:
            most = self._settings.most
            raise Stopped(
                f"the {most:,} requests of --most are spent" if most != 1 else "the request of --most is spent"
            )
        self._report.requests += 1

    def _stop_when_told(self) -> None:
        if self._settings.stopped():
            raise Stopped("interrupted")

    def _hold_off(self, address: str, seconds: float) -> None:
        """Send nothing for so long; kept in the ledger, since a run that begins anew must not be quicker."""
        self._ready = self._clock.monotonic() + seconds
        self._ledger.keep(_REST + host_of(address), {"at": self._clock.now().isoformat(), "seconds": seconds})

    def _obey_earlier_wait(self, address: str) -> None:
        """Wait out what an earlier run was told, or end when that is long."""
        host = host_of(address)
        if host in self._obeyed:
            return
        self._obeyed.add(host)
        told = self._ledger.kept(_REST + host)
        left = told["seconds"] - max(0.0, age_of(told["at"], self._clock.now()).total_seconds()) if told else 0.0
        if left > MAX_WAIT_SECONDS:
            raise RunEnded(f"{host} asked for rest; run it again in {_duration(left)}.")
        self._ready = max(self._ready, self._clock.monotonic() + left)

    def _next_pause(self) -> float:
        return self._settings.chance(self._pause.least, self._pause.most)

    def _allow(self, address: str) -> None:
        """Raise RunEnded where robots.txt forbids an address; take over the pause it asks for."""
        host = host_of(address)
        if host not in self._robots:
            self._robots[host] = robots = self._read_robots(address)
            self._pause = self._pause.at_least(robots.delay)
            self._ready = max(self._ready, self._clock.monotonic() + robots.delay)
            if robots.delay > MAX_WAIT_SECONDS:
                raise RunEnded(
                    f"{robots_address(address)} asks for {_duration(robots.delay)} between requests; nothing was asked"
                    " of it."
                )
        if not self._robots[host].allows(address):
            raise RunEnded(f"{robots_address(address)} forbids {address}; nothing was asked of it.")

    def _read_robots(self, address: str) -> Robots:
        """The rules of a site: kept for a day, then asked for again."""
        place = robots_address(address)
        kept = Robots.kept(self._ledger, address, self._clock.now())
        if kept is not None:
            return kept
        try:
            chain = [self._request(place, {})]
            while (target := chain[-1].target) and len(chain) <= MAX_HOPS:
                chain.append(self._request(target, {}))
        except Failed as failed:
            raise RunEnded(f"{place} gave no answer ({failed}), so it is not known what it allows.") from failed
        return Robots.keep(self._ledger, address, chain[-1])


def _retry_after(exchange: Exchange, now: dt.datetime) -> float | None:
    """The seconds that `Retry-After` asks for, given as such or as a date."""
    told = (exchange.header("retry-after") or "").strip()
    if told.isascii() and told.isdecimal():
        return min(float(told), MAX_REST_SECONDS)
    try:
        moment = parsedate_to_datetime(told)
        seconds = (moment.replace(tzinfo=moment.tzinfo or dt.UTC) - now).total_seconds()
    except (ValueError, IndexError, OverflowError):
        return None
    return min(max(0.0, seconds), MAX_REST_SECONDS)


def _duration(seconds: float) -> str:
    minutes = max(1, round(seconds / 60))
    hours = round(minutes / 60)
    return f"{minutes} min" if minutes < 120 else f"{hours} hours" if hours < 48 else f"{round(hours / 24)} days"

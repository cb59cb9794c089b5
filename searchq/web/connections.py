"""Connections that bear rude visitors: waitress's, with bounds and deadlines.

    slow head       closed `channel_timeout` seconds after the first byte of an unfinished request
    pipelining      one request at a time: the next begins when the response to the last has been sent
    slow reader     closed unless some bytes of pending output are taken in each window of time; no thread waits longer
    many of one     at most so many connections per address; beyond, closed at once
    two lengths     Content-Length beside chunked is refused, as is HTTP/1.1 without Host: proxies read them differently

One thread reads and writes all connections; others answer complete requests (`dispatcher`).
"""

import socket
import time
from collections import Counter
from typing import Any, Final

from waitress.channel import ClientDisconnected, HTTPChannel
from waitress.parser import HTTPRequestParser, ParsingError
from waitress.server import TcpWSGIServer

from searchq.web import metrics
from searchq.web.request_kinds import UNPARSED
from searchq.web.visitors import is_this_machine, visitor_of

__all__ = ["BoundedChannel", "BoundedServer", "StrictParser"]

WRITE_WINDOW_SECONDS: Final = 30.0  # within which a reader of pending output must take
MIN_WINDOW_BYTES: Final = 16 * 1024  # so many bytes of it, or all
MAX_PENDING_BYTES: Final = 128 * 1024 * 1024  # of all connections; most of it on disk
MAX_CONNECTIONS_PER_ADDRESS: Final = 100  # a browser opens six; a household or an office shares one address


class StrictParser(HTTPRequestParser):  # type: ignore[misc]
    """A request parser that refuses what another server might read as another request."""

    def parse_header(self, header_plus: bytes) -> None:
        """Parse the head of a request. Raises ParsingError, which is answered by 400."""
        super().parse_header(header_plus)
        if "CONTENT_LENGTH" in self.headers and (self.chunked or "TRANSFER_ENCODING" in self.headers):
            raise ParsingError("Content-Length beside Transfer-Encoding")
        if self.version == "1.1" and "HOST" not in self.headers:
            raise ParsingError("HTTP/1.1 without Host")


class BoundedChannel(HTTPChannel):  # type: ignore[misc]
    """One connection."""

    parser_class = StrictParser
    last_activity: float
    _bytes_sent = 0
    _window: tuple[float, int] | None = None  # since when, and from which byte, the reader is watched
    _is_parked = False  # requests wait until the output before them is sent
    _in_write = False
    _is_counted = False

    def __init__(self, server: "BoundedServer", *arguments: Any, **options: Any) -> None:
        super().__init__(server, *arguments, **options)
        self._is_counted = True
        server.connections[visitor_of(self.addr[0])] += 1
        metrics.CONNECTIONS.add()

    def handle_read(self) -> None:
        """Read the available bytes; do not reset the timeout of an unfinished request."""
        begun = self.last_activity if self.request is not None else None
        super().handle_read()
        if begun is not None and self.request is not None:
            self.last_activity = begun

    def readable(self) -> bool:
        return bool(super().readable() and not self.server.is_stopping)

    def writable(self) -> bool:
        return bool(super().writable() or self._is_parked)

    def handle_write(self) -> None:
        """Send what is pending, and begin the next request once all is sent."""
        if self._is_parked:
            self._flush_exception(self._flush_some)
        super().handle_write()
        if self._is_parked and self.connected and not (self.total_outbufs_len or self.will_close):
            self._is_parked = False
            self.server.add_task(self)

    def park(self) -> bool:
        """Whether the next request must wait, since output is pending; it begins from `handle_write`."""
        self._is_parked = self.total_outbufs_len > 0
        return self._is_parked

    def is_stuck(self, now: float) -> bool:
        """Whether the reader takes too little of the pending output."""
        if not self.total_outbufs_len:
            self._window = None
        elif self._window is None:
            self._window = (now, self._bytes_sent)
        elif now - self._window[0] >= WRITE_WINDOW_SECONDS:
            taken = self._bytes_sent - self._window[1]
            self._window = (now, self._bytes_sent)
            return taken < MIN_WINDOW_BYTES
        return False

    def send(self, data: bytes, do_close: bool = True) -> int:
        sent = int(super().send(data, do_close))
        self._bytes_sent += sent
        metrics.SENT.add(by=sent)
        return sent

    def service(self) -> None:
        """Answer a request; one that could not be read is counted here, the others by the application."""
        if error := self.requests[0].error:
            metrics.REQUESTS.add(UNPARSED, str(error.code))
            metrics.REFUSED.add("malformed")
        super().service()

    def write_soon(self, data: Any) -> int:
        """Queue output of a request; wait while too much is pending. Raises ClientDisconnected."""
        self._in_write = True
        try:
            return int(super().write_soon(data))
        finally:
            self._in_write = False

    def _flush_outbufs_below_high_watermark(self) -> None:
        """Wait until little output is pending, if more of the same response follows; between two, nobody waits."""
        if not self._in_write or self.total_outbufs_len <= self.adj.outbuf_high_watermark:
            return
        until = time.monotonic() + 2 * WRITE_WINDOW_SECONDS  # the window closes stuck connections before
        with self.outbuf_lock:
            while self.connected and self.total_outbufs_len > self.adj.outbuf_high_watermark:
                self.server.pull_trigger()
                if not self.outbuf_lock.wait(until - time.monotonic()):
                    raise ClientDisconnected()

    def del_channel(self, map: Any = None) -> None:
        super().del_channel(map)
        if self._is_counted:
            self._is_counted = False
            self.server.connections[visitor_of(self.addr[0])] -= 1
            self.server.connections += Counter()
            metrics.CONNECTIONS.add(by=-1)


class BoundedServer(TcpWSGIServer):  # type: ignore[misc]
    """A listening socket."""

    channel_class = BoundedChannel
    is_stopping = False  # no new connection or request is read
    max_per_address: int | None = MAX_CONNECTIONS_PER_ADDRESS  # None behind a proxy, whose address all have

    def __init__(self, *arguments: Any, **options: Any) -> None:
        self.connections: Counter[str] = Counter()
        super().__init__(*arguments, **options)

    def add_task(self, task: BoundedChannel) -> None:
        """Answer the next request of a connection, unless output before it is pending."""
        if not task.park():
            super().add_task(task)

    def stop(self) -> None:
        """Read no new connection or request."""
        self.is_stopping = True
        self.accepting = False

    @property
    def is_idle(self) -> bool:
        """Whether every request that was read is answered, and the answers are sent."""
        return not any(one.requests or one.total_outbufs_len for one in list(self.active_channels.values()))

    def accept(self) -> tuple[socket.socket, Any] | None:
        """Accept a connection, unless its address has too many."""
        accepted: tuple[socket.socket, Any] | None = super().accept()
        if accepted is None or self.max_per_address is None:
            return accepted
        visitor = visitor_of(accepted[1][0])
        if is_this_machine(visitor) or self.connections[visitor] < self.max_per_address:
            return accepted
        accepted[0].close()
        metrics.CUT_OFF.add("too-many-of-one")
        return None

    def maintenance(self, now: float) -> None:
        """Close idle connections, those whose readers are stuck, and those with most output if all have too much."""
        channels = sorted(self.active_channels.values(), key=lambda channel: int(channel.total_outbufs_len))
        lasting = [channel for channel in channels if not channel.will_close]
        super().maintenance(now)
        for channel in lasting:
            if channel.will_close:
                metrics.CUT_OFF.add("idle" if channel.request is None else "slow-head")
        pending = sum(channel.total_outbufs_len for channel in channels)
        for channel in reversed(channels):
            size, is_stuck = channel.total_outbufs_len, channel.is_stuck(now)
            if pending > MAX_PENDING_BYTES or is_stuck:
                metrics.CUT_OFF.add("stuck-reader" if is_stuck else "too-much-output")
                channel.handle_close()
                pending -= size

"""Connections that bear rude visitors: waitress's, with bounds and deadlines.

    slow head       closed `channel_timeout` seconds after the first byte of an unfinished request
    pipelining      one request at a time: the next is read when the response to the last has been sent
    slow reader     closed unless some bytes of pending output are taken in each window of time; no thread waits longer
    many of one     at most so many connections per address; beyond, closed at once
    many in all     where no more fit, one on which nothing is owed is closed for the new one (`crowding`)
    two lengths     Content-Length beside chunked is refused, as is HTTP/1.1 without Host: proxies read them differently
                    (`strict_parser`)

A request stays in the system's buffer until its answer is sent, in one step where it fits, so that another worker can
answer it if this one is killed (`kept_connections`).

One thread reads and writes all connections (`channel`); others answer complete requests (`dispatcher`).
"""

import math
import socket
import time
from collections import Counter
from typing import Any, Final

from waitress.server import TcpWSGIServer

from searchq.web import metrics
from searchq.web.channel import BoundedChannel
from searchq.web.crowding import least_missed
from searchq.web.kept_connections import Register
from searchq.web.visitors import is_this_machine, visitor_of

__all__ = ["BoundedServer"]

MAX_PENDING_BYTES: Final = 128 * 1024 * 1024  # of all connections; most of it on disk
MAX_CONNECTIONS_PER_ADDRESS: Final = 100  # a browser opens six; a household or an office shares one address
ROOM: Final = 16  # one connection in so many is closed where no more fit

DEFER_SECONDS: Final = 0.02  # that a worker leaves a new connection to others


class BoundedServer(TcpWSGIServer):  # type: ignore[misc]
    """A listening socket."""

    channel_class = BoundedChannel
    is_stopping = False  # no new connection or request is read
    _deferred_until = 0.0
    _next_maintenance = 0.0
    next_channel_cleanup = math.inf  # by the time of day, which may be set back: `readable` keeps time itself
    max_per_address: int | None = MAX_CONNECTIONS_PER_ADDRESS  # None behind a proxy, whose address all have

    def __init__(self, *arguments: Any, register: Register, **options: Any) -> None:
        self.connections: Counter[str] = Counter()
        self.register = register
        super().__init__(*arguments, **options)

    def take_over(self, connection: socket.socket) -> None:
        """Go on with a connection of a worker that ended."""
        try:
            address = connection.getpeername()
        except OSError:  # its visitor has left
            self.register.closed(connection.fileno())
            connection.close()
        else:
            self.channel_class(self, connection, address, self.adj, map=self._map, is_inherited=True)

    def readable(self) -> bool:
        now = time.monotonic()
        if now >= self._next_maintenance:
            self._next_maintenance = now + self.adj.cleanup_interval
            self.maintenance(now)
        if self.accepting and len(self._map) >= self.adj.connection_limit:
            self._make_room()
        return bool(super().readable() and not self.is_deferring)

    def _make_room(self) -> None:
        """Close some at once: looking at all takes milliseconds."""
        channels = [one for one in self._map.values() if isinstance(one, BoundedChannel) and not one.will_close]
        for channel in least_missed(channels, self.connections, max(1, self.adj.connection_limit // ROOM)):
            metrics.CUT_OFF.add("no-room")
            channel.cut_off()

    @property
    def is_deferring(self) -> bool:
        """Whether new connections are left to workers that have fewer, for a moment."""
        return time.monotonic() < self._deferred_until

    def handle_accept(self) -> None:
        """Accept a connection; when another worker has fewer, only if it has not done so within a moment."""
        if self.register.is_ahead and not self._deferred_until:
            self._deferred_until = time.monotonic() + DEFER_SECONDS
            return
        self._deferred_until = 0.0
        super().handle_accept()

    def stop(self) -> None:
        """Read no new connection or request."""
        self.is_stopping = True
        self.accepting = False

    @property
    def is_idle(self) -> bool:
        """Whether every request that was read is answered, and the answers are sent."""
        return all(one.is_waiting for one in list(self.active_channels.values()))

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
                channel.cut_off()
                pending -= size

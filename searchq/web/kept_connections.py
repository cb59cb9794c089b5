"""Connections that outlive their worker: the supervisor holds a copy of each, and the next worker takes them over.

    worker ── a line: opened, with the connection; closed ──> supervisor's copies ── fork ──> the next worker
           ── shared memory, a byte a connection: whether it is `broken off` if the worker ends now
           ── shared memory, a number a worker: how many connections it has, so that new ones go to who has few

A worker leaves a request in the system's buffer until it begins to send the answer (`connections`). Killed before, it
leaves all of it to its successor, which reads the same request again. Only a connection of which a request or an answer
has passed in part is closed, and one whose request has ended two workers.
"""

import mmap
import select
import socket
from collections.abc import Sequence
from contextlib import suppress
from typing import Final

__all__ = ["KeptConnections", "Register"]

MAX_DESCRIPTOR: Final = 1 << 16  # beyond it a connection is not kept
_SPARE_DESCRIPTORS: Final = 64  # left to the supervisor
_SLACK: Final = 1  # connections that a worker may have more than another
_COUNT_BYTES: Final = 8
_OPENED, _CLOSED = b"o", b"c"


class Register:
    """Where a worker says what becomes of its connections. Without a line nobody keeps them."""

    def __init__(
        self,
        line: socket.socket | None = None,
        broken: mmap.mmap | None = None,
        counts: memoryview | None = None,
        place: int = 0,
    ) -> None:
        self._line, self._broken = line, broken
        self._counts = memoryview(bytearray(_COUNT_BYTES)).cast("q") if counts is None else counts
        self._place = place
        self._untold: list[bytes] = []

    @property
    def is_ahead(self) -> bool:
        """Whether another worker has clearly fewer connections."""
        return self._counts[self._place] > min(self._counts) + _SLACK

    def opened(self, connection: socket.socket) -> None:
        """A connection is there."""
        self._counts[self._place] += 1
        number = connection.fileno()
        if self._line is None or number >= MAX_DESCRIPTOR:
            return
        self.break_off(number, False)
        with suppress(OSError):  # the line is full, or there is no supervisor: nobody keeps it
            socket.send_fds(self._line, [_OPENED + str(number).encode()], [number])

    def closed(self, number: int) -> None:
        """A connection is about to be closed."""
        self._counts[self._place] -= 1
        if self._line is None:
            return
        self._untold.append(_CLOSED + str(number).encode())
        with suppress(OSError):  # later
            while self._untold:
                self._line.send(self._untold[0])
                del self._untold[0]

    def break_off(self, number: int, value: bool = True) -> None:
        """Whether a connection is to be closed if this worker ends now."""
        if self._broken is not None and number < MAX_DESCRIPTOR:
            self._broken[number] = value


class _Place:
    """The connections of one worker, and of those that take its place."""

    def __init__(self) -> None:
        self.broken = mmap.mmap(-1, MAX_DESCRIPTOR)
        self.kept: dict[int, socket.socket] = {}  # by the number it has in the worker
        self._connect()

    def _connect(self) -> None:
        self.own, self.workers = _line()
        self.own.setblocking(False)
        self.workers.setblocking(False)

    def read(self) -> None:
        """Read all that the worker has told."""
        with suppress(BlockingIOError):
            while True:
                told, descriptors, *_ = socket.recv_fds(self.own, 32, 1)
                if not told:
                    return
                self._hear(told[:1], int(told[1:]), descriptors)

    def _hear(self, what: bytes, number: int, descriptors: Sequence[int]) -> None:
        if known := self.kept.pop(number, None):
            known.close()
        for descriptor in descriptors:
            connection = socket.socket(fileno=descriptor)
            if what == _OPENED and descriptor < _most_descriptors():
                self.kept[number] = connection
            else:
                connection.close()

    def pass_on(self) -> None:
        """Keep what the next worker can go on with, under the numbers that it will see; close the rest."""
        self.read()
        lasting = [one for number, one in self.kept.items() if not self.broken[number]]
        for connection in set(self.kept.values()) - set(lasting):
            connection.close()
        self.kept = {one.fileno(): one for one in lasting if one.fileno() < MAX_DESCRIPTOR}
        self.broken[:] = bytes(MAX_DESCRIPTOR)
        self.own.close()
        self.workers.close()
        self._connect()

    def leave(self) -> None:
        """In a process that has nothing to do with this place: close everything."""
        for one in (self.own, self.workers, *self.kept.values()):
            one.close()


class KeptConnections:
    """The supervisor's copies of all connections, by the place of the worker that has them."""

    def __init__(self, places: int) -> None:
        self._places: Final = [_Place() for _ in range(places)]
        self._counts: Final = memoryview(mmap.mmap(-1, places * _COUNT_BYTES)).cast("q")

    def rest(self, seconds: float) -> None:
        """Read what the workers tell, for so long at most."""
        poll = select.poll()
        places = {place.own.fileno(): place for place in self._places}
        for number in places:
            poll.register(number, select.POLLIN)
        for number, _ in poll.poll(1000 * seconds):
            places[number].read()

    def ended(self, place: int) -> None:
        """The worker at a place has ended; before the next one is forked."""
        if place < len(self._places):
            self._places[place].pass_on()
            self._counts[place] = len(self._places[place].kept)

    def taken(self, place: int) -> tuple[Register, list[socket.socket]]:
        """In a new worker: where it tells of connections, and those it takes over."""
        own = self._places[place]
        self._leave(place)
        own.own.close()
        return Register(own.workers, own.broken, self._counts, place), list(own.kept.values())

    def leave(self) -> None:
        """In a process that answers no visitor."""
        self._leave(None)

    def _leave(self, place: int | None) -> None:
        for number, other in enumerate(self._places):
            if number != place:
                other.leave()


def _line() -> tuple[socket.socket, socket.socket]:
    """Two ends of a line that keeps messages apart."""
    try:
        return socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    except OSError:  # macOS; where there are datagrams, few of them wait on Linux
        return socket.socketpair(socket.AF_UNIX, socket.SOCK_DGRAM)


def _most_descriptors() -> int:
    import resource

    return resource.getrlimit(resource.RLIMIT_NOFILE)[0] - _SPARE_DESCRIPTORS

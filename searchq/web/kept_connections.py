"""Connections that outlive their worker: the supervisor holds a copy of each, and the next worker takes them over.

    worker ── a line: opened, with the connection; closed ──> supervisor's copies ── fork ──> the next worker
           ── shared memory, a byte a connection: what becomes of it if the worker ends now
           ── shared memory, a number a worker: how many connections it has, so that new ones go to who has few

A worker leaves a request in the system's buffer until it begins to send the answer (`connections`). Killed before, it
leaves all of it to its successor, which reads the same request again. Only a connection of which a request or an answer
has passed in part is closed, and one whose request was being answered when MAX_TRIES workers ended.
"""

import mmap
import select
import socket
from collections.abc import Sequence
from contextlib import suppress
from typing import Final

__all__ = ["KeptConnections", "Register"]

MAX_TRIES: Final = 3  # workers that may end over a request
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
        states: mmap.mmap | None = None,
        counts: memoryview | None = None,
        place: int = 0,
    ) -> None:
        self._line, self._states = line, states
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
        self.rest(number)
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

    def rest(self, number: int) -> None:
        """Nothing is going on on a connection: the next worker can go on with it."""
        self._set(number, 0)

    def try_it(self, number: int) -> None:
        """Begin to make an answer: the next worker can do so too, unless that has been tried too often."""
        if self._states is not None and number < MAX_DESCRIPTOR:
            self._set(number, min(self._states[number] + 1, MAX_TRIES))

    def break_off(self, number: int) -> None:
        """No other worker can go on with a connection now."""
        self._set(number, MAX_TRIES)

    def _set(self, number: int, tries: int) -> None:
        if self._states is not None and number < MAX_DESCRIPTOR:
            self._states[number] = tries


class _Place:
    """The connections of one worker, and of those that take its place."""

    def __init__(self) -> None:
        self.states = mmap.mmap(-1, MAX_DESCRIPTOR)  # how often an answer was begun, MAX_TRIES where that is the end
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
        lasting = {one.fileno(): (one, self.states[number]) for number, one in self.kept.items()}
        self.states[:] = bytes(MAX_DESCRIPTOR)
        self.kept = {}
        for number, (connection, tries) in lasting.items():
            if tries < MAX_TRIES and number < MAX_DESCRIPTOR:
                self.kept[number], self.states[number] = connection, tries
            else:
                connection.close()
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
        return Register(own.workers, own.states, self._counts, place), list(own.kept.values())

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

"""One connection: read, answered and written within its bounds (see `connections`)."""

import contextlib
import socket
import time
from collections import Counter
from typing import Any, Final, Protocol

from waitress.channel import ClientDisconnected, HTTPChannel
from waitress.parser import HTTPRequestParser
from waitress.task import ErrorTask, WSGITask

from searchq.web import metrics
from searchq.web.kept_connections import Register
from searchq.web.request_kinds import UNPARSED
from searchq.web.steady_socket import SteadySocket
from searchq.web.strict_parser import StrictParser, is_repeatable
from searchq.web.visitors import visitor_of

__all__ = ["BoundedChannel"]

WRITE_WINDOW_SECONDS: Final = 30.0  # within which a reader of pending output must take
MIN_WINDOW_BYTES: Final = 16 * 1024  # so many bytes of it, or all
MAX_DROPPED_BYTES: Final = 64 * 1024  # of requests that nobody will answer
MAX_HELD_BYTES: Final = 96 * 1024  # of an answer; a longer one is sent as it is made


class Listener(Protocol):
    """What a connection needs of its server."""

    register: Register
    connections: Counter[str]


class _Whole:
    """A task whose answer is sent at its end, if it is short."""

    channel: "BoundedChannel"

    def finish(self) -> None:
        super().finish()  # type: ignore[misc]
        self.channel.finish_answer()


class _AnswerTask(_Whole, WSGITask):  # type: ignore[misc]
    pass


class _RefusalTask(_Whole, ErrorTask):  # type: ignore[misc]
    pass


class BoundedChannel(HTTPChannel):  # type: ignore[misc]
    """One connection."""

    parser_class = StrictParser
    task_class = _AnswerTask
    error_task_class = _RefusalTask
    request: HTTPRequestParser | None  # which has come in part
    sent_continue: bool
    will_close: bool
    _active_at = 0.0
    _bytes_sent = 0
    _window: tuple[float, int] | None = None  # since when, and from which byte, the reader is watched
    _unread = 0  # bytes of the request that is being answered, which are still in the system's buffer
    _held = b""  # the beginning of an answer: its head and, if it is short, all of its body
    _writes = 0  # of an answer
    _in_write = False
    _is_counted = False

    def __init__(
        self,
        server: Listener,
        connection: socket.socket,
        *arguments: Any,
        is_inherited: bool = False,
        **options: Any,
    ) -> None:
        super().__init__(server, SteadySocket(connection), *arguments, **options)
        self._is_counted = True
        self._number: Final = self.socket.fileno()
        if not is_inherited:
            server.register.opened(self.socket)
        server.connections[self.visitor] += 1
        metrics.CONNECTIONS.add()

    @property
    def last_activity(self) -> float:
        """When something last happened, by a clock that nobody sets; waitress notes the time of day."""
        return self._active_at

    @last_activity.setter
    def last_activity(self, time_of_day: float) -> None:
        self._active_at = time.monotonic()

    @property
    def visitor(self) -> str:
        return visitor_of(self.addr[0])

    @property
    def is_waiting(self) -> bool:
        """Whether it is the visitor's turn: nothing that he has asked for in full is unanswered."""
        return not (self.requests or self.total_outbufs_len)

    def handle_read(self) -> None:
        """Read one request; do not reset the timeout of an unfinished one."""
        begun = self._active_at if self.request is not None else None
        super().handle_read()
        if begun is not None and self.request is not None:
            self._active_at = begun

    def readable(self) -> bool:
        return bool(super().readable() and not self.server.is_stopping)

    def recv(self, buffer_size: int) -> bytes:
        """The bytes that have come; they stay in the system's buffer."""
        try:
            data: bytes = self.socket.look(buffer_size)
        except OSError:
            data = b""
        if not data:
            self.handle_close()
        return data

    def received(self, data: bytes) -> bool:
        """Begin one request, if all of it has come. What follows it is read when it is answered."""
        with self.requests_lock:
            while data and not (self.will_close or self.close_when_flushed or self.requests):
                is_first = self.request is None
                self.request = request = self.request or self.parser_class(self.adj)
                count = request.received(data)
                data = data[count:]
                if is_first and is_repeatable(request):
                    self._unread = count
                else:
                    self._take(count)
                self._go_on(request)
        return True

    def _go_on(self, request: HTTPRequestParser) -> None:
        """Answer a request that is complete, and ask for the rest of one that waits for that."""
        is_promised = request.expect_continue and request.headers_finished
        if is_promised and not (request.completed or self.sent_continue):
            self.send_continue()
        if request.completed:
            self.sent_continue = False
            self.request = None
            if request.empty:
                self._settle()
            else:
                self.requests.append(request)
                self.server.add_task(self)

    def _take(self, count: int) -> None:
        """Take what was read from the system's buffer: only this worker can answer it now."""
        self.server.register.break_off(self._number)
        try:
            self.socket.take(count)
        except OSError:  # the visitor has left
            self.will_close = True

    def _settle(self) -> None:
        """Let another worker go on if nothing has begun."""
        if not (self.total_outbufs_len or self._unread or self.request):
            self.server.register.rest(self._number)

    def handle_write(self) -> None:
        """Send what is pending."""
        super().handle_write()
        if self.connected and not self.requests:
            self._settle()

    def cut_off(self) -> None:
        """Have it closed when its turn comes: if it were closed at once, a new connection could get its number, and be
        taken for it by those that are looking at all connections just now."""
        self.will_close = True
        with contextlib.suppress(OSError):
            self.socket.shutdown(socket.SHUT_RDWR)

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
        """Send what can be sent; the request that it answers has then been read."""
        if self._unread:
            count, self._unread = self._unread, 0
            self._take(count)
        sent = 0 if self.will_close else int(super().send(data, do_close))
        self._bytes_sent += sent
        metrics.SENT.add(by=sent)
        return sent

    def service(self) -> None:
        """Answer a request; one that could not be read is counted here, the others by the application."""
        if error := self.requests[0].error:
            metrics.REQUESTS.add(UNPARSED, str(error.code))
            metrics.REFUSED.add("malformed")
        if self._unread:
            self.server.register.try_it(self._number)
        super().service()

    def write_soon(self, data: Any) -> int:
        """Queue output of a request; wait while too much is pending. Raises ClientDisconnected."""
        self._writes += 1
        is_beginning = self._writes <= 2 and isinstance(data, bytes)
        if is_beginning and len(self._held) + len(data) <= MAX_HELD_BYTES:
            self._held += data
            return len(data)
        self._release()
        return self._queue(data)

    def finish_answer(self) -> None:
        """Send what was held back of an answer that is complete."""
        self._writes = 0
        self._release()
        self._settle()

    def _release(self) -> None:
        held, self._held = self._held, b""
        if held:
            self._queue(held)

    def _queue(self, data: Any) -> int:
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
        """Forget a connection that is about to be closed, and tell so: others have copies of it."""
        super().del_channel(map)
        if self._is_counted:
            self._is_counted = False
            self.server.register.closed(self._number)
            with contextlib.suppress(OSError):
                self.socket.recv(MAX_DROPPED_BYTES)  # else the visitor is told of an error, not of the end
            with contextlib.suppress(OSError):
                self.socket.shutdown(socket.SHUT_RDWR)
            self.server.connections[self.visitor] -= 1
            self.server.connections += Counter()
            metrics.CONNECTIONS.add(by=-1)

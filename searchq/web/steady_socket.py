"""A socket that answers in one step: no other thread of the process runs between its calls.

Python lets other threads run while a socket sends, and may return milliseconds later. Meanwhile nobody can tell whether
an answer was sent. A socket that never waits has no need of that.
"""

import ctypes
import os
import socket
from typing import Any, Final

__all__ = ["SteadySocket"]

_C: Final = ctypes.PyDLL(None, use_errno=True)  # a PyDLL keeps the interpreter's lock during a call
for _call in (_C.send, _C.recv):
    _call.argtypes = (ctypes.c_int, ctypes.c_char_p, ctypes.c_size_t, ctypes.c_int)
    _call.restype = ctypes.c_ssize_t


class SteadySocket(socket.socket):
    """A connection that does not block."""

    def __init__(self, connection: socket.socket) -> None:
        """Take the place of a connection."""
        super().__init__(fileno=connection.detach())
        self.setblocking(False)

    def send(self, data: Any, flags: int = 0) -> int:
        """Send what can be sent now; return how many bytes. Raises OSError."""
        return _checked(_C.send(self.fileno(), bytes(data), len(data), flags | _NO_SIGNAL))

    def look(self, count: int) -> bytes:
        """At most so many of the bytes that have come, which stay where they are. Raises OSError."""
        return self.recv(count, socket.MSG_PEEK)

    def take(self, count: int) -> None:
        """Drop bytes that were looked at. Raises OSError."""
        if count and _checked(_C.recv(self.fileno(), ctypes.create_string_buffer(count), count, 0)) != count:
            raise OSError("bytes that were there are gone")


_NO_SIGNAL: Final = getattr(socket, "MSG_NOSIGNAL", 0)


def _checked(result: int) -> int:
    if result < 0:
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number))
    return result

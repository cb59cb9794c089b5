"""Sending one message: what may come of it, and the two ways without mail.

A sender calls `begin` at the last moment before the receiver may have the message. What goes wrong before leaves the
message as it was; what goes wrong after leaves it in doubt.
"""

import os
import subprocess
from collections.abc import Callable
from typing import Final, Protocol

from searchq.alerts.store import Message

__all__ = ["CommandSender", "Deferred", "Doubtful", "FileSender", "NotSent", "Refused", "Sender", "Unreachable"]

Begin = Callable[[], None]

_COMMAND_SECONDS: Final = 120.0


class NotSent(Exception):
    """A message was not sent; the text is the reason."""


class Deferred(NotSent):
    """Not now: the receiver asks to try later."""


class Refused(NotSent):
    """Never: the receiver does not want it."""


class Unreachable(NotSent):
    """Nobody was there to take it, nor would be for the next message."""


class Doubtful(NotSent):
    """It left, and no answer came."""


class Sender(Protocol):
    """One way of sending, open for a run."""

    def send(self, message: Message, target: str, begin: Begin) -> None:
        """Send a message to a target. Raises NotSent."""

    def close(self) -> None:
        """Release what is open."""


class FileSender:
    """Appends to files. What a kill cut short is completed, and what was written is not written again."""

    def send(self, message: Message, target: str, begin: Begin) -> None:
        begin()
        try:
            handle = os.open(target, os.O_RDWR | os.O_APPEND | os.O_CREAT | os.O_CLOEXEC, 0o644)
        except OSError as error:
            raise Deferred(f"{target}: {error.strerror}") from error
        try:
            rest = message.body if message.doubts == 0 else _unwritten(handle, message.body)
            while rest:
                rest = rest[os.write(handle, rest) :]
            os.fsync(handle)
        except OSError as error:
            raise Doubtful(f"{target}: {error.strerror}") from error
        finally:
            os.close(handle)

    def close(self) -> None:
        pass


def _unwritten(handle: int, body: bytes) -> bytes:
    """What a file lacks of a message: nothing where it holds all of it, the rest where it ends within it."""
    size = os.fstat(handle).st_size
    held = os.pread(handle, size, 0)
    if body in held:
        return b""
    begun = next((length for length in range(min(len(body), size), 0, -1) if held.endswith(body[:length])), 0)
    return body[begun:]


class CommandSender:
    """Runs commands by the shell, with the message on their standard input."""

    def send(self, message: Message, target: str, begin: Begin) -> None:
        begin()
        try:
            ended = subprocess.run(
                target, shell=True, input=message.body, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
                timeout=_COMMAND_SECONDS, check=False,
            )  # fmt: skip
        except subprocess.TimeoutExpired as error:
            raise Doubtful(f"`{target}` did not end within {_COMMAND_SECONDS:.0f} seconds") from error
        except OSError as error:
            raise Deferred(f"`{target}`: {error.strerror}") from error
        if ended.returncode:
            said = ended.stderr.decode("utf-8", "replace").strip().splitlines()
            raise Deferred(f"`{target}` ended with {ended.returncode}{f': {said[-1][:200]}' if said else ''}")

    def close(self) -> None:
        pass

"""The lock of the one open update: a document that names who holds it, renewed while it is held.

Whoever finds it not renewed for a minute takes it over: a process that was killed leaves it behind. The minute is by
the clock of the cluster, so that those of two machines need not agree.
"""

import os
import secrets
import socket
import threading
import time
from typing import Any, Final

from opensearchpy.exceptions import ConflictError

from searchq.engines.opensearch.connection import Connection
from searchq.engines.opensearch.generations import state_index
from searchq.errors import IndexFault, IndexLocked

__all__ = ["Lock"]

_NAME: Final = "lock"
_HELD: Final = 60.0  # seconds after the last renewal
_RENEWED: Final = 15.0  # seconds from one renewal to the next
_TAKE: Final = """
    def now = ctx._now / 1000.0;
    def owner = ctx._source.owner;
    if (owner == params.owner || params.may_take && (owner == null || ctx._source.until <= now)) {
        ctx._source.left = owner != null && (owner != params.owner || ctx._source.left == true);
        ctx._source.owner = params.owner;
        ctx._source.until = now + params.held;
    } else {
        ctx.op = 'none';
    }
"""


class Lock:
    """The lock of an index; taken when made. Raises IndexLocked."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._index = state_index(connection)
        self._told = (0.0, 0.0)  # the time by the cluster, and by the clock of this process, of the last renewal
        self._owner = f"{socket.gethostname()} {os.getpid()} {secrets.token_hex(4)}"
        held = self._ask(may_take=True)
        if held.get("owner") != self._owner:
            raise IndexLocked(
                f"{held.get('owner', 'another process')} is updating {connection.address}; try again when it is done."
            )
        self.was_left = bool(held["left"])  # by a process that may yet live
        self._done = threading.Event()
        self._renewing = threading.Thread(target=self._renew, daemon=True)
        self._renewing.start()

    def now(self) -> float:
        """Return the time by the clock of the cluster."""
        seconds, when = self._told
        return seconds + time.monotonic() - when

    def check(self) -> None:
        """Raise IndexLocked if another process took the lock over, as far as is known; ask where it was not renewed."""
        if time.monotonic() > self._told[1] + 2 * _RENEWED:
            self.renew()

    def renew(self) -> None:
        """Hold the lock for a minute from now. Raises IndexLocked if another process took it over."""
        if self._ask(may_take=False).get("owner") != self._owner:
            raise IndexLocked(f"Another process took over the update of {self._connection.address}; begin again.")

    def release(self) -> None:
        """Let others write; where that fails, the lock ends by itself."""
        self._done.set()
        self._renewing.join()
        try:
            held = self._connection.document(self._index, _NAME)
            if held is not None and held["_source"]["owner"] == self._owner:
                options = {"if_seq_no": held["_seq_no"], "if_primary_term": held["_primary_term"]}
                self._connection.call(lambda client: client.delete(index=self._index, id=_NAME, params=options))
        except (IndexFault, ConflictError):
            return

    def _renew(self) -> None:
        while not self._done.wait(_RENEWED):
            try:
                self.renew()
            except IndexFault:
                continue  # the next renewal, or the commit, tells

    def _ask(self, may_take: bool) -> dict[str, Any]:
        """Take the lock, or renew it; return who has it now, and until when."""
        told = {"owner": self._owner, "held": _HELD, "may_take": may_take}
        body = {"scripted_upsert": True, "upsert": {}, "script": {"source": _TAKE, "params": told}, "_source": True}
        asked = {"index": self._index, "id": _NAME, "body": body, "params": {"retry_on_conflict": 3}}
        when = time.monotonic()
        answer: dict[str, Any] = self._connection.call(lambda client: client.update(**asked), "get")
        held: dict[str, Any] = answer["get"].get("_source", {})
        if held.get("owner") == self._owner:
            self._told = float(held["until"]) - _HELD, when
        return held

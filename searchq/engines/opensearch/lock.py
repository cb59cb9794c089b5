"""The lock of the one open update: a document that names who holds it, renewed while it is held.

Whoever finds it not renewed for a minute takes it over: a process that was killed leaves it behind.
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


class Lock:
    """The lock of an index; taken when made. Raises IndexLocked."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._index = state_index(connection)
        self._owner = f"{socket.gethostname()} {os.getpid()} {secrets.token_hex(4)}"
        self._is_lost = False
        self._take()
        self._done = threading.Event()
        self._renewing = threading.Thread(target=self._renew, daemon=True)
        self._renewing.start()

    def check(self) -> None:
        """Raise IndexLocked if another process took the lock over."""
        if self._is_lost:
            raise IndexLocked(f"Another process took over the update of {self._connection.address}; begin again.")

    def release(self) -> None:
        """Let others write."""
        self._done.set()
        self._renewing.join()
        held = self._connection.document(self._index, _NAME)
        if held is not None and held["_source"]["owner"] == self._owner:
            options = {"if_seq_no": held["_seq_no"], "if_primary_term": held["_primary_term"]}
            self._connection.call(lambda client: client.delete(index=self._index, id=_NAME, params=options))

    def _take(self) -> None:
        held = self._connection.document(self._index, _NAME)
        options: dict[str, Any] = {"op_type": "create"}
        if held is not None:
            if held["_source"]["until"] > time.time():
                raise self._taken(held["_source"]["owner"])
            options = {"if_seq_no": held["_seq_no"], "if_primary_term": held["_primary_term"]}
        self._write(options)

    def _renew(self) -> None:
        while not self._done.wait(_RENEWED):
            try:
                held = self._connection.document(self._index, _NAME)
                if held is None or held["_source"]["owner"] != self._owner:
                    self._is_lost = True
                    return
                self._write({"if_seq_no": held["_seq_no"], "if_primary_term": held["_primary_term"]})
            except IndexFault:
                continue  # the next renewal, or the commit, tells

    def _write(self, options: dict[str, Any]) -> None:
        body = {"owner": self._owner, "until": time.time() + _HELD}
        try:
            self._connection.call(lambda client: client.index(index=self._index, id=_NAME, body=body, params=options))
        except ConflictError as error:
            raise self._taken("another process") from error

    def _taken(self, owner: str) -> IndexLocked:
        return IndexLocked(f"{owner} is updating {self._connection.address}; try again when it is done.")

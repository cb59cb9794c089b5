"""Slots for long exports: each occupies a thread and a share of the processor for as long as its reader takes."""

import threading
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Final, cast

from werkzeug.wrappers import Response
from werkzeug.wsgi import ClosingIterator

from searchq.errors import SearchqError
from searchq.web.metrics import EXPORTS
from searchq.web.visitors import is_this_machine

__all__ = ["ExportSlot", "ExportSlots", "NoExportSlot"]

MAX_EXPORTS: Final = 8
MAX_EXPORTS_PER_VISITOR: Final = 2


class NoExportSlot(SearchqError):
    """All slots, or all of one visitor, are taken."""


class ExportSlots:
    """Counts the exports under way, in all and by visitor."""

    def __init__(self, total: int = MAX_EXPORTS, per_visitor: int = MAX_EXPORTS_PER_VISITOR) -> None:
        self._total, self._per_visitor = total, per_visitor
        self._lock = threading.Lock()
        self._taken: Counter[str] = Counter()

    def take(self, visitor: str) -> None:
        """Take a slot. Raises NoExportSlot."""
        own = self._total if is_this_machine(visitor) else self._per_visitor
        with self._lock:
            if self._taken.total() >= self._total or self._taken[visitor] >= own:
                raise NoExportSlot()
            self._taken[visitor] += 1
            EXPORTS.set(self._taken.total())

    def give_back(self, visitor: str) -> None:
        """Give a slot back."""
        with self._lock:
            self._taken[visitor] -= 1
            self._taken += Counter()  # forgets those who have none
            EXPORTS.set(self._taken.total())


class ExportSlot:
    """The slot that one request may take, once."""

    def __init__(self, slots: ExportSlots | None = None, visitor: str = "") -> None:
        """Without slots, as for a view called alone, it is always free."""
        self._slots, self._visitor = slots, visitor
        self._is_taken = False

    def take(self) -> None:
        """Take it, unless it is taken. Raises NoExportSlot."""
        if self._slots and not self._is_taken:
            self._slots.take(self._visitor)
            self._is_taken = True

    @contextmanager
    def kept_by_streams(self) -> Iterator[Callable[[Response], None]]:
        """Give it back after the block, unless the block hands on a streamed response: then at that one's end."""
        kept = False

        def keep(answer: Response) -> None:
            nonlocal kept
            if answer.is_streamed:
                self.take()
                kept = True
                answer.call_on_close(self.release)
                if answer.direct_passthrough:  # werkzeug hands its body on as it is, and is not told of its end
                    answer.response = ClosingIterator(cast("Iterable[bytes]", answer.response), self.release)
                else:
                    answer.response = self._until_end(answer.iter_encoded())

        try:
            yield keep
        finally:
            if not kept:
                self.release()

    def _until_end(self, pieces: Iterable[bytes]) -> Iterator[bytes]:
        """The pieces; the slot comes back at their end, or when they are dropped, even if no server closes them."""
        try:
            yield from pieces
        finally:
            self.release()

    def release(self) -> None:
        """Give it back, if it is taken."""
        if self._slots and self._is_taken:
            self._is_taken = False
            self._slots.give_back(self._visitor)

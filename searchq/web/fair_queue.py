"""A queue in which visitors take turns: one item of each, then the next of the first."""

from collections import OrderedDict, deque
from collections.abc import Callable
from typing import Generic, TypeVar

__all__ = ["FairQueue"]

T = TypeVar("T")


class FairQueue(Generic[T]):
    """Items by visitor, in order of arrival. Not locked: its owner is."""

    def __init__(self) -> None:
        self._items: OrderedDict[str, deque[T]] = OrderedDict()  # the first visitor is next
        self._count = 0

    def __len__(self) -> int:
        return self._count

    def put(self, visitor: str, item: T) -> None:
        """Add an item."""
        self._items.setdefault(visitor, deque()).append(item)
        self._count += 1

    def take(self, allowed: Callable[[str], bool] = lambda visitor: True) -> tuple[str, T] | None:
        """Remove the next item of the next visitor who is allowed one; None if there is none."""
        visitor = next(filter(allowed, self._items), None)
        if visitor is None:
            return None
        items = self._items[visitor]
        item = items.popleft()
        self._count -= 1
        if items:
            self._items.move_to_end(visitor)
        else:
            del self._items[visitor]
        return visitor, item

    def remove(self, visitor: str, item: T) -> bool:
        """Remove an item; whether it was there."""
        items = self._items.get(visitor, deque())
        if item not in items:
            return False
        items.remove(item)
        self._count -= 1
        if not items:
            del self._items[visitor]
        return True

"""Counters, gauges and histograms, counted by every worker in memory that they share.

    board ── block of worker 0: [cell][cell] …     a worker writes its own block only
          ── block of worker 1: [cell][cell] …     whoever tells the numbers adds the blocks

A block outlives its worker: the successor counts on, so that no counter goes backwards. Gauges tell what is now, and
begin at 0 again. The memory has no name, so that nothing is left behind. Labels have few values, all known beforehand.
"""

import mmap
import threading
from array import array
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import accumulate, product
from typing import Final, TypeAlias

__all__ = ["BOARD", "OTHER", "Board", "Counter", "Gauge", "Histogram", "Measure"]

OTHER: Final = "other"  # stands for a label that a measure does not know, where it knows this one
Labels = tuple[str, ...]
Cells: TypeAlias = "array[float] | memoryview[float]"


class Board:
    """The cells of all measures. Thread-safe; one process writes a block, any may read it."""

    def __init__(self) -> None:
        self.measures: list[Measure] = []
        self.lock: Final = threading.Lock()
        self._first: Final = array("d")  # until the board is shared
        self.own: Cells = self._first  # the block of this process
        self._blocks: list[Cells] = [self.own]

    def claim(self, cells: int) -> int:
        """The first of so many new cells. Only before the board is shared."""
        first = len(self._first)
        self._first.extend([0.0] * cells)
        return first

    def share(self, blocks: int) -> None:
        """Have so many blocks, in memory that processes forked from this one share; this one has the last."""
        size = len(self._first)
        memory = memoryview(mmap.mmap(-1, max(1, size * blocks) * self._CELL_BYTES)).cast("d")
        self._blocks = [memory[size * block : size * (block + 1)] for block in range(blocks)]
        self.write_to(-1)

    _CELL_BYTES: Final = 8

    def write_to(self, block: int) -> None:
        """Count in a block from now on."""
        self.own = self._blocks[block]

    def values(self, cell: int) -> list[float]:
        """What a cell holds, by block."""
        return [block[cell] for block in self._blocks]

    def total(self, cell: int) -> float:
        """The sum of a cell over the blocks."""
        return sum(self.values(cell))

    def forget_now(self, block: int) -> None:
        """Set the gauges of a block to 0, since its worker has ended."""
        for measure in self.measures:
            if isinstance(measure, Gauge):
                for cell in measure.cells.values():
                    self._blocks[block][cell] = 0.0


BOARD: Final = Board()


class Measure:
    """What is counted under one name, by its labels."""

    kind: str
    width = 1  # cells a combination of labels

    def __init__(self, name: str, help: str, board: Board = BOARD, **labels: Sequence[str]) -> None:
        """`labels` are the values of each label."""
        self.name, self.help, self.label_names = name, help, tuple(labels)
        self._board = board
        self.cells: Final = {values: board.claim(self.width) for values in product(*labels.values())}
        board.measures.append(self)

    def _cell(self, labels: Labels) -> int:
        """The first cell of a combination of labels; what is unknown is counted as OTHER."""
        found = self.cells.get(labels)
        return self.cells[(*labels[:-1], OTHER)] if found is None else found

    def totals(self) -> Iterator[tuple[Labels, float]]:
        """The sum over all workers, by labels."""
        return ((labels, self._board.total(cell)) for labels, cell in self.cells.items())


class Counter(Measure):
    """How often something happened, or how much there was of it."""

    kind = "counter"

    def add(self, *labels: str, by: float = 1) -> None:
        """Count."""
        cell = self._cell(labels)
        with self._board.lock:
            self._board.own[cell] += by


class Gauge(Counter):
    """How much there is now."""

    kind = "gauge"

    def set(self, value: float, *labels: str) -> None:
        """Say how much there is."""
        self._board.own[self._cell(labels)] = value

    def by_block(self) -> list[float]:
        """The value in each block, of a gauge without labels."""
        return self._board.values(self.cells[()])


class Histogram(Measure):
    """How long something took, in seconds: how often at most each bound, and the sum."""

    kind = "histogram"
    bounds: Final = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0)
    width = len(bounds) + 2  # beyond the last bound, and the sum

    def observe(self, seconds: float, *labels: str) -> None:
        """Count one."""
        cell = self._cell(labels)
        with self._board.lock:
            self._board.own[cell + bisect_left(self.bounds, seconds)] += 1
            self._board.own[cell + self.width - 1] += seconds

    def distributions(self) -> Iterator[tuple[Labels, list[float], float]]:
        """By labels: how often at most each bound, at last without one, and the sum."""
        for labels, cell in self.cells.items():
            counts = accumulate(map(self._board.total, range(cell, cell + self.width - 1)))
            yield labels, list(counts), self._board.total(cell + self.width - 1)

"""The questions of a new index, in a temporary file until all are there: scores need the average lengths of all."""

import pickle
import tempfile
from collections.abc import Iterator
from itertools import islice
from typing import Final

import zstandard

from searchq.errors import IndexWriteError
from searchq.question import Entry, Question

__all__ = ["Spool"]

_LEVEL: Final = 1  # of compression


class Spool:
    """Questions by number, in the order in which they came; the last of a number stays."""

    def __init__(self) -> None:
        self._file = tempfile.TemporaryFile()  # noqa: SIM115
        self._places: dict[str, tuple[int, int]] = {}  # where each begins, and its bytes
        self._end = 0

    def __len__(self) -> int:
        return len(self._places)

    def put(self, entry: Entry) -> None:
        """Keep a question. Raises IndexWriteError where there is no room."""
        data = zstandard.compress(pickle.dumps(entry, pickle.HIGHEST_PROTOCOL), _LEVEL)
        try:
            self._file.seek(self._end)
            self._file.write(data)
            self._file.flush()
        except OSError as error:
            raise IndexWriteError(f"A new index is collected in {tempfile.gettempdir()}: {error.strerror}.") from error
        self._places[entry.question.number] = self._end, len(data)
        self._end += len(data)

    def delete(self, number: str) -> bool:
        """Forget a question; whether it was there."""
        return self._places.pop(number, None) is not None

    def entry(self, number: str) -> Entry | None:
        """Return the question of a number."""
        place = self._places.get(number)
        return None if place is None else self._read(*place)

    def sample(self, most: int) -> list[Question]:
        """Return so many questions at most, from beginning to end."""
        step = max(1, -(-len(self) // most))
        return [self._read(*place).question for place in islice(self._places.values(), 0, None, step)]

    def batches(self, size: int) -> Iterator[list[Entry]]:
        """Yield all questions, so many at once."""
        places = iter(self._places.values())
        while some := [self._read(*place) for place in islice(places, size)]:
            yield some

    def close(self) -> None:
        """Remove the file."""
        self._file.close()

    def _read(self, start: int, size: int) -> Entry:
        self._file.seek(start)
        entry: Entry = pickle.loads(zstandard.decompress(self._file.read(size)))
        return entry

"""The archives of the Chamber in which a run changed something: only these are counted again."""

import posixpath
from collections.abc import Iterable
from typing import Final

from searchq.coverage.kept import place_of

__all__ = ["ArchivePlaces", "is_of_chamber"]

_HYPHENS: Final = 3  # in a number of the Chamber: 56-7-0930-2025202606531


class ArchivePlaces:
    """The places (`coverage.kept.place_of`) of some documents that hold questions of the Chamber."""

    def __init__(self, documents: Iterable[tuple[str, list[str]]]) -> None:
        """`documents` are names, each with the numbers of its questions."""
        told = ((name, numbers) for name, numbers in documents if any(map(is_of_chamber, numbers)))
        self._places = {place_of(name, len(numbers)) for name, numbers in told}
        self._folders = {place[: place.rfind("/") + 1] for place in self._places}

    def __contains__(self, place: object) -> bool:
        return place in self._places

    def __bool__(self) -> bool:
        return bool(self._places)

    def may_hold(self, folder: str) -> bool:
        """Return whether a document in a folder, all of its name up to the last slash, may be of one of the places."""
        outer, colon, _ = folder.partition(":")
        own = outer if colon else posixpath.dirname(f"{folder}x") or "."
        return own in self._places or folder in self._folders


def is_of_chamber(number: str) -> bool:
    """Return whether a number of a question is one of the Chamber."""
    return number.count("-") == _HYPHENS

"""What a run keeps with the index so that it can tell what it lacks: ledgers, rejected documents, Chamber archives.

A run takes the place of what earlier ones kept of its own paths, and leaves the rest. A ledger is read by the room that
writes it, below this one; it lies in the folder that is indexed, or in one within it.
"""

import os
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from html import unescape
from typing import Final
from urllib.parse import unquote

from searchq.coverage.kept import Archive, Kept, Refused, place_of
from searchq.coverage.summary import CoverageSummary
from searchq.documents import Cancellation, Parsed, Rejection
from searchq.documents.document import printable
from searchq.documents.senate.stripped import number_in_address
from searchq.errors import FetchError
from searchq.fetching import sites
from searchq.fetching.coverage import summary
from searchq.fetching.ledger import Ledger
from searchq.indexing.archive_places import ArchivePlaces, is_of_chamber
from searchq.indexing.paths import Within
from searchq.indexing.sightings import folders_with_ledger
from searchq.limits import MAX_KEPT_REJECTIONS
from searchq.numbers import parse_number

__all__ = ["CoverageMemory"]

_MAX_ADDRESS_LENGTH: Final = 2000


class CoverageMemory:
    """What earlier runs kept, brought up to date by this one."""

    def __init__(self, blob: bytes = b"") -> None:
        self._blob = blob
        self._before = Kept.load(blob)
        self._kept = {one.name: one for one in self._before.refused}
        self._met: dict[str, Refused] = {}
        self._days = {one.name: one.day for one in self._before.archives if one.day}
        self._document = ""  # read last
        self._unkept = self._before.unkept
        self._removed = dict.fromkeys(self._before.removed)
        self._ledgers = dict(self._before.ledgers)

    @cached_property
    def _by_document(self) -> Mapping[str, list[str]]:
        """The names of what was rejected within each document."""
        names: defaultdict[str, list[str]] = defaultdict(list)
        for one in self._before.refused:
            names[one.document].append(one.name)
        return names

    def remove(self, number: str) -> None:
        """Note a question taken out on purpose."""
        self._removed[number] = None

    def put(self, number: str) -> None:
        """Note a question that was indexed, perhaps once more."""
        self._removed.pop(number, None)

    def read(self, item: Parsed) -> None:
        """Note a document that was read; rejections of its single records may follow."""
        self._document = item.name
        days = [one.last_seen for one in item.questions if one.house == "chamber" and one.last_seen]
        if days:
            place = place_of(item.name, len(item.questions))
            self._days[place] = max(self._days.get(place, ""), max(days).isoformat())

    def unchanged(self, name: str) -> None:
        """Note a document that is what it was: what was rejected within it still is."""
        for one in self._by_document.get(name, ()):
            self._met[one] = self._kept[one]

    def reject(self, rejection: Rejection) -> None:
        """Note what gave no question."""
        name = rejection.name
        document = self._document if name.startswith(f"{self._document}:") else name
        if isinstance(rejection, Cancellation):
            day = rejection.day.isoformat() if rejection.day else None
            self._met[name] = Refused(name, rejection.reason, document, rejection.number, day)
        else:
            self._met[name] = Refused(name, rejection.reason, document, _number(name))

    def cancelled(self) -> Iterator[Refused]:
        """What is known to say that its question was cancelled, in the documents that still exist."""
        return (one for one in self._kept.values() if one.is_cancelled and one.number)

    def end(self, paths: Iterable[str | os.PathLike[str]]) -> list[tuple[str, str]]:
        """Close the run: its paths are as it met them. The ledgers that cannot be read, and why."""
        within = Within(paths)
        others = {name: one for name, one in self._kept.items() if not within(name)}
        found = [*others.values(), *self._met.values()]
        self._kept = {one.name: one for one in found[:MAX_KEPT_REJECTIONS]}
        self._unkept = len(found) - len(self._kept)
        read, faulty = _read_ledgers(paths)
        gone = {folder for folder in self._ledgers if within(folder)} - {folder for folder, _ in faulty}
        self._ledgers = {folder: one for folder, one in self._ledgers.items() if folder not in gone} | read
        return faulty

    def dump(self, documents: Iterable[tuple[str, list[str]]], changed: ArchivePlaces | None = None) -> bytes:
        """All as bytes; `documents` are those known, with the numbers that each holds.

        With `changed`, those of these archives at least; the others are as they were.
        """
        others = {} if changed is None else {one.name: one for one in self._before.archives if one.name not in changed}
        archives = tuple(self._archives(documents, others, changed))
        refused = tuple(self._kept[name] for name in sorted(self._kept))
        kept = Kept(self._ledgers, refused, self._unkept, archives, tuple(self._removed))
        return self._blob if self._blob and kept == self._before else kept.dump()

    def _archives(
        self, documents: Iterable[tuple[str, list[str]]], kept: Mapping[str, Archive], changed: ArchivePlaces | None
    ) -> Iterator[Archive]:
        routes: defaultdict[str, set[str]] = defaultdict(set)
        for name, numbers in documents:
            place = place_of(name, len(numbers))
            found = [*filter(is_of_chamber, numbers)]
            if found and (changed is None or place in changed):
                routes[place].update(found)
        others = {name: one for name, one in kept.items() if one.routes}
        for one in self._kept.values():
            if one.is_cancelled and not any(place in routes or place in others for place in one.places):
                routes[place_of(one.document, 1)] = set()
        for name in sorted({*routes, *others}):
            yield others[name] if name in others else _archive(name, routes[name], self._days.get(name))


def _archive(name: str, routes: Iterable[str], day: str | None) -> Archive:
    parsed = [number for number in map(parse_number, routes) if number]
    return Archive(name, tuple(sorted({number.legislature for number in parsed})), len(parsed), day)


def _number(name: str) -> str | None:
    """The number of the Senate's question whose page a document is, where its address tells."""
    return number_in_address(unquote(unescape(name))) if len(name) <= _MAX_ADDRESS_LENGTH else None


def _read_ledgers(
    paths: Iterable[str | os.PathLike[str]],
) -> tuple[dict[str, CoverageSummary], list[tuple[str, str]]]:
    """The ledgers of the archives that the paths name or hold, by folder; and those that cannot be read, with why."""
    read: dict[str, CoverageSummary] = {}
    faulty: list[tuple[str, str]] = []
    for folder in folders_with_ledger(paths):
        try:
            with Ledger(folder) as ledger:
                read[printable(str(folder))] = summary(ledger, sites.SENATE.highest)
        except FetchError as error:
            faulty.append((printable(str(folder)), str(error)))
    return read, faulty

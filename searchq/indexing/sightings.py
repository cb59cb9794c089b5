"""What the ledgers of fetched archives know of a capture that its file does not: that it was the same on later days.

A page that came back unchanged is no document: a `revisit` record, or nothing at all where only its frame differs. The
ledger has its day either way, and lies in the folder that is indexed, or in one within it.
"""

import datetime as dt
import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from searchq.documents.reading import Sightings
from searchq.documents.sources import STDIN
from searchq.errors import FetchError
from searchq.fetching.ledger import LEDGER, Ledger

__all__ = ["folders_with_ledger", "sightings_in"]


def sightings_in(paths: Iterable[str | os.PathLike[str]]) -> Sightings:
    """The captures that were seen again; a ledger that cannot be read tells of none."""
    found: dict[tuple[str, dt.date], dt.date] = {}
    for folder in folders_with_ledger(paths):
        try:
            with Ledger(folder) as ledger:
                for address, captured, last in ledger.sightings():
                    found[address, dt.date.fromisoformat(captured)] = dt.date.fromisoformat(last)
        except FetchError:
            continue  # `coverage` names it
    return found


def folders_with_ledger(paths: Iterable[str | os.PathLike[str]]) -> list[Path]:
    """The folders with a ledger that the paths name, or hold, or lie in."""
    return list(dict.fromkeys(folder for path in paths for folder in _folders(path)))


def _folders(given: str | os.PathLike[str]) -> Iterator[Path]:
    """The folders with a ledger of one path."""
    path = Path(given)
    if os.fspath(given) == STDIN:
        return
    if path.is_dir():
        yield from sorted(found.parent for found in path.rglob(LEDGER))
    elif (path.parent / LEDGER).exists():
        yield path.parent

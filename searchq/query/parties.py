"""Parties with several labels: spellings of one party, and its successors.

The table is `data/parties.tsv`, or the file that SEARCHQ_PARTIES names.
"""

import os
from collections.abc import Mapping
from functools import cache, lru_cache
from pathlib import Path
from typing import Final, NamedTuple

from msgspec import Struct

from searchq.errors import PartyTableError
from searchq.query.value_keys import letters

__all__ = ["Succession", "canonical", "group_parties", "party", "predecessors", "successors"]

_SHIPPED: Final = Path(__file__).parent / "data" / "parties.tsv"
_VARIABLE: Final = "SEARCHQ_PARTIES"
_COLUMNS: Final = ("from", "to", "since", "sure")


class Succession(NamedTuple):
    """A label that is succeeded by another; `since` is a month, `2021-03`, or a year."""

    before: str
    after: str
    since: str


class _Table(Struct, frozen=True, eq=False, dict=True):
    names: Mapping[str, str]  # letters of a label -> the label it is a print of
    successions: tuple[Succession, ...]


def party(label: str) -> str:
    """Return the key of a party: equal for all spellings of one label."""
    own = letters(label)
    name = _table().names.get(own)
    return own if name is None else letters(name)


def canonical(label: str) -> str | None:
    """Return the label to display, if the table has one."""
    return _table().names.get(letters(label))


def group_parties(counts: Mapping[str, int]) -> dict[str, str]:
    """The label of each print of a party: what the table says if any question has it, else the most frequent."""
    groups: dict[str, list[str]] = {}
    for name in counts:
        groups.setdefault(party(name), []).append(name)
    return {name: _label(group, counts) for group in groups.values() for name in group}


def _label(group: list[str], counts: Mapping[str, int]) -> str:
    return min(group, key=lambda name: (canonical(name) not in (None, name), -counts[name], name))


def predecessors(label: str) -> tuple[Succession, ...]:
    """Return the successions that led to a label, the latest first."""
    return _steps(_table(), label, back=True)


def successors(label: str) -> tuple[Succession, ...]:
    """Return the successions that follow a label, the next one first."""
    return _steps(_table(), label, back=False)


@lru_cache(maxsize=1024)
def _steps(table: _Table, label: str, *, back: bool) -> tuple[Succession, ...]:
    """Return every succession before or after a label, nearest first."""
    seen, labels, found = {party(label)}, [label], []
    for at in labels:
        for step in table.successions:
            here, there = (step.after, step.before) if back else (step.before, step.after)
            if party(here) == party(at) and party(there) not in seen:
                seen.add(party(there))
                labels.append(there)
                found.append(step)
    return tuple(found)


def _table() -> _Table:
    return _read(os.environ.get(_VARIABLE) or str(_SHIPPED))


@cache
def _read(path: str) -> _Table:
    """Read the table in a file. Raises PartyTableError, naming the line."""
    try:
        lines = Path(path).read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise PartyTableError(f"Cannot read the table of parties {path}: {error}.") from error
    names: dict[str, str] = {}
    steps = []
    for number, line in enumerate(lines, 1):
        if not line.strip() or line.startswith("#"):
            continue
        cells = tuple(cell.strip() for cell in line.split("\t"))
        if cells == _COLUMNS:
            continue
        if len(cells) != len(_COLUMNS) or not (cells[0] and cells[1]):
            raise PartyTableError(f"{path}, line {number}: write {', '.join(_COLUMNS)}, separated by tabs.")
        if cells[3] == "name":
            names |= {letters(cells[0]): cells[1], letters(cells[1]): cells[1]}
        else:
            steps.append(Succession(*cells[:3]))
    return _Table(names, tuple(steps))

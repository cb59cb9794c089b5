"""What is written to a cluster: actions as lines of JSON, in rows of so many bytes."""

import json
from collections.abc import Iterable, Iterator
from typing import Any, Final, NamedTuple

import msgspec

__all__ = ["Action", "Body", "action", "as_json", "in_bulks"]

Body = dict[str, Any]

_BULK: Final = 16_000_000  # bytes sent at once


class Action(NamedTuple):
    """One line of a bulk, with its document if it has one."""

    data: bytes
    may_be_gone: bool = False  # what it names; then nothing is to be done


def action(*lines: Body, may_be_gone: bool = False) -> Action:
    """Return an action of the cluster's, with its document if it has one."""
    return Action(b"".join(as_json(line) + b"\n" for line in lines), may_be_gone)


def as_json(data: Any) -> bytes:
    """Return data as JSON in UTF-8; half characters become question marks."""
    try:
        return msgspec.json.encode(data)
    except UnicodeError:
        return json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")


def in_bulks(actions: Iterable[Action]) -> Iterator[list[Action]]:
    """Yield actions in rows, each of as many bytes as are sent at once."""
    row, size = list[Action](), 0
    for one in actions:
        if row and size + len(one.data) > _BULK:
            yield row
            row, size = [], 0
        row.append(one)
        size += len(one.data)
    if row:
        yield row

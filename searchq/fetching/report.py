"""What a run did, counted as it goes."""

from typing import Any

from msgspec import Struct
from msgspec.structs import asdict

__all__ = ["Report"]


class Report(Struct):
    """The counts of a run, and what ended it before its work was done."""

    requests: int = 0
    stored: int = 0  # pages stored for the first time
    changed: int = 0  # pages stored anew, because they changed
    answers: int = 0  # of all those, questions whose answer was not here before
    unchanged: int = 0
    absent: int = 0
    faults: int = 0  # numbers that gave no usable answer
    recovered: int = 0  # pages that a killed run had stored and not yet entered
    ended: str | None = None  # by the site: a sentence
    stopped: str | None = None  # by the user: Ctrl-C, or --most

    def to_json(self) -> dict[str, Any]:
        """As plain data."""
        return asdict(self)

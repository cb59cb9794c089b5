"""What "no such question" looks like, learnt from the site: the answers to two numbers that cannot exist.

Two, because what differs between them (the number itself, an address, a token) tells nothing. Everything else must come
back exactly, line by line: a page that merely resembles an absence may be a fault of the day.

    status 404      the same status, and the same lines
    a shell         status 200, and the same lines
    a redirect      to the address that both were sent to
"""

import re
from collections.abc import Sequence
from typing import Any, Final, Self

from msgspec import Struct

from searchq.fetching.exchange import Exchange

__all__ = ["IMPOSSIBLE", "Absence", "learn"]

IMPOSSIBLE: Final = (999_983, 999_979)  # no legislature had more than some 11,000 questions

_VARYING: Final = re.compile(  # what a page shows of the day and the hour
    r"\b(?:(?:maan|dins|donder|vrij|zater|zon)dag|woensdag|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche"
    r"|januari|februari|maart|april|mei|juni|juli|augustus|september|oktober|november|december|janvier|février|mars"
    r"|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre)\b|[0-9]+",
    re.IGNORECASE,
)
_QUOTED: Final = 60  # characters of a page shown to say which one is meant


class Absence(Struct, frozen=True):
    """An answer that means "no such question"; a line is None where the two pages differ."""

    status: int
    target: str | None
    lines: tuple[str | None, ...]

    def matches(self, exchange: Exchange, text: str | None) -> bool:
        """Whether an answer, with its text, is this one; a page that cannot be read (None) is like no other."""
        if self.target is not None:
            return exchange.target == self.target
        lines = _lines(text)
        is_unreadable = text is None and exchange.status == 200
        if is_unreadable or exchange.status != self.status or len(lines) != len(self.lines):
            return False
        return all(ours is None or ours == _masked(theirs) for ours, theirs in zip(self.lines, lines, strict=True))

    def describe(self) -> str:
        """In words."""
        if self.target is not None:
            return f"a redirect to {self.target}"
        if self.status != 200:
            return f"status {self.status}"
        text = next((line for line in self.lines if line and line.strip()), "")
        return f"a page that begins “{text.strip()[:_QUOTED]}”" if text else "an empty page"

    def to_json(self) -> dict[str, Any]:
        """As plain data."""
        return {"status": self.status, "target": self.target, "lines": self.lines}

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Self:
        """The inverse of `to_json`."""
        return cls(data["status"], data["target"], tuple(data["lines"]))


def learn(first: Sequence[Exchange], second: Sequence[Exchange], texts: Sequence[str | None]) -> Absence | None:
    """The absence that two answers agree on; None when they do not.

    An answer is given with the redirects before it; `texts` are the texts of the two last.
    """
    targets = {exchange.target for exchange in second} - {None}
    if common := next((exchange for exchange in first if exchange.target in targets), None):
        return Absence(common.status, common.target, ())
    ours, theirs = map(_lines, texts)
    if first[-1].status != second[-1].status or len(ours) != len(theirs):
        return None
    pairs = [(_masked(a), _masked(b)) for a, b in zip(ours, theirs, strict=True)]
    lines = tuple(a if a == b else None for a, b in pairs)
    is_empty = texts[0] == texts[1] == ""
    is_telling = first[-1].status != 200 or is_empty or any(line and line.strip() for line in lines)
    return Absence(first[-1].status, None, lines) if is_telling else None


def _lines(text: str | None) -> list[str]:
    return (text or "").splitlines()


def _masked(line: str) -> str:
    return _VARYING.sub("0", line)

"""Why a number of the Senate is not here, as one or several ledgers and rejections tell.

    stored, but not here    not-indexed     the page was fetched since, or could not be taken in
    absent                  never-asked     a reasoned gap, and the only one of which this is said
    unknown                 not-fetched     never asked for, or the site gave no usable answer
    removed by number       removed         taken out of the index on purpose
    its page was rejected   rejected        with the parser's reason
    no ledger               unknown         not here, reason unknown

Of several ledgers the one that tells most counts, in the order of the table.
"""

from collections.abc import Iterable, Iterator, Mapping, Set
from typing import Final, Literal, NamedTuple

from searchq.coverage.summary import NOT_FETCHED, Missing, SenateCoverage

__all__ = ["KINDS", "Kind", "Told", "Why"]

Kind = Literal["never-asked", "not-fetched", "rejected", "removed", "not-indexed", "unknown"]
KINDS: Final[tuple[Kind, ...]] = ("never-asked", "not-fetched", "rejected", "removed", "not-indexed", "unknown")


class Why(NamedTuple):
    """Why a number is not here; `reason` in words where there is more to say, `looked` the day of the last look."""

    kind: Kind
    reason: str | None = None
    looked: str | None = None


_UNKNOWN: Final = Why("unknown")
_STORED: Final = Why("not-indexed")
_BEYOND: Final = Why("not-fetched", NOT_FETCHED)  # above the highest number that a ledger knows


class Told:
    """What is told of one legislature of the Senate."""

    def __init__(
        self,
        ledgers: Iterable[SenateCoverage] = (),
        rejected: Mapping[int, str] | None = None,
        removed: Set[int] = frozenset(),
    ) -> None:
        """`rejected` are the reasons for which pages of numbers were rejected; `removed` were taken out on purpose."""
        self.ledgers = tuple(ledgers)
        self._rejected, self._removed = rejected or {}, removed
        self._whys = [_whys(ledger) for ledger in self.ledgers]

    @property
    def last(self) -> int:
        """The highest number that is known to exist; 0 without a ledger."""
        return max((ledger.last for ledger in self.ledgers), default=0)

    @property
    def others(self) -> Iterable[int]:
        """The numbers that are told of without a ledger: a page was rejected, or the question removed."""
        return self._rejected.keys() | self._removed

    def stored(self) -> frozenset[int]:
        """The numbers that a ledger has stored."""
        pairs = zip(self.ledgers, self._whys, strict=True)
        return frozenset(number for one, whys in pairs for number in range(1, one.last + 1) if number not in whys)

    def why(self, number: int) -> Why:
        """Why a number that is not here is not."""
        pairs = zip(self.ledgers, self._whys, strict=True)
        found = [whys.get(number, _STORED) if number <= one.last else _BEYOND for one, whys in pairs]
        best = min(found, key=lambda one: _RANKS[one.kind], default=_UNKNOWN)
        if number in self._removed:
            return Why("removed", None, best.looked)
        if best.kind != "never-asked" and number in self._rejected:
            return Why("rejected", self._rejected[number], best.looked)
        return best


_RANKS: Final[Mapping[Kind, int]] = {"not-indexed": 0, "never-asked": 1, "not-fetched": 2, "unknown": 3}


def _whys(ledger: SenateCoverage) -> dict[int, Why]:
    """Why each number that a ledger does not have is missing."""
    return {number: why for kind, runs in _kinds(ledger) for run in runs for number, why in _each(run, kind)}


def _kinds(ledger: SenateCoverage) -> Iterator[tuple[Kind, tuple[Missing, ...]]]:
    yield "never-asked", ledger.gaps
    yield "not-fetched", ledger.unknown


def _each(run: Missing, kind: Kind) -> Iterator[tuple[int, Why]]:
    why = Why(kind, run.reason, run.looked)
    return ((number, why) for number in range(run.first, run.last + 1))

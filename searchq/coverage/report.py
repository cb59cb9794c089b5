"""What is here of what there is: by legislature of the Senate, by archive of the Chamber.

Numbers of the Senate run from 1 where a ledger says up to where; without one, from the first to the last that is met.
All numbers between are here or among `missing`. The Chamber's numbers have gaps that nobody knows: none are claimed.
"""

from collections import Counter, defaultdict
from collections.abc import Container, Iterable, Iterator, Mapping
from itertools import groupby
from posixpath import normpath
from typing import Any

from msgspec import Struct, field, to_builtins

from searchq.coverage.kept import Archive, Kept, Refused
from searchq.coverage.ledgers import Kind, Told, Why
from searchq.coverage.summary import CoverageSummary
from searchq.numbers import parse_number
from searchq.question import House

__all__ = ["ChamberArchive", "Coverage", "Legislature", "MissingRun", "coverage_of", "coverage_of_ledger"]


class MissingRun(Struct, frozen=True):
    """Numbers in a row that are missing for the same reason; `looked` is the last day the site was asked for them."""

    first: int
    last: int
    kind: Kind
    reason: str | None = None
    looked: str | None = None

    @property
    def count(self) -> int:
        return self.last - self.first + 1


class Legislature(Struct, frozen=True):
    """One legislature of the Senate."""

    legislature: int
    first: int
    last: int  # 0: none is known
    here: int  # numbers; of the oldest legislatures one may have several parts
    answered: int | None
    missing: tuple[MissingRun, ...]
    looked: str | None = None  # the last day the site was asked
    has_ledger: bool = False

    @property
    def answered_share(self) -> float | None:
        return self.answered / self.here if self.here and self.answered is not None else None

    @property
    def known(self) -> int | None:
        """How many questions are known to exist; None without a ledger."""
        if not self.has_ledger:
            return None
        return self.here + sum(run.count for run in self.missing if run.kind != "never-asked")

    @property
    def counts(self) -> Counter[Kind]:
        """How many numbers are missing, by kind."""
        counted: Counter[Kind] = Counter()
        for run in self.missing:
            counted[run.kind] += run.count
        return counted

    def to_json(self) -> dict[str, Any]:
        """As plain data."""
        return {
            **to_builtins(self),
            "answered_share": self.answered_share,
            "known": self.known,
            "counts": dict(self.counts),
        }


class ChamberArchive(Struct, frozen=True):
    """An archive of the Chamber: what it gave, and why some of its records gave nothing."""

    name: str
    legislatures: tuple[int, ...]
    routes: int
    cancelled: int
    rejected: Mapping[str, int]  # reason: how many, those cancelled among them
    day: str | None = None  # that it tells of
    looked: str | None = None  # the last day it was seen unchanged


class Coverage(Struct, frozen=True):
    """What an index holds of what there is, and why it lacks the rest."""

    senate: tuple[Legislature, ...] = ()  # newest first
    chamber: tuple[ChamberArchive, ...] = ()
    senate_questions: int = 0
    chamber_questions: int = 0
    rejected: Mapping[str, int] = field(
        default_factory=dict
    )  # documents that gave no question, what the Chamber cancelled apart: reason, how many
    removed: tuple[str, ...] = ()  # numbers of both houses taken out by `searchq remove`, that did not come back
    rejected_unnamed: int = 0  # and how many more of the last run, of which the reason was not kept
    updated: str | None = None  # the last day that a site was asked

    @property
    def senate_here(self) -> int:
        """How many numbers of the Senate are here; fewer than its questions where one has several parts."""
        return sum(one.here for one in self.senate)

    @property
    def senate_known(self) -> int | None:
        """How many questions of the Senate are known to exist; None where no ledger tells it of all that are here."""
        known = [one.known for one in self.senate]
        return sum(one for one in known if one is not None) if known and None not in known else None

    @property
    def counts(self) -> dict[str, Any]:
        """How much is here of how much, and of which day, as plain data."""
        return {
            "updated": self.updated,
            "senate_questions": self.senate_questions,
            "senate_here": self.senate_here,
            "senate_known": self.senate_known,
            "chamber_questions": self.chamber_questions,
        }

    def to_json(self) -> dict[str, Any]:
        """As plain data."""
        return {
            **self.counts,
            "senate": [one.to_json() for one in self.senate],
            "chamber": to_builtins(self.chamber),
            "rejected": dict(self.rejected),
            "removed": list(self.removed),
            "rejected_unnamed": self.rejected_unnamed,
        }


def coverage_of(
    numbers: Iterable[str],
    answered: Mapping[int, int] | None = None,
    kept: Kept | None = None,
) -> Coverage:
    """What an index covers: the numbers it holds, how many are answered by legislature, what it keeps."""
    kept = kept or Kept()
    removed = dict.fromkeys(kept.removed)
    senate: defaultdict[int, set[int]] = defaultdict(set)
    questions: Counter[House] = Counter()
    for number in numbers:
        removed.pop(number, None)
        legislature, _, serial = number.partition("-")
        questions["chamber" if "-" in serial else "senate"] += 1
        if "-" not in serial:
            senate[int(legislature)].add(int(serial.partition("/")[0]))
    told = _told(kept)
    legislatures = sorted({*senate, *told}, reverse=True)
    return Coverage(
        tuple(_legislature(one, senate[one], told.get(one) or Told(), answered) for one in legislatures),
        tuple(_archives(kept)),
        questions["senate"],
        questions["chamber"],
        dict(Counter(one.reason for one in kept.refused if not one.is_cancelled)),
        tuple(removed),
        kept.unkept,
        _updated(kept),
    )


def coverage_of_ledger(folder: str, ledger: CoverageSummary) -> Coverage:
    """What an archive covers, as its ledger tells it, whether it was indexed or not."""
    kept = Kept({folder: ledger})
    numbers = (f"{legislature}-{serial}" for legislature, told in _told(kept).items() for serial in told.stored())
    return coverage_of(numbers, {one.legislature: one.answered for one in ledger.senate}, kept)


def _told(kept: Kept) -> dict[int, Told]:
    """What ledgers and rejections tell of each legislature."""
    ledgers, rejected = defaultdict(list), defaultdict[int, dict[int, str]](dict)
    removed = defaultdict[int, set[int]](set)
    for ledger in kept.ledgers.values():
        for one in ledger.senate:
            ledgers[one.legislature].append(one)
    for refused in kept.refused:
        if refused.number and (number := parse_number(refused.number)) and number.house == "senate":
            rejected[number.legislature][number.serial] = refused.reason
    for number in filter(None, map(parse_number, kept.removed)):
        if number.house == "senate":
            removed[number.legislature].add(number.serial)
    return {one: Told(ledgers[one], rejected[one], removed[one]) for one in {*ledgers, *rejected, *removed}}


def _legislature(legislature: int, here: set[int], told: Told, answered: Mapping[int, int] | None) -> Legislature:
    first = 1 if told.ledgers else min([*here, *told.others])
    last = max([told.last, *here]) if told.ledgers else max([*here, *told.others])
    return Legislature(
        legislature,
        first,
        last,
        len(here),
        None if answered is None else answered.get(legislature, 0),
        tuple(_missing(range(first, last + 1), here, told)),
        max((one.looked for one in told.ledgers if one.looked), default=None),
        bool(told.ledgers),
    )


def _missing(span: range, here: set[int], told: Told) -> Iterator[MissingRun]:
    """The numbers of a span that are not here, those in a row with one reason together."""
    whys = ((number, None if number in here else told.why(number)) for number in span)
    for key, run in groupby(whys, lambda pair: _without_day(pair[1])):
        if key is not None:
            members = list(run)
            looked = max((why.looked for _, why in members if why and why.looked), default=None)
            yield MissingRun(members[0][0], members[-1][0], key.kind, key.reason, looked)


def _without_day(why: Why | None) -> Why | None:
    return why._replace(looked=None) if why else None


def _archives(kept: Kept) -> Iterator[ChamberArchive]:
    """The archives of the Chamber that were read, and those that a ledger has and nothing was read of."""
    zips = {normpath(f"{folder}/{one.name}"): one for folder, ledger in kept.ledgers.items() for one in ledger.chamber}
    known = {name: Archive(name, (one.legislature,), 0) for name, one in zips.items()}
    known |= {one.name: one for one in kept.archives}
    refused = _refused_by_archive(kept, known.keys())
    for name, archive in known.items():
        stored = zips.get(name)
        yield ChamberArchive(
            name,
            archive.legislatures,
            archive.routes,
            sum(one.is_cancelled for one in refused[name]),
            dict(Counter(one.reason for one in refused[name])),
            stored.fetched if stored else archive.day,
            stored.looked if stored else None,
        )


def _refused_by_archive(kept: Kept, names: Container[str]) -> defaultdict[str, list[Refused]]:
    found: defaultdict[str, list[Refused]] = defaultdict(list)
    for one in kept.refused:
        if place := next((place for place in one.places if place in names), None):
            found[place].append(one)
    return found


def _updated(kept: Kept) -> str | None:
    ledgers = kept.ledgers.values()
    days = [one.looked for ledger in ledgers for one in ledger.senate if one.looked]
    return max([*days, *(one.looked for ledger in ledgers for one in ledger.chamber)], default=None)

"""What an index keeps of the runs that made it, to tell what it lacks and why: one blob, through any engine."""

import json
import posixpath
import zlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final, NamedTuple, Self

from msgspec import Struct, field
from msgspec.structs import asdict, replace

from searchq.coverage.summary import CoverageSummary

__all__ = ["KEPT", "Archive", "Kept", "Refused", "place_of"]

KEPT: Final = "coverage"  # name of the blob
_CHAMBER_FILES: Final = (".json", ".jsonl", ".xml")


class Refused(NamedTuple):
    """A document, or a record within one, that gave no question."""

    name: str
    reason: str
    document: str  # that holds it: often itself
    number: str | None = None  # of the question that it is about, where that is told
    day: str | None = None  # that it tells of

    @property
    def is_cancelled(self) -> bool:
        """Whether the Chamber cancelled the question; the reader of its records says so in the reason."""
        return "cancelled" in self.reason

    @property
    def places(self) -> tuple[str, ...]:
        """Where it may be counted, see `place_of`: as the only one of its document, or one of several."""
        if not self.is_cancelled and not self.document.lower().endswith(_CHAMBER_FILES):
            return ()
        return self.document, place_of(self.document, 1)


def place_of(document: str, questions: int) -> str:
    """The archive of the Chamber that a document is or belongs to: a zip, a file of several records, a folder."""
    outer, colon, _ = document.partition(":")
    return outer if colon or questions > 1 else posixpath.dirname(document) or "."


class Archive(Struct, frozen=True):
    """A file or folder that gave questions of the Chamber; the day is the one it tells of, where that is known."""

    name: str
    legislatures: tuple[int, ...]
    routes: int
    day: str | None = None


class Kept(Struct, frozen=True):
    """Ledgers by the folder of their archive, documents that gave no question, archives of the Chamber, removals."""

    ledgers: Mapping[str, CoverageSummary] = field(default_factory=dict)
    refused: tuple[Refused, ...] = ()
    unkept: int = 0  # documents of the last run that gave no question, beyond those kept
    archives: tuple[Archive, ...] = ()
    removed: tuple[str, ...] = ()  # numbers taken out on purpose, and not indexed since

    def with_ledgers(self, newer: Mapping[str, CoverageSummary]) -> "Kept":
        """The same with newer ledgers, each in place of the one of its folder."""
        places = {Path(folder).absolute() for folder in newer}
        kept = {folder: one for folder, one in self.ledgers.items() if Path(folder).absolute() not in places}
        return replace(self, ledgers={**kept, **newer})

    def dump(self) -> bytes:
        """As bytes; the same for the same."""
        ledgers = {folder: one.to_json() for folder, one in self.ledgers.items()}
        archives = [asdict(one) for one in self.archives]
        data: dict[str, Any] = {
            "ledgers": ledgers,
            "refused": self.refused,
            "unkept": self.unkept,
            "archives": archives,
        }
        if self.removed:
            data["removed"] = self.removed
        return zlib.compress(json.dumps(data, sort_keys=True, ensure_ascii=False).encode(errors="surrogatepass"), 3)

    @classmethod
    def load(cls, blob: bytes) -> Self:
        """The inverse of `dump`; nothing is kept in no bytes."""
        if not blob:
            return cls()
        data: dict[str, Any] = json.loads(zlib.decompress(blob).decode(errors="surrogatepass"))
        return cls(
            {folder: CoverageSummary.from_json(one) for folder, one in data["ledgers"].items()},
            tuple(Refused(*one) for one in data["refused"]),
            data["unkept"],
            tuple(Archive(**{**one, "legislatures": tuple(one["legislatures"])}) for one in data["archives"]),
            tuple(data.get("removed", ())),
        )

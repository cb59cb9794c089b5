"""Which generation is the newest, in which index of questions it is, and what is kept with it.

A second small index, NAME.state, holds one document that says so: writing it is the commit. Its other documents are
the lock of the open update, and what runs keep, in pieces, each for the generation that kept it.
"""

import datetime as dt
import secrets
import time
from collections.abc import Iterable, Mapping
from typing import Any, Final, NamedTuple

import msgspec
from msgspec import Struct, field
from opensearchpy.exceptions import ConflictError

from searchq.analysis.terms import ANALYSIS_VERSION
from searchq.engines.opensearch.actions import Action, action
from searchq.engines.opensearch.connection import Connection
from searchq.engines.opensearch.fields import SCHEMA
from searchq.engines.opensearch.refusals import missing
from searchq.errors import IndexBroken, IndexFault, IndexLocked, IndexOutdated

__all__ = [
    "NEWEST",
    "Generation",
    "Kept",
    "Newest",
    "Placed",
    "Superseded",
    "blob_of",
    "blob_writes",
    "committed_by_another",
    "fence",
    "newest",
    "read_newest",
    "state_index",
    "unkept",
]

NEWEST: Final = "newest"
_FRESH: Final = 0.1  # seconds for which a generation that was the newest is taken for it
_PIECE: Final = 4_000_000  # characters of a piece of what a run keeps


class Kept(Struct, frozen=True):
    """Where the bytes that a run kept under a name are: of which generation, in how many pieces."""

    generation: int
    pieces: int


class Superseded(Struct, frozen=True):
    """A generation that is the newest no more, since some second of the clock."""

    number: int
    index: str
    since: float
    pieces: tuple[str, ...] = ()  # what only it and those before it kept


class Generation(Struct, frozen=True, kw_only=True):
    """What the document of the newest generation says."""

    number: int
    index: str
    built: dt.datetime
    questions: int
    averages: Mapping[str, float]
    averaged: int = 0  # questions that the averages were taken from
    first_day: int | None = None  # days are ordinals
    last_day: int | None = None
    known_day: int | None = None
    origin: str = ""
    seal: str = ""  # of this commit and no other
    kept: Mapping[str, Kept] = field(default_factory=dict)
    superseded: tuple[Superseded, ...] = ()
    schema: str = SCHEMA
    analysis: int = ANALYSIS_VERSION
    searchq: str = ""


class Placed(NamedTuple):
    """A generation, and the version of the document that says so: a commit replaces no other."""

    generation: Generation
    seq_no: int
    primary_term: int


def state_index(connection: Connection) -> str:
    """Return the name of the small index."""
    return f"{connection.address.name}.state"


def read_newest(connection: Connection, *, any_version: bool = False) -> Placed | None:
    """Return the newest generation; None if nothing was built yet. Raises IndexOutdated."""
    found = connection.document(state_index(connection), NEWEST)
    if found is None:
        return None
    source = found["_source"]
    if not {"number", "index"} <= source.keys():
        raise IndexFault(
            f"{state_index(connection)} is an index of another program at {connection.address}; choose another name."
        )
    if not any_version and (source.get("schema"), source.get("analysis")) != (SCHEMA, ANALYSIS_VERSION):
        raise IndexOutdated(
            f"The index at {connection.address} was made by another version of searchq"
            f" ({source.get('searchq', 'unknown')}); build it anew with searchq index --rebuild."
        )
    return Placed(_generation(source), found["_seq_no"], found["_primary_term"])


def fence(connection: Connection, placed: Placed) -> Placed:
    """Let no commit succeed any more that an update began before; return the generation as it is placed then.

    Raises IndexLocked if one did.
    """
    options = {"if_seq_no": placed.seq_no, "if_primary_term": placed.primary_term}
    asked = {"index": state_index(connection), "id": NEWEST, "body": {"doc": {"fence": secrets.token_hex(8)}}}
    try:
        found = connection.call(lambda client: client.update(**asked, params=options), "_seq_no")
    except ConflictError as error:
        raise committed_by_another(connection) from error
    return Placed(placed.generation, found["_seq_no"], found["_primary_term"])


def committed_by_another(connection: Connection) -> IndexLocked:
    """Return the error of an update that another overtook."""
    return IndexLocked(f"Another update of {connection.address} was committed; begin again.")


def _generation(source: Mapping[str, Any]) -> Generation:
    """Return what a document says; of one of another version what is needed to replace it."""
    try:
        return msgspec.convert(source, Generation, strict=False)
    except msgspec.ValidationError:
        number, index = int(source["number"]), str(source["index"])
        return Generation(number=number, index=index, built=dt.datetime.now(dt.UTC), questions=0, averages={})


def newest(connection: Connection) -> Generation:
    """Return the newest generation. Raises IndexMissing, IndexOutdated."""
    placed = read_newest(connection)
    if placed is None:
        raise missing(connection.address)
    return placed.generation


class Newest:
    """The newest generation, as it was read a moment ago: one page asks ten times, and a call takes milliseconds.

    What this process commits is seen at once, what another does a tenth of a second later at most.
    """

    published = 0  # commits of this process

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._seen: tuple[Generation, int, float] | None = None

    def read(self) -> Generation:
        """Return the newest generation. Raises IndexMissing, IndexOutdated."""
        seen = self._seen
        if seen is not None and seen[1] == Newest.published and time.monotonic() < seen[2]:
            return seen[0]
        return self.read_now()

    def read_now(self) -> Generation:
        """Return the newest generation at this moment."""
        published, until = Newest.published, time.monotonic() + _FRESH
        generation = newest(self._connection)
        self._seen = generation, published, until
        return generation


def blob_of(connection: Connection, generation: Generation, name: str) -> bytes | None:
    """Return the bytes that a run kept under a name; None if there are none. Raises IndexBroken."""
    kept = generation.kept.get(name)
    if kept is None:
        return None
    pieces = []
    for place in range(kept.pieces):
        found = connection.document(state_index(connection), _piece_name(name, kept.generation, place))
        if found is None:
            raise IndexBroken(f"What the last run kept as {name} is gone from {connection.address}; index anew.")
        pieces.append(found["_source"]["data"])
    return msgspec.convert("".join(pieces), bytes)


def blob_writes(name: str, generation: int, data: bytes) -> tuple[Kept, list[Action]]:
    """Return what writes some bytes, in pieces."""
    text = msgspec.to_builtins(data)
    pieces = [text[start : start + _PIECE] for start in range(0, len(text), _PIECE)]
    writes = [
        action({"index": {"_id": _piece_name(name, generation, place)}}, {"data": piece})
        for place, piece in enumerate(pieces)
    ]
    return Kept(generation, len(pieces)), writes


def unkept(before: Mapping[str, Kept], after: Mapping[str, Kept]) -> Iterable[str]:
    """Yield the documents of what is kept no more."""
    for name, kept in before.items():
        if after.get(name) != kept:
            yield from (_piece_name(name, kept.generation, place) for place in range(kept.pieces))


def _piece_name(name: str, generation: int, place: int) -> str:
    return f"kept:{name}:{generation}:{place}"

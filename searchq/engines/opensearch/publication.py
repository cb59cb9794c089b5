"""The end of an update: the coming generation is counted, then told in one document; what came before is removed."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

import msgspec
from opensearchpy.exceptions import ConflictError

from searchq.engines.opensearch.connection import Connection
from searchq.engines.opensearch.generations import (
    NEWEST,
    Generation,
    Kept,
    Newest,
    Placed,
    Superseded,
    blob_writes,
    committed_by_another,
    read_newest,
    state_index,
    unkept,
)
from searchq.engines.opensearch.index_changes import each_found, removing
from searchq.engines.opensearch.indices import remove
from searchq.engines.opensearch.view import View
from searchq.errors import IndexWriteError

__all__ = ["keep_states", "leaving", "measured", "publish", "without_remains"]

_GRACE: Final = 300.0  # seconds for which a reader may go on in a generation that is the newest no more


def keep_states(
    connection: Connection, before: View | None, generation: int, states: Mapping[str, bytes]
) -> dict[str, Kept]:
    """Write what a run keeps; return all that the coming generation keeps."""
    kept = dict(before.generation.kept) if before else {}
    for name, data in states.items():
        kept[name], writes = blob_writes(name, generation, data)
        for write in writes:
            connection.write(state_index(connection), [write])
    return kept


def measured(connection: Connection, bare: Generation, expected: int) -> Generation:
    """Return a generation as the cluster counts it. Raises IndexWriteError where it lacks any question."""
    days = {name: {"stats": {"field": name}} for name in ("date", "answer_date", "last_seen")}
    view = View(connection, bare, is_waited_for=False)
    found = view.search({"size": 0, "query": view.alive, "track_total_hits": True, "aggs": days})
    total, told = found["hits"]["total"]["value"], found["aggregations"]
    if total != expected:
        raise IndexWriteError(f"The cluster holds {total} questions of {expected}; the old index still answers.")
    latest = [int(one["max"]) for one in told.values() if one["count"]]
    first, last = (int(told["date"][end]) if told["date"]["count"] else None for end in ("min", "max"))
    return msgspec.structs.replace(
        bare, questions=total, first_day=first, last_day=last, known_day=max(latest, default=None)
    )


def publish(connection: Connection, coming: Generation, placed: Placed | None) -> None:
    """Tell the newest generation, in place of the one that its update began from: this is the commit."""
    index, body = state_index(connection), msgspec.to_builtins(coming)
    options: dict[str, Any] = {"op_type": "create"}
    if placed:
        options = {"if_seq_no": placed.seq_no, "if_primary_term": placed.primary_term}
    try:
        connection.call(lambda client: client.index(index=index, id=NEWEST, body=body, params=options), "_seq_no")
    except ConflictError as error:
        found = read_newest(connection, any_version=True)
        if found is None or found.generation != coming:  # else a try before was carried out, its answer lost
            raise committed_by_another(connection) from error
    Newest.published += 1


def leaving(placed: Placed | None, kept: Mapping[str, Kept], now: float) -> Iterator[Superseded]:
    """Yield the generation that the coming one follows."""
    if placed:
        old = placed.generation
        yield Superseded(old.number, old.index, now, tuple(unkept(old.kept, kept)))


def without_remains(connection: Connection, placed: Placed | None, now: float) -> tuple[Superseded, ...]:
    """Remove what no reader needs any more; return the generations that some may still read."""
    if placed is None:
        return ()
    newest = placed.generation
    past = [one for one in newest.superseded if one.since < now - _GRACE]
    gone = max((one.number for one in past if one.index == newest.index), default=None)
    if gone is not None:
        each_found(connection, newest.index, {"range": {"died": {"lte": gone + 1}}}, removing)
    remove(connection, {one.index for one in past} - {newest.index})
    pieces = [piece for one in past for piece in one.pieces]
    connection.write(state_index(connection), map(removing, pieces))
    return tuple(one for one in newest.superseded if one not in past)

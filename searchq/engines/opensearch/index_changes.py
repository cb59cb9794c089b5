"""What an update asks of the documents of an index: to be read whole, marked, and rid of what was not committed."""

from collections.abc import Callable, Iterator
from typing import Final

from searchq.engines.opensearch.actions import Action, Body, action
from searchq.engines.opensearch.connection import Connection
from searchq.engines.opensearch.indices import refresh

__all__ = ["dying", "each_found", "removing", "sources", "undo"]

_READ: Final = 500  # documents read at once


def undo(connection: Connection, index: str, generation: int) -> None:
    """Remove what an update wrote that was not committed."""
    refresh(connection, index)
    each_found(connection, index, {"range": {"died": {"gt": generation}}}, lambda name: dying(name, None))
    each_found(connection, index, {"range": {"born": {"gt": generation}}}, removing)


def each_found(connection: Connection, index: str, query: Body, change: Callable[[str], Action]) -> None:
    """Write for every document that a query finds, until it finds none."""
    body = {"size": _READ, "query": query, "_source": False}
    while hits := connection.search(index, body)["hits"]["hits"]:
        connection.write(index, [change(hit["_id"]) for hit in hits])
        refresh(connection, index)


def sources(connection: Connection, index: str, query: Body) -> Iterator[Body]:
    """Yield all documents that a query finds, with their records."""
    body: Body = {"size": _READ, "query": query, "sort": ["number"], "_source": ["record", "pages"]}
    while hits := connection.search(index, body)["hits"]["hits"]:
        yield from hits
        body |= {"search_after": hits[-1]["sort"]}


def removing(name: str) -> Action:
    return action({"delete": {"_id": name}}, may_be_gone=True)


def dying(name: str, generation: int | None) -> Action:
    return action({"update": {"_id": name, "retry_on_conflict": 3}}, {"doc": {"died": generation}})

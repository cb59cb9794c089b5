"""The indexes of an address: made, refreshed and removed, and the alias that people and snapshots go by."""

import re
from collections.abc import Collection, Iterable
from typing import Final

from opensearchpy.exceptions import RequestError

from searchq.engines.opensearch.actions import Body
from searchq.engines.opensearch.connection import Connection
from searchq.errors import IndexFault

__all__ = ["check_name", "create", "exists", "is_as_created", "move_alias", "refresh", "remove", "remove_all_but"]

_IF_THERE: Final = {"ignore_unavailable": "true"}


def check_name(connection: Connection) -> None:
    """Raise IndexFault where the name of an address, which is to be an alias, is that of an index."""
    name = connection.address.name
    if name in _there(connection, name):
        raise IndexFault(f"{name} is an index of another program at {connection.address}; choose another name.")


def exists(connection: Connection, index: str) -> bool:
    """Return whether an index is there."""
    return bool(connection.call(lambda client: client.indices.exists(index=index)))


def create(connection: Connection, index: str, body: Body) -> None:
    """Create an index unless it is there."""
    params = {"wait_for_active_shards": 1}
    if exists(connection, index):
        return
    try:
        connection.call(lambda client: client.indices.create(index=index, body=body, params=params), "acknowledged")
    except IndexFault as fault:
        cause = fault.__cause__  # another process was quicker, or the answer of a first try was lost
        if not (isinstance(cause, RequestError) and cause.error == "resource_already_exists_exception"):
            raise


def is_as_created(connection: Connection, index: str) -> bool:
    """Return whether an index has a mapping of ours: the cluster creates one that someone removed anew, without it."""
    found = connection.call(lambda client: client.indices.get_mapping(index=index), index)
    return str(found[index]["mappings"].get("dynamic")) in ("false", "False")


def refresh(connection: Connection, index: str) -> None:
    """Let searches see what was written."""
    connection.call(lambda client: client.indices.refresh(index=index), "_shards")


def remove(connection: Connection, indexes: Iterable[str]) -> None:
    """Remove indexes, those that are still there."""
    for index in indexes:
        asked = {"index": index, "params": _IF_THERE}
        connection.call(lambda client, asked=asked: client.indices.delete(**asked), "acknowledged")  # type: ignore[misc]


def remove_all_but(connection: Connection, kept: Collection[str]) -> None:
    """Remove what killed rebuilds left: the indexes of questions of an address that no generation names."""
    name = connection.address.name
    own = re.compile(rf"{re.escape(name)}-\d{{6,}}-[0-9a-f]{{6}}")
    found = _there(connection, f"{name}-*")
    remove(connection, sorted(index for index in found if own.fullmatch(index) and index not in kept))


def move_alias(connection: Connection, index: str) -> None:
    """Let the name of the address stand for an index of questions, and for no other."""
    name = connection.address.name
    moves = [
        {"remove": {"index": f"{name}-*", "alias": name, "must_exist": False}},
        {"add": {"index": index, "alias": name}},
    ]
    connection.call(lambda client: client.indices.update_aliases(body={"actions": moves}), "acknowledged")


def _there(connection: Connection, pattern: str) -> Collection[str]:
    """Return the names of the indexes that fit a pattern."""
    found: Body = connection.call(lambda client: client.indices.get_alias(index=pattern, params=_IF_THERE))
    return found.keys()

"""Calls to a cluster: safe retries, and what it refuses as errors whose sentences name the remedy.

An answer is whole or an error: a part of an index that fails makes the search fail. A search may be asked twice, since
a node that dies within it fails it though the others hold all it needs; so may a write, since ids are ours.
"""

import logging
import re
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import cached_property
from typing import Any, Final, TypeVar

import msgspec
from opensearchpy.exceptions import (
    ConflictError,
    ConnectionTimeout,
    NotFoundError,
    SerializationError,
    SSLError,
    TransportError,
)
from opensearchpy.exceptions import ConnectionError as NoConnection
from urllib3.exceptions import ConnectTimeoutError

from searchq.engines.opensearch.actions import Action, Body, action, in_bulks
from searchq.engines.opensearch.address import Address, Settings
from searchq.engines.opensearch.client import SECONDS, make_client
from searchq.engines.opensearch.refusals import Late, blocked, fault_of, not_whole
from searchq.errors import IndexBroken, IndexFault, IndexMissing, IndexWriteError, OutOfTime

__all__ = ["Connection"]

T = TypeVar("T")

_OLDEST: Final = (2, 10)  # has the filter that reads impacts
_GREETED: Final = 10.0  # seconds that the first call may take, which says what the cluster is
_AGAIN: Final = frozenset({429, 500, 502, 503, 504})
_TRIES: Final = 4
_PAUSE: Final = 0.2  # seconds before the second try; twice as long before each other

logging.getLogger("opensearch").setLevel(logging.CRITICAL)  # what it has to say is raised


class Connection:
    """A connection to a cluster; may be used by any number of threads."""

    def __init__(self, address: Address, settings: Settings) -> None:
        self.address = address
        self.settings = settings

    @cached_property
    def client(self) -> Any:
        """The client, once the cluster was found new enough."""
        client = make_client(self.address, self.settings)
        version = self._told(lambda: client.info(params={"request_timeout": _GREETED}), "version")["version"]
        told = version if isinstance(version, dict) else {}
        number, kind = str(told.get("number", "of no number")), told.get("distribution", "another server")
        found = re.match(r"(\d+)\.(\d+)", number)
        if kind != "opensearch" or not found or tuple(map(int, found.groups())) < _OLDEST:
            raise IndexFault(
                f"The cluster of {self.address} runs {kind} {number};"
                f" OpenSearch {'.'.join(map(str, _OLDEST))} or later is needed."
            )
        return client

    def search(self, index: str, body: Body, *, seconds: float | None = None, told: str | None = None) -> Body:
        """Search; the answer is whole, with the parts that are `told`. Raises OutOfTime after so many seconds."""
        options = {"allow_partial_search_results": "false", **_timed_call(seconds)}
        options |= {"filter_path": told} if told else {}
        where = {} if "pit" in body else {"index": index}
        timed = _timed(body, seconds)
        with _out_of_time(seconds):
            return _whole(self.call(lambda client: client.search(body=timed, params=options, **where), "_shards"))

    def searches(
        self, index: str, bodies: Sequence[Body], *, seconds: float | None = None, told: str | None = None
    ) -> list[Body]:
        """Search several times in one call; each answer is whole, with the parts that are `told`."""
        if not bodies:
            return []
        header = {"allow_partial_search_results": False}
        lines = b"".join(action(header, _timed(body, seconds)).data for body in bodies)
        options: Body = _timed_call(seconds)
        if told:
            parts = [*told.split(","), "status", "error"]
            options |= {"filter_path": ",".join(f"responses.{part}" for part in parts)}
        with _out_of_time(seconds):
            answer = self.call(
                lambda client: _each_told(client.msearch(body=lines, index=index, params=options)), "responses"
            )
            return [_whole(one) for one in answer["responses"]]

    def document(self, index: str, name: str) -> Body | None:
        """Return a document by its name, the latest; None where there is none."""
        try:
            return self.call(lambda client: client.get(index=index, id=name), "_source")  # type: ignore[no-any-return]
        except IndexMissing:
            return None

    def write(self, index: str, actions: Iterable[Action]) -> None:
        """Write to an index in bulk, each action as often as needed; our own ids make a second try safe."""
        for some in in_bulks(actions):
            self._write(index, some)

    def _write(self, index: str, left: Sequence[Action]) -> None:
        for tried in range(_TRIES + 1):
            body = b"".join(one.data for one in left)
            answer = self.call(lambda client, body=body: client.bulk(body=body, index=index), "items")  # type: ignore[misc]
            told = [next(iter(item.values())) for item in answer["items"]]
            left = [one for one, told_of in zip(left, told, strict=True) if self._is_refused(one, told_of)]
            if not left:
                return
            if tried < _TRIES:
                time.sleep(_PAUSE * 2**tried)
        raise IndexWriteError(f"The cluster of {self.address} took {len(left)} documents too slowly; try again later.")

    def _is_refused(self, action: Action, told: Body) -> bool:
        """Return whether an action must be sent again. Raises IndexFault for one that no second try helps."""
        if told["status"] < 300 or (told["status"] == 404 and action.may_be_gone):
            return False
        error = told.get("error", {})
        reason = error.get("reason", "no reason was given")
        known = blocked(error.get("type", ""), reason, self.address)
        if known is not None:
            raise known
        if told["status"] in _AGAIN:
            return True
        raise IndexWriteError(f"The cluster refused to store {told.get('_id')}: {reason}")

    def close(self) -> None:
        """Release what is held open; the next call connects anew."""
        client = self.__dict__.pop("client", None)
        if client is not None:
            client.close()

    def call(self, function: Callable[[Any], T], part: str | None = None) -> T:
        """Call the client, again where that is safe and may help; a whole answer has the part."""
        return self._told(lambda: function(self.client), part)

    def _told(self, function: Callable[[], T], part: str | None) -> T:
        for tried in range(_TRIES):
            is_last = tried == _TRIES - 1
            try:
                return _with_part(function(), part)
            except ConflictError:
                raise
            except TransportError as error:
                if is_last or not _may_help(error):
                    raise fault_of(error, self.address) from error
            except (SerializationError, msgspec.DecodeError) as error:
                if is_last:
                    raise not_whole(str(error), self.address) from error
            time.sleep(_PAUSE * 2**tried)
        raise AssertionError("the last try returns or raises")


def _with_part(answer: T, part: str | None) -> T:
    """Return an answer that has a part. Raises SerializationError for another: no cluster gave it."""
    if part is None or (isinstance(answer, dict) and part in answer):
        return answer
    raise SerializationError(f"{part} is not in its answer")


def _timed(body: Body, seconds: float | None) -> Body:
    """Return a search that the cluster gives up after so many seconds."""
    return {**body, "timeout": f"{max(1, round((seconds or SECONDS) * 1000))}ms"}


def _timed_call(seconds: float | None) -> Body:
    """Return the option of a call that waits a little longer than the cluster searches."""
    return {"request_timeout": (seconds or SECONDS) + 1}


@contextmanager
def _out_of_time(seconds: float | None) -> Iterator[None]:
    """Say of a search with a deadline, for which someone waits, that it took too long."""
    try:
        yield
    except Late as error:
        if seconds is None:
            raise
        raise OutOfTime from error


def _may_help(error: TransportError) -> bool:
    """Return whether a second try may help: a node was lost or is busy; what a cluster refuses stays refused."""
    if isinstance(error, SSLError | ConnectionTimeout) or type(error.info) is ConnectTimeoutError:
        return False
    return isinstance(error, NoConnection) or error.status_code in _AGAIN


def _each_told(answer: Body) -> Body:
    """Raise what one of several searches failed with, as if it had been asked alone."""
    for one in _with_part(answer, "responses")["responses"]:
        if "error" in one:
            kind = NotFoundError if one["status"] == 404 else TransportError
            raise kind(one["status"], one["error"].get("type", "error"), one)
    return answer


def _whole(answer: Body) -> Body:
    """Return an answer that is whole. Raises Late, or IndexBroken for one that is not."""
    shards = answer.get("_shards", {"failed": 1, "total": 1})
    if answer.get("timed_out"):
        raise Late("The cluster did not find everything in time; try again.")
    if shards["failed"]:
        raise IndexBroken(f"{shards['failed']} of {shards['total']} parts of the index did not answer; try again.")
    return answer

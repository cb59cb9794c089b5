"""Calls to a cluster: safe retries, and what it refuses as errors whose sentences name the remedy.

An answer is whole or an error: a part of an index that fails makes the search fail. A search may be asked twice, since
a node that dies within it fails it though the others hold all it needs; so may a write, since ids are ours.
"""

import json
import logging
import ssl
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any, Final, NamedTuple, TypeVar

import msgspec
from opensearchpy import OpenSearch
from opensearchpy.exceptions import ConflictError, ConnectionTimeout, NotFoundError, SSLError, TransportError
from opensearchpy.exceptions import ConnectionError as NoConnection
from opensearchpy.serializer import JSONSerializer

from searchq.engines.opensearch.address import Address, Settings
from searchq.errors import IndexBroken, IndexFault, IndexMissing, IndexWriteError, OutOfTime

__all__ = ["Action", "Connection", "action", "as_json"]

T = TypeVar("T")
Body = dict[str, Any]

_OLDEST: Final = (2, 10)  # has the filter that reads impacts
_SECONDS: Final = 60.0  # that one call may take
_AGAIN: Final = frozenset({429, 500, 502, 503, 504})
_TRIES: Final = 4
_PAUSE: Final = 0.2  # seconds before the second try; twice as long before each other
_BULK: Final = 16_000_000  # bytes sent at once

logging.getLogger("opensearch").setLevel(logging.CRITICAL)  # what it has to say is raised


class Action(NamedTuple):
    """One line of a bulk, with its document if it has one."""

    data: bytes
    may_be_gone: bool = False  # what it names; then nothing is to be done


def action(*lines: Body, may_be_gone: bool = False) -> Action:
    """Return an action of the cluster's, with its document if it has one."""
    return Action(b"".join(as_json(line) + b"\n" for line in lines), may_be_gone)


class _Serializer(JSONSerializer):
    """JSON in UTF-8 whatever a visitor typed: half characters become question marks."""

    def dumps(self, data: Any) -> Any:
        return data if isinstance(data, str | bytes) else as_json(data)

    def loads(self, s: Any) -> Any:
        return msgspec.json.decode(s)


def as_json(data: Any) -> bytes:
    """Return data as JSON in UTF-8; half characters become question marks."""
    try:
        return msgspec.json.encode(data)
    except UnicodeError:
        return json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")


class Connection:
    """A connection to a cluster; may be used by any number of threads."""

    def __init__(self, address: Address, settings: Settings) -> None:
        self.address = address
        self.settings = settings

    @cached_property
    def client(self) -> Any:
        """The client, once the cluster was found new enough."""
        client = _client(self.address, self.settings)
        version = self._told(lambda: client.info())["version"]
        numbers = tuple(int(part) for part in version["number"].split(".")[:2])
        if version.get("distribution") != "opensearch" or numbers < _OLDEST:
            kind = version.get("distribution", "another server")
            raise IndexFault(
                f"The cluster of {self.address} runs {kind} {version['number']};"
                f" OpenSearch {'.'.join(map(str, _OLDEST))} or later is needed."
            )
        return client

    def search(self, index: str, body: Body, *, seconds: float = _SECONDS, told: str | None = None) -> Body:
        """Search; the answer is whole, with the parts that are `told`. Raises OutOfTime after so many seconds."""
        options = {"allow_partial_search_results": "false", "request_timeout": seconds + 1}
        options |= {"filter_path": told} if told else {}
        where = {} if "pit" in body else {"index": index}
        timed = _timed(body, seconds)
        found: Body = self.call(lambda client: client.search(body=timed, params=options, **where))
        return _whole(found)

    def searches(
        self, index: str, bodies: Sequence[Body], *, seconds: float = _SECONDS, told: str | None = None
    ) -> list[Body]:
        """Search several times in one call; each answer is whole, with the parts that are `told`."""
        if not bodies:
            return []
        header = {"allow_partial_search_results": False}
        lines = b"".join(action(header, _timed(body, seconds)).data for body in bodies)
        options: Body = {"request_timeout": seconds + 1}
        if told:
            parts = [*told.split(","), "status", "error"]
            options |= {"filter_path": ",".join(f"responses.{part}" for part in parts)}
        answer = self.call(lambda client: _each_told(client.msearch(body=lines, index=index, params=options)))
        return [_whole(one) for one in answer["responses"]]

    def document(self, index: str, name: str) -> Body | None:
        """Return a document by its name, the latest; None where there is none."""
        try:
            return self.call(lambda client: client.get(index=index, id=name))  # type: ignore[no-any-return]
        except IndexMissing:
            return None

    def write(self, index: str, actions: Iterable[Action]) -> None:
        """Write to an index in bulk, each action as often as needed; our own ids make a second try safe."""
        for some in _in_bulks(actions):
            self._write(index, some)

    def _write(self, index: str, left: Sequence[Action]) -> None:
        for tried in range(_TRIES + 1):
            body = b"".join(one.data for one in left)
            answer = self.call(lambda client, body=body: client.bulk(body=body, index=index))  # type: ignore[misc]
            told = [next(iter(item.values())) for item in answer["items"]]
            left = [one for one, told_of in zip(left, told, strict=True) if _is_refused(one, told_of)]
            if not left:
                return
            if tried < _TRIES:
                time.sleep(_PAUSE * 2**tried)
        raise IndexWriteError(f"The cluster of {self.address} took {len(left)} documents too slowly; try again later.")

    def close(self) -> None:
        """Release what is held open; the next call connects anew."""
        client = self.__dict__.pop("client", None)
        if client is not None:
            client.close()

    def call(self, function: Callable[[Any], T]) -> T:
        """Call the client, again where that is safe and may help."""
        return self._told(lambda: function(self.client))

    def _told(self, function: Callable[[], T]) -> T:
        for tried in range(_TRIES):
            try:
                return function()
            except TransportError as error:
                if tried == _TRIES - 1 or not _may_help(error):
                    raise self._fault(error) from error
                time.sleep(_PAUSE * 2**tried)
        raise AssertionError("the last try returns or raises")

    def _fault(self, error: TransportError) -> Exception:
        """Return the error to raise: what happened, and the remedy."""
        if isinstance(error, SSLError) or isinstance(error.info, ssl.SSLError):
            told = next(sentence for sign, sentence in _TLS if sign in str(error))
            return IndexFault(told.format(address=self.address))
        if isinstance(error, ConnectionTimeout):
            return OutOfTime(f"The cluster of {self.address} did not answer in time; try again.")
        if isinstance(error, NoConnection):
            return IndexFault(f"No node of {self.address} answers; is the cluster running, and does it encrypt?")
        kind = _REFUSALS.get(error.status_code)
        reason = _reason(error)
        if isinstance(error, ConflictError):
            return error
        if kind is None:
            return IndexFault(f"The cluster of {self.address} failed ({error.status_code}): {reason}")
        fault, sentence = kind
        return fault(sentence.format(address=self.address, reason=reason))


_TLS: Final = (  # what stands in an error, and what it means
    ("match", "The certificate of {address} is for another host; write the name that stands in it."),
    (
        "CERTIFICATE_VERIFY_FAILED",
        "The certificate of {address} is not trusted; name the file of its authority in SEARCHQ_OPENSEARCH_CA.",
    ),
    ("", "No node of {address} encrypts; write opensearch+http where the cluster does not."),
)
_REFUSALS: Final[Mapping[int | str, tuple[type[IndexFault], str]]] = {
    401: (
        IndexFault,
        "The cluster of {address} refuses the user or the password;"
        " check SEARCHQ_OPENSEARCH_USER and SEARCHQ_OPENSEARCH_PASSWORD.",
    ),
    403: (IndexFault, "The user of SEARCHQ_OPENSEARCH_USER may not do this on {address}: {reason}"),
    404: (IndexMissing, "There is no index at {address} yet; run searchq index first."),
    413: (IndexWriteError, "A question is too long for the cluster of {address}; raise http.max_content_length there."),
    429: (IndexFault, "The cluster of {address} has too much to do; try again later."),
    503: (IndexBroken, "A part of the index at {address} is not available; see the health of the cluster: {reason}"),
}


def _client(address: Address, settings: Settings) -> OpenSearch:
    hosts = [{"host": host, "port": port} for host, port in address.hosts]
    secret = (settings.user, settings.password or "") if settings.user else None
    return OpenSearch(
        hosts=hosts,
        http_auth=secret,
        use_ssl=address.secure,
        verify_certs=address.secure,
        ca_certs=_readable(settings.certificates) if address.secure else None,
        serializer=_Serializer(),
        pool_maxsize=32,
        timeout=_SECONDS,
        max_retries=3,
        retry_on_timeout=True,
        http_compress=False,
    )


def _timed(body: Body, seconds: float) -> Body:
    """Return a search that the cluster gives up after so many seconds."""
    return {**body, "timeout": f"{max(1, round(seconds * 1000))}ms"}


def _readable(certificates: str | None) -> str | None:
    """Return the file of certificates. Raises IndexFault for one that holds none."""
    try:
        ssl.create_default_context(cafile=certificates)
    except OSError as error:
        raise IndexFault(f"SEARCHQ_OPENSEARCH_CA cannot be read: {error.strerror}.") from error
    return certificates


def _may_help(error: TransportError) -> bool:
    """Return whether a second try may help: a node was lost or is busy; what a cluster refuses stays refused."""
    if isinstance(error, SSLError | ConnectionTimeout):
        return False
    return isinstance(error, NoConnection) or error.status_code in _AGAIN


def _each_told(answer: Body) -> Body:
    """Raise what one of several searches failed with, as if it had been asked alone."""
    for one in answer["responses"]:
        if "error" in one:
            kind = NotFoundError if one["status"] == 404 else TransportError
            raise kind(one["status"], one["error"].get("type", "error"), one)
    return answer


def _in_bulks(actions: Iterable[Action]) -> Iterator[list[Action]]:
    """Yield actions in rows, each of as many bytes as are sent at once."""
    row, size = list[Action](), 0
    for one in actions:
        if row and size + len(one.data) > _BULK:
            yield row
            row, size = [], 0
        row.append(one)
        size += len(one.data)
    if row:
        yield row


def _is_refused(action: Action, told: Body) -> bool:
    """Return whether an action must be sent again. Raises IndexWriteError for one that no second try helps."""
    if told["status"] < 300 or (told["status"] == 404 and action.may_be_gone):
        return False
    if told["status"] in _AGAIN:
        return True
    reason = told.get("error", {}).get("reason", "no reason was given")
    raise IndexWriteError(f"The cluster refused to store {told.get('_id')}: {reason}")


def _whole(answer: Body) -> Body:
    """Return an answer that is whole. Raises OutOfTime, or IndexBroken for one that is not."""
    if answer.get("timed_out"):
        raise OutOfTime
    shards = answer["_shards"]
    if shards["failed"]:
        raise IndexBroken(f"{shards['failed']} of {shards['total']} parts of the index did not answer; try again.")
    return answer


def _reason(error: TransportError) -> str:
    info = error.info if isinstance(error.info, dict) else {}
    told = info.get("error", {})
    causes = told.get("root_cause", []) if isinstance(told, dict) else []
    reason = next((cause.get("reason") for cause in causes), None) or (told.get("reason") if causes else None)
    return str(reason or told or error.error)[:300]

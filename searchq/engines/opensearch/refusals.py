"""What a cluster refuses, or a server before it, as errors whose sentences name the place and the remedy."""

import re
import ssl
from collections.abc import Mapping
from typing import Any, Final, NamedTuple

from opensearchpy.exceptions import ConnectionError as NoConnection
from opensearchpy.exceptions import ConnectionTimeout, SSLError, TransportError

from searchq.engines.opensearch.address import Address
from searchq.errors import IndexBroken, IndexFault, IndexMissing, IndexUnreadable, IndexWriteError

__all__ = ["SENTENCES", "Gone", "Late", "blocked", "fault_of", "missing", "not_ours", "not_whole", "reason_of"]

_SHOWN: Final = 300  # characters of a reason


class Gone(IndexBroken):
    """The index of the questions of a generation is not there: removed after a rebuild, or by someone."""


class Late(IndexFault):
    """The cluster did not answer in time."""


class _Refusal(NamedTuple):
    """A kind of refusal: what stands in it, and what it means."""

    kind: str
    sign: str
    fault: type[IndexFault]
    sentence: str


_FULL: Final = "The disks of {address} are too full to write to; make room there, then run again: {reason}"
_CLOSED: Final = "The index at {address} is closed to this; lift the block there, then run again: {reason}"
_BY_KIND: Final = (  # the first whose kind is the cluster's, and whose sign stands in the reason
    _Refusal("cluster_block_exception", "read-only-allow-delete", IndexWriteError, _FULL),
    _Refusal("cluster_block_exception", "create-index blocked", IndexWriteError, _FULL),
    _Refusal("cluster_block_exception", "index read (api)", IndexUnreadable, _CLOSED),
    _Refusal("cluster_block_exception", "FORBIDDEN", IndexWriteError, _CLOSED),
    _Refusal("index_closed_exception", "", IndexBroken, "The index at {address} is closed; open it there: {reason}"),
    _Refusal(
        "search_context_missing_exception",
        "",
        IndexFault,
        "The cluster of {address} has forgotten how far this was read, after a rest of minutes; begin again.",
    ),
)
_TLS: Final = (  # what stands in an error, and what it means
    ("mismatch", "The certificate of {address} is for another host; write the name that stands in it."),
    ("not valid for", "The certificate of {address} is for another host; write the name that stands in it."),
    ("has expired", "The certificate of {address} has expired; renew it there, and look at the clock here."),
    ("not yet valid", "The certificate of {address} is not valid yet; look at the clock here, and at its first day."),
    (
        "CERTIFICATE_VERIFY_FAILED",
        "The certificate of {address} is not trusted; name the file of its authority in SEARCHQ_OPENSEARCH_CA.",
    ),
    ("", "No node of {address} encrypts; write opensearch+http where the cluster does not."),
)
_MOVED: Final = (IndexFault, "A server at {address} sends on to another address ({status}); write that one.")
_NO_NODE: Final = (
    IndexFault,
    "A server before the cluster of {address} reaches none of its nodes ({status}): {reason}",
)
_BY_STATUS: Final[Mapping[int | str, tuple[type[IndexFault], str]]] = {
    **dict.fromkeys((301, 302, 303, 307, 308), _MOVED),
    401: (
        IndexFault,
        "The cluster of {address} refuses the user or the password;"
        " check SEARCHQ_OPENSEARCH_USER and SEARCHQ_OPENSEARCH_PASSWORD.",
    ),
    403: (IndexFault, "The user of SEARCHQ_OPENSEARCH_USER may not do this on {address}: {reason}"),
    413: (IndexWriteError, "A question is too long for the cluster of {address}; raise http.max_content_length there."),
    429: (IndexFault, "The cluster of {address} has too much to do; try again later."),
    **dict.fromkeys((502, 504), _NO_NODE),
    503: (IndexBroken, "A part of the index at {address} is not available; see the health of the cluster: {reason}"),
}
_NOT_THERE: Final = "The index {index} with the questions of {address} is gone; restore a snapshot of it, or run"
_NOT_OURS: Final = (
    "The document {document} in the index {index} of the cluster is not as searchq wrote it;"
    " remove it there, or run searchq index --rebuild."
)
_NO_ANSWER_OF_ITS_OWN: Final = "What answers at {address} is no OpenSearch, or broke off; check the address: {reason}"
SENTENCES: Final = (
    *(one.sentence for one in _BY_KIND),
    *(sentence for _, sentence in _TLS),
    *(sentence for _, sentence in _BY_STATUS.values()),
    f"{_NOT_THERE} searchq index --rebuild.",
    _NOT_OURS,
    _NO_ANSWER_OF_ITS_OWN,
)


def fault_of(error: TransportError, address: Address) -> IndexFault:
    """Return the error to raise: what happened, and the remedy."""
    if isinstance(error, SSLError) or isinstance(error.info, ssl.SSLError):
        return IndexFault(next(told for sign, told in _TLS if sign in str(error)).format(address=address))
    if isinstance(error, ConnectionTimeout):
        return Late(f"The cluster of {address} did not answer in time; try again.")
    if isinstance(error, NoConnection):
        return IndexFault(f"No node of {address} answers; is the cluster running, and does it encrypt?")
    if error.status_code == 404:
        return _not_found(error, address)
    told, reason = _told(error), reason_of(error)
    known = blocked(str(told.get("type", "")), reason, address)
    if known is not None:
        return known
    fault, sentence = _BY_STATUS.get(
        error.status_code, (IndexFault, "The cluster of {address} failed ({status}): {reason}")
    )
    return fault(sentence.format(address=address, reason=reason, status=error.status_code))


def blocked(kind: str, reason: str, address: Address) -> IndexFault | None:
    """Return the error of a kind that no second try helps; None for another kind."""
    for one in _BY_KIND:
        if one.kind == kind and one.sign in reason:
            return one.fault(one.sentence.format(address=address, reason=reason))
    return None


def missing(address: Address) -> IndexMissing:
    """Return the error of a name under which nothing was built yet."""
    return IndexMissing(f"There is no index at {address} yet; run searchq index first.")


def not_ours(document: str, index: str) -> IndexBroken:
    """Return the error of a document that no run wrote, or that someone changed."""
    return IndexBroken(_NOT_OURS.format(document=document, index=index))


def not_whole(reason: str, address: Address) -> IndexFault:
    """Return the error of an answer that is none of OpenSearch's."""
    return IndexFault(_NO_ANSWER_OF_ITS_OWN.format(address=address, reason=_plain(reason)))


def reason_of(error: TransportError) -> str:
    """Return why a cluster refused, in its words; of a page of a server before it the text."""
    told = _told(error)
    causes = told.get("root_cause") or []
    reason = next((cause.get("reason") for cause in causes), None) or told.get("reason")
    info = error.info if isinstance(error.info, dict) else {}
    return _plain(str(reason or info.get("error") or error.error))


def _told(error: TransportError) -> Mapping[str, Any]:
    """Return what a cluster tells of an error: its first cause, if it names any."""
    told = error.info.get("error") if isinstance(error.info, dict) else None
    if not isinstance(told, dict):
        return {}
    cause: Mapping[str, Any] = next(iter(told.get("root_cause") or []), {})
    return {**told, **cause, "root_cause": told.get("root_cause")}


def _not_found(error: TransportError, address: Address) -> IndexFault:
    """Return what it means that something is not there: nothing was built, it was removed, or there is no cluster."""
    info, told = error.info, _told(error)
    if not isinstance(info, dict) or not (told or "found" in info or "result" in info):
        return not_whole(f"404, {reason_of(error)}", address)
    known = blocked(str(told.get("type", "")), reason_of(error), address)
    if known is not None:
        return known
    index = str(told.get("index", ""))
    if told and index and index != f"{address.name}.state":
        return Gone(f"{_NOT_THERE.format(index=index, address=address)} searchq index --rebuild.")
    return missing(address)


def _plain(text: str) -> str:
    """Return a text without markup, in one line."""
    bare = re.sub(r"<(style|script|title)\b.*?</\1>|<[^>]*>", " ", text, flags=re.DOTALL | re.IGNORECASE)
    return " ".join(bare.split())[:_SHOWN] or "it said nothing"

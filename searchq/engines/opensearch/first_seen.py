"""What an update knows of when questions were first seen: from the index before it, and those gone from that.

Questions carry it in their documents; those that are gone are kept in a blob, through rebuilds too.
"""

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import Any, Final

import msgspec
import zstandard

from searchq.engines.first_seen import first_seen_after
from searchq.engines.opensearch.records import first_seen_of, name_of
from searchq.engines.opensearch.view import View
from searchq.first_seen import FirstSeen
from searchq.index.schema import FIRST_SEEN
from searchq.question import Question

__all__ = ["GONE", "Old", "Past"]

GONE: Final = "first-seen"
_NUMBERED: Final = {"exists": {"field": "number"}}  # a document of another program hinders no rebuild
_AT_ONCE: Final = 1_000  # numbers looked up, or read, at once


class Old(msgspec.Struct, frozen=True):
    """The document of a question in the generation before, and when it was first seen."""

    name: str
    seen: FirstSeen


class Past:
    """The generation before an update, as far as the update asks for it; its questions may be gone."""

    def __init__(self, view: View | None, moment: dt.datetime | None, *, is_there: bool = True) -> None:
        self._view, self._moment = view if is_there else None, moment
        self._olds: dict[str, Old | None] = {}
        self._gone = _gone(view)

    def look_up(self, numbers: Iterator[str]) -> None:
        """Look up many numbers in few calls."""
        unknown = [number for number in numbers if number not in self._olds]
        for start in range(0, len(unknown), _AT_ONCE):
            some = unknown[start : start + _AT_ONCE]
            found = {} if self._view is None else dict(_read(self._view, {"terms": {"number": some}}))
            self._olds |= {number: found.get(number) for number in some}

    def of(self, number: str) -> Old | None:
        """Return the document of a question; None if there was none."""
        self.look_up(iter([number]))
        return self._olds[number]

    def first_seen(self, question: Question, generation: int) -> FirstSeen:
        """Return what the index keeps of a question that is put in a generation."""
        old = self.of(question.number)
        before = old.seen if old else self._gone.get(question.number)
        return first_seen_after(before, question, generation, self._moment)

    def gone_after(self, ours: Mapping[str, bool], rebuild: bool) -> bytes:
        """Return what to keep of the questions that are gone; `ours` are those that were put, or deleted."""
        gone = {number: seen for number, seen in self._gone.items() if not ours.get(number)}
        if rebuild and self._view is not None:
            gone |= {number: old.seen for number, old in _read(self._view, {"match_all": {}}) if not ours.get(number)}
        for number, is_put in ours.items():
            if not is_put and (old := self.of(number)) is not None:
                gone[number] = old.seen
        return zstandard.compress(msgspec.json.encode(gone)) if gone else b""


def _gone(view: View | None) -> dict[str, FirstSeen]:
    blob = view.blob(GONE) if view else None
    return msgspec.json.decode(zstandard.decompress(blob), type=dict[str, FirstSeen]) if blob else {}


def _read(view: View, query: dict[str, Any]) -> Iterator[tuple[str, Old]]:
    """Yield the documents of the numbers that a query finds."""
    body: dict[str, Any] = {
        "size": _AT_ONCE,
        "query": {"bool": {"filter": [view.alive, _NUMBERED, query]}},
        "sort": ["number"],
        "docvalue_fields": ["number", "born", *FIRST_SEEN],
        "track_total_hits": False,
    }
    while hits := view.search(body)["hits"]["hits"]:
        yield from ((hit["fields"]["number"][0], Old(name_of(hit), first_seen_of(hit["fields"]))) for hit in hits)
        if len(hits) < _AT_ONCE:
            return
        body |= {"search_after": hits[-1]["sort"]}

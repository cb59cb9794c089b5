"""One generation as a request reads it, with what was asked of it before: frequencies, values, words.

All threads share a view. What it keeps is of its generation, so nothing in it ever becomes wrong.
"""

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from typing import Any, Final, TypeVar

from searchq.engines.opensearch.connection import Connection
from searchq.engines.opensearch.fields import SCORED
from searchq.engines.opensearch.generations import Generation, blob_of
from searchq.engines.opensearch.refusals import not_ours
from searchq.engines.opensearch.words import escaped
from searchq.limits import CLUSTER_DEADLINE_SECONDS
from searchq.lru import SizedLRU
from searchq.query.zones import exact, zones_of

__all__ = ["Body", "View", "both", "count_key", "term_query"]

T = TypeVar("T")
K = TypeVar("K", bound=Hashable)
Body = dict[str, Any]
Key = tuple[str, str]  # a field and a term; "holds" and the language of a word with that word

_EVERYWHERE: Final = frozenset({"number", "born", "group", "record"})  # fields that every document of ours has
_KEPT: Final = 50_000  # counts, and as many other answers
_AT_ONCE: Final = 200  # counts asked for in one search


class View:
    """One generation of an index; a search for which someone waits has a deadline, one of a run only that of a call."""

    def __init__(self, connection: Connection, generation: Generation, *, is_waited_for: bool = True) -> None:
        self.connection = connection
        self.generation = generation
        self._seconds = CLUSTER_DEADLINE_SECONDS if is_waited_for else None
        self._counts: SizedLRU[Hashable, int] = SizedLRU(_KEPT, lambda _: 1)
        self._made: SizedLRU[Hashable, Any] = SizedLRU(_KEPT, lambda _: 1)

    @property
    def alive(self) -> Body:
        """The filter for the questions of this generation."""
        number = self.generation.number
        return {"bool": {"filter": [{"range": {"born": {"lte": number}}}], "must_not": [_died_by(number)]}}

    def search(self, body: Body, told: str | None = None) -> Body:
        """Search; the query of the body must hold the filter `alive`. Only the parts that are `told` come back."""
        answer = self.connection.search(self.generation.index, _bare(body), seconds=self._seconds, told=told)
        return self._ours(body, answer)

    def searches(self, bodies: Sequence[Body], told: str | None = None) -> list[Body]:
        """Search several times at once."""
        bare = list(map(_bare, bodies))
        answers = self.connection.searches(self.generation.index, bare, seconds=self._seconds, told=told)
        return list(map(self._ours, bodies, answers))

    def once(self, key: Hashable, make: Callable[[], T]) -> T:
        """Return what `make` returns, called once for a key."""
        return self._made.once(key, make)

    def has_made(self, key: Hashable) -> bool:
        """Return whether `once` was called for a key."""
        return self._made.get(key, None) is not None

    def blob(self, name: str) -> bytes | None:
        """Return what the indexing run kept under a name."""
        return self.once(("blob", name), lambda: (blob_of(self.connection, self.generation, name),))[0]

    def known_count(self, key: Hashable) -> int | None:
        """Return a count that was asked for before."""
        return self._counts.get(key, None)

    def count(self, key: Hashable, query: Body) -> int:
        """Count the questions that a query matches."""
        return self.counts({key: query})[key]

    def counts(self, queries: Mapping[K, Body]) -> dict[K, int]:
        """Count the questions that each query matches, all in one call; a query of the same key is asked once."""
        found = {key: self._counts.get(key, None) for key in queries}
        unknown = [key for key, count in found.items() if count is None]
        for start in range(0, len(unknown), _AT_ONCE):
            some = unknown[start : start + _AT_ONCE]
            for key, count in zip(some, self._counted([queries[key] for key in some]), strict=True):
                self._counts.keep(key, count)
                found[key] = count
        return {key: count or 0 for key, count in found.items()}

    def frequencies(self, keys: Iterable[Key]) -> dict[Key, int]:
        """Count the questions that hold each term of a field."""
        return self.counts({key: count_key(*key) for key in keys})

    def _ours(self, body: Body, answer: Body) -> Body:
        """Return an answer whose hits have what all our documents have. Raises IndexBroken for another."""
        asked = _EVERYWHERE.intersection(body.get("docvalue_fields", ()))
        if asked and any(not asked <= hit.get("fields", {}).keys() for hit in answer["hits"]["hits"]):
            raise not_ours(self._stray(), self.generation.index)
        return answer

    def _stray(self) -> str:
        """Return the name of a document that lacks what all ours have: hits are read without their names."""
        ours = both(*({"exists": {"field": field}} for field in sorted(_EVERYWHERE)))
        body = {"size": 1, "_source": False, "query": {"bool": {"filter": [self.alive], "must_not": [ours]}}}
        found = self.connection.search(self.generation.index, body, seconds=self._seconds)["hits"]["hits"]
        return str(found[0]["_id"]) if found else "that was removed again"

    def _counted(self, queries: Sequence[Body]) -> Iterator[int]:
        filters = {str(place): query for place, query in enumerate(queries)}
        answer = self.search({"size": 0, "query": self.alive, "aggs": {"of": {"filters": {"filters": filters}}}})
        buckets = answer["aggregations"]["of"]["buckets"]
        return (buckets[str(place)]["doc_count"] for place in range(len(queries)))


def count_key(field: str, term: str) -> Body:
    """Return the query that a key of a count stands for."""
    kind, _, language = field.partition(" ")
    if kind == "holds":
        words = [term_query(exact(zone.name), term) for zone in zones_of(language)]
        return {"bool": {"should": words, "minimum_should_match": 1}}
    return term_query(field, term)


def term_query(field: str, term: str) -> Body:
    """Match questions with a term, or a value."""
    return {"term": {field: escaped(term) if field in SCORED else term}}


def both(*queries: Body) -> Body:
    """Match what all these match; not scored."""
    return {"bool": {"filter": list(queries)}}


def _bare(body: Body) -> Body:
    """Let hits be read from doc values alone: to look into a stored document takes ten times as long."""
    return body if "_source" in body else {"stored_fields": "_none_", **body}


def _died_by(number: int) -> Body:
    return {"range": {"died": {"lte": number}}}

"""Reads the questions of hits, with the texts that were asked for."""

from collections.abc import Callable, Iterable, Iterator, Sequence

from searchq.engines.embedded.ranked_docs import RankedHit
from searchq.index.read.snapshot import Snapshot
from searchq.query.hits import Hit
from searchq.query.request import Texts
from searchq.question import Question

__all__ = ["read_all", "read_page", "reader_of"]


def read_page(ranked: Sequence[RankedHit], texts: Texts, snapshot: Snapshot) -> tuple[Hit, ...]:
    """Return the hits of a page; siblings have a header at most."""
    docs = [one.doc for one in ranked]
    questions = snapshot.records(docs) if texts == "whole" else list(read_all(docs, texts, snapshot))
    read_sibling = reader_of("header" if texts == "whole" else texts, snapshot)
    siblings = [tuple(map(read_sibling, one.siblings)) if one.siblings else () for one in ranked]
    return tuple(map(Hit, questions, [one.score for one in ranked], siblings, [one.partial for one in ranked]))


def read_all(docs: Iterable[int], texts: Texts, snapshot: Snapshot) -> Iterator[Question]:
    """Yield questions, reading one at a time."""
    return map(reader_of(texts, snapshot), docs)


def reader_of(texts: Texts, snapshot: Snapshot) -> Callable[[int], Question]:
    """Return the function that reads the requested texts of a stored question."""
    readers = {"none": snapshot.bare, "header": snapshot.header, "whole": snapshot.record}
    return readers[texts]

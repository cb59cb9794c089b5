"""Converts ranked documents to hits: the best of each group, with its siblings and the requested texts."""

from collections.abc import Callable, Iterator
from typing import Final

import numpy as np

from searchq.engines.embedded.execution.matches import Places
from searchq.engines.embedded.ranked_docs import RankedDocs
from searchq.engines.embedded.sorting import ordered
from searchq.index.read.snapshot import Snapshot
from searchq.query.hits import Hit
from searchq.query.request import Request, Texts
from searchq.question import Question

__all__ = ["numbers_of", "read_all", "read_page", "reader_of"]

_SPARE: Final = 16  # hits ranked beyond a page, for those that collapse into others


def read_page(ranked: RankedDocs, request: Request) -> tuple[Hit, ...]:
    """Return the hits of one page."""
    first = (request.page - 1) * request.limit
    return tuple(_hits(ranked, _heads(ranked, first + request.limit)[first:], request.texts))


def read_all(ranked: RankedDocs, texts: Texts) -> Iterator[Question]:
    """Yield the questions of all hits in order, reading one at a time."""
    read = reader_of(texts, ranked.view.snapshot)
    return map(read, ranked.docs[_heads(ranked, len(ranked.docs))].tolist())


def numbers_of(ranked: RankedDocs) -> list[str]:
    """The numbers of all hits in order."""
    numbers = ranked.view.snapshot.numbers()
    return [numbers[doc] for doc in ranked.docs[_heads(ranked, len(ranked.docs))].tolist()]


def _heads(ranked: RankedDocs, wanted: int) -> Places:
    """Return the places of the first `wanted` hits in order: the best of each group."""
    total = len(ranked.docs)
    if ranked.groups is None:
        return ranked.first(min(wanted, total))
    reach = min(wanted + _SPARE, total)
    while True:
        places = ranked.first(reach)
        _, first = np.unique(ranked.groups.codes[ranked.docs[places]], return_index=True)
        if len(first) >= wanted or reach == total:
            return places[np.sort(first)][:wanted]
        reach = min(2 * reach, total)


def _hits(ranked: RankedDocs, places: Places, texts: Texts) -> Iterator[Hit]:
    read = reader_of(texts, ranked.view.snapshot)
    read_sibling = reader_of("header" if texts == "whole" else texts, ranked.view.snapshot)
    docs = ranked.docs[places].tolist()
    scores = [0.0] * len(docs) if ranked.scores is None else ranked.scores[places].tolist()
    for place, doc, score in zip(places.tolist(), docs, scores, strict=True):
        siblings = tuple([read_sibling(int(ranked.docs[other])) for other in _siblings(ranked, place)])
        yield Hit(read(doc), score, siblings, ranked.partial is not None and bool(ranked.partial[place]))


def reader_of(texts: Texts, snapshot: Snapshot) -> Callable[[int], Question]:
    """Return the function that reads the requested texts of a stored question."""
    readers = {"none": snapshot.bare, "header": snapshot.header, "whole": snapshot.record}
    return readers[texts]


def _siblings(ranked: RankedDocs, place: int) -> list[int]:
    """Return the places of the other matches of a group, best first."""
    if ranked.groups is None:
        return []
    members = ranked.groups.of(int(ranked.docs[place]))
    if len(members) < 2:
        return []
    at = np.minimum(ranked.docs.searchsorted(members), len(ranked.docs) - 1)
    matching = at[ranked.docs[at] == members]
    others: list[int] = ordered(ranked.keys, matching[matching != place]).tolist()
    return others

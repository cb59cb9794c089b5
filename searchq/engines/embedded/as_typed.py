"""The best matches gain where they hold the words as they were typed: near each other, in that form, as their title.

    factor = proximity × (1 + FORM × share of the words that stand as written) × (1 + TITLE if they are the whole title)

Only the best `RERANKED` matches are rescored. As no factor is below 1, they stay ahead of all others, and pages do not
overlap. Stop words count in titles only.
"""

from collections.abc import Collection, Sequence
from typing import Final, NamedTuple, Self

import numpy as np

from searchq.analysis.tokenizer import words
from searchq.engines.embedded.execution.matches import Docs, Scores, locate
from searchq.engines.embedded.execution.positions import positions_among
from searchq.engines.embedded.proximity import proximity
from searchq.engines.embedded.snapshot_cache import SnapshotCache
from searchq.query.tree import ParsedQuery, plain_words

__all__ = ["FORM", "RERANKED", "TITLE", "TypedWords", "as_typed"]

# Measured by tests/measurements/ranking.py, see docs/dutch.md: titles 0.8496 without FORM, 0.8509 with it and 0.8520
# with twice as much, descriptors 0.448, 0.448 and 0.446; titles over whole records 0.971 without TITLE, 0.989 with it.
RERANKED: Final = 100  # matches
FORM: Final = 0.05  # share of its score that a match with all words as they were typed gains
TITLE: Final = 0.5  # share that the question of exactly this title gains
_FORM_FIELD: Final = "question_exact"
_TITLE_FIELD: Final = "title_exact"


class TypedWords(NamedTuple):
    """The plain words of a query that tell, and all of its words, in order."""

    telling: tuple[str, ...]
    every: tuple[str, ...]

    @classmethod
    def of(cls, query: ParsedQuery, text: str) -> Self:
        return cls(plain_words(query.tree), tuple(words(text)))


def as_typed(typed: TypedWords, docs: Docs, view: SnapshotCache) -> Scores:
    """Return the factors of some documents, ascending: float32, same length."""
    factors = proximity(typed.telling, docs, view)
    factors *= 1 + np.float32(FORM) * _written(dict.fromkeys(typed.telling), docs, view)
    factors[_titled(typed.every, docs, view)] *= np.float32(1 + TITLE)
    return factors


def _written(telling: Collection[str], docs: Docs, view: SnapshotCache) -> Scores:
    """Return the share of the words that each document holds as written in its question."""
    shares = np.zeros(len(docs), np.float32)
    for word in telling:
        postings = view.postings(_FORM_FIELD, word)
        if postings is not None:
            shares[locate(docs, postings.docs, view.snapshot.max_doc)[0]] += 1
    return shares / np.float32(len(telling))


def _titled(every: Sequence[str], docs: Docs, view: SnapshotCache) -> Docs:
    """Return the places of the documents whose title is these words and no others."""
    lengths = np.asarray(view.snapshot.lengths(_TITLE_FIELD))
    places: Docs = (lengths[docs] == len(every)).nonzero()[0]
    for offset, word in enumerate(every):
        if not len(places):
            break
        origins = np.arange(len(places), dtype=np.int64) * (len(every) + 1)
        found = positions_among(_TITLE_FIELD, word, docs[places], origins, view) - offset
        places = places[np.isin(origins, found)]
    return places

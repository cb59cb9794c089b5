"""What single words mean in an index, kept: with each letter typed most suggestions stay, and so do their words."""

from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt

from searchq.analysis.folding import fold
from searchq.analysis.terms import meant_by
from searchq.analysis.tokenizer import words
from searchq.engines.embedded.snapshot_cache import SnapshotCache, per_snapshot
from searchq.index.schema import TEXT
from searchq.lru import SizedLRU

__all__ = ["MEANINGLESS", "WordMeaning", "documents_of", "meaning_of", "same_words"]

Ints = npt.NDArray[np.integer]
_WORDS_KEPT: Final = 1 << 14


class WordMeaning(NamedTuple):
    """The main term of a word, what its forms share, and how many documents hold the term."""

    term: str | None
    meant: str | None
    docs: int


MEANINGLESS: Final = WordMeaning(None, None, 0)


def meaning_of(word: str, view: SnapshotCache) -> WordMeaning:
    """Return what a word means in the index: itself if the index does not know it, nothing if it is a stop word."""
    return _words_kept(view).once(word, lambda: _looked_up(word, view))


def _looked_up(word: str, view: SnapshotCache) -> WordMeaning:
    terms = view.snapshot.analyze(word)
    if terms is None:
        return WordMeaning(word, word, len(documents_of(word, view)))
    return WordMeaning(term := terms[0].term, meant_by(terms), len(documents_of(term, view))) if terms else MEANINGLESS


@per_snapshot
def _words_kept(view: SnapshotCache) -> SizedLRU[str, WordMeaning]:
    """Return the latest words looked up: most occur in the suggestions for several beginnings."""
    return SizedLRU(_WORDS_KEPT, lambda word: 1)


def documents_of(term: str, view: SnapshotCache) -> Ints:
    """Return the documents that contain a term."""
    postings = view.postings(TEXT, term)
    return np.zeros(0, np.int32) if postings is None else postings.docs


def same_words(text: str, view: SnapshotCache) -> tuple[str, ...]:
    """Return a key that texts of the same words share, whatever their case, form and stop words."""
    return tuple(meant for word in words(text) if (meant := meaning_of(word, view).meant)) or (fold(text.lower()),)

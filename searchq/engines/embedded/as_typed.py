"""The best matches gain where they hold the words as they were typed: near each other, in that form, as their title.

    factor = nearness × (1 + FORM × share of the words that stand as written)
             × (1 + EARLY × share of them that stand, in some form, in the title or the beginning of the question)
             × (1 + TITLE if they are the whole title)

    energie nucleaire centrales     pairs energie-nucleaire, nucleaire-centrales
    side by side in the question    a pair counts 1; at most WINDOW words apart, 0.5
    nearness                        1 + NEARNESS × share of the pairs

Only the best `RERANKED` matches are rescored. As no factor is below 1, they stay ahead of all others, and pages do not
overlap. Stop words count in titles only; words unknown to the index do not come between others.
"""

from collections.abc import Mapping, Sequence
from itertools import chain, pairwise
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from searchq.engines.embedded.array_steps import join_near, locate
from searchq.engines.embedded.execution.matches import Docs, Places, Scores
from searchq.engines.embedded.execution.positions import Numbers, TermAmong, located, term_among
from searchq.engines.embedded.facet_values import QueryVocabulary
from searchq.engines.embedded.snapshot_cache import SnapshotCache
from searchq.index.format.encoding import starts_of
from searchq.index.read.postings import Postings, owned_positions
from searchq.query.typed_words import TypedWords
from searchq.query.weights import BEGINNING, EARLY, FORM, MAX_PAIRS, NEARNESS, TITLE, WINDOW
from searchq.query.zones import exact

__all__ = ["as_typed", "nearness"]

Keys = npt.NDArray[np.int64]


def as_typed(typed: TypedWords, docs: Docs, view: SnapshotCache) -> Scores:
    """Return the factors of some documents, ascending: float32, same length."""
    if not typed.telling or len(docs) < 2:
        return np.ones(len(docs), np.float32)
    titled, placed = _titled(typed, docs, view), _place(typed, docs, view)
    factors = _nearness(placed) * (1 + np.float32(FORM) * _written(placed))
    factors *= 1 + np.float32(EARLY) * _early(typed, docs, view)
    factors[titled] *= np.float32(1 + TITLE)
    return factors


def nearness(words: Sequence[str], docs: Docs, view: SnapshotCache) -> Scores:
    """Return the factors of some documents, ascending, for words near each other alone: float32, same length."""
    return _nearness(_place(TypedWords(tuple(words), ()), docs, view))


class _Placed(NamedTuple):
    """The questions of some documents laid end to end, more than WINDOW places between two, and words in them."""

    bases: Keys  # where each begins, and where the last ends
    words: Mapping[str, TermAmong]
    known: Sequence[str]  # the words that count and occur in the index, in the order they were typed


def _place(typed: TypedWords, docs: Docs, view: SnapshotCache) -> _Placed:
    found = {word: term_among(exact(typed.question), word, docs, view) for word in typed.telling}
    known = [word for word in typed.telling if view.snapshot.analyze(word, typed.language)]
    return _Placed(_bases(typed.question, docs, view), found, known)


def _bases(field: str, docs: Docs, view: SnapshotCache) -> Keys:
    lengths = np.asarray(view.snapshot.lengths(field))[docs].astype(np.int64)
    return starts_of(lengths + WINDOW + 1)


def _nearness(placed: _Placed) -> Scores:
    bases, count = placed.bases, len(placed.bases) - 1
    pairs = [pair for pair in dict.fromkeys(pairwise(placed.known)) if pair[0] != pair[1]][:MAX_PAIRS]
    if not pairs or not count:
        return np.ones(count, np.float32)
    positions = {word: placed.words[word].positions(bases[:-1]) for word in set(chain.from_iterable(pairs))}
    gains = np.zeros(count, np.float32)
    for left, right in pairs:
        join_near(positions[left], positions[right], bases, WINDOW, gains)
    return 1 + np.float32(NEARNESS / len(pairs)) * gains


def _written(placed: _Placed) -> Scores:
    """Return the share of the words that each question holds as written."""
    return _shares([word.places for word in placed.words.values()], len(placed.bases) - 1)


def _shares(found: Sequence[Places], count: int) -> Scores:
    """Return in how many of some lists each place is, as a share of these."""
    held = np.zeros(count, np.float32)
    for places in found:
        held[places] += 1
    return held / np.float32(max(len(found), 1))


def _early(typed: TypedWords, docs: Docs, view: SnapshotCache) -> Scores:
    """Return the share of the words that each title, or the beginning of its question, holds in some form."""
    vocabulary = QueryVocabulary(view)
    stems = [
        terms[0].term for word in dict.fromkeys(typed.telling) if (terms := vocabulary.analyze(word, typed.language))
    ]
    early = [locate(docs, _early_docs(stem, typed, view), view.snapshot.max_doc)[0] for stem in stems]
    return _shares(early, len(docs))


def _early_docs(stem: str, typed: TypedWords, view: SnapshotCache) -> Numbers:
    """Return the documents that hold a term in the title, or in the beginning of the question: kept, as words recur."""

    def made() -> Numbers:
        title, question = (view.postings(field, stem) for field in (typed.title, typed.question))
        holds = np.zeros(view.snapshot.max_doc, np.bool_)
        if title is not None:
            holds[title.docs] = True
        if question is not None:
            holds[question.docs[_beginning(question)]] = True
        return holds.nonzero()[0].astype(np.int32)

    return view.recent(("early", typed.question, stem), made)


def _beginning(postings: Postings) -> Docs:
    """Return the places of the documents that hold a term near their beginning, ascending."""
    owners, positions = owned_positions(postings)
    return owners[positions < BEGINNING]


def _titled(typed: TypedWords, docs: Docs, view: SnapshotCache) -> Docs:
    """Return the places of the documents whose title is these words and no others."""
    field = exact(typed.title)
    lengths = np.asarray(view.snapshot.lengths(field))
    places: Docs = (lengths[docs] == len(typed.every)).nonzero()[0]
    found: dict[str, TermAmong] = {}
    for word in dict.fromkeys(typed.every):
        if not len(places):
            return places
        found[word] = term_among(field, word, docs[places], view)
        places = places[found[word].places]
    return places if len(typed.every) == 1 else places[_in_order(typed.every, found, docs[places], field, view)]


def _in_order(
    words: Sequence[str], found: Mapping[str, TermAmong], docs: Docs, field: str, view: SnapshotCache
) -> Docs:
    """Return the places of the documents that hold these words side by side, from the first place on."""
    bases = _bases(field, docs, view)
    titled = bases[:-1]
    for offset, word in enumerate(words):
        own = located(found[word].postings, docs, view).positions(bases[:-1])
        titled = titled[np.isin(titled, own - offset)]
    return bases.searchsorted(titled)

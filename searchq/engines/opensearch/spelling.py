"""Spelling correction: the cluster proposes words at most two letters off, and those are ranked as everywhere."""

from typing import Final

from msgspec.structs import replace

from searchq.analysis.folding import fold
from searchq.analysis.lexicon import dictionary
from searchq.engines.embedded.spelling import near_words
from searchq.engines.embedded.vocabulary import word_table
from searchq.engines.opensearch.view import View
from searchq.engines.opensearch.vocabulary import known_words
from searchq.engines.opensearch.word_lists import fitting_folded, quoted
from searchq.query.suggestion import KnownWord

__all__ = ["spellings"]

_PROPOSED: Final = 300  # words
_LONGEST: Final = 60  # letters
_SUGGESTER: Final = {
    "field": "folded",
    "size": _PROPOSED,
    "shard_size": _PROPOSED,
    "suggest_mode": "always",
    "max_edits": 2,
    "prefix_length": 0,
    "min_word_length": 1,
    "max_inspections": 10,
    "string_distance": "damerau_levenshtein",
}


def spellings(word: str, view: View) -> tuple[KnownWord, ...]:
    """Return what the index knows of the words that may have been meant, best first.

    A word of the dictionary is no slip, though no question holds it: only other marks may have been meant.
    """
    own = fold(word.lower())
    if not own or len(own) > _LONGEST:
        return ()
    frequencies = fitting_folded(map(quoted, _proposed(own, view)), view)
    if not frequencies:
        return ()
    near = near_words(word, word_table(frequencies))
    is_listed = dictionary().is_listed(word.lower())
    known = known_words([one.word for one in near], view)
    rows = zip(near, known, strict=True)
    return tuple(replace(one, distance=at.distance) for at, one in rows if one and not (is_listed and at.distance))


def _proposed(own: str, view: View) -> list[str]:
    """Return folded words near one, itself included."""
    body = {"size": 0, "query": view.alive, "suggest": {"near": {"text": own, "term": _SUGGESTER}}}
    found = view.search(body)["suggest"]["near"]
    return [own, *(option["text"] for entry in found for option in entry["options"])]

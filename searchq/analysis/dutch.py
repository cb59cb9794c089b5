"""A Dutch word and the terms it is found under: the steps, in their order.

    wiskunde-onderwijs -> wiskundeonderwijs 1.0, wiskunde 0.7, onderwijs 0.7

    stop word   none: nobody finds a question by `de`; the word keeps its position
    number      itself; a day or a school year also by its year
    address     itself without www; and the names in it: @FOD_Financien also by fod and financien
    stem        the lemma, see stemmer, written without hyphens, apostrophes and marks
    parts       of a compound, hyphenated or not, see compounds, each with its own stem and less weight

An analysis depends on the word alone (and the shipped word lists), so an index may remember it.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, Literal

from searchq.analysis.compounds import parts
from searchq.analysis.folding import fold
from searchq.analysis.lexicon import Lexicon, dictionary
from searchq.analysis.stemmer import stem
from searchq.analysis.wordlists import words_of

__all__ = [
    "ANALYSIS_VERSION",
    "PART_WEIGHT",
    "QUERY_PART_WEIGHT",
    "Reason",
    "WeightedTerm",
    "WordAnalysis",
    "analyze_query_word",
    "analyze_word",
]

ANALYSIS_VERSION: Final = 1  # to be raised whenever a word may get other terms

# How much an occurrence of a word counts for the parts of it, in a document and in a query (see docs/dutch.md).
PART_WEIGHT: Final = 0.7
QUERY_PART_WEIGHT: Final = 0.5

Reason = Literal["address", "compound", "dictionary", "number", "override", "rule", "unchanged"]


@dataclass(frozen=True, slots=True)
class WeightedTerm:
    """A term of the index, how much an occurrence of the word counts for it (1.0: in full), and why it is one.

    `why` tells what made the whole word this term, or `compound` where the term is a part of the word.
    """

    term: str
    weight: float
    why: Reason


@dataclass(frozen=True, slots=True)
class WordAnalysis:
    """A surface word with its terms, the stem first; a stop word has none."""

    word: str
    terms: tuple[WeightedTerm, ...]


@lru_cache(maxsize=1 << 17)
def analyze_word(word: str) -> WordAnalysis:
    """The terms a word of a document is indexed under, as `tokenizer.words` gives it."""
    return WordAnalysis(word, _terms(word, PART_WEIGHT, dictionary()))


def analyze_query_word(word: str, lexicon: Lexicon | None = None) -> WordAnalysis:
    """The terms a word of a query asks for: the same, the parts weighing less than in a document.

    `lexicon` stands in for the dictionary: a search hands over the `KnownWords` of its index, so that a word that no
    document holds is stemmed and split without loading the dictionary.
    """
    return WordAnalysis(word, _terms(word, QUERY_PART_WEIGHT, lexicon or dictionary()))


def _terms(word: str, part_weight: float, lexicon: Lexicon) -> tuple[WeightedTerm, ...]:
    if word in words_of("stop_words.txt"):
        return ()
    whole = _whole(word, lexicon)
    within = dict.fromkeys(part for part in _parts(word, lexicon) if part != whole.term)
    return (whole, *(WeightedTerm(part, part_weight, "compound") for part in within))


def _whole(word: str, lexicon: Lexicon) -> WeightedTerm:
    """The word as one term."""
    if _NUMBER.fullmatch(word):
        return WeightedTerm(word, 1.0, "number")
    if _ADDRESS.search(word):
        return WeightedTerm(fold(word.removeprefix("www.").removeprefix("@")), 1.0, "address")
    *fronts, last = _pieces(word) or [word]
    lemma, why = stem(last, lexicon)
    return WeightedTerm(fold("".join(fronts) + lemma), 1.0, why)


def _parts(word: str, lexicon: Lexicon) -> Iterator[str]:
    """The terms of the words within a word: a number's years, a hyphenated word's pieces, a compound's parts."""
    if _NUMBER.fullmatch(word):
        yield from _YEAR.findall(word)
        return
    pieces = _pieces(word)
    joined = [piece for piece in pieces if len(piece) > 1 and not piece.isdigit()] if len(pieces) > 1 else []
    lemmas = (stem(piece, lexicon).lemma for piece in pieces)
    within = [part for lemma in lemmas if not lexicon.is_verb(lemma) for part in parts(lemma, lexicon)]
    yield from (fold(stem(part, lexicon).lemma) for part in joined + within if not _idle(part))


def _idle(part: str) -> bool:
    """Whether nobody looks for a part by itself."""
    return any(part in words_of(name) for name in ("stop_words.txt", "prefixes.txt", "address_parts.txt"))


_NUMBER: Final = re.compile(r"[\d.,/-]+")
_YEAR: Final = re.compile(r"(?<!\d)(?<!\b\d-)(?:19|20)\d\d(?![\d,])")  # but 5-2016 is a question
_ADDRESS: Final = re.compile(r"[@_]|\w\.\w")
_JOINT: Final = re.compile(r"[-'&@._]+")
_CLITIC: Final = re.compile(r"^(?:[dljtscnm]|qu)'(?=\w\w)|(?<=\w)'(?:s|er|ers|en|tje|tjes)$")


def _pieces(word: str) -> list[str]:
    """The pieces a word is joined from: wiskunde-onderwijs, l'union, kmo's (the last two hold one)."""
    return [piece for piece in _JOINT.split(_CLITIC.sub("", word)) if piece]

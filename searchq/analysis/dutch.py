"""Analyses a Dutch word to its index terms, in these steps:

    wiskunde-onderwijs -> wiskundeonderwijs 1.0, wiskunde 0.7, onderwijs 0.7

    stop word   none: nobody finds a question by `de`; the word keeps its position
    number      itself; a day or a school year also by its year
    address     itself without www; and the names in it: @FOD_Financien also by fod and financien
    stem        the lemma, see stemmer, written without hyphens, apostrophes and marks
    parts       of a compound, hyphenated or not, see compounds, each with its own stem and less weight

An analysis depends only on the word, the shipped word lists and the dictionary, so an index can store it.
"""

from collections.abc import Sequence
from typing import Final

from searchq.analysis.compounds import parts
from searchq.analysis.folding import fold
from searchq.analysis.lexicon import Lexicon, dictionary, memoize
from searchq.analysis.names import is_also_name, is_only_name, name_of_form, stem_of_form
from searchq.analysis.stemmer import stem
from searchq.analysis.stop_words import is_stop_word
from searchq.analysis.terms import (
    NAME_WEIGHT,
    PART_WEIGHT,
    Kind,
    TermsOfWords,
    WeightedTerm,
    WordAnalysis,
    pairs_of,
)
from searchq.analysis.wordlists import lines_of, words_of
from searchq.lazy_regex import lazy

__all__ = ["analyze_word", "analyze_words"]


def analyze_word(word: str, lexicon: Lexicon | None = None) -> WordAnalysis:
    """Return the index terms of a word from `tokenizer.words`, in a document or a query.

    `lexicon` takes the place of this installation's dictionary: an index has one of its own.
    """
    return WordAnalysis(word, _terms(word, lexicon or dictionary()))


def analyze_words(words: list[str], lexicon: Lexicon) -> TermsOfWords | None:
    """Return the index terms of many words, from C; None where the analysis was not built in C."""
    if lexicon.words is None:
        return None
    return TermsOfWords(*lexicon.words.all_terms(words, _KINDS, lambda word: pairs_of(_terms_in_python(word, lexicon))))


def _terms(word: str, lexicon: Lexicon) -> tuple[WeightedTerm, ...]:
    compiled = lexicon.words.terms(word) if lexicon.words else None
    if compiled is None:
        return _terms_in_python(word, lexicon)
    terms, why = compiled
    return (
        *[WeightedTerm(term, 1.0, why) for term in terms[:1]],  # type: ignore[arg-type]
        *[WeightedTerm(term, PART_WEIGHT, "compound") for term in terms[1:]],
    )


_KINDS: Final[tuple[Kind, ...]] = (  # in the order of the reasons in dutch.c
    (1.0, "dictionary"),
    (1.0, "name"),
    (1.0, "override"),
    (1.0, "rule"),
    (1.0, "unchanged"),
    (1.0, "address"),
    (PART_WEIGHT, "compound"),
    (1.0, "number"),
)


def _terms_in_python(word: str, lexicon: Lexicon) -> tuple[WeightedTerm, ...]:
    if is_stop_word(word, "nl"):
        return ()
    if word in _TWO_READINGS:
        return tuple(WeightedTerm(term, 1.0, "override") for term in _TWO_READINGS[word])
    if name := name_of_form(word):
        own = WeightedTerm(stem_of_form(word), 1.0, "name")
        return (own,) if is_also_name(name) else (own, WeightedTerm(name, NAME_WEIGHT, "name"))
    if word in _VERB_READINGS:
        return WeightedTerm(fold(stem(word, lexicon).lemma), 1.0, "dictionary"), WeightedTerm(word, 1.0, "dictionary")
    if word.isalpha():
        whole, within = _worded(word, lexicon)
    else:
        whole, within = _number(word) if _NUMBER.fullmatch(word) else _joined(word, lexicon)
    if not within:
        return (whole,)
    terms = dict.fromkeys(within)
    terms.pop(whole.term, None)
    return (whole, *[WeightedTerm(term, PART_WEIGHT, "compound") for term in terms])


def _number(word: str) -> tuple[WeightedTerm, list[str]]:
    """Return a number unchanged, and its years."""
    return WeightedTerm(word, 1.0, "number"), _YEAR.findall(word)


def _worded(word: str, lexicon: Lexicon) -> tuple[WeightedTerm, list[str]]:
    """Return a word of letters as one term, and the terms of a compound's parts."""
    lemma, why = stem(word, lexicon)
    within = () if why == "name" else _parts(lemma, lexicon)
    return WeightedTerm(fold(lemma), 1.0, why), _terms_of(within, lexicon)


def _joined(word: str, lexicon: Lexicon) -> tuple[WeightedTerm, list[str]]:
    """Return a word of several pieces as one term, and the terms of its pieces and their parts."""
    pieces = _pieces(word)
    different = list(dict.fromkeys(pieces))  # a chain of millions may repeat one
    stems = {piece: _stem_of_piece(piece, lexicon) for piece in different}
    if _ADDRESS.search(word):
        whole = WeightedTerm(fold(word.removeprefix("www.").removeprefix("@")), 1.0, "address")
    else:
        lemma, why = stems[pieces[-1]] if stems else stem(word, lexicon)
        front = [stems[piece].lemma if pieces[-1] in _POSTPOSED else piece for piece in pieces[:-1]]
        whole = WeightedTerm(fold("".join(front) + lemma), 1.0, why)
    within = [piece for piece in different if len(piece) > 1 and not piece.isdigit()] if len(pieces) > 1 else []
    for lemma, why in stems.values():
        within += () if why == "name" else _parts(lemma, lexicon)
    return whole, _terms_of(within, lexicon)


_stem_of_piece = memoize(stem)  # the same pieces stand in many words


def _parts(lemma: str, lexicon: Lexicon) -> Sequence[str]:
    """Return the parts of a compound; verbs are not split."""
    found = () if lexicon.is_verb(lemma) else parts(lemma, lexicon)
    return [part for part in found if len(part) > _SHORT_NAME or not is_only_name(part)]


def _terms_of(within: Sequence[str], lexicon: Lexicon) -> list[str]:
    """Return the terms of the words within another one."""
    return [_term_of_part(part, lexicon) for part in within if part not in _IDLE] if within else []


@memoize
def _term_of_part(part: str, lexicon: Lexicon) -> str:
    """Return the term of a part; the same parts occur in many words."""
    return _TWO_READINGS[part][-1] if part in _TWO_READINGS else fold(stem(part, lexicon).lemma)


_IDLE: Final = (
    words_of("stop_words.txt") | words_of("prefixes.txt") | words_of("address_parts.txt")
)  # nobody looks for them alone
_SHORT_NAME: Final = 4  # letters of a name that within a word is chance: Lede in ledemaat
_TWO_READINGS: Final = {form: terms for form, *terms in map(str.split, lines_of("two_readings.txt"))}
_POSTPOSED: Final = ("generaal", "verbaal")  # adjectives whose noun has the plural: procureurs-generaal
_VERB_READINGS: Final = words_of("verb_readings.txt")  # of these infinitives the stem is the noun's
_NUMBER: Final = lazy(r"[\d.,/-]+")
_YEAR: Final = lazy(r"(?<!\d)(?<!\b\d-)(?:19|20)\d\d(?![\d,])")  # but 5-2016 is a question
_ADDRESS: Final = lazy(r"[@_]|\w\.\w")
_JOINT: Final = lazy(r"[-'&@._]+")
_CLITIC: Final = lazy(r"^(?:[dljtscnm]|qu)'(?=\w\w)|(?<=\w)'(?:s|er|ers|en|tje|tjes)$")


def _pieces(word: str) -> list[str]:
    """The pieces a word is joined from: wiskunde-onderwijs, l'union, kmo's (the last two hold one); st- is sint-."""
    pieces = [piece for piece in _JOINT.split(_CLITIC.sub("", word)) if piece]
    return ["sint", *pieces[1:]] if len(pieces) > 1 and pieces[0] == "st" else pieces

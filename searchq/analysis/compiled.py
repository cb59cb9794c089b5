"""The analysis of Dutch words in C (see searchq/kernel): the word lists it reads, and whether it was built at all."""

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Final

from searchq.analysis.folding import fold
from searchq.analysis.names import FORMS_OF_NAMES, ONLY_NAMES
from searchq.analysis.wordlists import lines_of, one_of_many, words_of
from searchq.kernel import built

if TYPE_CHECKING:
    from searchq.kernel.dutch import DutchWords

__all__ = ["compiled_words"]

_LETTERS: Final = tuple(map(chr, range(256)))


def compiled_words(packed: bytes | memoryview) -> "DutchWords | None":
    """Return the compiled analysis of words by a packed dictionary; None where it was not built."""
    in_c = built("dutch")
    if in_c is None:
        return None
    strong = one_of_many("strong_verbs.txt")
    words: DutchWords = in_c.DutchWords(
        packed,
        lists=tuple(map(_plain, _lists(strong.values()))),
        overrides=_plain_pairs(one_of_many("overrides.txt")),
        strong=_plain_pairs(strong),
        particles=_plain(words_of("particles.txt")),
        prefixes=_plain(words_of("prefixes.txt")),
        folded=tuple(map(fold, _LETTERS)),
        letters="".join(filter(str.isalpha, _LETTERS)),
    )
    return words


def _lists(strong: Iterable[str]) -> tuple[Iterable[str], ...]:
    """Return the words that have each flag of lexicon.h, in the order of these."""
    return (
        ONLY_NAMES,
        words_of("plural_verbs.txt"),
        words_of("diminutives.txt"),
        words_of("no_parts.txt"),
        words_of("short_parts.txt"),
        words_of("no_compounds.txt"),
        words_of("short_vowels.txt"),
        strong,
        words_of("fixed_particles.txt"),
        words_of("stop_words.txt"),
        words_of("stop_words.txt") | words_of("prefixes.txt") | words_of("address_parts.txt"),
        FORMS_OF_NAMES.keys()
        | words_of("verb_readings.txt")
        | {line.split()[0] for line in lines_of("two_readings.txt")},
    )


def _plain(words: Iterable[str]) -> tuple[str, ...]:
    """Return the words in Latin-1: no other word is analysed in C."""
    return tuple(word for word in words if max(word) <= _LETTERS[-1])


def _plain_pairs(lemmas: Mapping[str, str]) -> dict[str, str]:
    return {form: lemma for form, lemma in lemmas.items() if max(form) <= _LETTERS[-1]}

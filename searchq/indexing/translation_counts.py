"""Count the descriptors and parts of titles that questions give in both languages, and learn translations from them.

    trefwoorden  kruispuntbank, sociale zekerheid         kruispuntbank     banque-carrefour       2 questions
    mots-clés    banque-carrefour, sécurité sociale       sociale zekerheid sécurité sociale       2 questions

Lists of one length are taken to say the same in the same order; where they do not, few questions agree on a pair, and
only what two questions agree on is learned. Words that the shipped tables translate are not learned.
"""

import zlib
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Final

from searchq.analysis.stop_words import Language, is_stop_word, without_elision
from searchq.analysis.tokenizer import words
from searchq.analysis.translations import LEARNED, Translation, dump_table, shipped
from searchq.analysis.word_alignment import learn_translations
from searchq.indexing.question_counts import QuestionCounts
from searchq.limits import MAX_LEARNED_PAIRS
from searchq.question import Question

__all__ = ["PAIRS", "TranslationCounts"]

PAIRS: Final = "translation_pairs"  # name of the blob
FEWEST: Final = 2  # questions that agree on a pair
_MOST_WORDS: Final = 8  # of a descriptor or a part of a title
_MOST: Final = 4  # translations of a descriptor
_PART: Final = " - "  # between the parts of a title

TextPair = tuple[str, str]  # telling words in Dutch, and in French


class TranslationCounts(QuestionCounts[TextPair]):
    """Counts of short texts with their translations."""

    def __init__(self, data: bytes) -> None:
        """`data` is the previous run's `dump`; empty in the first run."""
        super().__init__(_load(data), _pairs)

    def tables(self) -> dict[str, bytes]:
        """Return the tables of translations, by the names to keep them under."""
        agreed = {pair: questions for pair, questions in sorted(self.counts.items()) if questions >= FEWEST}
        turned = {(other, one): questions for (one, other), questions in agreed.items()}
        return {LEARNED["nl"]: _table(agreed, "nl"), LEARNED["fr"]: _table(turned, "fr")}

    def dump(self) -> bytes:
        """Serialize the counts for the next run: the most frequent, where there are too many."""
        rows = sorted(((-questions, *pair) for pair, questions in self.counts.items() if questions > 0))
        lines = (f"{-questions}\t{one}\t{other}" for questions, one, other in rows[:MAX_LEARNED_PAIRS])
        return zlib.compress("\n".join(lines).encode())


def _load(data: bytes) -> Counter[TextPair]:
    lines = zlib.decompress(data).decode().split("\n") if data else []
    rows = (line.split("\t") for line in lines if line)
    return Counter({(one, other): int(questions) for questions, one, other in rows})


def _table(pairs: Mapping[TextPair, int], language: Language) -> bytes:
    """Return the table of the words that are not shipped: as whole descriptors, or else as words within some."""
    learned = learn_translations([(one.split(), other.split()) for one, other in pairs], rare=1)
    found = {word: [Translation((other,), chance) for other, chance in row] for word, row in learned.items()}
    found |= _whole(pairs)
    known = shipped(language)
    return dump_table({word: row for word, row in found.items() if word not in known}, {})


def _whole(pairs: Mapping[TextPair, int]) -> dict[str, list[Translation]]:
    """Return the translations of descriptors of one word, with the shares of the questions that give each."""
    counts = defaultdict[str, Counter[str]](Counter)
    for (one, other), questions in pairs.items():
        if " " not in one:
            counts[one][other] += questions
    return {
        word: [Translation(tuple(other.split()), count / row.total()) for other, count in row.most_common(_MOST)]
        for word, row in counts.items()
    }


def _pairs(question: Question) -> set[TextPair]:
    """Return the descriptors and parts of the title with their translations, as telling words."""
    if question.french is None:
        return set()
    dutch, french = (question.title or "").split(_PART), (question.french.title or "").split(_PART)
    rows = [*_together(question.keywords, question.french.keywords), *_together(dutch, french)]
    pairs = {(_telling(one, "nl"), _telling(other, "fr")) for one, other in rows}
    return {(one, other) for one, other in pairs if one and other}


def _together(ours: Sequence[str], theirs: Sequence[str]) -> Iterator[TextPair]:
    return zip(ours, theirs, strict=True) if len(ours) == len(theirs) else iter(())


@lru_cache(maxsize=1 << 14)  # the same descriptors stand in many questions
def _telling(text: str, language: Language) -> str:
    """Return the words of a short text that are no stop words; none of a longer one."""
    found = [without_elision(word) if language == "fr" else word for word in words(text)]
    telling = dict.fromkeys(word for word in found if not is_stop_word(word, language) and not word[0].isdigit())
    return " ".join(telling) if len(telling) <= _MOST_WORDS else ""

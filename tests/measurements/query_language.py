"""How often the language of a query is told right, and the table of words that this rests on.

    python tests/measurements/query_language.py [FOLDER]            measures, by a table learned from nine texts in ten
    python tests/measurements/query_language.py --write [FOLDER]    writes searchq/analysis/data/word_languages.txt anew

Queries are one to three words that stand side by side in the texts of 2020 that were kept aside (as in
`translations.py`), in either language, as they are written and without their marks; each counts as often as texts have
it. Beside them the Dutch titles and keywords of 2017. What is counted are those called by the other language.
"""

import gzip
import json
import math
import sys
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Final

import pytest

sys.path.append(str(Path(__file__).resolve().parents[2]))

from searchq.analysis import stop_words
from searchq.analysis.folding import fold
from searchq.analysis.stop_words import (
    LANGUAGES_OF_WORDS,
    Language,
    Leaning,
    dump_leanings,
    has_french_letter,
    is_stop_word,
    language_of,
    without_elision,
)
from searchq.analysis.tokenizer import words
from searchq.lazy_regex import lazy
from tests.measurements.translations import SHARED, Text, kept_aside, texts

__all__ = ["learned_leanings", "wrongly_told"]

Run = tuple[str, ...]
LANGUAGES: Final[tuple[Language, ...]] = ("nl", "fr")
RARE: Final = 4  # texts; a rarer word is not learned
QUOTED: Final = 0.05  # a word with a French letter that is rarer in Dutch texts, against French ones, is quoted there
UNSEEN: Final = 0.5  # texts, added to each count
UNSURE: Final = 2.0  # texts, by which a place is drawn towards the word itself
COMMENT: Final = """\
How much likelier a word is in French texts than in Dutch ones, in tenths of a natural logarithm; what it adds that
another telling word follows, and that one comes before. Of words of both languages, or with a French letter.
Learned from the parallel questions of the Chamber of 2020 (CC0) by tests/measurements/query_language.py --write."""

_PIECES: Final = lazy(r"[.,;:!?()\[\]\"«»“”\n/–]| - ")
_WORD: Final = lazy(r"[^\W\d_][\w'-]*")


def runs(text: str) -> Iterator[Run]:
    """The telling words of a text that stand side by side, as many as do."""
    for piece in _PIECES.split(text):
        run: list[str] = []
        for word in words(piece):
            if _WORD.fullmatch(word) and not any(is_stop_word(word, language) for language in LANGUAGES):
                run.append(word)
            elif run:
                yield tuple(run)
                run = []
        if run:
            yield tuple(run)


class _Counts:
    """In how many runs a word stands, and in how many of these before and after another."""

    def __init__(self) -> None:
        self.word, self.before, self.after = Counter[str](), Counter[str](), Counter[str]()

    def add(self, found: Iterable[Run]) -> None:
        for run in found:
            for place, word in enumerate(run):
                bare = without_elision(word)
                for key in {bare, fold(bare)}:
                    self.word[key] += 1
                    self.before[key] += place < len(run) - 1
                    self.after[key] += place > 0


def learned_leanings(chosen: Iterable[Text]) -> dict[str, Leaning]:
    """How the words of texts lean; those that the tables of translations tell as well are left out."""
    dutch, french = _Counts(), _Counts()
    for text in chosen:
        dutch.add(set(runs(text.nl)))
        french.add(set(runs(text.fr)))
    return {word: _leaning(word, dutch, french) for word in dutch.word if _is_learned(word, dutch, french)}


def _is_learned(word: str, dutch: _Counts, french: _Counts) -> bool:
    own, other = dutch.word[word], french.word[word]
    if has_french_letter(word):
        return own + other >= RARE and own >= QUOTED * other
    return own + other >= RARE and other > 0


def _leaning(word: str, dutch: _Counts, french: _Counts) -> Leaning:
    likelier = math.log((french.word[word] + UNSEEN) / (dutch.word[word] + UNSEEN))
    share = 1 / (1 + math.exp(-likelier))
    places = (
        math.log((ours[word] + UNSURE * share) / (theirs[word] + UNSURE * (1 - share))) - likelier
        for ours, theirs in ((french.before, dutch.before), (french.after, dutch.after))
    )
    return Leaning(*(round(10 * value) for value in (likelier, *places)))


def wrongly_told(queries: Iterable[Sequence[str]], language: Language) -> int:
    """How many queries are called by the other language."""
    return sum(language_of(query) != language for query in queries)


def asked(chosen: Sequence[Text], language: Language, length: int) -> list[Run]:
    """The queries of some texts that have so many words."""
    found = (run for text in chosen for run in sorted(set(runs(getattr(text, language)))))
    return [run for run in found if len(run) == length and all(len(word) > 2 for word in run)]


def _told(queries: Sequence[Sequence[str]], language: Language) -> str:
    wrong = wrongly_told(queries, language)
    return f"{wrong} of {len(queries)} ({wrong / len(queries):.2%})"


def measure(found: Sequence[Text], folder: Path) -> None:
    aside = [text for text in found if kept_aside(text)]
    print("| called by the other language | as written | without marks |\n|---|---|---|")
    for language in LANGUAGES:
        for length in (1, 2, 3):
            queries = asked(aside, language, length)
            bare = [tuple(map(fold, query)) for query in queries]
            print(f"| {language}, {length} | {_told(queries, language)} | {_told(bare, language)} |")
    with gzip.open(folder / "corpus" / "questions-2017.jsonl.gz", "rt", encoding="utf-8") as lines:
        questions = [json.loads(line) for line in lines]
    titles = [words(title) for question in questions if (title := question["title"])]
    keywords = [words(keyword) for keyword in sorted({one for question in questions for one in question["keywords"]})]
    print(f"| titles of 2017 | {_told(titles, 'nl')} | |\n| keywords of 2017 | {_told(keywords, 'nl')} | |")


def main(arguments: Sequence[str]) -> None:
    folders = [Path(argument) for argument in arguments if argument != "--write"]
    folder = folders[0] if folders else SHARED
    found = texts(folder)
    if "--write" in arguments:
        LANGUAGES_OF_WORDS.write_bytes(dump_leanings(learned_leanings(found), COMMENT))
        return
    with tempfile.TemporaryDirectory() as place, pytest.MonkeyPatch.context() as patch:
        table = Path(place) / LANGUAGES_OF_WORDS.name
        table.write_bytes(dump_leanings(learned_leanings(text for text in found if not kept_aside(text)), COMMENT))
        patch.setattr(stop_words, "LANGUAGES_OF_WORDS", table)
        stop_words._leanings.cache_clear()
        stop_words._leaning.cache_clear()
        measure(found, folder)


if __name__ == "__main__":
    main(sys.argv[1:])

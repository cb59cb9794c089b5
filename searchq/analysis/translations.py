"""Translates words between Dutch and French by tables of words that occur in each other's sentences.

    pension pensioen:58 pensioendienst:21      a form, its translations and how likely each is, in percent
    pensions =pension                          a form that is translated as another one
    energiefactuur factures+énergie:80         words that translate it together
    pension+alimentaire onderhoudsgeld:100     words that are translated together

A table is sorted lines of text: a search reads a file and parses the lines of its words, no
more. Forms stand without their marks, translations as they are written; neither is stemmed, so a table outlives a
change of the analysis.
"""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache, lru_cache
from pathlib import Path
from typing import Final, NamedTuple

from searchq.analysis.folding import fold

__all__ = [
    "DATA",
    "LEARNED",
    "SortedLines",
    "Translation",
    "TranslationTable",
    "dump_table",
    "learned",
    "place_elsewhere",
    "shipped",
]

LEARNED: Final = {"nl": "translations_nl_fr", "fr": "translations_fr_nl"}  # what an index learned, by source language

DATA: Final = Path(__file__).parent / "data"
_REFERENCE: Final = "="
_TOGETHER: Final = "+"
_STRIDE: Final = 4096  # bytes between the lines that a look-up begins at
_SHORTEST_STEM: Final = 4  # letters
# Endings that forms of one word differ in, by language: what is taken off, what is put on.
_ENDINGS: Final = {
    "fr": (("s", ""), ("", "s"), ("es", ""), ("e", ""), ("", "e"), ("x", ""), ("aux", "al"), ("ees", "e"), ("s", "e")),
    "nl": (("en", ""), ("s", ""), ("e", ""), ("n", ""), ("", "e"), ("", "en"), ("", "s"), ("", "n"), ("'s", "")),
}


class Translation(NamedTuple):
    """Words of the other language that translate a word together, mostly one, and how likely: above 0, at most 1."""

    words: tuple[str, ...]
    probability: float


class TranslationTable:
    """The translations of the words of one language, from the bytes of `dump_table`."""

    def __init__(self, data: bytes, language: str) -> None:
        """`language` is that of the words to translate."""
        self._lines = SortedLines(data)
        self._endings = _ENDINGS[language]

    def __contains__(self, form: str) -> bool:
        """Return whether a form is in the table, as it is written but for its marks."""
        return self._lines.find(fold(form)) is not None

    def translations(self, *words: str) -> tuple[Translation, ...]:
        """Return the translations of a word or, if it has none, of its nearest form; the likeliest first.

        Several words are translated as one: none for most.
        """
        found = self._line(_TOGETHER.join(words)) or ""
        if found.startswith(_REFERENCE):
            found = self._lines.find(found[1:]) or ""
        return tuple(map(_translation, found.split()))

    def _line(self, word: str) -> str | None:
        return next((line for form in self._forms(word) if (line := self._lines.find(form)) is not None), None)

    def _forms(self, word: str) -> Iterator[str]:
        """Yield a word as written, then in other forms."""
        word = fold(word)
        yield word
        for ending, other in self._endings:
            if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST_STEM:
                yield word[: len(word) - len(ending)] + other


class SortedLines:
    """Lines of text, sorted by their first word: reading a file parses none, a look-up goes through some."""

    def __init__(self, data: bytes) -> None:
        start = 0
        while data.startswith(b"#", start):
            start = data.index(b"\n", start) + 1
        self._data = b"\n" + data[start:]
        self._starts = sorted({self._data.rfind(b"\n", 0, place + 1) for place in range(0, len(self._data), _STRIDE)})
        self._heads = [self._data[start + 1 : self._data.find(b" ", start)] for start in self._starts]

    def find(self, word: str) -> str | None:
        """Return the line that begins with a word, without that word; None if there is none."""
        key = word.encode(errors="replace")
        block = bisect_right(self._heads, key)
        first, last = self._starts[max(block - 1, 0)], self._starts[block] if block < len(self._starts) else None
        start = self._data.find(b"\n" + key + b" ", first, last)
        if start < 0:
            return None
        return self._data[start + len(key) + 2 : self._data.find(b"\n", start + 1)].decode()


def _translation(text: str) -> Translation:
    words, _, percent = text.rpartition(":")
    return Translation(tuple(words.split(_TOGETHER)), int(percent) / 100)


def dump_table(translations: Mapping[str, Sequence[Translation]], forms: Mapping[str, str], comment: str = "") -> bytes:
    """Write a table: the translations of words, and other forms of those words, form -> word.

    Of words, or of forms, that differ by their marks alone the last counts.
    """
    rows = {fold(form): f"{_REFERENCE}{fold(word)}" for form, word in forms.items() if word in translations}
    rows |= {fold(word): " ".join(map(_written, of_word)) for word, of_word in translations.items()}
    lines = sorted(f"{form} {row}".encode() for form, row in rows.items())
    return b"".join(line + b"\n" for line in (*_comments(comment), *lines))


def _written(translation: Translation) -> str:
    return f"{_TOGETHER.join(translation.words)}:{min(100, max(1, round(100 * translation.probability)))}"


def _comments(text: str) -> Iterable[bytes]:
    return (f"# {line}".encode() for line in text.splitlines())


@cache
def shipped(language: str) -> TranslationTable:
    """Return the shipped table of the words of a language."""
    name = f"{LEARNED[language]}.txt"
    return TranslationTable((DATA / name).read_bytes(), language)


@lru_cache(maxsize=8)
def learned(data: bytes, language: str) -> TranslationTable:
    """Return the table that an index learned; the latest ones are kept, as each query asks for its own."""
    return TranslationTable(data, language)


def place_elsewhere(word: str, language: str) -> str | None:
    """Return what the other language calls a place, water or country; None for any other word."""
    found = _places().find(word if word.isascii() else fold(word)) or ""
    there = "fr:" if language == "nl" else "nl:"
    return next((name.removeprefix(there) for name in found.split() if name.startswith(there)), None)


@cache
def _places() -> SortedLines:
    """Read when first asked for: most queries tell their language by stop words, and are not translated."""
    return SortedLines((DATA / "name_pairs.txt").read_bytes())

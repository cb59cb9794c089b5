"""The word lists shipped beside this module: plain text a person can read and extend; `#` begins a comment."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

__all__ = ["by_start", "lines_of", "one_of_many", "words_of"]

_DATA = Path(__file__).parent / "data"


@cache
def words_of(name: str) -> frozenset[str]:
    """Return every word of a list, regardless of lines."""
    return frozenset(word for line in lines_of(name) for word in line.split())


@cache
def one_of_many(name: str) -> dict[str, str]:
    """Read a list of `lemma form form …` lines as form -> lemma."""
    rows = [line.split() for line in lines_of(name)]
    return {form: lemma for lemma, *forms in rows for form in forms}


def by_start(words: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """Words by their first two letters, the longest first: what of them another word begins with is among a few."""
    found = defaultdict[str, list[str]](list)
    for word in sorted(words, key=lambda word: (-len(word), word)):
        found[word[:2]].append(word)
    return {start: tuple(words) for start, words in found.items()}


def lines_of(name: str | Path) -> Iterator[str]:
    """Yield the lines of a list without comments: a shipped one by name, or any by path."""
    for line in (_DATA / name).read_text(encoding="utf-8").splitlines():
        if text := line.partition("#")[0].strip():
            yield text

"""Things with several names: NMBS and Nationale Maatschappij der Belgische Spoorwegen, KMO and kleine onderneming.

The names come from `data/acronyms.txt`, from a file of the user's own, and from the documents, which spell an acronym
out where they first use it. A query that holds one name of a thing asks for the others too.
"""

import os
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Final

from searchq.analysis.tokenizer import words
from searchq.analysis.wordlists import lines_of, words_of

__all__ = ["ENVIRONMENT", "EXPANSION_WEIGHT", "Acronyms", "Expansion", "Name", "learn", "names"]

Name = tuple[str, ...]  # the words of one name, as tokenizer.words gives them

ENVIRONMENT: Final = "SEARCHQ_ACRONYMS"  # the path of the user's own file
EXPANSION_WEIGHT: Final = 0.3  # of another name of what a query names (see docs/dutch.md)


@dataclass(frozen=True, slots=True)
class Expansion:
    """The words `start` to `end` (exclusive) of a query are one name of a thing; `others` are its other names."""

    start: int
    end: int
    others: tuple[Name, ...]


@dataclass(frozen=True)
class Acronyms:
    """The names of things, found whatever their inflection: `stem_of` brings each word to its stem."""

    things: tuple[tuple[Name, ...], ...]
    stem_of: Callable[[str], str] = field(default=str)

    def expansions(self, query: Sequence[str]) -> list[Expansion]:
        """Every name that stands in the words of a query, the longest at each place, with the thing's other names."""
        stems = [self.stem_of(word) for word in query]
        found: list[Expansion] = []
        start = 0
        while start < len(stems):
            expansion = self._at(stems, start)
            if expansion:
                found.append(expansion)
            start = expansion.end if expansion else start + 1
        return found

    def _at(self, stems: Sequence[str], start: int) -> Expansion | None:
        for name, others in self._by_first.get(stems[start], ()):
            if tuple(stems[start : start + len(name)]) == name:
                return Expansion(start, start + len(name), others)
        return None

    @cached_property
    def _by_first(self) -> dict[str, list[tuple[Name, tuple[Name, ...]]]]:
        """First stem -> the names that begin with it, the longest first, each with the other names of its things."""
        others: defaultdict[Name, list[Name]] = defaultdict(list)
        for thing in self.things:
            for name in thing:
                stems = tuple(self.stem_of(word) for word in name)
                others[stems] += [other for other in thing if other != name and other not in others[stems]]
        table: defaultdict[str, list[tuple[Name, tuple[Name, ...]]]] = defaultdict(list)
        for name in sorted(others, key=len, reverse=True):
            table[name[0]].append((name, tuple(others[name])))
        return dict(table)


def names(own: Path | None = None) -> tuple[tuple[Name, ...], ...]:
    """The names of things as shipped and as the user adds: from `own`, or the file the environment names.

    Raises OSError or UnicodeDecodeError when that file cannot be read.
    """
    path = own or (Path(os.environ[ENVIRONMENT]) if os.environ.get(ENVIRONMENT) else None)
    return tuple(_thing(line) for line in (*lines_of("acronyms.txt"), *(lines_of(path) if path else ())))


def _thing(line: str) -> tuple[Name, ...]:
    return tuple(name for text in line.split("=") if (name := tuple(words(text))))


# --- learning from documents


_LONGEST_NAME: Final = 12  # words
_FEWEST_CAPITALS: Final = 2  # Jan is a name, FOD and UGent are acronyms
_LETTERS_A_LETTER: Final = 5  # of a single word, a letter of its acronym: politiezone (PZ), but not Peeters (PS)
_FURTHEST: Final = 160  # characters before the bracket
_BRACKETED: Final = re.compile(r"\(([A-Z][A-Za-z&-]{1,9})\)")
_MOST_LETTERS: Final = 3  # that one word gives: OverheidsDienst gives two


def learn(texts: Iterable[str], at_least: int = 2) -> list[tuple[str, Name]]:
    """Acronyms the texts spell out, each with its name: "de Federale Overheidsdienst (FOD)".

    A name counts when each of its own words begins with the next letter of the acronym and all letters are used, and
    when `at_least` texts say the same.
    """
    seen = Counter(pair for text in texts for pair in set(_spelled_out(text)))
    return [pair for pair, times in seen.items() if times >= at_least]


def _spelled_out(text: str) -> Iterator[tuple[str, Name]]:
    """Each bracketed acronym of a text with the name before it, the shortest that fits."""
    for match in _BRACKETED.finditer(text):
        if sum(map(str.isupper, match[1])) < _FEWEST_CAPITALS:
            continue
        short = match[1].lower()
        before = words(text[max(0, match.start() - _FURTHEST) : match.start()])[-_LONGEST_NAME:]
        names = (tuple(before[start:]) for start in range(len(before) - 1, -1, -1))
        fitting = (name for name in names if _may_be_named(short, name) and _stands_for(short, name))
        if name := next(fitting, None):
            yield short, name


def _may_be_named(short: str, name: Name) -> bool:
    """Whether a name begins with a word of its own, and, if it is one word, is long enough to be a compound."""
    long_enough = len(name) > 1 or len(name[0]) >= _LETTERS_A_LETTER * len(short)
    return long_enough and name[0] not in words_of("name_words.txt")


def _stands_for(letters: str, name: Sequence[str]) -> bool:
    """Whether a name's words give the letters in order, each word its first, at most three."""
    if not name:
        return not letters
    word, rest = name[0], name[1:]
    if word in words_of("name_words.txt") and _stands_for(letters, rest):
        return True
    if not letters or word[0] != letters[0]:
        return False
    return any(
        _within(letters[1:taken], word[1:]) and _stands_for(letters[taken:], rest)
        for taken in range(1, min(_MOST_LETTERS, len(letters)) + 1)
    )


def _within(letters: str, word: str) -> bool:
    """Whether the letters occur in the word in that order."""
    remaining = iter(word)
    return all(letter in remaining for letter in letters)

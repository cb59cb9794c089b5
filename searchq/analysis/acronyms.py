"""Acronyms and other synonyms: NMBS and Nationale Maatschappij der Belgische Spoorwegen, KMO and kleine onderneming.

The names come from the user's own file, from `data/acronyms.txt`, and from documents that spell out an acronym (see
long_forms); if several define the same acronym, the first in this order wins. A query that contains one name of a thing
searches for the others too.
"""

import os
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache, cached_property
from pathlib import Path
from typing import Final, NamedTuple

from msgspec import Struct, field

from searchq.analysis.folding import fold
from searchq.analysis.tokenizer import words
from searchq.analysis.wordlists import lines_of

__all__ = [
    "ENVIRONMENT",
    "EXPANSION_WEIGHT",
    "LEARNED",
    "Acronyms",
    "Expansion",
    "LongForm",
    "Name",
    "Thing",
    "beginning",
    "dump_forms",
    "load_forms",
    "names",
    "shipped",
    "unknown",
]

Name = tuple[str, ...]  # the words of one name, as tokenizer.words gives them
Thing = tuple[Name, ...]  # all names of one thing
LongForm = tuple[str, Name]  # an acronym in lower case, the words it stands for

LEARNED: Final = "acronyms"  # the name under which an index stores the long forms learned from its documents
ENVIRONMENT: Final = "SEARCHQ_ACRONYMS"  # the path of the user's own file
EXPANSION_WEIGHT: Final = 0.3  # of another name of a thing in the query (see docs/dutch.md)
STEADY: Final = 4  # initial letters of a word that no inflection changes


class Expansion(NamedTuple):
    """The words `start` to `end` (exclusive) of a query are one name of a thing; `others` are its other names."""

    start: int
    end: int
    others: tuple[Name, ...]
    learned: bool = False  # from the documents


class Acronyms(Struct, frozen=True, dict=True):
    """Finds the names of things in any inflection; `stem_of` returns the stem of a word.

    `learned` are things named in documents but not in `things` (see `unknown`). A name of several telling words is also
    found without words that are idle (openbaar centrum maatschappelijk welzijn): a query leaves these out.
    """

    things: tuple[Thing, ...]
    stem_of: Callable[[str], str] = field(default=str)
    learned: tuple[Thing, ...] = ()
    is_idle: Callable[[str], bool] = field(default=lambda word: False)

    def expansions(self, query: Sequence[str]) -> list[Expansion]:
        """Return every name in the words of a query, the longest at each place, with the thing's other names."""
        rows = ([*enumerate(query)], [(place, word) for place, word in enumerate(query) if not self.is_idle(word)])
        stems = [[(place, self.stem_of(word)) for place, word in row] for row in rows]
        found: list[Expansion] = []
        start = 0
        while start < len(query):
            expansion = next(filter(None, (self._at(row, start) for row in stems)), None)
            if expansion:
                found.append(expansion)
            start = expansion.end if expansion else start + 1
        return found

    def _at(self, row: Sequence[tuple[int, str]], start: int) -> Expansion | None:
        """Return the longest name in a row of places and stems that begins at a place of the query."""
        rest = [(place, stem) for place, stem in row if place >= start]
        if not rest or rest[0][0] != start:
            return None
        for name, others in self._by_first.get(rest[0][1], ()):
            if tuple(stem for _, stem in rest[: len(name)]) == name:
                end = rest[len(name) - 1][0] + 1
                return Expansion(start, end, others, learned=name not in self._others(self.things))
        return None

    @cached_property
    def _by_first(self) -> dict[str, list[tuple[Name, tuple[Name, ...]]]]:
        """Map a first stem to the names that begin with it, longest first, each with the other names of its things."""
        others = self._others((*self.things, *self.learned))
        table: defaultdict[str, list[tuple[Name, tuple[Name, ...]]]] = defaultdict(list)
        for name in sorted(others, key=len, reverse=True):
            table[name[0]].append((name, tuple(others[name])))
        return dict(table)

    def _others(self, things: Iterable[Thing]) -> dict[Name, list[Name]]:
        """Map each name, as stems, to the other names of its things."""
        others: defaultdict[Name, list[Name]] = defaultdict(list)
        for thing in things:
            for name in thing:
                for stems in dict.fromkeys(self._spellings(name)):
                    others[stems] += [other for other in thing if other != name and other not in others[stems]]
        return others

    def _spellings(self, name: Name) -> Iterator[Name]:
        """Yield a name as stems: whole, without its hyphens, and, if that leaves several, its telling words."""
        yield tuple(map(self.stem_of, name))
        pieces = [piece for word in name for piece in word.split("-")]
        if len(pieces) > len(name) and not any(map(self.is_idle, pieces)):
            yield tuple(map(self.stem_of, pieces))  # proces verbaal
        telling = tuple(self.stem_of(word) for word in name if not self.is_idle(word))
        if len(telling) > 1:
            yield telling


def beginning(word: str) -> str:
    """Return the first letters of a word, which no inflection and no hyphen changes: email, e-mails."""
    return fold(word.replace("-", ""))[:STEADY]


def names(own: Path | None = None) -> tuple[Thing, ...]:
    """Return the shipped names and the user's own: from `own`, or the file that the environment variable names.

    A line of the user's file replaces the shipped line that begins with the same name. Raises OSError or
    UnicodeDecodeError if the file cannot be read.
    """
    path = own or (Path(os.environ[ENVIRONMENT]) if os.environ.get(ENVIRONMENT) else None)
    added = tuple(map(_thing, lines_of(path))) if path else ()
    replaced = {thing[0] for thing in added if thing}
    return (*(thing for thing in shipped() if thing[0] not in replaced), *added)


@cache
def shipped() -> tuple[Thing, ...]:
    """Return the shipped names."""
    return tuple(map(_thing, lines_of("acronyms.txt")))


def unknown(learned: Iterable[LongForm], known: Iterable[Thing]) -> tuple[Thing, ...]:
    """Return the learned long forms of acronyms that no known thing has."""
    taken = {name for thing in known for name in thing}
    return tuple(((short,), name) for short, name in learned if (short,) not in taken)


def _thing(line: str) -> tuple[Name, ...]:
    return tuple(name for text in line.split("=") if (name := tuple(words(text))))


def dump_forms(forms: Iterable[LongForm]) -> bytes:
    """Serialize long forms as lines of words, the acronym first."""
    return "\n".join(f"{short} {' '.join(name)}" for short, name in forms).encode()


def load_forms(data: bytes) -> list[LongForm]:
    """Parse the lines of `dump_forms`."""
    return [(short, tuple(name)) for short, *name in map(str.split, data.decode().splitlines())]

"""Acronyms that documents spell out: "de Federale Overheidsdienst (FOD)", "NMBS (Nationale Maatschappij der …)".

    text ── spelled_out ──> (acronym, long form) ── counted over documents ── accepted ──> used in queries

Counts change as documents are added and removed, so an index that grew learns the same as one built at once. The
accepted forms are recomputed at each commit, and stored with the counts.
"""

import re
import zlib
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from functools import cache
from typing import Final

from searchq.analysis.acronyms import STEADY, LongForm, Name, shipped
from searchq.analysis.tokenizer import words
from searchq.analysis.wordlists import words_of

__all__ = ["accepted", "dump_counts", "load_counts", "spelled_out"]

# Which long forms are accepted (see docs/dutch.md for their precision).
MIN_DOCUMENTS: Final = 2
MIN_SHARE: Final = 2 / 3  # of the documents that spell an acronym out

# What may be a long form.
_MAX_NAME_WORDS: Final = 12  # words
_MIN_CAPITALS: Final = 2  # Jan is a name, FOD and UGent are acronyms
_LETTERS_A_LETTER: Final = 5  # of a single word, a letter of its acronym: politiezone (PZ), but not Peeters (PS)
_MAX_DISTANCE: Final = 160  # characters of a long form
_MAX_LETTERS_A_WORD: Final = 3  # that one word gives: OverheidsDienst gives two
_BRACKET: Final = re.compile(rf"\(([^()]{{2,{_MAX_DISTANCE}}})\)")
_MAX_ACRONYM_LENGTH: Final = 10  # letters
_SHORT: Final = re.compile(rf"[A-Z][A-Za-z&-]{{1,{_MAX_ACRONYM_LENGTH - 1}}}")


def spelled_out(text: str) -> set[LongForm]:
    """Return the acronyms a text spells out, before a bracket or in it, except the shipped ones.

    Each word of the long form begins with the next letter of the acronym, and all letters are used.
    """
    found = set()
    for match in _BRACKET.finditer(text):
        if short := _acronym(match[1]):
            name = _named_before(short, text[max(0, match.start() - _MAX_DISTANCE) : match.start()])
        else:
            short = _acronym_before(text, match.start())
            name = _named_in(short, match[1]) if short else None
        if short and name:
            found.add((short, name))
    return found


def accepted(counts: Counter[LongForm], is_ordinary: Callable[[str], bool] = lambda word: False) -> list[LongForm]:
    """Return the long forms that enough documents agree on, inflections counted together; sorted.

    An acronym that is also an ordinary word (VIA, BIO) is skipped: a person who types it means the word.
    """
    rivals: defaultdict[str, defaultdict[Name, Counter[Name]]] = defaultdict(lambda: defaultdict(Counter))
    for (short, name), documents in counts.items():
        rivals[short][_steady(name)][name] += documents
    found = []
    for short, kinds in rivals.items():
        best = max(kinds.values(), key=lambda kind: (kind.total(), min(kind)))
        everything = sum(kind.total() for kind in kinds.values())
        if best.total() >= max(MIN_DOCUMENTS, MIN_SHARE * everything) and not is_ordinary(short):
            found.append((short, max(sorted(best), key=best.__getitem__)))
    return sorted(found)


def _steady(name: Name) -> Name:
    """Return what all inflections of a name share: its words, truncated."""
    return tuple(word[:STEADY] for word in name if word not in words_of("name_words.txt"))


# --- as bytes, to be kept with an index


def dump_counts(counts: Counter[LongForm]) -> bytes:
    """Serialize counts as compressed lines."""
    rows = sorted((short, name, documents) for (short, name), documents in counts.items() if documents)
    lines = (f"{documents} {short} {' '.join(name)}" for short, name, documents in rows)
    return zlib.compress("\n".join(lines).encode())


def load_counts(data: bytes) -> Counter[LongForm]:
    """Parse the bytes of `dump_counts`; no bytes are no counts."""
    lines = zlib.decompress(data).decode().splitlines() if data else []
    return Counter({(short, tuple(name)): int(count) for count, short, *name in map(str.split, lines)})


# --- finding them


def _acronym(letters: str) -> str | None:
    if not _SHORT.fullmatch(letters):
        return None
    short = letters.lower()
    return short if sum(map(str.isupper, letters)) >= _MIN_CAPITALS and short not in _known() else None


@cache
def _known() -> frozenset[str]:
    """Return the shipped acronyms."""
    return frozenset(name[0] for thing in shipped() for name in thing if len(name) == 1)


def _acronym_before(text: str, bracket: int) -> str | None:
    """Return the acronym before a bracket."""
    return _acronym(text[max(0, bracket - _MAX_ACRONYM_LENGTH - 2) : bracket].rstrip().rpartition(" ")[2])


def _named_before(short: str, text: str) -> Name | None:
    """Return the fewest words at the end of a text that an acronym abbreviates."""
    before = words(text)[-_MAX_NAME_WORDS:]
    starts = (start for start in range(len(before) - 1, -1, -1) if before[start][0] == short[0])
    return next((name for start in starts if _is_long_form(short, name := tuple(before[start:]))), None)


def _named_in(short: str, text: str) -> Name | None:
    """Return the words of a bracket, if the acronym before it abbreviates them."""
    if text[0].lower() != short[0]:
        return None
    name = tuple(words(text))
    return name if len(name) <= _MAX_NAME_WORDS and _is_long_form(short, name) else None


def _is_long_form(short: str, name: Name) -> bool:
    """Whether a name begins with a word of its own, is long enough for a compound if it is one word, and fits."""
    long_enough = len(name) > 1 or bool(name and len(name[0]) >= _LETTERS_A_LETTER * len(short))
    return long_enough and name[0] not in words_of("name_words.txt") and _stands_for(short, name)


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
        for taken in range(1, min(_MAX_LETTERS_A_WORD, len(letters)) + 1)
    )


def _within(letters: str, word: str) -> bool:
    """Return whether the letters occur in the word in that order."""
    remaining = iter(word)
    return all(letter in remaining for letter in letters)

"""Spelling suggestions for a query, from the words of the index; offered only if they find something.

A word is doubtful if few questions were found and the index contains it in no form; or, if nothing was found, if a very
similar word is far more frequent. Fields, quotes, operators and filters are unchanged, and the suggestion must have
hits under them. A suggestion is never searched automatically.
"""

import math
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import islice
from typing import Final

from searchq.analysis.tokenizer import Token, tokens
from searchq.engine import Engine
from searchq.limits import MAX_QUERY_CHARACTERS
from searchq.query.hits import Hits
from searchq.query.request import Request
from searchq.query.tree import Node, ParsedQuery, Place, origins

__all__ = ["did_you_mean"]

_MAX_WORDS: Final = 3  # doubtful words per query; more are not typos
_MAX_TRIED: Final = 6  # spellings tried
_FEW: Final = 20  # with more hits than this no word is doubtful
_RARE: Final = 3  # maximum document frequency of a doubtful known word
_OFTEN: Final = 20  # a suggestion must be this many times as frequent


def did_you_mean(
    request: Request, query: ParsedQuery | None, found: int, engine: Engine, until: float = math.inf
) -> str | None:
    """Correct the doubtful words of the text; None if nothing is doubtful or nothing better is found.

    `query` is the parsed text; `found` is its number of hits, 0 if only some of its words occur together. No search
    starts after `until` (CPU time of this thread).
    """
    if query is None or found > _FEW or len(request.text) > MAX_QUERY_CHARACTERS or time.thread_time() > until:
        return None

    def ask(text: str) -> Hits:
        return engine.search(replace(request, text=text, facets=(), histogram=False, page=1, limit=1, texts="none"))

    words = list(_words_of(query.tree, request.text))
    doubted = list(islice(_doubted(words, found, engine, lambda word: ask(word).total > 0), _MAX_WORDS + 1))
    if not doubted or len(doubted) > _MAX_WORDS:
        return None
    for text in islice(_spellings(request.text, doubted), _MAX_TRIED):
        if time.thread_time() > until:
            break
        answer = ask(text)
        if answer.total > found and not any(hint.code == "most-words" for hint in answer.hints):
            return text
    return None


def _words_of(tree: Node, text: str) -> Iterator[Token]:
    """The words that may be typos, without wildcard and fuzzy words."""
    read: dict[Place, set[str]] = {}
    for origin in origins(tree):
        if origin.shape in ("word", "phrase"):
            read.setdefault(origin.place, set()).update(origin.words)
    for (start, end), words in read.items():
        for word, first, last in tokens(text[start:end]):
            if word.isalpha() and word in words:
                yield Token(word, start + first, start + last)


def _doubted(
    words: Sequence[Token], found: int, engine: Engine, finds: Callable[[str], bool]
) -> Iterator[tuple[Token, list[str]]]:
    """The doubtful words with their candidates; `finds` tells whether a word has hits."""
    for token, frequency in zip(words, engine.frequencies([token.word for token in words]), strict=True):
        if better := _better(token.word, frequency, found, engine, finds):
            yield token, better


def _better(word: str, frequency: int | None, found: int, engine: Engine, finds: Callable[[str], bool]) -> list[str]:
    """The candidates for a word; empty if it is not doubtful."""
    if frequency is not None and (found or frequency > _RARE):
        return []
    near = engine.spellings(word)
    if frequency is None:
        return [] if near and finds(word) else [one.word for one in near]
    return [one.word for one in near if one.frequency >= _OFTEN * max(frequency, 1)]


def _spellings(text: str, doubted: list[tuple[Token, list[str]]]) -> Iterator[str]:
    """The text with the best candidate for each word, then with the next best for one word at a time."""
    best = [better[0] for _, better in doubted]
    yield _mended(text, doubted, best)
    for place, (_, better) in enumerate(doubted):
        for other in better[1:]:
            yield _mended(text, doubted, [*best[:place], other, *best[place + 1 :]])


def _mended(text: str, doubted: list[tuple[Token, list[str]]], chosen: list[str]) -> str:
    for (token, _), word in reversed(list(zip(doubted, chosen, strict=True))):
        text = text[: token.start] + _in_case(word, text[token.start : token.end]) + text[token.end :]
    return text


def _in_case(word: str, typed: str) -> str:
    """The word in the case of the typed one."""
    if len(typed) > 1 and typed.isupper():
        return word.upper()
    return word[:1].upper() + word[1:] if typed[:1].isupper() else word

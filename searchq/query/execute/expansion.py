"""Nodes that stand for many words: prefixes, wildcards, patterns, words that differ a little, ranges of words.

They are bounded: when more words fit than `MAX_EXPANDED_TERMS`, the most frequent are kept and a hint says so. Where
Whoosh asks for a constant score, every match scores the boost of the node; Whoosh 2.7.4 itself does so only when three
words or more fit in a segment of at most 5,000 documents, and adds up their BM25F scores otherwise.
"""

import fnmatch
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import islice
from typing import Any, Final

import numpy as np
from whoosh.lang.morph_en import variations
from whoosh.query import Every, FuzzyTerm, Prefix, Regex, Term, TermRange, Variations, Wildcard

from searchq.index.schema import FIELDS
from searchq.limits import MAX_EXPANDED_TERMS
from searchq.query.execute.combine import boosted, union
from searchq.query.execute.leaves import every
from searchq.query.execute.matches import Matches, constant, nothing
from searchq.query.execute.run import Run
from searchq.query.hints import Hint

__all__ = ["expand", "expanded"]

_STEP: Final = 2048  # words looked at between two looks at the clock
_GLOB: Final = frozenset("*?[")
_PATTERN: Final = frozenset("{}()[].?*+^$\\|")


def expanded(node: Any, run: Run) -> Matches:
    """What any of the words matches that the node stands for."""
    if _everything(node):
        return every(Every(node.fieldname, boost=node.boost), run)
    words = expand(node, run)
    if not words:
        return nothing()
    if not node.constantscore:
        return boosted(union([run.evaluate(Term(node.fieldname, word)) for word in words], run), node.boost)
    held = np.zeros(run.max_doc, np.bool_)
    for word in words:
        postings = run.postings(node.fieldname, word)
        if postings is not None:
            held[postings.docs] = True
            run.note(node.fieldname, word)
    return constant(held.nonzero()[0], node.boost)


def expand(node: Any, run: Run) -> list[str]:
    """The words of the index a node stands for, in order; the most frequent ones when there are too many."""
    if node.fieldname not in FIELDS:
        return []
    words = list(_watched(EXPAND[type(node)](node, run), run))
    if len(words) <= MAX_EXPANDED_TERMS:
        return words
    run.hint(Hint("many-words", {"word": _shown(node), "found": len(words), "kept": MAX_EXPANDED_TERMS}))
    counts = [run.snapshot.statistics(node.fieldname, word)[0] for word in _watched(words, run)]
    kept = np.argsort(np.negative(counts), kind="stable")[:MAX_EXPANDED_TERMS]
    return [words[place] for place in np.sort(kept)]


def _prefix(node: Prefix, run: Run) -> Iterable[str]:
    return run.snapshot.terms(node.fieldname, node.text)


def _wildcard(node: Wildcard, run: Run) -> Iterable[str]:
    return _matching(re.compile(fnmatch.translate(node.text)), _literal(node.text, _GLOB), node, run)


def _regex(node: Regex, run: Run) -> Iterable[str]:
    """A pattern; what stands before its first special character narrows the walk, but for one that may be repeated."""
    start = "" if "|" in node.text else _literal(node.text.removeprefix("^"), _PATTERN)
    follows = node.text.removeprefix("^")[len(start) : len(start) + 1]
    return _matching(re.compile(node.text), start[:-1] if follows in ("*", "?", "{") else start, node, run)


def _fuzzy(node: FuzzyTerm, run: Run) -> Iterable[str]:
    """Words at most `maxdist` letters put in, left out or changed away, the first `prefixlength` letters alike."""
    near = run.snapshot.terms(node.fieldname, node.text[: node.prefixlength])
    return (word for word in near if _distance_within(word, node.text, int(node.maxdist)))


def _variations(node: Variations, run: Run) -> Iterable[str]:
    held = (word for word in variations(node.text) if run.snapshot.statistics(node.fieldname, word)[0])
    return sorted(held)


def _term_range(node: TermRange, run: Run) -> Iterable[str]:
    low, high = _as_text(node.start) or "", _as_text(node.end)
    beyond = None if high is None else high if node.endexcl else high + "\0"  # the first word after the range
    words = run.snapshot.term_range(node.fieldname, low, beyond)
    return (word for word in words if not (node.startexcl and word == low))


def _matching(pattern: re.Pattern[str], start: str, node: Any, run: Run) -> Iterator[str]:
    return (word for word in run.snapshot.terms(node.fieldname, start) if pattern.match(word))


def _literal(text: str, special: frozenset[str]) -> str:
    """What stands before the first special character."""
    return text[: next((place for place, letter in enumerate(text) if letter in special), len(text))]


def _distance_within(word: str, other: str, limit: int) -> bool:
    """Whether at most `limit` edits lie between two words (Levenshtein; two letters exchanged are two edits)."""
    if abs(len(word) - len(other)) > limit:
        return False
    start, shorter = 0, min(len(word), len(other))
    while start < shorter and word[start] == other[start]:
        start += 1
    end = 0
    while end < shorter - start and word[-1 - end] == other[-1 - end]:
        end += 1
    word, other = word[start : len(word) - end], other[start : len(other) - end]
    if max(len(word), len(other)) <= limit:
        return True
    if limit < 2:  # what is left differs at both ends
        return False
    rest = ((word[1:], other[1:]), (word[1:], other), (word, other[1:]))
    return any(_distance_within(*pair, limit - 1) for pair in rest)


def _watched(words: Iterable[str], run: Run) -> Iterator[str]:
    """The words, with a look at the clock now and then."""
    walk = iter(words)
    while chunk := list(islice(walk, _STEP)):
        run.check()
        yield from chunk


def _everything(node: Any) -> bool:
    return (type(node), getattr(node, "text", None)) in ((Prefix, ""), (Wildcard, "*"), (Regex, ".*"))


def _as_text(value: Any) -> str | None:
    return value.decode() if isinstance(value, bytes) else value


def _shown(node: Any) -> str:
    """The node as a visitor would type it."""
    if isinstance(node, TermRange):
        return f"{node.start or ''}..{node.end or ''}"
    return node.text + _SUFFIX.get(type(node), "")


_SUFFIX: Final[Mapping[type, str]] = {Prefix: "*", FuzzyTerm: "~"}
EXPAND: Final[Mapping[type, Callable[[Any, Run], Iterable[str]]]] = {
    Prefix: _prefix,
    Wildcard: _wildcard,
    Regex: _regex,
    FuzzyTerm: _fuzzy,
    Variations: _variations,
    TermRange: _term_range,
}

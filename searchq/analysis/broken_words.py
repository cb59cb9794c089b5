"""Words that a line's end broke, where only a blank is left of it: wegen- werken is wegenwerken.

    wegen- werken             one word, since Dutch has it
    overheids- opdrachten     one word: nothing but a compound begins with overheids
    lucht- en zeevaart        stays, as does euro- vertalingen, which is no word

Texts and queries are joined by the same rule. Where words are marked, those sought are enough.
"""

import re
from collections.abc import Callable, Sequence
from functools import cache
from typing import Final

from searchq.analysis.folding import fold
from searchq.analysis.sentences import is_function_word
from searchq.analysis.terms import WeightedTerm
from searchq.analysis.translations import shipped
from searchq.analysis.typography import JOINING, MAY_BREAK, breaks_in
from searchq.analysis.wordlists import words_of
from searchq.lazy_regex import lazy

__all__ = ["Analyze", "may_be_broken", "with_joined", "with_known_joined"]

Analyze = Callable[[str], Sequence[WeightedTerm]]  # the Dutch terms of a word

_LONGEST: Final = 40  # letters of a piece
_BROKEN: Final = lazy(
    r"(?<=[^\W\d_][^\W\d_][^\W\d_])(?:-[ \u00a0]|\u2010 )"
    rf"(?!(?:{JOINING})(?![^\W\d_]))([^\W\d_]{{3,{_LONGEST}}})(?![^\W_])"
)
_FIRST: Final = lazy(rf"(?<![^\W_])[^\W\d_]{{3,{_LONGEST}}}\Z")
_MARK: Final = "\u00ad"  # a soft hyphen, which is no part of a word
_BOUND: Final = ("ings", "heids", "teits", "schaps")  # what ends so is a word's first part, and no word


def with_known_joined(text: str, analyze: Analyze) -> str:
    """Return the text, as long, with the broken words that Dutch has in one piece, soft hyphens for the break."""
    return with_joined(text, lambda first, last: _is_known(first, last, analyze))


def may_be_broken(text: str) -> bool:
    """Return whether a text has a hyphen; most titles and names, of which indexing asks every one, have none."""
    return "-" in text or "\u2010" in text


def with_joined(text: str, joins: Callable[[str, str], bool]) -> str:
    """Return the same, joining the pieces, in lower case, that are told to join."""

    def written(found: "re.Match[str]") -> str:
        start, last = found.start(), found[1]
        piece = _FIRST.search(found.string, max(0, start - _LONGEST - 1), start)
        if piece is None or not (last.islower() or (piece[0].isupper() and last.isupper())):
            return found[0]  # with a capital of its own, the second piece begins another word
        return 2 * _MARK + last if joins(piece[0].lower(), last.lower()) else found[0]

    parts, done = [], 0
    for at in breaks_in(text) if breaks_in else [found.start() for found in MAY_BREAK.finditer(text)]:
        if found := _BROKEN.match(text, at):
            parts += [text[done:at], written(found)]
            done = found.end()
    return "".join([*parts, text[done:]]) if parts else text


def _is_known(first: str, last: str, analyze: Analyze) -> bool:
    """Return whether Dutch has the word, as lists of words tell, or its first piece stands in compounds alone."""
    whole = analyze(first + last)
    if not whole:
        return False
    if whole[0].why in ("dictionary", "override") or whole[0].term in _compounds():
        return True
    if fold(first + last) in shipped("nl"):
        return True
    return first.endswith(_BOUND) and not is_function_word(last, "nl") and any(one.why == "compound" for one in whole)


@cache
def _compounds() -> frozenset[str]:
    """Read when first asked for: few texts hold a broken word."""
    return frozenset(map(fold, words_of("compounds.txt")))

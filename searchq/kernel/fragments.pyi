from collections.abc import Callable

VERSION: int

_Mark = tuple[int, int, int, float]  # start, end, index of the term, rarity of the term
_Rules = tuple[
    frozenset[str],  # abbreviations
    Callable[[str], bool],  # whether the whole of a text is a label
    int,  # the least length of a fragment,
    int,  # the most,
    int,  # and that of a sentence that is shown whole all the same
    int,  # before the first mark where the sentence begins too far away
    int,  # before the reach of a fragment, for the label of its first sentence
    int,  # of a label
    int,  # of an abbreviation with full stops
]

def densest(marks: list[_Mark], span: int, repeat: float, /) -> tuple[float, int, int, frozenset[int]]:
    """Return the score, the first and last mark, and the terms of the window that scores most: results/windows.py."""

def fragment(
    text: str, first: int, last: int, marks: list[_Mark], rules: _Rules, /
) -> tuple[str, tuple[tuple[int, int], ...], bool, bool]:
    """Return the fragment around a window, its ranges, and whether it begins and ends the text."""

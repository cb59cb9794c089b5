from collections.abc import Callable, Sequence
from typing import Any, TypeVar

VERSION: int

_T = TypeVar("_T")

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

_Ranges = tuple[tuple[int, int], ...]
_Make = Callable[[Any, str, _Ranges, bool, bool, bool], _T]  # of zone, fragment, ranges, starts, ends, is an answer

def shown(
    bodies: Sequence[Sequence[tuple[Any, str, bool, list[_Mark]]]],
    choice: tuple[int, float, float],
    rules: _Rules,
    make: _Make[_T],
    /,
) -> list[tuple[_T, ...]]:
    """Return what to show of questions, given the texts of each: zone, text, whether it answers, and marks.

    `choice` is the longest window, the weight of a term's second and third occurrence, and what a second fragment must
    score. See results/snippets.py, windows.py and fragments.py, which do the same.
    """

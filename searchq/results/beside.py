"""A question among the results of a search: the hits before and after it, and its highlighted words."""

from collections.abc import Mapping, Sequence
from itertools import count
from typing import NamedTuple

from msgspec import Struct

from searchq.question import Question
from searchq.results.page import Zone

__all__ = ["InResults", "PageAround", "page_around"]


class InResults(Struct, frozen=True):
    """The hits beside a question, None at the ends, and the ranges of the search's words in its texts, by zone."""

    previous: Question | None
    next: Question | None
    highlights: Mapping[Zone, Sequence[tuple[int, int]]]


class PageAround(NamedTuple):
    """A page of a few hits; `first` is the rank of the first, from 1."""

    first: int
    page: int
    limit: int


def page_around(place: int) -> PageAround:
    """The smallest page that holds a rank and those beside it."""
    first, last = max(place - 2, 0), place  # from 0
    limit = next(limit for limit in count(last - first + 1) if first // limit == last // limit)
    return PageAround(first // limit * limit + 1, first // limit + 1, limit)

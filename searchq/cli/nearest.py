"""A number the index does not hold, told with the ones nearest to it."""

from collections.abc import Iterator
from contextlib import contextmanager

from searchq.api import Index
from searchq.errors import QuestionNotFound
from searchq.numbers import QuestionNumber, parse_number

__all__ = ["nearest_named"]


@contextmanager
def nearest_named(index: Index, number: str) -> Iterator[None]:
    """Have QuestionNotFound name what is near the number, or how a number is written."""
    try:
        yield
    except QuestionNotFound as error:
        wanted = parse_number(number)
        if not wanted:
            raise QuestionNotFound(f"'{number}' is no number of a question; write one as in 5-8902.") from error
        near = _nearest(index, wanted)
        remedy = f"near it: {', '.join(near)}" if near else f"nor any other of legislature {wanted.legislature}"
        raise QuestionNotFound(f"The index holds no question {number}; {remedy}.") from error


def _nearest(index: Index, wanted: QuestionNumber) -> list[str]:
    """The nearest numbers of the same legislature, at most one before and one after."""
    read = (parse_number(one) for one in index.numbers())
    near = [one for one in read if one and (one.house, one.legislature) == (wanted.house, wanted.legislature)]
    before = [one for one in near if one.order < wanted.order][-1:]
    after = [one for one in near if one.order > wanted.order][:1]
    return [str(one) for one in before + after]

"""A number the index does not hold, told with the ones nearest to it."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from searchq.api import Index
from searchq.errors import QuestionNotFound
from searchq.patterns import late

__all__ = ["nearest_named"]

_NUMBER: Final = late(r"([0-9]+)-([0-9]+)")


@contextmanager
def nearest_named(index: Index, number: str) -> Iterator[None]:
    """Have QuestionNotFound name what is near the number, or how a number is written."""
    try:
        yield
    except QuestionNotFound as error:
        wanted = _NUMBER.fullmatch(number.strip())
        if not wanted:
            raise QuestionNotFound(f"'{number}' is no number of a question; write one as in 5-8902.") from error
        near = _nearest(index, wanted[1], int(wanted[2]))
        remedy = f"near it: {', '.join(near)}" if near else f"nor any other of legislature {wanted[1]}"
        raise QuestionNotFound(f"The index holds no question {number}; {remedy}.") from error


def _nearest(index: Index, legislature: str, serial: int) -> list[str]:
    """The nearest numbers of the same legislature, at most one before and one after."""
    serials = [int(found[2]) for one in index.numbers() if (found := _NUMBER.match(one)) and found[1] == legislature]
    before = [max(one for one in serials if one < serial)] if any(one < serial for one in serials) else []
    after = [min(one for one in serials if one > serial)] if any(one > serial for one in serials) else []
    return [f"{legislature}-{one}" for one in before + after]

"""The message for a number that is not in the index, with the nearest numbers that are."""

from collections.abc import Iterator
from contextlib import contextmanager

from searchq.api import Index
from searchq.cli.texts import gettext
from searchq.errors import QuestionNotFound
from searchq.numbers import QuestionNumber, parse_number

__all__ = ["nearest_named"]


@contextmanager
def nearest_named(index: Index, number: str) -> Iterator[None]:
    """Add the nearest numbers, or the form of a number, to QuestionNotFound."""
    try:
        yield
    except QuestionNotFound as error:
        wanted = parse_number(number)
        if not wanted and number.strip().isdecimal():  # of any legislature
            raise
        if not wanted:
            no_number = gettext("'{number}' is not a question number; write one such as 5-8902.")
            raise QuestionNotFound(no_number.format(number=number)) from error
        near = ", ".join(_nearest(index, wanted))
        lacks = (
            gettext("The index does not contain question {number}; near it: {near}.")
            if near
            else gettext("The index does not contain question {number}; nor any other of legislature {legislature}.")
        )
        sentence = lacks.format(number=number, near=near, legislature=wanted.legislature)
        raise QuestionNotFound(sentence) from error


def _nearest(index: Index, wanted: QuestionNumber) -> list[str]:
    """The nearest numbers in the same legislature, at most one on each side."""
    read = (parse_number(one) for one in index.numbers())
    near = [one for one in read if one and (one.house, one.legislature) == (wanted.house, wanted.legislature)]
    before = [one for one in near if one.order < wanted.order][-1:]
    after = [one for one in near if one.order > wanted.order][:1]
    return [str(one) for one in before + after]

"""Reads when questions were first seen: of each document from four integer columns, or of all that are gone by number.

The index keeps these facts, not the document; a stored record is given them whenever it is read.
"""

import datetime as dt
from collections.abc import Mapping
from functools import cached_property, lru_cache
from typing import Final

from msgspec.structs import force_setattr

from searchq.first_seen import FirstSeen
from searchq.index.format.encoding import Ints
from searchq.index.records.tokens import in_c
from searchq.index.schema import FIRST_SEEN, MISSING, moment_of
from searchq.question import Question

__all__ = ["FirstSeenColumns"]

_MOMENTS: Final = 4096  # cached; each commit has one


class FirstSeenColumns:
    """The columns of one segment; thread-safe."""

    def __init__(self, integers: Mapping[str, Ints]) -> None:
        self._integers = integers

    @cached_property
    def _columns(self) -> tuple[memoryview, ...]:
        """The columns, compared with their checksums; reading a memory view takes a third of the time."""
        return tuple(self._integers[name].data for name in FIRST_SEEN)

    def of(self, doc: int) -> FirstSeen:
        """Return what the index keeps of a document."""
        new_in, answered_in, question, answer = self._columns
        return FirstSeen(_known(new_in[doc]), _known(answered_in[doc]), _moment(question[doc]), _moment(answer[doc]))

    def told(self, question: Question, doc: int) -> Question:
        """Fill the moments into a question that was just decoded, and belongs to nobody else yet."""
        self.tell([question], [int(doc)])  # one of NumPy is none that C takes
        return question

    def tell(self, questions: list[Question], docs: list[int]) -> None:
        """Fill the moments into some such questions."""
        _, _, asked, answered = self._columns
        if in_c is not None:
            in_c.tell(questions, docs, asked, answered, _moment)
            return
        for question, doc in zip(questions, docs, strict=True):
            force_setattr(question, "first_seen", _moment(asked[doc]))
            force_setattr(question, "answer_first_seen", _moment(answered[doc]))


def _known(generation: int) -> int | None:
    return None if generation == MISSING else generation


@lru_cache(_MOMENTS)
def _moment(second: int) -> dt.datetime | None:
    return moment_of(second)

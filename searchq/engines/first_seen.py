"""When a question and its answer were first seen, as every engine works it out from what it held before."""

import datetime as dt

from searchq.first_seen import NEVER_SEEN, FirstSeen
from searchq.interim import is_interim
from searchq.question import Question

__all__ = ["first_seen_after", "has_answer", "seen_before"]


def first_seen_after(
    before: FirstSeen | None, question: Question, generation: int, moment: dt.datetime | None
) -> FirstSeen:
    """What an index keeps of a question that is put in a generation; `before` is what it kept so far.

    What came once stays. A moment that the record tells (it was exported from an index) counts where it is earlier;
    `moment` is that of the update.
    """
    held = before or NEVER_SEEN
    is_new = held.new_in is None
    is_answered = held.answered_in is None and (has_answer(question) or question.answer_first_seen is not None)
    return FirstSeen(
        new_in=generation if is_new else held.new_in,
        answered_in=generation if is_answered else held.answered_in,
        question=_earliest(is_new, moment, held.question, question.first_seen),
        answer=_earliest(is_answered, moment, held.answer, question.answer_first_seen),
    )


def seen_before(question: Question, generation: int) -> FirstSeen:
    """What is known of a question of an index that kept nothing of the kind: that it was there by a generation."""
    return FirstSeen(generation, generation if has_answer(question) else None)


def has_answer(question: Question) -> bool:
    """Whether the text of an answer is there, or the word that none will be published."""
    if question.status == "answered-without-text":
        return not is_interim(question)
    text = question.answer or (question.french and question.french.answer)
    return question.status == "answered" and bool(text) and not is_interim(question)


def _earliest(
    is_new: bool, moment: dt.datetime | None, kept: dt.datetime | None, told: dt.datetime | None
) -> dt.datetime | None:
    """The earliest moment known; what is held since an unknown moment stays so."""
    if kept is None and not is_new:
        return None
    if kept is None and told is None:  # so are nearly all
        return _utc(moment)
    known = [one for one in (kept, moment if is_new else None, told) if one is not None]
    return min([one for one in map(_utc, known) if one is not None], default=None)


def _utc(moment: dt.datetime | None) -> dt.datetime | None:
    """A moment in whole seconds of UTC; None for one beyond the calendar."""
    if moment is None or (moment.tzinfo is dt.UTC and not moment.microsecond):
        return moment
    aware = moment if moment.tzinfo else moment.replace(tzinfo=dt.UTC)
    try:
        return aware.astimezone(dt.UTC).replace(microsecond=0)
    except OverflowError:
        return None

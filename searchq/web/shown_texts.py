"""What a question is shown by: its texts in the language of the page where they exist, else in the other.

A text that is not in the language of the page is marked with its own.
"""

from collections.abc import Mapping, Sequence
from typing import Final, NamedTuple

from searchq.query.facet_table import Language
from searchq.question import CitedText, FrenchText, Question
from searchq.results.page import Zone
from searchq.web.marks import Link, Ranges
from searchq.web.mount import language
from searchq.web.translations import gettext as _

__all__ = ["Shown", "ShownText", "foreign", "minister", "other_texts", "short_title", "shown_texts", "title"]


class Shown(NamedTuple):
    """A name in a published language."""

    text: str
    language: Language | None = None  # None: that of the page


class ShownText(NamedTuple):
    """A text in a published language, with what is marked and linked in it."""

    name: CitedText
    text: str
    language: Language | None
    marks: Ranges
    links: Sequence[Link]


_NOTHING: Final = FrenchText()
_PARTS: Final = ("question", "answer")


def foreign(published: Language | None) -> Language | None:
    """The language to mark a text with; None where it is that of the page."""
    return None if published == language() else published


def title(question: Question) -> Shown:
    """The title, or the number of a question without one."""
    french = question.french or _NOTHING
    found = _first(question.title, french.title)
    return found or Shown(_("Vraag {number}").format(number=question.number))


def short_title(question: Question) -> str:
    """A one-line name of a question."""
    return title(question).text


def minister(question: Question) -> Shown | None:
    """The title of the minister."""
    return _first(question.minister, (question.french or _NOTHING).minister)


def _first(dutch: str | None, french: str | None) -> Shown | None:
    """The one in the language of the page, else the other."""
    is_dutch = language() == "nl"
    own, other = (dutch, french) if is_dutch else (french, dutch)
    if own:
        return Shown(own)
    return Shown(other, "fr" if is_dutch else "nl") if other else None


def shown_texts(
    question: Question, marks: Mapping[Zone, Ranges], links: Mapping[CitedText, Sequence[Link]]
) -> dict[str, ShownText | None]:
    """The texts to show by part, `question` and `answer`: a French page has the Dutch one where there is no other."""
    both = {part: _both(question, part, marks, links) for part in _PARTS}
    return {part: dutch if language() == "nl" else french or dutch for part, (dutch, french) in both.items()}


def other_texts(
    question: Question, links: Mapping[CitedText, Sequence[Link]], shown: Mapping[str, ShownText | None]
) -> list[ShownText]:
    """The texts in the other language."""
    every = (text for part in _PARTS for text in _both(question, part, {}, links))
    names = {text.name for text in shown.values() if text}
    return [text for text in every if text and text.name not in names]


def _both(
    question: Question, part: str, marks: Mapping[Zone, Ranges], links: Mapping[CitedText, Sequence[Link]]
) -> tuple[ShownText | None, ShownText | None]:
    """A part in Dutch and in French."""
    dutch: str | None = getattr(question, part)
    french: str | None = getattr(question.french or _NOTHING, part)
    names: dict[str, tuple[CitedText, CitedText]] = {
        "question": ("question", "french.question"),
        "answer": ("answer", "french.answer"),
    }
    own, other = names[part]
    zone: Zone = "question" if part == "question" else "answer"
    is_first = part == "question" or not (question.french or _NOTHING).question
    french_marks = marks.get("french", ()) if is_first else ()  # marks are those of the first French text
    return (
        ShownText(own, dutch, foreign("nl"), marks.get(zone, ()), links[own]) if dutch else None,
        ShownText(other, french, foreign("fr"), french_marks, links[other]) if french else None,
    )

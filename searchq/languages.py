"""The languages a question is told in: those that have its question and its answer, or its title if it has neither.

Dutch question and answer                        nl
the same with a French title                     nl
both texts in both languages                     nl, fr
a page in French only                            fr
"""

from collections.abc import Iterator
from typing import Final, Literal

from searchq.question import FrenchText, Question

__all__ = ["LANGUAGES", "asked_in", "lacking", "told_in"]

LANGUAGES: Final = ("nl", "fr")
_LACKING: Final = "-"  # before a language


def told_in(question: Question) -> Iterator[str]:
    """Yield each language a question is told in, and those it is not told in with a hyphen before them: nl, -fr."""
    texts = _texts(question)
    for language in LANGUAGES if texts else ():
        yield language if all(text[language] for text in texts) else lacking(language)


def asked_in(question: Question) -> Literal["nl", "fr"]:
    """Return the language that a question is compared with others in: French if only French asks it, else Dutch."""
    texts = _texts(question)[:1]  # of the question, or what there is instead
    return "fr" if any(not text["nl"] for text in texts) else "nl"


def lacking(language: str) -> str:
    """Return the value of `told_in` for a question that is not told in a language."""
    return f"{_LACKING}{language}"


def _texts(question: Question) -> list[dict[str, str | None]]:
    """Return the texts of a question, each by language: question and answer, or else the title."""
    twin = question.french or FrenchText()
    own, other = ("fr", "nl") if _is_french(question) else ("nl", "fr")
    long = [(question.question, twin.question), (question.answer, twin.answer)]
    pairs = long if any(map(any, long)) else [(question.title, twin.title)]
    return [{own: text, other: translated} for text, translated in pairs if text or translated]


def _is_french(question: Question) -> bool:
    """Return whether a question comes from a page in French only."""
    return question.french is None and (question.source.layout or "").startswith("fr-")

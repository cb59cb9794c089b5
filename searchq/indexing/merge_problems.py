"""What is still wrong with a question once its pages are one record, and where the languages disagree.

What a page lacks, cannot read or was cut off before, and another page shows, is no problem of the record.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Final

from searchq.analysis.folding import fold
from searchq.problems import kind_of
from searchq.query.parties import party
from searchq.question import ChronologyEntry, FrenchText, Question

__all__ = ["disagreements", "remaining_problems"]


def remaining_problems(pages: Sequence[Question], merged: Question) -> tuple[str, ...]:
    """The problems of some pages that their record still has, each once."""
    problems = ((problem, page) for page in pages for problem in page.problems)
    return tuple(dict.fromkeys(problem for problem, page in problems if not _is_mended(problem, page, merged)))


def _is_mended(problem: str, page: Question, merged: Question) -> bool:
    if found := _PART.fullmatch(problem):
        part = _PARTS.get(found["missing"] or found["unread"] or found["language"])
        return part is not None and bool(part(merged))
    is_mended = _MENDED.get(kind_of(problem))
    return is_mended is not None and is_mended(page, merged)


def _french(question: Question) -> FrenchText:
    return question.french or FrenchText()


def _question(question: Question) -> str | None:
    return question.question or _french(question).question


def _answer(question: Question) -> str | None:
    return question.answer or _french(question).answer


_PART: Final = re.compile(
    r"The (?P<language>French|Dutch) title was not found\.|The (?P<missing>.+) was not found\."
    r"|The date “.*” in the (?P<unread>.+) cannot be read or does not exist\."
)
_PARTS: Final[Mapping[str, Callable[[Question], object]]] = {
    "author": lambda q: q.author,
    "date": lambda q: q.date,
    "document": lambda q: q.date,
    "deadline": lambda q: q.deadline,
    "heading of the answer": lambda q: q.answer_date,
    "minister": lambda q: q.minister or _french(q).minister,
    "title": lambda q: q.title or _french(q).title,
    "Dutch": lambda q: q.title,
    "French": lambda q: _french(q).title,
    "text of the question": _question,
    "chronology": lambda q: q.chronology,
}


def _last_text(page: Question) -> tuple[str, str | None]:
    """The text that a page ends in, with its name: a page has French before Dutch, questions before answers."""
    french = _french(page)
    texts = (("answer", page.answer), ("french.answer", french.answer), ("question", page.question))
    return next(((name, text) for name, text in texts if text), ("french.question", french.question))


def _takes_last_text(page: Question, merged: Question) -> bool:
    name, text = _last_text(page)
    holder = _french(merged) if name.startswith("french.") else merged
    return bool(getattr(holder, name.removeprefix("french.")) == text)


def _is_chief(page: Question, merged: Question) -> bool:
    return merged.source in page.sources


def _has_both(_page: Question, merged: Question) -> bool:
    return bool(merged.question and (merged.answer or not _french(merged).answer))


def _texts(question: Question) -> int:
    return sum(bool(one.text or one.french) for one in question.answers)


# By kind: whether a problem of a page is none of the record.
_MENDED: Final[Mapping[str, Callable[[Question, Question], bool]]] = {
    "status": lambda page, merged: merged.status != "unknown",
    "title-split": lambda page, merged: merged.title == page.title and not _is_chief(page, merged),
    "dutch-only": lambda page, merged: bool(_french(merged).question),
    "keywords-split": lambda page, merged: merged.keywords != page.keywords,
    "keywords-joined": lambda page, merged: merged.keywords != page.keywords,
    "heading-missing": lambda page, merged: bool(_question(merged)),
    "heading-unreadable": lambda page, merged: bool(_question(merged)),
    "headings-lost": lambda page, merged: not _takes_last_text(page, merged),
    "answer-heading-lost": lambda page, merged: not _takes_last_text(page, merged),
    "answer-missing": lambda page, merged: bool(_answer(merged)),
    "supplementary-answer": lambda page, merged: _texts(merged) > _texts(page),
    "cut-in-answer-heading": lambda page, merged: bool(_answer(merged)),
    "cut-in-heading": lambda page, merged: bool(_answer(merged)),
    "cut-in-french": _has_both,
    "cut-in-text": lambda page, merged: not _takes_last_text(page, merged),
    "portfolio": lambda page, merged: not _is_chief(page, merged) and bool(merged.minister),
    "no-portfolio": lambda page, merged: bool(merged.portfolios),
}


def _name(question: Question) -> list[str] | None:
    return sorted(fold((question.author or "").casefold()).replace("-", " ").split()) or None


def _portfolios(question: Question) -> list[str] | None:
    """Those of a title that is wholly understood: of another one, some may be missing."""
    return (
        None if any(kind_of(one) == "portfolio" for one in question.problems) else sorted(question.portfolios) or None
    )


_FACTS: Final[Mapping[str, Callable[[Question], object]]] = {
    "date": lambda q: q.date,
    "author": _name,
    "party": lambda q: party(q.party) if q.party else None,
    "portfolios": _portfolios,
    "language": lambda q: q.language,
    "deadline": lambda q: q.deadline,
    "date of the answer": lambda q: q.answer_date,
}
_TOLD: Final[Mapping[str, Callable[[Question], object]]] = {
    "author": lambda q: q.author,
    "party": lambda q: q.party,
    "portfolios": lambda q: ", ".join(q.portfolios),
}


def disagreements(dutch: Question, french: Question) -> list[str]:
    """A sentence for each fact in which the best pages of the two languages differ."""
    if dutch is french:
        return []
    told = [
        f"The French page has another {name}: {_TOLD.get(name, fact)(french)}."
        for name, fact in _FACTS.items()
        if (own := fact(dutch)) is not None and (other := fact(french)) is not None and own != other
    ]
    return told + [
        f"The French page has another day for “{own.label}”: {other.date}."
        for own, other in _same_events(dutch, french)
        if own.date and other.date and own.date != other.date
    ]


def _same_events(dutch: Question, french: Question) -> Iterable[tuple[ChronologyEntry, ChronologyEntry]]:
    for event in dict.fromkeys(one.event for one in dutch.chronology if one.event not in ("other", "answered")):
        own, other = ([one for one in page.chronology if one.event == event] for page in (dutch, french))
        yield from zip(own, other, strict=False)

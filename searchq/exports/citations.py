"""A question as a reference to cite: a sentence, BibTeX, RIS, CSL-JSON.

Names of people stand as published, whole: which part is the family name, the documents do not say.
"""

import datetime as dt
import json
from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final, Literal, NamedTuple

from searchq.addresses import official_address
from searchq.months import DUTCH, FRENCH
from searchq.question import House, Question

__all__ = ["CITATION_FORMATS", "as_bibtex", "as_csl_json", "as_ris", "as_sentence"]

_HOUSES: Final[Mapping[House, str]] = {
    "senate": "Belgische Senaat",
    "chamber": "Kamer van volksvertegenwoordigers",
}
_GENRE: Final = "Schriftelijke vraag"


class _Words(NamedTuple):
    """What a sentence is made of, in one language."""

    title: str
    number: str
    minister: str
    answered: str
    houses: Mapping[House, str]
    months: tuple[tuple[str, ...], ...]
    first_day: str


_DUTCH: Final = _Words(
    "‘{}’", "schriftelijke vraag nr. {}", " aan de {}", "beantwoord op {}", _HOUSES, DUTCH, "1",
)  # fmt: skip
_FRENCH: Final = _Words(
    "«\u00a0{}\u00a0»", "question écrite n° {}", " à\u00a0: {}", "réponse le {}",
    {"senate": "Sénat de Belgique", "chamber": "Chambre des représentants"}, FRENCH, "1er",
)  # fmt: skip
_SENTENCES: Final[Mapping[Literal["nl", "fr"], _Words]] = {"nl": _DUTCH, "fr": _FRENCH}


def as_sentence(question: Question, language: Literal["nl", "fr"] = "nl") -> str:
    """One sentence: author, title, number, minister, date, answer date, house, address."""
    words = _SENTENCES[language]
    title, minister = _in_language(question, language)
    who = f"{question.author} ({question.party})" if question.author and question.party else question.author
    parts = [
        who,
        words.title.format(title) if title else None,
        words.number.format(question.number) + (words.minister.format(minister) if minister else ""),
        _day(question.date, words) if question.date else None,
        words.answered.format(_day(question.answer_date, words)) if question.answer_date else None,
    ]
    where = ", ".join(part for part in (words.houses[question.house], official_address(question)) if part)
    return f"{', '.join(part for part in parts if part)}. {where}."


def _in_language(question: Question, language: Literal["nl", "fr"]) -> tuple[str | None, str | None]:
    """The titles of a question and its minister."""
    french = question.french
    if language == "nl" or french is None:
        return _title(question), question.minister
    return french.title or question.title, french.minister or question.minister


def as_csl_json(question: Question) -> str:
    """CSL-JSON 1.0, an array of one item of type `document`."""
    item: dict[str, Any] = {
        "id": _key(question),
        "type": "document",
        "genre": _GENRE,
        "number": question.number,
        "title": _title(question),
        "author": [{"literal": question.author}] if question.author else None,
        "recipient": [{"literal": question.minister}] if question.minister else None,
        "issued": {"date-parts": [list(question.date.timetuple()[:3])]} if question.date else None,
        "publisher": _HOUSES[question.house],
        "language": _language(question),
        "URL": official_address(question),
        "keyword": ", ".join(question.keywords) or None,
        "note": _answered(question),
    }  # fmt: skip
    return json.dumps([{key: value for key, value in item.items() if value}], ensure_ascii=False, indent=2) + "\n"


def as_bibtex(question: Question) -> str:
    """A BibTeX entry of type `@misc`, in UTF-8; author and institution are braced, since they are whole names."""
    fields = {
        "author": f"{{{_tex(question.author)}}}" if question.author else None,
        "title": f"{{{_tex(_title(question) or '')}}}" if _title(question) else None,
        "howpublished": _tex(f"{_GENRE} nr. {question.number}{_to(question)}"),
        "publisher": f"{{{_tex(_HOUSES[question.house])}}}",
        "date": question.date.isoformat() if question.date else None,
        "year": str(question.date.year) if question.date else None,
        "url": _url(question),
        "langid": {"nl": "dutch", "fr": "french", "de": "german"}.get(_language(question) or ""),
        "note": _tex(_answered(question) or "") or None,
    }
    lines = [f"  {name} = {{{value}}}," for name, value in fields.items() if value]
    return "\n".join([f"@misc{{{_key(question)},", *lines, "}", ""])


def as_ris(question: Question) -> str:
    """A RIS record of type GEN, its lines ended by CR LF."""
    return "".join(f"{tag}  - {_one_line(value)}\r\n" for tag, value in _ris_lines(question) if value is not None)


def _ris_lines(question: Question) -> Iterator[tuple[str, str | None]]:
    yield "TY", "GEN"
    yield "ID", _key(question)
    yield "AU", question.author
    yield "TI", _title(question)
    yield "M3", _GENRE
    yield "M1", question.number
    yield "A2", question.minister
    if question.date:
        yield "PY", str(question.date.year)
        yield "DA", question.date.strftime("%Y/%m/%d/")
    yield "PB", _HOUSES[question.house]
    yield "LA", _language(question)
    yield from (("KW", keyword) for keyword in question.keywords)
    yield "UR", official_address(question)
    yield "N1", _answered(question)
    yield "ER", ""


CITATION_FORMATS: Final[Mapping[str, Callable[[Question], str]]] = {
    "bibtex": as_bibtex,
    "ris": as_ris,
    "csl-json": as_csl_json,
}


def _key(question: Question) -> str:
    """A name for the reference, of ASCII letters, digits and hyphens: `senate-5-8902`."""
    return f"{question.house}-{question.number.replace('/', '-')}"


def _title(question: Question) -> str | None:
    return question.title or (question.french.title if question.french else None)


def _language(question: Question) -> str | None:
    """The language of the title."""
    return "nl" if question.title else "fr" if _title(question) else question.language


def _to(question: Question) -> str:
    return f" aan de {question.minister}" if question.minister else ""


def _answered(question: Question) -> str | None:
    return f"Beantwoord op {_day(question.answer_date)}" if question.answer_date else None


def _url(question: Question) -> str | None:
    """The address for BibTeX, where braces and backslashes would end it."""
    address = official_address(question)
    return address and address.translate({ord(sign): f"%{ord(sign):02X}" for sign in "{}\\ "})


def _day(day: dt.date, words: _Words = _DUTCH) -> str:
    number = words.first_day if day.day == 1 else day.day
    return f"{number} {words.months[day.month - 1][0]} {day.year}"


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _tex(text: str) -> str:
    return _one_line(text).translate(_TEX)


_TEX: Final = {ord(sign): f"\\{sign}" for sign in "&%$#_{}"} | {
    ord("\\"): r"\textbackslash{}",
    ord("~"): r"\textasciitilde{}",
    ord("^"): r"\textasciicircum{}",
}

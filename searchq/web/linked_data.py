"""What search engines read of a question's page: schema.org data and a description."""

import json
from typing import Any, Final

from markupsafe import Markup

from searchq.addresses import official_address
from searchq.query.facet_table import Language
from searchq.question import Question
from searchq.web import shown_texts, texts
from searchq.web.mount import language
from searchq.web.translations import gettext as _

__all__ = ["description", "linked_data"]

_MAX_DESCRIPTION: Final = 160  # characters; search engines show no more
_MAX_TEXT: Final = 5_000  # characters of a text in the data


def description(question: Question) -> str:
    """One line: who asked whom, when, and how the question begins."""
    who = _("Van {author}").format(author=question.author) if question.author else _("Schriftelijke vraag")
    minister = shown_texts.minister(question)
    to = " " + _("aan de %(minister)s") % {"minister": minister.text} if minister else ""
    text = _text(question)[0] or ""
    return _beginning(f"{who}{to}, {texts.date(question.date)}. {' '.join(text.split())}", _MAX_DESCRIPTION)


def linked_data(question: Question, address: str) -> Markup:
    """The question as schema.org `QAPage` in JSON-LD, safe within a script element."""
    page = {
        "@context": "https://schema.org",
        "@type": "QAPage",
        "url": address,
        "isBasedOn": official_address(question),
        "mainEntity": _question(question, address),
    }
    plain = json.dumps(_known(page), ensure_ascii=False, separators=(",", ":"))
    return Markup(plain.translate(_ESCAPED))  # escaped in the line above


_ESCAPED: Final = {ord(sign): f"\\u{ord(sign):04x}" for sign in "<>&\u2028\u2029"}


def _question(question: Question, address: str) -> dict[str, Any]:
    text, published = _text(question)
    return {
        "@type": "Question",
        "identifier": question.number,
        "name": shown_texts.short_title(question),
        "text": _beginning(text or shown_texts.short_title(question), _MAX_TEXT),
        "inLanguage": published,
        "dateCreated": question.date and question.date.isoformat(),
        "author": {"@type": "Person", "name": question.author} if question.author else None,
        "keywords": list(question.keywords),
        "answerCount": 1 if _answer_text(question) else 0,
        "acceptedAnswer": _answer(question, address),
    }


def _text(question: Question) -> tuple[str | None, Language]:
    """The question in the language of the page, else in the other."""
    both: list[tuple[str | None, Language]] = [(question.question, "nl")]
    both.append((question.french.question if question.french else None, "fr"))
    in_order = sorted(both, key=lambda one: one[1] != language())
    return next(((text, published) for text, published in in_order if text), both[0])


def _answer(question: Question, address: str) -> dict[str, Any] | None:
    if not (text := _answer_text(question)):
        return None
    return {
        "@type": "Answer",
        "text": _beginning(text, _MAX_TEXT),
        "url": f"{address}#antwoord",
        "dateCreated": question.answer_date and question.answer_date.isoformat(),
        "author": {"@type": "GovernmentOrganization", "name": question.minister} if question.minister else None,
    }


def _answer_text(question: Question) -> str | None:
    french = question.french.answer if question.french else None
    return (question.answer or french) if language() == "nl" else (french or question.answer)


def _beginning(text: str, most: int) -> str:
    """At most so many characters, cut at a blank."""
    if len(text) <= most:
        return text
    return text[: most - 1].rsplit(None, 1)[0] + "…"


def _known(value: Any) -> Any:
    """The data without what is unknown."""
    if isinstance(value, dict):
        return {key: _known(one) for key, one in value.items() if one not in (None, "", [])}
    return value

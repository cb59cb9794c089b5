"""The letters of alerts, in text and in HTML, in the language of their subscription.

Made as a page is, from the same texts; but every address in them is whole.
"""

import datetime as dt
from collections.abc import Sequence
from contextlib import AbstractContextManager
from typing import Final

from searchq.addresses import official_address
from searchq.alerts.keys import Purpose, Signer
from searchq.alerts.letter import Letter
from searchq.alerts.news import News
from searchq.alerts.subscription import Subscription
from searchq.first_seen import EventKind
from searchq.limits import MAX_LETTER_CARDS, MAX_LETTER_LINES
from searchq.query.facet_table import Language
from searchq.query.request import Request
from searchq.question import Question
from searchq.results.page import ResultPage
from searchq.web import links, texts
from searchq.web.filters import active_filters
from searchq.web.letter_text import Confirmation, Item, Line, NewsLetter, confirmation_text, news_text
from searchq.web.mount import Mount, mounted, site_and_prefix, url
from searchq.web.parameters import query_string
from searchq.web.rendering import render
from searchq.web.results import results
from searchq.web.shown_texts import title
from searchq.web.translations import gettext as _
from searchq.web.translations import gettext_noop

__all__ = ["CONFIRM", "FOLLOW", "REMOVE", "LetterWriter", "watched"]

FOLLOW: Final = "/volgen"
CONFIRM: Final = "/volgen/bevestigen"
REMOVE: Final = "/volgen/opzeggen"

_PATHS: Final[dict[Purpose, str]] = {"confirm": CONFIRM, "remove": REMOVE}
_LABELS: Final[dict[frozenset[EventKind], str]] = {
    frozenset({"new"}): gettext_noop("nieuwe vraag"),
    frozenset({"answered"}): gettext_noop("nieuw antwoord"),
    frozenset({"new", "answered"}): gettext_noop("nieuwe vraag met antwoord"),
}


class LetterWriter:
    """Writes for one site; without one, links lead to the pages of the houses.

    `known` is the last day the index knows, from which open questions wait.
    """

    def __init__(self, site: str | None, signer: Signer | None, known: dt.date) -> None:
        self._origin, self._prefix = site_and_prefix(site, None)
        self._signer = signer
        self._known = known

    def __call__(self, subscription: Subscription, news: Sequence[News]) -> Letter:
        """The letter that tells of news."""
        with self._mounted(subscription.language):
            letter = self._news(subscription, news)
            subject = _("{news}: {search}").format(news=letter.headline, search=letter.watched)
            html = render("letter.html", subject=subject, letter=letter)
            return Letter(subject, news_text(letter), html, subscription.language, letter.removal)

    def confirmation(self, subscription: Subscription) -> Letter:
        """The letter that asks whether someone wants to be told."""
        with self._mounted(subscription.language):
            search, home = watched(subscription), self._whole(url("/"))
            letter = Confirmation(search, self._keyed("confirm", subscription) or "", home or "")
            subject = _("Bevestig dat u dit wilt volgen: {search}").format(search=search)
            html = render("confirmation.html", subject=subject, letter=letter)
            return Letter(subject, confirmation_text(letter), html, subscription.language)

    def _news(self, subscription: Subscription, news: Sequence[News]) -> NewsLetter:
        return NewsLetter(
            headline=_headline(news),
            watched=watched(subscription),
            address=self._whole(_watched_path(subscription)),
            items=self._items(subscription, news[:MAX_LETTER_CARDS]),
            lines=[self._line(one.hit.question) for one in news[MAX_LETTER_CARDS:MAX_LETTER_LINES]],
            omitted=max(len(news) - MAX_LETTER_LINES, 0),
            removal=self._keyed("remove", subscription) if subscription.channel == "mail" else None,
            command=f"searchq alert remove {subscription.id}",
        )

    def _mounted(self, language: Language) -> AbstractContextManager[None]:
        return mounted(Mount(self._prefix, language, self._origin or ""))

    def _whole(self, path: str) -> str | None:
        """The whole address of a path; None where there is no site."""
        return self._origin + path if self._origin else None

    def _keyed(self, purpose: Purpose, subscription: Subscription) -> str | None:
        if not self._signer:
            return None
        return self._whole(f"{url(_PATHS[purpose])}?sleutel={self._signer.key(purpose, subscription.id)}")

    def _items(self, subscription: Subscription, news: Sequence[News]) -> list[Item]:
        request = links.on_page(subscription.search or Request(), 1)
        hits = tuple(one.hit for one in news)
        shown = results(ResultPage(request, len(hits), len(hits), hits), self._known)
        query = query_string(request)
        return [
            Item(_(_LABELS[frozenset(one.kinds)]), self._question(hit.question, query), hit)
            for one, hit in zip(news, shown, strict=True)
        ]

    def _question(self, question: Question, query: str = "") -> str | None:
        if not self._origin:
            return official_address(question)
        return self._whole(links.question_path(question.number) + (f"?{query}" if query else ""))

    def _line(self, question: Question) -> Line:
        return Line(question.number, title(question).text, self._question(question))


def watched(subscription: Subscription) -> str:
    """What is watched, in words."""
    if subscription.number:
        return _("vraag {number}").format(number=subscription.number)
    request = subscription.search or Request()
    filters = [
        (_("{kind} niet: {label}") if one.excluded else _("{kind}: {label}")).format(kind=one.kind, label=one.label)
        for one in active_filters(request)
    ]
    return " · ".join([*([request.text] if request.text else []), *filters]) or _("alle vragen")


def _watched_path(subscription: Subscription) -> str:
    if subscription.number:
        return links.question_path(subscription.number)
    return links.search_path(links.on_page(subscription.search or Request(), 1))


def _headline(news: Sequence[News]) -> str:
    """2 nieuwe vragen, 1 nieuw antwoord."""
    asked = sum("new" in one.kinds for one in news)
    answered = len(news) - asked
    parts = (
        texts.count(asked, "nieuwe vraag", "nieuwe vragen") if asked else "",
        texts.count(answered, "nieuw antwoord", "nieuwe antwoorden") if answered else "",
    )
    return ", ".join(filter(None, parts))

"""The letters of alerts in plain text: what they hold, and how it is set in lines."""

from collections.abc import Iterator, Sequence
from textwrap import fill
from typing import Final, NamedTuple

from searchq.web import texts
from searchq.web.marks import Stretch, pieces
from searchq.web.results import Result, SnippetView
from searchq.web.translations import gettext as _

__all__ = ["Confirmation", "Item", "Line", "NewsLetter", "confirmation_text", "news_text"]

_WIDTH: Final = 76  # characters of a line


class Item(NamedTuple):
    """A question as a letter shows it."""

    label: str  # what happened to it
    address: str | None
    hit: Result


class Line(NamedTuple):
    """A question that a letter only names."""

    number: str
    title: str
    address: str | None


class NewsLetter(NamedTuple):
    """What a letter tells: addresses are whole, or None where there is no site."""

    headline: str
    watched: str
    address: str | None  # of what is watched
    items: Sequence[Item]
    lines: Sequence[Line]
    omitted: int  # questions that are only counted
    removal: str | None  # the address that ends the subscription
    command: str  # does the same on the command line


class Confirmation(NamedTuple):
    """What is to be confirmed, where, and on which site it was asked."""

    watched: str
    address: str
    site: str


def news_text(letter: NewsLetter) -> str:
    """The letter that tells of news."""
    return "\n\n".join("\n".join(block) for block in _blocks(letter)) + "\n"


def _blocks(letter: NewsLetter) -> Iterator[list[str]]:
    yield [
        letter.headline,
        _wrapped(_("U volgt: {search}").format(search=letter.watched)),
        *_present(letter.address),
    ]
    yield from map(_item, letter.items)
    if letter.lines:
        yield [part for line in letter.lines for part in (f"{line.number}: {line.title}", *_present(line.address))]
    if letter.omitted:
        questions = texts.count(letter.omitted, "vraag", "vragen")
        yield [_("En nog {questions}; de zoekpagina toont ze alle.").format(questions=questions)]
    yield [_("Geen bericht meer: {address}").format(address=letter.removal or letter.command)]


def _item(item: Item) -> list[str]:
    hit = item.hit
    return [
        f"{item.label.upper()} · {hit.question.number} · {hit.date} · {hit.status}",
        _wrapped("".join(_starred(part) for part in (hit.broad, hit.narrow) if part)),
        *map(_wrapped, _present(_who(hit))),
        *(_wrapped(f"{extract.label}: {_extract(extract)}", "    ") for extract in hit.extracts),
        *_present(item.address),
    ]


def _who(hit: Result) -> str:
    party = f" ({hit.question.party})" if hit.question.party else ""
    minister = hit.minister.text if hit.minister else ""
    return " → ".join(_present(f"{hit.question.author or ''}{party}".strip(), minister))


def _extract(extract: SnippetView) -> str:
    return f"{'… ' * extract.cut_before}{_starred(extract.stretch)}{' …' * extract.cut_after}"


def _starred(stretch: Stretch) -> str:
    """The text with its marked words between stars."""
    return "".join(f"*{piece.text}*" if piece.marked else piece.text for piece in pieces(stretch))


def _wrapped(text: str, indent: str = "") -> str:
    return fill(
        " ".join(text.split()),
        _WIDTH,
        initial_indent=indent,
        subsequent_indent=indent,
        break_long_words=False,
        break_on_hyphens=False,
    )


def _present(*texts: str | None) -> list[str]:
    return [text for text in texts if text]


def confirmation_text(letter: Confirmation) -> str:
    """The letter that asks whether someone wants to be told."""
    request = _("Iemand, waarschijnlijk u, vroeg op {site} om bericht over nieuwe vragen en antwoorden.")
    paragraphs = (
        _wrapped(request.format(site=letter.site)),
        _wrapped(_("Het gaat om: {search}").format(search=letter.watched)),
        _wrapped(_("Open dit adres binnen twee dagen om dat te bevestigen:")) + "\n" + letter.address,
        _wrapped(_("Vroeg u dit niet? Dan hoeft u niets te doen: zonder bevestiging wordt uw adres gewist.")),
    )
    return "\n\n".join(paragraphs) + "\n"

"""One document to its questions: the layout is recognised by its structure, then read and assembled.

    SourceDocument ── decode, HTML to text ── layout ── Draft ── assembly ── Question
                        └─ JSON or XML of the Chamber ── record ───────────────┘

The layouts are tried in the order of LAYOUTS, the most telling first. None is ever guessed from a file name; only the
stripped layout takes its number from an address, because nothing else holds it.
"""

import datetime as dt
import re
from collections.abc import Callable, Sized
from hashlib import blake2b
from typing import Final

from msgspec.structs import replace

from searchq.documents.boilerplate import trim_boilerplate
from searchq.documents.chamber import read_records
from searchq.documents.charset import decode
from searchq.documents.document import Cancellation, Rejection, SourceDocument, name_of
from searchq.documents.hard_blanks import with_plain_labels
from searchq.documents.html import flatten, frame_to_save, html_to_text
from searchq.documents.record import read_record
from searchq.documents.senate.assembly import assemble
from searchq.documents.senate.bilingual import read_bilingual
from searchq.documents.senate.bulletin import read_bulletin
from searchq.documents.senate.columns import read_columns, read_piped
from searchq.documents.senate.draft import Draft
from searchq.documents.senate.pages import read_page
from searchq.documents.senate.stripped import read_stripped
from searchq.documents.single_file import unwrapped
from searchq.errors import DocumentError
from searchq.limits import MAX_VALUES
from searchq.question import Question, Source

__all__ = ["PARSER_VERSION", "fingerprint_of", "parse", "parse_each"]

PARSER_VERSION: Final = 7  # raise it when records of the same documents come out differently

_FINGERPRINT_BYTES: Final = 16
_CLOSED: Final = re.compile(r"</(?:body|html|table)\s*>\s*\Z", re.IGNORECASE)
_OPEN_TAG: Final = re.compile(r"(?:<[^<>]*|&[a-zA-Z0-9#]{0,10})\Z")

_EMPTY: Final = "it is empty"
_NO_LAYOUT: Final = "it has the layout of no written question"

_LISTS: Final[dict[str, Callable[[Question], Sized]]] = {
    "keywords": lambda question: question.keywords,
    "French keywords": lambda question: question.french.keywords if question.french else (),
    "parts of the title": lambda question: question.title_path,
    "events": lambda question: question.chronology,
    "references": lambda question: question.references,
    "citations": lambda question: question.citations,
    "answers": lambda question: question.answers,
    "portfolios": lambda question: question.portfolios,
    "points": lambda question: question.points,
    "sources": lambda question: question.sources,
    "problems": lambda question: question.problems,
}

Layout = Callable[[str, Source], list[Draft]]


def parse(document: SourceDocument) -> list[Question]:
    """The questions a document holds: one, or several on a Bulletin page.

    Raises DocumentError with the reason when it holds none.
    """
    found = parse_each(document)
    questions = [one for one in found if isinstance(one, Question)]
    if not questions:
        reasons = dict.fromkeys(one.reason for one in found if isinstance(one, Rejection))
        raise DocumentError("; ".join(reasons))
    return questions


def parse_each(document: SourceDocument) -> list[Question | Rejection]:
    """The questions a document holds, and a rejection for each that it does not give, of a page of several.

    Raises DocumentError with the reason when it holds none at all.
    """
    document = unwrapped(document)
    text = decode(document.content, document.charset)
    if document.media == "record":
        return [_bounded(read_record(text, document.source))]
    found = read_records(text, document.source) if document.media == "chamber" else _read_page(text, document)
    return [_bounded(_seen(one, document.seen)) for one in found]


def _bounded(one: Question | Rejection) -> Question | Rejection:
    """The question, rejected where it has more of something than any question: each is a value of the index."""
    if isinstance(one, Question):
        for what, values in _LISTS.items():
            if len(values(one)) > MAX_VALUES:
                return Rejection(name_of(one.source), f"it has more than {MAX_VALUES} {what}")
    return one


def _seen(one: Question | Rejection, day: dt.date | None) -> Question | Rejection:
    if day is None:
        return one
    if isinstance(one, Question):
        return replace(one, last_seen=day)
    return replace(one, day=day) if isinstance(one, Cancellation) else one


def _read_page(text: str, document: SourceDocument) -> list[Question | Rejection]:
    return [assemble(draft, document.source) for draft in _drafts(text, document)]


def _drafts(text: str, document: SourceDocument) -> list[Draft]:
    if document.media == "text":
        if drafts := _read_layouts(with_plain_labels(trim_boilerplate(text)), document.source):
            return drafts
        raise DocumentError(_NO_LAYOUT if text.strip() else _EMPTY)
    end = "\n" if _CLOSED.search(text) else ""  # a page that was cut off shows it by its open end
    for whole in (False, True):  # a page made unlike others may have its question where menus stand
        content = html_to_text(text if end else _OPEN_TAG.sub("", text), whole) + end
        if draft := read_columns(content):
            return [draft]
        if drafts := _read_layouts(flatten(content) + end, document.source):
            return drafts
    raise DocumentError(frame_to_save(text) or (_NO_LAYOUT if content.strip() else _EMPTY))


def _read_layouts(text: str, source: Source) -> list[Draft]:
    found = (layout(text, source) for layout in LAYOUTS) if text.strip() else ()
    return next((drafts for drafts in found if drafts), [])


def fingerprint_of(document: SourceDocument) -> str:
    """A short digest of all that the records depend on: where the document stands, its bytes, the parser's version.

    The place counts, so that a document which takes over the content of another is seen to have changed.
    """
    digest = blake2b(document.content, digest_size=_FINGERPRINT_BYTES)
    told = (PARSER_VERSION, document.media, document.charset, document.source, document.seen)
    digest.update(repr(told).encode(errors="surrogatepass"))
    return digest.hexdigest()


def _one(draft: Draft | None) -> list[Draft]:
    return [draft] if draft is not None else []


LAYOUTS: Final[tuple[Layout, ...]] = (
    lambda text, source: _one(read_page(text)),
    lambda text, source: _one(read_piped(text)),
    lambda text, source: _one(read_bilingual(text)),
    lambda text, source: read_bulletin(text),
    lambda text, source: _one(read_stripped(text, source)),
)

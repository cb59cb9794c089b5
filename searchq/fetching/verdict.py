"""What a page turned out to be, judged by the parser that `searchq index` reads it with.

    Shown     the question that was asked for, whole: its title and its text
    Absent    what the site shows for a number that cannot exist
    Odd       anything else: an empty shell, an error page, another question, a layout we do not read

Nothing is taken for an absence that does not look exactly like one, and nothing is stored that is not Shown.
"""

import json
from email.message import Message
from hashlib import blake2b
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from searchq.documents import Rejection, SourceDocument, parse
from searchq.documents.charset import decode
from searchq.documents.content_type import Media, media_in
from searchq.documents.document import document_from
from searchq.documents.html import flatten, html_to_text
from searchq.errors import DocumentError
from searchq.fetching.absence import Absence
from searchq.fetching.exchange import Exchange
from searchq.interim import is_interim
from searchq.question import Question, Source
from searchq.record_json import to_json

__all__ = ["Absent", "Odd", "Shown", "Verdict", "is_closed", "judge", "page_text"]

_DIGEST_BYTES: Final = 16
_PAGE_END: Final = b"</html>"
_MEDIA: Final[dict[str, Media]] = {"text/html": "html", "application/xhtml+xml": "html", "text/plain": "text"}


class Shown(Struct, frozen=True):
    """The question asked for."""

    question: Question
    is_interim: bool
    digest: str  # of its record, without where it was read


class Absent(Struct, frozen=True):
    """The site has no question of that number."""

    reason: str


class Odd(Struct, frozen=True):
    """Not what was asked for, and no absence either."""

    reason: str


Verdict = Shown | Absent | Odd


def judge(exchange: Exchange, number: str, absence: Absence | None) -> Verdict:
    """What the answer to the request for a question is; without `absence`, nothing is Absent."""
    reason = exchange.outcome
    if exchange.status == 200:
        try:
            return _judge_page(exchange, number)
        except DocumentError as error:
            reason = str(error)
    if absence is not None and absence.matches(exchange, page_text(exchange)):
        return Absent(absence.describe())
    return Odd(reason)


def page_text(exchange: Exchange) -> str | None:
    """The visible text of an answer, whatever its status, perhaps none; None where it cannot be read."""
    try:
        if not exchange.content():
            return ""
        document = _document(exchange)
        text = decode(document.content, document.charset)
        return flatten(html_to_text(text)) if document.media == "html" else text
    except DocumentError:
        return None


def is_closed(exchange: Exchange) -> bool:
    """Whether an answer ends as a page does, so that nothing of it was cut off."""
    try:
        return exchange.content().rstrip().lower().endswith(_PAGE_END)
    except DocumentError:
        return False


def _judge_page(exchange: Exchange, number: str) -> Shown:
    questions = parse(_document(exchange))
    if len(questions) != 1 or questions[0].number != number:
        raise DocumentError(f"it shows {', '.join(question.number for question in questions)} instead")
    question = questions[0]
    missing = _missing(question)
    if missing:
        raise DocumentError(f"it shows the question without its {missing}")
    return Shown(question, is_interim(question), _digest(question))


def _missing(question: Question) -> str | None:
    """What a page must show and this one does not."""
    french = question.french
    if not (question.title or (french and french.title)):
        return "title"
    return None if question.question or (french and french.question) else "text"


def _digest(question: Question) -> str:
    record = to_json(replace(question, source=Source(), sources=(), last_seen=None))
    data = json.dumps(record, sort_keys=True).encode(errors="surrogatepass")
    return blake2b(data, digest_size=_DIGEST_BYTES).hexdigest()


def _document(exchange: Exchange) -> SourceDocument:
    """What an answer holds, as `searchq index` reads it. Raises DocumentError."""
    header = Message()
    header["Content-Type"] = exchange.header("content-type") or "text/html"
    media, content = header.get_content_type(), exchange.content()
    if media not in _MEDIA and media_in(content) is None:
        raise DocumentError(f"it is {media}, not text or HTML")
    source = Source(address=exchange.address)
    found = document_from(content, _MEDIA.get(media), source, header.get_content_charset())
    if isinstance(found, Rejection):
        raise DocumentError(found.reason)
    return found

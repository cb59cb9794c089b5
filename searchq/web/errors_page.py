"""Error responses: a page with a sentence and a link, or JSON."""

from typing import Final

from werkzeug.wrappers import Request

from searchq.addresses import official_address
from searchq.limits import MAX_QUERY_CHARACTERS
from searchq.query.request import Request as Asked
from searchq.question import Question
from searchq.web import texts
from searchq.web.context import PageResponse, html, json_answer
from searchq.web.translations import gettext as _

__all__ = ["error_answer"]

RETRY_SECONDS: Final = "30"
_HEADERS: Final = {405: ("Allow", "GET, HEAD"), 503: ("Retry-After", RETRY_SECONDS)}


def error_answer(request: Request, status: int, sentence: str = "", number: str | None = None) -> PageResponse:
    """The error page, or JSON if the request asks for it. `number` is a question that does not exist."""
    title, usual = map(_, texts.ERRORS[status])
    if number:
        title, usual = _("Vraag {number} staat hier niet").format(number=number), _(texts.QUESTION_MISSING)
    answer = (
        json_answer({"status": status, "error": sentence or usual}, status)
        if _wants_json(request)
        else html(
            "error.html",
            status,
            status=status,
            title=title,
            sentence=sentence or usual,
            request=Asked(text=request.args.get("q", "")[:MAX_QUERY_CHARACTERS]),  # keep the typed text
            official=official_address(Question(number)) if number else None,
        )
    )
    answer.headers["Cache-Control"] = "no-store"
    if status in _HEADERS:
        name, value = _HEADERS[status]
        answer.headers[name] = value
    return answer


def _wants_json(request: Request) -> bool:
    return request.path.endswith((".json", "/suggesties", "/gezondheid")) or b"format=json" in request.query_string

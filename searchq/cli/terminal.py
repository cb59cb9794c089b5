"""Terminal output: hits as paragraphs, wrapped to the width, with highlights.

Colour and width follow the terminal. In a pipe the text is plain and 110 columns wide.
"""

import os
import sys
import textwrap
from collections.abc import Iterator, Sequence
from typing import Any, Final

import click

from searchq.cli.texts import count, day, gettext, gettext_noop, number
from searchq.lazy_regex import lazy
from searchq.question import Question
from searchq.results.page import ResultHit, ResultPage, Snippet

__all__ = ["columns", "fitted", "page_lines", "paragraph", "status_words", "width"]

Ranges = Sequence[tuple[int, int]]

_WIDEST: Final = 110  # columns
_INDENT: Final = 5  # columns before the text of a hit
_ZONES: Final = {
    "title": gettext_noop("title"),
    "question": gettext_noop("question"),
    "answer": gettext_noop("answer"),
    "french": gettext_noop("French question"),
}
_FRENCH_ANSWER: Final = gettext_noop("French answer")
_STATUS: Final = {
    "open": gettext_noop("unanswered"),
    "closed": gettext_noop("closed without an answer"),
    "end-of-legislature": gettext_noop("unanswered when the legislature ended"),
    "requalified": gettext_noop("became a request for explanation"),
    "unknown": gettext_noop("not known whether it was answered"),
}


def width() -> int:
    """The terminal's width, at most 110 columns; 110 in a pipe."""
    return min(_told() or _terminal() or _WIDEST, _WIDEST)


def _told() -> int:
    """The value of COLUMNS, or 0; `shutil.get_terminal_size` does the same, but its import takes 2 ms."""
    told = os.environ.get("COLUMNS", "")
    return int(told) if told.isdecimal() else 0


def _terminal() -> int:
    """The width of the terminal; 0 without one."""
    try:
        return os.get_terminal_size(sys.stdout.fileno()).columns
    except (AttributeError, ValueError, OSError):  # no stream, a closed stream, or no terminal
        return 0


def page_lines(page: ResultPage) -> Iterator[str]:
    """Every hit as a paragraph, then the totals."""
    was_full = page.total > 0
    for place, hit in enumerate(page.hits, _first_place(page)):
        if hit.partial and was_full:
            yield from (gettext("With most of the words:"), "")
        was_full = not hit.partial
        yield from _hit_lines(place, hit)
        yield ""
    if page.hits:
        yield _totals(page)


def paragraph(
    text: str, ranges: Ranges = (), *, label: str = "", indent: int = 0, hanging: int = 0, **style: Any
) -> Iterator[str]:
    """Wrap the text under a dim label, with its ranges in bold yellow; colour codes have no width."""
    text = text.translate(_BLANKS)
    margin, room = " " * indent + _dressed(label, dim=True), width() - indent
    for start, end in _lines(text, room - len(label), room - hanging):
        inside = [(max(first, start) - start, min(last, end) - start) for first, last in ranges]
        yield margin + _styled(text[start:end], [span for span in inside if span[0] < span[1]], **style)
        margin = " " * (indent + hanging)


def status_words(question: Question) -> str:
    """The status of a question in a few words."""
    if question.status in {"answered", "answered-without-text"}:
        text = "" if question.status == "answered" else ", " + gettext("text not published")
        return _answered(question.delay_days) + text
    if question.waiting_since:
        return gettext("waiting since {day}").format(day=day(question.waiting_since, ""))
    return gettext(_STATUS.get(question.status or "", gettext_noop("status unknown")))


def _answered(days: int | None) -> str:
    return (
        gettext("answered") if days is None else gettext("answered in {days}").format(days=count(days, "day", "days"))
    )


def columns(rows: Sequence[Sequence[str]], room: int | None = None) -> Iterator[str]:
    """Align rows of cells in columns; truncate the widest to fit `room` columns, if given."""
    widths = [max(map(len, cells)) for cells in zip(*rows, strict=True)]
    while room and sum(widths) + 2 * len(widths) - 2 > room and max(widths) > _NARROWEST:
        widths[widths.index(max(widths))] -= 1
    for row in rows:
        yield "  ".join(fitted(cell, size).ljust(size) for cell, size in zip(row, widths, strict=True)).rstrip()


_NARROWEST: Final = 8


def _hit_lines(place: int, hit: ResultHit) -> Iterator[str]:
    question = hit.question
    asked = (question.author or gettext("unknown")) + (f" ({question.party})" if question.party else "")
    head = click.style(question.number, fg="cyan", bold=True)
    date = day(question.date, gettext("undated"))
    yield f"{place:>3}. {head}  {date}  {asked} · {status_words(question)}"
    title, minister = _in_either_language(question)
    yield from paragraph(title or gettext("(no title)"), hit.title_highlights, indent=_INDENT, bold=True)
    if minister:
        yield " " * _INDENT + click.style(
            textwrap.shorten(gettext("to {minister}").format(minister=minister), width() - _INDENT, placeholder=" …"),
            dim=True,
        )
    for snippet in hit.snippets:
        yield from _snippet_lines(snippet)
    if hit.siblings:
        numbers = ", ".join(sibling.number for sibling in hit.siblings)
        label = "+ " + count(len(hit.siblings), "sibling", "siblings") + ": "
        yield from paragraph(numbers, label=label, indent=_INDENT, hanging=2)


def _in_either_language(question: Question) -> tuple[str | None, str | None]:
    """Title and minister; the French ones if the document is French only."""
    french = question.french
    return (
        question.title or (french.title if french else None),
        question.minister or (french.minister if french else None),
    )


def _snippet_lines(snippet: Snippet) -> Iterator[str]:
    head, tail = "" if snippet.starts_text else "… ", "" if snippet.ends_text else " …"
    ranges = [(start + len(head), end + len(head)) for start, end in snippet.highlights]
    zone = _FRENCH_ANSWER if snippet.zone == "french" and snippet.is_answer else _ZONES[snippet.zone]
    label = f"{gettext(zone)}: "
    return paragraph(head + snippet.text + tail, ranges, label=label, indent=_INDENT, hanging=2)


def _totals(page: ResultPage) -> str:
    first = _first_place(page)
    last = first + len(page.hits) - 1
    span = f"{first}-{last}" if last > first else str(first)
    shown = gettext("{span} of {hits}").format(span=span, hits=_counts(page)) if page.pages > 1 else _counts(page)
    more = gettext("more: --page {page}").format(page=page.request.page + 1)
    parts = [shown, f"{page.seconds * 1000:.0f} ms", *([more] if page.request.page < page.pages else [])]
    return click.style(" · ".join(parts), dim=True)


def _counts(page: ResultPage) -> str:
    questions = count(page.total, "question", "questions")
    hits = count(page.groups + page.partial_groups, "hit", "hits")
    if page.partial_total:
        told = gettext("{hits} ({questions} with all words, then {partial} with most)")
        return told.format(hits=hits, questions=questions, partial=number(page.partial_total))
    if page.groups != page.total:
        return gettext("{hits} ({questions}, siblings folded)").format(hits=hits, questions=questions)
    return questions


def _first_place(page: ResultPage) -> int:
    return (page.request.page - 1) * page.request.limit + 1


def _lines(text: str, first: int, other: int) -> Iterator[tuple[int, int]]:
    """Start and end of each line when words wrap at `first` columns, then at `other` columns."""
    room, start, end = first, 0, 0
    for word in _WORD.finditer(text):
        if end and word.end() - start > room:
            yield start, end
            room, start = other, word.start()
        end = word.end()
    if end:
        yield start, end


_WORD: Final = lazy("[^ ]+")  # a no-break space does not break a line
_MANY_BLANKS: Final = lazy("  +")
_BLANKS: Final = dict.fromkeys(map(ord, "\t\n\r\v\f"), " ")


def _styled(text: str, ranges: Ranges, **style: Any) -> str:
    """Style the ranges bold yellow and the rest as given; collapse runs of blanks."""
    parts, last = [], 0
    for start, end in ranges:
        parts += [_dressed(text[last:start], **style), click.style(text[start:end], fg="yellow", bold=True)]
        last = end
    return _MANY_BLANKS.sub(" ", "".join([*parts, _dressed(text[last:], **style)]))


def _dressed(text: str, **style: Any) -> str:
    return click.style(text, **style) if text and style else text


def fitted(text: str, size: int) -> str:
    """Truncate the text to a number of columns, with an ellipsis."""
    return text if len(text) <= size else text[: max(size - 1, 0)].rstrip() + "…"

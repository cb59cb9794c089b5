"""Matches a text: parses and executes it, and tries a looser form if nothing matches."""

import datetime as dt

from msgspec import Struct
from msgspec.structs import replace

from searchq.engines.embedded.execution.context import SearchContext
from searchq.engines.embedded.execution.execute import prepare
from searchq.engines.embedded.execution.matches import Matches, constant, nothing
from searchq.engines.embedded.facet_values import QueryVocabulary
from searchq.engines.embedded.snapshot_cache import SnapshotCache
from searchq.errors import OutOfTime
from searchq.limits import QUERY_DEADLINE_SECONDS
from searchq.query.hints import OUT_OF_TIME, Hint, ran_out_of_time
from searchq.query.language import parse
from searchq.query.parsed import ParsedQuery

__all__ = ["TextMatches", "match_text", "match_whole_text"]


class TextMatches(Struct, frozen=True, eq=False):
    """The matches of a text; `query` is its parsed form, None for an empty text, which matches every document."""

    matches: Matches
    query: ParsedQuery | None = None
    hints: tuple[Hint, ...] = ()
    jump: str | None = None
    context: SearchContext | None = None


def match_text(
    text: str,
    view: SnapshotCache,
    seconds: float = QUERY_DEADLINE_SECONDS,
    *,
    all_words: bool = False,
    today: dt.date | None = None,
    translate: bool = True,
) -> TextMatches:
    """Match all of a text, or, unless `all_words`, most of it if nothing matches; never raises because of the text."""
    if not text.strip():
        return TextMatches(constant(view.live_docs, 0.0))
    query = parse(text, QueryVocabulary(view), today, translate=translate)
    jump = query.jump if query.jump is not None and view.snapshot.doc(query.jump) is not None else None
    context = prepare(view, seconds)
    found = TextMatches(nothing(), query, query.hints, jump, context)
    try:
        matches = context.evaluate(query.tree)
        if not len(matches.docs) and query.loosest is not None and not all_words:
            matches = context.evaluate(query.loosest)
            if len(matches.docs):
                context.hint(Hint("most-words"))
    except OutOfTime:
        return replace(found, hints=(*found.hints, OUT_OF_TIME))
    if query.named and len(matches.docs) == 1:
        found = replace(found, jump=view.snapshot.number(int(matches.docs[0])))
    hints = (*found.hints, *context.hints, *_numbered_so(query.serial, view))
    return replace(found, matches=matches, hints=hints)


def _numbered_so(serial: str | None, view: SnapshotCache) -> tuple[Hint, ...]:
    """An offer of the questions with a serial, whatever the legislature: the visitor may want a word."""
    if serial is None:
        return ()
    names = (f"{legislature}-{serial}" for legislature in view.snapshot.facet("legislature").values)
    count = sum(view.snapshot.doc(name) is not None for name in names)
    postings = view.snapshot.postings("called", serial)
    count += 0 if postings is None else len(postings.docs)
    return (Hint("numbered-so", {"serial": serial, "count": count}),) if count else ()


def match_whole_text(
    text: str,
    view: SnapshotCache,
    seconds: float,
    *,
    all_words: bool = False,
    today: dt.date | None = None,
    translate: bool = True,
) -> TextMatches:
    """Match a text completely, or raise OutOfTime: exports and counts cannot show that the search was stopped."""
    found = match_text(text, view, seconds, all_words=all_words, today=today, translate=translate)
    if ran_out_of_time(found.hints):
        raise OutOfTime()
    return found

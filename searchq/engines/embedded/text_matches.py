"""Matches a text: parses and executes it, and tries a looser form if nothing matches."""

from dataclasses import dataclass, replace

from searchq.engines.embedded.execution.execute import prepare
from searchq.engines.embedded.execution.matches import Matches, constant, nothing
from searchq.engines.embedded.facet_values import QueryVocabulary
from searchq.engines.embedded.snapshot_cache import SnapshotCache
from searchq.errors import OutOfTime
from searchq.limits import QUERY_DEADLINE_SECONDS
from searchq.query.hints import OUT_OF_TIME, Hint, ran_out_of_time
from searchq.query.language import parse
from searchq.query.tree import ParsedQuery

__all__ = ["TextMatches", "match_text", "match_whole_text"]


@dataclass(frozen=True, slots=True, eq=False)
class TextMatches:
    """The matches of a text; `query` is its parsed form, None for an empty text, which matches every document."""

    matches: Matches
    query: ParsedQuery | None = None
    hints: tuple[Hint, ...] = ()
    terms: frozenset[tuple[str, str]] = frozenset()
    jump: str | None = None


def match_text(text: str, view: SnapshotCache, seconds: float = QUERY_DEADLINE_SECONDS) -> TextMatches:
    """Match all of a text, or most of its words if nothing matches; never raises because of the text."""
    if not text.strip():
        return TextMatches(constant(view.live_docs, 0.0))
    query = parse(text, QueryVocabulary(view))
    jump = query.jump if query.jump is not None and view.snapshot.doc(query.jump) is not None else None
    found = TextMatches(nothing(), query, query.hints, jump=jump)
    context = prepare(view, seconds)
    try:
        matches = context.evaluate(query.tree)
        if not len(matches.docs) and query.relaxed is not None:
            context.terms.clear()
            matches = context.evaluate(query.relaxed)
            if len(matches.docs):
                context.hint(Hint("most-words"))
    except OutOfTime:
        return replace(found, hints=(*found.hints, OUT_OF_TIME))
    return replace(found, matches=matches, hints=(*found.hints, *context.hints), terms=frozenset(context.terms))


def match_whole_text(text: str, view: SnapshotCache, seconds: float) -> TextMatches:
    """Match a text completely, or raise OutOfTime: exports and counts cannot show that the search was stopped."""
    found = match_text(text, view, seconds)
    if ran_out_of_time(found.hints):
        raise OutOfTime()
    return found

"""What a text matches: read, executed, and read more loosely when nothing matches."""

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
    """What a text matches; `query` is how it was read, None for no text at all, when all matches are alike."""

    matches: Matches
    query: ParsedQuery | None = None
    hints: tuple[Hint, ...] = ()
    terms: frozenset[tuple[str, str]] = frozenset()
    jump: str | None = None


def match_text(text: str, view: SnapshotCache, seconds: float = QUERY_DEADLINE_SECONDS) -> TextMatches:
    """What a text matches: all of it, or most of its words when nothing does; never raises for what the text says."""
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
    """What a text matches, in full: who exports or counts it has no place for a hint that it was stopped."""
    found = match_text(text, view, seconds)
    if ran_out_of_time(found.hints):
        raise OutOfTime()
    return found

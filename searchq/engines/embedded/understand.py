"""A visitor's text to matches: read, executed, and read more loosely when nothing matches.

The query language and the execution stand on `whoosh.query`, whose import takes 15 ms; they are imported when the first
text comes in, so that filtering and counting without text, and opening an index, do not wait for them.
"""

from dataclasses import dataclass, replace

from searchq.engines.embedded.execution.matches import Matches, constant, nothing
from searchq.engines.embedded.snapshot_cache import View
from searchq.errors import OutOfTime
from searchq.limits import QUERY_DEADLINE_SECONDS
from searchq.query.hints import OUT_OF_TIME, Hint

__all__ = ["Understood", "understand"]


@dataclass(frozen=True, slots=True, eq=False)
class Understood:
    """What a text matches; `ranked` is False when all matches are alike, as for no text at all."""

    matches: Matches
    ranked: bool = True
    hints: tuple[Hint, ...] = ()
    terms: frozenset[tuple[str, str]] = frozenset()
    jump: str | None = None
    words: tuple[str, ...] = ()


def understand(text: str, view: View, seconds: float = QUERY_DEADLINE_SECONDS) -> Understood:
    """What a text matches in a snapshot; never raises for what the text says."""
    if not text.strip():
        return Understood(constant(view.live_docs, 0.0), ranked=False)
    from searchq.engines.embedded.machinery import parse, prepare

    parsed = parse(text, view.snapshot)
    jump = parsed.jump if parsed.jump is not None and view.snapshot.doc(parsed.jump) is not None else None
    found = Understood(nothing(), hints=parsed.hints, jump=jump, words=parsed.words)
    run = prepare(view, seconds)
    try:
        matches = run.evaluate(parsed.tree)
        if not len(matches.docs) and parsed.relaxed is not None:
            run.terms.clear()
            matches = run.evaluate(parsed.relaxed)
            if len(matches.docs):
                run.hint(Hint("most-words"))
    except OutOfTime:
        return replace(found, hints=(*found.hints, OUT_OF_TIME))
    return replace(found, matches=matches, hints=(*found.hints, *run.hints), terms=frozenset(run.terms))

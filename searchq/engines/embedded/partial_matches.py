"""Questions with most of the words of a text, after those with all of them, where these are few.

sorted by relevance, at least one question matches the text, fewer than ENOUGH_FULL_MATCHES match filters, too
──> full matches, then those that match the looser form of the text, under the same filters
"""

from searchq.engines.embedded.execution.matches import Matches, RankedMatches, full_then_partial, without
from searchq.engines.embedded.filters import Filters
from searchq.engines.embedded.text_matches import TextMatches
from searchq.errors import OutOfTime
from searchq.limits import ENOUGH_FULL_MATCHES
from searchq.query.request import Request
from searchq.query.tree import Node

__all__ = ["with_partial"]


def with_partial(request: Request, found: TextMatches, full: Matches, filters: Filters) -> RankedMatches:
    """Return the `full` matches of text and filters, and the partial ones, where wanted and found in time."""
    looser = _looser(request, found, full)
    if looser is None or found.context is None:
        return RankedMatches(full)
    try:
        most = found.context.evaluate(looser)
    except OutOfTime:
        return RankedMatches(full)
    return full_then_partial(full, filters.select(without(most, found.matches.docs, found.context.max_doc)))


def _looser(request: Request, found: TextMatches, full: Matches) -> Node | None:
    """Return the looser form of a text if it is wanted; where nothing has all words, it was matched already."""
    if found.query is None or request.all_words or request.sort != "relevance" or not len(found.matches.docs):
        return None
    return found.query.relaxed if len(full.docs) < ENOUGH_FULL_MATCHES else None

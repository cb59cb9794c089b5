"""Questions with most of the words of a text, after those with all of them, where these are few.

sorted by relevance, at least one question matches the text, fewer than ENOUGH_FULL_MATCHES match filters, too
──> full matches, then those that match the looser form of the text, under the same filters
"""

from searchq.engines.embedded.execution.matches import Matches, nothing
from searchq.engines.embedded.filters import Filters
from searchq.engines.embedded.text_matches import TextMatches
from searchq.errors import OutOfTime
from searchq.limits import ENOUGH_FULL_MATCHES
from searchq.query.request import Request
from searchq.query.tree import Node

__all__ = ["partial_matches"]


def partial_matches(request: Request, found: TextMatches, full: Matches, filters: Filters) -> Matches:
    """Return the partial matches that follow the `full` ones of text and filters, where wanted and found in time."""
    looser = _looser(request, found, full)
    if looser is None or found.context is None:
        return nothing()
    try:
        most = found.context.evaluate(looser)
    except OutOfTime:
        return nothing()
    others = most.without(found.matches.docs, found.context.max_doc)
    return others.at(filters.places(others.docs))


def _looser(request: Request, found: TextMatches, full: Matches) -> Node | None:
    """Return the looser form of a text if it is wanted; where nothing has all words, it was matched already."""
    if found.query is None or request.all_words or request.sort != "relevance" or not len(found.matches.docs):
        return None
    return found.query.relaxed if len(full.docs) < ENOUGH_FULL_MATCHES else None

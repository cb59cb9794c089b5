"""The translations by which hits were found: only these are told to the visitor."""

from collections.abc import Sequence
from itertools import chain

import numpy as np

from searchq.engines.embedded.execution.matches import Docs
from searchq.engines.embedded.text_matches import TextMatches
from searchq.errors import OutOfTime
from searchq.query.tree_contents import contents_of

__all__ = ["translations_of"]


def translations_of(hits: Sequence[int], found: TextMatches) -> tuple[str, ...]:
    """Return the translations that one of these documents matches, each once, in the order of the query."""
    query, context = found.query, found.context
    if query is None or context is None or not query.translations or not hits:
        return ()
    told = set(chain.from_iterable(query.translations.values()))
    docs = np.array(hits, np.intp)
    sought = {
        text: node for tree in (query.relaxed, query.tree) if tree for text, node in contents_of(tree).translations
    }
    try:
        return tuple(
            text for text, node in sought.items() if text in told and _has_any(context.evaluate(node).docs, docs)
        )
    except OutOfTime:
        return ()


def _has_any(matched: Docs, docs: Docs) -> bool:
    """Return whether any of some documents is among those matched, which are ascending."""
    return bool((matched.searchsorted(docs, "right") > matched.searchsorted(docs)).any())

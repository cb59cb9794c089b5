"""The translations by which hits were found: only these are told to the visitor."""

from collections.abc import Sequence
from itertools import chain

from searchq.engines.opensearch.translate import dsl
from searchq.engines.opensearch.view import View, both
from searchq.query.hits import Hit
from searchq.query.parsed import ParsedQuery
from searchq.query.tree_contents import contents_of

__all__ = ["translations_of"]


def translations_of(hits: Sequence[Hit], query: ParsedQuery | None, view: View) -> tuple[str, ...]:
    """Return the translations that one of these hits matches, each once, in the order of the query."""
    if query is None or not query.translations or not hits:
        return ()
    told = set(chain.from_iterable(query.translations.values()))
    sought = {
        text: node for tree in (query.relaxed, query.tree) if tree for text, node in contents_of(tree).translations
    }
    filters = {text: dsl(node, view) for text, node in sought.items() if text in told}
    if not filters:
        return ()
    query_of_hits = both(view.alive, {"terms": {"number": [hit.number for hit in hits]}})
    answer = view.search({"size": 0, "query": query_of_hits, "aggs": {"of": {"filters": {"filters": filters}}}})
    buckets = answer["aggregations"]["of"]["buckets"]
    return tuple(text for text in filters if buckets[text]["doc_count"])

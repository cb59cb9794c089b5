"""Translates a query tree to `whoosh.query`, for searching the index with Whoosh itself.

with whoosh.index.open_dir(directory).searcher() as searcher:
    searcher.search(whoosh_query(parse("sociale media", snapshot).tree))
"""

from collections.abc import Sequence
from typing import assert_never

from whoosh import query
from whoosh.query import spans

from searchq.query import tree

__all__ = ["whoosh_query"]


def whoosh_query(node: tree.Node) -> query.Query:
    """Return the Whoosh query that matches the same documents with the same scores."""
    match node:
        case tree.Term():
            return query.Term(node.field, node.text, boost=node.boost)
        case tree.Phrase():
            return query.Phrase(node.field, list(node.words), slop=node.slop, boost=node.boost)
        case tree.Prefix():
            return query.Prefix(node.field, node.text, boost=node.boost)
        case tree.Wildcard():
            return query.Wildcard(node.field, node.text, boost=node.boost)
        case tree.Fuzzy():
            edits = {"maxdist": node.edits, "prefixlength": node.prefix_length}
            return query.FuzzyTerm(node.field, node.text, boost=node.boost, **edits)
        case tree.Range():
            return query.NumericRange(node.field, node.first, node.last)
        case tree.AnyValue():
            return query.Every(node.field)
        case tree.Everything():
            return query.Every()
        case tree.Nothing():
            return query.NullQuery
        case tree.AllOf():
            return query.And(_all(node.parts))
        case tree.AnyOf():
            return query.Or(_all(node.parts), minmatch=node.at_least if node.at_least > 1 else 0)
        case tree.BestOf():
            return query.DisjunctionMax(_all(node.parts))
        case tree.Near():
            return spans.SpanNear2(_all(node.parts), slop=node.distance, ordered=False, mindist=node.least)
        case tree.Filter():
            return query.ConstantScoreQuery(whoosh_query(node.part))
        case tree.Without():
            return query.AndNot(whoosh_query(node.wanted), whoosh_query(node.denied))
        case _:
            assert_never(node)


def _all(parts: Sequence[tree.Node]) -> list[query.Query]:
    return [whoosh_query(part) for part in parts]

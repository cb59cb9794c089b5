"""Where the parts of a phrase or of nearness stand, as intervals over the places of a zone.

At each place stand the word, marked by `=`, and its terms. A row of words side by side is a phrase query; all else is
intervals, each part within reach of the run of those before it.
"""

from collections.abc import Sequence
from typing import Any

from searchq.engines.opensearch.expansions import expand
from searchq.engines.opensearch.fields import PLACED, at
from searchq.engines.opensearch.view import Body, View
from searchq.engines.opensearch.words import escaped
from searchq.index.schema import FIELDS
from searchq.query import tree as nodes
from searchq.query.tree import Node
from searchq.query.tree_contents import leaves

__all__ = ["beginning", "beside", "intervals_of", "near_pair", "row", "standing"]

Rule = dict[str, Any]  # of an intervals query


def standing(node: nodes.Phrase, view: View) -> Body:
    """Match the places of a phrase."""
    if node.slop == 1:
        return row(node.field, node.words)
    found = intervals_of(node, view)
    return {"match_none": {}} if found is None else found


def intervals_of(node: Node, view: View) -> Body | None:
    """Match the places of a node; None where it has none."""
    fields = {getattr(leaf, "field", "") for leaf in leaves(node)}
    zones = {at(field) for field in fields & PLACED}
    rule = _rule(node, view)
    if rule is None or len(zones) != 1:
        return None
    return {"intervals": {zones.pop(): rule}}


def beside(field: str, one: str, other: str) -> Body:
    """Match two words side by side, in either order."""
    return {"bool": {"should": [row(field, (one, other)), row(field, (other, one))]}}


def near_pair(field: str, one: str, other: str, most: int) -> Body:
    """Match two words so many places apart at most, in either order."""
    rules = [_match(_token(field, word)) for word in (one, other)]
    return {"intervals": {at(field): _all_of(rules, ordered=False, gaps=most - 1)}}


def beginning(field: str, term: str, most: int) -> Body:
    """Match a term among the first words of a text."""
    return {"span_first": {"match": {"span_term": {at(field): _token(field, term)}}, "end": most}}


def row(field: str, words: Sequence[str]) -> Body:
    """Match words side by side, in order."""
    tokens = " ".join(_token(field, word) for word in words)
    return {"match_phrase": {at(field): {"query": tokens, "analyzer": "tokens"}}}


def _token(field: str, text: str) -> str:
    return f"={escaped(text)}" if FIELDS[field].kind == "exact" else escaped(text)


def _rule(node: Node, view: View) -> Rule | None:
    match node:
        case nodes.Term():
            return _match(_token(node.field, node.text)) if node.field in PLACED else None
        case nodes.Prefix() | nodes.Wildcard() | nodes.Fuzzy():
            words = expand(node, view) if node.field in PLACED else []
            return _any_of([_match(_token(node.field, word)) for word in words])
        case nodes.AnyOf() | nodes.AllOf():
            return _any_of([rule for part in node.parts if (rule := _rule(part, view))])
        case nodes.Phrase():
            found = [_match(_token(node.field, word)) for word in node.words] if node.field in PLACED else []
            return _chain(found, lambda one, other: _all_of([one, other], ordered=True, gaps=node.slop - 1))
        case nodes.Near():
            parts = [_rule(part, view) for part in node.parts]
            return None if None in parts else _chain(parts, lambda one, other: _reached(one, other, node))
    return None


def _chain(rules: Sequence[Any], join: Any) -> Rule | None:
    if not rules:
        return None
    found = rules[0]
    for rule in rules[1:]:
        found = join(found, rule)
    return found  # type: ignore[no-any-return]


def _reached(one: Rule, other: Rule, node: nodes.Near) -> Rule:
    """Two parts in any order; where they may not overlap, one wholly before the other."""
    gaps = node.distance - 1
    if node.least == 0:
        return _all_of([one, other], ordered=False, gaps=gaps)
    orders = [_all_of(pair, ordered=True, gaps=gaps) for pair in ([one, other], [other, one])]
    return {"any_of": {"intervals": orders}}


def _match(token: str) -> Rule:
    return {"match": {"query": token, "analyzer": "keyword"}}


def _any_of(rules: Sequence[Rule]) -> Rule | None:
    if not rules:
        return None
    return rules[0] if len(rules) == 1 else {"any_of": {"intervals": list(rules)}}


def _all_of(rules: Sequence[Rule], *, ordered: bool, gaps: int) -> Rule:
    return {"all_of": {"intervals": list(rules), "ordered": ordered, "max_gaps": gaps}}

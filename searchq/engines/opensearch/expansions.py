"""The words that a prefix, a pattern or a slip stands for."""

from collections.abc import Iterable, Sequence

from searchq.engines.opensearch.view import Body, View, both
from searchq.engines.opensearch.word_lists import PLACE_OF, list_body, quoted, rows_of
from searchq.engines.opensearch.words import escaped, unescaped
from searchq.limits import MAX_EXPANDED_TERMS
from searchq.query.hints import Hint
from searchq.query.tree import Expansion, Fuzzy, Prefix, Wildcard

__all__ = ["expand", "expansion_hint", "fit_all", "matching"]


def expand(node: Expansion, view: View) -> list[str]:
    """Return the words that a node stands for, in order; of too many, the most frequent."""
    return sorted(_fitting(node, view)[:MAX_EXPANDED_TERMS])


def expansion_hint(node: Expansion, view: View) -> Hint | None:
    """Return what to tell of a node that stands for too many words."""
    found = len(_fitting(node, view))
    if found <= MAX_EXPANDED_TERMS:
        return None
    shown = node.text + {Prefix: "*", Fuzzy: "~"}.get(type(node), "")
    return Hint("many-words", {"word": shown, "found": found, "kept": MAX_EXPANDED_TERMS})


def fit_all(nodes: Iterable[Expansion], view: View) -> None:
    """Look up the words of many nodes in one call, for what asks for those of each."""
    unknown = [node for node in dict.fromkeys(nodes) if not view.has_made(_key_of(node))]
    listing = [node for node in unknown if node.field in PLACE_OF or node.field == "number"]
    found = dict(
        zip(listing, map(rows_of, view.searches([_fitting_body(node, view) for node in listing])), strict=True)
    )
    for node in unknown:
        words = _in_order(node, found.get(node, []))
        view.once(_key_of(node), lambda words=words: words)  # type: ignore[misc]


def _key_of(node: Expansion) -> tuple[object, ...]:
    return "fitting", type(node), node


def _fitting(node: Expansion, view: View) -> list[str]:
    """Return the words that fit, the most frequent first, then in order; numbers in order."""
    fit_all([node], view)
    return view.once(_key_of(node), list[str])


def _fitting_body(node: Expansion, view: View) -> Body:
    holding = both(view.alive, matching(node))
    if node.field == "number":
        return list_body("number", _pattern(node), holding)
    return list_body("vocabulary", f"{PLACE_OF[node.field]} [^ ]* {_pattern(node)}", holding)


def _in_order(node: Expansion, rows: Sequence[tuple[str, int]]) -> list[str]:
    if node.field == "number":
        return sorted(key for key, _ in rows)
    counted = [(unescaped(key.split(" ")[2]), count) for key, count in rows]
    if isinstance(node, Fuzzy):
        from rapidfuzz.distance import Levenshtein

        counted = [row for row in counted if Levenshtein.distance(row[0], node.text) <= node.edits]
    return [word for word, _ in sorted(counted, key=lambda row: (-row[1], row[0]))]


def matching(node: Expansion) -> Body:
    """Match what holds any word that fits, however many there are."""
    text = escaped(node.text) if node.field in PLACE_OF else node.text
    match node:
        case Prefix():
            return {"prefix": {node.field: text}}
        case Wildcard():
            return {"wildcard": {node.field: text.replace("\\", "\\\\")}}
        case Fuzzy():
            told = {"value": text, "fuzziness": node.edits, "prefix_length": node.prefix_length, "max_expansions": 1000}
            return {"fuzzy": {node.field: told}}


def _pattern(node: Expansion) -> str:
    """Return the words that may fit as a pattern; of fuzzy ones those that begin with the same letters."""
    match node:
        case Prefix():
            return f"{quoted(escaped(node.text))}.*"
        case Wildcard():
            letters = {"*": "[^ ]*", "?": "[^ ]"}
            return "".join(letters.get(letter) or quoted(escaped(letter)) for letter in node.text)
        case Fuzzy():
            return f"{quoted(escaped(node.text[: node.prefix_length]))}.*"

"""The words of an index that fit a pattern, listed by the cluster."""

import re
from collections.abc import Iterable
from typing import Final

from searchq.analysis.folding import fold
from searchq.engines.opensearch.view import Body, View
from searchq.engines.opensearch.words import PROSE, escaped, meaning, unescaped
from searchq.query.zones import ZONES, exact

__all__ = ["PLACE_OF", "beginning", "fitting_folded", "list_body", "listed", "quoted", "rows_of"]

PLACE_OF: Final = {exact(zone.name): place for place, zone in enumerate(ZONES)}  # begins the rows of a zone
_MOST_LISTED: Final = 20_000  # words of one list
_SPECIAL: Final = re.compile(r'([.?+*|{}\[\]()"\\#@&<>~^$-])')


def listed(pattern: str, view: View) -> list[tuple[str, int]]:
    """Return the rows of the vocabulary that fit a pattern, with the questions that hold each, most first."""
    return rows_of(view.search(list_body("vocabulary", pattern, view.alive)))


def list_body(field: str, pattern: str, query: Body) -> Body:
    terms = {"field": field, "include": pattern, "size": _MOST_LISTED}
    return {"size": 0, "query": query, "aggs": {"of": {"terms": terms}}}


def rows_of(answer: Body) -> list[tuple[str, int]]:
    return [(bucket["key"], bucket["doc_count"]) for bucket in answer["aggregations"]["of"]["buckets"]]


def quoted(text: str) -> str:
    """Return a text as a pattern that fits it alone."""
    return _SPECIAL.sub(r"\\\1", text)


def beginning(typed: str, view: View) -> dict[str, int]:
    """Return the Dutch words of letters that begin as typed but for accents, with their frequencies over the zones."""
    dutch = "".join(str(place) for place, zone in enumerate(ZONES) if zone.language == "nl")
    return _summed(listed(f"[{dutch}] {quoted(escaped(fold(typed.lower())))}.*", view))


def fitting_folded(patterns: Iterable[str], view: View) -> dict[str, int]:
    """Return the Dutch words of letters whose folded form fits any of some patterns, with their frequencies."""
    dutch = "".join(str(place) for place, zone in enumerate(ZONES) if zone.language == "nl")
    return _summed(listed(f"[{dutch}] ({'|'.join(patterns)}) .*", view))


def _summed(rows: Iterable[tuple[str, int]]) -> dict[str, int]:
    found: dict[str, int] = {}
    for key, count in rows:
        word = unescaped(key.split(" ")[2])
        found[word] = found.get(word, 0) + count
    return {word: count for word, count in found.items() if PROSE.fullmatch(word) and meaning(word, "nl")}

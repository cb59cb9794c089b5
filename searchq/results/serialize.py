"""Result pages as JSON-ready data, for the command line and the search page.

    {"query", "total", "groups", "partial_total", "partial_groups", "page", "pages", "limit", "sort",
     "hits": [{"number", "date", "title", "minister", "author", "party", "status", "score",
               "snippets": [{"zone", "text", "highlights": [[start, end]]}], "siblings": [number], "partial"}],
     "facets": {name: {"values": [{"value", "count", "selected", "excluded"}], "distinct", "missing"}},
     "histogram", "hints", "translations", "did_you_mean", "relaxations", "jump", "generation", "seconds"}

Highlights are character ranges of their text; nothing here is HTML.
"""

from typing import Any, Final

from searchq.query.hits import FacetCounts, Histogram
from searchq.record_json import to_json
from searchq.results.page import ResultHit, ResultPage, Snippet

__all__ = ["facet_to_json", "histogram_to_json", "hit_to_json", "page_to_json", "snippet_to_json"]

_HEAD: Final = ("number", "date", "title", "minister", "author", "party", "status")


def page_to_json(page: ResultPage, *, full: bool = False) -> dict[str, Any]:
    """The page as data for `json.dumps`; `full` adds the whole record of each question."""
    return {
        "query": page.request.text,
        "total": page.total,
        "groups": page.groups,
        "partial_total": page.partial_total,
        "partial_groups": page.partial_groups,
        "page": page.request.page,
        "pages": page.pages,
        "limit": page.request.limit,
        "sort": page.request.sort,
        "hits": [hit_to_json(hit, full=full) for hit in page.hits],
        "facets": {facet.name: facet_to_json(facet) for facet in page.facets},
        "histogram": histogram_to_json(page.histogram) if page.histogram else None,
        "hints": [
            {"code": hint.code, "sentence": hint.sentence("en"), "start": hint.start, "end": hint.end}
            for hint in page.hints
        ],
        "translations": list(page.translations),
        "did_you_mean": page.did_you_mean,
        "relaxations": [{"dropped": way.dropped, "kind": way.kind, "total": way.total} for way in page.relaxations],
        "jump": page.jump,
        "generation": page.generation,
        "seconds": round(page.seconds, 6),
    }


def hit_to_json(hit: ResultHit, *, full: bool = False) -> dict[str, Any]:
    """One hit with the header of its record, or with `full` the whole record."""
    record = to_json(hit.question)
    return {
        **(record if full else {key: record[key] for key in _HEAD}),
        "score": round(hit.score, 6),
        "snippets": [snippet_to_json(snippet) for snippet in hit.snippets],
        "siblings": [sibling.number for sibling in hit.siblings],
        "partial": hit.partial,
    }


def facet_to_json(facet: FacetCounts) -> dict[str, Any]:
    """One facet with its values, most frequent first."""
    return {
        "values": [
            {"value": one.value, "count": one.count, "selected": one.selected, "excluded": one.excluded}
            for one in facet.values
        ],
        "distinct": facet.distinct,
        "missing": facet.missing,
        **({"undated": facet.undated} if facet.name == "delay" else {}),
    }


def histogram_to_json(histogram: Histogram) -> dict[str, Any]:
    """The histogram by date."""
    return {
        "interval": histogram.interval,
        "bars": [
            {"first": bar.first.isoformat(), "last": bar.last.isoformat(), "count": bar.count} for bar in histogram.bars
        ],
        "undated": histogram.undated,
    }


def snippet_to_json(snippet: Snippet) -> dict[str, Any]:
    """A snippet with the ranges to highlight."""
    return {
        "zone": snippet.zone,
        "text": snippet.text,
        "highlights": [list(span) for span in snippet.highlights],
        "starts_text": snippet.starts_text,
        "ends_text": snippet.ends_text,
        "is_answer": snippet.is_answer,
    }

"""Finds similar questions: searches for the words with the most weight in a question, and keeps what scores enough."""

from collections.abc import Iterator, Sequence
from typing import Final

from searchq.engines.opensearch.groups import GROUPS, TOLD, counted_groups
from searchq.engines.opensearch.highlight import highlight_terms
from searchq.engines.opensearch.ranking import FIELDS_READ, Ranked, ranked_of, sort_of
from searchq.engines.opensearch.records import found_by_number, without_texts
from searchq.engines.opensearch.translate import dsl
from searchq.engines.opensearch.view import Body, View
from searchq.engines.opensearch.words import meaning
from searchq.engines.weighted_terms import weighted_terms
from searchq.languages import asked_in
from searchq.query.hits import Hit, Hits
from searchq.query.parsed import ParsedQuery
from searchq.query.request import Request, Texts
from searchq.query.similarity import FLOOR, TellingWord, most_telling, told
from searchq.query.tree import Term, any_of
from searchq.query.zones import COMBINED
from searchq.question import Question

__all__ = ["similar"]

_MOST: Final = 1000  # questions above the floor that are looked at


def similar(number: str, siblings: Sequence[Question], limit: int, texts: Texts, view: View) -> Hits:
    """Return the questions most similar to one, without its siblings; none for an unknown number."""
    own = next((one for one in siblings if one.number == number), None)
    language = "nl" if own is None else asked_in(own)
    telling = [] if own is None else _telling_words(own, language, view)
    request = Request(text=told(telling), limit=limit, texts=texts, recency=False, proximity=False)
    if not telling:
        return Hits(request, 0, 0, (), generation=view.generation.number)
    query = ParsedQuery(any_of([Term(COMBINED[language], one.term, one.boost) for one in telling]))
    found = _above_floor(dsl(query.tree, view), FLOOR[language], number, [one.number for one in siblings], view)
    groups: dict[str, list[Ranked]] = {}
    for hit in found["hits"]["hits"]:
        row = ranked_of(hit)
        groups.setdefault(row.group, []).append(row)
    return Hits(
        request=request,
        total=found["hits"]["total"]["value"],
        groups=counted_groups(found["aggregations"]) or found["hits"]["total"]["value"],
        hits=tuple(_hits(list(groups.values())[:limit], texts, view)),
        highlight=highlight_terms(texts, query, {query.tree: found["hits"]["total"]["value"] > 0}, view),
        query=query,
        generation=view.generation.number,
    )


def _above_floor(query: Body, floor: float, number: str, group: Sequence[str], view: View) -> Body:
    """Search for what reaches a share of the question's own score."""
    own = {"bool": {"must": [query], "filter": [view.alive, {"term": {"number": number}}]}}
    score = view.search({"size": 1, "query": own})["hits"]["max_score"]
    return view.search({
        "size": _MOST,
        "query": {"bool": {"must": [query], "filter": [view.alive], "must_not": [{"terms": {"number": list(group)}}]}},
        "min_score": floor * score,
        "sort": sort_of("relevance", view, scored=True),
        "track_total_hits": True,
        "aggs": GROUPS,
        "docvalue_fields": list(FIELDS_READ),
    }, TOLD)  # fmt: skip


def _hits(groups: Sequence[Sequence[Ranked]], texts: Texts, view: View) -> Iterator[Hit]:
    under: Texts = "header" if texts == "whole" else texts
    found = found_by_number([row.number for group in groups for row in group], view, texts)
    for best, *others in groups:
        siblings = (found[other.number] for other in others)
        shown = tuple(without_texts(one) if under == "header" else one for one in siblings)
        yield Hit(found[best.number], best.score, shown)


def _telling_words(question: Question, language: str, view: View) -> list[TellingWord]:
    """Return the words of a question that weigh most."""

    def term_of(word: str) -> str | None:
        terms = meaning(word, language)
        return terms[0].term if terms else None

    occurring, field = weighted_terms(question, language, term_of), COMBINED[language]
    counts = view.frequencies((field, term) for term in occurring)
    return most_telling(occurring, lambda term: counts[field, term], view.generation.questions)

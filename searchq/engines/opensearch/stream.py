"""Every question of a request in its order: from a point in time, page after page, whatever is committed meanwhile."""

from collections.abc import Iterator
from itertools import chain
from typing import Any, Final

from searchq.engines.opensearch.matches import Asked
from searchq.engines.opensearch.ranking import FIELDS_READ, Ranked, as_typed, ranked_of, sort_of
from searchq.engines.opensearch.records import fields_of, question_of
from searchq.engines.opensearch.view import Body
from searchq.query.request import Texts
from searchq.query.weights import RERANKED
from searchq.question import Question

__all__ = ["heads", "numbers", "questions"]

_A_PAGE: Final = 1000  # documents of one answer
_A_PAGE_OF_NUMBERS: Final = 10_000
_KEPT_OPEN: Final = "10m"  # from one page to the next

Row = tuple[Ranked, Body]


def questions(asked: Asked) -> Iterator[Question]:
    """Yield the questions of all hits in order."""
    texts = asked.request.texts
    return (question_of(hit, texts) for _, hit in heads(asked, texts))


def numbers(asked: Asked) -> list[str]:
    """Return the numbers of all hits in order."""
    return [ranked.number for ranked, _ in heads(asked, "none")]


def heads(asked: Asked, texts: Texts) -> Iterator[Row]:
    """Yield the best of each group, or every question where siblings stand apart."""
    seen = set[str]()
    for ranked, hit in _rows(asked, texts):
        if not asked.request.fold:
            yield ranked, hit
        elif ranked.group not in seen:
            seen.add(ranked.group)
            yield ranked, hit


def _rows(asked: Asked, texts: Texts) -> Iterator[Row]:
    """Yield every match in order, the best of a ranked search ranked again."""
    pages = _pages(asked, texts)
    first = next(pages, [])  # asked now, so that what fails fails before the first question
    if asked.is_ranked and asked.request.proximity:
        best = {ranked.name: hit for ranked, hit in first}
        first = [(one, best[one.name]) for one in as_typed(asked.typed, [one for one, _ in first], asked.view)]
    return chain(first, chain.from_iterable(pages))


def _pages(asked: Asked, texts: Texts) -> Iterator[list[Row]]:
    connection, index = asked.view.connection, asked.view.generation.index
    opened = connection.call(lambda client: client.create_pit(index=index, params={"keep_alive": _KEPT_OPEN}), "pit_id")
    pit = opened["pit_id"]
    try:
        page: dict[str, Any] = {"size": RERANKED, "post_filter": asked.filter_of_hits({"match_all": {}})}
        while hits := asked.view.search(_body(asked, texts, pit) | page)["hits"]["hits"]:
            yield [(ranked_of(hit), hit) for hit in hits]
            if len(hits) < page["size"]:
                return
            page = {"size": _A_PAGE_OF_NUMBERS if texts == "none" else _A_PAGE, "search_after": hits[-1]["sort"]}
    finally:
        connection.call(lambda client: client.delete_pit(body={"pit_id": [pit]}))


def _body(asked: Asked, texts: Texts, pit: str) -> Body:
    return {
        "pit": {"id": pit, "keep_alive": _KEPT_OPEN},
        "query": asked.passing(asked.matching()),
        "sort": sort_of(asked.request.sort, asked.view, asked.is_ranked),
        "track_scores": asked.is_ranked,
        "track_total_hits": False,
        "docvalue_fields": [*FIELDS_READ, *fields_of(texts)],
    }

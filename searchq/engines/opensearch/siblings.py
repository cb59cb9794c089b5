"""Related questions: siblings (the same words to several ministers), and questions that cite one another."""

from typing import Final

from searchq.engines.opensearch.documents import group_of
from searchq.engines.opensearch.ranking import sort_of
from searchq.engines.opensearch.records import fields_of, found_by_number, question_of
from searchq.engines.opensearch.view import Body, View, both
from searchq.query.request import Texts
from searchq.question import Question

__all__ = ["citing", "siblings"]

_MOST: Final = 10_000  # siblings of one question


def siblings(number: str, view: View) -> list[Question]:
    """Return the questions of a group, and those that a question names as the same to others; by number."""
    own = found_by_number([number], view, "whole").get(number)
    if own is None:
        return []
    named = [
        reference.number
        for reference in own.references
        if reference.kind == "also-asked-to" and reference.type == "written-question"
    ]
    group = {"term": {"group": group_of(own)}}
    query: Body = {"bool": {"should": [group, {"terms": {"number": [number, *named]}}]}}
    return _by_number(both(view.alive, query), _MOST, view, "whole")


def citing(number: str, limit: int, view: View) -> list[Question]:
    """Return the questions whose texts cite one, by number."""
    return _by_number(both(view.alive, {"term": {"cites": number}}), limit, view, "header")


def _by_number(query: Body, most: int, view: View, texts: Texts) -> list[Question]:
    fields, sort = ["number", *fields_of(texts)], sort_of("number", view, scored=False)
    body = {"size": most, "query": query, "sort": sort, "docvalue_fields": fields}
    return [question_of(hit, texts) for hit in view.search(body)["hits"]["hits"]]

"""Questions as they are read from documents, with as much of their texts as is asked for."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import msgspec
from msgspec.structs import replace
from zstandard import ZstdError

from searchq.engines.opensearch.connection import Connection
from searchq.engines.opensearch.index_changes import sources
from searchq.engines.opensearch.packed import unpacked
from searchq.engines.opensearch.refusals import not_ours
from searchq.engines.opensearch.view import Body, View, both
from searchq.first_seen import FirstSeen
from searchq.index.schema import FIRST_SEEN, MISSING, moment_of
from searchq.query.request import Texts
from searchq.question import Entry, Question

__all__ = [
    "entry_of",
    "fields_of",
    "first_seen_of",
    "found_by_number",
    "name_of",
    "question_of",
    "stored_entries",
    "stored_entry",
    "without_texts",
]


def fields_of(texts: Texts) -> tuple[str, ...]:
    """Return what to read of a document besides the number of its question."""
    return () if texts == "none" else ("record", *FIRST_SEEN)


def name_of(hit: Body) -> str:
    """Return the name of the document of a hit that was asked for `number` and `born`."""
    fields = hit["fields"]
    return f"{fields['number'][0]}@{fields['born'][0]}"


def question_of(hit: Body, texts: Texts) -> Question:
    """Return the question of a hit."""
    fields = hit["fields"]
    if texts == "none":
        return Question(fields["number"][0])
    question, seen = _unpacked(fields["record"][0], fields["number"][0], hit), first_seen_of(fields)
    question = replace(question, first_seen=seen.question, answer_first_seen=seen.answer)
    return question if texts == "whole" else without_texts(question)


def first_seen_of(fields: Mapping[str, list[Any]]) -> FirstSeen:
    """Return when the question of a hit and its answer were first seen."""
    told = {name: fields[name][0] for name in FIRST_SEEN if name in fields}
    question, answer = (moment_of(told.get(name, MISSING)) for name in ("first_seen", "answer_first_seen"))
    return FirstSeen(told.get("new_in"), told.get("answered_in"), question, answer)


def entry_of(hit: Body) -> Entry:
    """Return what an index holds of a question: a document with its source."""
    name, source = hit["_id"], hit["_source"]
    question = _unpacked(source.get("record"), name, hit)
    return Entry(question, tuple(_unpacked(page, name, hit) for page in source.get("pages", ())) or (question,))


def stored_entry(view: View, number: str) -> Entry | None:
    """Return what a generation holds of a question."""
    query = both(view.alive, {"term": {"number": number}})
    hits = view.search({"size": 1, "query": query, "_source": ["record", "pages"]})["hits"]["hits"]
    return entry_of(hits[0]) if hits else None


def stored_entries(connection: Connection, index: str, query: Body) -> Iterator[Entry]:
    """Yield what an index holds of all questions that a query finds."""
    return map(entry_of, sources(connection, index, query))


def _unpacked(stored: Any, name: str, hit: Body) -> Question:
    """Return the question that was stored. Raises IndexBroken for what no run stored."""
    try:
        return unpacked(stored)
    except (TypeError, ValueError, ZstdError, msgspec.MsgspecError) as error:
        raise not_ours(name, hit["_index"]) from error


def without_texts(question: Question) -> Question:
    """Return a question without its long texts."""
    french = question.french and replace(question.french, question=None, answer=None)
    answers = tuple(replace(answer, text=None, french=None) for answer in question.answers)
    return replace(question, question=None, answer=None, french=french, answers=answers)


def found_by_number(numbers: Iterable[str], view: View, texts: Texts) -> Mapping[str, Question]:
    """Return the stored questions of some numbers."""
    wanted = list(dict.fromkeys(numbers))
    found: dict[str, Question] = {}
    for start in range(0, len(wanted), _AT_ONCE):
        some = wanted[start : start + _AT_ONCE]
        query = both(view.alive, {"terms": {"number": some}})
        fields = ["number", *fields_of(texts)]
        body = {"size": len(some), "query": query, "docvalue_fields": fields, "track_total_hits": False}
        questions = [question_of(hit, texts) for hit in view.search(body)["hits"]["hits"]]
        found |= {question.number: question for question in questions}
    return found


_AT_ONCE = 1000

"""Questions as they are read from documents, with as much of their texts as is asked for."""

from collections.abc import Iterable, Mapping

from msgspec.structs import replace

from searchq.engines.opensearch.view import Body, View, both
from searchq.first_seen import FirstSeen
from searchq.index.schema import FIRST_SEEN, MISSING, moment_of
from searchq.query.request import Texts
from searchq.question import Entry, Question
from searchq.record_json import decode_question

__all__ = ["entry_of", "first_seen_of", "found_by_number", "question_of", "source_of", "without_texts"]


def source_of(texts: Texts) -> list[str] | bool:
    """Return what to read of a document."""
    return False if texts == "none" else ["record", *FIRST_SEEN]


def question_of(hit: Body, texts: Texts) -> Question:
    """Return the question of a hit."""
    if texts == "none":
        return Question(hit["_id"].rpartition("@")[0])
    question, seen = decode_question(hit["_source"]["record"]), first_seen_of(hit["_source"])
    question = replace(question, first_seen=seen.question, answer_first_seen=seen.answer)
    return question if texts == "whole" else without_texts(question)


def first_seen_of(source: Body) -> FirstSeen:
    """Return when the question of a document and its answer were first seen."""
    question, answer = (moment_of(source.get(name, MISSING)) for name in ("first_seen", "answer_first_seen"))
    return FirstSeen(source.get("new_in"), source.get("answered_in"), question, answer)


def entry_of(source: Body) -> Entry:
    """Return what an index holds of a question."""
    question = decode_question(source["record"])
    pages = tuple(map(decode_question, source.get("pages", ())))
    return Entry(question, pages or (question,))


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
        body = {"size": len(some), "query": query, "_source": source_of(texts), "track_total_hits": False}
        questions = [question_of(hit, texts) for hit in view.search(body)["hits"]["hits"]]
        found |= {question.number: question for question in questions}
    return found


_AT_ONCE = 1000

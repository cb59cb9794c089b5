"""Finds similar questions: searches for the words with the most weight in a question.

    weight of a term    idf × the sum over title, keywords and question of zone weight × frequency, levelled off

The words with the most weight form an ordinary query (`tihange^3.1 OF kernreactor^2.4 …`), so its results are ranked,
collapsed and shown like any other search, and the query explains why two questions are similar.
"""

import math
from collections.abc import Iterator
from typing import Final

from msgspec.structs import replace

from searchq.analysis.tokenizer import words
from searchq.engines.embedded.search import answer
from searchq.engines.embedded.siblings import group_of
from searchq.engines.embedded.snapshot_cache import SnapshotCache
from searchq.index.read.snapshot import Snapshot
from searchq.index.schema import TEXT, ZONES, texts_of
from searchq.limits import MAX_PAGE_SIZE, MAX_QUERY_CHARACTERS
from searchq.query.hits import Hits
from searchq.query.request import Request, Texts
from searchq.question import Question

__all__ = ["similar", "similar_request"]

_ZONES: Final = ("title", "keywords", "question")
_WORDS: Final = 12  # of a query; more add cost and noise
_READ: Final = 4000  # characters of the question: its beginning names its subject
_LEVEL: Final = 2.0  # weighted frequency at which a term has half of its maximum weight
_RARE: Final = 2  # documents; a rarer term finds no other question
_COMMON: Final = 0.2  # of the documents; a more common term is not specific
_MIN_LENGTH: Final = 3  # letters


def similar_request(question: Question, snapshot: Snapshot, limit: int) -> Request | None:
    """Return the search for questions similar to this one; None if it has no suitable words.

    The search also finds the question itself and its siblings: the caller removes those.
    """
    frequencies, spellings = _terms(question, snapshot)
    weighed = []
    for term, frequency in frequencies.items():
        documents = snapshot.document_frequency(TEXT, term)
        if _RARE <= documents <= max(_COMMON * snapshot.max_doc, _RARE):
            level = frequency / (frequency + _LEVEL)
            weighed.append((level * math.log(1 + snapshot.max_doc / documents), level, spellings[term]))
    weighed.sort(key=lambda row: (-row[0], row[2]))
    text = ""
    for _, level, word in weighed[:_WORDS]:
        longer = f"{text}{' OF ' if text else ''}{word}^{max(level * 3, 0.1):.1f}"
        if len(longer) > MAX_QUERY_CHARACTERS:
            break
        text = longer
    return Request(text=text, limit=limit, recency=False, proximity=False) if text else None


def similar(number: str, limit: int, texts: Texts, view: SnapshotCache) -> Hits:
    """Return the questions most similar to one, without its siblings; none for an unknown number."""
    snapshot = view.snapshot
    group = {snapshot.number(doc) for doc in group_of(snapshot, number)}
    doc = snapshot.doc(number)
    wanted = min(limit + len(group), MAX_PAGE_SIZE)
    request = None if doc is None else similar_request(snapshot.record(doc), snapshot, wanted)
    if request is None:
        return Hits(Request(limit=limit), 0, 0, (), generation=snapshot.generation)
    found = answer(replace(request, texts=texts), view)
    others = tuple(hit for hit in found.hits if hit.number not in group)[:limit]
    return replace(found, request=replace(request, limit=limit), hits=others, hints=())


def _terms(question: Question, snapshot: Snapshot) -> tuple[dict[str, float], dict[str, str]]:
    """Return the weighted frequency of each term in the question, and a surface word for it."""
    frequencies: dict[str, float] = {}
    spellings: dict[str, str] = {}
    terms: dict[str, str | None] = {}
    for weight, text in _weighted_texts(question):
        for word in words(text):
            if word not in terms:
                known = snapshot.analyze(word) if word.isalpha() and len(word) >= _MIN_LENGTH else None
                terms[word] = known[0].term if known else None
            term = terms[word]
            if term is not None:
                frequencies[term] = frequencies.get(term, 0.0) + weight
                spellings.setdefault(term, word)
    return frequencies, spellings


def _weighted_texts(question: Question) -> Iterator[tuple[float, str]]:
    for zone in ZONES:
        if zone.name in _ZONES:
            yield from ((zone.weight, text[:_READ]) for text in texts_of(zone, question) if text)

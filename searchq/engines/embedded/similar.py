"""Finds similar questions: searches for the words with the most weight in a question.

The words with the most weight are searched for, and a question that reaches a share of the score of the question itself
is similar. Of the 2017 questions that were sent to several ministers 99 % are found among ten, each with four fifths of
the score at least; of others above the floor two in three share a descriptor, of those below one in three
(`docs/engine.md`). A question that only French asks is compared by its French words.
"""

from collections.abc import Sequence

import numpy as np

from searchq.engines.embedded.collapse import groups_of
from searchq.engines.embedded.execution.execute import execute
from searchq.engines.embedded.execution.matches import Matches
from searchq.engines.embedded.highlight import highlight_terms
from searchq.engines.embedded.hit_reader import read_page
from searchq.engines.embedded.ranked_docs import RankedDocs
from searchq.engines.embedded.ranked_order import order_of
from searchq.engines.embedded.siblings import group_of
from searchq.engines.embedded.snapshot_cache import SnapshotCache
from searchq.engines.weighted_terms import weighted_terms
from searchq.index.read.snapshot import Snapshot
from searchq.languages import asked_in
from searchq.limits import QUERY_DEADLINE_SECONDS
from searchq.query.hits import Hits
from searchq.query.parsed import ParsedQuery
from searchq.query.request import Request, Texts
from searchq.query.similarity import FLOOR, TellingWord, most_telling, told
from searchq.query.tree import Term, any_of
from searchq.query.zones import COMBINED
from searchq.question import Question

__all__ = ["similar", "telling_words"]


def similar(number: str, limit: int, texts: Texts, view: SnapshotCache) -> Hits:
    """Return the questions most similar to one, without its siblings; none for an unknown number."""
    snapshot = view.snapshot
    doc = snapshot.doc(number)
    question = Question(number) if doc is None else snapshot.record(doc)
    telling, language = telling_words(question, snapshot), asked_in(question)
    request = Request(text=told(telling), limit=limit, texts=texts, recency=False, proximity=False)
    if doc is None or not telling:
        return Hits(request, 0, 0, (), generation=snapshot.generation)
    query = ParsedQuery(any_of([Term(COMBINED[language], one.term, one.boost) for one in telling]))
    matches, _ = execute(query.tree, view, QUERY_DEADLINE_SECONDS)
    ranked = _above_floor(matches, FLOOR[language], doc, group_of(snapshot, number), view)
    return Hits(
        request=request,
        total=len(ranked.docs),
        groups=ranked.group_count(ranked.docs),
        hits=read_page(ranked.page(1, limit), texts, snapshot),
        highlight=highlight_terms(texts, query, matches.terms, view),
        query=query,
        generation=snapshot.generation,
    )


def _above_floor(matches: Matches, floor: float, doc: int, group: Sequence[int], view: SnapshotCache) -> RankedDocs:
    """Return the documents that reach a share of the score of a document, without it and its siblings."""
    scores = matches.score(None)
    own = scores[np.searchsorted(matches.docs, doc)]
    kept = np.flatnonzero((scores >= floor * own) & ~np.isin(matches.docs, group))
    docs, scores = matches.docs[kept], scores[kept]
    return RankedDocs(docs, scores, order_of("relevance", view, docs, scores), groups_of(view))


def telling_words(question: Question, snapshot: Snapshot) -> list[TellingWord]:
    """Return the words of a question that weigh most, in the language that it is compared in."""
    language = asked_in(question)

    def term_of(word: str) -> str | None:
        known = snapshot.analyze(word, language)
        return known[0].term if known else None

    occurring = weighted_terms(question, language, term_of)
    field = COMBINED[language]
    return most_telling(occurring, lambda term: snapshot.document_frequency(field, term), snapshot.max_doc)

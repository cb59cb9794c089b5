"""Hits and the snapshot they came from, made into a page to show: records, snippets, siblings, ways out when empty."""

import math
from collections.abc import Callable, Iterator
from typing import Final

import numpy as np

from searchq.engines.embedded.vocabulary import Vocabulary
from searchq.index.read.snapshot import Snapshot
from searchq.query.hints import ran_out_of_time
from searchq.query.hits import Hit, Hits
from searchq.query.request import Request
from searchq.results.didyoumean import did_you_mean
from searchq.results.highlights import Highlighter
from searchq.results.page import ResultHit, ResultPage
from searchq.results.relaxations import relaxations
from searchq.results.snippets import shown

__all__ = ["PATIENCE", "assemble", "highlighter"]

Search = Callable[[Request], Hits]

PATIENCE: Final = 0.5  # s of processor from the beginning of a search, after which none is begun to help it
_MOST_WORDS: Final = "most-words"  # the hint of a search that found no question with all the words


def assemble(
    request: Request,
    hits: Hits,
    vocabulary: Vocabulary,
    search: Search,
    with_snippets: bool = True,
    until: float = math.inf,
) -> ResultPage:
    """The page for a request that `hits` answers; `search` asks again, for spellings and for ways out.

    Not after `until`, in processor time of this thread: whether help is given depends on the query, not on how busy the
    machine is. Nor for a search that ran out of time: nobody knows what it finds, and its like would run out of it too.
    """
    all_words = 0 if any(hint.code == _MOST_WORDS for hint in hits.hints) else hits.total
    until = -math.inf if ran_out_of_time(hits.hints) else until
    return ResultPage(
        request=request,
        total=hits.total,
        groups=hits.groups,
        hits=tuple(_result_hits(request, hits, vocabulary, with_snippets)),
        facets=hits.facets,
        histogram=hits.histogram,
        hints=hits.hints,
        did_you_mean=None if hits.jump else did_you_mean(request, all_words, vocabulary, search, until),
        relaxations=() if hits.jump or hits.total else relaxations(request, search, until),
        jump=hits.jump,
        generation=hits.generation,
        seconds=hits.seconds,
    )


def highlighter(text: str, terms: frozenset[tuple[str, str]], vocabulary: Vocabulary) -> Highlighter:
    """The highlighter of a query: its `terms` as `Hits` has them, and the quotations in its text.

    The words of a quotation count only together, unless they stand in the query by themselves too.
    """
    if not any(quote in text for quote in _QUOTES):
        return Highlighter(terms, vocabulary)
    from searchq.results.quotations import quotations  # it imports the query language, 70 ms

    phrases, quoted = quotations(text, vocabulary.snapshot)
    return Highlighter(terms - quoted, vocabulary, phrases)


_QUOTES: Final = "\"“”„«»'‘’"


def _result_hits(request: Request, hits: Hits, vocabulary: Vocabulary, with_snippets: bool) -> Iterator[ResultHit]:
    snapshot = vocabulary.snapshot
    read = snapshot.record if with_snippets else snapshot.header
    questions = [read(hit.doc) for hit in hits.hits]
    found = shown(questions, highlighter(request.text, hits.terms, vocabulary))
    for hit, question, (snippets, title_highlights) in zip(hits.hits, questions, found, strict=True):
        siblings = tuple(map(snapshot.header, _sibling_docs(hit, snapshot))) if hit.siblings else ()
        yield ResultHit(question, hit.score, snippets, title_highlights, siblings)


def _sibling_docs(hit: Hit, snapshot: Snapshot) -> list[int]:
    """The documents of a hit's siblings, in their order: all of its group, so no number needs looking up."""
    groups = snapshot.integers("sibling_group")
    group = np.flatnonzero(groups == groups[hit.doc]).tolist()
    docs = {snapshot.number(doc): doc for doc in group if snapshot.live is None or snapshot.live[doc]}
    return [docs[number] for number in hit.siblings]

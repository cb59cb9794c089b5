"""News: the questions that a request matches, and their answers, by the commit in which they came.

docs      0     1     2          new in 4, 4, 6; answered in 4, 7, never
events    0     1     2     1    one for each document, one more where the answer came in a later generation
gained    4     4     6     7
"""

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt

from searchq.engines.embedded.execution.matches import Docs
from searchq.engines.embedded.filters import filters_of
from searchq.engines.embedded.highlight import highlight_terms
from searchq.engines.embedded.hit_reader import reader_of
from searchq.engines.embedded.ranked_order import Key, top_k
from searchq.engines.embedded.search import check_bounds
from searchq.engines.embedded.snapshot_cache import SnapshotCache
from searchq.engines.embedded.text_matches import match_whole_text
from searchq.first_seen import EventKind
from searchq.index.schema import MISSING, moment_of
from searchq.limits import QUERY_DEADLINE_SECONDS
from searchq.query.news import News, NewsItem
from searchq.query.request import Request

__all__ = ["news"]

Column = npt.NDArray[np.signedinteger]


def news(request: Request, after: int, view: SnapshotCache, seconds: float = QUERY_DEADLINE_SECONDS) -> News:
    """Return a page of news, newest first. Raises RequestError, OutOfTime."""
    check_bounds(request)
    found = match_whole_text(
        request.text, view, seconds, all_words=request.all_words, today=request.today, translate=request.translate
    )
    events = _Events(filters_of(request, view).narrow(found.matches.docs)[0], after, view)
    return News(
        request=request,
        total=len(events.docs),
        items=tuple(events.items(request)),
        generation=view.snapshot.generation,
        highlight=highlight_terms(request.texts, found.query, found.matches.terms, view),
    )


class _Events:
    """The events of some documents after a generation, in columns."""

    def __init__(self, docs: Docs, after: int, view: SnapshotCache) -> None:
        snapshot = view.snapshot
        new_in, answered_in = snapshot.integers("new_in"), snapshot.integers("answered_in")
        later = docs[(answered_in[docs] != MISSING) & (answered_in[docs] != new_in[docs])]
        is_answer = np.arange(len(docs) + len(later)) >= len(docs)
        every = np.concatenate([docs, later])
        gained = np.where(is_answer, answered_in[every], new_in[every])
        told = gained > after
        self.docs, self._gained, self._is_answer = every[told], gained[told], is_answer[told]
        self._view = view

    def items(self, request: Request) -> Iterator[NewsItem]:
        """Yield the events of one page, read."""
        first, snapshot = (request.page - 1) * request.limit, self._view.snapshot
        read, answered_in = reader_of(request.texts, snapshot), snapshot.integers("answered_in")
        moments = self._moments()
        for place in top_k(self._keys(moments), len(self.docs), first + request.limit)[first:].tolist():
            doc, generation = int(self.docs[place]), int(self._gained[place])
            kinds: tuple[EventKind, ...] = ("answered",) if self._is_answer[place] else ("new",)
            if not self._is_answer[place] and answered_in[doc] == generation:
                kinds = ("new", "answered")
            yield NewsItem(read(doc), kinds, generation, moment_of(int(moments[place])))

    def _moments(self) -> Column:
        question, answer = (self._view.snapshot.integers(name) for name in ("first_seen", "answer_first_seen"))
        moments: Column = np.where(self._is_answer, answer[self.docs], question[self.docs])
        return moments

    def _keys(self, moments: Column) -> list[Key]:
        snapshot = self._view.snapshot
        days, numbers = snapshot.integers("date"), snapshot.integers("number_order")
        return [
            lambda places: ~self._gained[places],
            lambda places: ~moments[places],
            lambda places: ~days[self.docs[places]],
            lambda places: ~numbers[self.docs[places]],
        ]

"""A process that tells what words mean, ahead of the writer who will ask.

    batch prepared ── ahead ──> its new words are sent to the process     while the writer adds the batches before
    writer.add     ── asks ───> their terms, waited for where need be

Analysing the words of a run takes as long as all else that the writer does; this way the two go on at once, and the
writing process never loads the dictionary.
"""

import gc
from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import Future
from functools import partial
from types import TracebackType
from typing import Final, Self

from searchq.analysis.lexicon import dictionary
from searchq.analysis.terms import WeightedTerm
from searchq.index.prepare import PreparedBatch
from searchq.index.vocabulary import ANALYZERS, Analyzer
from searchq.processes import Processes, named_when_killed

__all__ = ["Analyst"]

_AT_ONCE: Final = 2000  # words sent together, so that the first are told while the last are analysed

_Terms = tuple[WeightedTerm, ...]
_Plain = list[tuple[tuple[str, float, str], ...]]  # of each word; tuples travel quicker than records


class Analyst:
    """Analyses words; holds the process that does so once there were words to be told ahead.

    `analyzers` are for `IndexWriter`: a word told ahead is taken from what the process sent, any other analysed here.
    """

    def __init__(self) -> None:
        self._process: Processes | None = None
        self._ahead = {language: _Ahead() for language in ANALYZERS}
        self.analyzers: Mapping[str, Analyzer] = {language: partial(self._terms, language) for language in ANALYZERS}

    def start(self) -> None:
        """Start the process, which begins by loading the dictionary."""
        if self._process is None:
            self._process = Processes(1, gc.disable)  # analysing makes no cycles; looking for some takes its time
            self._process.submit(_load)

    def tell_ahead(self, batch: PreparedBatch) -> None:
        """Have the new words of a batch analysed that will be added later; batches come in their order."""
        if self._process is None:
            return
        for language, surface in batch.surfaces.items():
            ahead = self._ahead[language]
            new = ahead.not_yet_sent(surface.fresh.tolist())
            for first in range(0, len(new), _AT_ONCE):
                words = new[first : first + _AT_ONCE]
                ahead.sent.append((words, self._process.submit(_analysed, language, words)))

    def is_listed(self, word: str) -> bool:
        """Whether the dictionary holds a word."""
        if self._process is None:
            return _is_listed(word)
        with named_when_killed():
            return self._process.submit(_is_listed, word).result()

    def _terms(self, language: str, word: str) -> _Terms:
        """The terms of a word that the writer meets for the first time; it asks in the order the words were sent."""
        ahead = self._ahead[language]
        while word not in ahead.told and ahead.sent:
            words, future = ahead.sent.popleft()
            with named_when_killed():
                ahead.told.update(zip(words, future.result(), strict=True))
        plain = ahead.told.pop(word, None)
        return ANALYZERS[language](word) if plain is None else tuple(WeightedTerm(*one) for one in plain)  # type: ignore[arg-type]

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._process is not None:
            self._process.stop(at_once=error is not None)


class _Ahead:
    """The words of one language on their way: sent to the process, told by it, not yet asked for."""

    def __init__(self) -> None:
        self._ever: set[str] = set()
        self.sent: deque[tuple[Sequence[str], Future[_Plain]]] = deque()
        self.told: dict[str, tuple[tuple[str, float, str], ...]] = {}

    def not_yet_sent(self, words: Sequence[str]) -> list[str]:
        new = [word for word in words if word not in self._ever]
        self._ever.update(new)
        return new


# What the process does.


def _load() -> None:
    dictionary()


def _is_listed(word: str) -> bool:
    return word in dictionary()


def _analysed(language: str, words: Sequence[str]) -> _Plain:
    analyzer = ANALYZERS[language]
    return [tuple(_plain(analyzer(word))) for word in words]


def _plain(terms: _Terms) -> Iterator[tuple[str, float, str]]:
    return ((term.term, term.weight, term.why) for term in terms)

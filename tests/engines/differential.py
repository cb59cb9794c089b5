"""The same questions asked of the embedded engine and of a cluster, and how alike the answers are.

.venv/bin/python -m tests.engines.differential ADDRESS [QUESTIONS [REQUESTS]]     on one shard, and on three
"""

import os
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

from msgspec import Struct, field
from msgspec.structs import replace

from searchq.engine import Engine
from searchq.engines.embedded.engine import EmbeddedEngine
from searchq.engines.open import open_engine
from searchq.query.hits import Hit, Hits
from searchq.query.request import DaysRange, FacetQuery, Request, Selection, Sort
from searchq.question import Question
from tests.benchmarks.corpus import questions

__all__ = ["Comparison", "compare", "requests_over"]

TOP = 20
NEAR = 0.03  # of a score: the embedded engine keeps a weight in a byte, which may differ by so much
FACETS = ("party", "portfolio", "author", "keyword", "year", "status", "delay", "legislature")
SORTS: tuple[Sort, ...] = ("newest", "oldest", "answered", "longest-delay", "shortest-delay", "number", "first-seen")


class Comparison(Struct):
    """How alike the answers were."""

    requests: int = 0
    differing: list[str] = field(default_factory=list)  # totals, facets, histograms, orders by anything but relevance
    shared: dict[str, list[float]] = field(default_factory=dict)  # of the first by relevance, ties equal
    tau: dict[str, list[float]] = field(default_factory=dict)  # Kendall's, over the hits that both show
    seconds: tuple[list[float], list[float]] = field(default_factory=lambda: ([], []))

    def told(self) -> str:
        """The figures in a few lines."""
        lines = [f"{self.requests} requests, {len(self.differing)} differ in counts or in an order of their own"]
        for kind in sorted(self.shared):
            shared, tau = statistics.mean(self.shared[kind]), statistics.mean(self.tau[kind])
            lines.append(f"{kind:12} {len(self.shared[kind]):5} requests   shared {shared:.4f}   tau {tau:.4f}")
        for name, seconds in zip(("embedded", "cluster"), self.seconds, strict=True):
            ordered = sorted(seconds)
            p50, p99 = ordered[len(ordered) // 2], ordered[min(len(ordered) - 1, int(len(ordered) * 0.99))]
            lines.append(f"{name:12} p50 {1000 * p50:.1f} ms   p99 {1000 * p99:.1f} ms")
        return "\n".join(lines + self.differing[:10])


def requests_over(corpus: Sequence[Question], count: int, seed: int = 11) -> Iterator[tuple[str, Request]]:
    """Requests of every kind over the words and values of some questions, each with its kind."""
    chance = random.Random(seed)
    told = [one for one in corpus if one.title and one.question and len(one.question.split()) > 12]
    for _ in range(count):
        one = chance.choice(told)
        kind, text = chance.choice(_KINDS)(one, chance)
        yield kind, _with_filters(Request(text=text, histogram=chance.random() < 0.3), one, chance)


def _with_filters(request: Request, one: Question, chance: random.Random) -> Request:
    facets = tuple(FacetQuery(name, chance.choice((5, 10, 1000))) for name in chance.sample(FACETS, 3))
    selections = [
        Selection("party", (one.party,)) if one.party else None,
        Selection("year", (">2012",)),
        None,
        None,
        None,
    ]
    selection = chance.choice(selections)
    return replace(
        request,
        facets=facets,
        selections=(selection,) if selection else (),
        waited=DaysRange(10) if chance.random() < 0.05 else DaysRange(),
        sort=chance.choice(SORTS) if chance.random() < 0.2 else "relevance",
        page=chance.choice((1, 1, 1, 2, 6)),
        fold=chance.random() < 0.7,
        all_words=chance.random() < 0.3,
    )


def _words(one: Question, chance: random.Random, count: int) -> str:
    words = [word for word in (one.question or "").split() if word.isalpha() and len(word) > 3]
    return " ".join(chance.sample(words, min(count, len(words))))


def _word(one: Question, chance: random.Random) -> str:
    return _words(one, chance, 1) or "vraag"


def _row(one: Question, chance: random.Random) -> list[str]:
    words = (one.question or "").split()
    start = chance.randrange(len(words) - 4)
    return [word.strip(".,?!:;()\"'") for word in words[start : start + 3]]


Made = tuple[str, str]
_KINDS: tuple[Callable[[Question, random.Random], Made], ...] = (
    *(lambda one, chance: ("words", _words(one, chance, chance.randrange(1, 4))),) * 4,
    lambda one, chance: ("title", one.title or ""),
    lambda one, chance: ("phrase", f'"{" ".join(_row(one, chance))}"'),
    lambda one, chance: ("near", " NABIJ/5 ".join(_words(one, chance, 2).split())),
    lambda one, chance: ("prefix", f"{_words(one, chance, 1)[:6]}*"),
    lambda one, chance: ("wildcard", f"{(word := _word(one, chance))[:3]}?{word[4:]}"),
    lambda one, chance: ("fuzzy", f"{_word(one, chance)}~"),
    lambda one, chance: ("or", " OF ".join(_words(one, chance, 3).split())),
    lambda one, chance: ("not", f"{_words(one, chance, 2)} -{_word(one, chance)}"),
    lambda one, chance: ("zone", f"titel:{_word(one, chance)} antwoord:{_word(one, chance)}"),
    lambda one, chance: ("values", f"partij:\"{one.party or 'geen'}\" jaar:{one.date.year if one.date else 2012}"),
    lambda one, chance: ("nothing", ""),
)  # fmt: skip


def compare(embedded: Engine, cluster: Engine, asked: Sequence[tuple[str, Request]]) -> Comparison:
    """Ask both engines, and compare."""
    found = Comparison()
    for kind, request in asked:
        ours, theirs = (_timed(engine, request, found.seconds[at]) for at, engine in enumerate((embedded, cluster)))
        found.requests += 1
        told = f"{kind} {request.text!r} {request.sort} page {request.page} {request.selections}"
        for name in ("total", "groups", "partial_total", "partial_groups", "facets", "histogram", "hints"):
            if getattr(ours, name) != getattr(theirs, name):
                found.differing.append(f"{name}: {told}: {getattr(ours, name)!s:.150} / {getattr(theirs, name)!s:.150}")
        if request.sort != "relevance" or not request.text:
            if [hit.number for hit in ours.hits] != [hit.number for hit in theirs.hits]:
                found.differing.append(f"order: {told}")
        elif ours.hits:
            deep = kind if request.page == 1 else f"{kind} deep"
            found.shared.setdefault(deep, []).append(_shared(ours.hits, theirs.hits))
            found.tau.setdefault(deep, []).append(_tau(ours.hits, theirs.hits))
    return found


def _timed(engine: Engine, request: Request, seconds: list[float]) -> Hits:
    started = time.perf_counter()
    found = engine.search(request)
    seconds.append(time.perf_counter() - started)
    return found


def _shared(ours: Sequence[Hit], theirs: Sequence[Hit]) -> float:
    """The share of the first hits that both show, or that score as the last of the others do."""
    last = ours[:TOP][-1].score
    numbers = {hit.number for hit in ours[:TOP]}
    alike = [hit for hit in theirs[:TOP] if hit.number in numbers or abs(hit.score - last) <= NEAR * last]
    return len(alike) / len(ours[:TOP])


def _tau(ours: Sequence[Hit], theirs: Sequence[Hit]) -> float:
    """Kendall's rank correlation of the hits that both show."""
    places = {hit.number: place for place, hit in enumerate(theirs)}
    row = [places[hit.number] for hit in ours if hit.number in places]
    pairs = [(one, other) for at, one in enumerate(row) for other in row[at + 1 :]]
    return 1.0 if not pairs else sum(1 if one < other else -1 for one, other in pairs) / len(pairs)


def fill(engine: Engine, corpus: Sequence[Question]) -> float:
    """Put the questions; the seconds it took."""
    started = time.perf_counter()
    with engine.update(rebuild=True) as update:
        for question in corpus:
            update.put(question)
        update.commit()
    return time.perf_counter() - started


def main(address: str, count: int = 2000, requests: int = 300) -> None:
    """Fill both engines, compare them, and print figures."""
    corpus = list(questions(count))
    asked = list(requests_over(corpus, requests))
    with tempfile.TemporaryDirectory() as folder:
        embedded = EmbeddedEngine(Path(folder) / "index")
        print(f"embedded: {len(corpus) / fill(embedded, corpus):.0f} questions a second", flush=True)
        for shards in ("1", "3"):
            os.environ["SEARCHQ_OPENSEARCH_SHARDS"] = shards
            cluster: Any = open_engine(f"{address}-{shards}")
            print(f"{shards} shards: {len(corpus) / fill(cluster, corpus):.0f} questions a second", flush=True)
            print(compare(embedded, cluster, asked).told(), flush=True)


if __name__ == "__main__":
    main(sys.argv[1], *map(int, sys.argv[2:4]))

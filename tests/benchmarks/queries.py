"""Where the time of a search goes: `python -m tests.benchmarks.queries [--count 40000] [--peer tantivy]`.

Each query is put to searchq and to a peer in turn, in one process, so that both meet the same machine at the same
moment: top 20 with stored records and five facets. Kinds the peer has no equal of are put to searchq alone. The second
table takes searchq apart: reading and matching the text, scoring and sorting, the page, the facets, the records.
"""

import statistics
import time
from collections.abc import Callable, Sequence
from typing import Any, Final

import click

from searchq.engines.embedded.collapse import groups_of
from searchq.engines.embedded.execution.matches import nothing
from searchq.engines.embedded.facets import count_facets
from searchq.engines.embedded.filters import filters_of
from searchq.engines.embedded.hit_reader import read_page
from searchq.engines.embedded.ranked_docs import rank
from searchq.engines.embedded.snapshot_cache import SnapshotCache
from searchq.engines.embedded.text_matches import match_text
from searchq.errors import IndexFault
from searchq.query.request import FacetQuery, Request, Selection
from tests.benchmarks import corpus
from tests.benchmarks.corpus import KINDS
from tests.benchmarks.ours import WRITTEN, Searchq
from tests.benchmarks.peers import FACET_FIELDS, PEERS, TOP, Peer

OWN: Final[dict[str, tuple[str, Callable[[str], str]]]] = {  # from which queries, and how they are written
    "fuzzy": ("prefix", lambda words: f"{words}~"),
    "wildcard": ("prefix", lambda words: f"{words[:3]}*{words[4:5]}"),
    "near": ("phrase", lambda words: " NEAR/5 ".join(words.split())),
    "filtered": ("topic", lambda words: words),
}
ROUNDS: Final = 3  # the least time of so many counts, so that a busy machine blurs less
FACETS: Final = tuple(FacetQuery(name) for name in FACET_FIELDS)


@click.command()
@click.option("--count", default=40_000, show_default=True, help="Questions.")
@click.option("--peer", default="tantivy", show_default=True, type=click.Choice(list(PEERS)))
def main(count: int, peer: str) -> None:
    """Print both tables."""
    ours, other = _opened("searchq", Searchq, count), _opened(peer, PEERS[peer], count)
    work = corpus.workload(count)
    click.echo(f"milliseconds, p50 / p99   searchq            {peer}")
    for label, kind in KINDS.items():
        own, their = _in_turn([ours, other], work[label], kind)
        click.echo(f"{label:12} {_figures(own):>22} {_figures(their):>22}")
    for label, (source, write) in OWN.items():
        asked = [_request(write(text), filtered=label == "filtered") for text in work[source]]
        times = _least_of_each([lambda request=request: _whole(ours, request) for request in asked])  # type: ignore[misc]
        click.echo(f"{label:12} {_figures(times):>22}")
    click.echo("\nmicroseconds, p50         text  rank  page  facets  records")
    for label in KINDS:
        profiles = [_profile(ours, WRITTEN[KINDS[label]](text)) for text in work[label]]  # type: ignore[no-untyped-call]
        columns = zip(*profiles, strict=True)
        click.echo(f"{label:24}" + "".join(f"{statistics.median(column) * 1000:7.0f}" for column in columns))


def _opened(name: str, make: Callable[[], Peer], count: int) -> Any:
    folder = corpus.CACHE / "indexes" / f"{name}-{count}"
    engine = make()
    try:
        engine.open(folder)
        engine.search("vragen", "all")
    except (IndexFault, ValueError, OSError):
        click.echo(f"building {name} …", err=True)
        engine.build(corpus.questions(count), folder)
        engine = make()
        engine.open(folder)
    return engine


def _in_turn(engines: Sequence[Peer], texts: Sequence[str], kind: str) -> list[list[float]]:
    """The least times of each engine for each text, asked in turn."""
    steps = [lambda e=e, text=text: e.search(text, kind, FACET_FIELDS) for text in texts for e in engines]
    times = _least_of_each(steps)
    return [times[place :: len(engines)] for place in range(len(engines))]


def _request(text: str, filtered: bool) -> Request:
    chosen = (Selection("language", ("nl",)), Selection("status", exclude=("open",))) if filtered else ()
    return Request(text=text, facets=FACETS, selections=chosen, limit=TOP, fold=False)


def _whole(ours: Searchq, request: Request) -> None:
    ours.engine.search(request)


def _profile(ours: Searchq, text: str) -> list[float]:
    """Milliseconds of each part of one search, as `answer` goes through them."""
    view = _view(ours)
    request = Request(text=text, facets=FACETS, limit=TOP)
    found = match_text(text, view)
    filters = filters_of(request, view)
    groups_of(view)
    full = found.matches.at(filters.places(found.matches.docs))
    ranked = rank(request, found.query, full, nothing(), view)
    hits = ranked.page(request.page, request.limit)
    steps: Sequence[Callable[[], Any]] = (
        lambda: match_text(text, view),
        lambda: rank(request, found.query, full, nothing(), view).page(request.page, request.limit),
        lambda: read_page(hits, "none", view.snapshot),
        lambda: count_facets(request, found.matches.docs, filters, full.docs, view),
        lambda: read_page(hits, request.texts, view.snapshot),
    )
    return [_least(step) for step in steps]


def _view(ours: Searchq) -> SnapshotCache:
    return ours.engine._newest()


def _least_of_each(steps: Sequence[Callable[[], Any]]) -> list[float]:
    """Round after round, so that no query finds the records of its own last answer at hand."""
    rounds = [[_time(step) for step in steps] for _ in range(ROUNDS)]
    return [min(times) for times in zip(*rounds, strict=True)]


def _least(step: Callable[[], Any]) -> float:
    return min(_time(step) for _ in range(ROUNDS))


def _time(step: Callable[[], Any]) -> float:
    started = time.perf_counter()
    step()
    return (time.perf_counter() - started) * 1000


def _figures(times: Sequence[float]) -> str:
    return f"{statistics.median(times):.2f} / {sorted(times)[max(0, round(0.99 * len(times)) - 1)]:.2f}"


if __name__ == "__main__":
    main()

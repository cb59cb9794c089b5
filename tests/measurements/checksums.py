"""What checksums cost a warm search: `python -m tests.measurements.checksums INDEX`, of 40,000 questions.

The same engine twice in one process, once over arrays that compare nothing. Each query is put to both in turn, and the
least processor time of fifteen counts, so that a busy machine blurs little.
"""

import time
from pathlib import Path
from typing import Final

import click
import pytest

from searchq.engines.embedded.engine import EmbeddedEngine
from searchq.index.format import arrays
from searchq.query.request import FacetQuery, Request
from tests.benchmarks import corpus
from tests.benchmarks.corpus import KINDS
from tests.benchmarks.ours import WRITTEN
from tests.benchmarks.peers import FACET_FIELDS, TOP

ROUNDS: Final = 15
_FACETS: Final = tuple(FacetQuery(name) for name in FACET_FIELDS)


@click.command()
@click.argument("index", type=Path)
def main(index: Path) -> None:
    """Print milliseconds by kind of query, with checksums and without."""
    checked = _opened(index)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(arrays, "CheckedArray", lambda array, blocks, first: array)
        bare = _opened(index)
    for label, kind in KINDS.items():
        texts = [WRITTEN[kind](words) for words in corpus.workload(40_000)[label]]  # type: ignore[no-untyped-call]
        least = [[_seconds(checked, text), _seconds(bare, text)] for text in texts]
        for turn in range(ROUNDS):
            for place, text in enumerate(texts):
                for side in (0, 1) if turn % 2 else (1, 0):
                    least[place][side] = min(least[place][side], _seconds((checked, bare)[side], text))
        own, other = (1000 * sum(column) / len(texts) for column in zip(*least, strict=True))
        click.echo(f"{label:8} {own:.3f} ms, without {other:.3f} ms: {100 * (own / other - 1):+.1f} %")


def _opened(index: Path) -> EmbeddedEngine:
    """An engine whose snapshot is open."""
    engine = EmbeddedEngine(index)
    engine.search(Request(text="fiets"))
    return engine


def _seconds(engine: EmbeddedEngine, text: str) -> float:
    began = time.process_time()
    engine.search(Request(text=text, facets=_FACETS, limit=TOP, fold=False))
    return time.process_time() - began


if __name__ == "__main__":
    main()

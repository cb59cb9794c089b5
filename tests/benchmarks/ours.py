"""searchq as a peer among the others: the same records in, the same top 20 and facets out."""

import shutil
from collections.abc import Iterable, Sequence
from pathlib import Path

from searchq.engine import WriteOptions
from searchq.engines.embedded.engine import EmbeddedEngine
from searchq.index.format.blocks import BLOCK_BITS
from searchq.index.format.manifest import DICTIONARY
from searchq.query.request import FacetQuery, Request
from searchq.question import Question
from tests.benchmarks.peers import FACET_FIELDS, TOP, Answer

__all__ = ["WRITTEN", "Searchq", "bytes_apart"]

WRITTEN = {
    "all": lambda words: words,
    "any": lambda words: " OR ".join(words.split()),
    "phrase": lambda words: f'"{words}"',
    "prefix": lambda words: f"{words}*",
}
_FACETS = tuple(FacetQuery(name) for name in FACET_FIELDS)


def bytes_apart(folder: Path) -> int:
    """The bytes of our index that no peer has: the dictionary, and the checksums of every 64 kB; 0 of a peer's."""
    files = [path for path in folder.glob("MAIN_*") if path.is_file()]
    dictionary = sum(path.stat().st_size for path in files if path.match(f"MAIN_{DICTIONARY}_*"))
    return dictionary + sum(4 * ((path.stat().st_size >> BLOCK_BITS) + 2) for path in files)


class Searchq:
    """Our engine with its own Dutch analysis; two processes analyse; ranked as users get it."""

    name = "searchq"

    def build(self, questions: Iterable[Question], folder: Path) -> None:
        shutil.rmtree(folder, ignore_errors=True)
        with EmbeddedEngine(folder).update(rebuild=True, options=WriteOptions(jobs=2)) as update:
            for question in questions:
                update.put(question, (question,))
            update.commit()

    def open(self, folder: Path) -> None:
        self.engine = EmbeddedEngine(folder)

    def search(self, words: str, kind: str, facets: Sequence[str] = ()) -> Answer:
        text = WRITTEN[kind](words)  # type: ignore[no-untyped-call]
        hits = self.engine.search(Request(text=text, facets=_FACETS if facets else (), limit=TOP, fold=False))
        records = [hit.question for hit in hits.hits]
        counts = {facet.name: {value.value: value.count for value in facet.values} for facet in hits.facets}
        return hits.total, records, counts

"""How well the engine ranks: real titles asked as queries, through the whole way a visitor's text takes.

    python tests/measurements/ranking.py [FOLDER]     prints the table of docs/dutch.md

FOLDER holds corpus/questions-2017.jsonl.gz, relevance/queries-title.tsv and qrels-title.txt; by default shared/ beside
the checkout. Indexed are question and answer; neither title nor keywords. Relevant is the question of that title.

    any words      the words of the title joined by OR
    as typed       the title as it stands: all words, or where no question holds them all, most of them
"""

import gzip
import json
import re
import sys
import tempfile
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path
from typing import Final

from searchq.engines.embedded.engine import EmbeddedEngine
from searchq.query.request import Request
from searchq.question import Question

__all__ = ["WAYS", "build", "mean_reciprocal_rank", "title_queries"]

SHARED: Final = Path(__file__).resolve().parents[3] / "shared"
TOP: Final = 10
WAYS: Final[dict[str, Callable[[str], str]]] = {
    "any words": lambda title: " OR ".join(re.findall(r"[\w'’.-]*\w", title)),
    "as typed": lambda title: title,
}


def build(data: Path, folder: Path) -> EmbeddedEngine:
    """An index of the questions and answers without their titles, numbered as in the data: 5-1, 5-2, …"""
    with gzip.open(data / "corpus" / "questions-2017.jsonl.gz", "rt", encoding="utf-8") as lines:
        records = [json.loads(line) for line in lines]
    engine = EmbeddedEngine(folder)
    engine.add(
        Question(f"5-{serial}", question=record["question"], answer=record["answer"])
        for serial, record in enumerate(records, 1)
    )
    return engine


def title_queries(data: Path) -> list[tuple[str, set[str]]]:
    """Each title with the numbers of the questions that bear it."""
    with gzip.open(data / "corpus" / "questions-2017.jsonl.gz", "rt", encoding="utf-8") as lines:
        number = {json.loads(line)["source_id"]: f"5-{serial}" for serial, line in enumerate(lines, 1)}
    wanted: defaultdict[str, set[str]] = defaultdict(set)
    for line in (data / "relevance" / "qrels-title.txt").read_text(encoding="utf-8").splitlines():
        query, _, source, _ = line.split()
        wanted[query].add(number[source])
    rows = (data / "relevance" / "queries-title.tsv").read_text(encoding="utf-8").splitlines()
    return [(title, wanted[query]) for query, title in (row.split("\t") for row in rows)]


def mean_reciprocal_rank(engine: EmbeddedEngine, queries: list[tuple[str, set[str]]], way: str) -> float:
    """MRR@10: the mean of 1 over the place of the first relevant hit, 0 where none is among ten."""
    total = 0.0
    for title, wanted in queries:
        hits = engine.search(Request(text=WAYS[way](title), limit=TOP, fold=False)).hits
        total += next((1 / place for place, hit in enumerate(hits, 1) if hit.number in wanted), 0.0)
    return total / len(queries)


def main() -> None:
    data = Path(sys.argv[1]) if len(sys.argv) > 1 else SHARED
    queries = title_queries(data)
    with tempfile.TemporaryDirectory() as folder:
        engine = build(data, Path(folder))
        for way in WAYS:
            print(f"| {way} | {mean_reciprocal_rank(engine, queries, way):.3f} |")


if __name__ == "__main__":
    main()

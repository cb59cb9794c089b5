"""How well the product ranks: real queries put to `Index.search` as a visitor types them.

    python tests/measurements/ranking.py                        prints a table (half a minute)
    python tests/measurements/ranking.py --save before.json     … and keeps the score of each query
    python tests/measurements/ranking.py --against before.json  … and says what changed, and whether by chance
    python tests/measurements/ranking.py --only titles          one set; --data FOLDER: another folder than ../shared

The folder holds corpus/questions-2017.jsonl.gz, relevance/queries-title.tsv and qrels-title.txt. Each set is asked of
an index of its own, of which every question keeps its day, author and minister:

    titles       1,810 titles of questions and answers; relevant is the question of that title
    descriptors  1,002 keywords that 2 to 150 questions carry, of the same texts; relevant is what carries them
    answers      the titles again, of the answers alone, so that fewer words are shared
    whole        the titles again, of whole records: the question of that very title should come first

Weights are tuned on one half of the queries of each set; the other half, chosen by a hash of the query, is held out.
"""

import argparse
import gzip
import hashlib
import json
import math
import sys
import tempfile
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Final, TypeAlias

from msgspec.structs import replace

sys.path.append(str(Path(__file__).resolve().parents[2]))

import searchq
from searchq.analysis.acronyms import LEARNED, dump_forms
from searchq.analysis.lexicon import dictionary
from searchq.api import Index
from searchq.documents.portfolios import portfolios_of
from searchq.engines.embedded.engine import EmbeddedEngine
from searchq.indexing.acronym_counts import AcronymCounts
from searchq.question import Question
from tests.measurements.significance import compared

__all__ = ["SETS", "Run", "is_held_out", "measured", "opened"]

SHARED: Final = Path(__file__).resolve().parents[3] / "shared"
TOP, DEEP = 10, 100
FEWEST, MOST = 2, 150  # questions that carry a descriptor

Queries: TypeAlias = dict[str, frozenset[str]]  # as typed: the numbers of the relevant questions
Run: TypeAlias = dict[str, dict[str, float]]  # by set and measure ("titles MRR@10"), then by query


def reciprocal_rank(hits: Sequence[bool], relevant: int) -> float:
    """Return 1 over the place of the first relevant hit; 0 where none is among ten."""
    return 1 / (hits.index(True) + 1) if True in hits[:TOP] else 0.0


def ndcg(hits: Sequence[bool], relevant: int) -> float:
    return _dcg(hits[:TOP]) / _dcg([True] * min(TOP, relevant))


def average_precision(hits: Sequence[bool], relevant: int) -> float:
    places = [place for place, hit in enumerate(hits[:DEEP], 1) if hit]
    return sum(found / place for found, place in enumerate(places, 1)) / min(DEEP, relevant)


def _dcg(hits: Sequence[bool]) -> float:
    return sum(hit / math.log2(place + 2) for place, hit in enumerate(hits))


@dataclass(frozen=True)
class QuerySet:
    """Queries, what is indexed for them, and how their results are judged."""

    queries: Callable[[Path], Queries]
    indexed: tuple[str, ...]  # texts of a record
    measures: Mapping[str, Callable[[Sequence[bool], int], float]]


def records(data: Path) -> list[dict[str, Any]]:
    with gzip.open(data / "corpus" / "questions-2017.jsonl.gz", "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def titles(data: Path) -> Queries:
    """Each title with the questions that bear it."""
    numbers = {record["source_id"]: _number(place) for place, record in enumerate(records(data))}
    wanted: defaultdict[str, set[str]] = defaultdict(set)
    for query, _, source, relevance in map(str.split, _lines(data / "relevance" / "qrels-title.txt")):
        if int(relevance) > 0:
            wanted[query].add(numbers[source])
    rows = (row.split("\t") for row in _lines(data / "relevance" / "queries-title.tsv"))
    return {title: frozenset(wanted[query]) for query, title in rows}


def descriptors(data: Path) -> Queries:
    """Each keyword that some questions carry, but not too many."""
    carriers: defaultdict[str, set[str]] = defaultdict(set)
    for place, record in enumerate(records(data)):
        for keyword in record["keywords"] or ():
            carriers[keyword].add(_number(place))
    return {keyword: frozenset(found) for keyword, found in carriers.items() if FEWEST <= len(found) <= MOST}


TEXTS: Final = ("question", "answer")
SETS: Final[Mapping[str, QuerySet]] = {
    "titles": QuerySet(titles, TEXTS, {"MRR@10": reciprocal_rank}),
    "descriptors": QuerySet(descriptors, TEXTS, {"nDCG@10": ndcg, "MAP@100": average_precision}),
    "answers": QuerySet(titles, ("answer",), {"MRR@10": reciprocal_rank}),
    "whole": QuerySet(titles, ("title", "keywords", *TEXTS), {"MRR@10": reciprocal_rank}),
}


def opened(data: Path, folder: Path, texts: Sequence[str]) -> Index:
    """Return an index of the questions with some of their texts, numbered 5-1, 5-2, … as in the data."""
    counts = AcronymCounts(b"")
    with EmbeddedEngine(folder).update() as update:
        for place, record in enumerate(records(data)):
            question = _question(_number(place), record, texts)
            counts.learn(question, None)
            update.put(question)
        update.keep(LEARNED, dump_forms(counts.accepted(dictionary().is_listed)))
        update.commit()
    return searchq.open(folder)


def _question(number: str, record: Mapping[str, Any], texts: Sequence[str]) -> Question:
    minister = record["minister"]
    bare = Question(
        number, date=date.fromisoformat(record["date"]), author=record["author"], minister=minister,
        portfolios=portfolios_of(minister or ""),
    )  # fmt: skip
    return replace(bare, **{name: _text(record, name) for name in texts})


def _text(record: Mapping[str, Any], name: str) -> Any:
    return tuple(record[name] or ()) if name == "keywords" else record[name]


def measured(index: Index, name: str, queries: Queries) -> Run:
    """Return what each query of a set scores."""
    run: Run = {f"{name} {measure}": {} for measure in SETS[name].measures}
    for query, relevant in queries.items():
        found = index.search(query, limit=DEEP, fold=False, snippets=False).hits
        hits = [hit.question.number in relevant for hit in found]
        for measure, score in SETS[name].measures.items():
            run[f"{name} {measure}"][query] = score(hits, len(relevant))
    return run


def is_held_out(query: str) -> bool:
    """Return whether a query is of the half that nothing is tuned on."""
    return hashlib.sha256(query.encode()).digest()[0] % 2 == 1


def _number(place: int) -> str:
    return f"5-{place + 1}"


def _lines(path: Path) -> list[str]:
    return path.read_text(encoding="utf-8").splitlines()


# --- the tables


def table(run: Run) -> Iterator[str]:
    yield "| | all | tuned on | held out | queries |\n|---|---|---|---|---|"
    for name, scores in run.items():
        held = [score for query, score in scores.items() if is_held_out(query)]
        tuned = [score for query, score in scores.items() if not is_held_out(query)]
        yield f"| {name} | {_mean([*held, *tuned])} | {_mean(tuned)} | {_mean(held)} | {len(scores)} |"


def _mean(scores: Sequence[float]) -> str:
    return f"{sum(scores) / max(len(scores), 1):.4f}"


def differences(before: Run, after: Run) -> Iterator[str]:
    yield "| | change | 95 % interval | better / worse | sign test, p |\n|---|---|---|---|---|"
    halves = {"": lambda _: True, ", held out": is_held_out}
    for name in after.keys() & before.keys() if after.keys() != before.keys() else after:
        for half, takes in halves.items():
            one, other = ({query: run[name][query] for query in run[name] if takes(query)} for run in (before, after))
            found = compared(one, other)
            verdict = "" if found.is_significant else " (chance)"
            yield (
                f"| {name}{half} | {found.mean:+.4f}{verdict} | {found.low:+.4f} to {found.high:+.4f} "
                f"| {found.better} / {found.worse} | {found.sign:.3f} |"
            )


def run_sets(data: Path, names: Sequence[str]) -> Run:
    """Return the scores of some sets; sets of the same texts share an index."""
    run: Run = {}
    with tempfile.TemporaryDirectory() as folder:
        for texts in dict.fromkeys(SETS[name].indexed for name in names):
            index = opened(data, Path(folder) / "-".join(texts), texts)
            for name in (name for name in names if SETS[name].indexed == texts):
                run |= measured(index, name, SETS[name].queries(data))
    return run


def main() -> None:
    parser = argparse.ArgumentParser(description="Measure the ranking of Index.search.")
    parser.add_argument("--data", type=Path, default=SHARED, help="the folder of real data")
    parser.add_argument("--only", nargs="+", choices=[*SETS], default=[*SETS], help="sets to measure")
    parser.add_argument("--save", type=Path, help="a file for the score of each query")
    parser.add_argument("--against", type=Path, help="such a file of an earlier run")
    options = parser.parse_args()
    if not options.data.is_dir():
        sys.exit(f"There is no folder {options.data}; name one with --data.")
    run = run_sets(options.data, options.only)
    print("\n".join(table(run)))
    if options.save:
        options.save.write_text(json.dumps(run, ensure_ascii=False), encoding="utf-8")
    if options.against:
        print("\n" + "\n".join(differences(json.loads(options.against.read_text(encoding="utf-8")), run)))


if __name__ == "__main__":
    main()

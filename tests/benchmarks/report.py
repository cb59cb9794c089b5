"""The figures of one sitting as tables and a plot: on the screen, and in docs/benchmarks.md."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

__all__ = ["tables", "write"]

DOCS = Path(__file__).resolve().parents[2] / "docs"
_QUERIES = ("topic", "title", "broad", "phrase", "prefix")
_MEANING = {
    "topic": "a descriptor, all its words",
    "title": "the words of a title, any of them",
    "broad": "one very frequent word",
    "phrase": "two neighbouring words, exactly",
    "prefix": "five letters and whatever follows",
}

Figures = dict[str, Any]


def tables(results: Sequence[Figures]) -> Iterator[str]:
    """All tables in Markdown, line by line."""
    for count in sorted({result["count"] for result in results}):
        here = [result for result in results if result["count"] == count]
        yield f"## {count:,} questions"
        yield ""
        yield from _building(here)
        for faceted in (False, True):
            yield ""
            title = (
                "Top 20 with stored records and the counts of five facets" if faceted else "Top 20 with stored records"
            )
            yield f"{title}, milliseconds, p50 / p99:"
            yield ""
            yield from _querying(here, faceted)
        if asked := [result for result in here if result["kind"] == "api"]:
            yield ""
            yield "Pages of 20 through the Python API, with five facets and siblings folded, milliseconds, p50 / p99:"
            yield ""
            yield from _rows(asked, "", "way")
        for result in (one for one in here if one["kind"] == "cold"):
            yield ""
            median, worst, numpy = (f"{result[figure]:.0f}" for figure in ("p50", "worst", "numpy"))
            yield f"`searchq search` from a cold shell: {median} ms (median of 11; worst {worst}), modules compiled."
            yield f"Python loading NumPy and nothing else takes {numpy} ms."
        yield ""


def write(results: Sequence[Figures], machine: str) -> None:
    """Write docs/benchmarks.md and docs/benchmarks.svg."""
    whoosh = any(result["engine"] == "whoosh" for result in results)
    slow = "SQLite had one turn."
    if whoosh:
        slow = "SQLite and stock Whoosh had one turn, and Whoosh answered queries of the smaller collection only."
    head = [
        "# Benchmarks",
        "",
        f"Measured in one sitting by `python -m tests.benchmarks` on {machine}. Each engine had the same records, "
        "the same queries, and was asked for the same answer; each ran alone, in a process of its own. The engines "
        f"took turns, three each, and the quickest counts, since the machine has quick and slow minutes; {slow}",
        "",
        *[f"- *{name}*: {meaning}" for name, meaning in _MEANING.items()],
        "",
        "![Faceted search, milliseconds](benchmarks.svg)",
        "",
    ]
    notes = Path(__file__).with_name("notes.md")
    tail = [notes.read_text(encoding="utf-8")] if notes.exists() else []
    text = "\n".join([*head, *tables(results), *tail]).rstrip() + "\n"
    (DOCS / "benchmarks.md").write_text(text, encoding="utf-8")
    _plot(results, DOCS / "benchmarks.svg")


def _building(results: Sequence[Figures]) -> Iterator[str]:
    yield (
        "| engine | index, docs/s | × tantivy | × whoosh | size, MB | × tantivy | dictionary, checksums, MB "
        "| first answer, ms | memory, MB (private) |"
    )
    yield "|---|---|---|---|---|---|---|---|---|"
    builds = {
        result["engine"]: {**result, "bytes": result["bytes"] - result["apart"]}
        for result in results
        if result["kind"] == "build"
    }
    queries = {result["engine"]: result for result in results if result["kind"] == "query"}
    tantivy, whoosh = builds.get("tantivy"), builds.get("whoosh")
    for name, built in builds.items():
        asked = queries.get(name)
        answers = f"{asked['first'] * 1000:,.0f}" if asked else "-"
        memory = f"{asked['resident_mb']:,.0f} ({asked['private_mb']:,.0f})" if asked else "-"
        apart = f"{built['apart'] / 1e6:,.0f}" if built["apart"] else "-"
        yield (
            f"| {name} | {built['docs_per_second']:,.0f} | {_times(built, tantivy, 'docs_per_second', 2)} "
            f"| {_times(built, whoosh, 'docs_per_second', 1)} | {built['bytes'] / 1e6:,.0f} "
            f"| {_times(built, tantivy, 'bytes', 2)} | {apart} | {answers} | {memory} |"
        )


def _times(built: Figures, peer: Figures | None, figure: str, digits: int) -> str:
    """How many times as much as a peer's, where that took part."""
    return f"{built[figure] / peer[figure]:.{digits}f}" if peer else "-"


def _querying(results: Sequence[Figures], faceted: bool) -> Iterator[str]:
    yield from _rows([result for result in results if result["kind"] == "query"], " faceted" if faceted else "")


def _rows(results: Sequence[Figures], suffix: str, head: str = "engine") -> Iterator[str]:
    yield f"| {head} | " + " | ".join(_QUERIES) + " |"
    yield "|---|" + "---|" * len(_QUERIES)
    for result in results:
        cells = [_cell(result["queries"][f"{query}{suffix}"]) for query in _QUERIES]
        yield f"| {result['engine']} | " + " | ".join(cells) + " |"


def _cell(figures: Figures) -> str:
    return f"{figures['p50']:.2f} / {figures['p99']:.2f}"


def _plot(results: Sequence[Figures], path: Path) -> None:
    from matplotlib.figure import Figure  # of the extra `bench`

    count = max(result["count"] for result in results if result["kind"] == "query")
    asked = [result for result in results if result["kind"] == "query" and result["count"] == count]
    figure = Figure(figsize=(9, 3.6), layout="constrained")
    axes = figure.subplots()
    width = 0.8 / len(asked)
    for place, result in enumerate(asked):
        heights = [result["queries"][f"{query} faceted"]["p50"] for query in _QUERIES]
        places = [i + place * width for i in range(len(_QUERIES))]
        axes.bar(places, heights, width, label=result["engine"])
    axes.set_xticks([i + 0.4 - width / 2 for i in range(len(_QUERIES))], _QUERIES)
    axes.set_yscale("log")
    axes.set_ylabel("ms, p50")
    axes.set_title(f"Top 20 with five facets, {count:,} questions", fontsize=11)
    axes.spines[["top", "right"]].set_visible(False)
    axes.legend(frameon=False)
    figure.savefig(path)

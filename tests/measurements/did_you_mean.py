"""How often a slip is offered as the word that was meant, and how often a correct word is left alone.

    python tests/measurements/did_you_mean.py [FOLDER]      prints a row a kind

FOLDER holds corpus/questions-2017.jsonl.gz, relevance/spelling-cases.tsv (kind, typed, meant), the titles and
stemming/; by default shared beside the checkout. Everything is asked of the product, through `Index.search`.

    slips     good: the text offered, or as typed, finds nearly all that the text meant finds
    correct   good: nothing is offered. Words of other lists, which the questions use or not; names; titles
"""

import random
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

sys.path.append(str(Path(__file__).resolve().parents[2]))

from searchq.api import Index
from tests.measurements.ranking import SHARED, opened, titles
from tests.measurements.spelling import SLIPS, words_drawn, words_in

__all__ = ["cases", "correct_texts", "is_mended"]

SEED: Final = 15
SAMPLE: Final = 600  # texts of a kind
OFTEN: Final = 20  # questions; a word in fewer is rare
NEARLY: Final = 0.95  # of what the text meant finds

Case = tuple[str, str]  # typed, meant


def cases(shared: Path) -> dict[str, list[Case]]:
    """The collected cases by kind, and generated slips: one, and several in long words."""
    found: dict[str, list[Case]] = {}
    for line in (shared / "relevance" / "spelling-cases.tsv").read_text(encoding="utf-8").splitlines()[1:]:
        kind, typed, meant = line.split("\t")
        found.setdefault(kind, []).append((typed, meant))
    return found


def slips(shared: Path) -> dict[str, list[Case]]:
    """Words of titles mistyped once, twice, and three times where they have ten letters or more."""
    vocabulary = words_in(shared)
    dice = random.Random(SEED)
    found: dict[str, list[Case]] = {}
    for times in (1, 2, 3):
        drawn = [word for word in words_drawn(shared, vocabulary) if len(word) >= (5, 8, 10)[times - 1]]
        typed = [(_mistyped(word, times, dice), word) for word in drawn]
        found[f"{times} slips"] = [(slip, word) for slip, word in typed if slip != word and slip not in vocabulary]
    return found


def _mistyped(word: str, times: int, dice: random.Random) -> str:
    kinds = [slip for name, slip in SLIPS.items() if name != "first changed"]
    for _ in range(times):
        word = dice.choice(kinds)(word, dice)
    return word


def correct_texts(shared: Path, counts: dict[str, int]) -> dict[str, list[str]]:
    """Texts without a slip, by kind."""
    listed = sorted(set(_listed(shared)) & counts.keys())
    names = (shared / "stemming" / "names.tsv").read_text(encoding="utf-8").splitlines()[1:]
    kinds: dict[str, Iterable[str]] = {
        "frequent words": [word for word in listed if counts[word] >= OFTEN],
        "words of no question": sorted(set(_listed(shared)) - counts.keys()),
        "rare words": [word for word in listed if counts[word] < OFTEN],
        "names": names,
        "names in small letters": [name.lower() for name in names],
        "titles": titles(shared),
    }
    dice = random.Random(SEED)
    return {kind: dice.sample(texts, min(SAMPLE, len(texts))) for kind, all_ in kinds.items() if (texts := [*all_])}


def _listed(shared: Path) -> Iterator[str]:
    """Words of lists that know nothing of these questions."""
    for name in ("noun-plurals.tsv", "lemma-groups.tsv", "compounds.tsv"):
        for line in (shared / "stemming" / name).read_text(encoding="utf-8").splitlines()[1:]:
            yield from (form for form in line.split("\t")[: 2 if name == "noun-plurals.tsv" else 1] if form.isalpha())


def is_mended(index: Index, typed: str, meant: str) -> bool:
    """Whether a slip does no harm: what was meant is found as it is, or by what is offered."""
    page = index.search(typed, limit=1, fold=False, snippets=False)
    wanted = {question.number for question in index.scan(meant)}
    offers = [typed, page.did_you_mean] if page.did_you_mean else [typed]
    return any(_finds(index, text, wanted) for text in offers)


def _finds(index: Index, text: str, wanted: set[str]) -> bool:
    """Whether a text finds nearly all that is wanted with all its words."""
    if any(hint.code == "most-words" for hint in index.search(text, limit=1, snippets=False).hints):
        return False
    return len(wanted & {question.number for question in index.scan(text)}) >= NEARLY * len(wanted)


def main(shared: Path, index: Index) -> None:
    """Print the share of good ones by kind, and what it cost."""
    for kind, rows in {**cases(shared), **slips(shared)}.items():
        bad = [case for case in rows if not is_mended(index, *case)]
        print(f"{kind:24} {1 - len(bad) / len(rows):.3f} of {len(rows):4}   {_some(bad)}", flush=True)
    costs = []
    for kind, texts in correct_texts(shared, words_in(shared)).items():
        offered = []
        for text in texts:
            started = time.perf_counter()
            page = index.search(text, limit=1, snippets=False)
            costs.append(time.perf_counter() - started)
            if page.did_you_mean is not None:
                offered.append((text, page.did_you_mean))
        print(f"{kind:24} {1 - len(offered) / len(texts):.3f} of {len(texts):4}   {_some(offered)}", flush=True)
    costs.sort()
    print(f"a search: p50 {costs[len(costs) // 2] * 1e3:.1f} ms, p99 {costs[len(costs) * 99 // 100] * 1e3:.1f} ms")


def _some(rows: list[Case]) -> str:
    return ", ".join(f"{typed} -> {other}" for typed, other in rows[:12])


if __name__ == "__main__":
    data = Path(sys.argv[1]) if len(sys.argv) > 1 else SHARED
    with tempfile.TemporaryDirectory() as folder:
        main(data, opened(data, Path(folder), ("title", "keywords", "question", "answer")))

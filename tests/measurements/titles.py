"""How often a line of a French and a Dutch title is split at the right word, and the word table that this rests on.

    python tests/measurements/titles.py [FOLDER]            splits pairs of sentences, new to the table and all
    python tests/measurements/titles.py --write [FOLDER]    writes searchq/documents/senate/language_words.txt anew

FOLDER holds corpus/bilingual-2020.jsonl.gz; by default shared/ beside the checkout.  One text in five is kept aside
from the table.  A pair of titles is one to four short sentences of a text, ` - ` between them, and the same
sentences of its translation: no titles as published, but words, names and figures as they meet in real texts.
"""

import gzip
import json
import random
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from math import log
from pathlib import Path
from typing import Final

from searchq.documents.senate.title_split import split_title

TABLE: Final = Path(__file__).resolve().parents[2] / "searchq" / "documents" / "language_words.txt"
SHARED: Final = Path(__file__).resolve().parents[3] / "shared"
KEPT_ASIDE: Final = 5  # one text in so many
RARE: Final = 5  # occurrences below which a word is not in the table
MAX_COUNT: Final = 8  # nats; the most that the table lets a word speak for a language
MAX_CAPITAL: Final = 4  # nats; the most that a capital costs
MAX_LENGTH: Final = 12  # words of a sentence that may serve as part of a title
SEED: Final = 3

_WORD: Final = re.compile(r"(?:[ldnscjm]|qu)['’]|[^\W\d_]+", re.IGNORECASE)
_SENTENCE: Final = re.compile(r"(?<=[.?!:;])\s*(?=[A-ZÉÀ])|\n+|(?<=[.?:;])(?=\d+[.)])")
_NUMBERING: Final = re.compile(r"^\d+[.)]\s*")


@dataclass
class Counts:
    """How often each word occurs in a language, and with and without a capital within a sentence."""

    all: Counter[str] = field(default_factory=Counter)
    capital: Counter[str] = field(default_factory=Counter)
    small: Counter[str] = field(default_factory=Counter)

    def add(self, text: str) -> None:
        for found in _WORD.finditer(text):
            word = found[0].replace("’", "'")
            self.all[word.lower()] += 1
            if len(word) > 1 and _is_within_sentence(text[max(0, found.start() - 2) : found.start()]):
                (self.capital if word[0].isupper() else self.small)[word.lower()] += 1

    def capital_cost(self, word: str) -> int | None:
        capital, small = self.capital[word], self.small[word]
        if not capital + small:
            return None
        return min(MAX_CAPITAL, round(-log((capital + 0.25) / (capital + small + 0.5))))


def _is_within_sentence(before: str) -> bool:
    return before[-1:] in ("'", "’", "-") or (
        len(before) == 2 and before[1] == " " and (before[0].isalpha() or before[0] in ",)")
    )


def texts(folder: Path) -> dict[tuple[str, str], bool]:
    """Each pair of texts, French and Dutch, once; true for those kept aside."""
    pairs: dict[tuple[str, str], bool] = {}
    with gzip.open(folder / "corpus" / "bilingual-2020.jsonl.gz", "rt", encoding="utf-8") as lines:
        for record in map(json.loads, lines):
            name = record["id"].rsplit("-", 1)[1]
            pairs.setdefault((record["fr"], record["nl"]), sum(map(ord, name)) % KEPT_ASIDE == 0)
    return pairs


def write_table(pairs: Iterable[tuple[str, str]]) -> None:
    french, dutch = Counts(), Counts()
    for french_text, dutch_text in pairs:
        french.add(french_text)
        dutch.add(dutch_text)
    lines: defaultdict[tuple[int, int, int], list[str]] = defaultdict(list)
    for word in sorted(french.all.keys() | dutch.all.keys()):
        if french.all[word] + dutch.all[word] >= RARE:
            lines[_figures(word, french, dutch)].append(word)
    rows = [" ".join([*map(str, figures), *words]) for figures, words in sorted(lines.items())]
    TABLE.write_text("\n".join([HEADER, *rows, ""]), encoding="utf-8")


HEADER: Final = """\
# What words tell of their language. Each line: how much more often Dutch texts have the words than French ones, what a
# capital within a sentence costs in French, and in Dutch, all in nats; then the words.
# Counted over the parallel questions of the Chamber of 2020 (CC0) by tests/measurements/titles.py --write."""


def _figures(word: str, french: Counts, dutch: Counts) -> tuple[int, int, int]:
    share = log((dutch.all[word] + 0.3) / dutch.all.total()) - log((french.all[word] + 0.3) / french.all.total())
    costs = french.capital_cost(word), dutch.capital_cost(word)
    known = next((cost for cost in costs if cost is not None), 0)
    in_french, in_dutch = (known if cost is None else cost for cost in costs)
    return max(-MAX_COUNT, min(MAX_COUNT, round(share))), in_french, in_dutch


def title_pairs(pairs: Iterable[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    chooser = random.Random(SEED)
    for french, dutch in pairs:
        sentences = _aligned(french, dutch)
        while sentences:
            count = chooser.choice([1, 2, 2, 3, 3, 4])
            chosen, sentences = sentences[:count], sentences[count:]
            yield " - ".join(one for one, _ in chosen), " - ".join(other for _, other in chosen)


def _aligned(french: str, dutch: str) -> list[tuple[str, str]]:
    """The short sentences of a text with their translations; none where the sentences are not equal in number."""
    sides = [[" ".join(_NUMBERING.sub("", part).strip(" .?!:;-").split()) for part in _SENTENCE.split(text)]
             for text in (french, dutch)]  # fmt: skip
    if len(sides[0]) != len(sides[1]):
        return []
    return [(one, other) for one, other in zip(*sides, strict=True) if _serves(one) and _serves(other)]


def _serves(sentence: str) -> bool:
    return 1 <= len(sentence.split()) <= MAX_LENGTH and sentence[0].isupper() and " - " not in sentence


def measure(pairs: Iterable[tuple[str, str]]) -> tuple[int, list[tuple[str, str]], int, int]:
    """How many pairs there are, those split at a wrong word, how many of these unnoticed, and how many are in doubt."""
    titles = list(dict.fromkeys(title_pairs(pairs)))
    wrong, unnoticed, doubted = [], 0, 0
    for french, dutch in titles:
        split = split_title(f"{french} {dutch}")
        doubted += not split.sure
        if (split.french, split.dutch) != (french, dutch):
            wrong.append((french, dutch))
            unnoticed += split.sure
    return len(titles), wrong, unnoticed, doubted


def main(arguments: list[str]) -> None:
    folders = [Path(argument) for argument in arguments if argument != "--write"]
    pairs = texts(folders[0] if folders else SHARED)
    if "--write" in arguments:
        write_table(pair for pair, aside in pairs.items() if not aside)
        return
    for name, chosen in (("kept aside", [p for p, aside in pairs.items() if aside]), ("all", list(pairs))):
        count, wrong, unnoticed, doubted = measure(chosen)
        print(f"{name:<12}{count:>6} pairs, {len(wrong)} split at a wrong word ({unnoticed} of them without a doubt), "
              f"{doubted} in doubt, {100 * (1 - len(wrong) / count):.2f} % right")  # fmt: skip
        for french, dutch in wrong:
            print(f"    {french} | {dutch}")


if __name__ == "__main__":
    main(sys.argv[1:])

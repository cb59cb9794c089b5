"""How well the forms of a word meet in one stem: pairs of forms of treebanks, plurals of a word list.

    python tests/measurements/stemming.py [FOLDER]      prints the tables of docs/dutch.md

FOLDER holds lemma-groups.tsv (form, lemma, part of speech, count) and noun-plurals.tsv (singular, plural); by default
shared/stemming beside the checkout.  Two forms are rightly conflated when they are forms of one lemma and part of
speech (nouns, verbs, adjectives; lower-cased, alphabetic).  The rules were made while looking at the half of the lemmas
(and plurals) whose CRC-32 is even; the other half shows what they are worth on words nobody looked at.
"""

import sys
import zlib
from collections import defaultdict
from collections.abc import Callable, Iterable, Set
from itertools import combinations
from pathlib import Path
from typing import NamedTuple

import simplemma
from Stemmer import Stemmer as Snowball

from searchq.analysis.folding import fold
from searchq.analysis.lexicon import dictionary
from searchq.analysis.stemmer import stem

Stemmer = Callable[[str], str]
Pair = tuple[str, str]

SHARED = Path(__file__).resolve().parents[3] / "shared" / "stemming"
PARTS_OF_SPEECH = frozenset({"NOUN", "VERB", "ADJ"})


class Score(NamedTuple):
    """Shares of pairs: of those conflated, how many rightly; of those to conflate, how many found."""

    precision: float
    recall: float

    @property
    def f1(self) -> float:
        """Their harmonic mean."""
        return 2 * self.precision * self.recall / (self.precision + self.recall)


def ours(word: str) -> str:
    """The folded stem, as the index has it."""
    return fold(stem(word, dictionary()).lemma)


STEMMERS: dict[str, Stemmer] = {
    "unstemmed": str,
    "Snowball, old (dutch_porter)": Snowball("dutch_porter").stemWord,
    "Snowball, new (dutch)": Snowball("dutch").stemWord,
    "simplemma": lambda word: simplemma.lemmatize(word, "nl").lower(),
    "searchq": ours,
}


def lemma_groups(folder: Path, half: int | None = None) -> list[set[str]]:
    """The forms of each lemma and part of speech; of one half of the lemmas, if asked."""
    groups: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    for form, lemma, part_of_speech, _ in _rows(folder / "lemma-groups.tsv"):
        if part_of_speech in PARTS_OF_SPEECH and form.isalpha() and half in (None, _half(lemma.lower())):
            groups[lemma.lower(), part_of_speech].add(form.lower())
    return list(groups.values())


def pair_score(groups: Iterable[Set[str]], stemmer: Stemmer) -> Score:
    """Pair precision and recall of a stemmer over groups of forms."""
    groups = list(groups)
    conflated: defaultdict[str, set[str]] = defaultdict(set)
    for form in set().union(*groups):
        conflated[stemmer(form)].add(form)
    gold, found = _pairs(groups), _pairs(conflated.values())
    right = len(gold & found)
    return Score(right / len(found) if found else 1.0, right / len(gold))


def plurals(folder: Path, half: int | None = None) -> list[Pair]:
    """Singulars with their plurals."""
    rows = (line.split("\t") for line in (folder / "noun-plurals.tsv").read_text(encoding="utf-8").splitlines())
    return [(singular.lower(), plural.lower()) for singular, plural in rows if half in (None, _half(singular))]


def is_regular(singular: str, plural: str) -> bool:
    """Whether a plural can be one of that singular at all: the list holds pairs such as `biedt`, `bieten`."""
    last = singular[-1]
    soft = {"f": "v", "s": "z"}.get(last, last)
    short = singular[:-2] + soft if len(singular) > 2 and singular[-2] == singular[-3] else singular[:-1] + soft
    stems = {singular, short, singular + last, singular.removesuffix("heid") + "hed"}
    endings = ("s", "'s", "en", "n", "es", "ën", "eren", "a")
    return plural in {base + ending for base in stems for ending in endings}


def conflated(pairs: Iterable[Pair], stemmer: Stemmer) -> float:
    """The share of pairs that have one stem."""
    pairs = list(pairs)
    return sum(stemmer(one) == stemmer(other) for one, other in pairs) / len(pairs)


def main() -> None:
    """Print both tables."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else SHARED
    halves = {"all": None, "seen half": 0, "unseen half": 1}
    print("| forms of one lemma | " + " | ".join(f"{name}: P, R, F1" for name in halves) + " |")
    for name, stemmer in STEMMERS.items():
        scores = [pair_score(lemma_groups(folder, half), stemmer) for half in halves.values()]
        print(f"| {name} | " + " | ".join(f"{s.precision:.3f} {s.recall:.3f} {s.f1:.3f}" for s in scores) + " |")
    print("\n| plurals | all | seen half | unseen half | all, pairs that can be plurals |")
    for name, stemmer in STEMMERS.items():
        shares = [conflated(plurals(folder, half), stemmer) for half in halves.values()]
        shares.append(conflated((pair for pair in plurals(folder) if is_regular(*pair)), stemmer))
        print(f"| {name} | " + " | ".join(f"{share:.3f}" for share in shares) + " |")


def _rows(path: Path) -> Iterable[list[str]]:
    return (line.split("\t") for line in path.read_text(encoding="utf-8").splitlines()[1:])


def _half(text: str) -> int:
    return zlib.crc32(text.encode()) % 2


def _pairs(groups: Iterable[Set[str]]) -> set[Pair]:
    return {pair for group in groups for pair in combinations(sorted(group), 2)}


if __name__ == "__main__":
    main()

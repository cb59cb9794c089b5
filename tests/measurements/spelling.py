"""How often the word that was meant comes first among those near a slip.

    python tests/measurements/spelling.py [FOLDER]      prints a row a kind of slip

FOLDER holds corpus/questions-2017.jsonl.gz, whose words are the vocabulary, and relevance/queries-title.tsv, from whose
titles words are drawn: what people search for. By default shared beside the checkout. Every word drawn is mistyped once
in each way; slips that make another word of the vocabulary are left out, since nobody could tell.
"""

import gzip
import json
import random
import re
import sys
from collections import Counter
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final

from searchq.analysis.wordlists import words_of
from searchq.engines.embedded.spelling import near_words
from searchq.engines.embedded.vocabulary import WordTable, word_table

SHARED: Final = Path(__file__).resolve().parents[3] / "shared"
SEED: Final = 77
WORDS: Final = 400
MIN_COUNT: Final = 15  # occurrences of a word drawn
_WORD: Final = re.compile(r"[^\W\d_]+")
_ROWS: Final = ("azertyuiop", "qsdfghjklm", "wxcvbn")  # of the keyboards of Belgium
_BESIDE: Final = {key: row[max(0, at - 1) : at] + row[at + 1 : at + 2] for row in _ROWS for at, key in enumerate(row)}
_SOUNDS: Final = (("ij", "ei"), ("ei", "ij"), ("au", "ou"), ("ou", "au"), ("ch", "g"), ("c", "k"), ("ie", "i"),
                  ("z", "s"), ("v", "f"), ("oo", "o"), ("aa", "a"), ("ee", "e"), ("ss", "s"), ("tt", "t"))  # fmt: skip

Slip = Callable[[str, random.Random], str]


def main(folder: Path) -> None:
    """Print the share of slips whose word comes first, and among the first three, by kind."""
    vocabulary = words_in(folder)
    table, drawn = word_table(vocabulary), words_drawn(folder, vocabulary)
    print(f"{len(vocabulary):,} words, {len(drawn)} of them mistyped\n")
    rows = {kind: found(slip, drawn, vocabulary, table) for kind, slip in SLIPS.items()}
    rows["all"] = [place for row in rows.values() for place in row]
    for kind, places in rows.items():
        first, three = (sum(place < most for place in places) / len(places) for most in (1, 3))
        print(f"{kind:14} {len(places):5}   first {first:.3f}   of three {three:.3f}")


def words_in(folder: Path) -> dict[str, int]:
    """The words of the questions with how often they occur; as in an index, no stop words and none that occurs once."""
    counts: Counter[str] = Counter()
    with gzip.open(folder / "corpus" / "questions-2017.jsonl.gz", "rt", encoding="utf-8") as lines:
        for line in lines:
            texts = (value for value in json.loads(line).values() if isinstance(value, str))
            counts.update(_WORD.findall(" ".join(texts).lower()))
    left_out = words_of("stop_words.txt")
    return {word: count for word, count in counts.items() if count > 1 and word not in left_out}


def words_drawn(folder: Path, vocabulary: Mapping[str, int]) -> list[str]:
    """Words of titles, of five to fourteen plain letters."""
    titles = (folder / "relevance" / "queries-title.tsv").read_text(encoding="utf-8").lower()
    fit = {word for word in _WORD.findall(titles) if re.fullmatch("[a-z]{5,14}", word)}
    known = sorted(word for word in fit if vocabulary.get(word, 0) >= MIN_COUNT)
    return random.Random(SEED).sample(known, WORDS)


def found(slip: Slip, drawn: list[str], vocabulary: Mapping[str, int], table: WordTable) -> list[int]:
    """For each slip the place of the word meant among the three nearest; 3 where it is none of them."""
    dice = random.Random(SEED)
    places = []
    for word in drawn:
        typed = slip(word, dice)
        if typed != word and typed not in vocabulary:
            near = [one.word for one in near_words(typed, table, 3)]
            places.append(near.index(word) if word in near else 3)
    return places


def _inside(word: str, dice: random.Random) -> int:
    return dice.randrange(1, len(word) - 1)


def _doubled(word: str, dice: random.Random) -> str:
    place = _inside(word, dice)
    return word[:place] + word[place] + word[place:]


def _swapped(word: str, dice: random.Random) -> str:
    place = _inside(word, dice)
    return word[:place] + word[place + 1] + word[place] + word[place + 2 :]


def _lost(word: str, dice: random.Random) -> str:
    place = _inside(word, dice)
    return word[:place] + word[place + 1 :]


def _changed(word: str, dice: random.Random) -> str:
    place = _inside(word, dice)
    return word[:place] + dice.choice(_BESIDE[word[place]]) + word[place + 1 :]


def _added(word: str, dice: random.Random) -> str:
    place = _inside(word, dice)
    return word[:place] + dice.choice(_BESIDE[word[place]]) + word[place:]


def _first_changed(word: str, dice: random.Random) -> str:
    return dice.choice(_BESIDE[word[0]]) + word[1:]


def _by_ear(word: str, dice: random.Random) -> str:
    heard = [(right, wrong) for right, wrong in _SOUNDS if right in word[1:]]
    return word[0] + word[1:].replace(*dice.choice(heard), 1) if heard else word


SLIPS: Final[dict[str, Slip]] = {
    "doubled": _doubled,
    "last doubled": lambda word, dice: word + word[-1],
    "swapped": _swapped,
    "lost": _lost,
    "changed": _changed,
    "added": _added,
    "first changed": _first_changed,
    "by ear": _by_ear,
}


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else SHARED)

"""How well names of places, countries and families find what holds them, through `Index.search`, typed with a capital.

    python tests/measurements/names.py            the names of stemming/names.tsv, in the folder of real data
    python tests/measurements/names.py Gent Peer  other names

To the questions of 2017 one without a day is added for each name, which its title holds, or its text alone.

    no other word      good: it is among the first ten, and each of these holds the name as a word
    a word as well     good: it is the first
    in the text alone  good: what comes before it, if anything, holds the name, written as such
"""

import itertools
import re
import sys
import tempfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Final

sys.path.append(str(Path(__file__).resolve().parents[2]))

from searchq.analysis.folding import fold
from searchq.analysis.lexicon import dictionary
from searchq.analysis.names import is_also_name, is_only_name
from searchq.analysis.tokenizer import words
from searchq.api import Index
from searchq.engines.embedded.engine import EmbeddedEngine
from searchq.question import Question
from tests.measurements.ranking import SHARED, opened

__all__ = ["follows_its_like", "is_good", "is_word_too"]

TOP: Final = 10


def is_word_too(name: str) -> bool:
    """Return whether a name is also a word."""
    lower = name.lower()
    return is_also_name(lower) or (dictionary().is_listed(lower) and not is_only_name(lower))


def is_good(index: Index, name: str, number: str) -> bool:
    """Return whether a name finds the question added for it, and nothing that does not hold it."""
    hits = index.search(name, limit=TOP, fold=False).hits  # with their texts
    found = [hit.question.number for hit in hits]
    if is_word_too(name):
        return found[:1] == [number]
    return number in found and all(_holds(hit.question, name) for hit in hits)


def _holds(question: Question, name: str) -> bool:
    found = (fold(word) for text in _texts(question) for word in words(text))
    return any(fold(name.lower()) in (word, *re.split("[-']", word)) for word in found)


def _texts(question: Question) -> list[str]:
    texts = [question.title, question.question, question.answer, *question.keywords, question.author, question.minister]
    return [text for text in texts if text]


def follows_its_like(index: Index, name: str, number: str) -> bool:
    """Return whether a name finds, before the question added for it, only questions that hold the name as written."""
    written = re.compile(rf"(?<!\w){re.escape(name)}(?![a-zë])")
    hits = index.search(name, limit=TOP, fold=False).hits
    before = itertools.takewhile(lambda hit: hit.question.number != number, hits)
    return all(written.search(" ".join(_texts(hit.question))) for hit in before)


def _asked(folder: Path, names: Mapping[str, str], title: str) -> Index:
    """An index of the questions of 2017, and one for each name, whose title may hold it."""
    index = opened(SHARED, folder, ("title", "keywords", "question", "answer"))
    with EmbeddedEngine(folder).update() as update:
        for name, number in names.items():
            asked = f"Hoeveel inwoners telt de gemeente of streek {name} dit jaar?"
            update.put(Question(number, title=title.format(name), question=asked))
        update.commit()
    return index


def _tell(kind: str, names: Sequence[str], is_right: Callable[[str], bool]) -> None:
    bad = [name for name in names if not is_right(name)]
    print(f"{kind:20}{len(names) - len(bad)} of {len(names)}   {', '.join(bad)}")


def main(names: Sequence[str]) -> None:
    numbers = {name: f"6-{place}" for place, name in enumerate(names, 1)}
    with tempfile.TemporaryDirectory() as folder:
        index = _asked(Path(folder) / "titles", numbers, "De toestand in {}")
        for kind, chosen in (("no other word", False), ("a word as well", True)):
            some = [name for name in names if is_word_too(name) is chosen]
            _tell(kind, some, lambda name: is_good(index, name, numbers[name]))
        within = _asked(Path(folder) / "texts", numbers, "De toestand van een gemeente")
        _tell("in the text alone", names, lambda name: follows_its_like(within, name, numbers[name]))


if __name__ == "__main__":
    listed = (SHARED / "stemming" / "names.tsv").read_text(encoding="utf-8").split()[1:]
    main(sys.argv[1:] or listed)

"""How many compounds are found by their parts, and how many other words are left whole.

    python tests/measurements/compounds.py [FOLDER]     prints the table of docs/dutch.md, and the compounds missed

FOLDER holds compounds.tsv (form, parts joined by _, part of speech, count) and lemma-groups.tsv; by default
shared/stemming beside the checkout.  A compound counts as found when every part's stem is a term of it.  The treebanks
mark some compounds only (`woonplaats` is not marked), so what stands for non-compounds is their nouns of up to seven
letters that are not marked, and a list of longer ones in tests/analysis/test_compounds.py.
"""

import sys
import zlib
from pathlib import Path
from typing import NamedTuple

from searchq.analysis.dutch import analyze_word
from searchq.analysis.folding import fold
from searchq.analysis.lexicon import dictionary
from searchq.analysis.stemmer import stem

SHARED = Path(__file__).resolve().parents[3] / "shared" / "stemming"
MAX_SIMPLE_LENGTH = 7  # letters


class Compound(NamedTuple):
    """A compound with its parts."""

    form: str
    parts: tuple[str, ...]


def compounds(folder: Path, part_of_speech: str = "NOUN", half: int | None = None) -> list[Compound]:
    """The compounds of one part of speech; of one half of them, if asked."""
    rows = (line.split("\t") for line in (folder / "compounds.tsv").read_text(encoding="utf-8").splitlines()[1:])
    return [
        Compound(form.lower(), tuple(parts.lower().split("_")))
        for form, parts, found, _ in rows
        if found == part_of_speech and half in (None, zlib.crc32(form.encode()) % 2)
    ]


def simple_nouns(folder: Path) -> list[str]:
    """Short nouns that are not marked as compounds."""
    marked = {compound.form for compound in compounds(folder)}
    rows = (line.split("\t") for line in (folder / "lemma-groups.tsv").read_text(encoding="utf-8").splitlines()[1:])
    nouns = {row[0].lower() for row in rows if row[2] == "NOUN"} - marked
    return sorted(noun for noun in nouns if noun.isalpha() and len(noun) <= MAX_SIMPLE_LENGTH)


def is_found(compound: Compound) -> bool:
    """Whether the stem of every part is a term of the compound."""
    terms = {term.term for term in analyze_word(compound.form).terms}
    return {fold(stem(part, dictionary()).lemma) for part in compound.parts} <= terms


def is_whole(word: str) -> bool:
    """Whether a word has no parts."""
    return not any(term.why == "compound" for term in analyze_word(word).terms)


def share(found: list[bool]) -> float:
    """The share of what is true."""
    return sum(found) / len(found)


def main() -> None:
    """Print the table and the misses."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else SHARED
    print("| all parts found | all | seen half | unseen half |")
    for part_of_speech in ("NOUN", "ADJ", "PROPN", "VERB"):
        shares = [share([*map(is_found, compounds(folder, part_of_speech, half))]) for half in (None, 0, 1)]
        print(f"| {part_of_speech} | " + " | ".join(f"{one:.3f}" for one in shares) + " |")
    simple = simple_nouns(folder)
    print(f"\nleft whole, of {len(simple)} simple nouns: {share([*map(is_whole, simple)]):.3f}")
    print("not whole:", *(word for word in simple if not is_whole(word)))
    print("missed:", *("_".join(one.parts) for one in compounds(folder) if not is_found(one)))


if __name__ == "__main__":
    main()

"""What a reader opens who follows one query, from the command line to the printed page.

    python tests/measurements/walk.py INDEX [--tree FOLDER]    prints the walk, and counts it; another checkout's, too

A step is the first call of a function that is given the text typed, a word of it, or what was made of it: the request,
lexemes, nodes, the query tree, matches, hits, the page. Constructors, and methods of such things themselves, are no
steps. The walk is the files of the steps in the order in which they are taken, a file named once for the steps that
follow each other in it. A return is a file entered again after another was entered, be it for a helper of its own.
"""

import argparse
import contextlib
import io
import itertools
import sys
from collections.abc import Iterator
from pathlib import Path
from types import FrameType
from typing import Any, Final

WORDS: Final = ("sociale", "media")
TEXT: Final = " ".join(WORDS)
# What a text becomes on its way. The last five are what the first version called them.
FORMS: Final = frozenset(
    [
        "Request",
        "Cleaned",
        "Lexeme",
        "Leaf",
        "All",
        "Compiled",
        "Word",
        "ParsedQuery",
        "Term",
        "AllOf",
        "AnyOf",
        "BestOf",
        "TypedWords",
        "Token",
        "WordReading",
        "Contents",
        "TypedPlaces",
        "TypedWord",
        "Placed",
        "Sought",
        "Matches",
        "TextMatches",
        "RankedMatches",
        "RankedDocs",
        "RankedHit",
        "Groups",
        "Hits",
        "Hit",
        "ResultPage",
        "ResultHit",
        "Snippet",
        "Conjunction",
        "Understood",
        "Ranked",
        "Trees",
        "And",
        "Or",
    ]
)
_LOOKED_AT: Final = 20  # members of a list, to see whether it holds such a thing

Step = tuple[str, str]  # the file, the function


def steps(tree: Path, index: str) -> list[Step]:
    """The steps of one cold search by the command line."""
    from searchq.cli.main import main

    found: dict[Step, None] = {}
    package = f"{tree / 'searchq'}/"

    def note(frame: FrameType, event: str, _: object) -> None:
        code = frame.f_code
        if event != "call" or not code.co_filename.startswith(package) or code.co_name.startswith(("<", "__")):
            return
        step = code.co_filename.removeprefix(package), code.co_qualname
        if step not in found and any(map(_is_of_query, _given(frame))):
            found[step] = None

    sys.setprofile(note)
    try:
        with contextlib.redirect_stdout(io.StringIO()), contextlib.suppress(SystemExit):
            main(["search", *WORDS, "--index", index])
    finally:
        sys.setprofile(None)
    return list(found)


def _given(frame: FrameType) -> Iterator[Any]:
    """What a function was called with, without the object whose method it is."""
    code = frame.f_code
    count = code.co_argcount + code.co_kwonlyargcount + bool(code.co_flags & 4) + bool(code.co_flags & 8)
    return (frame.f_locals.get(name) for name in code.co_varnames[:count] if name != "self")


def _is_of_query(value: Any) -> bool:
    if isinstance(value, tuple | list) and type(value).__name__ not in FORMS:
        return any(map(_is_form, value[:_LOOKED_AT]))
    return _is_form(value)


def _is_form(value: Any) -> bool:
    if isinstance(value, str):
        return value in WORDS or TEXT in value
    return type(value).__name__ in FORMS and type(value).__module__.startswith(("searchq.", "whoosh."))


def walk_of(found: list[Step]) -> list[tuple[str, list[str]]]:
    """The files in the order in which they are entered, each with the functions called there."""
    return [(file, [name for _, name in own]) for file, own in itertools.groupby(found, key=lambda step: step[0])]


def returns_of(files: list[str]) -> int:
    return len(files) - len(set(files))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("index")
    parser.add_argument("--tree", type=Path, default=Path(__file__).parents[2])
    asked = parser.parse_args()
    tree = asked.tree.resolve()
    sys.path.insert(0, str(tree))
    walk = walk_of(steps(tree, asked.index))
    seen = set[str]()
    for file, names in walk:
        print(f"{'again' if file in seen else '':6}{file:44}{' '.join(names)}")
        seen.add(file)
    print(f"{len(seen)} files, {returns_of([file for file, _ in walk])} returns")


if __name__ == "__main__":
    main()

"""Whether a document lies within the paths of a run."""

from collections.abc import Callable, Iterable
from fnmatch import fnmatchcase
from os import PathLike, fspath
from pathlib import Path
from typing import Final

from searchq.documents.document import printable
from searchq.documents.sources import STDIN

__all__ = ["Within"]

_MAGIC: Final = frozenset("*?[")


class Within:
    """Tells by its name whether a document is what one of the paths names, or within it."""

    def __init__(self, paths: Iterable[str | PathLike[str]]) -> None:
        self._tests = [_test(fspath(path)) for path in paths if fspath(path) != STDIN]

    def __call__(self, name: str) -> bool:
        return any(test(name) for test in self._tests)


def _test(given: str) -> Callable[[str], bool]:
    """Whether a document is at a path or inside it."""
    path = printable(str(Path(given)))
    if _MAGIC & set(path) and not Path(given).exists():
        return lambda name: _matches(name, path.split("/"))
    return lambda name: name == path or name.startswith((f"{path.rstrip('/')}/", f"{path}:"))


def _matches(name: str, pattern: list[str]) -> bool:
    parts = name.split("/")
    return (
        "**" not in pattern
        and len(parts) >= len(pattern)
        and all(
            fnmatchcase(part, own) or fnmatchcase(part.partition(":")[0], own)
            for part, own in zip(parts, pattern, strict=False)
        )
    )

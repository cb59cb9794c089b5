"""Whether a document lies within the paths of a run, in whatever form both are written.

`pages`, `./pages`, `/home/me/pages` and a symbolic link to it are one folder; so places are compared, not names.
"""

import os
from collections.abc import Iterable, Iterator
from fnmatch import fnmatchcase
from functools import lru_cache
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
        for function in (_real, _outer):  # links may lead elsewhere since the last run
            function.cache_clear()
        self._roots = [_Root(fspath(path)) for path in paths if fspath(path) != STDIN]
        self._near: dict[str, list[_Root]] = {}  # by folder, the paths that may hold a document in it

    def __call__(self, name: str) -> bool:
        near = self._roots_near(name[: name.rfind("/") + 1])  # mostly none
        return bool(near) and any(root.holds(name) for root in near)

    def is_near(self, folder: str) -> bool:
        """Tell whether a document in a folder, which ends in a slash, may be what one of the paths names."""
        return bool(self._roots_near(folder))

    def _roots_near(self, folder: str) -> "list[_Root]":
        near = self._near.get(folder)
        if near is None:
            near = self._near[folder] = [root for root in self._roots if not root.is_far_from(folder)]
        return near

    def other_names(self, name: str) -> Iterator[str]:
        """What a document is called in this run, where that is another name for the same place."""
        found = (root.own_name(name) for root in self._roots if root.holds(name))
        return (own for own in found if own != name)


class _Root:
    """A path of a run: a file, a folder or a pattern."""

    def __init__(self, given: str) -> None:
        self._name = printable(str(Path(given)))
        parts = self._name.split("/")
        magic = next((at for at, part in enumerate(parts) if _MAGIC & set(part)), None)
        self._pattern = parts[magic:] if magic is not None and not Path(given).exists() else []
        self._base = "/".join(parts[:magic]) if self._pattern else self._name
        self._place = _folder(self._base or ("/" if self._name.startswith("/") else "."))
        if not self._pattern and not Path(given).is_dir():
            self._place = _place(self._name)

    def holds(self, name: str) -> bool:
        """Whether a document is at this path or inside it."""
        if self._pattern:
            rest = self._rest(name)
            return rest is not None and _matches(rest.lstrip("/"), self._pattern)
        return name == self._name or self._rest(name) is not None

    def is_far_from(self, folder: str) -> bool:
        """Whether this path holds no document in a folder, which ends in a slash; a catalog has many in few folders."""
        place = _place(folder)
        apart = not place.startswith(self._place) and not self._place.startswith(place)
        return apart and folder.rpartition("/")[0] != self._name.rpartition("/")[0]

    def own_name(self, name: str) -> str:
        """The name of a document held by this path, as a run over it gives it."""
        rest = self._rest(name) or ""
        return rest.lstrip("/") if self._pattern and not self._base else f"{self._base}{rest}"

    def _rest(self, name: str) -> str | None:
        """What stands behind this path in the place of a document; None for one elsewhere."""
        place = _place(name)
        rest = place.removeprefix(self._place.rstrip("/"))
        return rest if place.startswith(self._place) and rest[:1] in ("", "/", ":") else None


def _place(name: str) -> str:
    """Where a document is, without symbolic links on the way to it."""
    folder, slash, last = name.rpartition("/")
    return f"{_folder(folder or ('/' if slash else '.')).rstrip('/')}/{last}"


def _folder(path: str) -> str:
    return _real(path, Path.cwd())


@lru_cache(maxsize=4096)
def _real(path: str, start: Path) -> str:
    """Return the path without symbolic links; of the folders in one folder, only their last name is looked at."""
    outer, slash, last = path.rpartition("/")
    if not slash or last in ("", ".", ".."):
        return os.path.realpath(start / path)
    place = f"{_outer(outer or slash, start).rstrip('/')}/{last}"
    return os.path.realpath(place) if os.path.islink(place) else place  # noqa: PTH114  # a third of the time of a Path


@lru_cache(maxsize=4096)
def _outer(path: str, start: Path) -> str:
    return os.path.realpath(start / path)


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

"""Which routes each question of the Chamber went by: a quick first pass over the files, before any is read in full.

One question to several ministers has one DOCNAME and as many routes; a record names only its own. The pass looks for
routes in the beginnings of files that may hold Chamber data, and in the whole of those that do:

    chamber-56.zip, folder/     56-B045-7-0930-2025202606531      2025202606531: 56-7-0930-…, 56-8-0953-…
"""

import os
import re
import zipfile
from collections.abc import Iterable, Iterator
from typing import BinaryIO, Final

from msgspec.structs import replace

from searchq.documents.content_type import SNIFFED_BYTES, archive_format, media_of
from searchq.documents.document import Rejection, SourceDocument
from searchq.documents.sources import STDIN, SourceFile, find, open_file
from searchq.limits import MAX_DOCUMENT_BYTES
from searchq.numbers import parse_number
from searchq.question import Question, Reference
from searchq.regular_file import open_regular

__all__ = ["Routes", "routes_in", "with_siblings"]

_ROUTE: Final = re.compile(rb"SDOCNAME(?:\"\s*:\s*\"|>)\s*([0-9][0-9A-Za-z-]{20,60})")
_STATE: Final = re.compile(rb"STATUSQ(?:\"\s*:\s*\"|>)\s*(?:archived)?cancell?ed\b", re.IGNORECASE)
_BEGINNINGS: Final = (b"{", b"[", b"<", b"\xef\xbb\xbf")
_WARC: Final = re.compile(r"\.(?:warc|wet)(?:\.[a-z0-9]+)?\Z", re.IGNORECASE)  # holds pages, and may be vast
_BLOCK_BYTES: Final = 1024 * 1024
_LAP_BYTES: Final = 128  # of a block that may hold the beginning of a route


class Routes:
    """The numbers of each question of the Chamber, by DOCNAME."""

    def __init__(self, numbers: Iterable[str] = ()) -> None:
        self._numbers: dict[str, tuple[str, ...]] = {}  # mostly one, which takes a quarter of what a set does
        for number in numbers:
            self.add(number)

    def add(self, text: str) -> None:
        """Note a route, or the number it is; what is neither is none."""
        number = parse_number(text)
        if number and number.docname:
            known, added = self._numbers.get(number.docname, ()), str(number)
            if added not in known:
                self._numbers[number.docname] = (*known, added)

    def of(self, docname: str) -> frozenset[str]:
        """The numbers of a question."""
        return frozenset(self._numbers.get(docname, ()))

    def docnames(self) -> Iterable[str]:
        """The questions."""
        return self._numbers.keys()

    def numbers(self) -> Iterator[str]:
        """All of them."""
        for numbers in self._numbers.values():
            yield from numbers


def with_siblings(question: Question, numbers: Iterable[str]) -> Question:
    """A question of the Chamber that names its siblings among the numbers, and no others."""
    ordered = sorted(set(numbers) - {question.number}, key=_order)
    references = tuple(Reference("also-asked-to", "written-question", number) for number in ordered)
    return question if question.references == references else replace(question, references=references)


def _order(number: str) -> int:
    parsed = parse_number(number)
    return parsed.order if parsed else 0


def routes_in(paths: Iterable[str | os.PathLike[str]]) -> Routes:
    """The routes in all Chamber data that the paths name; standard input, which can be read once, adds none."""
    routes = Routes()
    for file in find(paths):
        if not isinstance(file, Rejection) and file.path != STDIN and media_of(file.path) is None:
            for content in _readable(file):
                _gather(content, routes)
    return routes


def _readable(file: SourceFile) -> Iterator[bytes]:
    """What may hold routes, up to where a file is broken."""
    try:
        yield from _contents(file)
    except Exception:  # as in `archives.unpack`; whoever reads it in full tells what is wrong
        return


def _contents(file: SourceFile) -> Iterator[bytes]:
    """What may hold routes: the members of an archive, any other file itself, in blocks where it is large."""
    with open_regular(file.path) as stream:
        start = stream.read(SNIFFED_BYTES)
        stream.seek(0)
        shape = archive_format(start, file.path)
        if shape == "zip":
            yield from _members(stream)
        elif _may_hold(start):
            rest = b""
            while block := stream.read(_BLOCK_BYTES):
                yield rest + block
                rest = block[-_LAP_BYTES:]
        elif shape is not None and not _WARC.search(file.path):
            yield from (one.content for one in open_file(file) if isinstance(one, SourceDocument))


def _members(stream: BinaryIO) -> Iterator[bytes]:
    with zipfile.ZipFile(stream) as archive:
        for info in archive.infolist():
            if info.is_dir() or media_of(info.filename) is not None:
                continue
            try:
                with archive.open(info) as member:
                    start = member.read(SNIFFED_BYTES)
                    if _may_hold(start):
                        yield start + member.read(MAX_DOCUMENT_BYTES)
            except Exception:  # one bad member does not spoil the others
                continue


def _may_hold(start: bytes) -> bool:
    return start.lstrip().startswith(_BEGINNINGS)


def _gather(content: bytes, routes: Routes) -> None:
    """Note the routes in some content, but for those that were cancelled."""
    found = list(_ROUTE.finditer(content))
    for route, following in zip(found, [*found[1:], None], strict=False):
        start = route.end() if len(found) > 1 else 0
        if not _STATE.search(content, start, following.start() if following else len(content)):
            routes.add(route[1].decode())

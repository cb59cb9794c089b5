"""Files of lines, each a record: our own exports, and those of the Chamber's service."""

from collections.abc import Iterator
from typing import BinaryIO, Final, Literal

from searchq.documents.content_type import is_chamber
from searchq.documents.document import Rejection, SourceDocument, name_of, too_large
from searchq.limits import MAX_DOCUMENT_BYTES
from searchq.question import Source

__all__ = ["read_lines"]

_KEYS: Final = (b'"number"', b'"source"')  # of a record of ours
_HELD: Final = 100  # lines before the first record that are judged each by itself
_BLOCK_BYTES: Final = 64 * 1024


def read_lines(stream: BinaryIO, source: Source) -> Iterator[SourceDocument | Rejection]:
    """The records of a file of lines; a file without one of ours is rejected as a whole."""
    lines = _lines(stream)
    held: list[tuple[int, bytes]] = []
    others = last = 0
    for number, line in lines:
        if is_chamber(line) or all(key in line for key in _KEYS):
            yield from (_document(*other, source) for other in held)
            if others > len(held):
                yield Rejection(_name(last, source), f"{others - _HELD:,} lines up to here hold no record")
            following = next(lines, None)
            if number == 1 and following is None and is_chamber(line) and len(line) <= MAX_DOCUMENT_BYTES:
                yield SourceDocument(line, "chamber", source)  # one record without a line break in it is no archive
                return
            yield _document(number, line, source)
            yield from () if following is None else (_document(*following, source),)
            break
        others, last = others + 1, number
        if len(held) < _HELD:
            held.append((number, line))
    else:
        yield Rejection(name_of(source), f"it holds no exported record ({others:,} lines)" if others else "it is empty")
    yield from (_document(number, line, source) for number, line in lines)


def _document(number: int, line: bytes, source: Source) -> SourceDocument | Rejection:
    media: Literal["record", "chamber"] = "chamber" if is_chamber(line) else "record"
    member = Source(source.path, _member(number, source), layout=media)
    return SourceDocument(line, media, member) if len(line) <= MAX_DOCUMENT_BYTES else too_large(member)


def _name(number: int, source: Source) -> str:
    return name_of(Source(source.path, _member(number, source)))


def _member(number: int, source: Source) -> str:
    return f"{source.member}:{number}" if source.member else str(number)


def _lines(stream: BinaryIO) -> Iterator[tuple[int, bytes]]:
    """The lines that hold something, by number; at one that is too long the file ends."""
    number, rest = 0, b""
    while block := stream.read(_BLOCK_BYTES):
        if not rest and block.isspace():  # a file of a billion blank lines costs hardly more than to unpack it
            number += block.count(b"\n")
            continue
        lines = (rest + block).split(b"\n")
        rest = lines.pop()
        for line in lines:
            number += 1
            if line.strip():
                yield number, line
        if len(rest) > MAX_DOCUMENT_BYTES:
            break
    if rest.strip():
        yield number + 1, rest

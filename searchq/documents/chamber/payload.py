"""From the text of a file of the Chamber's service to its records, as plain dictionaries by field name.

    {"SDOCNAME": …}, {"items": [{…}]}, one record a line      JSON; records lie in objects and lists of any depth
    <result><items><QRVADOC>…</QRVADOC></items></result>      XML; an element that comes twice is a list

XML that declares a document type is not read: only there can one word stand for gigabytes.
"""

from collections.abc import Iterator
from typing import Any, Final
from xml.parsers import expat

from searchq.documents.chamber.texts import BREAK, JOIN, Markup
from searchq.documents.json_text import json_fault, load_json
from searchq.errors import DocumentError

__all__ = ["Record", "records_of"]

Record = dict[str, Any]

_OWN_FIELDS: Final = frozenset({"SDOCNAME", "DOCNAME", "QUESTNUM", "STATUSQ"})  # that tell a record from other objects
_RECORD: Final = "QRVADOC"
_BREAKS: Final = frozenset({"br", "p", "div", "li"})


def records_of(text: str) -> list[Record]:
    """The records of a file, in order. Raises DocumentError when it is broken or holds none."""
    try:
        found = _records_of_xml(text) if text.lstrip().startswith("<") else list(_records_in(_json(text)))
    except expat.ExpatError as error:
        raise DocumentError(f"it is broken XML at line {error.lineno}, column {error.offset + 1}") from error
    except (ValueError, RecursionError) as error:
        raise DocumentError(json_fault(error)) from error
    if not found:
        raise DocumentError("it holds no question of the Chamber")
    return found


def _json(text: str) -> Any:
    """What JSON says, or several lines of it."""
    try:
        return load_json(text)
    except ValueError:
        lines = [line for line in text.splitlines() if line.strip()]
        if len(lines) < 2 or not lines[0].rstrip().endswith("}"):
            raise
        return [load_json(line) for line in lines]


def _records_in(value: Any) -> Iterator[Record]:
    stack = [value]
    while stack:
        one = stack.pop()
        if isinstance(one, dict) and not _OWN_FIELDS.isdisjoint(one):
            yield one
        elif isinstance(one, dict | list):
            stack.extend(reversed(list(one.values()) if isinstance(one, dict) else one))


def _records_of_xml(text: str) -> list[Record]:
    reader = _XmlReader()
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.buffer_size = 1 << 16
    parser.StartDoctypeDeclHandler = reader.refuse
    parser.StartElementHandler, parser.EndElementHandler = reader.start, reader.end
    parser.CharacterDataHandler = reader.text
    parser.Parse(text.lstrip(), True)
    return reader.records


class _XmlReader:
    """Gathers the fields of each record from what the parser meets."""

    def __init__(self) -> None:
        self.records: list[Record] = []
        self._record: Record | None = None
        self._depth = 0  # below the record: 1 within a field
        self._content = Markup()
        self._link: tuple[int, str | None] = (0, None)  # where the innermost one began, and its address

    def refuse(self, *_: object) -> None:
        raise DocumentError("it declares a document type, and such XML is not read")

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if self._record is None:
            if name == _RECORD:
                self._record, self._depth = {}, 0
            return
        self._depth += 1
        if self._depth == 1:
            self._content = Markup()
        else:
            self._content.append(BREAK if name in _BREAKS else JOIN)
            self._link = len(self._content), attributes.get("href")

    def text(self, text: str) -> None:
        if self._depth:
            self._content.append(text if text.strip() else " ")

    def end(self, name: str) -> None:
        if self._record is None:
            return
        if not self._depth:
            self.records.append(self._record)
            self._record = None
        elif self._depth == 1:
            _add(self._record, name, self._content)
        elif name != "br":
            place, address = self._link
            if address and len(self._content) == place:  # a link without a text
                self._content.append(address)
            self._content.append(BREAK if name in _BREAKS else JOIN)
        self._depth -= 1


def _add(record: Record, name: str, content: Markup) -> None:
    """Put a field into a record; a list where it stands there already."""
    value = content[0] if len(content) == 1 and content[0] not in (BREAK, JOIN) else content
    if name not in record:
        record[name] = value
    elif isinstance(record[name], list) and not isinstance(record[name], Markup):
        record[name].append(value)
    else:
        record[name] = [record[name], value]

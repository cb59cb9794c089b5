"""Saved pages to the lines of text that the layouts are read from.

The text comes out as a browser shows it: blocks apart by a blank line, `<br>` a line end, a horizontal rule the eight
underscores of the print versions, where it stands for one. Scripts, styles and the head are no text, nor is what stands
around the content of a page (`page_content`, `boilerplate`). A table row of several cells keeps its
columns between marks until `flatten` merges them, because the two-language version is such a table:

    ROW left COLUMN right END      ──flatten──>     left right          when each is one line
                                                    left, blank, right  otherwise

A table within a text of that version has its rows merged at once, since marks do not nest.
"""

import re
from collections.abc import Iterator, Set
from typing import Final

from selectolax.lexbor import LexborHTMLParser, LexborNode, SelectolaxError

from searchq.documents.boilerplate import LINK, UNLINK, trim_boilerplate
from searchq.documents.charset import without_controls
from searchq.documents.hard_blanks import with_plain_labels
from searchq.documents.markup_limits import check_markup
from searchq.documents.page_content import ContentEnd, is_aside, is_link, protected
from searchq.documents.shown_signs import NUMBER, ItemNumbers, drop_numbers, raise_figures, show_numbers
from searchq.documents.table_rows import CELLS, COLUMN, END, ROW, TableRows

__all__ = ["RULE", "flatten", "frame_to_save", "html_to_text"]

RULE: Final = "_" * 8
_HR: Final = "\x06"

_FORMATTING: Final = re.compile(
    r"<(/?)(?:a|b|big|code|em|font|i|nobr|s|small|strike|strong|tt|u)(?=[\s/>])", re.IGNORECASE
)
_PLAIN: Final = r"<\1abbr"  # an element as invisible; those above, left open, are made anew in every block to come
_SILENT: Final = frozenset(
    """
    head script style noscript template iframe object svg math canvas select textarea button title -comment
    """.split()  # noqa: SIM905  # a list of words reads best as words
)
_BLOCKS: Final = frozenset(
    """
    address article aside blockquote body center dd details dialog dir div dl dt fieldset figcaption figure
    footer form h1 h2 h3 h4 h5 h6 header html legend main menu nav ol p pre section summary table ul caption
    """.split()  # noqa: SIM905  # a list of words reads best as words
)
_LINES: Final = frozenset({"li", "option", "tr"})  # begin a line of their own, without a blank one between
_EMPTY: Final = {"br": "\n", "hr": f"\n{_HR}\n"}

_TEXT_FRAME: Final = "pub_doc"  # of the site's framesets

# How the lines look between which horizontal rules stand; groups are the labels of both languages.
_HEADING: Final = re.compile(
    r"^[\x01-\x03 ]*(?:SENAAT Schriftelijke vraag|Vraag|S.{1,2}NAT Question .{1,2}crite|Question) n.{1,3} ?[0-9/-]+"
    r"(?: d\.d\. | du )",
    re.MULTILINE,
)
_BULLETIN_HEADING: Final = re.compile(r"^(?:- )?(?:Vraag|Question) n.{1,3} ?[0-9]", re.MULTILINE)
_PRINTED: Final = re.compile(
    r"(?:^|\x01)[\x01-\x03 ]*(?:SENAAT Schriftelijke|S.{1,2}NAT Question"
    r"|Question .{1,2}crite n[^\n]{2,12}[\x01-\x03\s]+Schriftelijke vraag)",
    re.MULTILINE,
)
_WEB: Final = re.compile(  # or a Bulletin
    r"^(?:Schriftelijke vraag nr|Question .{1,2}crite n|Chronologie *$|(?:- )?(?:Vraag|Question) n.{1,3} ?[0-9]"
    r"|Bulletin [0-9])",
    re.MULTILINE,
)
_OWN_RULE: Final = re.compile(r"^_{8,}(?: _{8,})* *$", re.MULTILINE)
_EVENT: Final = re.compile(r"^[\x01-\x03 ]*[0-9]{1,2}/[0-9]{1,2}/[0-9]{4}", re.MULTILINE)
_RULES: Final = re.compile(f"\\n*{_HR}[\\n{_HR}]*")

_SPACE: Final = re.compile(r"[ \t\n\r\f]+")
_EDGES: Final = re.compile(r" *\n *")
_BLANKS: Final = re.compile(r"\n{3,}")
_SPACES: Final = re.compile(" {2,}")
_MARK_EDGES: Final = re.compile(r"[ \n]*([\x01-\x03])[ \n]*")
_KEEP: Final = str.maketrans({" ": "\x04", "\n": "\x05"})  # preformatted white space, until the rest is collapsed
_KEPT: Final = str.maketrans({"\x04": " ", "\x05": "\n"})
_NO_MARKS: Final = str.maketrans(dict.fromkeys((ROW, COLUMN, END), " "))
_ROW: Final = re.compile(f"{ROW}([^{ROW}{END}]*){END}")
_LINE: Final = rf"{ROW}[^{ROW}{END}\n]*{END}"
_NEXT_LINE: Final = re.compile(rf"({_LINE})\n+(?={_LINE})")  # rows of a table of figures


def html_to_text(html: str, whole: bool = False) -> str:
    """The visible text of a page, table columns between marks; markup that is broken is read as browsers do.

    With `whole` menus, footers and the like are kept. Raises DocumentError when elements are open, or a tag has
    attributes, by the thousand: parsing takes the square.
    """
    root = _tree(html)
    if root is None:
        return ""
    pieces = list(_pieces(root)) if whole else _content(root)
    text = _BLANKS.sub("\n\n", _EDGES.sub("\n", _SPACES.sub(" ", "".join(pieces))))
    text = _place_rules(_place_numbers(with_plain_labels(trim_boilerplate(text))))
    return _MARK_EDGES.sub(_mark, text).translate(_KEPT).strip("\n") if text else text


def frame_to_save(html: str) -> str | None:
    """What to save in place of a page whose text stands in a frame, as a clause; None where there is no frame."""
    root = _tree(html)
    frames = [frame.attributes for frame in root.css("frame[src], iframe[src]")] if root is not None else []
    if not frames:
        return None
    frame = next((frame for frame in frames if (frame.get("name") or "").lower() == _TEXT_FRAME), frames[-1])
    named = f"its frame “{frame.get('name')}”" if frame.get("name") else "its frame"
    return f"its text stands in a frame: save {named} instead ({frame.get('src')})"


def flatten(text: str) -> str:
    """Text without column marks: the cells of a row side by side, or below each other when one has several lines."""
    if ROW not in text:
        return text.strip("\n")
    body = _body(text)  # above it, rows part the blocks
    rows = text[:body] + _NEXT_LINE.sub(r"\1", text[body:])
    return _ROW.sub(_merge, rows).translate(_NO_MARKS).strip("\n")


def _tree(html: str) -> LexborNode | None:
    check_markup(html)
    try:
        return LexborHTMLParser(_FORMATTING.sub(_PLAIN, raise_figures(html))).root
    except SelectolaxError as error:  # it reads any markup, where it finds the memory
        raise MemoryError from error


def _content(root: LexborNode) -> list[str]:
    """The pieces of a page that are its content, and what precedes it."""
    end = ContentEnd()
    pieces: list[str] = []
    for piece in _pieces(root, protected(root), end):
        pieces.append(piece)
    return pieces[: end.find(pieces)]


def _body(text: str) -> int:
    """Where the texts begin: after the first heading of a question, or at the end."""
    heading = _HEADING.search(text) or _BULLETIN_HEADING.search(text)
    return heading.end() if heading else len(text)


def _place_numbers(text: str) -> str:
    """Lists are numbered in the texts, not above them, where a list holds keywords or a menu."""
    if NUMBER not in text:
        return text
    body = _body(text)
    return drop_numbers(text[:body]) + show_numbers(text[body:])


def _place_rules(text: str) -> str:
    """Horizontal rules as those of a print version: above the heading of the question, one at a time.

    Elsewhere, and where the version shows rules of its own, they stand for nothing.
    """
    if _HR not in text:
        return text
    heading = _HEADING.search(text)
    end = heading.start() if heading else len(text)
    header, body = text[:end], text[end:].replace(_HR, "\n")
    if _OWN_RULE.search(header) or (not _PRINTED.search(text) and _WEB.search(text)):
        return _BLANKS.sub("\n\n", header.replace(_HR, "\n") + body)
    if event := _EVENT.search(header):
        header = _RULES.sub(f"\n{_HR}\n", header[: event.start()]) + header[event.start() :]
    return _BLANKS.sub("\n\n", header.strip(f"\n{_HR}").replace(_HR, RULE) + ("\n" * bool(body)) + body)


def _merge(row: re.Match[str]) -> str:
    cells = [cell for cell in row[1].split(COLUMN) if cell]
    return ("\n\n" if "\n" in row[1] else " ").join(cells) + "\n"


def _mark(mark: re.Match[str]) -> str:
    return {ROW: "\n" + ROW, END: END + "\n"}.get(mark[1], mark[1])


def _pieces(root: LexborNode, kept: Set[int] | None = None, end: ContentEnd | None = None) -> Iterator[str]:
    """The text of a tree in reading order; a stack instead of recursion, since pages may nest without end.

    With `kept`, the elements to keep in any case, what is made for menus and the like is passed over; `end` is told of
    all texts and ends of elements.
    """
    stack: list[LexborNode | tuple[str, int]] = [root]
    rows, numbers = TableRows(root), ItemNumbers()
    count = 0
    while stack:
        node = stack.pop()
        if isinstance(node, tuple):
            piece, element = node
            rows.close(element)
            if end is not None:
                end.closed(element, count + 1)
        else:
            tag = node.tag or ""
            if tag == "-text":
                piece = _text(node)
                if end is not None:
                    end.text(node, piece, count)
            elif tag in _EMPTY:
                piece = _EMPTY[tag]
            elif tag in _SILENT or (kept is not None and node.mem_id not in kept and is_aside(node, tag)):
                continue
            else:
                if tag == "tr":
                    rows.open(node)
                piece, after = _around(node, tag, rows)
                if tag == "li":
                    piece += numbers.mark(node)
                stack.append((after, node.mem_id))
                stack.extend(reversed(list(node.iter(include_text=True))))
        count += 1
        yield piece


def _text(node: LexborNode) -> str:
    content = node.text_content or ""
    parent = node.parent
    if parent is not None and parent.tag == "pre":
        return without_controls(content).translate(_KEEP)
    content = _SPACE.sub(" ", content)
    return content if content.isprintable() else without_controls(content)


def _around(node: LexborNode, tag: str, rows: TableRows) -> tuple[str, str]:
    """What stands before and after the content of an element."""
    if tag in _BLOCKS:
        return "\n\n", "\n\n"
    if tag in CELLS:
        return "", rows.after_cell(node)
    if node.mem_id in rows.columned:
        return ROW, END
    if node.mem_id in rows.merged:
        return "", "\n"
    if is_link(node, tag):
        return LINK, UNLINK
    return ("\n", "\n") if tag in _LINES else ("", "")

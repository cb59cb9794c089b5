"""Saved pages to the lines of text that the layouts are read from.

The text comes out as a browser shows it: blocks apart by a blank line, `<br>` a line end, a horizontal rule the eight
underscores of the print versions. Scripts, styles and the head are no text. A table row of several cells keeps its
columns between marks until `flatten` merges them, because the two-language version is such a table:

    ROW left COLUMN right END      ──flatten──>     left right          when each is one line
                                                    left, blank, right  otherwise
"""

import re
from collections import Counter
from collections.abc import Iterator
from typing import Final

from selectolax.lexbor import LexborHTMLParser, LexborNode

from searchq.errors import DocumentError
from searchq.limits import MAX_ATTRIBUTES, MAX_OPEN_ELEMENTS

__all__ = ["COLUMN", "END", "ROW", "RULE", "flatten", "html_to_text"]

RULE: Final = "_" * 8
ROW, COLUMN, END = "\x01", "\x02", "\x03"

_TAG: Final = re.compile(  # comments, and tags of those elements that stay open until closed
    r"<!--(?:-?>|.*?(?:-->|\Z))|<(/?)(?!(?:area|base|br|col|colgroup|dd|dt|embed|hr|img|input|li|link|meta|option|p|param"
    r"|source|tbody|td|tfoot|th|thead|tr|track|wbr)\b)([a-z][^\s/>]*)",
    re.IGNORECASE | re.DOTALL,
)
_LONG_TAG: Final = re.compile(rf"<[a-z][^<>]{{{2 * MAX_ATTRIBUTES},}}", re.IGNORECASE)
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
_CELLS: Final = frozenset({"td", "th"})

_SPACE: Final = re.compile(r"[ \t\n\r\f]+")
_EDGES: Final = re.compile(r" *\n *")
_BLANKS: Final = re.compile(r"\n{3,}")
_SPACES: Final = re.compile(" {2,}")
_MARK_EDGES: Final = re.compile(r"[ \n]*([\x01-\x03])[ \n]*")
_KEEP: Final = str.maketrans({" ": "\x04", "\n": "\x05"})  # preformatted white space, until the rest is collapsed
_KEPT: Final = str.maketrans({"\x04": " ", "\x05": "\n"})
_NO_MARKS: Final = str.maketrans(dict.fromkeys((ROW, COLUMN, END), " "))
_ROW: Final = re.compile(f"{ROW}([^{ROW}{END}]*){END}")


def html_to_text(html: str) -> str:
    """The visible text of a page, table columns between marks; markup that is broken is read as browsers do.

    Raises DocumentError when elements are open, or a tag has attributes, by the thousand: parsing takes the square.
    """
    if html.count("<") > MAX_OPEN_ELEMENTS and _depth(html) > MAX_OPEN_ELEMENTS:
        raise DocumentError(f"its markup has more than {MAX_OPEN_ELEMENTS} elements open")
    if any(len(tag.split()) > MAX_ATTRIBUTES for tag in _LONG_TAG.findall(html)):
        raise DocumentError(f"its markup has a tag of more than {MAX_ATTRIBUTES} attributes")
    root = LexborHTMLParser(_FORMATTING.sub(_PLAIN, html)).root
    text = "".join(_pieces(root)) if root is not None else ""
    text = _BLANKS.sub("\n\n", _EDGES.sub("\n", _SPACES.sub(" ", text)))
    return _MARK_EDGES.sub(_mark, text).translate(_KEPT).strip("\n") if text else text


def flatten(text: str) -> str:
    """Text without column marks: the cells of a row side by side, or below each other when one has several lines."""
    return _ROW.sub(_merge, text).translate(_NO_MARKS).strip("\n")


def _depth(html: str) -> int:
    """The most elements that are open at once; an end tag closes one of its own name."""
    opened: Counter[str] = Counter()
    depth = deepest = 0
    for end, name in _TAG.findall(html):
        if not end and name:
            opened[name.lower()] += 1
            depth += 1
            deepest = max(depth, deepest)
        elif opened[name.lower()]:
            opened[name.lower()] -= 1
            depth -= 1
    return deepest


def _merge(row: re.Match[str]) -> str:
    cells = [cell for cell in row[1].split(COLUMN) if cell]
    return ("\n\n" if "\n" in row[1] else " ").join(cells) + "\n"


def _mark(mark: re.Match[str]) -> str:
    return {ROW: "\n" + ROW, END: END + "\n"}.get(mark[1], mark[1])


def _pieces(root: LexborNode) -> Iterator[str]:
    """The text of a tree in reading order; a stack instead of recursion, since pages may nest without end."""
    stack: list[LexborNode | str] = [root]
    columned: set[int] = set()  # the rows that show columns
    while stack:
        node = stack.pop()
        if isinstance(node, str):
            yield node
            continue
        tag = node.tag or ""
        if tag == "-text":
            yield _text(node)
        elif tag == "br":
            yield "\n"
        elif tag == "hr":
            yield f"\n{RULE}\n"
        elif tag not in _SILENT:
            if tag == "tr" and _is_columned(node):
                columned.add(node.mem_id)
            before, after = _around(node, tag, columned)
            yield before
            stack.append(after)
            stack.extend(reversed(list(node.iter(include_text=True))))


def _text(node: LexborNode) -> str:
    content = node.text_content or ""
    parent = node.parent
    if parent is not None and parent.tag == "pre":
        return content.translate(_KEEP)
    return _SPACE.sub(" ", content)


def _around(node: LexborNode, tag: str, columned: set[int]) -> tuple[str, str]:
    """What stands before and after the content of an element."""
    if tag in _BLOCKS:
        return "\n\n", "\n\n"
    if tag in _CELLS:
        return "", (COLUMN if node.parent is not None and node.parent.mem_id in columned else "\n\n")
    if node.mem_id in columned:
        return ROW, END
    return ("\n", "\n") if tag in _LINES else ("", "")


def _is_columned(row: LexborNode) -> bool:
    """Whether a table row shows two texts beside each other, rather than framing a page as old sites do."""
    return sum(cell.tag in _CELLS for cell in row.iter()) > 1 and row.css_first("table") is None

"""Signs that a browser shows though they stand in no text of a page: raised figures, and the numbers of list items.

Without them `312<sup>1</sup>` would read 3121, and an answer could name a point that nobody sees.
"""

import re
from typing import Final

from selectolax.lexbor import LexborNode

from searchq.documents.page_content import is_link

__all__ = ["NUMBER", "ItemNumbers", "drop_numbers", "raise_figures", "show_numbers"]

_RAISED: Final = re.compile(
    r"<sup(?:\s[^<>]{0,200})?>(?P<open>(?:<[^<>]{1,300}>){0,3})\s?(?P<figures>[0-9+−,–-]{1,8})\s?"
    r"(?P<close>(?:</[a-z0-9]{1,10}\s?>){0,3})</sup\s?>",
    re.IGNORECASE,
)
_FIGURES: Final = str.maketrans("0123456789+-−–", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁻")
NUMBER: Final = "\x07"  # around the number of an item, until it is known whether it stands in a text
_MARKED: Final = re.compile(f"{NUMBER}([^{NUMBER}]*){NUMBER}\\s*")
_DIGITS: Final = re.compile(r"\s*([0-9]{1,4})\s*")
_UNNUMBERED: Final = re.compile(r"list-style(?:-type)?\s*:[^;]*none", re.IGNORECASE)
_ROMAN: Final = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii", "xiii", "xiv", "xv")
_LETTERS: Final = tuple("abcdefghijklmnopqrstuvwxyz")
_KINDS: Final = {"a": _LETTERS, "A": _LETTERS, "i": _ROMAN, "I": _ROMAN}


def raise_figures(html: str) -> str:
    """Markup with the figures of `<sup>` as raised ones."""
    if "<sup" not in html and "<SUP" not in html:
        return html
    return _RAISED.sub(lambda found: found["open"] + found["figures"].translate(_FIGURES) + found["close"], html)


def show_numbers(text: str) -> str:
    """Text with the numbers of its items, each before what it numbers."""
    return _MARKED.sub(r"\1 ", text)


def drop_numbers(text: str) -> str:
    """Text without the numbers of its items."""
    return _MARKED.sub("", text)


class ItemNumbers:
    """The numbers of the items of ordered lists, asked for in reading order."""

    def __init__(self) -> None:
        self._next: dict[int, int] = {}

    def mark(self, item: LexborNode) -> str:
        """The number of an item, marked; nothing for one that shows none, or is a link in a path."""
        above = item.parent
        if above is None or above.tag != "ol" or _UNNUMBERED.search(above.attributes.get("style") or ""):
            return ""
        number = _figure(item, "value") or self._next.get(above.mem_id) or _figure(above, "start") or 1
        self._next[above.mem_id] = number + 1
        if any(is_link(inner, inner.tag or "") for inner in item.iter()):
            return ""
        return f"{NUMBER}{_shown(number, above.attributes.get('type') or '')}.{NUMBER}"


def _figure(node: LexborNode, name: str) -> int | None:
    found = _DIGITS.fullmatch(node.attributes.get(name) or "")
    return int(found[1]) if found else None


def _shown(number: int, kind: str) -> str:
    signs = _KINDS.get(kind, ())
    if not 0 < number <= len(signs):
        return str(number)
    return signs[number - 1].upper() if kind.isupper() else signs[number - 1]

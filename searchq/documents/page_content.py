"""Which part of a saved page is its content: menus, footers, cookie texts and forms around it are not.

Told by structure: elements made for such things (`nav`, `footer`, `aside`), their roles, ids and classes, and what is
hidden. None of them is passed over when it holds the heading of a question or an answer. What remains ends with the
element, larger than a paragraph, that holds all headings of the page and a text after the last:

    <body> … <div id="page"> top … heading … answer heading, answer </div>  whatever follows is not read  </body>
"""

import re
from typing import Final

from selectolax.lexbor import LexborNode

__all__ = ["ContentEnd", "is_aside", "is_link", "protected"]

_HOUSE: Final = r"\s*+(?:- ?)?(?:SENAAT |S.{1,2}NAT )?"
_HEADING: Final = re.compile(
    _HOUSE
    + r"(?:(?:schriftelijke )?vraag nr\.|question(?: .{1,2}crite)? n.{1,3} ?[0-9])[^:\n]{1,200}(?: d\.d\. | du [0-9])"
    r"|\s*+(?:antwoord(?: ontvangen op| ?:)|r.{1,2}ponse(?: re.{1,2}ue le| ?:))",
    re.IGNORECASE,
)
_ANCHOR: Final = re.compile(
    rf"{_HOUSE}(?:schriftelijke vraag nr\.|question .{{1,2}}crite n)|(?:{_HEADING.pattern})", re.IGNORECASE
)
_ASIDES: Final = frozenset({"nav", "footer", "aside", "dialog", "form", "search"})
_ROLES: Final = frozenset(
    "navigation contentinfo complementary search dialog alertdialog banner menu menubar toolbar".split()  # noqa: SIM905
)
_NEVER: Final = frozenset({"html", "body", "main", "article"})
_NAMED: Final = frozenset("div section header table tbody tr td th ul ol li dl p center fieldset menu".split())  # noqa: SIM905
_PARAGRAPHS: Final = frozenset("p b i u em strong font span abbr big small h1 h2 h3 h4 h5 h6 dt li".split())  # noqa: SIM905
_NAMES: Final = re.compile(
    r"(?<![a-z])(?<!no-)(?<!has-)(?<!with-)(?<!without-)(?:cookie\w*|consent|gdpr|\w*footer\w*|voettekst|pied(?:-de-page)?"
    r"|nav|navbar|navig\w*|\w*menu|breadcrumbs?|kruimel\w*|sidebar\w*|zijbalk|share|sharing|share-?bar|social\w*|partage"
    r"|skip\w*|toolbar|pager|paging|pagination|login|newsletter|nieuwsbrief|popup|copyright|disclaimer|sitemap"
    r"|no-?print|d-print-none|advert\w*|taalkeuze|lang(?:uage)?-?switch\w*"
    r"|(?:search|zoek|recherche)-?(?:form|box|bar|field|formulier|balk|veld|vak)|zoeken|related|gerelateerd)(?![a-z])",
    re.IGNORECASE,
)
_CAPITAL: Final = re.compile("(?<=[a-z])(?=[A-Z])")
_NOT_SHOWN: Final = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_DOCUMENT: Final = re.compile(r"\.(?:pdf|docx?|xlsx?|odt|ods|rtf|csv|zip)\b", re.IGNORECASE)
_LINK_DEPTH: Final = 4  # elements between a link and its text
_BEYOND: Final = re.compile(r"[\n\x03][\s\x01-\x0f]*[^\s_\x01-\x0f]")  # another line or row with a text


def protected(root: LexborNode) -> set[int]:
    """The elements (by mem_id) that hold the heading of a question or an answer."""
    held: set[int] = set()
    for node in root.traverse(include_text=True):
        if node.tag == "-text" and _HEADING.match(node.text_content or "") and not _in_link(node):
            above = node.parent
            while above is not None and above.mem_id not in held:
                held.add(above.mem_id)
                above = above.parent
    return held


def is_aside(node: LexborNode, tag: str) -> bool:
    """Whether an element is made for what stands around the content of pages, or is not shown."""
    if tag in _ASIDES:
        return True
    attributes = node.attributes
    if not attributes or tag in _NEVER:
        return False
    if "hidden" in attributes or attributes.get("aria-hidden") == "true":
        return True
    if (style := attributes.get("style")) and _NOT_SHOWN.search(style):
        return True
    if (attributes.get("role") or "").lower() in _ROLES:
        return True
    names = f"{attributes.get('id') or ''} {attributes.get('class') or ''}" if tag in _NAMED else " "
    return names != " " and _NAMES.search(_CAPITAL.sub("-", names)) is not None


def is_link(node: LexborNode, tag: str) -> bool:
    """Whether an element is a link to a page, rather than to a document that belongs to the answer."""
    if tag not in ("a", "abbr"):  # formatting, `a` among it, is read as `abbr`
        return False
    address = node.attributes.get("href")
    return address is not None and _DOCUMENT.search(address) is None


class ContentEnd:
    """Watches a page while it is read, and knows afterwards at which piece of it the content ends."""

    def __init__(self) -> None:
        self._ends: dict[int, int | None] = {}  # elements around the first heading: the piece at which they end
        self._last: LexborNode | None = None
        self._piece = 0

    def text(self, node: LexborNode, content: str, piece: int) -> None:
        """Note a text, and the number of pieces before it."""
        if not _ANCHOR.match(content) or _in_link(node):
            return
        if self._last is None:
            self._ends = dict.fromkeys((above.mem_id for above in _above(node)), None)
        self._last, self._piece = node, piece

    def closed(self, element: int, piece: int) -> None:
        """Note the end of an element."""
        if element in self._ends:
            self._ends[element] = piece

    def find(self, pieces: list[str]) -> int:
        """The number of pieces that are content, or precede it."""
        if self._last is not None and (needed := self._needed(pieces)):
            for above in _above(self._last):
                if above.tag not in _PARAGRAPHS and (end := self._ends.get(above.mem_id)) is not None and end >= needed:
                    return end
        return len(pieces)

    def _needed(self, pieces: list[str]) -> int | None:
        """The least number of pieces with a text below the last heading; None where there is none."""
        after = self._piece + 1
        below = _BEYOND.search("".join(pieces[after:]))
        if below is None:
            return None
        left = below.end()
        while left > 0:
            left -= len(pieces[after])
            after += 1
        return after


def _above(node: LexborNode) -> list[LexborNode]:
    """The elements around a node, the innermost first."""
    found: list[LexborNode] = []
    above = node.parent
    while above is not None:
        found.append(above)
        above = above.parent
    return found


def _in_link(node: LexborNode) -> bool:
    above = node.parent
    for _ in range(_LINK_DEPTH):
        if above is None:
            return False
        if is_link(above, above.tag or ""):
            return True
        above = above.parent
    return False

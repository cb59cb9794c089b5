"""Markup that a parser takes the square of its length for, told from its tokens before the tree is made.

Tokens are those of the HTML standard: what stands in a quoted value, a comment or a script opens and closes nothing.
The tree may be deeper than they tell, since some end tags close nothing; what passes here and costs too much is ended
with its process (`watched`).
"""

import re
from collections import Counter
from collections.abc import Iterator
from typing import Final

from searchq.errors import DocumentError
from searchq.limits import MAX_ATTRIBUTES, MAX_OPEN_ELEMENTS

__all__ = ["check_markup"]

_VALUE: Final = r"""(?:"[^"]*+"?|'[^']*+'?|[^ \t\n\f\r>"'][^ \t\n\f\r>]*+)"""
_ATTRIBUTE: Final = rf"(?:=[^ \t\n\f\r/>=]*+|[^ \t\n\f\r/>=]++)(?:[ \t\n\f\r]*+=[ \t\n\f\r]*+{_VALUE}?+)?+"
_ATTRIBUTES: Final = re.compile(_ATTRIBUTE)
_TOKEN: Final = re.compile(  # a comment, or a tag
    r"<(?:!--(?:-?>|.*?(?:--!?>|\Z))|[!?][^>]*+|/(?![a-z])[^>]*+"
    rf"|(?P<end>/?)(?P<name>[a-z][^ \t\n\f\r/>]*+)(?P<attributes>(?:[ \t\n\f\r/]++|{_ATTRIBUTE})*+))",
    re.IGNORECASE | re.DOTALL,
)
_RAW: Final = {  # elements whose content is no markup, by their end
    name: re.compile(rf"</{name}(?=[ \t\n\f\r/>])", re.IGNORECASE)
    for name in ("script", "style", "textarea", "title", "xmp", "iframe", "noembed", "noframes")
}
_SHORT_LIVED: Final = frozenset(  # closed by themselves, or by the next of their kind
    """
    area base br col colgroup dd dt embed hr img input li link meta option p param source tbody td tfoot th thead tr
    track wbr
    """.split()  # noqa: SIM905  # a list of words reads best as words
)
_LONG_TAG: Final = re.compile(rf"<[a-z][^<>]{{{2 * MAX_ATTRIBUTES},}}", re.IGNORECASE)
_QUOTED_MARK: Final = re.compile(r"""=[ \t\n\f\r]*+(?:"[^"<>]*+[<>]|'[^'<>]*+[<>])""")  # < or > in a value


def check_markup(html: str) -> None:
    """Raise DocumentError when elements are open, or a tag has attributes, by the thousand.

    A page of few tags, none of them long, is known to be harmless without being read.
    """
    long = len(html) > 2 * MAX_ATTRIBUTES and (_LONG_TAG.search(html) or _QUOTED_MARK.search(html))
    if long or html.count("<") > MAX_OPEN_ELEMENTS:
        _check_tags(html)


def _check_tags(html: str) -> None:
    opened: Counter[str] = Counter()
    depth = 0
    for is_end, name, attributes in _tags(html):
        if len(attributes) > 2 * MAX_ATTRIBUTES - 1 and len(_ATTRIBUTES.findall(attributes)) > MAX_ATTRIBUTES:
            raise DocumentError(f"its markup has a tag of more than {MAX_ATTRIBUTES} attributes")
        if name in _SHORT_LIVED:
            continue
        if not is_end:
            opened[name] += 1
            depth += 1
        elif opened[name]:
            opened[name] -= 1
            depth -= 1
        if depth > MAX_OPEN_ELEMENTS:
            raise DocumentError(f"its markup has more than {MAX_OPEN_ELEMENTS} elements open")


def _tags(html: str) -> Iterator[tuple[bool, str, str]]:
    """Each tag: whether it ends an element, its name in small letters, its attributes."""
    at = 0
    while token := _TOKEN.search(html, at):
        at = token.end()
        if name := (token["name"] or "").lower():
            yield bool(token["end"]), name, token["attributes"]
            if name in _RAW and not token["end"]:
                end = _RAW[name].search(html, at)
                at = end.start() if end else len(html)

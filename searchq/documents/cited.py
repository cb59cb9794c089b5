"""What a running text cites, before it is told in which text: a place, a kind, and what is known of it."""

import re
from typing import Final, NamedTuple

from searchq.question import CitationKind, House

__all__ = ["CARRIES_ON", "MARK", "Cited", "carries_on"]

MARK: Final = r"(?:n(?:rs?|os?)?\.|n[rs]|n[°ºo]s?\.?|nummers?|num[eé]ros?)"
CARRIES_ON: Final = re.compile(
    r"(?:\s*[,;&]|\s+(?:en\s+met|en|et|of|ou|tot|à|t\.?e\.?m\.)(?=\s))+\s+(?:(?:de|van|du)\s+)?"
    rf"(?:{MARK}\s*)?",
    re.IGNORECASE,
)
_MAX_LINK: Final = 20  # characters between two items of a list


class Cited(NamedTuple):
    """A citation within one text, before its place is named."""

    start: int
    end: int
    kind: CitationKind
    house: House | None = None
    number: str | None = None
    url: str | None = None


def carries_on(text: str, at: int, last: Cited) -> bool:
    """Whether only a comma, "en" or the like stands between a citation and a number."""
    return at - last.end <= _MAX_LINK and CARRIES_ON.fullmatch(text, last.end, at) is not None

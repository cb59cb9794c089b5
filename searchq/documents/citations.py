"""References in running text: questions of both houses, laws, web addresses.

    schriftelijke vraag nr. 5-2, vraag 4-6120          a written question; demande d'explications n° 7-475: an oral one
    nr. 51-1235, Kamer                                 the house tells that it is a question's number
    wet van 12 januari 2007, richtlijn 2004/38/EG      a law, without the number of its article
    https://www.example.be/nota, www.example.be        a web address

One scan finds digits that may end a citation; the words before them decide.
"""

import bisect
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from searchq.documents.cited import Cited
from searchq.documents.cited_questions import cited_question
from searchq.documents.laws import dated_law, union_law
from searchq.documents.web_addresses import find_addresses
from searchq.legislatures import NEWEST, in_senate
from searchq.question import Citation, CitedText, FrenchText

__all__ = ["find_citations"]

_MAX_DATE_BEGINNING: Final = 20  # characters of a date before its year

_MONTH_ENDS: Final = frozenset(
    "ari art ril mei uni uli tus ber ier ars mai uin let out oût ôut bre".split()  # noqa: SIM905  # short words read best so
)
_SHAPES: Final = bytes(  # of Latin-1: a digit as 0, a dash, what Latin-1 lacks as one, all else as a full stop
    48 if 48 <= code <= 57 else 45 if code in b"-/?" else 46 for code in range(256)
)
_DASHED: Final = re.compile(rb"0-0")
_YEAR: Final = re.compile(rb"0000(?<!00000)(?!0)")
_BEGINNING: Final = re.compile(
    r"[0-9](?<!\w[0-9])(?:(?<!\w[-‑–/.,][0-9])|(?<=\bnr\.[0-9]))[0-9]{0,3}(?:(?:er)?[ \xa0]{1,2}[^\W\d_]{3,10}\.?)?\Z"
)


def find_citations(
    own: str, question: str | None, answer: str | None, french: FrenchText | None = None
) -> tuple[Citation, ...]:
    """What the running texts of the question with the number `own` cite, in their order; `own` itself is left out."""
    newest = _legislature(own)
    texts: tuple[tuple[CitedText, str | None], ...] = (
        ("question", question),
        ("answer", answer),
        ("french.question", french.question if french else None),
        ("french.answer", french.answer if french else None),
    )
    found = [Citation(name, *one) for name, text in texts if text for one in _find(text, newest) if one.number != own]
    return tuple(found)


def _legislature(own: str) -> int:
    """The legislature of a number, as the Senate counts: a text names no question of a later one."""
    legislature = own.partition("-")[0]
    return in_senate(int(legislature)) if legislature.isdecimal() else NEWEST


def _find(text: str, newest: int) -> list[Cited]:
    """The citations of one text, ascending and disjoint; no question is of a legislature after the newest."""
    anchors = _anchors(text)
    addresses = find_addresses(text)
    if not addresses:
        return list(_numbered(text, anchors, newest)) if anchors else []
    return sorted([*addresses, *_numbered(text, _outside(anchors, addresses), newest)])


def _outside(places: Iterable[int], addresses: Sequence[Cited]) -> list[int]:
    """The places that stand in no address."""
    starts = [one.start for one in addresses]
    before = ((at, bisect.bisect_right(starts, at)) for at in places)
    return [at for at, count in before if not count or at >= addresses[count - 1].end]


def _numbered(text: str, anchors: Iterable[int], newest: int) -> Iterator[Cited]:
    """The questions and laws of a text, whose numbers and dates begin at the anchors."""
    last: Cited | None = None
    for at in anchors:
        found = cited_question(text, at, last, newest) or dated_law(text, at, last) or union_law(text, at)
        if found:
            yield found
            last = found


def _anchors(text: str) -> list[int]:
    """Where a number or a date may begin: found by what stands within it, quicker than by its first digit."""
    begun = (_BEGINNING.search(text, max(0, at - _MAX_DATE_BEGINNING), at) for at in _inner(text))
    return sorted({beginning.start() for beginning in begun if beginning})


def _inner(text: str) -> Iterator[int]:
    """The dashes between digits, and the blanks between a month and its year, found in the shapes of the text."""
    shapes = text.encode("latin-1", "replace").translate(_SHAPES)
    for dashed in _DASHED.finditer(shapes):
        if text[dashed.start() + 1] in "-‑–/":
            yield dashed.start() + 1
    for year in _YEAR.finditer(shapes):
        at = year.start() - 1
        if at > 2 and text[at] in " \xa0" and text[at - 3 : at] in _MONTH_ENDS:
            yield at

"""References in running text: questions of both houses, laws, web addresses.

    schriftelijke vraag nr. 5-2, vraag 4-6120          a written question; demande d'explications n° 7-475: an oral one
    nr. 51-1235, Kamer                                 the house tells that it is a question's number
    vragen nrs. 5-1, 5-2 en 5-3                        each number after the first carries on its kind
    wet van 12 januari 2007, richtlijn 2004/38/EG      a law, without the number of its article
    https://www.example.be/nota, www.example.be        a web address

Most digits of a text cite nothing (`5-10 jaar`, `2010-2011`, `stuk nr. 5-1053/1`, `Vragen en Antwoorden nr. 3-49`): a
number counts only where the words before it say what it is. One scan finds digits that may end a citation; the words
before them decide.
"""

import bisect
import re
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from searchq.documents.cited import CARRIES_ON, MARK, Cited, carries_on
from searchq.documents.laws import dated_law, union_law
from searchq.documents.web_addresses import find_addresses
from searchq.legislatures import house_of
from searchq.question import Citation, CitationKind, CitedText, FrenchText, House

__all__ = ["find_citations"]

_BEFORE: Final = 110  # characters before a number that may say what it is
_MAX_DATE_BEGINNING: Final = 20  # characters of a date before its year
_LAST_OF_SENATE: Final = 20  # legislatures; those of the Chamber are far beyond
_LAST_WITH_PARTS: Final = 2  # legislature in which the Senate had numbers as 2-1535/1
_MIN_BARE_SERIAL: Final = 100  # "vraag 1-4" are points of a question, "vraag 4-6120" is a question

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
_NUMBER: Final = re.compile(r"([0-9]{1,2})[-‑–]([0-9]{1,6})(/[0-9]{1,3})?(?![0-9]|[-‑–/.,][0-9]|[A-Za-z%€])")
_MARKED: Final = re.compile(rf"\b{MARK}\s*\Z", re.IGNORECASE)
_SPOKEN: Final = (
    r"(?:mondelinge|actuele)\s+(?:parlementaire\s+)?vra(?:ag|gen)|vra(?:ag|gen)\s+om\s+uitleg"
    r"|demandes?\s+d['’]explications?|questions?\s+(?:orales?|d['’]actualité)"
)
_WRITTEN: Final = (
    r"(?:schriftelijke|parlementaire)\s+(?:parlementaire\s+)?vra(?:ag|gen)|questions?\s+(?:parlementaires?\s+)?écrites?"
    r"|questions?\s+parlementaires?"
)
_QUESTION: Final = re.compile(
    rf"\b(?:(?P<spoken>{_SPOKEN})|(?P<written>{_WRITTEN})|(?P<plain>vra(?:ag|gen)|questions?))\b", re.IGNORECASE
)
_OTHER_PAPER: Final = re.compile(
    r"\b(?:stuk(?:ken)?|doc(?:uments?|umenten)?|st|parl|bulletins?|antwoorden|réponses|handelingen|annales|dossiers?"
    r"|\w*ontwerp|\w*voorstel|projets?|propositions?|amendement\w*|resoluties?|résolutions?|verslag|rapport|blz|p"
    r"|\w*wet|besluit|loi|arrêté|artikel|article|art|punt(?:en)?|points?|COM|PLEN|CRI[VO]?)\b",
    re.IGNORECASE,
)
_SENTENCE_END: Final = re.compile(r"[?!;]|\.\s+(?=[A-ZÀ-Þ]\w{3})|\n\s*\n")
_SAID_HOUSE: Final = re.compile(r"\s?,?\s?\(?(?:van\s+de\s+|de\s+la\s+|du\s+)?\b(kamer|senaat|chambre|sénat)\b\)?",
                                re.IGNORECASE)  # fmt: skip
_AMOUNT: Final = re.compile(
    r"\s*(?:%|€|jaar|jaren|jarigen?|dag|dagen|week|weken|maand|maanden|uur|uren|minuten|procent|euro|keer|maal|personen"
    r"|mensen|leden|km|kg|m[²2]?|ans?|années|jours?|semaines?|mois|heures?|minutes|pour|fois|personnes)\b",
    re.IGNORECASE,
)


def find_citations(
    own: str, question: str | None, answer: str | None, french: FrenchText | None = None
) -> tuple[Citation, ...]:
    """What the running texts of the question with the number `own` cite, in their order; `own` itself is left out."""
    texts: tuple[tuple[CitedText, str | None], ...] = (
        ("question", question),
        ("answer", answer),
        ("french.question", french.question if french else None),
        ("french.answer", french.answer if french else None),
    )
    found = [Citation(name, *one) for name, text in texts if text for one in _find(text) if one.number != own]
    return tuple(found)


def _find(text: str) -> list[Cited]:
    """The citations of one text, ascending and disjoint."""
    anchors = _anchors(text)
    addresses = find_addresses(text)
    if not addresses:
        return list(_numbered(text, anchors)) if anchors else []
    return sorted([*addresses, *_numbered(text, _outside(anchors, addresses))])


def _outside(places: Iterable[int], addresses: Sequence[Cited]) -> list[int]:
    """The places that stand in no address."""
    starts = [one.start for one in addresses]
    before = ((at, bisect.bisect_right(starts, at)) for at in places)
    return [at for at, count in before if not count or at >= addresses[count - 1].end]


def _numbered(text: str, anchors: Iterable[int]) -> Iterator[Cited]:
    """The questions and laws of a text, whose numbers and dates begin at the anchors."""
    last: Cited | None = None
    for at in anchors:
        found = _question(text, at, last) or dated_law(text, at, last) or union_law(text, at)
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


def _question(text: str, at: int, last: Cited | None) -> Cited | None:
    number = _NUMBER.match(text, at)
    if number is None:
        return None
    house = _house(number)
    said = _SAID_HOUSE.match(text, number.end())
    if house is None or (said and (said[1].lower() in ("kamer", "chambre")) != (house == "chamber")):
        return None
    end = said.end() if said and "(" not in said[0] else number.end()
    start_kind = _carried(text, number, last) or _named(text, number, said is not None)
    if start_kind is None:
        return None
    start, kind = start_kind
    return Cited(start, end, kind, house, f"{int(number[1])}-{int(number[2])}{number[3] or ''}")


def _house(number: re.Match[str]) -> House | None:
    """The house that counts so; a sub-number is of the Senate's first two legislatures, else of another paper."""
    legislature, serial, sub = int(number[1]), int(number[2]), number[3]
    house = house_of(legislature)
    if not legislature or not serial or (sub and legislature > _LAST_WITH_PARTS):
        return None
    return None if house == "senate" and legislature > _LAST_OF_SENATE else house


def _carried(text: str, number: re.Match[str], last: Cited | None) -> tuple[int, CitationKind] | None:
    """A number that goes on a list of questions: its start, and the kind of those before."""
    at = number.start()
    if last is None or last.kind not in ("written-question", "oral-question") or not carries_on(text, at, last):
        return None
    return None if _AMOUNT.match(text, number.end()) else (at, last.kind)


def _named(text: str, number: re.Match[str], in_house: bool) -> tuple[int, CitationKind] | None:
    """A number that the words before it call a question: where those words begin, and the kind.

    Words may stand between them ("vraag van senator X nr. 6-491") but no other paper and no end of a sentence.
    """
    first = max(0, number.start() - _BEFORE)
    before = text[first : number.start()]
    mark = _MARKED.search(before)
    stem = before[: mark.start()] if mark else before
    words = _last(_QUESTION.finditer(stem))
    if words and not stem[words.end() :].strip(" (\n\xa0"):
        return (first + words.start(), _kind(words)) if _is_question(text, words, number, mark) else None
    *ended, gap = _SENTENCE_END.split(stem[words.end() :] if words else stem)
    words = None if ended else words
    if mark is None or not (words or in_house) or _OTHER_PAPER.search(gap):
        return None
    return first + mark.start(), _kind(words) if words else "written-question"


def _is_question(text: str, words: re.Match[str], number: re.Match[str], mark: re.Match[str] | None) -> bool:
    """Whether a number right after "vraag" is one: not points ("vragen nrs. 1-4"), nor an amount."""
    plural = words[0].lower().endswith(("vragen", "s"))
    low = int(number[2]) < _MIN_BARE_SERIAL
    if mark:
        return not (plural and low and words["plain"] and not CARRIES_ON.match(text, number.end()))
    if _AMOUNT.match(text, number.end()) or int(number[1]) > _LAST_OF_SENATE:
        return False
    return not (words["plain"] and low)


def _last(found: Iterable[re.Match[str]]) -> re.Match[str] | None:
    return next(iter(deque(found, maxlen=1)), None)


def _kind(words: re.Match[str]) -> CitationKind:
    return "oral-question" if words["spoken"] else "written-question"

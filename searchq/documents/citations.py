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
from itertools import chain
from typing import Final, NamedTuple

from searchq.documents.dates import parse_date
from searchq.documents.senate.stripped import number_in_address
from searchq.legislatures import house_of
from searchq.question import Citation, CitationKind, CitedText, FrenchText, House

__all__ = ["find_citations"]

_BEFORE: Final = 110  # characters before a number that may say what it is
_MAX_LAW_GAP: Final = 64  # characters between the name of a law and its date or number
_MAX_LINK: Final = 20  # characters between two items of a list
_MAX_DATE_BEGINNING: Final = 20  # characters of a date before its year
_LAST_OF_SENATE: Final = 20  # legislatures; those of the Chamber are far beyond
_LAST_WITH_PARTS: Final = 2  # legislature in which the Senate had numbers as 2-1535/1
_MIN_BARE_SERIAL: Final = 100  # "vraag 1-4" are points of a question, "vraag 4-6120" is a question

_MONTH_ENDS: Final = "ari|art|ril|mei|uni|uli|tus|ber|ier|ars|mai|uin|let|out|oût|ôut|bre"
_INNER: Final = tuple(  # what stands within each number, path and date; each begins with one character, found quickly
    re.compile(pattern)
    for pattern in (
        *(rf"{dash}(?<=[0-9]{dash})[0-9]" for dash in "-‑–/"),
        *(rf"{blank}(?:20|19|18)[0-9](?<=(?:{_MONTH_ENDS}){blank}[0-9]{{3}})" for blank in " \xa0"),
    )
)
_BEGINNING: Final = re.compile(
    r"[0-9](?<!\w[0-9])(?<!\w[-‑–/.,][0-9])[0-9]{0,3}(?:(?:er)?[ \xa0]{1,2}[^\W\d_]{3,10}\.?)?\Z"
)
_NUMBER: Final = re.compile(r"([0-9]{1,2})[-‑–]([0-9]{1,6})(/[0-9]{1,3})?(?![0-9]|[-‑–/.,][0-9]|[A-Za-z%€])")
_DATE: Final = re.compile(r"[0-9]{1,2}(?:er)?[ \xa0]+[^\W\d_]+\.?[ \xa0]+[0-9]{4}(?![0-9])"
                          r"|[0-9]{1,2}([/.])[0-9]{1,2}\1[0-9]{4}(?![0-9])")  # fmt: skip
_UNION_NUMBER: Final = re.compile(
    r"[0-9]{1,4}/[0-9]{1,4}(?:/(?:EG|EU|EEG|CE|UE|CEE|JBZ|JAI|GBVB|PESC|Euratom)\b)?(?![0-9/-])"
)
_REST: Final = r"[^\s<>\"“”„‘’«»\[\]{}|\\^`]{1,2000}"
_ADDRESSES: Final = (  # each begins with plain letters, found quickly
    re.compile(rf"://(?<=[htps]{{4}}://){_REST}"),
    re.compile(rf"www\.(?<![\w@./-]www\.){_REST}"),
)
_PUNCTUATION: Final = ".,;:!?'*_…"
_SCHEME: Final = re.compile(r"(?<![\w@.-])https?\Z")
_HOST: Final = re.compile(r"(?:https?://)?[\w-]+(?:\.[\w-]+)+(?::[0-9]+)?(?=[/?#]|\Z)")

_MARK: Final = r"(?:n(?:rs?|os?)?\.|n[rs]|n[°ºo]s?\.?|nummers?|num[eé]ros?)"
_MARKED: Final = re.compile(rf"\b{_MARK}\s*\Z", re.IGNORECASE)
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
_CARRIES_ON: Final = re.compile(
    r"(?:\s*[,;&]|\s+(?:en\s+met|en|et|of|ou|tot|à|t\.?e\.?m\.)(?=\s))+\s+(?:(?:de|van|du)\s+)?"
    rf"(?:{_MARK}\s*)?",
    re.IGNORECASE,
)
_SAID_HOUSE: Final = re.compile(r"\s?,?\s?\(?(?:van\s+de\s+|de\s+la\s+|du\s+)?\b(kamer|senaat|chambre|sénat)\b\)?",
                                re.IGNORECASE)  # fmt: skip
_AMOUNT: Final = re.compile(
    r"\s*(?:%|€|jaar|jaren|jarigen?|dag|dagen|week|weken|maand|maanden|uur|uren|minuten|procent|euro|keer|maal|personen"
    r"|mensen|leden|km|kg|m[²2]?|ans?|années|jours?|semaines?|mois|heures?|minutes|pour|fois|personnes)\b",
    re.IGNORECASE,
)
_OF: Final = frozenset({"van", "d.d.", "dd.", "du"})  # between a law and its date
_LAW_ENDS: Final = (
    *("wet", "wetten", "decreet", "decreten", "ordonnantie", "ordonnanties", "besluit", "besluiten", "regering"),
    *(
        "loi",
        "lois",
        "décret",
        "décrets",
        "ordonnance",
        "ordonnances",
        "royal",
        "royaux",
        "ministériel",
        "ministériels",
    ),
    *("programme", "cadre", "spéciale", "organique", "ordinaire", "coordonnée", "coordonnées", "flamand", "wallon"),
    *("b", "b.", "r", "r.", "m", "m.", "’s", "'s", ")", *"0123456789"),
)  # of the word before that: a quick look, before the pattern tells
_LAW: Final = re.compile(
    r"\b"
    r"(?:\w*wet(?:ten)?(?:\s\([IVX]+\))?|decreet|decreten|(?:bijzonder\s)?ordonnanties?"
    r"|(?:koninklijke?|ministeri(?:eel|[eë]le))\s+besluit(?:en)?|regents?besluit|[KM]\.?B\.?(?:['’]s)?"
    r"|besluit(?:en)?\s+van\s+de\s+(?:[\w-]+\s+){1,3}regering"
    r"|(?:lois?|décrets?|ordonnances?)(?:[ -](?:programme|cadre|spéciale|organique|ordinaire|coordonnées?|\([IVX]+\)))*"
    r"|arrêtés?\s+(?:royal|royaux|ministériels?)|arrêtés?\s+du\s+gouvernement(?:\s+[\w-]+){1,3}|A\.?[RM]\.?)"
    r"(?:\s+(?:nr\.?|n[°º])\s*(?P<number>[0-9]{1,4}))?\s+(?:van|d\.?d\.|du)\s\Z",
    re.IGNORECASE,
)
_BILL: Final = re.compile(r"(?:ontwerp|voorstel|projets?|propositions?)\s(?:van|de)\s\Z", re.IGNORECASE)
_UNION_LAW: Final = re.compile(
    r"\b(?:(?:kader)?richtlijn(?:en)?|\w*verordening(?:en)?|(?:kader)?besluit|directives?(?:-cadre)?|règlements?"
    r"|décisions?(?:-cadre)?)(?:\s+(?:van\s+de\s+raad|du\s+conseil))?"
    r"(?:\s*\((?:EG|EU|EEG|CE|UE|CEE|Euratom)(?:,\s*Euratom)?\))?\s*(?:(?:nr\.?|n[°º])\s*)?\Z",
    re.IGNORECASE,
)


class _Found(NamedTuple):
    """A citation within one text, before its place is named."""

    start: int
    end: int
    kind: CitationKind
    house: House | None = None
    number: str | None = None
    url: str | None = None


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


def _find(text: str) -> list[_Found]:
    """The citations of one text, ascending and disjoint."""
    anchors = _anchors(text)
    addresses = _disjoint(sorted(_addresses(text))) if "www." in text or "://" in text else []
    if not addresses:
        return list(_numbered(text, anchors)) if anchors else []
    return sorted([*addresses, *_numbered(text, _outside(anchors, addresses))])


def _disjoint(found: Iterable[_Found]) -> list[_Found]:
    """Those that do not begin within the one before: an address may hold another."""
    kept: list[_Found] = []
    for one in found:
        if not kept or one.start >= kept[-1].end:
            kept.append(one)
    return kept


def _outside(places: Iterable[int], addresses: Sequence[_Found]) -> list[int]:
    """The places that stand in no address."""
    starts = [one.start for one in addresses]
    before = ((at, bisect.bisect_right(starts, at)) for at in places)
    return [at for at, count in before if not count or at >= addresses[count - 1].end]


def _addresses(text: str) -> Iterator[_Found]:
    for match in chain.from_iterable(pattern.finditer(text) for pattern in _ADDRESSES):
        scheme = _SCHEME.search(text, max(0, match.start() - 6), match.start())
        start = scheme.start() if scheme else match.start()
        address = _without_punctuation(text[start : match.end()])
        if _HOST.match(address):
            url = address if scheme else f"http://{address}"
            number = number_in_address(address) if "MIval=" in address else None
            house: House | None = "senate" if number else None
            yield _Found(start, start + len(address), "address", house, number, url)


def _without_punctuation(address: str) -> str:
    """The address without the marks of the sentence that it stands in; brackets of its own stay."""
    address = address.rstrip(_PUNCTUATION)
    while address.endswith(")") and address.count("(") < address.count(")"):
        address = address[:-1].rstrip(_PUNCTUATION)
    return address


def _numbered(text: str, anchors: Iterable[int]) -> Iterator[_Found]:
    """The questions and laws of a text, whose numbers and dates begin at the anchors."""
    last: _Found | None = None
    for at in anchors:
        found = _question(text, at, last) or _dated_law(text, at, last) or _union_law(text, at)
        if found:
            yield found
            last = found


def _anchors(text: str) -> list[int]:
    """Where a number or a date may begin: found by what stands within it, quicker than by its first digit."""
    inner = [found.start() for pattern in _INNER for found in pattern.finditer(text)]
    begun = (_BEGINNING.search(text, max(0, at - _MAX_DATE_BEGINNING), at) for at in inner)
    return sorted({beginning.start() for beginning in begun if beginning})


def _question(text: str, at: int, last: _Found | None) -> _Found | None:
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
    return _Found(start, end, kind, house, f"{int(number[1])}-{int(number[2])}{number[3] or ''}")


def _house(number: re.Match[str]) -> House | None:
    """The house that counts so; a sub-number is of the Senate's first two legislatures, else of another paper."""
    legislature, serial, sub = int(number[1]), int(number[2]), number[3]
    house = house_of(legislature)
    if not legislature or not serial or (sub and legislature > _LAST_WITH_PARTS):
        return None
    return None if house == "senate" and legislature > _LAST_OF_SENATE else house


def _carried(text: str, number: re.Match[str], last: _Found | None) -> tuple[int, CitationKind] | None:
    """A number that goes on a list of questions: its start, and the kind of those before."""
    at = number.start()
    if last is None or last.kind not in ("written-question", "oral-question") or not _carries_on(text, at, last):
        return None
    return None if _AMOUNT.match(text, number.end()) else (at, last.kind)


def _carries_on(text: str, at: int, last: _Found) -> bool:
    """Whether only a comma, "en" or the like stands between a citation and a number."""
    return at - last.end <= _MAX_LINK and _CARRIES_ON.fullmatch(text, last.end, at) is not None


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
        return not (plural and low and words["plain"] and not _CARRIES_ON.match(text, number.end()))
    if _AMOUNT.match(text, number.end()) or int(number[1]) > _LAST_OF_SENATE:
        return False
    return not (words["plain"] and low)


def _last(found: Iterable[re.Match[str]]) -> re.Match[str] | None:
    return next(iter(deque(found, maxlen=1)), None)


def _kind(words: re.Match[str]) -> CitationKind:
    return "oral-question" if words["spoken"] else "written-question"


def _dated_law(text: str, at: int, last: _Found | None) -> _Found | None:
    date = _DATE.match(text, at)
    if date is None:
        return None
    words = text[max(0, at - _MAX_LAW_GAP) : at].split()[-2:]
    named = len(words) == 2 and words[1] in _OF and words[0].lower().endswith(_LAW_ENDS)
    law = _LAW.search(text, max(0, at - _MAX_LAW_GAP), at) if named else None
    if law and not _BILL.search(text, max(0, law.start() - 20), law.start()) and parse_date(date[0]):
        return _Found(law.start(), date.end(), "law", None, law["number"])
    if last and last.kind == "law" and _carries_on(text, at, last) and parse_date(date[0]):
        return _Found(at, date.end(), "law")
    return None


def _union_law(text: str, at: int) -> _Found | None:
    number = _UNION_NUMBER.match(text, at)
    law = _UNION_LAW.search(text, max(0, at - _MAX_LAW_GAP), at) if number else None
    return _Found(law.start(), number.end(), "law", None, number[0]) if number and law else None

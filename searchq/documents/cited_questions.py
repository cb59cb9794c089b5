"""Numbers that the words before them call a question of either house.

    vraag nr. 5-8902, question écrite n° 7-475            the words stand right before the number
    vraag van senator X nr. 6-491, … over X (nr. 6-491)   a person or, parted from the number, a subject between them
    vragen nrs. 5-1, 5-2 en 5-3                           each number after the first carries on its kind

Most digits of a text cite nothing (`5-10 jaar`, `stuk nr. 5-1053/1`, `Vragen en Antwoorden nr. 3-49`), and points of a
question look like its number (`number_ranges`).
"""

import re
from collections import deque
from collections.abc import Iterable
from typing import Final

from searchq.documents.cited import MARK, Cited, carries_on
from searchq.documents.number_ranges import NUMBER, Naming, carries_on_kind, names_question
from searchq.legislatures import house_of, in_senate
from searchq.question import CitationKind, House

__all__ = ["cited_question"]

_BEFORE: Final = 110  # characters before a number that may say what it is
_LAST_WITH_PARTS: Final = 2  # legislature in which the Senate had numbers as 2-1535/1
_FIRST_SAFE: Final = 100  # serial from which a number in brackets after a subject is no count

_MARKED: Final = re.compile(rf"\b{MARK}\s*\Z", re.IGNORECASE)
_SPOKEN: Final = (
    r"(?:mondelinge|actuele)\s+(?:parlementaire\s+)?vra(?:ag|gen)|vra(?:ag|gen)\s+om\s+uitleg"
    r"|demandes?\s+d['’]explications?|questions?\s+(?:parlementaires?\s+)?(?:orales?|d['’]actualité)"
)
_WRITTEN: Final = (
    r"(?:schriftelijke|parlementaire)\s+(?:parlementaire\s+)?vra(?:ag|gen)|questions?\s+(?:parlementaires?\s+)?écrites?"
    r"|questions?\s+parlementaires?"
)
_QUESTION: Final = re.compile(
    rf"\b(?:(?P<spoken>{_SPOKEN})|(?P<written>{_WRITTEN})|(?P<plain>vra(?:ag|gen)|questions?))\b", re.IGNORECASE
)
_OTHER_PAPER: Final = re.compile(
    r"\b(?:\w*stuk(?:ken)?|doc|\w*document(?:s|en)?|st|parl|bulletins?|antwoorden|réponses|handelingen|annales"
    r"|dossiers?|\w*ontwerp|\w*voorstel|projets?|propositions?|amendement\w*|resoluties?|résolutions?|\w*verslag"
    r"|\w*rapport|blz|p|\w*wet|besluit|loi|arrêté|artikel|article|art|punt(?:en)?|points?|COM|PLEN|CRI[VO]?"
    r"|\w*advie[sz]\w*|avis|moties?|motions?|interpellaties?|interpellations?|notulen|agenda|arrest|arrêt"
    r"|\w*brie[fv]\w*|circulaires?)\b",
    re.IGNORECASE,
)
_SENTENCE_END: Final = re.compile(r"[?!;]|\.\s+(?=[A-ZÀ-Þ]\w{3})|\n\s*\n")
_SAID_HOUSE: Final = re.compile(r"\s?,?\s?\(?(?:van\s+de\s+|de\s+la\s+|du\s+)?\b(kamer|senaat|chambre|sénat)\b\)?",
                                re.IGNORECASE)  # fmt: skip
_PARTED: Final = re.compile(r"[(\[,:–]\s*\Z")
_SEE: Final = re.compile(r"(?:^|[(\[,:–]|\b(?:zie|ook|en|of|voir|aussi|et|ou|cf\.?|met|onder|het|le|au))\s*\Z",
                         re.IGNORECASE)  # fmt: skip
_OF_PERSON: Final = re.compile(  # a word that may stand between a question and its number
    r"[A-ZÀ-Þ][\w'’.-]*|van|de[rn]?|du|des|la|le|door|par|op|d\.?d\.|dd\.|h(?:eer|eren)|mevr(?:ouw|\.)|dhr\.|senat\w+"
    r"|sénat\w+|madame|monsieur|honorable|membre|geachte|lid|collega|député\w*|volksvertegenwoordigers?|kamerlid"
    r"|(?:de)?zelfde|même|met|onder|het|als|sous|portant|avec|posée|gesteld|ingediend|[0-9]{1,2}(?:er)?|[0-9]{4}"
    r"|en|et|nr\.?|n[°º]|[0-9]{1,2}-[0-9]+|[0-9./]+|\w*(?:ari|aart|pril|mei|uni|uli|tus|ber|vier|mars|avril|mai|juin|let|oût|bre)"
)


def cited_question(text: str, at: int, last: Cited | None, newest: int) -> Cited | None:
    """The question whose number begins there, of a legislature not after the newest as the Senate counts."""
    number = NUMBER.match(text, at)
    house = _house(number, newest) if number else None
    if number is None or house is None:
        return None
    said = _SAID_HOUSE.match(text, number.end())
    if said and (said[1].lower() in ("kamer", "chambre")) != (house == "chamber"):
        return None
    end = said.end() if said and "(" not in said[0] else number.end()
    start_kind = _carried(text, number, last) or _named(text, number, said is not None)
    if start_kind is None:
        return None
    start, kind = start_kind
    return Cited(start, end, kind, house, f"{int(number[1])}-{int(number[2])}{number[3] or ''}")


def _house(number: re.Match[str], newest: int) -> House | None:
    """The house that counts so; a sub-number is of the Senate's first two legislatures, else of another paper."""
    legislature, serial, sub = int(number[1]), int(number[2]), number[3]
    if not legislature or not serial or (sub and legislature > _LAST_WITH_PARTS):
        return None
    return house_of(legislature) if 0 < in_senate(legislature) <= newest else None


def _carried(text: str, number: re.Match[str], last: Cited | None) -> tuple[int, CitationKind] | None:
    """A number that goes on a list of questions: its start, and the kind of those before."""
    at = number.start()
    if last is None or last.number is None or last.kind not in ("written-question", "oral-question"):
        return None
    if not carries_on(text, at, last) or not carries_on_kind(text, number, last):
        return None
    return at, last.kind


def _named(text: str, number: re.Match[str], in_house: bool) -> tuple[int, CitationKind] | None:
    """A number that the words before it call a question: where those words begin, and the kind."""
    first = max(0, number.start() - _BEFORE)
    before = text[first : number.start()]
    mark = _MARKED.search(before)
    stem = before[: mark.start()] if mark else before
    words = _last(_QUESTION.finditer(stem))
    gap = stem[words.end() :].strip(" (\n\xa0") if words else stem
    if words and not gap:
        naming = Naming(text, number, first + words.start(), words[0], bool(words["plain"]), mark, in_house)
        return (first + words.start(), _kind(words)) if names_question(naming) else None
    return _named_afar(text, number, first, stem, words, mark, in_house)


def _named_afar(
    text: str, number: re.Match[str], first: int, stem: str, words: re.Match[str] | None,
    mark: re.Match[str] | None, in_house: bool,
) -> tuple[int, CitationKind] | None:  # fmt: skip
    """A marked number of a question named before it in the same sentence, or of no other paper and with its house."""
    *ended, gap = _SENTENCE_END.split(stem[words.end() :] if words else stem)
    words = None if ended else words
    if mark is None or _OTHER_PAPER.search(gap):
        return None
    if words is None:
        return (first + mark.start(), "written-question") if in_house and _SEE.search(gap) else None
    person = _is_person(gap)
    naming = Naming(text, number, first + words.start(), words[0], bool(words["plain"]), mark, in_house, person)
    if not (person or _is_parted(gap, number)) or not names_question(naming):
        return None
    return first + mark.start(), _kind(words)


def _is_person(gap: str) -> bool:
    """Whether what stands between a question and its number names a person or a day."""
    return all(_OF_PERSON.fullmatch(word.strip("(),")) for word in gap.split() if word.strip("(),"))


def _is_parted(gap: str, number: re.Match[str]) -> bool:
    """Whether a bracket or comma parts the number from the subject, which might be what is numbered."""
    return _PARTED.search(gap) is not None and int(number[2]) >= _FIRST_SAFE


def _last(found: Iterable[re.Match[str]]) -> re.Match[str] | None:
    return next(iter(deque(found, maxlen=1)), None)


def _kind(words: re.Match[str]) -> CitationKind:
    return "oral-question" if words["spoken"] else "written-question"

"""Laws in running text: by date (`wet van 12 januari 2007`), those of the Union by number (`2004/38/EG`)."""

import re
from typing import Final

from searchq.documents.cited import Cited, carries_on
from searchq.documents.dates import parse_date

__all__ = ["dated_law", "union_law"]

_MAX_LAW_GAP: Final = 64  # characters between the name of a law and its date or number
_DATE: Final = re.compile(r"[0-9]{1,2}(?:er)?[ \xa0]+[^\W\d_]+\.?[ \xa0]+[0-9]{4}(?![0-9])"
                          r"|[0-9]{1,2}([/.])[0-9]{1,2}\1[0-9]{4}(?![0-9])")  # fmt: skip
_UNION_NUMBER: Final = re.compile(
    r"[0-9]{1,4}/[0-9]{1,4}(?:/(?:EG|EU|EEG|CE|UE|CEE|JBZ|JAI|GBVB|PESC|Euratom)\b)?(?![0-9/-])"
)
_OF: Final = tuple(of + blank for of in ("van", "d.d.", "dd.", "du") for blank in " \xa0\n")  # a law of its date
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


def dated_law(text: str, at: int, last: Cited | None) -> Cited | None:
    date = _DATE.match(text, at)
    if date is None:
        return None
    words = text[max(0, at - _MAX_LAW_GAP) : at].split()[-2:] if text.endswith(_OF, 0, at) else ()
    named = len(words) == 2 and words[0].lower().endswith(_LAW_ENDS)
    law = _LAW.search(text, max(0, at - _MAX_LAW_GAP), at) if named else None
    if law and not _BILL.search(text, max(0, law.start() - 20), law.start()) and parse_date(date[0]):
        return Cited(law.start(), date.end(), "law", None, law["number"])
    if last and last.kind == "law" and carries_on(text, at, last) and parse_date(date[0]):
        return Cited(at, date.end(), "law")
    return None


def union_law(text: str, at: int) -> Cited | None:
    number = _UNION_NUMBER.match(text, at)
    law = _UNION_LAW.search(text, max(0, at - _MAX_LAW_GAP), at) if number else None
    return Cited(law.start(), number.end(), "law", None, number[0]) if number and law else None

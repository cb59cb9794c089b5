"""Whether `1-150` after "vraag" is the number of one question or a range of points.

    schriftelijke vraag nr. 5-2, vraag 4-6120          a question
    vragen 1-20, vragen nrs. 1-100 tot 150             several questions, yet one pair of digits: a range
    vragen 1-4 en 6-9                                  pairs that count on: ranges
    vragen nrs. 4-10, 4-12 en 5-7                      pairs that do not: questions
    vraag 1-150 van de lijst, question 3-150 du sondage   questions of another paper

What could be either is no citation: rather unknown than wrong.
"""

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Final, NamedTuple

from searchq import months
from searchq.documents.cited import CARRIES_ON, Cited

__all__ = ["NUMBER", "Naming", "carries_on_kind", "names_question"]

NUMBER: Final = re.compile(r"([0-9]{1,2})[-‑–]([0-9]{1,6})(/[0-9]{1,3})?(?![0-9]|[-‑–/.,][0-9]|[A-Za-z%€])")

_NO_RANGE: Final = 1000  # a serial from which no list of points goes so far
_NO_POINT: Final = 100  # one from which a question has no such point
_NO_MARKED_POINT: Final = 40  # one from which it has none even where "nr." stands before
_COUNTED_FROM: Final = 2  # ranges begin at 1 or 2; the legislatures of these numbers are seldom named

_PLURAL: Final = re.compile(r"vragen|questions|demandes", re.IGNORECASE)
_PLURAL_MARK: Final = re.compile(r"n(?:rs|os|[°º]s|o?s)\.?\s*\Z|nummers\s*\Z|num[eé]ros\s*\Z", re.IGNORECASE)
_AMOUNT: Final = re.compile(
    r"\s*(?:%|€|jaar|jaren|jarigen?|dag|dagen|week|weken|maand|maanden|uur|uren|minuten|procent|euros?|eur|keer|maal"
    r"|personen|mensen|leden|km|kg|m[²2]?|[mgk]wh?|ton|liter|ha|graden|miljoen|miljard|duizend"
    r"|ans?|années|jours?|semaines?|mois|heures?|minutes|pour|fois|personnes|millions?|milliards?|tonnes?"
    rf"|{'|'.join(name for names in (*months.DUTCH, *months.FRENCH) for name in names)})\b",
    re.IGNORECASE,
)
_PAPER: Final = (  # a paper with questions of its own
    r"(?:\w*lijst(?:en|je)?|\w*list|enqu[eê]tes?|\w*formulier(?:en)?|\w*bevraging|peiling|examens?|toets|quiz|interview"
    r"|catalogus|tabel|bijlagen?|reeks|hoofdstuk|rubriek|blok|module|checklist|brochure|handleiding|gids|nota|faq"
    r"|listes?|questionnaires?|formulaires?|sondages?|tableau|annexes?|série|chapitre|rubrique|bloc|catalogue|guide)\b"
)
_THE: Final = (
    r"(?:(?:de|het|een|deze|dit|die|dat|uw|mijn|zijn|haar|hun|onze?"
    r"|la|les?|cette|ces?|votre|mon|notre|une?)\s+|l['’]\s?)"
)
_OF_PAPER: Final = re.compile(
    rf"\s+\(?(?:van|uit|in|op|bij|du|des?|d['’]|dans|sur|à)\s*{_THE}?(?:\w+\s+)?{_PAPER}", re.IGNORECASE
)
_OF_THING: Final = re.compile(
    rf"\s+(?:(?:van|uit)\s+(?={_THE})|(?=du\s|des\s)|de\s+(?={_THE}))(?:{_THE}|des?\s+|du\s+)"
    r"(?P<words>\w[^\s,.;:()]*(?:\s+\w[^\s,.;:()]*){0,2})"
)
_SOMEONE: Final = re.compile(
    r"[A-ZÀ-Þ0-9]|.*\b(?:heer|heren|mevr|dhr|lid\b|leden\b|collega|minister|staatssecr|volksverteg|kamer|senat|senaat"
    r"|parlem|auteur|indien|vraagst|fractie|partij|zelfde|voorz|legisl|zitting|datum|dag\b|hand\b|vorige|toenm"
    r"|sénat|députée?|membre|collègue|ministre|monsieur|madame|honorable|session|secrét|chambre|date|jour|groupe|même)",
    re.DOTALL,
)
_OF_SOMEONE: Final = re.compile(
    r"\s*[(,]?\s*(?:van|d\.?d\.|dd\.|du|de|door|par|gesteld|ingediend|posée?|op|le)\s*"
    r"(?:(?:de|het|la|le|door|par|aan)\s+|l['’])*"
    r"(?:[A-ZÀ-Þ]|[0-9]{1,2}(?:er)?[\s/.]|(?:geachte|heer|mevr|dhr|senat|collega|volksverteg|sénat|député|honorable|madame))"
)
_PAPER_BEFORE: Final = re.compile(rf"\b{_PAPER}[^.;?!\n]{{0,60}}\Z", re.IGNORECASE)
_VERB: Final = re.compile(r"\bik\s+(?:\w+\s+)?\Z", re.IGNORECASE)  # ik vraag 5-200 bussen


class Naming(NamedTuple):
    """A number and what is said before it."""

    text: str
    number: re.Match[str]
    start: int  # of the words
    words: str  # vraag, schriftelijke vragen
    plain: bool  # neither written nor oral is said
    mark: re.Match[str] | None  # nr.
    in_house: bool  # the house is said after the number
    of_person: bool = False  # a person stands between the words and the number


def names_question(said: Naming) -> bool:
    """Whether a number after such words is the number of one question, or the first of several."""
    if said.in_house:
        return True
    if _is_elsewhere(said) or (said.mark is None and _is_amount(said)):
        return False
    serial = int(said.number[2])
    if _PLURAL.search(said.words) or (said.mark and _PLURAL_MARK.search(said.mark[0])):
        return serial >= _NO_RANGE or _is_one_of_many(said, serial)
    return serial >= _NO_RANGE or _is_one(said, serial)


def carries_on_kind(text: str, number: re.Match[str], last: Cited) -> bool:
    """Whether a number after a question in a list is a question, too, not its points (`vraag nr. 5-8902, 1-4`)."""
    if _AMOUNT.match(text, number.end()) or _OF_PAPER.match(text, number.end()):
        return False
    marked = number.start() - last.end > 1 and text[last.end : number.start()].strip(" ,;&\n\xa0").lower().endswith(
        (".", "°", "º", "nr", "°s", "nummer", "numéro")
    )
    legislature = (last.number or "").partition("-")[0]
    return marked or number[1] == legislature or int(number[2]) >= _NO_POINT or not _may_be_range(number)


def _is_elsewhere(said: Naming) -> bool:
    """Whether it is a question of another paper (`van de vragenlijst`, `uit dat boek`)."""
    end = said.number.end()
    if _OF_PAPER.match(said.text, end):
        return True
    if int(said.number[2]) >= _NO_RANGE:
        return False
    of = _OF_THING.match(said.text, end)
    if of and not _SOMEONE.match(of["words"]):
        return True
    return said.plain and _PAPER_BEFORE.search(said.text, max(0, said.start - 80), said.start) is not None


def _is_amount(said: Naming) -> bool:
    """Whether a number without "nr." counts something; the Chamber's are always marked."""
    if _AMOUNT.match(said.text, said.number.end()) or len(said.number[1]) > 1:
        return True
    return said.plain and _VERB.search(said.text, max(0, said.start - 30), said.start) is not None


def _is_one_of_many(said: Naming, serial: int) -> bool:
    """Whether several are named, this one among them."""
    clear = said.mark is not None or not said.plain or serial >= _NO_POINT
    if clear and _is_list(said.text, said.number):
        return True
    later = int(said.number[1]) > _COUNTED_FROM and serial >= _NO_POINT
    return later and said.mark is not None and _is_of_someone(said)


def _is_one(said: Naming, serial: int) -> bool:
    """Whether the number of a single question is more than a point of one."""
    marked = said.mark is not None
    if not _may_be_range(said.number):
        return marked or not said.plain
    if int(said.number[1]) <= _COUNTED_FROM:
        clear = marked and not said.plain
    else:
        clear = not said.plain or said.of_person or serial >= (_NO_MARKED_POINT if marked else _NO_POINT)
    return clear or (marked and _is_of_someone(said))


def _is_of_someone(said: Naming) -> bool:
    """Whether a person or a day follows the number."""
    return _OF_SOMEONE.match(said.text, said.number.end()) is not None


def _may_be_range(number: re.Match[str]) -> bool:
    return number[3] is None and not number[2].startswith("0") and int(number[1]) < int(number[2])


def _is_list(text: str, number: re.Match[str]) -> bool:
    """Whether further numbers follow, and they are no ranges that count on (`1-4, 6-9`)."""
    numbers = list(_listed(text, number))
    return len(numbers) > 1 and not all(_counts_on(one, other) for one, other in pairwise(numbers))


def _listed(text: str, number: re.Match[str]) -> Iterator[re.Match[str]]:
    following: re.Match[str] | None = number
    while following:
        yield following
        link = CARRIES_ON.match(text, following.end())
        following = NUMBER.match(text, link.end()) if link else None


def _counts_on(one: re.Match[str], other: re.Match[str]) -> bool:
    return _may_be_range(one) and _may_be_range(other) and int(other[1]) > int(one[2])

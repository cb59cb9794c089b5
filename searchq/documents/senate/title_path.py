"""The parts of a title, broad to narrow: `Gevangenissen - E-sigaret - Verbod` has three.

spaced         Spoorwegen - Stakingen          also where one blank is missing before a capital: -Stakingen
suspended      in- en uitvoer                  a hyphen that stands for a word: parts nothing
Bulletin       Spoorwegen. — Stakingen.        also `. ` before a capital, and ` — `; the last full stop goes
Chamber        Spoorwegen. - Stakingen.        `. - ` alone; the last full stop goes
abbreviated    St. Niklaas, art. 66            a full stop that ends an abbreviation or a number: parts nothing
"""

import re
from collections.abc import Iterator
from typing import Final

__all__ = ["chamber_title_path", "title_path"]

_CAPITAL: Final = '["“‘«(]?[A-ZÀ-ÖØ-ÞĀŒŠŸŽ]'
_JOINING: Final = r"(?:en|of|et|ou|tot|als|dan|noch)"  # what stands beside a suspended hyphen
_HYPHEN: Final = (
    r"\s-\s"
    rf"|(?<!\s)-\s+(?!(?i:{_JOINING})\b)(?={_CAPITAL})"
    rf"|(?<![\s-])(?<!\ben)(?<!\bof)(?<!\bet)(?<!\bou)(?<!\bEN)(?<!\bOF)(?<!\bET)(?<!\bOU)\s+-(?={_CAPITAL})"
)
_PARTS: Final = re.compile(_HYPHEN)
_BULLETIN_MARKS: Final = re.compile(rf"\s[—–]\s|{_HYPHEN}")
_STOP: Final = re.compile(rf"(?<=[^\s.])\.\s+(?={_CAPITAL})")
_CHAMBER_MARK: Final = re.compile(r"\.\s+-\s+")
_LAST_WORD: Final = re.compile(r"[^\s(\"“‘«'’]+\Z")
_ABBREVIATIONS: Final = frozenset(
    """
    afd al alg ant apr apt art arts aug av ave bd bijl bijv blz bull bv bvba ca cat cdt cf cfr ch chap chr dec dep dept
    dhr dir doc dr drs ed ex fa febr feb fig fr gebr gem gen h hfst hh hoofdst i.e id ing inz ir isp jan jos jr jul
    juill juli kap kol kon lic lid lt max med mej mevr mgr min mlle mlles mm mme mmes mr mrs mrt mw n nat nl nov nr nrs
    nrs no nos nº num o.a o.m oct okt op.cit p par parl ph pp prof prov r rec ref réf reg resp sec sept soc sr st ste
    sts str tel tél th vgl vl vol vs vzw wed z.g zgn
    """.split()  # noqa: SIM905  # a list of words reads best as words
)


def title_path(title: str | None, bulletin: bool = False) -> tuple[str, ...]:
    """The parts of a title, in order; none where there is no title."""
    if title is None:
        return ()
    pieces = _bulletin_parts(title) if bulletin else _PARTS.split(title)
    return tuple(part for piece in pieces if (part := piece.strip().removeprefix("- ").removesuffix(" -").strip()))


def chamber_title_path(title: str | None) -> tuple[str, ...]:
    """The parts of a title of the Chamber: `. - ` alone divides it; the full stop at its end is none of its own."""
    parts = [part.strip() for part in _CHAMBER_MARK.split(title)] if title else [""]
    if not parts[-1].endswith(".."):
        parts[-1] = parts[-1].removesuffix(".").rstrip()
    return tuple(part for part in parts if part)


def _bulletin_parts(title: str) -> Iterator[str]:
    """The parts of a title in the Bulletin, without the full stops that end them."""
    for piece in _BULLETIN_MARKS.split(title):
        start = 0
        for stop in _STOP.finditer(piece):
            if not _goes_on(piece[start : stop.start()]):
                yield piece[start : stop.start()]
                start = stop.end()
        last = piece[start:].rstrip()
        yield last if last.endswith("..") else last.removesuffix(".")


def _goes_on(text: str) -> bool:
    """Whether a full stop after a text ends an abbreviation or a number, not a part."""
    word = _LAST_WORD.search(text)
    if word is None:
        return False
    bare = word[0].rstrip(",;:").lower()
    return bare[-1:].isdigit() or len(bare) == 1 or "." in bare or bare in _ABBREVIATIONS

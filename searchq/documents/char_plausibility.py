"""How natural a character stands where it stands: the evidence on which garbled text is told from correct text.

Letters with a diacritic are judged by their neighbours, two on each side, from a table counted over Dutch and French
words (`windows.txt`); signs such as quotes and dashes by the kinds of characters around them. A score is about a
power of ten: 0 is ordinary, -3 is rare, -6 does not happen in Dutch or French.

    naturalness("België")  =  1      the window "gië" + end is very common
    naturalness("BelgiŽ")  = -7      a capital within a word, of a letter neither language has
    naturalness("Ždanov")  = -3      foreign, but where names have it
"""

import re
from collections import defaultdict
from functools import cache
from importlib import resources
from math import log10
from typing import Final

__all__ = ["naturalness"]

ORDINARY: Final = -6.5  # log10 of the share of words at which a window counts as ordinary
RAREST: Final = -4.0  # a window never seen
BEST: Final = (1.5, 0.0, 0.0)  # the most that a window of 5, 4 or 3 letters may score
BACK_OFF: Final = (0.0, 0.5, 1.0)  # and what it costs, since less of it was seen

FOREIGN_NAME: Final = -2.5  # a letter that Dutch and French lack, or have elsewhere, in a word with a capital
FOREIGN_WORD: Final = -4.0  # the same in a word without
WESTERN_NAME: Final = -2.0  # as FOREIGN_NAME, for the letters of windows-1252
SURE_FOREIGN: Final = -3.5  # the same for letters that are nearly always garbled ones
SURE_FOREIGN_WORD: Final = -5.0
FOREIGN_AGAIN: Final = -0.5  # a further such letter: a foreign word is one rarity, not several
LONGEST_NAME: Final = 40  # letters looked back over, for the capital or for what an apostrophe ends
ACUTE: Final = -2.0  # the most á, í, ó and ú score outside known words: Dutch has them for stress alone
LONE_LETTER: Final = -4.0  # one letter as a word, other than à
GLUED_MARK: Final = -1.9  # à with a mark that follows it without a blank: visant à:
INITIAL: Final = -1.5  # a capital and a full stop: Ö. Türk
WRONG_CASE: Final = -7.0  # a capital after a small letter, or a small letter among capitals
GLUED_CAPITAL: Final = -2.0  # the same where É or à only shows that a space is missing
AFTER_STOP: Final = -1.0  # a small letter glued to a full stop: "enz.à"

ODD_SIGN: Final = -5.0  # a sign where it does not belong
LOOSE_SIGN: Final = -2.0  # the same for a sign that people put anywhere, in a text taken as it stands
RARE_SIGN: Final = -2.0  # the most a sign scores in a repair, when hardly any text has it
LETTER_BLANK: Final = -1.6  # a no-break space between letters, where figures and marks are more usual
EDGE_BLANK: Final = -2.0  # a no-break space at the edge of a token, and so beside another space
GLUED_DOTS: Final = -0.5  # an ellipsis that touches a word
UNKNOWN_SIGN: Final = -6.0  # box drawing and the like
PLURAL: Final = 1.5  # ’s after an open vowel, a figure or an abbreviation: very Dutch

_SURE_SIGNS: Final = frozenset("ťŗŲůďĒęĽė")
_SAFE_CAPITALS: Final = frozenset("ÉÈÀ")  # no wrong guess makes these of common letters
_AFTER_WORD: Final = frozenset(".:;,?!)]/–—…’”»'\"")  # what may follow a word without a blank: visant à:a)
_STOPS: Final = frozenset(".!?;:,)…")
_LOOSE: Final = frozenset("«»“”‘’…–—•½¼¾°º§†‡´`")
_RARE: Final = frozenset("†‡´`›‹·×™®©\xad¹")


def naturalness(token: str, as_it_stands: bool = False) -> float:
    """The score of a token (characters without white space, but for no-break spaces); 0 for pure ASCII.

    The sum over its characters beyond ASCII. `as_it_stands` judges signs more mildly: a text we were given may put a
    quote anywhere, a repair may not.
    """
    total, foreign = 0.0, 0.0
    for at, char in enumerate(token):
        if char.isascii():
            continue
        if not char.isalpha() or char in "ƒºª":
            total += _judge_sign(token, at, as_it_stands)
            continue
        score = _judge_letter(token, at)
        floor = _foreign_score(token, at)
        if score <= WRONG_CASE or (score > floor and char not in _SURE_SIGNS):
            total += score
        else:
            foreign = min(foreign, floor) + (FOREIGN_AGAIN if foreign else 0.0)
    return total + foreign


def _judge_letter(token: str, at: int) -> float:
    char = token[at]
    before = token[at - 1] if at else " "
    after = token[at + 1] if at + 1 < len(token) else " "
    if not (before.isalpha() or after.isalpha()):
        return _judge_lone_letter(char, before, after)
    if _wrong_case(token, at, before, after):
        return GLUED_CAPITAL if char in _SAFE_CAPITALS or (char == "à" and not before.isalpha()) else WRONG_CASE
    window = _window(token, at)
    score = _window_score(window) + (AFTER_STOP if before in _STOPS and char.islower() else 0.0)
    return min(score, ACUTE) if char in "áíóúÁÍÓÚ" and window not in _shares() else score


def _judge_lone_letter(char: str, before: str, after: str) -> float:
    if char not in "àÀ":
        return INITIAL if char.isupper() and after == "." else LONE_LETTER
    if after in " \xa0-" or before in ".-":
        return 1.0
    return GLUED_MARK if after in _AFTER_WORD else ACUTE if after.isdigit() else LONE_LETTER


def _foreign_score(token: str, at: int) -> float:
    """What a letter scores that has no business in Dutch or French, by the word it stands in."""
    start = at
    while start and token[start - 1].isalpha() and at - start < LONGEST_NAME:
        start -= 1
    if not token[start].isupper() or not (token[start : start + 2]).isalpha() or start + 1 == len(token):
        return SURE_FOREIGN_WORD if token[at] in _SURE_SIGNS else FOREIGN_WORD
    if token[at] in _SURE_SIGNS:
        return SURE_FOREIGN
    return WESTERN_NAME if token[at] <= "ÿ" else FOREIGN_NAME


def _wrong_case(token: str, at: int, before: str, after: str) -> bool:
    """A capital within a word (BelgiŽ, DÚsir), a small letter that goes on capitals (BELGIň), or precedes one (ôDe)."""
    if token[at].isupper():
        first_is_capital = before.isupper() and (at < 2 or not token[at - 2].isalpha())
        return before.islower() or (first_is_capital and after.islower())
    if not token[at].islower():
        return False
    return (before.isupper() and at > 1 and token[at - 2].isupper()) or (not before.isalpha() and after.isupper())


def _window(token: str, at: int) -> str:
    """Five letters around a place, in lower case: `^` before the word and `$` after it, twice where need be."""
    left = "^^" + token[max(0, at - 2) : at]
    right = token[at + 1 : at + 3] + "$$"
    if not left[-1].isalpha():
        left = "^^"
    elif not left[-2].isalpha():
        left = "^" + left[-1]
    if not right[0].isalpha():
        right = "$$"
    elif not right[1].isalpha():
        right = right[0] + "$"
    return (left[-2:] + token[at] + right[:2]).lower()


def _window_score(window: str) -> float:
    """The best that the window, or a smaller one within it, scores."""
    shares = _shares()
    keys = ((window,), (window[:4] + "?", "?" + window[1:]), ("?" + window[1:4] + "?",))
    return max(
        min(best, shares[key] - cost - ORDINARY) if key in shares else RAREST
        for best, cost, same in zip(BEST, BACK_OFF, keys, strict=True)
        for key in same
    )


@cache
def _shares() -> dict[str, float]:
    """log10 of the share of words that hold a window; `?` stands for any letter at its end."""
    sums: defaultdict[str, float] = defaultdict(float)
    table = resources.files("searchq.documents").joinpath("windows.txt").read_text(encoding="utf-8")
    for line in table.splitlines():
        if line.startswith("#"):
            continue
        power, *windows = line.split()
        share = 10.0 ** -(int(power) + 0.5)
        for window in windows:
            for key in (window, window[:4] + "?", "?" + window[1:], "?" + window[1:4] + "?"):
                sums[key] += share
    return {key: log10(share) for key, share in sums.items()}


def _judge_sign(token: str, at: int, as_it_stands: bool) -> float:
    char = token[at]
    left = token[at - 1] if at else " "
    right = token[at + 1] if at + 1 < len(token) else " "
    if char in "’´`" or (
        char == "‘" and (_LONE_CLITIC.fullmatch(token[at + 1 :]) or (left.isalnum() and as_it_stands))
    ):
        score = _judge_apostrophe(token[max(0, at - LONGEST_NAME) : at], token[at + 1 :])
    elif char == "\xa0":
        score = _judge_blank(left, right)
    elif char in _SIGNS:
        score = 0.0 if _SIGNS[char].fullmatch(left + right) else ODD_SIGN
        score = min(score, GLUED_DOTS) if char == "…" and (left.isalpha() or right.isalpha()) else score
    else:
        score = UNKNOWN_SIGN if _UNKNOWN.match(char) else 0.0
    if as_it_stands:
        within = left.isupper() and right.isupper() if char in "«»" else left.isalnum() and right.isalnum()
        return max(score, LOOSE_SIGN) if char in _LOOSE and not within else score
    return min(score, RARE_SIGN) if char in _RARE else score


def _judge_blank(left: str, right: str) -> float:
    """A no-break space: at home within figures and before marks, possible between words."""
    if _BLANK.fullmatch(left + right):
        return 0.0
    return ODD_SIGN if left == right == " " else EDGE_BLANK if " " in (left, right) else LETTER_BLANK


def _judge_apostrophe(before: str, after: str) -> float:
    """French elision (l’été), Dutch endings (foto’s), clitics (’s, ’90) and closing quotes."""
    if not (before or after):
        return ACUTE
    if not before.strip("(\"'[") and _LONE_CLITIC.fullmatch(after):
        return PLURAL
    if not before[-1:].isalnum():
        return 0.0 if not after[:1].isalnum() or _CLITIC.match(after) or not before else ODD_SIGN
    if _DUTCH_PLURAL.fullmatch(before) and _PLURAL_ENDING.match(after):
        return PLURAL
    return 0.0 if not after[:1].isalnum() or _TAIL.match(after) or _ELISION.search(before) else ODD_SIGN


_ELISION: Final = re.compile(r"(?:^|\W)(?:[ldjnstmcLDJNSTMC]|[qQ]u|jusqu|lorsqu|puisqu|quoiqu|presqu|quelqu|aujourd)$")
_TAIL: Final = re.compile(r"(?:s|jes?|tjes?|ers?|en|ed|d|t|ll|re|ve)?(?!\w)")
_CLITIC: Final = re.compile(r"(?:[stnkmr]|\d\ds?)(?!\w)", re.IGNORECASE)
_LONE_CLITIC: Final = re.compile(r"[stn][.,;:!?)]*")
_DUTCH_PLURAL: Final = re.compile(
    r"(?:.*\W)?(?:[a-z][a-z-]*[aiouy]|[A-Z][a-z-]{4,}[aiouy]|[A-Za-z]*[A-Z]{2,}|.*\d|[zZ]o)", re.DOTALL
)
_PLURAL_ENDING: Final = re.compile(r"(?:s|n|ers?|tjes?)(?!\w)")

_UNKNOWN: Final = re.compile("[¡-©«-´¶-¹»-¿×÷˘-˝ƒ─-◿√∂∑∆◊≠]")


def _pairs(pattern: str) -> re.Pattern[str]:
    """A pattern for the two characters around a sign; a blank stands for the edge of the token."""
    return re.compile(pattern, re.DOTALL)


_OPENING: Final = r"[ \xa0(\[{\-–—/'\"“‘«„>.,:;][\w(\[\"'“‘«\xa0…@#&+\-–’]"
_CLOSING: Final = _pairs(r"[\w.,!?;:)\]…%'\"’”»\xa0²³°€/\-+*=&][ \xa0.,;:!?)\]}\-–—/'\"”’»…<]")
_DASH: Final = r"[ \xa0\d.,)(%€\"”’].|.[ \xa0\d(\"“‘]"
_FRACTION: Final = _pairs(r"\d[^\w]")
_FIGURES: Final = _pairs(r"[ \d\xa0][ \d\xa0]")
_DAGGER: Final = _pairs(r"[ (][ \d)]|. ")
_MARK: Final = _pairs(r"[\w.\xa0 ][^\w]")
_DEGREE: Final = _pairs(r"[\dnNrR\xa0 ].")
_BOUND: Final = _pairs(r"[^\w].|.\d")
_BLANK: Final = _pairs(r"[\d«(\-–•.][^ ]|[^ ][\d:;!?%»€§°)\-–]")
_SIGNS: Final[dict[str, re.Pattern[str]]] = {
    **dict.fromkeys("“‘„‚‹", _pairs(_OPENING)),
    "«": _pairs(_OPENING + r"|[ (] "),
    "»": _pairs(_CLOSING.pattern + "| [ ,.;:!?)]"),
    **dict.fromkeys("”›", _CLOSING),
    "…": _pairs(r".[ \xa0.,;:!?)\]}\-–/'\"”’»…]|[ (\[\"“‘]."),
    "–": _pairs(_DASH + "|[A-Z][A-Z]"),
    "—": _pairs(_DASH),
    "•": _pairs(r"[ \xa0.:;][ \xa0]"),
    "°": _DEGREE,
    "º": _pairs(r"[\dnN]."),
    "§": _pairs(r"[ (§\xa0\d/,\-][ \d§\xa0,;.)]"),
    "€": _pairs(r".[ \xa0\d/.,;:)\-]|\d."),
    **dict.fromkeys("²³", _pairs(r"[\w)][^\w]")),
    "¹": _pairs(r"[\w).,][^\w]"),
    **dict.fromkeys("½¼¾", _FRACTION),
    "±": _pairs(r"[^\w][ \d\xa0]"),
    **dict.fromkeys("×÷", _FIGURES),
    "·": _pairs(r".[ \w]"),
    **dict.fromkeys("†‡", _DAGGER),
    **dict.fromkeys("®™", _MARK),
    "©": _pairs(r"[^\w]."),
    "‰": _pairs(r"[\d\xa0][^\w]"),
    "\xad": _pairs(r"\w\w"),
    **dict.fromkeys("≤≥", _BOUND),
}

"""Repair of garbled text: windows-1252 bytes that somebody read in another character set.

It happened page by page or segment by segment, so a text may be garbled beside a correct one, and correct names stand
in garbled texts. Each word is therefore judged for itself: as it stands, and as each guess undone would have it
(`letters.naturalness`). It is changed only when the change makes it clearly more natural. What one word proves lowers
the bar for its neighbours in the same text, and a little for the other texts of the document:

    potentiŽle ── mac_latin2 undone ──> potentiële     -7 becomes 0: sure, and now mac_latin2 is known here
    Ö          ── mac_latin2 undone ──> …              ambiguous alone; changed in a text known to be garbled so
    Ždanov     ── mac_latin2 undone ──> ëdanov         less natural than it was: stays

UTF-8 read as windows-1252 (`BelgiÃ«`) leaves sequences that correct text never has; they are undone on sight.
"""

import re
from functools import lru_cache
from itertools import filterfalse
from math import inf
from typing import Final

from msgspec import Struct

from searchq.documents.char_plausibility import naturalness
from searchq.documents.charset import composed, without_controls

__all__ = ["GUESSES", "Repair", "repair", "repair_utf8"]

GUESSES: Final = ("mac_latin2", "cp1257", "cp850", "cp852")  # the commonest first: it wins where two are equally good

SURE: Final = 3.2  # what a change must gain to be made on its own evidence, in powers of ten
KNOWN: Final = -0.5  # what it may lose at most in a text where that guess is known
KNOWN_NAME: Final = 0.5  # what a word with a capital must gain there: it may be a name
UNSOUND: Final = 1.6  # what it must gain there when the reading is itself odd: perhaps a foreign name, and correct
OTHER: Final = 5.0  # what it must gain there under another guess: two in one text are rare
LEANING: Final = 2.0  # what it must gain where another text of the document was garbled so
FLOOR: Final = -1.6  # how natural a reading must be to count as evidence
CASE_CHANGE: Final = 1.5  # what a reading loses that takes the capital of a word

MAX_TOKEN: Final = 1000  # characters; addresses can be long, what is longer is not judged
_CACHED_TOKENS: Final = 1 << 16


class Repair:
    """Repairs the texts of one document; what one text proves helps to judge the next."""

    __slots__ = ("_leaning",)

    def __init__(self) -> None:
        self._leaning: str | None = None

    def __call__(self, text: str) -> str:
        """The text repaired; the same text when nothing is wrong with it."""
        if text.isascii():
            return text
        repaired, guess = _repair(text, self._leaning)
        self._leaning = guess or self._leaning
        return repaired if repaired.isprintable() else _without_undefined(repaired)


def repair(text: str) -> str:
    """One text on its own, repaired."""
    return Repair()(text)


def repair_utf8(text: str) -> str:
    """A text repaired where UTF-8 was read as windows-1252, and nowhere else: for a carrier known to be UTF-8."""
    if text.isascii():
        return text
    repaired = composed(_undo_utf8(text)) if _UTF8.search(text) else text
    return repaired if repaired.isprintable() else _without_undefined(repaired)


def _repair(text: str, leaning: str | None) -> tuple[str, str | None]:
    """The text repaired, and the guess that it proved."""
    if _UTF8.search(text):
        text = _undo_utf8(text)
    tokens = filterfalse(str.isascii, text.split())
    suspects = {token for token in tokens if len(token) <= MAX_TOKEN and _readings(token)}  # readings are remembered
    if not suspects:
        return text, None
    known = _known_guess(suspects, leaning)
    if known is None and _IRISH.search(text):
        suspects.discard("Ó")
    repeated = {token for token in suspects & _NO_WORDS if text.count(f" {token} ") > 1}
    changes = {token: new for token in suspects if (new := _choose(token, known, leaning, token in repeated)) != token}
    if not changes:
        return text, known
    changed = "".join([changes.get(piece, piece) for piece in _BLANK.split(text)])
    return composed(changed), known


class _Reading(Struct, frozen=True):
    """What a token may have been: the guess undone, the text that gives, and how much more natural that is.

    `sound`: natural enough by itself to be believed where nothing else speaks for the guess.
    """

    guess: str
    text: str
    gain: float
    sound: bool


def _known_guess(suspects: set[str], leaning: str | None) -> str | None:
    """The guess under which the text was garbled, once one word makes it sure."""
    gains: dict[str, float] = {}
    proven: set[str] = set()
    for reading in (reading for token in suspects if not _is_ambiguous(token) for reading in _readings(token)):
        gains[reading.guess] = gains.get(reading.guess, 0.0) + reading.gain
        if reading.sound and reading.gain >= (LEANING if reading.guess == leaning else SURE):
            proven.add(reading.guess)
    return max(proven, key=lambda guess: (gains[guess], -GUESSES.index(guess)), default=None)


def _is_ambiguous(token: str) -> bool:
    """Whether a token proves no guess: a sign that guesses read otherwise, one letter beside marks (`à:`), nį."""
    if len(token) == 1 and len({reading.text for reading in _readings(token)}) > 1:
        return True
    return bool(_LONE_LETTER.fullmatch(token) or _NUMERO.match(token))


def _choose(token: str, known: str | None, leaning: str | None, repeated: bool) -> str:
    """The token as it should read: the reading that exceeds its bar by most, or the token as it stands."""
    bars = {known: KNOWN_NAME if token[0].isupper() else KNOWN} if known else {leaning: LEANING}
    other = OTHER if known else SURE
    best, excess = token, -1e-9
    if (
        not repeated
        and _is_ambiguous(token)
        and (known or leaning) not in {reading.guess for reading in _readings(token)}
    ):
        return token
    for reading in _readings(token):
        bar = bars.get(reading.guess, other)
        if not reading.sound:
            bar = max(bar, UNSOUND) if reading.guess == known else inf
        if reading.gain - bar > excess:
            best, excess = reading.text, reading.gain - bar
    return best


@lru_cache(maxsize=_CACHED_TOKENS)
def _readings(token: str) -> tuple[_Reading, ...]:
    """The readings of a token that are more natural than the token; none for nearly every correct one."""
    tables = [*_UNDO.items(), *(_UNDO_LETTERS.items() if _SIGN.search(token) else ())]
    texts = dict.fromkeys((guess, text) for guess, table in tables if (text := token.translate(table)) != token)
    if not texts:
        return ()
    own = naturalness(token, as_it_stands=True)
    found: list[_Reading] = []
    for guess, text in texts:
        score = naturalness(text)
        gain = score - own - (CASE_CHANGE if text[0].islower() and token[0].isupper() else 0.0)
        if gain >= KNOWN:
            found.append(_Reading(guess, text, gain, score >= FLOOR))
    return tuple(found)


def _undo_table(guess: str) -> dict[int, str]:
    """What each character of a wrong reading had been; both sets give one character for one byte."""
    table: dict[int, str] = {}
    for byte in range(0x80, 0x100):
        try:
            seen, meant = bytes([byte]).decode(guess), bytes([byte]).decode("cp1252")
        except UnicodeDecodeError:
            continue
        if seen != meant:
            table[ord(seen)] = meant
    return table


_UNDO: Final = {guess: _undo_table(guess) for guess in GUESSES}
_UNDO_LETTERS: Final = {  # for a garbled word between signs that are right: “potentiŽle”
    guess: {char: meant for char, meant in table.items() if chr(char).isalpha()} for guess, table in _UNDO.items()
}
_SIGN: Final = re.compile(r"[^\w\x00-\x7f]")
_LONE_LETTER: Final = re.compile(r"[\W_]*[À-ÖØ-öø-ÿ][\W_]*")  # of windows-1252: a word, an initial, a letter spoken of
_NUMERO: Final = re.compile(r"\W*[nN]į")  # n° in mac_latin2, ná in code page 1257
_BLANK: Final = re.compile(r"(\s+)")
_NO_WORDS: Final = frozenset("ûÓ")  # – and à in code page 850: words of no language, and so evidence where repeated
_IRISH: Final = re.compile(r"\bÓ [A-Z]")  # Cathal Ó Searcaigh: a name, where a lone Ó is else a garbled à


def _cp1252(byte: int) -> str:
    """How windows-1252 shows a byte; its five undefined ones as the control characters browsers make of them."""
    try:
        return bytes([byte]).decode("cp1252")
    except UnicodeDecodeError:
        return chr(byte)


_CONTROLS: Final = tuple(map(chr, range(0x80, 0xA0)))
_BYTES: Final = {_cp1252(byte): byte for byte in range(0x80, 0x100)}
_NEXT: Final = "[" + re.escape("".join(_cp1252(byte) for byte in range(0x80, 0xC0))) + "]"
_UTF8: Final = re.compile(f"[ÂÃÄÅ]{_NEXT}|[âï]{_NEXT}{{2}}|Ã ?(?= )")
_NO_TEXT: Final = re.compile("[\u2800-\u28ff\ue000-\uf8ff]")  # Braille, private use: « inouï » with no-break spaces
_TWICE: Final = 2  # garbled again what had been garbled before: BelgiÃƒÂ«


def _undo_utf8(text: str) -> str:
    for _ in range(_TWICE):
        text = _UTF8.sub(_undo_sequence, text)
    return text


def _without_undefined(text: str) -> str:
    """Text without the control characters that undefined bytes were read as, needed only until here."""
    return without_controls(text) if any(map(text.__contains__, _CONTROLS)) else text


def _undo_sequence(found: re.Match[str]) -> str:
    if found[0] in ("Ã", "Ã "):  # à, whose second byte is a no-break space that became a plain one
        return "à"
    try:
        meant = bytes(_BYTES[char] for char in found[0]).decode("utf-8")
    except UnicodeDecodeError:
        return found[0]
    return found[0] if _NO_TEXT.match(meant) else meant

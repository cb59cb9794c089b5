"""Sentence boundaries, so that snippets start and end at sentences.

A full stop does not end a sentence after an abbreviation (`nr. 5`, `d.d. 30 april`, `art. 12`), after an initial, nor
after the label of a sub-question (`1. `, `2. a. `, `1, 2 en 3. `): the label belongs to the sentence after it.
Sentences without a blank between them (`gebouw?2. Wat`) are split; a new line always starts a sentence.
The kernel cuts fragments by the same rules in C, where it was built.
"""

import re
from collections.abc import Iterator
from typing import Final

from searchq.lazy_regex import lazy

__all__ = ["ABBREVIATIONS", "MAX_LABEL_LENGTH", "MAX_SHORTENED_LENGTH", "first_sentence", "is_label", "sentence_starts"]

_LONGEST: Final = 300  # characters of a first sentence


def first_sentence(text: str) -> str:
    """The first sentence of a text, cut between words with `…` where it is very long."""
    text = text.strip()
    starts = sentence_starts(text, 0, _LONGEST + 1)
    end = next((start for start in starts if start), None)
    if end is not None or len(text) <= _LONGEST:
        return text[:end].rstrip()
    return text[:_LONGEST].rsplit(None, 1)[0] + " …"


_GAP: Final = lazy(
    r"""[\n.!?…](?:  # starts with one character set, which is fast to search
            (?<=[a-zß-öø-ÿ]{6}\.)[ \t\u00a0\u202f]+()       # the common case: after a long word, before a capital
            (?=["'“‘«(\[•–-]{0,3}[A-Z0-9\u00c0-\u00dd\u0152])
          | (?<=\n)\s*
          | (?<!\n)[)\]"'’”»]*[ \t\u00a0\u202f]+             # blanks, then
            (?=["'“‘«(\[•–-]{0,3}(?:[A-Z0-9\u00c0-\u00dd\u0152]  # a capital, a number,
                                   |[a-z][.)]\s))             # or a label: b)
          | (?<=[^\W\d_][^\W\d_][.?!])(?=[A-Z0-9][a-z .)])    # glued: "ook.De", "systeem?2. Wat"
        )""",
    re.VERBOSE,
)
_LABEL: Final = lazy(
    r"[\s•(]*(?:\b(?:\d{1,3}|[a-z]|[ivx]{1,4})\b[.)°,]*\s*(?:en|et|tot|à|&|-)?\s*){1,8}", re.IGNORECASE
)
MAX_LABEL_LENGTH: Final = 24  # characters; longer ones are sentences
MAX_SHORTENED_LENGTH: Final = 7  # letters and full stops in an abbreviation
ABBREVIATIONS: Final = frozenset(
    re.split(
        r"\s+",
        """nr nrs art artt blz p pp dhr mevr mw dr drs ir ing mr prof st sint resp incl excl max min ca cf bv bijv vb
        nl afd hfst par al div dd jl ll vgl zgn evt inz m mm mme mlle av apr aug sept okt nov dec jan febr tel fig""",
    )
)


def sentence_starts(text: str, low: int = 0, high: int | None = None) -> Iterator[int]:
    """Sentence starts in `text[low:high]`, ascending; includes `low` only if it is 0."""
    if low == 0:
        yield 0
    opened = low
    for gap in _GAP.finditer(text, low, len(text) if high is None else high):
        mark, end = gap.span()
        if gap.lastindex or text[mark] != "." or _ends(text, opened, mark):
            opened = end
            yield end


def _ends(text: str, opened: int, mark: int) -> bool:
    """Whether the full stop at an offset ends the sentence."""
    before = text[opened:mark] if mark - opened < MAX_LABEL_LENGTH else text[mark - MAX_LABEL_LENGTH : mark]
    word = before.split()[-1].lstrip("(\"'“‘«") if before.strip() else ""
    if (len(word) == 1 and word.isalpha()) or ("." in word and len(word) <= MAX_SHORTENED_LENGTH):  # J.; d.d., m.b.t.
        return False
    if word.lower() in ABBREVIATIONS:
        return False
    if mark + 1 < len(text) and not text[mark + 1].isspace() and not word.islower():  # Diplomatie.Belgium
        return False
    return not (mark - opened < MAX_LABEL_LENGTH and is_label(before))


def is_label(before: str) -> bool:
    """Return whether the whole of what stands before a full stop is the label of a sub-question."""
    return _LABEL.fullmatch(before) is not None

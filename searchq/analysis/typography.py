"""What typesetting does to a word and a reader does not see: invisible characters, ligatures, a break at a line's end.

wer<zero width space>ken   werken
ﬁets                       fiets
wegen-⏎werken              wegenwerken; lucht-⏎en zeevaart stays (with a blank for the break, see broken_words)
"""

import re
from collections.abc import Callable
from typing import Final

from searchq.kernel import built
from searchq.lazy_regex import lazy

__all__ = ["INVISIBLE", "JOINING", "LIGATURES", "MAY_BREAK", "UNEVEN", "UNEVEN_SIGNS", "breaks_in", "with_words_joined"]

INVISIBLE: Final = "\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"  # soft hyphen, zero widths, direction marks, BOM
LIGATURES: Final = {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"}
UNEVEN_SIGNS: Final = f"{INVISIBLE}{''.join(LIGATURES)}ĳ"  # characters that are no letter, or two, when read
UNEVEN: Final = lazy(f"[{UNEVEN_SIGNS}]")

MAY_BREAK: Final = lazy(r"(?<=[^\W_])[-\u2010](?=\s)")  # a hyphen between a letter and a blank
_IN_C: Final = built("marks")
breaks_in: Final[Callable[[str], list[int]] | None] = _IN_C.breaks if _IN_C else None  # where it matches
JOINING: Final = "en|of|tot|dan|en/of|noch|als|et|ou|und|and"  # lucht- en zeevaart
_BREAK: Final = lazy(rf"[-\u2010](?<=[^\W\d_][-\u2010]) ?\r?\n[ \t]*(?=(?!(?:{JOINING})(?![^\W\d_]))[^\W\d_])")


def with_words_joined(text: str) -> str:
    """Return the text, as long, with words broken at a line's end in one piece, soft hyphens for the break."""
    if "\n" not in text:
        return text
    parts, done = [], 0
    for at in breaks_in(text) if breaks_in else [found.start() for found in MAY_BREAK.finditer(text)]:
        if found := _BREAK.match(text, at):
            parts += [text[done:at], _soft(found)]
            done = found.end()
    return "".join([*parts, text[done:]]) if parts else text


def _soft(found: re.Match[str]) -> str:
    """Return what stands for a break: itself where a capital follows, since Knokke-⏎Heist keeps its hyphen."""
    return found[0] if found.string[found.end()].isupper() else "\u00ad" * len(found[0])

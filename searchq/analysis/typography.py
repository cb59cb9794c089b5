"""What typesetting does to a word and a reader does not see: invisible characters, ligatures, a break at a line's end.

wer<zero width space>ken   werken
ﬁets                       fiets
wegen-⏎werken              wegenwerken; lucht-⏎en zeevaart stays (with a blank for the break, see broken_words)
"""

from typing import Final

from searchq.lazy_regex import lazy

__all__ = ["INVISIBLE", "JOINING", "LIGATURES", "UNEVEN", "UNEVEN_SIGNS", "with_words_joined"]

INVISIBLE: Final = "\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"  # soft hyphen, zero widths, direction marks, BOM
LIGATURES: Final = {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"}
UNEVEN_SIGNS: Final = f"{INVISIBLE}{''.join(LIGATURES)}ĳ"  # characters that are no letter, or two, when read
UNEVEN: Final = lazy(f"[{UNEVEN_SIGNS}]")

# Begins with a letter of its own, which is sought fast: of a thousand characters in a third of a microsecond.
_MAY_BREAK: Final = lazy("\n(?:(?<=[-\u2010]\n)|(?<=[-\u2010][ \r]\n)|(?<=[-\u2010] \r\n))")
JOINING: Final = "en|of|tot|dan|en/of|noch|als|et|ou|und|and"  # lucht- en zeevaart
_BREAK: Final = lazy(rf"[-\u2010](?<=[^\W\d_][-\u2010]) ?\r?\n[ \t]*(?=(?!(?:{JOINING})(?![^\W\d_]))[^\W\d_])")


def with_words_joined(text: str) -> str:
    """Return the text, as long, with words broken at a line's end in one piece, soft hyphens for the break."""
    if "\n" not in text or not _MAY_BREAK.search(text):
        return text
    return _BREAK.sub(lambda found: found[0] if _is_name(text, found.end()) else "\u00ad" * len(found[0]), text)


def _is_name(text: str, place: int) -> bool:
    """Return whether what follows a break begins with a capital: Knokke-⏎Heist keeps its hyphen."""
    return text[place].isupper()

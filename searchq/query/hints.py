"""Sentences that tell a visitor how the query was understood, and what to change.

A hint is a code with values; its sentence exists in English for the command line and in Dutch for the page.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

__all__ = ["SENTENCES", "Hint"]


@dataclass(frozen=True, slots=True)
class Hint:
    """One remark about a query; `start` and `end` bound the text it speaks of, in characters."""

    code: str  # a key of SENTENCES
    values: Mapping[str, str | int] = field(default_factory=dict)
    start: int | None = None
    end: int | None = None

    def sentence(self, language: Literal["en", "nl"] = "en") -> str:
        """The hint as one sentence."""
        return SENTENCES[self.code][language].format_map(dict(self.values))


SENTENCES: dict[str, dict[str, str]] = {
    "most-words": {
        "en": "No question holds all these words; shown are those that hold most of them.",
        "nl": "Geen enkele vraag bevat al deze woorden; u ziet de vragen die er de meeste van bevatten.",
    },
}

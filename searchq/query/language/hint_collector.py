"""Collects the hints found while a text is parsed, without duplicates, up to a maximum."""

from typing import Final

from searchq.query.hints import Hint

__all__ = ["HintCollector"]

_MAX_HINTS: Final = 8  # for one text
_MAX_QUOTED: Final = 60  # characters of the typed text that a sentence quotes


class HintCollector:
    """Hints in the order they were added; places are in the cleaned text until `language.parse` moves them."""

    def __init__(self) -> None:
        self._hints: dict[tuple[str, str], Hint] = {}

    def add(self, code: str, start: int | None = None, end: int | None = None, **values: str | int) -> None:
        """Add a hint, unless the same one was added already."""
        shown = {name: value if name == "choices" else _shortened(value) for name, value in values.items()}
        key = (code, str(shown))
        if len(self._hints) < _MAX_HINTS:
            self._hints.setdefault(key, Hint(code, shown, start, end))

    @property
    def hints(self) -> tuple[Hint, ...]:
        """All hints, in the order they were added."""
        return tuple(self._hints.values())


def _shortened(value: str | int) -> str | int:
    return f"{value[:_MAX_QUOTED]}…" if isinstance(value, str) and len(value) > _MAX_QUOTED else value

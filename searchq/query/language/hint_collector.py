"""The hints gathered while a text is read: each thing is said once, and no text earns a page of them."""

from typing import Final

from searchq.query.hints import Hint

__all__ = ["Remarks"]

_MOST: Final = 8  # hints for one text
_LONGEST: Final = 60  # characters of what was typed that a sentence repeats


class Remarks:
    """Hints in the order they came up; places are in the cleaned text until `language.parse` moves them."""

    def __init__(self) -> None:
        self._hints: dict[tuple[str, str], Hint] = {}

    def say(self, code: str, start: int | None = None, end: int | None = None, **values: str | int) -> None:
        """Remember a hint, unless the same one was given already."""
        shown = {name: value if name == "choices" else _shortened(value) for name, value in values.items()}
        key = (code, str(shown))
        if len(self._hints) < _MOST:
            self._hints.setdefault(key, Hint(code, shown, start, end))

    @property
    def hints(self) -> tuple[Hint, ...]:
        """All hints, first come first."""
        return tuple(self._hints.values())


def _shortened(value: str | int) -> str | int:
    return f"{value[:_LONGEST]}…" if isinstance(value, str) and len(value) > _LONGEST else value

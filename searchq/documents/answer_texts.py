"""What answers are made of, in whatever layout: texts side by side, and words that only stand in for one."""

from collections.abc import Iterable

from searchq.documents.senate.labels import PLACEHOLDER

__all__ = ["is_text", "joined"]


def is_text(answer: str | None) -> bool:
    """Whether an answer says something, and not just that it is not there."""
    return bool(answer) and PLACEHOLDER.fullmatch(answer or "") is None


def joined(texts: Iterable[str | None]) -> str | None:
    """The texts as one, a blank line between two."""
    return "\n\n".join(text for text in texts if text) or None

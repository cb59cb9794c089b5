"""The zones: the texts of a question that are indexed, by name, language and weight; for the index and every query."""

from typing import Final, NamedTuple

__all__ = ["LANGUAGES", "TEXT", "ZONES", "Zone", "exact", "zones_of"]

TEXT: Final = "text"  # the field with the terms of all Dutch zones, weighted


class Zone(NamedTuple):
    """A text of the question; `weight` is its weight in `text`, `several` whether it may have several values."""

    name: str
    language: str
    weight: float
    several: bool = False


ZONES: Final = (
    Zone("title", "nl", 3.0),
    Zone("keywords", "nl", 2.0, several=True),
    Zone("question", "nl", 1.0),
    Zone("answer", "nl", 0.5),
    Zone("minister_words", "nl", 0.5),
    Zone("author_words", "nl", 0.5),
    Zone("french", "fr", 0.0, several=True),
)
LANGUAGES: Final = tuple(dict.fromkeys(zone.language for zone in ZONES))


def zones_of(language: str) -> tuple[Zone, ...]:
    """Return the zones in one language, in the order of the table."""
    return tuple(zone for zone in ZONES if zone.language == language)


def exact(zone: str) -> str:
    """Return the field with the words of a zone as written."""
    return f"{zone}_exact"

"""The zones: the texts of a question that are indexed, by name, language and weight; for the index and every query."""

from typing import Final, NamedTuple

__all__ = ["COMBINED", "FRENCH", "LANGUAGES", "TEXT", "ZONES", "Zone", "both", "exact", "twin_of", "zones_of"]

TEXT: Final = "text"  # the field with the terms of all Dutch zones, weighted
FRENCH: Final = "french"  # the same of the French ones
COMBINED: Final = {"nl": TEXT, "fr": FRENCH}


class Zone(NamedTuple):
    """A text of the question, its weight in the combined field, and whether it may have several values."""

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
    Zone("french_title", "fr", 3.0),
    Zone("french_keywords", "fr", 2.0, several=True),
    Zone("french_question", "fr", 1.0),
    Zone("french_answer", "fr", 0.5),
    Zone("french_minister", "fr", 0.5),
)
LANGUAGES: Final = tuple(dict.fromkeys(zone.language for zone in ZONES))


def zones_of(language: str) -> tuple[Zone, ...]:
    """Return the zones in one language, in the order of the table."""
    return tuple(zone for zone in ZONES if zone.language == language)


def exact(zone: str) -> str:
    """Return the field with the words of a zone as written."""
    return f"{zone}_exact"


def twin_of(zone: str, language: str) -> str:
    """Return the zone of a language that has the same text: title, or french_title."""
    return zone if language == "nl" else f"french_{zone}"


def both(zone: str) -> tuple[str, ...]:
    """Return a zone and its twin in French."""
    return (zone, twin_of(zone, "fr"))

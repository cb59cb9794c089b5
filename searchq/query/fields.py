"""The fields of the query language, each defined once: its names in Dutch, English and French, and its kind."""

import unicodedata
from functools import lru_cache
from typing import Final, Literal, NamedTuple

from searchq.query.closest import closest
from searchq.query.facet_table import FACETS, WAITED

__all__ = ["FIELDS", "Field", "Kind", "field_named", "nearest_name"]

Kind = Literal[
    "zone",  # words within one text of the record
    "facet",  # one of the values of a facet
    "date",
    "amount",  # a number of days
    "number",  # a question by its number
]


class Field(NamedTuple):
    """A field of the query language; `target` is the index field it searches."""

    target: str
    kind: Kind
    names: tuple[str, ...]  # the first is the Dutch one, shown in hints


FIELDS: Final = (
    Field("title", "zone", ("titel", "title", "titre")),
    Field("question", "zone", ("vraag", "question")),
    Field("answer", "zone", ("antwoord", "answer", "réponse")),
    *(Field(facet.name, "facet", tuple(dict.fromkeys((*facet.aliases, facet.name)))) for facet in FACETS),
    Field("number", "number", ("nummer", "number", "numéro", "nr")),
    Field("date", "date", ("datum", "date", "gesteld", "asked")),
    Field("answer_date", "date", ("beantwoord", "answered", "répondu")),
    Field(WAITED, "amount", ("wachttijd", "waited", "attente")),
)


def field_named(name: str) -> Field | None:
    """Return the field of that name, ignoring case and accents; None if there is none."""
    return _BY_NAME.get(_plain(name))


@lru_cache(maxsize=256)
def nearest_name(name: str) -> str | None:
    """Return the most similar field name, the first of equals; None if none is similar."""
    plain = closest(_plain(name[:_MAX_LENGTH]), _SHOWN, _MIN_SIMILARITY)
    return plain and _SHOWN[plain]


_MIN_SIMILARITY: Final = 0.66  # of 1.0: lets through two slips in a word of eight letters
_MAX_LENGTH: Final = 40  # characters of an unknown name that are compared


def _plain(name: str) -> str:
    if name.isascii():
        return name.lower()
    apart = unicodedata.normalize("NFD", name.lower())
    return "".join(letter for letter in apart if not unicodedata.combining(letter))


_BY_NAME: Final = {_plain(name): field for field in FIELDS for name in field.names}
_SHOWN: Final = {_plain(name): name for field in FIELDS for name in field.names}

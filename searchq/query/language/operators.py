"""The operators of the query language, in Dutch, English and French, in one table."""

from typing import Final, Literal

__all__ = ["NEAR", "OPERATORS", "RANGE", "SIGNS", "Operator"]

Operator = Literal["and", "or", "not"]

OPERATORS: Final[dict[str, Operator]] = {
    **dict.fromkeys(("AND", "EN", "ET", "&&", "&"), "and"),
    **dict.fromkeys(("OR", "OF", "OU", "||", "|"), "or"),
    **dict.fromkeys(("NOT", "NIET", "NON", "SAUF"), "not"),
}
NEAR: Final = ("NEAR", "NABIJ", "PRÈS", "PRES")  # each may have a distance: NEAR/5
RANGE: Final = ("TO", "TOT", "À", "A")  # between brackets: [2012 TO 2014]
SIGNS: Final[dict[str, Literal["not", "wanted"]]] = {"-": "not", "+": "wanted"}  # before a word, without a blank

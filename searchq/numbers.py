"""Question numbers of both houses: the one pattern, parsing, sort key and sibling key.

5-8902, 1-1535/1                     Senate: legislature, serial; of legislatures 1 and 2 also a part
56-7-0930-2025202606531              Chamber: legislature, department's rank, QUESTNUM, DOCNAME
56-B045-7-0930-2025202606531         the same as published: a route with its bulletin,
56--7-0930-2025202606531             or none yet
"""

from functools import lru_cache
from typing import Final, NamedTuple

from searchq.lazy_regex import lazy
from searchq.question import House

__all__ = [
    "CHAMBER",
    "LEGISLATURE",
    "MAX_PART",
    "NUMBER",
    "SENATE",
    "SERIAL",
    "QuestionNumber",
    "is_beginning",
    "is_number",
    "number_of",
    "number_order",
    "parse_number",
    "sibling_order",
]

LEGISLATURE: Final = r"[1-9][0-9]?"
SERIAL: Final = r"[0-9]{1,6}(?:/[0-9]{1,3})?"
SENATE: Final = f"{LEGISLATURE}-{SERIAL}"
CHAMBER: Final = r"[1-9][0-9]-[0-9]{1,3}-[0-9]{4,6}-[0-9]{13}"
NUMBER: Final = rf"(?:{CHAMBER}|{SENATE})"  # as a record writes it

MAX_PART: Final = 999  # the greatest part of a Senate question, and the greatest rank of a department
_SERIALS: Final = 10**6  # serial numbers of one Senate legislature
_DOCNAMES: Final = 10**13

_DASH: Final = r" *[-‐‑‒–] *"
_PARSED: Final = lazy(
    rf"(?P<legislature>[1-9][0-9]?)(?:{_DASH}(?:[Bb][0-9]{{0,4}})?)?{_DASH}"
    rf"(?P<rank>[0-9]{{1,3}}){_DASH}(?P<question>[0-9]{{4,6}}){_DASH}(?P<docname>[0-9]{{13}})"
    rf"|(?P<senate>[1-9][0-9]?){_DASH}(?P<serial>[0-9]{{1,6}})(?: */ *(?P<part>[0-9]{{1,3}}))?"
)
_NUMBER: Final = lazy(NUMBER)
_BEGINNING: Final = lazy(r"[1-9][0-9]?(?:-[0-9]*(?:/[0-9]{0,3}|(?:-[0-9]*){1,2})?)?")


class QuestionNumber(NamedTuple):
    """A number taken apart; `str()` of it is the number as records have it."""

    house: House
    legislature: int
    serial: int  # Chamber: QUESTNUM, the number under which one minister got it
    part: int = 0  # Senate: of `1535/1`
    rank: int = 0  # Chamber: of the department
    docname: str = ""  # Chamber: 13 digits, shared by all ministers a question went to

    def __str__(self) -> str:
        if self.house == "chamber":
            return f"{self.legislature}-{self.rank}-{self.serial:04}-{self.docname}"
        return f"{self.legislature}-{self.serial}" + (f"/{self.part}" if self.part else "")

    @property
    def order(self) -> int:
        """Its place among all: by house (Senate first), legislature, then serial and part, or docname and rank.

        An int64, greater than 0; what is above 10^16 is the Chamber's.
        """
        if self.house == "chamber":
            return (self.legislature * _DOCNAMES + int(self.docname)) * (MAX_PART + 1) + self.rank
        return (self.legislature * _SERIALS + self.serial) * (MAX_PART + 1) + self.part

    @property
    def siblings_order(self) -> int | None:
        """What all siblings share by their number alone: the Chamber's docname; None in the Senate."""
        return self.order - self.rank if self.house == "chamber" else None


@lru_cache(maxsize=1024)  # indexing asks for a question's number thrice, column after column
def parse_number(text: str) -> QuestionNumber | None:
    """The number a text is, also a route of the Chamber; None for any other text.

    Leading zeros, other dashes and blanks around them are no difference.
    """
    found = _PARSED.fullmatch(text.strip())
    if found is None:
        return None
    if found["docname"]:
        own = int(found["legislature"]), int(found["question"])
        return QuestionNumber("chamber", *own, rank=int(found["rank"]), docname=found["docname"])
    return QuestionNumber("senate", int(found["senate"]), int(found["serial"]), part=int(found["part"] or 0))


def number_of(text: str) -> str | None:
    """The number a text is, as records have it (`56-B045-7-0930-…` is `56-7-0930-…`); None for any other text."""
    number = parse_number(text)
    return None if number is None else str(number)


def is_number(text: str) -> bool:
    """Whether a text has the shape of a number in a record."""
    return _NUMBER.fullmatch(text) is not None


def is_beginning(text: str) -> bool:
    """Whether a text may be the beginning of a number, or a whole one: `5-`, `5-89`, `2-1535/`, `56-7-0930-2025`."""
    return _BEGINNING.fullmatch(text) is not None or is_number(text)


def number_order(text: str) -> int | None:
    """The place of a question among all (`QuestionNumber.order`); None for a text that is no number."""
    number = parse_number(text)
    return None if number is None else number.order


def sibling_order(text: str) -> int | None:
    """What a number shares with its siblings, see `QuestionNumber.siblings_order`."""
    number = parse_number(text)
    return None if number is None else number.siblings_order

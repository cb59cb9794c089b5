"""The permanent address of a question: where its house publishes it."""

from typing import Final
from urllib.parse import urlsplit

from searchq.numbers import parse_number
from searchq.question import Question

__all__ = ["official_address"]

_OFFICIAL: Final = "https://www.senate.be/www/?MIval=/Vragen/SchriftelijkeVraag&LEG={}&NR={}&LANG=nl"
_FIRST_ON_LINE: Final = 4  # the first legislature with one page per question on the Senate's site


def official_address(question: Question) -> str | None:
    """The question's URL on the Senate's site: from the document, else built from the number.

    Allows http(s) only, so that no document can plant a `javascript:` link. None for the old Bulletins, which have no
    page per question.
    """
    given = question.source.address
    if given and urlsplit(given).scheme in ("http", "https"):
        return given
    number = parse_number(question.number)
    if number and number.house == "senate" and number.legislature >= _FIRST_ON_LINE:
        return _OFFICIAL.format(number.legislature, number.serial)
    return None

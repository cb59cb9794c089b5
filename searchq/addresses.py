"""The permanent address of a question: where its house publishes it."""

import re
from typing import Final
from urllib.parse import urlsplit

from searchq.numbers import QuestionNumber, parse_number
from searchq.question import Question

__all__ = ["host_of", "is_web_address", "official_address"]

_OFFICIAL: Final = "https://www.senate.be/www/?MIval=/Vragen/SchriftelijkeVraag&LEG={}&NR={}&LANG=nl"
_FIRST_ON_LINE: Final = 4  # the first legislature with one page per question on the Senate's site
_CHAMBER: Final = "https://www.dekamer.be/kvvcr/showpage.cfm?"
_DOSSIER: Final = (
    _CHAMBER + "section=/qrva&language=nl&cfm=/site/wwwcfm/qrva/qrva_detail.cfm"
    "?dossier={docname}&legislat={legislature}"
)
_ROUTE: Final = _CHAMBER + "section=qrva&language=nl&cfm=qrvaXml.cfm?legislat={legislature}&dossierID={route}.xml"
_LAST_BY_ROUTE: Final = 54  # the last legislature whose pages are known to be named after the route
_FIRST_BY_DOSSIER: Final = 56  # the first whose pages are known to be named after the dossier; of 55 nothing is known
_PUBLISHED: Final = re.compile(r"[1-9][0-9]-[Bb][0-9]{1,4}-[0-9]{1,3}-[0-9]{4,6}-[0-9]{13}")


def official_address(question: Question) -> str | None:
    """The question's page on the site of its house: from the document, else built from the number or the route.

    Allows http(s) only, so that no document can plant a `javascript:` link. None for the old Bulletins, which have no
    page per question, and for the legislatures of the Chamber whose addresses are not known.
    """
    given = question.source.address
    if given and is_web_address(given):
        return given
    number = parse_number(question.number)
    if number and number.house == "senate" and number.legislature >= _FIRST_ON_LINE:
        return _OFFICIAL.format(number.legislature, number.serial)
    return _chamber_page(number, question.route or "") if number and number.house == "chamber" else None


def is_web_address(address: str) -> bool:
    """Whether an address is http(s) and can be taken apart; a document may hold anything (`http://[::1`)."""
    try:
        parts = urlsplit(address)
        return parts.scheme in ("http", "https") and bool(parts.hostname)
    except ValueError:
        return False


def host_of(address: str) -> str:
    """The host of an address; the address itself where it names none."""
    return (urlsplit(address).hostname if is_web_address(address) else None) or address


def _chamber_page(number: QuestionNumber, route: str) -> str | None:
    if number.legislature >= _FIRST_BY_DOSSIER:
        return _DOSSIER.format(docname=number.docname, legislature=number.legislature)
    if number.legislature <= _LAST_BY_ROUTE and _PUBLISHED.fullmatch(route):
        return _ROUTE.format(legislature=number.legislature, route=route.lower())
    return None

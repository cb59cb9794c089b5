"""Web addresses in running text, without the marks of the sentence that they stand in."""

import re
from collections.abc import Iterable, Iterator
from itertools import chain
from typing import Final

from searchq.documents.cited import Cited
from searchq.documents.senate.stripped import number_in_address
from searchq.question import House

__all__ = ["find_addresses"]

_REST: Final = r"[^\s<>\"“”„‘’«»\[\]{}|\\^`]{1,2000}"
_ADDRESSES: Final = (  # each begins with plain letters, found quickly
    re.compile(rf"://(?<=[htps]{{4}}://){_REST}"),
    re.compile(rf"www\.(?<![\w@./-]www\.){_REST}"),
)
_PUNCTUATION: Final = ".,;:!?'*_…"
_SCHEME: Final = re.compile(r"(?<![\w@.-])https?\Z")
_HOST: Final = re.compile(r"(?:https?://)?[\w-]+(?:\.[\w-]+)+(?::[0-9]+)?(?=[/?#]|\Z)")


def find_addresses(text: str) -> list[Cited]:
    """The web addresses of a text, ascending and disjoint."""
    return _disjoint(sorted(_addresses(text))) if "www." in text or ("/" in text and "://" in text) else []


def _disjoint(found: Iterable[Cited]) -> list[Cited]:
    """Those that do not begin within the one before: an address may hold another."""
    kept: list[Cited] = []
    for one in found:
        if not kept or one.start >= kept[-1].end:
            kept.append(one)
    return kept


def _addresses(text: str) -> Iterator[Cited]:
    for match in chain.from_iterable(pattern.finditer(text) for pattern in _ADDRESSES):
        scheme = _SCHEME.search(text, max(0, match.start() - 6), match.start())
        start = scheme.start() if scheme else match.start()
        address = _without_punctuation(text[start : match.end()])
        if _HOST.match(address):
            url = address if scheme else f"http://{address}"
            number = number_in_address(address) if "MIval=" in address else None
            house: House | None = "senate" if number else None
            yield Cited(start, start + len(address), "address", house, number, url)


def _without_punctuation(address: str) -> str:
    """The address without the marks of the sentence that it stands in; brackets of its own stay."""
    address = address.rstrip(_PUNCTUATION)
    while address.endswith(")") and address.count("(") < address.count(")"):
        address = address[:-1].rstrip(_PUNCTUATION)
    return address

"""Every page that the site has, for the tests that look at each: over the records of `tests.web.records`."""

from typing import Final

__all__ = ["ADDRESSES", "FOUND", "in_both"]

ADDRESSES: Final = (
    "/",
    "/?q=klachten&party=MR&not_status=open",
    "/?q=klachten+zeppelin&party=MR",
    "/?q=potenti%C3%ABle",
    "/?sort=newest&page=2",
    "/vraag/5-101?q=sociale+media&hit=1",
    "/vraag/7-12",
    "/vraag/2-7",
    "/vraag/5-101/naast-elkaar",
    "/statistiek",
    "/statistiek?per=year&party=MR",
    "/filter/author?q=klachten",
    "/hulp",
    "/dekking",
    "/problemen",
    "/indiener/martha-peeters",
    "/portefeuille/justitie",
    "/trefwoord/sociale-media",
    "/volgen?q=klachten",
    "/volgen?vraag=5-103",
    "/nergens",
    "/?page=0",
)

FOUND: Final = (  # by search engines; the others ask not to be
    "/",
    "/vraag/5-101",
    "/vraag/7-12",
    "/vraag/5-101/naast-elkaar",
    "/statistiek",
    "/hulp",
    "/dekking",
    "/indiener/martha-peeters",
    "/portefeuille/justitie",
    "/trefwoord/sociale-media",
)


def in_both(addresses: tuple[str, ...]) -> list[str]:
    """Each address in Dutch and in French."""
    return [before + address for before in ("", "/fr") for address in addresses]

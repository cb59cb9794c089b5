"""The two sites: their addresses, what is known of their numbers, and how slowly each wants to be asked.

These are facts of the product. Everything else in this package takes a `SenateSite` or a `ChamberSite` as an argument,
so that tests ask a server of their own.
"""

from collections.abc import Mapping
from typing import Final, Literal
from urllib.parse import urlsplit

from msgspec import Struct, field

__all__ = [
    "CHAMBER",
    "CHAMBER_LEGISLATURES",
    "HIGHEST_SEEN",
    "LANGUAGES",
    "SENATE",
    "ChamberSite",
    "PageLanguage",
    "Pause",
    "SenateSite",
    "kept_rules",
    "robots_address",
]

PageLanguage = Literal["both", "nl", "fr"]
LANGUAGES: Final[tuple[PageLanguage, ...]] = ("both", "nl", "fr")

# The highest number of each legislature that was seen at this address; 8 began in 2024, none of it was seen.
HIGHEST_SEEN: Final[Mapping[int, int]] = {8: 0, 7: 1753, 6: 2240, 5: 10675, 4: 7460, 3: 3970}
CHAMBER_LEGISLATURES: Final = (56, 55, 54)  # 56 and 54 were seen at this address

_PATHS: Final[Mapping[PageLanguage, str]] = {
    "both": "/www/?MIval=/Vragen/SVPrintNLFR&LEG={legislature}&NR={number}&LANG=nl",
    "nl": "/www/?MIval=/Vragen/SchriftelijkeVraag&LEG={legislature}&NR={number}&LANG=nl",
    "fr": "/www/?MIval=/Vragen/SchriftelijkeVraag&LEG={legislature}&NR={number}&LANG=fr",
}


class Pause(Struct, frozen=True):
    """Seconds between an answer and the next request: random between `least` and `most`."""

    least: float
    most: float

    @property
    def mean(self) -> float:
        return (self.least + self.most) / 2

    def at_least(self, seconds: float) -> "Pause":
        """This pause, lengthened to what a site asks for."""
        return Pause(max(self.least, seconds), max(self.most, seconds))


def robots_address(address: str) -> str:
    """Where the rules of a site stand."""
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.netloc}/robots.txt"


def kept_rules(address: str) -> str:
    """The name under which a ledger keeps the rules of a site: `at`, `text`, and `delay`, the pause they ask for."""
    return f"robots:{robots_address(address)}"


class SenateSite(Struct, frozen=True):
    """Where the Senate's questions are: one page per number, legislature and language."""

    root: str
    highest: Mapping[int, int] = field(default_factory=lambda: HIGHEST_SEEN)  # number known to exist, by legislature
    pause: Pause = Pause(1, 4)

    def page(self, legislature: int, number: int, language: PageLanguage) -> str:
        """The address of a question."""
        return self.root + _PATHS[language].format(legislature=legislature, number=number)

    @property
    def legislatures(self) -> tuple[int, ...]:
        """The legislatures known to have pages, newest first."""
        return tuple(sorted(self.highest, reverse=True))


class ChamberSite(Struct, frozen=True):
    """Where the Chamber's archives are: one zip per legislature."""

    root: str
    legislatures: tuple[int, ...] = CHAMBER_LEGISLATURES
    pause: Pause = Pause(5, 8)  # the service asks for 5 s

    def archive(self, legislature: int) -> str:
        """The address of the archive of a legislature."""
        return f"{self.root}/v0/qrva/archive?leg={legislature}"


SENATE: Final = SenateSite("https://www.senate.be")
CHAMBER: Final = ChamberSite("https://data.dekamer.be")

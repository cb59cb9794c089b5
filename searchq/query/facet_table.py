"""The facets, one row each: everything the command line, the page, the API and the index know about a facet.

    Facet("party", "party", lambda q: one(q.party), "Partij", "Parti", aliases=("partij", …), …)

Options, parameters, the query language, the sidebar, OpenAPI and the columns of the index are all derived from these
rows. To add a facet, add its row, with the function that extracts its values from a question.
"""

import bisect
from collections.abc import Callable, Iterable
from typing import Final, Literal, TypeAlias

from msgspec import Struct

from searchq.lazy_regex import lazy
from searchq.problems import kind_of
from searchq.query.value_names import NAMES, ValueNames
from searchq.question import Question

__all__ = [
    "DELAY_BANDS",
    "DELAY_DAYS",
    "FACETS",
    "FACET_NAMES",
    "MISSING_VALUE",
    "WAITED",
    "Facet",
    "FacetName",
    "Kind",
    "Language",
    "facet_named",
]

FacetName: TypeAlias = str  # the name of a row
Language: TypeAlias = Literal["nl", "fr"]

Kind = Literal[
    "text",  # a value in words; spellings that differ in case, accents, blanks or kinds of signs are one value
    "person",  # a name; also one where words change places or a title stands before it
    "party",  # a label; also one where the table of parties says so
    "code",  # one of few values that have names in each language
    "number",
    "month",
    "band",  # of days to the answer
]

DELAY_DAYS: Final = "delay_days"  # the integer field of which `delay` has the bands
WAITED: Final = "waited"  # days to the answer, or of waiting so far (`searchq.waiting`): derived, not stored
MISSING_VALUE: Final = "(none)"  # selects the questions without a value
DELAY_BANDS: Final = ("0-30", "31-60", "61-90", "91-180", "181-365", "366+")  # days to the answer
_BAND_ENDS: Final = (30, 60, 90, 180, 365)  # the last day of each but the last


class Facet(Struct, frozen=True, eq=False):
    """One facet.

    `aliases` name it in the query language and in addresses, the first is the Dutch name. `also` is the facet whose
    values are tried where its own are not meant. `beside` is how many values the page shows beside the results, at
    `place`; 0: only on a page of its own, or nowhere if it is not `listed`. `fact`: where it stands among the facts on
    the page of a question. `suggested`: how many values complete what is being typed. `by_value`: its values have an
    order of their own, which is shown instead of the most frequent first.
    """

    name: FacetName
    kind: Kind
    values: Callable[[Question], Iterable[str]]
    nl: str
    fr: str
    help: str
    aliases: tuple[str, ...] = ()
    several: bool = False  # values per question
    also: FacetName | None = None
    beside: int = 0
    place: int = 0
    listed: bool = True
    fact: int = 0
    suggested: int = 0
    statistics: int = 0  # the place of its table among those of the statistics page
    by_value: bool = False

    @property
    def option(self) -> str:
        """Return its name on the command line."""
        return self.name.replace("_", "-")

    def label(self, language: Language = "nl") -> str:
        """Return its display name."""
        return self.nl if language == "nl" else self.fr

    def without(self, language: Language = "nl") -> str:
        """Return the display name for questions without a value."""
        name = self.label(language)
        return f"{'zonder' if language == 'nl' else 'sans'} {name[:1].lower()}{name[1:]}"

    @property
    def is_counted(self) -> bool:
        """Return whether its values begin with a number and are ordered by it."""
        return self.kind in ("number", "band")

    def rank(self, value: str) -> tuple[int, str]:
        """Return the sort key of a value in the facet's own order."""
        digits = _DIGITS.match(value) if self.is_counted else None
        return int(digits[0]) if digits else 0, value

    @property
    def values_language(self) -> Language | None:
        """Return the language of its values as published; None of names, numbers, and values with translated names."""
        return "nl" if self.kind == "text" and self.name not in NAMES else None

    @property
    def names(self) -> ValueNames:
        """Return the names of its values."""
        return NAMES.get(self.name, _NAMELESS)

    def value_label(self, value: str, language: Language = "nl") -> str:
        """Return the display name of a value."""
        return self.without(language) if value == MISSING_VALUE else self.names.label(value, language)


_NAMELESS: Final = ValueNames()
_DIGITS: Final = lazy(r"[0-9]{1,9}")


def _one(value: str | int | None) -> tuple[str, ...]:
    return () if value is None or value == "" else (str(value),)


def _keywords(question: Question) -> tuple[str, ...]:
    """The Dutch keywords; the French ones of a question that is told in French only."""
    return question.keywords or (question.french.keywords if question.french else ())


def _year(question: Question) -> tuple[str, ...]:
    return (f"{question.date.year:04}",) if question.date else ()


def _month(question: Question) -> tuple[str, ...]:
    return (f"{question.date.year:04}-{question.date.month:02}",) if question.date else ()


def _band(question: Question) -> tuple[str, ...]:
    """Return the delay band of an answered question."""
    days = question.delay_days
    return () if days is None or days < 0 else (DELAY_BANDS[bisect.bisect_left(_BAND_ENDS, days)],)


FACETS: Final = (
    Facet(
        "minister", "text", lambda q: _one(q.minister), "Titel van de minister", "Titre du ministre",
        "Title as published, a portfolio, or words of the title.",
        aliases=("minister", "ministre"), also="portfolio",
    ),
    Facet(
        "portfolio", "text", lambda q: q.portfolios, "Minister", "Ministre",
        "Stable short name: Justitie, Volksgezondheid …",
        aliases=("portefeuille", "portfolio", "bevoegdheid", "compétence"), several=True,
        beside=8, place=1, fact=3, suggested=2, statistics=1,
    ),
    Facet(
        "author", "person", lambda q: _one(q.author), "Indiener", "Auteur", "Who asked.",
        aliases=("indiener", "auteur", "author", "vraagsteller", "senator", "sénateur"),
        beside=6, place=3, fact=1, suggested=2, statistics=3,
    ),
    Facet(
        "party", "party", lambda q: _one(q.party), "Partij", "Parti", "Label of the day: sp.a, later Vooruit.",
        aliases=("partij", "party", "parti", "fractie"), beside=6, place=2, fact=2, suggested=1, statistics=2,
    ),
    Facet(
        "keyword", "text", _keywords, "Trefwoord", "Mot-clé", "Descriptor.",
        aliases=("trefwoord", "trefwoorden", "keyword", "keywords", "mot-clé", "descripteur"), several=True,
        beside=8, place=4, fact=7, suggested=3,
    ),
    Facet(
        "title_part", "text", lambda q: q.title_path, "Onderwerp", "Sujet", "One part of the title.",
        aliases=("onderwerp", "sujet"), several=True, fact=8,
    ),
    Facet(
        "house", "code", lambda q: (q.house,), "Kamer of Senaat", "Chambre ou Sénat", "senate or chamber.",
        aliases=("huis", "house", "assemblée"),
    ),
    Facet(
        "legislature", "number", lambda q: _one(q.legislature), "Zittingsperiode", "Législature", "By number: 5.",
        aliases=("zittingsperiode", "legislatuur", "legislature"), fact=4, by_value=True,
    ),
    Facet(
        "session", "code", lambda q: _one(q.session), "Zitting", "Session", "By its years: 2012-2013.",
        aliases=("zitting", "session"), fact=5, by_value=True,
    ),
    Facet(
        "year", "number", _year, "Jaar", "Année", "Asked in: 2013.",
        aliases=("jaar", "year", "année"), listed=False, statistics=4, by_value=True,
    ),
    Facet(
        "month", "month", _month, "Maand", "Mois", "Asked in: 2013-04.",
        aliases=("maand", "month", "mois"), listed=False, by_value=True,
    ),
    Facet(
        "status", "code", lambda q: _one(q.status), "Status", "Statut",
        "answered, answered-without-text, open, closed, end-of-legislature, requalified or unknown.",
        aliases=("status", "statut"), beside=7, place=5,
    ),
    Facet(
        "language", "code", lambda q: _one(q.language), "Taal", "Langue", "Asked in: nl, fr, de.",
        aliases=("taal", "language", "langue"), fact=6,
    ),
    Facet(
        "delay", "band", _band, "Antwoordtermijn", "Délai de réponse", "Days to the answer: 0-30, 31-60 …, or >200.",
        aliases=("termijn", "delay", "délai"), beside=8, place=6, by_value=True,
    ),
    Facet(
        "reminders", "number", lambda q: (str(q.reminders),), "Rappels", "Rappels", "How many were sent.",
        aliases=("rappel", "rappels", "reminders", "reminder", "herinneringen"), by_value=True,
    ),
    Facet(
        "problem", "code", lambda q: map(kind_of, q.problems), "Niet gelezen", "Non lu",
        "Kind of what could not be read: date, portfolio …",
        aliases=("probleem", "problem", "problème"), several=True, listed=False,
    ),
)  # fmt: skip


FACET_NAMES: Final = tuple(facet.name for facet in FACETS)


def facet_named(name: str) -> Facet:
    """Return the row of a facet. Raises KeyError for an unknown one."""
    return _BY_NAME[name]


_BY_NAME: Final = {facet.name: facet for facet in FACETS}

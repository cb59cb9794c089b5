"""The names of facet values, in Dutch and French, and other names that a visitor may type.

status    answered    Beantwoord        Répondu         beantwoord: with and without its text
month     2013-04     april 2013        avril 2013
delay     366+        meer dan een jaar plus d’un an
"""

from collections.abc import Callable, Mapping
from typing import Final, Literal

from msgspec import Struct, field

from searchq import months
from searchq.lazy_regex import lazy
from searchq.legislatures import house_of, legislature_years
from searchq.problems import FRENCH_LABELS, LABELS
from searchq.query.portfolio_names import FRENCH_PORTFOLIOS

__all__ = ["ANSWERED", "MISSING_NAMES", "NAMES", "ValueNames"]

MISSING_NAMES: Final = ("none", "geen", "zonder", "aucun", "aucune", "sans")  # other names of no value


def _as_it_is(value: str) -> str:
    return value


class ValueNames(Struct, frozen=True, eq=False):
    """The names of the values of one facet; `others` are those that a visitor may type, for one value or several."""

    nl: Callable[[str], str] = _as_it_is
    fr: Callable[[str], str] = _as_it_is
    others: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def label(self, value: str, language: Literal["nl", "fr"]) -> str:
        """Return the display name of a value."""
        return self.nl(value) if language == "nl" else self.fr(value)


def _listed(names: Mapping[str, tuple[str, str]], others: Mapping[str, tuple[str, ...]]) -> ValueNames:
    """Names of a few values, Dutch and French; both may be typed, too."""
    typed = {name: (value,) for value, both in names.items() for name in both}
    dutch, french = ({value: both[place] for value, both in names.items()} for place in (0, 1))
    return ValueNames(
        lambda value: dutch.get(value, value), lambda value: french.get(value, value), {**typed, **others}
    )


ANSWERED: Final = ("answered", "answered-without-text")  # statuses
_UNANSWERED: Final = ("open", "closed", "end-of-legislature")

_STATUS: Final = _listed(
    {
        "answered": ("Beantwoord", "Répondu"),
        "answered-without-text": ("Beantwoord, tekst ontbreekt", "Répondu, texte manquant"),
        "open": ("Nog niet beantwoord", "Pas encore répondu"),
        "closed": ("Dossier gesloten", "Dossier clos"),
        "end-of-legislature": ("Vervallen", "Caduc"),
        "requalified": ("Geherkwalificeerd", "Requalifié"),
        "unknown": ("Onbekend", "Inconnu"),
    },
    {
        **dict.fromkeys(("beantwoord", "répondu"), ANSWERED),
        **dict.fromkeys(("onbeantwoord", "unanswered", "niet beantwoord", "sans réponse"), _UNANSWERED),
        **dict.fromkeys(("zonder tekst", "beantwoord zonder tekst"), ("answered-without-text",)),
        **dict.fromkeys(("wachtend", "hangend", "ouvert", "lopend", "waiting", "pending"), ("open",)),
        **dict.fromkeys(("gesloten", "afgesloten", "clôturé", "clos"), ("closed",)),
        **dict.fromkeys(("einde zittingsperiode", "einde legislatuur"), ("end-of-legislature",)),
        "herkwalificatie": ("requalified",),
        "status onbekend": ("unknown",),
    },
)
_LANGUAGE: Final = _listed(
    {"nl": ("Nederlands", "Néerlandais"), "fr": ("Frans", "Français"), "de": ("Duits", "Allemand")},
    {"dutch": ("nl",), "french": ("fr",), "german": ("de",)},
)


def _legislature(ordinal: Callable[[int], str], now: str) -> Callable[[str], str]:
    """A legislature with its years: "5e (2010–2014)"."""

    def label(value: str) -> str:
        number = int(value) if value.isdecimal() else 0
        years = legislature_years(house_of(number), number)
        return f"{ordinal(number)} ({years[0]}–{years[1] or now})" if years else value

    return label


def _month(names: tuple[tuple[str, ...], ...]) -> Callable[[str], str]:
    """A month in words: "april 2013"."""

    def label(value: str) -> str:
        found = _MONTH.fullmatch(value)
        return f"{names[int(found[2]) - 1][0]} {found[1]}" if found else value

    return label


_MONTH: Final = lazy(r"([0-9]{4})-(0[1-9]|1[0-2])")


def _counted(none: str, one: str, many: str) -> Callable[[str], str]:
    return lambda value: {"0": none, "1": f"1 {one}"}.get(value, f"{value} {many}")


def _band(days: str, more: str) -> Callable[[str], str]:
    return lambda value: more if value == "366+" else f"{value.replace('-', '–')} {days}"


NAMES: Final[Mapping[str, ValueNames]] = {
    "status": _STATUS,
    "house": _listed(
        {"senate": ("Senaat", "Sénat"), "chamber": ("Kamer", "Chambre")},
        {"kamer van volksvertegenwoordigers": ("chamber",), "chambre des représentants": ("chamber",)},
    ),
    "language": _LANGUAGE,
    "legislature": ValueNames(
        _legislature(lambda number: f"{number}e", "heden"),
        _legislature(lambda number: "1re" if number == 1 else f"{number}e", "aujourd’hui"),
    ),
    "month": ValueNames(_month(months.DUTCH), _month(months.FRENCH)),
    "reminders": ValueNames(
        _counted("geen rappel", "rappel", "rappels"), _counted("aucun rappel", "rappel", "rappels")
    ),
    "problem": ValueNames(
        lambda value: LABELS.get(value, value),
        lambda value: FRENCH_LABELS.get(value, value),
        {label: (kind,) for labels in (LABELS, FRENCH_LABELS) for kind, label in labels.items()},
    ),
    "portfolio": ValueNames(
        _as_it_is,
        lambda value: FRENCH_PORTFOLIOS.get(value, value),
        {french: (dutch,) for dutch, french in FRENCH_PORTFOLIOS.items()},
    ),
    "delay": ValueNames(_band("dagen", "meer dan een jaar"), _band("jours", "plus d’un an")),
}

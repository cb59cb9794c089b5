"""The words by which the layouts are recognised, one table a language.

Accented letters of labels are matched by `.{1,2}`: a page whose character set was guessed wrong has its labels garbled
like its texts, and must be recognised before it can be repaired.
"""

import re
from typing import Final

from msgspec import Struct

from searchq.numbers import SENATE
from searchq.question import Event, Language, ReferenceKind, ReferenceType

__all__ = [
    "DEADLINE",
    "DUTCH",
    "FRENCH",
    "KINDS",
    "LANGUAGES",
    "ORDINAL",
    "PLACEHOLDER",
    "TYPES",
    "Labels",
    "event_of",
]

_DAY: Final = r"[0-9]{1,2}(?:er)? [^\s:]{3,12} [0-9]{4}|[0-9]{1,2}/[0-9]{1,2}/[0-9]{4}"
_BLANK: Final = r"[ \t\xa0]*"


class Labels(Struct, frozen=True):
    """The labels of the one-language pages; every pattern matches at the start of a line.

    Groups: `print` (the print version's mark) and `number` in `top`; `author`, `party`, `date` in `author`; `number`,
    `date`, `spoken` in `heading`; `kind`, `date` in `answer`. `near_heading` is a heading that may be unreadable,
    `begun` the headings that a page may end within.
    """

    language: Language
    top: re.Pattern[str]
    author: re.Pattern[str]
    minister: re.Pattern[str]
    heading: re.Pattern[str]
    near_heading: re.Pattern[str]
    answer: re.Pattern[str]
    begun: tuple[str, ...]


def _line(pattern: str) -> re.Pattern[str]:
    return re.compile(f"^{_BLANK}{pattern}", re.MULTILINE)


_AUTHOR: Final = r"(?P<author>[^\n()0-9|]*?)(?:[ \xa0]*\((?P<party>(?:[^()\n]|\([^()\n]*\))*)\))?"
ORDINAL: Final = r"n[^0-9a-z\n][^0-9\n]{0,2}"  # n°, nº, however garbled; never a digit
_HEADED_DAY: Final = rf"(?P<date>{_DAY}|(?=[^\n:]*[0-9])[^\n:]{{1,30}}?(?= ?:{_BLANK}$)|)"

DUTCH: Final = Labels(
    language="nl",
    top=_line(rf"(?P<print>SENAAT )?Schriftelijke vraag nr\. ?(?P<number>{SENATE}){_BLANK}\n"),
    author=re.compile(rf"(?:de|van) {_AUTHOR}(?: d\.d\. (?P<date>[^\n]*))?"),
    minister=re.compile(r"aan (?:de |het )?"),
    heading=_line(
        rf"(?:SENAAT Schriftelijke vraag|Vraag) nr\. ?(?P<number>{SENATE}) d\.d\. (?P<date>[^:\n]*?) ?:"
        rf"{_BLANK}(?:\((?P<spoken>[^)\n]*)\){_BLANK})?$"
    ),
    near_heading=_line(rf"(?:SENAAT Schriftelijke vraag|Vraag) nr\. ?{SENATE}\b"),
    answer=_line(
        r"(?P<kind>Antwoord(?= ontvangen op)|Aanvullend antwoord)(?: ontvangen op| d\.d\.| van)? ?"
        rf"{_HEADED_DAY} ?:{_BLANK}(?:\n|$)?"
    ),
    begun=("Antwoord ontvangen op ", "Aanvullend antwoord ontvangen op "),
)

FRENCH: Final = Labels(
    language="fr",
    top=_line(rf"(?P<print>S.{{1,2}}NAT )?Question .{{1,2}}crite {ORDINAL}(?P<number>{SENATE}){_BLANK}\n"),
    author=re.compile(rf"de {_AUTHOR}(?: du (?P<date>[0-9][^\n]*))?"),
    minister=re.compile(r"au |aux |[^\x00-\x7f]{1,2} (?:la |l['’])?|a (?:la |l['’])"),  # an accent may be lost
    heading=_line(
        rf"(?:S.{{1,2}}NAT Question .{{1,2}}crite|Question) {ORDINAL}(?P<number>{SENATE}) du (?P<date>[^:\n]*?) ?:"
        rf"{_BLANK}(?:\((?P<spoken>[^)\n]*)\){_BLANK})?$"
    ),
    near_heading=_line(rf"(?:S.{{1,2}}NAT Question .{{1,2}}crite|Question) {ORDINAL}{SENATE}\b"),
    answer=_line(
        r"(?P<kind>R.{1,2}ponse(?= re.{1,2}ue le)|R.{1,2}ponse (?:compl.{1,2}mentaire|suppl.{1,2}mentaire))"
        rf"(?: re.{{1,2}}ue le| du)? ?{_HEADED_DAY} ?:{_BLANK}(?:\n|$)?"
    ),
    begun=("Réponse reçue le ", "Réponse complémentaire reçue le "),
)

DEADLINE: Final = re.compile(
    r"\((?:Einde van de antwoordtermijn|Fin du d.{1,2}lai de r.{1,2}ponse)\s?:\s?(?P<date>[^)]*)\)?"
)

_SMALL: Final = frozenset(["de", "des", "du", "het", "la", "le", "les", "om", "op", "te", "van", "à"])
_ACCENTS: Final = str.maketrans("àâçéèêëîïôöûùü", "aaceeeeiioouuu")


def _plain(label: str) -> str:
    """A label without case, accents and small words: what is typed differs in these."""
    return " ".join(word.translate(_ACCENTS) for word in label.lower().split() if word not in _SMALL)


_EVENT_LABELS: Final[tuple[tuple[Event, str], ...]] = (
    ("sent", "verzending vraag | envoi question"),
    ("reminder", "rappel | herinnering"),
    ("answered", "antwoord | réponse"),
    ("supplementary-answer", "aanvullend antwoord | réponse complémentaire | réponse supplémentaire"),
    ("closed", "dossier gesloten | dossier clôturé | dossier clos"),
    ("not-published", "beslissing niet te publiceren | beslissing tot niet-publicatie | décision de ne pas publier"),
    ("not-published", "décision de non-publication"),
    ("end-of-legislature", "einde zittingsperiode | einde legislatuur | fin de la législature"),
    ("requalified", "herkwalificatie | requalification"),
)
_EVENTS: Final = {_plain(label): event for event, labels in _EVENT_LABELS for label in labels.split(" | ")}


def event_of(label: str) -> Event:
    """The event that a label names; the list is open."""
    return _EVENTS.get(_plain(label.strip(" .")), "other")


KINDS: Final[dict[str, ReferenceKind]] = {
    "ook gesteld aan": "also-asked-to",
    "aussi posée à": "also-asked-to",
    "heringediend als": "reintroduced-as",
    "réintroduite comme": "reintroduced-as",
    "herindiening van": "reintroduction-of",
    "réintroduction de": "reintroduction-of",
    "herkwalificatie van": "requalification-of",
    "requalification de": "requalification-of",
    "geherkwalificeerd als": "requalified-as",
    "requalifiée en": "requalified-as",
    "requalifiée comme": "requalified-as",
}

TYPES: Final[dict[str, ReferenceType]] = {
    "schriftelijke vraag": "written-question",
    "question écrite": "written-question",
    "vraag om uitleg": "request-for-explanation",
    "demande d'explications": "request-for-explanation",
    "demande d’explications": "request-for-explanation",
}

LANGUAGES: Final[dict[str, Language]] = {
    "nederlands": "nl",
    "néerlandais": "nl",
    "frans": "fr",
    "français": "fr",
    "duits": "de",
    "allemand": "de",
}

_NOT_THERE: Final = (
    r"(?:(?:de|het|le|la|l['’]|volledige|de volledige)?\s?\b(?:tekst|texte|antwoord|réponse)"
    r"(?:\s(?:van|op|de|deze|die|dit|het|vraag|antwoord|is|was|werd|wordt|momenteel|voorlopig|à|cette|la|question"
    r"|(?:n['’])?(?:est|a)|réponse))*"
    r"\s(?:(?:nog )?niet|(?:est )?(?:pas|non)(?: encore)?)(?:\s(?:été|encore|online|en ligne))?"
    r"\s(?:beschikbaar|disponible|gepubliceerd|publiée?)(?:\s(?:wegens|omwille|vanwege|gezien|in|dans|en raison|vu)\b"
    r"[^.;!?]{0,60})?)"
)
_IN_ANNEX: Final = (
    r"(?:(?:het |la )?(?:antwoord|réponse) (?:staat|is opgenomen|se trouve|figure) (?:in|dans|en)\s)?"
    r"(?:(?:zie|voir|cf\.?|cfr\.?)\s)?(?:(?:ook|aussi)\s)?(?:(?:de|het|en|à|les)\s|l['’])?(?:bijlagen?|annexes?)"
)
PLACEHOLDER: Final = re.compile(rf"\W*(?:{_NOT_THERE}\W*(?:{_IN_ANNEX})?|{_IN_ANNEX})\W*", re.IGNORECASE)

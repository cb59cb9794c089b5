"""Hints: sentences that explain how a query was understood, and what to change.

A hint is a code with values; its sentence exists in English for the command line, in Dutch and French for the page.
"""

from collections.abc import Iterable, Mapping
from typing import Final, Literal

from msgspec import Struct, field

__all__ = ["OTHER_LABEL_HINTS", "OUT_OF_TIME", "SENTENCES", "Hint", "ran_out_of_time"]


class Hint(Struct, frozen=True):
    """One remark about a query; `start` and `end` delimit the text it refers to, in characters."""

    code: str  # a key of SENTENCES
    values: Mapping[str, str | int] = field(default_factory=dict)
    start: int | None = None
    end: int | None = None

    def sentence(self, language: Literal["en", "nl", "fr"] = "en") -> str:
        """Return the hint as one sentence."""
        return SENTENCES[self.code][language].format_map(dict(self.values))


OUT_OF_TIME: Final = Hint("deadline")
OTHER_LABEL_HINTS: Final = ("party-later", "party-earlier")


def ran_out_of_time(hints: Iterable[Hint]) -> bool:
    """Return whether a search was stopped, so that its results are incomplete."""
    return any(hint.code == OUT_OF_TIME.code for hint in hints)


SENTENCES: dict[str, dict[str, str]] = {
    # What the engine did
    "most-words": {
        "en": "No question holds all these words; shown are those that hold at least half of them, or of their parts, "
        "or the rarest.",
        "nl": "Geen enkele vraag bevat al deze woorden; u ziet vragen met minstens de helft ervan, of van hun delen, "
        "of met het zeldzaamste.",
        "fr": "Aucune question ne contient tous ces mots\u00a0; vous voyez celles qui en contiennent au moins "
        "la moitié, ou la moitié de leurs parties, ou bien le plus rare.",
    },
    "many-words": {
        "en": "{word} stands for {found} words; the {kept} most frequent are searched: type more letters to reach "
        "the rest.",
        "nl": "{word} staat voor {found} woorden; de {kept} meest voorkomende worden gezocht: typ meer letters "
        "voor de andere.",
        "fr": "{word} représente {found} mots\u00a0; les {kept} plus fréquents sont cherchés\u00a0: tapez plus "
        "de lettres pour atteindre les autres.",
    },
    "deadline": {
        "en": "This search took too long and was stopped; use fewer words, or longer ones before a *.",
        "nl": "Deze zoekopdracht duurde te lang en is gestopt; gebruik minder woorden, of langere voor een *.",
        "fr": "Cette recherche a duré trop longtemps et a été arrêtée\u00a0; employez moins de mots, ou de "
        "plus longs avant un *.",
    },
    "numbered-so": {
        "en": "Questions with the number {serial}: {count}; search nummer:{serial} for them.",
        "nl": "Vragen met het nummer {serial}: {count}.",
        "fr": "Questions portant le numéro {serial}\u00a0: {count}.",
    },
    "telling-words": {
        "en": "Read as a question, by its words {words}; shown is what holds half of them, or the rarest.",
        "nl": "Gelezen als een vraag, naar de woorden {words}; u ziet wat de helft ervan bevat, of het zeldzaamste.",
        "fr": "Lu comme une question, par ses mots {words}\u00a0; en voici la moitié, ou le plus rare.",
    },
    "date-in-words": {
        "en": "“{typed}” was searched as words; of questions asked then, {query} finds {count}.",
        "nl": "“{typed}” is als woord gezocht. Gesteld in die periode: {count}.",
        "fr": "«\u00a0{typed}\u00a0» a été cherché comme mot. Questions posées à cette période\u00a0: {count}.",
    },
    "no-answer-days": {
        "en": "The Chamber does not publish the day of an answer: its answered questions have no delay here.",
        "nl": "De Kamer publiceert niet op welke dag zij antwoord kreeg: haar beantwoorde vragen tellen hier niet mee.",
        "fr": "La Chambre ne publie pas le jour de la réponse\u00a0: ses questions répondues ne comptent pas ici.",
    },
    # Limits
    "long-text": {
        "en": "Only the first {limit} characters were read; shorten the query.",
        "nl": "Alleen de eerste {limit} tekens zijn gelezen; maak de zoekvraag korter.",
        "fr": "Seuls les {limit} premiers caractères ont été lus\u00a0; raccourcissez la recherche.",
    },
    "too-many-words": {
        "en": "Only the first {limit} words were searched; leave out some words.",
        "nl": "Alleen de eerste {limit} woorden zijn gezocht; laat woorden weg.",
        "fr": "Seuls les {limit} premiers mots ont été cherchés\u00a0; retirez des mots.",
    },
    "deep-nesting": {
        "en": "Parentheses more than {limit} deep were overlooked; use fewer.",
        "nl": "Haakjes die meer dan {limit} diep zitten, zijn overgeslagen; gebruik er minder.",
        "fr": "Les parenthèses à plus de {limit} niveaux ont été ignorées\u00a0; employez-en moins.",
    },
    "short-prefix": {
        "en": "Put at least {limit} letters before * or ?; “{word}” was searched without them.",
        "nl": "Zet minstens {limit} letters voor * of ?; “{word}” is zonder die tekens gezocht.",
        "fr": "Mettez au moins {limit} lettres devant * ou\u00a0?\u00a0; «\u00a0{word}\u00a0» a été cherché "
        "sans ces signes.",
    },
    "many-wildcards": {
        "en": "Use at most {limit} stars in one word; “{word}” was cut after the last of these.",
        "nl": "Gebruik hoogstens {limit} sterretjes in één woord; “{word}” is na het laatste daarvan afgebroken.",
        "fr": "Employez au plus {limit} astérisques dans un mot\u00a0; «\u00a0{word}\u00a0» a été coupé après "
        "le dernier.",
    },
    "fuzzy-distance": {
        "en": "“{word}” was searched with at most {limit} letter different: write {word}~ for that.",
        "nl": "“{word}” is gezocht met hoogstens {limit} letter verschil: schrijf daarvoor {word}~.",
        "fr": "«\u00a0{word}\u00a0» a été cherché avec au plus {limit} lettre de différence\u00a0: écrivez "
        "{word}~ pour cela.",
    },
    "distance-limit": {
        "en": "Words can be at most {limit} words apart; write {limit} or less instead of {value}.",
        "nl": "Woorden kunnen hoogstens {limit} woorden uit elkaar staan; schrijf {limit} of minder in plaats van "
        "{value}.",
        "fr": "Les mots peuvent être séparés d’au plus {limit} mots\u00a0; écrivez {limit} ou moins au lieu de "
        "{value}.",
    },
    "boost-limit": {
        "en": "The weight {value} was taken as {limit}, the greatest there is; write ^{limit} or less.",
        "nl": "Het gewicht {value} is gelezen als {limit}, het hoogste dat er is; schrijf ^{limit} of minder.",
        "fr": "Le poids {value} a été lu comme {limit}, le maximum\u00a0; écrivez ^{limit} ou moins.",
    },
    "many-values": {
        "en": "{found} values of {field} hold “{value}”; the first {kept} were taken: write more of the value.",
        "nl": "{found} waarden van {field} bevatten “{value}”; de eerste {kept} zijn genomen: schrijf meer van de "
        "waarde.",
        "fr": "{found} valeurs de {field} contiennent «\u00a0{value}\u00a0»\u00a0; les {kept} premières ont "
        "été prises\u00a0: écrivez plus de la valeur.",
    },
    # Repairs
    "unbalanced-quote": {
        "en": "The quotation mark {quote} is unpaired and was ignored; add the other one to search for an exact "
        "phrase.",
        "nl": "Het aanhalingsteken {quote} staat alleen en is weggelaten; voeg het andere toe om een exacte "
        "woordgroep te zoeken.",
        "fr": "Le guillemet {quote} est seul et a été ignoré\u00a0; ajoutez l’autre pour chercher une "
        "expression exacte.",
    },
    "unbalanced-parenthesis": {
        "en": "The parenthesis {sign} is unpaired; add the other one, or remove it.",
        "nl": "Het haakje {sign} staat alleen; voeg het andere toe, of laat het weg.",
        "fr": "La parenthèse {sign} est seule\u00a0; ajoutez l’autre, ou retirez-la.",
    },
    "stray-operator": {
        "en": "Ignored {operator}: there is no word on one side of it; put words around it, or write it in lower "
        "case to search for the word.",
        "nl": "{operator} heeft daar niets te verbinden en is weggelaten; zet er woorden omheen, of schrijf het "
        "met kleine letters om het woord te zoeken.",
        "fr": "{operator} n’a rien à relier à cet endroit et a été ignoré\u00a0; entourez-le de mots, ou "
        "écrivez-le en minuscules pour chercher le mot.",
    },
    "near-needs-words": {
        "en": "Only words and phrases can be near each other; here both sides were searched anywhere.",
        "nl": "Alleen woorden en woordgroepen kunnen dicht bij elkaar staan; hier zijn beide kanten overal gezocht.",
        "fr": "Seuls des mots et des expressions peuvent être proches l’un de l’autre\u00a0; ici les deux "
        "côtés ont été cherchés partout.",
    },
    "range-needs-field": {
        "en": "A range needs a field, as in datum:2013-04..2013-06; here its ends were searched as words.",
        "nl": "Een bereik hoort bij een veld, zoals datum:2013-04..2013-06; hier zijn de uiteinden als woorden "
        "gezocht.",
        "fr": "Un intervalle demande un champ, comme date:2013-04..2013-06\u00a0; ici ses bornes ont été "
        "cherchées comme mots.",
    },
    "nothing-to-search": {
        "en": "There is no word to search for in this text; type at least one word.",
        "nl": "In deze tekst staat geen woord om te zoeken; typ minstens één woord.",
        "fr": "Ce texte ne contient aucun mot à chercher\u00a0; tapez au moins un mot.",
    },
    # Fields
    "unknown-field": {
        "en": "Unknown field {field}: searched it as a word. Remove the colon, or use a field such "
        "as titel:, minister: or datum:.",
        "nl": "Er is geen veld {field}, dus het is als woord gezocht; laat de dubbele punt weg, of gebruik een "
        "veld zoals titel:, minister: of datum:.",
        "fr": "Il n’y a pas de champ {field}, il a donc été cherché comme mot\u00a0; retirez le deux-points, "
        "ou employez un champ comme titre:, ministre: ou date:.",
    },
    "unknown-field-nearest": {
        "en": "Unknown field {field}: searched it as a word; did you mean {nearest}: ?",
        "nl": "Er is geen veld {field}, dus het is als woord gezocht; bedoelde u {nearest}: ?",
        "fr": "Il n’y a pas de champ {field}, il a donc été cherché comme mot\u00a0; vouliez-vous dire "
        "{nearest}:\u00a0?",
    },
    "field-without-value": {
        "en": "{field}: was ignored: no value follows it; write a value right after the colon.",
        "nl": "{field}: is weggelaten, want er volgt niets op; schrijf een waarde vlak na de dubbele punt.",
        "fr": "{field}: a été ignoré, car rien ne suit\u00a0; écrivez une valeur juste après le deux-points.",
    },
    "value-quotes": {
        "en": "“{value}” was read as one value of {field}; put quotation marks around a value of several words.",
        "nl": "“{value}” is gelezen als één waarde van {field}; zet aanhalingstekens rond een waarde van meer woorden.",
        "fr": "«\u00a0{value}\u00a0» a été lu comme une seule valeur de {field}\u00a0; mettez entre guillemets "
        "une valeur de plusieurs mots.",
    },
    "unknown-value": {
        "en": "No question has “{value}” as {field}; try another value, or search it as a word without {field}:.",
        "nl": "Geen enkele vraag heeft “{value}” als {field}; probeer een andere waarde, of zoek het als woord "
        "zonder {field}:.",
        "fr": "Aucune question n’a «\u00a0{value}\u00a0» pour {field}\u00a0; essayez une autre valeur, ou "
        "cherchez le mot sans {field}:.",
    },
    "unknown-value-among": {
        "en": "No question has “{value}” as {field}; choose from {choices}.",
        "nl": "Geen enkele vraag heeft “{value}” als {field}; kies uit {choices}.",
        "fr": "Aucune question n’a «\u00a0{value}\u00a0» pour {field}\u00a0; choisissez parmi {choices}.",
    },
    "unknown-value-nearest": {
        "en": "No question has “{value}” as {field}; did you mean “{nearest}”?",
        "nl": "Geen enkele vraag heeft “{value}” als {field}; bedoelde u “{nearest}”?",
        "fr": "Aucune question n’a «\u00a0{value}\u00a0» pour {field}\u00a0; vouliez-vous dire "
        "«\u00a0{nearest}\u00a0»\u00a0?",
    },
    "unreadable-date": {
        "en": "Cannot read “{value}” as a date for {field}; searched it as words. Write 2013, april 2013, 30/4/2013, "
        ">2013 or 2013-04..2013-06.",
        "nl": "“{value}” is geen datum voor {field}, dus het is als woorden gezocht; schrijf 2013, april 2013, "
        "30/4/2013, >2013 of 2013-04..2013-06.",
        "fr": "«\u00a0{value}\u00a0» n’est pas une date pour {field}, et a donc été cherché comme mots\u00a0; "
        "écrivez 2013, avril 2013, 30/4/2013, >2013 ou 2013-04..2013-06.",
    },
    "unreadable-amount": {
        "en": "Cannot read “{value}” as a number for {field}; searched it as words. Write 100, >100, <=30 or 31..60.",
        "nl": "“{value}” is geen getal voor {field}, dus het is als woorden gezocht; schrijf 100, >100, <=30 of "
        "31..60.",
        "fr": "«\u00a0{value}\u00a0» n’est pas un nombre pour {field}, et a donc été cherché comme mots\u00a0; "
        "écrivez 100, >100, <=30 ou 31..60.",
    },
    "unreadable-number": {
        "en": "Cannot read “{value}” as a question number for {field}; searched it as words. Write 5-8902, 8902 "
        "or 5-89*.",
        "nl": "“{value}” is geen vraagnummer voor {field}, dus het is als woorden gezocht; schrijf 5-8902, 8902 of "
        "5-89*.",
        "fr": "«\u00a0{value}\u00a0» n’est pas un numéro de question pour {field}, et a donc été cherché comme "
        "mots\u00a0; écrivez 5-8902, 8902 ou 5-89*.",
    },
    "several-values": {
        "en": "“{value}” means {count} values of {field}: {choices}.",
        "nl": "“{value}” betekent {count} waarden van {field}: {choices}.",
        "fr": "«\u00a0{value}\u00a0» désigne {count} valeurs de {field}\u00a0: {choices}.",
    },
    "party-later": {
        "en": "{value} goes on as {other} since {since}; filter by that label, too.",
        "nl": "{value} ook als {other} sinds {sinds}.",
        "fr": "{value} aussi sous le nom {other} depuis {depuis}.",
    },
    "party-earlier": {
        "en": "{value} was {other} until {since}; filter by that label, too.",
        "nl": "{value} ook als {other} tot {sinds}.",
        "fr": "{value} aussi sous le nom {other} jusqu’en {depuis}.",
    },
    "ends-swapped": {
        "en": "The first end of “{value}” for {field} lies after the last; they were swapped.",
        "nl": "Het begin van “{value}” bij {field} ligt na het einde; ze zijn omgewisseld.",
        "fr": "Le début de «\u00a0{value}\u00a0» pour {field} vient après la fin\u00a0; ils ont été échangés.",
    },
    "dates-swapped": {
        "en": "The first day lay after the last; they were swapped: {first} to {last}.",
        "nl": "De eerste dag lag na de laatste; ze zijn omgewisseld: {first} tot {last}.",
        "fr": "Le premier jour venait après le dernier\u00a0; ils ont été échangés\u00a0: {first} à {last}.",
    },
}

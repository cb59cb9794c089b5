"""What may be wrong with a record, by kind: the English sentence that it stores, and the same in Dutch and French.

A parser writes the English sentence; its kind is read from it here, so that it can be counted, found and translated.
A sentence of no kind here is `other` and stays English.
"""

import re
from collections.abc import Mapping, Sequence
from functools import cache, lru_cache
from typing import Final, Literal, NamedTuple

__all__ = ["FRENCH_LABELS", "KINDS", "LABELS", "OTHER", "Problem", "kind_of", "translated_problem"]

OTHER: Final = "other"


class Problem(NamedTuple):
    """A kind of problem: a name for it, what it is called in Dutch and French, and its sentence in each language.

    In braces stand the values of a sentence; a value that is itself a word of ours stands in `_WORDS`.
    """

    kind: str
    label: str
    french_label: str
    english: str
    dutch: str
    french: str


KINDS: Final = (
    Problem(
        "unknown-language",
        "Taal onbekend",
        "Langue inconnue",
        "The language “{language}” is not known.",
        "De taal “{language}” is niet bekend.",
        "La langue «\u00a0{language}\u00a0» n’est pas connue.",
    ),
    Problem(
        "other-ministers",
        "Meer ministers dan een",
        "Plusieurs ministres",
        "The question names other ministers, too: {ministers}.",
        "De vraag noemt ook andere ministers: {ministers}.",
        "La question nomme aussi d’autres ministres\u00a0: {ministers}.",
    ),
    Problem(
        "title-not-found",
        "Titel in een taal ontbreekt",
        "Titre manquant dans une langue",
        "The {language} title was not found.",
        "De {language} titel is niet gevonden.",
        "Le titre {language} n’a pas été trouvé.",
    ),
    Problem(
        "not-found",
        "Gegeven niet gevonden",
        "Donnée introuvable",
        "The {part} was not found.",
        "Niet gevonden: {part}.",
        "Introuvable\u00a0: {part}.",
    ),
    Problem(
        "date",
        "Datum onleesbaar",
        "Date illisible",
        "The date “{date}” in the {place} cannot be read or does not exist.",
        "De datum “{date}” in {place} is onleesbaar of bestaat niet.",
        "La date «\u00a0{date}\u00a0» dans {place} est illisible ou n’existe pas.",
    ),
    Problem(
        "answer-before-question",
        "Antwoord voor de vraag gedateerd",
        "Réponse datée avant la question",
        "The answer ({answer}) is dated before the question ({question}).",
        "Het antwoord ({answer}) is ouder gedateerd dan de vraag ({question}).",
        "La réponse ({answer}) est datée avant la question ({question}).",
    ),
    Problem(
        "dates-differ",
        "Datums spreken elkaar tegen",
        "Dates contradictoires",
        "The document dates the question {one} and {other}.",
        "Het document dateert de vraag op {one} en op {other}.",
        "Le document date la question du {one} et du {other}.",
    ),
    Problem(
        "answer-dates-differ",
        "Datums van het antwoord spreken elkaar tegen",
        "Dates de la réponse contradictoires",
        "An answer is dated {one} in its heading and {other} in the chronology.",
        "Een antwoord is gedateerd op {one} in zijn kop en op {other} in de chronologie.",
        "Une réponse est datée du {one} dans son en-tête et du {other} dans la chronologie.",
    ),
    Problem(
        "deadline-before-question",
        "Termijn voor de vraag gedateerd",
        "Délai daté avant la question",
        "The deadline ({deadline}) is dated before the question ({question}).",
        "De antwoordtermijn ({deadline}) is ouder gedateerd dan de vraag ({question}).",
        "Le délai de réponse ({deadline}) est daté avant la question ({question}).",
    ),
    Problem(
        "event-before-question",
        "Gebeurtenis voor de vraag gedateerd",
        "Événement daté avant la question",
        "The event “{event}” ({day}) is dated before the question ({question}).",
        "De gebeurtenis “{event}” ({day}) is ouder gedateerd dan de vraag ({question}).",
        "L’événement «\u00a0{event}\u00a0» ({day}) est daté avant la question ({question}).",
    ),
    Problem(
        "reference",
        "Verwijzing onbekend",
        "Renvoi inconnu",
        "The cross-reference “{line}” is of no known kind.",
        "De verwijzing “{line}” is van geen bekende soort.",
        "Le renvoi «\u00a0{line}\u00a0» n’est d’aucun genre connu.",
    ),
    Problem(
        "portfolio",
        "Bevoegdheid onbekend",
        "Compétence inconnue",
        "The portfolio “{name}” in the title of the minister is not known.",
        "De bevoegdheid “{name}” in de titel van de minister is niet bekend.",
        "La compétence «\u00a0{name}\u00a0» dans le titre du ministre n’est pas connue.",
    ),
    Problem(
        "no-portfolio",
        "Titel zonder bevoegdheid",
        "Titre sans compétence",
        "The title of the minister names no portfolio.",
        "De titel van de minister noemt geen bevoegdheid.",
        "Le titre du ministre ne nomme aucune compétence.",
    ),
    Problem(
        "heading-missing",
        "Kop van de vraag ontbreekt",
        "En-tête de la question manquant",
        "The heading of the question is missing, so its text is not known.",
        "De kop van de vraag ontbreekt, zodat de tekst ervan niet bekend is.",
        "L’en-tête de la question manque\u00a0; le texte de la question est donc inconnu.",
    ),
    Problem(
        "heading-unreadable",
        "Kop van de vraag onleesbaar",
        "En-tête de la question illisible",
        "The heading of the question cannot be read, so its text is not known.",
        "De kop van de vraag is onleesbaar, zodat de tekst ervan niet bekend is.",
        "L’en-tête de la question est illisible\u00a0; le texte de la question est donc inconnu.",
    ),
    Problem(
        "headings-lost",
        "Koppen verloren",
        "En-têtes perdus",
        "The headings are lost: if there is an answer, it stands at the end of the question.",
        "De koppen zijn verloren: als er een antwoord is, staat het aan het einde van de vraag.",
        "Les en-têtes sont perdus\u00a0: s’il y a une réponse, elle se trouve à la fin de la question.",
    ),
    Problem(
        "answer-heading-lost",
        "Kop van het antwoord verloren",
        "En-tête de la réponse perdu",
        "The heading of the answer is lost; the answer is taken to begin where the numbering starts again.",
        "De kop van het antwoord is verloren; het antwoord begint vermoedelijk waar de nummering opnieuw begint.",
        "L’en-tête de la réponse est perdu\u00a0; la réponse commence sans doute là où la numérotation recommence.",
    ),
    Problem(
        "supplementary-answer",
        "Aanvullend antwoord zonder kop",
        "Réponse complémentaire sans en-tête",
        "The text of the supplementary answer has no heading of its own here.",
        "De tekst van het aanvullende antwoord heeft hier geen eigen kop.",
        "Le texte de la réponse complémentaire n’a pas d’en-tête propre ici.",
    ),
    Problem(
        "answer-missing",
        "Tekst van het antwoord ontbreekt",
        "Texte de la réponse manquant",
        "The text of the answer is missing here.",
        "De tekst van het antwoord ontbreekt hier.",
        "Le texte de la réponse manque ici.",
    ),
    Problem(
        "authors",
        "Meer indieners",
        "Plusieurs auteurs",
        "The question has other authors, too: {people}.",
        "De vraag heeft nog andere indieners: {people}.",
        "La question a encore d’autres auteurs\u00a0: {people}.",
    ),
    Problem(
        "status-unnamed",
        "Onbekende toestand",
        "État inconnu",
        "Whether the question was answered is not known: the Chamber calls it “{state}”.",
        "Of de vraag beantwoord is, is niet bekend: de Kamer noemt ze “{state}”.",
        "On ignore si la question a reçu une réponse\u00a0: la Chambre la dit «\u00a0{state}\u00a0».",
    ),
    Problem(
        "status",
        "Onbekend of er een antwoord is",
        "Réponse incertaine",
        "Whether the question was answered is not known: {reason}.",
        "Of de vraag beantwoord is, is niet bekend: {reason}.",
        "On ignore si la question a reçu une réponse\u00a0: {reason}.",
    ),
    Problem(
        "title-split",
        "Titels mogelijk verkeerd gesplitst",
        "Titres peut-être mal séparés",
        "The French and the Dutch title stand on one line and may be split at the wrong word.",
        "De Franse en de Nederlandse titel staan op één regel en zijn misschien verkeerd gesplitst.",
        "Les titres français et néerlandais sont sur une seule ligne et peut-être mal séparés.",
    ),
    Problem(
        "keywords-split",
        "Trefwoorden mogelijk verkeerd gesplitst",
        "Mots-clés peut-être mal séparés",
        "The French and the Dutch keywords are not equal in number and may be split at the wrong one.",
        "De Franse en de Nederlandse trefwoorden zijn niet gelijk in aantal en misschien verkeerd gesplitst.",
        "Les mots-clés français et néerlandais ne sont pas en nombre égal et peut-être mal séparés.",
    ),
    Problem(
        "dutch-only",
        "Tekst alleen in het Nederlands",
        "Texte en néerlandais seulement",
        "The text stands there in Dutch only.",
        "De tekst staat er alleen in het Nederlands.",
        "Le texte n’y figure qu’en néerlandais.",
    ),
    Problem(
        "keywords-joined",
        "Trefwoorden niet gescheiden",
        "Mots-clés non séparés",
        "The keywords stand on one line without a mark between them, and are kept together.",
        "De trefwoorden staan op één regel zonder scheidingsteken en blijven samen.",
        "Les mots-clés sont sur une seule ligne sans signe de séparation et restent ensemble.",
    ),
    Problem(
        "cut-in-heading",
        "Pagina afgebroken",
        "Page coupée",
        "The page ends within a heading.",
        "De pagina eindigt in een kop.",
        "La page se termine dans un en-tête.",
    ),
    Problem(
        "cut-in-answer-heading",
        "Pagina afgebroken voor het antwoord",
        "Page coupée avant la réponse",
        "The page ends within the heading of an answer.",
        "De pagina eindigt in de kop van een antwoord.",
        "La page se termine dans l’en-tête d’une réponse.",
    ),
    Problem(
        "cut-in-french",
        "Pagina afgebroken in het Frans",
        "Page coupée dans le français",
        "The page ends within the French text, so the Dutch one is not known.",
        "De pagina eindigt in de Franse tekst, zodat de Nederlandse niet bekend is.",
        "La page se termine dans le texte français\u00a0; le texte néerlandais est donc inconnu.",
    ),
    Problem(
        "cut-in-text",
        "Tekst afgebroken",
        "Texte coupé",
        "The page ends within a sentence, so the text is cut off.",
        "De pagina eindigt midden in een zin: de tekst is afgebroken.",
        "La page se termine au milieu d’une phrase\u00a0: le texte est coupé.",
    ),
    Problem(
        "other-heading",
        "Andere kop onleesbaar",
        "Autre en-tête illisible",
        "Another heading of this page cannot be read: “{heading}”.",
        "Een andere kop van deze pagina is onleesbaar: “{heading}”.",
        "Un autre en-tête de cette page est illisible\u00a0: «\u00a0{heading}\u00a0».",
    ),
    Problem(
        "heading-partly",
        "Kop deels onleesbaar",
        "En-tête lu en partie",
        "The heading “{heading}” cannot be read in full.",
        "De kop “{heading}” is niet helemaal leesbaar.",
        "L’en-tête «\u00a0{heading}\u00a0» n’est pas entièrement lisible.",
    ),
    Problem(
        "legislature",
        "Nummer en datum spreken elkaar tegen",
        "Numéro et date se contredisent",
        "The question is numbered in legislature {number} and dated in legislature {date}.",
        "De vraag is genummerd in zittingsperiode {number} en gedateerd in zittingsperiode {date}.",
        "La question porte un numéro de la législature {number} et une date de la législature {date}.",
    ),
    Problem(
        "event-day-differs",
        "Talen verschillen over een dag",
        "Les langues diffèrent d’un jour",
        "The French page has another day for “{event}”: {day}.",
        "De Franse pagina geeft een andere dag voor “{event}”: {day}.",
        "La page française donne une autre date pour «\u00a0{event}\u00a0»\u00a0: {day}.",
    ),
    Problem(
        "languages-differ",
        "Talen verschillen",
        "Les langues diffèrent",
        "The French page has another {fact}: {value}.",
        "De Franse pagina verschilt in {fact}: {value}.",
        "La page française diffère pour {fact}\u00a0: {value}.",
    ),
)

LABELS: Final[Mapping[str, str]] = {**{problem.kind: problem.label for problem in KINDS}, OTHER: "Overige"}
FRENCH_LABELS: Final[Mapping[str, str]] = {**{problem.kind: problem.french_label for problem in KINDS}, OTHER: "Autres"}

_WORDS: Final[Mapping[str, Mapping[str, str]]] = {
    "nl": {
        "French": "Franse",
        "Dutch": "Nederlandse",
        "author": "de indiener",
        "date": "de datum",
        "minister": "de minister",
        "title": "de titel",
        "text of the question": "de tekst van de vraag",
        "chronology": "de chronologie",
        "document": "het document",
        "deadline": "de antwoordtermijn",
        "Bulletin": "het Bulletin",
        "heading of the answer": "de kop van het antwoord",
        "portfolios": "de bevoegdheden",
        "party": "de partij",
        "language": "de taal",
        "date of the answer": "de datum van het antwoord",
        "the Bulletin only says that there was no answer in time": "het Bulletin zegt alleen dat er op tijd geen was",
        "the record tells no state": "het gegeven noemt geen toestand",
        "the document has no chronology": "het document heeft geen chronologie",
        "the page ends before an answer could stand there": "de pagina eindigt voor er een antwoord kon staan",
    },
    "fr": {
        "French": "français",
        "Dutch": "néerlandais",
        "author": "l’auteur",
        "date": "la date",
        "minister": "le ministre",
        "title": "le titre",
        "text of the question": "le texte de la question",
        "chronology": "la chronologie",
        "document": "le document",
        "deadline": "le délai de réponse",
        "Bulletin": "le Bulletin",
        "heading of the answer": "l’en-tête de la réponse",
        "portfolios": "les compétences",
        "party": "le parti",
        "language": "la langue",
        "date of the answer": "la date de la réponse",
        "the Bulletin only says that there was no answer in time": "le Bulletin dit seulement qu’elle manquait à temps",
        "the record tells no state": "la donnée ne dit pas l’état",
        "the document has no chronology": "le document n’a pas de chronologie",
        "the page ends before an answer could stand there": "la page se termine avant qu’une réponse puisse y figurer",
    },
}


@lru_cache(maxsize=4096)
def kind_of(sentence: str) -> str:
    """The kind of a problem that a record tells of; `other` where it is none of ours."""
    return next((problem.kind for problem, pattern in _patterns() if pattern.fullmatch(sentence)), OTHER)


def translated_problem(sentence: str, language: Literal["nl", "fr"]) -> str | None:
    """The same sentence in Dutch or French; None where it is none of ours."""
    words = _WORDS[language]
    for problem, pattern in _patterns():
        if found := pattern.fullmatch(sentence):
            text = problem.dutch if language == "nl" else problem.french
            return text.format(**{name: words.get(value, value) for name, value in found.groupdict().items()})
    return None


@cache
def _patterns() -> Sequence[tuple[Problem, re.Pattern[str]]]:
    """Compiled when first asked for, since that costs 3 ms, and most searches tell of no problem."""
    return [(problem, re.compile(_pattern(problem.english), re.DOTALL)) for problem in KINDS]


def _pattern(sentence: str) -> str:
    return re.sub(r"\\\{(\w+)\\\}", r"(?P<\1>.+)", re.escape(sentence))

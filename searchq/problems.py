"""What may be wrong with a record, by kind: the English sentence that it stores, and the same in Dutch.

A parser writes the English sentence; its kind is read from it here, so that it can be counted, found and translated.
A sentence of no kind here is `other` and stays English.
"""

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Final, NamedTuple

__all__ = ["KINDS", "LABELS", "OTHER", "Problem", "kind_of", "problem_in_dutch"]

OTHER: Final = "other"


class Problem(NamedTuple):
    """A kind of problem: a name for it, what it is called in Dutch, and its sentence in both languages.

    In braces stand the values of a sentence; a value that is itself a word of ours stands in `_WORDS`.
    """

    kind: str
    label: str
    english: str
    dutch: str


KINDS: Final = (
    Problem("title-not-found", "Titel in een taal ontbreekt", "The {language} title was not found.",
            "De {language} titel is niet gevonden."),
    Problem("not-found", "Gegeven niet gevonden", "The {part} was not found.", "Niet gevonden: {part}."),
    Problem("date", "Datum onleesbaar", "The date “{date}” in the {place} cannot be read or does not exist.",
            "De datum “{date}” in {place} is onleesbaar of bestaat niet."),
    Problem("answer-before-question", "Antwoord voor de vraag gedateerd",
            "The answer ({answer}) is dated before the question ({question}).",
            "Het antwoord ({answer}) is ouder gedateerd dan de vraag ({question})."),
    Problem("dates-differ", "Datums spreken elkaar tegen", "The document dates the question {one} and {other}.",
            "Het document dateert de vraag op {one} en op {other}."),
    Problem("answer-dates-differ", "Datums van het antwoord spreken elkaar tegen",
            "An answer is dated {one} in its heading and {other} in the chronology.",
            "Een antwoord is gedateerd op {one} in zijn kop en op {other} in de chronologie."),
    Problem("deadline-before-question", "Termijn voor de vraag gedateerd",
            "The deadline ({deadline}) is dated before the question ({question}).",
            "De antwoordtermijn ({deadline}) is ouder gedateerd dan de vraag ({question})."),
    Problem("event-before-question", "Gebeurtenis voor de vraag gedateerd",
            "The event “{event}” ({day}) is dated before the question ({question}).",
            "De gebeurtenis “{event}” ({day}) is ouder gedateerd dan de vraag ({question})."),
    Problem("reference", "Verwijzing onbekend", "The cross-reference “{line}” is of no known kind.",
            "De verwijzing “{line}” is van geen bekende soort."),
    Problem("portfolio", "Bevoegdheid onbekend", "The portfolio “{name}” in the title of the minister is not known.",
            "De bevoegdheid “{name}” in de titel van de minister is niet bekend."),
    Problem("no-portfolio", "Titel zonder bevoegdheid", "The title of the minister names no portfolio.",
            "De titel van de minister noemt geen bevoegdheid."),
    Problem("heading-missing", "Kop van de vraag ontbreekt",
            "The heading of the question is missing, so its text is not known.",
            "De kop van de vraag ontbreekt, zodat de tekst ervan niet bekend is."),
    Problem("heading-unreadable", "Kop van de vraag onleesbaar",
            "The heading of the question cannot be read, so its text is not known.",
            "De kop van de vraag is onleesbaar, zodat de tekst ervan niet bekend is."),
    Problem("headings-lost", "Koppen verloren",
            "The headings are lost: if there is an answer, it stands at the end of the question.",
            "De koppen zijn verloren: als er een antwoord is, staat het aan het einde van de vraag."),
    Problem("answer-heading-lost", "Kop van het antwoord verloren",
            "The heading of the answer is lost; the answer is taken to begin where the numbering starts again.",
            "De kop van het antwoord is verloren; het antwoord begint vermoedelijk waar de nummering opnieuw begint."),
    Problem("supplementary-answer", "Aanvullend antwoord zonder kop",
            "The text of the supplementary answer has no heading of its own here.",
            "De tekst van het aanvullende antwoord heeft hier geen eigen kop."),
    Problem("answer-missing", "Tekst van het antwoord ontbreekt", "The text of the answer is missing here.",
            "De tekst van het antwoord ontbreekt hier."),
    Problem("authors", "Meer indieners", "The question has other authors, too: {people}.",
            "De vraag heeft nog andere indieners: {people}."),
    Problem("status-unnamed", "Onbekende toestand",
            "Whether the question was answered is not known: the Chamber calls it “{state}”.",
            "Of de vraag beantwoord is, is niet bekend: de Kamer noemt ze “{state}”."),
    Problem("status", "Onbekend of er een antwoord is", "Whether the question was answered is not known: {reason}.",
            "Of de vraag beantwoord is, is niet bekend: {reason}."),
    Problem("title-split", "Titels mogelijk verkeerd gesplitst",
            "The French and the Dutch title stand on one line and may be split at the wrong word.",
            "De Franse en de Nederlandse titel staan op één regel en zijn misschien verkeerd gesplitst."),
    Problem("dutch-only", "Tekst alleen in het Nederlands", "The text stands there in Dutch only.",
            "De tekst staat er alleen in het Nederlands."),
    Problem("keywords-joined", "Trefwoorden niet gescheiden",
            "The keywords stand on one line without a mark between them, and are kept together.",
            "De trefwoorden staan op één regel zonder scheidingsteken en blijven samen."),
    Problem("cut-in-heading", "Pagina afgebroken", "The page ends within a heading.", "De pagina eindigt in een kop."),
    Problem("cut-in-answer-heading", "Pagina afgebroken voor het antwoord",
            "The page ends within the heading of an answer.", "De pagina eindigt in de kop van een antwoord."),
    Problem("cut-in-french", "Pagina afgebroken in het Frans",
            "The page ends within the French text, so the Dutch one is not known.",
            "De pagina eindigt in de Franse tekst, zodat de Nederlandse niet bekend is."),
    Problem("cut-in-text", "Tekst afgebroken", "The page ends within a sentence, so the text is cut off.",
            "De pagina eindigt midden in een zin: de tekst is afgebroken."),
    Problem("other-heading", "Andere kop onleesbaar", "Another heading of this page cannot be read: “{heading}”.",
            "Een andere kop van deze pagina is onleesbaar: “{heading}”."),
    Problem("heading-partly", "Kop deels onleesbaar", "The heading “{heading}” cannot be read in full.",
            "De kop “{heading}” is niet helemaal leesbaar."),
    Problem("legislature", "Nummer en datum spreken elkaar tegen",
            "The question is numbered in legislature {number} and dated in legislature {date}.",
            "De vraag is genummerd in zittingsperiode {number} en gedateerd in zittingsperiode {date}."),
    Problem("event-day-differs", "Talen verschillen over een dag",
            "The French page has another day for “{event}”: {day}.",
            "De Franse pagina geeft een andere dag voor “{event}”: {day}."),
    Problem("languages-differ", "Talen verschillen", "The French page has another {fact}: {value}.",
            "De Franse pagina verschilt in {fact}: {value}."),
)  # fmt: skip

LABELS: Final[Mapping[str, str]] = {**{problem.kind: problem.label for problem in KINDS}, OTHER: "Overige"}

_WORDS: Final[Mapping[str, str]] = {
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
}


def _pattern(problem: Problem) -> str:
    return re.sub(r"\\\{(\w+)\\\}", r"(?P<\1>.+)", re.escape(problem.english))


_PATTERNS: Final = tuple((problem, re.compile(_pattern(problem), re.DOTALL)) for problem in KINDS)


@lru_cache(maxsize=4096)
def kind_of(sentence: str) -> str:
    """The kind of a problem that a record tells of; `other` where it is none of ours."""
    return next((problem.kind for problem, pattern in _PATTERNS if pattern.fullmatch(sentence)), OTHER)


def problem_in_dutch(sentence: str) -> str | None:
    """The same sentence in Dutch; None where it is none of ours."""
    for problem, pattern in _PATTERNS:
        if found := pattern.fullmatch(sentence):
            return problem.dutch.format(**{name: _WORDS.get(value, value) for name, value in found.groupdict().items()})
    return None

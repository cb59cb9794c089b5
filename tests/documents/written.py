"""Documents written for the tests, one a layout, all about one question, and short ways to read them."""

import datetime as dt
from typing import Any

from searchq.documents import SourceDocument, parse
from searchq.documents.content_type import Media
from searchq.question import Answer, ChronologyEntry, Question, Reference, Source

RULE = "_" * 8
WIDE_RULE = "_" * 16
FRENCH_HEADING = "Question n° 6-512 du 2 mars 2015 : (Question posée en néerlandais)"
DUTCH_HEADING = "Vraag nr. 6-512 d.d. 2 maart 2015 : (Vraag gesteld in het Nederlands)"

NL_PRINT = f"""BELGISCHE SENAAT
{RULE}
Zitting 2014-2015
{RULE}
2 maart 2015
{RULE}
SENAAT Schriftelijke vraag nr. 6-512

de Lore Vermeersch (Open Vld)

aan de minister van Justitie
{RULE}
Gevangenissen - E-sigaret - Verbod
{RULE}
strafgevangenis
tabaksverslaving
Raad van State (België)
{RULE}
2/3/2015Verzending vraag
20/4/2015Rappel
1/6/2015Antwoord
{RULE}
Ook gesteld aan : schriftelijke vraag 6-513
Herkwalificatie van : vraag om uitleg 6-77
{RULE}
SENAAT Schriftelijke vraag nr. 6-512 d.d. 2 maart 2015 : (Vraag gesteld in het Nederlands)

Mogen gedetineerden een e-sigaret gebruiken?

 • Hoeveel ruimte is er daarvoor?

Antwoord ontvangen op 1 juni 2015 :

1, 2 en 3. Neen, dat is verboden.

Het reglement werd aangepast.
"""

NL_WEB = """Tweetalige printerversie Eentalige printerversie

Schriftelijke vraag nr. 6-512

van Lore Vermeersch (Open Vld) d.d. 2 maart 2015

aan de minister van Justitie

Gevangenissen - E-sigaret - Verbod

strafgevangenis
tabaksverslaving
Raad van State (België)

Chronologie

2/3/2015Verzending vraag (Einde van de antwoordtermijn: 2/4/2015)
20/4/2015Rappel
1/6/2015Antwoord

Ook gesteld aan : schriftelijke vraag 6-513
Herkwalificatie van : vraag om uitleg 6-77

Vraag nr. 6-512 d.d. 2 maart 2015 : (Vraag gesteld in het Nederlands)

Mogen gedetineerden een e-sigaret gebruiken?

 • Hoeveel ruimte is er daarvoor?

Antwoord ontvangen op 1 juni 2015 :

1, 2 en 3. Neen, dat is verboden.

Het reglement werd aangepast.
"""

FR_PRINT = f"""SÉNAT DE BELGIQUE
{RULE}
Session 2014-2015
{RULE}
2 mars 2015
{RULE}
SÉNAT Question écrite n° 6-512

de Lore Vermeersch (Open Vld)

à la ministre de la Justice
{RULE}
Prisons - Cigarette électronique - Interdiction
{RULE}
établissement pénitentiaire
tabagisme
Conseil d'État (Belgique)
{RULE}
2/3/2015Envoi question
20/4/2015Rappel
1/6/2015Réponse
{RULE}
Aussi posée à : question écrite 6-513
Requalification de : demande d'explications 6-77
{RULE}
SÉNAT Question écrite n° 6-512 du 2 mars 2015 : (Question posée en néerlandais)

Les détenus peuvent-ils utiliser une cigarette électronique ?

Réponse reçue le 1 juin 2015 :

Non, c'est interdit.
"""

FR_WEB = """Version à imprimer bilingue Version à imprimer unilingue

Question écrite n° 6-512

de Lore Vermeersch (Open Vld) du 2 mars 2015

à la ministre de la Justice

Prisons - Cigarette électronique - Interdiction

établissement pénitentiaire
tabagisme
Conseil d'État (Belgique)

Chronologie

2/3/2015Envoi question (Fin du délai de réponse: 2/4/2015)
20/4/2015Rappel
1/6/2015Réponse

Aussi posée à : question écrite 6-513
Requalification de : demande d'explications 6-77

Question n° 6-512 du 2 mars 2015 : (Question posée en néerlandais)

Les détenus peuvent-ils utiliser une cigarette électronique ?

Réponse reçue le 1 juin 2015 :

Non, c'est interdit.
"""

NLFR_PRINT = f"""SÉNAT DE BELGIQUE BELGISCHE SENAAT
{WIDE_RULE}
Session 2014-2015 Zitting 2014-2015
{WIDE_RULE}
2 mars 2015 2 maart 2015
{WIDE_RULE}
Question écrite n° 6-512 Schriftelijke vraag nr. 6-512

de Lore Vermeersch (Open Vld)

van Lore Vermeersch (Open Vld)

à la ministre de la Justice

aan de minister van Justitie
{WIDE_RULE}
Prisons - Cigarette électronique - Interdiction Gevangenissen - E-sigaret - Verbod\x20
{WIDE_RULE}
établissement pénitentiaire
tabagisme
Conseil d'État (Belgique)
strafgevangenis
tabaksverslaving
Raad van State (België)
{RULE} {RULE}
2/3/2015Verzending vraag
(Einde van de antwoordtermijn: 2/4/2015)
20/4/2015Rappel
1/6/2015Antwoord
2/3/2015Verzending vraag
(Einde van de antwoordtermijn: 2/4/2015)
20/4/2015Rappel
1/6/2015Antwoord
{RULE} {RULE}
Aussi posée à : question écrite 6-513
Requalification de : demande d'explications 6-77
Aussi posée à : question écrite 6-513
Requalification de : demande d'explications 6-77
{RULE} {RULE}
{FRENCH_HEADING} {DUTCH_HEADING}

Les détenus peuvent-ils utiliser une cigarette électronique ?

\x20

Mogen gedetineerden een e-sigaret gebruiken?

 • Hoeveel ruimte is er daarvoor?

Réponse reçue le 1 juin 2015 : Antwoord ontvangen op 1 juni 2015 :

Non, c'est interdit.

\x20

1, 2 en 3. Neen, dat is verboden.

Het reglement werd aangepast.
"""

_BARS = "||||||||"
PIPED = f"""SÉNAT DE BELGIQUE | BELGISCHE SENAAT | {_BARS}
{RULE} | {RULE} | {_BARS}
Session 2014-2015 | Zitting 2014-2015 | {_BARS}
{RULE} | {RULE} | {_BARS}
2 mars 2015 | 2 maart 2015 | {_BARS}
{RULE} | {RULE} | {_BARS}
Question écrite n° 6-512 | Schriftelijke vraag nr. 6-512 | {_BARS}
de Lore Vermeersch (Open Vld) |
van Lore Vermeersch (Open Vld) |
{_BARS}
à la ministre de la Justice |
aan de minister van Justitie |
{_BARS}
{RULE} | {RULE} | {_BARS}
Prisons - Cigarette électronique - Interdiction | Gevangenissen - E-sigaret - Verbod | {_BARS}
{RULE} | {RULE} | {_BARS}
tabagisme |
tabaksverslaving |
{_BARS}
{RULE} | {RULE} | {_BARS}
|
|
{_BARS}
{RULE} | {RULE} | {_BARS}
Aussi posée à : question écrite 6-513 | Aussi posée à : question écrite 6-513 | {_BARS}
{RULE} | {RULE} | {_BARS}
{FRENCH_HEADING} | {DUTCH_HEADING} | {_BARS}
Les détenus peuvent-ils utiliser une cigarette électronique ? |
Mogen gedetineerden een e-sigaret gebruiken? |
{_BARS}
Réponse reçue le 1 juin 2015 : | Antwoord ontvangen op 1 juni 2015 : | {_BARS}
Non, c'est interdit. |
Neen, dat is verboden. |
{_BARS}
"""

BULLETIN = """Vragen en Antwoorden

BELGISCHE SENAAT


Bulletin 2-49

ZITTING 2001-2002

Vragen van de Senatoren en antwoorden van de Ministers (Art. 70 van het reglement van de Senaat)

(N.): Vraag gesteld in het Nederlands - (Fr.): Vraag gesteld in het Frans


Minister van Justitie

Vraag nr. 1535/1 van mevrouw de Wael d.d. 3 mei 2002 (N.) :
Gevangenissen. — Overbevolking.

Hoeveel gedetineerden zijn er ?

Zijn er plannen ?

Antwoord : 1. Er zijn er 8 000.

2. Ja.

Vraag nr. 1536 van de heer Dupont-Durand d.d. 6 mei 2002 (Fr.) :
Rechtbanken.

Is de achterstand weg ?

Antwoord : Neen.

Vragen waarop niet werd geantwoord binnen de tijd bepaald door het reglement (Art. 70 van het reglement van de Senaat)

Minister van Mobiliteit en Vervoer

(Vervoer)

Vraag nr. 2-1600 van de heer Maes d.d. 7 mei 2002 (N.) :
Luchthavens. — Nachtvluchten. — Geluid.

Wanneer komt er stilte ?
"""

STRIPPED_NAME = "SchriftelijkeVraag&LEG=4&NR=6596&LANG=nl.txt"
STRIPPED = """Gevangenissen - E-sigaret - Verbod

strafgevangenis
tabaksverslaving

2/3/2010Verzending vraag (Einde van de antwoordtermijn: 2/4/2010)
1/6/2010Antwoord

Ook gesteld aan : schriftelijke vraag 4-6597

Mogen gedetineerden een e-sigaret gebruiken?

1. Hoeveel ruimte is er daarvoor?

2. Hoeveel gevallen zijn er bekend?

1. Er is geen ruimte.

2. Er zijn geen gevallen bekend.
"""

ASKED = dt.date(2015, 3, 2)
ANSWERED = dt.date(2015, 6, 1)
CHRONOLOGY = (
    ChronologyEntry(ASKED, "sent", "Verzending vraag"),
    ChronologyEntry(dt.date(2015, 4, 20), "reminder", "Rappel"),
    ChronologyEntry(ANSWERED, "answered", "Antwoord"),
)
REFERENCES = (
    Reference("also-asked-to", "written-question", "6-513"),
    Reference("requalification-of", "request-for-explanation", "6-77"),
)
COMMON = Question(
    number="6-512",
    legislature=6,
    session="2014-2015",
    date=ASKED,
    author="Lore Vermeersch",
    party="Open Vld",
    portfolios=("Justitie",),
    language="nl",
    chronology=CHRONOLOGY,
    references=REFERENCES,
    answer_date=ANSWERED,
    status="answered",
    delay_days=91,
    reminders=1,
)
DUTCH: dict[str, Any] = {
    "minister": "minister van Justitie",
    "title": "Gevangenissen - E-sigaret - Verbod",
    "title_path": ("Gevangenissen", "E-sigaret", "Verbod"),
    "keywords": ("strafgevangenis", "tabaksverslaving", "Raad van State (België)"),
    "question": "Mogen gedetineerden een e-sigaret gebruiken?\n\n • Hoeveel ruimte is er daarvoor?",
    "answer": "1, 2 en 3. Neen, dat is verboden.\n\nHet reglement werd aangepast.",
}
DUTCH_ANSWERS = (Answer("Antwoord", ANSWERED, text=str(DUTCH["answer"])),)
FRENCH: dict[str, Any] = {
    "minister": "ministre de la Justice",
    "title": "Prisons - Cigarette électronique - Interdiction",
    "keywords": ("établissement pénitentiaire", "tabagisme", "Conseil d'État (Belgique)"),
    "question": "Les détenus peuvent-ils utiliser une cigarette électronique ?",
    "answer": "Non, c'est interdit.",
}
FRENCH_ANSWERS = (Answer("Réponse", ANSWERED, french=str(FRENCH["answer"])),)
BOTH_ANSWERS = (Answer("Antwoord", ANSWERED, text=str(DUTCH["answer"]), french=str(FRENCH["answer"])),)


def document(content: str | bytes, path: str = "a.txt", media: Media = "text") -> SourceDocument:
    """A document as a file of that name would give it."""
    return SourceDocument(content.encode() if isinstance(content, str) else content, media, Source(path))


def read_one(content: str | bytes, path: str = "a.txt", media: Media = "text") -> Question:
    """The one question of a document."""
    (question,) = parse(document(content, path, media))
    return question


def as_html(text: str) -> str:
    """A text page as a site might serve it: blocks as paragraphs, lines broken, rules as rules."""
    body = text.strip("\n").replace("&", "&amp;").replace(f"\n{RULE}\n", "\n<hr>\n").replace(f"\n{RULE}\n", "\n<hr>\n")
    blocks = "".join(f"<p>{block.replace(chr(10), '<br>')}</p>" for block in body.split("\n\n") if block)
    return (
        f"<!DOCTYPE html><html><head><title>Vraag</title><script>var x = 1;</script></head><body>{blocks}</body></html>"
    )

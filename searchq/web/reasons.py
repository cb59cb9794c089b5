"""Why a document gave no question, or a number is missing, in Dutch.

The reasons are kept with the index in English, as the command line prints them. One that is not known here stays so.
"""

import re
from functools import cache
from typing import Final, NamedTuple

from searchq.coverage.summary import NOT_FETCHED

__all__ = ["Reason", "reason_in_dutch"]


class Reason(NamedTuple):
    """A reason, and the language it is in."""

    text: str
    language: str


def reason_in_dutch(reason: str) -> Reason:
    """A reason in Dutch; as it was kept where it is not known."""
    for pattern, dutch in _patterns():
        if found := pattern.fullmatch(reason):
            parts = [_within(part) for part in found.groups()]
            return Reason(dutch.format(*parts), "nl")
    return Reason(reason, "en")


def _within(part: str | None) -> str:
    """A part of a reason: mostly a name or a figure, but it may be a reason itself."""
    return reason_in_dutch(part).text if part else ""


@cache
def _patterns() -> list[tuple[re.Pattern[str], str]]:
    escaped = ((re.escape(english).replace(r"\*", "(.*?)"), dutch) for english, dutch in _DUTCH.items())
    return [(re.compile(pattern, re.DOTALL), dutch) for pattern, dutch in escaped]


# A star stands for what differs from case to case, {} for the same in Dutch. The first that fits counts.
_DUTCH: Final = {
    # of a number that is missing
    NOT_FETCHED: "nog niet gevraagd",
    "status *": "antwoord met status {}",
    "a redirect to *": "doorverwijzing naar {}",
    "a page that begins “*”": "een pagina die begint met “{}”",
    "an empty page": "een lege pagina",
    "no connection came about in time": "de verbinding kwam niet op tijd tot stand",
    "the name of the site cannot be resolved": "de naam van de site is niet te vinden",
    "the proxy gives no connection": "de proxy gaf geen verbinding",
    "the site fell silent": "de site zweeg",
    "the site takes no connection": "de site nam geen verbinding aan",
    "the site's certificate cannot be verified": "het certificaat van de site is niet na te gaan",
    "the answer ended early": "het antwoord brak af",
    "the connection was cut": "de verbinding brak af",
    "the connection failed (*)": "de verbinding mislukte ({})",
    "the answer is larger than * MB": "het antwoord is groter dan {} MB",
    "the answer took more than * s": "het antwoord duurde langer dan {} s",
    "the site answered with status *": "de site antwoordde met status {}",
    "it shows * instead": "de pagina toont {}",
    "it shows the question without its title": "de pagina toont de vraag zonder titel",
    "it shows the question without its text": "de pagina toont de vraag zonder tekst",
    "it shows the question without its *": "de pagina toont de vraag zonder {}",
    "the site no longer shows it: *": "de site toont ze niet meer: {}",
    # of a document that gave no question
    "it holds no question": "er staat geen vraag in",
    "it is empty": "leeg",
    "it has the layout of no written question": "geen opmaak van een schriftelijke vraag",
    "it is larger than * MB": "groter dan {} MB",
    "it is *, not text or HTML": "{}, geen tekst of HTML",
    "a PDF document": "een PDF-document",
    "a PNG image": "een PNG-beeld",
    "a GIF image": "een GIF-beeld",
    "a JPEG image": "een JPEG-beeld",
    "an image or a recording": "een beeld of een opname",
    "an icon": "een icoon",
    "a font": "een lettertype",
    "an RTF document": "een RTF-document",
    "an Office document": "een Office-document",
    "a 7z archive": "een 7z-archief",
    "a RAR archive": "een RAR-archief",
    "a Zstandard archive": "een Zstandard-archief",
    "a database": "een databank",
    "a program": "een programma",
    "binary data": "binaire gegevens",
    "of unknown kind": "van onbekende aard",
    "there is no such file or folder": "dat bestand of die map bestaat niet",
    "it cannot be read: *": "niet te lezen: {}",
    "it is not a regular file": "geen gewoon bestand",
    "it is a folder already read under another name": "een map die al onder een andere naam gelezen is",
    "its text stands in a frame: save its frame “*” instead (*)": "de tekst staat in een kader: bewaar “{}” ({})",
    "its text stands in a frame: save its frame instead (*)": "de tekst staat in een kader: bewaar dat ({})",
    "its markup has more than * elements open": "meer dan {} elementen in elkaar",
    "its markup has a tag of more than * attributes": "een element met meer dan {} kenmerken",
    "the heading “*” of a Bulletin page cannot be read in full": "het opschrift “{}” is niet helemaal te lezen",
    # of an archive
    "*; the rest of it is not read": "{}; de rest is niet gelezen",
    "archives are nested more than * deep": "archieven zitten meer dan {} diep in elkaar",
    "it is a broken archive from here on: *": "vanaf hier is het archief stuk: {}",
    "it is a zip file within another archive: unpack it first": "een zip in een ander archief: pak die eerst uit",
    "it cannot be unpacked: it is encrypted": "niet uit te pakken: versleuteld",
    "it cannot be unpacked: *": "niet uit te pakken: {}",
    "it is a link or a device, not a file": "een koppeling of apparaat, geen bestand",
    "the name of a member is larger than * kB": "de naam van een onderdeel is groter dan {} kB",
    "the head of a record is larger than * kB": "de kop van een opname is groter dan {} kB",
    "it ends within a record": "het eindigt midden in een opname",
    "its data is cut off": "de gegevens zijn afgebroken",
    "the attributes of a member are damaged": "de kenmerken van een onderdeel zijn beschadigd",
    "its data is damaged or cut off": "de gegevens zijn beschadigd of afgebroken",
    "its zip structure or a checksum is damaged": "de zip of een controlegetal is beschadigd",
    "the header of a WARC record is damaged": "de kop van een WARC-opname is beschadigd",
    "its compressed data is damaged": "de samengeperste gegevens zijn beschadigd",
    "its compression method is not supported": "een wijze van samenpersen die niet gelezen wordt",
    "it needs too much memory": "er is te veel geheugen voor nodig",
    "its content is damaged": "de inhoud is beschadigd",
    "it grows to more than * times its size": "uitgepakt meer dan {} keer zo groot",
    "it takes more time to unpack than its size allows": "het uitpakken duurt te lang voor de grootte",
    "it is not compressed": "niet samengeperst",
    "it is encoded as “*”, which is not read": "gecodeerd als “{}”, en dat wordt niet gelezen",
    "its * encoding is broken or cut off": "de codering {} is stuk of afgebroken",
    "it is encoded with Brotli (br); to read it: pip install 'searchq[brotli]'": "gecodeerd met Brotli (br)",
    # of an exported record
    "it is no exported record: *": "geen geëxporteerde vraag: {}",
    "it is nested too deeply": "te diep genest",
    "it is no object": "geen object",
    "it contains half a character (a lone surrogate) or a number that is not finite": "een half teken of getal",
    "it lacks “*”": "“{}” ontbreekt",
    "“*” cannot be *": "“{}” kan niet {} zijn",
    "* lines up to here hold no record": "{} regels tot hier bevatten geen vraag",
    "it holds no exported record (* lines)": "geen geëxporteerde vraag ({} regels)",
    # of a record of the Chamber
    "the question was cancelled (the Chamber calls it “*”)": "de vraag is geannuleerd (bij de Kamer “{}”)",
    "it has no route (SDOCNAME)": "zonder route (SDOCNAME)",
    "its route “*” cannot be read": "de route “{}” is niet te lezen",
    "it is broken XML: *": "XML die stuk is: {}",
    "it is no JSON: *": "geen JSON: {}",
    "it holds no question of the Chamber": "er staat geen vraag van de Kamer in",
    "it declares a document type, and such XML is not read": "XML met een documenttype, en dat wordt niet gelezen",
}

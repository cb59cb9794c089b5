"""Why a document gave no question, or a number is missing, in Dutch and French.

The reasons are kept with the index in English, as the command line prints them. One that is not known here stays so.
"""

import re
from collections.abc import Mapping
from functools import cache
from typing import Final, Literal, NamedTuple, TypeAlias, TypeVar

from searchq.coverage.summary import NOT_FETCHED
from searchq.languages import LANGUAGES

__all__ = ["Patterns", "Reason", "patterns_of", "translated_reason"]

Told = TypeVar("Told")
Patterns: TypeAlias = list[tuple[re.Pattern[str], Told]]


class Reason(NamedTuple):
    """A reason, and the language it is in."""

    text: str
    language: str


def translated_reason(reason: str, language: Literal["nl", "fr"]) -> Reason:
    """A reason in Dutch or French; as it was kept where it is not known."""
    for pattern, translations in _patterns():
        if found := pattern.fullmatch(reason):
            parts = [_within(part, language) for part in found.groups()]
            return Reason(translations[LANGUAGES.index(language)].format(*parts), language)
    return Reason(reason, "en")


def _within(part: str | None, language: Literal["nl", "fr"]) -> str:
    """A part of a reason: mostly a name or a figure, but it may be a reason itself."""
    return translated_reason(part, language).text if part else ""


@cache
def _patterns() -> Patterns[tuple[str, str]]:
    return patterns_of(_TRANSLATIONS)


def patterns_of(table: Mapping[str, Told]) -> Patterns[Told]:
    """A table of sentences in English as patterns in its order: a star stands for any text."""
    return [
        (re.compile(re.escape(english).replace(r"\*", "(.*?)"), re.DOTALL), told) for english, told in table.items()
    ]


# A star stands for what differs from case to case, {} for the same in Dutch and French. The first that fits counts.
_TRANSLATIONS: Final[dict[str, tuple[str, str]]] = {
    # of a number that is missing
    NOT_FETCHED: ("nog niet gevraagd", "pas encore demandé"),
    "status *": ("antwoord met status {}", "réponse avec le statut {}"),
    "a redirect to *": ("doorverwijzing naar {}", "redirection vers {}"),
    "a page that begins “*”": ("een pagina die begint met “{}”", "une page qui commence par «\u00a0{}\u00a0»"),
    "an empty page": ("een lege pagina", "une page vide"),
    "no connection came about in time": (
        "de verbinding kwam niet op tijd tot stand",
        "la connexion ne s’est pas établie à temps",
    ),
    "the name of the site cannot be resolved": (
        "de naam van de site is niet te vinden",
        "le nom du site est introuvable",
    ),
    "the proxy gives no connection": ("de proxy gaf geen verbinding", "le proxy n’a pas donné de connexion"),
    "the site fell silent": ("de site zweeg", "le site est resté muet"),
    "the site takes no connection": ("de site nam geen verbinding aan", "le site n’a pas accepté de connexion"),
    "the site's certificate cannot be verified": (
        "het certificaat van de site is niet na te gaan",
        "le certificat du site ne peut pas être vérifié",
    ),
    "the answer ended early": ("het antwoord brak af", "la réponse s’est interrompue"),
    "the connection was cut": ("de verbinding brak af", "la connexion s’est interrompue"),
    "the connection failed (*)": ("de verbinding mislukte ({})", "la connexion a échoué ({})"),
    "the answer is larger than * MB": ("het antwoord is groter dan {} MB", "la réponse dépasse {} Mo"),
    "the answer took more than * s": ("het antwoord duurde langer dan {} s", "la réponse a duré plus de {} s"),
    "the site answered with status *": ("de site antwoordde met status {}", "le site a répondu avec le statut {}"),
    "it shows * instead": ("de pagina toont {}", "la page montre {}"),
    "the page breaks off": ("de pagina breekt af", "la page s’interrompt"),
    "it shows the question without its title": (
        "de pagina toont de vraag zonder titel",
        "la page montre la question sans titre",
    ),
    "it shows the question without its text": (
        "de pagina toont de vraag zonder tekst",
        "la page montre la question sans texte",
    ),
    "it shows the question without its *": ("de pagina toont de vraag zonder {}", "la page montre la question sans {}"),
    "the site no longer shows it: *": ("de site toont ze niet meer: {}", "le site ne la montre plus\u00a0: {}"),
    # of a document that gave no question
    "it holds no question": ("er staat geen vraag in", "ne contient pas de question"),
    "it is empty": ("leeg", "vide"),
    "it has the layout of no written question": (
        "geen opmaak van een schriftelijke vraag",
        "n’a pas la mise en page d’une question écrite",
    ),
    "it is larger than * MB": ("groter dan {} MB", "plus de {} Mo"),
    "it is *, not text or HTML": ("{}, geen tekst of HTML", "{}, ni texte ni HTML"),
    "a PDF document": ("een PDF-document", "un document PDF"),
    "a PNG image": ("een PNG-beeld", "une image PNG"),
    "a GIF image": ("een GIF-beeld", "une image GIF"),
    "a JPEG image": ("een JPEG-beeld", "une image JPEG"),
    "an image or a recording": ("een beeld of een opname", "une image ou un enregistrement"),
    "an icon": ("een icoon", "une icône"),
    "a font": ("een lettertype", "une police de caractères"),
    "an RTF document": ("een RTF-document", "un document RTF"),
    "an Office document": ("een Office-document", "un document Office"),
    "a 7z archive": ("een 7z-archief", "une archive 7z"),
    "a RAR archive": ("een RAR-archief", "une archive RAR"),
    "a Zstandard archive": ("een Zstandard-archief", "une archive Zstandard"),
    "a database": ("een databank", "une base de données"),
    "a program": ("een programma", "un programme"),
    "binary data": ("binaire gegevens", "des données binaires"),
    "of unknown kind": ("van onbekende aard", "de nature inconnue"),
    "there is no such file or folder": ("dat bestand of die map bestaat niet", "ce fichier ou ce dossier n’existe pas"),
    "it cannot be read: *": ("niet te lezen: {}", "illisible\u00a0: {}"),
    "no file can have this name": ("geen bestand kan zo heten", "aucun fichier ne peut porter ce nom"),
    "it takes more than * MB of memory": ("vergt meer dan {} MB geheugen", "demande plus de {} Mo de mémoire"),
    "the process that read it was killed, probably out of memory": (
        "het proces dat het las, is gestopt, wellicht bij gebrek aan geheugen",
        "le processus qui le lisait a été arrêté, sans doute faute de mémoire",
    ),
    "the process that read it crashed": ("het proces dat het las, is gecrasht", "le processus qui le lisait a planté"),
    "it has more than * *": ("meer dan {} {}", "plus de {} {}"),
    "keywords": ("trefwoorden", "mots-clés"),
    "French keywords": ("Franse trefwoorden", "mots-clés français"),
    "parts of the title": ("delen in de titel", "parties du titre"),
    "events": ("gebeurtenissen", "événements"),
    "references": ("verwijzingen", "références"),
    "citations": ("citaten", "citations"),
    "answers": ("antwoorden", "réponses"),
    "portfolios": ("bevoegdheden", "compétences"),
    "points": ("punten", "points"),
    "sources": ("bronnen", "sources"),
    "problems": ("problemen", "problèmes"),
    "it takes more than * s of processor time": (
        "het lezen kost meer dan {} s rekentijd",
        "sa lecture demande plus de {} s de calcul",
    ),
    "it is not a regular file": ("geen gewoon bestand", "pas un fichier ordinaire"),
    "it is a folder already read under another name": (
        "een map die al onder een andere naam gelezen is",
        "un dossier déjà lu sous un autre nom",
    ),
    "its text stands in a frame: save its frame “*” instead (*)": (
        "de tekst staat in een kader: bewaar “{}” ({})",
        "le texte est dans un cadre\u00a0: enregistrez «\u00a0{}\u00a0» ({})",
    ),
    "its text stands in a frame: save its frame instead (*)": (
        "de tekst staat in een kader: bewaar dat ({})",
        "le texte est dans un cadre\u00a0: enregistrez-le ({})",
    ),
    "its markup has more than * elements open": ("meer dan {} elementen in elkaar", "plus de {} éléments imbriqués"),
    "its markup has a tag of more than * attributes": (
        "een element met meer dan {} kenmerken",
        "un élément de plus de {} attributs",
    ),
    "the heading “*” of a Bulletin page cannot be read in full": (
        "het opschrift “{}” is niet helemaal te lezen",
        "l’en-tête «\u00a0{}\u00a0» n’est pas entièrement lisible",
    ),
    # of an archive
    "*; the rest of it is not read": ("{}; de rest is niet gelezen", "{}\u00a0; le reste n’est pas lu"),
    "archives are nested more than * deep": (
        "archieven zitten meer dan {} diep in elkaar",
        "des archives imbriquées à plus de {} niveaux",
    ),
    "it is a broken archive from here on: *": (
        "vanaf hier is het archief stuk: {}",
        "à partir d’ici l’archive est abîmée\u00a0: {}",
    ),
    "it is a zip file within another archive: unpack it first": (
        "een zip in een ander archief: pak die eerst uit",
        "un zip dans une autre archive\u00a0: décompressez-le d’abord",
    ),
    "it cannot be unpacked: it is encrypted": (
        "niet uit te pakken: versleuteld",
        "impossible à décompresser\u00a0: chiffré",
    ),
    "it cannot be unpacked: *": ("niet uit te pakken: {}", "impossible à décompresser\u00a0: {}"),
    "it is a link or a device, not a file": (
        "een koppeling of apparaat, geen bestand",
        "un lien ou un périphérique, pas un fichier",
    ),
    "the name of a member is larger than * kB": (
        "de naam van een onderdeel is groter dan {} kB",
        "le nom d’un membre dépasse {} ko",
    ),
    "the head of a record is larger than * kB": (
        "de kop van een opname is groter dan {} kB",
        "l’en-tête d’un enregistrement dépasse {} ko",
    ),
    "it ends within a record": ("het eindigt midden in een opname", "se termine au milieu d’un enregistrement"),
    "its data is cut off": ("de gegevens zijn afgebroken", "les données sont coupées"),
    "the attributes of a member are damaged": (
        "de kenmerken van een onderdeel zijn beschadigd",
        "les attributs d’un membre sont abîmés",
    ),
    "its data is damaged or cut off": (
        "de gegevens zijn beschadigd of afgebroken",
        "les données sont abîmées ou coupées",
    ),
    "its zip structure or a checksum is damaged": (
        "de zip of een controlegetal is beschadigd",
        "le zip ou une somme de contrôle est abîmé",
    ),
    "the header of a WARC record is damaged": (
        "de kop van een WARC-opname is beschadigd",
        "l’en-tête d’un enregistrement WARC est abîmé",
    ),
    "its compressed data is damaged": (
        "de samengeperste gegevens zijn beschadigd",
        "les données compressées sont abîmées",
    ),
    "its compression method is not supported": (
        "een wijze van samenpersen die niet gelezen wordt",
        "une méthode de compression qui n’est pas lue",
    ),
    "it needs too much memory": ("er is te veel geheugen voor nodig", "demande trop de mémoire"),
    "its content is damaged": ("de inhoud is beschadigd", "le contenu est abîmé"),
    "it grows to more than * times its size": (
        "uitgepakt meer dan {} keer zo groot",
        "décompressé, plus de {} fois plus grand",
    ),
    "it takes more time to unpack than its size allows": (
        "het uitpakken duurt te lang voor de grootte",
        "la décompression est trop longue pour la taille",
    ),
    "it is not compressed": ("niet samengeperst", "pas compressé"),
    "it is encoded as “*”, which is not read": (
        "gecodeerd als “{}”, en dat wordt niet gelezen",
        "encodé en «\u00a0{}\u00a0», qui n’est pas lu",
    ),
    "its * encoding is broken or cut off": ("de codering {} is stuk of afgebroken", "l’encodage {} est abîmé ou coupé"),
    "it is encoded with Brotli (br); to read it: pip install 'searchq[brotli]'": (
        "gecodeerd met Brotli (br)",
        "encodé avec Brotli (br)",
    ),
    # of an exported record
    "it is no exported record: *": ("geen geëxporteerde vraag: {}", "pas une question exportée\u00a0: {}"),
    "it is nested too deeply": ("te diep genest", "imbrication trop profonde"),
    "it has another shape": ("een andere vorm", "une autre forme"),
    "it is no object": ("geen object", "pas un objet"),
    "it contains half a character (a lone surrogate) or a number that is not finite": (
        "een half teken of getal",
        "un caractère incomplet ou un nombre infini",
    ),
    "it lacks “*”": ("“{}” ontbreekt", "«\u00a0{}\u00a0» manque"),
    "“*” cannot be *": ("“{}” kan niet {} zijn", "«\u00a0{}\u00a0» ne peut pas être {}"),
    "* lines up to here hold no record": (
        "{} regels tot hier bevatten geen vraag",
        "{} lignes jusqu’ici ne contiennent pas de question",
    ),
    "it holds no exported record (* lines)": (
        "geen geëxporteerde vraag ({} regels)",
        "pas une question exportée ({} lignes)",
    ),
    # of a record of the Chamber
    "the question was cancelled (the Chamber calls it “*”)": (
        "de vraag is geannuleerd (bij de Kamer “{}”)",
        "la question est annulée (à la Chambre «\u00a0{}\u00a0»)",
    ),
    "it has no route (SDOCNAME)": ("zonder route (SDOCNAME)", "sans route (SDOCNAME)"),
    "its route “*” cannot be read": ("de route “{}” is niet te lezen", "la route «\u00a0{}\u00a0» est illisible"),
    "it is broken XML at line *, column *": (
        "XML die stuk is op regel {}, kolom {}",
        "XML abîmé à la ligne {}, colonne {}",
    ),
    "it is no JSON from line *, column * on": (
        "geen JSON vanaf regel {}, kolom {}",
        "pas du JSON à partir de la ligne {}, colonne {}",
    ),
    "it is no JSON: *": ("geen JSON: {}", "pas du JSON\u00a0: {}"),
    "a number in it is too long": ("een getal is te lang", "un nombre est trop long"),
    "it holds no question of the Chamber": (
        "er staat geen vraag van de Kamer in",
        "ne contient pas de question de la Chambre",
    ),
    "it declares a document type, and such XML is not read": (
        "XML met een documenttype, en dat wordt niet gelezen",
        "XML avec un type de document, qui n’est pas lu",
    ),
}

"""What ends a saved page without being part of it: links back, share bars, copyright, addresses, cookie texts.

`trim_boilerplate` takes such lines off both ends of a text, never from within it. Each line is worth something:

    2   sure by itself        "Terug naar boven | Afdrukken", "© 2013 Belgische Senaat", "Ce site utilise des cookies."
    1   sure in company       "Akkoord", "FR", "Wij gebruiken cookies.", a line that is a link and nothing else
    0   nothing by itself     a rule, a bar

Lines are cut off from the end up to the last one at which the sum since the last cut reached 2.
"""

import re
from collections.abc import Iterator
from typing import Final

__all__ = ["LINK", "UNLINK", "trim_boilerplate"]

LINK, UNLINK = "\x0e", "\x0f"  # around the text of a link, in the text of a saved page

_SURE: Final = r"""
    terug(?: naar (?:boven|begin|de (?:lijst|zoekresultaten|startpagina)|het overzicht|home))?
    (?:naar )?boven  begin van de pagina  back(?: to top)?  top(?: of page)?
    retour(?: (?:à la (?:liste|page d['’]accueil)|en haut(?: de (?:la )?page)?|au (?:sommaire|début)|haut de page))?
    (?:vers le )?haut(?: de (?:la )?page)?
    (?:deze pagina )?(?:afdrukken|printen)  print(?:versie|vriendelijke versie| this page)?  imprimer(?: cette page)?
    version imprimable  (?:twee|een)talige printerversie  version à imprimer (?:bi|uni)lingue
    home(?:page)?  startpagina  (?:page d['’])?accueil  contact(?:eer ons|ez-nous|gegevens)?  disclaimer
    mentions légales  (?:juridische|wettelijke) (?:informatie|vermeldingen)  gebruiksvoorwaarden
    conditions d['’]utilisation
    privacy(?: ?-?(?:verklaring|beleid|policy|statement))?  (?:respect de la )?vie privée  protection des données
    gegevensbescherming  cookies?(?: ?-?(?:beleid|verklaring|instellingen|voorkeuren|policy|settings))?
    politique (?:de|en matière de|relative aux) (?:cookies|confidentialité|vie privée)
    (?:gestion|paramètres) des cookies
    site ?map  plan du site  toegankelijkheid(?:sverklaring)?  (?:déclaration d['’])?accessibilité  rss(?:-feed)?
    nieuwsbrief  newsletter  lettre d['’]information  inloggen  log ?in  aanmelden  se connecter
    (?:deel|delen)(?: (?:op|via|met) \S+)  deel deze (?:pagina|vraag)(?: (?:op|via|met) \S+)?
    partage[rz] cette (?:page|question)(?: (?:sur|par) \S+)?  partager sur \S+  share on \S+
    facebook  twitter  linkedin  instagram
    youtube  whatsapp  (?:vorige|volgende) (?:vraag|pagina|bladzijde)  (?:question|page) (?:précédente|suivante)
    (?:alle(?:s)? )?(?:cookies )?(?:aanvaarden|accepteren|weigeren)  (?:tout )?(?:accepter|refuser)(?: tout| et fermer)?
    (?:accepter|refuser) (?:les|tous les) cookies  voorkeuren beheren  gérer (?:les|mes) préférences
"""
_IN_COMPANY: Final = r"""
    nl  fr  de  en  nederlands  français  deutsch  english  help  hulp  aide  faq  links  liens  pers  presse
    vacatures  emplois  jobs  menu  zoek(?:en)?  recherche(?:r)?  search  x  e-?mail  mail  vorige  volgende
    précédente?  suivante?  instellingen  voorkeuren  paramètres  préférences  meer info(?:rmatie)?  en savoir plus
    plus d['’]infos?(?:rmations)?  sluiten  fermer  ok  akkoord  ik ga akkoord  j['’]accepte  delen  delen op
    partager  share  sommaire  inhoud  overzicht  senatoren  sénateurs  documenten  documents  agenda  nieuws
    actualités
"""
_ENDS: Final = (
    r"(?:©|\(c\) ?[0-9]{4}|copyright\b).{0,150}",
    r"(?:[^.]{0,60}\W)?(?:alle rechten voorbehouden|tous droits réservés|all rights reserved)\W*",
    r"(?:(?:deze )?pagina )?laatst(?:e)? (?:bijgewerkt|gewijzigd|wijziging|bijwerking|update|aanpassing)\b.{0,60}",
    r"(?:page )?(?:dernière (?:mise à jour|modification)|mise à jour le)\b.{0,60}",
    r"(?:(?:pagina )?afgedrukt op|(?:page )?imprimée? le) .{6,40}",
    r"(?:pagina|page|blz\.) [0-9]+ (?:van|sur|of|/) [0-9]+",
    r"\S+://\S+\s+[0-9]+/[0-9]+(?:\s.{0,40})?",  # what browsers print below a page
    r"(?:de |le )?(?:belgische senaat|sénat de belgique)(?:\s*[-–,|•·].{0,120})?",
    r"(?:natieplein|place de la nation|palei[sx] der natie|palais de la nation|leuvenseweg|rue de louvain)\b.{0,40}"
    r"\b10[0-9]{2} bru(?:ssel|xelles)\b.{0,60}",
    r"webmaster\b.{0,60}",
    r"[^@.!?]{0,30}\b[\w.-]+@(?:(?:www\.)?senate|senaat|senat|dekamer|lachambre)\.be\W*",
    r"(?:web)?site (?:ontwikkeld|gemaakt|gerealiseerd|réalisé|développé) (?:door|par)\b.{0,60}",
    r"(?:deze|onze|de) (?:web)?site (?:maakt gebruik van|gebruikt|plaatst) .{0,30}cookies.{0,300}",
    r"(?:door (?:verder te|het gebruik|gebruik te|op|deze)|als u verder|indien u verder) .{0,150}cookies.{0,200}",
    r"(?:ce|notre|le) site(?: web| internet)? (?:utilise|fait usage|dépose|a recours) .{0,30}cookies.{0,300}",
    r"en (?:poursuivant|continuant|naviguant|utilisant|cliquant) .{0,150}cookies.{0,200}",
    r"this (?:web)?site uses .{0,30}cookies.{0,300}",
)
_OURS: Final = re.compile(  # a minister may say so too
    r"(?:(?:wij|we) (?:gebruiken|plaatsen)|nous utilisons|we use)\b.{0,40}cookies.{0,300}"
    r"|(?:cookies (?:helpen|laten|stellen) ons|les cookies nous) .{0,300}",
    re.IGNORECASE,
)
_BETWEEN: Final = r"[\s|/\\·•»«<>›‹,.:;*\[\]↑▲–—-]"
_MAX_LENGTH: Final = 500  # characters of a line that may be boilerplate


def _phrases(table: str) -> str:
    return "|".join(phrase for line in table.strip().split("\n") for phrase in re.split(r"  +", line.strip()))


_WORDS: Final = re.compile(rf"{_BETWEEN}*+(?:(?:{_phrases(_SURE)}|{_phrases(_IN_COMPANY)})(?:{_BETWEEN}++|\Z))++", re.I)
_SURE_WORDS: Final = re.compile(rf"(?<!\w)(?:{_phrases(_SURE)})(?!\w)", re.I)
_KIND: Final = re.compile("|".join(f"(?:{kind})" for kind in _ENDS), re.I)
_RULE: Final = re.compile(rf"(?:{_BETWEEN}|[_=\x06])*")
_ADDRESS: Final = re.compile(r"://|www\.|@|^(?:bijlage|annexe|tabel|tableau)\b", re.I)  # a link that tells something
_LINKED: Final = re.compile(f"{LINK}[^{LINK}{UNLINK}]*{UNLINK}")
_UNMARKED: Final = str.maketrans({LINK: "", UNLINK: ""})
_SUM: Final = 2


def trim_boilerplate(text: str) -> str:
    """The text without boilerplate at its ends, and without the marks of links."""
    end = _cut(text, forward=False)
    start = _cut(text[:end], forward=True)
    return text[start:end].replace(LINK, "").replace(UNLINK, "")


def _cut(text: str, forward: bool) -> int:
    """The offset at which boilerplate ends (`forward`), or begins."""
    cut = 0 if forward else len(text)
    worth = 0
    for start, end in _lines(text, forward):
        value = _worth(text[start:end], forward)
        if value is None:
            break
        worth += value
        if worth >= _SUM:
            worth, cut = 0, end if forward else start
    return cut


def _lines(text: str, forward: bool) -> Iterator[tuple[int, int]]:
    """Where each line begins and ends, from the first on or from the last on back."""
    at = 0 if forward else len(text)
    while 0 <= at <= len(text):
        start = at if forward else text.rfind("\n", 0, at) + 1
        end = at if not forward else _line_end(text, at)
        yield start, end
        at = end + 1 if forward else start - 1


def _line_end(text: str, start: int) -> int:
    found = text.find("\n", start)
    return found if found >= 0 else len(text)


def _worth(line: str, leading: bool) -> int | None:
    """What a line tells of being boilerplate; None for a line that is none."""
    if len(line) > _MAX_LENGTH:
        return None
    plain = line.translate(_UNMARKED).strip()
    if _RULE.fullmatch(plain):
        return 0
    if not leading and _KIND.fullmatch(plain):
        return _SUM
    if _OURS.fullmatch(plain):
        return 1
    if _WORDS.fullmatch(plain):
        return _SUM if _SURE_WORDS.search(plain) else min(len(plain.split()), _SUM)
    links = 0 if _ADDRESS.search(plain) else len(_LINKED.findall(line))
    return min(links, _SUM) if links and _RULE.fullmatch(_LINKED.sub("", line).strip()) else None

"""Stable short Dutch names of what a minister is charged with, whatever the title says that year and in which language.

The same portfolio is published under many titles: `minister van Justitie`, `ministre de la Justice`,
`vice-eersteminister en minister van Justitie en van Binnenlandse Zaken`. PORTFOLIOS is the table from the phrases that
titles are made of to the name that gathers them; a longer phrase wins over a shorter one within it. What no phrase
covers is kept under its own words, so that a portfolio of tomorrow has a name too.

A state secretary is attached to a minister (`toegevoegd aan de minister van Justitie`): that minister's portfolios are
not the secretary's, unless the title names no other.
"""

import re
from functools import lru_cache
from typing import Final

__all__ = ["PORTFOLIOS", "portfolios_of"]

PRIME_MINISTER: Final = "Eerste minister"

PORTFOLIOS: Final[dict[str, str]] = {
    "Ambtenarenzaken": "ambtenarenzaken | openbaar ambt | openbare diensten | bestuurszaken | fonction publique"
    " | services publics | modernisering van de (?:openbare diensten|openbare besturen|overheid)"
    " | modernisation (?:des services publics|de l'administration|de l'état|des administrations publiques)",
    "Armoedebestrijding": "armoedebestrijding | (?:be)?strijd(?:ing)? (?:van|tegen) de armoede"
    " | lutte contre la pauvreté",
    "Asiel en Migratie": "asiel(?:beleid)?(?:,| en)? (?:im)?migratie(?:beleid)? | (?:im)?migratie-? en asiel(?:beleid)?"
    " | asiel(?:beleid)? | (?:im)?migratie(?:beleid)? | asiel- en migratiebeleid"
    " | asile et (?:à |de )?(?:la |l')?(?:im)?migration | politique de migration et d'asile"
    " | politique d'asile et de migration | asile | migration | immigration",
    "Begroting": "begroting | budget",
    "Beliris": "beliris",
    "Binnenlandse Zaken": "binnenlandse zaken | affaires intérieures | intérieur",
    "Buitenlandse Handel": "buitenlandse handel | commerce extérieur",
    "Buitenlandse Zaken": "buitenlandse (?:zaken|betrekkingen) | affaires étrangères | relations extérieures",
    "Consumentenzaken": "consumentenzaken | consumenten(?:bescherming)? | bescherming van de consument"
    " | protection (?:de la consommation|des consommateurs|du consommateur) | consommateurs | consommation",
    "Culturele Instellingen": "(?:federale )?culturele instellingen | institutions culturelles(?: fédérales)?"
    " | wetenschappelijke en culturele instellingen | institutions scientifiques et culturelles(?: fédérales)?",
    "Defensie": "landsverdediging | defensie | défense nationale | défense",
    "Digitalisering": "(?:europese )?digitale agenda | agenda numérique | digitalisering | digitalisation"
    " | informatisering(?: van de staat)? | informatisation(?: de l'état)?",
    "Diversiteit": "diversiteit | diversité",
    "Duurzame Ontwikkeling": "duurzame ontwikkeling | développement durable",
    "Economie": "economische zaken | economie | affaires économiques | économie",
    "Energie": "energie | énergie",
    "Europese Zaken": "europese (?:zaken|aangelegenheden|integratie) | europa | affaires européennes"
    " | intégration européenne | (?:voorbereiding van het )?europees voorzitterschap"
    " | (?:préparation de la )?présidence européenne",
    "Financiën": "modernisering van de financiën | financiën | modernisation des finances | finances | fiscaliteit"
    " | fiscalité",
    "Fraudebestrijding": "(?:coördinatie van de )?fraudebestrijding"
    " | (?:coördinatie van de )?(?:be)?strijd(?:ing)? (?:van|tegen) de (?:(?:sociale|fiscale) (?:en (?:de )?)?)*fraude"
    " | (?:coordination de la )?lutte contre la fraude(?: (?:sociale|fiscale)(?: et (?:sociale|fiscale))?)?",
    "Gelijke Kansen": "(?:beleid (?:van|inzake) )?gelijke[ -]?kansen(?:beleid)?(?: tussen mannen en vrouwen)?"
    " | gelijkheid van kansen | gendergelijkheid | (?:politique d')?égalité des (?:chances|genres)"
    "(?: entre hommes et femmes| entre les hommes et les femmes)?",
    "Gezin": "gezinsbeleid | gezin(?:nen)? | (?:politique des )?familles?",
    "Groene Transitie": "green deal | groene transitie | transition écologique",
    "Grootstedenbeleid": "grootstedenbeleid | grootstedelijk beleid | grote steden | (?:politique des )?grandes villes",
    "Institutionele Hervormingen": "institutionele hervormingen | staatshervorming | hervorming van de staat"
    " | democratische vernieuwing | réformes institutionnelles | réforme de l'état | renouveau démocratique"
    " | hervorming van de instellingen | réforme des institutions",
    "Justitie": "justitie | justice",
    "KMO's": "kmo's | k\\.?m\\.?o\\.? | kleine en middelgrote ondernemingen | p\\.?m\\.?e\\.?"
    " | petites et moyennes entreprises",
    "Klimaat": "klimaat(?:beleid|zaken)? | climat",
    "Landbouw": "landbouw | agriculture",
    "Leefmilieu": "leefmilieu | environnement",
    "Luchtvaart": "belgocontrol | skeyes | luchtvaart | (?:brussels airport|nationale luchthaven)",
    "Maatschappelijke Integratie": "(?:maatschappelijke|sociale) integratie | intégration sociale",
    "Middenstand": "middenstand | classes moyennes",
    "Mobiliteit": "mobiliteit(?: en vervoer)? | vervoer | verkeerswezen | mobilité(?: et (?:des )?transports?)?"
    " | transports? | communications",
    "Nationale Loterij": "nationale loterij | loterie nationale",
    "Noordzee": "noordzee | mer du nord",
    "Ontwikkelingssamenwerking": "ontwikkelingssamenwerking | internationale samenwerking | coopération internationale"
    " | coopération au développement",
    "Overheidsbedrijven": "overheidsbedrijven(?: en participaties)? | entreprises publiques"
    "(?: et (?:des )?participations(?: publiques)?)? | overheidsparticipaties",
    "Parlementszaken": "relaties met het parlement | betrekkingen met het parlement | relations avec le parlement",
    "Pensioenen": "pensioenen | pensions",
    "Personen met een beperking": "personen met een (?:handicap|beperking) | gehandicapten(?:beleid)? | mindervaliden"
    " | personnes (?:handicapées|porteuses d'un handicap|en situation de handicap) | handicapés",
    "Post": "posterijen | post | postes?",
    "Privacy": "bescherming van de (?:persoonlijke levenssfeer|privacy) | privacy | (?:protection de la )?vie privée",
    "Regie der Gebouwen": "regie der gebouwen | gebouwenbeheer van de staat | régie des bâtiments"
    " | gestion immobilière de l'état",
    "Sociale Economie": "sociale economie | économie sociale",
    "Sociale Zaken": "sociale zaken | sociale zekerheid | affaires sociales | sécurité sociale",
    "Spoorwegen": "nationale maatschappij der belgische spoorwegen | nmbs | spoorwegen | sncb"
    " | société nationale des chemins de fer belges | chemins de fer",
    "Telecommunicatie": "telecommunicaties? | elektronische communicatie | télécommunications"
    " | communications électroniques",
    "Veiligheid": "veiligheid | sécurité",
    "Vereenvoudiging": "administratieve vereenvoudiging | ondernemen en vereenvoudigen | vereenvoudiging"
    " | (?:entreprise et (?:la )?)?simplification(?: administrative)? | entreprendre et simplifier",
    "Volksgezondheid": "volksgezondheid | gezondheid | santé(?: publique)?",
    "Werk": "tewerkstelling(?: en arbeid)? | werk(?:gelegenheid)? | arbeid | emploi(?: et (?:du )?travail)? | travail",
    "Wetenschapsbeleid": "wetenschapsbeleid | wetenschappelijk (?:beleid|onderzoek) | politique scientifique"
    " | recherche scientifique",
    "Zelfstandigen": "zelfstandigen | zelfstandige ondernemers | (?:travailleurs )?indépendants",
}

_LONGEST_TITLE: Final = 1000  # characters; published ones run over 200
_CACHED_TITLES: Final = 4096


def portfolios_of(title: str) -> tuple[str, ...]:
    """The portfolios a minister's title names, in its order, each once; none for an empty title."""
    return _portfolios(title[:_LONGEST_TITLE])


@lru_cache(maxsize=_CACHED_TITLES)
def _portfolios(title: str) -> tuple[str, ...]:
    title = " ".join(title.replace("’", "'").split())
    own = _ATTACHED.sub(" ", title)
    found = _named(own)
    return tuple(dict.fromkeys(found or _named(title)))


def _named(title: str) -> list[str]:
    """The names of all parts of a title, in order: known phrases, and what stands between them."""
    names: list[str] = []
    end = 0
    for phrase in _PHRASES.finditer(title):
        names.extend(_unknown(title[end : phrase.start()]))
        names.append(_NAMES[phrase.lastgroup or ""])
        end = phrase.end()
    return names + _unknown(title[end:])


def _unknown(text: str) -> list[str]:
    """What a stretch between known phrases names by itself: its words less the offices and the small words."""
    parts = (_FILLING.sub("", part).strip(" -'.()") for part in _BETWEEN.split(_OFFICE.sub(", ", text)))
    return [part[0].upper() + part[1:] for part in parts if any(char.isupper() for char in part) or len(part) > 4]


def _phrases() -> tuple[re.Pattern[str], dict[str, str]]:
    """One pattern of all phrases, longest first, and the portfolio that each of its groups stands for."""
    names: dict[str, str] = {}
    alternatives: list[tuple[str, str]] = [
        ("prime", r"(?<!vice-)(?<!vice )(?:eerste ?minister|premi(?:er|ère) ministre)")
    ]
    names["prime"] = PRIME_MINISTER
    for number, (name, phrases) in enumerate(PORTFOLIOS.items()):
        for index, phrase in enumerate(phrases.split(" | ")):
            group = f"p{number}_{index}"
            names[group] = name
            alternatives.append((group, phrase))
    alternatives.sort(key=lambda pair: -len(pair[1]))
    pattern = "|".join(f"(?P<{group}>{phrase})" for group, phrase in alternatives)
    return re.compile(rf"(?<![\w-])(?:{pattern})(?![\w-])", re.IGNORECASE), names


_PHRASES, _NAMES = _phrases()

_ATTACHED: Final = re.compile(
    r",? (?:toegevoegd aan|adjointe? (?:au|à la|à l'))\b.*?(?=,? (?:en staatssecretaris|et secrétaire d'état)|$)",
    re.IGNORECASE,
)
_OFFICE: Final = re.compile(
    r"\b(?:(?:vice-?(?: ?eerste| ?premi(?:er|ère))?[ -]?)?minist(?:er|re)|staatssecretaris|secrétaire d'état)\b",
    re.IGNORECASE,
)
_BETWEEN: Final = re.compile(r"[,;/()]| en | et | & ", re.IGNORECASE)
_FILLING: Final = re.compile(
    r"^(?:(?:en|et|van|voor|de|het|der|den|des|du|la|le|les|aux?|à|pour|bij|toegevoegd|aan|adjointe?|belast|met|chargée?"
    r"|beleid|politique)\b|l'|d'|\s)+|(?:\s|\b(?:en|et|van|voor|de|het|der|des|du|la|met|beleid))+$",
    re.IGNORECASE,
)

"""The phrases by which the titles of Belgian federal ministers name what they are charged with, in both languages.

PORTFOLIOS maps the short Dutch name of a portfolio to its phrases, ` | ` between them. Case, accents, hyphens and the
small words (van, de, à la, des …) make no difference: `Égalité des chances` stands for `l'Egalite des chances` too.
COMBINED are phrases in which one word serves two portfolios.
"""

from typing import Final

__all__ = ["ATTACHED", "CHARGED", "COMBINED", "OFFICES", "PORTFOLIOS", "PRIME_MINISTER", "SECRETARIES", "SMALL_WORDS"]

PRIME_MINISTER: Final = "Eerste minister"

PORTFOLIOS: Final[dict[str, str]] = {
    PRIME_MINISTER: "eerste minister | eersteminister | premier ministre | première ministre | premier",
    "Ambtenarenzaken": "ambtenarenzaken | openbaar ambt | openbare diensten | bestuurszaken | fonction publique"
    " | services publics | modernisering openbare diensten | modernisering openbare besturen | modernisering overheid"
    " | modernisering overheidsdiensten | modernisering administratie | modernisering bestuur"
    " | modernisation services publics | modernisation administration | modernisation état | action publique"
    " | modernisation administrations publiques | modernisation publique | action modernisation publiques"
    " | overheidsdiensten | overheidszaken | ambtenaren | fonctionnaires",
    "Arbeidsorganisatie": "arbeidsorganisatie | organisation travail",
    "Armoedebestrijding": "armoedebestrijding | bestrijding armoede | strijd tegen armoede | armoede"
    " | armoedebeleid | lutte contre pauvreté | pauvreté",
    "Asiel en Migratie": "asiel | asielbeleid | asielzaken | migratie | migratiebeleid | immigratie"
    " | immigratiebeleid | asile | migration | migrations | immigration",
    "Begroting": "begroting | begrotingszaken | budget",
    "Beliris": "beliris",
    "Beroepsrisico's": "beroepsrisico's | beroepsrisicos | beroepsziekten | risques professionnels"
    " | maladies professionnelles",
    "Binnenlandse Zaken": "binnenlandse zaken | binnenlandse aangelegenheden | affaires intérieures | intérieur"
    " | affaires intérieur",
    "Buitenlandse Handel": "buitenlandse handel | commerce extérieur | exporthandel",
    "Buitenlandse Zaken": "buitenlandse zaken | buitenlandse betrekkingen | buitenlandse aangelegenheden"
    " | affaires étrangères | relations extérieures | affaires extérieures",
    "Consumentenzaken": "consumentenzaken | consumenten | consumentenbescherming | consumentenbeleid"
    " | bescherming consument | bescherming consumenten | verbruikerszaken | consument"
    " | protection consommation | protection consommateurs | protection consommateur | consommateurs"
    " | consommateur | consommation",
    "Culturele Instellingen": "culturele instellingen | federale culturele instellingen"
    " | wetenschappelijke culturele instellingen | federale wetenschappelijke culturele instellingen"
    " | institutions culturelles | institutions culturelles fédérales | institutions fédérales culturelles"
    " | institutions scientifiques culturelles | institutions scientifiques culturelles fédérales"
    " | biculturele instellingen | institutions biculturelles | établissements culturels fédéraux",
    "Defensie": "landsverdediging | defensie | défense nationale | défense",
    "Digitalisering": "europese digitale agenda | digitale agenda | agenda numérique | digitalisering"
    " | digitalisation | numérique | digitale zaken | digitaal | transition numérique | digitale transitie"
    " | informatisering | informatisering staat | informatisation | informatisation état"
    " | digitale economie | économie numérique | e government | agenda numérique européen",
    "Diversiteit": "diversiteit | diversité | interculturaliteit | interculturalité",
    "Duurzame Ontwikkeling": "duurzame ontwikkeling | développement durable",
    "Economie": "economische zaken | economie | affaires économiques | économie | économie nationale",
    "Energie": "energie | énergie | energiebeleid | energiezaken",
    "Europese Zaken": "europese zaken | europese aangelegenheden | europese integratie | europa"
    " | affaires européennes | intégration européenne | europe | europees voorzitterschap | europese voorzitterschap"
    " | voorbereiding europees voorzitterschap | voorbereiding europese voorzitterschap"
    " | voorbereiding voorzitterschap europese unie | voorzitterschap europese unie"
    " | préparation présidence européenne | présidence européenne"
    " | préparation présidence union européenne | présidence union européenne",
    "Financiën": "financiën | finances | modernisering financiën | modernisation finances | fiscaliteit | fiscalité"
    " | fiscale zaken | affaires fiscales",
    "Fraudebestrijding": "fraudebestrijding | coördinatie fraudebestrijding | sociale fraudebestrijding"
    " | fiscale fraudebestrijding | bestrijding fraude | strijd tegen fraude | bestrijding fiscale fraude"
    " | bestrijding sociale fraude | bestrijding sociale fiscale fraude | bestrijding fiscale sociale fraude"
    " | strijd tegen fiscale fraude | strijd tegen sociale fraude | strijd tegen sociale fiscale fraude"
    " | strijd tegen fiscale sociale fraude | coördinatie bestrijding fraude | coördinatie strijd tegen fraude"
    " | coördinatie bestrijding fiscale fraude | coördinatie bestrijding sociale fraude"
    " | coördinatie bestrijding fiscale sociale fraude | coördinatie bestrijding sociale fiscale fraude"
    " | coördinatie strijd tegen fiscale fraude | coördinatie strijd tegen sociale fiscale fraude"
    " | lutte contre fraude | lutte contre fraude fiscale | lutte contre fraude sociale"
    " | lutte contre fraude sociale fiscale | lutte contre fraude fiscale sociale | coordination lutte contre fraude"
    " | coordination lutte contre fraude fiscale | coordination lutte contre fraude sociale"
    " | coordination lutte contre fraude fiscale sociale | coordination lutte contre fraude sociale fiscale"
    " | coordination lutte antifraude | lutte antifraude | fraude fiscale | fraude sociale | fiscale fraude"
    " | sociale fraude",
    "Gelijke Kansen": "gelijke kansen | gelijkekansen | gelijke kansenbeleid | gelijkekansenbeleid | kansengelijkheid"
    " | gelijkheid kansen | gelijke kansen tussen mannen vrouwen | gelijke kansen voor mannen vrouwen"
    " | gelijke kansen mannen vrouwen | gelijkheid mannen vrouwen | gelijkheid tussen mannen vrouwen"
    " | gendergelijkheid | égalité chances | égalité chances entre hommes femmes | égalité chances hommes femmes"
    " | égalité hommes femmes | égalité entre hommes femmes | égalité genres | égalité genre"
    " | égalité entre femmes hommes | égalité chances entre femmes hommes | maatschappelijke emancipatie"
    " | émancipation sociale",
    "Gezin": "gezin | gezinnen | gezinsbeleid | gezinszaken | famille | familles | affaires familiales",
    "Groene Transitie": "green deal | groene transitie | ecologische transitie | transition écologique"
    " | transition environnementale | klimaattransitie",
    "Grootstedenbeleid": "grootstedenbeleid | grootstedelijk beleid | grote steden | grandes villes | grootsteden"
    " | stedelijk beleid | politique urbaine | politique villes",
    "Infrastructuur": "infrastructuur | infrastructure | infrastructures | openbare werken | travaux publics",
    "Institutionele Hervormingen": "institutionele hervormingen | institutionele hervorming | staatshervorming"
    " | hervorming staat | hervorming instellingen | staatshervormingen | democratische vernieuwing"
    " | institutionele zaken | réformes institutionnelles | réforme institutionnelle | réforme état"
    " | réforme institutions | renouveau démocratique | renouvellement démocratique | affaires institutionnelles",
    "Justitie": "justitie | justice",
    "KMO's": "kmo's | kmos | kmo | k m o | k m o's | kleine middelgrote ondernemingen | pme | p m e | pmes"
    " | petites moyennes entreprises | kleine ondernemingen",
    "Klimaat": "klimaat | klimaatbeleid | klimaatzaken | climat | klimaatverandering | changement climatique",
    "Landbouw": "landbouw | landbouwbeleid | agriculture",
    "Leefmilieu": "leefmilieu | milieu | leefmilieubeleid | environnement",
    "Luchtvaart": "belgocontrol | skeyes | luchtvaart | brussels airport | brussels airport company"
    " | nationale luchthaven | brussel nationaal | bruxelles national | aéroport national | aviation",
    "Maatschappelijke Integratie": "maatschappelijke integratie | sociale integratie | intégration sociale"
    " | cohésion sociale | sociale cohesie",
    "Middenstand": "middenstand | middenstandsbeleid | classes moyennes",
    "Mobiliteit": "mobiliteit | vervoer | verkeer | verkeerswezen | mobilité | transport | transports"
    " | communications | mobiliteitsbeleid | verkeersveiligheid | sécurité routière",
    "Nationale Loterij": "nationale loterij | loterie nationale",
    "Noordzee": "noordzee | mer nord",
    "Ontwikkelingssamenwerking": "ontwikkelingssamenwerking | ontwikkelingszaken | ontwikkelingsbeleid"
    " | internationale samenwerking | coopération internationale | coopération développement"
    "",
    "Overheidsbedrijven": "overheidsbedrijven | overheidsbedrijven participaties | overheidsparticipaties"
    " | overheidsbedrijven overheidsparticipaties | entreprises publiques | entreprises participations publiques"
    " | entreprises publiques participations | entreprises publiques participations publiques"
    " | participations publiques | openbare bedrijven | overheidsondernemingen | participations",
    "Parlementszaken": "relaties met parlement | betrekkingen met parlement | relations avec parlement"
    " | parlementszaken | affaires parlementaires",
    "Pensioenen": "pensioenen | pensioen | pensions | pension",
    "Personen met een beperking": "personen met handicap | personen met beperking | gehandicapten"
    " | gehandicaptenbeleid | gehandicaptenzorg | gehandicapte personen | mindervaliden | personen met een handicap"
    " | andersvaliden | personnes handicapées | personnes porteuses handicap | personnes situation handicap"
    " | personnes avec handicap | handicapés | personnes moins valides | moins valides | handicap",
    "Post": "post | posterijen | postes | poste | posterijen telegrafie telefonie | postzaken",
    "Privacy": "privacy | bescherming persoonlijke levenssfeer | persoonlijke levenssfeer | bescherming privacy"
    " | protection vie privée | vie privée | bescherming privéleven | gegevensbescherming | protection données",
    "Regie der Gebouwen": "regie gebouwen | régie bâtiments | gebouwenbeheer | gebouwenbeheer staat"
    " | beheer gebouwen staat | vastgoedbeheer staat | gestion immobilière | gestion immobilière état"
    " | staatsgebouwen | bâtiments état",
    "Relance": "relance | herstel | heropleving",
    "Sociale Economie": "sociale economie | économie sociale",
    "Sociale Zaken": "sociale zaken | sociale zekerheid | sociale voorzorg | affaires sociales | sécurité sociale"
    " | prévoyance sociale | sociaal beleid",
    "Spoorwegen": "nationale maatschappij belgische spoorwegen | nmbs | spoorwegen | belgische spoorwegen | sncb"
    " | société nationale chemins fer belges | chemins fer | chemins fer belges | infrabel",
    "Strategische Investeringen": "strategische investeringen | investissements stratégiques",
    "Telecommunicatie": "telecommunicatie | telecommunicaties | elektronische communicatie | télécommunications"
    " | télécommunication | telecom | télécoms | communications électroniques",
    "Veiligheid": "veiligheid | sécurité",
    "Vereenvoudiging": "administratieve vereenvoudiging | ondernemen vereenvoudigen | vereenvoudiging"
    " | entreprise simplification | entreprendre simplifier | simplification | simplification administrative"
    " | ondernemen administratieve vereenvoudiging | vereenvoudigen",
    "Voedselveiligheid": "voedselveiligheid | veiligheid voedselketen | sécurité alimentaire"
    " | sécurité chaîne alimentaire | voedselketen | chaîne alimentaire",
    "Volksgezondheid": "volksgezondheid | gezondheid | gezondheidsbeleid | santé publique | santé | hygiëne | hygiène",
    "Welzijn op het werk": "welzijn werk | welzijn werkplaats | bien être travail | bien-être au travail",
    "Werk": "werk | werkgelegenheid | tewerkstelling | arbeid | tewerkstelling arbeid | werkgelegenheidsbeleid"
    " | arbeidsmarkt | tewerkstellingsbeleid | emploi | travail | emploi travail",
    "Wetenschapsbeleid": "wetenschapsbeleid | wetenschappelijk beleid | wetenschappelijk onderzoek | wetenschappen"
    " | wetenschap | politique scientifique | recherche scientifique | recherche | federaal wetenschapsbeleid"
    " | politique scientifique fédérale",
    "Zelfstandigen": "zelfstandigen | zelfstandige ondernemers | zelfstandige | zelfstandigenbeleid | indépendants"
    " | travailleurs indépendants",
}

COMBINED: Final[dict[str, tuple[str, ...]]] = {
    "buitenlandse europese zaken": ("Buitenlandse Zaken", "Europese Zaken"),
    "europese buitenlandse zaken": ("Europese Zaken", "Buitenlandse Zaken"),
    "affaires étrangères européennes": ("Buitenlandse Zaken", "Europese Zaken"),
    "affaires européennes étrangères": ("Europese Zaken", "Buitenlandse Zaken"),
    "binnenlandse europese zaken": ("Binnenlandse Zaken", "Europese Zaken"),
    "economische europese zaken": ("Economie", "Europese Zaken"),
    "affaires économiques européennes": ("Economie", "Europese Zaken"),
    "economische sociale zaken": ("Economie", "Sociale Zaken"),
    "affaires économiques sociales": ("Economie", "Sociale Zaken"),
    "binnenlandse buitenlandse zaken": ("Binnenlandse Zaken", "Buitenlandse Zaken"),
    "modernisering financiën strijd tegen fiscale fraude": ("Financiën", "Fraudebestrijding"),
    "modernisation finances lutte contre fraude fiscale": ("Financiën", "Fraudebestrijding"),
    "asiel migratiebeleid": ("Asiel en Migratie",),
    "buitenlandse handel europese zaken": ("Buitenlandse Handel", "Europese Zaken"),
}

OFFICES: Final = (
    "minister | ministre | ministers | ministres | viceminister | vice minister | vice ministre | vice premier"
    " | vicepremier | vice eerste minister | vice eersteminister | viceeersteminister | vice premier ministre"
    " | vice première ministre | ministre état | minister staat | ministre déléguée | ministre délégué"
)
SECRETARIES: Final = (
    "staatssecretaris | staatssecretarissen | staats secretaris | secrétaire état | secrétaires état"
    " | regeringscommissaris | commissaire gouvernement"
)
ATTACHED: Final = "toegevoegd | toegevoegde | adjoint | adjointe | adjoints | adjointes"
CHARGED: Final = (
    "belast | belaste | chargé | chargée | chargés | chargées | bevoegd | bevoegde | compétent | compétente"
    " | ayant dans attributions | qui a dans attributions | attributions | bevoegdheid"
)
SMALL_WORDS: Final = (
    "van de het der den des een voor op in aan bij met te en of ten ter tot inzake betreffende omtrent 't s"
    " le la les l d du de des un une à a au aux en et pour dans sur ou son sa ses ainsi que alsook alsmede evenals"
    " beleid politique matière"
)

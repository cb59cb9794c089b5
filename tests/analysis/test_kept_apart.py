"""Pairs of words that a careless stemmer makes one: they must keep stems of their own."""

import pytest

from searchq.analysis.lexicon import dictionary
from searchq.analysis.stemmer import stem

PAIRS = """
state staan             eerste een              later laten             laste lezen             staken steken
gegevens geven          gevaren varen           piste pissen            geweten wijten          derden drie
geslacht slachten       gevangenen vangen       gewonden winden         nl nederland            franse fransman
minister mini           gezondheid zon          over overheid           gemeente gemeen         politie politiek
minister ministerie     weg weegt               weg gewogen             wet weten               raad radio
raad raam               staat staan             staten staan            land landelijk          landen landing
deel dealer             eer eerst               eer eerder              leer leraar             week wijken
bond binden             borg bergen             streek strijken         voer varen              stal stelen
rook ruiken             bad bidden              ouder oud               oudere ouder            jongen jong
jongere jongen          kost koster             last laster             recht rechter           recht rechtbank
rechter rechts          rechter berechten       post poster             post positie            kaart karten
kaart kaarsen           beleid leiden           beleid beleven          bestuur sturen          bestuur best
besluit sluiten         besluit bes             beslag slag             belasting last          belasting belastend
belang lang             belang langs            bedrijf drijven         bedrijf driften         bedrag dragen
bedrag gedrag           gedrag dragen           gezag zag               gezag zagen             gezin zin
gezin zingen            geweld geld             geweld wild             geval vallen            geval val
geluid luid             geluid luiden           gemoed moed             gebouw gebod            gebied bieden
gebied geboden          gebrek breken           gebruik bruikleen       gebruik bruin           gevolg volk
gevolg volgens          gevaar varen            gevangenis gevaar       gevangene gevangenis    gering ring
gericht gerecht         gericht gerechtelijk    gelijk lijk             gelijk geluk            geluk lukraak
getal tal               getal taal              getuige tuig            gewest west             gewest wesp
gewicht wicht           gewoonte wonen          gemiddeld middelen      generaal generatie      genees genie
universiteit universeel universiteit universum  organisatie orgaan      organisatie organisme   orgaan orgel
station status          station statistiek      statuut status          statuut standbeeld      stad staat
stad stadion            stadium stad            stand standaard         standpunt stad          steen steun
steun steunpunt         stem stempel            stem sterven            ster sterk              ster sterven
straf straffeloosheid   straf strafrecht        straat straal           stroom stro             stroom strook
school scholing         school schol            schuld schuur           schuld schuldig         schade schadelijk
schip schap             schap schapen           schaap schap            schaal schaap           schijn schijf
spoor sport             spoor spoed             spoed spoel             spel spelling           spraak spreken
sociaal socialist       sociaal society         socialist socialisme    socialisme sociaal      liberaal liberalisering
nationaal nationaliteit natie nationaal         natuur naturalisatie    natuur natuurlijk       nota notaris
nota notitie            notaris noot            norm normaal            nummer nu               num nummer
markt marketing         markt mark              maat maatschap          maatschappij maatschap  maatregel maat
mens menig              mens menen              mening mens             mening menigte          meer meester
meester meest           meet meter              moed moeder             moord moorddadig        mond mondeling
mond maand              maand maan              maan man                man maan                man mand
vader vaderland         vak vakantie            vak vaak                vaal val                veld vellen
veiligheid veilen       veilig veiling          verkeer keren           verkeer verkeerd        verslag slag
verdrag dragen          vergadering gader       verband band            verband verbannen       verbod bod
verbod bode             verhaal haal            verhaal halen           verkiezing kies         verlof lof
verlof loof             verloop loop            verlies lies            vermogen mogen          vermogen mogelijk
vernieuwing nieuws      verplicht plicht        verzoek zoek            verzoek verzoening      vertrek trek
vertrouwen trouwen      vervoer voer            vervolg volg            voorzitter zitter       voorstel stel
voorwaarde waarde       voorbeeld beeld         voorraad raad           waarde waar             waarheid waar
waarde waardig          water wat               wapen waken             wereld weren            werk werf
werf werpen             wijk wijs               wijs wijzen             wond winden             wonder wond
woning wonen            woord worden            woord moord             zaak zacht              zaak zakelijk
zaal zalf               zaken zakken            zee zeer                zeep zee                zegel zeggen
zetel zetten            ziekte zieken           ziekte zicht            zicht zien              zin zingen
zon zoon                zorg zorgzaam           zone zon                zone zonde              zwaar zweren
arm armoede             arts artikel            artikel art             arbeid arbeider         arbeider arbeid
bank bankier            bank bange              bom boom                bos boos                bot boot
brand brandstof         brief briefing          broek broer             dak dok                 dam dame
dal daling              dienst dienaar          dier duur               dorp dorst              droom drom
parket parkeren         parlement parel         partij partner          patent patient          pensioen pension
personeel persoon       plan plant              plank plan              premie premier          prijs prijzenswaardig
product productief      proces procent          proef prof              regel regering          regio register
rijk rijkdom            rijk reiken             school schaal           senaat senator          slot sloot
staking stak            taal talent             taak tak                tarief taart            toegang gang
toestand stand          toezicht zicht          trein trend             uitgave gave            vaart vaat
veer vier               vonnis vonk             vraag vreugde           vrede vreemd            vrij vrijwillig
wagen wegen             wal waal                winst winnen            zand zandloper          zwem zwam
"""


def pairs() -> list[tuple[str, str]]:
    found = PAIRS.split()
    return list(zip(found[::2], found[1::2], strict=True))


def test_there_are_200_pairs() -> None:
    assert len(set(pairs())) >= 200


@pytest.mark.parametrize(("left", "right"), pairs())
def test_two_words_keep_two_stems(left: str, right: str) -> None:
    assert stem(left, dictionary()).lemma != stem(right, dictionary()).lemma

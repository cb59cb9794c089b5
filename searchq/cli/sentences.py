"""The sentences of the rooms below in Dutch: errors, and why a document gave no question.

Those rooms write in English and know no language. Reasons and problems have tables of their own; the rest stands here.
A sentence that is not known stays as it is.
"""

from functools import cache
from typing import Final

from searchq.problems import translated_problem
from searchq.reasons import Patterns, patterns_of, translated_reason

__all__ = ["SENTENCES", "in_dutch"]


def in_dutch(sentence: str) -> str:
    """A sentence in Dutch; what stands in it may be a sentence itself."""
    if problem := translated_problem(sentence, "nl"):
        return problem
    for pattern, dutch in _patterns():
        if found := pattern.fullmatch(sentence):
            return dutch.format(*map(in_dutch, found.groups()))
    return translated_reason(sentence, "nl").text


@cache
def _patterns() -> Patterns[str]:
    return patterns_of(SENTENCES)


# A star stands for what differs from case to case, {} for the same in Dutch. The first that fits counts.
SENTENCES: Final = {
    # of the server
    "Cannot listen on *: *; choose another *.": "Kan niet luisteren op {}: {}; kies een andere {}.",
    "address in use": "dat adres is in gebruik",
    # of a request
    "A Request has its own filters; remove *.": "Een Request heeft eigen filters; laat {} weg.",
    "There is no cache folder for the file; name one in *.": "Er is geen cachemap voor het bestand; noem er een in {}.",
    "The query took too long; use fewer or longer words.": (
        "De zoekopdracht duurde te lang; gebruik minder of langere woorden."
    ),
    "The words stand near each other in too many ways; use fewer, or a smaller distance.": (
        "De woorden staan op te veel manieren dicht bij elkaar; gebruik er minder, of een kleinere afstand."
    ),
    "There is no page *; pages are numbered from 1.": "Er is geen pagina {}; de eerste pagina is 1.",
    "A page cannot hold * questions; ask for 1 to *.": "Een pagina kan geen {} vragen bevatten; vraag er 1 tot {}.",
    "unknown field '*'; choose from *.": "onbekend veld “{}”; kies uit {}.",
    "An index on a cluster needs the extra opensearch: pip install 'searchq[opensearch]'.": (
        "Een index op een cluster vereist de extra opensearch: pip install 'searchq[opensearch]'."
    ),
    "* needs the package *: pip install 'searchq[*]'.": "{} vereist het pakket {}: pip install 'searchq[{}]'.",
    "* needs *: pip install 'searchq[*]'.": "{} vereist {}: pip install 'searchq[{}]'.",
    "Unknown sort “*”; choose from *.": "Onbekende volgorde “{}”; kies uit {}.",
    "Unknown interval “*”; choose from *.": "Onbekende periode “{}”; kies uit {}.",
    "“*” does not give a number of values; write *:20.": "“{}” zegt niet hoeveel waarden; schrijf {}:20.",
    "Unknown facet “*”; choose from *.": "Onbekend facet “{}”; kies uit {}.",
    "Cannot read “*” as a number of days; write 100, >100, <=30 or 31..60.": (
        "“{}” is geen aantal dagen; schrijf 100, >100, <=30 of 31..60."
    ),
    "Cannot read “*” as a date; write 2013, april 2013, 2013-04-30, gisteren or 30/4/2013.": (
        "“{}” is geen datum; schrijf 2013, april 2013, 2013-04-30, gisteren of 30/4/2013."
    ),
    "The index does not contain question *.": "Vraag {} staat niet in de index.",
    "“*” is no prefix of paths; write it as /vragen.": "“{}” is geen begin van een pad; schrijf het als /vragen.",
    "“*” is no address of a site; write it as https://vragen.example.": (
        "“{}” is geen adres van een site; schrijf het als https://vragen.example."
    ),
    "Cannot read the table of parties *: *.": "De tabel van partijen {} is niet te lezen: {}.",
    "*, line *: write *, separated by tabs.": "{}, regel {}: schrijf {}, met tabs ertussen.",
    "Python * has known faults in reading crafted tar and zip archives, which * lacks; your system may have mended its"
    " own.": (
        "Python {} heeft bekende fouten bij het lezen van gemanipuleerde tar- en zipbestanden, die {} niet heeft;"
        " misschien zijn ze op uw systeem al verholpen."
    ),
    "No worker process can be started (*): this process does the work, without a bound on its memory.": (
        "Er kan geen werkproces starten ({}): dit proces doet het werk, zonder grens aan zijn geheugen."
    ),
    "Cannot start a worker process: *; try --jobs 1.": "Er kan geen werkproces starten: {}; probeer --jobs 1.",
    # of an index
    "There is no index in * yet; build one with `searchq index FILES`.": (
        "In {} staat nog geen index; maak er een met `searchq index BESTANDEN`."
    ),
    "restore a backup with `searchq restore`, or build the index again with `searchq index --rebuild`": (
        "zet een reservekopie terug met `searchq restore`, of maak de index opnieuw met `searchq index --rebuild`"
    ),
    "The index file * was altered: its SHA-256 differs from the manifest; *.": (
        "Het indexbestand {} is veranderd: de SHA-256 is een andere; {}."
    ),
    "The index file * was altered: block * (bytes * to *) differs from its checksum; *.": (
        "Het indexbestand {} is veranderd: blok {} (bytes {} tot {}) klopt niet met zijn controlegetal; {}."
    ),
    "The index file * was altered: its table of checksums differs; *.": (
        "Het indexbestand {} is veranderd: de tabel met controlegetallen klopt niet; {}."
    ),
    "The index file * is not the one that the manifest lists; *.": (
        "Het indexbestand {} is een ander dan dat van de inhoudslijst; {}."
    ),
    "The index file * is too short; *.": "Het indexbestand {} is te kort; {}.",
    "The index file * is empty; *.": "Het indexbestand {} is leeg; {}.",
    "The index file * holds * bytes, not *; *.": "Het indexbestand {} telt {} bytes, geen {}; {}.",
    "The index file * lacks an array (*); *.": "In het indexbestand {} ontbreekt een reeks ({}); {}.",
    "The index file * lacks *; *.": "In het indexbestand {} ontbreekt {}; {}.",
    "The index file * has format *, not *; *.": "Het indexbestand {} heeft formaat {} in plaats van {}; {}.",
    "The index file * is torn (*); *.": "Het indexbestand {} is stuk ({}); {}.",
    "The index file * marks other documents; *.": "Het indexbestand {} wijst andere documenten aan; {}.",
    "The index segment * holds * documents, not *; *.": "Het indexsegment {} telt {} documenten, geen {}; {}.",
    "The index segment * lacks *; *.": "In het indexsegment {} ontbreekt {}; {}.",
    "Cannot check every file of the index in *: *": "Niet elk bestand van de index in {} is na te gaan: {}",
    "The index in * was made by a newer searchq; upgrade searchq, or *.": (
        "De index in {} is van een nieuwere searchq; werk searchq bij, of {}."
    ),
    "The index in * was made with * *, not *; renew it with `searchq upgrade`.": (
        "De index in {} is gemaakt met {} {} in plaats van {}; werk hem bij met `searchq upgrade`."
    ),
    "The index in * cannot be read (*); *.": "De index in {} is niet te lezen ({}); {}.",
    "The index in * cannot be read: *.": "De index in {} is niet te lezen: {}.",
    "The index in * changes faster than it can be opened; try again.": (
        "De index in {} verandert sneller dan hij te openen is; probeer opnieuw."
    ),
    "The index in * lacks the file *; *.": "In de index in {} ontbreekt het bestand {}; {}.",
    "The index in * lacks its dictionary; *.": "In de index in {} ontbreekt het woordenboek; {}.",
    "The index in * lacks *; *.": "In de index in {} ontbreekt {}; {}.",
    "The manifest of the index in * is torn; *.": "De inhoudslijst van de index in {} is stuk; {}.",
    "The manifest of the index in * was altered: its digest differs; *.": (
        "De inhoudslijst van de index in {} is veranderd: haar controlegetal klopt niet; {}."
    ),
    "The manifest of the index in * lacks *; *.": "In de inhoudslijst van de index in {} ontbreekt {}; {}.",
    "Stored record * in the index file * cannot be read (*); *.": (
        "De bewaarde vraag {} in het indexbestand {} is niet te lezen ({}); {}."
    ),
    "Stored record * cannot be read (*); *.": "De bewaarde vraag {} is niet te lezen ({}); {}.",
    "* The index in * is broken: *.": "{} De index in {} is stuk: {}.",
    "* is stored twice.": "{} staat er tweemaal in.",
    "* holds * bytes, not *.": "{} telt {} bytes, geen {}.",
    "* was altered: its SHA-256 differs from the manifest.": "{} is veranderd: de SHA-256 is een andere.",
    "SEARCHQ_OPENSEARCH_PASSWORD_FILE cannot be read: it is not in UTF-8.": (
        "SEARCHQ_OPENSEARCH_PASSWORD_FILE is niet te lezen: het is geen UTF-8."
    ),
    "* cannot be read: *.": "{} is niet te lezen: {}.",
    "The folder * cannot be written: *.": "In de map {} is niet te schrijven: {}.",
    "* was removed while this run held it; nothing was written, run it again.": (
        "{} is tijdens deze run verwijderd; er is niets geschreven, begin opnieuw."
    ),
    "The folder * cannot be locked: *; put the index on a file system with locks.": (
        "De map {} is niet te vergrendelen: {}; zet de index op een bestandssysteem met vergrendeling."
    ),
    "* cannot be locked: *; use another disk.": "{} is niet te vergrendelen: {}; gebruik een andere schijf.",
    "* is a link or a device, not a lock file; remove it.": (
        "{} is een koppeling of apparaat, geen vergrendelbestand; verwijder het."
    ),
    "Another process is writing to *: *.": "Een ander proces schrijft naar {}: {}.",
    "process * on *, since *": "proces {} op {}, sinds {}",
    "it has not said who it is": "het heeft niet gezegd wie het is",
    "Writing to * failed: *. The index is as it was before this run.": (
        "Schrijven naar {} mislukte: {}. De index is zoals hij voor deze run was."
    ),
    "Writing to * failed: *. *": "Schrijven naar {} mislukte: {}. {}",
    "* held * documents and now holds none; is it mounted? Nothing was removed."
    " To remove their questions all the same, add --prune-emptied.": (
        "{} bevatte {} documenten en nu geen; is de map gekoppeld? Er is niets verwijderd."
        " Wilt u hun vragen toch verwijderen, voeg dan --prune-emptied toe."
    ),
    # of a backup
    "* holds other files, and no backup; name an empty folder, or a new one.": (
        "{} bevat andere bestanden, en geen reservekopie; noem een lege map, of een nieuwe."
    ),
    "* is the folder of the index itself; name another one for the backup.": (
        "{} is de map van de index zelf; noem een andere voor de reservekopie."
    ),
    "* is a backup itself; name the folder of the index with --index.": (
        "{} is zelf een reservekopie; noem de map van de index met --index."
    ),
    "There is no whole backup in *; name a folder that `searchq backup` has filled.": (
        "In {} staat geen volledige reservekopie; noem een map die `searchq backup` gevuld heeft."
    ),
    "The backup in * has another * than this searchq reads; renew it with `searchq upgrade --index *`,"
    " then restore it.": (
        "De reservekopie in {} heeft een andere {} dan deze searchq leest; werk haar bij met"
        " `searchq upgrade --index {}`, en zet haar dan terug."
    ),
    "The folder * does not keep what is written to it; use another disk. *": (
        "De map {} bewaart niet wat erin geschreven wordt; gebruik een andere schijf. {}"
    ),
    "An index on a cluster is backed up by snapshots of the cluster, as docs/cluster.md says.": (
        "Van een index op een cluster maakt het cluster een reservekopie (een snapshot): zie docs/cluster.md."
    ),
    # why a question was removed, or is to be read again
    "the document goes by another name now": "het document heet nu anders",
    "the document is gone": "het document is er niet meer",
    "removed by number": "verwijderd op nummer",
    "whether it was answered is unknown": "of ze beantwoord is, is onbekend",
    "the text of its answer is missing": "de tekst van het antwoord ontbreekt",
    "it may have more than one answer": "ze heeft misschien meer dan één antwoord",
    "an event of its chronology was not known": "een stap van de chronologie was niet bekend",
    "its two titles stood on one line": "de twee titels stonden op één regel",
    "it was read with problems": "ze is met problemen gelezen",
    # of an index on a cluster
    "An address of a cluster holds no user and no password; set SEARCHQ_OPENSEARCH_USER and"
    " SEARCHQ_OPENSEARCH_PASSWORD.": (
        "Het adres van een cluster bevat geen gebruiker en geen wachtwoord; gebruik SEARCHQ_OPENSEARCH_USER en"
        " SEARCHQ_OPENSEARCH_PASSWORD."
    ),
    "* is no address of a cluster; write opensearch+https://host:9200/name, the name in small letters.": (
        "{} is geen adres van een cluster; schrijf opensearch+https://host:9200/naam, de naam in kleine letters."
    ),
    "SEARCHQ_OPENSEARCH_* is *; set a number from * to *.": (
        "SEARCHQ_OPENSEARCH_{} is {}; geef een getal van {} tot {}."
    ),
    "No node of * answers; is the cluster running, and does it encrypt?": (
        "Geen enkele server van {} antwoordt; draait het cluster, en versleutelt het?"
    ),
    "No node of * encrypts; write opensearch+http where the cluster does not.": (
        "Geen enkele server van {} versleutelt; schrijf opensearch+http waar het cluster dat niet doet."
    ),
    "The certificate of * is for another host; write the name that stands in it.": (
        "Het certificaat van {} is voor een andere server; schrijf de naam die erin staat."
    ),
    "SEARCHQ_OPENSEARCH_CA cannot be read: *.": "SEARCHQ_OPENSEARCH_CA is niet te lezen: {}.",
    "The cluster of * refuses the user or the password;"
    " check SEARCHQ_OPENSEARCH_USER and SEARCHQ_OPENSEARCH_PASSWORD.": (
        "Het cluster van {} weigert de gebruiker of het wachtwoord;"
        " controleer SEARCHQ_OPENSEARCH_USER en SEARCHQ_OPENSEARCH_PASSWORD."
    ),
    "The user of SEARCHQ_OPENSEARCH_USER may not do this on *: *": (
        "De gebruiker van SEARCHQ_OPENSEARCH_USER mag dit niet op {}: {}"
    ),
    "A question is too long for the cluster of *; raise http.max_content_length there.": (
        "Een vraag is te lang voor het cluster van {}; verhoog daar http.max_content_length."
    ),
    "The cluster of * has too much to do; try again later.": (
        "Het cluster van {} heeft het te druk; probeer later opnieuw."
    ),
    "A part of the index at * is not available; see the health of the cluster: *": (
        "Een deel van de index op {} is er niet; bekijk de toestand van het cluster: {}"
    ),
    "The certificate of * is not trusted; name the file of its authority in SEARCHQ_OPENSEARCH_CA.": (
        "Het certificaat van {} is niet te vertrouwen; noem het bestand van de uitgever in SEARCHQ_OPENSEARCH_CA."
    ),
    "The disks of * are too full to write to; make room there, then run again: *": (
        "De schijven van {} zijn te vol om te schrijven; maak daar plaats en probeer opnieuw: {}"
    ),
    "The index at * is closed to this; lift the block there, then run again: *": (
        "De index op {} is hiervoor gesloten; hef de blokkering daar op en probeer opnieuw: {}"
    ),
    "The index at * is closed; open it there: *": "De index op {} is gesloten; open hem daar: {}",
    "The cluster of * has forgotten how far this was read, after a rest of minutes; begin again.": (
        "Het cluster van {} weet niet meer tot waar er gelezen was, na minuten rust; begin opnieuw."
    ),
    "The certificate of * has expired; renew it there, and look at the clock here.": (
        "Het certificaat van {} is verlopen; vernieuw het daar, en kijk naar de klok hier."
    ),
    "The certificate of * is not valid yet; look at the clock here, and at its first day.": (
        "Het certificaat van {} is nog niet geldig; kijk naar de klok hier, en naar zijn eerste dag."
    ),
    "A server at * sends on to another address (*); write that one.": (
        "Een server op {} verwijst door naar een ander adres ({}); schrijf dat adres."
    ),
    "A server before the cluster of * reaches none of its nodes (*): *": (
        "Een server voor het cluster van {} bereikt geen enkele server ervan ({}): {}"
    ),
    "The index * with the questions of * is gone; restore a snapshot of it, or run searchq index --rebuild.": (
        "De index {} met de vragen van {} is weg; zet een snapshot ervan terug, of voer searchq index --rebuild uit."
    ),
    "The document * in the index * of the cluster is not as searchq wrote it; remove it there, or run searchq index"
    " --rebuild.": (
        "Het document {} in de index {} van het cluster is niet zoals searchq het schreef; verwijder het daar, of voer"
        " searchq index --rebuild uit."
    ),
    "The index * was removed from the cluster while this run wrote to it; run searchq index* again.": (
        "De index {} is van het cluster verwijderd terwijl deze run erin schreef; voer searchq index{} opnieuw uit."
    ),
    "What answers at * is no OpenSearch, or broke off; check the address: *": (
        "Wat op {} antwoordt is geen OpenSearch, of brak af; controleer het adres: {}"
    ),
    "* is an index of another program at *; choose another name.": (
        "{} is een index van een ander programma op {}; kies een andere naam."
    ),
    "SEARCHQ_OPENSEARCH_PASSWORD_FILE cannot be read: *.": "SEARCHQ_OPENSEARCH_PASSWORD_FILE is niet te lezen: {}.",
    "* questions are there that no run wrote; index anew with --rebuild.": (
        "Er staan {} vragen die geen run schreef; indexeer opnieuw met --rebuild."
    ),
    "* of * questions are missing; index anew with --rebuild.": (
        "{} van de {} vragen ontbreken; indexeer opnieuw met --rebuild."
    ),
    "The cluster did not find everything in time; try again.": (
        "Het cluster vond niet alles op tijd; probeer opnieuw."
    ),
    "The cluster of * did not answer in time; try again.": (
        "Het cluster van {} antwoordde niet op tijd; probeer opnieuw."
    ),
    "The cluster of * failed (*): *": "Het cluster van {} gaf een fout ({}): {}",
    "The cluster of * runs another server *; OpenSearch * or later is needed.": (
        "Het cluster van {} is een andere server, versie {}; OpenSearch {} of nieuwer is nodig."
    ),
    "The cluster of * runs * *; OpenSearch * or later is needed.": (
        "Het cluster van {} is {} {}; OpenSearch {} of nieuwer is nodig."
    ),
    "The cluster of * took * documents too slowly; try again later.": (
        "Het cluster van {} nam {} documenten te langzaam op; probeer later opnieuw."
    ),
    "A new index is collected in *: *.": "Een nieuwe index wordt verzameld in {}: {}.",
    "The cluster refused to store *: *": "Het cluster weigerde {} te bewaren: {}",
    "The cluster holds * questions of *; the old index still answers.": (
        "Het cluster bevat {} vragen van de {}; de oude index antwoordt nog."
    ),
    "* of * parts of the index did not answer; try again.": (
        "{} van de {} delen van de index antwoordden niet; probeer opnieuw."
    ),
    "The index at * was made by another version of searchq (*); build it anew with searchq index --rebuild.": (
        "De index op {} is van een andere versie van searchq ({}); maak hem opnieuw met searchq index --rebuild."
    ),
    "There is no index at * yet; run searchq index first.": "Op {} staat nog geen index; begin met searchq index.",
    "What the last run kept as * is gone from *; index anew.": (
        "Wat de vorige run als {} bewaarde, is weg van {}; indexeer opnieuw."
    ),
    "Another process took over the update of *; begin again.": (
        "Een ander proces nam het bijwerken van {} over; begin opnieuw."
    ),
    "Another update of * was committed; begin again.": "{} is intussen door een ander bijgewerkt; begin opnieuw.",
    "* is updating *; try again when it is done.": "{} werkt {} bij; probeer opnieuw als dat klaar is.",
    # of fetching
    "There is no ledger in *; `searchq fetch` makes one.": "In {} staat geen register; `searchq fetch` maakt er een.",
    "Another run is fetching into *; wait for its end.": "Een andere run haalt al op naar {}; wacht tot die klaar is.",
    "* is a ledger of version *; this searchq reads version *.": (
        "{} is een register van versie {}; deze searchq leest versie {}."
    ),
    "The ledger * cannot be used now (*); check its rights, the disk, and whether another program has it open.": (
        "Het register {} is nu niet te gebruiken ({}); kijk naar de rechten, de schijf, en of een ander programma het"
        " open heeft."
    ),
    "The ledger * is damaged (*); remove it: the next run makes it anew from the WARC files beside it.": (
        "Het register {} is beschadigd ({}); verwijder het: de volgende run maakt het opnieuw uit de WARC-bestanden"
        " ernaast."
    ),
    "“*” is no e-mail or web address; give one at which the site's keepers can reach you.": (
        "“{}” is geen e-mail- of webadres; geef er een waarop de beheerders van de site u kunnen bereiken."
    ),
    "* was not written by `searchq fetch`; move it elsewhere, its name is needed here.": (
        "{} is niet door `searchq fetch` geschreven; verplaats het, de naam is hier nodig."
    ),
    "* pages are no longer in their WARC files, and are fetched again.": (
        "{} pagina's staan niet meer in hun WARC-bestanden en worden opnieuw opgehaald."
    ),
    "A number without a question gives *.": "Een nummer zonder vraag geeft {}.",
    "* numbers in a row gave *, and so did a question that is stored (*); they are not taken for gaps: the site may be"
    " out of order.": (
        "{} nummers na elkaar gaven {}, en een bewaarde vraag ({}) ook; ze gelden niet als gaten: misschien is de site"
        " buiten dienst."
    ),
    "* numbers gave *, and none a question; nothing was entered, since the site may be out of order.": (
        "{} nummers gaven {}, en geen enkel een vraag; er is niets opgetekend, want misschien is de site buiten dienst."
    ),
    "* numbers in a row show what searchq does not read, the last one *: *. Nothing of it was stored; see *.": (
        "{} nummers na elkaar tonen iets dat searchq niet leest, het laatste {}: {}. Er is niets van bewaard; zie {}."
    ),
    "* gave no answer: *; run it again later.": "{} gaf geen antwoord: {}; probeer later opnieuw.",
    "What the site shows for a number that cannot exist (*) differs from request to request, so that a missing question"
    " could not be told from a fault; nothing was fetched.": (
        "Wat de site toont voor een nummer dat niet kan bestaan ({}), verschilt van keer tot keer, zodat een"
        " ontbrekende vraag niet van een fout te onderscheiden is; er is niets opgehaald."
    ),
    "* failed * times in a row, last with *; run it again later.": (
        "{} gaf {} keer na elkaar geen antwoord, het laatst: {}; probeer later opnieuw."
    ),
    "* asks for * of rest; run it again after that.": "{} vraagt {} rust; probeer daarna opnieuw.",
    "* failed: *; it is asked for again in * s.": "{} mislukte: {}; over {} s volgt een nieuwe poging.",
    "* asked for rest; run it again in *.": "{} vroeg rust; probeer over {} opnieuw.",
    "* hours": "{} uur",
    "* days": "{} dagen",
    "* forbids *; nothing was asked of it.": "{} verbiedt {}; er is niets gevraagd.",
    "* asks for * between requests; nothing was asked of it.": (
        "{} vraagt {} tussen twee verzoeken; er is niets gevraagd."
    ),
    "* gave no answer (*), so it is not known what it allows.": (
        "{} gaf geen antwoord ({}), en dus is niet bekend wat er mag."
    ),
    "interrupted": "onderbroken",
    "*, too few to learn what the site shows for no question": (
        "{}, te weinig om te weten wat de site toont waar geen vraag is"
    ),
    "the request of --most is spent": "het ene verzoek van --most is gedaan",
    "the * requests of --most are spent": "de {} verzoeken van --most zijn gedaan",
    "the site sent a part that was not asked for": "de site stuurde een deel dat niet gevraagd was",
    "what came is no whole zip file (*)": "wat kwam is geen heel zipbestand ({})",
    "The archive of legislature * did not come: *.": "Het archief van zittingsperiode {} kwam niet: {}.",
    "There is no archive of legislature *: status *.": "Er is geen archief van zittingsperiode {}: status {}.",
    "* of the archives did not come; run it again later.": "{} van de archieven kwamen niet; probeer later opnieuw.",
    "* is larger than * GB.": "{} is groter dan {} GB.",
    # of alerts
    "There are no alerts in *; `searchq alert add` makes the first.": (
        "In {} staan geen meldingen; `searchq alert add` maakt de eerste."
    ),
    "* holds no alerts of this version of searchq; choose another --alerts-db.": (
        "{} bevat geen meldingen van deze versie van searchq; kies een ander --alerts-db."
    ),
    "Another run is sending the alerts of *; wait for its end.": (
        "Een andere run verzendt de meldingen van {}; wacht tot die klaar is."
    ),
    "The alerts in * cannot be used (*); check the file and the disk.": (
        "De meldingen in {} zijn niet te gebruiken ({}); kijk naar het bestand en de schijf."
    ),
    "“*” is no mail address; write it as name@host.example.": "“{}” is geen mailadres; schrijf naam@host.example.",
    "SEARCHQ_MAIL_FROM names no sender: *": "SEARCHQ_MAIL_FROM noemt geen afzender: {}",
    "Mail is not switched on; set *.": "Mail staat niet aan; stel {} in.",
    "SEARCHQ_SITE “*” is no address of a site; write it as https://vragen.example.": (
        "SEARCHQ_SITE “{}” is geen adres van een site; schrijf het als https://vragen.example."
    ),
    "SEARCHQ_SMTP would send the password unencrypted; write smtp+starttls://user@host.": (
        "SEARCHQ_SMTP zou het wachtwoord onversleuteld versturen; schrijf smtp+starttls://gebruiker@host."
    ),
    "SEARCHQ_SMTP is no mail server; write *, the password in *.": (
        "SEARCHQ_SMTP is geen mailserver; schrijf {}, het wachtwoord in {}."
    ),
    "Cannot read *_FILE *: *.": "{}_FILE {} is niet te lezen: {}.",
    "This address follows as much as it can.": "Dit adres volgt zoveel als het mag.",
    "There were too many attempts; try again later.": "Er waren te veel pogingen; probeer later opnieuw.",
    "the index is another one now; what it holds is taken as known": (
        "de index is nu een andere; wat erin staat, geldt als bekend"
    ),
    "given up after * days: *": "opgegeven na {} dagen: {}",
    "* did not say whether it took the mail: *": "{} zei niet of de mail aangenomen is: {}",
    "* broke off: *": "{} brak af: {}",
    "Cannot reach *: *": "{} is niet te bereiken: {}",
    "* refuses the user or the password: *": "{} weigert de gebruiker of het wachtwoord: {}",
    "* refuses mail from *: *": "{} weigert mail van {}: {}",
    "* closes: *": "{} sluit af: {}",
    "no answer in time": "geen antwoord op tijd",
    "`*` did not end within * seconds": "`{}` eindigde niet binnen {} seconden",
    "`*` ended with *": "`{}` eindigde met {}",
    # of the system
    "No such file or directory": "dat bestand of die map bestaat niet",
    "Permission denied": "geen toegang",
    "No space left on device": "de schijf is vol",
    "Is a directory": "het is een map",
    "Not a directory": "het is geen map",
    "File exists": "het bestaat al",
    "Read-only file system": "op deze schijf is niet te schrijven",
    "Input/output error": "de schijf is niet te lezen of te beschrijven",
    "Too many open files": "te veel open bestanden",
}

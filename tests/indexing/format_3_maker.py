"""Made tests/indexing/format_3.zip: documents and their index of format 3, as the searchq of then wrote it.

    git archive 'e91ea8da^' searchq | tar x -C OLD
    PYTHONPATH=OLD python -P tests/indexing/format_3_maker.py tests/indexing/format_3.zip

Two runs and a removal: one document changes, one goes, one is rejected, some have problems. The dictionary that every
index keeps has two words here, so that the index takes 50 kB and not 7 MB.
"""

import json
import os
import shutil
import sys
import tempfile
from pathlib import Path

from searchq.analysis import lexicon, packed
from searchq.cli.main import cli
from searchq.index.format.arrays import FORMAT_VERSION
from searchq.index.write import writer

PAGE = """Tweetalige printerversie Eentalige printerversie

Schriftelijke vraag nr. {number}

van Jan Peeters (MR) d.d. 3 november 2015

aan de minister van Justitie

{title}

vuurtoren
kust

Chronologie

3/11/2015Verzending vraag
{events}

Vraag nr. {number} d.d. 3 november 2015 : (Vraag gesteld in het Nederlands)

{text}
{answer}"""
FRENCH = """Version à imprimer bilingue Version à imprimer unilingue

Question écrite n° 6-1234

de Jan Peeters (MR) du 3 novembre 2015

au ministre de la Justice

Phares - Entretien

phare
côte

Chronologie

3/11/2015Envoi question
1/12/2015Réponse

Question n° 6-1234 du 3 novembre 2015 : (Question posée en néerlandais)

Combien de phares y a-t-il ?

Réponse reçue le 1 décembre 2015 :

Il y en a six.
"""
ANSWER = "\nAntwoord ontvangen op 1 december 2015 :\n\n{}\n"
ROUTE = "56--{}-0930-2025202606531"


def page(number: str, title: str, text: str, answer: str = "") -> str:
    events = "1/12/2015Antwoord" if answer else ""
    return PAGE.format(
        number=number, title=title, text=text, events=events, answer=ANSWER.format(answer) if answer else ""
    )


def route(rank: int) -> str:
    told = {"SDOCNAME": ROUTE.format(rank), "LEGISL": 56, "DOCNAME": "2025202606531", "DEPOTDAT": "20260105"}
    own = {"AUT": "Griet\n Coorevits,\n Groen", "LANG": "N", "DEPTPRES": rank, "DEPTN": "Minister van Justitie"}
    texts = {"QUESTNUM": 930, "TITN": "Gevangenissen.", "TEXTQN": {"br": ["1. Hoeveel?", "2. Waarom?"]}}
    return json.dumps({**told, **own, **texts})


DOCUMENTS = {
    "nl.txt": page("6-1234", "Vuurtorens - Onderhoud", "Hoeveel vuurtorens zijn er?", "Er zijn er zes."),
    "fr.txt": FRENCH,
    "open.txt": page("6-1235", "Bakens", "Hoeveel bakens zijn er?"),
    "gone.txt": page("6-1299", "Boeien", "Hoeveel boeien zijn er?", "Vier."),
    "removed.txt": page("6-1300", "Havens", "Hoeveel havens zijn er?", "Twee."),
    "faulty.txt": page("6-1236", "Sluizen", "Hoeveel sluizen zijn er?", "Drie.").replace("1/12/2015A", "31/2/2015A"),
    "no.txt": "Het weer wordt morgen mooi.",
    "7.json": route(7),
    "8.json": route(8),
}
CHANGED = {"open.txt": page("6-1235", "Bakens", "Hoeveel bakens zijn er?", "Er zijn er negen.")}


def main() -> None:
    """Write the archive that the first argument names."""
    assert int(FORMAT_VERSION) == 3, "to be run with the searchq of then"
    archive = Path(sys.argv[1]).absolute()
    keep_few_words()
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)
        make_index()
        shutil.make_archive(str(archive.with_suffix("")), "zip", folder)


def keep_few_words() -> None:
    """Make the dictionary of every index a small one."""
    vars(packed)["_BUCKETS"] = 16
    forms = {"vuurtorens": "vuurtoren", "vuurtoren": "vuurtoren"}
    small = packed.pack(packed.Entries(forms, {}, set(), {"vuurtoren"}))
    for module in (lexicon, writer):
        vars(module)["packed_dictionary"] = lambda: small


def make_index() -> None:
    """Index the documents in this folder, then those that changed, and remove a question."""
    Path("documents").mkdir()
    for moment, documents in (("1700000000", DOCUMENTS), ("1700086400", CHANGED)):
        os.environ["SOURCE_DATE_EPOCH"] = moment
        for name, text in documents.items():
            Path("documents", name).write_text(text, encoding="utf-8")
        cli(["index", "documents", "--index", "index", "--jobs", "1"], standalone_mode=False)
        Path("documents/gone.txt").unlink(missing_ok=True)
    cli(["remove", "6-1300", "--index", "index"], standalone_mode=False)
    Path("index/write.lock").unlink()


if __name__ == "__main__":
    main()

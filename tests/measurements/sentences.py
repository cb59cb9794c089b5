"""How well questions asked as sentences are answered, as typed, through `Index.search`.

    python tests/measurements/sentences.py          prints MRR@10 by language, and the place of each question asked

The sentences were written for this set, after reading the titles of questions drawn at random: as a citizen may ask, in
other words where that came naturally. Relevant is the question read, and those with its title. Dutch ones are asked of
the questions of 2017, French ones of the French texts of 2020.
"""

import gzip
import json
import sys
import tempfile
from pathlib import Path
from typing import Final

sys.path.append(str(Path(__file__).resolve().parents[2]))

import searchq
from searchq.api import Index
from searchq.engines.embedded.engine import EmbeddedEngine
from searchq.question import FrenchText, Question
from tests.measurements.ranking import SHARED, opened, records

__all__ = ["DUTCH", "FRENCH"]

DUTCH: Final = {
    "Hoe vaak gaan de Belgen eigenlijk naar de tandarts?": "KSV2017-192748",
    "Hoeveel mensen werken er bij Defensie aan cyberveiligheid?": "KSV2017-189034",
    "Waarom krijgen de nabestaanden na een overlijden het geld van de bank niet vrij?": "KSV2017-188922",
    "Wordt de opstand van de taliban betaald met de handel in talk?": "KSV2017-189482",
    "Hoeveel schadeclaims kreeg de federale politie vorig jaar?": "KSV2017-192667",
    "Wie betaalt de pruik van iemand die kaal wordt door chemotherapie?": "KSV2017-186222",
    "Zijn tandpasta's voor wittere tanden wel veilig volgens Test-Aankoop?": "KSV2017-192148",
    "Hoeveel illegalen verblijven er naar schatting in ons land?": "KSV2017-189498",
    "Wat brengt het globaal medisch dossier op voor de ziekteverzekering?": "KSV2017-189150",
    "Kunt u mij zeggen hoeveel alleenstaande werklozen een uitkering als gezinshoofd krijgen?": "KSV2017-190426",
    "Hoe worden culturele centra tegen aanslagen beschermd?": "KSV2017-192074",
    "Wat is er gebeurd met de aanbevelingen van de commissie over Dieselgate?": "KSV2017-185444",
    "Hoeveel ambtenaren werken er voor koning Filip?": "KSV2017-185838",
    "Mogen er nog automaten met tabak in winkels staan?": "KSV2017-185422",
    "Is de onkruidverdelger Roundup gevaarlijk voor de gezondheid?": "KSV2017-189729",
    "Wanneer komen die netwerken van ziekenhuizen er?": "KSV2017-192208",
    "Graag had ik geweten hoeveel de opvang in gesloten centra en woonunits kost": "KSV2017-185006",
    "Hoeveel procent van het bbp geeft België uit aan defensie?": "KSV2017-188367",
    "Waarom krijgen we bij een ramp geen sms om ons te waarschuwen?": "KSV2017-190663",
    "Hoeveel belastinggeld loopt de EU mis door Malta?": "KSV2017-191457",
    "Serveren de kantines van de overheid wel Belgische producten?": "KSV2017-190246",
    "Is chloorpyrifos schadelijk voor wie groenten eet?": "KSV2017-190614",
    "Tot welke leeftijd moeten militairen werken voor hun pensioen?": "KSV2017-185942",
    "Wat doet de regering tegen de Blue Whale Challenge op het internet?": "KSV2017-190463",
}
FRENCH: Final = {
    "Combien de personnes âgées ont obtenu l'aide juridique de deuxième ligne?": "55-B029-2-0680-2019202005194",
    "Est-ce que les cadres linguistiques de la Loterie Nationale sont respectés?": "55-B012-4-0046-2019202001508",
    "Pourquoi les artistes n'ont-ils pas droit au chômage temporaire?": "55-B024-12-0531-2019202004026",
    "Où en est la numérisation des dossiers pénaux au tribunal d'Anvers?": "55-B031-8-0088-2020202105937",
    "Pourquoi le poste de garde de Bree est-il fermé pendant la nuit?": "55-B034-6-0173-2020202106393",
    "Que fait la Belgique pour les habitants de la bande de Gaza face au virus?": "55-B018-13-0268-2019202002829",
}
TOP: Final = 10


def main(shared: Path) -> None:
    with tempfile.TemporaryDirectory() as folder:
        index = opened(shared, Path(folder), ("title", "keywords", "question", "answer"))
        titles = {record["source_id"]: record["title"] for record in records(shared)}
        bearers: dict[str, set[str]] = {}
        for place, record in enumerate(records(shared), 1):
            bearers.setdefault(record["title"], set()).add(f"5-{place}")
        _print("Dutch", index, {text: bearers[titles[source]] for text, source in DUTCH.items()})
    with tempfile.TemporaryDirectory() as folder:
        _print("French", *_french(shared, Path(folder)))


def _french(shared: Path, folder: Path) -> tuple[Index, dict[str, set[str]]]:
    """An index of French texts, and what is asked of it."""
    numbers = {}
    path = shared / "corpus" / "bilingual-2020.jsonl.gz"
    with gzip.open(path, "rt", encoding="utf-8") as lines, EmbeddedEngine(folder).update() as update:
        for place, record in enumerate(map(json.loads, lines), 1):
            numbers[record["id"]] = f"5-{place}"
            update.put(Question(f"5-{place}", french=FrenchText(question=record["fr"])))
        update.commit()
    return searchq.open(folder), {text: {numbers[source]} for text, source in FRENCH.items()}


def _print(name: str, index: Index, asked: dict[str, set[str]]) -> None:
    total = 0.0
    for text, wanted in asked.items():
        page = index.search(text, limit=TOP, fold=False, snippets=False)
        places = [place for place, hit in enumerate(page.hits, 1) if hit.question.number in wanted]
        total += 1 / places[0] if places else 0.0
        print(f"{places[0] if places else '-':>3}  of {page.total:5}  {text}")
    print(f"{name}: MRR@{TOP} {total / len(asked):.3f} of {len(asked)}\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else SHARED)

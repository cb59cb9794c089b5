"""Texts typed against a real index of a few questions: which questions they find."""

import datetime as dt
from typing import Any

import pytest

from searchq.analysis import dutch
from searchq.engines.embedded.execution.execute import execute
from searchq.engines.embedded.facet_values import QueryVocabulary
from searchq.engines.embedded.snapshot_cache import SnapshotCache
from searchq.index.read.reader import open_snapshot
from searchq.index.write.prepare import prepare
from searchq.index.write.writer import IndexWriter
from searchq.query.language import parse
from searchq.question import FrenchText, Question


def question(number: Any, title: Any, text: Any, answer: Any = None, **more: Any) -> Any:
    year, month, day = more.pop("asked")
    asked = dt.date(year, month, day)
    answered = asked + dt.timedelta(more.pop("delay")) if "delay" in more else None
    return Question(
        number=number,
        legislature=int(number[0]),
        session=f"{year}-{year + 1}" if month > 9 else f"{year - 1}-{year}",
        date=asked,
        title=title,
        title_path=tuple(title.split(" - ")),
        question=text,
        answer=answer,
        answer_date=answered,
        status="answered" if answered else "open",
        delay_days=(answered - asked).days if answered else None,
        language="nl",
        **more,
    )


JUSTICE = {"minister": "minister van Justitie", "portfolios": ("Justitie",)}
FOREIGN = {"minister": "vice-eersteminister en minister van Buitenlandse Zaken", "portfolios": ("Buitenlandse Zaken",)}
CLAES = {"author": "Bert Claes", "party": "Open Vld"}
DUBOIS = {"author": "André Dubois", "party": "Ecolo"}

QUESTIONS = (
    question(
        "5-101",
        "Sociale media - Gebruik - Gevangenissen",
        "Mogen gevangenen op sociale media berichten plaatsen? De federale overheidsdienst zwijgt.",
        "Facebook is verboden in de huizen van bewaring; er is permanente aandacht voor.",
        asked=(2013, 4, 30),
        delay=20,
        keywords=("sociale media", "strafgevangenis"),
        **JUSTICE,
        **CLAES,
    ),
    question(
        "5-102",
        "Ambassades - Twitter",
        "Hoeveel media bereiken onze ambassades? Is de FOD er actief? Zie ook vraag 5-101.",
        "De officiële rekeningen worden dagelijks bijgehouden.",
        asked=(2012, 11, 5),
        delay=250,
        reminders=2,
        keywords=("ambassade", "media"),
        **FOREIGN,
        **DUBOIS,
    ),
    question(
        "6-7",
        "Wiskundeonderwijs",
        "Wat is het beleid voor het wiskundeonderwijs in de gevangenis?",
        asked=(2014, 12, 1),
        keywords=("onderwijs",),
        **JUSTICE,
        **DUBOIS,
    ),
    question(
        "6-8",
        "Talen - Onderricht",
        "Welke talen leren diplomaten, en helpt wiskunde in het onderwijs daarbij?",
        "Vooral Frans en Engels.",
        asked=(2015, 1, 15),
        delay=40,
        french=FrenchText(title="Langues - Enseignement", question="Quelles langues les diplomates étudient-ils ?"),
        **FOREIGN,
        **CLAES,
    ),
)


@pytest.fixture(scope="module")
def view(tmp_path_factory: pytest.TempPathFactory) -> Any:
    directory = tmp_path_factory.mktemp("index")
    with IndexWriter(directory) as writer:
        writer.add(prepare(QUESTIONS))
        writer.commit()
    return SnapshotCache(open_snapshot(directory))


def numbers(tree: Any, view: Any) -> Any:
    matches, _ = execute(tree, view, seconds=60)
    return {view.snapshot.number(int(doc)) for doc in matches.docs}


FOUND = {
    "": {"5-101", "5-102", "6-7", "6-8"},
    "sociale media": {"5-101"},
    "media": {"5-101", "5-102"},
    '"media"': {"5-101", "5-102"},
    '"mediaplan"': set(),
    "gevangenis": {"5-101", "6-7"},
    "officiele": {"5-102"},
    "wiskunde onderwijs": {"6-7", "6-8"},
    "wiskundeonderwijs": {"6-7", "6-8"},
    '"wiskundeonderwijs"': {"6-7"},
    "FOD": {"5-101", "5-102"},
    "federale overheidsdienst": {"5-101", "5-102"},
    '"federale overheidsdienst"': {"5-101"},
    '"permanente aandacht"': {"5-101"},
    '"aandacht permanente"': set(),
    '"sociale plaatsen"': set(),
    '"sociale plaatsen"~3': {"5-101"},
    "gevangenen NABIJ/3 media": {"5-101"},
    "media NABIJ/3 gevangenen": {"5-101"},
    "gevangenen NABIJ/2 berichten": set(),
    "facebook OF twitter": {"5-101", "5-102"},
    "media -facebook": {"5-102"},
    "-media": {"6-7", "6-8"},
    "ambass*": {"5-102"},
    "diplom?ten": {"6-8"},
    "facebok~": {"5-101"},
    "langues": {"6-8"},
    "langue": {"6-8"},
    "antwoord:facebook": {"5-101"},
    "vraag:facebook": set(),
    "titel:(twitter OF talen)": {"5-102", "6-8"},
    "minister:justitie": {"5-101", "6-7"},
    'minister:"buitenlandse zaken" media': {"5-102"},
    "minister:vice-eersteminister": {"5-102", "6-8"},
    "indiener:dubois": {"5-102", "6-7"},
    'partij:"Open Vld" datum:2013': {"5-101"},
    'trefwoord:"sociale media"': {"5-101"},
    "trefwoord:media": {"5-102"},
    "status:open": {"6-7"},
    "status:beantwoord": {"5-101", "5-102", "6-8"},
    "zittingsperiode:6": {"6-7", "6-8"},
    "zitting:2012-2013": {"5-101", "5-102"},
    "jaar:>2013": {"6-7", "6-8"},
    "maand:2013-04": {"5-101"},
    "rappel:>0": {"5-102"},
    "taal:nl datum:2015": {"6-8"},
    "datum:2012-11": {"5-102"},
    "datum:<2013": {"5-102"},
    "datum:2013-04-30..2014-12-01": {"5-101", "6-7"},
    "beantwoord:2013": {"5-101", "5-102"},
    "beantwoord:<=2100": {"5-101", "5-102", "6-8"},
    "termijn:>200": {"5-102"},
    "termijn:<=40": {"5-101", "6-8"},
    "nummer:5-101": {"5-101"},
    "nummer:7": {"6-7"},
    "nummer:5-1*": {"5-101", "5-102"},
    "nummer:5-102..6-7": {"5-102", "6-7"},
    "5-101": {"5-101", "5-102"},
    "((media": {"5-101", "5-102"},
    "-(": set(),
}


@pytest.mark.parametrize("text", FOUND)
def test_a_text_finds_its_questions(text: Any, view: Any) -> None:
    assert numbers(parse(text, QueryVocabulary(view)).tree, view) == FOUND[text]


def test_when_no_question_holds_all_words_half_of_them_will_do(view: Any) -> None:
    parsed = parse("facebook twitter ambassades rekeningen", QueryVocabulary(view))
    assert numbers(parsed.tree, view) == set()
    assert numbers(parsed.relaxed, view) == {"5-102"}


def test_no_text_loads_the_dictionary(view: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    def loaded() -> None:
        raise AssertionError("the dictionary was asked for")

    monkeypatch.setattr(dutch, "dictionary", loaded)
    for text in ("media", "onbekend woordje", "gezondheidszorgbeleid", "minister:onbekend", "datum:ooit"):
        parse(text, QueryVocabulary(view))

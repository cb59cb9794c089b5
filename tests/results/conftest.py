"""A small index in a folder of its own, for tests of what stands on a snapshot."""

import datetime as dt
from typing import Any

import pytest

from searchq.engines.embedded.vocabulary import Vocabulary
from searchq.index.read.reader import open_snapshot
from searchq.index.write.prepare import prepare
from searchq.index.write.writer import IndexWriter
from searchq.question import Question, Reference


def sibling(number: Any) -> Any:
    return Reference("also-asked-to", "written-question", number)


def question(
    number: Any, title: Any, text: Any, *, answer: Any = None, keywords: Any = (), siblings: Any = (), **told: Any
) -> Any:
    return Question(
        number,
        legislature=int(number[0]),
        title=title,
        title_path=tuple(title.split(" - ")),
        question=text,
        answer=answer,
        keywords=keywords,
        references=tuple(map(sibling, siblings)),
        status="answered" if answer else "open",
        **told,
    )


SPRING, AUTUMN = dt.date(2013, 4, 30), dt.date(2014, 10, 2)
JUSTICE = {"minister": "minister van Justitie", "portfolios": ("Justitie",)}
HEALTH = {"minister": "minister van Volksgezondheid", "portfolios": ("Volksgezondheid",)}
ASKED = {"author": "Martine Taelman", "party": "Open Vld", "date": SPRING}
OTHERS = {"author": "Bert Anciaux", "party": "sp.a", "date": AUTUMN}

QUESTIONS = (
    question("5-100", "Gevangenissen - Sociale media", "Gebruiken gedetineerden sociale media in de gevangenis?",
             answer="Facebook is in elke gevangenis verboden. Er is permanente aandacht voor misbruik.",
             keywords=("sociale media", "gedetineerde"), siblings=("5-101", "5-102"), **JUSTICE, **ASKED),
    question("5-101", "Gevangenissen - Sociale media", "Gebruiken gedetineerden sociale media in de gevangenis?",
             keywords=("sociale media", "gedetineerde"), siblings=("5-100", "5-102"), **HEALTH, **ASKED),
    question("5-102", "Gevangenissen - Sociale media", "Gebruiken gedetineerden sociale media in de gevangenis?",
             keywords=("sociale media", "gedetineerde"), siblings=("5-100", "5-101"), **ASKED),
    question("5-200", "Gevangenissen - Bewakers", "Hoeveel bewakers telt elke gevangenis en wat leren zij?",
             keywords=("gedetineerde", "strafgevangenis"), **JUSTICE, **OTHERS),
    question("5-201", "Vaccins - Griep", "Hoeveel officiële griepvaccins werden in België besteld voor ziekenhuizen?",
             keywords=("inenting", "ziekenhuis"), **HEALTH, **OTHERS),
    question("5-202", "Ziekenhuizen - Wachttijden", "Hoe lang duren de wachttijden in ziekenhuizen in België?",
             answer="De wachttijden in ziekenhuizen kent niemand.", keywords=("ziekenhuis",), **HEALTH, **OTHERS),
    question("6-1", "Asielzoekers - Opvang", "Hoeveel asielzoekers wachten op opvang door de asieldiensten?",
             keywords=("asielzoeker", "politiek asiel"), **OTHERS),
)  # fmt: skip


@pytest.fixture(scope="session")
def small_index(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """The folder of an index of QUESTIONS."""
    folder = tmp_path_factory.mktemp("small") / "index"
    with IndexWriter(folder) as writer:
        writer.add(prepare(QUESTIONS))
        writer.commit()
    return folder


@pytest.fixture
def vocabulary(small_index: Any) -> Any:
    return Vocabulary(open_snapshot(small_index))

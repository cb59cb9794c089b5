"""The real documents beside the checkout: two pages as published, and thousands of real texts in their layouts."""

import datetime as dt
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from searchq.documents import Parsed, read
from searchq.question import ChronologyEntry, Question, Reference


@pytest.fixture(scope="module")
def seeds(shared: Path) -> dict[str, Question]:
    items = [item for item in read([shared / "seeds"]) if isinstance(item, Parsed)]
    return {question.number: question for item in items for question in item.questions}


def siblings(*left_out: int) -> tuple[Reference, ...]:
    numbers = [number for number in range(8900, 8919) if number not in left_out]
    return tuple(Reference("also-asked-to", "written-question", f"5-{number}") for number in numbers)


def test_the_seed_in_print_gives_every_field(seeds: Any) -> None:
    question = seeds["5-8902"]
    assert (question.legislature, question.session, question.date) == (5, "2012-2013", dt.date(2013, 4, 30))
    assert (question.author, question.party, question.language) == ("Martine Taelman", "Open Vld", "nl")
    assert question.minister == (
        "vice-eersteminister en minister van Buitenlandse Zaken, Buitenlandse Handel en Europese Zaken"
    )
    assert question.portfolios == ("Buitenlandse Zaken", "Buitenlandse Handel", "Europese Zaken")
    assert question.title_path == (
        "Federale overheidsdiensten",
        "Communicatie met burgers",
        "Gebruik van sociale media",
    )
    assert question.keywords == (
        "ministerie",
        "virtuele gemeenschap",
        "bewustmaking van de burgers",
        "betrekking tussen overheid en burger",
        "sociale media",
    )
    assert question.chronology == (
        ChronologyEntry(dt.date(2013, 4, 30), "sent", "Verzending vraag"),
        ChronologyEntry(dt.date(2013, 12, 18), "reminder", "Rappel"),
        ChronologyEntry(dt.date(2014, 2, 17), "answered", "Antwoord"),
    )
    assert question.references == siblings(8902)
    assert len({question.number, *(reference.number for reference in question.references)}) == 19
    assert (question.deadline, question.answer_date) == (None, dt.date(2014, 2, 17))
    assert (question.status, question.delay_days, question.reminders) == ("answered", 293, 1)
    assert (question.french, question.problems, question.source.layout) == (None, (), "nl-print")


def test_the_seed_of_the_web_gives_every_field(seeds: Any) -> None:
    question, other = seeds["5-8900"], seeds["5-8902"]
    for field in ("legislature", "session", "date", "author", "party", "language", "title", "keywords", "question"):
        assert getattr(question, field) == getattr(other, field)
    assert (question.minister, question.portfolios) == ("eerste minister", ("Eerste minister",))
    assert question.chronology == (
        ChronologyEntry(dt.date(2013, 4, 30), "sent", "Verzending vraag"),
        ChronologyEntry(dt.date(2013, 5, 30), "answered", "Antwoord"),
    )
    assert question.references == siblings(8900)
    assert (question.answer_date, question.delay_days, question.reminders) == (dt.date(2013, 5, 30), 30, 0)
    assert (question.status, question.problems, question.source.layout) == ("answered", (), "nl-web")


def test_the_seeds_are_repaired_where_they_are_garbled_and_nowhere_else(seeds: Any, shared: Any) -> None:
    for path in sorted((shared / "seeds").iterdir()):
        text = path.read_text(encoding="utf-8")
        question = next(q for q in seeds.values() if q.source.path == str(path))
        seen_question, seen_answer = text.split(" : (Vraag gesteld in het Nederlands)\n\n")[1].split(
            "\n\nAntwoord ontvangen"
        )
        meant = seen_question.replace("potentiŽle", "potentiële").replace("officiŽle", "officiële")
        assert question.question == meant
        assert question.answer == seen_answer.split(" :\n\n", 1)[1].rstrip("\n")
    assert "tyfoon Hayan" in seeds["5-8902"].answer
    assert "“hertweeten”" in seeds["5-8900"].answer


def test_thousands_of_real_texts_give_every_field_to_the_letter(
    shared: Any, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Every file of the generator, garbled or not, against the truth it writes beside them."""
    folder = tmp_path_factory.mktemp("senate")
    subprocess.run([sys.executable, str(shared / "corpus" / "make-senate-texts"), str(folder)], check=True)
    lines = (folder / "truth.jsonl").read_text(encoding="utf-8").splitlines()
    truth = {str(folder / record["file"]): record for record in map(json.loads, lines)}
    found = {
        item.name: question
        for item in read(sorted(path for path in folder.iterdir() if path.is_dir()), jobs=2)
        if isinstance(item, Parsed)
        for question in item.questions
    }
    assert found.keys() == truth.keys()
    misses = [name for name, record in truth.items() if _facts(found[name]) != _expected(record)]
    assert misses == []


def _facts(question: Question) -> dict[str, object]:
    return {
        "number": question.number,
        "layout": question.source.layout,
        "date": question.date,
        "author": question.author,
        "party": question.party,
        "minister": question.minister,
        "title": question.title,
        "keywords": list(question.keywords),
        "language": question.language,
        "references": [reference.number for reference in question.references],
        "question": question.question,
        "answer": question.answer,
        "answer_date": question.answer_date,
        "reminders": question.reminders,
        "status": question.status,
        "problems": question.problems,
    }


def _expected(record: dict[str, object]) -> dict[str, object]:
    same = ("number", "layout", "author", "party", "minister", "title", "keywords", "question", "answer", "reminders")
    answered = record["answer_date"]
    return {key: record[key] for key in same} | {
        "date": dt.date.fromisoformat(str(record["date"])),
        "language": record["asked_in"],
        "references": record["siblings"],
        "answer_date": dt.date.fromisoformat(str(answered)) if answered else None,
        "status": "answered" if answered else "open",
        "problems": (),
    }

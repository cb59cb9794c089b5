"""Pages name the houses whose questions the index holds, and are reached by whatever a question is called."""

from typing import Any

import pytest
from werkzeug.test import Client

from searchq.api import Index
from searchq.question import Question
from searchq.web import create_app
from tests.plain_engine import PlainEngine

SENATE = Question("5-8902", legislature=5, title="Treinen")
DOCNAME = "2025202606531"
CHAMBER = [
    Question(f"56-{rank}-{serial}-{DOCNAME}", house="chamber", docname=DOCNAME, title="Treinen", bulletin=bulletin)
    for rank, serial, bulletin in ((7, "0930", "B045"), (8, "0931", None))
]


def client(*questions: Question) -> Client:
    engine = PlainEngine([])
    with engine.update() as update:
        for question in questions:
            update.put(question)
        update.commit()
    return Client(create_app(Index(engine)))


@pytest.mark.parametrize(
    ("questions", "name", "short", "others"),
    [
        ([SENATE], "Belgische Senaat", "Senaatsvragen", ["Belgische Kamer", "en Kamer"]),
        (CHAMBER, "Belgische Kamer", "Kamervragen", ["Belgische Senaat"]),
        ([SENATE, *CHAMBER], "Belgische Senaat en Kamer", "Parlementsvragen", []),
    ],
)
def test_every_page_names_the_houses_whose_questions_are_here_and_no_other(
    questions: Any, name: str, short: str, others: Any
) -> None:
    site = client(*questions)
    number = questions[-1].number
    for path in ("/?q=treinen", f"/vraag/{number}", "/statistiek", "/dekking", "/problemen", "/filter/party"):
        text = site.get(path).text
        assert f" · {name}</title>" in text
        assert f"<small>{name}</small>" in text
        assert not [other for other in others if other in text]
    assert f"<author><name>{name}</name></author>" in site.get("/?q=treinen&format=atom").text
    search = site.get("/opensearch.xml").text
    assert f"<ShortName>{short}</ShortName>" in search
    assert f"· {name}</Description>" in search


def test_an_index_of_no_question_and_an_error_name_the_parliament() -> None:
    assert " · Belgisch Parlement</title>" in client().get("/").text
    assert " · Belgisch Parlement</title>" in client(SENATE).get("/nergens").text


@pytest.mark.parametrize(
    ("path", "target"),
    [
        (f"/vraag/56-B045-7-0930-{DOCNAME}", f"/vraag/56-7-0930-{DOCNAME}"),
        (f"/vraag/56--8-0931-{DOCNAME}", f"/vraag/56-8-0931-{DOCNAME}"),
        ("/vraag/56-0930", f"/vraag/56-7-0930-{DOCNAME}"),
        ("/vraag/B045", f"/vraag/56-7-0930-{DOCNAME}"),
        (f"/vraag/{DOCNAME}", f"/?q={DOCNAME}&fold=0"),
        ("/vraag/5-08902", "/vraag/5-8902"),
        (f"/vraag/https://data.dekamer.be/v0/qrva/56-B045-7-0930-{DOCNAME}", f"/vraag/56-7-0930-{DOCNAME}"),
        (f"/?q=56-B045-7-0930-{DOCNAME}", f"/vraag/56-7-0930-{DOCNAME}"),
    ],
)
def test_whatever_a_question_is_called_leads_to_it(path: str, target: str) -> None:
    answer = client(SENATE, *CHAMBER).get(path)
    assert (answer.status_code, answer.headers.get("Location")) == (302, target)


@pytest.mark.parametrize("path", ["/vraag/56-0999", "/vraag/treinen", "/vraag/5-1/x", f"/vraag/56--9-0931-{DOCNAME}"])
def test_what_names_no_question_here_is_not_found(path: str) -> None:
    assert client(SENATE, *CHAMBER).get(path).status_code == 404


def test_a_question_of_the_chamber_that_is_not_here_is_sought_on_its_own_site() -> None:
    text = client(SENATE).get(f"/vraag/56-7-0930-{DOCNAME}").text
    assert "Zoek deze vraag op dekamer.be" in text
    assert f"dossier={DOCNAME}" in text

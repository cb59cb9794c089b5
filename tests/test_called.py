"""What people call a question: short numbers, bulletins, the name of a question, addresses of both sites."""

import json
from typing import Any

import pytest

from searchq.api import open_index
from searchq.called import bare_serial, called, names_of, number_of_page
from searchq.cli.main import main
from searchq.indexing import index_paths
from searchq.question import Question
from searchq.results.serialize import page_to_json
from tests.documents.chamber_records import record

DOCNAME = "2025202606531"
ROUTES = (f"56-B045-7-0930-{DOCNAME}", f"56-B045-11-0930-{DOCNAME}", "56--8-0953-2025202607000")
NUMBERS = (f"56-7-0930-{DOCNAME}", f"56-11-0930-{DOCNAME}", "56-8-0953-2025202607000")


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("56-0930", "56-930"),
        ("56 – 930", "56-930"),
        ("B045", "B045"),
        ("b45", "B045"),
        ("56-B045", "56-B045"),
        (DOCNAME, DOCNAME),
        ("5-8902", None),
        ("8902", None),
        ("56-", None),
        ("Brussel", None),
        ("", None),
    ],
)
def test_what_a_text_calls_a_question_of_the_chamber(text: Any, name: Any) -> None:
    assert called(text) == name


@pytest.mark.parametrize(("text", "serial"), [("8902", "8902"), (" 0930 ", "930"), ("0", None), ("1234567", None)])
def test_a_serial_without_its_legislature(text: str, serial: str | None) -> None:
    assert bare_serial(text) == serial


@pytest.mark.parametrize(
    ("address", "number"),
    [
        (f"https://data.dekamer.be/v0/qrva/56-B045-7-0930-{DOCNAME}", NUMBERS[0]),
        (f"data.lachambre.be/v0/qrva/56--7-0930-{DOCNAME}", NUMBERS[0]),
        (
            "https://www.dekamer.be/kvvcr/showpage.cfm?section=/qrva&language=nl&cfm=/site/wwwcfm/qrva/"
            f"qrva_detail.cfm?dossier={DOCNAME}&legislat=56",
            DOCNAME,
        ),
        (
            "http://www.lachambre.be/kvvcr/showpage.cfm?section=qrva&language=nl&cfm=qrvaXml.cfm?legislat=54"
            "&dossierID=54-b001-3-0001-0000201400004.xml",
            "54-3-0001-0000201400004",
        ),
        ("https://www.senate.be/www/?MIval=/Vragen/SchriftelijkeVraag&LEG=5&NR=8902&LANG=nl", "5-8902"),
        ("www.senate.be/www/?MIval=%2FVragen%2FSVPrintNLFR&LEG=4&NR=12", "4-12"),
        ("https://www.example.be/?LEG=5&NR=8902", None),
        ("https://www.senate.be/", None),
        ("zie https://www.senate.be/?LEG=5&NR=8902", None),
    ],
)
def test_the_number_of_a_page_by_its_address(address: str, number: Any) -> None:
    assert number_of_page(address) == number


def test_the_names_of_a_question() -> None:
    own = Question(NUMBERS[0], bulletin="B045")
    assert set(names_of(own)) == {"56-930", "930", DOCNAME, "B045", "56-B045"}
    assert list(names_of(Question("5-8902", bulletin="3-49"))) == []


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Any:
    root = tmp_path_factory.mktemp("called")
    for place, route in enumerate(ROUTES):
        one = record(SDOCNAME=route, DEPTN=("Minister van Justitie", "Minister van Mobiliteit")[place % 2])
        (root / f"{place}.json").write_text(json.dumps(one), encoding="utf-8")
    index_paths([str(one) for one in sorted(root.glob("*.json"))], root / "index", jobs=1)
    return root / "index"


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("56-0930", NUMBERS[:2]),
        ("B045", NUMBERS[:2]),
        (DOCNAME, NUMBERS[:2]),
        ("930", NUMBERS[:2]),
        ("56-953", NUMBERS[2:]),
        (f"https://data.dekamer.be/v0/qrva/{ROUTES[1]}", NUMBERS[1:2]),
        ("56-1", ()),
        ("justitie", ()),
    ],
)
def test_an_index_finds_what_a_text_names(index: Any, text: Any, numbers: Any) -> None:
    assert tuple(one.number for one in open_index(index).named(text)) == numbers


@pytest.mark.parametrize("text", ["56-0930", "vraag nr. 56-0930", "b045", DOCNAME, f"nummer:{DOCNAME}", "nummer:930"])
def test_a_search_for_a_name_lists_the_questions(index: Any, text: Any) -> None:
    page = open_index(index).search(text, fold=False)
    assert {hit.question.number for hit in page.hits} == set(NUMBERS[:2])
    assert page.jump is None


@pytest.mark.parametrize("text", ["56-953", "2025202607000", f"https://data.dekamer.be/v0/qrva/{ROUTES[2]}", ROUTES[2]])
def test_a_name_of_one_question_leads_to_it(index: Any, text: Any) -> None:
    assert open_index(index).search(text).jump == NUMBERS[2]


def test_a_bare_serial_is_searched_as_a_word_and_the_questions_are_offered(index: Any) -> None:
    hints = open_index(index).search("930").hints
    assert [(hint.code, hint.values["count"]) for hint in hints if hint.code == "numbered-so"] == [("numbered-so", 2)]
    assert not [hint for hint in open_index(index).search("931").hints if hint.code == "numbered-so"]


def test_show_lists_the_questions_of_a_name_and_shows_the_only_one(
    index: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["show", "56-0930", "--index", str(index)]) == 0
    several = capsys.readouterr().out
    assert "56-0930 names 2 questions:" in several
    assert several.index("Minister van Justitie") < several.index("Minister van Mobiliteit")
    assert main(["show", "56-953", "--index", str(index)]) == 0
    assert capsys.readouterr().out.startswith(f"Written question {NUMBERS[2]}")


@pytest.mark.parametrize(
    ("options", "told"),
    [({"sort": "longest-delay"}, True), ({"sort": "shortest-delay"}, True), ({"delay": "0-30"}, True), ({}, False)],
)
def test_who_asks_for_delays_is_told_that_the_chamber_publishes_none(index: Any, options: Any, told: bool) -> None:
    hints = open_index(index).search("", **options).hints
    assert ("no-answer-days" in {hint.code for hint in hints}) == told


def test_the_facet_of_delays_tells_how_many_answers_of_the_chamber_it_leaves_out(
    index: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    (delay,) = open_index(index).facets(facets=["delay"])
    assert (delay.values, delay.missing, delay.undated) == ((), 3, 3)
    (party,) = open_index(index).facets(facets=["party"])
    assert party.undated == 0
    assert main(["facets", "--facet", "delay", "--index", str(index)]) == 0
    assert "3 answers of the Chamber left out: it does not publish their days" in capsys.readouterr().out
    page = open_index(index).search("56-0930", facets=["delay", "party"], fold=False)
    told = page_to_json(page)["facets"]
    assert (told["delay"]["undated"], "undated" in told["party"]) == (2, False)


def test_statistics_tell_days_at_most_apart_from_exact_ones(index: Any) -> None:
    total = open_index(index).statistics("portfolio").total
    assert (total.answered, total.median_days, total.p90_days) == (3, None, None)
    assert (total.median_days_at_most, total.p90_days_at_most) == (64.0, 64)

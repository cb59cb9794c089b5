"""The Chamber's questions: the service's shapes, every field of a record, what is not told."""

import datetime as dt
import json
import zipfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from searchq.documents import Parsed, Rejection, SourceDocument, parse, read
from searchq.documents.chamber.payload import records_of
from searchq.documents.chamber.routes import routes_in
from searchq.documents.chamber.texts import line_of, text_of
from searchq.documents.content_type import guess_media
from searchq.documents.senate.title_path import chamber_title_path
from searchq.errors import DocumentError
from searchq.question import Answer, Question, Source
from tests.documents.chamber_records import NUMBER, RECORD, ROUTE, record, xml


def read_text(text: str) -> list[Question]:
    content = text.encode()
    return parse(SourceDocument(content, guess_media(content), Source("a.json")))


def read_one(**changed: Any) -> Question:
    (question,) = read_text(json.dumps(record(**changed)))
    return question


# Shapes.

SHAPES = {
    "one record": lambda *records: json.dumps(records[0], indent=1),
    "items": lambda *records: json.dumps({"disclaimer": "…", "items": list(records)}, indent=1),
    "items in items": lambda *records: json.dumps({"items": [{"items": list(records[:1])}, *records[1:]]}, indent=1),
    "a list": lambda *records: json.dumps(list(records)),
    "lines": lambda *records: "\n".join(map(json.dumps, records)),
    "XML": xml,
}


@pytest.mark.parametrize("shape", SHAPES)
def test_every_shape_gives_the_same_question(shape: Any) -> None:
    question = read_text(SHAPES[shape](RECORD))[0]
    (expected,) = read_text(json.dumps(RECORD, indent=1))
    assert question == expected
    assert question.number == NUMBER


@pytest.mark.parametrize("shape", [shape for shape in SHAPES if shape != "one record"])
def test_a_file_of_several_records_gives_each_of_them_in_order(shape: Any) -> None:
    other = record(SDOCNAME="56--8-0953-2025202606531")
    numbers = [question.number for question in read_text(SHAPES[shape](RECORD, other))]
    assert numbers == [NUMBER, "56-8-0953-2025202606531"]


@pytest.mark.parametrize("name", ["a.json", "a", "a.xml", "a.jsonl", "a.txt", "a.html"])
def test_the_content_tells_a_chamber_file_whatever_its_name(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text(xml(RECORD) if name.endswith("xml") else json.dumps(RECORD), encoding="utf-8")
    (item,) = read([tmp_path / name])
    assert isinstance(item, Parsed)
    assert [question.number for question in item.questions] == [NUMBER]


@pytest.mark.parametrize(
    "text",
    [
        '<!DOCTYPE r [<!ENTITY a "aa">]><result><QRVADOC><SDOCNAME>&a;</SDOCNAME></QRVADOC></result>',
        '<?xml version="1.0"?><!DOCTYPE r SYSTEM "http://example.be/x.dtd"><result><QRVADOC/></result>',
    ],
)
def test_xml_with_a_document_type_is_not_read(text: str) -> None:
    with pytest.raises(DocumentError, match="document type"):
        records_of(text)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ('{"SDOCNAME": "56', "no JSON"),
        ("<result><QRVADOC><ID>1</QRVADOC>", "^it is broken XML at line 1, column 25$"),
        (json.dumps({"QUESTNUM": 5}), "no route"),
        (json.dumps({"SDOCNAME": "56-7"}), "cannot be read"),
        (json.dumps({"SDOCNAME": "5-8902"}), "cannot be read"),
        ('{"QUESTNUM": ' + "[" * 50_000, "^it is no JSON"),
        ('{"QUESTNUM": ' + "1" * 5000 + "}", "^it is no JSON: a number in it is too long$"),
    ],
)
def test_what_is_no_record_is_rejected_with_the_reason(text: Any, reason: str) -> None:
    with pytest.raises(DocumentError, match=reason):
        parse(SourceDocument(text.encode(), "chamber", Source("a.json")))


@pytest.mark.parametrize("state", ["canceled", "archivedCanceled"])
def test_a_cancelled_question_is_rejected_by_name(tmp_path: Path, state: str) -> None:
    page = {"items": [RECORD, record(SDOCNAME="56--8-0953-2025202606531", STATUSQ=state)]}
    (tmp_path / "page.json").write_text(json.dumps(page, indent=1), encoding="utf-8")
    parsed, rejected = read([tmp_path / "page.json"])
    assert isinstance(parsed, Parsed)
    assert isinstance(rejected, Rejection)
    assert rejected.name.endswith("page.json:56--8-0953-2025202606531")
    assert state in rejected.reason


# Texts.


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, None),
        ("", None),
        ({"br": []}, None),
        ({"br": ["\n\n"]}, None),
        ("Een zin.", "Een zin."),
        ({"br": ["een", "twee"]}, "een\ntwee"),
        ({"br": ["een", None, "twee"]}, "een\n\ntwee"),
        ({"br": ["een", "", "", "", "twee"]}, "een\n\ntwee"),
        ({"br": ["zie", {"a": {"href": "http://x", "#text": " hier"}}, " en daar"]}, "zie hier en daar"),
        ({"br": ["zie", {"a": [{"#text": " een"}, {"#text": " twee"}]}, "."]}, "zie een twee."),
        ({"br": ["zie ", {"a": {"href": "http://x"}}]}, "zie http://x"),
        ({"br": [{"i": "een"}, " twee", "drie"]}, "een twee\ndrie"),
        ({"br": ["een", {"br": ["twee", {"a": {"br": ["drie", "vier"]}}]}]}, "een\ntweedrie\nvier"),
        ({"p": [{"span": {"b": {"#text": "een"}}}, "twee"], "br": "drie"}, "eentwee\ndrie"),
        ("Een\n      zin   over\n      regels", "Een zin over regels"),
        ([["een"], [["twee", 3]]], "een\ntwee\n3"),
    ],
)
def test_texts_are_flattened(value: Any, text: str | None) -> None:
    assert text_of(value) == text


_WORDS = st.text("abcde ", min_size=1, max_size=8)
_LINKS = st.builds(lambda word: {"a": {"href": "http://x", "#text": word}}, _WORDS)


def _nested(inner: Any) -> Any:
    return st.builds(lambda parts: {"br": parts}, st.lists(inner, max_size=4)) | st.lists(inner, max_size=3)


@given(st.recursive(_WORDS | _LINKS | st.none(), _nested, max_leaves=12))
def test_no_letter_of_a_text_is_lost_however_it_nests(value: Any) -> None:
    def letters(one: Any) -> Any:
        if isinstance(one, dict):
            return letters(one["a"]["#text"]) if "a" in one else letters(one["br"])
        return "".join(map(letters, one)) if isinstance(one, list) else (one or "")

    assert "".join((text_of(value) or "").split()) == "".join(letters(value).split())


@given(st.lists(_WORDS.filter(str.strip) | _LINKS, max_size=6))
def test_json_and_xml_give_the_same_text(parts: Any) -> None:
    one = record(TEXTQN={"br": parts})
    (from_xml,) = records_of(xml(one))
    assert text_of(from_xml.get("TEXTQN")) == text_of(one["TEXTQN"])


@given(st.lists(st.text("ab\n ", max_size=6), max_size=6))
def test_lines_lie_apart_and_one_line_holds_them_all(lines: Any) -> None:
    assert line_of({"br": lines}) == (" ".join(" ".join(lines).split()) or None)


# Fields.


def test_every_field_of_a_record() -> None:
    question = read_one()
    assert (question.number, question.route, question.docname) == (NUMBER, ROUTE, "2025202606531")
    assert (question.house, question.legislature, question.bulletin) == ("chamber", 56, "B045")
    assert (question.session, question.date, question.deadline) == (
        "2025-2026",
        dt.date(2026, 1, 5),
        dt.date(2026, 2, 9),
    )
    assert (question.author, question.author_id, question.party) == ("Griet Coorevits", None, "Groen")
    assert (question.minister, question.portfolios, question.language) == ("Minister van Justitie", ("Justitie",), "nl")
    assert question.title == "Gevangenissen. - Art. 5 van de wet. - Wachttijden."
    assert question.title_path == ("Gevangenissen", "Art. 5 van de wet", "Wachttijden")
    assert question.keywords == ("strafinrichting", "België", "NMBS", "gevangene")
    assert question.question == "1. Hoeveel?\n2. Waarom?"
    assert question.answer == "1. Tien.\n2. Daarom.\n\nHet zijn er elf."
    assert question.answers == (
        Answer(
            "1 réponse normale - normaal antwoord",
            None,
            dt.date(2026, 3, 10),
            "1. Tien.\n2. Daarom.",
            "1. Dix.\n2. C'est ainsi.",
        ),
        Answer("2 réponse complémentaire - aanvullend antwoord", None, dt.date(2026, 4, 7), "Het zijn er elf.", None),
    )
    assert (question.answer_date, question.delay_days, question.published) == (None, None, dt.date(2026, 3, 10))
    assert question.status == "answered"
    assert question.problems == ()
    assert question.source == Source("a.json", None, None, "chamber")
    french = question.french
    assert french
    assert (french.title, french.minister) == ("Prisons. - Attente.", "Ministre de la Justice")
    assert (french.question, french.answer) == ("1. Combien?\n2. Pourquoi?", "1. Dix.\n2. C'est ainsi.")
    assert french.keywords == ("etablissement penitentiaire", "Union européenne")
    assert [point.label for point in question.points] == ["1", "2"]


def test_a_route_without_a_bulletin_has_the_same_number() -> None:
    question = read_one(SDOCNAME="56--7-0930-2025202606531", LEGISL=None)
    assert (question.number, question.bulletin, question.legislature) == (NUMBER, None, 56)


@pytest.mark.parametrize(
    ("author", "expected"),
    [
        ("Nahima\n   Lanjri,\n   CD&V", ("Nahima Lanjri", None, "CD&V")),
        ("Tine Gielis (07772)", ("Tine Gielis", "07772", None)),
        ("Tine Gielis (07772), CD&V", ("Tine Gielis", "07772", "CD&V")),
        ("Jan,\n   Peeters,\n   Vooruit", ("Jan Peeters", None, "Vooruit")),
        ("Jan Peeters", ("Jan Peeters", None, None)),
        ("Jan Peeters,\n   ", ("Jan Peeters", None, None)),
    ],
)
def test_the_author_with_a_party_or_a_number(author: str, expected: Any) -> None:
    question = read_one(AUT=author)
    assert (question.author, question.author_id, question.party) == expected


def test_of_several_authors_the_others_are_named_in_a_problem() -> None:
    question = read_one(AUT=["An\n  Peeters,\n  Groen", "Bea\n  Maes,\n  PS"])
    assert (question.author, question.party) == ("An Peeters", "Groen")
    assert question.problems == ("The question has other authors, too: Bea Maes, PS.",)


@pytest.mark.parametrize(
    ("docname", "session"), [("2025202606531", "2025-2026"), ("0000201400004", None), ("2025202706531", None)]
)
def test_the_session_of_a_docname(docname: str, session: str | None) -> None:
    assert read_one(SDOCNAME=f"56-B045-7-0930-{docname}").session == session


@pytest.mark.parametrize(
    ("title", "parts"),
    [
        ("NMBS. - Treinen - Vertraging.", ("NMBS", "Treinen - Vertraging")),
        ("Fod. Justitie.\n  -\n Art. 3.", ("Fod. Justitie", "Art. 3")),
        ("En verder...", ("En verder...",)),
        ("Waarom?", ("Waarom?",)),
        (None, ()),
    ],
)
def test_a_full_stop_with_a_dash_alone_divides_a_title(title: str | None, parts: Any) -> None:
    assert chamber_title_path(title) == parts


@pytest.mark.parametrize(
    ("changed", "status", "problem"),
    [
        ({}, "answered", None),
        ({"TEXTA1N": None, "TEXTA1F": "Dix.", "TEXTA2N": "x"}, "answered", None),
        ({"TEXTA1N": "Antwoord nog niet beschikbaar.", "TEXTA1F": None, "TEXTA2N": "Zie bijlage."},
         "answered-without-text", None),
        ({"TEXTA1N": None, "TEXTA1F": None, "TEXTA2N": None}, "answered", "The text of the answer is missing here."),
        ({"TEXTA2N": None}, "answered", "The text of the answer is missing here."),
        ({"STATUSQ": "inTreatment"}, "answered", None),
    ],
)  # fmt: skip
def test_the_status_of_a_question_with_an_answer(changed: Any, status: str, problem: str | None) -> None:
    question = read_one(**changed)
    assert question.status == status
    assert question.problems == ((problem,) if problem else ())


_NO_ANSWER = {name: None for name in RECORD if name[:-1].endswith(("A1", "A2")) or name.endswith(("A1", "A2"))}


@pytest.mark.parametrize(
    ("state", "status", "problem"),
    [
        ("transmited", "open", None),
        ("answerReceived", "answered", "The text of the answer is missing here."),
        ("inTreatment", "unknown",
         "Whether the question was answered is not known: the Chamber calls it “inTreatment”."),
        (None, "unknown", "Whether the question was answered is not known: the record tells no state."),
    ],
)  # fmt: skip
def test_the_status_of_a_question_without_an_answer(state: str | None, status: str, problem: str | None) -> None:
    question = read_one(**{**_NO_ANSWER, "STATUSQ": state})
    assert (question.answer, question.answers, question.published) == (None, (), None)
    assert question.status == status
    assert question.problems == ((problem,) if problem else ())


def test_what_cannot_be_read_becomes_a_problem() -> None:
    question = read_one(DEPOTDAT="20260230", AUT=None, TITN=None, TITF=None, PUBLICA1="B045, , 31/02/2026, 1")
    assert (question.date, question.author, question.title, question.published) == (None, None, None, None)
    assert question.problems == (
        "The date “31/02/2026” in the Bulletin cannot be read or does not exist.",
        "The date “20260230” in the document cannot be read or does not exist.",
        "The author was not found.",
        "The date was not found.",
        "The title was not found.",
    )


def test_a_minister_whose_title_is_not_understood_is_a_problem() -> None:
    question = read_one(DEPTN="Minister van Toverkunst", DEPTF=None)
    assert question.portfolios == ()
    assert question.problems == ("The portfolio “Toverkunst” in the title of the minister is not known.",)


def test_utf_8_read_as_windows_1252_is_undone_and_a_sound_text_is_left_alone() -> None:
    question = read_one(TEXTQN="Le numÃ©rique", TEXTQF="Suite à? La visite, ascendant à, donc à:")
    assert question.question == "Le numérique"
    assert question.french
    assert question.french.question == "Suite à? La visite, ascendant à, donc à:"


def test_half_a_character_and_a_control_character_are_cleaned() -> None:
    (question,) = read_text(json.dumps(RECORD).replace("1. Hoeveel?", "a\\ud800b\\u0007c e\\u0301"))
    assert question.question == "a\ufffdbc é\n2. Waarom?"


def test_a_reference_in_the_text_is_a_citation() -> None:
    question = read_one(TEXTQN="Zie schriftelijke vraag nr. 5-8902 van de Senaat.")
    assert [citation.number for citation in question.citations] == ["5-8902"]


# Siblings.


def folder_of_routes(folder: Any) -> Any:
    routes = ["56-B045-7-0930-2025202606531", "56--8-0953-2025202606531", "56--9-0100-2025202607000"]
    (folder / "a.json").write_text(json.dumps(record(SDOCNAME=routes[0])), encoding="utf-8")
    with zipfile.ZipFile(folder / "b.zip", "w") as archive:
        archive.writestr("x.xml", xml(record(SDOCNAME=routes[1])))
        archive.writestr("y.json", json.dumps(record(SDOCNAME=routes[2])))
        archive.writestr("z.json", json.dumps(record(SDOCNAME="56--6-0001-2025202606531", STATUSQ="canceled")))
    return folder


def test_a_first_pass_finds_the_routes_of_each_question_but_not_cancelled_ones(tmp_path: Path) -> None:
    routes = routes_in([folder_of_routes(tmp_path)])
    assert routes.of("2025202606531") == {"56-7-0930-2025202606531", "56-8-0953-2025202606531"}
    assert routes.of("2025202607000") == {"56-9-0100-2025202607000"}


@pytest.mark.parametrize("size", [1, 1000])
def test_the_first_pass_reads_lines_of_any_length(tmp_path: Path, size: int) -> None:
    routes = [f"56--{rank}-0953-2025202606531" for rank in range(1, 4)]
    lines = [json.dumps(record(SDOCNAME=route, TEXTQN="x" * 3000 * size)) for route in routes]
    (tmp_path / "lines.jsonl").write_text("\n".join(lines), encoding="utf-8")
    assert len(routes_in([tmp_path]).of("2025202606531")) == 3


def test_the_first_pass_passes_over_what_is_broken(tmp_path: Path) -> None:
    (tmp_path / "a.zip").write_bytes(b"PK\3\4 broken")
    (tmp_path / "b.json").write_bytes(b"\xff\xfe{")
    assert list(routes_in([tmp_path, tmp_path / "none", "-"]).numbers()) == []


# Values in other forms.


@pytest.mark.parametrize(
    "told", ["20260105", "2026-01-05", "2026-01-05T00:00:00", "2026-01-05 09:30:00.0", "05/01/2026"]
)
def test_a_date_is_read_in_whatever_form(told: str) -> None:
    question = read_one(DEPOTDAT=told, PUBLICA1=f"B045,\n ,\n {told},\n 00000201" if told[4] == "-" else "B045")
    assert question.date == dt.date(2026, 1, 5)
    assert question.published == (dt.date(2026, 1, 5) if told[4] == "-" else None)


@pytest.mark.parametrize(("told", "language"), [("n", "nl"), ("FR", "fr"), (" D ", "de"), ("Nederlands", None)])
def test_a_language_that_is_not_known_is_a_problem(told: str, language: str | None) -> None:
    question = read_one(LANG=told)
    assert question.language == language
    assert [problem for problem in question.problems if "language" in problem] == (
        [] if language else ["The language “Nederlands” is not known."]
    )


def test_a_route_that_names_several_ministers_goes_to_the_first_and_tells_the_others() -> None:
    question = read_one(DEPTN=["Minister van Justitie", "Minister van Werk"])
    assert question.minister == "Minister van Justitie"
    assert "The question names other ministers, too: Minister van Werk." in question.problems

"""What is exported is read back by the readers of each format as it was, but for what a spreadsheet cannot hold."""

import csv
import datetime as dt
import io
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from searchq.cli.output import ROW_FORMATS
from searchq.errors import RequestError
from searchq.exports import formats
from searchq.exports.cells import MAX_CELL_CHARACTERS, cut, is_too_long, plain, spreadsheet
from searchq.exports.columns import COLUMN_NAMES, columns_named, without_hit
from searchq.question import FrenchText, Question
from searchq.record_json import from_json

TEXT = st.text(st.characters(exclude_categories=("Cs",)), max_size=30)  # type: ignore[arg-type]
QUESTIONS = st.builds(
    Question,
    number=st.from_regex(r"[1-8]-[1-9][0-9]{0,4}", fullmatch=True),
    title=st.none() | TEXT,
    question=st.none() | TEXT,
    keywords=st.lists(TEXT, max_size=3).map(tuple),
    date=st.none() | st.dates(dt.date(1995, 1, 1)),
    delay_days=st.none() | st.integers(0, 5000),
    french=st.none() | st.builds(FrenchText, title=st.none() | TEXT),
)


def written(name: Any, hits: Any, fields: Any, **options: Any) -> Any:
    return b"".join(formats.write(name, hits, columns_named(fields), **options))


def test_the_command_line_offers_every_format_of_rows() -> None:
    assert sorted((*ROW_FORMATS, "json")) == sorted(formats.EXPORT_FORMATS)


@given(st.lists(QUESTIONS, max_size=5))
def test_plain_csv_gives_every_value_back_unaltered(questions: Any) -> None:
    fields = ["number", "title", "question", "date", "delay_days", "french_title"]
    text = written("csv", map(without_hit, questions), fields).decode()
    head, *rows = csv.reader(io.StringIO(text, newline=""))
    assert head == fields
    expected = [
        [plain(one) for one in (q.number, q.title, q.question, q.date, q.delay_days, q.french and q.french.title)]
        for q in questions
    ]
    assert rows == expected
    assert [row[1] for row in rows] == [q.title or "" for q in questions]


@given(st.lists(QUESTIONS, max_size=5))
def test_json_lines_are_records_that_an_index_reads(questions: Any) -> None:
    text = written("jsonl", map(without_hit, questions), formats.EXPORT_FORMATS["jsonl"].columns).decode()
    assert [from_json(json.loads(line)) for line in text.split("\n")[:-1]] == questions


@given(st.lists(QUESTIONS, max_size=5))
def test_json_is_one_array(questions: Any) -> None:
    found = json.loads(written("json", map(without_hit, questions), ["number", "keywords", "date"]))
    expected = [
        {"number": q.number, "keywords": list(q.keywords), "date": q.date and q.date.isoformat()} for q in questions
    ]
    assert found == expected


def test_a_spreadsheet_gets_semicolons_a_mark_and_the_names_of_what_was_cut(hits: Any) -> None:
    fields = ["number", "date", "title", "author", "party", "question", "delay_days"]
    data = written("csv", hits, fields, dialect="excel")
    assert data.startswith(b"\xef\xbb\xbfnumber;date;title;")
    head, first, second = csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""), delimiter=";")
    assert head == [*fields, "cut"]
    assert first[:3] == ['="5-1"', "2011-02-03", "Treinen; met, leestekens “en” é"] and first[-2:] == ["26", ""]
    assert second[2:5] == ["'=1+1", "'\u200b+32 2 501 70 70", '="3-4"']
    kept, told = second[5].split("…")
    assert set(kept) == {"x"} and len(second[5]) == MAX_CELL_CHARACTERS - 1 and second[-1] == "question"
    assert told == f" [cut, of {len(hits[1].question.question):,} characters]"


@pytest.mark.parametrize(
    "text",
    [
        "5-1",
        "1/2",
        "2013-04-01",
        "007",
        "1e5",
        "12 mei",
        "mei 2012",
        "3,5 %",
        "1.000",
        "août 2013",
        "5.1",
        "€ 5",
        "12 december",
        "jan-12",
    ],
)
def test_what_a_spreadsheet_would_turn_into_a_number_or_a_day_stays_text(text: str) -> None:
    assert spreadsheet(text) == f'="{text}"'


@pytest.mark.parametrize("text", ["mei", "Meise 12 huizen", "5 treinen", "12 meisjes", "marsepein 2012", "", "NMBS"])
def test_other_texts_are_left_as_they_are(text: str) -> None:
    assert spreadsheet(text) == text


@pytest.mark.parametrize("first", [*"=+-@\t\r＝＋－＠﹦﹢﹣﹫−⁺₌"])
@pytest.mark.parametrize("before", ["", " ", "\u00a0", "\u200b", "\u2060\u3000", "\u200e\u00ad", "\x01"])
def test_no_formula_runs(first: Any, before: str) -> None:
    assert spreadsheet(f"{before}{first}1+A1") == f"'{before}{first}1+A1"


@given(st.text("aé😀", max_size=8).map(lambda text: text * 9_000))
def test_a_cut_text_fits_a_cell_and_begins_as_the_whole(text: Any) -> None:
    short = cut(text)
    assert len(short.encode("utf-16-le")) // 2 <= MAX_CELL_CHARACTERS
    kept, dots, told = short.partition("… [cut, of ")
    assert short == text if not is_too_long(text) else text.startswith(kept) and dots
    assert told in ("", f"{len(text):,} characters]")


def test_a_workbook_has_typed_days_text_cells_and_tells_what_was_cut(hits: Any) -> None:
    openpyxl = pytest.importorskip("openpyxl")
    pytest.importorskip("xlsxwriter")
    fields = ["number", "date", "title", "party", "delay_days", "question", "first_seen"]
    book = openpyxl.load_workbook(io.BytesIO(written("xlsx", hits, fields)))
    head, first, second = book.active.iter_rows()
    assert [cell.value for cell in head] == [*fields, "cut"]
    assert [cell.value for cell in first][:5] == [
        "5-1",
        dt.datetime(2011, 2, 3),
        "Treinen; met, leestekens “en” é",
        None,
        26,
    ]
    assert first[6].value == dt.datetime(2020, 1, 2, 3, 4, 5)
    assert second[2].value == "=1+1" and second[2].data_type == "s" and second[2].number_format == "@"
    assert second[3].value == "3-4" and second[7].value == "question"
    assert len(second[5].value) <= MAX_CELL_CHARACTERS and second[5].value.endswith(" characters]")


def test_the_same_questions_give_the_same_workbook(hits: Any) -> None:
    pytest.importorskip("xlsxwriter")
    assert written("xlsx", hits, ["number", "date"]) == written("xlsx", hits, ["number", "date"])


@given(st.lists(QUESTIONS, max_size=4))
def test_parquet_gives_every_value_back_with_its_type(questions: Any) -> None:
    pq = pytest.importorskip("pyarrow.parquet")
    fields = ["number", "title", "date", "delay_days", "keywords", "french_title", "chronology"]
    table = pq.read_table(io.BytesIO(written("parquet", map(without_hit, questions), fields)))
    assert table.to_pylist() == [
        {
            "number": q.number,
            "title": q.title,
            "date": q.date,
            "delay_days": q.delay_days,
            "keywords": list(q.keywords),
            "french_title": q.french and q.french.title,
            "chronology": "[]",
        }
        for q in questions
    ]


def test_every_format_writes_every_column(hits: Any) -> None:
    for name, form in formats.EXPORT_FORMATS.items():
        if form.is_available:
            assert written(name, hits, COLUMN_NAMES)


def test_a_format_whose_package_is_missing_names_the_extra(monkeypatch: pytest.MonkeyPatch, hits: Any) -> None:
    monkeypatch.setattr(formats, "_is_installed", lambda name: False)
    with pytest.raises(RequestError, match=r"xlsx needs xlsxwriter: pip install 'searchq\[xlsx\]'"):
        formats.write("xlsx", hits, [])


def test_markdown_has_no_marks_of_its_own_in_cells() -> None:
    question = Question("5-1", title="Een ____ met | en *ster* en <b> en [link]\nen meer")
    (_, _, line) = written("markdown", [without_hit(question)], ["title"]).decode().splitlines()
    assert line == r"| Een \_\_\_\_ met \| en \*ster\* en \<b\> en \[link\] en meer |"

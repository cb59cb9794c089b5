"""`searchq search`: filters, formats, pages, remarks and exit codes."""

import csv
import io
import json
from typing import Any

import pytest

from searchq.problems import kind_of

PAGE_KEYS = [
    "query", "total", "groups", "partial_total", "partial_groups", "page", "pages", "limit", "sort", "hits", "facets",
    "histogram", "hints", "translations", "did_you_mean", "relaxations", "jump", "generation", "seconds",
]  # fmt: skip
HIT_KEYS = [
    "number", "date", "title", "minister", "author", "party", "status", "score", "snippets", "siblings", "partial"
]  # fmt: skip


def numbers(answer: Any) -> Any:
    return {row["number"] for row in answer.rows}


def every(ask: Any, *arguments: Any) -> Any:
    """The numbers of all hits."""
    return numbers(ask("search", "--all", "--format", "jsonl", "--fields", "number", *arguments))


def test_json_has_exactly_the_documented_keys(ask: Any) -> None:
    page = ask("search", "telewerk", "--format", "json", "--facet", "party", "--histogram").json
    assert list(page) == PAGE_KEYS
    assert list(page["hits"][0]) == HIT_KEYS
    assert list(page["hits"][0]["snippets"][0]) == [
        "zone",
        "text",
        "highlights",
        "starts_text",
        "ends_text",
        "is_answer",
    ]
    assert list(page["facets"]["party"]) == ["values", "distinct", "missing"]
    assert list(page["facets"]["party"]["values"][0]) == ["value", "count", "selected", "excluded"]
    assert list(page["histogram"]) == ["interval", "bars", "undated"]


def test_siblings_fold_into_one_hit_unless_told_otherwise(ask: Any) -> None:
    folded = ask("search", "telewerk", "--format", "json").json
    assert (folded["total"], folded["groups"], len(folded["hits"][0]["siblings"])) == (5, 1, 4)
    apart = ask("search", "telewerk", "--format", "json", "--no-fold").json
    assert (apart["total"], apart["groups"], len(apart["hits"])) == (5, 5, 5)


def test_a_number_goes_straight_to_its_question(ask: Any) -> None:
    page = ask("search", "5-5511", "--format", "json").json
    assert page["jump"] == page["hits"][0]["number"] == "5-5511"


def test_a_table_names_number_author_title_minister_and_siblings(ask: Any) -> None:
    shown = ask("search", "telewerk")
    assert shown.code == 0
    assert shown.out.startswith("  1. 5-55")
    for part in ("Anneleen Dumoulin-Sels (CD&V)", "Federale overheidsdiensten - Telewerk", "to ", "+ 4 siblings: "):
        assert part in shown.out
    assert "1 hit (5 questions, siblings folded)" in shown.out
    assert max(map(len, shown.out.splitlines())) <= 90


CHOICES = {
    "portfolio": ("Justitie", lambda record: "Justitie" in record["portfolios"]),
    "author": ("Saskia Ramaekers", lambda record: record["author"] == "Saskia Ramaekers"),
    "party": ("sp.a", lambda record: record["party"] == "sp.a"),
    "keyword": ("sociale media", lambda record: "sociale media" in record["keywords"]),
    "title-part": ("Telewerk", lambda record: "Telewerk" in record["title_path"]),
    "legislature": ("5", lambda record: record["legislature"] == 5),
    "session": ("2011-2012", lambda record: record["session"] == "2011-2012"),
    "year": ("2012", lambda record: (record["date"] or "").startswith("2012")),
    "month": ("2012-02", lambda record: (record["date"] or "").startswith("2012-02")),
    "status": ("open", lambda record: record["status"] == "open"),
    "language": ("fr", lambda record: record["language"] == "fr"),
    "reminders": ("1", lambda record: record["reminders"] == 1),
    "delay": ("31-60", lambda record: record["delay_days"] is not None and 31 <= record["delay_days"] <= 60),
    "minister": ("Justitie", lambda record: "Justitie" in record["portfolios"]),
}


@pytest.mark.parametrize("flag", CHOICES)
def test_a_filter_keeps_what_a_plain_count_keeps(flag: Any, ask: Any, records: Any) -> None:
    value, holds = CHOICES[flag]
    kept = {record["number"] for record in records if holds(record)}  # type: ignore[no-untyped-call]
    assert kept
    assert every(ask, f"--{flag}", value) == kept
    assert every(ask, f"--exclude-{flag}", value) == {record["number"] for record in records} - kept


def test_values_of_one_filter_are_alternatives_and_different_filters_all_hold(ask: Any, records: Any) -> None:
    wanted = {
        record["number"] for record in records if record["party"] in {"sp.a", "CD&V"} and record["legislature"] == 5
    }
    assert every(ask, "--party", "sp.a", "--party", "cd&v", "--legislature", "5") == wanted


@pytest.mark.parametrize("first", ["2012", "2012-01", "2012-01-01", "1/1/2012"])
def test_dates_are_written_as_people_write_them(first: str, ask: Any, records: Any) -> None:
    wanted = {record["number"] for record in records if "2012-01-01" <= (record["date"] or "") <= "2012-12-31"}
    assert every(ask, "--from", first, "--to", "2012") == wanted


def test_answers_have_a_range_of_their_own(ask: Any, records: Any) -> None:
    wanted = {record["number"] for record in records if (record["answer_date"] or "") >= "2015"}
    assert every(ask, "--answered-from", "2015") == wanted


def test_days_waited_are_a_filter_and_a_field(ask: Any, records: Any) -> None:
    slow = every(ask, "--waited", ">100")
    assert slow == every(ask, "wachttijd:>100")
    assert slow >= {record["number"] for record in records if (record["delay_days"] or 0) > 100} != set()
    assert ask("search", "--waited", "lang").code == 2


def test_days_told_from_today_are_days(ask: Any, records: Any) -> None:
    dated = {record["number"] for record in records if record["date"]}
    assert every(ask, "--to", "gisteren") == every(ask, "datum:<=gisteren") == dated


def test_nothing_found_is_exit_code_1_and_says_what_to_change(ask: Any) -> None:
    empty = ask("search", "energiefactuur", "--party", "Gron")
    assert (empty.code, empty.out) == (1, "")
    assert "did you mean “Groen”?" in empty.err
    assert "Nothing found." in empty.err
    assert "Without “Gron”: 3 questions." in empty.err


def test_nothing_found_stays_parsable_json(ask: Any) -> None:
    empty = ask("search", "energiefactuur", "--party", "Gron", "--format", "json")
    assert (empty.code, empty.json["total"], empty.json["hits"]) == (1, 0, [])


def test_nothing_found_in_an_export_says_so_too(ask: Any) -> None:
    empty = ask("search", "--party", "Gron", "--all", "--format", "csv")
    assert empty.code == 1
    assert "Nothing found." in empty.err


def test_a_page_beyond_the_last_names_the_last(ask: Any) -> None:
    beyond = ask("search", "--page", "99")
    assert (beyond.code, beyond.out) == (1, "")
    assert "There is no page 99; the last is --page 3." in beyond.err


def test_pages_together_hold_each_hit_once(ask: Any, records: Any) -> None:
    found = [row["number"] for page in "1234" for row in ask(
        "search", "--page", page, "--limit", "15", "--no-fold", "--format", "jsonl").rows]  # fmt: skip
    assert sorted(found) == sorted(record["number"] for record in records)


def test_no_query_lists_the_newest_first(ask: Any) -> None:
    dates = [hit["date"] for hit in ask("search", "--format", "json").json["hits"]]
    assert dates == sorted(dates, reverse=True)


def test_fields_choose_and_order_the_columns(ask: Any) -> None:
    rows = ask("search", "telewerk", "--no-fold", "--format", "jsonl", "--fields", "title,delay-days").rows
    assert {tuple(row) for row in rows} == {("title", "delay_days")}
    table = ask("search", "telewerk", "--no-fold", "--fields", "number,delay_days", "--sort", "number").out
    assert table.splitlines()[0] == "number  delay_days"
    assert table.splitlines()[1].split() == ["5-5511", "49"]


def test_csv_is_read_back_as_it_was(ask: Any, records: Any) -> None:
    written = ask("search", "--all", "--sort", "number", "--format", "csv", "--fields", "number,title,portfolios").out
    rows = list(csv.reader(io.StringIO(written)))
    assert rows == [
        ["number", "title", "portfolios"],
        *([one["number"], one["title"] or "", "; ".join(one["portfolios"])] for one in records),
    ]


def test_markdown_is_one_table(ask: Any) -> None:
    lines = ask("search", "5-5511", "--format", "markdown", "--fields", "number,party").out.splitlines()
    assert lines == ["| number | party |", "| --- | --- |", "| 5-5511 | CD&V |"]


@pytest.mark.parametrize("form", ["csv", "jsonl", "markdown"])
def test_rows_have_one_question_each_unless_told_to_fold(form: str, ask: Any) -> None:
    def rows(*more: Any) -> Any:
        lines = ask("search", "telewerk", "--format", form, "--fields", "number", *more).out.splitlines()
        return [line for line in lines if "5-551" in line]

    assert (len(rows()), len(rows("--fold")), len(rows("--no-fold"))) == (5, 1, 5)


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (
            ["--fields", "number,colour", "x"],
            "--fields: unknown field 'colour'; choose from number, house, legislature",
        ),
        (["--all", "x"], "--all writes json, jsonl, csv, markdown, xlsx, parquet, not table; add --format csv."),
        (
            ["--from", "2013-13"],
            "Cannot read “2013-13” as a date; write 2013, april 2013, 2013-04-30, gisteren or 30/4/2013.",
        ),
        (["--facet", "colour"], "Unknown facet “colour”; choose from minister, portfolio"),
        (["--facet", "party:many"], "“party:many” does not give a number of values; write party:20."),
        (["--limit", "0"], "0 is not in the range 1<=x<=100"),
        (["--prty", "PS"], "Did you mean"),
        (["-fiets"], "-fiets was read as options; to search for it, write -- before it: `searchq search -- -fiets`."),
    ],
)
def test_a_value_nobody_could_mean_is_exit_code_2_in_one_line(arguments: Any, sentence: str, ask: Any) -> None:
    refused = ask("search", *arguments)
    assert (refused.code, refused.out) == (2, "")
    assert sentence in refused.err
    assert refused.err.count("\n") == 1


def test_a_query_after_two_dashes_may_begin_with_a_dash(ask: Any, records: Any) -> None:
    found = every(ask, "--", "-fiets")
    assert found
    assert found == {one["number"] for one in records} - every(ask, "fiets")


@pytest.mark.parametrize(
    "query", ["", "   ", "(((", '"', "foo:bar", "AND OR", "*", "5-", "-", "a" * 600, "qqqq* NABIJ/5 fiets"]
)
def test_an_odd_query_is_never_an_error(query: Any, ask: Any) -> None:
    assert ask("search", "--", query).code in {0, 1}


def test_questions_with_problems_are_found_by_kind(ask: Any) -> None:
    found = ask("search", "--with-problems", "--all", "--format", "jsonl", "--fields", "number,problems")
    held = [json.loads(line) for line in found.out.splitlines()]
    every = [
        json.loads(line)
        for line in ask("search", "--all", "--format", "jsonl", "--fields", "number,problems").out.splitlines()
    ]
    assert sorted(one["number"] for one in held) == sorted(one["number"] for one in every if one["problems"])
    assert held
    assert ask("search", "--with-problems").err == ""
    kinds = {kind_of(problem) for one in held for problem in one["problems"]}
    told = ask("search", "--problem", min(kinds), "--all", "--format", "jsonl")
    assert 0 < len(told.out.splitlines()) <= len(held)

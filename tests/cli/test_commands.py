"""Every command but search: what it prints, as text and as JSON, and its exit codes."""

import csv
import io
import json
import math
import shutil
from pathlib import Path
from typing import Any

import pytest

from searchq.cli.main import COMMANDS
from searchq.samples import samples_path

PAGES = samples_path() / "nl-web"


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder to work in, without an index named from outside."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_helps_with_examples(name: Any, ask: Any) -> None:
    shown = ask(name, "--help")
    assert (shown.code, shown.err) == (0, "")
    assert shown.out.startswith(f"Usage: searchq {name}")
    assert f"Examples:\n    searchq {name}" in shown.out.replace("    searchq export | searchq", "    searchq")


def test_without_a_command_the_help_is_shown(ask: Any) -> None:
    assert ask().code == 2
    assert "Begin with:" in ask("--help").out


def test_a_mistyped_command_names_the_nearest(ask: Any) -> None:
    refused = ask("serach")
    assert refused.code == 2
    assert refused.err == "searchq: No such command 'serach'. Did you mean 'search'? See 'searchq --help'.\n"


@pytest.mark.parametrize(
    "arguments", [["search", "x"], ["show", "5-1"], ["facets"], ["info"], ["check"], ["export"], ["stats"]]
)
def test_a_missing_index_is_exit_code_3_with_the_remedy(arguments: Any, ask: Any, place: Any) -> None:
    missing = ask(*arguments, "--index", "nowhere")
    assert (missing.code, missing.out) == (3, "")
    assert missing.err == "searchq: There is no index in nowhere yet; build one with `searchq index FILES`.\n"


def test_show_tells_all_of_a_question(ask: Any) -> None:
    shown = ask("show", "5-5511").out
    for part in (
        "Written question 5-5511 · answered in 49 days",
        "asked by     Anneleen Dumoulin-Sels (CD&V)",
        "siblings     5-5512, 5-5513, 5-5514, 5-5515",
        "2012-02-09   Verzending vraag",
        "\nAnswer\n",
    ):
        assert part in shown
    assert max(map(len, shown.splitlines())) <= 90


def test_show_as_json_is_the_record(ask: Any, records: Any) -> None:
    assert [ask("show", record["number"], "--format", "json").json for record in records[:5]] == records[:5]


@pytest.mark.parametrize(
    ("number", "sentence"),
    [
        ("5-5510", "The index does not contain question 5-5510; near it: 5-5120, 5-5511."),
        ("9-1", "The index does not contain question 9-1; nor any other of legislature 9."),
        ("99999", "The index does not contain question 99999."),
        ("fiets", "'fiets' is not a question number; write one such as 5-8902."),
    ],
)
@pytest.mark.parametrize("command", [["show"], ["similar"], ["explain", "fiets"]])
def test_an_unknown_number_is_exit_code_1_and_names_the_nearest(
    command: Any, number: str, sentence: str, ask: Any, records: Any
) -> None:
    unknown = ask(*command, number)
    assert (unknown.code, unknown.out) == (1, "")
    if number == "5-5510":
        serials = [int(one["number"][2:]) for one in records if one["number"].startswith("5-")]
        near = max(serial for serial in serials if serial < 5510), min(serial for serial in serials if serial > 5510)
        sentence = f"The index does not contain question 5-5510; near it: 5-{near[0]}, 5-{near[1]}."
    assert unknown.err == f"searchq: {sentence}\n"


def test_similar_leaves_out_the_question_and_its_siblings(ask: Any) -> None:
    found = ask("similar", "5-5511", "--format", "json", "--limit", "5").json
    assert not {hit["number"] for hit in found["hits"]} & {f"5-551{last}" for last in range(1, 6)}
    assert found["total"] == len(found["hits"]) <= 5


def test_suggest_completes_words(ask: Any) -> None:
    found = ask("suggest", "telew", "--format", "json").json
    assert {"text": "telewerk", "kind": "word", "count": 5} in found
    assert ask("suggest", "telew").out.splitlines()[0].split() == ["telewerk", "word,", "5", "questions"]
    assert ask("suggest", "qqqq").code == 1


def test_facets_count_as_a_plain_count_does(ask: Any, records: Any) -> None:
    counted = ask("facets", "--facet", "party:50", "--format", "json").json
    parties = [record["party"].replace("Groen!", "Groen") for record in records if record["party"]]  # Groen! is Groen
    values = {one["value"]: one["count"] for one in counted["facets"]["party"]["values"]}
    assert counted["total"] == len(records)
    assert values == {party: parties.count(party) for party in set(parties)}
    assert counted["facets"]["party"]["missing"] == len(records) - len(parties)


def test_facets_draw_what_is_chosen_and_what_is_barred(ask: Any) -> None:
    drawn = ask("facets", "--party", "sp.a", "--exclude-party", "CD&V", "--facet", "party:2").out
    assert [line[1] for line in drawn.splitlines()[3:] if "sp.a" in line or "CD&V" in line].count("+") == 1
    assert any(line.startswith(" - CD&V") for line in drawn.splitlines())


def test_facets_of_nothing_are_exit_code_1(ask: Any) -> None:
    assert ask("facets", "qqqqzz").code == 1


def test_stats_count_as_a_plain_count_does(ask: Any, records: Any) -> None:
    table = ask("stats", "--by", "party", "--format", "json").json
    total = table["total"]
    assert total["questions"] == len(records)
    assert total["answered"] == sum(one["status"] in {"answered", "answered-without-text"} for one in records)
    row = next(row for row in table["rows"] if row["value"] == "sp.a")
    assert row["questions"] == sum(one["party"] == "sp.a" for one in records)


def test_stats_as_csv_has_every_row(ask: Any) -> None:
    rows = list(csv.reader(io.StringIO(ask("stats", "--by", "year", "--rows", "1", "--format", "csv").out)))
    assert rows[0][:3] == ["year", "questions", "answered"]
    assert len(rows) > 10


@pytest.mark.parametrize(("ending", "first"), [("svg", b"<?xml"), ("png", b"\x89PNG")])
def test_stats_draw_to_a_file(ending: str, first: bytes, ask: Any, place: Any) -> None:
    pytest.importorskip("matplotlib", reason="drawing needs the extra plot")
    assert ask("stats", "--by", "party", "--plot", f"delays.{ending}").code == 0
    assert (place / f"delays.{ending}").read_bytes().startswith(first)


def test_stats_refuse_to_draw_to_another_ending(ask: Any, place: Any) -> None:
    refused = ask("stats", "--plot", "delays.pdf")
    assert refused.code == 2
    assert "delays.pdf ends in neither .svg nor .png." in refused.err


def test_info_tells_what_the_index_holds(ask: Any, records: Any) -> None:
    assert ask("info", "--format", "json").json["questions"] == len(records)
    assert f"questions    {len(records)}\n" in ask("info").out


def test_check_finds_every_altered_file(ask: Any, index: Any, place: Any) -> None:
    assert ask("check").out == "OK: every file matches its checksum.\n"
    shutil.copytree(index, "torn")
    altered = [next(Path("torn").glob("*.records")), next(Path("torn").glob("*.words"))]
    for path in altered:
        path.write_bytes(path.read_bytes()[:-8] + b"tampered")
    found = ask("check", "--index", "torn")
    assert (found.code, found.out) == (3, "")
    assert all(path.name in found.err for path in altered)
    assert "searchq index --rebuild" in found.err


def test_a_broken_index_is_exit_code_3(ask: Any, index: Any, place: Any) -> None:
    shutil.copytree(index, "torn")
    Path("torn/manifest.json").write_text("{", encoding="utf-8")
    broken = ask("search", "fiets", "--index", "torn")
    assert (broken.code, broken.err.count("\n")) == (3, 1)


def test_an_export_is_read_back_equal_but_for_the_source(ask: Any, records: Any, place: Any) -> None:
    assert ask("export", "--output", "all.jsonl").code == 0
    lines = Path("all.jsonl").read_text(encoding="utf-8").splitlines()
    assert [json.loads(line) for line in lines] == records
    assert ask("index", "all.jsonl", "--index", "copy", "--quiet").code == 0
    back = ask("export", "--index", "copy").rows
    elsewhere = {"source": None, "sources": None}
    assert [one | elsewhere for one in back] == [one | elsewhere for one in records]
    for one, was in zip(back, records, strict=True):
        assert one["sources"] == [one["source"], *(page for page in was["sources"] if page["layout"] != "record")]


def test_what_is_gone_is_named_until_it_is_pruned(ask: Any, place: Any) -> None:
    shutil.copytree(PAGES, "pages")
    ask("index", "pages", "--index", "mine")
    first = min(Path("pages").iterdir())
    number = next(row["number"] for row in ask("export", "--index", "mine").rows if row["source"]["path"] == str(first))
    first.unlink()
    kept = ask("index", "pages", "--index", "mine")
    assert kept.out.endswith("gone      1 document indexed before; its questions remain (--prune removes them)\n")
    pruned = ask("index", "pages", "--index", "mine", "--prune", "--report", "report.json")
    assert pruned.out.endswith(f"removed   {number}: {first}: the document is gone\n")
    report = json.loads(Path("report.json").read_text(encoding="utf-8"))
    assert report["removed"] == [
        {"number": number, "name": str(first), "reason": "the document is gone", "whole": True}
    ]
    assert ask("show", number, "--index", "mine").code == 1
    assert "gone" not in ask("index", "pages", "--index", "mine").out


def test_questions_are_removed_by_number(ask: Any, place: Any) -> None:
    shutil.copytree(PAGES, "pages")
    ask("index", "pages", "--index", "mine")
    number = ask("export", "--index", "mine").rows[0]["number"]
    removed = ask("remove", number, "9-9", "--index", "mine")
    assert (removed.code, removed.err) == (1, "The index does not contain question 9-9.\n")
    assert removed.out.startswith(f"{number}: pages/") and removed.out.endswith(": removed by number\n")
    assert ask("show", number, "--index", "mine").code == 1
    assert ask("remove", number, "--index", "nowhere").code == 3


def test_an_export_that_fails_leaves_the_old_file(ask: Any, place: Any) -> None:
    Path("all.jsonl").write_text("precious\n", encoding="utf-8")
    assert ask("export", "--index", "nowhere", "--output", "all.jsonl").code == 3
    assert Path("all.jsonl").read_text(encoding="utf-8") == "precious\n"
    assert [path.name for path in place.iterdir()] == ["all.jsonl"]


def test_a_file_that_cannot_be_written_is_one_line(ask: Any, place: Any) -> None:
    refused = ask("export", "--output", "no/such/folder.jsonl")
    assert refused.code == 2
    assert refused.err.count("\n") == 1
    assert "No such file or directory; check the path" in refused.err


def test_indexing_accounts_for_every_document(ask: Any, place: Any) -> None:
    shutil.copytree(PAGES, "pages")
    Path("pages/notes.txt").write_text("Call the library.\n", encoding="utf-8")
    count = len(list(PAGES.iterdir()))
    first = ask("index", "pages", "--index", "mine", "--report", "report.json", "--strict")
    assert first.code == 1  # for the rejected one
    assert first.out.startswith(f"read {count + 1} = added {count} + updated 0 + unchanged 0 + rejected 1  (")
    assert "rejected  pages/notes.txt: it has the layout of no written question" in first.out
    report = json.loads(Path("report.json").read_text(encoding="utf-8"))
    assert report["rejections"] == [{"name": "pages/notes.txt", "reason": "it has the layout of no written question"}]
    again = ask("index", "pages", "--index", "mine")
    assert again.code == 0
    assert again.out.startswith(f"read {count + 1} = added 0 + updated 0 + unchanged {count} + rejected 1  (")
    assert ask("index", "pages", "--index", "mine", "--quiet").out == ""


def test_indexing_nothing_at_all_is_exit_code_1(ask: Any, place: Any) -> None:
    nothing = ask("index", "nowhere.txt", "--index", "mine")
    assert nothing.code == 1
    assert "rejected  nowhere.txt: there is no such file or folder" in nothing.out


def test_a_report_that_cannot_be_written_is_told_before_the_work(ask: Any, place: Any) -> None:
    refused = ask("index", str(PAGES), "--index", "mine", "--report", "no/such/report.json")
    assert refused.code == 2
    assert not Path("mine").exists()


def test_parse_gives_records_without_an_index(ask: Any, records: Any) -> None:
    page = str(PAGES / "5-5511.txt")
    told = next(record for record in records if record["number"] == "5-5511")
    wanted = told | {"first_seen": None, "answer_first_seen": None}  # an index keeps them, no document tells them
    assert ask("parse", page).rows == [wanted]
    assert ask("parse", page, "--format", "json").json == [wanted]
    assert "Written question 5-5511" in ask("parse", page, "--format", "text").out


def test_parse_names_what_is_no_question(ask: Any, place: Any) -> None:
    Path("notes.txt").write_text("Call the library.\n", encoding="utf-8")
    rejected = ask("parse", "notes.txt", "--format", "json")
    assert (rejected.code, rejected.json) == (1, [])
    assert rejected.err == "rejected  notes.txt: it has the layout of no written question\n"
    assert ask("parse", str(PAGES / "5-5511.txt"), "notes.txt").code == 0
    assert ask("parse", str(PAGES / "5-5511.txt"), "notes.txt", "--strict").code == 1


def test_analyze_tells_terms_and_why(ask: Any) -> None:
    told = ask("analyze", "de huizen", "--format", "json").json
    assert [(word["word"], word["start"], word["end"]) for word in told["words"]] == [("de", 0, 2), ("huizen", 3, 9)]
    assert told["words"][0]["terms"] == []
    assert told["words"][1]["terms"][0]["term"] == "huis"
    assert ask("analyze", "x", "--field", "colour").code == 2
    assert "acronym   nmbs = nationale" in ask("analyze", "NMBS", "--index", "nowhere").out


def test_explain_adds_up_to_the_score(ask: Any) -> None:
    hit = ask("search", "telewerk", "--no-fold", "--format", "json").json["hits"][0]
    told = ask("explain", "telewerk", hit["number"], "--format", "json").json
    assert told["value"] == pytest.approx(hit["score"], rel=1e-4)
    assert told["value"] == pytest.approx(math.prod(told["figures"].values()) * told["parts"][0]["value"], rel=1e-6)
    lines = ask("explain", "telewerk", hit["number"]).out.splitlines()
    assert float(lines[0].split()[0]) == pytest.approx(hit["score"], abs=1e-3)
    assert "text:telewerk" in "".join(lines)


def test_every_figure_of_a_total_is_told(ask: Any) -> None:
    hit = ask("search", "sociale media", "--no-fold", "--format", "json").json["hits"][0]
    told = ask("explain", "sociale media", hit["number"], "--format", "json").json
    total = ask("explain", "sociale media", hit["number"]).out.splitlines()[0]
    figures = dict(zip(total.split()[2::2], map(float, total.split()[3::2]), strict=True))
    assert [*figures] == ["recency", "as-typed"]
    assert [*told["figures"]] == ["recency", "as_typed"]
    assert told["value"] == pytest.approx(math.prod(figures.values()) * told["parts"][0]["value"], rel=1e-3)


def test_explain_says_when_a_query_does_not_find_the_question(ask: Any) -> None:
    told = ask("explain", "fiets", "5-5511")
    assert (told.code, told.out, told.err) == (1, "", "“fiets” does not match 5-5511.\n")


def test_the_demo_builds_searches_and_says_what_to_try(ask: Any, place: Any) -> None:
    shown = ask("demo", "--index", "demo-index")
    assert (shown.code, shown.err) == (0, "")
    assert shown.out.startswith("read 58 = added 58 + updated 0 + unchanged 0 + rejected 0  (")
    assert "Now try\n" in shown.out
    assert ask("demo", "--index", "demo-index").code == 0


def test_the_demo_leaves_an_index_of_other_questions_alone(ask: Any, place: Any) -> None:
    shutil.copytree(PAGES, "pages")
    ask("index", "pages", "--index", "mine", "--quiet")
    refused = ask("demo", "--index", "mine")
    assert refused.code == 2
    assert "mine contains other questions" in refused.err
    assert ask("info", "--index", "mine", "--format", "json").json["generation"] == 1

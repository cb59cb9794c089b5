"""Siblings of the Chamber: whichever run brought a route, the index names just those that it holds."""

import io
import json
import zipfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from searchq.api import open_index
from searchq.cli.main import main
from searchq.engines.open import open_engine
from searchq.errors import IndexMissing
from searchq.indexing import index_paths, remove_questions
from searchq.indexing.rows import Rows
from searchq.indexing.siblings import ROUTES, ROUTES_SINCE
from tests.documents.chamber_records import record, xml
from tests.indexing.test_merge_pages import dutch

DOCNAMES = ("2025202600001", "2025202600002")


def number(rank: int, docname: str) -> str:
    return f"56-{rank}-0930-{docname}"


def write(folder: Path, name: str, rank: int, docname: str, **changed: Any) -> None:
    route = f"56--{rank}-0930-{docname}"
    folder.mkdir(exist_ok=True)
    (folder / name).write_text(json.dumps(record(SDOCNAME=route, **changed)), encoding="utf-8")


def siblings(index: Path) -> dict[str, list[str]]:
    try:
        questions = list(open_index(index).questions())
    except IndexMissing:
        return {}
    return {one.number: [reference.number for reference in one.references] for one in questions}


def test_the_routes_of_one_question_name_one_another_whatever_they_come_in(tmp_path: Path) -> None:
    write(tmp_path / "in", "a.json", 7, DOCNAMES[0])
    with zipfile.ZipFile(tmp_path / "in" / "b.zip", "w") as archive:
        archive.writestr("x.xml", xml(record(SDOCNAME=f"56-B045-10-0100-{DOCNAMES[0]}")))
    index_paths([tmp_path / "in"], tmp_path / "index", jobs=1)
    first, last = number(7, DOCNAMES[0]), f"56-10-0100-{DOCNAMES[0]}"
    assert siblings(tmp_path / "index") == {first: [last], last: [first]}
    assert [one.number for one in open_index(tmp_path / "index").siblings(first)] == [first, last]


def test_a_route_of_a_later_run_completes_its_siblings_and_the_run_after_it_finds_nothing_new(tmp_path: Path) -> None:
    write(tmp_path / "in", "a.json", 7, DOCNAMES[0])
    index_paths([tmp_path / "in"], tmp_path / "index", jobs=1)
    write(tmp_path / "later", "b.json", 8, DOCNAMES[0])
    index_paths([tmp_path / "later"], tmp_path / "index", jobs=1)
    first, second = number(7, DOCNAMES[0]), number(8, DOCNAMES[0])
    assert siblings(tmp_path / "index") == {first: [second], second: [first]}
    report = index_paths([tmp_path / "in", tmp_path / "later"], tmp_path / "index", jobs=1)
    assert (report.unchanged, report.added, report.updated) == (2, 0, 0)


def test_a_publication_updates_the_question_and_leaves_its_siblings(tmp_path: Path) -> None:
    for rank in (7, 8):
        write(tmp_path / "in", f"{rank}.json", rank, DOCNAMES[0])
    index_paths([tmp_path / "in"], tmp_path / "index", jobs=1)
    published = record(SDOCNAME=f"56-B045-7-0930-{DOCNAMES[0]}", TEXTA1N="Nieuw.")
    (tmp_path / "in" / "7.json").write_text(json.dumps(published), encoding="utf-8")
    report = index_paths([tmp_path / "in"], tmp_path / "index", jobs=1)
    assert (report.updated, report.unchanged) == (1, 1)
    assert siblings(tmp_path / "index")[number(7, DOCNAMES[0])] == [number(8, DOCNAMES[0])]


def test_a_cancelled_route_is_no_sibling_in_the_index(tmp_path: Path) -> None:
    write(tmp_path / "in", "7.json", 7, DOCNAMES[0])
    page = {"items": [record(SDOCNAME=f"56--8-0930-{DOCNAMES[0]}", STATUSQ="canceled")]}
    (tmp_path / "in" / "8.json").write_text(json.dumps(page, indent=1), encoding="utf-8")
    report = index_paths([tmp_path / "in"], tmp_path / "index", jobs=1)
    assert [rejection.reason for rejection in report.rejections] == [
        "the question was cancelled (the Chamber calls it “canceled”)"
    ]
    assert siblings(tmp_path / "index") == {number(7, DOCNAMES[0]): []}


def test_routes_kept_by_the_edition_before_are_known_and_become_rows(tmp_path: Path) -> None:
    first, second = number(7, DOCNAMES[0]), number(8, DOCNAMES[0])
    write(tmp_path / "in", "a.json", 7, DOCNAMES[0])
    index_paths([tmp_path / "in"], tmp_path / "index", jobs=1)
    with open_engine(tmp_path / "index").update() as update:
        update.keep(ROUTES, f"{first}\n{number(7, DOCNAMES[1])}".encode())  # lines of numbers, as they were
        update.keep(ROUTES_SINCE, b"")
        update.commit()
    (tmp_path / "senate").mkdir()
    (tmp_path / "senate" / "6-1234.txt").write_text(dutch())
    index_paths([tmp_path / "senate"], tmp_path / "index", jobs=1)
    assert open_engine(tmp_path / "index").state(ROUTES).startswith(first.encode())  # nobody asked for them
    write(tmp_path / "later", "b.json", 8, DOCNAMES[0])
    index_paths([tmp_path / "later"], tmp_path / "index", jobs=1)
    assert siblings(tmp_path / "index") == {first: [second], second: [first], "6-1234": []}
    state = open_engine(tmp_path / "index").state
    rows = Rows.load(state(ROUTES), state(ROUTES_SINCE))
    assert rows is not None
    assert [rows.line(int(docname)) for docname in DOCNAMES] == [
        f"{DOCNAMES[0]}\t{first} {second}".encode(),
        f"{DOCNAMES[1]}\t{number(7, DOCNAMES[1])}".encode(),
    ]


def test_a_question_removed_by_number_is_no_sibling_any_more(tmp_path: Path) -> None:
    for rank in (7, 8, 9):
        write(tmp_path / "in", f"{rank}.json", rank, DOCNAMES[0])
    index_paths([tmp_path / "in"], tmp_path / "index", jobs=1)
    remove_questions([number(8, DOCNAMES[0])], tmp_path / "index")
    assert siblings(tmp_path / "index")[number(7, DOCNAMES[0])] == [number(9, DOCNAMES[0])]


def test_the_later_of_two_archives_wins_and_an_answer_is_not_lost(tmp_path: Path) -> None:
    for name, day, changed in (
        ("old.zip", "2026-03-01", {"TITN": "Oud."}),
        ("new.zip", "2026-09-01", {"TITN": "Nieuw.", "TEXTA1N": None, "TEXTA1F": None, "TEXTA2N": None}),
    ):
        with zipfile.ZipFile(tmp_path / name, "w") as archive:
            archive.writestr("a.json", json.dumps(record(**changed)))
        (tmp_path / f".{name}.json").write_text(json.dumps({"fetched": f"{day}T12:00:00+00:00"}), encoding="utf-8")
    index_paths([tmp_path / "old.zip", tmp_path / "new.zip"], tmp_path / "index", jobs=1)
    (question,) = open_index(tmp_path / "index").questions()
    assert question.answer == "1. Tien.\n2. Daarom.\n\nHet zijn er elf."
    assert question.status == "answered"
    assert str(question.last_seen) == "2026-09-01"


STEPS = st.lists(
    st.tuples(st.sampled_from("abc"), st.integers(1, 4), st.sampled_from([*DOCNAMES, None])), min_size=1, max_size=6
)


@settings(max_examples=12, deadline=None)
@given(STEPS, st.booleans())
def test_runs_one_after_the_other_give_what_one_run_gives(
    tmp_path_factory: pytest.TempPathFactory, steps: Any, cancelled: Any
) -> None:
    root = tmp_path_factory.mktemp("steps")
    for name, rank, docname in steps:
        if docname is None:
            (root / "in" / f"{name}.json").unlink(missing_ok=True)
        else:
            write(root / "in", f"{name}.json", rank, docname, STATUSQ="canceled" if cancelled and rank == 4 else "x")
        (root / "in").mkdir(exist_ok=True)
        index_paths([root / "in"], root / "index", jobs=1, prune_emptied=True)
    index_paths([root / "in"], root / "anew", jobs=1, rebuild=True)
    if not (cancelled and any(rank == 4 for _, rank, _ in steps)):  # what was cancelled later stays as it was
        assert siblings(root / "index") == siblings(root / "anew")
    for one, named in siblings(root / "index").items():
        held = [other for other in siblings(root / "index") if other[-13:] == one[-13:] and other != one]
        assert named == held


def test_parse_gives_the_siblings_within_standard_input(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    routes = [f"56--{rank}-0930-2025202606531" for rank in (7, 8)]
    lines = "\n".join(json.dumps(record(SDOCNAME=route)) for route in routes)
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(lines.encode("utf-8-sig"))))
    assert main(["parse", "-"]) == 0
    found = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [[one["number"] for one in each["references"]] for each in found] == [
        ["56-8-0930-2025202606531"],
        ["56-7-0930-2025202606531"],
    ]

"""`searchq backup` and `searchq restore`: what they print, their exit codes, and what they refuse."""

import datetime as dt
import shutil
from pathlib import Path

import pytest

import searchq
from searchq.indexing import backup_index, index_paths, restore_index
from tests.cli.conftest import Ask
from tests.indexing.test_run import page

KEYS = ["generation", "questions", "files", "bytes", "written", "seconds"]
DAYS = [dt.datetime(2026, 5, day, 6, 30, tzinfo=dt.UTC) for day in range(1, 10)]


def test_a_backup_is_an_index_and_restores_one(ask: Ask, index: str, tmp_path: Path) -> None:
    kept, copy = str(tmp_path / "kept"), str(tmp_path / "copy")
    made = ask("backup", kept)
    assert (made.code, made.err) == (0, "")
    assert made.out.startswith("backed up generation 1: 58 questions, 16 files, ")
    again = ask("backup", kept, "--format", "json").json
    assert (list(again), again["written"]) == (KEYS, 0)
    assert ask("check", "--index", kept).code == 0
    assert ask("restore", kept, "--index", copy).out.startswith("restored as generation 1: 58 questions, ")
    assert (
        ask("search", "trein", "--index", copy, "--format", "csv").out == ask("search", "trein", "--format", "csv").out
    )
    assert (ask("backup", kept, "--quiet").out, ask("restore", kept, "--index", copy, "--quiet").out) == ("", "")


def test_what_is_refused_has_its_exit_code(ask: Ask, tmp_path: Path) -> None:
    (tmp_path / "thesis.txt").write_text("years of work")
    refused = ask("backup", str(tmp_path))
    assert (refused.code, refused.out) == (2, "")
    assert refused.err.startswith(f"searchq: {tmp_path} holds other files, and no backup; ")
    missing = ask("restore", str(tmp_path / "nowhere"), "--index", str(tmp_path / "index"))
    assert (missing.code, missing.out) == (3, "")
    assert "There is no whole backup in " in missing.err
    assert not (tmp_path / "index").exists()


@pytest.mark.parametrize("command", ["backup", "restore"])
def test_an_index_on_a_cluster_is_left_to_the_cluster(command: str, ask: Ask, tmp_path: Path) -> None:
    for places in (["kept", "--index", "opensearch+http://localhost:9/x"], ["opensearch+http://localhost:9/x"]):
        refused = ask(command, *places)
        assert (refused.code, refused.out) == (3, "")
        assert refused.err == (
            "searchq: An index on a cluster is backed up by snapshots of the cluster, as docs/cluster.md says.\n"
        )


def test_a_broken_index_names_the_backup_as_the_remedy(ask: Ask, index: str, tmp_path: Path) -> None:
    copy = shutil.copytree(index, tmp_path / "copy")
    next(copy.glob("*.words")).write_bytes(b"")
    told = ask("check", "--index", str(copy)).err
    assert "restore a backup: `searchq restore FOLDER`" in told
    assert "when its questions were first seen may then be lost" in told
    assert "restore a backup with `searchq restore`" in ask("search", "trein", "--index", str(copy)).err


def test_after_a_restoration_nothing_is_missed_read_twice_or_seen_anew(tmp_path: Path) -> None:
    documents, place, kept = tmp_path / "documents", tmp_path / "index", tmp_path / "kept"
    documents.mkdir()

    def run(day: int, number: str) -> int:
        (documents / f"{number}.txt").write_text(page(number))
        return index_paths([documents], place, moment=DAYS[day], jobs=1).unchanged

    run(0, "5-1")
    backup_index(place, kept)
    run(1, "5-2")
    run(2, "5-3")
    told = searchq.open(place).generation  # as an alert remembers it
    report = restore_index(kept, place)
    assert (report.generation, told) == (4, 3)
    assert searchq.open(place).news(after=told).total == 0
    assert run(5, "5-4") == 1  # only what the backup held needs no reading
    index = searchq.open(place)
    assert {one.question.number for one in index.news(after=told).entries} == {"5-2", "5-3", "5-4"}
    assert {one.number: one.first_seen for one in index.questions()} == {
        "5-1": DAYS[0], "5-2": DAYS[5], "5-3": DAYS[5], "5-4": DAYS[5],
    }  # fmt: skip


def test_the_problems_of_documents_are_told_after_a_restoration(tmp_path: Path) -> None:
    documents, place, kept = tmp_path / "documents", tmp_path / "index", tmp_path / "kept"
    documents.mkdir()

    def told(number: str) -> list[str]:
        (documents / f"{number}.txt").write_text(page(number).replace("3/5/2011Verzending", "31/4/2011Verzending"))
        problems = index_paths([documents], place, jobs=1).problems
        return sorted(name.partition(" ")[0] for name, sentences in problems if sentences)

    assert told("5-1") == ["5-1"]
    assert told("5-2") == ["5-1", "5-2"]  # of which one is in the base, one in the journal
    backup_index(place, kept)
    assert told("5-3") == ["5-1", "5-2", "5-3"]
    restore_index(kept, place)
    assert index_paths([documents], place, jobs=1).unchanged == 2
    assert told("5-4") == ["5-1", "5-2", "5-3", "5-4"]


def test_a_torn_manifest_loses_nothing_that_a_backup_holds(tmp_path: Path) -> None:
    documents, place, kept = tmp_path / "documents", tmp_path / "index", tmp_path / "kept"
    documents.mkdir()
    (documents / "1.txt").write_text(page("5-1"))
    index_paths([documents], place, moment=DAYS[0], jobs=1)
    backup_index(place, kept)
    (place / "manifest.json").write_text("{")
    restore_index(kept, place)
    (documents / "2.txt").write_text(page("5-2"))
    index_paths([documents], place, moment=DAYS[3], jobs=1)
    assert [one.first_seen for one in searchq.open(place).questions()] == [DAYS[0], DAYS[3]]

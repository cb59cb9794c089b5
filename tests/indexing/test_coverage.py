"""What a run keeps with the index to tell what it lacks, and what later runs make of it."""

import datetime as dt
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import searchq
from searchq.cli.main import main
from searchq.coverage.kept import KEPT, Kept
from searchq.documents import Parsed, Rejection
from searchq.fetching import sites
from searchq.fetching.ledger import LEDGER, Ledger
from searchq.fetching.ledger_tables import Page, Zip
from searchq.fetching.sites import SenateSite
from searchq.indexing import coverage as indexing_coverage
from searchq.indexing import index_paths, remove_questions
from searchq.indexing.catalog import BASE, JOURNAL, Catalog
from searchq.indexing.coverage import CoverageMemory
from searchq.indexing.lessons import Lessons
from searchq.indexing.memory import Memory
from searchq.indexing.problems import Problems
from searchq.indexing.row_part import restamped
from searchq.question import Question, Source
from tests.documents.chamber_records import record
from tests.indexing.test_run import page

SHELL = "archive/a.warc.gz:https://www.senate.be/www/?MIval=/Vragen/SVPrintNLFR&LEG=5&NR={}&LANG=nl"


@pytest.fixture
def archive(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sites, "SENATE", SenateSite("https://example.org", {5: 4}))
    folder = tmp_path / "archive"
    folder.mkdir()
    for number in (1, 2):
        (folder / f"{number}.txt").write_text(page(f"5-{number}", answer="Vijf." if number == 1 else None))
    enter(folder, *(Page(5, number, "both", "stored", looked="2026-03-02T09:00:00+00:00") for number in (1, 2)))
    enter(folder, Page(5, 3, "both", "absent", "status 404", looked="2026-03-02T09:00:00+00:00"))
    return folder


def enter(folder: Any, *pages: Any) -> None:
    with Ledger(folder, create=True) as ledger:
        for one in pages:
            ledger.put(one)


def run(*paths: Any, **options: Any) -> Any:
    return index_paths(list(paths), "index", jobs=1, **options)


def told(found: Any) -> Any:
    return [(run.first, run.last, run.kind, run.reason) for one in found.senate for run in one.missing]


def test_the_index_knows_what_the_ledger_told_without_the_folder(archive: Any) -> None:
    run("archive")
    (archive / LEDGER).rename("ledger")
    found = searchq.open("index").coverage()
    assert told(found) == [(3, 3, "never-asked", "status 404"), (4, 4, "not-fetched", "not fetched yet")]
    assert (found.senate_here, found.senate_known, found.updated) == (2, 3, "2026-03-02")
    assert [(one.answered, one.here) for one in found.senate] == [(1, 2)]


def test_a_later_look_is_kept_though_no_question_changed(archive: Any) -> None:
    first = run("archive")
    assert run("archive").generation == first.generation
    enter(archive, Page(5, 4, "both", "absent", "status 404", looked="2026-03-05T09:00:00+00:00"))
    assert run("archive").generation == first.generation + 1
    found = searchq.open("index").coverage()
    assert (told(found), found.updated) == ([(3, 4, "never-asked", "status 404")], "2026-03-05")
    assert run("archive").unchanged == 2  # the catalog came along


def test_other_paths_leave_a_ledger_as_it_was_and_its_own_folder_drops_it(archive: Any, tmp_path: Path) -> None:
    run("archive")
    (tmp_path / "more").mkdir()
    (tmp_path / "more" / "9.txt").write_text(page("5-9"))
    run("more")
    assert searchq.open("index").coverage().updated == "2026-03-02"
    (archive / LEDGER).unlink()
    run("archive")
    assert searchq.open("index").coverage().updated is None


@pytest.mark.parametrize("path", ["archive/1.txt", "archive/*.txt", ".", "archive/"])
def test_the_ledger_is_found_from_a_file_a_pattern_or_a_folder_above(archive: Any, path: str) -> None:
    run(path)
    assert searchq.open("index").coverage().updated == "2026-03-02"


def test_a_ledger_that_cannot_be_read_is_a_problem_and_what_was_known_stays(archive: Any) -> None:
    run("archive")
    (archive / LEDGER).write_bytes(b"no database at all, but long enough to be taken for one" * 40)
    report = run("archive")
    (problem,) = report.problems
    assert problem[0] == "archive" and "is damaged" in problem[1][0]
    assert searchq.open("index").coverage().updated == "2026-03-02"


def test_a_rejected_document_is_known_until_it_is_read_or_gone(archive: Any) -> None:
    (archive / "bad.txt").write_text("nothing of the kind")
    run("archive")
    (reason,) = searchq.open("index").coverage().rejected
    assert reason == "it has the layout of no written question"
    run("archive/1.txt")
    assert searchq.open("index").coverage().rejected == {reason: 1}
    (archive / "bad.txt").write_text(page("5-7"))
    run("archive")
    assert searchq.open("index").coverage().rejected == {}


def test_a_page_whose_address_tells_its_number_is_missing_for_the_reason_of_its_rejection() -> None:
    memory = CoverageMemory()
    memory.reject(Rejection(SHELL.format(8), "it is empty"))
    memory.reject(Rejection("archive/notes.txt", "it is empty"))
    memory.end(["archive"])
    assert [one.number for one in Kept.load(memory.dump([])).refused] == ["5-8", None]


def chamber(number: Any, name: Any) -> Any:
    path, _, member = name.partition(":")
    source = Source(path, member or None, layout="chamber")
    return Question(number, house="chamber", source=source, last_seen=dt.date(2026, 2, 27))


ROUTE = "56-7-0930-20252026065{}"
CANCELLED = "the question was cancelled (the Chamber calls it “canceled”)"


def test_records_rejected_within_a_document_stay_as_long_as_it_is_unchanged() -> None:
    name = "archive/page.json"
    first = CoverageMemory()
    first.read(Parsed(name, (chamber(ROUTE.format(31), name), chamber(ROUTE.format(32), name)), "f" * 32))
    first.reject(Rejection(f"{name}:56-7-0931", CANCELLED))
    first.end(["archive"])
    documents = [(name, [ROUTE.format(31), ROUTE.format(32)])]
    blob = first.dump(documents)
    (one,) = Kept.load(blob).archives
    assert (one.name, one.routes, one.legislatures, one.day) == (name, 2, (56,), "2026-02-27")
    second = CoverageMemory(blob)
    second.unchanged(name)
    second.end(["archive"])
    assert second.dump(documents) == blob
    third = CoverageMemory(blob)
    third.end(["archive"])
    assert Kept.load(third.dump([])).refused == ()


@pytest.mark.parametrize(
    ("names", "places"),
    [
        (["a/chamber-56.zip:1.json", "a/chamber-56.zip:2/3.xml"], ["a/chamber-56.zip"]),
        (["a/1.json", "a/2.json", "b/1.json"], ["a", "b"]),
        (["1.json"], ["."]),
    ],
)
def test_routes_are_counted_by_zip_or_folder(names: Any, places: Any) -> None:
    documents = [(name, [ROUTE.format(place)]) for place, name in enumerate(names, 30)]
    archives = Kept.load(CoverageMemory().dump(documents)).archives
    assert [one.name for one in archives] == places
    assert sum(one.routes for one in archives) == len(names)


def test_a_zip_of_which_all_was_cancelled_is_an_archive_read() -> None:
    memory = CoverageMemory()
    memory.reject(Rejection("a/chamber-56.zip:1.json", CANCELLED))
    memory.end(["a"])
    (one,) = Kept.load(memory.dump([("a/x.txt", ["5-1"])])).archives
    assert (one.name, one.routes, one.day) == ("a/chamber-56.zip", 0, None)


def test_more_rejections_than_are_kept_are_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(indexing_coverage, "MAX_KEPT_REJECTIONS", 3)
    memory = CoverageMemory()
    for number in range(5):
        memory.reject(Rejection(f"a/{number}.txt", "it is empty"))
    memory.end(["a"])
    kept = Kept.load(memory.dump([]))
    assert (len(kept.refused), kept.unkept) == (3, 2)


def test_a_fetched_archive_of_the_chamber_is_told_with_its_day(archive: Any) -> None:
    with Ledger(archive) as ledger:
        ledger.put_zip(
            Zip(
                56,
                "chamber-56.zip",
                "https://example.org/",
                "2026-03-01T08:00:00+00:00",
                "2026-03-04T08:00:00+00:00",
                9,
                "0",
            )
        )
    run("archive")
    (one,) = searchq.open("index").coverage().chamber
    assert (one.name, one.day, one.looked) == ("archive/chamber-56.zip", "2026-03-01", "2026-03-04")


def test_coverage_is_plain_data(archive: Any) -> None:
    run("archive")
    data = json.loads(json.dumps(searchq.open("index").coverage().to_json()))
    (senate,) = data["senate"]
    assert (data["senate_here"], data["senate_known"], senate["answered_share"], senate["first"]) == (2, 3, 0.5, 1)
    assert senate["counts"] == {"never-asked": 1, "not-fetched": 1}


def test_a_question_removed_by_number_is_told_as_removed_until_it_comes_back(
    archive: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    (archive / "c.json").write_text(json.dumps(record(SDOCNAME=ROUTE.format(30))), encoding="utf-8")
    run("archive")
    remove_questions(["5-2", ROUTE.format(30)], "index")
    (senate,) = searchq.open("index").coverage().senate
    assert [(one.first, one.kind) for one in senate.missing] == [(2, "removed"), (3, "never-asked"), (4, "not-fetched")]
    assert senate.known == 3
    assert searchq.open("index").coverage().removed == ("5-2", ROUTE.format(30))
    assert main(["coverage", "--index", "index"]) == 0
    assert f"removed from the index by number:\n{ROUTE.format(30)}\n" in capsys.readouterr().out
    run("archive")
    assert searchq.open("index").coverage().removed == ("5-2", ROUTE.format(30))
    (archive / "2.txt").write_text(page("5-2", answer="Zes."))
    run("archive")
    assert searchq.open("index").coverage().removed == (ROUTE.format(30),)


def test_without_a_ledger_a_removed_question_is_told_as_removed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for number in (1, 2):
        (tmp_path / f"{number}.txt").write_text(page(f"5-{number}"))
    index_paths(["1.txt", "2.txt"], "index", jobs=1)
    remove_questions(["5-2"], "index")
    (senate,) = searchq.open("index").coverage().senate
    assert [(one.first, one.last, one.kind) for one in senate.missing] == [(2, 2, "removed")]


def test_info_tells_how_much_is_here_of_how_much(archive: Any, capsys: pytest.CaptureFixture[str]) -> None:
    run("archive")
    assert main(["info", "--index", "index"]) == 0
    assert "senate       2 of 3\n" in capsys.readouterr().out
    assert main(["info", "--index", "index", "--format", "json"]) == 0
    assert json.loads(capsys.readouterr().out)["coverage"] == {
        "updated": "2026-03-02", "senate_questions": 2, "senate_here": 2, "senate_known": 3, "chamber_questions": 0,
    }  # fmt: skip


CHAMBER_NAMES = ("a.zip:1.json", "a.zip:b/2.json", "b/c.json", "b/d.json", "e.json", "b/c.zip:x.json", "/f.json")
READ = st.dictionaries(st.sampled_from(CHAMBER_NAMES), st.lists(st.integers(1, 4), min_size=1, max_size=2, unique=True))


@settings(max_examples=40)
@given(st.lists(st.tuples(READ, st.sets(st.sampled_from(CHAMBER_NAMES))), min_size=1, max_size=4))
def test_archives_in_which_nothing_changed_are_counted_as_if_all_were(runs: Any) -> None:
    blobs: dict[str, bytes] = {}
    for read, forgotten in runs:
        catalog = Catalog(blobs.get(BASE, b""), blobs.get(JOURNAL, b""))
        memory = CoverageMemory(blobs.get(KEPT, b""))
        for name, serials in read.items():
            numbers = [ROUTE.format(30 + serial) if serial < 4 else "5-4" for serial in serials]
            memory.read(Parsed(name, tuple(chamber(number, name) for number in numbers), "f" * 32))
            catalog.read(name, f"{len(blobs):032x}", numbers)
        for name in forgotten - read.keys():
            catalog.forget(name)
        whole = memory.dump(catalog.held())
        update: Any = Keeping(blobs)
        Memory(catalog, Problems(), Lessons.load(update), memory, 0).store(update)
        assert blobs[KEPT] == whole


class Keeping:
    """Of an update only what it keeps; every run stands for the first generation."""

    generation = count = 0

    def __init__(self, blobs: dict[str, bytes]) -> None:
        self.blobs = blobs

    def state(self, name: str) -> bytes:
        return b""

    def keep(self, name: str, data: bytes) -> None:
        self.blobs[name] = restamped(data, 1, 0) if name == JOURNAL else data

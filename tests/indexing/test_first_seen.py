"""When questions and answers were first seen, through everything that a run and an upgrade do to an index."""

import datetime as dt
import json
import shutil
from pathlib import Path
from typing import Any

import pytest

import searchq
from searchq.cli.main import main
from searchq.engines.embedded.engine import EmbeddedEngine
from searchq.index.format.manifest import MANIFEST
from searchq.indexing import index_paths, remove_questions
from searchq.indexing.upgrade import upgrade_index
from searchq.question import Question
from searchq.record_json import to_json
from tests.index.forgery import change_manifest
from tests.indexing.test_run import page

FIRST_EDITION = Path(__file__).parent / "first_edition"
DAYS = [dt.datetime(2026, 5, day, 6, 30, tzinfo=dt.UTC) for day in range(1, 10)]


@pytest.fixture
def documents(tmp_path: Path) -> Path:
    folder = tmp_path / "documents"
    folder.mkdir()
    return folder


def run(documents: Path, day: int, index: str = "index", **options: Any) -> Path:
    """Index the documents on a day; where the index is."""
    place = documents.parent / index
    index_paths([documents], place, moment=DAYS[day], jobs=1, **options)
    return place


def moments(place: Path) -> dict[str, tuple[Any, Any]]:
    """The days on which questions and answers were first seen, as places in DAYS."""
    days = {moment: day for day, moment in enumerate(DAYS)} | {None: None}
    questions = searchq.open(place).questions()
    return {one.number: (days[one.first_seen], days[one.answer_first_seen]) for one in questions}


def events(place: Path) -> list[Any]:
    """All news, the oldest first."""
    return [(one.question.number, one.kinds, one.generation) for one in searchq.open(place).news(limit=100).entries][
        ::-1
    ]


def test_a_late_answer_is_an_event_and_a_correction_is_none(documents: Path) -> None:
    (documents / "1.txt").write_text(page("5-1"))
    run(documents, 0)
    (documents / "1.txt").write_text(page("5-1", answer="Het antwoord zal later worden meegedeeld."))
    (documents / "2.txt").write_text(page("5-2", answer="Er zijn er tien."))
    assert moments(run(documents, 1)) == {"5-1": (0, None), "5-2": (1, 1)}
    (documents / "1.txt").write_text(page("5-1", answer="Er zijn er zes.", title="Cipiers"))
    run(documents, 2)
    (documents / "1.txt").write_text(page("5-1", answer="Er zijn er zeven."))
    place = run(documents, 3)
    assert moments(place) == {"5-1": (0, 2), "5-2": (1, 1)}
    assert events(place) == [("5-1", ("new",), 1), ("5-2", ("new", "answered"), 2), ("5-1", ("answered",), 3)]


def test_a_second_run_reconciles_a_record_as_if_the_index_kept_no_moments(documents: Path) -> None:
    (documents / "1.txt").write_text(page("5-1", answer="Er zijn er zes."))
    place = run(documents, 0)
    report = index_paths([documents], place, moment=DAYS[1], jobs=1)
    assert (report.unchanged, report.generation) == (1, 1)
    (documents / "1.txt").write_text(page("5-1", answer="Er zijn er zes.") + "\n")
    assert index_paths([documents], place, moment=DAYS[2], jobs=1).unchanged == 1
    assert (searchq.open(place).generation, moments(place)) == (1, {"5-1": (0, 0)})


def test_what_is_deleted_and_returns_is_not_new(documents: Path) -> None:
    for number in ("5-1", "5-2", "5-3"):
        (documents / f"{number}.txt").write_text(page(number, answer="Er zijn er zes."))
    place = run(documents, 0)
    (documents / "5-1.txt").rename(documents.parent / "aside.txt")
    run(documents, 1, prune=True)
    remove_questions(["5-2"], place)
    assert moments(place) == {"5-3": (0, 0)}
    run(documents, 2, rebuild=True)
    shutil.move(documents.parent / "aside.txt", documents / "other-name.txt")
    assert moments(run(documents, 3)) == dict.fromkeys(("5-1", "5-2", "5-3"), (0, 0))
    assert events(place) == [(number, ("new", "answered"), 1) for number in ("5-1", "5-2", "5-3")]


def test_moments_follow_their_questions_through_merged_segments(documents: Path) -> None:
    for day in range(9):
        (documents / f"{day}.txt").write_text(page(f"5-{day + 1}"))
        place = run(documents, day)
    assert len(json.loads((place / MANIFEST).read_text())["segments"]) < 9
    assert moments(place) == {f"5-{day + 1}": (day, None) for day in range(9)}
    assert [generation for _, _, generation in events(place)] == list(range(1, 10))


def test_an_export_read_back_keeps_the_moments(documents: Path, tmp_path: Path) -> None:
    (documents / "1.txt").write_text(page("5-1"))
    run(documents, 0)
    (documents / "1.txt").write_text(page("5-1", answer="Er zijn er zes."))
    (documents / "2.txt").write_text(page("5-2"))
    place = run(documents, 1)
    export = tmp_path / "export.jsonl"
    export.write_text("".join(f"{json.dumps(to_json(one))}\n" for one in searchq.open(place).questions()))
    copy = tmp_path / "copy"
    index_paths([export], copy, moment=DAYS[5], jobs=1)
    assert moments(copy) == moments(place) == {"5-1": (0, 1), "5-2": (1, None)}
    later = run(documents, 6, index="later")  # the pages came first, and knew nothing
    index_paths([export], later, moment=DAYS[7], jobs=1)
    assert moments(later) == moments(place)
    assert [generation for _, _, generation in events(later)] == [1, 1]


@pytest.mark.parametrize("way", ["upgrade", "rebuild"])
def test_what_an_index_of_before_held_was_first_seen_at_a_moment_that_is_not_known(
    way: str, documents: Path, tmp_path: Path
) -> None:
    place = Path(shutil.copytree(FIRST_EDITION, tmp_path / "index"))
    (documents / "1.txt").write_text(page("6-1234", answer="Er zijn er zes."))
    (documents / "2.txt").write_text(page("5-2"))
    if way == "upgrade":
        upgrade_index(place, jobs=1)
    run(documents, 0, rebuild=way == "rebuild")
    found = moments(place)
    assert (found["6-1234"], found["5-2"]) == ((None, None), (0, None))
    index = searchq.open(place)
    assert [(one.question.number, one.moment) for one in index.news(after=2).entries] == [("5-2", DAYS[0])]
    assert index.generation == (4 if way == "upgrade" else 3)


def outdated(place: Path) -> None:
    """Make an index one of another analysis, which has to be upgraded."""
    change_manifest(place, lambda members: members.update(analysis=0))


@pytest.mark.parametrize("way", ["upgrade", "rebuild"])
def test_another_analysis_keeps_moments_generations_and_origin(way: str, documents: Path) -> None:
    (documents / "1.txt").write_text(page("5-1"))
    (documents / "2.txt").write_text(page("5-2"))
    run(documents, 0)
    (documents / "1.txt").write_text(page("5-1", answer="Er zijn er zes."))
    place = run(documents, 1)
    remove_questions(["5-2"], place)
    before, told, origin = moments(place), events(place), searchq.open(place).origin
    outdated(place)
    (documents / "2.txt").unlink()
    if way == "upgrade":
        upgrade_index(place, jobs=1)
    else:
        run(documents, 2, rebuild=True)
    assert (moments(place), events(place), searchq.open(place).origin) == (before, told, origin)
    (documents / "2.txt").write_text(page("5-2", title="Cellen"))
    run(documents, 3)
    assert moments(place) == {"5-1": (0, 1), "5-2": (0, None)}
    (documents / "3.txt").write_text(page("5-3"))
    run(documents, 4)
    assert events(place)[-1] == ("5-3", ("new",), 6)


def test_an_index_that_cannot_be_read_is_built_anew_under_another_origin(documents: Path) -> None:
    (documents / "1.txt").write_text(page("5-1"))
    place = run(documents, 0)
    origin = searchq.open(place).origin
    (place / MANIFEST).write_text("{")
    run(documents, 1, rebuild=True)
    assert (moments(place), events(place)) == ({"5-1": (1, None)}, [("5-1", ("new",), 1)])
    assert searchq.open(place).origin not in ("", origin)


def test_a_rebuild_that_ends_empty_keeps_the_origin(tmp_path: Path) -> None:
    engine = EmbeddedEngine(tmp_path)
    with engine.update() as update:
        update.put(Question("5-1"))
        update.commit()
    origin = engine.about().origin
    with engine.update(rebuild=True) as update:
        update.commit()
    assert engine.about().origin == origin


def test_the_command_line_tells_when_a_question_was_first_seen(
    documents: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    place = str(documents.parent / "index")
    (documents / "1.txt").write_text(page("5-1", answer="Er zijn er zes."))
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(int(DAYS[0].timestamp())))
    assert main(["index", str(documents), "--index", place, "--quiet"]) == 0
    assert main(["show", "5-1", "--index", place]) == 0
    assert "first seen   2026-05-01 06:30 UTC, with its answer\n" in capsys.readouterr().out
    (documents / "2.txt").write_text(page("5-2"))
    assert main(["index", str(documents), "--index", place, "--quiet"]) == 0
    (documents / "2.txt").write_text(page("5-2", answer="Er zijn er zes."))
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(int(DAYS[3].timestamp())))
    assert main(["index", str(documents), "--index", place, "--quiet"]) == 0
    assert main(["show", "5-2", "--index", place]) == 0
    assert "first seen   2026-05-01 06:30 UTC; its answer 2026-05-04 06:30 UTC\n" in capsys.readouterr().out
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "yesterday")
    assert main(["index", str(documents), "--index", place]) == 2
    assert "yesterday" in capsys.readouterr().err

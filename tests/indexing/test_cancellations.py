"""Questions of the Chamber that it cancelled after they came here: closed by the later record, and never lost."""

import json
import zipfile
from itertools import permutations
from pathlib import Path
from typing import Any

import pytest

from searchq.api import open_index
from searchq.indexing import index_paths
from searchq.indexing.report import IndexReport
from searchq.question import Question
from tests.documents.chamber_records import NUMBER, record

OPEN = record(STATUSQ="transmited", **{f"{field}{n}{x}": None for field in ("TEXTA",) for n in "12" for x in "NF"})
OPEN = {name: value for name, value in OPEN.items() if name[:-1] not in ("PUBLICA", "CASA", "STATUSA", "NUMA")}
CANCELLED = {**OPEN, "STATUSQ": "canceled"}
ANSWERED = record()


def archive(folder: Path, name: str, day: str | None, *records: dict[str, Any]) -> Path:
    """A zip of records, each a member, with the day it was fetched."""
    with zipfile.ZipFile(folder / name, "w") as zipped:
        for place, one in enumerate(records):
            zipped.writestr(f"{place}.json", json.dumps(one))
    if day:
        (folder / f".{name}.json").write_text(json.dumps({"fetched": f"{day}T12:00:00+00:00"}), encoding="utf-8")
    return folder / name


def index(folder: Path, *paths: Path, **options: Any) -> IndexReport:
    return index_paths(paths, folder / "index", jobs=1, **options)


def held(folder: Path) -> Question:
    (question,) = open_index(folder / "index").questions()
    return question


def test_a_question_cancelled_by_a_newer_archive_is_closed_and_keeps_its_text(tmp_path: Path) -> None:
    index(tmp_path, archive(tmp_path, "chamber-56.zip", "2026-03-01", OPEN))
    assert held(tmp_path).status == "open"
    report = index(tmp_path, archive(tmp_path, "chamber-56.zip", "2026-09-01", CANCELLED))
    assert report.cancelled == (NUMBER,)
    assert (report.read, report.rejected) == (1, 1)
    question = held(tmp_path)
    assert (question.status, question.waiting_since, str(question.last_seen)) == ("closed", None, "2026-09-01")
    assert question.question == "1. Hoeveel?\n2. Waarom?"
    assert index(tmp_path, tmp_path / "chamber-56.zip").cancelled == ()


@pytest.mark.parametrize("order", [*permutations(range(3))])
def test_the_last_of_several_archives_says_whether_it_is_cancelled_in_whatever_order_they_come(
    tmp_path: Path, order: Any
) -> None:
    days = [("2026-01-01", OPEN), ("2026-02-01", CANCELLED), ("2026-03-01", {**OPEN, "TITN": "Hersteld."})]
    for step in order:
        index(tmp_path, archive(tmp_path, f"{step}.zip", *days[step]))
    assert held(tmp_path).status == "open"
    days[2] = ("2026-01-15", days[2][1])
    (tmp_path / "again").mkdir()
    for step in order:
        index(tmp_path / "again", archive(tmp_path / "again", f"{step}.zip", *days[step]))
    index(tmp_path / "again", tmp_path / "again" / "1.zip")
    assert held(tmp_path / "again").status == "closed"


def test_lines_that_were_read_before_still_cancel_what_an_older_archive_brings(tmp_path: Path) -> None:
    other = record(SDOCNAME="56-B045-7-0931-2025202606532")
    lines = tmp_path / "lines.jsonl"
    lines.write_text("\n".join(json.dumps(one) for one in (CANCELLED, other)), encoding="utf-8")
    index(tmp_path, lines)
    report = index(tmp_path, lines, archive(tmp_path, "old.zip", None, OPEN))
    assert report.cancelled == (NUMBER,)
    assert open_index(tmp_path / "index").question(NUMBER).status == "closed"


def test_an_answer_is_not_lost_to_a_cancellation(tmp_path: Path) -> None:
    index(tmp_path, archive(tmp_path, "a.zip", "2026-03-01", ANSWERED))
    index(tmp_path, archive(tmp_path, "b.zip", "2026-09-01", CANCELLED))
    assert held(tmp_path).status == "answered"
    assert held(tmp_path).answer.startswith("1. Tien.")


def test_what_was_cancelled_goes_with_the_last_document_that_has_its_text(tmp_path: Path) -> None:
    old = archive(tmp_path, "old.zip", "2026-03-01", OPEN)
    kept = archive(tmp_path, "kept.zip", "2026-03-01", record(SDOCNAME="56--8-0001-2025202600001"))
    index(tmp_path, old, kept, archive(tmp_path, "new.zip", "2026-09-01", CANCELLED))
    old.unlink()
    report = index(tmp_path, tmp_path, prune=True)
    assert [removal.number for removal in report.removed if removal.whole] == [NUMBER]
    assert [one.number for one in open_index(tmp_path / "index").questions()] == ["56-8-0001-2025202600001"]

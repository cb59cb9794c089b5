"""What folders no longer hold, documents that give other numbers, questions removed by number."""

import io
import json
import zipfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from searchq.errors import IndexMissing
from searchq.index.read.reader import open_snapshot
from searchq.indexing import index_paths, remove_questions, report_json
from searchq.record_json import to_json
from tests.indexing.test_run import page


@pytest.fixture
def folder(tmp_path: Path) -> Any:
    (tmp_path / "pages").mkdir()
    return tmp_path / "pages"


@pytest.fixture
def index(tmp_path: Path) -> Any:
    return tmp_path / "index"


def numbers(index: Any) -> Any:
    snapshot = open_snapshot(index)
    docs = {number: snapshot.doc(number) for number in (f"5-{n}" for n in range(1, 10))}
    return {number: snapshot.record(doc) for number, doc in docs.items() if doc is not None}


def run(folder: Any, index: Any, **options: Any) -> Any:
    return index_paths([folder], index, jobs=1, **options)


def test_what_a_folder_no_longer_holds_stays_and_is_named(folder: Any, index: Any) -> None:
    for number in (1, 2, 3):
        (folder / f"{number}.txt").write_text(page(f"5-{number}"))
    run(folder, index)
    (folder / "2.txt").unlink()
    for _ in range(2):
        report = run(folder, index)
        assert (report.gone, report.removed) == ((str(folder / "2.txt"),), ())
        assert report_json(report)["gone"] == [str(folder / "2.txt")]
    assert set(numbers(index)) == {"5-1", "5-2", "5-3"}


def test_prune_removes_it_and_says_so(folder: Any, index: Any) -> None:
    for number in (1, 2):
        (folder / f"{number}.txt").write_text(page(f"5-{number}"))
    run(folder, index)
    (folder / "2.txt").unlink()
    report = run(folder, index, prune=True)
    assert report.gone == ()
    assert report_json(report)["removed"] == [
        {"number": "5-2", "name": str(folder / "2.txt"), "reason": "the document is gone", "whole": True}
    ]
    assert (set(numbers(index)), report.questions) == ({"5-1"}, 1)
    assert run(folder, index, prune=True).removed == ()
    (folder / "2.txt").write_text(page("5-2"))
    assert run(folder, index).added == 1


def test_a_question_stays_as_long_as_another_document_holds_it(folder: Any, index: Any) -> None:
    (folder / "1.txt").write_text(page("5-1", answer="Tien."))
    (folder / "2.txt").write_text(page("5-1", "Hoeveel cellen?"))
    run(folder, index)
    assert numbers(index)["5-1"].answer == "Tien."
    (folder / "1.txt").unlink()
    report = run(folder, index, prune=True)
    assert [(one.number, one.whole) for one in report.removed] == [("5-1", False)]
    assert (numbers(index)["5-1"].answer, numbers(index)["5-1"].question) == (None, "Hoeveel cellen?")


def test_other_folders_and_what_cannot_be_read_are_not_gone(folder: Any, index: Any, tmp_path: Path) -> None:
    (folder / "a").mkdir()
    (folder / "a" / "1.txt").write_text(page("5-1"))
    with zipfile.ZipFile(folder / "b.zip", "w") as archive:
        archive.writestr("2.txt", page("5-2"))
        archive.writestr("3.txt", page("5-3"))
    other = tmp_path / "pages-other"
    other.mkdir()
    (other / "4.txt").write_text(page("5-4"))
    run(folder, index)
    run(other, index)
    content = (folder / "b.zip").read_bytes()
    (folder / "b.zip").write_bytes(content[:20])  # broken off
    (folder / "a" / "1.txt").write_text("Onleesbaar.")
    report = run(folder, index, prune=True)
    assert (report.rejected, report.gone, report.removed) == (2, (), ())
    report = index_paths([tmp_path / "nowhere", folder / "a"], index, jobs=1, prune=True)
    assert report.removed == ()
    assert set(numbers(index)) == {"5-1", "5-2", "5-3", "5-4"}


def test_members_that_an_archive_no_longer_holds_are_gone(folder: Any, index: Any) -> None:
    for names in (("1", "2"), ("2",)):
        with zipfile.ZipFile(folder / "b.zip", "w") as archive:
            for name in names:
                archive.writestr(f"{name}.txt", page(f"5-{name}"))
        report = run(folder, index)
    assert report.gone == (f"{folder}/b.zip:1.txt",)


def test_what_a_glob_would_name_is_gone_when_it_names_it_no_more(folder: Any, index: Any) -> None:
    for name in ("1.txt", "2.txt", "3.html"):
        (folder / name).write_text(page(f"5-{name[0]}"))
    index_paths([folder], index, jobs=1)
    (folder / "2.txt").unlink()
    (folder / "3.html").unlink()
    report = index_paths([folder / "*.txt"], index, jobs=1)
    assert report.gone == (str(folder / "2.txt"),)


def test_a_file_that_gives_another_number_takes_the_old_one_with_it(folder: Any, index: Any) -> None:
    (folder / "1.txt").write_text(page("5-1"))
    (folder / "2.txt").write_text(page("5-2"))
    run(folder, index)
    (folder / "1.txt").write_text(page("5-7"))
    report = run(folder, index)
    assert [one._asdict() for one in report.removed] == [
        {"number": "5-1", "name": str(folder / "1.txt"), "reason": "the document gives 5-7 now", "whole": True}
    ]
    assert set(numbers(index)) == {"5-2", "5-7"}


def test_a_record_with_a_corrected_number_takes_the_old_one_with_it_wherever_its_line_moves(
    folder: Any, index: Any, tmp_path: Path
) -> None:
    for number in (1, 2, 3):
        (folder / f"{number}.txt").write_text(page(f"5-{number}"))
    run(folder, index)
    records = [to_json(one) for one in numbers(index).values()]
    lines, copy = tmp_path / "export.jsonl", tmp_path / "copy"
    lines.write_text("".join(json.dumps(one) + "\n" for one in records))
    index_paths([lines], copy, jobs=1)
    records[1]["number"] = "5-9"
    lines.write_text("".join(json.dumps(one) + "\n" for one in [records[2], records[1], records[0]]))
    report = index_paths([lines], copy, jobs=1)
    assert [one.number for one in report.removed if one.whole] == ["5-2"]
    assert set(numbers(copy)) == {"5-1", "5-3", "5-9"}


def test_a_question_is_removed_by_number_and_returns_when_its_document_changes(folder: Any, index: Any) -> None:
    for number in (1, 2):
        (folder / f"{number}.txt").write_text(page(f"5-{number}"))
    run(folder, index)
    removed = remove_questions(["5-2", "5-8", "5-2"], index)
    assert [(one.number, one.name) for one in removed] == [("5-2", str(folder / "2.txt"))]
    assert set(numbers(index)) == {"5-1"}
    report = run(folder, index)
    assert (report.unchanged, report.gone, report.questions) == (2, (), 1)
    (folder / "2.txt").write_text(page("5-2", answer="Ja."))
    assert run(folder, index).added == 1
    assert set(numbers(index)) == {"5-1", "5-2"}


def test_nothing_is_removed_where_there_is_no_index(tmp_path: Path) -> None:
    with pytest.raises(IndexMissing):
        remove_questions(["5-1"], tmp_path / "index")
    assert not (tmp_path / "index").exists()


def captures(path: Any, *told: Any) -> None:
    """An archive of captures of one page: day, text."""
    with path.open("wb") as file:
        writer = WARCWriter(file, gzip=True)
        for day, text in told:
            http = StatusAndHeaders("200 OK", [("Content-Type", "text/plain; charset=utf-8")], protocol="HTTP/1.1")
            writer.write_record(
                writer.create_warc_record(
                    "http://a.example/5-1",
                    "response",
                    payload=io.BytesIO(text.encode()),
                    http_headers=http,
                    warc_headers_dict={"WARC-Date": f"{day}T12:00:00Z"},
                )
            )
        writer.write_record(
            writer.create_revisit_record(
                "http://a.example/5-1", "sha1:AAAA", "http://a.example/5-1", "2015-01-01T00:00:00Z"
            )
        )


ANSWERED, OPEN = page("5-1", answer="Tien."), page("5-1", "Hoeveel cellen?")


@pytest.mark.parametrize("apart", [False, True])
@pytest.mark.parametrize(
    ("told", "answer", "question"),
    [
        ([("2012-05-01", OPEN), ("2013-05-01", page("5-1", "Hoeveel?"))], None, "Hoeveel?"),
        ([("2013-05-01", page("5-1", "Hoeveel?")), ("2012-05-01", OPEN)], None, "Hoeveel?"),
        ([("2012-05-01", ANSWERED), ("2013-05-01", OPEN)], "Tien.", "Hoeveel bewakers zijn er?"),
        ([("2012-05-01", ANSWERED), ("2013-05-01", page("5-1", answer="Elf."))], "Elf.", "Hoeveel bewakers zijn er?"),
    ],
)
def test_of_two_captures_the_later_wins_and_no_answer_is_lost(
    told: Any, answer: str | None, question: str, apart: bool, folder: Any, index: Any
) -> None:
    for at, part in enumerate([[one] for one in told] if apart else [told]):
        captures(folder / f"{at}.warc.gz", *part)
    report = run(folder, index)
    assert report.rejected == 0
    found = numbers(index)["5-1"]
    assert (found.answer, found.question) == (answer, question)
    assert found.last_seen.isoformat() == "2013-05-01"
    assert run(folder, index).unchanged == 2


HELD = st.dictionaries(
    st.sampled_from(["a.txt", "b.txt", "c.txt"]),
    st.tuples(st.sampled_from(["5-1", "5-2", "5-3"]), st.sampled_from([None, "Ja."])),
    max_size=3,
)


@settings(max_examples=25, deadline=None)
@given(st.lists(st.tuples(HELD, st.booleans()), min_size=1, max_size=4))
def test_after_any_history_a_pruned_index_holds_what_the_folder_holds(
    tmp_path_factory: pytest.TempPathFactory, history: Any
) -> None:
    home = tmp_path_factory.mktemp("history")
    folder, index = home / "pages", home / "index"
    folder.mkdir()
    (folder / "z.txt").write_text(page("5-9"))
    for held, prune in [*history, (history[-1][0], True)]:
        for path in folder.glob("[abc].txt"):
            path.unlink()
        for name, (number, answer) in held.items():
            (folder / name).write_text(page(number, answer=answer))
        before = set(numbers(index)) if index.exists() else set()
        report = run(folder, index, prune=prune)
        lost = before - set(numbers(index))
        assert lost == {one.number for one in report.removed if one.whole}
        assert {number for number, _ in held.values()} <= set(numbers(index))
    assert set(numbers(index)) == {"5-9", *(number for number, _ in history[-1][0].values())}
    fresh = home / "fresh"
    run(folder, fresh)
    assert numbers(index) == numbers(fresh)

"""An index of the first edition, made by the searchq of then, and renewed.

`first_edition/` was indexed from the pages below by the last searchq that wrote format 1, in two runs: 6-1234 changed
in between, so that one document of its first segment is deleted.
"""

import datetime as dt
import shutil
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

import searchq
from searchq.cli.main import cli
from searchq.documents import read
from searchq.errors import IndexBroken, IndexMissing, IndexOutdated
from searchq.index.read.reader import open_snapshot
from searchq.indexing import index_paths
from searchq.indexing.catalog import BASE, JOURNAL, Catalog
from searchq.indexing.upgrade import upgrade_index
from searchq.question import Answer, Source
from tests.index.forgery import change_manifest
from tests.indexing.test_merge_pages import dutch

HERE = Path(__file__).parent
NUMBERS = ["2-1535/1", "6-1234", "6-1235", "6-1236", "6-1299"]
BULLETIN = """Vragen en Antwoorden

BELGISCHE SENAAT

Bulletin 2-49

ZITTING 2001-2002

Vragen waarop niet werd geantwoord binnen de tijd bepaald door het reglement

Minister van Justitie

Vraag nr. 1535/1 van mevrouw Wouters d.d. 3 mei 2002 (N.) :

Vuurtorens. — Onderhoud.

Hoeveel vuurtorens zijn er ?

Antwoord : Zes.
"""


@pytest.fixture
def old(tmp_path: Path) -> Any:
    return Path(shutil.copytree(HERE / "first_edition", tmp_path / "index"))


def record(directory: Any, number: Any) -> Any:
    snapshot = open_snapshot(directory)
    return snapshot.record(snapshot.doc(number))  # type: ignore[arg-type]


def test_an_index_of_before_is_refused_naming_its_remedy(old: Any) -> None:
    with pytest.raises(IndexOutdated, match="renew it with `searchq upgrade`"):
        searchq.open(old).search("vuurtorens")
    with pytest.raises(IndexOutdated, match="renew it with `searchq upgrade`"):
        index_paths([HERE], old, jobs=1)


def test_an_upgrade_renews_every_question_and_names_what_must_be_read_again(old: Any) -> None:
    report = upgrade_index(old, jobs=1)
    assert report.questions == len(NUMBERS)
    assert [(one.number, one.document, one.reason) for one in report.reread] == [
        ("2-1535/1", "documents/bulletin.txt", "whether it was answered is unknown"),
        ("6-1236", "documents/supplement.txt", "an event of its chronology was not known"),
    ]
    assert list(searchq.open(old).numbers()) == NUMBERS
    assert {hit.question.number for hit in searchq.open(old).search("vuurtorens", fold=False).hits} == set(NUMBERS)


def test_a_renewed_record_is_what_its_page_gives_but_for_the_wording_of_then(old: Any, tmp_path: Path) -> None:
    upgrade_index(old, jobs=1)
    found = record(old, "6-1299")
    assert found.answers == (Answer(date=dt.date(2015, 12, 1), text="Er zijn er zes."),)
    assert found.sources == (Source(path="documents/gone.txt", layout="nl-web"),)
    (tmp_path / "gone.txt").write_text(dutch().replace("6-1234", "6-1299"))
    (fresh,) = next(read([tmp_path / "gone.txt"])).questions
    later = {"answers": (), "source": Source(), "sources": ()}
    assert replace(found, **later) == replace(fresh, **later)


def test_the_last_version_of_a_changed_document_is_the_one_renewed(old: Any) -> None:
    upgrade_index(old, jobs=1)
    assert record(old, "6-1234").answer == "Er zijn er zeven."


def test_what_the_record_of_then_called_open_without_a_chronology_is_unknown(old: Any) -> None:
    upgrade_index(old, jobs=1)
    found = record(old, "2-1535/1")
    assert (found.status, found.waiting_since, len(found.problems)) == ("unknown", None, 1)
    assert record(old, "6-1235").status == "open"


def test_the_runs_remember_what_they_did(old: Any) -> None:
    upgrade_index(old, jobs=1)
    snapshot = open_snapshot(old)
    catalog = Catalog(snapshot.blob(BASE) or b"", snapshot.blob(JOURNAL) or b"", snapshot.generation)
    assert len(catalog.fingerprints) == len(NUMBERS)
    assert sorted(number for _, numbers in catalog.unmet(lambda name: True) for number in numbers) == NUMBERS
    assert all(catalog.numbers(name) == numbers for name, numbers in catalog.unmet(lambda name: True))


def test_reading_the_pages_again_completes_the_records(
    old: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    upgrade_index(old, jobs=1)
    monkeypatch.chdir(tmp_path)
    Path("documents").mkdir()
    Path("documents/bulletin.txt").write_text(BULLETIN)
    assert index_paths(["documents"], old, jobs=1).updated == 1
    found = record(old, "2-1535/1")
    assert (found.status, found.answer, found.problems) == ("answered", "Zes.", ())


def test_an_index_of_an_earlier_analysis_is_written_anew_and_keeps_what_it_remembers(tmp_path: Path) -> None:
    pages, directory = tmp_path / "pages", tmp_path / "index"
    pages.mkdir()
    (pages / "one.txt").write_text(dutch())
    index_paths([pages], directory, jobs=1)
    found, first_seen = record(directory, "6-1234"), list(searchq.open(directory).news().entries)
    change_manifest(directory, lambda members: members.update(analysis=1))
    with pytest.raises(IndexOutdated, match="renew it with `searchq upgrade`"):
        searchq.open(directory).search("vuurtorens")
    report = upgrade_index(directory, jobs=1)
    assert (report.questions, report.reread) == (1, ())
    assert searchq.open(directory).search("vuurtorens").total == 1
    assert (record(directory, "6-1234"), list(searchq.open(directory).news().entries)) == (found, first_seen)
    assert index_paths([pages], directory, jobs=1).unchanged == 1


def test_a_current_index_needs_no_upgrade(old: Any) -> None:
    upgrade_index(old, jobs=1)
    assert upgrade_index(old).questions is None


def test_where_there_is_no_index_there_is_nothing_to_upgrade(tmp_path: Path) -> None:
    with pytest.raises(IndexMissing):
        upgrade_index(tmp_path)


def test_a_torn_index_stays_as_it_is(old: Any) -> None:
    for file in old.glob("*.records"):
        file.write_bytes(file.read_bytes()[:-64])
    before = {path.name: path.read_bytes() for path in old.iterdir() if path.name != "write.lock"}
    with pytest.raises(IndexBroken):
        upgrade_index(old)
    assert {path.name: path.read_bytes() for path in old.iterdir() if path.name != "write.lock"} == before


def test_an_index_of_a_newer_searchq_is_not_upgraded(old: Any) -> None:
    manifest = old / "manifest.json"
    manifest.write_text(manifest.read_text().replace('"format": 1', '"format": 99'))
    with pytest.raises(IndexOutdated, match="newer searchq"):
        upgrade_index(old)


def test_the_command_line_says_what_it_did(old: Any, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli(["upgrade", "--index", str(old)], standalone_mode=False) == 0
    assert capsys.readouterr().out == (
        "renewed 5 questions\n"
        "To read again, with `searchq index SOURCES`: 2 pages.\n"
        "2-1535/1  documents/bulletin.txt: whether it was answered is unknown\n"
        "6-1236  documents/supplement.txt: an event of its chronology was not known\n"
    )
    assert cli(["upgrade", "--index", str(old)], standalone_mode=False) == 0
    assert capsys.readouterr().out == "The index is up to date; nothing to upgrade.\n"


def test_an_export_of_the_first_edition_is_read(tmp_path: Path) -> None:
    (question,) = next(read([HERE / "first_edition.jsonl"])).questions
    assert (question.number, question.answer, question.house) == ("6-1234", "Er zijn er zeven.", "senate")
    assert index_paths([HERE / "first_edition.jsonl"], tmp_path / "index", jobs=1).added == 1
    assert record(tmp_path / "index", "6-1234") == question

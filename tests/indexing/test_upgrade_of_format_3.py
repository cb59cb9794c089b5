"""An index of format 3, made by the searchq of then (`format_3_maker`), renewed and kept whole.

All through the command line, in the folder in which the index was made.
"""

import datetime as dt
import shutil
import sys
from pathlib import Path
from typing import Any

import pytest

import searchq
from searchq.cli.main import main
from searchq.engines.open import open_engine
from searchq.index.format.arrays import FORMAT_VERSION
from searchq.index.format.manifest import read_manifest
from searchq.indexing.catalog import BASE, JOURNAL, Catalog
from searchq.indexing.problems import PROBLEMS, PROBLEMS_SINCE
from searchq.indexing.row_part import Part
from searchq.indexing.siblings import ROUTES

ROUTES_OF_ONE = ["56-7-0930-2025202606531", "56-8-0930-2025202606531"]
NUMBERS = ["6-1234", "6-1235", "6-1236", "6-1299", *ROUTES_OF_ONE]
UNKNOWN_STATE = "Whether the question was answered is not known: the record tells no state."
BAD_DATE = "The date “31/2/2015” in the chronology cannot be read or does not exist."
PROBLEMS_TOLD = [
    *(f"problem   {ROUTES_OF_ONE[place]} in documents/{7 + place}.json: {UNKNOWN_STATE}" for place in (0, 1)),
    f"problem   6-1236 in documents/faulty.txt: {BAD_DATE}",
]
FIRST_RUN, SECOND_RUN = (dt.datetime.fromtimestamp(moment, dt.UTC) for moment in (1_700_000_000, 1_700_086_400))


@pytest.fixture
def old(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    shutil.unpack_archive(Path(__file__).with_name("format_3.zip"), tmp_path)
    monkeypatch.chdir(tmp_path)
    parser = sys.modules["searchq.documents.parse"]  # where a function has the name of its module
    monkeypatch.setattr(parser, "PARSER_VERSION", 6)  # that of then, by which documents are known
    return tmp_path / "index"


@pytest.fixture
def said(capsys: pytest.CaptureFixture[str]) -> Any:
    """What a command prints, line by line, on either stream; it must end as expected."""

    def call(*words: str, status: int = 0) -> list[str]:
        assert main(list(words)) == status
        told = capsys.readouterr()
        return [*told.out.splitlines(), *told.err.splitlines()]

    return call


@pytest.fixture
def renewed(old: Path, said: Any) -> Path:
    assert said("upgrade") == ["renewed 6 questions"]
    return old


def test_it_is_refused_naming_its_remedy_and_stays_as_it_is(old: Path, said: Any) -> None:
    before = {path.name: path.read_bytes() for path in old.iterdir()}
    (told,) = said("search", "vuurtorens", status=3)
    assert told.endswith("was made with format 3, not 4; renew it with `searchq upgrade`.")
    assert {path.name: path.read_bytes() for path in old.iterdir()} == before


def test_every_question_is_there_with_its_texts_in_both_languages(renewed: Path) -> None:
    manifest = read_manifest(renewed)
    assert manifest.format == FORMAT_VERSION
    index = searchq.open(renewed)
    assert list(index.numbers()) == NUMBERS
    whole = index.question("6-1234")
    assert (whole.question, whole.answer) == ("Hoeveel vuurtorens zijn er?", "Er zijn er zes.")
    assert whole.french is not None
    assert whole.french.answer == "Il y en a six."
    assert [source.path for source in whole.sources] == ["documents/nl.txt", "documents/fr.txt"]
    assert index.question("6-1235").answer == "Er zijn er negen."  # of the second run
    assert index.search("phare").total == 1
    assert open_engine(renewed).verify(deep=True) == []


def test_the_moments_at_which_questions_and_answers_came_are_kept(renewed: Path) -> None:
    seen = {one.number: one for one in searchq.open(renewed).questions()}
    assert {one.first_seen for one in seen.values()} == {FIRST_RUN}
    assert (seen["6-1234"].answer_first_seen, seen["6-1235"].answer_first_seen) == (FIRST_RUN, SECOND_RUN)


def test_the_next_run_knows_each_document_and_tells_its_problems_again(renewed: Path, said: Any) -> None:
    generation = read_manifest(renewed).generation
    summary, rejected, *problems, gone = said("index", "documents", "--jobs", "1")
    assert summary.startswith("read 8 = added 0 + updated 0 + unchanged 7 + rejected 1")
    assert rejected == "rejected  documents/no.txt: it has the layout of no written question"
    assert problems == PROBLEMS_TOLD
    assert gone.startswith("gone      1 document indexed before")
    assert read_manifest(renewed).generation == generation  # nothing new, so no commit


def test_a_document_that_comes_makes_rows_of_what_was_remembered(renewed: Path, said: Any) -> None:
    text = Path("documents/nl.txt").read_text(encoding="utf-8")
    Path("documents/new.txt").write_text(text.replace("6-1234", "6-1301"), encoding="utf-8")
    assert said("index", "documents", "--jobs", "1")[0].startswith("read 9 = added 1 + updated 0 + unchanged 7")
    engine = open_engine(renewed)
    assert None not in [Part.load(engine.state(name)) for name in (BASE, JOURNAL, PROBLEMS, PROBLEMS_SINCE)]
    held = Catalog(engine.state(BASE), engine.state(JOURNAL), engine.about().generation).held()
    assert sorted(Path(name).name for name, _ in held) == [
        *("7.json", "8.json", "faulty.txt", "fr.txt", "gone.txt", "new.txt", "nl.txt", "open.txt", "removed.txt")
    ]
    summary, _, *problems, _ = said("index", "documents", "--jobs", "1")
    assert (summary[:53], problems) == ("read 9 = added 0 + updated 0 + unchanged 8 + rejected", PROBLEMS_TOLD)


def test_a_third_route_finds_the_siblings_that_were_remembered(renewed: Path, said: Any) -> None:
    text = Path("documents/8.json").read_text(encoding="utf-8")
    Path("documents/9.json").write_text(text.replace("56--8-", "56--9-"), encoding="utf-8")
    assert said("index", "documents/9.json", "--jobs", "1")[0].startswith("read 1 = added 1")
    third = ROUTES_OF_ONE[0].replace("-7-", "-9-")
    for number in (*ROUTES_OF_ONE, third):
        named = [reference.number for reference in searchq.open(renewed).question(number).references]
        assert named == [one for one in (*ROUTES_OF_ONE, third) if one != number]
    assert Part.load(open_engine(renewed).state(ROUTES)) is not None


def test_what_was_removed_rejected_or_is_gone_is_still_told(renewed: Path, said: Any) -> None:
    told = said("coverage")
    assert "6-1300: removed from the index by number" in told
    assert "1  it has the layout of no written question" in told
    pruned = said("index", "documents", "--prune", "--jobs", "1")
    assert "removed   6-1299: documents/gone.txt: the document is gone" in pruned
    assert list(searchq.open(renewed).numbers()) == [number for number in NUMBERS if number != "6-1299"]

"""The whole run, on documents in the site's layout written for these tests."""

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

import searchq
from searchq.analysis.acronyms import LEARNED, load_forms
from searchq.errors import IndexMissing
from searchq.index.read.reader import open_snapshot
from searchq.indexing import COUNTS, index_paths, report_json
from searchq.indexing.problems import PROBLEMS, PROBLEMS_SINCE, Problems, restamped_problems
from searchq.question import Question

PAGE = """Tweetalige printerversie Eentalige printerversie

Schriftelijke vraag nr. {number}

van Jan Peeters (MR) d.d. 3 mei 2011

aan de minister van Justitie

Gevangenissen - {title}

gedetineerde

Chronologie

3/5/2011Verzending vraag
{events}

Vraag nr. {number} d.d. 3 mei 2011 : (Vraag gesteld in het Nederlands)

{text}
{answer}"""

ANSWERED = "\nAntwoord ontvangen op 7 juni 2011 :\n\n{}\n"


def page(number: Any, text: str = "Hoeveel bewakers zijn er?", answer: Any = None, title: str = "Bewakers") -> Any:
    return PAGE.format(
        number=number,
        title=title,
        text=text,
        events="7/6/2011Antwoord" if answer else "",
        answer=ANSWERED.format(answer) if answer else "",
    )


@pytest.fixture
def documents(tmp_path: Path) -> Any:
    folder = tmp_path / "documents"
    folder.mkdir()
    return folder


@pytest.fixture
def run(documents: Any, tmp_path: Path) -> Any:
    """Index the documents; the report as counts."""

    def call(**options: Any) -> Any:
        report = index_paths([documents], tmp_path / "index", jobs=1, **options)
        assert report.read == sum(getattr(report, name) for name in COUNTS[1:])
        return {name: getattr(report, name) for name in COUNTS[1:] if getattr(report, name)}

    return call


@pytest.fixture
def stored(tmp_path: Path) -> Any:
    """What the index holds of a question."""

    def call(number: Any) -> Any:
        snapshot = open_snapshot(tmp_path / "index")
        doc = snapshot.doc(number)
        return None if doc is None else snapshot.record(doc)

    return call


def test_documents_become_questions_that_can_be_read_back(documents: Any, run: Any, stored: Any) -> None:
    (documents / "1.txt").write_text(page("5-1", answer="Er zijn er tien."))
    assert run() == {"added": 1}
    found = stored("5-1")
    assert (found.title, found.answer, found.delay_days) == ("Gevangenissen - Bewakers", "Er zijn er tien.", 35)


def test_a_second_run_over_the_same_documents_changes_nothing(documents: Any, run: Any, tmp_path: Path) -> None:
    for number in range(1, 6):
        (documents / f"{number}.txt").write_text(page(f"5-{number}"))
    assert run() == {"added": 5}
    before = open_snapshot(tmp_path / "index").generation
    assert run() == {"unchanged": 5}
    assert open_snapshot(tmp_path / "index").generation == before


def test_a_document_that_changes_and_changes_back_is_seen_both_times(documents: Any, run: Any, stored: Any) -> None:
    for text in ("Hoeveel bewakers?", "Hoeveel cellen?", "Hoeveel bewakers?"):
        (documents / "1.txt").write_text(page("5-1", text))
        run()
        assert stored("5-1").question == text


def test_a_document_that_lost_its_answer_replaces_its_old_version(documents: Any, run: Any, stored: Any) -> None:
    (documents / "1.txt").write_text(page("5-1", answer="Tien."))
    run()
    (documents / "1.txt").write_text(page("5-1"))
    assert run() == {"updated": 1}
    assert stored("5-1").answer is None


def test_of_two_documents_the_fuller_is_kept_in_whatever_order(documents: Any, run: Any, stored: Any) -> None:
    (documents / "1.txt").write_text(page("5-1", answer="Tien."))
    (documents / "2.txt").write_text(page("5-1"))
    (documents / "3.txt").write_text(page("5-2"))
    (documents / "4.txt").write_text(page("5-2", answer="Elf."))
    assert run() == {"added": 2, "updated": 1, "completed": 1}
    assert (stored("5-1").answer, stored("5-2").answer) == ("Tien.", "Elf.")
    assert run() == {"unchanged": 4}


def test_of_two_equally_full_documents_the_later_is_kept_for_good(documents: Any, run: Any, stored: Any) -> None:
    (documents / "1.txt").write_text(page("5-1", "Eerste versie?"))
    (documents / "2.txt").write_text(page("5-1", "Tweede versie?"))
    assert run() == {"added": 1, "updated": 1}
    assert run() == {"unchanged": 2}
    assert stored("5-1").question == "Tweede versie?"


def test_what_cannot_be_read_is_rejected_by_name(documents: Any, run: Any, tmp_path: Path) -> None:
    (documents / "1.txt").write_text(page("5-1"))
    (documents / "2.txt").write_text("Een boodschappenlijst: melk, brood.")
    (documents / "3.txt").write_text("")
    assert run() == {"added": 1, "rejected": 2}
    report = index_paths([documents, tmp_path / "nowhere"], tmp_path / "index", jobs=1)
    assert [one.name.rsplit("/", 1)[-1] for one in report.rejections] == ["2.txt", "3.txt", "nowhere"]


def test_problems_are_told_again_as_long_as_the_document_stays_as_it_is(documents: Any, tmp_path: Path) -> None:
    def told() -> Any:
        report = index_paths([documents], tmp_path / "index", jobs=1)
        return [(name, len(sentences)) for name, sentences in report.problems]

    faulty = documents / "5-1.txt"
    faulty.write_text(page("5-1").replace("3/5/2011Verzending", "31/4/2011Verzending"))
    (documents / "5-2.txt").write_text(page("5-2"))
    expected = [(f"5-1 in {faulty}", 1)]
    assert told() == expected
    assert told() == expected  # though it was not read
    (documents / "5-2.txt").write_text(page("5-2", text="Hoeveel cellen zijn er?"))
    assert told() == expected  # another document changed: a new generation
    moved = faulty.rename(documents / "5-1 moved.txt")
    assert told() == [(f"5-1 in {moved}", 1)]
    moved.write_text(page("5-1"))
    assert told() == []
    assert told() == []


def test_problems_of_another_generation_or_of_forgotten_documents_are_not_told() -> None:
    one, other = "1" * 32, "2" * 32
    problems = Problems()
    for fingerprint in (one, other):
        assert list(problems.read("a.txt", fingerprint, [Question("5-1", problems=("Bad date.",))])) == [
            ("5-1 in a.txt", ("Bad date.",))
        ]
    kept = problems.dump({one[:16]}, generation=7)
    blobs = kept[PROBLEMS], kept[PROBLEMS_SINCE]
    assert list(Problems(*blobs, 7).unchanged("b.txt", one)) == [("5-1 in b.txt", ("Bad date.",))]
    assert list(Problems(*blobs, 7).unchanged("a.txt", other)) == []
    assert list(Problems(*blobs, 8).unchanged("a.txt", one)) == []


def test_problems_of_the_edition_before_are_told_and_become_rows() -> None:
    one, told = "1" * 32, [["5-1", ["Bad date.", "Geen “datum”."]]]
    blob = json.dumps([7, {one: told}], ensure_ascii=False).encode()
    expected = [("5-1 in a.txt", ("Bad date.", "Geen “datum”."))]
    renumbered = restamped_problems(blob, 7, 9)
    for problems in (Problems(blob, b"", 7), Problems(renumbered, b"", 9)):
        assert list(problems.unchanged("a.txt", one)) == expected
        kept = problems.dump({one[:16]}, 10)
        assert restamped_problems(kept[PROBLEMS], 10, 11) == kept[PROBLEMS]
        assert list(Problems(kept[PROBLEMS], kept[PROBLEMS_SINCE], 10).unchanged("a.txt", one)) == expected
    assert list(Problems(blob, b"", 8).unchanged("a.txt", one)) == []
    assert list(Problems(restamped_problems(blob, 6, 9), b"", 9).unchanged("a.txt", one)) == []


def test_a_document_read_again_without_problems_has_none_any_more() -> None:
    one, faulty = "1" * 32, Question("5-1", problems=("Bad date.",))
    problems = Problems()
    assert list(problems.read("a.txt", one, [faulty])) != []
    kept = problems.dump({one[:16]}, 1)
    problems = Problems(kept[PROBLEMS], kept[PROBLEMS_SINCE], 1)
    assert list(problems.read("a.txt", one, [Question("5-1")])) == []
    kept |= problems.dump({one[:16]}, 2)
    assert list(Problems(kept[PROBLEMS], kept[PROBLEMS_SINCE], 2).unchanged("a.txt", one)) == []


def test_nothing_but_rejections_makes_no_index_and_spares_an_old_one(
    documents: Any, run: Any, stored: Any, tmp_path: Path
) -> None:
    (documents / "1.txt").write_text("Een boodschappenlijst.")
    assert run() == {"rejected": 1}
    with pytest.raises(IndexMissing):
        open_snapshot(tmp_path / "index")
    (documents / "1.txt").write_text(page("5-1"))
    run()
    (documents / "1.txt").write_text("Een boodschappenlijst.")
    assert run(rebuild=True) == {"rejected": 1}
    assert stored("5-1") is not None


def test_a_rebuild_forgets_what_is_no_longer_there(documents: Any, run: Any, stored: Any) -> None:
    (documents / "1.txt").write_text(page("5-1"))
    run()
    (documents / "1.txt").unlink()
    (documents / "2.txt").write_text(page("5-2"))
    assert run() == {"added": 1}
    assert stored("5-1") is not None
    assert run(rebuild=True) == {"added": 1}
    assert stored("5-1") is None
    assert stored("5-2") is not None


def test_a_moved_folder_holds_nothing_new(documents: Any, run: Any, tmp_path: Path) -> None:
    (documents / "1.txt").write_text(page("5-1"))
    run()
    moved = tmp_path / "moved"
    shutil.move(documents, moved)
    report = index_paths([moved], tmp_path / "index", jobs=1)
    assert (report.completed, report.read) == (1, 1)
    assert index_paths([moved], tmp_path / "index", jobs=1).unchanged == 1


def test_an_interruption_leaves_the_index_as_it_was(documents: Any, run: Any, stored: Any, tmp_path: Path) -> None:
    (documents / "1.txt").write_text(page("5-1"))
    run()
    before = sorted(path.name for path in (tmp_path / "index").iterdir())
    (documents / "2.txt").write_text(page("5-2"))

    def interrupt(done: Any, total: Any) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run(progress=interrupt)
    assert stored("5-2") is None
    assert sorted(path.name for path in (tmp_path / "index").iterdir()) == before
    assert run() == {"added": 1, "unchanged": 1}


def test_progress_tells_how_many_of_how_many(documents: Any, run: Any) -> None:
    (documents / "1.txt").write_text(page("5-1"))
    (documents / "2.txt").write_text(page("5-2"))
    told = []
    run(progress=lambda done, total: told.append((done, total)))
    assert told[-1] == (2, 2)


def test_several_processes_do_the_same_work_as_one(documents: Any, tmp_path: Path) -> None:
    for number in range(1, 40):
        (documents / f"{number:03}.txt").write_text(
            page(f"5-{number}", f"Vraag {number}?", answer="Ja." * (number % 2))
        )
    reports = [index_paths([documents], tmp_path / f"index{jobs}", jobs=jobs) for jobs in (1, 2)]
    assert replace(reports[0], seconds=0) == replace(reports[1], seconds=0)


def test_the_report_is_json(documents: Any, tmp_path: Path) -> None:
    (documents / "1.txt").write_text("Geen vraag.")
    report = report_json(index_paths([documents], tmp_path / "index", jobs=1))
    assert json.loads(json.dumps(report)) == report
    assert report["rejected"] == 1


CONTENT = st.tuples(st.sampled_from(["5-1", "5-2"]), st.sampled_from(["Een?", "Twee?"]), st.sampled_from([None, "Ja."]))
RUNS = st.lists(
    st.dictionaries(st.sampled_from(["a.txt", "b.txt", "c.txt"]), CONTENT, max_size=3), min_size=1, max_size=4
)


@settings(max_examples=25, deadline=None)
@given(RUNS)
def test_any_history_keeps_the_sum_and_ends_where_a_second_run_is_idle(
    tmp_path_factory: pytest.TempPathFactory, runs: Any
) -> None:
    folder = tmp_path_factory.mktemp("history")
    documents, index = folder / "documents", folder / "index"
    documents.mkdir()
    for contents in runs:
        for name, (number, text, answer) in contents.items():
            (documents / name).write_text(page(number, text, answer))
        for _ in range(2):
            report = index_paths([documents], index, jobs=1)
            assert report.read == len(list(documents.iterdir()))
            assert report.read == report.added + report.updated + report.completed + report.unchanged
        assert report.unchanged == report.read


def test_documents_teach_acronyms_as_they_come_change_and_go(documents: Any, run: Any, tmp_path: Path) -> None:
    def learned() -> Any:
        return load_forms(open_snapshot(tmp_path / "index").blob(LEARNED))  # type: ignore[arg-type]

    spelled = "Wat doet de Dienst voor Blauwe Fietsen (DBF)?"
    (documents / "1.txt").write_text(page("5-1", spelled))
    run()
    assert learned() == []
    (documents / "2.txt").write_text(page("5-2", spelled))
    run()
    assert learned() == [("dbf", ("dienst", "voor", "blauwe", "fietsen"))]
    (documents / "1.txt").write_text(page("5-1", spelled, answer="De DBF (Dienst voor Blauwe Fietsen) fietst."))
    run()
    (documents / "2.txt").write_text(page("5-2", "Wat doet de dienst?"))
    run()
    assert learned() == []
    run(rebuild=True)
    assert learned() == []


def test_a_search_for_a_learned_acronym_finds_its_long_form(documents: Any, run: Any, tmp_path: Path) -> None:
    for number in (1, 2):
        text = "Wat doet de Dienst voor Blauwe Fietsen (DBF)?"
        (documents / f"{number}.txt").write_text(page(f"5-{number}", text))
    (documents / "3.txt").write_text(page("5-3", "Waar staat de Dienst voor Blauwe Fietsen?"))
    run()
    found = searchq.open(tmp_path / "index").search("DBF")
    assert {hit.question.number for hit in found.hits} == {"5-1", "5-2", "5-3"}

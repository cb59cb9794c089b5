"""The Python API on an index made from pages written for these tests, by the whole way from files to answers."""

import datetime as dt
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

import searchq
from searchq.engines.embedded import engine as embedded
from searchq.engines.embedded.engine import EmbeddedEngine
from searchq.engines.embedded.search import answer
from searchq.errors import IndexMissing, OutOfTime, QuestionNotFound, RequestError
from searchq.indexing import index_paths
from searchq.query.hits import FacetValue
from searchq.query.request import FacetQuery, Request
from searchq.query.statistics import StatisticsRow
from searchq.results.page import Snippet
from tests.writes import add

PAGE = """Tweetalige printerversie Eentalige printerversie

Schriftelijke vraag nr. {number}

van {author} ({party}) d.d. {asked}

aan {minister}

{title}

{keywords}

Chronologie

{day}Verzending vraag
{events}
{references}

Vraag nr. {number} d.d. {asked} : (Vraag gesteld in het Nederlands)

{question}
"""


def page(
    number: Any,
    title: Any,
    question: Any,
    *,
    answer: Any = None,
    author: str = "Martine Taelman",
    party: str = "Open Vld",
    siblings: Any = (),
    **told: Any,
) -> Any:
    """A page of the site; an answer came on 30 June 2013, 61 days after the question."""
    text = PAGE.format(
        number=number,
        title=title,
        question=question,
        author=author,
        party=party,
        asked=told.get("asked", "30 april 2013"),
        day=told.get("day", "30/4/2013"),
        minister=told.get("minister", "de minister van Justitie"),
        keywords="\n".join(told.get("keywords", ("gedetineerde",))),
        events="30/6/2013Antwoord" if answer else "",
        references="\n" + "\n".join(f"Ook gesteld aan : schriftelijke vraag {other}" for other in siblings)
        if siblings
        else "",
    )
    return text + (f"\nAntwoord ontvangen op 30 juni 2013 :\n\n{answer}\n" if answer else "")


MEDIA = ("Gevangenissen - Sociale media", "Gebruiken gedetineerden sociale media? Is er permanente aandacht voor?")
HEALTH = "de minister van Sociale Zaken en Volksgezondheid"
PAGES = {
    "5-100": page("5-100", *MEDIA, answer="Facebook is verboden in elke gevangenis.", siblings=("5-101", "5-102")),
    "5-101": page("5-101", *MEDIA, minister=HEALTH, siblings=("5-100", "5-102")),
    "5-102": page("5-102", *MEDIA, minister="de eerste minister", siblings=("5-100", "5-101")),
    "5-200": page("5-200", "Gevangenissen - Bewakers", "Hoeveel bewakers telt elke gevangenis?", author="Bert Anciaux",
                  party="sp.a", asked="3 mei 2011", day="3/5/2011"),
    "5-201": page("5-201", "Vaccins - Griep", "Hoeveel griepvaccins werden in België besteld voor ziekenhuizen?",
                  answer="Er werden er duizend besteld.", minister=HEALTH, keywords=("inenting", "ziekenhuis")),
    "5-202": page("5-202", "Ziekenhuizen - Wachttijden", "Hoe lang zijn de wachttijden in ziekenhuizen?",
                  author="Bert Anciaux", party="sp.a", minister=HEALTH, keywords=("ziekenhuis",)),
}  # fmt: skip


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Any:
    home = tmp_path_factory.mktemp("api")
    documents = home / "documents"
    documents.mkdir()
    for number, text in PAGES.items():
        (documents / f"{number}.txt").write_text(text, encoding="utf-8")
    report = index_paths([documents], home / "index", jobs=1)
    assert (report.read, report.added) == (len(PAGES), len(PAGES))
    return home / "index"


@pytest.fixture(scope="module")
def index(folder: Any) -> Any:
    return searchq.open(folder)


def numbers(page: Any) -> Any:
    return [hit.question.number for hit in page.hits]


def test_words_find_questions_and_show_where(index: Any) -> None:
    found = index.search("facebook")
    assert numbers(found) == ["5-100"]
    assert found.hits[0].snippets == (
        Snippet("answer", "Facebook is verboden in elke gevangenis.", ((0, 8),), True, True, is_answer=True),
    )


def test_siblings_fold_into_one_hit_unless_told_otherwise(index: Any) -> None:
    folded = index.search("sociale media", all_words=True)
    assert (folded.total, folded.groups, len(folded.hits)) == (3, 1, 1)
    shown = {folded.hits[0].question.number, *(one.number for one in folded.hits[0].siblings)}
    assert shown == {"5-100", "5-101", "5-102"}
    assert sorted(numbers(index.search("sociale media", fold=False, all_words=True))) == ["5-100", "5-101", "5-102"]


def test_a_quotation_is_highlighted_whole(index: Any) -> None:
    (hit,) = index.search('"permanente aandacht"').hits
    snippet = hit.snippets[0]
    assert [snippet.text[start:end] for start, end in snippet.highlights] == ["permanente aandacht"]


def test_titles_are_highlighted(index: Any) -> None:
    (hit,) = index.search("wachttijd").hits
    assert [hit.question.title[start:end] for start, end in hit.title_highlights] == ["Wachttijden"]


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        ({"party": "SP.A"}, ["5-200", "5-202"]),
        ({"party": ["sp.a", "Open Vld"], "portfolio": "Volksgezondheid"}, ["5-101", "5-201", "5-202"]),
        ({"minister": "Justitie"}, ["5-100", "5-200"]),
        ({"minister": ["eerste minister"]}, ["5-102"]),
        ({"exclude": {"author": "Martine Taelman"}}, ["5-200", "5-202"]),
        ({"year": 2011}, ["5-200"]),
        ({"asked_to": "2012"}, ["5-200"]),
        ({"asked_from": dt.date(2013, 4, 30), "status": "answered"}, ["5-100", "5-201"]),
        ({"asked_from": "30 april 2013", "asked_to": "avril 2013", "status": "answered"}, ["5-100", "5-201"]),
        ({"answered_from": "2013-06", "answered_to": "2013-06"}, ["5-100", "5-201"]),
        ({"delay": "61-90"}, ["5-100", "5-201"]),
        ({"keyword": "ziekenhuis", "exclude": {"status": ["open"]}}, ["5-201"]),
    ],
)
def test_filters(index: Any, filters: Any, expected: Any) -> None:
    assert numbers(index.search(sort="number", fold=False, **filters)) == expected


def test_without_text_the_newest_come_first(index: Any) -> None:
    assert numbers(index.search(fold=False))[-1] == "5-200"


def test_facets_are_counted_without_their_own_selection(index: Any) -> None:
    (party,) = index.search(party="sp.a", facets=["party:5"]).facets
    assert party.values == (FacetValue("Open Vld", 4), FacetValue("sp.a", 2, selected=True))
    assert index.facets("ziekenhuizen", "year")[0].values == (FacetValue("2013", 2),)
    assert index.facets(Request(), [FacetQuery("author", contains="taelman")])[0].values == (
        FacetValue("Martine Taelman", 4),
    )


def test_facets_of_a_search_that_ran_out_of_time_are_refused(index: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(embedded, "answer", lambda request, view: answer(request, view, seconds=-1.0))
    assert [hint.code for hint in index.search("ziekenhuizen").hints] == ["deadline"]
    with pytest.raises(OutOfTime):
        index.facets("ziekenhuizen", "year")


def test_an_empty_result_tells_what_to_drop(index: Any) -> None:
    found = index.search("facebook", party="sp.a")
    assert found.total == 0
    assert [(way.dropped, way.kind, way.total) for way in found.relaxations] == [("sp.a", "filter", 1)]
    assert index.page(found.relaxations[0].request).total == 1


def test_another_spelling_is_offered_only_where_it_finds_something(index: Any) -> None:
    assert index.search("bewakres").did_you_mean == "bewakers"
    assert index.search("bewakres", party="Open Vld").did_you_mean is None
    assert index.search("bewakers").did_you_mean is None
    assert index.search('titel:bewakres "elke gevangenis"').did_you_mean == 'titel:bewakers "elke gevangenis"'


def test_a_number_jumps_to_its_question(index: Any) -> None:
    assert index.search("5-201").jump == "5-201"
    assert index.question("5-201").title == "Vaccins - Griep"


def test_a_number_that_is_not_there_is_an_error(index: Any) -> None:
    with pytest.raises(QuestionNotFound, match="5-999"):
        index.question("5-999")
    with pytest.raises(QuestionNotFound, match="5-999"):
        index.siblings("5-999")
    with pytest.raises(QuestionNotFound, match="5-999"):
        index.similar("5-999")


def test_siblings_come_whole_and_in_order(index: Any) -> None:
    found = index.siblings("5-101")
    assert [(one.number, one.answer is not None) for one in found] == [
        ("5-100", True),
        ("5-101", False),
        ("5-102", False),
    ]


def test_similar_questions_leave_out_the_siblings(index: Any) -> None:
    assert numbers(index.similar("5-202")) == ["5-201"]
    assert not {"5-100", "5-101", "5-102"} & set(numbers(index.similar("5-100")))


def test_suggestions(index: Any) -> None:
    assert ("Martine Taelman", "author", 4) in [(one.text, one.kind, one.count) for one in index.suggest("tael")]


def test_statistics_by_party(index: Any) -> None:
    table = index.statistics("party")
    assert table.rows == (
        StatisticsRow("Open Vld", 4, 2, 0, 0, 0, 2, 0, 61.0, 61),
        StatisticsRow("sp.a", 2, 0, 0, 0, 0, 2, 0, None, None),
    )
    assert index.statistics("portfolio", "ziekenhuizen", party="sp.a").total.questions == 1


def test_a_scan_gives_every_hit_whole(index: Any) -> None:
    scanned = list(index.scan(Request(sort="number", fold=False)))
    assert [one.number for one in scanned] == sorted(PAGES)
    assert scanned == list(index.questions())
    assert [one.number for one in scanned] == list(index.numbers())
    assert all(one.question for one in scanned)
    assert [one.number for one in index.scan("vaccins", status="answered")] == ["5-201"]


def test_whole_texts_are_highlighted(index: Any) -> None:
    question = index.question("5-100")
    marks = index.highlights(question, Request(text='"permanente aandacht" gevangenis'))
    shown = {zone: [getattr(question, zone)[start:end] for start, end in spans] for zone, spans in marks.items()}
    assert shown == {"title": ["Gevangenissen"], "question": ["permanente aandacht"], "answer": ["gevangenis"]}


@pytest.mark.parametrize("text", ["", "gevangenis OF vaccins OF wachttijden"])
def test_a_question_stands_among_the_results_of_its_search(index: Any, text: str) -> None:
    request = Request(text=text, sort="number", fold=False, facets=(FacetQuery("party"),), page=3, limit=1)
    order = [one.number for one in index.scan(request)]
    assert len(order) > 2
    for place, number in enumerate(order, 1):
        question = index.question(number)
        found = index.in_results(question, request, place)
        beside = [one and one.number for one in (found.previous, found.next)]
        assert beside == [order[place - 2] if place > 1 else None, order[place] if place < len(order) else None]
        assert found.highlights == (index.highlights(question, request) if text else {})


def test_info_says_what_the_index_holds(index: Any, folder: Any) -> None:
    facts = index.info()
    assert (facts["questions"], facts["first_date"], facts["last_date"]) == (6, "2011-05-03", "2013-04-30")
    assert facts["directory"] == str(folder)
    assert facts["generation"] == index.generation == 1
    aside = {"manifest.json", "write.lock"}
    assert facts["bytes"] == sum(path.stat().st_size for path in folder.iterdir() if path.name not in aside)


def test_a_score_can_be_explained(index: Any) -> None:
    explained = index.explain("bewakers", "5-200", recency=False)
    (hit,) = index.search("bewakers", recency=False).hits
    assert explained is not None
    assert explained.value == pytest.approx(hit.score, rel=1e-5)
    assert index.explain("bewakers", "5-201") is None


def test_a_sound_index_has_nothing_to_report(index: Any) -> None:
    assert index.check() == []


@pytest.mark.parametrize(
    ("wrong", "named"),
    [
        ({"facets": ["colour"]}, "colour"),
        ({"facets": ["party:many"]}, "party:many"),
        ({"exclude": {"colour": "red"}}, "colour"),
        ({"sort": "random"}, "random"),
        ({"asked_from": "yesterday"}, "yesterday"),
        ({"asked_from": "2013-13"}, "2013-13"),
        ({"page": 0}, "0"),
        ({"limit": 100_000}, "100000"),
    ],
)
def test_a_wrong_value_is_named(index: Any, wrong: Any, named: str) -> None:
    with pytest.raises(RequestError, match=named):
        index.search("x", **wrong)


def test_a_request_brings_its_own_filters(index: Any) -> None:
    with pytest.raises(RequestError, match="party"):
        index.statistics("year", Request(), party="MR")


def test_a_missing_index_is_told_of_when_opened(tmp_path: Path) -> None:
    with pytest.raises(IndexMissing, match="nowhere"):
        searchq.open(tmp_path / "nowhere")


def test_a_commit_is_seen_by_the_next_call(tmp_path: Path) -> None:
    documents = tmp_path / "documents"
    documents.mkdir()
    (documents / "1.txt").write_text(PAGES["5-200"], encoding="utf-8")
    index_paths([documents], tmp_path / "index", jobs=1)
    index = searchq.open(tmp_path / "index")
    assert index.search("vaccins").total == 0
    (documents / "2.txt").write_text(PAGES["5-201"], encoding="utf-8")
    index_paths([documents], tmp_path / "index", jobs=1)
    assert numbers(index.search("vaccins")) == ["5-201"]
    assert [one.text for one in index.suggest("griepv")] == ["griepvaccins"]


def test_threads_share_an_index(index: Any) -> None:
    expected = replace(index.search("ziekenhuizen", facets=["party"]), seconds=0.0)
    found = []  # type: ignore[var-annotated]

    def search() -> None:
        found.extend(replace(index.search("ziekenhuizen", facets=["party"]), seconds=0.0) for _ in range(5))

    threads = [threading.Thread(target=search) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [expected] * 40


def test_importing_searchq_imports_nothing_heavy() -> None:
    code = "import sys, searchq; print(sorted({'numpy', 'whoosh', 'simplemma', 'searchq.api'} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_searching_loads_no_dictionary_and_no_parser(folder: Any) -> None:
    code = (
        "import sys, searchq; index = searchq.open(sys.argv[1]); index.search('wachtijd', party='sp.a');"
        "index.suggest('zie'); index.info();"
        "print(sorted({'simplemma', 'dateutil', 'warcio', 'searchq.indexing'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code, str(folder)], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


@pytest.fixture(scope="module")
def seeds(shared: Any, tmp_path_factory: pytest.TempPathFactory) -> Any:
    """The two real pages, indexed."""
    folder = tmp_path_factory.mktemp("seeds") / "index"
    index_paths([shared / "seeds"], folder, jobs=1)
    return searchq.open(folder)


@pytest.mark.parametrize(
    ("query", "expected", "marked"),
    [
        ("hertweeten", ["5-8900"], "hertweeten"),
        ("officiele persberichten", ["5-8902", "5-8900"], "persberichten"),
        ('minister:"Buitenlandse Zaken" sociale media', ["5-8902"], "media"),
        ('partij:"Open Vld" datum:2013', ["5-8900", "5-8902"], None),
        ("termijn:>200", ["5-8902"], None),
        ('"permanente aandacht"', ["5-8900", "5-8902"], "permanente aandacht"),
        ("antwoord:facebook", ["5-8900", "5-8902"], "Facebook"),
    ],
)
def test_the_real_pages_are_found(seeds: Any, query: str, expected: Any, marked: str | None) -> None:
    found = seeds.search(query, fold=False)
    assert found.hints == ()
    assert sorted(numbers(found)) == sorted(expected)
    shown = {
        snippet.text[start:end] for hit in found.hits for snippet in hit.snippets for start, end in snippet.highlights
    }
    assert marked is None or marked in shown


def test_the_real_pages_fold_into_one_and_name_eighteen_siblings_each(seeds: Any) -> None:
    found = seeds.search("sociale media")
    assert (found.total, found.groups) == (2, 1)
    for question in seeds.siblings("5-8902"):
        named = [one for one in question.references if one.kind == "also-asked-to"]
        assert len(named) == 18
    assert {number: seeds.question(number).delay_days for number in seeds.numbers()} == {"5-8900": 30, "5-8902": 293}


def test_one_question_to_nineteen_ministers_is_one_hit(seeds: Any, tmp_path: Path) -> None:
    one = seeds.question("5-8902")
    numbers_named = [ref.number for ref in one.references if ref.kind == "also-asked-to"]
    group = sorted([one.number, *numbers_named])
    engine = EmbeddedEngine(tmp_path / "index")
    add(engine, _asked_to_each(one, group))
    index = searchq.open(tmp_path / "index")
    for text in ("sociale media", '"permanente aandacht"', 'partij:"Open Vld" datum:2013', ""):
        found = index.search(text)
        (hit,) = found.hits
        assert (found.total, found.groups) == (19, 1)
        assert sorted([hit.question.number, *(other.number for other in hit.siblings)]) == group
    assert index.search("sociale media", fold=False, limit=100).groups == 19
    assert [question.number for question in index.siblings("5-8902")] == group


def _asked_to_each(question: Any, group: Any) -> Iterator[Any]:
    """The question as each minister got it: every sibling names the others and leaves itself out."""
    (reference,) = {replace(ref, number="") for ref in question.references if ref.kind == "also-asked-to"}
    for number in group:
        others = tuple(replace(reference, number=other) for other in group if other != number)
        yield replace(question, number=number, references=others)

"""Both languages of one question are one record, whatever the order of its pages."""

import datetime as dt
import itertools
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from searchq.documents import read
from searchq.index.read.reader import open_snapshot
from searchq.indexing import index_paths
from searchq.indexing.merge_pages import merge_pages
from searchq.question import Answer, ChronologyEntry, Citation, FrenchText, Point, Question, Source

DUTCH = """Tweetalige printerversie Eentalige printerversie

Schriftelijke vraag nr. 6-1234

van Jan Peeters (MR) d.d. 3 november 2015

aan de minister van Justitie

Vuurtorens - Onderhoud

vuurtoren
kust

Chronologie

3/11/2015Verzending vraag (Einde van de antwoordtermijn: 3/12/2015)
{events}

Vraag nr. 6-1234 d.d. 3 november 2015 : (Vraag gesteld in het Nederlands)

Hoeveel vuurtorens zijn er?
{answer}"""

FRENCH = """Version à imprimer bilingue Version à imprimer unilingue

Question écrite n° 6-1234

de Jan Peeters (MR) du {date}

au ministre de la Justice

Phares - Entretien

phare
côte

Chronologie

3/11/2015Envoi question (Fin du délai de réponse: 3/12/2015)
{events}

Question n° 6-1234 du {date} : (Question posée en néerlandais)

Combien de phares y a-t-il ?
{answer}"""

DUTCH_ANSWER = "\nAntwoord ontvangen op 1 december 2015 :\n\nEr zijn er zes.\n"
FRENCH_ANSWER = "\nRéponse reçue le 1 décembre 2015 :\n\nIl y en a six.\n"


def dutch(answered: bool = True) -> Any:
    events, answer = ("1/12/2015Antwoord", DUTCH_ANSWER) if answered else ("", "")
    return DUTCH.format(events=events, answer=answer)


def french(answered: bool = True, date: str = "3 novembre 2015") -> Any:
    events, answer = ("1/12/2015Réponse", FRENCH_ANSWER) if answered else ("", "")
    return FRENCH.format(events=events, answer=answer, date=date)


@pytest.fixture
def index(tmp_path: Path) -> Any:
    """Index some texts by file name, a run for each given; the one record of the index."""

    def call(*runs: Any) -> Any:
        for texts in runs:
            for name, text in texts.items():
                (tmp_path / name).write_text(text)
            index_paths([tmp_path / name for name in texts], tmp_path / "index", jobs=1)
        snapshot = open_snapshot(tmp_path / "index")
        assert snapshot.doc_count == 1
        return snapshot.record(snapshot.doc("6-1234"))  # type: ignore[arg-type]

    return call


ORDERS = [
    ({"nl.txt": dutch()}, {"fr.txt": french()}),
    ({"fr.txt": french()}, {"nl.txt": dutch()}),
    ({"nl.txt": dutch(), "fr.txt": french()},),
    ({"fr.txt": french(), "nl.txt": dutch()},),
]


@pytest.mark.parametrize("runs", ORDERS)
def test_both_languages_complete_each_other_in_any_order_and_in_one_run_or_two(
    index: Any, tmp_path: Path, runs: Any
) -> None:
    found = index(*runs)
    assert (found.title, found.question, found.answer) == (
        "Vuurtorens - Onderhoud",
        "Hoeveel vuurtorens zijn er?",
        "Er zijn er zes.",
    )
    assert found.french == FrenchText(
        title="Phares - Entretien",
        keywords=("phare", "côte"),
        question="Combien de phares y a-t-il ?",
        answer="Il y en a six.",
        minister="ministre de la Justice",
    )
    assert found.source == found.sources[0] == Source(path=str(tmp_path / "nl.txt"), layout="nl-web")
    assert found.sources[1:] == (Source(path=str(tmp_path / "fr.txt"), layout="fr-web"),)
    assert (found.status, found.delay_days, found.problems) == ("answered", 28, ())
    assert [(one.event, one.date) for one in found.chronology] == [
        ("sent", dt.date(2015, 11, 3)),
        ("answered", dt.date(2015, 12, 1)),
    ]


def test_parsing_prints_one_record_a_page(tmp_path: Path) -> None:
    for name, text in {"fr.txt": french(), "nl.txt": dutch()}.items():
        (tmp_path / name).write_text(text)
    parsed = [question for item in read([tmp_path]) for question in item.questions]
    assert [(question.title, question.french is None) for question in parsed] == [
        (None, False),
        ("Vuurtorens - Onderhoud", True),
    ]
    assert all(question.sources == (question.source,) for question in parsed)


@pytest.mark.parametrize("order", [("nl.txt", "fr.txt"), ("fr.txt", "nl.txt")])
def test_a_later_answer_is_no_disagreement(index: Any, order: Any) -> None:
    texts = {"nl.txt": dutch(answered=False), "fr.txt": french()}
    found = index(*({name: texts[name]} for name in order))
    assert (found.status, found.waiting_since, found.answer_date) == ("answered", None, dt.date(2015, 12, 1))
    assert (found.answer, found.french.answer) == (None, "Il y en a six.")
    assert found.problems == ()


@pytest.mark.parametrize("order", [("nl.txt", "fr.txt"), ("fr.txt", "nl.txt")])
def test_where_they_disagree_the_dutch_page_is_believed_and_a_problem_says_so(
    index: Any, tmp_path: Path, order: Any
) -> None:
    texts = {"nl.txt": dutch(), "fr.txt": french(date="2 novembre 2015")}
    found = index(*({name: texts[name]} for name in order))
    assert found.date == dt.date(2015, 11, 3)
    assert found.problems == ("The French page has another date: 2015-11-02.",)


def test_a_disagreement_is_told_by_the_run_that_finds_it(tmp_path: Path) -> None:
    (tmp_path / "fr.txt").write_text(french(date="2 novembre 2015"))
    (tmp_path / "nl.txt").write_text(dutch())
    report = index_paths([tmp_path / "fr.txt", tmp_path / "nl.txt"], tmp_path / "index", jobs=1)
    assert report.problems == (
        (f"6-1234 in {tmp_path / 'nl.txt'}", ("The French page has another date: 2015-11-02.",)),
    )


def test_one_changed_page_updates_its_own_side(index: Any) -> None:
    found = index({"nl.txt": dutch(), "fr.txt": french()}, {"fr.txt": french().replace("six", "sept")})
    assert (found.answer, found.french.answer) == ("Er zijn er zes.", "Il y en a sept.")
    found = index({"fr.txt": french(answered=False)})
    assert (found.answer, found.french.answer) == ("Er zijn er zes.", None)


def page(layout: Any, **told: Any) -> Any:
    source = Source(path=layout, layout=layout)
    return Question("6-1", source=source, sources=(source,), **told)


def test_answers_of_one_day_are_one_with_two_languages() -> None:
    days = dt.date(2015, 12, 1), dt.date(2016, 2, 1)
    dutch_page = page("nl-web", answer="Zes.", answers=(Answer("Antwoord", days[0], text="Zes."),), status="answered")
    french_page = page(
        "fr-web",
        french=FrenchText(answer="Six.\n\nSept."),
        answers=(Answer("Réponse", days[0], french="Six."), Answer("Réponse", days[1], french="Sept.")),
        status="answered",
    )
    for pages in itertools.permutations((dutch_page, french_page)):
        assert merge_pages(pages).answers == (
            Answer("Antwoord", days[0], text="Zes.", french="Six."),
            Answer("Réponse", days[1], french="Sept."),
        )


def test_events_that_only_one_page_tells_stand_in_the_place_of_their_day() -> None:
    day = dt.date(2015, 11, 3)
    told = [
        ChronologyEntry(day + dt.timedelta(days=after), event, label)  # type: ignore[arg-type]
        for after, event, label in ((0, "sent", "Verzending vraag"), (40, "reminder", "Rappel"), (60, "answered", "x"))
    ]
    merged = merge_pages(
        [page("nl-web", title="T", chronology=(told[0], told[2])), page("fr-web", chronology=(*told,))]
    )
    assert merged.chronology == tuple(told)
    assert merged.reminders == 1


def test_places_in_texts_go_with_the_texts() -> None:
    cited = [Citation(text, 0, 3, "law") for text in ("question", "answer", "french.answer")]
    dutch_page = page("nl-web", question="Wet?", citations=(cited[0],), points=())
    other = page(
        "nlfr-print",
        question="Wat?",
        answer="Wet.",
        citations=(cited[1], cited[2]),
        points=(Point("1", (0, 4), (0, 4)),),
        french=FrenchText(answer="Loi."),
        status="answered",
    )
    assert merge_pages([dutch_page, other]).points == other.points  # the page with the answer gives both
    assert merge_pages([replace(dutch_page, answer="Ja.", status="answered"), replace(other, answer=None)]).points == ()


def test_what_a_page_lacks_and_another_has_is_no_problem_of_the_record() -> None:
    bare = page("nl-web", title="T", problems=("The author was not found.", "The date was not found."))
    assert merge_pages([bare, page("fr-web", author="Jan Peeters", french=FrenchText("t"))]).problems == (
        "The date was not found.",
    )


def test_languages_disagree_in_the_party_but_not_in_how_it_is_written(index: Any) -> None:
    pages = {"nl.txt": dutch().replace("(MR)", "(Onafhankelijke)"), "fr.txt": french().replace("(MR)", "(Indépendant)")}
    assert index(pages).problems == ()
    assert index({"fr.txt": french().replace("(MR)", "(cdH)")}).problems == ("The French page has another party: cdH.",)


@pytest.mark.parametrize("end", ["Question n° 6-12", "Question n° 6-1234 du", "Combien", "Réponse reç"])
def test_a_cut_page_leaves_no_problem_that_the_other_language_makes_whole(index: Any, end: str) -> None:
    text = french()
    cut = text[: text.index(end) + len(end)]
    found = index({"nl.txt": dutch(), "fr.txt": cut})
    assert (found.status, found.answer) == ("answered", "Er zijn er zes.")
    kept = ("The page ends within a sentence, so the text is cut off.",) if end == "Combien" else ()
    assert found.problems == kept


def test_a_title_split_in_doubt_is_sure_once_a_page_of_one_language_has_it() -> None:
    doubt = "The French and the Dutch title stand on one line and may be split at the wrong word."
    both = page("nlfr-print", title="Rwanda - Steun", french=FrenchText(title="Rwanda - Soutien"), problems=(doubt,))
    chief = page("nl-web", title="Rwanda - Steun", question="Hoe?", answer="Zo.", status="answered")
    assert merge_pages([both, chief]).problems == ()
    assert merge_pages([both, replace(chief, title="Steun")]).problems == (doubt,)


TEXTS = st.sampled_from(["nl1.txt", "nl2.txt", "fr1.txt", "fr2.txt"])
CHANGES = st.lists(st.tuples(TEXTS, st.booleans(), st.sampled_from(["3 novembre 2015", "5 novembre 2015"])), min_size=1)


@settings(max_examples=20, deadline=None)
@given(changes=CHANGES, data=st.data())
def test_whatever_the_order_and_the_runs_the_index_holds_the_same(
    tmp_path_factory: pytest.TempPathFactory, changes: Any, data: Any
) -> None:
    """Documents read in the order drawn, changed in between, hold in the end what one run over the last ones gives."""
    folder = tmp_path_factory.mktemp("runs")
    last = {}
    for name, answered, date in changes:
        last[name] = dutch(answered) if name.startswith("nl") else french(answered, date)
        (folder / name).write_text(last[name])
        if data.draw(st.booleans()):
            index_paths([folder / name for name in data.draw(st.permutations([*last]))], folder / "runs", jobs=1)
    index_paths([folder / name for name in data.draw(st.permutations([*last]))], folder / "runs", jobs=1)
    index_paths([folder / name for name in last], folder / "once", jobs=1)
    assert held(folder / "runs") == held(folder / "once")


def held(directory: Any) -> Any:
    """The record and its pages, and every term of the texts with what documents hold it."""
    snapshot = open_snapshot(directory)
    assert snapshot.doc_count == 1
    doc = snapshot.doc("6-1234")
    terms = {
        (field, term)
        for field in ("text", "french", "title")
        for term in snapshot.terms(field)
        if snapshot.postings(field, term) is not None
    }
    segment = next(one for one in snapshot.segments if one.live is None or one.live.any())
    place = [own for own in range(segment.entry.docs) if segment.live is None or segment.live[own]]
    return snapshot.record(doc), segment.records.pages(place[0]), terms  # type: ignore[arg-type]

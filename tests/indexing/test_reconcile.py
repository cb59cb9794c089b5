"""Which questions go into the index: documents that change, and several pages of one number."""

import datetime as dt
from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from searchq.indexing.catalog import Catalog
from searchq.indexing.merge_pages import fullness
from searchq.indexing.reconcile import Reconciler
from searchq.question import Answer, ChronologyEntry, FrenchText, Question, Source

DAY = dt.date(2013, 4, 30)


def question(path: str = "a.txt", number: str = "5-1", **told: Any) -> Any:
    return Question(number, source=Source(path=path), **told)


class Shelf:
    """An intake whose judgements are carried out at once."""

    def __init__(self, *pages: Any) -> None:
        self.entries = {}  # type: ignore[var-annotated]
        self.catalog = Catalog()
        self.run()
        for page in pages:
            self.judge(page)

    def run(self) -> None:
        """Begin another run."""
        self.intake = Reconciler(self.catalog, self.entries.get)

    def judge(self, page: Any, catalogued: bool = False) -> Any:
        name = page.source.path
        if catalogued:
            self.catalog.read(name, "0" * 32, ["5-1"])
        outcome, entry, _ = self.intake.judge(name, [page])
        if entry is not None:
            self.entries[page.number] = entry
        return outcome

    def record(self, number: str = "5-1") -> Any:
        return self.entries[number].question


def test_a_new_number_is_added_another_source_completes_it_and_a_second_reading_changes_nothing() -> None:
    judge = Shelf().judge
    assert [judge(question(title="T")), judge(question("b.txt", title="T"))] == ["added", "completed"]
    assert judge(question("b.txt", title="T")) == "unchanged"


def test_what_the_index_holds_already_is_completed_wherever_it_was_read_and_names_all_sources() -> None:
    shelf = Shelf(question(title="T"))
    assert shelf.judge(question("moved/a.txt", title="T")) == "completed"
    assert {source.path for source in shelf.record().sources} == {"a.txt", "moved/a.txt"}


def test_a_changed_document_replaces_its_old_version_even_when_it_tells_less() -> None:
    shelf = Shelf(question(title="T", answer="A"))
    assert shelf.judge(question(title="T")) == "updated"
    assert shelf.record().answer is None


def test_a_better_page_that_changes_for_the_worse_gives_way_to_the_other_one() -> None:
    shelf = Shelf(question("b.txt", title="T", answer="B", status="answered"))
    shelf.judge(question("a.txt", title="T", answer="A", status="answered", keywords=("a", "b")))
    assert shelf.record().answer == "A"
    shelf.judge(question("a.txt", title="T"))
    assert shelf.record().answer == "B"


def test_of_several_documents_the_fullest_is_kept() -> None:
    judge = Shelf().judge
    short, full = question("a.txt", title="T"), question("b.txt", title="T", answer="A")
    assert [judge(full), judge(short), judge(full)] == ["added", "completed", "unchanged"]


def test_numbers_that_several_documents_gave_are_named() -> None:
    shelf = Shelf()
    shelf.judge(question("a.txt", title="T"))
    shelf.judge(question("c.txt", number="5-2", title="T"))
    shelf.judge(question("b.txt", title="U"))
    assert shelf.intake.duplicates == ("5-1",)


def test_an_answer_outweighs_everything_else() -> None:
    chronology = (ChronologyEntry(DAY, "sent", "Verzending vraag"),) * 5
    answered = question(answer="Ja.")
    unanswered = question(title="T", question="Q", keywords=("a", "b"), chronology=chronology)
    only_dated = question(answer_date=DAY)
    assert fullness(unanswered) < fullness(only_dated) < fullness(answered)


def test_each_thing_told_counts_and_each_problem_counts_against() -> None:
    plain = question(title="T", keywords=("a",))
    assert fullness(question(title="T", keywords=("a", "b"))) > fullness(plain)
    assert fullness(question(title="T", keywords=("a",), french=FrenchText(title="t"))) > fullness(plain)
    assert fullness(question(title="T", keywords=("a",), problems=("Bad date.",))) < fullness(plain)


def capture(day: Any = None, **told: Any) -> Any:
    source = Source(path="site.warc", address="https://example.org/5-1")
    return Question("5-1", title="T", source=source, last_seen=day, **told)


def test_captures_of_one_page_are_several_documents() -> None:
    shelf = Shelf()
    judged = [shelf.judge(capture(answer=answer), catalogued=True) for answer in ("Ja.", None)]
    assert judged == ["added", "completed"]


def test_the_later_capture_wins_but_an_answer_is_never_lost() -> None:
    days = [dt.date(2013, 5, day) for day in (1, 2, 3)]
    first, second, third = (capture(days[0], question="Een?"), capture(days[1], answer="Ja."), capture(days[2]))
    for order in ((first, second, third), (third, second, first)):
        shelf = Shelf(*order)
        assert (shelf.record().question, shelf.record().answer) == ("Een?", "Ja.")
        assert shelf.record().last_seen == days[2]


def test_captures_that_tell_the_same_are_kept_once_with_the_last_day() -> None:
    days = [dt.date(2013, 5, day) for day in (1, 3, 2)]
    shelf = Shelf(*(capture(day) for day in days))
    assert [page.last_seen for page in shelf.entries["5-1"].pages] == [dt.date(2013, 5, 3)]


dates = st.sampled_from([None, DAY, dt.date(2013, 5, 2), dt.date(2013, 6, 3)])
texts = st.sampled_from([None, "Ja.", "Neen."])
events = st.lists(
    st.builds(ChronologyEntry, dates, st.sampled_from(["sent", "reminder", "answered", "other"]), st.just("x")),
    max_size=4,
).map(tuple)


@st.composite
def pages(draw: Any, layouts: Any = ("nl-web", "nl-print", "fr-web", "nlfr-print")) -> Any:
    layout = draw(st.sampled_from(layouts))
    dutch, french = layout.startswith("nl"), "fr" in layout
    return Question(
        "5-1",
        date=draw(dates),
        author=draw(texts),
        deadline=draw(dates),
        title=draw(texts) if dutch else None,
        question=draw(texts) if dutch else None,
        answer=draw(texts) if dutch else None,
        answers=(Answer(date=DAY, text="Ja."),) if dutch and draw(st.booleans()) else (),
        chronology=draw(events),
        answer_date=draw(dates),
        status=draw(st.sampled_from(["open", "answered", "unknown", "closed"])),
        french=FrenchText(title=draw(texts), question=draw(texts), answer=draw(texts)) if french else None,
        last_seen=draw(dates),
        source=Source(path="?", layout=layout),
    )


named = st.lists(pages(), min_size=1, max_size=5).map(
    lambda some: [with_path(page, f"{place}.txt") for place, page in enumerate(some)]
)


def with_path(page: Any, path: Any) -> Any:
    return replace(page, source=replace(page.source, path=path))


@given(named, st.data())
def test_any_order_in_any_number_of_runs_gives_the_same(some: Any, data: Any) -> None:
    shelf, other = Shelf(), Shelf()
    for page in some:
        shelf.judge(page)
    for page in data.draw(st.permutations(some)):
        if data.draw(st.booleans()):
            other.run()
        other.judge(page)
    assert other.entries == shelf.entries
    assert [other.judge(page) for page in some] == ["unchanged"] * len(some)


@given(named, named, st.data())
def test_a_page_read_again_changes_just_its_own_side(before: Any, after: Any, data: Any) -> None:
    shelf, other = Shelf(), Shelf()
    undated = [with_path(page, page.source.path) for page in before]
    for page in undated:
        shelf.judge(page)
    changed = {page.source.path: page for page in after if page.last_seen is None}
    for page in data.draw(st.permutations(list(changed.values()))):
        shelf.judge(page)
    for page in {**{page.source.path: page for page in undated}, **changed}.values():
        other.judge(page)
    assert shelf.entries == other.entries

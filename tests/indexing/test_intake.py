import datetime as dt

from searchq.indexing.catalog import Catalog
from searchq.indexing.intake import Intake, fullness
from searchq.question import ChronologyEntry, FrenchText, Question, Source

DAY = dt.date(2013, 4, 30)


def question(path="a.txt", number="5-1", **told):
    return Question(number, source=Source(path=path), **told)


def intake(*stored):
    kept = {one.number: one for one in stored}
    return Intake(Catalog(), kept.get)


def test_a_new_number_is_added_and_a_second_reading_changes_nothing():
    judge = intake().judge
    assert [judge(question(title="T")), judge(question("b.txt", title="T"))] == ["added", "unchanged"]


def test_what_the_index_holds_already_is_unchanged_wherever_it_was_read():
    assert intake(question(title="T")).judge(question("moved/a.txt", title="T")) == "unchanged"


def test_a_changed_document_replaces_its_old_version_even_when_it_tells_less():
    assert intake(question(title="T", answer="A")).judge(question(title="T")) == "updated"


def test_of_several_documents_the_fullest_is_kept():
    judge = intake().judge
    short, full = question("a.txt", title="T"), question("b.txt", title="T", answer="A")
    assert [judge(full), judge(short), judge(full)] == ["added", "unchanged", "unchanged"]


def test_of_equally_full_ones_the_later_is_kept():
    one = intake()
    assert [one.judge(question("a.txt", title="T")), one.judge(question("b.txt", title="U"))] == ["added", "updated"]
    assert one.duplicates == ("5-1",)


def test_an_answer_outweighs_everything_else():
    chronology = (ChronologyEntry(DAY, "sent", "Verzending vraag"),) * 5
    answered = question(answer="Ja.")
    unanswered = question(title="T", question="Q", keywords=("a", "b"), chronology=chronology)
    only_dated = question(answer_date=DAY)
    assert fullness(unanswered) < fullness(only_dated) < fullness(answered)


def test_each_thing_told_counts_and_each_problem_counts_against():
    plain = question(title="T", keywords=("a",))
    assert fullness(question(title="T", keywords=("a", "b"))) > fullness(plain)
    assert fullness(question(title="T", keywords=("a",), french=FrenchText(title="t"))) > fullness(plain)
    assert fullness(question(title="T", keywords=("a",), problems=("Bad date.",))) < fullness(plain)


def test_captures_of_one_page_are_several_documents():
    catalog = Catalog()
    one = Intake(catalog, lambda number: None)
    capture = Source(path="site.warc", address="https://example.org/5-1")
    judged = []
    for answer in ("Ja.", None):
        catalog.read("site.warc:https://example.org/5-1", "0" * 32, 1)
        judged.append(one.judge(Question("5-1", title="T", answer=answer, source=capture)))
    assert judged == ["added", "unchanged"]

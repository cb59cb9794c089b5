"""What any engine must do, as tests to inherit: give the class a fixture `engine`, an empty engine.

class TestMyEngine(EngineContract):
    @pytest.fixture
    def engine(self, tmp_path): return MyEngine(…)
"""

import datetime as dt
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from msgspec.structs import replace

from searchq.engine import Engine
from searchq.errors import IndexLocked, IndexMissing, RequestError
from searchq.limits import MAX_PAGE_SIZE
from searchq.query.explanation import Explanation
from searchq.query.facet_table import MISSING_VALUE
from searchq.query.hits import FacetValue, Hit, Hits
from searchq.query.request import DateRange, DaysRange, FacetQuery, Request, Selection
from searchq.query.suggestion import KnownWord, chosen
from searchq.query.weights import EARLY, FORM, NEARNESS
from searchq.question import Citation, Entry, FrenchText, Point, Question, Reference, Source
from tests.writes import add, delete

__all__ = ["QUESTIONS", "EngineContract", "only_read"]


def also_asked_to(*numbers: str) -> tuple[Reference, ...]:
    return tuple(Reference("also-asked-to", "written-question", number) for number in numbers)


QUESTIONS = (
    Question(
        "5-10",
        legislature=5,
        date=dt.date(2012, 11, 5),
        author="Inès Daoud",
        party="Ecolo",
        minister="minister van Justitie",
        portfolios=("Justitie",),
        title="Sociale media - Berichten van de overheid",
        title_path=("Sociale media", "Berichten van de overheid"),
        keywords=("sociale media", "overheidscommunicatie"),
        question="Welke diensten plaatsen berichten op sociale media?",
        answer="De dienst plaatst elke week een bericht.",
        answer_date=dt.date(2012, 12, 20),
        delay_days=45,
        status="answered",
        references=also_asked_to("5-11"),
    ),
    Question(
        "5-11",
        legislature=5,
        date=dt.date(2012, 11, 5),
        author="Inès Daoud",
        party="Ecolo",
        minister="minister van Mobiliteit",
        portfolios=("Mobiliteit",),
        title="Sociale media - Berichten van de overheid",
        keywords=("sociale media",),
        question="Welke diensten plaatsen berichten op sociale media?",
        status="open",
        references=also_asked_to("5-10"),
    ),
    Question(
        "5-12",
        legislature=5,
        date=dt.date(2013, 2, 1),
        author="Bram Claes",
        party="N-VA",
        minister="minister van Mobiliteit",
        portfolios=("Mobiliteit",),
        title="Treinen - Vertragingen",
        keywords=("spoorverkeer",),
        question="Hoeveel treinen kwamen te laat aan in het station?",
        status="open",
    ),
    Question("4-7", legislature=4, title="Ongedateerde vraag over treinen", question="Rijden de treinen op tijd?"),
)


def numbers(hits: Hits) -> list[str]:
    return [hit.number for hit in hits.hits]


def _names(explanation: Explanation) -> set[str]:
    """The names of all parts of an explanation."""
    return {explanation.what}.union(*map(_names, explanation.parts))


ANSWERED = replace(QUESTIONS[2], status="answered", answer="Er kwamen 310 treinen te laat aan.")
DAYS = [dt.datetime(2026, 3, day, 6, tzinfo=dt.UTC) for day in (1, 2, 3)]


def put(engine: Engine, questions: Iterable[Question], moment: dt.datetime | None, rebuild: bool = False) -> None:
    """Put questions at a moment, and commit."""
    with engine.update(moment=moment, rebuild=rebuild) as update:
        for question in questions:
            update.put(question)
        update.commit()


def seen(engine: Engine, *numbers: str) -> list[Any]:
    """When questions and their answers were first seen."""
    return [found and (found.first_seen, found.answer_first_seen) for found in engine.questions(numbers)]


def told(engine: Engine, request: Request = Request(), after: int = 0) -> list[Any]:  # noqa: B008
    """The news, without its texts."""
    found = engine.news(request, after=after)
    return [(item.question.number, item.kinds, item.generation, item.moment) for item in found.items]


def only_read(engine: Engine) -> Engine:
    """The engine, filled, for tests that share it: none may change it."""
    add(engine, QUESTIONS)

    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("a test that changes an index asks for `own`")

    setattr(engine, "update", refuse)  # noqa: B010
    return engine


class EngineContract:
    """Tests that every engine passes."""

    @pytest.fixture
    def engine(self) -> Engine:
        raise NotImplementedError("give the class a fixture `engine`, an empty engine")

    @pytest.fixture
    def own(self, engine: Engine) -> Engine:
        """An engine that holds the questions, to be changed."""
        add(engine, QUESTIONS)
        return engine

    @pytest.fixture
    def filled(self, own: Engine) -> Engine:
        """An engine that holds the questions, to be read; a class may give one to all of its tests, see `only_read`."""
        return own

    def test_where_nothing_was_built_yet_every_question_is_refused(self, engine: Any) -> None:
        for ask in (engine.about, lambda: engine.search(Request()), lambda: engine.questions(["5-12"])):
            with pytest.raises(IndexMissing):
                ask()

    def test_questions_come_back_as_they_went_in(self, filled: Any) -> None:
        assert filled.questions(["5-12", "9-9", "4-7"]) == [QUESTIONS[2], None, QUESTIONS[3]]
        assert list(filled.scan(Request(sort="number", fold=False))) == sorted(QUESTIONS, key=lambda one: one.number)

    def test_a_question_of_a_known_number_replaces_the_old_one(self, own: Any) -> None:
        renewed = replace(QUESTIONS[2], answer="Er waren er negen.", status="answered")
        add(own, [renewed])
        assert own.questions(["5-12"]) == [renewed]
        assert own.search(Request(text="negen")).total == 1
        assert own.search(Request()).total == len(QUESTIONS)

    def test_a_deleted_question_is_gone(self, own: Any) -> None:
        assert delete(own, ["5-12", "9-9"]) == 1
        assert own.questions(["5-12"]) == [None]
        assert own.search(Request(text="vertragingen")).total == 0

    def test_the_generation_grows_with_every_commit(self, own: Any) -> None:
        before = own.about().generation
        delete(own, ["4-7"])
        assert own.about().generation > before
        assert own.search(Request()).generation == own.about().generation

    def test_no_text_gives_everything_newest_first_undated_last(self, filled: Any) -> None:
        hits = filled.search(Request(fold=False))
        assert numbers(hits) == ["5-12", "5-10", "5-11", "4-7"]
        assert (hits.total, hits.groups) == (4, 4)

    def test_a_french_text_makes_no_dutch_stop_word_required(self, engine: Any) -> None:
        french = FrenchText(question="M. Van de Velde, aan het station, les trains et la sécurité.")
        add(engine, [*QUESTIONS, Question("5-20", question="Hoeveel bussen?", french=french)])
        found = engine.search(Request(text="berichten van het aan de overheid", fold=False))
        assert (set(numbers(found)), found.hints) == ({"5-10", "5-11"}, ())

    def test_a_stop_word_of_the_other_language_is_an_ordinary_word(self, engine: Any) -> None:
        lessons = Question("5-21", question="Hoeveel lessen krijgen gevangenen, en welke les?")
        add(engine, [lessons, Question("5-22", question="Wat kost zwemmen?"), Question("5-23", title="Zaak Van Damme")])
        assert numbers(engine.search(Request(text="les"))) == ["5-21"]
        assert engine.search(Request(text="wat kost les")).hints  # no question holds both
        found = engine.search(Request(text="où est Van Damme"))
        assert (numbers(found), [hint.code for hint in found.hints]) == (["5-23"], ["telling-words"])

    def test_a_french_query_finds_dutch_questions_by_translations(self, filled: Any) -> None:
        found = filled.search(Request(text="retards des trains", fold=False))
        assert numbers(found)[0] == "5-12"
        assert found.query.translations == {"retards": ("vertraging",), "trains": ("trein",)}
        assert found.hints == ()
        marked = {word for term in found.highlight for word in term.words}
        assert {"treinen", "vertragingen"} <= marked
        assert filled.search(Request(text="retards des trains", translate=False)).total == 0

    def test_of_the_translations_sought_those_are_told_that_hits_of_the_page_were_found_by(self, engine: Any) -> None:
        questions = [
            Question("5-30", question="Hoeveel treinen rijden er? Welke treinen?", date=dt.date(2014, 1, 1)),
            Question("5-31", french=FrenchText(question="Combien de trains ?"), date=dt.date(2010, 1, 1)),
            Question("5-32", question="Welke vertraging?"),
        ]
        add(engine, questions)
        asked = Request(text="trains", fold=False, sort="oldest", limit=1)
        first, second = (engine.search(replace(asked, page=page)) for page in (1, 2))
        assert (numbers(first), first.translations) == (["5-31"], ())
        assert (numbers(second), second.translations) == (["5-30"], ("trein",))
        assert engine.search(replace(asked, sort="relevance", limit=20)).translations == ("trein",)
        assert engine.search(Request(text="trains -trein")).translations == ()
        assert engine.search(Request(text="retards trains", all_words=True)).translations == ()  # none holds both
        most = engine.search(Request(text="retards trains", sort="relevance"))
        assert set(most.translations) == {"vertraging", "trein"}

    def test_words_that_are_one_compound_in_dutch_are_translated_together(self, engine: Any) -> None:
        add(engine, [
            Question("5-30", question="Wie betaalt het onderhoudsgeld?", date=dt.date(2010, 1, 1)),
            Question("5-31", question="Wat kosten het pensioen en de voedselketen?", date=dt.date(2010, 1, 1)),
        ])  # fmt: skip
        for text in ("pension alimentaire", "une pension alimentaire pour les mères"):
            found = engine.search(Request(text=text))
            assert numbers(found)[:1] == ["5-30"]
            assert "onderhoudsgeld" in found.translations
        assert numbers(engine.search(Request(text="la pension et les trains")))[:1] == ["5-31"]

    def test_what_is_translated_counts_the_same_everywhere(self, filled: Any) -> None:
        request = Request(text="trains", fold=False, facets=(FacetQuery("legislature"),))
        found = filled.search(request)
        assert found.total == len(list(filled.scan(request))) == filled.statistics("year", request).total.questions == 2
        assert {value.value: value.count for value in found.facets[0].values} == {"5": 1, "4": 1}
        explained = filled.explain("trains", "5-12")
        assert explained is not None and "text:trein" in _names(explained)
        assert filled.explain("trains", "5-12", translate=False) is None

    def test_a_dutch_query_finds_questions_in_french_only(self, engine: Any) -> None:
        pages = Source(layout="fr-web")
        french = [
            Question("5-30", question="Combien de trains sont en retard ?", source=pages),
            Question("5-31", french=FrenchText(question="Pourquoi les trains sont-ils supprimés ?")),
        ]
        add(engine, [*QUESTIONS, *french])
        assert set(numbers(engine.search(Request(text="treinen", fold=False)))) == {"5-12", "4-7", "5-30", "5-31"}
        assert set(numbers(engine.search(Request(text="treinen", fold=False, translate=False)))) == {"5-12", "4-7"}

    def test_a_translation_adds_nothing_where_a_question_is_told_in_the_language_of_the_query(
        self, engine: Any
    ) -> None:
        both = [
            Question("5-30", question="Hoeveel bussen?", french=FrenchText(question="Combien de trains ?")),
            Question("5-31", question="Hoeveel bussen?", french=FrenchText(title="Des trains")),
        ]
        add(engine, both)
        assert numbers(engine.search(Request(text="treinen"))) == []
        assert engine.search(Request(text="treinen")).query.translations == {}
        assert set(numbers(engine.search(Request(text="les trains")))) == {"5-30", "5-31"}

    def test_a_quoted_word_is_found_after_an_elided_article(self, engine: Any) -> None:
        texts = ("Quel est l'âge de la retraite ?", "Beaucoup d'écoles.", "La retraite.")
        questions = [Question(f"5-{serial}", french=FrenchText(question=text)) for serial, text in enumerate(texts, 1)]
        add(engine, questions)
        assert numbers(engine.search(Request(text='"âge de la retraite"'))) == ["5-1"]
        assert numbers(engine.search(Request(text='"écoles"'))) == ["5-2"]
        assert numbers(engine.search(Request(text='"age de la retraite"'))) == []

    @pytest.mark.parametrize("text", ['"trains"', "titel:trains", "train*", "trains~", "de NABIJ/5 trains", "-trains"])
    def test_only_plain_words_are_translated(self, filled: Any, text: str) -> None:
        asked = Request(text=text, fold=False)
        assert filled.search(asked).query.translations == {}
        assert numbers(filled.search(asked)) == numbers(filled.search(replace(asked, translate=False)))

    def test_with_a_capital_a_name_comes_before_the_word_it_is_written_as(self, engine: Any) -> None:
        trees = Question("5-30", title="Bomen - Bomen in de stad", question="Welke bomen, en hoeveel bomen, zijn er?")
        add(engine, [trees, Question("5-31", question="Hoeveel inwoners telt de gemeente hier in Boom dit jaar?")])
        assert numbers(engine.search(Request(text="boom"))) == ["5-30", "5-31"]
        assert numbers(engine.search(Request(text="Boom"))) == ["5-31", "5-30"]
        assert numbers(engine.search(Request(text="BOMEN"))) == ["5-30", "5-31"]

    def test_the_name_of_an_author_is_no_form_of_a_word(self, engine: Any) -> None:
        add(engine, [Question("5-32", author="Jan Flurkens"), Question("5-33", question="Een flurken, wat is dat?")])
        assert numbers(engine.search(Request(text="Flurkens"))) == ["5-32"]
        assert numbers(engine.search(Request(text="flurken"))) != ["5-32"]

    @pytest.mark.parametrize(
        "text", ["wegenwerken", '"wegenwerken"', "wegenw*", "ﬁets", "fiets*", '"de ﬁets"', "tr\u200bein"]
    )
    def test_what_typesetting_does_to_a_word_makes_no_other_word(self, engine: Any, text: str) -> None:
        add(engine, [Question("5-40", question="Bij wegen-\nwerken moet de ﬁets, niet de tre\u00adin, omrijden.")])
        assert numbers(engine.search(Request(text=text))) == ["5-40"]

    @pytest.mark.parametrize("text", ["wegenwerken", '"wegenwerken"', "wegenw*", "wegen- werken", '"wegen- werken"'])
    def test_a_broken_word_is_one_word_where_dutch_has_it(self, engine: Any, text: str) -> None:
        add(engine, [Question("5-43", question="Bij wegen- werken moet de lucht- en zeevaart omrijden.")])
        assert numbers(engine.search(Request(text=text))) == ["5-43"]
        assert numbers(engine.search(Request(text='"lucht en zeevaart"'))) == ["5-43"]

    def test_a_beginning_finds_words_with_and_without_marks(self, engine: Any) -> None:
        add(
            engine,
            [Question("5-41", question="Geldt dat in België?"), Question("5-42", question="Geldt dat in Belgie?")],
        )
        found = [set(numbers(engine.search(Request(text=text)))) for text in ("belgie*", "België*", "be?gie*")]
        assert found == [{"5-41", "5-42"}] * 3

    def test_a_question_of_an_unknown_day_is_not_ranked_as_an_old_one(self, engine: Any) -> None:
        text, newest = "Wat kost het viaduct?", dt.date(2014, 1, 1)
        days = {"5-44": dt.date(2009, 1, 1), "5-45": None, "5-46": newest}
        add(engine, [Question(number, question=text, date=day) for number, day in days.items()])
        assert numbers(engine.search(Request(text="viaduct", fold=False))) == ["5-46", "5-45", "5-44"]

    def test_words_find_their_other_forms(self, filled: Any) -> None:
        assert numbers(filled.search(Request(text="trein"))) != []
        assert set(numbers(filled.search(Request(text="trein", fold=False)))) == {"5-12", "4-7"}

    @pytest.mark.parametrize(
        ("sort", "expected"),
        [
            ("newest", ["5-12", "5-10", "5-11", "4-7"]),
            ("oldest", ["5-10", "5-11", "5-12", "4-7"]),
            ("answered", ["5-10", "5-12", "5-11", "4-7"]),
            ("longest-delay", ["5-10", "5-12", "5-11", "4-7"]),
            ("shortest-delay", ["5-10", "5-12", "5-11", "4-7"]),
            ("number", ["4-7", "5-10", "5-11", "5-12"]),
        ],
    )
    def test_a_sort_puts_questions_without_what_it_looks_at_last(self, filled: Any, sort: str, expected: Any) -> None:
        assert numbers(filled.search(Request(sort=sort, fold=False))) == expected  # type: ignore[arg-type]

    def test_pages_hold_every_hit_once(self, filled: Any) -> None:
        pages = [numbers(filled.search(Request(text="treinen OF media", limit=1, page=page))) for page in (1, 2, 3, 4)]
        assert [len(page) for page in pages] == [1, 1, 1, 0]
        found = {number for page in pages for number in page}
        assert found in ({"4-7", "5-10", "5-12"}, {"4-7", "5-11", "5-12"})

    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            ("treinen station", {"5-12"}),
            ("treinen OF media", {"4-7", "5-10", "5-11", "5-12"}),
            ("treinen -station", {"4-7"}),
            ('"op sociale media"', {"5-10", "5-11"}),
            ('"sociale op"', set()),
            ("titel:treinen", {"5-12", "4-7"}),
            ("antwoord:bericht", {"5-10"}),
            ("vertrag*", {"5-12"}),
            ("st?tion", {"5-12"}),
            ("stetion~", {"5-12"}),
            ("treinen NABIJ/5 laat", {"5-12"}),
            ("treinen NABIJ/2 station", set()),
            ("datum:2013", {"5-12"}),
            ("termijn:>40", {"5-10"}),
            ("partij:ecolo", {"5-10", "5-11"}),
            ("partij:geen", {"4-7"}),
            ("nummer:5-1*", {"5-10", "5-11", "5-12"}),
            ("*", {"4-7", "5-10", "5-11", "5-12"}),
            ("walvis", set()),
        ],
    )
    def test_every_kind_of_query_finds_what_it_asks_for(self, filled: Any, text: str, expected: Any) -> None:
        for all_words in (False, True):
            hits = filled.search(Request(text=text, fold=False, all_words=all_words))
            assert {hit.number for hit in hits.hits if not hit.partial} == expected
            assert hits.total == len(expected)

    def test_later_questions_come_first_among_equals_unless_that_is_not_wanted(self, engine: Any) -> None:
        add(engine, [Question(f"5-{year}", date=dt.date(year, 1, 1), title="treinen") for year in (2000, 2020, 2010)])
        later = engine.search(Request(text="treinen")).hits
        assert [hit.number for hit in later] == ["5-2020", "5-2010", "5-2000"]
        assert later[0].score > later[1].score > later[2].score
        assert len({hit.score for hit in engine.search(Request(text="treinen", recency=False)).hits}) == 1

    def test_words_side_by_side_come_before_words_apart_unless_that_is_not_wanted(self, engine: Any) -> None:
        apart, beside = "treinen en bussen van het station", "treinen station van het en bussen"
        add(engine, [Question("5-1", question=apart), Question("5-2", question=beside)])
        assert numbers(engine.search(Request(text="treinen station"))) == ["5-2", "5-1"]
        hits = engine.search(Request(text="treinen station", proximity=False)).hits
        assert hits[0].score == hits[1].score

    def test_siblings_are_one_hit_with_the_others_under_it(self, filled: Any) -> None:
        hits = filled.search(Request(text="sociale media"))
        assert [(hit.number, tuple(one.number for one in hit.siblings)) for hit in hits.hits] in (
            [("5-10", ("5-11",))],
            [("5-11", ("5-10",))],
        )
        assert (hits.total, hits.groups) == (2, 1)

    def test_filters_and_facets_go_together(self, filled: Any) -> None:
        request = Request(
            selections=(Selection("minister", ("mobiliteit",)), Selection("party", exclude=("N-VA",))),
            facets=(FacetQuery("party"), FacetQuery("portfolio")),
        )
        hits = filled.search(request)
        assert numbers(hits) == ["5-11"]
        party, portfolio = hits.facets
        assert {value.value: (value.count, value.excluded) for value in party.values} == {
            "Ecolo": (1, False),
            "N-VA": (1, True),
        }
        assert {value.value: value.count for value in portfolio.values} == {"Mobiliteit": 1}

    def test_the_facet_of_delays_counts_the_answers_whose_day_is_not_published(self, engine: Any) -> None:
        answer = Question("56-7-0930-2025202606531", house="chamber", status="answered", published=dt.date(2026, 1, 5))
        others = [
            replace(answer, number=f"56-8-{n:04}-2025202606532", status=one) for n, one in enumerate(("open", None))
        ]
        add(engine, [answer, *others, QUESTIONS[0]])
        (delay,) = engine.search(Request(facets=(FacetQuery("delay"),))).facets
        assert ([(one.value, one.count) for one in delay.values], delay.missing, delay.undated) == (
            [("31-60", 1)],
            3,
            1,
        )

    def test_a_chosen_value_stays_among_the_values_at_zero(self, filled: Any) -> None:
        chosen = Request(text="treinen", selections=(Selection("party", ("ecolo",)),), facets=(FacetQuery("party", 1),))
        (party,) = filled.search(chosen).facets
        assert party.values == (FacetValue("N-VA", 1), FacetValue("Ecolo", 0, selected=True))
        assert (party.distinct, party.missing) == (1, 1)

    def test_questions_without_a_value_can_be_chosen(self, filled: Any) -> None:
        without = Selection("party", (MISSING_VALUE,))
        hits = filled.search(Request(selections=(without,), facets=(FacetQuery("party"),)))
        assert (numbers(hits), hits.facets[0].missing, hits.facets[0].missing_selected) == (["4-7"], 1, True)

    def test_values_are_counted_most_frequent_first_or_in_their_own_order(self, engine: Any) -> None:
        add(engine, [Question(f"5-{at}", reminders=count) for at, count in enumerate((10, 10, 2, 2, 0), 1)])
        by_count, by_value, first = (
            [value.value for value in engine.search(Request(facets=(query,))).facets[0].values]
            for query in (
                FacetQuery("reminders"),
                FacetQuery("reminders", order="value"),
                FacetQuery("reminders", limit=1),
            )
        )
        assert (by_count, by_value, first) == (["2", "10", "0"], ["0", "2", "10"], ["2"])

    def test_values_can_be_asked_for_by_what_they_hold(self, filled: Any) -> None:
        query = FacetQuery("keyword", contains="MEDIA")
        (keyword,) = filled.search(Request(facets=(query,))).facets
        assert [(value.value, value.count) for value in keyword.values] == [("sociale media", 2)]
        assert keyword.distinct == 3

    def test_spellings_of_one_value_are_one_value(self, engine: Any) -> None:
        add(engine, [Question(f"5-{at}", party=party) for at, party in enumerate(("Groen!", "Groen!", "groen!"), 1)])
        request = Request(selections=(Selection("party", ("GROEN!",)),), facets=(FacetQuery("party"),))
        hits = engine.search(request)
        assert (hits.total, hits.facets[0].values) == (3, (FacetValue("Groen!", 3, selected=True),))
        assert engine.search(Request(text="partij:groen!")).total == 3

    def test_a_value_no_question_has_finds_nothing_and_a_hint_says_so(self, filled: Any) -> None:
        hits = filled.search(Request(selections=(Selection("party", ("walvis",)),)))
        assert (hits.total, [hint.code for hint in hits.hints]) == (0, ["unknown-value-among"])

    @pytest.mark.parametrize(
        ("typed", "days", "found"),
        [
            (">40", DaysRange(41), ["5-10", "5-13"]),
            ("45", DaysRange(45, 45), ["5-10"]),
            ("0..69", DaysRange(0, 69), ["5-10"]),
            ("70..100", DaysRange(70, 100), ["5-13"]),
        ],
    )
    def test_days_waited_filter_answered_and_open_questions(self, own: Any, typed: str, days: Any, found: Any) -> None:
        asked, seen = dt.date(2013, 1, 1), dt.date(2013, 3, 12)
        add(own, [Question("5-13", date=asked, status="open", waiting_since=asked, last_seen=seen)])
        chosen = own.search(Request(waited=days, sort="number", fold=False))
        in_text = own.search(Request(text=f"wachttijd:{typed}", sort="number", fold=False))
        assert numbers(chosen) == numbers(in_text) == found
        assert {one.number for one in own.scan(Request(waited=days, fold=False))} == set(found)

    @pytest.mark.parametrize(
        ("facet", "typed", "today", "meant"),
        [
            ("month", "vorige maand", "2012-12-24", ["5-10", "5-11"]),
            ("month", "deze maand", "2013-02-28", ["5-12"]),
            ("month", "sinds vorige maand", "2012-12-24", ["5-10", "5-11", "5-12"]),
            ("month", "dit jaar", "2012-01-01", ["5-10", "5-11"]),
            ("year", "dit jaar", "2013-12-31", ["5-12"]),
            ("year", "vorig jaar", "2013-12-31", ["5-10", "5-11"]),
            ("year", "vorige maand", "2013-01-01", ["5-10", "5-11"]),
            ("year", "l'année dernière", "2013-01-01", ["5-10", "5-11"]),
            ("year", "2012", "2013-01-01", ["5-10", "5-11"]),
        ],
    )
    def test_months_and_years_told_from_today_are_values(
        self, filled: Any, facet: str, typed: str, today: str, meant: list[str]
    ) -> None:
        """In the text and as a filter, and years later they are others."""
        day = dt.date.fromisoformat(today)
        for request in (
            Request(text=f"{facet}:{typed}", today=day, fold=False),
            Request(selections=(Selection(facet, (typed,)),), today=day, fold=False),
        ):
            assert sorted(numbers(filled.search(request))) == meant
            later = filled.search(replace(request, today=day.replace(day=1, year=day.year + 9)))
            assert bool(later.total) == (typed == "2012")

    def test_days_told_from_today_need_today(self, filled: Any) -> None:
        asked = Request(text="datum:vorige maand", today=dt.date(2013, 3, 31))
        assert (numbers(filled.search(asked)), filled.search(asked).hints) == (["5-12"], ())
        assert [one.number for one in filled.scan(asked)] == ["5-12"]
        assert filled.statistics("year", asked).total.questions == 1
        assert filled.explain(asked.text, "5-12", today=asked.today) is not None
        unread = filled.search(replace(asked, today=None))
        assert [hint.code for hint in unread.hints][:1] == ["unreadable-date"]

    def test_days_the_wrong_way_round_are_swapped_and_a_hint_says_so(self, filled: Any) -> None:
        hits = filled.search(Request(asked=DateRange(dt.date(2013, 12, 31), dt.date(2013, 1, 1))))
        assert (numbers(hits), [hint.code for hint in hits.hints]) == (["5-12"], ["dates-swapped"])

    def test_questions_are_counted_along_time_without_gaps(self, filled: Any) -> None:
        counted = filled.search(Request(histogram=True, interval="month")).histogram
        assert (counted.interval, counted.undated) == ("month", 1)
        assert [(bar.first.isoformat(), bar.last.isoformat(), bar.count) for bar in counted.bars] == [
            ("2012-11-01", "2012-11-30", 2),
            ("2012-12-01", "2012-12-31", 0),
            ("2013-01-01", "2013-01-31", 0),
            ("2013-02-01", "2013-02-28", 1),
        ]
        assert filled.search(Request()).histogram is None

    def test_days_bound_questions_and_answers(self, filled: Any) -> None:
        year = DateRange(dt.date(2012, 1, 1), dt.date(2012, 12, 31))
        assert set(numbers(filled.search(Request(asked=year, fold=False)))) == {"5-10", "5-11"}
        assert numbers(filled.search(Request(answered=year))) == ["5-10"]

    def test_a_number_is_jumped_to_when_it_is_held(self, filled: Any) -> None:
        assert filled.search(Request(text="5-12")).jump == "5-12"
        assert filled.search(Request(text="5-13")).jump is None

    def test_most_words_are_looked_for_when_no_question_holds_all(self, filled: Any) -> None:
        hits = filled.search(Request(text="treinen vertragingen walvis"))
        assert numbers(hits)[:1] == ["5-12"]
        assert "most-words" in [hint.code for hint in hits.hints]

    def test_where_few_questions_have_all_words_those_with_most_of_them_follow(self, filled: Any) -> None:
        def found(**more: Any) -> tuple[list[tuple[str, bool]], int, int]:
            hits = filled.search(Request(text="treinen station", fold=False, **more))
            return [(hit.number, hit.partial) for hit in hits.hits], hits.total, hits.partial_total

        assert found() == ([("5-12", False), ("4-7", True)], 1, 1)
        assert found(limit=1, page=2) == ([("4-7", True)], 1, 1)
        assert found(selections=(Selection("legislature", ("4",)),)) == ([("4-7", True)], 0, 1)
        assert found(sort="newest") == ([("5-12", False)], 1, 0)
        assert found(all_words=True) == ([("5-12", False)], 1, 0)

    def test_the_question_of_that_very_title_comes_first(self, engine: Any) -> None:
        words = "De stiptheid van treinen"
        add(
            engine,
            [
                Question("5-1", title=words, question="Hoe laat?"),
                Question("5-2", title=f"{words} - Treinen", question="De stiptheid van treinen, treinen, treinen?"),
            ],
        )
        assert numbers(engine.search(Request(text=words.lower()))) == ["5-1", "5-2"]

    def test_the_form_that_was_typed_counts_a_little_more(self, engine: Any) -> None:
        add(engine, [Question("5-1", question="Zie de treinen."), Question("5-2", question="Zie de trein.")])
        for word, first in (("treinen", "5-1"), ("trein", "5-2")):
            assert numbers(engine.search(Request(text=word)))[0] == first

    def test_what_a_question_begins_with_counts_more_than_what_it_comes_to(self, engine: Any) -> None:
        early, late = "Ziet u de treinen?" + 70 * " Ja.", 70 * "Ja. " + "Ziet u de treinen?"
        add(engine, [Question("5-1", question=late), Question("5-2", question=early), Question("5-3", question=late)])
        found = engine.search(Request(text="trein")).hits  # in any form
        assert [hit.number for hit in found] == ["5-2", "5-1", "5-3"]
        assert found[0].score == pytest.approx(found[1].score * (1 + EARLY), rel=1e-4)

    def test_where_nothing_has_all_words_the_rarest_is_as_good_as_half_of_them(self, engine: Any) -> None:
        add(
            engine,
            [
                Question("5-1", question="De walvis."),
                Question("5-2", question="Een trein naar het station, een brug."),
                Question("5-3", question="Een trein."),
                Question("5-4", question="Het station, een trein."),
            ],
        )
        hits = engine.search(Request(text="walvis trein station brug zee"))
        assert (hits.total, hits.partial_total, [one.code for one in hits.hints]) == (3, 0, ["most-words"])
        assert {hit.number for hit in hits.hits} == {"5-1", "5-2", "5-4"}
        for hit in hits.hits:
            assert engine.explain("walvis trein station brug zee", hit.number).value == pytest.approx(hit.score)

    def test_a_field_searches_its_text_in_either_language(self, engine: Any) -> None:
        twin = FrenchText(title="Les prisons", question="Combien d'écoles ?", answer="Douze détenus.")
        add(engine, [Question("5-1", title="De gevangenis", question="Hoeveel scholen?", french=twin)])
        add(
            engine,
            [
                Question("5-2", title="Prisons", question="Une école ?", source=Source(layout="fr-web")),
                Question("5-3", title="De school"),
            ],
        )
        expected = {
            "titre:prison": {"5-1", "5-2"},
            "titel:gevangenissen": {"5-1"},
            "question:école": {"5-1", "5-2"},
            'title:"les prisons"': {"5-1"},
            "titre:pris*": {"5-1", "5-2"},
            "titre:prisom~": set(),
            "titre:prisans~": {"5-1", "5-2"},
            "réponse:détenu": {"5-1"},
            "titre:détenu": set(),
            "réponse:(douze PRÈS/2 détenu)": {"5-1"},
            "titre:(dans les prisons)": {"5-1", "5-2"},
        }
        for text, found in expected.items():
            assert set(numbers(engine.search(Request(text=text)))) == found, text

    def test_french_titles_weigh_as_dutch_ones_do(self, engine: Any) -> None:
        rest = "Le ministre répond par écrit."
        titled = FrenchText(title="La prison de Mons", question=rest)
        asked = FrenchText(title="Le palais de Mons", question=f"La prison ? {rest}")
        answered = FrenchText(title="Le palais de Mons", question=rest, answer="La prison.")
        add(engine, [Question(f"5-{n}", french=own) for n, own in enumerate((answered, asked, titled), 1)])
        assert numbers(engine.search(Request(text="les prisons"))) == ["5-3", "5-2", "5-1"]

    def test_what_raises_a_dutch_question_raises_a_french_one(self, engine: Any) -> None:
        filler = 70 * "Oui. "
        texts = [
            f"{filler}Les prisons sont pleines.",
            f"Les prisons. {filler} sont pleines.",
            f"{filler}Pleines. Prisons.",
        ]
        add(engine, [Question(f"5-{n}", french=FrenchText(question=text)) for n, text in enumerate(texts, 1)])
        found = {hit.number: hit.score for hit in engine.search(Request(text="les prisons pleines")).hits}
        plain = Request(text="les prisons pleines", proximity=False)
        raised = {hit.number: found[hit.number] / hit.score for hit in engine.search(plain).hits}
        for number, nearness in (("5-1", 0.5), ("5-2", 0.0), ("5-3", 1.0)):
            early = 0.5 if number == "5-2" else 0.0
            assert raised[number] == pytest.approx(
                (1 + NEARNESS * nearness) * (1 + FORM) * (1 + EARLY * early), rel=1e-3
            )

    def test_the_question_of_that_very_french_title_comes_first(self, engine: Any) -> None:
        own, longer = (
            FrenchText(title="Les prisons"),
            FrenchText(title="Les prisons - Prisons", question="Les prisons ?"),
        )
        add(engine, [Question("5-1", french=own), Question("5-2", french=longer)])
        assert numbers(engine.search(Request(text="les prisons"))) == ["5-1", "5-2"]

    def test_only_questions_with_all_words_are_counted_and_streamed(self, filled: Any) -> None:
        request = Request(text="treinen station", facets=(FacetQuery("legislature"),), histogram=True)
        hits = filled.search(request)
        assert [(one.value, one.count) for one in hits.facets[0].values] == [("5", 1)]
        assert sum(bar.count for bar in hits.histogram.bars) == 1
        assert [one.number for one in filled.scan(request)] == ["5-12"]
        assert filled.statistics("legislature", request).total.questions == 1

    def test_what_is_joined_or_quoted_or_of_a_field_is_never_left_out(self, filled: Any) -> None:
        for text in ('treinen "station"', "treinen EN station", "treinen +station", "treinen vraag:station"):
            assert {hit.number for hit in filled.search(Request(text=text)).hits} == {"5-12"}, text

    def test_a_question_with_most_of_the_words_is_explained(self, filled: Any) -> None:
        hits = filled.search(Request(text="treinen station"))
        for hit in hits.hits:
            assert filled.explain("treinen station", hit.number).value == pytest.approx(hit.score, rel=1e-5)

    def test_with_all_words_or_nothing_most_of_them_are_not_enough(self, filled: Any) -> None:
        hits = filled.search(Request(text="treinen vertragingen walvis", all_words=True))
        assert (hits.total, hits.hits, hits.hints) == (0, (), ())

    def test_hits_say_which_words_to_highlight(self, filled: Any) -> None:
        marked = filled.search(Request(text="treinen -facebook")).highlight
        assert [(one.field, one.term) for one in marked] == [("text", "trein")]
        assert "treinen" in marked[0].words
        assert filled.search(Request(text="treinen", texts="header")).highlight == ()

    def test_a_quotation_is_highlighted_as_a_whole(self, filled: Any) -> None:
        marked = filled.search(Request(text='"sociale media"')).highlight
        assert {(one.words, one.phrase) for one in marked} == {(("sociale", "media"), True)}

    def test_another_name_is_found_either_way_and_highlighted_only_as_a_whole(self, engine: Any) -> None:
        texts = (
            "Het OCMW betaalt.",
            "Het openbaar centrum voor maatschappelijk welzijn betaalt.",
            "Een centrum in de stad.",
        )
        add(engine, [Question(f"5-{serial}", question=text) for serial, text in enumerate(texts, 1)])
        for text in (
            "OCMW",
            "openbaar centrum voor maatschappelijk welzijn",
            "openbare centra maatschappelijk welzijn",
        ):
            hits = engine.search(Request(text=text))
            assert {hit.number for hit in hits.hits if not hit.partial} == {"5-1", "5-2"}, text
        marked = engine.search(Request(text="OCMW")).highlight
        assert {one.words for one in marked if one.phrase} == {
            ("openbaar", "centrum", "voor", "maatschappelijk", "welzijn")
        }
        assert {one.term for one in marked if not one.phrase} == {"ocmw"}
        apart = engine.search(Request(text="OCMW centrum")).highlight  # here the word is meant by itself, too
        assert {one.term for one in apart if not one.phrase} == {"ocmw", "centrum"}

    def test_only_what_makes_questions_match_is_highlighted(self, filled: Any) -> None:
        marked = filled.search(Request(text='station OF ("sociale treinen" media) OF partij:N-VA -bericht')).highlight
        assert {one.term for one in marked if not one.phrase} == {"station"}

    @pytest.mark.parametrize("texts", ["none", "header", "whole"])
    def test_hits_carry_as_much_of_their_questions_as_is_asked_for(self, filled: Any, texts: str) -> None:
        hits = filled.search(Request(text="sociale media", sort="number", texts=texts))  # type: ignore[arg-type]
        bare = replace(QUESTIONS[0], question=None, answer=None)
        assert hits.hits[0].question == {"none": Question("5-10"), "header": bare, "whole": QUESTIONS[0]}[texts]
        assert [one.question for one in hits.hits[0].siblings] == [None]

    def test_a_scan_streams_every_question_of_a_request_in_its_order(self, filled: Any) -> None:
        scanned = filled.scan(Request(sort="oldest", fold=False, limit=1, page=7))
        assert [question.number for question in scanned] == ["5-10", "5-11", "5-12", "4-7"]
        assert list(filled.scan(Request(text="treinen", selections=(Selection("party", ("N-VA",)),)))) == [QUESTIONS[2]]

    def test_a_scan_is_of_the_generation_it_began_in(self, own: Any) -> None:
        scanned = own.scan(Request(sort="number"))
        first = next(scanned)
        delete(own, ["5-12"])
        assert "5-12" in {first.number, *(question.number for question in scanned)}

    def test_a_scan_heeds_siblings_and_how_much_text_is_asked_for(self, filled: Any) -> None:
        folded = list(filled.scan(Request(sort="number", texts="none")))
        assert folded == [Question("4-7"), Question("5-10"), Question("5-12")]

    def test_siblings_are_known_from_either_side(self, filled: Any) -> None:
        assert [one.number for one in filled.siblings("5-10")] == ["5-10", "5-11"]
        assert [one.number for one in filled.siblings("5-12")] == ["5-12"]
        assert filled.siblings("9-9") == []

    def test_a_question_knows_what_cites_it_through_every_commit(self, own: Any) -> None:
        def citing(number: str, cited: str) -> Question:
            return Question(number, citations=(Citation("question", 0, 3, "written-question", "senate", cited),))

        add(own, [citing("5-30", "9-9"), citing("5-4", "9-9"), citing("5-5", "5-10")])
        assert [one.number for one in own.cited_by("9-9", 10)] == ["5-4", "5-30"]
        assert [one.number for one in own.cited_by("9-9", 1)] == ["5-4"]
        add(own, [citing("5-4", "5-10")])
        assert [one.number for one in own.cited_by("9-9", 10)] == ["5-30"]
        assert [one.number for one in own.cited_by("5-10", 10)] == ["5-4", "5-5"]
        assert own.cited_by("5-11", 10) == []

    def test_held_numbers_are_those_of_stored_questions(self, own: Any) -> None:
        delete(own, ["4-7"])
        assert own.held(["5-10", "4-7", "9-9", "?"]) == {"5-10"}
        assert own.numbers() == ["5-10", "5-11", "5-12"]

    def test_similar_questions_leave_out_the_question_and_its_siblings(self, filled: Any) -> None:
        assert numbers(filled.similar("4-7", 5)) == ["5-12"]
        assert not {"5-10", "5-11"} & set(numbers(filled.similar("5-10", 5)))
        assert filled.similar("9-9", 5).hits == ()

    def test_one_word_in_common_makes_no_question_similar(self, engine: Any) -> None:
        long = (
            "Hoeveel wachttijden tellen de apotheken, huisartsen, kinesisten, tandartsen en vroedvrouwen van Brussel?"
        )
        add(engine, [
            Question("5-1", title="Wachttijden in de zorg", question=long),
            Question("5-2", title="Wachttijden in de zorg", question=long.replace("Brussel", "Namen")),
            Question("5-3", title="Treinen", question="Welke apotheken liggen aan een station met veel treinen?"),
            Question("5-4", title="Bussen", question="Waarom rijdt er geen bus naar dit station?"),
        ])  # fmt: skip
        found = engine.similar("5-1", 5)
        assert (numbers(found), found.total) == (["5-2"], 1)
        assert numbers(engine.similar("5-4", 5)) == ["5-3"]  # they share the only word that counts

    def test_a_question_in_french_only_is_compared_by_its_french_words(self, engine: Any) -> None:
        asked = "Combien de contrôleurs des chemins de fer sont victimes d'une agression verbale ?"
        page = Source(layout="fr-web")
        add(engine, [
            Question("5-1", title="Agressions contre les contrôleurs", question=asked, source=page),
            Question("5-2", title="L'agression d'un contrôleur", question="Dans quelle gare ?", source=page),
            Question("5-3", title="Les chats", question="Les chats et les chiens ?", source=page),
            Question("5-4", title="Treinbegeleiders", french=FrenchText(title="Une victime des chemins de fer")),
            Question("5-5", title="Controleurs", question="Wat kost een contract?"),
        ])  # fmt: skip
        found = engine.similar("5-1", 5)
        assert numbers(found) == ["5-2", "5-4"]
        assert "contrôleurs" in found.request.text

    def test_similar_questions_say_by_which_words_and_carry_as_much_text_as_asked(self, filled: Any) -> None:
        hits = filled.similar("4-7", 5, texts="none")
        assert "treinen" in hits.request.text
        assert (hits.request.limit, [hit.question for hit in hits.hits]) == (5, [Question("5-12")])

    def test_statistics_count_what_a_request_finds(self, filled: Any) -> None:
        table = filled.statistics("party", Request(text="treinen OF media"))
        assert [(row.value, row.questions, row.answered) for row in table.rows] == [
            ("Ecolo", 2, 1),
            ("N-VA", 1, 0),
            (None, 1, 0),
        ]
        assert (table.total.questions, table.total.median_days) == (4, 45)

    @pytest.mark.parametrize("field", ["delay_days", "legislature", "reminders"])
    def test_a_record_that_could_not_be_read_back_is_refused(self, own: Any, field: str) -> None:
        wrong = Question("5-99", **{field: -3})  # type: ignore[arg-type]
        with own.update() as update:
            for question, pages in ((wrong, ()), (Question("5-99"), (wrong,))):
                with pytest.raises(ValueError, match=f"5-99: {field} is -3"):
                    update.put(question, pages)
            update.commit()
        assert own.questions(["5-99"]) == [None]

    @pytest.mark.parametrize(
        "told",
        [
            {"citations": (Citation("question", -1, 4, "law"),)},
            {"citations": (Citation("question", 1, -4, "law"),)},
            {"points": (Point("1", (-2, 3), (0, 1)),)},
            {"points": (Point("1", (0, 3), (0, -1)),)},
        ],
    )
    def test_a_record_with_a_range_that_could_not_be_read_back_is_refused(self, own: Any, told: Any) -> None:
        with own.update() as update:
            with pytest.raises(ValueError, match=r"5-99: (citations|points) has a range"):
                update.put(Question("5-99", **told))
            update.commit()
        assert own.questions(["5-99"]) == [None]

    def test_statistics_count_open_questions_of_an_ended_legislature_as_lapsed(self, engine: Any) -> None:
        open_ = [Question(number, legislature=int(number.split("-")[0]), status="open") for number in ("5-1", "8-2")]
        add(engine, [*open_, Question("1-3", status="open")])
        total = engine.statistics("party", Request()).total
        assert (total.open, total.end_of_legislature, total.unanswered) == (2, 1, 3)

    def test_completions_count_under_the_filters_of_a_request(self, filled: Any) -> None:
        (word,) = [one for one in filled.complete("vertrag", Request(), 5) if one.kind == "word"]
        assert (word.text, word.count) == ("vertragingen", 1)
        ecolo = Request(selections=(Selection("party", ("Ecolo",)),))
        assert [one for one in filled.complete("vertrag", ecolo, 5) if one.count] == []
        assert [(one.text, one.count) for one in filled.complete("5-1", ecolo, 5)] == [("5-10", 1), ("5-11", 1)]

    def test_numbers_are_completed_past_those_that_filters_leave_out(self, engine: Any) -> None:
        add(engine, [Question(f"5-{serial}", party="N-VA" if serial == 99 else "Ecolo") for serial in range(10, 100)])
        chosen = Request(selections=(Selection("party", ("N-VA",)),))
        assert [one.text for one in engine.complete("5-", chosen, 3)] == ["5-99"]
        add(engine, [Question("5-10", title="opnieuw")])
        assert [one.text for one in engine.complete("5-1", Request(), 3)] == ["5-10", "5-11", "5-12"]

    def test_a_beginning_is_completed_by_values_before_words_and_no_words_come_twice(self, filled: Any) -> None:
        def told(typed: str) -> list[tuple[str, str, int]]:
            return [(one.text, one.kind, one.count) for one in filled.complete(typed, Request(), 5)]

        assert told("daou") == [("Inès Daoud", "author", 2), ("daoud", "word", 2)]
        assert told("n-v") == [("N-VA", "party", 1)]
        assert told("sociale me") == [("sociale media", "keyword", 2)]
        assert told("sociale ber") == [("sociale berichten", "word", 2)]
        assert told("trei") == [("treinen", "word", 2)]
        assert told("") == told("walvis") == []

    def test_a_beginning_may_hold_a_slip_where_little_begins_so(self, filled: Any) -> None:
        for typed, text in (("daodu", "Inès Daoud"), ("trien", "treinen"), ("sociale meida", "sociale media")):
            assert [one.text for one in filled.complete(typed, Request(), 5)][:1] == [text]
        assert filled.complete("tri", Request(), 5) == ()

    def test_no_function_word_is_completed(self, engine: Any) -> None:
        add(engine, [Question("5-1", question="Weinig wegen verdwijnen echter; vele wegen worden echte wegen.")])
        assert [one.text for one in engine.complete("we", Request(), 5)] == ["wegen"]
        assert [one.text for one in engine.complete("ech", Request(), 5)] == ["echte"]

    def test_neither_function_words_nor_forms_of_one_name_crowd_out_others(self, engine: Any) -> None:
        text = "De minister heeft vanaf nu encore in Brussel, de Brusselse en Brusselaars; de minister en vandalisme."
        add(engine, [Question("5-1", question=text)])
        assert [one.text for one in engine.complete("minister v", Request(), 5)] == ["minister vandalisme"]
        assert [one.text for one in engine.complete("bru", Request(), 5)] == ["brussel"]
        assert engine.complete("enc", Request(), 5) == ()

    @pytest.mark.parametrize("typed", ["so", "sociale me", "v", "mob", "ov", "trei", "media b"])
    def test_a_completion_counts_what_choosing_it_finds(self, filled: Any, typed: str) -> None:
        for request in (Request(), Request(selections=(Selection("portfolio", ("Mobiliteit",)),))):
            for one in filled.complete(typed, request, 10):
                assert filled.search(chosen(one, request)).total == one.count > 0

    def test_words_are_known_with_their_frequency_and_their_like(self, filled: Any) -> None:
        trains, whale, daoud = filled.known_words(["treinen", "walvis", "daoud"])
        assert (trains, whale) == (KnownWord("treinen", 4, is_listed=True), None)
        assert (daoud.is_listed, daoud.is_name) == (False, True)
        near = filled.spellings("vertragingn")[0]
        assert (near.word, near.is_listed, near.distance) == ("vertragingen", True, 1.0)
        assert filled.spellings("breinen") == ()  # a word of the dictionary, though of no question

    @pytest.mark.parametrize("text", ["treinen", "sociale media", "bericht OF station", '"sociale media"', "tre*"])
    def test_an_explanation_adds_up_to_the_score(self, filled: Any, text: str) -> None:
        for hit in filled.search(Request(text=text, fold=False)).hits:
            explained = filled.explain(text, hit.number)
            assert explained is not None
            assert explained.value == pytest.approx(hit.score, rel=1e-5)

    @pytest.mark.parametrize(("recency", "proximity"), [(True, False), (False, True), (False, False)])
    def test_an_explanation_heeds_what_a_search_heeds(self, filled: Any, recency: bool, proximity: bool) -> None:
        switches = {"recency": recency, "proximity": proximity}
        for hit in filled.search(Request(text="sociale media", fold=False, **switches)).hits:  # type: ignore[arg-type]
            explained = filled.explain("sociale media", hit.number, **switches)
            assert explained is not None and explained.value == pytest.approx(hit.score, rel=1e-5)

    def test_no_text_gives_no_score_and_says_so(self, filled: Any) -> None:
        explained = filled.explain(" ", "5-12")
        assert explained is not None and explained.value == filled.search(Request(text=" ")).hits[0].score == 0

    def test_what_does_not_match_has_no_explanation(self, filled: Any) -> None:
        assert filled.explain("treinen", "5-10") is None
        assert filled.explain("treinen", "9-9") is None

    def test_it_tells_what_it_holds(self, own: Any) -> None:
        about = own.about()
        assert (about.questions, about.first_day, about.last_day) == (4, dt.date(2012, 11, 5), dt.date(2013, 2, 1))
        assert about.known_day == dt.date(2013, 2, 1)
        delete(own, ["5-12"])
        assert (own.about().questions, own.about().last_day) == (3, dt.date(2012, 11, 5))

    def test_what_was_stored_is_sound(self, filled: Any) -> None:
        assert filled.verify() == []
        assert filled.verify(deep=True) == []

    def test_a_page_beyond_the_end_is_empty(self, filled: Any) -> None:
        hits = filled.search(Request(page=10**30))
        assert (hits.total, hits.hits) == (4, ())

    @pytest.mark.parametrize(
        "bounds", [{"page": 0}, {"page": -1}, {"limit": 0}, {"limit": -5}, {"limit": MAX_PAGE_SIZE + 1}]
    )
    def test_a_page_or_limit_out_of_bounds_is_refused_in_a_sentence(self, filled: Any, bounds: Any) -> None:
        with pytest.raises(RequestError, match="page"):
            filled.search(Request(**bounds))

    @pytest.mark.parametrize(
        "text",
        [
            "(" * 1000,
            "NOT OR x",
            " OR ".join(f"woord{number}" for number in range(5000)),
            "ve*",
            "*e*",
            "[a TO z]",
            "a" * 1_000_000,
            "*" * 1_000_000,
            "datum:[2020-06-15 TO 2020-06-20]",
            "minister:",
            "anE:x",
            "\0\ud800 “„",
            "een\u0301e\u0301n",
        ],
        ids=lambda text: ascii(text[:12]),
    )
    def test_no_text_whatever_makes_it_raise(self, filled: Any, text: Any) -> None:
        assert isinstance(filled.search(Request(text=text, facets=(FacetQuery("party"),))), Hits)

    def test_an_update_that_is_not_committed_changes_nothing(self, own: Any) -> None:
        before = own.about()
        with own.update() as update:
            assert update.delete("5-12")
            update.keep("note", b"gone")
        assert (own.about(), own.state("note")) == (before, b"")
        assert own.questions(["5-12"]) == [QUESTIONS[2]]

    def test_an_update_that_fails_changes_nothing_and_the_next_one_may_begin(self, own: Any) -> None:
        before = own.about()
        with pytest.raises(ZeroDivisionError), own.update() as update:
            update.put(Question("5-13"))
            raise ZeroDivisionError
        assert (own.about(), own.held(["5-13"])) == (before, frozenset())
        assert delete(own, ["5-12"]) == 1

    def test_a_second_update_is_refused_while_one_is_open(self, own: Any) -> None:
        with own.update(), pytest.raises(IndexLocked):
            own.update()

    def test_an_update_counts_and_looks_up_what_it_will_hold(self, own: Any) -> None:
        with own.update() as update:
            assert (update.generation, update.count) == (own.about().generation, 4)
            update.put(Question("5-13", title="eerst"))
            update.put(Question("5-13", title="laatst"))
            assert update.entry("5-13") == Entry(latest := Question("5-13", title="laatst"), (latest,))
            assert update.delete("5-13") and not update.delete("5-13")
            assert update.entry("5-13") is None
            assert update.delete("4-7")
            assert update.count == 3
            assert update.commit() > update.generation
        assert own.held(["5-13", "4-7"]) == frozenset()

    def test_an_update_knows_what_the_index_held_and_keeps_state(self, own: Any) -> None:
        with own.update() as update:
            update.keep("note", b"one")
            update.commit()
        with own.update() as update:
            assert update.entry("5-12") == Entry(QUESTIONS[2], (QUESTIONS[2],))
            other = replace(QUESTIONS[2], title="Anders")
            update.put(other, pages=(other, QUESTIONS[2]))
            assert update.entry("5-12") == Entry(other, (other, QUESTIONS[2]))
            assert update.entry("9-9") is None
            assert update.state("note") == b"one"
            update.commit()
        assert own.state("note") == b"one"
        assert own.state("other") == b""

    def test_a_rebuild_begins_empty_and_the_old_answers_until_the_commit(self, own: Any) -> None:
        with own.update(rebuild=True) as update:
            assert (update.entry("5-12"), update.count) == (None, 0)
            update.put(QUESTIONS[3])
            assert own.search(Request()).total == len(QUESTIONS)
            update.commit()
        assert own.search(Request()).total == 1

    def test_a_rebuild_keeps_nothing_of_what_an_earlier_run_kept(self, own: Any) -> None:
        with own.update() as update:
            update.keep("note", b"one")
            update.commit()
        with own.update(rebuild=True) as update:
            assert update.state("note") == b""
            update.commit()
        assert own.state("note") == b""

    def test_a_question_and_its_answer_are_first_seen_in_the_update_that_brings_them(self, engine: Any) -> None:
        put(engine, [QUESTIONS[0], QUESTIONS[2]], DAYS[0])
        put(engine, [QUESTIONS[1], ANSWERED], DAYS[1])
        assert seen(engine, "5-10", "5-11", "5-12") == [(DAYS[0], DAYS[0]), (DAYS[1], None), (DAYS[0], DAYS[1])]
        assert told(engine) == [
            ("5-12", ("answered",), 2, DAYS[1]),
            ("5-11", ("new",), 2, DAYS[1]),
            ("5-12", ("new",), 1, DAYS[0]),
            ("5-10", ("new", "answered"), 1, DAYS[0]),
        ]

    def test_every_way_to_a_question_tells_when_it_was_first_seen(self, engine: Any) -> None:
        put(engine, [QUESTIONS[0]], DAYS[0])
        ways = [
            *engine.questions(["5-10"]),
            *engine.scan(Request()),
            *(hit.question for hit in engine.search(Request(texts="header")).hits),
            *engine.siblings("5-10"),
        ]
        assert [(one.first_seen, one.answer_first_seen) for one in ways] == [(DAYS[0], DAYS[0])] * 4

    def test_questions_are_sorted_by_when_they_were_first_seen_the_latest_first(self, engine: Any) -> None:
        put(engine, [QUESTIONS[2], QUESTIONS[3]], DAYS[1])
        put(engine, [QUESTIONS[0]], DAYS[0])
        put(engine, [QUESTIONS[1]], None)
        asked = Request(sort="first-seen", fold=False)
        assert numbers(engine.search(asked)) == ["5-12", "4-7", "5-10", "5-11"]

    def test_first_seen_survives_a_correction_a_deletion_and_a_rebuild(self, engine: Any) -> None:
        put(engine, [QUESTIONS[0], QUESTIONS[2]], DAYS[0])
        put(engine, [ANSWERED], DAYS[1])
        origin, before = engine.about().origin, (seen(engine, "5-10", "5-12"), told(engine))
        put(engine, [replace(ANSWERED, title="Treinen"), replace(QUESTIONS[0], answer=None, status="open")], DAYS[2])
        assert (seen(engine, "5-10", "5-12"), told(engine)) == before
        delete(engine, ["5-12"])
        put(engine, [QUESTIONS[0]], DAYS[2], rebuild=True)
        put(engine, [], DAYS[2])
        put(engine, [QUESTIONS[2]], DAYS[2])
        assert (seen(engine, "5-10", "5-12"), told(engine)) == before
        put(engine, [QUESTIONS[0], ANSWERED], DAYS[2], rebuild=True)
        assert (seen(engine, "5-10", "5-12"), told(engine)) == before
        assert engine.about().origin == origin != ""

    def test_an_update_that_is_not_committed_makes_no_news(self, engine: Any) -> None:
        put(engine, [QUESTIONS[0]], DAYS[0])
        with engine.update(moment=DAYS[1]) as update:
            update.put(QUESTIONS[2])
            update.delete("5-10")
        put(engine, [QUESTIONS[2]], DAYS[2])
        assert seen(engine, "5-10", "5-12") == [(DAYS[0], DAYS[0]), (DAYS[2], None)]

    def test_a_question_put_and_deleted_in_one_update_was_never_seen(self, engine: Any) -> None:
        with engine.update(moment=DAYS[0]) as update:
            update.put(QUESTIONS[2])
            update.delete("5-12")
            update.commit()
        put(engine, [QUESTIONS[2]], DAYS[1])
        assert seen(engine, "5-12") == [(DAYS[1], None)]

    def test_without_a_moment_news_comes_in_its_generation_all_the_same(self, engine: Any) -> None:
        put(engine, [QUESTIONS[0]], None)
        put(engine, [QUESTIONS[0]], DAYS[0])
        assert (seen(engine, "5-10"), told(engine)) == (
            [(None, None)],
            [("5-10", ("new", "answered"), 1, None)],
        )

    def test_a_moment_that_a_record_tells_counts_where_it_is_earlier(self, engine: Any) -> None:
        put(engine, [QUESTIONS[0], replace(ANSWERED, first_seen=DAYS[0], answer_first_seen=DAYS[2])], DAYS[1])
        put(engine, [replace(QUESTIONS[0], first_seen=DAYS[0])], DAYS[2])
        assert seen(engine, "5-10", "5-12") == [(DAYS[0], DAYS[1]), (DAYS[0], DAYS[1])]
        assert [generation for _, _, generation, _ in told(engine)] == [1, 1]
        beyond = dt.datetime.max.replace(tzinfo=dt.timezone(dt.timedelta(hours=-12)))
        put(engine, [replace(QUESTIONS[1], first_seen=beyond)], None)
        assert seen(engine, "5-11") == [(None, None)]

    @pytest.mark.parametrize(
        ("told", "is_answer"),
        [
            ({"status": "answered", "answer": "Er reden 12 treinen te laat."}, True),
            ({"status": "answered", "french": FrenchText(answer="Douze trains.")}, True),
            ({"status": "answered-without-text"}, True),
            ({"status": "answered-without-text", "answer": "Het antwoord wordt niet gepubliceerd."}, True),
            ({"status": "answered-without-text", "answer": "Texte pas encore disponible."}, False),
            ({"status": "answered"}, False),  # its text is not here
            ({"status": "answered", "answer": "Het antwoord zal later worden meegedeeld."}, False),
            ({"status": "closed"}, False),
            ({"status": "unknown", "answer": "Er reden"}, False),
        ],
    )
    def test_an_answer_is_seen_when_its_text_is_there_or_will_never_be(
        self, engine: Any, told: Any, is_answer: Any
    ) -> None:
        put(engine, [replace(QUESTIONS[2], **told)], DAYS[0])
        assert seen(engine, "5-12") == [(DAYS[0], DAYS[0] if is_answer else None)]

    def test_news_is_of_what_a_request_matches_after_a_generation_page_by_page(self, engine: Any) -> None:
        put(engine, QUESTIONS, DAYS[0])
        put(engine, [ANSWERED], DAYS[1])
        assert told(engine, Request("treinen")) == [
            ("5-12", ("answered",), 2, DAYS[1]),
            ("5-12", ("new",), 1, DAYS[0]),
            ("4-7", ("new",), 1, DAYS[0]),
        ]
        assert told(engine, after=1) == [("5-12", ("answered",), 2, DAYS[1])]
        assert told(engine, after=engine.news(Request()).generation) == []
        assert told(engine, Request(selections=(Selection("party", ("Ecolo",)),))) == [
            ("5-11", ("new",), 1, DAYS[0]),
            ("5-10", ("new", "answered"), 1, DAYS[0]),
        ]
        pages = [engine.news(Request(limit=2, page=page, texts="none")) for page in (1, 2, 3, 4)]
        assert [(page.total, len(page.items)) for page in pages] == [(5, 2), (5, 2), (5, 1), (5, 0)]
        assert [item for page in pages for item in page.items] == list(engine.news(Request(texts="none")).items)
        found = engine.news(Request("trein", limit=1))
        assert (found.items[0].question.question, found.highlight != ()) == (QUESTIONS[2].question, True)
        with pytest.raises(RequestError):
            engine.news(Request(limit=0))

    def test_threads_share_an_engine(self, filled: Any) -> None:
        texts = ["trein", "sociale media", "", "bericht", "tre*", '"sociale media"'] * 10
        alone = [filled.search(Request(text=text)).hits for text in texts]
        with ThreadPoolExecutor(8) as pool:
            assert list(pool.map(lambda text: filled.search(Request(text=text)).hits, texts)) == alone

    def test_every_answer_is_of_one_generation_while_questions_come_and_go(self, own: Any) -> None:
        extra = [Question(f"6-{number}", title="treinen", party="Ecolo") for number in range(1, 9)]

        def change() -> None:
            for _ in range(5):
                add(own, extra)
                delete(own, [question.number for question in extra])

        with ThreadPoolExecutor(5) as pool:
            changing = pool.submit(change)
            while not changing.done():
                answers = pool.map(
                    lambda _: own.search(Request(text="treinen", facets=(FacetQuery("party"),))), range(8)
                )
                for hits in answers:
                    ecolo = sum(value.count for value in hits.facets[0].values if value.value == "Ecolo")
                    assert (hits.total, ecolo) in ((2, 0), (10, 8))
            changing.result()

    def test_a_hit_is_plain_data(self, filled: Any) -> None:
        hit = filled.search(Request(text="vertragingen")).hits[0]
        assert isinstance(hit, Hit) and hit.number == "5-12" and hit.score > 0

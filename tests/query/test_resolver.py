"""One meaning of a value: in the box, as an option, in an address; and a count is what a click gives."""

import datetime as dt
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from searchq.engines.embedded.engine import EmbeddedEngine
from searchq.query.facet_table import FACET_NAMES, FACETS, MISSING_VALUE
from searchq.query.request import FacetQuery, Request, Selection
from searchq.question import Question
from searchq.results.requests import make_request
from searchq.web.parameters import parse
from tests.writes import add, delete

QUESTIONS = [
    Question(
        f"5-{serial}",
        legislature=5 if serial < 9 else 6,
        session=None if serial % 4 == 0 else "2012-2013",
        date=None if serial == 11 else dt.date(2012, serial, 3),
        author=author,
        party=party,
        minister=minister,
        portfolios=portfolios,
        keywords=keywords,
        title_path=("Spoor", "spoor") if serial % 3 else (),
        status=status,  # type: ignore[arg-type]
        delay_days=delay,
        reminders=serial % 3,
    )
    for serial, (author, party, minister, portfolios, keywords, status, delay) in enumerate(
        [
            ("Bjørn Sørensen", "Groen!", "minister van Justitie", ("Justitie",), ("Energie",), "answered", 5),
            ("BJORN SORENSEN", "Groen", "Minister van Justitie", ("Justitie",), ("energie",), "open", None),
            ("WUYTS Odette", "GROEN", "minister van Justitie", ("Justitie",), ("énergie", "Energie"), "answered", 31),
            ("Odette Wuyts", "sp.a", "minister van  Justitie", (), (), "answered-without-text", 45),
            ("Nele Moortgat", "Ecolo", "staatssecretaris voor Energie", ("Energie",), ("gas",), "answered", 400),
            ("Nele Moortgat-Gillis", "Ecolo", None, (), ("gas", "gas en olie"), "closed", None),
            ("Zoë D'Hooghe", "Indépendant", "minister van Energie", ("Energie",), ("olie",), None, 90),
            ("Zoe D’Hooghe", "Onafhankelijke", "minister van Energie", ("Energie",), (), "unknown", None),
            (None, None, None, (), (), "requalified", None),
            ("Łukasz Callewaert", "Vooruit", "minister van Defensie", ("Defensie",), ("(gas)",), "open", None),
            ("Ine Callewaert", "CD&V N-VA", "minister van Defensie", ("Defensie",), ("none",), "open", 12),
            ("de heer Ine Callewaert", "CD&V", "minister van Landsverdediging", ("Defensie",), ("gas",), "open", 13),
        ],
        1,
    )
] + [Question("3-1")]


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> EmbeddedEngine:
    engine = EmbeddedEngine(tmp_path_factory.mktemp("resolver") / "index")
    for first in range(0, len(QUESTIONS), 3):  # several segments
        add(engine, QUESTIONS[first : first + 3])
    add(engine, [Question("4-1", author="BJØRN SORENSEN", party="GROEN !", keywords=("ENERGIE",))])
    delete(engine, ["4-1"])
    return engine


def numbers(engine: Any, request: Any) -> set[str]:
    return {question.number for question in engine.scan(request)}


def selected(engine: Any, facet: str, typed: str) -> set[str]:
    return numbers(engine, Request(selections=(Selection(facet, (typed,)),), fold=False))


def counts(engine: Any, facet: str) -> dict[str, int]:
    (counted,) = engine.search(Request(facets=(FacetQuery(facet, 100),))).facets
    return {**{one.value: one.count for one in counted.values}, MISSING_VALUE: counted.missing}


TYPED = {
    "author": ["bjorn", "Bjørn Sørensen", "SORENSEN bjorn", "callewaert", "lukasz", "wuyts", "d'hooghe", "dhooghe",
               "zoë d‘hooghe", "moortgat", "nele*", "mevrouw Odette Wuyts", "geen", "xyz", "de heer"],
    "party": ["groen", "Groen!", "GROEN", "indépendant", "onafhankelijke", "cd&v", "cd&v n-va", "spa", "none",
              "vooru*"],
    "minister": ["justitie", "MINISTER VAN JUSTITIE", "defensie", "van energie", "energie", "de minister van defensie",
                 "zonder", "landsverdediging", "minister"],
    "portfolio": ["justitie", "energie", "def*", "aucun"],
    "keyword": ["energie", "Énergie", "gas", "gas en olie", "olie", "(gas)", "none", "geen"],
    "title_part": ["spoor", "SPOOR", "geen"],
    "house": ["senate", "Senaat", "Sénat", "kamer", "SENAAT", "geen"],
    "legislature": ["5", ">5", "5..6", "6-5", "05", "geen"],
    "session": ["2012-2013", "2012", "zonder"],
    "year": ["2012", ">=2012", "2013", "geen"],
    "month": ["2012-04", "april 2012", "2012-04..2012-06", "2012", "6/2012"],
    "status": ["answered", "beantwoord", "Beantwoord", "onbeantwoord", "répondu", "open", "onbekend", "vervallen",
               "geen"],
    "delay": ["0-30", "31-60", "366+", ">30", "31..90", "13", "90..31", "geen"],
    "reminders": ["0", ">0", "2", "1-2"],
}  # fmt: skip
CASES = [(facet, typed) for facet, several in TYPED.items() for typed in several]


def test_every_facet_is_tried() -> None:
    assert set(TYPED) == set(FACET_NAMES) - {"language", "problem"}


@pytest.mark.parametrize(("facet", "typed"), CASES)
def test_box_option_and_address_mean_the_same(engine: Any, facet: Any, typed: Any) -> None:
    row = next(row for row in FACETS if row.name == facet)
    option = numbers(engine, make_request("", include={facet: [typed]}, fold=False))
    address = numbers(engine, parse(f"{row.aliases[0]}={_encoded(typed)}&fold=0").request)
    assert address == option == selected(engine, facet, typed)
    for alias in row.aliases:
        boxed = typed if typed[0] in "<>" or typed.endswith("*") else f'"{typed}"'
        hits = engine.search(Request(text=f"{alias}:{boxed}", fold=False, limit=100))
        assert {hit.number for hit in hits.hits} == option


def _encoded(text: str) -> str:
    from urllib.parse import quote_plus

    return quote_plus(text)


@pytest.mark.parametrize("facet", FACET_NAMES)
def test_a_count_is_what_choosing_the_value_gives(engine: Any, facet: Any) -> None:
    counted = counts(engine, facet)
    assert sum(counted.values()) >= len(QUESTIONS)
    for value, count in counted.items():
        assert len(selected(engine, facet, value)) == count, value
        barred = Request(selections=(Selection(facet, (), (value,)),), fold=False)
        assert numbers(engine, barred) == {one.number for one in QUESTIONS} - selected(engine, facet, value)


FOUND = {
    ("author", "bjorn"): {"5-1", "5-2"},
    ("author", "callewaert"): {"5-10", "5-11", "5-12"},
    ("author", "Nele Moortgat"): {"5-5", "5-6"},
    ("author", "Odette Wuyts"): {"5-3", "5-4"},
    ("party", "Groen"): {"5-1", "5-2", "5-3"},
    ("party", "Onafhankelijke"): {"5-7", "5-8"},
    ("party", "sp.a"): {"5-4"},
    ("party", "CD&V"): {"5-12"},
    ("party", MISSING_VALUE): {"5-9", "3-1"},
    ("minister", "minister van Justitie"): {"5-1", "5-2", "5-3", "5-4"},
    ("minister", "justitie"): {"5-1", "5-2", "5-3"},
    ("keyword", "Energie"): {"5-1", "5-2", "5-3"},
    ("keyword", "none"): {"5-11"},
    ("status", "answered"): {"5-1", "5-3", "5-5"},
    ("status", "beantwoord"): {"5-1", "5-3", "5-4", "5-5"},
    ("delay", ">30"): {"5-3", "5-4", "5-5", "5-7"},
    ("month", "april 2012"): {"5-4"},
}


@pytest.mark.parametrize(("facet", "typed"), FOUND)
def test_a_value_finds_what_it_means(engine: Any, facet: Any, typed: Any) -> None:
    assert selected(engine, facet, typed) == FOUND[facet, typed]


HINTS = {
    ("author", "callewaert"): ["several-values"],
    ("author", "Bjørn Sørensen"): [],
    ("author", "sorenson"): ["unknown-value-nearest"],
    ("status", "beantwoord"): ["several-values"],
    ("delay", "90..31"): ["ends-swapped"],
    ("party", "sp.a"): ["party-later"],
    ("party", "Vooruit"): ["party-earlier"],
    ("party", "CD&V"): [],  # nobody here sat for the CVP
    ("party", MISSING_VALUE): [],
}


@pytest.mark.parametrize(("facet", "typed"), HINTS)
def test_a_visitor_is_told_how_a_value_was_read(engine: Any, facet: Any, typed: Any) -> None:
    hits = engine.search(Request(selections=(Selection(facet, (typed,)),)))
    assert [hint.code for hint in hits.hints] == HINTS[facet, typed]


def test_several_values_are_named(engine: Any) -> None:
    (hint,) = engine.search(Request(selections=(Selection("author", ("callewaert",)),))).hints
    assert hint.sentence() == "“callewaert” means 2 values of author: Ine Callewaert; Łukasz Callewaert."


def test_the_other_label_of_a_party_is_offered_with_its_month(engine: Any) -> None:
    (hint,) = engine.search(Request(text="partij:sp.a")).hints
    assert hint.sentence("nl") == "sp.a ook als Vooruit sinds maart 2021."


@pytest.mark.parametrize("days", [("2013", "2012"), ("2013-12-31", "2012-01-01"), ("dec 2013", "1/1/2012")])
def test_days_the_wrong_way_round_are_one_thing_everywhere(engine: Any, days: Any) -> None:
    first, last = days
    option = engine.search(make_request(asked_from=first, asked_to=last))
    address = engine.search(parse(f"from={_encoded(first)}&to={_encoded(last)}").request)
    right = engine.search(make_request(asked_from="2012", asked_to="2013"))
    assert option.total == address.total == right.total == 11
    assert [hint.code for hint in option.hints] == [hint.code for hint in address.hints] == ["dates-swapped"]
    boxed = engine.search(Request(text=f"datum:{first.replace(' ', '')}..{last}"))
    assert (boxed.total, [hint.code for hint in boxed.hints]) == (11, ["ends-swapped"])


spellings = st.sampled_from(
    [
        "Groen",
        "Groen!",
        "groen",
        "GROEN",
        "Ecolo",
        "ÉCOLO",
        "écolo",
        "Indépendant",
        "Onafhankelijke",
        "(none)",
        "none",
        "geen",
    ]
)
records = st.lists(
    st.tuples(
        st.none() | spellings,
        st.none() | st.sampled_from(["An Maes", "MAES An", "An Maes-Gillis", "an  maes", "Ån Maes", "An Baes"]),
        st.lists(st.sampled_from(["gas", "Gas", "GAS", "gâs", "g-as", "g–as", "olie"]), max_size=3).map(tuple),
    ),
    min_size=1,
    max_size=8,
)


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(records=records, data=st.data())
def test_counts_are_what_clicks_give_whatever_the_order_of_runs(
    tmp_path_factory: pytest.TempPathFactory, records: Any, data: Any
) -> None:
    questions = [
        Question(f"5-{serial}", legislature=5, party=party, author=author, keywords=keywords)
        for serial, (party, author, keywords) in enumerate(records, 1)
    ]
    shuffled = data.draw(st.permutations(questions))
    cut = data.draw(st.integers(0, len(questions)))
    engines = [EmbeddedEngine(tmp_path_factory.mktemp("runs") / "index") for _ in range(2)]
    add(engines[0], questions)
    add(engines[1], [Question("9-9", party="GROEN", author="MAES AN", keywords=("gas", "olie")), *shuffled[:cut]])
    add(engines[1], shuffled[cut:])
    delete(engines[1], ["9-9"])
    for facet in ("party", "author", "keyword"):
        counted = counts(engines[0], facet)
        assert counted == counts(engines[1], facet)
        for value, count in counted.items():
            for engine in engines:
                assert len(selected(engine, facet, value)) == count, value

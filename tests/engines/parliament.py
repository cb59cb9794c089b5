"""Forty small questions with everything a request can ask about, and random requests over their words."""

import datetime as dt
import random

from hypothesis import strategies as st

from searchq.query.facet_table import FACET_NAMES
from searchq.query.request import SORTS, DateRange, FacetQuery, Request, Selection
from searchq.question import Citation, FrenchText, Question, Reference, Source, Status

__all__ = ["QUESTIONS", "WORDS", "facet_queries", "requests", "texts"]


def _row(text: str) -> tuple[str, ...]:
    return tuple(text.split(" "))


WORDS = _row(
    "de trein treinen spoor spoortrein spoorwegstation station vertraging vertragingen wiskunde onderwijs "
    "wiskundeonderwijs facebook sociale media bericht persberichten overheid NMBS foto's België één 2013 1.565 5-3 "
    "école trains officiële gare retards"
)
PARTIES = ("N-VA", "n-va", "Ecolo", "Open Vld", None)
AUTHORS = ("Inès Daoud", "Ines Daoud", "Bram Claes", "Mevrouw Chloé Wouters", None)
MINISTERS = (
    ("minister van Justitie", ("Justitie",)),
    ("minister van Justitie, belast met de Noordzee", ("Justitie", "Noordzee")),
    ("staatssecretaris voor Mobiliteit", ("Mobiliteit",)),
    (None, ()),
)
KEYWORDS = ("sociale media", "Sociale Media", "spoorverkeer", "Österreich")
STATUSES: tuple[Status | None, ...] = (
    "answered",
    "answered-without-text",
    "open",
    "closed",
    "end-of-legislature",
    "requalified",
    "unknown",
    None,
)
NUMBERS = (
    *(f"5-{serial}" for serial in range(1, 25)),
    *(f"4-{serial}" for serial in range(90, 100)),
    "2-7/1",
    "2-7/2",
    "56-7-0930-2025202606531",
    "56-12-0931-2025202606531",
    "56-3-0001-2025202600001",
)


def _text(chance: random.Random, most: int) -> str:
    return " ".join(chance.choices(WORDS, k=chance.randrange(most)))


def _day(chance: random.Random) -> dt.date | None:
    return None if chance.random() < 0.15 else dt.date(2010, 1, 1) + dt.timedelta(days=chance.randrange(1500))


def _references(number: str, chance: random.Random) -> tuple[Reference, ...]:
    """Every fourth question of the Senate was put to the next two as well."""
    serials = {f"5-{serial}": serial - (serial - 1) % 4 for serial in range(1, 25)}
    if number not in serials or chance.random() < 0.3:
        return ()
    others = [f"5-{serials[number] + step}" for step in range(3)]
    return tuple(Reference("also-asked-to", "written-question", other) for other in others if other != number)


def _question(number: str, chance: random.Random) -> Question:
    minister, portfolios = chance.choice(MINISTERS)
    title = _text(chance, 6)
    twin = FrenchText(_text(chance, 4), ("trains",), "école et " + _text(chance, 6))
    return Question(
        number,
        house="chamber" if number.startswith("56-") else "senate",
        legislature=int(number.split("-")[0]),
        session=chance.choice(("2011-2012", "2012-2013", None)),
        date=_day(chance),
        author=chance.choice(AUTHORS),
        party=chance.choice(PARTIES),
        minister=minister,
        portfolios=portfolios,
        title=title or None,
        title_path=tuple(title.split(" station ")) if title else (),
        keywords=tuple(chance.sample(KEYWORDS, chance.randrange(4))),
        language=chance.choice(("nl", "fr", None)),
        references=_references(number, chance),
        question=_text(chance, 30),
        answer=_text(chance, 20) or None,
        answer_date=_day(chance),
        published=_day(chance),
        status=chance.choice(STATUSES),
        delay_days=chance.choice((None, 0, 0, 12, 45, 45, 200, 400)),
        waiting_since=_day(chance),
        last_seen=_day(chance),
        reminders=chance.choice((0, 0, 1, 2, 10)),
        french=twin if chance.random() < 0.3 else None,
        source=Source(layout="fr-web") if chance.random() < 0.1 else Source(),
        citations=(Citation("question", 0, 1, "written-question", "senate", "5-2"),) if chance.random() < 0.2 else (),
        problems=("date: no day",) if chance.random() < 0.2 else (),
    )


def _questions() -> tuple[Question, ...]:
    chance = random.Random(13)
    return tuple(_question(number, chance) for number in chance.sample(NUMBERS, len(NUMBERS)))


QUESTIONS = _questions()

_words = st.sampled_from((*WORDS, "56-0930", "2025202606531", "0930", "walvis", "stations", "persbericht", "trajn"))
_patterns = st.sampled_from(("tre*", "spoor*", "st?tion", "*ing", "ver*ing*", "fo*", "5*"))
_fuzzy = st.sampled_from(("trien~", "statoin~", "media~", "facebok~", "treinn~"))
_phrases = st.tuples(st.lists(_words, min_size=1, max_size=3), st.sampled_from(("", "", "~2", "~5"))).map(
    lambda row: f'"{" ".join(row[0])}"{row[1]}'
)
_values = st.sampled_from(
    _row(
        "partij:Ecolo partij:n-va indiener:claes indiener:daoud minister:justitie minister:noordzee trefwoord:media "
        "portefeuille:mob* status:beantwoord status:open jaar:2012 jaar:>2011 maand:2012-03 zitting:2012-2013 "
        "taal:frans termijn:>40 termijn:0-30 rappel:0..1 partij:geen partij:walvis nummer:5-3 nummer:5-1* nummer:3 "
        "nummer:4-90..4-95 datum:2012 datum:>2012-06 datum:2011-01..2011-12 beantwoord:2013 onderwerp:spoor "
        "zittingsperiode:4 nummer:0930 nummer:56-0930"
    )
)
_zones = st.tuples(st.sampled_from(("titel:", "vraag:", "antwoord:")), _words | _phrases | _patterns).map("".join)
_boosted = st.tuples(_words, st.sampled_from(("^2", "^0,5"))).map("".join)
_leaves = st.one_of(_words, _words, _words, _phrases, _patterns, _fuzzy, _values, _zones, _boosted)


def _larger(parts: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    operators = st.sampled_from(("OF", "OF", "EN", "NIET", "NABIJ", "NABIJ/2"))
    return st.one_of(
        st.lists(parts, min_size=2, max_size=4).map(" ".join),
        st.tuples(parts, operators, parts).map(" ".join),
        st.tuples(st.just("-"), parts).map("".join),
        st.tuples(st.just("("), parts, st.sampled_from((")", ")", ")^2"))).map("".join),
    )


texts = st.just("") | st.recursive(_leaves, _larger, max_leaves=8)

_selected = {
    "party": ("Ecolo", "N-VA", "n-va", "walvis", "(none)", "geen"),
    "author": ("Inès Daoud", "daoud", "Bram Claes", "wouters"),
    "minister": ("justitie", "minister van Justitie", "Noordzee", "staatssecretaris"),
    "portfolio": ("Justitie", "mob*", "(none)"),
    "keyword": ("sociale media", "SPOORVERKEER", "osterreich"),
    "status": ("answered", "onbeantwoord", "open", "(none)"),
    "year": ("2011", ">2011", "2010..2012", "1999"),
    "delay": ("0-30", ">200", "366+", "(none)"),
    "reminders": ("0", "1..10"),
    "legislature": ("5", "4", "56"),
    "month": ("2012-03", "2011"),
    "problem": ("date",),
}


@st.composite
def _selections(draw: st.DrawFn) -> Selection:
    facet = draw(st.sampled_from(sorted(_selected)))
    values = st.lists(st.sampled_from(_selected[facet]), max_size=2, unique=True).map(tuple)
    return Selection(facet, draw(values), draw(values))


_days = st.none() | st.dates(dt.date(2009, 12, 1), dt.date(2014, 6, 1))
_spans = st.just(DateRange()) | st.builds(DateRange, _days, _days)
facet_queries = st.builds(
    FacetQuery,
    st.sampled_from(FACET_NAMES),
    st.sampled_from((1, 2, 3, 10, 1000)),
    st.sampled_from((None, None, "a", "soc", "van just")),
    st.sampled_from(("count", "value")),
)
requests = st.builds(
    Request,
    text=texts,
    selections=st.lists(_selections(), max_size=2).map(tuple),
    asked=_spans,
    answered=_spans,
    facets=st.lists(facet_queries, max_size=3, unique_by=lambda query: query.name).map(tuple),
    histogram=st.booleans(),
    interval=st.sampled_from((None, "year", "quarter", "month", "day")),
    sort=st.sampled_from((*SORTS, "relevance", "relevance")),
    page=st.sampled_from((1, 1, 1, 2, 3)),
    limit=st.sampled_from((3, 10, 100)),
    fold=st.booleans(),
    recency=st.booleans(),
    proximity=st.booleans(),
    all_words=st.sampled_from((False, False, True)),
    translate=st.booleans(),
    texts=st.sampled_from(("none", "header", "whole", "whole")),
)

"""A handful of questions whose values are awkward for spreadsheets, and one with everything."""

import datetime as dt

import pytest

from searchq.question import FrenchText, Question, Source
from searchq.results.page import ResultHit, Snippet

ADDRESS = "https://www.senate.be/www/?MIval=/Vragen/SchriftelijkeVraag&LEG=5&NR=1&LANG=nl"


@pytest.fixture
def hits() -> list[ResultHit]:
    whole = Question(
        "5-1",
        legislature=5,
        date=dt.date(2011, 2, 3),
        author="Wout Vermeersch-Aelbrecht",
        title="Treinen; met, leestekens “en” é",
        keywords=("spoor", "trein"),
        portfolios=("Mobiliteit",),
        question='Eerste lijn.\r\nTweede lijn; met "tekens".',
        answer="Ja.",
        answer_date=dt.date(2011, 3, 1),
        delay_days=26,
        status="answered",
        french=FrenchText(title="Trains", keywords=("rail",), question="Première ligne."),
        source=Source(address=ADDRESS),
        first_seen=dt.datetime(2020, 1, 2, 3, 4, 5, tzinfo=dt.UTC),
    )
    bare = Question("6-12", title="=1+1", author="\u200b+32 2 501 70 70", question="x" * 40_000, party="3-4")
    snippet = Snippet("question", "Eerste lijn.", ((0, 6),), True, False)
    return [ResultHit(whole, 1.5, (snippet,)), ResultHit(bare, 0.5)]

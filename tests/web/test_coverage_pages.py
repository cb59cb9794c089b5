"""The page of what is here and what is not, and the line under results, in every state of knowledge."""

import datetime as dt
import html
import re

from werkzeug.test import Client

from searchq.api import Index
from searchq.coverage.kept import KEPT, Archive, Kept, Refused
from searchq.coverage.summary import ChamberCoverage, CoverageSummary, Missing, SenateCoverage
from searchq.question import Question
from searchq.web import create_app
from tests.plain_engine import PlainEngine

SENATE = [Question(f"5-{serial}", legislature=5, title="Vraag", status="answered") for serial in (1, 2, 5)]
CHAMBER = [Question(f"56-7-093{n}-202520260653{n}", house="chamber", title="Vraag") for n in (1, 2)]
GAPS = (Missing(3, 3, "status 404", "2026-03-02"),)
LEDGER = SenateCoverage(5, 1200, 3, 3, 0, 0, GAPS, (Missing(6, 1200, "not fetched yet"),), "2026-03-02", ())
ZIP = ChamberCoverage(56, "chamber-56.zip", "https://example.org/56", "2026-03-01", "2026-03-04", 1000)
PAGE = Refused("a.warc.gz:x", "it is <b>torn</b>", "a.warc.gz:x", "5-4")
CANCELLED = Refused("data/chamber-56.zip:1.json", "the question was cancelled", "data/chamber-56.zip:1.json")
ARCHIVES = (Archive("data/chamber-56.zip", (56,), 2),)
WITH_LEDGER = Kept({"archive": CoverageSummary((LEDGER,))}, (PAGE,))
CHAMBER_ONLY = Kept({"data": CoverageSummary((), (ZIP,))}, (CANCELLED,), archives=ARCHIVES)
BOTH = Kept(
    {"archive": CoverageSummary((LEDGER,)), "data": CoverageSummary((), (ZIP,))}, (PAGE, CANCELLED), 0, ARCHIVES
)


def page(questions: list[Question], kept: Kept | None, address: str = "/dekking") -> str:
    engine = PlainEngine(questions, clock=lambda: dt.datetime(2024, 5, 1, 12, tzinfo=dt.UTC))
    with engine.update() as update:
        update.keep(KEPT, kept.dump() if kept else b"")
        update.commit()
    return Client(create_app(Index(engine))).get(address).text


def line(questions: list[Question], kept: Kept | None, address: str = "/?q=vraag") -> str:
    return re.search(r'<p class="note covered"><a href="/dekking">(.+?)</a>', page(questions, kept, address))[1]  # type: ignore[index]


def cells(text: str) -> list[list[str]]:
    rows = re.findall(r"<tr><th scope=\"row\">.+?</tr>", text)
    return [[html.unescape(cell) for cell in re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row)] for row in rows]


def test_under_results_stands_what_is_here_of_what_there_is_and_of_which_day() -> None:
    assert line(SENATE, WITH_LEDGER) == "3 van 1.199 vragen, bijgewerkt op 2 maart 2026"
    assert line(SENATE, None) == "3 vragen, bijgewerkt op 1 mei 2024"
    assert line(CHAMBER, CHAMBER_ONLY) == "2 vragen van de Kamer, bijgewerkt op 4 maart 2026"
    told = "3 van 1.199 vragen van de Senaat en 2 van de Kamer, bijgewerkt op 4 maart 2026"
    assert line([*SENATE, *CHAMBER], BOTH) == told
    assert line([*SENATE, *CHAMBER], None) == "3 vragen van de Senaat en 2 van de Kamer, bijgewerkt op 1 mei 2024"


def test_it_stands_there_too_where_nothing_was_found_and_on_the_start_page() -> None:
    assert line(SENATE, WITH_LEDGER, "/?q=zeppelin").startswith("3 van 1.199")
    assert line(SENATE, WITH_LEDGER, "/").startswith("3 van 1.199")
    assert '<a href="/dekking">Dekking</a>' in page(SENATE, None, "/vraag/5-1")


def test_a_ledger_tells_why_each_number_is_missing() -> None:
    text = page(SENATE, WITH_LEDGER)
    assert cells(text) == [["5 (2010-2014)", "3", "1.196", "1", "100 %", "1–1.200", "2 maart 2026"]]
    assert "<dt>Nooit gesteld: 1 <small>antwoord met status 404</small></dt>\n<dd>5-3</dd>" in text
    assert "<dt>Niet opgehaald: 1.195 <small>nog niet gevraagd</small></dt>\n<dd>5-6 tot en met 5-1200</dd>" in text
    torn = '<small lang="en">it is &lt;b&gt;torn&lt;/b&gt;</small></dt>\n<dd>5-4</dd>'
    assert f"<dt>Opgehaald, maar niet te lezen: 1 {torn}" in text
    assert '<li>1 × <span lang="en">it is &lt;b&gt;torn' in text


def test_without_a_ledger_no_number_is_said_never_to_have_been_asked() -> None:
    text = page(SENATE, None)
    assert cells(text) == [["5 (2010-2014)", "3", "2", "0", "100 %", "1–5", "onbekend"]]
    assert "<dt>Niet hier, reden onbekend: 2</dt>\n<dd>5-3 tot en met 5-4</dd>" in text
    assert "Nooit gesteld:" not in text
    assert "is de reden onbekend" in text


def test_of_the_chamber_no_gaps_are_claimed() -> None:
    text = page(CHAMBER, CHAMBER_ONLY)
    assert cells(text) == [["chamber-56.zip", "56 (2024-)", "1 maart 2026", "2", "1", "0"]]
    assert "tellen we bij haar geen ontbrekende vragen" in text
    assert "Senaat</h2>" not in text and "Ontbreekt" not in text


def test_both_houses_stand_on_one_page() -> None:
    text = page([*SENATE, *CHAMBER], BOTH)
    assert [row[0] for row in cells(text)] == ["5 (2010-2014)", "chamber-56.zip"]


def test_many_runs_with_one_reason_are_shortened() -> None:
    scattered = [Question(f"5-{serial}") for serial in range(1, 201, 2)]
    assert "5-119, 5-121" not in (text := page(scattered, None))
    assert "5-118, 5-120 en nog 39 reeksen</dd>" in text

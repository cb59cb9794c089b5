"""Fetching the Senate's questions from a local site, with its faults."""

import argparse
import datetime as dt
import gzip
from pathlib import Path
from typing import Any

import pytest
from warcio.archiveiterator import ArchiveIterator
from warcio.checker import Checker

from searchq.coverage.summary import CoverageSummary, Missing
from searchq.documents import Parsed, Rejection, read
from searchq.errors import FetchError
from searchq.fetching.coverage import summary
from searchq.fetching.ledger import Ledger
from searchq.fetching.plan import Wanted
from searchq.fetching.schedule import END_RUN
from tests.fetching.conftest import CONTACT, PAUSE
from tests.fetching.pages import INTERIM, INTERIM_FR, Made, both, changed_layout
from tests.fetching.site import Site

PROBES = [999_983, 999_979]
UNANSWERED = Made(1, answer=None)


def held(archive: Path) -> dict[str, str | None]:
    """The questions that `searchq index` reads from an archive, with their answers; a later capture comes later."""
    found = {}
    for item in read([archive]):
        assert not isinstance(item, Rejection), item
        for question in item.questions if isinstance(item, Parsed) else ():
            found[question.number] = question.answer
    return found


def records(archive: Path, kind: str) -> list[str]:
    """The addresses of the WARC records of a kind."""
    found = []
    for path in sorted(archive.glob("*.warc.gz")):
        with path.open("rb") as file:
            found += [
                record.rec_headers.get_header("WARC-Target-URI")
                for record in ArchiveIterator(file)
                if record.rec_type == kind
            ]
    return found


def checked(archive: Path) -> None:
    """Every WARC file passes warcio's own checker."""
    for path in archive.glob("*.warc.gz"):
        checker = Checker(argparse.Namespace(inputs=[str(path)], verbose=False))
        checker.process_all()
        assert checker.exit_value == 0


def test_every_number_up_to_the_end_is_asked_for_once_and_every_question_stored(archive: Any, fetch: Any) -> None:
    with Site(*[Made(number) for number in (1, 2, 5, 9)], least_gap=PAUSE.least) as site:
        report = fetch(site)
        assert site.asked == [*PROBES, *range(1, 9 + END_RUN + 1)]
        assert site.violations == []
    assert held(archive) == dict.fromkeys(["5-1", "5-2", "5-5", "5-9"], "Ja, sedert de zomer.")
    assert (report.stored, report.answers, report.ended, report.stopped) == (4, 4, None, None)
    assert len(records(archive, "request")) == len(records(archive, "response")) == 4
    checked(archive)


@pytest.mark.parametrize("absence", ["404", "shell", "redirect"])
def test_what_no_such_question_looks_like_is_learnt_and_said(archive: Any, fetch: Any, absence: str) -> None:
    said: list[str] = []
    with Site(Made(1), Made(3)) as site:
        site.absence = absence
        fetch(site, Wanted((5,), last=4), said)
        assert site.asked == [*PROBES, 1, 2, 3, 4]
    assert said[0].startswith("A number without a question gives ")
    assert {"404": "status 404", "shell": "begins “Belgische Senaat”", "redirect": "redirect to"}[absence] in said[0]
    assert set(held(archive)) == {"5-1", "5-3"}
    with Ledger(archive) as ledger:
        assert [page.state for page in ledger.pages(5, "both")] == ["stored", "absent", "stored", "absent"]


@pytest.mark.parametrize("fault", ["503", "429", "reset", "cut", "shell", "slow", "redirect", "chunked"])
@pytest.mark.parametrize("absence", ["404", "shell", "redirect"])
def test_a_fault_is_never_taken_for_an_absence(archive: Any, fetch: Any, fault: str, absence: str) -> None:
    with Site(*[Made(number) for number in range(1, 5)], least_gap=PAUSE.least) as site:
        site.absence = absence
        site.faults.update({2: [fault], 3: [fault] * 2})
        report = fetch(site, Wanted((5,), last=4))
        assert site.violations == []
    checked(archive)
    assert set(held(archive)) == {"5-1", "5-2", "5-3", "5-4"}
    assert (report.absent, report.faults) == (0, 0)


def test_a_number_that_goes_on_failing_is_unknown_with_its_reason_and_asked_for_by_the_next_run(
    archive: Any, fetch: Any
) -> None:
    with Site(Made(1), Made(2), Made(3)) as site:
        site.faults[2] = ["503"] * 4
        assert fetch(site, Wanted((5,), last=3)).faults == 1
        with Ledger(archive) as ledger:
            page = ledger.page(5, 2, "both")
        assert (page.state, page.reason, page.faults) == ("unknown", "status 503", 2)
        assert fetch(site, Wanted((5,), last=3)).stored == 1
        assert site.asked[-1] == 2
    assert set(held(archive)) == {"5-1", "5-2", "5-3"}


def test_three_refusals_in_a_row_end_the_run_with_what_it_has(archive: Any, fetch: Any) -> None:
    with Site(*[Made(number) for number in range(1, 9)]) as site:
        site.faults.update({number: ["503"] * 9 for number in range(4, 9)})
        report = fetch(site)
        assert site.asked == [*PROBES, 1, 2, 3, 4, 4, 5]
    assert report.ended is not None and "failed 3 times in a row, last with status 503" in report.ended
    assert set(held(archive)) == {"5-1", "5-2", "5-3"}


def test_retry_after_is_obeyed_by_the_run_and_by_the_next_one(archive: Any, fetch: Any, clock: Any) -> None:
    with Site(Made(1), Made(2)) as site:
        site.retry_after, site.faults[1] = "1", ["429"]
        fetch(site, Wanted((5,), last=1))
        refused, again = [request for request in site.log if request.number == 1]
        assert again.begun - refused.ended >= 1
        site.retry_after, site.faults[2] = "3600", ["429"]
        report = fetch(site, Wanted((5,), last=2))
        assert report.ended is not None and "asks for 60 min of rest" in report.ended
        requests = len(site.log)
        assert "run it again in 60 min" in str(fetch(site, Wanted((5,), last=2)).ended)
        assert len(site.log) == requests
        clock.moment += dt.timedelta(hours=1)
        assert fetch(site, Wanted((5,), last=2)).stored == 1


def test_a_retry_after_that_is_a_date_is_obeyed(archive: Any, fetch: Any) -> None:
    with Site(Made(1)) as site:
        site.retry_after, site.faults[1] = "Mon, 02 Mar 2026 12:30:00 GMT", ["429"]
        assert "asks for 3 hours of rest" in str(fetch(site).ended)


def test_robots_txt_that_forbids_ends_the_run_before_a_page_is_asked_for(archive: Any, fetch: Any) -> None:
    with Site(Made(1)) as site:
        site.robots = "User-agent: *\nDisallow: /www/\n"
        report = fetch(site)
        assert [request.path for request in site.log] == ["/robots.txt"]
    assert report.ended is not None and "robots.txt forbids" in report.ended


def test_the_pause_that_robots_txt_asks_for_is_kept(archive: Any, fetch: Any) -> None:
    with Site(Made(1), Made(2), least_gap=0.1) as site:
        site.robots = "User-agent: searchq\nCrawl-delay: 0.1\n"
        fetch(site, Wanted((5,), last=2))
        assert site.violations == []
        assert site.asked == [*PROBES, 1, 2]


def test_no_robots_txt_allows_all_and_one_that_cannot_be_read_nothing(archive: Any, fetch: Any) -> None:
    with Site(Made(1)) as site:
        site.robots = None
        assert fetch(site, Wanted((5,), last=1)).stored == 1
    with Site(Made(1)) as site:
        site.robots_status = 503
        assert "not known what it allows" in str(fetch(site, Wanted((5,), last=2)).ended)
        assert site.asked == []


def test_every_request_says_who_asks(archive: Any, fetch: Any) -> None:
    with Site(Made(1)) as site:
        fetch(site, Wanted((5,), last=1))
        assert all(f"(contact: {CONTACT})" in request.headers["User-Agent"] for request in site.log)


@pytest.mark.parametrize(
    "contact",
    [
        "",
        "me",
        "a b@c",
        "a@b\r\nX: y",
        "é@b.be",
        "a@b.be)",
        "@",
        "a@",
        "@b.be",
        "a@b",
        "http:",
        "http://",
        "http://localhost",
        "https://b.be\\n",
        "a@@b.be",
    ],
)
def test_a_contact_that_is_no_address_is_refused_before_anything_is_asked_or_made(
    archive: Any, fetch: Any, contact: str
) -> None:
    with Site(Made(1)) as site, pytest.raises(FetchError, match="no e-mail or web address"):
        fetch(site, contact=contact)
    assert not archive.exists() and site.log == []


def test_a_changed_layout_stops_the_run_with_the_evidence_and_stores_no_shells(archive: Any, fetch: Any) -> None:
    with Site(*[Made(number) for number in range(1, 20)]) as site:
        fetch(site, Wanted((5,), last=4))
        site.render = changed_layout
        report = fetch(site, Wanted((5,), last=19))
        assert site.asked[-6:] == [5, 5, 6, 6, 7, 7]
    assert report.ended is not None and "has the layout of no written question" in report.ended
    assert "PQ 5/7" in (archive / ".fetch-evidence-5-7.html").read_text(encoding="windows-1252")
    assert set(held(archive)) == {"5-1", "5-2", "5-3", "5-4"}


def test_a_site_that_shows_no_question_at_all_leaves_no_gaps_behind(archive: Any, fetch: Any) -> None:
    """A site in maintenance shows one page for every number, also for one that cannot exist."""
    with Site() as site:
        report = fetch(site)
    assert report.ended is not None and "none a question" in report.ended
    with Ledger(archive) as ledger:
        assert list(ledger.pages(5, "both")) == []


def test_a_number_known_to_exist_is_asked_for_first_and_only_once(archive: Any, fetch: Any) -> None:
    with Site(Made(2), Made(4)) as site:
        fetch(site, Wanted((5,), last=4), highest=4)
        assert site.asked == [*PROBES, 4, 1, 2, 3]
    with Ledger(archive) as ledger:
        assert [page.state for page in ledger.pages(5, "both")] == ["absent", "stored", "absent", "stored"]


def test_where_a_number_known_to_exist_looks_absent_nothing_is_believed_before_a_question_is_seen(
    archive: Any, fetch: Any
) -> None:
    with Site() as site:
        fetch(site, Wanted((5,), last=6), highest=4)
        with Ledger(archive) as ledger:
            assert list(ledger.pages(5, "both")) == []
        site.questions[5, 6] = Made(6)
        fetch(site, Wanted((5,), last=6), highest=4)
    with Ledger(archive) as ledger:
        assert [page.state for page in ledger.pages(5, "both")] == [*["absent"] * 5, "stored"]


def test_absences_before_the_first_question_are_entered_once_it_was_seen(archive: Any, fetch: Any) -> None:
    with Site(Made(3)) as site:
        fetch(site, Wanted((5,), last=3))
    with Ledger(archive) as ledger:
        assert [page.state for page in ledger.pages(5, "both")] == ["absent", "absent", "stored"]


def test_a_shell_that_holds_the_number_and_no_question_is_not_stored(archive: Any, fetch: Any) -> None:
    with Site(Made(1), Made(2)) as site:
        site.render = lambda made: f"<html><body><p>Schriftelijke vraag nr. {made.name}</p></body></html>"
        fetch(site, Wanted((5,), last=2))
    with Ledger(archive) as ledger:
        assert [page.state for page in ledger.pages(5, "both")] == ["unknown", "unknown"]
    assert held(archive) == {}


@pytest.mark.parametrize(
    ("charset", "declared"), [("windows-1252", "utf-8"), ("utf-8", "windows-1252"), ("utf-8", "x")]
)
def test_a_wrong_character_set_changes_nothing_that_is_read(
    archive: Any, fetch: Any, charset: str, declared: str
) -> None:
    with Site(Made(1)) as site:
        site.charset, site.declared = charset, declared
        fetch(site, Wanted((5,), last=1))
    (item,) = read([archive])
    assert item.questions[0].question == "Is cel 1 één keer verwarmd?"


def test_a_page_in_one_language_is_asked_for_where_one_is_wanted(archive: Any, fetch: Any) -> None:
    with Site(Made(1)) as site:
        fetch(site, Wanted((5,), last=1, language="nl"))
        assert site.log[-1].path == "/www/?MIval=/Vragen/SchriftelijkeVraag&LEG=5&NR=1&LANG=nl"
    assert set(held(archive)) == {"5-1"}


def test_the_most_requests_are_counted_and_the_next_run_goes_on(archive: Any, fetch: Any) -> None:
    with Site(*[Made(number) for number in range(1, 9)]) as site:
        report = fetch(site, Wanted((5,), last=8), most=6)
        assert len(site.log) == report.requests == 6
        assert report.stopped == "the 6 requests of --most are spent"
        fetch(site, Wanted((5,), last=8))
        assert site.asked == [*PROBES, *range(1, 9)]


def test_ctrl_c_ends_the_run_after_the_request_under_way(archive: Any, fetch: Any) -> None:
    with Site(*[Made(number) for number in range(1, 9)]) as site:
        report = fetch(site, Wanted((5,), last=8), stopped=lambda: 3 in site.asked)
        assert site.asked == [*PROBES, 1, 2, 3]
        assert report.stopped == "interrupted"
    assert set(held(archive)) == {"5-1", "5-2", "5-3"}


# --- days later


def test_a_second_run_on_the_same_day_asks_nothing(archive: Any, fetch: Any) -> None:
    with Site(Made(1), UNANSWERED) as site:
        fetch(site)
        requests = len(site.log)
        assert fetch(site).requests == 0
        assert len(site.log) == requests


def test_a_day_later_only_what_is_new_unanswered_or_interim_is_asked_for(archive: Any, fetch: Any, clock: Any) -> None:
    asked = [Made(1), Made(2, answer=None), Made(4, answer=(INTERIM_FR, INTERIM)), Made(5, answer=None, is_closed=True)]
    with Site(*asked) as site:
        fetch(site, Wanted((5,), last=5))
        clock.pass_days(1)
        site.log.clear()
        site.questions[5, 2] = Made(2)
        site.questions[5, 6] = Made(6)
        before = (archive / "senate-5-001.warc.gz").read_bytes()
        report = fetch(site, Wanted((5,), last=6))
        assert site.asked == [*PROBES, 6, 2, 4]
    assert (report.stored, report.changed, report.answers, report.unchanged) == (1, 1, 2, 1)
    assert (archive / "senate-5-001.warc.gz").read_bytes().startswith(before)
    assert held(archive)["5-2"] == "Ja, sedert de zomer."
    assert len(records(archive, "response")) == 6
    checked(archive)


def test_the_pauses_between_looks_grow_until_an_answer_comes(archive: Any, fetch: Any, clock: Any) -> None:
    days = []
    with Site(Made(1, answer=None)) as site:
        for day in range(40):
            site.log.clear()
            fetch(site, Wanted((5,), last=1))
            days += [day] * (1 in site.asked)
            clock.pass_days(1)
    assert days == [0, 1, 3, 7, 15, 31]


def test_a_page_that_did_not_change_is_a_revisit(archive: Any, fetch: Any, clock: Any) -> None:
    with Site(UNANSWERED) as site:
        fetch(site, Wanted((5,), last=1))
        clock.pass_days(1)
        fetch(site, Wanted((5,), last=1))
        assert site.log[-1].status == 304
        site.has_etags = False
        clock.pass_days(2)
        fetch(site, Wanted((5,), last=1))
        assert site.log[-1].status == 200
    assert len(records(archive, "response")) == 1
    assert len(records(archive, "revisit")) == 2
    assert set(held(archive)) == {"5-1"}
    checked(archive)


def test_a_page_whose_frame_alone_changes_is_not_stored_again(archive: Any, fetch: Any, clock: Any) -> None:
    with Site(UNANSWERED, has_etags=False) as site:
        site.render = lambda made: both(made).replace("</body>", f"<!-- {clock.moment} --></body>")
        fetch(site, Wanted((5,), last=1))
        size = (archive / "senate-5-001.warc.gz").stat().st_size
        clock.pass_days(1)
        assert fetch(site, Wanted((5,), last=1)).unchanged == 1
    assert (archive / "senate-5-001.warc.gz").stat().st_size == size


def test_refresh_looks_again_at_all_that_is_stored_once_a_day(archive: Any, fetch: Any, clock: Any) -> None:
    with Site(Made(1), Made(2)) as site:
        fetch(site, Wanted((5,), last=2))
        clock.pass_days(1)
        site.log.clear()
        assert fetch(site, Wanted((5,), last=2)).requests == 0
        fetch(site, Wanted((5,), last=2, refresh=True))
        assert sorted(set(site.asked)) == [1, 2, *sorted(PROBES)]
        assert fetch(site, Wanted((5,), last=2, refresh=True)).requests == 0


def test_a_question_that_the_site_no_longer_shows_stays_in_the_archive(archive: Any, fetch: Any, clock: Any) -> None:
    with Site(UNANSWERED, Made(2)) as site:
        fetch(site, Wanted((5,), last=2))
        del site.questions[5, 1]
        clock.pass_days(1)
        fetch(site, Wanted((5,), last=2))
    with Ledger(archive) as ledger:
        page = ledger.page(5, 1, "both")
    assert (page.state, page.reason) == ("stored", "the site no longer shows it: status 404")
    assert set(held(archive)) == {"5-1", "5-2"}


def test_the_end_of_a_legislature_that_is_over_is_confirmed_on_a_second_day_and_then_believed(
    archive: Any, fetch: Any, clock: Any
) -> None:
    with Site(Made(1)) as site:
        counts = []
        for _ in range(3):
            site.log.clear()
            fetch(site)
            counts.append(len(set(site.asked) - {1, *PROBES}))
            clock.pass_days(1)
    assert counts == [END_RUN, END_RUN, 0]


# --- after a kill


def test_whole_records_that_the_ledger_does_not_know_are_entered_and_a_torn_end_is_cut_off(
    archive: Any, fetch: Any
) -> None:
    with Site(*[Made(number) for number in range(1, 5)]) as site:
        fetch(site, Wanted((5,), last=3))
        path = archive / "senate-5-001.warc.gz"
        whole = path.read_bytes()
        (archive / ".fetch.sqlite").unlink()
        path.write_bytes(whole + gzip.compress(b"WARC/1.0\r\nWARC-Type: response")[:-7])
        site.log.clear()
        report = fetch(site, Wanted((5,), last=4))
        assert site.asked == [*PROBES, 3, 4]
    assert report.recovered == 3
    assert path.read_bytes().startswith(whole)
    assert set(held(archive)) == {"5-1", "5-2", "5-3", "5-4"}
    checked(archive)


def test_pages_whose_file_was_cut_or_taken_away_are_fetched_again(archive: Any, fetch: Any) -> None:
    said: list[str] = []
    with Site(Made(1), Made(2)) as site:
        fetch(site, Wanted((5,), last=2))
        path = archive / "senate-5-001.warc.gz"
        path.write_bytes(path.read_bytes()[:-10])
        assert fetch(site, Wanted((5,), last=2), said).stored == 1
        path.unlink()
        assert fetch(site, Wanted((5,), last=2), said).stored == 2
    assert said[-1].startswith("2 pages are no longer in their WARC files")
    assert set(held(archive)) == {"5-1", "5-2"}


def test_a_file_of_somebody_else_under_our_name_is_left_alone(archive: Any, fetch: Any) -> None:
    archive.mkdir()
    (archive / "senate-5-001.warc.gz").write_bytes(gzip.compress(b"somebody else's" * 9))
    before = (archive / "senate-5-001.warc.gz").read_bytes()
    with Site(Made(1)) as site, pytest.raises(FetchError, match="was not written by `searchq fetch`"):
        fetch(site)
    assert (archive / "senate-5-001.warc.gz").read_bytes() == before


def test_two_runs_into_one_archive_are_one_too_many(archive: Any, fetch: Any) -> None:
    archive.mkdir()
    with Site(Made(1)) as site, Ledger(archive, create=True) as ledger:
        ledger.lock()
        with pytest.raises(FetchError, match="Another run is fetching"):
            fetch(site)
        assert site.log == []


def test_a_damaged_ledger_is_one_sentence(archive: Any, fetch: Any) -> None:
    archive.mkdir()
    (archive / ".fetch.sqlite").write_bytes(b"no database at all" * 99)
    with Site(Made(1)) as site, pytest.raises(FetchError, match="remove it"):
        fetch(site)


# --- coverage


def test_every_number_up_to_the_highest_known_is_here_a_reasoned_gap_or_unknown(archive: Any, fetch: Any) -> None:
    with Site(Made(1), Made(2, answer=None), Made(5), Made(6, answer=(INTERIM_FR, INTERIM))) as site:
        site.faults[5] = ["503"] * 4
        fetch(site, Wanted((5,), last=6))
    with Ledger(archive) as ledger:
        found = summary(ledger, {5: 9})
    (senate,) = found.senate
    assert (senate.last, senate.here, senate.answered, senate.waiting, senate.interim) == (9, 3, 1, 2, 1)
    assert senate.gaps == (Missing(3, 4, "status 404", "2026-03-02"),)
    assert senate.unknown == (Missing(5, 5, "status 503"), Missing(7, 9, "not fetched yet"))
    assert senate.here + senate.missing == senate.last
    assert CoverageSummary.from_json(found.to_json()) == found


def test_absent_numbers_above_the_highest_known_are_no_gaps(archive: Any, fetch: Any) -> None:
    with Site(Made(1), Made(3)) as site:
        fetch(site)
    with Ledger(archive) as ledger:
        (senate,) = summary(ledger, {}).senate
    assert senate.gaps == (Missing(2, 2, "status 404", "2026-03-02"),)
    assert (senate.last, senate.end_found) == (3, ("2026-03-02",))

"""Rarer faults of a site, of a clock and of a disk: nothing lost, nothing doubled, nothing claimed falsely."""

import datetime as dt
import errno
import gzip
import os
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from searchq.errors import FetchError
from searchq.fetching import ledger as ledger_module
from searchq.fetching import session as session_module
from searchq.fetching import warc
from searchq.fetching.ledger import LEDGER, Ledger
from searchq.fetching.plan import Wanted
from tests.fetching.pages import Made, both, shell
from tests.fetching.site import Site
from tests.fetching.test_senate import PROBES, checked, held, records

Fault = Callable[[Any, Made | None], None]


def page_of(made: Made | None) -> bytes:
    assert made
    return both(made).encode("windows-1252")


def sends(status: int, headers: dict[str, str], body: Callable[[Made | None], bytes], *, closes: bool = False) -> Fault:
    """An answer with these headers and no others."""

    def fault(handler: Any, made: Made | None) -> None:
        handler.send_response(status)
        for name, value in {"Content-Type": "text/html", **headers}.items():
            handler.send_header(name, value)
        sent = body(made)
        if "Content-Length" not in headers and "Transfer-Encoding" not in headers and not closes:
            handler.send_header("Content-Length", str(len(sent)))
        handler._over()
        handler.end_headers()
        handler.wfile.write(sent)
        handler.close_connection = True

    return fault


def short_of(made: Made | None) -> Fault:
    return sends(200, {"Content-Length": str(len(page_of(made)) - 90)}, page_of)


def moved_to(target: str) -> Fault:
    return sends(302, {"Location": target}, lambda made: b"")


GZIP = {"Content-Encoding": "gzip"}
FAULTS: dict[str, Fault] = {
    "gzip cut off": sends(200, GZIP, lambda made: gzip.compress(page_of(made))[:-40]),
    "gzip broken": sends(200, GZIP, lambda made: b"\x1f\x8b\x08\0\0\0\0\0\0\xff" + b"\x13\x37" * 200),
    "gzip that is none": sends(200, GZIP, lambda made: b"\0\x01binary"),
    "unknown encoding": sends(200, {"Content-Encoding": "lzma"}, page_of),
    "length too short": sends(200, {"Content-Length": "900"}, page_of),
    "length short of the end": lambda handler, made: short_of(made)(handler, made),
    "length too long": sends(200, {"Content-Length": "90000"}, page_of),
    "no length, cut off": sends(200, {}, lambda made: page_of(made)[:-200], closes=True),
    "chunks cut off": sends(200, {"Transfer-Encoding": "chunked"}, lambda made: b"fff\r\n" + page_of(made)[:900]),
    "chunks without sense": sends(200, {"Transfer-Encoding": "chunked"}, lambda made: b"zz\r\n" + page_of(made)),
    "empty": sends(200, {}, lambda made: b""),
    "an image": sends(200, {"Content-Type": "image/png"}, lambda made: b"\x89PNG\r\n\x1a\n\0\0"),
    "an error as a page": sends(200, {}, lambda made: shell("ORA-12541: TNS no listener").encode()),
    "to another host": moved_to("http://elsewhere.example/onderhoud"),
    "to https": moved_to("https://127.0.0.1:1/onderhoud"),
    "to no address": moved_to("http://[oops"),
    "to a scheme": moved_to("mailto:webmaster@example.org"),
    "to a page that is there": moved_to("/onderhoud"),
    "401": sends(401, {}, lambda made: b""),
    "403": sends(403, {}, lambda made: b"Forbidden"),
    "418": sends(418, {}, lambda made: b"teapot"),
    "204": sends(204, {}, lambda made: b"", closes=True),
    "304 unasked": sends(304, {}, lambda made: b"", closes=True),
}


@pytest.mark.parametrize("absence", ["404", "shell", "redirect", "empty"])
def test_a_rare_fault_is_no_absence_and_nothing_of_it_is_stored(archive: Any, fetch: Any, absence: str) -> None:
    """Each fault once, and another time twice; a page without fault in between."""
    faults = {name: fault for name, fault in FAULTS.items() if (name, absence) != ("empty", "empty")}
    last = 4 * len(faults)
    with Site(*[Made(number) for number in range(1, last + 1)]) as site:
        site.absence = absence
        for first, fault in zip(range(2, last, 4), faults.values(), strict=True):
            site.faults[first], site.faults[first + 2] = [fault], [fault] * 2
        report = fetch(site, Wanted((5,), last=last))
    assert (report.ended, report.absent) == (None, 0)
    assert held(archive) == {f"5-{number}": "Ja, sedert de zomer." for number in range(1, last + 1)}


def test_a_page_that_always_breaks_off_is_stored_by_the_next_run(archive: Any, fetch: Any) -> None:
    with Site(Made(1), Made(2), Made(3)) as site:
        site.faults[2] = [FAULTS["no length, cut off"]] * 99
        assert fetch(site, Wanted((5,), last=2)).faults == 1
        with Ledger(archive) as ledger:
            assert ledger.page(5, 2, "both").reason == "the page breaks off"
        fetch(site, Wanted((5,), last=3))
    assert set(held(archive)) == {"5-1", "5-2", "5-3"}


def test_a_site_that_closes_no_page_is_read_all_the_same(archive: Any, fetch: Any) -> None:
    with Site(Made(1), Made(2)) as site:
        site.render = lambda made: both(made).replace("</body></html>", "")
        assert fetch(site, Wanted((5,), last=2)).stored == 2
        assert site.asked == [*PROBES, 1, 2]


def test_a_redirect_that_goes_round_in_circles_is_left_after_a_few_hops(archive: Any, fetch: Any) -> None:
    with Site(Made(1), Made(2)) as site:
        site.faults[2] = [lambda handler, made: moved_to(handler.path)(handler, made)] * 99
        report = fetch(site, Wanted((5,), last=2))
        assert site.asked.count(2) <= 24
    with Ledger(archive) as ledger:
        assert ledger.page(5, 2, "both").reason.startswith("it redirects to http://127.0.0.1")
    assert (report.ended, report.faults) == (None, 1)


def test_a_redirect_to_what_robots_txt_forbids_is_not_followed_and_keeps_no_other_number_back(
    archive: Any, fetch: Any
) -> None:
    with Site(*[Made(number) for number in (1, 2, 3)]) as site:
        site.robots = "User-agent: *\nDisallow: /login\n"
        site.faults[2] = [moved_to("/login?to=2")] * 9
        report = fetch(site, Wanted((5,), last=3))
        assert not any(request.path.startswith("/login") for request in site.log)
    assert (report.ended, report.stored, report.faults) == (None, 2, 1)


# --- numbers that stay unreadable


def test_scattered_numbers_that_stay_unreadable_do_not_look_like_a_new_layout(
    archive: Any, fetch: Any, clock: Any
) -> None:
    """At the end of a run, and in the next ones, they follow each other."""
    unreadable = (3, 6, 9)
    with Site(*[Made(number) for number in range(1, 12)]) as site:
        for number in unreadable:
            site.faults[number] = [FAULTS["an error as a page"]] * 99
        for last in (10, 11):
            report = fetch(site, Wanted((5,), last=last))
            assert (report.ended, report.faults) == (None, 3)
            clock.pass_days(1)
    assert len(held(archive)) == 8


# --- refusals


@pytest.mark.parametrize(
    ("told", "seconds"),
    [
        ("Mon, 02 Mar 2026 09:29:00 GMT", 0),
        ("soon", None),
        ("-5", None),
        ("Fri, 99 Foo 2026 99:99:99 GMT", None),
        ("Mon, 02 Mar 2026 09:30:01 +9999", None),
        ("1.5", None),
    ],
)
def test_a_retry_after_without_sense_or_in_the_past_costs_no_more_than_a_refusal(
    archive: Any, fetch: Any, told: str, seconds: int | None
) -> None:
    with Site(Made(1)) as site:
        site.retry_after, site.faults[1] = told, ["429"]
        assert fetch(site, Wanted((5,), last=1)).stored == 1


@pytest.mark.parametrize("told", ["999999999999", "Fri, 31 Dec 9999 23:59:59 GMT", "1795000000"])
def test_a_retry_after_of_years_holds_for_a_week(archive: Any, fetch: Any, clock: Any, told: str) -> None:
    with Site(Made(1)) as site:
        site.retry_after, site.faults[1] = told, ["429"]
        assert "asks for 7 days of rest" in str(fetch(site, Wanted((5,), last=1)).ended)
        clock.pass_days(6)
        assert "asked for rest" in str(fetch(site, Wanted((5,), last=1)).ended)
        clock.pass_days(1)
        assert fetch(site, Wanted((5,), last=1)).stored == 1


def test_a_site_that_forbids_for_a_while_is_asked_again_by_the_next_run(archive: Any, fetch: Any) -> None:
    with Site(*[Made(number) for number in range(1, 6)]) as site:
        for number in range(2, 6):
            site.faults[number] = [FAULTS["403"]] * 2
        assert "last with status 403" in str(fetch(site, Wanted((5,), last=5)).ended)
        for number in range(2, 6):
            site.faults[number] = []
        assert fetch(site, Wanted((5,), last=5)).ended is None
    assert len(held(archive)) == 5


# --- robots.txt

RULES = "User-agent: *\nDisallow: /nowhere/\n"
LONG = "# a comment\n" * 60_000


@pytest.mark.parametrize(
    ("robots", "is_allowed"),
    [
        ("<!DOCTYPE html><html><body>Niet gevonden</body></html>", True),
        ("\ufeffUser-agent: *\nDisallow: /www/\n", False),
        ("User-agent: other\nDisallow: /\n\nUser-agent: searchq\nDisallow: /zoek\n", True),
        ("User-agent: *\nAllow: /\n\nUser-agent: SearchQ\nDisallow: /www\n", False),
        ("User-agent: *\r\nDisallow: /\r\nAllow: /www/\r\n", True),
        (RULES + LONG, True),
        ("User-agent: *\nDisallow: /www/\n" + LONG, False),
        ("#" * (512 * 1024 - 30) + "\nUser-agent: *\nDisallow: /nowhere/\n", True),
        ("User-agent: *\nCrawl-delay: soon\nDisallow:\n", True),
        ("User-agent: *\nCrawl-delay: nan\n", True),
        ("User-agent: *\nCrawl-delay: -4\n", True),
        ("\0\xff\xfe", True),
    ],
)
def test_robots_txt_is_read_as_it_is_written_whatever_its_form(
    archive: Any, fetch: Any, robots: Any, is_allowed: bool
) -> None:
    with Site(Made(1)) as site:
        site.robots = robots
        report = fetch(site, Wanted((5,), last=1))
        assert site.asked == ([*PROBES, 1] if is_allowed else [])
    assert (report.ended is None) is is_allowed


@pytest.mark.parametrize("told", ["7200", "1e12", "99999999"])
def test_a_pause_of_robots_txt_that_no_run_could_keep_ends_the_run(archive: Any, fetch: Any, told: str) -> None:
    with Site(Made(1)) as site:
        site.robots = f"User-agent: *\nCrawl-delay: {told}\n"
        assert "robots.txt asks for" in str(fetch(site, Wanted((5,), last=1)).ended)
        assert site.asked == []


def test_half_a_second_of_robots_txt_is_kept(archive: Any, fetch: Any) -> None:
    with Site(Made(1), least_gap=0.5) as site:
        site.robots = "User-agent: *\nCrawl-delay: 0.5\n"
        fetch(site, Wanted((5,), last=1))
        assert site.violations == []


# --- a clock that was wrong


def test_a_clock_that_was_years_ahead_holds_nothing_back_once_it_is_right(archive: Any, fetch: Any, clock: Any) -> None:
    with Site(Made(1, answer=None), Made(3), Made(4)) as site:
        right = clock.moment
        clock.moment += dt.timedelta(days=3650)
        site.robots, site.retry_after, site.faults[4] = "User-agent: *\nAllow: /\n", "60", ["429", "503", "503", "503"]
        fetch(site, Wanted((5,), last=3))
        with Ledger(archive) as ledger:
            ledger.keep("rest:" + site.root[7:], {"at": clock.moment.isoformat(), "seconds": 0.01})
        clock.moment = right
        site.log.clear()
        site.questions.update({(5, 1): Made(1), (5, 2): Made(2)})
        fetch(site, Wanted((5,), last=3))
        assert site.log[0].path == "/robots.txt"
        assert sorted(site.asked) == [1, 2, *sorted(PROBES)]
    assert held(archive)["5-1"] is not None and "5-2" in held(archive)


def test_a_clock_set_back_by_an_hour_changes_nothing(archive: Any, fetch: Any, clock: Any) -> None:
    with Site(Made(1, answer=None), Made(2)) as site:
        fetch(site, Wanted((5,), last=2))
        clock.moment -= dt.timedelta(hours=1)
        requests = len(site.log)
        site.questions[5, 3] = Made(3)
        fetch(site, Wanted((5,), last=3))
        assert site.asked[-1] == 3 and len(site.log) - requests <= 4
    assert len(held(archive)) == 3


# --- a site that shows for every number what it shows for none


def test_a_site_that_loses_its_questions_during_a_run_leaves_no_gaps_behind(archive: Any, fetch: Any) -> None:
    with Site(*[Made(number) for number in range(1, 61)]) as site:
        fetch(site, Wanted((5,), last=10))
        site.questions = {key: made for key, made in site.questions.items() if made.number < 5}
        known = dict(site.questions)
        site.questions.clear()
        report = fetch(site, Wanted((5,), last=60))
        assert report.ended is not None and "so did a question that is stored" in report.ended
    with Ledger(archive) as ledger:
        assert {page.state for page in ledger.pages(5, "both")} == {"stored", "unknown"}
        assert not any("no longer" in (page.reason or "") for page in ledger.pages(5, "both"))
    assert known


# --- the disk and the ledger


def small_disk(archive: Path, monkeypatch: pytest.MonkeyPatch, room: int) -> None:
    """From now on the WARC files have room for so many bytes more, written a part at a time."""
    left, write = [room], os.write

    def limited(file: int, data: Any) -> int:
        if not left[0]:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        done = write(file, bytes(data)[: min(left[0], 300)])
        left[0] -= done
        return done

    monkeypatch.setattr(warc.os, "write", limited)  # type: ignore[attr-defined]


@pytest.mark.parametrize("room", [0, 100, 1500])
def test_a_full_disk_leaves_whole_records_and_the_next_run_goes_on(
    archive: Any, fetch: Any, monkeypatch: pytest.MonkeyPatch, room: int
) -> None:
    with Site(*[Made(number) for number in range(1, 5)]) as site:
        fetch(site, Wanted((5,), last=1))
        with monkeypatch.context() as patched:
            small_disk(archive, patched, room)
            with pytest.raises(OSError, match="No space left") as raised:
                fetch(site, Wanted((5,), last=4))
            assert raised.value.filename == str(archive / "senate-5-001.warc.gz")
        checked(archive)
        fetch(site, Wanted((5,), last=4))
    checked(archive)
    assert len(records(archive, "response")) == 4
    assert set(held(archive)) == {"5-1", "5-2", "5-3", "5-4"}


def test_a_ledger_without_room_is_no_damaged_one_and_what_was_stored_is_not_fetched_again(
    archive: Any, fetch: Any
) -> None:
    with Site(*[Made(number) for number in range(1, 5)]) as site:
        fetch(site, Wanted((5,), last=1))
        with pytest.MonkeyPatch.context() as patched:
            opened = Ledger._open

            def bounded(ledger: Ledger, *given: Any) -> None:
                opened(ledger, *given)
                (pages,) = ledger._db.execute("PRAGMA page_count").fetchone()
                ledger._db.execute(f"PRAGMA max_page_count = {pages}")

            patched.setattr(Ledger, "_open", bounded)
            with pytest.raises(FetchError, match=r"cannot be used now \(database or disk is full\)"):
                fetch(site, Wanted((5,), last=400))
        fetch(site, Wanted((5,), last=4))
        assert all(site.asked.count(number) == 1 for number in (1, 2, 3))  # 4 shows that the site still works
    assert len(records(archive, "response")) == 4


def test_a_ledger_that_another_program_holds_is_said(archive: Any, fetch: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ledger_module, "_BUSY_SECONDS", 0.05)
    with Site(Made(1)) as site:
        fetch(site, Wanted((5,), last=1))
        with closing(sqlite3.connect(archive / LEDGER)) as other:
            other.execute("BEGIN EXCLUSIVE")
            with pytest.raises(FetchError, match="another program has it open"):
                fetch(site, Wanted((5,), last=2))


def test_a_ledger_of_another_version_is_left_alone(archive: Any, fetch: Any) -> None:
    with Site(Made(1)) as site:
        fetch(site, Wanted((5,), last=1))
        with closing(sqlite3.connect(archive / LEDGER)) as ledger:
            ledger.execute("PRAGMA user_version = 9")
        before = (archive / LEDGER).read_bytes()
        with pytest.raises(FetchError, match="is a ledger of version 9; this searchq reads version 2"):
            fetch(site, Wanted((5,), last=2))
    assert (archive / LEDGER).read_bytes() == before


def test_a_page_larger_than_any_document_is_set_aside_and_the_next_one_asked_for(
    archive: Any, fetch: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(session_module, "MAX_DOCUMENT_BYTES", 2 << 20)
    with Site(*[Made(number) for number in (1, 2, 3)]) as site:
        site.faults[2] = [sends(200, {}, lambda made: os.urandom(3 << 20))] * 9
        report = fetch(site, Wanted((5,), last=3))
        assert (report.stored, report.faults, report.ended) == (2, 1, None)
    with Ledger(archive) as ledger:
        assert ledger.page(5, 2, "both").reason == "the answer is larger than 2 MB"

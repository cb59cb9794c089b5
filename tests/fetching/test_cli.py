"""`searchq fetch` and `searchq coverage` at the command line."""

import json
import os
import signal
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from searchq.cli.main import main
from searchq.fetching import sites
from searchq.fetching.clock import SYSTEM_CLOCK
from searchq.fetching.exchange import Exchange
from searchq.fetching.ledger import LEDGER, Ledger
from searchq.fetching.ledger_tables import Zip
from searchq.fetching.robots import Robots
from searchq.fetching.sites import SenateSite
from tests.fetching.conftest import CONTACT, PAUSE
from tests.fetching.pages import Made
from tests.fetching.site import Site


@pytest.fixture
def site(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Any]:
    monkeypatch.chdir(tmp_path)
    with Site(*[Made(number) for number in (1, 2, 4)], Made(5, answer=None)) as served:
        monkeypatch.setattr(sites, "SENATE", SenateSite(served.root, {5: 5}, PAUSE))
        yield served


def said(capsys: Any) -> tuple[str, str]:
    return capsys.readouterr()  # type: ignore[no-any-return]


def test_fetch_then_index_then_search_is_all_it_takes(site: Any, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["fetch", "senate", "--contact", CONTACT]) == 0
    out, err = said(capsys)
    assert out == "58 requests: 4 new pages, 3 answers not here before, 51 not there\n"
    assert err == "A number without a question gives status 404.\n"
    assert main(["index", "archive"]) == 0
    assert said(capsys)[0].startswith("read 4 = added 4 + updated 0 + unchanged 0 + rejected 0")
    assert main(["show", "5-4"]) == 0
    assert "Gevangenissen - Cel 4 - Zomer" in said(capsys)[0]


def test_the_contact_is_kept_and_asked_for_where_it_is_not_known(site: Any, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["fetch", "senate", "--to", "1"]) == 2
    assert "with --contact" in said(capsys)[1]
    assert site.log == []
    assert main(["fetch", "senate", "--to", "1", "--contact", CONTACT]) == 0
    assert main(["fetch", "senate", "--to", "2"]) == 0
    assert CONTACT in site.log[-1].headers["User-Agent"]


def test_a_terminal_is_asked_for_the_contact_once(
    site: Any, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys.stdin, "isatty", lambda: True, raising=False)
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True, raising=False)
    asked = []
    monkeypatch.setattr("click.prompt", lambda text, **more: asked.append(text) or CONTACT)  # type: ignore[func-returns-value]
    assert main(["fetch", "senate", "--to", "1", "--quiet"]) == 0
    assert main(["fetch", "senate", "--to", "2", "--quiet"]) == 0
    assert len(asked) == 1


def test_a_dry_run_asks_nothing_and_makes_nothing(
    site: Any, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    assert main(["fetch", "senate", "--legislature", "5", "--dry-run"]) == 0
    assert said(capsys)[0].endswith("55 requests at least, about 1 minute\n")
    assert site.log == [] and list(tmp_path.iterdir()) == []


def test_a_dry_run_counts_with_the_pause_that_the_site_asked_for(site: Any, capsys: pytest.CaptureFixture[str]) -> None:
    with Ledger(Path(), create=True) as ledger:
        rules = b"User-agent: *\nCrawl-delay: 600\n"
        exchange = Exchange(site.root, SYSTEM_CLOCK.now(), [], 200, "OK", [], rules)
        Robots.keep(ledger, site.root, exchange)
    command = ["fetch", "senate", "--legislature", "5", "--to", "8", "--dry-run", "--archive", "."]
    assert main(command) == 0
    assert said(capsys)[0].endswith("8 requests, about 2 hours\n")


def test_a_dry_run_says_when_nothing_is_due(site: Any, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["fetch", "senate", "--legislature", "5", "--to", "4", "--contact", CONTACT, "--quiet"]) == 0
    assert main(["fetch", "senate", "--legislature", "5", "--to", "4", "--dry-run"]) == 0
    assert said(capsys)[0].endswith("0 requests: nothing is due\n")


def test_a_dry_run_of_the_chamber_names_what_is_asked_for(
    site: Any, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    assert main(["fetch", "chamber", "--legislature", "56", "--legislature", "54", "--dry-run"]) == 0
    assert said(capsys)[0] == "legislature 56  not stored\nlegislature 54  not stored\n2 requests, about 1 minute\n"
    now = SYSTEM_CLOCK.now().isoformat()
    with Ledger(tmp_path, create=True) as ledger:
        ledger.put_zip(Zip(56, "chamber-56.zip", "https://b.be/", now, now, 1, ""))
        ledger.put_zip(Zip(54, "chamber-54.zip", "https://b.be/", now, "2020-01-01T00:00:00+00:00", 1, ""))
    for name in ("chamber-56.zip", "chamber-54.zip"):
        (tmp_path / name).touch()
    command = ["fetch", "chamber", "--legislature", "56", "--legislature", "54", "--dry-run", "--archive", "."]
    assert main(command) == 0
    assert said(capsys)[0] == "legislature 54  look whether it changed\n1 request, about 1 minute\n"


@pytest.mark.parametrize("command", [["senate", "--legislature", "99"], ["chamber", "--legislature", "99"]])
def test_a_legislature_that_cannot_be_yet_is_a_usage_error(
    site: Any, capsys: pytest.CaptureFixture[str], command: Any
) -> None:
    assert main(["fetch", *command, "--contact", CONTACT]) == 2
    assert "99 is not in the range" in said(capsys)[1]
    assert site.log == []


def test_requests_too_few_to_learn_anything_are_said_to_be(site: Any, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["fetch", "senate", "--contact", CONTACT, "--most", "1"]) == 0
    assert "the request of --most is spent, too few to learn" in said(capsys)[1]
    assert len(site.log) == 1


def test_a_site_that_ends_the_run_gives_exit_code_1_and_the_reason(
    site: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    site.robots = "User-agent: *\nDisallow: /\n"
    assert main(["fetch", "senate", "--contact", CONTACT]) == 1
    assert "searchq: " in (err := said(capsys)[1]) and "robots.txt forbids" in err


def test_ctrl_c_ends_after_the_request_under_way_with_exit_code_130(
    site: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    def interrupt(made: Made) -> str:
        from tests.fetching.pages import both

        if made.number == 2:
            os.kill(os.getpid(), signal.SIGINT)
        return both(made)

    site.render = interrupt
    before = signal.getsignal(signal.SIGINT)
    assert main(["fetch", "senate", "--contact", CONTACT]) == 130
    assert site.asked[-1] == 2
    assert "Stopped after the current request" in said(capsys)[1]
    assert signal.getsignal(signal.SIGINT) is before
    assert main(["fetch", "senate", "--to", "2"]) == 0
    assert site.asked.count(2) == 1


def test_numbers_the_wrong_way_round_are_a_usage_error(site: Any, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["fetch", "senate", "--from", "9", "--to", "3"]) == 2
    assert "--to 3 is lower than --from 9" in said(capsys)[1]


def test_coverage_says_what_is_here_and_what_is_missing_and_why(site: Any, capsys: pytest.CaptureFixture[str]) -> None:
    main(["fetch", "senate", "--contact", CONTACT, "--quiet"])
    assert main(["coverage"]) == 0
    out, err = said(capsys)
    assert err == "There is no index in index; this is what the ledger tells.\n"
    lines = out.splitlines()
    assert lines[1].split()[:7] == ["5", "1-5", "4", "3", "(75%)", "1", "0"]
    assert lines[2] == "5-3: never asked; the site shows what it shows for no question (status 404)"
    assert main(["coverage", "--format", "json"]) == 0
    (senate,) = json.loads(said(capsys)[0])["senate"]
    assert (senate["here"], senate["last"], senate["missing"][0]["kind"]) == (4, 5, "never-asked")


def test_coverage_compares_the_index_with_the_ledger_as_it_is_now(
    site: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["fetch", "senate", "--contact", CONTACT, "--quiet", "--from", "1", "--to", "2"])
    main(["index", "archive", "--quiet"])
    main(["fetch", "senate", "--quiet"])
    said(capsys)
    assert main(["coverage"]) == 0
    lines = said(capsys)[0].splitlines()
    assert lines[1].split()[:7] == ["5", "1-5", "3", "2", "(67%)", "1", "1"]
    assert lines[3] == "5-4: fetched, not in the index"
    (Path("archive") / LEDGER).unlink()
    assert main(["coverage"]) == 0
    assert said(capsys)[0].splitlines()[-1] == "5-3 to 5-4: not fetched: not fetched yet"


def test_coverage_of_an_index_without_a_ledger_knows_no_reason(site: Any, capsys: pytest.CaptureFixture[str]) -> None:
    main(["fetch", "senate", "--contact", CONTACT, "--quiet"])
    (Path("archive") / LEDGER).unlink()
    main(["index", "archive", "--quiet"])
    said(capsys)
    assert main(["coverage"]) == 0
    lines = said(capsys)[0].splitlines()
    assert (lines[1].split()[-1], lines[2]) == ("unknown", "5-3: not here, reason unknown")


def test_coverage_without_an_index_or_a_ledger_names_the_remedy(site: Any, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["coverage"]) == 3
    assert "build one with `searchq index FILES`" in said(capsys)[1]


def test_coverage_without_a_ledger_names_the_remedy(site: Any, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["coverage", "--archive", "nowhere"]) == 2
    assert said(capsys)[1] == "searchq: There is no ledger in nowhere; `searchq fetch` makes one.\n"


def test_a_missing_extra_is_said_with_its_remedy(
    site: Any, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ["searchq.cli.fetch", *(name for name in sys.modules if name.startswith("searchq.fetching."))]:
        package, _, leaf = name.rpartition(".")
        monkeypatch.setattr(sys.modules[package], leaf, sys.modules[name])  # a second import sets it: put back
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "protego", None)
    assert main(["fetch", "senate", "--contact", CONTACT]) == 2
    assert "pip install 'searchq[fetch]'" in said(capsys)[1]
    assert main(["fetch", "senate", "--help"]) == 0

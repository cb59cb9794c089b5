"""Fetching the Chamber's archives: whole or not at all, resumed where they were cut, stored anew only when changed."""

import hashlib
import io
import json
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from searchq.coverage.summary import ChamberCoverage
from searchq.documents import find
from searchq.fetching import chamber as chamber_module
from searchq.fetching import ledger as ledger_module
from searchq.fetching.chamber import fetch_chamber
from searchq.fetching.coverage import summary
from searchq.fetching.ledger import Ledger
from searchq.fetching.report import Report
from searchq.fetching.settings import Settings
from searchq.fetching.sites import ChamberSite
from tests.fetching.conftest import CONTACT, PAUSE
from tests.fetching.site import Site

PATH = "/v0/qrva/archive?leg=56"


def archive_of(*titles: str) -> bytes:
    """A zip with one made-up record per title."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
        for number, title in enumerate(titles):
            archive.writestr(f"56--7-{number:04}-2025202606531.json", json.dumps({"TITN": title * 5000}))
    return out.getvalue()


class Service:
    """Serves one archive, with ranges and conditional requests; cuts the next `cuts` answers in their middle."""

    def __init__(self, content: bytes, has_etag: bool = True) -> None:
        self.content, self.has_etag, self.cuts = content, has_etag, 0
        self.sent: list[tuple[int, int]] = []  # status, bytes

    def __call__(self, handler: Any) -> None:
        etag = f'"{hashlib.sha1(self.content).hexdigest()}"'
        headers = {"Content-Type": "application/zip", **({"ETag": etag} if self.has_etag else {})}
        if self.has_etag and handler.headers.get("If-None-Match") == etag:
            self.sent.append((304, 0))
            handler.answer(304, b"", headers)
            return
        wanted, status = handler.headers.get("Range"), 200
        body = self.content
        if wanted and handler.headers.get("If-Range") == etag:
            status, body = 206, body[int(wanted[6:-1]) :]
            status = status if body else 416
            start, length = len(self.content) - len(body), len(self.content)
            headers["Content-Range"] = f"bytes {start}-{length - 1}/{length}"
        cut, self.cuts = self.cuts > 0, max(0, self.cuts - 1)
        handler.send_response(status)
        for name, value in {**headers, "Content-Length": str(len(body))}.items():
            handler.send_header(name, value)
        handler._over()
        handler.end_headers()
        body = body[: len(body) // 2] if cut else body
        handler.close_connection = cut
        self.sent.append((status, len(body)))  # before who reads it can go on
        handler.wfile.write(body)


@pytest.fixture
def fetch(archive: Path, clock: Any) -> Callable[..., Report]:
    def run(site: Site, *, refresh: bool = False, **settings: Any) -> Report:
        chosen = Settings(**{"contact": CONTACT, "pause": PAUSE, "clock": clock, **settings})
        return fetch_chamber(archive, (56,), chosen, ChamberSite(site.root), refresh=refresh)

    return run


def test_an_archive_is_stored_as_it_is_with_its_address_and_day_beside_it(archive: Any, fetch: Any) -> None:
    service = Service(archive_of("Telewerk", "Fietsen"))
    with Site() as site:
        site.other[PATH] = service
        assert fetch(site).stored == 1
    assert (archive / "chamber-56.zip").read_bytes() == service.content
    beside = json.loads((archive / ".chamber-56.zip.json").read_text(encoding="utf-8"))
    assert beside["address"] == site.root + PATH
    assert beside["fetched"] == "2026-03-02T09:30:00+00:00"
    assert beside["sha256"] == hashlib.sha256(service.content).hexdigest()
    assert [Path(file.path).name for file in find([archive])] == ["chamber-56.zip"]
    with Ledger(archive) as ledger:
        (chamber,) = summary(ledger).chamber
    day = "2026-03-02"
    assert chamber == ChamberCoverage(56, "chamber-56.zip", site.root + PATH, day, day, len(service.content))


def test_it_is_asked_for_again_on_another_day_and_stored_anew_only_when_it_changed(
    archive: Any, fetch: Any, clock: Any
) -> None:
    service = Service(archive_of("Telewerk"))
    with Site() as site:
        site.other[PATH] = service
        fetch(site)
        assert fetch(site).requests == 0
        clock.pass_days(1)
        assert fetch(site).unchanged == 1
        service.has_etag = False
        clock.pass_days(1)
        assert fetch(site).unchanged == 1
        service.content = archive_of("Telewerk", "Fietsen")
        assert fetch(site, refresh=True).changed == 1
    assert [status for status, _ in service.sent] == [200, 304, 200, 200]
    assert (archive / "chamber-56.zip").read_bytes() == service.content
    with Ledger(archive) as ledger:
        assert ledger.zips()[0].fetched == "2026-03-04T09:30:00+00:00"


def test_a_download_that_was_cut_goes_on_where_it_was_cut(archive: Any, fetch: Any) -> None:
    service = Service(archive_of("Telewerk"))
    service.cuts = 1
    with Site(least_gap=PAUSE.least) as site:
        site.other[PATH] = service
        fetch(site)
        assert site.violations == []
    half = len(service.content) // 2
    assert service.sent == [(200, half), (206, len(service.content) - half)]
    assert (archive / "chamber-56.zip").read_bytes() == service.content
    assert not (archive / ".chamber-56.zip.part").exists()


def test_a_download_that_was_cut_begins_anew_where_nothing_proves_that_the_rest_belongs_to_it(
    archive: Any, fetch: Any
) -> None:
    service = Service(archive_of("Telewerk"), has_etag=False)
    service.cuts = 1
    with Site() as site:
        site.other[PATH] = service
        fetch(site)
    assert [status for status, _ in service.sent] == [200, 200]
    assert (archive / "chamber-56.zip").read_bytes() == service.content


def test_an_archive_that_changed_while_it_was_cut_off_is_not_pieced_together(archive: Any, fetch: Any) -> None:
    service = Service(archive_of("Telewerk"))
    service.cuts = 2
    with Site() as site:
        site.other[PATH] = service
        fetch(site)
        assert not (archive / "chamber-56.zip").exists()
        service.content = archive_of("Fietsen", "Treinen")
        fetch(site)
    assert service.sent[-1] == (200, len(service.content))
    assert (archive / "chamber-56.zip").read_bytes() == service.content


def test_the_one_that_is_here_stays_until_the_new_one_is_whole(archive: Any, fetch: Any, clock: Any) -> None:
    service = Service(archive_of("Telewerk"))
    with Site() as site:
        site.other[PATH] = service
        fetch(site)
        before, service.content = service.content, archive_of("Fietsen")[:-30]
        clock.pass_days(1)
        said: list[str] = []
        report = fetch(site, say=said.append)
    assert said[0].startswith("The archive of legislature 56 did not come: what came is no whole zip file")
    assert report.ended == "1 of the archives did not come; run it again later."
    assert (archive / "chamber-56.zip").read_bytes() == before


def test_an_archive_that_is_not_there_is_said(archive: Any, fetch: Any) -> None:
    said: list[str] = []
    with Site() as site:
        site.other[PATH] = lambda handler: handler.html(404, "no such archive")
        assert fetch(site, say=said.append).absent == 1
    assert said == ["There is no archive of legislature 56: status 404."]


def test_ctrl_c_keeps_what_came_so_far(archive: Any, fetch: Any) -> None:
    service = Service(archive_of("Telewerk", "Fietsen"))
    with Site() as site:
        site.other[PATH] = service
        part = archive / ".chamber-56.zip.part"
        assert fetch(site, stopped=part.exists).stopped == "interrupted"
        assert part.stat().st_size > 0
        fetch(site)
    assert (archive / "chamber-56.zip").read_bytes() == service.content


class Killed(BaseException):
    """Ends a run where it stands, as a kill does."""


MOMENTS = ("chamber._Store._place", "chamber._Store._note", "chamber._Store._finish", "ledger.Ledger.put_zip")


@pytest.mark.parametrize("moment", MOMENTS)
def test_a_kill_once_a_download_is_whole_costs_no_second_one(
    archive: Any, fetch: Any, monkeypatch: pytest.MonkeyPatch, moment: Any
) -> None:
    service = Service(archive_of("Telewerk"))
    calls = iter([False, True] if moment.endswith("_finish") else [True])

    def killed(self: Any, *arguments: Any) -> None:
        if next(calls):
            raise Killed

    with Site() as site:
        site.other[PATH] = service
        with monkeypatch.context() as patched, pytest.raises(Killed):
            module, owner, name = moment.split(".")
            patched.setattr(getattr({"chamber": chamber_module, "ledger": ledger_module}[module], owner), name, killed)
            fetch(site)
        fetch(site)
    assert sum(size for _, size in service.sent) == len(service.content)
    assert (archive / "chamber-56.zip").read_bytes() == service.content
    with Ledger(archive) as ledger:
        assert len(ledger.zips()) == 1


# --- answers that are no archive


def refuses(status: int, headers: dict[str, str] | None = None, body: bytes = b"<html>Even geduld</html>" * 999) -> Any:
    """A service that answers so."""

    def serve(handler: Any) -> None:
        handler.answer(status, body, headers or {})

    return serve


def first(serve: Any, then: Any) -> Any:
    """A service that answers once in one way, and then in another."""
    ways = iter([serve])
    return lambda handler: next(ways, then)(handler)


@pytest.mark.parametrize("status", [429, 500, 503])
def test_a_service_that_refuses_once_is_asked_again(archive: Any, fetch: Any, status: int) -> None:
    service = Service(archive_of("Telewerk"))
    with Site() as site:
        site.other[PATH] = first(refuses(status, {"Retry-After": "0"}), service)
        assert fetch(site).stored == 1


def test_an_archive_that_is_not_there_keeps_no_other_back(archive: Any, clock: Any) -> None:
    service = Service(archive_of("Telewerk"))
    chosen = Settings(CONTACT, pause=PAUSE, clock=clock)
    with Site() as site:
        site.other = {PATH: refuses(404), PATH.replace("56", "55"): service}
        report = fetch_chamber(archive, (56, 55), chosen, ChamberSite(site.root))
    assert (report.absent, report.stored, report.ended) == (1, 1, None)


@pytest.mark.parametrize(
    ("serve", "reason"),
    [
        (refuses(400), "the site answered with status 400"),
        (refuses(304), "the site answered with status 304"),
        (refuses(206), "the site sent a part that was not asked for"),
        (refuses(416), "the site answered with status 416"),
        (refuses(302, {"Location": "http://elsewhere.example/"}), "it redirects to http://elsewhere.example/"),
        (refuses(302, {"Location": PATH}), f"it redirects to {{root}}{PATH}"),
        (refuses(200), "what came is no whole zip file"),
        (refuses(200, body=b""), "what came is no whole zip file"),
    ],
)
def test_what_is_neither_an_archive_nor_its_absence_is_said_as_it_is(
    archive: Any, fetch: Any, serve: Any, reason: str
) -> None:
    said: list[str] = []
    with Site() as site:
        site.other[PATH] = serve
        report = fetch(site, say=said.append)
        reason = reason.replace("{root}", site.root)
    assert (report.absent, report.faults) == (0, 1)
    assert said[-1].startswith(f"The archive of legislature 56 did not come: {reason}")
    assert report.ended == "1 of the archives did not come; run it again later."


def test_a_redirect_on_the_same_host_is_followed(archive: Any, fetch: Any) -> None:
    service = Service(archive_of("Telewerk"))
    with Site() as site:
        site.other = {PATH: refuses(301, {"Location": "/v1/archive"}), "/v1/archive": service}
        assert fetch(site).stored == 1
    assert (archive / "chamber-56.zip").read_bytes() == service.content


def test_a_rest_that_begins_elsewhere_is_not_pieced_together(archive: Any, fetch: Any) -> None:
    service = Service(archive_of("Telewerk", "Fietsen"))
    service.cuts = 1

    def serve(handler: Any) -> None:
        if wanted := handler.headers.get("Range"):
            start = int(wanted[6:-1]) + 7
            length = len(service.content)
            handler.answer(206, service.content[start:], {"Content-Range": f"bytes {start}-{length - 1}/{length}"})
        else:
            service(handler)

    with Site() as site:
        site.other[PATH] = serve
        fetch(site)
        fetch(site)
    assert (archive / "chamber-56.zip").read_bytes() == service.content


def test_what_stands_beside_an_archive_may_be_broken(archive: Any, fetch: Any, clock: Any) -> None:
    service = Service(archive_of("Telewerk"))
    with Site() as site:
        site.other[PATH] = service
        fetch(site)
        for text in ("", "{}", "[1]", "no JSON"):
            (archive / ".chamber-56.zip.json").write_text(text, encoding="utf-8")
            clock.pass_days(1)
            assert fetch(site).unchanged == 1
    assert json.loads((archive / ".chamber-56.zip.json").read_text(encoding="utf-8"))["legislature"] == 56

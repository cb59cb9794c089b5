"""The command line and the search page answer from a cluster as they do from a folder: nothing above the port knows.

Asked for is what a folder, whose weights take a byte, ranks the same way.
"""

import datetime as dt
import gzip
import re
import shlex
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, cast

import pytest
from werkzeug.test import Client

from searchq.cli.main import main
from searchq.indexing import index_paths
from searchq.samples import samples_path
from searchq.web import create_app
from tests.cluster.addresses import own_address

pytestmark = pytest.mark.cluster

COMMANDS = (
    "search telewerk",
    "search sociale media --sort oldest --format json",
    "search telewerk --sort oldest --all --format json",
    "search --sort first-seen --limit 5 --format json",
    "search --sort longest-delay --limit 5",
    "search telewrek",
    "search 'tele* OF spoor~' --no-fold --page 2 --limit 3 --format json",
    "search 'pensioen NABIJ wacht' --histogram",
    "search trein --party Groen --exclude-year 2012 --format csv",
    "show 5-5511",
    "show 5-5511 --format json",
    "show 9-9999",
    "facets",
    "facets sociale media --facet minister:20 --facet year:30 --histogram --format json",
    "similar 5-5511 --format json",
    "suggest tele",
    "suggest 5-5",
    "suggest soci --format json",
    "stats --by party",
    "stats pensioen --by year --format json",
    "explain telewerk 5-5511",
    "export",
    "coverage",
    "upgrade",
    "analyze treinvertragingen",
    "alert list",
)
PAGES = (
    "/",
    "/?q=telewerk",
    "/?q=telewerk&formaat=json",
    "/?q=telewerk&formaat=atom",
    "/?q=telewerk&formaat=csv",
    "/?q=sociale+media&partij=Groen&sorteer=nieuwste",
    "/?q=telewrek",
    "/vraag/5-5511",
    "/vraag/5-5511.json",
    "/vraag/9-9999",
    "/filter/party",
    "/statistiek?per=party",
    "/problemen",
    "/suggesties?q=tele",
    "/sitemap.xml",
    "/export.jsonl.gz",
    "/gezondheid",
)
MOMENT = dt.datetime(2026, 1, 15, 9, 30, tzinfo=dt.UTC)


@pytest.fixture(scope="module")
def places(cluster_hosts: Sequence[str], tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, str]]:
    """A folder and an address, both with the sample questions."""
    with own_address(cluster_hosts) as address:
        folder = str(tmp_path_factory.mktemp("faces") / "index")
        for place in (folder, address):
            index_paths([samples_path()], cast(Path, place), moment=MOMENT, jobs=1)
        yield folder, address


def told(place: str, line: str, capsys: Any, monkeypatch: pytest.MonkeyPatch) -> tuple[Any, ...]:
    """What a command says of an index, without what is of the place alone."""
    monkeypatch.setenv("SEARCHQ_INDEX", place)
    monkeypatch.setenv("COLUMNS", "120")
    code = main(shlex.split(line))
    out, err = capsys.readouterr()
    return code, masked(out, place), masked(err, place)


def masked(text: str, place: str) -> str:
    """A text without the place, scores, more than two digits of a number, and the time it took."""
    text = text.replace(place, "PLACE")
    text = re.sub(r'"(seconds|score)": ?[^,}]+', r'"\1": *', text)
    text = re.sub(r"\d+ ms\b", "* ms", text)
    return re.sub(r"\d+\.\d{2,}", lambda found: f"{float(found[0]):.2g}", text)


@pytest.mark.parametrize("line", COMMANDS)
def test_a_command_says_the_same_of_a_cluster(
    places: tuple[str, str], line: str, capsys: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    ours, theirs = (told(place, line, capsys, monkeypatch) for place in places)
    assert theirs == ours


def test_a_check_claims_of_a_cluster_what_it_looked_at(places: tuple[str, str], capsys: Any) -> None:
    _, address = places
    assert main(["check", "--index", address, "--deep"]) == 0
    assert capsys.readouterr().out == "OK: every question is there, and can be read.\n"
    assert main(["check", "--index", f"{address}-of-another"]) == 3
    assert "see the health of the cluster" in capsys.readouterr().err.lower()


@pytest.mark.parametrize("path", PAGES)
def test_the_page_shows_the_same_of_a_cluster(places: tuple[str, str], path: str) -> None:
    ours, theirs = (Client(create_app(place)).get(path) for place in places)
    assert (theirs.status, text_of(theirs, places[1])) == (ours.status, text_of(ours, places[0]))


def text_of(answer: Any, place: str) -> str:
    packed = answer.data.startswith(b"\x1f\x8b")
    return masked((gzip.decompress(answer.data) if packed else answer.data).decode(), place)

"""The page over the real engine: sample questions, commits while serving, faults on disk, two real documents."""

import html
import re
import shutil
from pathlib import Path
from typing import Any

import pytest
from werkzeug.test import Client

from searchq.indexing import index_paths
from searchq.query.facet_table import FACET_NAMES as FACETS
from searchq.samples import samples_path
from searchq.web import create_app

ADDRESSES = [
    "/",
    "/?q=sociale+media",
    "/?q=sociale+media&format=json",
    "/?q=sociale+media&format=csv",
    "/?q=sociale+media&format=atom",
    "/?sort=longest-delay&status=answered",
    "/?q=gevanggenis",
    "/?q=%22&party=niemand",
    "/filter/keyword?q=politie",
    "/statistiek?per=year",
    "/suggesties?q=soci",
    "/sitemap-1.xml",
    "/gezondheid",
]


@pytest.fixture(scope="module")
def real(sample_index: Path) -> Client:
    return Client(create_app(sample_index))


@pytest.mark.parametrize("address", ADDRESSES)
def test_every_kind_of_page_stands_on_the_real_engine(real: Any, address: Any) -> None:
    assert real.get(address).status_code == 200


def test_every_sample_question_has_its_page(real: Any) -> None:
    numbers = [one.rsplit("/vraag/")[1] for one in real.get("/sitemap-1.xml").text.split("</loc>")[:-1]]
    assert len(numbers) >= 40
    for number in numbers:
        for tail in ("", ".json", ".txt", "/naast-elkaar", "?q=de&hit=2"):
            assert real.get(f"/vraag/{number}{tail}").status_code == 200, number + tail


def test_every_facet_has_its_page(real: Any) -> None:
    for name in FACETS:
        assert real.get(f"/filter/{name}").status_code == 200


def test_words_are_marked_in_all_their_forms(real: Any) -> None:
    first = real.get("/?q=politiezone&format=json").json["hits"][0]
    assert "<mark>" in real.get(f"/vraag/{first['number']}?q=politiezone").text


def test_a_commit_shows_without_a_restart(tmp_path: Path) -> None:
    place, documents = tmp_path / "index", samples_path()
    some = sorted(str(one) for one in Path(documents).rglob("*.txt"))
    index_paths(some[:5], str(place), rebuild=True, jobs=1)
    client = Client(create_app(place))
    before = client.get("/")
    assert client.get("/gezondheid").json["questions"] == 5  # type: ignore[index]
    index_paths(some[5:7], str(place), jobs=1)
    assert client.get("/gezondheid").json["questions"] == 7  # type: ignore[index]
    after = client.get("/", headers={"If-None-Match": before.headers["ETag"]})
    assert after.status_code == 200 and after.data != before.data


def test_no_index_is_a_page_until_there_is_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("searchq.web.index_holder.RETRY_SECONDS", 0.0)
    client = Client(create_app(tmp_path / "index"))
    assert [client.get(address).status_code for address in ("/", "/gezondheid")] == [503, 503]
    index_paths([str(samples_path())], str(tmp_path / "index"), rebuild=True, jobs=1)
    assert client.get("/").status_code == 200


def test_a_folder_full_of_nonsense_is_a_page(sample_index: Path, tmp_path: Path) -> None:
    torn = tmp_path / "torn"
    shutil.copytree(sample_index, torn)
    for file in torn.iterdir():
        file.write_bytes(b"\x00nonsense")
    assert Client(create_app(torn)).get("/?q=politie").status_code == 503


def test_the_page_of_5_8902(shared: Any, tmp_path: Path) -> None:
    index_paths([str(shared / "seeds")], str(tmp_path / "index"), rebuild=True, jobs=1)
    client = Client(create_app(tmp_path / "index"))
    text = client.get("/vraag/5-8902").text
    for part in (
        "<b>293 dagen</b> tot het antwoord, 1 rappel",
        "30 april 2013",
        "18 december 2013",
        "17 februari 2014",
        "potentiële",
        "officiële",
        "Hayan",
        "www.senate.be/www/?MIval=/Vragen/SchriftelijkeVraag&amp;LEG=5&amp;NR=8902",
        "Martine Taelman (Open Vld)",
    ):
        assert part in text
    siblings = [f"5-{serial}" for serial in range(8900, 8919) if serial != 8902]
    assert [number for number in siblings if f'href="/vraag/{number}"' in text] == ["5-8900"], "the others are not here"
    assert all(f"LEG=5&amp;NR={number[2:]}&amp;LANG=nl" in text for number in siblings if number != "5-8900")
    side = client.get("/vraag/5-8902/naast-elkaar").text
    assert "“hertweeten”" in side and "19 ministers. Hier staan er 2: beiden antwoordden" in side
    assert client.get("/?q=sociale+media&format=json").json["groups"] == 1  # type: ignore[index]


def test_the_other_label_of_a_party_is_offered_as_a_link(real: Any) -> None:
    found = real.get("/?party=sp.a")
    assert "sp.a ook als Vooruit sinds maart 2021." in found.text
    assert 'href="/?party=sp.a&amp;party=Vooruit" rel="nofollow">Neem dat erbij' in found.text
    assert 'href="/?not_party=sp.a&amp;not_party=Vooruit"' in real.get("/?not_party=sp.a").text


_ENTRY = re.compile(r'<li><a href="([^"]+)" rel="nofollow"><span>.*?<data value="(\d+)">')


def test_every_link_of_a_facet_gives_the_count_beside_it(real: Any) -> None:
    followed = 0
    for start in ("/?sort=newest", "/?q=de", *(f"/filter/{name}?" for name in FACETS)):
        for path, count in _ENTRY.findall(real.get(start).text):
            found = real.get(html.unescape(path) + ("&" if "?" in path else "?") + "format=json").json
            assert found["total"] == int(count), path
            followed += 1
    assert followed > 300

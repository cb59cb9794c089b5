"""Under a prefix every link, form, asset, redirect, feed and address of the site stays under it."""

import re
from html import unescape
from typing import Any
from urllib.parse import urlsplit

import pytest
from werkzeug.middleware.dispatcher import DispatcherMiddleware
from werkzeug.test import Client

from searchq.errors import RequestError
from searchq.web import create_app
from searchq.web.mount import site_and_prefix, split_path

PAGES = (
    "/",
    "/?q=klachten",
    "/?q=klachten&party=MR&page=2&from=2013",
    "/?q=nergensgevonden",
    "/vraag/5-101?q=sociale&hit=1",
    "/vraag/5-101/naast-elkaar",
    "/filter/author?q=klachten",
    "/statistiek?q=klachten",
    "/problemen",
    "/dekking",
    "/nergens",
    "/vraag/5-99999",
    "/?q=klachten&format=atom",
    "/opensearch.xml",
    "/sitemap.xml",
    "/sitemap-1.xml",
)
ADDRESSES = re.compile(r'(?:href|src|action|template|data-root)="([^"]*)"|<loc>([^<]*)</loc>')


def addresses_of(text: Any) -> Any:
    found = (unescape(one or other) for one, other in ADDRESSES.findall(text))
    return [one for one in found if not one.startswith("#") and urlsplit(one).hostname != "www.senate.be"]


def ours(address: Any) -> Any:
    parts = urlsplit(address)
    return parts.path if parts.hostname in (None, "localhost") else None


@pytest.fixture
def under(index: Any) -> Any:
    return Client(create_app(index, prefix="/vragen"))


@pytest.mark.parametrize("page", PAGES)
def test_every_address_of_a_page_is_under_the_prefix(under: Any, page: Any) -> None:
    found = addresses_of(under.get(f"/vragen{page}").text)
    assert found and all(ours(one) is None or ours(one).startswith("/vragen/") for one in found)


@pytest.mark.parametrize("page", PAGES)
def test_every_address_of_a_page_answers(under: Any, page: Any) -> None:
    for address in sorted(set(addresses_of(under.get(f"/vragen{page}").text)))[:40]:
        if ours(address) and "{" not in address:
            parts = urlsplit(address)
            assert under.get(f"{parts.path}?{parts.query}").status_code in (200, 302), address


@pytest.mark.parametrize("page", PAGES)
def test_a_page_under_a_prefix_is_the_page_at_the_root(client: Any, under: Any, page: Any) -> None:
    root, prefixed = client.get(page), under.get(f"/vragen{page}")
    assert prefixed.status_code == root.status_code
    assert prefixed.text.replace("/vragen/", "/").replace("/vragen", "") == root.text


def test_redirects_stay_under_the_prefix(under: Any) -> None:
    for address, target in [
        ("/vragen", "/vragen/"),
        ("/vragen?q=oude+trein&partij=PS", "/vragen/?q=oude+trein&partij=PS"),
        ("/vragen/fr?q=%C3%A9t%C3%A9", "/vragen/fr/?q=%C3%A9t%C3%A9"),
        ("/vragen/?q=5-101", "/vragen/vraag/5-101"),
        ("/vragen/?q=trein&party=", "/vragen/?q=trein"),
    ]:
        assert under.get(address).headers["Location"] == target


def test_a_proxy_may_remove_the_prefix(under: Any) -> None:
    assert under.get("/?q=klachten").text == under.get("/vragen/?q=klachten").text


def test_a_server_may_say_where_the_page_is_mounted(index: Any) -> None:
    client = Client(DispatcherMiddleware(create_app(index), {"/elders": create_app(index)}))
    assert '<a class="brand" href="/elders/">' in client.get("/elders/").text
    assert '<a class="brand" href="/">' in client.get("/").text


def test_suggestions_and_robots_name_addresses_under_the_prefix(under: Any) -> None:
    *_, addresses, pages = under.get("/vragen/suggesties?q=soc").json
    assert addresses and all("localhost/vragen/" in one for one in addresses)
    assert pages and all("localhost/vragen/" in address for _, _, address in pages)
    robots = under.get("/vragen/robots.txt").text
    assert "Disallow: /vragen/?" in robots and "Sitemap: http://localhost/vragen/sitemap.xml" in robots


HEADERS = {
    "X-Forwarded-Prefix": "/vragen",
    "X-Forwarded-Host": "vragen.example",
    "X-Forwarded-Proto": "https",
    "X-Forwarded-For": "192.0.2.7",
}


def test_a_trusted_proxy_says_prefix_host_and_scheme(index: Any) -> None:
    text = Client(create_app(index, trust_proxy=1)).get("/sitemap.xml", headers=HEADERS).text
    assert "<loc>https://vragen.example/vragen/sitemap-1.xml</loc>" in text


def test_a_proxy_that_nobody_trusts_says_nothing(client: Any) -> None:
    assert "<loc>http://localhost/sitemap-1.xml</loc>" in client.get("/sitemap.xml", headers=HEADERS).text


@pytest.mark.parametrize("prefix", ["//kwaad.example", "/a//b", '/"><script>', "javascript:", "/a b", "https://kwaad"])
def test_a_prefix_that_is_no_path_is_ignored(index: Any, prefix: str) -> None:
    client = Client(create_app(index, trust_proxy=1))
    assert '<a class="brand" href="/">' in client.get("/", headers={"X-Forwarded-Prefix": prefix}).text
    with pytest.raises(RequestError):
        create_app(index, prefix=prefix)


@pytest.mark.parametrize(
    ("site", "prefix", "expected"),
    [
        (None, None, (None, "")),
        (None, "/vragen/", (None, "/vragen")),
        ("https://a.example", None, ("https://a.example", "")),
        ("https://a.example/vragen/", None, ("https://a.example", "/vragen")),
        ("https://a.example/vragen", "/elders", ("https://a.example", "/elders")),
        ("https://a.example/vragen", "", ("https://a.example", "")),
    ],
)
def test_the_path_of_the_site_is_the_default_of_the_prefix(site: str | None, prefix: str | None, expected: Any) -> None:
    assert site_and_prefix(site, prefix) == expected


@pytest.mark.parametrize("site", ["vragen.example", "ftp://a.example", "https://", ""])
def test_a_site_that_is_no_address_is_refused(index: Any, site: str) -> None:
    with pytest.raises(RequestError, match="is no address of a site"):
        create_app(index, site=site)


def test_a_path_that_only_begins_like_the_prefix_is_not_under_it() -> None:
    assert split_path("", "/vragenlijst", "/vragen") == ("/vragen", "/vragenlijst")


def test_a_host_name_may_have_an_underscore(client: Any) -> None:
    answer = client.get("/sitemap.xml", base_url="http://vragen_test.example")
    assert answer.status_code == 200 and "http://vragen_test.example/sitemap-1.xml" in answer.text


def test_the_box_of_a_filter_page_has_one_search(client: Any) -> None:
    text = client.get("/filter/author?q=klachten&party=MR").text
    forms = re.findall(r"<form.*?</form>", text, re.S)
    assert [form.count('name="q"') for form in forms] == [1, 1]
    assert all(form.count('name="party" value="MR"') == 1 for form in forms)

"""The page in French in a real browser: each flow of `test_browser.py` that a visitor may take, under `/fr`."""

from collections.abc import Iterator
from typing import Any

import pytest

from tests.web.test_browser import SETTLED, follow, heading, results, wait_for_address

pytestmark = pytest.mark.browser


@pytest.fixture(params=[(1280, "light"), (390, "dark"), (320, "light")], ids=lambda one: f"{one[0]}-{one[1]}")
def site(request: Any, chromium: Any, served: Any) -> Iterator[Any]:
    """A tab on a desk, on a phone in the dark, and on the narrowest phone."""
    width, scheme = request.param
    context = chromium.new_context(
        base_url=served.address, locale="fr-BE", viewport={"width": width, "height": 844}, color_scheme=scheme
    )
    yield context.new_page()
    context.close()


def show_filters(page: Any) -> None:
    """On a phone the filters are a sheet."""
    if page.is_hidden("#filters"):
        follow(page, ".to-filters")


def test_a_search_a_facet_and_its_chip(site: Any) -> None:
    site.goto("/fr/")
    site.fill("#q", "klachten")
    site.press("#q", "Enter")
    site.wait_for_selector("#kop")
    assert heading(site) == "Résultats 1–20 sur 27 pour klachten"
    show_filters(site)
    site.click(".values >> text=Open Vld")
    wait_for_address(site, "party=Open+Vld")
    assert heading(site).startswith("Résultats 1–6 sur 6")
    assert site.locator(".chips").inner_text().startswith("Parti")
    site.get_by_role("link", name="Retirer le filtre Parti\xa0: Open Vld").click()
    site.wait_for_function(f"() => !location.search.includes('party') && {SETTLED}")
    assert heading(site).startswith("Résultats 1–20 sur 27")
    assert "/fr/" in site.url


def test_days_typed_are_a_filter(site: Any) -> None:
    site.goto("/fr/?q=klachten")
    show_filters(site)
    site.fill('input[name="from"]', "2013-01-01")
    site.locator("button:has-text('Montrer cette période')").first.click()
    wait_for_address(site, "from=2013-01-01")
    assert site.locator(".chips").inner_text().startswith("Posée")


def test_pages_and_orders(site: Any) -> None:
    site.goto("/fr/?q=klachten")
    first = results(site)
    site.click("nav.pages >> text=Suivant")
    wait_for_address(site, "page=2")
    assert not {*first} & {*results(site)}
    site.click(".menu summary")
    site.click("text=Les plus anciennes")
    wait_for_address(site, "sort=oldest")
    assert site.locator(".hit time").first.inner_text().endswith("2011")


def test_from_a_result_to_its_question_to_the_next_and_back(site: Any) -> None:
    site.goto("/fr/?q=klachten")
    numbers = results(site)
    follow(site, ".hit .title a >> nth=0")
    assert site.locator(".question .number").first.inner_text() == f"Question écrite {numbers[0]}"
    site.click("nav.neighbours >> text=Suivant")
    site.wait_for_selector(f'.question .number:has-text("{numbers[1]}")')
    follow(site, "text=Retour aux résultats")
    assert results(site) == numbers


def test_a_question_in_french_is_read_in_french_and_a_dutch_one_is_marked(site: Any) -> None:
    site.goto("/fr/vraag/7-12")
    assert site.locator("h1").inner_text() == "Trains de nuit"
    assert site.locator("h1").get_attribute("lang") is None
    site.goto("/fr/vraag/5-101")
    assert site.locator("h1").get_attribute("lang") == "nl"


def test_answers_side_by_side(site: Any) -> None:
    site.goto("/fr/?q=potentiële")
    site.click("summary:has-text('Aussi posée à 2 autres ministres')")
    follow(site, "text=Toutes les réponses côte à côte")
    assert site.url.endswith("/naast-elkaar") and "/fr/vraag/5-10" in site.url
    assert site.locator(".reply").count() == 2  # the third has not answered


def test_a_file_of_the_results_comes_down(site: Any) -> None:
    site.goto("/fr/?q=klachten&party=MR")
    show_filters(site)
    with site.expect_download() as coming:
        site.get_by_role("link", name="CSV, inchangé").click()
    lines = coming.value.path().read_text(encoding="utf-8").splitlines()
    assert coming.value.suggested_filename.endswith(".csv")
    assert lines[0].startswith("number,") and sum(line.startswith("5-") for line in lines) == 7


def test_what_was_not_read_is_listed(site: Any) -> None:
    site.goto("/fr/")
    follow(site, "footer >> text=Lectures incomplètes")
    assert site.url.endswith("/fr/problemen")
    assert site.locator("h1").inner_text() == "Lectures incomplètes"


def test_statistics_help_and_coverage_are_a_link_away(site: Any) -> None:
    site.goto("/fr/")
    for link, address in (("Statistiques", "/fr/statistiek"), ("Aide", "/fr/hulp"), ("Couverture", "/fr/dekking")):
        follow(site, f"a:text-is('{link}')")
        assert site.url.endswith(address)
        assert site.locator("html").get_attribute("lang") == "fr"


def test_the_other_language_is_the_same_page(site: Any) -> None:
    site.goto("/?q=klachten&party=MR")
    follow(site, "#taal")
    assert site.url.endswith("/fr/?q=klachten&party=MR")
    assert heading(site).startswith("Résultats 1–7 sur 7")
    follow(site, "#taal")
    assert site.url.endswith("/?q=klachten&party=MR") and heading(site).startswith("Resultaten 1–7 van 7")


def test_suggestions_come_while_typing(site: Any) -> None:
    site.goto("/fr/?q=klachten")
    site.fill("#q", "")
    site.type("#q", "soci")
    site.wait_for_selector("#suggesties li")
    site.press("#q", "ArrowDown")
    assert site.get_attribute("#q", "aria-activedescendant") == "suggestie-0"
    site.press("#q", "Escape")
    assert site.is_hidden("#suggesties") and site.input_value("#q") == "soci"


def test_nothing_found_says_what_to_leave_out(site: Any) -> None:
    site.goto("/fr/?q=zeppelin&party=MR")
    assert site.locator("#kop").inner_text().startswith("Aucun résultat")


def test_nothing_needs_a_script(chromium: Any, served: Any) -> None:
    context = chromium.new_context(base_url=served.address, java_script_enabled=False, locale="fr-BE")
    page = context.new_page()
    page.goto("/fr/")
    page.fill("#q", "klachten")
    follow(page, "button:has-text('Chercher')")
    assert page.url.endswith("/fr/?q=klachten")
    follow(page, ".values >> text=Open Vld")
    page.fill('input[name="from"]', "2012-01-01")
    follow(page, "text=Montrer cette période")
    assert page.url.endswith("/fr/?q=klachten&party=Open+Vld&from=2012-01-01")
    follow(page, "text=Tout effacer")
    follow(page, ".hit .title a >> nth=0")
    assert "/fr/vraag/" in page.url and page.locator("mark").count() > 0
    context.close()


def test_the_keyboard_reaches_the_filters_and_the_results(site: Any) -> None:
    site.goto("/fr/?q=klachten")
    site.keyboard.press("Tab")
    assert site.evaluate("document.activeElement.textContent") == "Aller au contenu"
    site.keyboard.press("Tab")
    assert site.evaluate("document.activeElement.textContent") == "Aller aux filtres"
    site.keyboard.press("Enter")
    site.wait_for_function("() => document.activeElement.id === 'filters'")

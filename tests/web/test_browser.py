"""The page in a real browser, as people use it: by mouse, by keyboard, without script, on a phone, in the dark."""

import re
import time
from collections.abc import Iterator
from typing import Any

import pytest

pytestmark = pytest.mark.browser


def heading(page: Any) -> str:
    return page.locator("#kop").inner_text()  # type: ignore[no-any-return]


def results(page: Any) -> list[str]:
    return page.locator(".hit .number").all_inner_texts()  # type: ignore[no-any-return]


SETTLED = "!document.body.classList.contains('busy')"  # what was asked for is shown


def wait_for_address(page: Any, part: str) -> None:
    page.wait_for_function(f"part => location.search.includes(part) && {SETTLED}", arg=part)


def follow(page: Any, link: str) -> None:
    """Click, and wait until what it leads to is there: a click alone does not wait for the next page."""
    with page.expect_navigation():
        page.click(link)


def test_a_search_from_the_start(page: Any) -> None:
    page.goto("/")
    page.fill("#q", "klachten")
    page.press("#q", "Enter")
    page.wait_for_selector("#kop")
    assert heading(page) == "Resultaten 1–20 van 27 voor klachten"
    assert page.url.endswith("/?q=klachten")


def test_a_facet_narrows_in_place_and_the_address_follows(page: Any) -> None:
    page.goto("/?q=klachten")
    page.evaluate("window.sameDocument = true")
    page.click(".values >> text=Open Vld")
    wait_for_address(page, "party=Open+Vld")
    assert page.evaluate("window.sameDocument") is True
    assert page.locator(".chips").inner_text().startswith("Partij: Open Vld")
    assert page.locator('.values [aria-current="true"]').inner_text().split()[-1] == "6"
    assert page.evaluate("document.activeElement.textContent").strip().startswith("Open Vld")
    assert page.locator("#melding").inner_text().startswith("Resultaten 1–6 van 6")


def test_two_values_of_a_facet_are_alternatives(page: Any) -> None:
    page.goto("/?q=klachten")
    page.click(".values >> text=Open Vld")
    wait_for_address(page, "party=Open+Vld")
    page.click(".values >> text=MR")
    wait_for_address(page, "party=MR")
    assert heading(page).startswith("Resultaten 1–13 van 13")


def test_a_chip_takes_its_filter_away(page: Any) -> None:
    page.goto("/?q=klachten&party=MR&keyword=overheid")
    page.get_by_role("link", name="Verwijder filter Partij: MR").click()
    page.wait_for_function(f"() => !location.search.includes('party') && {SETTLED}")
    assert "keyword=overheid" in page.url
    page.get_by_role("link", name="Alles wissen").click()
    page.wait_for_function(f"() => location.search === '?q=klachten' && {SETTLED}")


def test_a_chip_can_be_turned_around(page: Any) -> None:
    page.goto("/?q=klachten&party=MR")
    page.click(".chip .flip")
    wait_for_address(page, "not_party=MR")
    assert heading(page).startswith("Resultaten 1–20 van 20")


def test_a_bar_is_a_filter_for_its_year(page: Any) -> None:
    page.goto("/?q=klachten")
    page.locator(".bars a").nth(1).click()
    wait_for_address(page, "from=2012-01-01&to=2012-12-31")
    assert page.locator(".chips").inner_text().startswith("Gevraagd: 2012")
    assert page.input_value('input[name="from"]') == "2012-01-01"


def test_dates_typed_are_a_filter_that_the_next_search_keeps(page: Any) -> None:
    page.goto("/?q=klachten")
    page.fill('input[name="from"]', "2013-01-01")
    page.click("text=Toon deze periode")
    wait_for_address(page, "from=2013-01-01")
    assert "to=" not in page.url
    page.fill("#q", "treinen")
    page.press("#q", "Enter")
    wait_for_address(page, "q=treinen")
    assert "from=2013-01-01" in page.url


def test_back_and_forward_walk_through_the_searches(page: Any) -> None:
    page.goto("/?q=klachten")
    page.click(".values >> text=MR")
    wait_for_address(page, "party=MR")
    narrowed = heading(page)
    page.go_back()
    page.wait_for_function("() => document.querySelector('#kop').textContent.includes('van 27')")
    assert page.url.endswith("/?q=klachten")
    page.go_forward()
    page.wait_for_function("() => document.querySelector('#kop').textContent.includes('van 7')")
    assert heading(page) == narrowed


def test_pages_follow_each_other_without_overlap(page: Any) -> None:
    page.goto("/?q=klachten")
    first = results(page)
    page.click("text=Volgende")
    wait_for_address(page, "page=2")
    second = results(page)
    assert len(first) == 20 and len(second) == 7 and not {*first} & {*second}
    assert page.evaluate("scrollY") == 0
    page.click("text=Vorige")
    page.wait_for_function(f"() => location.search === '?q=klachten' && {SETTLED}")
    assert results(page) == first


def test_another_order_is_one_click_away(page: Any) -> None:
    page.goto("/?q=klachten")
    page.click(".menu summary")
    page.click("text=Oudste eerst")
    wait_for_address(page, "sort=oldest")
    assert page.locator(".hit time").first.inner_text().endswith("2011")


def test_from_a_result_to_its_question_and_on_to_the_next(page: Any) -> None:
    page.goto("/?q=klachten")
    numbers = results(page)
    follow(page, ".hit .title a >> nth=0")
    assert page.locator(".question .number").first.inner_text() == f"Schriftelijke vraag {numbers[0]}"
    assert page.locator("mark").first.inner_text() == "klachten"
    page.click("nav.neighbours >> text=Volgende")
    page.wait_for_selector(f'.question .number:has-text("{numbers[1]}")')
    follow(page, "text=Terug naar de resultaten")
    assert results(page) == numbers


def test_siblings_unfold_and_stand_side_by_side(page: Any) -> None:
    page.goto("/?q=potentiële")
    page.click("summary:has-text('Ook gesteld aan 2 andere ministers')")
    assert page.locator(".siblings li").count() == 2
    follow(page, "text=Alle antwoorden naast elkaar")
    left, right = (page.locator(".reply").nth(at).bounding_box() for at in (0, 1))
    assert left["y"] == right["y"] and left["x"] < right["x"]


def test_a_citation_is_copied(page: Any) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto("/vraag/5-102")
    page.click("text=Kopieer")
    page.wait_for_selector("text=Gekopieerd")
    assert page.evaluate("navigator.clipboard.readText()").startswith("Martha Peeters (Open Vld), ‘Federale")


def test_suggestions_come_while_typing_and_are_chosen_by_arrows(page: Any) -> None:
    page.goto("/?q=klachten&party=Open+Vld")
    page.fill("#q", "")
    page.type("#q", "soci")
    page.wait_for_selector("#suggesties li")
    assert page.get_attribute("#q", "aria-expanded") == "true"
    for place in ("suggestie-0", "suggestie-1"):
        page.press("#q", "ArrowDown")
        assert page.get_attribute("#q", "aria-activedescendant") == place
        assert page.get_attribute(f"#{place}", "aria-selected") == "true"
    page.press("#q", "ArrowUp")
    page.press("#q", "Enter")
    wait_for_address(page, "keyword=sociale+media")
    assert "party=Open+Vld" in page.url and page.input_value("#q") == ""


def test_the_page_of_a_keyword_is_offered_while_typing(page: Any) -> None:
    page.goto("/?q=klachten")
    page.fill("#q", "")
    page.type("#q", "soci")
    page.wait_for_selector("#suggesties li >> text=alles over dit trefwoord")
    page.press("#q", "ArrowUp")
    page.press("#q", "Enter")
    page.wait_for_url("**/trefwoord/sociale-media")
    assert page.locator("h1").inner_text() == "sociale media"


def test_escape_closes_the_suggestions_and_keeps_what_was_typed(page: Any) -> None:
    page.goto("/")
    page.type("#q", "soci")
    page.wait_for_selector("#suggesties li")
    page.press("#q", "Escape")
    assert page.is_hidden("#suggesties") and page.input_value("#q") == "soci"


def test_everything_can_be_reached_by_keyboard_alone(page: Any) -> None:
    page.goto("/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Naar de inhoud"
    page.focus("#q")
    page.keyboard.type("klachten")
    page.keyboard.press("Enter")
    page.wait_for_selector("#kop")
    seen = []
    for _ in range(260):
        page.keyboard.press("Tab")
        seen.append(page.evaluate("document.activeElement.textContent.trim().split('\\n')[0]"))
        outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
        inside_box = page.evaluate("document.activeElement.id === 'q'")
        assert outline != "none" or inside_box, page.evaluate("document.activeElement.outerHTML")
        if seen[-1].startswith("Open Vld"):
            break
    page.keyboard.press("Enter")
    wait_for_address(page, "party=Open+Vld")
    for _ in range(260):
        page.keyboard.press("Shift+Tab")
        if page.evaluate("document.activeElement.className") == "remove":
            break
    assert page.evaluate("document.activeElement.textContent").strip() == "Verwijder filter Partij: Open Vld"
    page.keyboard.press("Enter")
    page.wait_for_function(f"() => !location.search.includes('party') && {SETTLED}")


def test_the_filters_are_one_skip_away(page: Any) -> None:
    page.goto("/?q=klachten")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_function("() => document.activeElement.id === 'filters'")


@pytest.fixture
def plain_page(chromium: Any, served: Any) -> Iterator[Any]:
    """A browser without scripts."""
    context = chromium.new_context(base_url=served.address, java_script_enabled=False)
    yield context.new_page()
    context.close()


def test_nothing_needs_a_script(plain_page: Any) -> None:
    page = plain_page
    page.goto("/")
    page.fill("#q", "klachten")
    follow(page, "button:has-text('Zoek')")
    assert page.url.endswith("/?q=klachten")
    follow(page, ".values >> text=Open Vld")
    assert "party=Open+Vld" in page.url
    page.fill('input[name="from"]', "2012-01-01")
    follow(page, "text=Toon deze periode")
    assert page.url.endswith("/?q=klachten&party=Open+Vld&from=2012-01-01")
    follow(page, "text=Alles wissen")
    page.click(".menu summary")
    follow(page, "text=Oudste eerst")
    assert "sort=oldest" in page.url
    follow(page, "text=Volgende")
    assert "page=2" in page.url
    follow(page, ".hit .title a >> nth=0")
    assert "/vraag/" in page.url and page.locator("mark").count() > 0
    assert page.is_hidden("text=Kopieer")


EVERY_PAGE = [
    "/",
    "/?q=klachten&party=MR&not_status=open&from=2012",
    "/?q=klachten&limit=5&page=2",
    "/?q=zeppelin&party=MR",
    "/vraag/5-101?q=sociale+media&hit=1",
    "/vraag/5-101/naast-elkaar",
    "/vraag/7-12",
    "/statistiek",
    "/filter/minister?q=klachten",
    "/hulp",
    "/portefeuille/justitie",
    "/nergens",
    "/?page=0",
]


def too_wide(page: Any) -> str:
    """What makes a page scroll sideways; nothing where it does not."""
    return page.evaluate(  # type: ignore[no-any-return]
        """() => document.documentElement.scrollWidth <= innerWidth ? "" : [...document.querySelectorAll("body *")]
             .filter(one => one.getBoundingClientRect().right > innerWidth).at(-1)?.outerHTML.slice(0, 200) ?? "?" """
    )


@pytest.mark.parametrize("address", EVERY_PAGE)
def test_no_width_makes_a_page_wider_than_the_screen(page: Any, address: Any) -> None:
    """Of 1,280 pixels 640 are left when a page is zoomed to 200 %, and 320 at 400 %."""
    page.goto(address)
    for width in (320, 390, 640, 800, 1024, 1280, 1920):
        page.set_viewport_size({"width": width, "height": 800})
        assert too_wide(page) == "", width


@pytest.mark.parametrize("address", EVERY_PAGE)
def test_letters_twice_as_large_still_fit(page: Any, address: Any) -> None:
    """Text alone at 200 %, as browsers can be told to."""
    page.goto(address)
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    for width in (1280, 640):
        page.set_viewport_size({"width": width, "height": 800})
        assert too_wide(page) == "", width
        assert page.is_visible("#q") and page.is_visible("h1")


@pytest.mark.parametrize("width", [320, 390])
@pytest.mark.parametrize("script", [True, False])
def test_on_a_phone_the_filters_are_a_sheet_in_the_place_of_the_results(
    chromium: Any, served: Any, width: int, script: bool
) -> None:
    context = chromium.new_context(
        base_url=served.address, java_script_enabled=script, viewport={"width": width, "height": 700}
    )
    page = context.new_page()
    page.goto("/?q=klachten")
    assert page.is_visible(".hit") and page.is_hidden("#filters")
    assert page.locator(".to-filters").bounding_box()["y"] < 700
    follow(page, ".to-filters")
    assert page.is_hidden(".hit") and page.is_visible("h1")
    assert page.locator("#filters h2").first.bounding_box()["y"] < 700
    follow(page, ".close a")
    assert page.is_visible(".hit") and page.is_hidden("#filters")
    follow(page, ".to-filters")
    follow(page, ".values a >> text=Open Vld")
    page.wait_for_selector(".chip >> text=Open Vld")
    assert page.is_hidden("#filters") and page.is_visible(".hit")
    context.close()


def test_the_sheet_opens_and_closes_by_keyboard(page: Any) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto("/?q=klachten")
    page.focus(".to-filters")
    page.keyboard.press("Enter")
    page.wait_for_selector("#filters")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Terug naar de resultaten"
    page.keyboard.press("Enter")
    page.wait_for_selector(".hit")
    assert page.is_hidden("#filters")


def test_back_from_a_question_leads_to_its_place_in_the_list(page: Any) -> None:
    page.goto("/?q=klachten&limit=10&page=2")
    follow(page, ".hit .title a >> nth=6")
    follow(page, ".neighbours .back")
    assert page.url.endswith("/?q=klachten&limit=10&page=2#hit-17")
    assert 0 <= page.locator("#hit-17").bounding_box()["y"] < 900


@pytest.mark.parametrize("width", [320, 390, 1280])
def test_the_chronology_stands_before_the_long_text(page: Any, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 844})
    page.goto("/vraag/5-101")
    chronology, text = (page.locator(one).bounding_box()["y"] for one in ("#chronologie", "#vraag"))
    assert chronology < text or (width == 1280 and abs(chronology - text) < 10)


def test_days_of_the_answer_and_days_waited_are_fields_of_the_page(page: Any) -> None:
    page.goto("/?q=klachten")
    page.fill('input[name="answered_from"]', "2012-01-01")
    page.fill('input[name="waited"]', ">30")
    page.press('input[name="waited"]', "Enter")
    page.wait_for_function(f"() => location.search.includes('waited=%3E30') && {SETTLED}")
    assert "answered_from=2012-01-01" in page.url
    assert "minstens 31 dagen" in " ".join(page.locator(".chip").all_inner_texts())
    page.fill("#q", "treinen")
    page.press("#q", "Enter")
    page.wait_for_function(f"() => location.search.includes('q=treinen') && {SETTLED}")
    assert "answered_from=2012-01-01" in page.url and "waited=" in page.url


def test_the_dark_scheme_of_the_system_is_followed(page: Any) -> None:
    def lightness() -> int:
        colour = page.evaluate("getComputedStyle(document.documentElement).backgroundColor")
        return sum(int(part) for part in colour.strip("rgb()").split(","))

    page.goto("/")
    page.emulate_media(color_scheme="light")
    light = lightness()
    page.emulate_media(color_scheme="dark")
    assert lightness() < 150 < light


def test_print_shows_the_text_and_not_the_furniture(page: Any) -> None:
    page.goto("/vraag/5-101?q=sociale&hit=1")
    page.emulate_media(media="print")
    assert page.is_visible("text=antwoordt binnen een dag") and page.is_visible(".citation")
    assert not any(page.is_visible(one) for one in ("#zoek", "nav.neighbours", ".top nav", ".copy"))


def test_no_page_asks_anything_of_another_site(page: Any, served: Any) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    for address in ("/", "/?q=klachten", "/vraag/5-101", "/vraag/5-101/naast-elkaar", "/statistiek"):
        page.goto(address)
    assert asked and all(url.startswith(served.address) for url in asked)


def slowly(page: Any, part: str) -> None:
    """Let every later answer to an address with this part wait, so that others overtake it."""
    page.route(re.compile(re.escape(part)), lambda route: (time.sleep(0.4), route.continue_()))  # type: ignore[func-returns-value]


def shown_and_asked(page: Any) -> tuple[str, str]:
    """The search in the box, and that of the address."""
    return page.input_value("#q"), page.evaluate("new URLSearchParams(location.search).get('q')")


def wait_until_shown(page: Any, text: str) -> None:
    shown = "document.getElementById('kop').textContent.includes(text)"
    page.wait_for_function(f"text => location.search === '?q=' + text && {shown} && {SETTLED}", arg=text)


def test_back_and_forward_within_moments_leave_the_results_of_the_address(page: Any) -> None:
    page.goto("/?q=klachten")
    page.fill("#q", "treinen")
    page.press("#q", "Enter")
    page.wait_for_function("() => document.getElementById('kop').textContent.includes('treinen')")
    slowly(page, "q=klachten")
    page.evaluate("history.back()")
    page.wait_for_function(f"() => location.search === '?q=klachten' && {SETTLED}")
    page.evaluate("history.forward()")
    wait_until_shown(page, "treinen")
    page.wait_for_timeout(900)
    assert shown_and_asked(page) == ("treinen", "treinen") and "treinen" in heading(page)


def test_going_back_before_an_answer_comes_stays_where_one_went(page: Any) -> None:
    page.goto("/?q=klachten")
    slowly(page, "q=treinen")
    page.fill("#q", "treinen")
    page.press("#q", "Enter")
    page.wait_for_function(f"() => location.search === '?q=treinen' && {SETTLED}")
    page.evaluate("history.back()")
    wait_until_shown(page, "klachten")
    page.wait_for_timeout(900)
    assert page.url.endswith("/?q=klachten") and "klachten" in heading(page)


def test_feeds_and_downloads_follow_the_search_in_place(page: Any) -> None:
    page.goto("/?q=klachten")
    page.click(".values >> text=Open Vld")
    wait_for_address(page, "party=Open+Vld")
    feeds = page.eval_on_selector_all("head link[rel=alternate]", "all => all.map(one => one.getAttribute('href'))")
    assert len(feeds) == 4 and all("party=Open+Vld" in one for one in feeds)  # two of them the page in each language
    csv = page.get_by_role("link", name="CSV, ongewijzigd").get_attribute("href")
    assert "party=Open+Vld" in csv


def test_without_script_going_back_shows_the_filters_in_force(chromium: Any, served: Any) -> None:
    context = chromium.new_context(base_url=served.address, java_script_enabled=False)
    tab = context.new_page()
    tab.goto("/?q=klachten&from=2013-01-01")
    tab.fill("input[name=from]", "2014-01-01")
    follow(tab, "text=Toon deze periode")
    assert "from=2014-01-01" in tab.url
    tab.go_back()
    assert tab.url.endswith("from=2013-01-01") and tab.input_value("input[name=from]") == "2013-01-01"
    context.close()

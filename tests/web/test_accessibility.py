"""axe-core on every page, light and dark, wide and narrow: no violation."""

from collections.abc import Iterator
from typing import Any

import pytest

pytestmark = pytest.mark.browser

PAGES = [
    "/",
    "/?q=klachten&party=MR&not_status=open",
    "/?q=klachten+zeppelin&party=MR",
    "/?q=potenti%C3%ABle",
    "/?sort=newest&page=2",
    "/?q=klachten#filters",
    "/vraag/5-101?q=sociale+media&hit=1",
    "/vraag/7-12",
    "/vraag/2-7",
    "/vraag/5-101/naast-elkaar",
    "/statistiek",
    "/statistiek?per=year&party=MR",
    "/filter/author?q=klachten",
    "/hulp",
    "/indiener/martha-peeters",
    "/trefwoord/sociale-media",
    "/nergens",
    "/fr/",
    "/fr/?q=klachten&party=MR",
    "/fr/vraag/5-101?q=sociale+media&hit=1",
    "/fr/vraag/7-12",
    "/?page=0",
]


def is_bar(html: str) -> bool:
    """Whether an element is a bar of the chart, which may be narrow: the fields for days do the same (WCAG 2.5.8)."""
    return 'preserveAspectRatio="none"' in html and "from=" in html


@pytest.fixture
def inspected(chromium: Any, served: Any, axe: Any) -> Iterator[Any]:
    """A function from an address, a scheme and a width to the violations axe finds there."""
    contexts = []

    def inspect(address: str, scheme: str, width: int, before: Any = lambda tab: None) -> list[str]:
        context = chromium.new_context(
            base_url=served.address,
            bypass_csp=True,  # only so that axe itself may be put into the page
            color_scheme=scheme,
            viewport={"width": width, "height": 900},
        )
        contexts.append(context)
        tab = context.new_page()
        tab.goto(address)
        tab.evaluate("for (const one of document.querySelectorAll('details')) one.open = true")
        before(tab)
        tab.evaluate(axe)
        found = tab.evaluate(
            "axe.run(document, {resultTypes: ['violations'], rules: {'target-size': {enabled: true}}})"
        )
        wrong = [(one["id"], node["html"][:200]) for one in found["violations"] for node in one["nodes"]]
        return [f"{rule}: {html}" for rule, html in wrong if not (rule == "target-size" and is_bar(html))]

    yield inspect
    for context in contexts:
        context.close()


@pytest.mark.parametrize("address", PAGES)
def test_no_violation_in_the_light(inspected: Any, address: Any) -> None:
    assert inspected(address, "light", 1280) == []


@pytest.mark.parametrize("address", PAGES)
def test_no_violation_in_the_dark_on_a_phone(inspected: Any, address: Any) -> None:
    assert inspected(address, "dark", 360) == []


def test_no_violation_with_suggestions_open(inspected: Any) -> None:
    def type_something(tab: Any) -> None:
        tab.fill("#q", "")
        tab.type("#q", "soci")
        tab.wait_for_selector("#suggesties li")
        tab.press("#q", "ArrowDown")

    assert inspected("/?q=klachten", "light", 1280, type_something) == []

"""axe-core on every page: no violation, in Dutch light and wide, then dark and narrow, in French dark and narrow.

Both languages share markup and colours; the longer words of French have the least room on a phone. The slow test looks
at French pages on a desk, too.
"""

from collections.abc import Callable, Iterator, Sequence
from typing import Any

import pytest

from tests.web.addresses import ADDRESSES, in_both

pytestmark = pytest.mark.browser

PAGES = (*ADDRESSES, "/?q=klachten#filters")
FRENCH = [page for page in in_both(PAGES) if page not in PAGES]
DESK, PHONE = ("light", 1280), ("dark", 360)


def is_bar(wrong: str) -> bool:
    """Whether a bar of the chart is too narrow: one may be for a mouse, as the fields for days do the same."""
    return ": target-size: " in wrong and 'preserveAspectRatio="none"' in wrong and "from=" in wrong


Inspect = Callable[..., list[str]]


@pytest.fixture(scope="module")
def inspected(chromium: Any, served: Any, axe: Any) -> Iterator[Inspect]:
    """A function from an address to the violations axe finds there: in the light on a desk, in the dark on a phone."""
    # the policy of the page is passed by only so that axe itself may be put into it
    context = chromium.new_context(base_url=served.address, bypass_csp=True)
    tab = context.new_page()  # for all pages: in a new one axe would be compiled anew

    def inspect(address: str, screens: Sequence[tuple[str, int]], before: Any = lambda tab: None) -> list[str]:
        tab.goto("about:blank")  # an address that differs in its end only would load nothing
        look(tab, *DESK)
        tab.goto(address)
        tab.evaluate("for (const one of document.querySelectorAll('details')) one.open = true")
        tab.evaluate(axe)
        before(tab)
        found: list[str] = []
        for scheme, width in screens:
            if (scheme, width) == PHONE:  # an open menu covers the bars
                tab.evaluate("for (const one of document.querySelectorAll('.menu')) one.open = false")
            found += violations(tab, scheme, width)
        return [one for one in found if one.startswith("dark, ") or not is_bar(one)]

    yield inspect
    context.close()


def violations(tab: Any, scheme: str, width: int) -> list[str]:
    """What axe finds in a page under a colour scheme, at a width."""
    look(tab, scheme, width)
    found = tab.evaluate("axe.run(document, {resultTypes: ['violations'], rules: {'target-size': {enabled: true}}})")
    wrong = [(one["id"], node["html"][:200]) for one in found["violations"] for node in one["nodes"]]
    return [f"{scheme}, {width} px: {rule}: {html}" for rule, html in wrong]


def look(tab: Any, scheme: str, width: int) -> None:
    tab.emulate_media(color_scheme=scheme)
    tab.set_viewport_size({"width": width, "height": 900})


@pytest.mark.parametrize("address", PAGES)
def test_no_violation(inspected: Inspect, address: str) -> None:
    assert inspected(address, (DESK, PHONE)) == []


@pytest.mark.parametrize("address", FRENCH)
def test_no_violation_in_french(inspected: Inspect, address: str) -> None:
    assert inspected(address, (PHONE,)) == []


@pytest.mark.slow
@pytest.mark.parametrize("address", FRENCH)
def test_no_violation_in_french_on_a_desk(inspected: Inspect, address: str) -> None:
    assert inspected(address, (DESK,)) == []


def test_no_violation_with_suggestions_open(inspected: Inspect) -> None:
    def type_something(tab: Any) -> None:
        tab.fill("#q", "")
        tab.type("#q", "soci")
        tab.wait_for_selector("#suggesties li")
        tab.press("#q", "ArrowDown")

    found = inspected("/?q=klachten", (DESK, PHONE), type_something)
    assert [one for one in found if not is_bar(one)] == []  # they cover the bars

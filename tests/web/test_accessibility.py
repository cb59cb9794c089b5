"""axe-core on every page, in Dutch and French, light and dark, wide and narrow: no violation."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from tests.web.addresses import ADDRESSES, in_both

pytestmark = pytest.mark.browser

PAGES = in_both((*ADDRESSES, "/?q=klachten#filters"))


def is_bar(wrong: str) -> bool:
    """Whether a bar of the chart is too narrow: one may be for a mouse, as the fields for days do the same."""
    return ": target-size: " in wrong and 'preserveAspectRatio="none"' in wrong and "from=" in wrong


Inspect = Callable[..., list[str]]


@pytest.fixture
def inspected(chromium: Any, served: Any, axe: Any) -> Iterator[Inspect]:
    """A function from an address to the violations axe finds there: in the light on a desk, in the dark on a phone."""
    # the policy of the page is passed by only so that axe itself may be put into it
    context = chromium.new_context(base_url=served.address, bypass_csp=True)

    def inspect(address: str, before: Any = lambda tab: None) -> list[str]:
        tab = context.new_page()
        tab.goto(address)
        tab.evaluate("for (const one of document.querySelectorAll('details')) one.open = true")
        tab.evaluate(axe)
        before(tab)
        wide = [one for one in violations(tab, "light", 1280) if not is_bar(one)]
        tab.evaluate("for (const one of document.querySelectorAll('.menu')) one.open = false")  # it covers the bars
        return wide + violations(tab, "dark", 360)

    yield inspect
    context.close()


def violations(tab: Any, scheme: str, width: int) -> list[str]:
    """What axe finds in a page under a colour scheme, at a width."""
    tab.emulate_media(color_scheme=scheme)
    tab.set_viewport_size({"width": width, "height": 900})
    found = tab.evaluate("axe.run(document, {resultTypes: ['violations'], rules: {'target-size': {enabled: true}}})")
    wrong = [(one["id"], node["html"][:200]) for one in found["violations"] for node in one["nodes"]]
    return [f"{scheme}, {width} px: {rule}: {html}" for rule, html in wrong]


@pytest.mark.parametrize("address", PAGES)
def test_no_violation(inspected: Inspect, address: str) -> None:
    assert inspected(address) == []


def test_no_violation_with_suggestions_open(inspected: Inspect) -> None:
    def type_something(tab: Any) -> None:
        tab.fill("#q", "")
        tab.type("#q", "soci")
        tab.wait_for_selector("#suggesties li")
        tab.press("#q", "ArrowDown")

    assert [one for one in inspected("/?q=klachten", type_something) if not is_bar(one)] == []  # they cover the bars

"""Figures and lists in the documents are those of the program."""

import re
from pathlib import Path

import pytest

from searchq import limits
from searchq.query.facet_table import FACET_NAMES
from searchq.query.request import SORTS
from searchq.web import channel, connections, dispatcher, export_slots, feeds, response_cache
from searchq.web.server import SETTINGS, THREADS
from tests.patience.sitecustomize import shipped

ROOT = Path(__file__).resolve().parents[1]
PAGE, OPERATIONS, SECURITY = "docs/search-page.md", "docs/operations.md", "SECURITY.md"
WORDS = {2: "two", 4: "four", 8: "Eight", 10: "ten"}
KB = 1024

FIGURES = [
    (PAGE, f"an address longer than {limits.MAX_URL_CHARACTERS:,} characters 414"),
    (PAGE, f"hits per page ({limits.MAX_PAGE_SIZE} at most)"),
    (PAGE, f"A page holds {feeds._ENTRIES} entries"),
    (PAGE, f"the last {WORDS[response_cache.MAX_BYTES >> 20]} megabytes of pages"),
    (PAGE, f"{SETTINGS['max_request_header_size'] // KB} kB of headers"),
    (PAGE, f"{SETTINGS['channel_timeout']} seconds from the first byte of a request to its last"),
    (PAGE, f"{SETTINGS['connection_limit']:,} open connections"),
    (PAGE, f"{connections.MAX_CONNECTIONS_PER_ADDRESS} of one address"),
    (PAGE, f"Who takes less than {channel.MIN_WINDOW_BYTES // KB} kB of a pending response"),
    (PAGE, f"in {channel.WRITE_WINDOW_SECONDS:.0f} seconds is disconnected"),
    (PAGE, f"{THREADS} threads answer requests"),
    (PAGE, {4: "one visitor has a quarter of them at most"}[dispatcher._SHARE]),
    (PAGE, f"{WORDS[export_slots.MAX_EXPORTS]} exports run at once"),
    (PAGE, f"{WORDS[export_slots.MAX_EXPORTS_PER_VISITOR]} of one visitor; beyond"),
    (PAGE, f"Who waits {WORDS[int(shipped('MAX_TURN_WAIT_SECONDS'))]} seconds for a turn gets 503"),
    (OPERATIONS, f"after {shipped('STOP_SECONDS'):g} seconds cuts off what still runs"),
    (OPERATIONS, f"limited to {shipped('MAX_DOCUMENT_SECONDS'):g} s of processor time"),
    (SECURITY, f"those beyond {limits.UNWATCHED_DOCUMENT_BYTES // KB} kB"),
    (SECURITY, f"at {shipped('MAX_DOCUMENT_SECONDS'):g} s of processor time"),
    (SECURITY, f"or {limits.MAX_DOCUMENT_MEMORY >> 20} MB a document"),
]  # fmt: skip


def text_of(document: str) -> str:
    return " ".join((ROOT / document).read_text(encoding="utf-8").split())


@pytest.mark.parametrize(("document", "sentence"), FIGURES)
def test_a_figure_is_that_of_the_program(document: str, sentence: str) -> None:
    assert sentence in text_of(document)


def test_the_filters_and_orders_of_an_address_are_all_told() -> None:
    rows = dict(re.findall(r"^\| (`[^|]*`) \| ([^|]*) \|$", (ROOT / PAGE).read_text(encoding="utf-8"), re.M))
    (filters,) = (names for names, meaning in rows.items() if meaning.startswith("filters;"))
    assert set(re.findall(r"`(\w+)`", filters)) == set(FACET_NAMES)
    assert re.findall(r"`([\w-]+)`", rows["`sort`"]) == list(SORTS)


def test_a_table_has_no_empty_line_between_its_rows() -> None:
    for path in (*ROOT.glob("*.md"), *ROOT.glob("docs/*.md")):
        assert not re.search(r"^\|.*\n\n\|(?!.*\n\|[-| :]+\n)", path.read_text(encoding="utf-8"), re.M), path

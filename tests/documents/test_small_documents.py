"""Documents of at most 64 kB are read unwatched: the costliest that could be made stay far below what one may cost."""

import resource
from pathlib import Path

import pytest

from searchq.documents import Parsed, read
from searchq.limits import MAX_DOCUMENT_MEMORY, UNWATCHED_DOCUMENT_BYTES
from tests.cost import spent, takes_at_most
from tests.documents.written import FR_PRINT, NL_WEB, NLFR_PRINT
from tests.patience.sitecustomize import shipped

# The worst of 2,700 tried: ten layouts, each filled at its beginning, middle or end with one of 120 kinds of filling.
WORST = {
    "citations": (FR_PRINT, lambda place: "nr. 5-123 "),
    "different citations": (NLFR_PRINT, lambda place: f"nr. 5-{place} "),
    "ranges": (FR_PRINT, lambda place: f"nrs. 5-{place} tot 5-{place + 999} "),
    "elements": (f"<pre>{NL_WEB}</pre>", lambda place: "<p>x"),
}


SLOW = ("different citations", "ranges")


@pytest.mark.parametrize("kind", [pytest.param(one, marks=[pytest.mark.slow] * (one in SLOW)) for one in WORST])
def test_the_costliest_small_documents_cost_a_fraction_of_what_one_may(kind: str, tmp_path: Path) -> None:
    text, filling = WORST[kind]
    while len(text.encode()) < UNWATCHED_DOCUMENT_BYTES - 2000:
        text += "".join(map(filling, range(len(text) // 20, len(text) // 20 + 20)))
    (tmp_path / "page.txt").write_text(text)
    before = peak()

    def read_it() -> None:
        (item,) = read([tmp_path])
        assert isinstance(item, Parsed)

    assert takes_at_most(shipped("MAX_DOCUMENT_SECONDS"), lambda: spent(read_it))  # a tenth of it, unhurried
    assert peak() - before < MAX_DOCUMENT_MEMORY / 4


def peak() -> int:
    """The most memory that this process has had so far."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024

"""Facets counted in C have the values, in the order, that NumPy finds; any bytes are counted or refused."""

import math
from contextlib import suppress
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from searchq.engines.embedded import facets
from searchq.engines.embedded.facet_tables import Matching
from searchq.engines.embedded.facets import count_facets
from searchq.engines.embedded.filters import Filters
from searchq.engines.embedded.snapshot_cache import SnapshotCache
from searchq.index.read.columns import FacetColumn
from searchq.query.request import FacetQuery, Request

IN_C: Any = facets.in_c
if IN_C is None:
    pytest.skip("searchq was installed without a compiler: nothing was built in C", allow_module_level=True)

NAMES = ("keyword", "author", "year", "delay")
VALUES = {
    "keyword": tuple(f"word {place:03}" for place in range(300)),  # two bytes each
    "author": tuple(f"author {place:02}" for place in range(40)),
    "year": ("2010", "2011", "2012"),
    "delay": ("0-30", "181-365", "31-60", "366+"),  # whose own order is another
}
NO_FILTERS = Filters({}, (), {}, ())
KINDS = (np.uint8, np.uint16, np.uint32)


class Snapshot:
    """Documents with some values of each facet; one in seven is deleted."""

    def __init__(self, size: int) -> None:
        self.max_doc = size
        self.live = np.arange(size) % 7 > 0
        self.doc_count = int(np.count_nonzero(self.live))
        self._columns = {name: self._column(name, size) for name in NAMES} | {
            name: FacetColumn((), None, np.full(size, -1, np.int32))
            for name in ("house", "status", "party", "legislature")
        }

    def facet(self, name: str) -> FacetColumn:
        return self._columns[name]

    def _column(self, name: str, size: int) -> FacetColumn:
        chance, values = np.random.default_rng(len(name)), VALUES[name]
        if name != "keyword":
            return FacetColumn(values, None, chance.integers(-1, len(values), size).astype(np.int32))
        held = [np.unique(chance.zipf(1.3, chance.integers(0, 9)) % len(values)) for _ in range(size)]
        starts = np.cumsum([0, *map(len, held)]).astype(np.int32)
        return FacetColumn(values, starts, np.concatenate([np.zeros(0, np.intp), *held]).astype(np.int32))


VIEWS = [SnapshotCache(Snapshot(size)) for size in (0, 1, 90)]  # type: ignore[arg-type]
QUERIES = st.builds(
    FacetQuery,
    st.sampled_from(NAMES),
    st.sampled_from((-1, 0, 1, 2, 10, 5_000)),
    order=st.sampled_from(("count", "value")),
)


@settings(max_examples=80)
@given(st.sampled_from(VIEWS), st.lists(QUERIES, max_size=5), st.sets(st.integers(0, 89)), st.booleans())
def test_facets_of_some_documents(view: SnapshotCache, asked: list[FacetQuery], chosen: set[int], turned: bool) -> None:
    live = view.live_docs
    docs = live[np.isin(live, sorted(chosen), invert=turned)]
    request = Request(facets=tuple(asked))
    found = count_facets(request, docs, NO_FILTERS, docs, view)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(facets, "in_c", None)
        assert count_facets(request, docs, NO_FILTERS, docs, view) == found
    assert Matching(docs, view).others is None or len(docs) > view.snapshot.doc_count / 2


def facet(**changes: Any) -> tuple[Any, ...]:
    """Two documents: the first has both values, one of them elsewhere; the second has none."""
    parts = {
        "rows": np.array([[1], [2]], np.uint8),
        "owners": np.array([0]),
        "others": np.array([0]),
        "order": np.array([1, 0]),
        "totals": None,
        "values": ("a", "b"),
        "width": 1,
        "limit": 10,
        "by_count": True,
    }
    return tuple((parts | changes).values())


def test_a_facet_by_hand() -> None:
    both, second = np.array([0, 1]), np.array([1])
    totals = np.array([4, 3, 2])
    assert IN_C.first_values((facet(),), both) == [(["b", "a"], [1, 1], 2, 1)]
    assert IN_C.first_values((facet(limit=1), facet()), second) == [([], [], 0, 1), ([], [], 0, 1)]
    assert IN_C.first_values((facet(totals=totals, limit=1),), both) == [(["a"], [3], 2, 1)]
    assert IN_C.first_values((facet(totals=totals, by_count=False),), both) == [(["b", "a"], [2, 3], 2, 1)]
    assert IN_C.first_values((), both) == []


@pytest.mark.parametrize(
    "changes",
    [
        {"rows": np.array([[1], [9]], np.uint8)},
        {"rows": np.array([[1]], np.uint8)},
        {"rows": np.zeros((2, 1), np.int64)},
        {"others": np.array([2])},
        {"others": np.array([-1])},
        {"others": np.array([0, 0])},
        {"order": np.array([1, 2])},
        {"order": np.array([1, -1])},
        {"order": np.array([1])},
        {"totals": np.array([1, 1])},
        {"totals": np.array([0, 0, 0])},
        {"totals": np.array([1 << 40, 1, 1])},
        {"values": ("a",)},
        {"width": 0},
        {"width": -1},
        {"width": 1 << 40},
    ],
)
def test_arrays_that_do_not_belong_together_are_refused(changes: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="do not belong together"):
        IN_C.first_values((facet(), facet(**changes)), np.array([0, 1]))


def test_documents_of_no_row_are_refused() -> None:
    for docs in ([2], [-1], [0, 1 << 62]):
        with pytest.raises(ValueError, match="do not belong together"):
            IN_C.first_values((facet(),), np.array(docs))


def test_what_is_no_facet_is_refused() -> None:
    docs = np.array([0])
    for wrong in (
        (facet()[:-1],),
        (None,),
        [facet()],
        (facet(values=["a", "b"]),),
        (facet(order=np.zeros(2, np.int32)),),
    ):
        with pytest.raises((TypeError, ValueError)):
            IN_C.first_values(wrong, docs)
    with pytest.raises(TypeError):
        IN_C.first_values((facet(),), docs.astype(np.int32))


@settings(max_examples=150)
@given(st.data(), st.integers(1, 5), st.integers(0, 6))
def test_tables_of_any_bytes_are_counted_or_refused(data: Any, width: int, size: int) -> None:
    kind = data.draw(st.sampled_from(KINDS))
    numbers = st.lists(st.integers(-2, size + 2), max_size=8).map(lambda some: np.array(some, np.int64))
    raw = (
        data.draw(st.binary(max_size=40))
        if data.draw(st.booleans())
        else bytes(data.draw(st.lists(st.just(0), max_size=40)))
    )
    rows = np.frombuffer(raw[: math.floor(len(raw) / kind().itemsize) * kind().itemsize], kind)
    owners = data.draw(numbers)
    order = np.arange(size) if data.draw(st.booleans()) else data.draw(numbers)
    with suppress(ValueError):
        values = tuple(map(str, range(len(order))))
        table = (rows, owners, np.resize(data.draw(numbers), len(owners)), order, None, values, width, 3, True)
        ((first, counts, distinct, _),) = IN_C.first_values((table,), data.draw(numbers))
        assert len(first) == len(counts) <= min(3, distinct)

import struct
from typing import Any

import pytest
import zstandard
from hypothesis import given
from hypothesis import strategies as st

from searchq.indexing import rows as rows_module
from searchq.indexing.catalog import BASE, JOURNAL, Catalog, digest, restamped_base, upgraded_base
from searchq.indexing.row_part import Part, Row, pack, restamped

PRINT_X, PRINT_Y, PRINT_Z = (f"{number:032x}" for number in (11 << 64, 22 << 64, 33 << 64))


def opened(blobs: Any, generation: int = 0) -> Any:
    """The catalog in some blobs, which it is to be stored among."""
    catalog: Any = Catalog(blobs.get(BASE, b""), blobs.get(JOURNAL, b""), generation)
    catalog.blobs = blobs
    return catalog


def stored(catalog: Any, generation: int = 0) -> Any:
    """The catalog of the next run."""
    return opened({**getattr(catalog, "blobs", {}), **catalog.dump(generation)}, generation)


def after(catalog: Any, *documents: Any) -> Any:
    """The catalog of the next run, when this one read these (name, fingerprint, questions)."""
    for document in documents:
        catalog.read(*document)
    return stored(catalog)


def test_a_document_read_before_is_known_by_its_fingerprint() -> None:
    catalog = after(Catalog(), ("a.txt", PRINT_X, ["5-1"]), ("b.txt", PRINT_Y, ["5-1", "5-2", "5-3", "5-4"]))
    assert PRINT_X in catalog.fingerprints
    assert PRINT_Z not in catalog.fingerprints
    assert (catalog.unchanged("a.txt", PRINT_X), catalog.unchanged("b.txt", PRINT_Y)) == (1, 4)


def test_what_the_next_run_will_know_is_told_before_it_is_written() -> None:
    catalog = after(Catalog(), ("a.txt", PRINT_X, ["5-1"]), ("b.txt", PRINT_Y, ["5-1", "5-2", "5-3", "5-4"]))
    catalog.read("a.txt", PRINT_Y, ["5-1", "5-2"])
    assert list(catalog.coming) == list(stored(catalog).fingerprints)
    assert PRINT_X not in catalog.coming


def test_only_the_last_content_of_a_document_is_remembered() -> None:
    catalog = after(Catalog(), ("a.txt", PRINT_X, ["5-1"]))
    catalog = after(catalog, ("a.txt", PRINT_Y, ["5-1"]))
    assert PRINT_X not in catalog.fingerprints
    assert PRINT_Y in catalog.fingerprints


def test_a_name_met_twice_has_two_entries() -> None:
    catalog = after(Catalog(), ("a.warc:x", PRINT_X, ["5-1"]), ("a.warc:x", PRINT_Y, ["5-1"]))
    assert PRINT_X in catalog.fingerprints
    assert PRINT_Y in catalog.fingerprints
    assert catalog.repeated("a.warc:x")
    catalog.unchanged("a.warc:x", PRINT_X)
    catalog = after(catalog, ("a.warc:x", PRINT_Z, ["5-1"]))
    assert [one in catalog.fingerprints for one in (PRINT_X, PRINT_Y, PRINT_Z)] == [True, False, True]


def test_a_torn_catalog_is_no_memory() -> None:
    blobs = after(Catalog(), ("a.txt", PRINT_X, ["5-1"])).blobs
    for name in (BASE, JOURNAL):
        for torn in (blobs[name][:-1], blobs[name][:9], b""):
            assert len(opened({**blobs, name: torn}).fingerprints) == 0


READING = st.dictionaries(st.sampled_from("abcdef"), st.tuples(st.integers(0, 2**64 - 1), st.integers(1, 9)))


@given(st.lists(READING, max_size=5))
def test_runs_one_after_the_other_remember_what_a_dictionary_would(runs: Any) -> None:
    catalog, oracle = Catalog(), {}
    for run in runs:
        catalog = after(catalog, *((name, f"{bits:016x}", ["5-1"] * count) for name, (bits, count) in run.items()))
        oracle.update(run)
    assert sorted(catalog.fingerprints) == sorted(f"{bits:016x}" for bits, _ in oracle.values())


def test_a_catalog_of_another_generation_is_no_memory() -> None:
    catalog = Catalog()
    catalog.read("a.txt", PRINT_X, ["5-1"])
    blobs = catalog.dump(generation=7)
    assert PRINT_X in opened(blobs, 7).fingerprints
    assert PRINT_X not in opened(blobs, 8).fingerprints


def test_a_document_is_remembered_with_the_numbers_it_held() -> None:
    catalog = after(Catalog(), ("a.txt", PRINT_X, ["5-1", "5-2"]), ("b\udc80.zip:ä", PRINT_Y, ["1-6/1"]))
    assert catalog.numbers("a.txt") == ["5-1", "5-2"]
    assert catalog.numbers("b\udc80.zip:ä") == ["1-6/1"]
    assert catalog.numbers("c.txt") == []


def test_what_a_run_did_not_meet_is_told_until_it_is_forgotten() -> None:
    catalog = after(Catalog(), ("a.txt", PRINT_X, ["5-1"]), ("b.txt", PRINT_Y, ["5-2"]), ("c.txt", PRINT_Z, ["5-3"]))
    catalog.unchanged("a.txt", PRINT_X)
    assert sorted(catalog.unmet(lambda name: True)) == [("b.txt", ["5-2"]), ("c.txt", ["5-3"])]
    catalog.forget("b.txt")
    catalog = stored(catalog)
    catalog.unchanged("a.txt", PRINT_X)
    assert list(catalog.unmet(lambda name: True)) == [("c.txt", ["5-3"])]


def test_the_documents_of_some_folders_are_told_alone() -> None:
    names = ["a.txt", "b/1.txt", "b/2.txt", "b/c/1.txt", "z.zip:b/1.txt"]
    documents = [(name, f"{place:032x}", [f"5-{place}"]) for place, name in enumerate(names)]
    catalog = after(Catalog(), *documents[:3])
    for document in documents[3:]:
        catalog.read(*document)
    for one in (catalog, stored(catalog)):
        assert sorted(one.held()) == [(name, [f"5-{place}"]) for place, name in enumerate(names)]
        assert sorted(one.held(lambda folder: folder in ("b/", "z.zip:b/"))) == [
            ("b/1.txt", ["5-1"]),
            ("b/2.txt", ["5-2"]),
            ("z.zip:b/1.txt", ["5-4"]),
        ]
    assert (
        sorted(name for name, _ in stored(catalog).unmet(lambda _: True, lambda folder: folder == "b/")) == names[1:3]
    )


def test_what_a_run_changed_is_told_as_it_was_and_as_it_is() -> None:
    catalog = after(Catalog(), ("a.txt", PRINT_X, ["5-1"]), ("b.txt", PRINT_Y, ["5-2"]), ("c.txt", PRINT_Z, ["5-3"]))
    assert list(catalog.changed()) == []
    catalog.read("a.txt", PRINT_Z, ["5-9"])
    catalog.forget("b.txt")
    assert sorted(catalog.changed()) == [("a.txt", ["5-1"]), ("a.txt", ["5-9"]), ("b.txt", ["5-2"])]


RUN = st.tuples(
    st.dictionaries(
        st.sampled_from(["a.txt", "b/c.txt", "b/d.txt", "e.zip:b/c.txt", "f/g.txt", "f/h.txt"]),
        st.tuples(st.integers(0, 9) | st.integers(0, 2**64 - 1), st.integers(1, 3)),
    ),
    st.sets(st.sampled_from(["a.txt", "b/c.txt", "f/g.txt", "never"])),
)


@given(st.lists(RUN, max_size=6), st.sampled_from([0, 2, 1000]))
def test_whatever_comes_and_goes_the_catalog_knows_what_a_dictionary_knows(runs: Any, least: int) -> None:
    catalog: Any = Catalog()
    oracle: dict[str, tuple[str, list[str]]] = {}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(rows_module, "_LEAST", least)
        for read, forgotten in runs:
            for name in forgotten - read.keys():
                catalog.forget(name)
                oracle.pop(name, None)
            for name, (bits, count) in read.items():
                catalog.read(name, f"{bits:016x}", [f"5-{number}" for number in range(count)])
                oracle[name] = (f"{bits:016x}", [f"5-{number}" for number in range(count)])
            coming = sorted(catalog.coming)
            held = sorted(catalog.held())
            catalog = stored(catalog)
            assert coming == sorted(catalog.fingerprints) == sorted(print_ for print_, _ in oracle.values())
            assert len(catalog.fingerprints) == len(oracle)
            assert held == sorted(catalog.held()) == sorted(catalog.unmet(lambda _: True)) == told(oracle)
            assert all(catalog.numbers(name) == oracle.get(name, ("", []))[1] for name in ("a.txt", "f/h.txt"))
            assert all(print_ in catalog.fingerprints for print_, _ in oracle.values())


def told(oracle: Any) -> Any:
    return sorted((name, numbers) for name, (_, numbers) in oracle.items())


def test_a_small_run_writes_little_and_a_grown_journal_becomes_the_base() -> None:
    known = [(f"{place // 50}/{place}.txt", f"{place:032x}", [f"5-{place}"]) for place in range(5000)]
    catalog = after(Catalog(), *known)
    assert len(list(catalog.held())) == 5000
    base = catalog.blobs[BASE]
    catalog.read("new.txt", PRINT_X, ["5-9999"])
    written = catalog.dump()
    assert (list(written), len(written[JOURNAL]) < 300) == ([JOURNAL], True)
    catalog = stored(catalog)
    for place in range(1001):
        catalog.read(f"more/{place}.txt", f"{place + 6000:032x}", ["5-1"])
    catalog = stored(catalog)
    assert (catalog.blobs[BASE] != base, len(list(catalog.held()))) == (True, 6002)


def second_edition(generation: int, *documents: Any) -> bytes:
    """A catalog as it was stored before it had a journal."""
    rows = sorted((digest(name), int(own[:16], 16), len(numbers), name, numbers) for name, own, numbers in documents)
    lines = zstandard.compress("\n".join(f"{name}\t{' '.join(numbers)}" for *_, name, numbers in rows).encode())
    entries = b"".join(struct.pack("<QQI", *row[:3]) for row in rows)
    return struct.pack("<QII", generation, len(rows), len(lines)) + entries + lines


def test_a_catalog_of_the_edition_before_is_read_and_becomes_a_base() -> None:
    blob = second_edition(7, ("b/a.txt", PRINT_X, ["5-1", "5-2"]), ("c.txt", PRINT_Y, ["5-3"]))
    assert len(opened({BASE: blob}, 8).fingerprints) == 0
    renumbered = restamped_base(blob, 7, 9)
    assert upgraded_base(blob, 7, 9, {}) == renumbered
    for catalog in (opened({BASE: blob}, 7), opened({BASE: renumbered}, 9)):
        assert (catalog.is_stored, sorted(catalog.fingerprints)) == (False, [PRINT_X[:16], PRINT_Y[:16]])
        assert catalog.numbers("b/a.txt") == ["5-1", "5-2"]
        assert sorted(catalog.dump(10)) == [BASE, JOURNAL]
        assert sorted(stored(catalog, 10).held()) == [("b/a.txt", ["5-1", "5-2"]), ("c.txt", ["5-3"])]


def test_a_catalog_is_renumbered_with_its_index_and_only_from_its_own_generation() -> None:
    catalog = Catalog()
    catalog.read("a.txt", PRINT_X, ["5-1"])
    blobs = catalog.dump(3)

    def moved(old: int, new: int) -> Any:
        return opened({BASE: restamped_base(blobs[BASE], old, new), JOURNAL: restamped(blobs[JOURNAL], old, new)}, new)

    assert list(moved(3, 12).fingerprints) == [PRINT_X[:16]]
    assert list(moved(4, 12).fingerprints) == []
    assert list(upgraded_base(blobs[BASE], 3, 12, {})) == list(blobs[BASE])


@given(st.binary(max_size=80) | st.binary(max_size=80).map(lambda rest: b"CAT3" + rest))
def test_any_other_bytes_are_no_part(data: bytes) -> None:
    part = Part.load(data)
    assert part is None or len(part) == 0


def test_rows_come_back_as_they_were_packed() -> None:
    rows = [Row(digest(str(place)), f"{place % 7}/{place}\t5-1".encode(), place, 1) for place in range(3000)]
    part = Part(pack(rows, generation=5, base=8, forgotten=[3, 2, 3]))
    assert sorted(part.rows()) == sorted(rows)
    assert (part.generation, part.base, part.forgotten) == (5, 8, frozenset({2, 3}))
    for row in rows[::500]:
        place = part.place(row.key)
        assert place is not None
        assert (part.line(place), part.prints[place]) == (row.line, row.print)
    assert sorted(line for _, line in part.lines_in(lambda folder: folder == "3/")) == sorted(
        row.line for row in rows if row.folder == b"3/"
    )

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from searchq.indexing.catalog import Catalog

PRINT_X, PRINT_Y, PRINT_Z = (f"{number:032x}" for number in (11 << 64, 22 << 64, 33 << 64))


def after(catalog: Any, *documents: Any) -> Any:
    """The catalog of the next run, when this one read these (name, fingerprint, questions)."""
    for document in documents:
        catalog.read(*document)
    return Catalog(catalog.dump())


def test_a_document_read_before_is_known_by_its_fingerprint() -> None:
    catalog = after(Catalog(), ("a.txt", PRINT_X, ["5-1"]), ("b.txt", PRINT_Y, ["5-1", "5-2", "5-3", "5-4"]))
    assert PRINT_X in catalog.fingerprints
    assert PRINT_Z not in catalog.fingerprints
    assert (catalog.unchanged("a.txt", PRINT_X), catalog.unchanged("b.txt", PRINT_Y)) == (1, 4)


def test_what_the_next_run_will_know_is_told_before_it_is_written() -> None:
    catalog = after(Catalog(), ("a.txt", PRINT_X, ["5-1"]), ("b.txt", PRINT_Y, ["5-1", "5-2", "5-3", "5-4"]))
    catalog.read("a.txt", PRINT_Y, ["5-1", "5-2"])
    assert list(catalog.coming) == list(Catalog(catalog.dump()).fingerprints)
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
    blob = after(Catalog(), ("a.txt", PRINT_X, ["5-1"])).dump()
    assert len(Catalog(blob[:-1]).fingerprints) == 0


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
    blob = catalog.dump(generation=7)
    assert PRINT_X in Catalog(blob, 7).fingerprints
    assert PRINT_X not in Catalog(blob, 8).fingerprints


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
    catalog = Catalog(catalog.dump())
    catalog.unchanged("a.txt", PRINT_X)
    assert list(catalog.unmet(lambda name: True)) == [("c.txt", ["5-3"])]


def test_documents_with_numbers_of_the_chamber_are_told_alone() -> None:
    chamber = "56-7-0930-2025202606531"
    catalog = after(Catalog(), ("a-b-c-d.txt", PRINT_X, ["5-1"]), ("b.zip", PRINT_Y, ["5-2", chamber]))
    assert list(catalog.held(3)) == [("b.zip", ["5-2", chamber])]
    assert len(list(Catalog(catalog.dump()).held())) == 2
    assert sorted(Catalog(catalog.dump()).coming) == sorted(catalog.fingerprints) == sorted(catalog.coming)

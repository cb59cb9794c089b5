"""What is here of what there is, told from numbers, ledgers and rejections."""

from itertools import groupby
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from searchq.coverage.kept import Archive, Kept, Refused
from searchq.coverage.report import Coverage, coverage_of, coverage_of_ledger
from searchq.coverage.summary import ChamberCoverage, CoverageSummary, Missing, SenateCoverage

ZIP = ChamberCoverage(56, "chamber-56.zip", "https://example.org/56", "2026-03-01", "2026-03-04", 1000)


def senate(states: str, legislature: int = 5, looked: str | None = "2026-03-02") -> SenateCoverage:
    """A ledger of numbers 1, 2, …: s stored, a absent, u not fetched, f failed."""
    reasons = {"a": "status 404", "u": "not fetched yet", "f": "status 503"}
    runs: dict[str, list[Missing]] = {"gaps": [], "unknown": []}
    for state, run in groupby(enumerate(states, 1), lambda pair: pair[1]):
        numbers = [number for number, _ in run]
        if state != "s":
            missing = Missing(numbers[0], numbers[-1], reasons[state], looked if state == "a" else None)
            runs["gaps" if state == "a" else "unknown"].append(missing)
    return SenateCoverage(
        legislature, len(states), states.count("s"), 0, 0, 0, tuple(runs["gaps"]), tuple(runs["unknown"]), looked, ()
    )


def kept(*ledgers: SenateCoverage, refused: tuple[Refused, ...] = (), **more: object) -> Kept:
    by_folder = {f"archive{place}": CoverageSummary((one,)) for place, one in enumerate(ledgers)}
    return Kept(by_folder, refused, **more)  # type: ignore[arg-type]


def page_refused(number: str, reason: str = "it is empty") -> Refused:
    name = f"a.warc.gz:https://example.org/?LEG={number[0]}&NR={number[2:]}"
    return Refused(name, reason, name, number)


def missing(found: Coverage) -> dict[str, tuple[str, str | None]]:
    return {
        f"{one.legislature}-{number}": (run.kind, run.reason)
        for one in found.senate
        for run in one.missing
        for number in range(run.first, run.last + 1)
    }


def test_without_a_ledger_a_missing_number_is_not_here_for_an_unknown_reason() -> None:
    found = coverage_of(["5-3", "5-4", "5-7"], {5: 2})
    (one,) = found.senate
    assert (one.first, one.last, one.here, one.answered, one.looked, one.known) == (3, 7, 3, 2, None, None)
    assert missing(found) == {"5-5": ("unknown", None), "5-6": ("unknown", None)}
    assert (found.senate_known, found.updated) == (None, None)


def test_a_ledger_tells_why_each_number_is_missing() -> None:
    found = coverage_of(["5-1", "5-2"], {5: 1}, kept(senate("sssaafu"), refused=(page_refused("5-3"),)))
    assert missing(found) == {
        "5-3": ("rejected", "it is empty"),
        "5-4": ("never-asked", "status 404"),
        "5-5": ("never-asked", "status 404"),
        "5-6": ("not-fetched", "status 503"),
        "5-7": ("not-fetched", "not fetched yet"),
    }
    (one,) = found.senate
    assert (one.first, one.last, one.looked, one.answered_share) == (1, 7, "2026-03-02", 0.5)
    assert [run.looked for run in one.missing if run.kind == "never-asked"] == ["2026-03-02"]
    assert (found.senate_here, found.senate_known, found.updated) == (2, 5, "2026-03-02")


def test_a_page_that_was_fetched_and_is_not_in_the_index_is_told_as_such() -> None:
    assert missing(coverage_of(["5-1"], {}, kept(senate("ss")))) == {"5-2": ("not-indexed", None)}


def test_what_is_here_is_here_whatever_a_ledger_says() -> None:
    found = coverage_of(["5-1", "5-2", "5-5"], {}, kept(senate("aau")))
    assert missing(found) == {"5-3": ("not-fetched", "not fetched yet"), "5-4": ("not-fetched", "not fetched yet")}


def test_a_reasoned_gap_stays_one_where_the_shell_of_its_page_was_rejected() -> None:
    found = coverage_of(["5-1"], {}, kept(senate("sa"), refused=(page_refused("5-2"),)))
    assert missing(found) == {"5-2": ("never-asked", "status 404")}


def test_of_two_ledgers_the_one_that_tells_most_counts() -> None:
    found = coverage_of(["5-1"], {}, kept(senate("suuua"), senate("susau", looked="2026-03-09")))
    kinds = {number: kind for number, (kind, _) in missing(found).items()}
    assert kinds == {"5-2": "not-fetched", "5-3": "not-indexed", "5-4": "never-asked", "5-5": "never-asked"}
    assert found.updated == "2026-03-09"


def test_the_second_figure_is_left_out_where_a_legislature_has_no_ledger() -> None:
    assert coverage_of(["5-1", "6-1"], {}, kept(senate("ss"))).senate_known is None
    assert coverage_of(["5-1"], {}, kept(senate("ss"))).senate_known == 2


def test_a_rejected_page_is_missing_for_its_reason_without_a_ledger_too() -> None:
    found = coverage_of(["5-1", "5-2"], {}, kept(refused=(page_refused("5-4"),)))
    assert missing(found) == {"5-3": ("unknown", None), "5-4": ("rejected", "it is empty")}


def test_the_parts_of_a_number_are_one_number() -> None:
    found = coverage_of(["1-1535/1", "1-1535/2", "1-1537"])
    assert (found.senate[0].here, found.senate_questions, missing(found)) == (2, 3, {"1-1536": ("unknown", None)})


def test_of_the_chamber_no_gaps_are_claimed_and_what_was_cancelled_is_counted() -> None:
    cancelled = "the question was cancelled (the Chamber calls it “canceled”)"
    refused = [Refused(f"archive/chamber-56.zip:{n}.json", cancelled, f"archive/chamber-56.zip:{n}.json") for n in "ab"]
    refused.append(Refused("archive/chamber-56.zip:c.json", "it has no route", "archive/chamber-56.zip:c.json"))
    numbers = ["56-7-0930-2025202606531", "56-7-0935-2025202606599"]
    archives = (Archive("archive/chamber-56.zip", (56,), 2, "2026-02-27"), Archive("more", (55,), 0))
    found = coverage_of(numbers, {56: 2}, Kept({"archive": CoverageSummary((), (ZIP,))}, tuple(refused), 0, archives))
    assert (found.senate, found.chamber_questions, found.updated) == ((), 2, "2026-03-04")
    zipped, folder = found.chamber
    assert (zipped.routes, zipped.cancelled, zipped.day, zipped.looked) == (2, 2, "2026-03-01", "2026-03-04")
    assert zipped.rejected == {cancelled: 2, "it has no route": 1}
    assert (folder.routes, folder.cancelled, folder.day, folder.looked) == (0, 0, None, None)


def test_an_archive_that_was_fetched_and_not_read_is_named() -> None:
    (one,) = coverage_of([], {}, Kept({".": CoverageSummary((), (ZIP,))})).chamber
    assert (one.name, one.routes, one.legislatures) == ("chamber-56.zip", 0, (56,))


def test_a_ledger_alone_tells_what_is_stored() -> None:
    found = coverage_of_ledger("archive", CoverageSummary((senate("sasu"),)))
    assert missing(found) == {"5-2": ("never-asked", "status 404"), "5-4": ("not-fetched", "not fetched yet")}
    assert (found.senate[0].here, found.senate_known) == (2, 3)


@given(
    st.dictionaries(st.integers(4, 6), st.sets(st.integers(1, 25))),
    st.lists(st.tuples(st.integers(4, 6), st.text("saufffu", max_size=20)), max_size=4),
    st.dictionaries(st.tuples(st.integers(4, 6), st.integers(1, 30)), st.sampled_from(["it is empty", "it is torn"])),
)
def test_missing_and_here_are_the_whole_span_and_each_for_its_own_reason(
    here: Any, ledgers: Any, rejected: Any
) -> None:
    refused = tuple(page_refused(f"{leg}-{number}", reason) for (leg, number), reason in rejected.items())
    told = kept(*(senate(states, leg) for leg, states in ledgers), refused=refused)
    found = coverage_of([f"{leg}-{number}" for leg, numbers in here.items() for number in numbers], {}, told)
    for one in found.senate:
        listed = [number for run in one.missing for number in range(run.first, run.last + 1)]
        own = here.get(one.legislature, set())
        assert sorted([*listed, *own]) == list(range(one.first, one.last + 1))
        assert one.here == len(own)
        whys = missing(found)
        for number in listed:
            states = {states[number - 1 : number] or "beyond" for leg, states in ledgers if leg == one.legislature}
            kind, reason = whys[f"{one.legislature}-{number}"]
            assert kind == slow_kind(states, (one.legislature, number) in rejected)
            assert kind != "rejected" or reason == rejected[one.legislature, number]


def slow_kind(states: set[str], is_rejected: bool) -> str:
    if "a" in states and "s" not in states:
        return "never-asked"
    if is_rejected:
        return "rejected"
    if "s" in states:
        return "not-indexed"
    return "not-fetched" if states else "unknown"


def test_what_is_kept_comes_back_as_it_was() -> None:
    whole = kept(
        senate("sau"),
        refused=(page_refused("5-3"), Refused("b\udce9.txt", "it is empty", "b\udce9.txt")),
        unkept=3,
        archives=(Archive("x", (55, 56), 4, "2026-01-01"),),
    )
    assert Kept.load(whole.dump()) == whole
    assert Kept.load(b"") == Kept()

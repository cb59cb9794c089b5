"""Which prints of a name are one person, and which labels are one party."""

import random
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from searchq.errors import PartyTableError
from searchq.query.parties import group_parties, party, predecessors, successors
from searchq.query.people import group_people
from searchq.query.values import same_value

SEAT = ("Ecolo", "5")


def people(*names: str, seat: tuple[str, str] | None = SEAT) -> set[frozenset[str]]:
    """The names in groups of one person."""
    labels = group_people(dict.fromkeys(names, 1), {name: {seat} for name in names if seat})
    groups: dict[str, set[str]] = {}
    for name, label in labels.items():
        groups.setdefault(label, set()).add(name)
    return set(map(frozenset, groups.values()))


@pytest.mark.parametrize(
    "names",
    [
        ("Odette Wuyts", "WUYTS Odette"),
        ("Odette Wuyts", "odette  wuyts"),
        ("Anne-Laure Pirotte", "PIROTTE Anne-Laure", "Anne Laure Pirotte", "Anne‑Laure Pirotte"),
        ("Bjørn Sørensen", "Bjorn Sorensen", "BJØRN SØRENSEN"),
        ("Łukasz Đorić", "Lukasz Doric"),
        ("Zoë D'Hooghe", "Zoë D’Hooghe", "Zoe Dhooghe"),
        ("Luc Vandenakker", "Van den Akker Luc", "Luc Van den Akker"),
        ("de heer Hubert Claessens", "Hubert Claessens", "M. Hubert Claessens", "Claessens Hubert, de heer"),
        ("Mme Renée Thiry", "Mevrouw Renée Thiry", "Renée Thiry"),
        ("Nele Moortgat", "Nele Moortgat-Gillis"),
        ("Nele Moortgat", "Nele Moortgat - Gillis", "MOORTGAT-GILLIS Nele"),
        ("Nele Moortgat", "Nele Moortgat Gillis"),
    ],
)
def test_names_that_differ_in_the_way_of_writing_are_one_person(names: Any) -> None:
    assert people(*names) == {frozenset(names)}


@pytest.mark.parametrize(
    "names",
    [
        ("Jan Peeters", "Jan Pieters"),
        ("Jan Peeters", "Johan Peeters"),
        ("Jan Peeters", "J. Peeters"),
        ("Jan Peeters", "Jan Peetersen"),  # the surname is longer, but by letters, not by a name
        ("An Baron", "Jan Baron"),
        ("Baron Claes", "Claes"),  # here Baron is a first name
    ],
)
def test_names_that_differ_otherwise_are_two(names: Any) -> None:
    assert people(*names) == {frozenset([name]) for name in names}


@pytest.mark.parametrize("seat", [None])
def test_a_longer_surname_is_another_person_where_the_party_is_unknown(seat: Any) -> None:
    assert len(people("Nele Moortgat", "Nele Moortgat-Gillis", seat=seat)) == 2


def test_a_longer_surname_is_another_person_in_another_party_or_legislature() -> None:
    names = {"Nele Moortgat": 1, "Nele Moortgat-Gillis": 1}
    for other in (("MR", "5"), ("Ecolo", "6")):
        labels = group_people(names, {"Nele Moortgat": {SEAT}, "Nele Moortgat-Gillis": {other}})
        assert labels == {name: name for name in names}


def test_a_name_that_two_names_extend_is_neither() -> None:
    assert len(people("An Maes", "An Maes-Gillis", "An Maes-Thiry")) == 3


def test_the_label_is_the_plainest_and_most_frequent_print() -> None:
    counts = {"WUYTS Odette": 9, "Odette Wuyts": 2, "Mevr. Odette Wuyts": 30, "Odette WUYTS": 5}
    assert set(group_people(counts, {}).values()) == {"Odette Wuyts"}


words = st.sampled_from(["Anne", "Marie", "Peeters", "Van", "den", "Akker", "DE", "heer", "Gillis", "M.", "O’Neill"])
names = st.lists(words, min_size=1, max_size=5).map(" ".join)


@given(st.dictionaries(names, st.integers(1, 5), min_size=1), st.integers())
def test_people_do_not_depend_on_the_order_of_names(counts: Any, seed: Any) -> None:
    seats = {name: {SEAT} for name in counts}
    mixed = list(counts.items())
    random.Random(seed).shuffle(mixed)
    labels = group_people(counts, seats)
    assert group_people(dict(mixed), seats) == labels
    assert all(labels[label] == label for label in labels.values())


def test_prints_of_a_party_are_one_label_and_a_cartel_is_another() -> None:
    labels = group_parties({"Groen!": 3, "Groen": 2, "GROEN": 1, "Indépendant": 4, "Onafhankelijke": 1, "CD&V N-VA": 1})
    assert labels == {
        "Groen!": "Groen",
        "Groen": "Groen",
        "GROEN": "Groen",
        "Indépendant": "Onafhankelijke",
        "Onafhankelijke": "Onafhankelijke",
        "CD&V N-VA": "CD&V N-VA",
    }


def test_the_label_of_a_party_is_one_that_questions_have() -> None:
    assert group_parties({"Indépendant": 4}) == {"Indépendant": "Indépendant"}
    assert group_parties({"SPIRIT": 1, "spirit": 2}) == {"SPIRIT": "spirit", "spirit": "spirit"}


def test_successors_are_not_merged_but_known() -> None:
    assert set(group_parties({"sp.a": 1, "Vooruit": 1}).values()) == {"sp.a", "Vooruit"}
    assert [(step.after, step.since) for step in successors("SP.A")] == [("Vooruit", "2021-03")]
    assert [step.before for step in predecessors("Vooruit")] == ["sp.a", "SP"]
    assert list(successors("Ecolo")) == []


def test_a_table_of_ones_own_replaces_the_shipped_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    table = tmp_path / "mine.tsv"
    table.write_text("from\tto\tsince\tsure\nOud\tNieuw\t1999\tyear\nOud!\tOud\t\tname\n", encoding="utf-8")
    monkeypatch.setenv("SEARCHQ_PARTIES", str(table))
    assert [(step.after, step.since) for step in successors("OUD!")] == [("Nieuw", "1999")]
    assert list(successors("sp.a")) == []
    assert party("Oud!") == party("Oud")


@pytest.mark.parametrize(
    ("text", "named"), [("a\tb\n", "line 1"), ("from\tto\tsince\tsure\n\tb\t\tname\n", "line 2"), (None, "Cannot read")]
)
def test_a_table_that_cannot_be_read_is_refused_by_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str | None, named: str
) -> None:
    table = tmp_path / "mine.tsv"
    if text is not None:
        table.write_text(text, encoding="utf-8")
    monkeypatch.setenv("SEARCHQ_PARTIES", str(table))
    with pytest.raises(PartyTableError, match=named) as caught:
        party("Groen")
    assert str(table) in str(caught.value)


def test_a_chain_of_successors_that_bites_its_tail_ends(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    table = tmp_path / "mine.tsv"
    table.write_text("A\tB\t1999\tyear\nB\tA\t2001\tyear\n", encoding="utf-8")
    monkeypatch.setenv("SEARCHQ_PARTIES", str(table))
    assert [step.after for step in successors("A")] == ["B"]


def test_the_same_value_is_recognised_however_it_is_written() -> None:
    assert same_value("party", "Groen!", "groen")
    assert same_value("author", "WUYTS Odette", "Odette Wuyts")
    assert same_value("keyword", "Café", "cafe")
    assert not same_value("delay", "31-60", "3160")
    assert not same_value("party", "(none)", "")

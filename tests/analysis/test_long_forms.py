"""Acronyms that documents spell out, and which of them are believed."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from searchq.analysis.acronyms import LongForm
from searchq.analysis.long_forms import accepted, dump_counts, load_counts, spelled_out

DBF = ("dbf", ("dienst", "voor", "blauwe", "fietsen"))
BETS = ("dbf", ("directie", "bets", "fluit"))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("De Dienst voor Blauwe Fietsen (DBF) werd opgericht.", {DBF}),
        ("De DBF (Dienst voor Blauwe Fietsen) werd opgericht.", {DBF}),
        ("de Federale Uilendienst (FUD) Nachtzaken", {("fud", ("federale", "uilendienst"))}),
        (
            "de Buurtfietsendienst (BF) en het Blauw Huis (BH)",
            {("bf", ("buurtfietsendienst",)), ("bh", ("blauw", "huis"))},
        ),
        ("de Nationale Maatschappij der Belgische Spoorwegen (NMBS)", set()),  # shipped
        ("de minister (CD&V) antwoordt", set()),
        ("de heer Jan Peeters (PS)", set()),
        ("een groene fiets (VZW)", set()),
        ("de vraag (zie bijlage)", set()),
        ("het bedrag (EUR)", set()),
        ("XQ (", set()),
        ("()", set()),
    ],
)
def test_a_text_spells_out_acronyms(text: str, expected: set[LongForm]) -> None:
    assert spelled_out(text) == expected


@pytest.mark.parametrize(
    ("counts", "expected"),
    [
        ({DBF: 1}, []),  # met once
        ({DBF: 2}, [DBF]),
        ({DBF: 4, BETS: 2}, [DBF]),
        ({DBF: 3, BETS: 2}, []),  # neither prevails
        ({DBF: 2, BETS: 0}, [DBF]),
        ({DBF: 2, ("dbf", ("diensten", "blauwe", "fietsen")): 1}, [DBF]),  # inflections agree
        ({("via", ("vereniging", "ijzeren", "auto")): 9}, []),  # a word
    ],
)
def test_what_documents_agree_on_is_believed(counts: dict[LongForm, int], expected: list[LongForm]) -> None:
    assert accepted(Counter(counts), is_ordinary={"via"}.__contains__) == expected


WORDS = st.text(alphabet="abcé&-", min_size=1, max_size=5)


@given(st.dictionaries(st.tuples(WORDS, st.lists(WORDS, min_size=1, max_size=3).map(tuple)), st.integers(1, 99)))
def test_counts_are_kept_as_they_are(counts: dict[LongForm, int]) -> None:
    assert load_counts(dump_counts(Counter(counts))) == Counter(counts)


def test_counts_of_none_are_not_kept() -> None:
    assert load_counts(dump_counts(Counter({DBF: 0}))) == load_counts(b"") == Counter()


@given(st.text(alphabet="aAbB( )&-.", max_size=40))
def test_any_text_can_be_read(text: str) -> None:
    assert all(short and name for short, name in spelled_out(text))

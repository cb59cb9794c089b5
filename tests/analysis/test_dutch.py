"""A surface word to the terms it is found under."""

from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from searchq.analysis import lexicon
from searchq.analysis.dutch import analyze_word
from searchq.analysis.entries import packed_entries
from searchq.analysis.lexicon import Dictionary
from searchq.analysis.packed import Entries, PackedDictionary, unpack
from searchq.analysis.terms import PART_WEIGHT, WeightedTerm, WordAnalysis
from searchq.analysis.tokenizer import words


def terms(word: str) -> list[str]:
    return [term.term for term in analyze_word(word).terms]


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("de", []),
        ("antwoorden", ["antwoord", "antwoorden"]),
        ("officiële", ["officieel"]),
        ("belgië", ["belgie"]),
        ("kmo's", ["kmo"]),
        ("l'union", ["union"]),
        ("e-mails", ["email", "mail"]),
        ("covid-19", ["covid19", "covid"]),
        ("brussel-luxemburg", ["brusselluxemburg", "brussel", "luxemburg"]),
        ("politiezones", ["politiezone", "politie", "zone"]),
        ("5-8902", ["5-8902"]),
        ("2085,50", ["2085,50"]),
        ("2016-2017", ["2016-2017", "2016", "2017"]),
        ("1/12/2016", ["1/12/2016", "2016"]),
        ("@fod_financien", ["fod_financien", "fod", "financien"]),
        ("www.belgium.be", ["belgium.be", "belgium"]),
        ("herfinanciering", ["herfinanciering", "financiering"]),
    ],
)
def test_the_terms_of_a_word(word: str, expected: list[str]) -> None:
    assert terms(word) == expected


@pytest.mark.parametrize("text", ["wiskunde-onderwijs", "wiskundeonderwijs", "wiskunde onderwijs"])
def test_a_compound_meets_its_parts_however_it_is_written(text: str) -> None:
    found = {term for word in words(text) for term in terms(word)}
    assert {"wiskunde", "onderwijs"} <= found


def test_the_whole_counts_in_full_and_parts_count_less() -> None:
    assert analyze_word("politiezones") == WordAnalysis(
        "politiezones",
        (
            WeightedTerm("politiezone", 1.0, "dictionary"),
            WeightedTerm("politie", PART_WEIGHT, "compound"),
            WeightedTerm("zone", PART_WEIGHT, "compound"),
        ),
    )


def test_officieel_and_its_garbled_forms_are_one_term() -> None:
    assert {terms(word)[0] for word in ("officieel", "officiële", "officiele", "officiel")} == {"officieel"}


def test_a_form_of_two_words_is_found_under_both() -> None:
    assert terms("schepen") == ["schip", "schepen"]
    assert [terms(word)[0] for word in ("schip", "schepenen", "oorlogsschepen")] == ["schip", "schepen", "oorlogsschip"]
    assert terms("schepencollege") == ["schepencollege", "schepen", "college"]
    assert terms("verboden") == ["verbieden", "verbod"]
    assert terms("rijverboden")[0] == "rijverbod"


@pytest.mark.parametrize(
    ("before", "now"),
    [("pannekoeken", "pannenkoek"), ("hondebelasting", "hondenbelasting"), ("ruggegraat", "ruggengraat")],
)
def test_a_compound_spelled_as_before_1996_is_the_compound_of_today(before: str, now: str) -> None:
    assert terms(before)[0] == terms(now)[0]


@pytest.mark.parametrize(
    ("word", "both"),
    [
        ("plannen", ["plan", "plannen"]),  # gepland
        ("aanvragen", ["aanvraag", "aanvragen"]),  # aangevraagd
        ("waarborgen", ["waarborg", "waarborgen"]),
        ("overwegen", ["overweg", "overwegen"]),
        ("lekken", ["lek", "lekken"]),
        ("erven", ["erf", "erven"]),
    ],
)
def test_an_infinitive_that_is_a_plural_is_found_under_verb_and_noun(word: str, both: list[str]) -> None:
    assert terms(word) == both


def test_as_a_part_an_infinitive_that_is_a_plural_is_the_noun() -> None:
    assert terms("pensioenplannen") == ["pensioenplan", "pensioen", "plan"]
    assert terms("adoptieaanvragen")[:1] == ["adoptieaanvraag"]


@pytest.mark.parametrize(
    ("plural", "singular"),
    [
        ("procureurs-generaal", "procureur-generaal"),
        ("secretarissen-generaal", "secretaris-generaal"),
        ("processen-verbaal", "proces-verbaal"),
    ],
)
def test_a_noun_before_its_adjective_has_the_plural(plural: str, singular: str) -> None:
    assert terms(plural) == terms(singular)


def test_a_small_word_written_with_stress_is_a_stop_word() -> None:
    assert [terms(word) for word in ("vóór", "hét", "niét", "óók")] == [[], [], [], []]
    assert terms("één") == ["een"]  # a number


@pytest.mark.parametrize(
    ("word", "parts"),
    [
        ("minderheidstaal", "minderheid taal"),
        ("gemeenschapstaal", "gemeenschap taal"),
        ("beroepsopleiding", "beroep opleiding"),
        ("toerismewagen", "toerisme wagen"),
    ],
)
def test_a_linking_s_belongs_to_no_part(word: str, parts: str) -> None:
    assert terms(word)[1:] == parts.split()


def test_an_old_and_a_new_spelling_of_a_loan_word_meet() -> None:
    assert {terms(word)[0] for word in ("email", "e-mail", "emails", "e-mails")} == {"email"}


@given(st.text(max_size=40))
def test_every_word_of_any_text_has_distinct_terms_the_first_of_weight_one(text: str) -> None:
    for word in words(text):
        found = analyze_word(word).terms
        assert len({term.term for term in found}) == len(found)
        assert [term.weight for term in found[:1]] in ([], [1.0])
        assert all(term.term and 0 < term.weight <= 1 for term in found)


@cache
def packed() -> bytes:
    return packed_entries()


@cache
def listed() -> Entries:
    return unpack(packed())


@given(st.text(max_size=20) | st.deferred(lambda: st.sampled_from(sorted(listed().lemmas))))
def test_an_analysis_depends_on_the_word_alone_not_on_words_met_before_or_on_how_the_dictionary_is_read(
    word: str,
) -> None:
    assert analyze_word(word) == analyze_word(word, Dictionary(listed()))
    assert analyze_word(word) == analyze_word(word, PackedDictionary(memoryview(packed())))


def test_a_memory_that_is_full_forgets_and_says_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    texts = ["gezondheidszorgbeleid", "regeringsleden", "wiskunde-onderwijs", "politiezones", "arbeidsongevallen"]
    monkeypatch.setattr(lexicon, "_MAX_CACHED", 2)
    asked = Dictionary(listed())
    assert [analyze_word(word, asked) for word in texts * 2] == [analyze_word(word) for word in texts * 2]
    assert max(map(len, asked.cached.values())) <= 2


def test_a_chain_of_very_many_pieces_costs_what_its_different_pieces_cost(monkeypatch: pytest.MonkeyPatch) -> None:
    asked, lemmas = Dictionary(listed()), list[str]()
    is_verb = asked.is_verb

    def is_verb_counted(word: str) -> bool:
        lemmas.append(word)
        return is_verb(word)

    monkeypatch.setattr(asked, "is_verb", is_verb_counted)
    found = analyze_word("l'" * 5000 + "fiets-fiets-huis", asked).terms
    assert found[1:] == analyze_word("l'x-fiets-huis").terms[1:]
    assert len(lemmas) < 100

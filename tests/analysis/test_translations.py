"""Tables of translations: what they say of a word, and the two that are shipped."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from searchq.analysis.folding import fold
from searchq.analysis.translations import DATA, LEARNED, Translation, TranslationTable, dump_table, shipped

PENSION = (Translation(("pensioen",), 0.6), Translation(("pensioendienst",), 0.2))
TABLE = TranslationTable(
    dump_table(
        {"pension": PENSION, "école": [Translation(("school",), 0.8)], "énergie": [Translation(("energie",), 1.0)]},
        {"scolarité": "école", "lycée": "gymnase"},
        "Two words\nand a form.",
    ),
    "fr",
)


@pytest.mark.parametrize(
    ("word", "translations"),
    [
        ("pension", PENSION),
        ("pensions", PENSION),  # an ending of French
        ("École".lower(), (Translation(("school",), 0.8),)),
        ("ecole", (Translation(("school",), 0.8),)),
        ("scolarité", (Translation(("school",), 0.8),)),  # a form of another
        ("lycée", ()),  # a form of a word that has no translation
        ("pens", ()),
        ("", ()),
        ("#", ()),
    ],
)
def test_a_word_is_translated_in_any_form(word: Any, translations: Any) -> None:
    assert TABLE.translations(word) == translations


def test_words_that_translate_another_one_together_are_kept_together() -> None:
    together = [Translation(("sécurité", "routière"), 0.95)]
    data = dump_table({"verkeersveiligheid": together}, {})
    assert data == "verkeersveiligheid sécurité+routière:95\n".encode()
    assert TranslationTable(data, "nl").translations("verkeersveiligheid") == tuple(together)


def test_two_words_are_translated_together_as_they_stand_in_either_number() -> None:
    data = dump_table({"pension+alimentaire": [Translation(("onderhoudsgeld",), 1.0)]}, {})
    table = TranslationTable(data, "fr")
    assert table.translations("pension", "alimentaires") == (Translation(("onderhoudsgeld",), 1.0),)
    assert table.translations("alimentaire", "pension") == table.translations("pension") == ()


@pytest.mark.parametrize(
    ("left", "right", "dutch"),
    [
        ("pension", "alimentaire", "onderhoudsgeld"),
        ("fonds", "pensions", "pensioenfondsen"),
        ("aide", "alimentaire", "voedselhulp"),
    ],
)
def test_the_shipped_table_knows_words_that_are_one_compound_in_dutch(left: str, right: str, dutch: str) -> None:
    assert [one.words for one in shipped("fr").translations(left, right)] == [(dutch,)]


def test_a_table_holds_forms_whatever_their_marks() -> None:
    assert [word in TABLE for word in ("pension", "école", "ecole", "pensions", "")] == [True, True, True, False, False]


def test_no_data_is_an_empty_table() -> None:
    assert TranslationTable(b"", "nl").translations("trein") == ()


_words = st.text("abcdeéèê", min_size=1, max_size=6)
_translations = st.lists(
    st.builds(Translation, st.tuples(_words), st.integers(1, 100).map(lambda percent: percent / 100)),
    min_size=1,
    max_size=4,
)


@given(st.dictionaries(_words, _translations, max_size=12))
def test_a_table_says_what_was_put_into_it(found: Any) -> None:
    table = TranslationTable(dump_table(found, {}), "nl")
    last = {fold(word): tuple(row) for word, row in found.items()}
    assert {word: table.translations(word) for word in last} == last
    assert all(word in table for word in found)


@given(st.dictionaries(_words, _translations, max_size=12), st.text(max_size=8))
def test_any_text_can_be_looked_up(found: Any, text: Any) -> None:
    table = TranslationTable(dump_table(found, {}), "fr")
    assert all(
        translation in [one for row in found.values() for one in row] for translation in table.translations(text)
    )


@pytest.mark.parametrize("language", LEARNED)
def test_the_shipped_tables_are_sorted_small_and_say_where_they_come_from(language: Any) -> None:
    data = (DATA / f"{LEARNED[language]}.txt").read_bytes()
    lines = data.decode().splitlines()
    assert lines == sorted(lines, key=lambda line: line.partition(" ")[0].encode())
    assert len(data) < 450_000
    assert "CC0" in "".join(line for line in lines if line.startswith("#"))


@pytest.mark.parametrize("language", LEARNED)
def test_the_shipped_tables_give_at_most_four_translations_of_some_likelihood(language: Any) -> None:
    for line in (DATA / f"{LEARNED[language]}.txt").read_text(encoding="utf-8").splitlines():
        word, _, row = line.partition(" ")
        if word != "#" and not row.startswith("="):
            found = shipped(language).translations(word)
            assert 1 <= len(found) <= 4
            assert all(0.08 <= one.probability <= 1 for one in found)


@pytest.mark.parametrize(
    ("language", "word", "translation"),
    [
        ("fr", "chômage", "werkloosheid"),
        ("fr", "hopital", "ziekenhuis"),
        ("fr", "prisons", "gevangenis"),
        ("fr", "sncb", "nmbs"),
        ("nl", "onderwijs", "enseignement"),
        ("nl", "treinen", "trains"),
        ("nl", "politie", "police"),
        ("nl", "verkeersveiligheid", "sécurité routière"),
    ],
)
def test_the_shipped_tables_know_what_parliaments_speak_of(language: str, word: str, translation: str) -> None:
    found = shipped(language).translations(word)
    stems = [" ".join(words)[:8] for words, _ in found]
    assert translation[:8] in stems

"""Things with several names: found in queries, learned from documents, extended by the user."""

from pathlib import Path

import pytest

from searchq.analysis.acronyms import ENVIRONMENT, Acronyms, Expansion, learn, names
from searchq.analysis.dutch import analyze_word
from searchq.analysis.tokenizer import words


def stem_of(word: str) -> str:
    found = analyze_word(word).terms
    return found[0].term if found else word


def expansions(query: str) -> list[Expansion]:
    return Acronyms(names(), stem_of).expansions(words(query))


def test_an_acronym_asks_for_its_full_name():
    assert expansions("vertraging NMBS") == [
        Expansion(1, 2, (("nationale", "maatschappij", "der", "belgische", "spoorwegen"),))
    ]


def test_a_full_name_asks_for_its_acronym_whatever_its_inflection():
    assert expansions("communicatie van de federale overheidsdiensten") == [Expansion(3, 5, (("fod",),))]


def test_a_plural_acronym_is_the_acronym():
    assert expansions("steun aan KMO's") == [Expansion(2, 3, (("kleine", "en", "middelgrote", "onderneming"),))]


def test_the_longest_name_at_a_place_is_taken():
    things = ((("a",), ("x", "y", "z")), (("b",), ("x", "y")))
    assert Acronyms(things).expansions(["x", "y", "z", "x", "y"]) == [
        Expansion(0, 3, (("a",),)),
        Expansion(3, 5, (("b",),)),
    ]


def test_a_query_without_names_asks_for_nothing_more():
    assert expansions("wat is het antwoord") == []


def test_at_least_150_acronyms_are_shipped():
    assert sum(any(len(name) > 1 for name in thing) for thing in names()) >= 150


def test_a_user_adds_names_in_a_file_of_his_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    own = tmp_path / "names.txt"
    own.write_text("# of our own\nXYZ = Xylofoon van Zaventem  # a comment\n", encoding="utf-8")
    monkeypatch.setenv(ENVIRONMENT, str(own))
    assert names()[-1] == (("xyz",), ("xylofoon", "van", "zaventem"))
    assert names(own) == names()


def test_documents_teach_the_acronyms_they_spell_out():
    texts = [
        "De Federale Overheidsdienst (FOD) Buitenlandse Zaken antwoordt.",
        "Zie de Federale Overheidsdienst (FOD) en de Dienst voor Blauwe Fietsen (DBF).",
        "De Dienst voor Blauwe Fietsen (DBF) werd opgericht.",
    ]
    assert sorted(learn(texts)) == [
        ("dbf", ("dienst", "voor", "blauwe", "fietsen")),
        ("fod", ("federale", "overheidsdienst")),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "de minister (CD&V) antwoordt",
        "de heer Jan Peeters (PS)",
        "een groene fiets (VZW)",
        "de vraag (zie bijlage)",
        "het bedrag (EUR)",
    ],
)
def test_what_only_stands_in_brackets_teaches_nothing(text: str):
    assert learn([text], at_least=1) == []


def test_a_name_met_once_is_not_yet_believed():
    assert learn(["de Dienst voor Blauwe Fietsen (DBF)"]) == []

"""Things with several names: found in queries, learned from documents, extended by the user."""

from pathlib import Path

import pytest

from searchq.analysis.acronyms import ENVIRONMENT, Acronyms, Expansion, dump_forms, load_forms, names, unknown
from searchq.analysis.dutch import analyze_word
from searchq.analysis.tokenizer import words


def stem_of(word: str) -> str:
    found = analyze_word(word).terms
    return found[0].term if found else word


def expansions(query: str) -> list[Expansion]:
    return Acronyms(names(), stem_of).expansions(words(query))


def test_an_acronym_asks_for_its_full_name() -> None:
    assert expansions("vertraging NMBS") == [
        Expansion(1, 2, (("nationale", "maatschappij", "der", "belgische", "spoorwegen"),))
    ]


def test_a_full_name_asks_for_its_acronym_whatever_its_inflection() -> None:
    assert expansions("communicatie van de federale overheidsdiensten") == [Expansion(3, 5, (("fod",),))]


def test_a_full_name_is_found_without_its_small_words_too() -> None:
    idle = {"voor", "der", "en", "de", "van"}.__contains__
    known = Acronyms((*names(), (("ab",), ("de", "bank"))), stem_of, is_idle=idle)
    assert known.expansions(["steun", "openbare", "centra", "maatschappelijk", "welzijn"]) == [
        Expansion(1, 5, (("ocmw",),))
    ]
    assert known.expansions(words("het openbaar centrum voor maatschappelijk welzijn")) == [
        Expansion(1, 6, (("ocmw",),))
    ]
    assert known.expansions(["bank"]) == []  # one word of a name is not the name


def test_a_plural_acronym_is_the_acronym() -> None:
    assert expansions("steun aan KMO's") == [Expansion(2, 3, (("kleine", "en", "middelgrote", "onderneming"),))]


def test_a_name_with_a_hyphen_is_found_without_it() -> None:
    assert expansions("proces verbaal") == [Expansion(0, 2, (("pv",),))]
    assert expansions("processen-verbaal") == [Expansion(0, 1, (("pv",),))]


def test_the_longest_name_at_a_place_is_taken() -> None:
    things = ((("a",), ("x", "y", "z")), (("b",), ("x", "y")))
    assert Acronyms(things).expansions(["x", "y", "z", "x", "y"]) == [
        Expansion(0, 3, (("a",),)),
        Expansion(3, 5, (("b",),)),
    ]


def test_a_query_without_names_asks_for_nothing_more() -> None:
    assert expansions("wat is het antwoord") == []


def test_at_least_150_acronyms_are_shipped() -> None:
    assert sum(any(len(name) > 1 for name in thing) for thing in names()) >= 150


def test_a_user_adds_names_in_a_file_of_his_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    own = tmp_path / "names.txt"
    own.write_text("# of our own\nXYZ = Xylofoon van Zaventem  # a comment\n", encoding="utf-8")
    monkeypatch.setenv(ENVIRONMENT, str(own))
    assert names()[-1] == (("xyz",), ("xylofoon", "van", "zaventem"))
    assert names(own) == names()


def test_a_line_of_the_users_replaces_the_shipped_one_of_that_name(tmp_path: Path) -> None:
    own = tmp_path / "names.txt"
    own.write_text("NMBS = Nieuwe Maatschappij", encoding="utf-8")
    found = [thing for thing in names(own) if thing[0] == ("nmbs",)]
    assert found == [(("nmbs",), ("nieuwe", "maatschappij"))]


def test_what_documents_teach_counts_only_where_nothing_else_names_the_acronym() -> None:
    learned = unknown([("nmbs", ("neen", "maar")), ("dbf", ("dienst", "blauwe", "fietsen"))], names())
    assert learned == ((("dbf",), ("dienst", "blauwe", "fietsen")),)
    assert Acronyms(names(), stem_of, learned).expansions(["dbf", "en", "nmbs"]) == [
        Expansion(0, 1, (("dienst", "blauwe", "fietsen"),), learned=True),
        Expansion(2, 3, (("nationale", "maatschappij", "der", "belgische", "spoorwegen"),)),
    ]


def test_long_forms_are_kept_as_lines() -> None:
    forms = [("dbf", ("dienst", "blauwe", "fietsen")), ("ecc", ("één", "ci"))]
    assert load_forms(dump_forms(forms)) == forms
    assert load_forms(b"") == []

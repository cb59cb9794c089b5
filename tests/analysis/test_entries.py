"""The entries of the dictionary are the same, compiled or kept."""

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from searchq.analysis import entries as module
from searchq.analysis.entries import compiled, packed_entries
from searchq.analysis.folding import fold
from searchq.analysis.packed import Entries, PackedDictionary, digest_of, pack, unpack
from searchq.analysis.user_cache import ENVIRONMENT

WORDS = st.text("dehuë", min_size=1, max_size=3)


@pytest.fixture(scope="module")
def listed() -> Entries:
    return compiled()


@pytest.fixture(scope="module")
def few(listed: Any) -> Entries:
    """The entries of one beginning: all of them take seconds to pack."""
    lemmas = {form: lemma for form, lemma in listed.lemmas.items() if form.startswith("hu")}
    kept = set(lemmas.values())
    unmarked = {form: lemma for form, lemma in listed.unmarked.items() if lemma in kept}
    return Entries(lemmas, unmarked, listed.verbs & kept, listed.nouns & kept)


@pytest.fixture
def compilations(few: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[Entries]:
    """An empty cache, and what was compiled while a test ran."""
    found: list[Entries] = []
    monkeypatch.setenv(ENVIRONMENT, str(tmp_path))
    monkeypatch.setattr(module, "compiled", lambda: found.append(few) or few)  # type: ignore[func-returns-value]
    return found


def test_a_form_has_its_lemma_in_lower_case(listed: Any) -> None:
    assert {form: listed.lemmas[form] for form in ("huizen", "werkt", "belgië", "wiskunde", "leden")} == {
        "huizen": "huis",
        "werkt": "werken",
        "belgië": "belgië",
        "wiskunde": "wiskunde",
        "leden": "lid",
    }
    assert all(form == form.lower() and lemma == lemma.lower() for form, lemma in listed.lemmas.items())


def test_verbs_and_nouns_are_lemmas_and_never_both(listed: Any) -> None:
    assert {"werken", "aanbieden"} <= listed.verbs
    assert {"huis", "wetenschap"} <= listed.nouns
    assert not listed.verbs & listed.nouns
    assert listed.verbs | listed.nouns <= set(listed.lemmas.values())


def test_a_form_with_marks_is_listed_without_them_too(listed: Any) -> None:
    assert listed.unmarked["geinterneerden"] == "geïnterneerde"
    assert set(listed.unmarked) == {fold(form) for form in listed.lemmas if not form.isascii()} - listed.lemmas.keys()


def test_entries_are_compiled_once_and_read_ever_after(few: Any, compilations: Any) -> None:
    assert [unpack(packed_entries()) for _ in range(3)] == [few] * 3
    assert len(compilations) == 1


@settings(max_examples=30)  # a packed dictionary has 65,536 buckets, whatever it holds
@given(st.dictionaries(WORDS, WORDS, max_size=30), WORDS)
def test_any_entries_read_as_they_were_packed(lemmas: Any, other: Any) -> None:
    verbs = {lemma for form, lemma in lemmas.items() if form == lemma + "d"}
    nouns = {lemma for form, lemma in lemmas.items() if form != lemma} - verbs
    unmarked = {fold(form): lemma for form, lemma in lemmas.items() if fold(form) not in lemmas}
    packed = pack(Entries(lemmas, unmarked, verbs, nouns))
    assert unpack(packed) == Entries(lemmas, unmarked, verbs, nouns)
    found = PackedDictionary(memoryview(packed))
    for word in (*lemmas, *lemmas.values(), *unmarked, other):
        assert found.lemma(word) == lemmas.get(word)
        assert found.unmarked_lemma(word) == (lemmas.get(fold(word)) or unmarked.get(fold(word)))
        assert found.is_listed(word) == (word in lemmas)
        assert (found.is_verb(word), found.is_noun(word)) == (word in verbs, word in nouns)


def test_a_dictionary_is_named_by_what_it_holds() -> None:
    one, same, other = (pack(Entries({"huizen": lemma}, {}, set(), {lemma})) for lemma in ("huis", "huis", "huiz"))
    assert digest_of(one) == digest_of(same) != digest_of(other)


def test_without_a_cache_they_are_compiled_each_time(
    few: Any, compilations: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(ENVIRONMENT, "")
    assert [unpack(packed_entries()) for _ in range(2)] == [few] * 2
    assert len(compilations) == 2


def test_entries_that_were_damaged_are_compiled_anew(few: Any, compilations: Any, tmp_path: Path) -> None:
    packed_entries()
    (file,) = tmp_path.iterdir()
    data = file.read_bytes()
    file.write_bytes(data[: len(data) // 2])
    assert [unpack(packed_entries()), unpack(packed_entries())] == [few] * 2
    assert len(compilations) == 2


def test_another_simplemma_has_entries_of_its_own(
    compilations: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    packed_entries()
    installed = module._installed("simplemma")
    assert any(name.endswith("nl.plzma") for name, _, _ in installed)
    monkeypatch.setattr(module, "_installed", lambda package: [(name, size + 1, at) for name, size, at in installed])
    packed_entries()
    assert (len(compilations), len(list(tmp_path.iterdir()))) == (2, 2)


def test_processes_that_start_together_find_the_same_entries(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(ENVIRONMENT, str(tmp_path))
    processes = [subprocess.Popen([sys.executable, "-c", ASKING], stdout=subprocess.PIPE) for _ in range(2)]
    answers = [process.communicate()[0].decode() for process in processes]
    assert answers == ["huis\n"] * 2
    assert len(list(tmp_path.iterdir())) == 1
    assert unpack(packed_entries()) == Entries({"huizen": "huis", "huis": "huis"}, {}, set(), {"huis"})


ASKING = """
from searchq.analysis import entries
from searchq.analysis.packed import Entries

entries.compiled = lambda: Entries({"huizen": "huis", "huis": "huis"}, {}, set(), {"huis"})
from searchq.analysis.lexicon import dictionary

print(dictionary().lemma("huizen"))
"""

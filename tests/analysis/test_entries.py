"""The entries of the dictionary are the same, compiled or kept."""

import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from searchq.analysis import entries as module
from searchq.analysis.entries import Entries, compiled, entries
from searchq.analysis.folding import fold
from searchq.analysis.user_cache import ENVIRONMENT

WORDS = st.text("dehuë", min_size=1, max_size=3)


@pytest.fixture(scope="module")
def listed() -> Entries:
    return compiled()


@pytest.fixture
def compilations(listed, tmp_path: Path, monkeypatch) -> list[Entries]:
    """An empty cache, and what was compiled while a test ran."""
    found: list[Entries] = []
    monkeypatch.setenv(ENVIRONMENT, str(tmp_path))
    monkeypatch.setattr(module, "compiled", lambda: found.append(listed) or listed)
    return found


def test_a_form_has_its_lemma_in_lower_case(listed):
    assert {form: listed.lemmas[form] for form in ("huizen", "werkt", "belgië", "wiskunde", "leden")} == {
        "huizen": "huis",
        "werkt": "werken",
        "belgië": "belgië",
        "wiskunde": "wiskunde",
        "leden": "lid",
    }
    assert all(form == form.lower() and lemma == lemma.lower() for form, lemma in listed.lemmas.items())


def test_verbs_and_nouns_are_lemmas_and_never_both(listed):
    assert {"werken", "aanbieden"} <= listed.verbs
    assert {"huis", "wetenschap"} <= listed.nouns
    assert not listed.verbs & listed.nouns
    assert listed.verbs | listed.nouns <= set(listed.lemmas.values())


def test_a_form_with_marks_is_listed_without_them_too(listed):
    assert listed.unmarked["officiele"] == "officiële"
    assert set(listed.unmarked) == {fold(form) for form in listed.lemmas if not form.isascii()}


def test_entries_are_compiled_once_and_read_ever_after(listed, compilations):
    assert [entries() for _ in range(3)] == [listed] * 3
    assert len(compilations) == 1


@given(st.dictionaries(WORDS, WORDS))
def test_any_entries_read_as_they_were_written(lemmas):
    verbs = {lemma for form, lemma in lemmas.items() if form == lemma + "d"}
    nouns = {lemma for form, lemma in lemmas.items() if form != lemma} - verbs
    made = Entries(lemmas, {fold(form): form for form in lemmas if not form.isascii()}, verbs, nouns)
    assert module._read(module._written(made)) == made


def test_without_a_cache_they_are_compiled_each_time(listed, compilations, monkeypatch):
    monkeypatch.setenv(ENVIRONMENT, "")
    assert [entries() for _ in range(2)] == [listed] * 2
    assert len(compilations) == 2


def test_entries_that_were_damaged_are_compiled_anew(listed, compilations, tmp_path):
    entries()
    (file,) = tmp_path.iterdir()
    file.write_bytes(file.read_bytes()[:100_000])
    assert [entries(), entries()] == [listed] * 2
    assert len(compilations) == 2


def test_another_simplemma_has_entries_of_its_own(compilations, tmp_path, monkeypatch):
    entries()
    installed = module._installed("simplemma")
    assert any(name.endswith("nl.plzma") for name, _, _ in installed)
    monkeypatch.setattr(module, "_installed", lambda package: [(name, size + 1, at) for name, size, at in installed])
    entries()
    assert (len(compilations), len(list(tmp_path.iterdir()))) == (2, 2)


def test_processes_that_start_together_find_the_same_entries(listed, tmp_path, monkeypatch):
    monkeypatch.setenv(ENVIRONMENT, str(tmp_path))
    asking = "from searchq.analysis.entries import entries; print(len(entries().lemmas))"
    processes = [subprocess.Popen([sys.executable, "-c", asking], stdout=subprocess.PIPE) for _ in range(2)]
    answers = [process.communicate()[0].decode() for process in processes]
    assert answers == [f"{len(listed.lemmas)}\n"] * 2
    assert len(list(tmp_path.iterdir())) == 1
    assert entries() == listed

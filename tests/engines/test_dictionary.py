"""The dictionary of an index: a search analyses any word as the documents were, whatever is installed by now."""

import shutil
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from searchq.analysis import dutch, lexicon
from searchq.analysis.lexicon import dictionary
from searchq.analysis.packed import Entries, digest_of, pack, unpack
from searchq.engines.embedded.engine import EmbeddedEngine
from searchq.engines.embedded.facet_values import QueryVocabulary
from searchq.index.format.manifest import DICTIONARY, read_manifest
from searchq.index.read.reader import open_snapshot
from searchq.query.request import Request
from searchq.question import Question
from tests.writes import add

QUESTIONS = (
    Question("5-1", question="Welke dokter onderzocht de patiënt?"),
    Question("5-2", question="De regels zijn los van elkaar te lezen."),
    Question("5-3", question="Wat is het beleid voor wiskunde in het onderwijs?"),
)
FORMS = st.deferred(lambda: st.sampled_from(sorted(unpack(lexicon.packed_dictionary()).lemmas)))
LETTERS = st.text("abdeghiklmnorstuvzëï'-", min_size=1, max_size=14)


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Any:
    made = EmbeddedEngine(tmp_path_factory.mktemp("index"))
    add(made, QUESTIONS)
    return made


def found(engine: Any, text: Any) -> Any:
    return [hit.number for hit in engine.search(Request(text=text)).hits]


def test_a_form_that_no_document_holds_finds_its_word(engine: Any) -> None:
    assert found(engine, "doktoren") == ["5-1"]
    assert found(engine, "patienten") == ["5-1"]
    assert found(engine, "wiskundebeleid") == ["5-3"]  # by its parts
    assert found(engine, "lozen") == []  # which is no form of los


@given(st.lists(FORMS | LETTERS, min_size=5, max_size=20))
def test_any_word_is_searched_for_by_the_terms_that_it_has_in_documents(engine: Any, words: Any) -> None:
    vocabulary = QueryVocabulary(engine._newest())
    for word in [*words, "dokter", "patiënt", "beleid"]:
        assert (vocabulary.held(word) or vocabulary.analyzed(word)).terms == dutch.analyze_word(word).terms


def test_the_file_is_named_by_what_it_holds_and_checked(engine: Any, tmp_path: Path) -> None:
    shutil.copytree(engine.directory, tmp_path / "copy")
    name = read_manifest(tmp_path / "copy").blobs[DICTIONARY]
    assert digest_of(lexicon.packed_dictionary()) in name
    path = tmp_path / "copy" / name
    path.write_bytes(path.read_bytes()[:-1] + b"x")
    assert EmbeddedEngine(tmp_path / "copy").verify() == [f"{name} was altered: its SHA-256 differs from the manifest."]


def test_an_index_keeps_its_dictionary_when_the_installation_has_another(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    entries = unpack(lexicon.packed_dictionary())
    own = pack(Entries({**entries.lemmas, "flurpen": "florp"} | {"florp": "florp"}, {}, entries.verbs, entries.nouns))
    with monkeypatch.context() as patch:
        patch.setattr("searchq.index.write.writer.packed_dictionary", lambda: own)
        add(EmbeddedEngine(tmp_path), QUESTIONS)
    engine = EmbeddedEngine(tmp_path)
    add(engine, [Question("5-4", question="Hoeveel flurpen?"), Question("5-5", question="Een florp is genoeg.")])
    assert set(found(engine, "florp")) == {"5-4", "5-5"}
    assert dictionary().lemma("flurpen") is None
    with engine.update(rebuild=True) as update:
        update.put(Question("5-4", question="Hoeveel flurpen?"))
        update.commit()
    assert (found(engine, "florp"), len(open_snapshot(tmp_path).numbers())) == ([], 1)

"""Whatever is typed and whatever a text holds, results come, in their time."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from searchq.api import open_index
from searchq.question import Question
from searchq.results.fragments import LONG_SENTENCE
from searchq.results.snippets import shown
from tests.results.vocabulary import Words, highlighter

HOSTILE = [
    "(" * 1000, "NOT OR x", " OR ".join(f"woord{i}" for i in range(500)), "*" * 10_000, "a" * 100_000, '"' * 501,
    "[a TO z]", "titel:" * 60, "\x00\ud800 \u202e", "<script>alert(1)</script>", "gevangenis~ " * 30, "zikenhius " * 40,
]  # fmt: skip


@pytest.fixture(scope="module")
def opened(small_index: Any) -> Any:
    return open_index(small_index)


@pytest.mark.parametrize("text", HOSTILE, ids=lambda text: repr(text[:12]))
def test_any_query_is_answered(opened: Any, text: Any) -> None:
    page = opened.search(text, party="MR")
    assert page.total == len(page.hits) == 0
    assert opened.suggest(text) is not None


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=60))
def test_any_text_is_answered(opened: Any, text: Any) -> None:
    page = opened.search(text, facets=["party"])
    for hit in page.hits:
        for snippet in hit.snippets:
            assert all(0 <= start < end <= len(snippet.text) for start, end in snippet.highlights)
    opened.suggest(text)


@given(st.text(max_size=400))
def test_any_document_text_gives_bounded_fragments(text: Any) -> None:
    marks = highlighter([("text", "a")], Words({"a": ["a", "1", "ab", "é"]}))
    for snippet in shown([Question("5-1", question=text)], marks)[0].snippets:
        assert snippet.text in text
        assert len(snippet.text) <= LONG_SENTENCE + 1


def test_a_text_without_blanks_costs_no_more_than_one_with() -> None:
    marks = highlighter([("text", "a")], Words({"a": ["trein"]}))
    (snippet,) = shown([Question("5-1", question="x" * 500_000)], marks)[0].snippets
    assert len(snippet.text) <= LONG_SENTENCE + 1


@pytest.mark.parametrize("unit", ["A(", "…a", "a-.…", "…n.m.b.s.A", "trein,trein."])
def test_a_phrase_in_a_text_without_blanks_is_sought_near_its_words_only(unit: str) -> None:
    phrases = [("question_exact", ("a", "a")), ("question_exact", ("trein", "trein"))]
    marks = highlighter([("text", "a")], Words({"a": ["a", "trein"]}), phrases)
    (found,) = shown([Question("5-1", question=unit * (250_000 // len(unit)))], marks)
    assert all(len(snippet.text) <= LONG_SENTENCE + 1 for snippet in found.snippets)

"""Snippets are made in C as they are in Python."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from searchq.analysis.typography import UNEVEN_SIGNS
from searchq.query.hits import HighlightTerm
from searchq.question import FrenchText, Question
from searchq.results import compiled
from searchq.results.highlights import Highlighter
from searchq.results.needles import level_of
from searchq.results.page import Snippet
from searchq.results.snippets import _snippets, highlights, shown

fragments = pytest.importorskip("searchq.kernel.fragments", reason="searchq was installed without a compiler")
marks = pytest.importorskip("searchq.kernel.marks", reason="searchq was installed without a compiler")

T = TypeVar("T")

WORDS = [
    "trein",
    "treinen",
    "eu",
    "a",
    "nmbs",
    "1565",
    "één",
    "sneltrein",
    "foto's",
    "x" * 70,
    "de",
    "straße",
    "e.d",
    "-",
]
PIECES = st.sampled_from(
    [*WORDS, "(Trein),", "„EU”", "N.M.B.S.", "1.565", "1 565", "EU?2.", "trei\u00adn", "ﬁets", "trein-\neu",
     "ÉÉN", "É",
     "Europa", "nr.", "d.d.", "art.", "J.", "1. ", "2. a. ", "b) ", "ook.De", "werken. De", "werken. «De",
     "…", "!", "?\n", ".\n\n", "“Ja.” Nee", "\u2003", "\xa0", "\u202f", "\x1f", "\ud83d", "😀",
     "ǅ.", "Ⅷ.X", "²", "_trein", "y" * 250]
)  # fmt: skip
TEXT = st.lists(PIECES | st.sampled_from([" ", " ", ". ", "\n"]) | st.text(max_size=6), max_size=60).map("".join)
PLACE = st.tuples(st.integers(0, 900), st.integers(0, 40), st.integers(0, 5), st.floats(0, 9, width=16))
MARKS = st.lists(PLACE, max_size=40).map(lambda all: sorted((at, at + size, term, w) for at, size, term, w in all))


@contextmanager
def without_kernel() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(compiled, "fragments", None)
        patch.setattr(compiled, "marks", None)
        yield


def both(made: Callable[[], T]) -> tuple[T, T]:
    """What is made with the kernel, and without."""
    with_kernel = made()
    with without_kernel():
        return with_kernel, made()


@given(st.text() | TEXT)
def test_levels_are_those_of_python(text: str) -> None:
    fast, slow = both(lambda: level_of(text))
    assert fast == slow
    assert len(fast) == len(text)


@given(TEXT, st.binary(min_size=256, max_size=256))
def test_levels_follow_any_table(text: str, table: bytes) -> None:
    signs = {**dict(enumerate(table)), ord("!"): table[ord(".")], ord("?"): table[ord(".")]}
    expected = [signs.get(ord(sign), ord("!" if sign in UNEVEN_SIGNS else "?")) for sign in text]
    assert marks.level_of(text, table) == bytes(expected)


def test_long_levels_are_those_of_python() -> None:
    every = "".join(map(chr, range(0x180)))
    for text in (every[:128] * 3, every[:256] * 2, every + every[:128] * 2, every[::-1] + "😀" + every[5:]):
        fast, slow = both(lambda: level_of(text))  # noqa: B023
        assert fast == slow


def test_uneven_signs_stand_apart_in_levels() -> None:
    fast, slow = both(lambda: level_of(f"{UNEVEN_SIGNS}?!€aÉ"))
    assert fast == slow == b"!" * len(UNEVEN_SIGNS) + b"..?ae"


@given(st.lists(TEXT, min_size=1, max_size=4), st.lists(st.sampled_from(WORDS), min_size=2, max_size=4))
def test_marks_of_phrases_are_those_of_python(texts: list[str], words: list[str]) -> None:
    text = "".join(f"{one} {words[0]} {' '.join(words)}" for one in texts)
    terms = [HighlightTerm("text", "p", tuple(words), weight=9.0, phrase=True)]
    fast, slow = both(lambda: Highlighter(terms).marks([("question", text), ("answer", texts[0])]))
    assert fast == slow


@given(st.lists(TEXT, min_size=1, max_size=4), st.lists(st.sampled_from(WORDS), min_size=1, max_size=9), st.booleans())
def test_marks_are_those_of_python(texts: list[str], words: list[str], has_phrase: bool) -> None:
    terms = [HighlightTerm("text", word, (word, f"{word}en"), weight=1 + place) for place, word in enumerate(words)]
    terms += [HighlightTerm("text", "p", tuple(words[:2]), weight=9.0, phrase=True)] * has_phrase
    fast, slow = both(lambda: Highlighter(terms).marks([("question", text) for text in texts]))
    assert fast == slow


def marked(text: str, found: list[Any]) -> list[Any]:
    """Return the marks that are within a text."""
    return [mark for mark in found if mark[1] <= len(text)]


@settings(max_examples=200)
@given(st.lists(st.lists(st.tuples(TEXT, MARKS), max_size=4), max_size=3))
def test_what_is_shown_of_marked_texts_is_that_of_python(bodies: list[list[tuple[str, list[Any]]]]) -> None:
    given_texts: Any = [
        [("answer", text, bool(place), marked(text, found)) for place, (text, found) in enumerate(body)]
        for body in bodies
    ]
    fast, slow = both(lambda: _snippets(given_texts))
    assert fast == slow


@given(st.lists(st.tuples(st.integers(0, 2000), st.integers(0, 3)), max_size=20), st.integers(0, 2))
def test_a_second_fragment_of_a_long_text_is_that_of_python(places: list[tuple[int, int]], texts: int) -> None:
    text = "De trein rijdt niet. Waarom staat hij stil? " * 60
    found = sorted((at, at + 5, term, 1.0 + term) for at, term in places)
    body: Any = [
        ("question", text, False, found),
        *[("french", f"{text}!", True, found[:place]) for place in range(texts)],
    ]
    fast, slow = both(lambda: _snippets([body]))
    assert fast == slow


@given(TEXT, TEXT, TEXT, st.lists(st.sampled_from(WORDS), min_size=1, max_size=5))
def test_snippets_are_those_of_python(asked: str, answered: str, french: str, words: list[str]) -> None:
    question = Question("5-1", title=asked[:30], question=asked, answer=answered, french=FrenchText(answer=french))
    terms = [HighlightTerm("text", word, (word,), weight=1.0 + place) for place, word in enumerate(words)]
    terms += [HighlightTerm("french", word, (word,), weight=2.0) for word in words]
    fast, slow = both(lambda: (shown([question] * 2, Highlighter(terms)), highlights(question, Highlighter(terms))))
    assert fast == slow


RULES = (frozenset({"nr"}), lambda before: False, 160, 300, 600, 70, 30, 24, 7)


def show(*bodies: Any, choice: Any = (200, 0.15, 0.4), rules: Any = RULES, make: Any = Snippet) -> Any:
    return fragments.shown(list(bodies), choice, rules, make)


def show_text(text: Any, found: Any, rules: Any = RULES, make: Any = Snippet) -> Any:
    return show([("question", text, False, found)], rules=rules, make=make)


@pytest.mark.parametrize(
    "wrong",
    [
        lambda: marks.level_of("a", b"abc"),
        lambda: marks.level_of(b"a", bytes(256)),
        lambda: marks.breaks(b"a- b"),
        lambda: marks.stretches("a", (b"a", False), (), 9, 200, 1, 1),
        lambda: marks.stretches(b"a", [b"a", False], (), 9, 200, 1, 1),
        lambda: marks.stretches(b"a", (b"", False), (), 9, 200, 1, 1),
        lambda: marks.stretches(b"a", (b"a", False), [], 9, 200, 1, 1),
        lambda: marks.stretches(b"a", (b"a", False), (3,), 9, 200, 1, 1),
        lambda: marks.stretches(b"a", (b"a", False), ((3,),), 9, 200, 1, 1),
        lambda: marks.stretches(b"a", (b"a", False), (((b"a", False),) * 65,), 9, 200, 1, 1),
        lambda: marks.stretches(b"a", (b"a", False), (), 9, 200, -1, 1),
        lambda: marks.word_places("trein", b"tre", b"e", False, 9, 200, {}, str.split),
        lambda: marks.word_places("trein", b"trein", b"", False, 9, 200, {}, str.split),
        lambda: marks.word_places("trein", b"trein", b"e", False, 9, -1, {}, str.split),
        lambda: marks.word_places("tr8in", b"tr8in", b"r", False, 9, 200, {}, str.split),
        lambda: marks.word_places("tr8in", b"tr8in", b"r", False, 9, 200, {}, lambda piece: 1 // 0),
        lambda: marks.word_places("trein", b"trein", b"r", False, 9, 200, {"trein": 3}, str.split),
        lambda: marks.by_text([(1, 2, 3)], (9,)),
        lambda: marks.by_text([3], (9,)),
        lambda: marks.by_text([], (-1,)),
        lambda: marks.by_text([], ("a",)),
        lambda: show_text("trein", [(0, 1, -1, 1.0)]),
        lambda: show_text("trein", [(0, 1, 1 << 40, 1.0)]),
        lambda: show_text("trein", [(0, 1, "a", 1.0)]),
        lambda: show_text("trein", [(0, 1, 1, "a")]),
        lambda: show_text("trein", [(0, 1, 1, 1 << 2000)]),
        lambda: show_text("trein", [(0, 1 << 70, 1, 1.0)]),
        lambda: show_text("trein", [(2, 1, 1, 1.0)]),
        lambda: show_text("trein", [(-1, 1, 1, 1.0)]),
        lambda: show_text("trein", [(1, 6, 1, 1.0)]),
        lambda: show_text("trein", [(0,)]),
        lambda: show_text("trein", [3]),
        lambda: show_text("trein", ()),
        lambda: show_text(b"trein", []),
        lambda: show_text("trein", [], rules=RULES[1:]),
        lambda: show_text("trein", [], make=None),
        lambda: show_text("trein", [], make=lambda *_: 1 // 0),
        lambda: show_text("Ja nu. De trein", [(7, 9, 1, 1.0)], rules=(RULES[0], lambda before: 1 // 0, *RULES[2:])),
        lambda: show(None),
        lambda: show([("question", "trein", False)]),
        lambda: show([], choice=(200, 0.15)),
        lambda: fragments.shown(None, (200, 0.15, 0.4), RULES, Snippet),
    ],
)
def test_what_makes_no_sense_is_refused(wrong: Callable[[], Any]) -> None:
    with pytest.raises((TypeError, ValueError, OverflowError, ZeroDivisionError)):
        wrong()


def test_the_most_places_of_a_needle_count_those_in_one_piece() -> None:
    words = {"aa": (1, 1.0)}
    found = marks.word_places("aa aa aa", b"aa aa aa", b"a", False, 3, 200, words, str.split)
    assert found == [(0, 2, 1, 1.0), (3, 5, 1, 1.0)]

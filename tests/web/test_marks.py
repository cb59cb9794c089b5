"""Highlights never change a text, whatever ranges come with it."""

from collections.abc import Sequence
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from searchq.web.marks import Link, Piece, Ranges, Stretch, paragraphs, pieces, split_at

ranges = st.lists(st.tuples(st.integers(-5, 60), st.integers(-5, 60)), max_size=6)


def cut(text: str, marks: Ranges) -> list[Piece]:
    return pieces(Stretch(text, marks, 0, len(text)))


def test_a_text_is_cut_along_its_ranges() -> None:
    assert cut("de sociale media", [(3, 10)]) == [
        Piece("de ", False),
        Piece("sociale", True),
        Piece(" media", False),
    ]


def test_words_marked_one_after_the_other_are_marked_as_one() -> None:
    assert cut("sociale media nu", [(0, 7), (8, 13)]) == [Piece("sociale media", True), Piece(" nu", False)]


@given(st.text(max_size=50), ranges)
def test_pieces_joined_are_the_text(text: Any, marks: Any) -> None:
    assert "".join(piece.text for piece in cut(text, marks)) == text


@given(st.text(max_size=50), ranges, st.integers(0, 50))
def test_a_text_cut_in_two_is_still_the_text(text: Any, marks: Any, place: Any) -> None:
    parts = split_at(text, marks, min(place, len(text)))
    assert "".join(piece.text for part in parts if part for piece in pieces(part)) == text


links = ranges.map(lambda found: [Link(*one, "/vraag/5-1") for one in sorted(found)])


@given(st.text("ab \n\u00a0•", max_size=60), ranges, links)
def test_paragraphs_keep_every_letter(text: Any, marks: Any, links: Any) -> None:
    kept = [
        "".join(piece.text for run in one for piece in pieces(run.stretch)) for one in paragraphs(text, marks, links)
    ]
    assert kept == [line.strip() for line in text.splitlines() if line.strip()]


def runs(text: str, marks: Ranges, links: Sequence[Link] = ()) -> list[list[tuple[list[Piece], str | None]]]:
    """The pieces of each run, with its link, by paragraph."""
    return [[(pieces(run.stretch), run.path) for run in one] for one in paragraphs(text, marks, links)]


def test_a_mark_in_a_later_paragraph_stays_on_its_word() -> None:
    assert runs("een\n\n  twee drie\n", [(12, 16)]) == [
        [([Piece("een", False)], None)],
        [([Piece("twee ", False), Piece("drie", True)], None)],
    ]


def test_a_link_keeps_the_marks_within_it() -> None:
    assert runs("zie vraag 5-1 nu", [(4, 9)], [Link(4, 13, "/vraag/5-1")]) == [
        [
            ([Piece("zie ", False)], None),
            ([Piece("vraag", True), Piece(" 5-1", False)], "/vraag/5-1"),
            ([Piece(" nu", False)], None),
        ]
    ]

"""Text for people and rows for programs: wrapping, highlighting, cells, files that replace others."""

from pathlib import Path
from typing import Any

import click
import pytest
from hypothesis import given
from hypothesis import strategies as st

from searchq.cli.bars import bar
from searchq.cli.output import output_file
from searchq.cli.terminal import columns, paragraph
from searchq.cli.texts import count

WORDS = st.lists(st.text("abcé\u00a0", min_size=1, max_size=12), max_size=40)


@given(WORDS, st.integers(0, 8), st.integers(0, 8))
def test_a_paragraph_holds_all_words_in_lines_that_fit(words: Any, indent: Any, hanging: Any) -> None:
    text = " ".join(words)
    lines = list(paragraph(text, label="to: ", indent=indent, hanging=hanging))
    plain = [click.unstyle(line) for line in lines]
    assert " ".join(line.strip(" ") for line in plain).removeprefix("to: ") == text
    assert all(len(line) <= 110 for line in plain)


@given(WORDS, st.data())
def test_a_paragraph_highlights_just_its_ranges(words: Any, data: Any) -> None:
    text = " ".join(words)
    cuts = sorted(set(data.draw(st.lists(st.integers(0, len(text)), max_size=6))))
    ranges = list(zip(cuts[::2], cuts[1::2], strict=False))
    marked = "".join(line.replace("\x1b[33m\x1b[1m", "[").replace("\x1b[0m", "]") for line in paragraph(text, ranges))
    inside = "".join(part.partition("]")[0] for part in marked.split("[")[1:])
    wanted = "".join(text[start:end] for start, end in ranges)
    assert inside.replace(" ", "") == wanted.replace(" ", "")


def test_a_no_break_space_holds_a_line_together() -> None:
    text = "x" * 105 + " 1\u00a0190 personen"
    assert list(paragraph(text)) == ["x" * 105, "1\u00a0190 personen"]


def test_a_word_longer_than_the_line_stands_alone() -> None:
    assert list(paragraph(f"a {'x' * 200} b")) == ["a", "x" * 200, "b"]


def test_columns_are_cut_where_they_must_fit_and_nowhere_else() -> None:
    rows = [["number", "title"], ["5-1", "Energie en klimaat"]]
    assert list(columns(rows)) == ["number  title", "5-1     Energie en klimaat"]
    assert list(columns(rows, 18)) == ["number  title", "5-1     Energie e…"]


@pytest.mark.parametrize(("share", "drawn"), [(0, ""), (0.001, "▏"), (0.5, "█████"), (0.55, "█████▌"), (1, "█" * 10)])
def test_a_bar_is_drawn_to_an_eighth_and_never_empty_for_something(share: float, drawn: Any) -> None:
    assert bar(share, 10) == drawn


def test_counts_agree_with_their_noun() -> None:
    assert [count(n, "question", "questions") for n in (0, 1, 2, 3811)] == [
        "0 questions",
        "1 question",
        "2 questions",
        "3,811 questions",
    ]


def test_a_file_is_replaced_when_all_went_well_and_not_before(tmp_path: Path) -> None:
    path = tmp_path / "all.jsonl"
    path.write_text("old", encoding="utf-8")
    with pytest.raises(ValueError), output_file(path) as file:
        file.write("half of the n")
        raise ValueError
    assert path.read_text(encoding="utf-8") == "old"
    with output_file(path) as file:
        file.write("new")
        assert path.read_text(encoding="utf-8") == "old"
    assert path.read_text(encoding="utf-8") == "new"
    assert list(tmp_path.iterdir()) == [path]


def test_of_two_that_write_the_same_file_the_last_to_end_has_its_place(tmp_path: Path) -> None:
    path = tmp_path / "records.jsonl"
    with output_file(path) as last:
        last.write("de laatste, ")
        with output_file(path) as first:
            first.write("de eerste")
        assert path.read_text() == "de eerste"
        last.write("heel")
    assert {file.name: file.read_text() for file in tmp_path.iterdir()} == {"records.jsonl": "de laatste, heel"}


def test_a_device_is_written_and_not_replaced() -> None:
    with output_file(Path("/dev/null")) as file:
        file.write("gone")
    assert Path("/dev/null").is_char_device()

"""Bytes to text: marks, declarations, and what was left undeclared."""

import unicodedata
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from searchq.documents.charset import decode

TEXT = "België – “één” café, 5 € à 1\xa0000"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32", "cp1252"])
def test_marked_and_undeclared_encodings_are_recognised(encoding: str) -> None:
    assert decode(TEXT.encode(encoding)) == TEXT


@pytest.mark.parametrize(
    "declared", ["iso-8859-1", "latin1", "windows-1252", "us-ascii", "utf-8", "onzin", "hex", "", None]
)
def test_whatever_is_declared_undeclared_bytes_are_windows_1252(declared: str | None) -> None:
    assert decode(TEXT.encode("cp1252"), declared) == TEXT


@pytest.mark.parametrize("declared", ["cp1250", "iso-8859-2", "koi8-r", "mac-roman"])
def test_another_declared_encoding_is_believed(declared: str) -> None:
    text = "Praag" + bytes(range(0xC0, 0xE0)).decode(declared)
    assert decode(text.encode(declared), declared) == unicodedata.normalize("NFC", text)


def test_utf_8_is_known_by_itself_whatever_is_declared() -> None:
    assert decode(TEXT.encode(), "windows-1252") == TEXT


@pytest.mark.parametrize(
    "meta",
    [
        '<meta charset="iso-8859-2">',
        "<META http-equiv=Content-Type content='text/html; charset=ISO-8859-2'>",
        '<?xml version="1.0" encoding="iso-8859-2"?>',
    ],
)
def test_a_page_may_declare_its_encoding(meta: str) -> None:
    page = f"<html>{meta}<body>Łódź"
    assert decode(page.encode("iso-8859-2")) == page


def test_control_characters_that_were_windows_1252_become_what_was_meant() -> None:
    assert decode("l\x92\xe9t\xe9 \x93x\x94 \x85".encode()) == "l’été “x” …"


def test_a_character_cut_off_at_the_end_is_left_out() -> None:
    assert decode("België".encode()[:-1]) == "Belgi"


def test_a_line_of_another_encoding_does_not_spoil_the_others() -> None:
    mixed = "één België\nideeën\n".encode() + "officiële\n".encode("cp1252")
    assert decode(mixed) == "één België\nideeën\nofficiële\n"


def test_the_bytes_windows_1252_leaves_undefined_do_no_harm() -> None:
    assert decode(b"\x81\x8d\x8f\x90\x9d \xe9") == "\x81\x8d\x8f\x90\x9d é"


def test_text_is_composed_and_line_ends_are_plain() -> None:
    assert decode("e\u0301\r\na\rb\n".encode()) == "é\na\nb\n"


@given(st.binary(), st.one_of(st.none(), st.text(max_size=12)))
def test_any_bytes_are_some_composed_text_that_can_be_written_again(content: Any, declared: Any) -> None:
    text = decode(content, declared)
    assert unicodedata.is_normalized("NFC", text)
    text.encode("utf-8")

"""Texts are read in C as they are in Python."""

import re
import tracemalloc
from itertools import chain
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from searchq.analysis.names import names_within
from searchq.analysis.tokenizer import words
from searchq.index.format.strings import Numbering
from searchq.index.write.batch_tokenizer import ArrayReader, CompiledReader

texts = pytest.importorskip("searchq.kernel.texts", reason="searchq was installed without a compiler")

WORDS = st.sampled_from(
    ["12", "000", "3", "De", "trein,", "(Boom)", "in", "l\u2019eau", "A.B.", "-", "\0", "\x1c", "\ud83d", "x" * 70]
)
BLANKS = st.sampled_from([" ", "  ", "\n", "\xa0", "\u2009", "\u3000", "\u1680", "\u205f", "\x85", ""])
TEXT = st.lists(WORDS | BLANKS | st.text(max_size=8), max_size=20).map("".join)


@given(st.lists(st.lists(TEXT, max_size=5), max_size=4))
def test_word_numbers_are_those_of_the_arrays(batches: list[list[str]]) -> None:
    compiled, arrays = CompiledReader(one := Numbering()), ArrayReader(other := Numbering())
    for own in (*batches, [*chain(*batches)]):
        (fast, sizes), (slow, expected) = compiled.read(own), arrays.read(own)
        assert (fast.dtype, sizes.dtype) == (slow.dtype, expected.dtype)
        assert sizes.tolist() == expected.tolist()
        assert [[*one][number] for number in fast] == [[*other][number] for number in slow]


PIECE = st.sampled_from(
    [
        "gebouw",
        "wat",
        "a",
        "b",
        "be",
        "info",
        "www",
        "https",
        "kmo",
        "s",
        "12",
        "3",
        "565",
        "2016",
        "",
        "é",
        "\0",
        "\x7f",
    ]
) | st.text("ab", max_size=3)
SIGN = st.sampled_from([*"!\"#$%&'()*+,-./:;<=>?@[]^_`{|}~\\", "", "--", "'-", "?!", "://"])


@settings(max_examples=200)
@given(st.lists(st.tuples(SIGN, PIECE), max_size=8), SIGN)
def test_words_glued_by_signs_are_those_of_python(parts: list[tuple[str, str]], last: str) -> None:
    chunk = "".join(map("".join, parts)) + last
    compiled = CompiledReader(one := Numbering())
    numbers, _ = compiled.read([chunk, chunk])
    assert [[*one][number] for number in numbers] == 2 * words(chunk)


def test_python_is_asked_only_for_chunks_whose_words_are_not_plain_to_see() -> None:
    asked: list[bytes] = []

    def none_of(chunk: bytes) -> list[int]:
        asked.append(chunk)
        return []

    reader = texts.TextReader(none_of, 64, known := Numbering())
    plain = b"gebouw.wat gebouw?wat;-wel (kmo's) wiskunde-onderwijs en/of 2016 cd&v ---"
    assert len(reader.read([plain])[0]) == 4 * 11
    assert [*known] == ["gebouw", "wat", "wel", "kmo's", "wiskunde-onderwijs", "en", "of", "2016", "cd&v"]
    others = b"n.m.b.s www.belgium belgium.be info@fgov 1.565 co2 a_b caf\xc3\xa9 e.g http://a"
    reader.read([others])
    assert asked == others.split()


@given(st.lists(st.binary(max_size=30), max_size=5), st.integers(-1, 40))
def test_any_bytes_are_read(own: list[bytes], longest: int) -> None:
    met = []

    def numbers_of(chunk: bytes) -> range:
        met.append(chunk)
        return range(len(chunk))

    reader = texts.TextReader(numbers_of, longest)
    for _ in range(2):
        numbers, sizes = reader.read(own)
        assert len(sizes) == 8 * len(own)
        assert len(numbers) <= 4 * sum(map(len, own))
    assert all(met)
    assert len(reader) <= len(met)


def test_many_chunks_are_told_apart() -> None:
    own = [f"w{place}a {place}x".encode() for place in range(20_000)]
    reader = texts.TextReader(lambda chunk: [int(chunk.strip(b"wax"))], 64)
    for _ in range(2):
        numbers, _ = reader.read(own)
        assert memoryview(numbers).cast("i").tolist() == [place for place in range(20_000) for _ in range(2)]
    assert len(reader) == 40_000


def test_a_failure_in_python_is_passed_on() -> None:
    reader = texts.TextReader({b"bekend": [1]}.__getitem__, 64)
    with pytest.raises(KeyError):
        reader.read([b"bekend onbekend"])
    assert len(reader) == 1
    for wrong, own in (
        (lambda chunk: [2**40], [b"a"]),
        (lambda chunk: "x", [b"a"]),
        (lambda chunk: 3, [b"a"]),
        (list, ["a"]),
    ):
        with pytest.raises((TypeError, OverflowError)):
            texts.TextReader(wrong, 64).read(own)


def test_a_reader_is_set_up_once() -> None:
    with pytest.raises(ValueError, match="not set up"):
        texts.TextReader.__new__(texts.TextReader).read([])
    with pytest.raises(ValueError, match="before"):
        texts.TextReader(list, 64).__init__(list, 64)


def test_readers_are_let_go() -> None:
    tracemalloc.start()
    try:
        for _ in range(50):
            reader = texts.TextReader(lambda chunk: [1], 64)
            reader.read([b"een twee drie vier " * 500])
        del reader
        assert tracemalloc.get_traced_memory()[0] < 1 << 20
    finally:
        tracemalloc.stop()


@given(
    st.lists(
        st.sampled_from(["Boom", "Van", "IJzer", "I", "J", "é", "_", "B", "oom", " ", "🚂", "1", "McBoom", "\u0301"])
        | st.characters(),
        max_size=12,
    ).map("".join)
)
def test_names_with_a_capital_are_those_of_the_expression(text: str) -> None:
    found = [one.span() for one in re.finditer(r"(?:IJ|[A-Z])[a-z]+(?!\w)", text) if one[0] in {"Boom", "Van", "IJzer"}]
    assert texts.capitalised(text, frozenset({"Boom", "Van", "IJzer"})) == found


def test_names_within_are_found_either_way(monkeypatch: pytest.MonkeyPatch) -> None:
    own: Any = ["de brug in Boom", "Boom staat er.", "In Boom-Zuid (Aalst), te Boom", "een boom"]
    fast = [[*names_within(text)] for text in own]
    monkeypatch.setattr("searchq.analysis.names._in_c", lambda: None)
    assert [[*names_within(text)] for text in own] == fast
    assert fast[0]

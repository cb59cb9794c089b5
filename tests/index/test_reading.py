"""Words read many texts at once are those of the tokenizer, text by text."""

from collections.abc import Callable
from string import ascii_lowercase, ascii_uppercase
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from searchq.analysis.tokenizer import chunks, words, words_of_chunk
from searchq.index.format.strings import Numbering
from searchq.index.write import batch_tokenizer as reading
from searchq.index.write.batch_tokenizer import ArrayReader, CompiledReader, WordReader, word_reader
from searchq.index.write.split_words import split_words, strip_punctuation

PIECES = [
    "de", "gebouw?2.", "Wat", "NMBS?", "-", "België", "e.d.", "gezondheidszorg", "gezondheidszorgen",
    "wiskunde-onderwijs,", "1", "12", "000", "000,50", "0000",
    "565x", "\u0665\u0665\u0665", "é" * 8, "é" * 9, "\ud83d", "\0", "a\0b", "\x1b",
]  # fmt: skip
BLANKS = [" ", "  ", "\n", "\t", "\xa0", "\u202f", "\u2003", "\u3000", "\x85", "\x1c", "", "\u2019"]

LOWER = str.maketrans(ascii_uppercase, ascii_lowercase)
MARKED = st.text(
    "\"'()*/:;<>[]!,.?-@_&0123abcABCÉé\ud83d", min_size=1, max_size=12
)  # words, and what stands around them

READERS = [ArrayReader, *([CompiledReader] if isinstance(word_reader(Numbering()), CompiledReader) else [])]

pieces = st.one_of(st.sampled_from(PIECES), st.sampled_from(BLANKS), st.text(max_size=20))
texts = st.lists(st.lists(pieces, max_size=12).map("".join), max_size=6)


@given(texts)
@example(["1\u202f565 12 000 1  000 1 0000", "\xa0", "", "5 000"])
def test_texts_cut_together_give_the_chunks_of_each(own: Any) -> None:
    found = split_words(own)
    raw = found.data.tobytes()
    spans = zip(found.starts.tolist(), found.ends.tolist(), strict=True)
    together = [raw[start:end].decode(errors="surrogatepass") for start, end in spans]
    expected = [chunks(text.replace("\0", "\1")) for text in own]
    assert together == [chunk for one in expected for chunk in one]
    assert found.sizes.tolist() == [len(one) for one in expected]


@given(st.lists(MARKED, max_size=8))
@example(['("E.D.")', "?", "...", "@Fod_financien:", "belgium.be-", "-1.565,50-", "<HTTP://www.SENATE.be/>", "d'"])
def test_bare_chunks_hold_the_words_of_the_chunks_they_were(own: Any) -> None:
    found = strip_punctuation(split_words([" ".join(own)]))
    raw = found.data.tobytes().decode("latin-1")
    spans = zip(found.starts.tolist(), found.ends.tolist(), strict=True)
    bared = [raw[start:end].encode("latin-1").decode(errors="surrogatepass") for start, end in spans]
    assert list(map(words_of_chunk, bared)) == list(map(words_of_chunk, chunks(" ".join(own))))
    assert all(bared)
    assert bared == [chunk.translate(LOWER) for chunk in bared]


def test_chunks_of_the_same_words_are_written_alike() -> None:
    found = strip_punctuation(split_words(['Trein, (trein) "TREIN!" trein: [trein]. ,trein']))
    raw = found.data.tobytes()
    spans = list(zip(found.starts.tolist(), found.ends.tolist(), strict=True))
    assert [raw[start:end] for start, end in spans] == [b"trein"] * 5 + [b",trein"]


@pytest.mark.parametrize("kind", READERS)
@given(batches=st.lists(texts, max_size=4))
def test_texts_read_together_give_the_words_of_each(kind: Callable[[Numbering], WordReader], batches: Any) -> None:
    reader = kind(known := Numbering())
    for own in batches:
        numbers, sizes = reader.read(own)
        spelling = list(known)
        assert [spelling[number] for number in numbers] == [word for text in own for word in words(text)]
        assert sizes.tolist() == [len(words(text)) for text in own]


def test_chunks_that_share_a_place_are_told_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "_TABLE_BITS", 1)
    monkeypatch.setattr(reading, "_AT_ONCE", 10)
    own = ["trein spoor bus tram (trein) bus? spoor. vlieg-tuig gezondheidszorgbeleid 12 000"] * 3
    reader = ArrayReader(known := Numbering())
    numbers, _ = reader.read(own)
    spelling = list(known)
    assert [spelling[number] for number in numbers] == words(own[0]) * 3


@pytest.mark.parametrize("kind", READERS)
def test_a_full_memory_begins_anew(kind: Callable[[Numbering], WordReader], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "_MAX_REMEMBERED", 2)
    reader = kind(Numbering())
    assert [reader.read(["a b (c d)"])[0].tolist() for _ in range(3)] == [[0, 1, 2, 3]] * 3

"""Tables of tokens, packing and unpacking in C are those of Python."""

from array import array
from itertools import accumulate
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from searchq.index.records import tokens
from searchq.index.records.tokens import PlainTable
from searchq.index.schema import MISSING, moment_of
from searchq.question import Answer, Question
from tests.kernel.plain_tokens import learn, pack

IN_C: Any = tokens.in_c
if IN_C is None:
    pytest.skip("searchq was installed without a compiler: nothing was built in C", allow_module_level=True)

WORDS = st.sampled_from([b"de ", b"trein", b" van ", b"minister", b"permanente aandacht ", b"a", b"aaaa", b"\0"])
TEXT = st.lists(WORDS | st.binary(max_size=3), max_size=40).map(b"".join)
EVERY_BYTE = bytes(range(256))


@settings(max_examples=50)
@given(st.lists(TEXT, max_size=6), TEXT, st.integers(1, 3))
def test_tables_are_learnt_and_used_alike(samples: list[bytes], text: bytes, least: int) -> None:
    made: tuple[bytes, bytes] = IN_C.learn(samples, least)
    assert made == learn(samples, least)
    in_c, plain = IN_C.Table(*made), PlainTable(*made)
    texts = [*samples, text, b"", *samples, text]  # more than are packed side by side
    for each, piece in zip(texts, in_c.pack(texts), strict=True):
        assert piece == pack(*made, each)
        assert in_c.unpack(piece) == plain.unpack(memoryview(piece)) == each


def test_a_table_is_read_without_c_too(monkeypatch: pytest.MonkeyPatch) -> None:
    samples = [b"permanente aandacht voor de trein", b"de minister heeft permanente aandacht"] * 3
    made = tokens.learn_table(samples)
    (piece,) = IN_C.Table(*learn(samples, 2)).pack(samples[:1])
    monkeypatch.setattr(tokens, "in_c", None)
    assert tokens.table_of(made).unpack(memoryview(piece)) == samples[0]
    assert tokens.learn_table(samples) == b""
    for altered in (b"", made[:-1], made[:30] + b"?" + made[31:], b"TOK0" + made[4:]):
        with pytest.raises(ValueError, match="a table of tokens"):
            tokens.table_of(altered)


@settings(max_examples=50)
@given(TEXT, st.data())
def test_an_altered_piece_is_refused_alike(text: bytes, data: st.DataObject) -> None:
    made = learn([text] * 3, 2)
    piece = bytearray(pack(*made, text))
    piece[data.draw(st.integers(0, len(piece) - 1))] ^= 1 << data.draw(st.integers(0, 7))
    _refused(made, bytes(piece))
    _refused(made, bytes(piece[: data.draw(st.integers(0, len(piece) - 1))]))


def _refused(made: tuple[bytes, bytes], piece: bytes) -> None:
    told = []
    for table in (PlainTable(*made), IN_C.Table(*made)):
        with pytest.raises(ValueError, match=r"its head was altered|its checksum differs") as error:
            table.unpack(memoryview(piece))
        told.append(str(error.value))
    assert told[0] == told[1]


@given(st.binary(max_size=40))
def test_any_bytes_are_a_text_or_refused_alike(codes: bytes) -> None:
    piece = bytes([tokens.MARK]) + tokens.checksum(codes).to_bytes(4, "little") + codes
    tables = [PlainTable(b"\1" * 256, EVERY_BYTE), IN_C.Table(b"\1" * 256, EVERY_BYTE)]
    if len(codes) % 2 or any(codes[1::2]):
        for table in tables:
            with pytest.raises(ValueError, match=r"its head was altered|it names an unknown token"):
                table.unpack(memoryview(piece))
    else:
        assert [table.unpack(memoryview(piece)) for table in tables] == [codes[::2]] * 2


STORED = st.lists(
    st.tuples(TEXT, TEXT | st.sampled_from([b"", b"{}", "één\0twee\0drie".encode(), b"\xc3", b"a\0\xe9"])),
    min_size=1,
    max_size=4,
)


@settings(max_examples=80)
@given(STORED, st.data())
def test_records_are_read_alike(stored: list[tuple[bytes, bytes]], data: st.DataObject) -> None:
    made = learn([text for record in stored for text in record] * 2, 2)
    headers, texts = ([pack(*made, record[kind]) for record in stored] for kind in range(2))
    plain = _read_alike(made, _laid_out(headers), _laid_out(texts), list(range(-1, len(stored) + 1)))
    assert plain == [None, *(_told(*record) for record in stored), None]
    altered = [bytearray(part) for part in (*_laid_out(headers), *_laid_out(texts))]
    part = data.draw(st.sampled_from([part for part in altered if part]))
    part[data.draw(st.integers(0, len(part) - 1))] ^= 1 << data.draw(st.integers(0, 7))
    _read_alike(made, (altered[0], altered[1]), (altered[2], altered[3]), list(range(len(stored))))


def _laid_out(pieces: list[bytes]) -> tuple[bytes, bytes]:
    """Return the pieces, and where each begins: uint64."""
    starts = [0, *accumulate(map(len, pieces))]
    return b"".join(pieces), b"".join(start.to_bytes(8, "little") for start in starts)


def _decoded(header: bytes) -> Question:
    """Return a question named like a header, with as many answers as that ends with `a`."""
    if header.startswith(b"de "):
        raise ValueError("a header that cannot be read")
    count = len(header) - len(header.rstrip(b"a"))
    return Question(header.decode("latin-1"), answers=tuple(Answer(str(number)) for number in range(count)))


def _told(header: bytes, texts: bytes) -> Question | None:
    try:
        asked, has_answer, answer = texts.decode().partition("\0")
        made = _decoded(header)
    except ValueError:
        return None
    if not texts or texts.startswith(b"{"):
        return None
    told = answer if has_answer else None
    return replace(made, question=asked, answer=told, answers=tuple([replace(one, text=told) for one in made.answers]))


def _read_alike(made: tuple[bytes, bytes], headers: Any, texts: Any, docs: list[int]) -> list[Question | None]:
    own, those = ((memoryview(data), memoryview(starts).cast("Q")) for data, starts in (headers, texts))
    found: list[Question | None] = IN_C.Table(*made).records(*own, *those, docs, _decoded)
    assert found == PlainTable(*made).records(*own, *those, docs, _decoded)
    return found


def test_only_lists_of_numbers_are_documents() -> None:
    table, none = IN_C.Table(b"\1" * 256, EVERY_BYTE), memoryview(bytes(8)).cast("Q")
    for docs in ((), None, ["a"], [2**70], [None]):
        with pytest.raises((TypeError, OverflowError)):
            table.records(b"", none, b"", none, docs, _decoded)
    with pytest.raises(TypeError):
        table.records(b"", none, b"", b"\0" * 8, [0], _decoded)
    with pytest.raises(TypeError):
        table.records(b"", none, b"", none)


@pytest.mark.parametrize("made", [None, 7, Question("5-1", answers=[]), Question("5-1", answers=(1,))])  # type: ignore[arg-type]
def test_what_no_texts_fit_into_is_refused(made: object) -> None:
    table = IN_C.Table(b"\1" * 256, EVERY_BYTE)
    (piece,) = table.pack([b"de trein"])
    starts = memoryview(bytes(8) + len(piece).to_bytes(8, "little")).cast("Q")
    with pytest.raises((AttributeError, TypeError)):
        table.records(piece, starts, piece, starts, [0], lambda _: made)


def test_an_error_that_is_no_fault_of_the_record_is_raised() -> None:
    table = IN_C.Table(b"\1" * 256, EVERY_BYTE)
    (piece,) = table.pack([b"de trein"])
    starts = memoryview(bytes(8) + len(piece).to_bytes(8, "little")).cast("Q")
    with pytest.raises(ZeroDivisionError):
        table.records(piece, starts, piece, starts, [0], lambda _: 1 // 0)


SECONDS = st.sampled_from([MISSING, 0, 5, 2**31 - 1])


@given(st.lists(st.tuples(SECONDS, SECONDS), min_size=1, max_size=6), st.sampled_from(["i", "q"]), st.data())
def test_moments_are_told_alike(seconds: list[tuple[int, int]], kind: str, data: st.DataObject) -> None:
    asked, answered = (memoryview(array(kind, column)) for column in zip(*seconds, strict=True))
    docs = data.draw(st.lists(st.integers(0, len(seconds) - 1), max_size=8))
    questions = [Question(str(doc)) for doc in docs]
    IN_C.tell(questions, docs, asked, answered, moment_of)
    assert questions == [
        Question(str(doc), first_seen=moment_of(seconds[doc][0]), answer_first_seen=moment_of(seconds[doc][1]))
        for doc in docs
    ]


def test_moments_of_no_documents_are_refused() -> None:
    column = memoryview(array("i", [5]))
    for docs in ([1], [-1], [2**62]):
        with pytest.raises(IndexError):
            IN_C.tell([Question("5-1")], docs, column, column, moment_of)
    with pytest.raises(ValueError, match="more documents than questions"):
        IN_C.tell([], [0], column, column, moment_of)
    for questions in ((), None, [None]):
        with pytest.raises((TypeError, AttributeError)):
            IN_C.tell(questions, [0], column, column, moment_of)
    with pytest.raises(TypeError):
        IN_C.tell([], [], b"\0", column, moment_of)
    with pytest.raises(ZeroDivisionError):
        IN_C.tell([Question("5-1")], [0], column, column, lambda _: 1 // 0)


@pytest.mark.parametrize(
    ("lengths", "texts"),
    [
        (b"", b""),
        (b"\1" * 255, EVERY_BYTE[:255]),
        (b"\1" * 255 + b"\2", EVERY_BYTE + b"a"),
        (b"\1" * 256, bytes(256)),
        (b"\1" * 256, EVERY_BYTE[:-1]),
        (b"\1" * 256, EVERY_BYTE + b"a"),
        (b"\1" * 256 + b"\0", EVERY_BYTE),
        (b"\1" * 256 + b"\x21", EVERY_BYTE + bytes(33)),
        (b"\1" * 65_537, EVERY_BYTE + bytes(65_281)),
    ],
)
def test_what_is_no_table_is_refused(lengths: bytes, texts: bytes) -> None:
    for make in (PlainTable, IN_C.Table):
        with pytest.raises(ValueError, match=r"too few or too many tokens|tokens do not fit"):
            make(lengths, texts)


def test_a_long_piece_comes_back_and_other_arguments_are_refused() -> None:
    table = IN_C.Table(*IN_C.learn([b"permanente aandacht " * 50], 2))
    text = b"permanente aandacht " * 20_000
    assert [table.unpack(piece) for piece in table.pack([text, b"", text[7:]])] == [text, b"", text[7:]]
    assert table.pack([]) == []
    for wrong in (
        (table.pack, "text"),
        (table.pack, ["text"]),
        (table.pack, [text, *[b"de "] * 20, None]),
        (table.unpack, None),
        (IN_C.learn, [b""]),
        (IN_C.Table, b""),
    ):
        with pytest.raises(TypeError):
            wrong[0](wrong[1])
    with pytest.raises(TypeError):
        IN_C.learn(["text"], 2)

"""Tables of tokens learnt, and texts packed by them, in the plainest way: what `searchq.kernel.tokens` must do."""

from collections.abc import Iterator, Sequence

from searchq.index.records.tokens import MARK, checksum

__all__ = ["learn", "pack"]

_LONGEST = 32
_MOST = 1 << 16


class _Tokens:
    """Tokens by number."""

    def __init__(self, tokens: Sequence[bytes]) -> None:
        self.ids = {token: number for number, token in enumerate(tokens)}

    def enter(self, token: bytes) -> None:
        """Number one more token, unless it is there."""
        self.ids.setdefault(token, len(self.ids))

    def at(self, text: bytes, place: int) -> bytes:
        """Return the longest token that stands at a place."""
        ends = range(min(place + _LONGEST, len(text)), place, -1)
        return next(text[place:end] for end in ends if text[place:end] in self.ids)

    def split(self, text: bytes) -> Iterator[bytes]:
        """Yield a text as tokens."""
        place = 0
        while place < len(text):
            token = self.at(text, place)
            place += len(token)
            yield token


def pack(lengths: bytes, texts: bytes, text: bytes) -> bytes:
    """Return the piece of a text by a table."""
    starts = [sum(lengths[:number]) for number in range(len(lengths))]
    tokens = _Tokens([texts[start : start + length] for start, length in zip(starts, lengths, strict=True)])
    codes = b"".join(tokens.ids[token].to_bytes(2, "little") for token in tokens.split(text))
    return bytes([MARK]) + checksum(codes).to_bytes(4, "little") + codes


def learn(samples: Sequence[bytes], least: int) -> tuple[bytes, bytes]:
    """Return the lengths and texts of a table."""
    tokens = _Tokens([bytes([byte]) for byte in range(256)])
    counts: dict[tuple[bytes, bytes], int] = {}
    for text in samples:
        _learn_from(text, least, tokens, counts)
    return bytes(map(len, tokens.ids)), b"".join(tokens.ids)


def _learn_from(text: bytes, least: int, tokens: _Tokens, counts: dict[tuple[bytes, bytes], int]) -> None:
    place, before = 0, b""
    while place < len(text) and len(tokens.ids) < _MOST:
        token = tokens.at(text, place)
        place += len(token)
        pair = before, token
        before = before + token if before and _is_frequent(pair, least, counts) else token
        tokens.enter(before)


def _is_frequent(pair: tuple[bytes, bytes], least: int, counts: dict[tuple[bytes, bytes], int]) -> bool:
    """Count a pair of tokens, and return whether it is to become one."""
    if sum(map(len, pair)) > _LONGEST:
        return False
    counts[pair] = counts.get(pair, 0) + 1
    if counts[pair] < least:
        return False
    counts[pair] = 0
    return True

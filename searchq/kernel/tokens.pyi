from collections.abc import Callable

from typing_extensions import Buffer

from searchq.question import Question

VERSION: int

class Table:
    """The strings that stand for texts, numbered; see `index.records.tokens.PlainTable`, which does the same."""

    def __init__(self, lengths: bytes, texts: bytes, /) -> None:
        """Raises ValueError where these are no table."""

    def pack(self, texts: list[bytes], /) -> list[bytes]:
        """Return the pieces of some texts."""

    def unpack(self, piece: Buffer, /) -> bytes:
        """Return the text of a piece. Raises ValueError if it was altered."""

    def records(
        self,
        headers: Buffer,
        header_starts: Buffer,
        texts: Buffer,
        text_starts: Buffer,
        docs: list[int],
        decode: Callable[[bytes], Question],
        /,
    ) -> list[Question | None]:
        """Return the questions of some documents, decoded from their headers, their texts filled in.

        None for one whose texts are JSON, or whose pieces this table did not pack or somebody altered.
        """

def learn(samples: list[bytes], least: int, /) -> tuple[bytes, bytes]:
    """Return the lengths and texts of a table for texts like these."""

def tell(
    questions: list[Question], docs: list[int], asked: Buffer, answered: Buffer, moment_of: Callable[[int], object], /
) -> None:
    """Fill in when questions that nobody else has yet were first seen, and their answers; the columns hold seconds."""

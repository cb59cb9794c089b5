from typing_extensions import Buffer

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
        self, headers: Buffer, header_starts: Buffer, texts: Buffer, text_starts: Buffer, docs: list[int], /
    ) -> list[tuple[bytes, str, str | None] | None]:
        """Return the header, question and answer of some documents.

        None for one whose texts are JSON, or whose pieces this table did not pack or somebody altered.
        """

def learn(samples: list[bytes], least: int, /) -> tuple[bytes, bytes]:
    """Return the lengths and texts of a table for texts like these."""

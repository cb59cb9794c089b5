"""A question as the compressed value that its document holds: read without the rest, which is eight times as long."""

from base64 import b64decode, b64encode

import zstandard

from searchq.question import Question
from searchq.record_json import decode_question, encode_json

__all__ = ["packed", "unpacked"]


def packed(question: Question) -> str:
    """Return what is stored of a question."""
    return b64encode(zstandard.compress(encode_json(question))).decode()


def unpacked(stored: str) -> Question:
    """Return the question that was stored."""
    return decode_question(zstandard.decompress(b64decode(stored + "==")))  # the cluster leaves the padding out

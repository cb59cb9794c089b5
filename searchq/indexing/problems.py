"""The problems of documents, reported again by every run that finds them unchanged.

They are stored with the index, in the same commit as the catalog, as `rows` by the fingerprint of the document:

    [[number of a question, [sentence, …]], …]       as JSON
"""

import json
from collections.abc import Collection, Iterator, Sequence
from typing import Final

from searchq.indexing.catalog import print_bits, print_text
from searchq.indexing.row_part import ERRORS, TAB, Part, Row
from searchq.indexing.rows import Names, Rows
from searchq.question import Question

__all__ = ["PROBLEMS", "PROBLEMS_SINCE", "Problems", "Told", "restamped_problems"]

Told = tuple[str, tuple[str, ...]]  # question and document, sentences

PROBLEMS: Final = "problems"  # names of blobs
PROBLEMS_SINCE: Final = "problems_since"
_NAMES: Final = Names(PROBLEMS, PROBLEMS_SINCE)


class Problems:
    """The problems of earlier runs and of this one."""

    def __init__(self, base: bytes = b"", journal: bytes = b"", generation: int = 0) -> None:
        """The blobs are those stored with this generation of the index; those of another one are ignored."""
        self._rows = Rows.load(base, journal, generation) or Rows.of(_first_edition(base, generation))

    def read(self, name: str, fingerprint: str, questions: Sequence[Question]) -> Iterator[Told]:
        """Record a document that was read; returns its problems."""
        key = print_bits(fingerprint)
        if found := [(question.number, question.problems) for question in questions if question.problems]:
            self._rows.put(Row(key, TAB + _packed(found)))
        elif self._rows.now(key) is not None:
            self._rows.forget(key)
        return self.unchanged(name, fingerprint)

    def unchanged(self, name: str, fingerprint: str) -> Iterator[Told]:
        """The problems of an unchanged document."""
        line = self._rows.now(print_bits(fingerprint))
        for number, sentences in json.loads(line.decode(errors=ERRORS)) if line else ():
            yield f"{number} in {name}", tuple(sentences)

    def dump(self, fingerprints: Collection[str], generation: int = 0) -> dict[str, bytes]:
        """The blobs to keep with a generation of the index.

        The base, where it is written anew, holds those of the documents with these fingerprints.
        """
        return self._rows.dump(_NAMES, generation, lambda key: print_text(key) in fingerprints)


def restamped_problems(blob: bytes, old: int, new: int) -> bytes:
    """The base for another generation; one of the first edition, which had no journal, tells its own."""
    if Part.load(blob) is not None or not blob:
        return blob
    made, known = json.loads(blob)
    return _packed([new, known if made == old else {}])


def _first_edition(blob: bytes, generation: int) -> Iterator[Row]:
    """The rows of the first edition: [generation, {fingerprint: told}] as JSON."""
    made, known = json.loads(blob) if blob and Part.load(blob) is None else (generation, {})
    return (Row(print_bits(own), TAB + _packed(told)) for own, told in known.items() if made == generation)


def _packed(told: object) -> bytes:
    return json.dumps(told, ensure_ascii=False).encode(errors=ERRORS)

"""What a worker process does with a batch of questions; imports little, since a run waits for it."""

import gc
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from typing import Final, NamedTuple, Self

import msgspec

from searchq.analysis.lexicon import Lexicon, dictionary, loaded
from searchq.first_seen import FirstSeen
from searchq.index.format.arrays import map_array
from searchq.index.write.prepare import PreparedBatch, Preparer
from searchq.index.write.term_ids import analyzers
from searchq.question import Entry, Question

__all__ = ["Batch", "lexicon", "prepare", "unpacked"]


class Batch(NamedTuple):
    """Questions to prepare; by number the pages of those with several, and when each was first seen."""

    questions: list[Question]
    pages: dict[str, tuple[Question, ...]]
    first_seen: dict[str, FirstSeen]

    @classmethod
    def of(cls, entries: Mapping[str, Entry], first_seen: Callable[[Question], FirstSeen]) -> Self:
        questions = [entry.question for entry in entries.values()]
        pages = {number: entry.pages for number, entry in entries.items() if len(entry.pages) > 1}
        return cls(questions, pages, {question.number: first_seen(question) for question in questions})

    def packed(self) -> "bytes | Batch":
        """Return it as JSON, in half the time that pickling takes; itself if it has characters that JSON refuses."""
        try:
            return _PACK(self)
        except UnicodeError:
            return self

    def prepared(self, preparer: Preparer, dictionary: bytes) -> PreparedBatch:
        return preparer.prepare(self.questions, dictionary, self.pages, self.first_seen)


_PACK: Final = msgspec.json.Encoder().encode
_UNPACK: Final = msgspec.json.Decoder(Batch).decode


def unpacked(batch: bytes | Batch) -> Batch:
    """Return a batch that was packed, or could not be."""
    return _UNPACK(batch) if isinstance(batch, bytes) else batch


@cache
def lexicon(kept: Path | None) -> Lexicon:
    """The dictionary of this installation, or one that an index keeps; loaded before workers are forked."""
    if kept is None:
        return dictionary()
    return loaded(map_array(kept, "blob").tobytes())


@cache
def _preparer(kept: Path | None) -> Preparer:
    """The preparer of this worker."""
    gc.disable()  # preparing makes no cycles, and looking for some takes a tenth of its time
    return Preparer(analyzers(lexicon(kept)))


def prepare(batch: bytes | Batch, dictionary: bytes, kept: Path | None) -> PreparedBatch:
    """Prepare a batch, packed or not, in this worker."""
    return unpacked(batch).prepared(_preparer(kept), dictionary)

"""Prepared batches waiting in memory until they become a segment, and the vocabularies of those who prepared them."""

from collections import defaultdict
from dataclasses import dataclass, fields, replace
from typing import Any, Final

import numpy as np

from searchq.index.files import arrays_of
from searchq.index.part import MAX_DOCS, Combined, Language, Part
from searchq.index.prepare import BatchLanguage, PreparedBatch
from searchq.index.tiers import Held
from searchq.index.vocabulary import Retold

__all__ = ["Batches"]

_MERGE_COST: Final = 5  # bytes in use while batches merge, words among them, for each byte prepared (measured: 4.3)


@dataclass(slots=True, eq=False)
class _Batch:
    held: Held  # its part lacks languages
    origin: str
    languages: dict[str, BatchLanguage]


class Batches:
    """The batches of a run not yet written, within so many bytes; the vocabularies last as long as the run."""

    def __init__(self, memory: int) -> None:
        self._memory = memory
        self._vocabularies: defaultdict[tuple[str, str], Retold] = defaultdict(Retold)  # by origin and language
        self._batches: list[_Batch] = []
        self._bytes = 0

    def hold(self, batch: PreparedBatch) -> Held:
        """Take a batch; what is held of it."""
        for name, own in batch.languages.items():
            self._vocabularies[batch.origin, name].add(own.addition)
        held = Held(batch.part, np.ones(batch.part.doc_count, np.bool_))
        self._batches.append(_Batch(held, batch.origin, batch.languages))
        self._bytes += _size_of(batch)
        return held

    def full(self, coming: PreparedBatch) -> bool:
        """Whether those held must be written before another is taken."""
        docs = sum(batch.held.part.doc_count for batch in self._batches) + coming.part.doc_count
        size = (self._bytes + _size_of(coming)) * _MERGE_COST
        return bool(self._batches) and (docs > MAX_DOCS or size > self._memory)

    def held(self) -> list[Held]:
        """What is held of each batch, in order."""
        return [batch.held for batch in self._batches]

    def parts(self) -> list[Part]:
        """The batches as whole parts, in order; those of one origin share their tables of words and terms."""
        tables = {
            (batch.origin, name): self._vocabularies[batch.origin, name].language()
            for batch in {batch.origin: batch for batch in self._batches}.values()
            for name in batch.languages
        }
        return [
            replace(
                batch.held.part,
                languages={name: _whole(tables[batch.origin, name], own) for name, own in batch.languages.items()},
            )
            for batch in self._batches
        ]

    def clear(self) -> None:
        """Forget the batches; the words stay, by which preparers tell further ones."""
        self._batches, self._bytes = [], 0


def _whole(tables: Language, own: BatchLanguage) -> Language:
    combined = own.combined and _reaching(own.combined, len(tables.terms))
    return replace(tables, zones=own.zones, combined=combined)


def _reaching(combined: Combined, term_count: int) -> Combined:
    """The same postings with empty rows for the terms that came later."""
    later = term_count + 1 - len(combined.starts)
    return replace(combined, starts=np.pad(combined.starts, (0, later), "edge"))


def _size_of(batch: PreparedBatch) -> int:
    """Bytes the arrays of a batch take."""
    postings = [part for own in batch.languages.values() for part in (*own.zones.values(), own.combined) if part]
    columns = [array for file in arrays_of(batch.part).values() for array in file.values()]
    return sum(array.nbytes for array in (*(array for own in postings for array in _arrays(own)), *columns))


def _arrays(own: Any) -> list[Any]:
    return [getattr(own, field.name) for field in fields(own)]

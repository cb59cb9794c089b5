"""Prepared batches waiting in memory until they become a segment, and the words they share."""

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from typing import Final

import numpy as np

from searchq.index.files import arrays_of
from searchq.index.part import MAX_DOCS, Part
from searchq.index.prepare import PreparedBatch
from searchq.index.schema import LANGUAGES
from searchq.index.tiers import Held
from searchq.index.vocabulary import Analyzer, Rows, Vocabulary

__all__ = ["Batches"]

_MERGE_COST: Final = 5  # bytes in use while batches merge, words among them, for each byte prepared (measured: 4.3)


@dataclass(slots=True, eq=False)
class _Batch:
    held: Held  # its part lacks languages: they are in `rows`
    rows: dict[str, Rows]


class Batches:
    """The batches of a run not yet written, within so many bytes; its vocabularies last as long as the run."""

    def __init__(self, memory: int, analyzers: Mapping[str, Analyzer]) -> None:
        self._memory = memory
        self._vocabularies = {name: Vocabulary(name, analyzers[name]) for name in LANGUAGES}
        self._batches: list[_Batch] = []
        self._bytes = 0

    def hold(self, batch: PreparedBatch) -> Held:
        """Take a batch; what is held of it."""
        rows = {name: self._vocabularies[name].rows(batch.origin, own) for name, own in batch.surfaces.items()}
        held = Held(batch.part, np.ones(batch.part.doc_count, np.bool_))
        self._batches.append(_Batch(held, rows))
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
        """The batches as whole parts, in order."""
        languages = {
            name: vocabulary.languages([batch.rows[name] for batch in self._batches])
            for name, vocabulary in self._vocabularies.items()
        }
        return [
            replace(batch.held.part, languages={name: own[place] for name, own in languages.items()})
            for place, batch in enumerate(self._batches)
        ]

    def clear(self) -> None:
        """Forget the batches; the words stay, by which preparers tell further ones."""
        self._batches, self._bytes = [], 0


def _size_of(batch: PreparedBatch) -> int:
    """Bytes the arrays of a batch take."""
    zones = [zone for surface in batch.surfaces.values() for zone in surface.zones.values()]
    postings = [getattr(zone, field.name) for zone in zones for field in fields(zone)]
    columns = [array for file in arrays_of(batch.part).values() for array in file.values()]
    return sum(array.nbytes for array in (*postings, *columns))

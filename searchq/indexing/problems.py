"""The problems of documents, reported again by every run that finds them unchanged.

They are stored with the index, in the same commit as the catalog, by the fingerprint of the document:

    [generation, {fingerprint: [[number of a question, [sentence, …]], …]}]       as JSON
"""

import json
from collections.abc import Collection, Iterator, Sequence

from searchq.question import Question

__all__ = ["Problems", "Told"]

Told = tuple[str, tuple[str, ...]]  # question and document, sentences


class Problems:
    """The problems of earlier runs and of this one."""

    def __init__(self, blob: bytes = b"", generation: int = 0) -> None:
        """`blob` is the data stored with this generation of the index; data of another one is ignored."""
        made, known = json.loads(blob) if blob else (generation, {})
        self._known: dict[str, Sequence[tuple[str, Sequence[str]]]] = known if made == generation else {}

    @property
    def fingerprints(self) -> Collection[str]:
        """The documents that had problems."""
        return self._known.keys()

    def read(self, name: str, fingerprint: str, questions: Sequence[Question]) -> Iterator[Told]:
        """Record a document that was read; returns its problems."""
        self._known.pop(fingerprint, None)
        if found := [(question.number, question.problems) for question in questions if question.problems]:
            self._known[fingerprint] = found
        return self.unchanged(name, fingerprint)

    def unchanged(self, name: str, fingerprint: str) -> Iterator[Told]:
        """The problems of an unchanged document."""
        for number, sentences in self._known.get(fingerprint, ()):
            yield f"{number} in {name}", tuple(sentences)

    def dump(self, fingerprints: Collection[str], generation: int = 0) -> bytes:
        """Serialize the problems of the catalog's documents, for a generation of the index."""
        kept = {fingerprint: told for fingerprint, told in self._known.items() if fingerprint in fingerprints}
        return json.dumps([generation, kept], ensure_ascii=False).encode(errors="surrogatepass")

"""What was wrong with documents when they were read: told again by every run that finds them unchanged.

A document stays as faulty as it was until it changes, so its problems are kept with the index, in the same commit as
the catalog, under the fingerprint of its content:

    [generation, {fingerprint: [[number of a question, [sentence, …]], …]}]       as JSON
"""

import json
from collections.abc import Collection, Iterator, Sequence

from searchq.question import Question

__all__ = ["Problems", "Told"]

Told = tuple[str, tuple[str, ...]]  # a question and its document, sentences


class Problems:
    """The problems of earlier runs, and of this one."""

    def __init__(self, blob: bytes = b"", generation: int = 0) -> None:
        """`blob` is what the run gave that made this generation of the index; of another one it tells nothing."""
        made, known = json.loads(blob) if blob else (generation, {})
        self._known: dict[str, Sequence[tuple[str, Sequence[str]]]] = known if made == generation else {}

    @property
    def fingerprints(self) -> Collection[str]:
        """The documents that had problems."""
        return self._known.keys()

    def read(self, name: str, fingerprint: str, questions: Sequence[Question]) -> Iterator[Told]:
        """Note a document that was read; what is wrong in it."""
        self._known.pop(fingerprint, None)
        if found := [(question.number, question.problems) for question in questions if question.problems]:
            self._known[fingerprint] = found
        return self.unchanged(name, fingerprint)

    def unchanged(self, name: str, fingerprint: str) -> Iterator[Told]:
        """What was wrong in a document that is what it was."""
        for number, sentences in self._known.get(fingerprint, ()):
            yield f"{number} in {name}", tuple(sentences)

    def dump(self, fingerprints: Collection[str], generation: int = 0) -> bytes:
        """All as bytes, for that generation of the index; of documents that are remembered, and no others."""
        kept = {fingerprint: told for fingerprint, told in self._known.items() if fingerprint in fingerprints}
        return json.dumps([generation, kept], ensure_ascii=False).encode(errors="surrogatepass")

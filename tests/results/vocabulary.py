"""A small vocabulary with the contract of a snapshot, for tests of what stands on it."""

from collections.abc import Iterable, Mapping


class Words:
    """Terms with the surface words found under them; every term is equally rare unless `frequencies` says otherwise."""

    def __init__(self, words: Mapping[str, Iterable[str]], frequencies: Mapping[str, int] | None = None) -> None:
        self._words = {term: tuple(found) for term, found in words.items()}
        self._frequencies = frequencies or {}

    @property
    def doc_count(self) -> int:
        return 1000

    def words_of(self, field: str, term: str) -> tuple[str, ...]:
        return self._words.get(term, ())

    def document_frequency(self, field: str, term: str) -> int:
        return self._frequencies.get(term, 10)

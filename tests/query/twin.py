"""A snapshot that reads any Whoosh index slowly and obviously: the twin of the real one, to test queries against.

It knows the contract of `searchq.index.read.snapshot.Snapshot` as far as queries use it, and takes everything from
Whoosh's own reader, so that what the execution makes of it can be compared with what Whoosh makes of the same index.
"""

import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from tempfile import TemporaryDirectory
from typing import Any
from unittest.mock import patch

import numpy as np
from whoosh import fields
from whoosh.analysis import SpaceSeparatedTokenizer
from whoosh.filedb.filestore import RamStorage

from searchq.index.format.encoding import encode_varints
from searchq.index.format.strings import strings
from searchq.index.read.postings import StoredRow
from searchq.index.read.term_slice import TermSlice
from searchq.index.schema import FIELDS, MISSING

TEXTS = ("text", "title", "question", "title_exact", "question_exact")
FACETS = ("minister", "party", "keyword", "legislature", "month", "portfolio")
INTEGERS = ("date", "answer_date", "delay_days", "number_order", "sibling_group")


def schema() -> Any:
    words = SpaceSeparatedTokenizer()
    texts = {name: fields.TEXT(analyzer=words, phrase=True) for name in TEXTS}
    facets = {name: fields.KEYWORD(commas=True) for name in FACETS}
    integers = {name: fields.NUMERIC(int, bits=64 if FIELDS[name].wide else 32, signed=True) for name in INTEGERS}
    return fields.Schema(number=fields.ID(unique=True, stored=True), **texts, **facets, **integers)


def build(segments: Any, deleted: Any = ()) -> Any:
    """A Whoosh index in memory of lists of documents, a segment each, some documents deleted by number."""
    with TemporaryDirectory() as folder, patch.object(tempfile, "tempdir", folder):  # Whoosh shares one else
        return _build(segments, deleted)


def _build(segments: Any, deleted: Any) -> Any:
    ix = RamStorage().create_index(schema())
    for documents in segments:
        writer = ix.writer()
        for document in documents:
            writer.add_document(**document)
        writer.commit(merge=False)
    if deleted:
        writer = ix.writer()
        for number in deleted:
            writer.delete_by_term("number", number)
        writer.commit(merge=False)
    return ix


@dataclass
class TwinPostings:
    docs: np.ndarray
    weights: np.ndarray
    places: list[Any]
    nbytes = 0
    is_merged = False
    bases = (0,)

    def __len__(self) -> int:
        return len(self.docs)

    def rows(self, base: int, *, skips: bool) -> tuple[StoredRow, ...]:
        """All documents as one row of one segment, the positions encoded as ours are."""
        steps = [2 * step + (place == 0) for own in self.places for place, step in enumerate(np.diff(own, prepend=0))]
        return (StoredRow(self.docs.astype(np.uint16), encode_varints(np.array(steps, np.uint32))[0]),)

    def absolute_positions(self, origins: Any, places: Any = None) -> Any:
        chosen = self.places if places is None else [self.places[place] for place in places]
        found = [origin + place for origin, each in zip(origins.tolist(), chosen, strict=True) for place in each]
        return np.array(found, origins.dtype)


@dataclass
class TwinColumn:
    values: tuple[Any, ...]
    codes: np.ndarray
    indptr: np.ndarray | None


class TwinSnapshot:
    generation = 1

    def __init__(self, ix: Any) -> None:
        self.ix = ix
        self.reader = ix.reader()
        self.max_doc = self.reader.doc_count_all()
        self.doc_count = self.reader.doc_count()

    @cached_property
    def live(self) -> Any:
        live = np.array([not self.reader.is_deleted(doc) for doc in range(self.max_doc)], bool)
        return None if live.all() else live

    def postings(self, field: Any, term: Any) -> Any:
        if field not in self.reader.schema or (field, term) not in self.reader:
            return None
        matcher = self.reader.postings(field, term)
        docs, weights, places = [], [], []
        while matcher.is_active():
            if not self.reader.is_deleted(matcher.id()):
                docs.append(matcher.id())
                weights.append(matcher.weight())
                places.append(matcher.value_as("positions") if FIELDS[field].positions else [])
            matcher.next()
        return TwinPostings(np.array(docs, np.int32), np.array(weights, np.float32), places) if docs else None

    def document_frequency(self, field: Any, term: Any) -> Any:
        if field not in self.reader.schema or (field, term) not in self.reader:
            return 0
        return self.reader.doc_frequency(field, term)

    def lengths(self, field: Any) -> Any:
        return np.array([self.reader.doc_field_length(doc, field, 0) or 0 for doc in range(self.max_doc)])

    def average_length(self, field: Any) -> Any:
        return self.reader.field_length(field) / (self.max_doc or 1)

    def terms(self, field: Any, prefix: str = "") -> Iterator[Any]:
        if field in self.reader.schema:
            yield from (text.decode() for text in self.reader.expand_prefix(field, prefix))

    def term_slices(self, field: Any, prefix: str = "") -> Any:
        words = list(self.terms(field, prefix))
        found = [self.postings(field, word) for word in words]
        docs = [[] if postings is None else postings.docs.tolist() for postings in found]

        def docs_of(places: Any) -> Any:
            return np.array([doc for place in places for doc in docs[place]], np.intp)

        counts = np.array([self.document_frequency(field, word) for word in words], np.intp)
        return [TermSlice(strings(words), np.arange(len(words)), counts, docs_of)]

    def zone_words(self, prefix: str, language: str, most: int) -> Any:
        return None  # each zone is asked for its slice of terms

    def term_range(self, field: Any, low: str = "", high: Any = None) -> Iterator[Any]:
        for term in self.terms(field):
            if term >= low and (high is None or term < high):
                yield term

    def _values(self, name: Any) -> Any:
        """The values of each document in a field, from its postings."""
        held = [[] for _ in range(self.max_doc)]  # type: ignore[var-annotated]
        for text in self.reader.lexicon(name):
            matcher = self.reader.postings(name, text)
            for doc in matcher.all_ids():
                held[doc].append(text)
        return held

    def facet(self, name: Any) -> Any:
        held = [[text.decode() for text in values] for values in self._values(name)]
        values = tuple(sorted({value for each in held for value in each}))
        code = {value: number for number, value in enumerate(values)}
        if FIELDS[name].multi:
            indptr = np.cumsum([0, *map(len, held)]).astype(np.int32)
            return TwinColumn(values, np.array([code[v] for each in held for v in each], np.int32), indptr)
        return TwinColumn(values, np.array([code[each[0]] if each else -1 for each in held], np.int32), None)

    def integers(self, name: Any) -> Any:
        field = self.reader.schema[name]
        column = np.full(self.max_doc, MISSING, FIELDS[name].dtype)
        for text in self.reader.lexicon(name):
            if text[:1] == b"\x00":  # full precision
                column[list(self.reader.postings(name, text).all_ids())] = field.from_bytes(text)
        return column

    def doc(self, number: Any) -> Any:
        postings = self.postings("number", number)
        return None if postings is None else int(postings.docs[0])

    def number(self, doc: Any) -> Any:
        return self.reader.stored_fields(doc)["number"]

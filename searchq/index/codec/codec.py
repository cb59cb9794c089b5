"""The codec and the segment class in Whoosh's table of contents."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from whoosh.codec import base

from searchq.index.codec.documents import ArrayDocumentReader
from searchq.index.codec.generic import GenericDocumentWriter, GenericFieldWriter, GenericView
from searchq.index.codec.terms import ArrayTermsReader
from searchq.index.codec.view import PartView, View
from searchq.index.format.arrays import map_arrays
from searchq.index.format.files import segment_data_of
from searchq.index.format.manifest import EXTENSIONS

__all__ = ["ArrayCodec", "ArraySegment"]


class ArrayCodec(base.Codec):  # type: ignore[misc]
    """Reads our segments; reads and writes segments of any schema for Whoosh's own writer."""

    def new_segment(self, storage: Any, indexname: str) -> "ArraySegment":
        return ArraySegment(indexname)

    def per_document_writer(self, storage: Any, segment: "ArraySegment") -> GenericDocumentWriter:
        return GenericDocumentWriter(storage, segment)

    def field_writer(self, storage: Any, segment: "ArraySegment") -> GenericFieldWriter:
        return GenericFieldWriter(storage, segment)

    def terms_reader(self, storage: Any, segment: "ArraySegment") -> ArrayTermsReader:
        return ArrayTermsReader(_view(storage, segment))

    def per_document_reader(self, storage: Any, segment: "ArraySegment") -> ArrayDocumentReader:
        return ArrayDocumentReader(_view(storage, segment), segment)


class ArraySegment(base.Segment):  # type: ignore[misc]
    """One segment: its name, size and deleted documents; `native` if searchq wrote it."""

    def __init__(
        self, indexname: str, segid: str | None = None, docs: int = 0, deleted: Iterable[int] = (), native: bool = False
    ) -> None:
        self.indexname = indexname
        self.segid = segid or self._random_id()
        self.compound = False
        self.native = native
        self._docs = docs
        self._deleted = set(deleted)

    def codec(self) -> ArrayCodec:
        return ArrayCodec()

    def should_assemble(self) -> bool:
        return False  # there are few files, and each is mapped

    def set_doc_count(self, doccount: int) -> None:
        self._docs = doccount

    def doc_count_all(self) -> int:
        return self._docs

    def deleted_count(self) -> int:
        return len(self._deleted)

    def deleted_docs(self) -> set[int]:
        return self._deleted

    def delete_document(self, docnum: int, delete: bool = True) -> None:
        (self._deleted.add if delete else self._deleted.discard)(docnum)

    def is_deleted(self, docnum: int) -> bool:
        return docnum in self._deleted


def _view(storage: Any, segment: ArraySegment) -> View:
    if not segment.native:
        return GenericView(storage, segment)
    folder, name = Path(storage.folder), segment.segment_id()
    return PartView(
        segment_data_of({extension: map_arrays(folder / f"{name}.{extension}") for extension in EXTENSIONS})
    )

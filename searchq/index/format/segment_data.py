"""The data of a segment: some documents with their words, columns and records, as arrays only.

A prepared batch, a segment mapped from disk and the result of a merge all have this shape, so writing an index is one
operation: merging segment data (`merge.py`).

    SegmentData
    ├── languages   nl, fr: Language
    │   ├── words, terms            Strings; sorted in a segment
    │   ├── word -> (term, kind)    CSR arrays; a kind is a distinct (weight, reason) pair
    │   ├── term -> words           the inverse map
    │   ├── zones       name: Zone postings of surface words, with positions
    │   └── combined    postings of terms, weighted by zone and word (Dutch: the field `text`)
    ├── lengths     zone: words per document
    ├── facets      name: Facet, sorted values and codes
    ├── integers    name: int32 or int64 per document
    ├── numbers     Strings in document order, and their sort order
    └── records     headers and texts, compressed

Document numbers within a segment fit in 16 bits.
"""

from typing import Any, Final

from msgspec import Struct
from msgspec.structs import astuple

from searchq.index.format.checked_array import whole
from searchq.index.format.encoding import Bytes, Floats, Ints
from searchq.index.format.strings import Strings

__all__ = ["MAX_DOCS", "Combined", "Facet", "Language", "Records", "SegmentData", "ZonePostings", "whole_part"]

MAX_DOCS: Final = 1 << 16  # documents per segment


class ZonePostings(Struct, frozen=True, eq=False):
    """The postings of a zone's surface words, row by row; a row is a word that occurs in the zone.

    rows uint32[r] ascending word numbers; starts uint32[r + 1] into docs; docs uint16[n]; place_starts uint32[r + 1]
    into places; places uint8[…]: the positions of each posting as varints, the first as 2 × position + 1, each other
    as 2 × the distance from the one before. An odd number thus starts a posting, and frequencies need no array of
    their own.
    """

    rows: Ints
    starts: Ints
    docs: Ints
    place_starts: Ints
    places: Bytes


class Combined(Struct, frozen=True, eq=False):
    """Weighted postings of every term: starts uint32[terms + 1], docs uint16[n], weights uint8[n] (`WEIGHTS` codes).

    A batch contains few of the terms of its vocabulary: it has `rows` uint32[r], their numbers, ascending, and as many
    starts.
    """

    starts: Ints
    docs: Ints
    weights: Bytes
    rows: Ints | None = None


class Language(Struct, frozen=True, eq=False):
    """The words of one language, their terms, and their postings.

    word_starts uint32[words + 1] into word_terms (uint32 term numbers, the main one first) and word_kinds (uint8 into
    kind_weights float32 and kind_reasons); term_starts uint32[terms + 1] into term_words (uint32 ascending) and
    term_kinds.
    """

    words: Strings
    terms: Strings
    word_starts: Ints
    word_terms: Ints
    word_kinds: Bytes
    kind_weights: Floats
    kind_reasons: Strings
    term_starts: Ints
    term_words: Ints
    term_kinds: Bytes
    zones: dict[str, ZonePostings]
    combined: Combined | None


class Facet(Struct, frozen=True, eq=False):
    """A facet: sorted values; codes int32 into them, one per document (-1: none), or `starts` uint32[docs + 1]."""

    values: Strings
    codes: Ints
    starts: Ints | None


class Records(Struct, frozen=True, eq=False):
    """Stored records in compressed pieces: headers, texts and pages uint8[…], their starts uint64[docs + 1]."""

    headers: Bytes
    header_starts: Ints
    texts: Bytes
    text_starts: Ints
    pages: Bytes
    page_starts: Ints
    dictionary: Bytes  # a table of `records.tokens`, or zstandard's, shared by all pieces; may be empty


class SegmentData(Struct, frozen=True, eq=False):
    """Documents `0 … doc_count - 1` of a batch or a segment."""

    doc_count: int
    languages: dict[str, Language]
    lengths: dict[str, Ints]
    facets: dict[str, Facet]
    integers: dict[str, Ints]
    numbers: Strings
    number_order: Ints  # document numbers sorted by question number
    records: Records


def whole_part(part: SegmentData) -> SegmentData:
    """Return the segment data with plain arrays, every block compared with its checksum. Raises IndexBroken."""
    plain: SegmentData = _plain(part)
    return plain


def _plain(value: Any) -> Any:
    if isinstance(value, Struct):
        return type(value)(*map(_plain, astuple(value)))
    if isinstance(value, dict):
        return {name: _plain(own) for name, own in value.items()}
    return whole(value)

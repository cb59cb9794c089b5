"""Maps segment data to three files and back: the file and name of every array.

    <segment>.words      languages: dictionaries, maps, postings
    <segment>.columns    lengths, facets, integers, numbers
    <segment>.records    stored records

The names are paths in `segment_data.py`: `nl/title/docs`, `facet/minister/codes`.
"""

from collections.abc import Iterator, Mapping
from typing import Any, Final, TypeVar

import numpy as np

from searchq.index.format.arrays import Array
from searchq.index.format.encoding import Ints
from searchq.index.format.segment_data import Combined, Facet, Language, Records, SegmentData, ZonePostings
from searchq.index.format.strings import Strings
from searchq.index.schema import FACETS, INTEGER_NAMES, LANGUAGES, ZONES, zones_of

__all__ = ["arrays_of", "segment_data_of"]

_Flat = TypeVar("_Flat", Strings, ZonePostings, Combined, Records)
_MAP: Final = ("word_starts", "word_terms", "word_kinds", "kind_weights", "term_starts", "term_words", "term_kinds")


def arrays_of(part: SegmentData) -> dict[str, dict[str, Array]]:
    """Return the arrays of each file, by extension and name."""
    return {
        "words": dict(_words(part)),
        "columns": dict(_columns(part)),
        "records": dict(_flat("records", part.records)),
    }


def segment_data_of(files: Mapping[str, Mapping[str, Array]]) -> SegmentData:
    """Return the segment data made of those arrays. Raises KeyError if one is missing."""
    columns = files["columns"]
    return SegmentData(
        doc_count=len(columns["number_order"]),
        languages={name: _language(name, files["words"]) for name in LANGUAGES},
        lengths={zone.name: columns[f"length/{zone.name}"] for zone in ZONES},
        facets={
            name: Facet(
                _unflat(Strings, f"facet/{name}", columns),
                columns[f"facet/{name}/codes"],
                columns[f"facet/{name}/of"] if multi else None,
            )
            for name, (multi, _) in FACETS.items()
        },
        integers={name: columns[f"integer/{name}"] for name in INTEGER_NAMES},
        numbers=_unflat(Strings, "numbers", columns),
        number_order=columns["number_order"],
        records=_unflat(Records, "records", files["records"]),
    )


def _words(part: SegmentData) -> Iterator[tuple[str, Array]]:
    for name, language in part.languages.items():
        yield from _flat(f"{name}/words", language.words)
        yield from _flat(f"{name}/terms", language.terms)
        yield from _flat(f"{name}/kind_reasons", language.kind_reasons)
        for field in _MAP:
            yield f"{name}/{field}", getattr(language, field)
        for zone, postings in language.zones.items():
            yield from _flat(f"{name}/{zone}", postings)
        if language.combined is not None:
            yield from _flat(f"{name}/combined", language.combined)


def _language(name: str, arrays: Mapping[str, Any]) -> Language:
    combined = any(zone.weight for zone in zones_of(name))
    return Language(
        words=_unflat(Strings, f"{name}/words", arrays),
        terms=_unflat(Strings, f"{name}/terms", arrays),
        kind_reasons=_unflat(Strings, f"{name}/kind_reasons", arrays),
        zones={zone.name: _unflat(ZonePostings, f"{name}/{zone.name}", arrays) for zone in zones_of(name)},
        combined=_unflat(Combined, f"{name}/combined", arrays) if combined else None,
        **{field: arrays[f"{name}/{field}"] for field in _MAP},
    )


def _columns(part: SegmentData) -> Iterator[tuple[str, Array]]:
    for zone, lengths in part.lengths.items():
        yield f"length/{zone}", lengths
    for name, facet in part.facets.items():
        yield from _flat(f"facet/{name}", facet.values)
        yield f"facet/{name}/codes", _narrow(facet.codes, len(facet.values))
        if facet.starts is not None:
            yield f"facet/{name}/of", facet.starts
    for name, column in part.integers.items():
        yield f"integer/{name}", column
    yield from _flat("numbers", part.numbers)
    yield "number_order", part.number_order


def _narrow(codes: Ints, values: int) -> Ints:
    return codes.astype(np.int8 if values < 1 << 7 else np.int16 if values < 1 << 15 else np.int32)


def _flat(prefix: str, arrays: Strings | ZonePostings | Combined | Records) -> Iterator[tuple[str, Array]]:
    for name in _stored(type(arrays)):
        yield f"{prefix}/{name}", getattr(arrays, name)


def _unflat(kind: type[_Flat], prefix: str, arrays: Mapping[str, Any]) -> _Flat:
    return kind(**{name: arrays[f"{prefix}/{name}"] for name in _stored(kind)})


def _stored(kind: type[Any]) -> list[str]:
    """Return the fields that are stored; a field with a default is used only in memory."""
    names = kind.__struct_fields__
    return list(names[: len(names) - len(kind.__struct_defaults__)])

"""The dictionary as bytes: what an index keeps of it, so that a search looks words up without loading it.

    header    4 numbers: forms, bytes of the forms, buckets, 0       uint32
    digest    of all that follows: the name of the dictionary        16 bytes
    firsts    number of the first form of each bucket                uint32[buckets + 1]
    starts    where each bucket begins in the forms                  uint32[buckets + 1]
    lemmas    number of the lemma of each form                       uint32[forms]
    flags     listed, verb, noun, a form without its marks           uint8[forms]
    forms     a form a line, in the order of their buckets           \\nhuizen\\nwerkt\\n…

The bucket of a form is its checksum, so a form is looked up by reading some eight lines. Forms without their marks
(`officiele`) are among the forms: they have a lemma, but are not listed.
"""

import struct
from array import array
from bisect import bisect_right
from collections.abc import Iterable, Mapping, Set
from itertools import accumulate, compress
from typing import TYPE_CHECKING, Final
from zlib import crc32

from msgspec import Struct

from searchq.analysis.folding import fold

if TYPE_CHECKING:
    from searchq.kernel.dutch import DutchWords

__all__ = ["Entries", "PackedDictionary", "digest_of", "pack", "unpack"]

_HEADER: Final = struct.Struct("<4I16s")
_BUCKETS: Final = 1 << 16
_LISTED, _VERB, _NOUN, _UNMARKED = 1, 2, 4, 8
_LINE: Final = b"\n"
_NUMBER: Final = 4  # bytes


class Entries(Struct, frozen=True):
    """Forms and lemmas in lower case."""

    lemmas: Mapping[str, str]  # by form; every lemma has a form, most often itself
    unmarked: Mapping[str, str]  # of forms without their marks that are no forms themselves, the lemma
    verbs: Set[str]  # infinitives
    nouns: Set[str]  # lemmas with other forms, and no verbs


class PackedDictionary:
    """A lexicon (see `lexicon.Lexicon`) read from packed bytes, such as a mapped file; half a microsecond a word."""

    def __init__(self, packed: memoryview, words: "DutchWords | None" = None) -> None:
        self.words = words
        sections = _sections(packed)
        self._firsts, self._starts, self._lemmas, self._flags, self._forms = sections
        self._mask = len(self._firsts) - 2

    def lemma(self, form: str) -> str | None:
        number = self._number(form)
        return self._lemma(form, number) if number >= 0 and self._flags[number] & _LISTED else None

    def unmarked_lemma(self, form: str) -> str | None:
        number = self._number(bare := fold(form))
        return self._lemma(bare, number) if number >= 0 and self._flags[number] & (_LISTED | _UNMARKED) else None

    def is_listed(self, form: str) -> bool:
        return self._has(form, _LISTED)

    def is_verb(self, word: str) -> bool:
        return self._has(word, _VERB)

    def is_noun(self, word: str) -> bool:
        return self._has(word, _NOUN)

    def _has(self, form: str, flag: int) -> bool:
        number = self._number(form)
        return number >= 0 and bool(self._flags[number] & flag)

    def _number(self, form: str) -> int:
        """Return the number of a form; -1 if there is none."""
        code = _encoded(form)
        bucket = crc32(code) & self._mask
        lines = bytes(self._forms[self._starts[bucket] : self._starts[bucket + 1] + 1])
        place = lines.find(_LINE + code + _LINE)
        return -1 if place < 0 else self._firsts[bucket] + lines.count(_LINE, 0, place)

    def _lemma(self, form: str, number: int) -> str:
        lemma = self._lemmas[number]
        return form if lemma == number else self._form(lemma)

    def _form(self, number: int) -> str:
        bucket = bisect_right(self._firsts, number) - 1
        lines = bytes(self._forms[self._starts[bucket] + 1 : self._starts[bucket + 1]])
        return lines.split(_LINE)[number - self._firsts[bucket]].decode()


def digest_of(packed: bytes | memoryview) -> str:
    """Return the name of a dictionary, which tells it from any other."""
    digest: bytes = _HEADER.unpack_from(packed)[-1]
    return digest.hex()


def pack(entries: Entries) -> bytes:
    """Return the entries as bytes."""
    from hashlib import sha256  # loads OpenSSL: 4 ms that a search does not need

    lemmas = {lemma: lemma for lemma in entries.lemmas.values()} | dict(entries.unmarked) | dict(entries.lemmas)
    codes = sorted((crc32(code := _encoded(form)) & (_BUCKETS - 1), code, form) for form in lemmas)
    number = {form: place for place, (_, _, form) in enumerate(codes)}
    counts, sizes = [0] * _BUCKETS, [0] * _BUCKETS
    for bucket, code, _ in codes:
        counts[bucket] += 1
        sizes[bucket] += len(code) + 1
    forms = _LINE + b"".join(code + _LINE for _, code, _ in codes)
    body = b"".join(
        [
            *(_numbers(accumulate(each, initial=0)) for each in (counts, sizes)),
            _numbers(number[lemmas[form]] for form in number),
            bytes(_flags(form, entries) for form in number),
            forms,
        ]
    )
    return _HEADER.pack(len(number), len(forms), _BUCKETS, 0, sha256(body).digest()[:16]) + body


def _flags(form: str, entries: Entries) -> int:
    flags = _LISTED if form in entries.lemmas else _UNMARKED if form in entries.unmarked else 0
    return flags | (_VERB if form in entries.verbs else 0) | (_NOUN if form in entries.nouns else 0)


def unpack(packed: bytes) -> Entries:
    """Return the entries that were packed as these bytes."""
    _, _, lemmas, flags, lines = _sections(memoryview(packed))
    forms = bytes(lines[1:-1]).decode(errors="surrogatepass").split("\n") if len(flags) else []
    own = [*map(forms.__getitem__, lemmas)]

    def chosen(items: Iterable[str], flag: int) -> Iterable[str]:
        return compress(items, bytes(flags).translate(bytes(code & flag for code in range(256))))

    listed, unmarked = (dict(zip(chosen(forms, flag), chosen(own, flag), strict=True)) for flag in (_LISTED, _UNMARKED))
    return Entries(listed, unmarked, set(chosen(forms, _VERB)), set(chosen(forms, _NOUN)))


def _sections(packed: memoryview) -> tuple[memoryview, memoryview, memoryview, memoryview, memoryview]:
    """Return the sections behind the header, as numbers or bytes."""
    count, size, buckets, _, _ = _HEADER.unpack_from(packed)
    place, found = _HEADER.size, []
    for length, kind in ((buckets + 1, "I"), (buckets + 1, "I"), (count, "I"), (count, "B"), (size, "B")):
        end = place + length * (_NUMBER if kind == "I" else 1)
        found.append(packed[place:end].cast(kind))  # type: ignore[call-overload]
        place = end
    firsts, starts, lemmas, flags, forms = found
    return firsts, starts, lemmas, flags, forms


def _numbers(numbers: Iterable[int]) -> bytes:
    return array("I", numbers).tobytes()


def _encoded(form: str) -> bytes:
    return form.encode(errors="surrogatepass")

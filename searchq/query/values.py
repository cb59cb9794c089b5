"""The values of a facet in one index, with their spellings, and lookup of typed values.

Open Vld    open vld, OPENVLD   the whole value, but for the way it is written
            vld                 every word typed is a word of the value
            op*                 the value, or a word of it, begins so
"""

from collections.abc import Callable, Iterable, Mapping
from functools import cached_property
from itertools import chain, islice
from typing import Final, TypeAlias

from searchq.query.closest import closest
from searchq.query.facet_table import Facet, facet_named
from searchq.query.parties import group_parties, party
from searchq.query.people import Seat, group_people
from searchq.query.value_keys import Key, folded, folded_all, letters, person, plain_words

__all__ = ["Seats", "ValueTable", "group_spellings", "same_value"]

Seats: TypeAlias = Callable[[], Mapping[str, set[Seat]]]  # where each author sat, asked for only if it matters

_MIN_SIMILARITY: Final = 0.7  # of 1.0, for the nearest value
_MAX_COMPARED: Final = 300  # values looked at for the nearest
_MAX_COMPARED_LENGTH: Final = 60  # characters
_MAX_LENGTH_DIFFERENCE: Final = 3  # letters that the nearest may be longer or shorter

_KEYS: Final[Mapping[str, tuple[Key, ...]]] = {  # how a whole value may be written otherwise, the nearest way first
    "person": (folded, person, letters),
    "party": (folded, party),
    **dict.fromkeys(("number", "month", "band"), (folded,)),
}
_USUAL_KEYS: Final = (folded, letters)


def group_spellings(facet: Facet, counts: Mapping[str, int], seats: Seats) -> dict[str, str]:
    """Return the label of each published spelling that is not a label; `counts` are questions per spelling."""
    if facet.kind == "person":
        labels = group_people(counts, seats())
    elif facet.kind == "party":
        labels = group_parties(counts)
    elif facet.kind == "text":
        labels = _group_alike(counts)
    else:
        labels = {}
    return {spelling: label for spelling, label in labels.items() if spelling != label}


def _group_alike(counts: Mapping[str, int]) -> dict[str, str]:
    """Group spellings with the same folded form, under the most frequent."""
    keys = folded_all(counts)
    if len(set(keys)) == len(keys):
        return {}
    groups: dict[str, list[str]] = {}
    for key, spelling in zip(keys, counts, strict=True):
        groups.setdefault(key, []).append(spelling)
    several = [group for group in groups.values() if len(group) > 1]
    return {spelling: min(group, key=lambda one: (-counts[one], one)) for group in several for spelling in group}


def same_value(facet: str, one: str, other: str) -> bool:
    """Return whether two texts are spellings of one value of a facet, independent of any index."""
    return one == other or any("" != key(one) == key(other) for key in _keys(facet_named(facet)))


def _keys(facet: Facet) -> tuple[Key, ...]:
    return _KEYS.get(facet.kind, _USUAL_KEYS)


class ValueTable:
    """The values of one facet; thread-safe."""

    def __init__(self, facet: Facet, labels: Iterable[str], others: Mapping[str, str] | None = None) -> None:
        """`labels` are the values; `others` the spellings that are no label, each with its own."""
        self.facet = facet
        self.labels: tuple[str, ...] = tuple(labels)
        self._others = others or {}

    @cached_property
    def _known(self) -> frozenset[str]:
        return frozenset(self.labels)

    @cached_property
    def _spellings(self) -> Mapping[str, tuple[str, ...]]:
        """Return the spellings of the labels with several."""
        found: dict[str, list[str]] = {}
        for spelling, label in self._others.items():
            found.setdefault(label, [label]).append(spelling)
        return {label: tuple(sorted(spellings)) for label, spellings in found.items()}

    @cached_property
    def _by_key(self) -> dict[Key, dict[str, list[str]]]:
        return {}

    @cached_property
    def _by_word(self) -> Mapping[str, dict[str, None]]:
        """Map every word in a spelling to its labels; words with an apostrophe also without it."""
        found: dict[str, dict[str, None]] = {}
        for spelling in chain(self.labels, self._others):
            label = self._others.get(spelling, spelling)
            for word in chain(plain_words(spelling), map(letters, spelling.split())):
                found.setdefault(word, {})[label] = None
        return found

    def spellings(self, label: str) -> tuple[str, ...]:
        """Return the published values of a label."""
        return self._spellings.get(label, (label,))

    def whole(self, text: str) -> tuple[str, ...]:
        """Return the values equal to this text: exactly, else by spelling."""
        if text in self._others:
            return (self._others[text],)
        if text in self._known:
            return (text,)
        return next((found for key in _keys(self.facet) if (found := self._at(key, text))), ())

    def holding(self, text: str) -> tuple[str, ...]:
        """Return the values that contain every word of this text."""
        found = [self._by_word.get(word, {}).keys() for word in plain_words(text)]
        return tuple(sorted(set(found[0]).intersection(*found[1:]))) if found else ()

    def beginning(self, start: str) -> tuple[str, ...]:
        """Return the values that begin so, or contain a word that does."""
        begin = letters(start)
        looks = chain(self._keyed(letters).items(), self._by_word.items())
        return tuple(sorted({label for look, found in looks if look.startswith(begin) for label in found}))

    def nearest(self, text: str) -> str | None:
        """Return the value most similar to this text, whole or in one word; None if none is similar."""
        typed = letters(text)[:_MAX_COMPARED_LENGTH]
        looks: dict[str, Iterable[str]] = {**self._by_word, **self._keyed(letters)}
        alike = (look for look in looks if look[:1] == typed[:1] and _near(look, typed))
        near = closest(typed, islice(alike, _MAX_COMPARED), _MIN_SIMILARITY)
        return next(iter(looks[near])) if near else None

    def _at(self, key: Key, text: str) -> tuple[str, ...]:
        own = key(text)
        return tuple(self._keyed(key).get(own, ())) if own else ()

    def _keyed(self, key: Key) -> dict[str, list[str]]:
        """Return the labels by a key of their spellings; cached."""
        if key not in self._by_key:
            found: dict[str, list[str]] = {}
            for spelling in chain(self.labels, self._others):
                label = self._others.get(spelling, spelling)
                labels = found.setdefault(key(spelling), [])
                if label not in labels:
                    labels.append(label)
            self._by_key[key] = found
        return self._by_key[key]


def _near(one: str, other: str) -> bool:
    return abs(len(one) - len(other)) <= _MAX_LENGTH_DIFFERENCE

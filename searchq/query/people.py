"""Which prints of a name are one person, by the names of a whole index.

    Anne-Marie Lizin   LIZIN Anne-Marie   Mme Anne-Marie Lizin     differ in the way of writing
    Luc Vandenbrande   Van den Brande Luc                          in blanks and order
    Nele Moerenhaut    Nele Moerenhaut-Gijs                        one surname extends the other, and party and
                                                                   legislature agree

Nothing else makes two names one person; a name that could be either of two people is neither. The result depends on the
questions in the index, not on their order.
"""

from collections.abc import Iterable, Mapping, Sequence, Set
from functools import lru_cache
from itertools import pairwise
from typing import Final, TypeAlias

from searchq.query.value_keys import letters, name_span, plain_words, without_title

__all__ = ["Seat", "group_people"]

Seat: TypeAlias = tuple[str, str]  # a party and a legislature
_Surname: TypeAlias = tuple[str, ...]  # its words
_NOBODY: Final[frozenset[Seat]] = frozenset()


def group_people(counts: Mapping[str, int], seats: Mapping[str, Set[Seat]]) -> dict[str, str]:
    """The label of each print of a name: the best print of that person.

    `counts` are questions per print, `seats` where each was found to sit.
    """
    groups = _Groups(counts)
    for key in (_joined, _sorted):
        groups.join_alike((key(name), name) for name in sorted(counts))
    _join_reordered(groups)
    _join_extended(groups, seats)
    return {name: min(group, key=lambda one: _rank(one, counts[one])) for group in groups.all() for name in group}


class _Groups:
    """Names in groups that may be joined."""

    def __init__(self, names: Iterable[str]) -> None:
        self._groups = {name: [name] for name in names}

    def join(self, one: str, other: str) -> None:
        mine, others = self._groups[one], self._groups[other]
        if mine is not others:
            mine += others
            self._groups.update(dict.fromkeys(others, mine))

    def join_alike(self, keyed: Iterable[tuple[str, str]]) -> None:
        first: dict[str, str] = {}
        for key, name in keyed:
            self.join(first.setdefault(key, name), name)

    def all(self) -> list[list[str]]:
        return list({id(group): group for group in self._groups.values()}.values())


def _join_reordered(groups: _Groups) -> None:
    """Join names that are equal, blanks aside, once the first words of one are put last."""
    whole = {_joined(name): name for group in groups.all() for name in group}
    for name in whole.values():
        words = _words(name)
        for place in range(1, len(words)):
            if (other := whole.get("".join([*words[place:], *words[:place]]))) is not None:
                groups.join(name, other)


def _join_extended(groups: _Groups, seats: Mapping[str, Set[Seat]]) -> None:
    """Join people of one first name, party and legislature of whom one surname extends the other."""
    for shorter, longer in _extensions(groups, seats).items():
        if _is_chain(longer):
            for _, name in longer:
                groups.join(shorter, name)


def _extensions(groups: _Groups, seats: Mapping[str, Set[Seat]]) -> dict[str, list[tuple[_Surname, str]]]:
    """For a name of each person the surnames that extend his or hers, each with a name of that person, by length."""
    people = {names[0]: _seats(names, seats) for names in groups.all()}
    readings = {(own, _parted(name)) for names in groups.all() for own, name in ((names[0], name) for name in names)}
    owners = {reading: own for own, reading in sorted(readings)}
    found: dict[str, set[tuple[_Surname, str]]] = {}
    for own, (first, surname) in readings:
        for length in range(1, len(surname)):
            shorter = owners.get((first, surname[:length]))
            if shorter is not None and shorter != own and people[shorter] & people[own]:
                found.setdefault(shorter, set()).add((surname, own))
    return {shorter: sorted(longer, key=lambda one: (len(one[0]), one)) for shorter, longer in found.items()}


def _is_chain(surnames: Sequence[tuple[_Surname, str]]) -> bool:
    """Whether each surname extends the one before, so that all may be one person's."""
    return all(more[: len(less)] == less for (less, _), (more, _) in pairwise(surnames))


def _seats(names: Iterable[str], seats: Mapping[str, Set[Seat]]) -> frozenset[Seat]:
    return frozenset().union(*(seats.get(name, _NOBODY) for name in names))


@lru_cache(maxsize=1 << 14)
def _words(name: str) -> Sequence[str]:
    return without_title(plain_words(name))


def _joined(name: str) -> str:
    return "".join(_words(name))


def _sorted(name: str) -> str:
    return " ".join(sorted(_words(name)))


def _parted(name: str) -> tuple[str, _Surname]:
    """The first name, hyphens and all, and the words of the surname; capitals tell a surname that stands first."""
    chunks = [chunk for chunk in name.split() if letters(chunk)]
    first, last = name_span([" ".join(plain_words(chunk)) for chunk in chunks])
    chunks = chunks[first:last]
    capitals = next((place for place, chunk in enumerate(chunks) if not _in_capitals(chunk)), 0)
    chunks = chunks[capitals:] + chunks[:capitals]
    return (letters(chunks[0]), tuple(plain_words(" ".join(chunks[1:])))) if chunks else ("", ())


def _in_capitals(word: str) -> bool:
    return word.isupper() and len(letters(word)) > 1


def _rank(name: str, count: int) -> tuple[bool, bool, int, str]:
    """The least is the best print: no title, no word in capitals, then the most frequent."""
    return len(_words(name)) < len(plain_words(name)), any(map(_in_capitals, name.split())), -count, name

"""A French and a Dutch title on one line, one blank between them: where the one ends and the other begins.

Every place is scored as a whole split: by the language of the words on each side, by capitals (a title begins with one,
and a common word within a title rarely has one), by the number of parts (` - `), by what stands on both sides (names,
figures, acronyms: once in each title), by brackets and quotes that must close, and by lengths.

    Banque nationale - Panne | Nationale Bank - Panne     `nationale` and `Panne` on both sides, two parts each
"""

import re
from collections import Counter, defaultdict
from itertools import accumulate
from math import log
from typing import Final

from msgspec import Struct

from searchq.documents.senate.language_words import WordEvidence, evidence_of

__all__ = ["SplitTitle", "split_title"]

UNEQUAL_PARTS: Final = 5.0  # nats; what a first part more on one side costs
PART_MORE: Final = 1.5  # and each further one
SMALL_START: Final = 4.0  # a Dutch title that begins with a small letter
FIGURE_START: Final = 1.0  # or with a figure or a sign
OPEN_END: Final = 4.0  # a French title that ends in a word that wants another: de, à, pour
OPEN_BRACKET: Final = 4.0  # a bracket or quote that one side opens and the other closes
NOT_SHARED: Final = 3.0  # a name, figure or word that could stand once on each side, and does not
LENGTHS: Final = 1.0  # a title, or one of its parts, e times as long as its twin
ONE_LANGUAGE: Final = 9.0  # a line that holds one title only
LOOSE_CAPITAL: Final = 3.0  # a capital in French right after a common word that is no small word
LOOSE_NAME: Final = 0.5  # the same for a word that the table lacks: it may be a name
UNSURE: Final = 1.5  # the least by which the best split must beat the next one
UNSURE_PARTS: Final = 4.0  # and where the titles differ in parts
UNSURE_NAME: Final = 10.0  # and where nothing but names that only one title has stands between the two
MAX_WORDS: Final = 400  # of a title; beyond, a line is no title

_MAX_NAME_EVIDENCE: Final = 4.0  # nats; what a word may tell of its language that is a name in both titles
_TELLING: Final = 2.0  # nats; what a word must tell of its language to be no mere name
_MARKS: Final = "()[]«»“”‘’\"',.:;?!"
_SHORT: Final = 3  # letters; a word of so few says little by standing there twice
_SEPARATORS: Final = frozenset("-–—")
_WANTING: Final = frozenset(
    """
    à au aux avec chez dans de des du en entre et la le les l' d' leur ou par pour que qui sa ses son sans sous sur un
    une vers n° et/ou
    """.split()  # noqa: SIM905  # a list of words reads best as words
)
_SMALL_WORDS: Final = _WANTING | {"a", "contre", "depuis", "dit", "dite", "elle", "est", "il", "pas", "plus"}
_NAME_WORDS: Final = frozenset(
    """
    al da de del den der di du el la le m. mme mr. saint san sint te ten ter van vande vanden vander von
    """.split()  # noqa: SIM905  # as above
)
_SPACED: Final = re.compile(r"[^ ]+ *")
_CORE: Final = re.compile(r"\w+")
_FRENCH_LENGTH: Final = 1.12  # a French title is so much longer than its Dutch twin


class SplitTitle(Struct, frozen=True):
    """The two titles; `sure` is False where another split is nearly as good."""

    french: str | None
    dutch: str | None
    sure: bool = True


def split_title(line: str) -> SplitTitle:
    """The French title and the Dutch one of a line that holds both, or all that it holds."""
    spaced = _SPACED.findall(line)
    cut, sure = _best_split([piece.rstrip(" ") for piece in spaced[:MAX_WORDS]])
    return SplitTitle("".join(spaced[:cut]).rstrip(" ") or None, "".join(spaced[cut:]).rstrip(" ") or None, sure)


def _best_split(pieces: list[str]) -> tuple[int, bool]:
    """The number of French pieces, and whether no other number is nearly as likely."""
    half = len(pieces) // 2
    if pieces[:half] == pieces[half:]:
        return half, True
    title = _Title(pieces)
    cuts = [cut for cut in range(1, len(pieces)) if not (title.breaks[cut - 1] or title.breaks[cut])]
    scores = {cut: title.score(cut) for cut in (0, *cuts, len(pieces))}
    best = max(scores, key=lambda cut: scores[cut])
    return best, all(score <= scores[best] - title.margin(best, cut) for cut, score in scores.items() if cut != best)


class _Title:
    """A line of two titles with running sums of all that speaks for and against each place."""

    def __init__(self, pieces: list[str]) -> None:
        self.pieces = pieces
        self.breaks = [piece in _SEPARATORS for piece in pieces]
        evidence = [evidence_of(piece) for piece in pieces]
        self.evidence = evidence
        shared = _shared_names(pieces, evidence)
        loose = _loose_names(pieces, evidence)
        self.firm = _sums([float(at in shared or at not in loose) for at in range(len(pieces))])
        self.dutch = _sums([0.0 if at in shared else one.dutch for at, one in enumerate(evidence)])
        free = [at == 0 or at in shared or self._ends_part(at - 1) for at in range(len(pieces))]
        self.french_capitals = _sums(
            [0.0 if free[at] else one.french_capital + self._loose(at) for at, one in enumerate(evidence)]
        )
        self.dutch_capitals = _sums([0.0 if free[at] else one.dutch_capital for at, one in enumerate(evidence)])
        self.parts = _sums([float(self._ends_part(at)) for at in range(len(pieces))])
        self.lengths = _sums([len(piece) + 1.0 for piece in pieces])
        self.unshared = _unshared(pieces)
        self.open = _open_signs(pieces)
        self.part_start, self.part_end = self._part_bounds()

    def score(self, cut: int) -> float:
        """How well the title is split before a piece, in nats."""
        words = len(self.pieces)
        score = (self.dutch[words] - self.dutch[cut]) - self.french_capitals[cut]
        score -= self.dutch_capitals[words] - self.dutch_capitals[min(cut + 1, words)]
        if cut in (0, words):
            return score - ONE_LANGUAGE - NOT_SHARED * self.unshared[cut]
        difference = abs(2 * self.parts[cut] - self.parts[words])
        score -= (UNEQUAL_PARTS + PART_MORE * (difference - 1)) if difference else self._part_lengths(cut)
        score -= _start_cost(self.pieces[cut]) + OPEN_END * _is_wanting(self.pieces[cut - 1])
        score -= OPEN_BRACKET * self.open[cut] + NOT_SHARED * self.unshared[cut]
        return score - LENGTHS * _ratio(self.lengths[cut], self.lengths[words] - self.lengths[cut])

    def margin(self, best: int, other: int) -> float:
        """By how much one place must beat another to be sure.

        By more where the titles differ in parts, by most where nothing but names stands between the two places and
        the other may be a seam.
        """
        low, high = sorted((best, other))
        if self.firm[high] == self.firm[low]:
            return UNSURE_NAME if self._may_split(other) else UNSURE_PARTS
        return UNSURE if 2 * self.parts[best] == self.parts[-1] else UNSURE_PARTS

    def _may_split(self, cut: int) -> bool:
        """Whether a French title may end before a place, and a Dutch one begin there."""
        return 0 < cut < len(self.pieces) and not (_is_wanting(self.pieces[cut - 1]) or _start_cost(self.pieces[cut]))

    def _ends_part(self, at: int) -> bool:
        """Whether a part of a title ends with this piece: at ` - `, and at `x- X` or before ` -X`."""
        piece = self.pieces[at]
        if self.breaks[at]:
            return True
        after = self.pieces[at + 1] if at + 1 < len(self.pieces) else ""
        return (len(piece) > 1 and piece[-1] in _SEPARATORS and after[:1].isupper()) or (
            after[:1] in _SEPARATORS and after[1:2].isupper()
        )

    def _loose(self, at: int) -> float:
        """What a capital costs after a common word: French gives it to names, and puts names after small words."""
        if not self.pieces[at][0].isupper() or at == 0 or self.evidence[at].french_capital == 0:
            return 0.0
        before = self.pieces[at - 1].lower()
        loose = before == self.pieces[at - 1] and before not in _SMALL_WORDS
        return loose * (LOOSE_CAPITAL if self.evidence[at].known else LOOSE_NAME)

    def _part_bounds(self) -> tuple[list[int], list[int]]:
        """For each place, where the part before it starts, and where the part after it ends."""
        count = len(self.pieces)
        starts, ends = [0] * (count + 1), [count] * (count + 1)
        for at in range(count):
            starts[at + 1] = at + 1 if self._ends_part(at) else starts[at]
        for at in range(count - 1, -1, -1):
            ends[at] = at + (not self.breaks[at]) if self._ends_part(at) else ends[at + 1]
        return starts, ends

    def _part_lengths(self, cut: int) -> float:
        """How far the parts that meet at the place differ in length from their twins."""
        words = len(self.pieces)
        if self.parts[cut] == 0:
            return 0.0
        first_french, first_dutch = self.lengths[self.part_end[0]], self.lengths[self.part_end[cut]] - self.lengths[cut]
        last_french = self.lengths[cut] - self.lengths[self.part_start[cut]]
        last_dutch = self.lengths[words] - self.lengths[self.part_start[words]]
        return LENGTHS * (_ratio(first_french, first_dutch) + _ratio(last_french, last_dutch))


def _sums(values: list[float]) -> list[float]:
    return list(accumulate(values, initial=0.0))


def _ratio(french: float, dutch: float) -> float:
    return abs(log(max(french, 1.0) / max(dutch, 1.0) / _FRENCH_LENGTH))


def _start_cost(piece: str) -> float:
    """What a piece costs that begins the Dutch title: titles begin with a capital."""
    letters = piece.lstrip("\"'“‘«(„[`´’")
    if not letters or letters[:1].isupper() or piece[:2] in ("'s", "’s", "'t", "’t"):
        return 0.0
    if letters[:2] in ("e-", "i-") or any(char.isupper() for char in letters):
        return FIGURE_START
    return SMALL_START if letters[:1].islower() else FIGURE_START


def _is_wanting(piece: str) -> bool:
    return piece.lower().replace("’", "'") in _WANTING or piece.endswith((",", "'", "’", ":", "("))


def _loose_names(pieces: list[str], evidence: list[WordEvidence]) -> set[int]:
    """The places of words that may be names of either title, with the figures after them and the small words before."""
    loose = {at for at, one in enumerate(evidence) if _is_loose_name(pieces[at], one)}
    loose |= {at for at, piece in enumerate(pieces) if at - 1 in loose and piece.strip(_MARKS).isdigit()}
    for at in range(len(pieces) - 2, -1, -1):
        if at + 1 in loose and pieces[at].strip(_MARKS).lower() in _NAME_WORDS:
            loose.add(at)
    return loose


def _is_loose_name(piece: str, evidence: WordEvidence) -> bool:
    """Whether a piece may be a name of either language: a capital, and no word that tells much or is written small.

    Nor is a word of both languages alike a sign of either (`bpost`).
    """
    if evidence.known and evidence.dutch == 0.0 and len(piece) > _SHORT:
        return True
    if not any(char.isupper() for char in piece):
        return False
    costs_capital = evidence.french_capital > 0 or evidence.dutch_capital > 0
    return not (costs_capital and (evidence.known or abs(evidence.dutch) >= _TELLING))


def _shared_names(pieces: list[str], evidence: list[WordEvidence]) -> set[int]:
    """The places of names that most likely stand in both titles: words with a capital that stand there twice.

    A word that tells much of its language is a name only beside another one: `Mme De Block`, not `Les … Les`.
    """
    capitals = [at for at, piece in enumerate(pieces) if piece[:1].isupper()]
    single = _twice({at: pieces[at] for at in capitals if abs(evidence[at].dutch) < _MAX_NAME_EVIDENCE})
    pairs = _twice({at: f"{pieces[at]} {pieces[at + 1]}" for at in capitals if pieces[at + 1 : at + 2] and
                    pieces[at + 1][:1].isupper()})  # fmt: skip
    return single | pairs | {at + 1 for at in pairs}


def _twice(texts: dict[int, str]) -> set[int]:
    """The places whose text stands at an even number of places."""
    counts = Counter(texts.values())
    return {at for at, text in texts.items() if counts[text] % 2 == 0}


def _unshared(pieces: list[str]) -> list[float]:
    """For each place, how many repeated words do not stand as often before it as after it."""
    places: defaultdict[str, list[int]] = defaultdict(list)
    for at, piece in enumerate(pieces):
        for core in _CORE.findall(piece):
            if core != core.lower() or len(core) > _SHORT or core[0].isdigit():
                places[core.lower()].append(at)
    changes = [0.0] * (len(pieces) + 2)
    for found in places.values():
        half, odd = divmod(len(found), 2)
        if odd or not half:
            continue
        changes[0] += 1.0
        changes[found[half - 1] + 1] -= 1.0
        changes[found[half] + 1] += 1.0
    return list(accumulate(changes))


def _open_signs(pieces: list[str]) -> list[float]:
    """For each place, how many kinds of brackets and quotes are open there that close in the end."""
    opened = [0.0] * (len(pieces) + 1)
    for opening, closing in ("()", "[]", "“”", "«»", '""'):
        if opening == closing:
            levels = [level % 2 for level in _sums([float(piece.count(opening)) for piece in pieces])]
        else:
            levels = _sums([float(piece.count(opening) - piece.count(closing)) for piece in pieces])
        if levels[-1] == 0:
            opened = [before + bool(level) for before, level in zip(opened, levels, strict=True)]
    return opened

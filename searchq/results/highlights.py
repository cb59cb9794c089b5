"""Highlighting: find the matched words of a query in a text without analysing the text again.

An engine returns the surface words of each query term (`Hits.highlight`), so texts are searched for those only:

    terms with their words -> what is sought, once for all zones with the same words (`needles`)
    texts -> joined per finder -> positions of its words (`word_finder`) -> marks of each text

Searching all texts of a page at once makes snippets cheaper than the search.
"""

from collections.abc import Iterable, Sequence
from typing import Final

from searchq.analysis.broken_words import with_joined
from searchq.analysis.typography import with_words_joined
from searchq.query.hits import HighlightTerm
from searchq.results.marks import JOINT, Place, by_text
from searchq.results.needles import Phrase, Sought
from searchq.results.page import Zone
from searchq.results.word_finder import WordFinder

__all__ = ["Highlighter"]

ZONES: Final[tuple[Zone, ...]] = ("title", "question", "answer", "french")
DUTCH_ZONES: Final[tuple[Zone, ...]] = ("title", "question", "answer")
_SHARED_FIELDS: Final = frozenset({"text", "french"})  # fields that cover all Dutch zones
MAX_CHARACTERS: Final = 200_000  # searched of every text
MORE_CHARACTERS: Final = 8_000_000  # searched of all texts at once beyond that, a tenth of a second
MAX_MARKS: Final = 2000  # occurrences of one needle per text


class Highlighter:
    """Finds the marks of one query in any text; one per query, used for every hit."""

    def __init__(self, terms: Iterable[HighlightTerm]) -> None:
        """`terms` as in `Hits.highlight`."""
        terms = tuple(terms)
        plain = all(term.field in _SHARED_FIELDS and not term.phrase for term in terms)
        dutch = WordFinder(Sought())
        self._finders = {zone: dutch if plain and zone != "french" else WordFinder(Sought()) for zone in ZONES}
        numbers: dict[str, int] = {}
        covering = {
            field: _distinct(self._finders[zone] for zone in _zones(field)) for field in {term.field for term in terms}
        }
        for term in terms:
            number = numbers.setdefault(term.term, len(numbers))
            for finder in covering[term.field]:
                if term.phrase:
                    finder.sought.add_phrase(Phrase(term.words, number, term.weight))
                else:
                    finder.sought.add(term.words, number, term.weight)

    def marks(self, texts: Sequence[tuple[Zone, str]]) -> list[list[Place]]:
        """The ranges to highlight in each text, ascending and disjoint.

        Texts searched for the same words are joined and searched once, so that twenty questions take little longer
        than one.
        """
        found: list[list[Place]] = [[] for _ in texts]
        for finder in _distinct(self._finders.values()):
            own = [place for place, (zone, _) in enumerate(texts) if self._finders[zone] is finder]
            if own and (finder.sought.needles or finder.sought.phrases):
                cut = _within_budget([texts[place][1] for place in own])
                places = finder.places(_in_whole_words(JOINT.join(cut), finder.sought), MAX_MARKS * len(cut))
                for place, marks in zip(own, by_text(places, cut), strict=True):
                    found[place] = marks
        return found


def _in_whole_words(text: str, sought: Sought) -> str:
    """The text, as long, with broken words in one piece, those of prose where they are sought."""
    return with_joined(with_words_joined(text), lambda first, last: first + last in sought.whole)


def _within_budget(texts: Sequence[str]) -> Sequence[str]:
    """The texts, whole as far as the time for all of them allows: beyond their beginnings, the first ones first."""
    if max(map(len, texts)) <= MAX_CHARACTERS:  # nearly always
        return texts
    left, found = MORE_CHARACTERS, []
    for text in texts:
        kept = text[: MAX_CHARACTERS + left]
        left -= max(len(kept) - MAX_CHARACTERS, 0)
        found.append(kept)
    return found


def _zones(field: str) -> tuple[Zone, ...]:
    """The zones a field covers: the Dutch ones for `text`, one zone for a zone's own field.

    French words may stand in any: a page in French only has its texts where others have the Dutch ones.
    """
    zone = field.removesuffix("_exact")
    if zone.startswith("french"):
        return ZONES
    if zone == "text":
        return DUTCH_ZONES
    return tuple(known for known in ZONES if known == zone)


def _distinct(finders: Iterable[WordFinder]) -> list[WordFinder]:
    return list({id(finder): finder for finder in finders}.values())

"""The terms of a question, weighted by the zones they stand in: of these the most telling are searched for."""

from collections.abc import Callable, Iterator

from searchq.analysis.tokenizer import words
from searchq.index.schema import texts_of
from searchq.query.similarity import MIN_LETTERS, READ_CHARACTERS, READ_ZONES
from searchq.query.zones import twin_of, zones_of
from searchq.question import Question

__all__ = ["weighted_terms"]


def weighted_terms(
    question: Question, language: str, term_of: Callable[[str], str | None]
) -> dict[str, tuple[float, str]]:
    """Return the weighted frequency of each term in the question's texts in a language, and a surface word for it.

    `term_of` gives the term of a word, None for a word without one; it is asked once for each word.
    """
    found: dict[str, tuple[float, str]] = {}
    terms: dict[str, str | None] = {}
    for weight, text in _weighted_texts(question, language):
        for word in words(text):
            if word not in terms:
                terms[word] = term_of(word) if word.isalpha() and len(word) >= MIN_LETTERS else None
            term = terms[word]
            if term is not None:
                frequency, first = found.get(term, (0.0, word))
                found[term] = (frequency + weight, first)
    return found


def _weighted_texts(question: Question, language: str) -> Iterator[tuple[float, str]]:
    names = [twin_of(name, language) for name in READ_ZONES]
    for zone in zones_of(language):
        if zone.name in names:
            yield from ((zone.weight, text[:READ_CHARACTERS]) for text in texts_of(zone, question) if text)

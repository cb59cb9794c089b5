"""Autocompletion: values, names and words for the text being typed, counted under the filters in force.

Values come before words; with few of both those follow that begin so but for one slip. No suggestion repeats the words
of another in another form, and each is counted by what choosing it finds.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Final, NamedTuple

from msgspec.structs import replace

from searchq.analysis.folding import fold
from searchq.analysis.sentences import names_no_subject
from searchq.analysis.terms import WeightedTerm, meant_by
from searchq.analysis.tokenizer import words
from searchq.engines.opensearch.facets import counts_of, values_aggregation
from searchq.engines.opensearch.filters import Filters, filters_of
from searchq.engines.opensearch.matches import read
from searchq.engines.opensearch.spans import row
from searchq.engines.opensearch.values import table_of
from searchq.engines.opensearch.view import View, both, term_query
from searchq.engines.opensearch.word_lists import beginning, fitting_folded, quoted
from searchq.engines.opensearch.words import meaning
from searchq.limits import MAX_QUERY_CHARACTERS
from searchq.numbers import is_beginning
from searchq.query.facet_table import FACETS, FacetName
from searchq.query.request import Request
from searchq.query.suggestion import MIN_SLIP_LETTERS, Suggestion, choose, chosen, split_last_word
from searchq.query.zones import TEXT

__all__ = ["suggest"]

_LOOKED_AT: Final = 16  # words considered per request
_TERSE: Final = ("title_exact", "keywords_exact")  # texts so short that adjacent words belong together
_SHARES: Final = {facet.name: facet.suggested for facet in FACETS if facet.suggested}
_WORD_START: Final = re.compile(r"(?<![^\W_])[^\W_]")
_Begins = Callable[[str], bool]


class _Typed(NamedTuple):
    """What is being typed, under which filters, in which generation."""

    text: str
    request: Request
    filters: Filters
    view: View


def suggest(text: str, request: Request, limit: int, view: View) -> tuple[Suggestion, ...]:
    """Return at most `limit` suggestions under the filters of a request; none for a text longer than a query may be."""
    text = text.lstrip()
    if not text or len(text) > MAX_QUERY_CHARACTERS:
        return ()
    bare = replace(request, text="", facets=(), histogram=False, page=1)
    typed = _Typed(text, bare, filters_of(request, view), view)
    if is_beginning(text):
        return tuple(_numbers(typed, limit))
    return choose(
        (_beginning(typed), _beginning_nearly(typed)),
        limit,
        count=lambda one: _count(one, typed),
        words=lambda text: _same_words(text, typed.view),
    )


def _numbers(typed: _Typed, limit: int) -> list[Suggestion]:
    """Return question numbers with this prefix, in order."""
    query = both(typed.view.alive, typed.filters.query(), {"prefix": {"number": typed.text}})
    body = {"size": limit, "query": query, "sort": ["number"], "docvalue_fields": ["number"]}
    hits = typed.view.search(body)["hits"]["hits"]
    return [Suggestion(hit["fields"]["number"][0], "number", 1) for hit in hits]


def _beginning(typed: _Typed) -> Iterator[Suggestion]:
    """Yield what begins as typed: values, then words."""
    own = fold(typed.text.lower())
    yield from _values(typed, lambda key: key.startswith(own))
    head, last = split_last_word(typed.text)
    if last:
        yield from _words(head, beginning(last, typed.view), typed)


def _beginning_nearly(typed: _Typed) -> Iterator[Suggestion]:
    """Yield what begins so with one slip: values, then words."""
    own = fold(typed.text.lower())
    if len(own) >= MIN_SLIP_LETTERS:
        slips = re.compile("|".join(_slips(own, re.escape)), re.DOTALL)
        yield from _values(typed, lambda key: not key.startswith(own) and bool(slips.match(key)))
    head, last = split_last_word(typed.text)
    if len(last) >= MIN_SLIP_LETTERS:
        own = fold(last.lower())
        near = fitting_folded((f"{slip}[^ ]*" for slip in _slips(own, quoted)), typed.view)
        yield from _words(head, {word: count for word, count in near.items() if not fold(word).startswith(own)}, typed)


def _slips(typed: str, told: Callable[[str], str]) -> Iterator[str]:
    """Yield as patterns what may have been meant: one letter lost, added, changed or swapped, not the first.

    Nor is the last one added or changed.
    """
    for place in range(1, len(typed)):
        before, letter, after = told(typed[:place]), typed[place], typed[place + 1 :]
        yield f"{before}.{told(letter + after)}"
        if after:
            yield before + told(after)
            yield f"{before}.{told(after)}"
            yield before + told(after[0] + letter + after[1:])


def _values(typed: _Typed, begins: _Begins) -> Iterator[Suggestion]:
    """Yield for each facet the most frequent values of which a word begins so; first those whose first word does."""
    for kind, share in _SHARES.items():
        counts, rows = _counts(kind, typed), []
        for value in table_of(kind, typed.view).labels:
            key = fold(value.lower())
            starts = [begins(key[match.start() :]) for match in _WORD_START.finditer(key)]
            if any(starts) and counts.get(value):
                rows.append((not starts[0], -counts[value], value))
        yield from (Suggestion(value, kind, -count) for _, count, value in sorted(rows)[:share])


def _counts(kind: FacetName, typed: _Typed) -> Mapping[str, int]:
    """Count the questions of each value, without the facet's own filter."""
    request = typed.request
    others = replace(request, selections=tuple(one for one in request.selections if one.facet != kind))

    def counted() -> Mapping[str, int]:
        query = both(typed.view.alive, typed.filters.query(kind))
        body = {"size": 0, "query": query, "aggs": {"values": values_aggregation(kind, typed.view)}}
        return counts_of(kind, typed.view.search(body)["aggregations"], typed.view)

    return typed.view.once(("value counts", kind, others), counted)


def _words(head: str, last_words: Mapping[str, int], typed: _Typed) -> list[Suggestion]:
    """Return the text with each of some last words that questions hold together with the words before.

    Of words with one stem only the most frequent is suggested, since each finds them all.
    """
    frequent = sorted(last_words, key=lambda word: (-last_words[word], fold(word), word))[:_LOOKED_AT]
    found: dict[str, str] = {}
    for word in frequent:
        if not names_no_subject(word):
            found.setdefault(meant_by(meaning(word, "nl")), word)
    before = [term for word in words(head) if (term := _main_term(word, typed.view)) is not None]
    terms = [meaning(word, "nl")[0].term for word in found.values()]
    keys = [("word", typed.request, *before, term) for term in terms]
    counts = typed.view.counts({key: _holding((*before, one), typed) for key, one in zip(keys, terms, strict=True)})
    rows = [Suggestion(head + word, "word", counts[key]) for word, key in zip(found.values(), keys, strict=True)]
    counted = sorted((one for one in rows if one.count), key=lambda one: -one.count)
    return _by_neighbour(words(head)[-1], head, counted, typed.view) if before else counted


def _holding(terms: Iterable[str], typed: _Typed) -> dict[str, object]:
    return both(*(term_query(TEXT, term) for term in terms), typed.filters.query())


def _by_neighbour(left: str, head: str, counted: Sequence[Suggestion], view: View) -> list[Suggestion]:
    """Return the texts whose last word follows the one before it in titles or descriptors; all, if none does."""
    lasts = [one.text[len(head) :] for one in counted]
    queries = {("follows", field, left, last): row(field, (left, last)) for last in lasts for field in _TERSE}
    counts = view.counts(queries)
    follows = [sum(counts["follows", field, left, last] for field in _TERSE) for last in lasts]
    ranked = sorted(zip(follows, counted, strict=True), key=lambda one: (-one[0], -one[1].count))
    return [one for follow, one in ranked if follow] or [one for _, one in ranked]


def _count(one: Suggestion, typed: _Typed) -> int:
    """Count the questions that choosing a suggestion leads to."""
    if one.kind != "word" and one.kind not in typed.filters.facets:
        return one.count  # the filters and this value: counted already
    request = replace(chosen(one, typed.request), all_words=True)
    asked = read(request, typed.view)
    return typed.view.count(("chosen", request), asked.passing(asked.matching()))


def _same_words(text: str, view: View) -> tuple[str, ...]:
    """Return a key that texts of the same words share, whatever their case, form and stop words."""
    return tuple(term for word in words(text) if (term := _meant_by(word, view))) or (fold(text.lower()),)


def _meant_by(word: str, view: View) -> str | None:
    """Return what the forms of a word share; the word itself if no question holds it, None for a stop word."""
    terms = _terms_held(word, view)
    return word if terms is None else meant_by(terms) if terms else None


def _main_term(word: str, view: View) -> str | None:
    """Return the main term of a word; the word itself if no question holds it, None for a stop word."""
    terms = _terms_held(word, view)
    return word if terms is None else terms[0].term if terms else None


def _terms_held(word: str, view: View) -> Sequence[WeightedTerm] | None:
    """Return the terms of a word; None if no question holds it."""
    return meaning(word, "nl") if view.frequencies([("holds nl", word)])["holds nl", word] else None

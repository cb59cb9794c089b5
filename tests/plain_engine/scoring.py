"""The score of a document for a query tree, as an explanation that adds up; and where in a text a node stands.

    idf = ln(N / (n + 1)) + 1            N documents, n of them hold the term
    score = idf × weight × (K1 + 1) / (weight + K1 × (1 - B + B × length / average length))

`searchq.engines.embedded.ranking` documents the formulas; they are written here a second time.
"""

import fnmatch
import itertools
import math
from collections.abc import Callable, Iterable, Iterator, Sequence

from searchq.analysis.tokenizer import words
from searchq.limits import MAX_EXPANDED_TERMS
from searchq.query.explanation import Explanation
from searchq.query.hints import Hint
from searchq.query.parsed import ParsedQuery
from searchq.query.tree import (
    AllOf,
    AnyOf,
    AnyValue,
    BestOf,
    Everything,
    Expansion,
    Filter,
    Fuzzy,
    Near,
    Node,
    Phrase,
    Prefix,
    Range,
    Term,
    Wildcard,
    Without,
)
from searchq.query.tree_contents import parts_of
from searchq.query.zones import ZONES, exact
from tests.plain_engine.document import SCORED, Document, texts_of
from tests.plain_engine.index import PlainIndex

__all__ = ["as_typed", "edits", "expand", "expansion_hints", "explain", "matches", "recency"]

K1, B = 0.9, 0.75
RECENCY, HALF_LIFE_YEARS = 0.03, 8.0
NEARNESS, WINDOW, MAX_PAIRS = 0.25, 6, 12
FORM, TITLE = 0.05, 0.5
EARLY, BEGINNING = 0.2, 60

Span = tuple[int, int]  # the first and the last position


def matches(node: Node, index: PlainIndex) -> list[Document]:
    """The documents that a node matches."""
    return [document for document in index.documents if explain(node, document, index) is not None]


def explain(node: Node, document: Document, index: PlainIndex) -> Explanation | None:
    """What a node gives to the score of a document; None where it does not match it."""
    match node:
        case Term():
            return _term(node, document, index) if (node.field, node.text) in document.weights else None
        case Phrase():
            words = [Term(node.field, word) for word in node.words]
            return _sum(node, _each(words, document, index), node.boost) if _spans(node, document, index) else None
        case Prefix() | Wildcard() | Fuzzy():
            held = any((node.field, word) in document.weights for word in expand(node, index))
            return Explanation(_name(node), node.boost) if held else None
        case Range():
            return Explanation(_name(node), 1.0) if _within(node, document) else None
        case AnyValue():
            return Explanation(_name(node), 1.0) if document.values[node.field] else None
        case Everything():
            return Explanation(_name(node), 1.0)
        case Filter():
            return None if explain(node.part, document, index) is None else Explanation(_name(node), 1.0)
        case Without():
            return None if explain(node.denied, document, index) else explain(node.wanted, document, index)
        case AllOf() | AnyOf() | BestOf() | Near():
            return _combined(node, document, index)
    return None


def _combined(node: AllOf | AnyOf | BestOf | Near, document: Document, index: PlainIndex) -> Explanation | None:
    found = _each(node.parts, document, index)
    least = {AllOf: len(node.parts), Near: len(node.parts), BestOf: 1}.get(type(node), getattr(node, "at_least", 1))
    if len(found) < least or (isinstance(node, Near) and not _spans(node, document, index)):
        return None
    if isinstance(node, BestOf):
        return Explanation(_name(node), max(part.value for part in found), {}, tuple(found))
    return _sum(node, found)


def _each(nodes: Iterable[Node], document: Document, index: PlainIndex) -> list[Explanation]:
    return [found for node in nodes if (found := explain(node, document, index)) is not None]


def _sum(node: Node, parts: Sequence[Explanation], boost: float = 1.0) -> Explanation:
    figures = {} if boost == 1.0 else {"boost": boost}
    return Explanation(_name(node), boost * sum(part.value for part in parts), figures, tuple(parts))


def _term(node: Term, document: Document, index: PlainIndex) -> Explanation:
    """A word by BM25F, a value by its boost."""
    if node.field not in SCORED:
        return Explanation(_name(node), node.boost)
    weight = document.weights[node.field, node.text]
    idf = math.log(len(index.documents) / (index.document_frequency(node.field, node.text) + 1)) + 1
    length = document.lengths[node.field] / index.average_lengths[node.field]
    saturated = weight * (K1 + 1) / (weight + K1 * (1 - B + B * length))
    figures = {"idf": idf, "weight": weight, "saturated": saturated, "length": length, "boost": node.boost}
    return Explanation(_name(node), idf * saturated * node.boost, figures)


def _within(node: Range, document: Document) -> bool:
    number = document.numbers[node.field]
    if number is None:
        return False
    return (node.first is None or node.first <= number) and (node.last is None or number <= node.last)


def _spans(node: Node, document: Document, index: PlainIndex) -> set[Span]:
    """Where a node stands in the texts of a document."""
    match node:
        case Term():
            return {(position, position) for position in document.positions.get((node.field, node.text), ())}
        case Prefix() | Wildcard() | Fuzzy():
            return _any_span([Term(node.field, word) for word in expand(node, index)], document, index)
        case AnyOf():
            return _any_span(node.parts, document, index)
        case AllOf():
            everywhere = explain(node, document, index) is not None
            return _any_span(node.parts, document, index) if everywhere else set()
        case Phrase():
            words = [Term(node.field, word) for word in node.words]
            return _row(words, lambda one, other: 1 <= other[0] - one[1] <= node.slop, document, index)
        case Near():
            return _row(node.parts, lambda *two: node.least <= _apart(*two) <= node.distance, document, index)
    return set()


def _any_span(nodes: Iterable[Node], document: Document, index: PlainIndex) -> set[Span]:
    return {span for node in nodes for span in _spans(node, document, index)}


def _row(nodes: Sequence[Node], fits: Callable[[Span, Span], bool], document: Document, index: PlainIndex) -> set[Span]:
    """The spans that hold one of each node, each of which fits those before it."""
    found = _spans(nodes[0], document, index)
    for node in nodes[1:]:
        others = _spans(node, document, index)
        pairs = [(one, other) for one in found for other in others if fits(one, other)]
        found = {(min(one[0], other[0]), max(one[1], other[1])) for one, other in pairs}
    return found


def _apart(one: Span, other: Span) -> int:
    """How many places lie from one span to another; 0 where they overlap."""
    return max(other[0] - one[1], one[0] - other[1], 0)


def expand(node: Expansion, index: PlainIndex) -> list[str]:
    """The words a node stands for; of too many, the most frequent."""
    words = _fitting(node, index)
    words.sort(key=lambda word: -index.document_frequency(node.field, word))
    return sorted(words[:MAX_EXPANDED_TERMS])


def _fitting(node: Expansion, index: PlainIndex) -> list[str]:
    return [word for word in index.terms(node.field) if _fits(node, word)]


def _fits(node: Expansion, word: str) -> bool:
    match node:
        case Prefix():
            return word.startswith(node.text)
        case Wildcard():
            return fnmatch.fnmatchcase(word, node.text)
        case Fuzzy():
            begin = node.text[: node.prefix_length]
            return word.startswith(begin) and edits(word, node.text) <= node.edits


def edits(one: str, other: str) -> int:
    """Letters to add, drop or change to make one word of another (Levenshtein)."""
    row = list(range(len(other) + 1))
    for i, letter in enumerate(one, 1):
        before, row = row, [i]
        for j, wanted in enumerate(other, 1):
            row.append(min(row[j - 1] + 1, before[j] + 1, before[j - 1] + (letter != wanted)))
    return row[-1]


def expansion_hints(node: Node, index: PlainIndex) -> Iterator[Hint]:
    """What to tell of words that stand for too many others."""
    if isinstance(node, Prefix | Wildcard | Fuzzy):
        found = len(_fitting(node, index))
        if found > MAX_EXPANDED_TERMS:
            shown = node.text + {Prefix: "*", Fuzzy: "~"}.get(type(node), "")
            yield Hint("many-words", {"word": shown, "found": found, "kept": MAX_EXPANDED_TERMS})
    for part in parts_of(node):
        yield from expansion_hints(part, index)


def recency(document: Document, index: PlainIndex) -> float:
    """The factor for the day a question was asked on."""
    day = document.numbers["date"]
    if day is None:
        return 1 + RECENCY if index.days("date") else 1.0
    years = (max(index.days("date")) - day) / 365.25
    return 1 + RECENCY * 2 ** (-years / HALF_LIFE_YEARS)


def as_typed(query: ParsedQuery, text: str, document: Document, index: PlainIndex) -> float:
    """The factor for words as they were typed: near each other, in that form, early, as the whole title.

    The texts in the language of the query are looked at.
    """
    title, question = ("title", "question") if query.language == "nl" else ("french_title", "french_question")
    telling, spoken = query.contents.plain_words, exact(question)
    factor = proximity(telling, spoken, query.language, document, index)
    distinct = set(telling)
    held = sum((spoken, word) in document.positions for word in distinct)
    factor *= 1 + FORM * held / len(distinct)
    stems = [terms[0].term for word in distinct if (terms := index.analyze(word, query.language))]
    early = [stem for stem in stems if _is_early(stem, title, question, document)]
    factor *= 1 + EARLY * len(early) / max(len(stems), 1)
    (zone,) = (zone for zone in ZONES if zone.name == title)
    whole = [word for own in texts_of(zone, document.question) for word in words(own)]
    return factor * (1 + TITLE if whole == words(text) else 1)


def proximity(telling: Sequence[str], field: str, language: str, document: Document, index: PlainIndex) -> float:
    """The factor for words that stand in the question as near each other as they were typed."""
    known = [word for word in telling if index.holds(word, language) and index.analyze(word, language)]
    pairs = dict.fromkeys((one, other) for one, other in itertools.pairwise(known) if one != other)
    chosen = list(pairs)[:MAX_PAIRS]
    gained = sum(_nearness(*pair, field, document) for pair in chosen)
    return 1 + NEARNESS * gained / len(chosen) if chosen else 1.0


def _is_early(stem: str, title: str, question: str, document: Document) -> bool:
    places = document.positions.get((question, stem), [])
    return (title, stem) in document.positions or any(place < BEGINNING for place in places)


def _nearness(one: str, other: str, field: str, document: Document) -> float:
    ours, theirs = (document.positions.get((field, word), []) for word in (one, other))
    least = min((abs(here - there) for here in ours for there in theirs), default=WINDOW + 1)
    return 1.0 if least == 1 else 0.5 if least <= WINDOW else 0.0


def _name(node: Node) -> str:
    kind = type(node).__name__
    return f"{node.field}:{node.text}" if isinstance(node, Term | Prefix | Wildcard | Fuzzy) else kind

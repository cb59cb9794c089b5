"""A request to hits: what the text matches, what the filters let through, in which order, with which siblings."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from msgspec.structs import replace

from searchq.errors import RequestError
from searchq.languages import asked_in
from searchq.limits import MAX_PAGE_SIZE
from searchq.query.explanation import Explanation
from searchq.query.hints import Hint
from searchq.query.hits import FacetCounts, HighlightTerm, Hit, Hits
from searchq.query.language import parse
from searchq.query.parsed import ParsedQuery
from searchq.query.request import Request, Sort, Texts
from searchq.query.similarity import FLOOR
from searchq.query.tree import Everything, Node, Nothing, any_of
from searchq.query.tree_contents import contents_of
from searchq.question import Question
from tests.plain_engine.counting import count_facet, histogram
from tests.plain_engine.document import Document
from tests.plain_engine.filters import Filters, filters_of
from tests.plain_engine.index import PlainIndex
from tests.plain_engine.scoring import as_typed, expansion_hints, explain, matches, recency
from tests.plain_engine.words import highlight, telling_terms, told

__all__ = [
    "Found",
    "check_bounds",
    "explain_hit",
    "highlight_of",
    "matching",
    "read_text",
    "scan",
    "search",
    "similar_to",
    "told_of",
    "without_texts",
]  # fmt: skip

RERANKED = 100  # matches that gain by words as they were typed
FEW = 20  # questions with all words: where there are fewer, those with most of them follow


@dataclass(frozen=True)
class Found:
    """What a text matches; `query` is None for no text at all."""

    tree: Node
    documents: Sequence[Document]
    query: ParsedQuery | None = None
    hints: tuple[Hint, ...] = ()


@dataclass(frozen=True)
class Match:
    document: Document
    score: float
    partial: bool = False  # holds most of the words, not all


def search(request: Request, index: PlainIndex) -> Hits:
    """The hits of a request."""
    check_bounds(request)
    filters, found = filters_of(request, index), read_text(request, index)
    kept = [document for document in found.documents if filters.passes(document)]
    looser = _looser(request, found, kept, index)
    others = [document for document in looser.documents if filters.passes(document)]
    groups = _grouped(_ordered(request, found, kept, looser, others, index), request.fold)
    full_groups = [group for group in groups if not group[0].partial]
    first = (request.page - 1) * request.limit
    page = groups[first : first + request.limit]
    return Hits(
        request=request,
        total=len(kept),
        groups=len(full_groups),
        partial_total=len(others),
        partial_groups=len(groups) - len(full_groups),
        hits=tuple(_hit(group, request.texts) for group in page),
        facets=tuple(_facets(request, found.documents, filters, index)),
        histogram=histogram(kept, request.interval) if request.histogram else None,
        hints=(*found.hints, *filters.hints, *_without_delays(request, found.documents)),
        highlight=highlight_of(request, found, looser, index),
        translations=tuple(_translations([group[0].document for group in page], found.query, index)),
        query=found.query,
        jump=_jump(found, index),
        generation=index.generation,
    )


def _translations(documents: Sequence[Document], query: ParsedQuery | None, index: PlainIndex) -> list[str]:
    """The translations of the words of a query by which some documents match."""
    trees = [query.relaxed, query.tree] if query else []
    sought = {text: node for tree in trees if tree for text, node in contents_of(tree).translations}
    held = [text for text, node in sought.items() if any(explain(node, one, index) for one in documents)]
    return [text for text in held if query and any(text in texts for texts in query.translations.values())]


def highlight_of(request: Request, found: Found, looser: Found, index: PlainIndex) -> tuple[HighlightTerm, ...]:
    trees = [found.tree, looser.tree]
    return highlight(found.query, trees, index) if found.query and request.texts == "whole" else ()


def _looser(request: Request, found: Found, kept: Sequence[Document], index: PlainIndex) -> Found:
    """What holds most of the words, where a ranked search finds few that hold all; nothing where none holds all."""
    if request.all_words or request.sort != "relevance" or not found.documents or len(kept) >= FEW:
        return Found(Nothing(), [])
    return _partial(found, index)


def _partial(found: Found, index: PlainIndex) -> Found:
    """What matches the looser form of a text but not the text."""
    if found.query is None or found.query.relaxed is None or found.tree is not found.query.tree:
        return Found(Nothing(), [])
    some = [document for document in matches(found.query.relaxed, index) if document not in found.documents]
    return Found(found.query.relaxed, some)


def _jump(found: Found, index: PlainIndex) -> str | None:
    """The question that a text names and nothing else."""
    if found.query is None:
        return None
    if found.query.named:
        return found.documents[0].number if len(found.documents) == 1 else None
    return found.query.jump if found.query.jump in index.by_number else None


def _without_delays(request: Request, documents: Sequence[Document]) -> list[Hint]:
    """That a request asks for delays of the Chamber, which publishes none."""
    by_delay = request.sort in ("longest-delay", "shortest-delay")
    asks = by_delay or request.waited or any(one.facet == "delay" for one in request.selections)
    return [Hint("no-answer-days")] if asks and any(one.question.house == "chamber" for one in documents) else []


def scan(request: Request, index: PlainIndex) -> Iterator[Question]:
    """Every question of a request in its order."""
    found = read_text(request, index)
    groups = _grouped(_ordered(request, found, matching(request, index), found, [], index), request.fold)
    return (told_of(group[0].document.question, request.texts) for group in groups)


def matching(request: Request, index: PlainIndex) -> list[Document]:
    """The documents of a request, in no order."""
    filters = filters_of(request, index)
    return [document for document in read_text(request, index).documents if filters.passes(document)]


def explain_hit(request: Request, number: str, index: PlainIndex) -> Explanation | None:
    """How a question gets its score for a text, in a search without filters."""
    document, found = index.by_number.get(number), read_text(request, index)
    looser = _partial(found, index)
    if document is None or document not in [*found.documents, *looser.documents]:
        return None
    own = explain(found.tree if document in found.documents else looser.tree, document, index)
    assert own is not None
    if found.query is None:
        return Explanation(own.what, 0.0)
    if not (request.recency or request.proximity):
        return own
    scored = _scored(request, found, found.documents, looser, looser.documents, index)
    (match,) = [one for one in scored if one.document is document]
    figures = {"recency": recency(document, index) if request.recency else 1.0}
    figures["as_typed"] = match.score / (own.value * figures["recency"]) if own.value else 1.0
    return Explanation("total", match.score, figures, (own,))


def check_bounds(request: Request) -> None:
    if request.page < 1:
        raise RequestError(f"There is no page {request.page}; pages are numbered from 1.")
    if not 1 <= request.limit <= MAX_PAGE_SIZE:
        raise RequestError(f"A page cannot hold {request.limit} questions; ask for 1 to {MAX_PAGE_SIZE}.")


def read_text(request: Request, index: PlainIndex) -> Found:
    """What a text matches: all of it, or most of its words when nothing does."""
    text = request.text
    if not text.strip():
        return Found(Everything(), index.documents)
    query = parse(text, index, request.today, translate=request.translate)
    found, hints = matches(query.tree, index), [*query.hints, *_distinct(expansion_hints(query.tree, index))]
    if found or query.loosest is None or request.all_words:
        return Found(query.tree, found, query, (*hints, *_numbered_so(query.serial, index)))
    found = matches(query.loosest, index)
    hints += [Hint("most-words")] if found else []
    return Found(query.loosest, found, query, (*hints, *_numbered_so(query.serial, index)))


def _numbered_so(serial: str | None, index: PlainIndex) -> list[Hint]:
    """An offer of the questions that have a number but for its legislature."""
    if serial is None:
        return []
    count = index.document_frequency("called", serial)
    count += sum(f"{legislature}-{serial}" in index.by_number for legislature in index.terms("legislature"))
    return [Hint("numbered-so", {"serial": serial, "count": count})] if count else []


def _distinct(hints: Iterator[Hint]) -> list[Hint]:
    """One of a kind per word, though several zones give it."""
    first: dict[tuple[str, object], Hint] = {}
    for hint in hints:
        first.setdefault((hint.code, hint.values.get("word")), hint)
    return list(first.values())


def _ordered(
    request: Request,
    found: Found,
    documents: Sequence[Document],
    looser: Found,
    others: Sequence[Document],
    index: PlainIndex,
) -> list[Match]:
    ranked = request.sort == "relevance" and found.query is not None
    if not ranked:
        return sorted([Match(document, 0.0) for document in documents], key=_order(request.sort))
    return sorted(_scored(request, found, documents, looser, others, index), key=_order(request.sort))


def _scored(
    request: Request,
    found: Found,
    documents: Sequence[Document],
    looser: Found,
    others: Sequence[Document],
    index: PlainIndex,
) -> list[Match]:
    scored = []
    for tree, some, partial in ((found.tree, documents, False), (looser.tree, others, True)):
        for document in some:
            own = explain(tree, document, index)
            assert own is not None
            score = own.value * (recency(document, index) if request.recency else 1.0)
            scored.append(Match(document, score, partial))
    return _as_typed_first(request, found, scored, index) if request.proximity else scored


def _as_typed_first(request: Request, found: Found, scored: list[Match], index: PlainIndex) -> list[Match]:
    """The best raised by how their words stand as they were typed."""
    query = found.query
    if query is None or not query.contents.plain_words or len(scored) < 2:
        return scored
    scored = sorted(scored, key=_order("relevance"))
    best, others = scored[:RERANKED], scored[RERANKED:]
    factors = [as_typed(query, request.text, one.document, index) for one in best]
    raised = [Match(one.document, one.score * factor, one.partial) for one, factor in zip(best, factors, strict=True)]
    return raised + others


def _order(sort: Sort) -> Callable[[Match], tuple[object, ...]]:
    """The least comes first; what a sort looks at and a question lacks puts that question last."""
    return lambda match: (
        *_BEGIN[sort](match),
        *_greatest_first(match, "date"),
        *_least_first(match, "number_order"),
    )


def _greatest_first(match: Match, name: str) -> tuple[bool, int]:
    number = match.document.numbers[name]
    return number is None, -(number or 0)


def _least_first(match: Match, name: str) -> tuple[bool, int]:
    number = match.document.numbers[name]
    return number is None, number or 0


_BEGIN: dict[Sort, Callable[[Match], tuple[object, ...]]] = {
    "relevance": lambda match: (match.partial, -match.score),
    "newest": lambda match: (),
    "oldest": lambda match: _least_first(match, "date"),
    "answered": lambda match: _greatest_first(match, "answer_date"),
    "longest-delay": lambda match: _greatest_first(match, "waited"),
    "shortest-delay": lambda match: _least_first(match, "delay_days"),
    "number": lambda match: _least_first(match, "number_order"),
    "first-seen": lambda match: _greatest_first(match, "first_seen"),
}


def _grouped(ordered: Sequence[Match], fold: bool) -> list[list[Match]]:
    """Siblings together, in the place of the best of them."""
    groups: dict[object, list[Match]] = {}
    for match in ordered:
        group = match.document.numbers["sibling_group"] if fold else None
        groups.setdefault(match.document if group is None else group, []).append(match)
    return list(groups.values())


def _hit(group: list[Match], texts: Texts) -> Hit:
    best, *others = group
    under: Texts = "header" if texts == "whole" else texts
    siblings = tuple(told_of(other.document.question, under) for other in others)
    return Hit(told_of(best.document.question, texts), best.score, siblings, best.partial)


def told_of(question: Question, texts: Texts) -> Question:
    """As much of a question as is asked for."""
    if texts == "none":
        return Question(question.number)
    return question if texts == "whole" else without_texts(question)


def without_texts(question: Question) -> Question:
    """A question without its long texts."""
    french = question.french and replace(question.french, question=None, answer=None)
    answers = tuple(replace(answer, text=None, french=None) for answer in question.answers)
    return replace(question, question=None, answer=None, french=french, answers=answers)


def _facets(
    request: Request, documents: Sequence[Document], filters: Filters, index: PlainIndex
) -> Iterator[FacetCounts]:
    """Each facet counted without its own selection."""
    for query in request.facets:
        kept = [document for document in documents if filters.passes(document, without=query.name)]
        yield count_facet(query, kept, filters.chosen.get(query.name, ()), index)


def similar_to(number: str, group: set[str], limit: int, texts: Texts, index: PlainIndex) -> Hits:
    """The questions that reach the floor with the words of one, its siblings left out."""
    telling = telling_terms(index.by_number[number], index) if number in index.by_number else []
    request = Request(text=told(telling), limit=limit, texts=texts, recency=False, proximity=False)
    if not telling:
        return Hits(request, 0, 0, (), generation=index.generation)
    query = ParsedQuery(any_of([term for _, term in telling]))
    scored = {one.number: (one, explain(query.tree, one, index)) for one in matches(query.tree, index)}
    scores = {number: Match(one, own.value) for number, (one, own) in scored.items() if own}
    least = FLOOR[asked_in(index.by_number[number].question)] * scores[number].score
    kept = [match for other, match in scores.items() if match.score >= least and other not in group]
    groups = _grouped(sorted(kept, key=_order("relevance")), fold=True)
    return Hits(
        request, len(kept), len(groups), tuple(_hit(group, texts) for group in groups[:limit]), query=query,
        highlight=highlight(query, [query.tree], index) if texts == "whole" else (), generation=index.generation,
    )  # fmt: skip

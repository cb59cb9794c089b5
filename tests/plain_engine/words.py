"""What an engine knows of words: what to highlight, how to go on, what was meant, which words make a question."""

import math
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial

from msgspec.structs import replace

from searchq.analysis.folding import fold
from searchq.analysis.lexicon import dictionary
from searchq.analysis.sentences import names_no_subject
from searchq.analysis.terms import is_listed
from searchq.analysis.tokenizer import words
from searchq.languages import asked_in
from searchq.limits import MAX_QUERY_CHARACTERS
from searchq.numbers import is_beginning
from searchq.query.facet_table import FACETS, Facet
from searchq.query.hits import HighlightTerm
from searchq.query.parsed import ParsedQuery
from searchq.query.request import Request
from searchq.query.similarity import MAX_TERMS, TOLD
from searchq.query.suggestion import FEW_SUGGESTIONS, MIN_SLIP_LETTERS, KnownWord, Suggestion, chosen
from searchq.query.tree import Fuzzy, Node, Phrase, Prefix, Term, Wildcard, Without
from searchq.query.tree_contents import leaves, parts_of
from searchq.query.zones import FRENCH, TEXT, ZONES, exact
from tests.plain_engine.document import SCORED, Document, texts_of
from tests.plain_engine.filters import filters_of
from tests.plain_engine.index import PlainIndex
from tests.plain_engine.scoring import edits, expand, matches

__all__ = ["complete", "highlight", "known", "spellings", "telling_terms", "told"]

FieldTerm = tuple[str, str]
Count = Callable[[Request], int]  # the questions that hold all that a request asks for
Begins = Callable[[str, str], bool]
Passing = Callable[..., list[Document]]

TELLING = {"nl": ("title", "keywords", "question"), "fr": ("french_title", "french_keywords", "french_question")}
MANY_TERMS = 40  # from here on they are marked alike
PROSE = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")


def highlight(query: ParsedQuery, trees: Iterable[Node], index: PlainIndex) -> tuple[HighlightTerm, ...]:
    """The terms of all that matches anything, and quotations whole.

    The words of a quotation or of another name count only together, unless they stand in the query by themselves too.
    """
    trees = list(trees)
    phrases = [(phrase.field, phrase.words) for phrase in query.contents.quotations]
    marked_terms = {term for tree in trees for term in _marked(tree, index)}
    names = [(node.origin.words, set(_own_terms(node))) for node in query.contents.aliases]
    forms = [query.tree, *([query.relaxed] if query.relaxed else [])]
    alone = {term for form in forms for leaf in leaves(form, aliases=False) for term in _own_terms(leaf, phrases=False)}
    together = {(field, word) for field, row in phrases for word in row}.union(*(own for _, own in names)) - alone
    terms = sorted(marked_terms - together)
    marked = []
    for field, term in terms:
        own = (term,) if field.endswith("_exact") else index.words_of(field, term)
        weight = 1.0 if len(terms) > MANY_TERMS else _rarity(field, term, index)
        marked.append(HighlightTerm(field, term, own, weight))
    for field, row in phrases:
        marked.append(
            HighlightTerm(field, " ".join(row), row, sum(_rarity(field, word, index) for word in row), phrase=True)
        )
    for row, own in {row: own for row, own in names if own <= marked_terms}.items():  # type: ignore[assignment]
        weight = sum(_rarity(field, term, index) for field, term in sorted(own))  # type: ignore[misc, str-unpack]
        marked.append(HighlightTerm(TEXT, " ".join(row), row, weight, phrase=True))
    return tuple(marked)


def _own_terms(node: Node, phrases: bool = True) -> Iterator[FieldTerm]:
    """The terms of a node's leaves."""
    for leaf in leaves(node):
        if isinstance(leaf, Term):
            yield leaf.field, leaf.text
        elif isinstance(leaf, Phrase) and phrases:
            yield from ((leaf.field, word) for word in leaf.words)


def _marked(node: Node, index: PlainIndex) -> Iterator[FieldTerm]:
    """The terms of a node, if it matches anything, that make questions match."""
    if not matches(node, index):
        return
    match node:
        case Term() if node.field in SCORED:
            yield node.field, node.text
        case Phrase():
            yield from ((node.field, word) for word in node.words)
        case Prefix() | Wildcard() | Fuzzy() if node.field in SCORED:
            yield from ((node.field, word) for word in expand(node, index))
        case Without():
            yield from _marked(node.wanted, index)
        case _:
            for part in parts_of(node):
                yield from _marked(part, index)


def _rarity(field: str, term: str, index: PlainIndex) -> float:
    return math.log(1 + len(index.documents) / (index.document_frequency(field, term) + 1))


def frequency(word: str, index: PlainIndex) -> int:
    """How often a word occurs: documents, added up over the zones."""
    return sum(index.document_frequency(exact(zone.name), word) for zone in ZONES)


def complete(typed: str, request: Request, limit: int, index: PlainIndex, count: Count) -> tuple[Suggestion, ...]:
    """Ways to go on: numbers, or values of facets and words, counted by what choosing each finds.

    With few of them those follow that begin so but for one slip.
    """
    typed = typed.lstrip()
    if not typed or len(typed) > MAX_QUERY_CHARACTERS:
        return ()
    passing = partial(_passing, request, index)
    if is_beginning(typed):
        found = sorted(document.number for document in passing() if document.number.startswith(typed))
        return tuple(Suggestion(number, "number", 1) for number in found[:limit])
    found = _counted(_completions(typed, _begins, passing, index), request, index, count)[:limit]  # type: ignore[assignment]
    if len(found) < FEW_SUGGESTIONS:
        more = _counted([*found, *_completions(typed, _begins_nearly, passing, index)], request, index, count)  # type: ignore[list-item]
        return tuple(more[:limit])
    return tuple(found)  # type: ignore[arg-type]


def _passing(request: Request, index: PlainIndex, without: str | None = None) -> list[Document]:
    """The documents that pass the filters of a request, but for one facet."""
    filters = filters_of(request, index)
    return [document for document in index.documents if filters.passes(document, without)]


def _counted(found: Iterable[Suggestion], request: Request, index: PlainIndex, count: Count) -> list[Suggestion]:
    """Those that lead to questions, with how many; of several with the same words the first."""
    kept: dict[tuple[str, ...], Suggestion] = {}
    for one in found:
        terms = tuple(term for word in words(one.text) if (term := _meant_by(word, index))) or (fold(one.text.lower()),)
        if terms not in kept and (total := count(chosen(one, request))):
            kept[terms] = replace(one, count=total)
    return list(kept.values())


def _begins(key: str, typed: str) -> bool:
    return key.startswith(typed)


def _begins_nearly(key: str, typed: str) -> bool:
    """Whether a string begins as typed but for one letter lost, added, changed or swapped, not the first.

    Nor is the last one added or changed.
    """
    if len(typed) < MIN_SLIP_LETTERS or key.startswith(typed):
        return False
    found = [(typed[:at], typed[at], typed[at + 1 :]) for at in range(1, len(typed))]
    wrong = [re.escape(before) + rest for before, letter, after in found for rest in _wrong(letter, after)]
    return any(re.match(pattern, key) for pattern in wrong)


def _wrong(letter: str, after: str) -> Iterator[str]:
    """What may have been meant from a letter on."""
    rest = re.escape(after)
    yield f".{re.escape(letter)}{rest}"  # one before the letter was lost
    if after:
        yield rest  # it was added
        yield f".{rest}"  # changed
        yield re.escape(after[0] + letter + after[1:])  # swapped


def _completions(typed: str, begins: Begins, passing: Passing, index: PlainIndex) -> list[Suggestion]:
    values = [one for facet in FACETS for one in _values(facet, typed, begins, passing(facet.name), index)]
    return [*values, *_completed(typed, begins, passing(), index)]


def _values(
    facet: Facet, typed: str, begins: Begins, documents: Sequence[Document], index: PlainIndex
) -> list[Suggestion]:
    """The most frequent values of which a word, or several in a row, begin as typed; first those whose first does."""
    found = []
    for label in index.value_table(facet.name).labels:
        key = fold(label.lower())
        count = sum(label in index.labels(facet.name, document) for document in documents)
        starts = [begins(key[place:], fold(typed.lower())) for place in _word_starts(key)]
        if count and any(starts):
            found.append((not starts[0], -count, Suggestion(label, facet.name, count)))
    return [one for *_, one in sorted(found, key=lambda row: row[:2])][: facet.suggested]


def _word_starts(key: str) -> Iterator[int]:
    for place, letter in enumerate(key):
        if letter.isalnum() and not (place and key[place - 1].isalnum()):
            yield place


def _completed(typed: str, begins: Begins, documents: Sequence[Document], index: PlainIndex) -> list[Suggestion]:
    """The last word continued, so that documents hold it together with the words before.

    Of words with one stem the most frequent stands for all, since each finds them all.
    """
    last = re.search(r"[^\W_][\w'’-]*$", typed)
    if last is None:
        return []
    head = typed[: last.start()]
    before = [term for word in words(head) if (term := _main_term(word, index)) is not None]
    found: dict[str, Suggestion] = {}
    for word in _words_beginning(last[0], begins, index):
        term = _main_term(word, index)
        count = sum(all((TEXT, one) in document.weights for one in [*before, term]) for document in documents)
        if term is not None:
            found.setdefault(_meant_by(word, index), Suggestion(head + word, "word", count))  # type: ignore[arg-type]
    counted = sorted((one for one in found.values() if one.count), key=lambda one: -one.count)
    if not before:
        return counted
    follows = {one: _follows(words(head)[-1], one.text[len(head) :], index) for one in counted}
    counted.sort(key=lambda one: (-follows[one], -one.count))
    return [one for one in counted if follows[one]] or counted


def _words_beginning(typed: str, begins: Begins, index: PlainIndex) -> list[str]:
    """Dutch words of letters that name a subject, the most frequent first."""
    found = []
    for word in sorted(index.words["nl"], key=lambda one: (fold(one), one)):
        if (
            index.analyze(word)
            and not names_no_subject(word)
            and PROSE.fullmatch(word)
            and begins(fold(word), fold(typed.lower()))
        ):
            found.append(word)
    return sorted(found, key=lambda word: -_dutch_frequency(word, index))


def _dutch_frequency(word: str, index: PlainIndex) -> int:
    return sum(index.document_frequency(exact(zone.name), word) for zone in ZONES if zone.language == "nl")


def _main_term(word: str, index: PlainIndex) -> str | None:
    """The term a word is searched by; itself where no question holds it, None for a stop word."""
    if not index.holds(word):
        return word
    terms = index.analyze(word)
    return terms[0].term if terms else None


def _meant_by(word: str, index: PlainIndex) -> str | None:
    """The name that a word is a form of, or else its main term."""
    names = [term.term for term in index.analyze(word) if term.why == "name"] if index.holds(word) else []
    return names[-1] if names else _main_term(word, index)


def _follows(head: str, word: str, index: PlainIndex) -> int:
    """How often titles and keywords hold a word right after another."""
    found = 0
    for document in index.documents:
        for field in ("title_exact", "keywords_exact"):
            before = document.positions.get((field, head), [])
            found += sum(place - 1 in before for place in document.positions.get((field, word), []))
    return found


def known(word: str, index: PlainIndex, distance: float = 0.0) -> KnownWord | None:
    """What is known of a word; a French word counts as listed."""
    dutch, french = (index.analyze(word, one) if index.holds(word, one) else None for one in ("nl", "fr"))
    if dutch is None and french is None:
        return None
    is_name = index.document_frequency(exact("author_words"), word) > 0
    return KnownWord(word, frequency(word, index), french is not None or is_listed(dutch or ()), is_name, distance)


def spellings(word: str, index: PlainIndex) -> tuple[KnownWord, ...]:
    """Words one to three letters away, by their length: the nearest first, of those the most frequent.

    A word of the dictionary is no slip but for its marks.
    """
    own = fold(word.lower())
    reach = next((most for letters, most in ((10, 3), (7, 2), (3, 1)) if len(own) >= letters), 0)
    found = []
    for other in sorted(index.words["nl"]):
        far = edits(own, fold(other))
        if dictionary().is_listed(word.lower()) and far:
            continue
        if index.analyze(other) and PROSE.fullmatch(other) and other != word and far <= reach:
            found.append((far, -frequency(other, index), other))
    near = [known(other, index, far) for far, _, other in sorted(found)[:8]]
    return tuple(one for one in near if one is not None)


def telling_terms(document: Document, index: PlainIndex) -> list[tuple[str, Term]]:
    """The words that weigh most in a question, frequent in it and rare elsewhere, with what is searched for each."""
    weighed = []
    total, language = len(index.documents), asked_in(document.question)
    field = FRENCH if language == "fr" else TEXT
    for term, (occurrences, word) in _telling(document, language, index).items():
        count = index.document_frequency(field, term)
        if 2 <= count <= max(0.2 * total, 2):
            level = occurrences / (occurrences + 2.0)
            weighed.append((-level * math.log(1 + total / count), word, Term(field, term, level)))
    return [(word, term) for _, word, term in sorted(weighed, key=lambda row: row[:2])[:MAX_TERMS]]


def told(telling: Sequence[tuple[str, Term]]) -> str:
    """The first of these words as a query."""
    text = ""
    for word, term in telling[:TOLD]:
        longer = f"{text} OF {word}" if text else word
        longer += f"^{max(term.boost * 3, 0.1):.1f}"
        if len(longer) > MAX_QUERY_CHARACTERS:
            break
        text = longer
    return text


def _telling(document: Document, language: str, index: PlainIndex) -> dict[str, tuple[float, str]]:
    """The weighted frequency of each main term in title, keywords and question, and the first word for it."""
    found: dict[str, tuple[float, str]] = {}
    for zone in ZONES:
        if zone.name not in TELLING[language]:
            continue
        for word in (word for text in texts_of(zone, document.question) for word in words(text[:4000])):
            terms = index.analyze(word, language) if word.isalpha() and len(word) >= 3 else ()
            if terms:
                occurrences, first = found.get(terms[0].term, (0.0, word))
                found[terms[0].term] = (occurrences + zone.weight, first)
    return found

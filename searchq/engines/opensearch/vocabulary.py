"""The words of an index, listed by the cluster: what the query language asks, expansions, and the forms of a term.

known to a view     a count is asked for once a generation
a text is read      with what is known; what was missing is asked for in one call, and the text is read again
"""

import datetime as dt
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from searchq.analysis.folding import fold
from searchq.analysis.terms import is_listed
from searchq.engines.opensearch.values import table_of
from searchq.engines.opensearch.view import Body, View, both
from searchq.engines.opensearch.words import PROSE, escaped, meaning, unescaped
from searchq.index.schema import FIELDS
from searchq.limits import MAX_EXPANDED_TERMS
from searchq.query.hints import Hint
from searchq.query.language import parse
from searchq.query.parsed import ParsedQuery
from searchq.query.suggestion import KnownWord
from searchq.query.terms import Terms
from searchq.query.tree import Expansion, Fuzzy, Prefix, Wildcard
from searchq.query.values import ValueTable
from searchq.query.zones import ZONES, exact

__all__ = [
    "QueryVocabulary",
    "beginning",
    "expand",
    "expansion_hint",
    "fit_all",
    "fitting_folded",
    "forms_bodies",
    "forms_of",
    "keep_forms",
    "known_words",
    "quoted",
    "read_text",
    "unknown_forms",
    "with_forms",
]

Spoken = tuple[str, str]  # a language and a term
Wanted = Mapping[str, Sequence[str]]  # terms by language

_MOST_LISTED: Final = 20_000  # words of one list
_ROUNDS: Final = 12  # of reading a text; nearly always two or three are enough
_PLACE_OF: Final = {exact(zone.name): place for place, zone in enumerate(ZONES)}
_SPECIAL: Final = re.compile(r'([.?+*|{}\[\]()"\\#@&<>~^$-])')


class QueryVocabulary:
    """The lookups that the query language needs of an index; what is unknown is noted, and taken for nothing."""

    def __init__(self, view: View) -> None:
        self._view = view
        self.missing: set[tuple[str, str]] = set()

    def analyze(self, word: str, language: str = "nl") -> Terms:
        return meaning(word, language)

    def holds(self, word: str, language: str = "nl") -> bool:
        return self._count(f"holds {language}", word) > 0

    def document_frequency(self, field: str, term: str) -> int:
        return self._count(field, term)

    def question_count(self) -> int:
        return self._view.generation.questions

    def value_table(self, facet: str) -> ValueTable:
        return table_of(facet, self._view)

    def blob(self, name: str) -> bytes | None:
        return self._view.blob(name)

    def _count(self, field: str, term: str) -> int:
        found = self._view.known_count((field, term))
        if found is None:
            self.missing.add((field, term))
        return found or 0


def read_text(text: str, view: View, today: dt.date | None, translate: bool) -> ParsedQuery:
    """Parse a text."""
    for _ in range(_ROUNDS):
        vocabulary = QueryVocabulary(view)
        query = parse(text, vocabulary, today, translate=translate)
        if not vocabulary.missing:
            return query
        view.frequencies(vocabulary.missing)
    raise AssertionError("a text asks for ever more words")


def known_words(words: Sequence[str], view: View) -> list[KnownWord | None]:
    """Return what the index knows of each word."""
    held = view.frequencies((f"holds {language}", word) for word in words for language in ("nl", "fr"))
    there = [word for word in words if held["holds nl", word] or held["holds fr", word]]
    counts = view.frequencies((field, word) for word in there for field in _PLACE_OF)

    def known(word: str) -> KnownWord | None:
        dutch, french = held["holds nl", word] > 0, held["holds fr", word] > 0
        if not (dutch or french):
            return None
        listed_word = french or is_listed(meaning(word, "nl"))
        is_name = counts[exact("author_words"), word] > 0
        return KnownWord(word, sum(counts[field, word] for field in _PLACE_OF), listed_word, is_name)

    return list(map(known, words))


def expand(node: Expansion, view: View) -> list[str]:
    """Return the words that a node stands for, in order; of too many, the most frequent."""
    return sorted(_fitting(node, view)[:MAX_EXPANDED_TERMS])


def expansion_hint(node: Expansion, view: View) -> Hint | None:
    """Return what to tell of a node that stands for too many words."""
    found = len(_fitting(node, view))
    if found <= MAX_EXPANDED_TERMS:
        return None
    shown = node.text + {Prefix: "*", Fuzzy: "~"}.get(type(node), "")
    return Hint("many-words", {"word": shown, "found": found, "kept": MAX_EXPANDED_TERMS})


def with_forms(terms: Iterable[tuple[str, str]]) -> list[Spoken]:
    """Return the term and its language of each (field, term) that words stand for."""
    fields = ((FIELDS[field], term) for field, term in terms)
    return [(field.language, term) for field, term in fields if field.kind != "exact"]


def forms_of(terms: Iterable[Spoken], view: View) -> Mapping[Spoken, tuple[str, ...]]:
    """Return the words that stand for each term of a language."""
    keys = list(dict.fromkeys(terms))
    wanted = unknown_forms(keys, view)
    found = keep_forms(wanted, view.searches(forms_bodies(wanted)), view)
    return {key: found[key] if key in found else view.once(_forms_key(key), tuple[str, ...]) for key in keys}


def unknown_forms(terms: Iterable[Spoken], view: View) -> Wanted:
    """Return the terms of each language whose words were not asked for yet."""
    wanted: dict[str, list[str]] = {}
    for language, term in dict.fromkeys(terms):
        if not view.has_made(_forms_key((language, term))):
            wanted.setdefault(language, []).append(term)
    return wanted


def forms_bodies(wanted: Wanted) -> list[Body]:
    """Return the searches that list the words of some terms."""
    return [_forms_body(language, terms) for language, terms in wanted.items()]


def keep_forms(wanted: Wanted, answers: Iterable[Body], view: View) -> dict[Spoken, tuple[str, ...]]:
    """Keep what those searches found, and return it."""
    words: dict[Spoken, list[str]] = {(language, term): [] for language, terms in wanted.items() for term in terms}
    for language, answer in zip(wanted, answers, strict=True):
        for key, _ in _rows(answer):
            term, word = map(unescaped, key.split(" "))
            words.setdefault((language, term), []).append(word)
    found = {key: tuple(sorted(some)) for key, some in words.items()}
    for spoken, forms in found.items():
        view.once(_forms_key(spoken), lambda forms=forms: forms)  # type: ignore[misc]
    return found


def _forms_key(spoken: Spoken) -> tuple[str, str, str]:
    return ("forms", *spoken)


def _forms_body(language: str, terms: Sequence[str]) -> Body:
    """List the rows of some terms, whichever questions hold them: to look into each would take a hundred times longer.

    Words of questions that are gone, until the cluster forgets them, mark nothing.
    """
    pattern = f"({'|'.join(quoted(escaped(term)) for term in terms)}) .*"
    body = _list_body(f"forms_{language}", pattern, {"match_none": {}})
    body["aggs"]["of"]["terms"] |= {"min_doc_count": 0, "order": {"_key": "asc"}}
    return body


def listed(pattern: str, view: View) -> list[tuple[str, int]]:
    """Return the rows of the vocabulary that fit a pattern, with the questions that hold each, most first."""
    return _rows(view.search(_list_body("vocabulary", pattern, view.alive)))


def _list_body(field: str, pattern: str, query: Body) -> Body:
    terms = {"field": field, "include": pattern, "size": _MOST_LISTED}
    return {"size": 0, "query": query, "aggs": {"of": {"terms": terms}}}


def _rows(answer: Body) -> list[tuple[str, int]]:
    return [(bucket["key"], bucket["doc_count"]) for bucket in answer["aggregations"]["of"]["buckets"]]


def fit_all(nodes: Iterable[Expansion], view: View) -> None:
    """Look up the words of many nodes in one call, for what asks for those of each."""
    unknown = [node for node in dict.fromkeys(nodes) if not view.has_made(_key_of(node))]
    listing = [node for node in unknown if node.field in _PLACE_OF or node.field == "number"]
    found = dict(zip(listing, map(_rows, view.searches([_fitting_body(node, view) for node in listing])), strict=True))
    for node in unknown:
        words = _in_order(node, found.get(node, []))
        view.once(_key_of(node), lambda words=words: words)  # type: ignore[misc]


def _key_of(node: Expansion) -> tuple[object, ...]:
    return "fitting", type(node), node


def _fitting(node: Expansion, view: View) -> list[str]:
    """Return the words that fit, the most frequent first, then in order; numbers in order."""
    fit_all([node], view)
    return view.once(_key_of(node), list[str])


def _fitting_body(node: Expansion, view: View) -> Body:
    holding = both(view.alive, matching(node))
    if node.field == "number":
        return _list_body("number", _pattern(node), holding)
    return _list_body("vocabulary", f"{_PLACE_OF[node.field]} [^ ]* {_pattern(node)}", holding)


def _in_order(node: Expansion, rows: Sequence[tuple[str, int]]) -> list[str]:
    if node.field == "number":
        return sorted(key for key, _ in rows)
    counted = [(unescaped(key.split(" ")[2]), count) for key, count in rows]
    if isinstance(node, Fuzzy):
        from rapidfuzz.distance import Levenshtein

        counted = [row for row in counted if Levenshtein.distance(row[0], node.text) <= node.edits]
    return [word for word, _ in sorted(counted, key=lambda row: (-row[1], row[0]))]


def matching(node: Expansion) -> Body:
    """Match what holds any word that fits, however many there are."""
    text = escaped(node.text) if node.field in _PLACE_OF else node.text
    match node:
        case Prefix():
            return {"prefix": {node.field: text}}
        case Wildcard():
            return {"wildcard": {node.field: text.replace("\\", "\\\\")}}
        case Fuzzy():
            told = {"value": text, "fuzziness": node.edits, "prefix_length": node.prefix_length, "max_expansions": 1000}
            return {"fuzzy": {node.field: told}}


def _pattern(node: Expansion) -> str:
    """Return the words that may fit as a pattern; of fuzzy ones those that begin with the same letters."""
    match node:
        case Prefix():
            return f"{quoted(escaped(node.text))}.*"
        case Wildcard():
            letters = {"*": "[^ ]*", "?": "[^ ]"}
            return "".join(letters.get(letter) or quoted(escaped(letter)) for letter in node.text)
        case Fuzzy():
            return f"{quoted(escaped(node.text[: node.prefix_length]))}.*"


def quoted(text: str) -> str:
    """Return a text as a pattern that fits it alone."""
    return _SPECIAL.sub(r"\\\1", text)


def beginning(typed: str, view: View) -> dict[str, int]:
    """Return the Dutch words of letters that begin as typed but for accents, with their frequencies over the zones."""
    dutch = "".join(str(place) for place, zone in enumerate(ZONES) if zone.language == "nl")
    return _summed(listed(f"[{dutch}] {quoted(escaped(fold(typed.lower())))}.*", view))


def fitting_folded(patterns: Iterable[str], view: View) -> dict[str, int]:
    """Return the Dutch words of letters whose folded form fits any of some patterns, with their frequencies."""
    dutch = "".join(str(place) for place, zone in enumerate(ZONES) if zone.language == "nl")
    return _summed(listed(f"[{dutch}] ({'|'.join(patterns)}) .*", view))


def _summed(rows: Iterable[tuple[str, int]]) -> dict[str, int]:
    found: dict[str, int] = {}
    for key, count in rows:
        word = unescaped(key.split(" ")[2])
        found[word] = found.get(word, 0) + count
    return {word: count for word, count in found.items() if PROSE.fullmatch(word) and meaning(word, "nl")}

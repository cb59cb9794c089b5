"""One question as a document of a cluster.

    weight w of a term in a field, length L of the text relative to the average: 1 - B + B × length / average
    sent as          impact f = SCALE × w / L
    scored as        f / (f + SCALE × K1)  =  w / (w + K1 × L),  which is BM25F but for rarity and a constant

The average lengths are those of the first commit, and stay until a rebuild: an impact is stored, not computed.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from hashlib import blake2b
from typing import Any, Final

from msgspec import Struct, field

from searchq.analysis import dutch, french
from searchq.analysis.folding import fold
from searchq.analysis.terms import WeightedTerm
from searchq.analysis.tokenizer import words
from searchq.engines.opensearch.fields import KEYED, SCALE
from searchq.first_seen import FirstSeen
from searchq.index.schema import FACETS, FIRST_SEEN, INTEGERS, MISSING, texts_of
from searchq.lazy_regex import lazy
from searchq.lru import SizedLRU
from searchq.query.value_keys import folded
from searchq.query.weights import B
from searchq.query.zones import TEXT, ZONES, Zone, exact
from searchq.question import Entry, Question
from searchq.record_json import encode_json

__all__ = [
    "PROSE",
    "Analysed",
    "Lengths",
    "analyse",
    "averages_of",
    "body_of",
    "escaped",
    "group_of",
    "meaning",
    "title_key",
    "unescaped",
]

Lengths = Mapping[str, float]  # by field

PROSE: Final = lazy(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")  # words a person may type: no codes, no addresses
_LONGEST: Final = 2000  # characters of a word
_KEPT: Final = 200_000  # words with their terms
_ESCAPES: Final = {" ": "\ue000", "|": "\ue001", "+": "\ue002", "=": "\ue003"}
_OUT: Final = str.maketrans(_ESCAPES)
_BACK: Final = str.maketrans({sign: plain for plain, sign in _ESCAPES.items()})


def escaped(word: str) -> str:
    """Return a word without the signs that the cluster's analysis splits at; of one that is too long, a part."""
    plain = word.translate(_OUT)
    return plain if len(plain) <= _LONGEST else f"{plain[:_LONGEST]}{title_key([plain])}"


def unescaped(word: str) -> str:
    """Return a word as it was before it was escaped."""
    return word.translate(_BACK)


class Analysed(Struct, frozen=True, eq=False):
    """A question taken apart: what is stored whatever the average lengths are, and the weights of its terms."""

    number: str
    stored: dict[str, Any]
    weights: dict[str, dict[str, float]]  # by field and term
    lengths: dict[str, float]  # by field


class _Parts(Struct):
    weights: dict[str, dict[str, float]] = field(default_factory=dict)
    lengths: dict[str, float] = field(default_factory=dict)
    places: dict[str, list[str]] = field(default_factory=dict)
    vocabulary: set[str] = field(default_factory=set)
    folded: set[str] = field(default_factory=set)
    forms: dict[str, set[str]] = field(default_factory=dict)


def analyse(entry: Entry) -> Analysed:
    """Take a question apart."""
    question, parts = entry.question, _Parts()
    for place, zone in enumerate(ZONES):
        _add_zone(place, zone, [text for text in texts_of(zone, question) if text], parts)
    parts.lengths[TEXT] = sum(zone.weight * parts.lengths[zone.name] for zone in ZONES)
    stored: dict[str, Any] = {
        "number": question.number,
        "group": group_of(question),
        "record": encode_json(question).decode(),
        **{name: value for name, read in INTEGERS.items() if (value := read(question)) != MISSING},
        **{name: found for name, (_, read) in FACETS.items() if (found := _lines(read(question)))},
        **{f"{zone}_at": texts for zone, texts in parts.places.items()},
        **{f"forms_{language}": sorted(found) for language, found in parts.forms.items()},
        "vocabulary": sorted(parts.vocabulary),
        "folded": sorted(parts.folded),
    }
    if entry.pages != (question,):
        stored["pages"] = [encode_json(page).decode() for page in entry.pages]
    stored |= {f"{name}_key": sorted({folded(value) for value in stored[name]}) for name in KEYED & stored.keys()}
    stored |= _derived(stored, question.title)
    return Analysed(question.number, stored, parts.weights, parts.lengths)


def averages_of(analysed: Sequence[Analysed]) -> Lengths:
    """Return the mean length of each field; 1 where all are empty."""
    totals: Counter[str] = Counter()
    for one in analysed:
        totals.update(one.lengths)
    return {name: total / len(analysed) or 1.0 for name, total in totals.items()}


def body_of(one: Analysed, averages: Lengths, generation: int, seen: FirstSeen) -> dict[str, Any]:
    """Return the document that is stored."""
    told = {name: value for name, read in FIRST_SEEN.items() if (value := read(seen)) != MISSING}
    if seen.answered_in != seen.new_in and seen.answered_in is not None:
        told["answered_later"] = seen.answered_in
    return {**one.stored, **dict(_impacts(one, averages)), **told, "born": generation}


def group_of(question: Question) -> str:
    """Return what siblings share; of a question that has no such number, its own."""
    group = INTEGERS["sibling_group"](question)
    return question.number if group == MISSING else str(group)


def title_key(every: Sequence[str]) -> str:
    """Return what stands for these words as a whole title."""
    return blake2b(" ".join(every).encode("utf-8", "surrogatepass"), digest_size=12).hexdigest()


def meaning(word: str, language: str) -> tuple[WeightedTerm, ...]:
    """Return the terms of a word, each once; none for a stop word."""
    key = (word, language)
    found = _MEANINGS.get(key, None)
    if found is None:
        terms = (dutch.analyze_word if language == "nl" else french.analyze_word)(word).terms
        first: dict[str, WeightedTerm] = {}
        for term in terms:
            first.setdefault(term.term, term)
        _MEANINGS.keep(key, found := tuple(first.values()))
    return found


_MEANINGS: Final[SizedLRU[tuple[str, str], tuple[WeightedTerm, ...]]] = SizedLRU(_KEPT, lambda terms: 1)


def _impacts(one: Analysed, averages: Lengths) -> Iterator[tuple[str, str]]:
    for name, own in one.weights.items():
        length = 1 - B + B * one.lengths[name] / (averages.get(name) or 1.0)
        pairs = (f"{escaped(term)}|{max(1, round(SCALE * weight / length))}" for term, weight in own.items() if weight)
        yield name, " ".join(pairs)


def _add_zone(place: int, zone: Zone, texts: Sequence[str], parts: _Parts) -> None:
    """Add the words of a zone: their weights, their places, and what lists them."""
    rows = [row for text in texts if (row := words(text))]
    as_written = Counter(word for row in rows for word in row)
    if rows:
        parts.places[zone.name] = [" ".join(_token(word, zone.language) for word in row) for row in rows]
    parts.lengths[zone.name] = parts.lengths[exact(zone.name)] = float(as_written.total())
    parts.weights[exact(zone.name)] = {word: float(count) for word, count in as_written.items()}
    for word, count in as_written.items():
        _weigh(word, count, zone, parts)
        _list(place, word, zone, parts)


def _weigh(word: str, count: int, zone: Zone, parts: _Parts) -> None:
    """Add the weights of the terms of a word that a zone holds so often."""
    own, combined = parts.weights.setdefault(zone.name, {}), parts.weights.setdefault(TEXT, {})
    for term in meaning(word, zone.language):
        own[term.term] = own.get(term.term, 0.0) + term.weight * count
        if zone.language == "nl":
            combined[term.term] = combined.get(term.term, 0.0) + term.weight * count * zone.weight


def _list(place: int, word: str, zone: Zone, parts: _Parts) -> None:
    """Add a word to what lists words by their beginning, and by their terms."""
    bare = fold(word)
    parts.vocabulary.add(f"{place} {escaped(bare)} {escaped(word)}")
    if zone.language == "nl" and PROSE.fullmatch(word):
        parts.folded.add(bare)
    forms = parts.forms.setdefault(zone.language, set())
    forms.update(f"{escaped(term.term)} {escaped(word)}" for term in meaning(word, zone.language))


def _token(word: str, language: str) -> str:
    """Return what stands at the place of a word: the word, and its terms."""
    terms = (escaped(term.term) for term in meaning(word, language))
    return "+".join((f"={escaped(word)}", *terms))


def _lines(values: Iterable[str]) -> list[str]:
    lines = (" ".join(value.split()) for value in values)
    return list(dict.fromkeys(line for line in lines if line))


def _derived(stored: Mapping[str, Any], title: str | None) -> dict[str, Any]:
    """Return the numbers and keys that follow from others."""
    found: dict[str, Any] = {}
    if title:
        found["title_whole"] = title_key(words(title))
    if "published" in stored and "date" in stored and stored["published"] >= stored["date"]:
        found["published_after"] = stored["published"] - stored["date"]
    since, until = stored.get("waiting_since"), stored.get("waiting_until")
    if "delay_days" in stored:
        found["waited"] = stored["delay_days"]
    elif since is not None and until is None:
        found["waits_from"] = since
    elif since is not None and until - since >= 0:
        found["waited"] = until - since
    return found

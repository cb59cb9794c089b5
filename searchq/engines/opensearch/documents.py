"""One question as a document of a cluster.

    weight w of a term in a field, length L of the text relative to the average: 1 - B + B × length / average
    sent as          impact f = SCALE × w / L
    scored as        f / (f + SCALE × K1)  =  w / (w + K1 × L),  which is BM25F but for rarity and a constant

The average lengths are those of the first commit, and stay until a rebuild: an impact is stored, not computed.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from msgspec import Struct, field

from searchq.analysis.tokenizer import words
from searchq.engines.opensearch.actions import as_json
from searchq.engines.opensearch.fields import KEYED, SCALE
from searchq.engines.opensearch.packed import packed
from searchq.engines.opensearch.words import escaped, title_key, word_of, words_in
from searchq.first_seen import FirstSeen
from searchq.index.schema import FACETS, FIRST_SEEN, INTEGERS, MISSING, texts_of
from searchq.query.value_keys import folded
from searchq.query.weights import B
from searchq.query.zones import COMBINED, ZONES, Zone, both, exact, zones_of
from searchq.question import Entry, Question

__all__ = ["Analysed", "Batch", "Lengths", "analyse", "averages_of", "group_of", "impact_of", "lines_of"]

Lengths = Mapping[str, float]  # by field


class Analysed(Struct, frozen=True, eq=False):
    """A question taken apart: what is stored whatever the average lengths are, and the weights of its terms."""

    stored: dict[str, Any]
    weights: dict[str, dict[str, float]]  # by field and term, escaped
    lengths: dict[str, float]  # by field


class Batch(NamedTuple):
    """Questions to write, with when each was first seen."""

    entries: Sequence[Entry]
    seen: Sequence[FirstSeen]
    averages: Lengths
    generation: int


class _Parts(Struct):
    weights: dict[str, dict[str, float]] = field(default_factory=dict)
    lengths: dict[str, float] = field(default_factory=dict)
    places: dict[str, list[str]] = field(default_factory=dict)
    vocabulary: set[str] = field(default_factory=set)
    folded: set[str] = field(default_factory=set)
    forms: dict[str, set[str]] = field(default_factory=dict)


def lines_of(batch: Batch) -> list[bytes]:
    """Return what writes each question of a batch, as the cluster takes it."""
    rows = zip(batch.entries, batch.seen, strict=True)
    return [_line(entry, seen, batch.averages, batch.generation) for entry, seen in rows]


def _line(entry: Entry, seen: FirstSeen, averages: Lengths, generation: int) -> bytes:
    action = {"index": {"_id": f"{entry.question.number}@{generation}"}}
    body = _body_of(analyse(entry), averages, generation, seen)
    return b"%s\n%s\n" % (as_json(action), as_json(body))


def analyse(entry: Entry) -> Analysed:
    """Take a question apart."""
    question, parts = entry.question, _Parts()
    for place, zone in enumerate(ZONES):
        _add_zone(place, zone, [text for text in texts_of(zone, question) if text], parts)
    for language, name in COMBINED.items():
        parts.lengths[name] = sum(zone.weight * parts.lengths[zone.name] for zone in zones_of(language))
    stored: dict[str, Any] = {
        "number": question.number,
        "group": group_of(question),
        "record": packed(question),
        **{name: value for name, read in INTEGERS.items() if (value := read(question)) != MISSING},
        **{name: found for name, (_, read) in FACETS.items() if (found := _lines(read(question)))},
        **{f"{zone}_at": texts for zone, texts in parts.places.items()},
        **{f"forms_{language}": sorted(found) for language, found in parts.forms.items()},
        "vocabulary": sorted(parts.vocabulary),
        "folded": sorted(parts.folded),
    }
    if entry.pages != (question,):
        stored["pages"] = list(map(packed, entry.pages))
    stored |= {f"{name}_key": sorted({folded(value) for value in stored[name]}) for name in KEYED & stored.keys()}
    stored |= {name: title_key(words(text)) for name, text in _titles(question) if text}
    stored |= _derived(stored)
    return Analysed(stored, parts.weights, parts.lengths)


def averages_of(questions: Sequence[Question]) -> Lengths:
    """Return the mean length of each field; 1 where all are empty."""
    totals: Counter[str] = Counter()
    for question in questions:
        for zone in ZONES:
            length = sum(len(words_in(text, zone.language)) for text in texts_of(zone, question) if text)
            totals.update({zone.name: length, exact(zone.name): length, COMBINED[zone.language]: zone.weight * length})
    return {name: total / len(questions) or 1.0 for name, total in totals.items()}


def _body_of(one: Analysed, averages: Lengths, generation: int, seen: FirstSeen) -> dict[str, Any]:
    """Return the document that is stored."""
    told = {name: value for name, read in FIRST_SEEN.items() if (value := read(seen)) != MISSING}
    if seen.answered_in != seen.new_in and seen.answered_in is not None:
        told["answered_later"] = seen.answered_in
    return {**one.stored, **dict(_impacts(one, averages)), **told, "born": generation}


def group_of(question: Question) -> str:
    """Return what siblings share; of a question that has no such number, its own."""
    group = INTEGERS["sibling_group"](question)
    return question.number if group == MISSING else str(group)


def impact_of(weight: float, length: float, average: float | None) -> int:
    """Return the impact of a term of a weight in a text of a length."""
    return max(1, round(SCALE * weight / (1 - B + B * length / (average or 1.0))))


def _impacts(one: Analysed, averages: Lengths) -> Iterator[tuple[str, str]]:
    for name, own in one.weights.items():
        length, average = one.lengths[name], averages.get(name)
        by_weight = {weight: impact_of(weight, length, average) for weight in set(own.values())}
        yield name, " ".join([f"{term}|{by_weight[weight]}" for term, weight in own.items() if weight])


def _add_zone(place: int, zone: Zone, texts: Sequence[str], parts: _Parts) -> None:
    """Add the words of a zone: their weights, their places, and what lists them."""
    rows = [row for text in texts if (row := words_in(text, zone.language))]
    as_written = Counter(word for row in rows for word in row)
    known = {word: word_of(word, zone.language) for word in as_written}
    if rows:
        parts.places[zone.name] = [" ".join([known[word].token for word in row]) for row in rows]
    parts.lengths[zone.name] = parts.lengths[exact(zone.name)] = float(as_written.total())
    parts.weights[exact(zone.name)] = {escaped(word): float(count) for word, count in as_written.items()}
    _weigh([(known[word].weights, count) for word, count in as_written.items()], zone, parts)
    parts.vocabulary.update(f"{place} {word.listed}" for word in known.values())
    parts.folded.update(word.prose for word in known.values() if word.prose is not None)
    parts.forms.setdefault(zone.language, set()).update(form for word in known.values() for form in word.forms)


def _weigh(counted: Iterable[tuple[tuple[tuple[str, float], ...], int]], zone: Zone, parts: _Parts) -> None:
    """Add the weights of the terms of words that a zone holds so often."""
    own = parts.weights.setdefault(zone.name, {})
    for weights, count in counted:
        for term, weight in weights:
            own[term] = own.get(term, 0.0) + weight * count
    combined = parts.weights.setdefault(COMBINED[zone.language], {})
    for term, weight in own.items():
        combined[term] = combined.get(term, 0.0) + weight * zone.weight


def _lines(values: Iterable[str]) -> list[str]:
    lines = (" ".join(value.split()) for value in values)
    return list(dict.fromkeys(line for line in lines if line))


def _titles(question: Question) -> Iterator[tuple[str, str | None]]:
    """Yield the title in each language, by the field that holds its key."""
    for zone in ZONES:
        if zone.name in both("title"):
            yield from ((f"{zone.name}_whole", text) for text in texts_of(zone, question))


def _derived(stored: Mapping[str, Any]) -> dict[str, Any]:
    """Return the numbers that follow from others."""
    found: dict[str, Any] = {}
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

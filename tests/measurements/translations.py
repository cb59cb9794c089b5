"""What a search across the languages finds, and the tables of translations that this rests on.

    python tests/measurements/translations.py [FOLDER]            measures, by tables learned from nine texts in ten
    python tests/measurements/translations.py --write [FOLDER]    writes searchq/analysis/data/translations_*.txt anew

FOLDER holds corpus/bilingual-2020.jsonl.gz; by default shared/ beside the checkout. Which texts are asked follows from
a hash of their names. The texts in one language are indexed, all of them; the first sentence of each text that was
kept aside is asked in the other language, as it stands. MRR@10: the mean of 1 over the place of the text.
"""

import gzip
import hashlib
import json
import sys
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from itertools import pairwise
from math import inf
from pathlib import Path
from typing import Final, NamedTuple

import pytest

sys.path.append(str(Path(__file__).resolve().parents[2]))

import searchq
from searchq.analysis import dutch, french, translations
from searchq.analysis.sentences import names_no_subject
from searchq.analysis.stop_words import without_elision
from searchq.analysis.tokenizer import words
from searchq.analysis.translations import LEARNED, Translation, TranslationTable, dump_table, shipped
from searchq.analysis.word_alignment import Pair, learn_translations
from searchq.api import Index
from searchq.engines.embedded.engine import EmbeddedEngine
from searchq.question import FrenchText, Question
from tests.measurements.sentence_alignment import aligned, sentences

__all__ = ["Text", "kept_aside", "learned_tables", "mean_reciprocal_rank", "opened", "texts"]

SHARED: Final = Path(__file__).resolve().parents[3] / "shared"
ASIDE: Final = 10  # one text in so many is asked
RARE: Final = 5  # sentences; a rarer word is not learned
SURE: Final = 0.6  # a likelier translation of a compound stands for the whole of it
TOGETHER: Final = 4  # sentences with two French words and the Dutch compound that stands for both
STEADY: Final = 0.4  # (sentences with both)² / (with the two words × with the compound); of less, it is chance
FOREIGN: Final = 8  # a form that is so many times as frequent in the other language is a quotation from it
COMMENT: Final = """\
Which words translate each other, and how likely, in percent; `=` refers to another form of the word.
Learned from the parallel questions of the Chamber of 2020 (CC0) by tests/measurements/translations.py --write."""


Adjacent = tuple[str, str]  # two terms in a row
Phrases = dict[str, tuple[Translation, tuple[str, ...]]]  # words+together: what they are called, other forms


class Text(NamedTuple):
    """A text in both languages."""

    name: str
    nl: str
    fr: str


def texts(folder: Path) -> list[Text]:
    """The parallel texts."""
    with gzip.open(folder / "corpus" / "bilingual-2020.jsonl.gz", "rt", encoding="utf-8") as lines:
        return [Text(record["id"], record["nl"], record["fr"]) for record in map(json.loads, lines)]


def kept_aside(text: Text) -> bool:
    """Whether a text is asked, and not learned from."""
    return int(hashlib.sha256(text.name.encode()).hexdigest(), 16) % ASIDE == 0


@dataclass
class Side:
    """One language: the forms of each term, and how often each occurs."""

    language: str
    forms: defaultdict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    counts: Counter[str] = field(default_factory=Counter)

    def terms(self, text: str) -> list[str]:
        """The terms of a text, each once; their forms are counted."""
        found = {}  # type: ignore[var-annotated]
        for word in words(text):
            form = without_elision(word) if self.language == "fr" else word
            self.counts[form] += 1
            if term := _term(form, self.language):
                self.forms[term][form] += 1
                found[term] = None
        return list(found)

    def is_native(self, form: str, other: "Side") -> bool:
        """Whether a form is no quotation from the other language."""
        return self.counts[form] * FOREIGN > other.counts[form]

    def is_compound(self, form: str) -> bool:
        """Whether a form is a compound of Dutch, whose parts are words in French: verkeersveiligheid."""
        return self.language == "nl" and len(dutch.analyze_word(form).terms) > 2

    def usual(self, term: str) -> str:
        """The most frequent form of a term."""
        return max(sorted(self.forms[term]), key=self.forms[term].__getitem__)


@cache
def _term(word: str, language: str) -> str | None:
    """The term of a word of letters; None for a stop word."""
    terms = (dutch if language == "nl" else french).analyze_word(word).terms
    return terms[0].term if terms and len(word) > 1 and word.replace("-", "").isalpha() else None


def learned_tables(chosen: Iterable[Text]) -> dict[str, bytes]:
    """The tables learned from texts, by the language of the words they translate."""
    sides = {"nl": Side("nl"), "fr": Side("fr")}
    rows = sorted({row for text in chosen for row in aligned(text.nl, text.fr)})
    pairs = [(sides["nl"].terms(one), sides["fr"].terms(other)) for one, other in rows]
    turned = [(other, one) for one, other in pairs]
    phrases = learned_phrases(rows, pairs, sides["nl"], sides["fr"])
    return {"nl": _table(pairs, sides["nl"], sides["fr"]), "fr": _table(turned, sides["fr"], sides["nl"], phrases)}  # type: ignore[arg-type]


def learned_phrases(
    rows: Sequence[tuple[str, str]], pairs: Sequence[Pair], dutch_side: Side, french_side: Side
) -> Phrases:
    """French words in a row that are one compound in Dutch: what they are called, by how they are written."""
    often, compounds, together = Counter[Adjacent](), Counter[str](), defaultdict[Adjacent, Counter[str]](Counter)
    written = defaultdict[Adjacent, Counter[str]](Counter)
    for (_, text), (terms, _) in zip(rows, pairs, strict=True):
        found = list(_adjacent(text))
        own = [term for term in terms if dutch_side.is_compound(dutch_side.usual(term))]
        compounds.update(own)
        for phrase in {phrase for phrase, _ in found}:
            often[phrase] += 1
            together[phrase].update(own)
        for phrase, form in found:
            written[phrase][form] += 1
    phrases: Phrases = {}
    for phrase, counts in together.items():
        for term, both in counts.most_common(1):
            if both >= TOGETHER and both * both >= STEADY * often[phrase] * compounds[term]:
                called = Translation((dutch_side.usual(term),), both / often[phrase])
                phrases[written[phrase].most_common(1)[0][0]] = (called, tuple(written[phrase]))
    return phrases


def _adjacent(text: str) -> Iterator[tuple[Adjacent, str]]:
    """The terms of two French words in a row, stop words left out, and how they are written."""
    forms = [form for word in words(text) if _term(form := without_elision(word), "fr")]
    for left, right in pairwise(forms):
        if not (names_no_subject(left) or names_no_subject(right)):
            yield (_term(left, "fr") or "", _term(right, "fr") or ""), f"{left}+{right}"


def _table(pairs: list[Pair], own: Side, other: Side, phrases: Phrases | None = None) -> bytes:
    found, forms = {}, {}  # type: ignore[var-annotated]
    for term, likely in learn_translations(pairs, RARE).items():
        usual = own.usual(term)
        told = [Translation((other.usual(one),), chance) for one, chance in likely]
        if own.is_compound(usual) and likely[0][1] < SURE and len(told) > 1:
            told = [Translation(told[0].words + told[1].words, told[0].probability + told[1].probability)]
        if own.is_native(usual, other):
            found[usual] = told
            forms |= {form: usual for form in own.forms[term] if own.is_native(form, other)}
    rarest_first = sorted(forms, key=lambda form: (own.counts[form], form))  # of two that are spelled alike, the last
    learned = {form: found[form] for form in rarest_first if form in found}
    needed = _needed(forms, found, own)
    single = TranslationTable(dump_table(learned, needed), own.language)
    for phrase, (called, others) in (phrases or {}).items():
        if any(one.words == called.words for word in phrase.split("+") for one in single.translations(word)[:1]):
            continue  # one of the words says as much
        learned[phrase] = [called]
        needed |= _needed(dict.fromkeys(others, phrase), {phrase: [called]}, own)
    return dump_table(learned, needed, COMMENT)


def _needed(forms: dict[str, str], found: dict[str, list[Translation]], own: Side) -> dict[str, str]:
    """The forms that no rule of endings leads to their word, the most frequent last."""
    table = TranslationTable(dump_table(found, {}), own.language)
    needed = {form: word for form, word in forms.items() if table.translations(form) != table.translations(word)}
    return {form: needed[form] for form in sorted(needed, key=lambda form: (own.counts[form], form))}


def write_tables(found: Mapping[str, bytes], folder: Path) -> None:
    for language, data in found.items():
        (folder / f"{LEARNED[language]}.txt").write_bytes(data)


@contextmanager
def searching_with(tables: Mapping[str, bytes]) -> Iterator[None]:
    """Search with other tables than the shipped ones."""
    with tempfile.TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        write_tables(tables, Path(folder))
        patch.setattr(translations, "DATA", Path(folder))
        shipped.cache_clear()
        yield
    shipped.cache_clear()


def opened(chosen: Sequence[Text], language: str, folder: Path) -> Index:
    """An index of the texts in one language, numbered in their order."""
    with EmbeddedEngine(folder).update() as update:
        for serial, text in enumerate(chosen, 1):
            own = Question(f"5-{serial}", question=text.nl)
            update.put(own if language == "nl" else Question(own.number, french=FrenchText(question=text.fr)))
        update.commit()
    return searchq.open(folder)


def mean_reciprocal_rank(chosen: Sequence[Text], index: Index, asked: str, **options: bool) -> float:
    """MRR@10 of first sentences, asked in a language; a text that is printed twice is found as either."""
    numbers = defaultdict(set)
    for serial, text in enumerate(chosen, 1):
        numbers[text.nl, text.fr].add(f"5-{serial}")
    aside = [text for text in chosen if kept_aside(text)]
    total = 0.0
    for text in aside:
        query = sentences(getattr(text, asked))[0]
        hits = index.search(query, limit=10, snippets=False, fold=False, **options).hits  # type: ignore[arg-type]
        places = (place for place, hit in enumerate(hits, 1) if hit.question.number in numbers[text.nl, text.fr])
        total += 1 / next(places, inf)
    return total / len(aside)


def main(arguments: Sequence[str]) -> None:
    folders = [Path(argument) for argument in arguments if argument != "--write"]
    found = texts(folders[0] if folders else SHARED)
    if "--write" in arguments:
        return write_tables(learned_tables(found), translations.DATA)
    known = {(text.nl, text.fr) for text in found if kept_aside(text)}
    tables = learned_tables(text for text in found if (text.nl, text.fr) not in known)
    print("| asked in, texts in | as typed | translated |\n|---|---|---|")
    with searching_with(tables), tempfile.TemporaryDirectory() as folder:
        for asked, told in (("fr", "nl"), ("nl", "fr")):
            index = opened(found, told, Path(folder) / told)
            scores = (mean_reciprocal_rank(found, index, asked, translate=wanted) for wanted in (False, True))
            print(f"| {asked}, {told} | {' | '.join(f'{score:.3f}' for score in scores)} |")
    return None


if __name__ == "__main__":
    main(sys.argv[1:])

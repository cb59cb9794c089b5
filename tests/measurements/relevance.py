"""What each step of the analysis is worth: real titles and keywords asked as queries, with it and without.

    python tests/measurements/relevance.py [FOLDER]     prints the table of docs/dutch.md (three minutes)

FOLDER holds corpus/questions-2017.jsonl.gz, relevance/queries-title.tsv and qrels-title.txt; by default shared/ beside
the checkout.  Indexed are the question and the answer; neither title nor keywords.

    descriptors  each keyword that 2 to 150 questions carry; relevant are those that carry it: nDCG@10, MAP@100
    titles       the title of a question; relevant is that question: MRR@10

The ranking is one for all rows: BM25, the sum over the words of the query, idf = ln(1 + (N - n + 0.5) / (n + 0.5)).
A term that weighs less than 1 counts that much in the frequency (documents) and in the score (queries).
"""

import gzip
import json
import math
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Final

import numpy as np
import numpy.typing as npt
import simplemma
from Stemmer import Stemmer as Snowball
from whoosh.analysis import LanguageAnalyzer

from searchq.analysis.acronyms import EXPANSION_WEIGHT, Acronyms, names, unknown
from searchq.analysis.dutch import analyze_word
from searchq.analysis.folding import fold
from searchq.analysis.lexicon import dictionary
from searchq.analysis.long_forms import accepted, spelled_out
from searchq.analysis.stemmer import stem
from searchq.analysis.terms import PART_WEIGHT, QUERY_PART_WEIGHT
from searchq.analysis.tokenizer import words

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Weighted = tuple[str, float]

SHARED: Final = Path(__file__).resolve().parents[3] / "shared"
K1: Final = 1.2
B: Final = 0.75
FEWEST, MAX_COUNT = 2, 150  # questions that carry a descriptor


@dataclass(frozen=True)
class Analysis:
    """One way to make terms: words of a text, terms of a word in a document and in a query, other names or not."""

    name: str
    words: Callable[[str], list[str]]
    terms: Callable[[str], Sequence[Weighted]]
    query_terms: Callable[[str], Sequence[Weighted]]
    acronyms: Acronyms | None = None
    answer_weight: float = 1.0
    k1: float = K1


@dataclass
class Collection:
    """The questions with what is asked of them."""

    questions: list[str]
    answers: list[str]
    descriptors: dict[str, set[int]]
    titles: list[tuple[str, set[int]]]


@dataclass
class Index:
    """Postings of terms: documents and weighted frequencies; the words of each document for phrases."""

    analysis: Analysis
    lengths: Floats
    postings: dict[str, tuple[Ints, Floats]]
    stems: list[list[str]] = field(default_factory=list)


def collection(folder: Path) -> Collection:
    """The questions of the first half of 2017 and both kinds of queries."""
    with gzip.open(folder / "corpus" / "questions-2017.jsonl.gz", "rt", encoding="utf-8") as lines:
        records = [json.loads(line) for line in lines]
    place = {record["source_id"]: number for number, record in enumerate(records)}
    carriers: defaultdict[str, set[int]] = defaultdict(set)
    for number, record in enumerate(records):
        for keyword in record["keywords"] or ():
            carriers[keyword].add(number)
    wanted: defaultdict[str, set[int]] = defaultdict(set)
    for line in (folder / "relevance" / "qrels-title.txt").read_text(encoding="utf-8").splitlines():
        query, _, source, relevance = line.split()
        if int(relevance) > 0 and source in place:
            wanted[query].add(place[source])
    rows = [line.split("\t") for line in _lines(folder / "relevance" / "queries-title.tsv")]
    return Collection(
        [record["question"] or "" for record in records],
        [record["answer"] or "" for record in records],
        {keyword: found for keyword, found in carriers.items() if FEWEST <= len(found) <= MAX_COUNT},
        [(title, wanted[query]) for query, title in rows],
    )


def index(texts: Collection, analysis: Analysis) -> Index:
    """The postings of all terms."""
    terms = lru_cache(maxsize=None)(analysis.terms)
    lengths = np.zeros(len(texts.questions))
    gathered: defaultdict[str, dict[int, float]] = defaultdict(dict)
    stems: list[list[str]] = []
    for number, (question, answer) in enumerate(zip(texts.questions, texts.answers, strict=True)):
        row: list[str] = []
        for text, boost in ((question, 1.0), (answer, analysis.answer_weight)):
            found = analysis.words(text)
            for word, times in Counter(found).items():
                lengths[number] += boost * times * bool(terms(word))
                for term, weight in terms(word):
                    gathered[term][number] = gathered[term].get(number, 0.0) + boost * times * weight
            if analysis.acronyms:
                row += [*map(analysis.acronyms.stem_of, found), ""]
        stems.append(row)
    postings = {term: (np.array([*row]), np.array([*row.values()])) for term, row in gathered.items()}
    return Index(analysis, lengths, postings, stems)


def scores(index: Index, query: str) -> Floats:
    """The score of every document for a query, float64[documents]."""
    total = np.zeros(len(index.lengths))
    analysis = index.analysis
    norm = analysis.k1 * (1 - B + B * index.lengths / index.lengths.mean())
    found = analysis.words(query)
    for word in found:
        for term, weight in analysis.query_terms(word):
            if term in index.postings:
                _add(total, *index.postings[term], weight, norm, analysis.k1)
    for expansion in analysis.acronyms.expansions(found) if analysis.acronyms else ():
        for other in expansion.others:
            _add(total, *_phrase(index, other), EXPANSION_WEIGHT, norm, analysis.k1)
    return total


def _add(total: Floats, docs: Ints, frequencies: Floats, weight: float, norm: Floats, k1: float) -> None:
    rarity = math.log(1 + (len(total) - len(docs) + 0.5) / (len(docs) + 0.5))
    total[docs] += weight * rarity * frequencies * (k1 + 1) / (frequencies + norm[docs])


def _phrase(index: Index, name: Sequence[str]) -> tuple[Ints, Floats]:
    """Where the stems of a name stand one after another."""
    assert index.analysis.acronyms
    wanted = [index.analysis.acronyms.stem_of(word) for word in name]
    holding = [set(index.postings[term][0]) for term in wanted if term in index.postings]
    docs = sorted(set.intersection(*holding)) if holding else []
    times = [_occurrences(index.stems[doc], wanted) for doc in docs]
    hits = [(doc, count) for doc, count in zip(docs, times, strict=True) if count]
    return np.array([doc for doc, _ in hits], np.int64), np.array([count for _, count in hits], np.float64)


def _occurrences(row: list[str], wanted: list[str]) -> int:
    starts = (place for place, stem in enumerate(row) if stem == wanted[0])
    return sum(row[start : start + len(wanted)] == wanted for start in starts)


def evaluate(index: Index, texts: Collection) -> tuple[float, float, float, int]:
    """nDCG@10 and MAP@100 over the descriptors, MRR@10 over the titles, descriptors that find nothing."""
    gains, precisions, ranks, empty = [], [], [], 0
    for descriptor, relevant in texts.descriptors.items():
        hits = [doc in relevant for doc in _top(scores(index, descriptor), 100)]
        empty += not hits
        gains.append(_dcg(hits[:10]) / _dcg([True] * min(10, len(relevant))))
        right = [sum(hits[: place + 1]) / (place + 1) for place, hit in enumerate(hits) if hit]
        precisions.append(sum(right) / min(100, len(relevant)))
    for title, relevant in texts.titles:
        hits = [doc in relevant for doc in _top(scores(index, title), 10)]
        ranks.append(1 / (hits.index(True) + 1) if True in hits else 0.0)
    return float(np.mean(gains)), float(np.mean(precisions)), float(np.mean(ranks)), empty


def _top(score: Floats, count: int) -> list[int]:
    order = np.argsort(-score, kind="stable")[:count]
    return [int(doc) for doc in order if score[doc] > 0]


def _dcg(hits: Sequence[bool]) -> float:
    return sum(hit / math.log2(place + 2) for place, hit in enumerate(hits))


def _lines(path: Path) -> list[str]:
    return path.read_text(encoding="utf-8").splitlines()


# --- the rows of the table


def plain(name: str, stemmer: Callable[[str], str]) -> Analysis:
    """An analysis in which every word is one term."""
    return Analysis(name, words, lambda word: [(stemmer(word), 1.0)], lambda word: [(stemmer(word), 1.0)])


def ours(name: str, part: float, query_part: float, stops: bool, **more: object) -> Analysis:
    """searchq's analysis with the weights given."""

    def weighed(weight: float) -> Callable[[str], list[Weighted]]:
        def terms(word: str) -> list[Weighted]:
            found = analyze_word(word).terms or (() if stops else [_Whole(word)])
            return [(one.term, 1.0 if one.weight == 1.0 else weight) for one in found if one.weight == 1.0 or weight]

        return terms

    return Analysis(name, words, weighed(part), weighed(query_part), **more)  # type: ignore[arg-type]


@dataclass(frozen=True)
class _Whole:
    """A stop word counted like any other."""

    term: str
    weight: float = 1.0


def first_term(word: str) -> str:
    """The stem of a word as the index has it; a stop word itself."""
    found = analyze_word(word).terms
    return found[0].term if found else word


def unfolded(word: str) -> str:
    """Our stem with its marks."""
    return stem(word, dictionary()).lemma


def rows(texts: Collection) -> Iterable[Analysis]:
    """The analyses compared, ours a step at a time."""
    whoosh = LanguageAnalyzer("nl")
    yield Analysis("stock Whoosh, LanguageAnalyzer(nl)", lambda text: [t.text for t in whoosh(text)], _same, _same)
    yield plain("unstemmed", str)
    yield plain("Snowball, old (dutch_porter)", Snowball("dutch_porter").stemWord)
    yield plain("Snowball, new (dutch)", Snowball("dutch").stemWord)
    yield plain("simplemma", lambda word: simplemma.lemmatize(word, "nl").lower())
    yield plain("searchq: stems", unfolded)
    yield plain("+ folding", lambda word: fold(unfolded(word)))
    yield ours("+ joined hyphens", 0.0, 0.0, stops=False)
    yield ours("+ parts in queries", 0.0, QUERY_PART_WEIGHT, stops=False)
    yield ours("+ parts in documents", PART_WEIGHT, QUERY_PART_WEIGHT, stops=False)
    yield ours("+ stop words left out", PART_WEIGHT, QUERY_PART_WEIGHT, stops=True)
    shipped = Acronyms(names(), first_term)
    yield ours("+ other names, shipped", PART_WEIGHT, QUERY_PART_WEIGHT, stops=True, acronyms=shipped)
    both = [f"{question} {answer}" for question, answer in zip(texts.questions, texts.answers, strict=True)]
    forms = accepted(Counter(form for text in both for form in spelled_out(text)), dictionary().is_listed)
    learned = Acronyms(names(), first_term, unknown(forms, names()))
    yield ours("+ other names, learned", PART_WEIGHT, QUERY_PART_WEIGHT, stops=True, acronyms=learned)
    for weight, k1 in ((0.7, 1.2), (0.5, 1.2), (0.5, 0.9), (0.35, 1.2)):
        name = f"  and the answer at {weight}, k1 {k1}"
        yield ours(name, PART_WEIGHT, QUERY_PART_WEIGHT, stops=True, acronyms=learned, answer_weight=weight, k1=k1)


def _same(word: str) -> Sequence[Weighted]:
    return [(word, 1.0)]


def main() -> None:
    """Print the table."""
    texts = collection(Path(sys.argv[1]) if len(sys.argv) > 1 else SHARED)
    print(
        "| analysis | descriptors nDCG@10 | MAP@100 | find nothing | titles MRR@10 |\n|---|---|---|---|---|", flush=True
    )
    for analysis in rows(texts):
        gain, precision, rank, empty = evaluate(index(texts, analysis), texts)
        print(f"| {analysis.name} | {gain:.3f} | {precision:.3f} | {empty} | {rank:.3f} |", flush=True)


if __name__ == "__main__":
    main()

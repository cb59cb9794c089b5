"""Questions to measure with, at any scale: real texts where the shared data is there, else generated ones."""

import datetime as dt
import json
import random
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

import numpy as np

from searchq.documents.portfolios import portfolios_of
from searchq.question import ChronologyEntry, Question, Source

__all__ = ["CACHE", "KINDS", "SHARED", "questions", "workload"]

SHARED = Path(__file__).resolve().parents[3] / "shared"
CACHE = Path(tempfile.gettempdir()) / "searchq-benchmarks"

KINDS = {"topic": "all", "title": "any", "broad": "any", "phrase": "phrase", "prefix": "prefix"}  # how each is asked


def questions(count: int, generated: bool = False) -> Iterator[Question]:
    """`count` questions, the same at every call; generated ones are made as they are asked for, without a file."""
    maker = SHARED / "corpus" / "make-senate-texts"
    yield from _generated(count) if generated or not maker.exists() else _real(count, maker)


def workload(count: int, seed: int = 7, size: int = 100, generated: bool = False) -> dict[str, list[str]]:
    """Query texts by kind, `size` of each: titles, descriptors, broad words, phrases, prefixes.

    Descriptors are asked as AND of their words, titles as OR, broad words alone.
    """
    chance = random.Random(seed)
    sample = [question for question in questions(min(count, 4000), generated) if question.title and question.question]
    chosen = chance.sample(sample, min(size, len(sample)))
    descriptors = sorted({keyword for question in sample for keyword in question.keywords if keyword.isascii()})
    words = [[word for word in (one.question or "").split() if word.isalpha()] for one in chosen]
    return {
        "topic": chance.sample(descriptors, min(size, len(descriptors))),
        "title": ["".join(c if c.isalnum() else " " for c in one.title or "") for one in chosen],
        "broad": chance.choices(_most_frequent(words) if generated else _BROAD, k=size),
        "phrase": [" ".join(some[3:5]) for some in words if len(some) > 5],
        "prefix": [max(some, key=len)[:5].lower() for some in words if some],
    }


def _most_frequent(texts: Iterable[list[str]]) -> list[str]:
    return [word for word, _ in Counter(word for text in texts for word in text).most_common(10)]


_BROAD = ("belgië", "federale", "maatregelen", "minister", "aantal", "overheid", "jaar", "personen", "vraag", "dienst")


def _real(count: int, maker: Path) -> Iterator[Question]:
    folder = CACHE / f"texts-{count}"
    if not (folder / "truth.jsonl").exists():
        subprocess.run([sys.executable, str(maker), str(folder), "--count", str(count), "--garble", "0"], check=True)
    with (folder / "truth.jsonl").open(encoding="utf-8") as lines:
        for line in lines:
            yield _question(json.loads(line))


def _question(truth: dict[str, str]) -> Question:
    asked = dt.date.fromisoformat(truth["date"])
    answered = dt.date.fromisoformat(truth["answer_date"]) if truth["answer_date"] else None
    chronology = [ChronologyEntry(asked, "sent", "Verzending vraag")]
    if answered:
        chronology.append(ChronologyEntry(answered, "answered", "Antwoord"))
    return Question(
        truth["number"],
        legislature=int(truth["number"][0]),
        date=asked,
        author=truth["author"],
        party=truth["party"],
        minister=truth["minister"],
        portfolios=portfolios_of(truth["minister"]),
        title=truth["title"],
        title_path=tuple(truth["title"].split(" - ")),
        keywords=tuple(truth["keywords"]),
        language="nl" if truth["asked_in"] == "nl" else "fr",
        chronology=tuple(chronology),
        question=truth["question"],
        answer=truth["answer"],
        answer_date=answered,
        status="answered" if answered else "open",
        delay_days=(answered - asked).days if answered else None,
        source=Source(path=truth["file"]),
    )


def _generated(count: int) -> Iterator[Question]:
    """Texts of words drawn with Zipf's frequencies from made-up words of Dutch syllables."""
    chance = random.Random(1)
    syllables = [
        a + b + c for a in "bdghklmnprstvwz" for b in ("a", "e", "ie", "oo", "ui", "ij") for c in ("", "n", "rt")
    ]
    words = ["".join(chance.choices(syllables, k=chance.randint(1, 4))) for _ in range(40000)]
    texts = _texts(words)
    ministers = [f"minister van {words[i].title()}" for i in range(40)]
    for serial in range(1, count + 1):
        title, question, answer = next(texts)
        asked = dt.date(2010, 1, 1) + dt.timedelta(days=serial % 4000)
        answered = asked + dt.timedelta(days=chance.randint(5, 300))
        yield Question(
            f"5-{serial}",
            legislature=5,
            date=asked,
            author=words[100 + serial % 150].title(),
            party=words[300 + serial % 12].title(),
            minister=ministers[serial % 40],
            title=title,
            keywords=tuple(chance.choices(words[:2000], k=4)),
            question=question,
            answer=answer,
            answer_date=answered,
            status="answered",
            delay_days=(answered - asked).days,
        )


def _texts(words: list[str]) -> Iterator[tuple[str, str, str]]:
    """Titles, questions and answers, a thousand drawn at once: a tenth of the time that indexing takes."""
    shares = 1 / np.arange(1, len(words) + 1)
    drawn = np.repeat(np.array(words, object), np.ceil(shares / shares.sum() * _DRAWS).astype(int))
    chance = np.random.default_rng(1)
    while True:
        for row in drawn[chance.integers(0, len(drawn), (1000, 8 + 180 + 260))].tolist():
            yield " ".join(row[:8]), " ".join(row[8:188]), " ".join(row[188:])


_DRAWS = 1 << 22  # the rarest of the words is drawn about ten times among so many

"""Real questions of the Chamber in the shapes of its service: every field of every route, JSON and XML."""

import datetime as dt
import gzip
import json
import shutil
import subprocess
import sys
from itertools import islice
from pathlib import Path
from typing import Any

import pytest

from searchq.documents import Parsed, read
from searchq.documents.chamber.routes import routes_in, with_siblings
from searchq.numbers import number_of
from searchq.question import FrenchText, Question
from tests.wait import PATIENCE

FIELDS = ("docname", "legislature", "date", "author", "party", "minister", "title_path", "keywords", "language",
          "question", "answer", "published", "bulletin")  # fmt: skip


MAKER = "make-chamber-archive"
CORPORA = ("questions-2017.jsonl.gz", "bilingual-2020.jsonl.gz")
SOME = 600  # lines of each: the first; the slow test reads all


def archive_of(corpus: Path, folder: Path) -> Path:
    """The questions of a folder of corpora as the service gives them, and what is true of each."""
    made = folder / "archive"
    subprocess.run([sys.executable, corpus / MAKER, made, "--xml", "0.2"], check=True, timeout=PATIENCE)
    return made


def beginnings(corpus: Path, folder: Path) -> Path:
    """The first lines of each corpus, beside their maker."""
    shutil.copy(corpus / MAKER, folder)
    for name in CORPORA:
        with gzip.open(corpus / name, "rb") as lines, gzip.open(folder / name, "wb", compresslevel=1) as some:
            some.writelines(islice(lines, SOME))
    return folder


def plain(value: Any) -> Any:
    """A value as `truth.jsonl` is compared: white space squashed."""
    if isinstance(value, str):
        return " ".join(value.split()) or None
    if isinstance(value, tuple | list):
        return [plain(one) for one in value]
    return value.isoformat() if isinstance(value, dt.date) else value


def small(keywords: list[str]) -> list[str]:
    """Keywords without regard to case."""
    return [keyword.lower() for keyword in keywords]


def told(question: Question, truth: dict[str, Any]) -> dict[str, Any]:
    french = question.french or FrenchText()
    values = {name: plain(getattr(question, name)) for name in FIELDS if name in truth}
    values["keywords"] = small(values["keywords"])
    values["siblings"] = sorted(reference.number for reference in question.references)
    values["french"] = {name: plain(getattr(french, name)) for name in truth["french"]}
    return values


def expected(truth: dict[str, Any]) -> dict[str, Any]:
    values = {name: plain(truth[name]) for name in FIELDS if name in truth}
    values["keywords"] = small(values["keywords"])
    values["siblings"] = sorted(number_of(route) for route in truth["siblings"])
    values["french"] = {
        name: plain(value + "." * (name == "title")) for name, value in truth["french"].items()
    }  # as published, with its full stop
    return values


def test_every_field_of_many_routes(shared: Path, tmp_path: Path) -> None:
    archive = archive_of(beginnings(shared / "corpus", tmp_path), tmp_path)
    assert routes_read_as_they_are(archive) == 2 * SOME


@pytest.mark.slow
def test_every_field_of_every_route(shared: Path, tmp_path: Path) -> None:
    assert routes_read_as_they_are(archive_of(shared / "corpus", tmp_path)) == 9870


def routes_read_as_they_are(archive: Path) -> int:
    """Compare every field of every question of an archive; return how many routes were met."""
    lines = (archive / "truth.jsonl").read_text(encoding="utf-8").splitlines()
    truths = {truth["route"]: truth for truth in map(json.loads, lines)}
    zips = sorted(archive.glob("*.zip"))
    routes = routes_in(zips)
    wrong, met = [], set()
    for item in read(zips):
        assert isinstance(item, Parsed), item
        (question,) = item.questions
        question = with_siblings(question, routes.of(question.docname))  # type: ignore[arg-type]
        met.add(question.route)
        truth = truths[question.route]
        if told(question, truth) != expected(truth) or question.problems:
            wrong.append((question, truth))
    assert not wrong[:3]
    assert met == truths.keys()
    return len(met)

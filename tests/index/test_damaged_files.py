"""A file of an index that was altered: refused in a sentence where its length or head shows it, and never handed on."""

import random
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from searchq.errors import IndexBroken
from searchq.index.format.encoding import gather_ranges
from searchq.index.format.integrity import check
from searchq.index.format.manifest import MANIFEST
from searchq.index.read.reader import open_snapshot
from searchq.index.read.snapshot import Snapshot
from searchq.index.write.prepare import prepare
from searchq.index.write.writer import IndexWriter
from searchq.question import FrenchText, Question
from tests.index.forgery import change_directory, change_manifest, replace_body
from tests.index.plain_index import ANALYZERS


def question(number: int) -> Question:
    french = FrenchText(title="le train") if number % 2 else None
    return Question(f"5-{number}", title=f"trein {number}", question="de trein " * (number % 7), french=french)


def add(directory: Path, *questions: Question) -> None:
    with IndexWriter(directory) as writer:
        writer.add(prepare(questions, writer.dictionary, ANALYZERS))
        writer.commit()


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two segments, one of them with deleted documents, and a blob."""
    directory: Path = tmp_path_factory.mktemp("whole")
    with IndexWriter(directory) as writer:
        writer.add(prepare([question(number) for number in range(30)], analyzers=ANALYZERS))
        writer.set_blob("sources", b"what was read")
        writer.commit()
    add(directory, question(3), question(4), question(99))
    return directory


@pytest.fixture
def index(whole: Any, tmp_path: Path) -> Path:
    """A copy of it, to be damaged."""
    return Path(shutil.copytree(whole, tmp_path / "index"))


def largest(directory: Path, extension: str) -> Path:
    return max(directory.glob(f"*.{extension}"), key=lambda path: path.stat().st_size)


def refused(directory: Path) -> None:
    """Neither a reader nor a writer takes the index."""
    for opening in (open_snapshot, IndexWriter):
        with pytest.raises(IndexBroken):
            opening(directory)


def without_deleted_file(manifest: dict[str, Any]) -> None:
    del manifest["files"][manifest["segments"][0]["deleted"]]


MANIFESTS: dict[str, Callable[[dict[str, Any]], object]] = {
    "a blob that no file holds": lambda manifest: manifest["blobs"].update(sources="MAIN_elsewhere.blob"),
    "a blob that is no name": lambda manifest: manifest["blobs"].update(sources=None),
    "blobs in a row": lambda manifest: manifest.update(blobs=[["sources", "MAIN_sources.blob"]]),
    "files in a row": lambda manifest: manifest.update(files=list(manifest["files"])),
    "deleted documents that no file marks": without_deleted_file,
    "deleted documents in a number": lambda manifest: manifest["segments"][0].update(deleted=7),
    "a document more that is deleted": lambda manifest: manifest["segments"][0].update(deleted_count=3),
    "more deleted than there are": lambda manifest: manifest["segments"][1].update(deleted_count=4),
    "documents as a text": lambda manifest: manifest["segments"][1].update(docs="3"),
    "an endless generation": lambda manifest: manifest.update(generation=float("inf")),
}


@pytest.mark.parametrize("what", MANIFESTS)
def test_a_manifest_that_names_something_else_is_refused(index: Any, what: Any) -> None:
    change_manifest(index, MANIFESTS[what])
    refused(index)


def test_a_manifest_nested_without_end_is_refused(index: Any) -> None:
    (index / MANIFEST).write_text("[" * 100_000)
    refused(index)


@pytest.mark.parametrize(
    ("place", "value"),
    [(0, ">u4"), (0, "<u2"), (0, "O"), (0, ""), (1, 1), (1, -64), (2, 1), (2, -1), (2, 99), (1, []), (0, [])],
)
def test_an_array_that_lies_elsewhere_or_is_read_otherwise_is_refused(index: Any, place: int, value: Any) -> None:
    def change(directory: dict[str, Any]) -> None:
        directory["arrays"]["nl/words/starts"][place] = value

    change_directory(largest(index, "words"), change)
    refused(index)


def test_bits_of_deleted_documents_are_the_same_by_any_type(index: Any) -> None:
    before = open_snapshot(index).live
    change_directory(largest(index, "deleted"), lambda directory: directory["arrays"]["deleted"].__setitem__(0, "|i1"))
    after = open_snapshot(index).live
    assert before is not None and after is not None
    assert after.tolist() == before.tolist()


@pytest.mark.parametrize("arrays", [[], None, {}, {"x": []}])
@pytest.mark.parametrize("extension", ["words", "columns", "records", "deleted"])
def test_a_file_whose_directory_names_no_arrays_is_refused(index: Any, extension: str, arrays: Any) -> None:
    change_directory(largest(index, extension), lambda directory: directory.update(arrays=arrays))
    refused(index)


def test_a_record_that_was_altered_is_never_read_as_another_by_its_own_checksum(index: Any) -> None:
    before, path, rng = records_of(index), largest(index, "records"), random.Random(4)
    body = path.read_bytes()
    refusals = 0
    for _ in range(150):
        path.write_bytes(body)

        def torn(body: bytearray) -> None:
            body[rng.randrange(1024, len(body))] ^= 1 << rng.randrange(8)

        replace_body(path, torn)
        found = records_of(index)
        refusals += found.count(None)
        assert all(one in (None, other) for one, other in zip(found, before, strict=True))
    assert refusals > 20


def records_of(index: Path) -> list[Question | None]:
    """Every record; None for those that are refused."""
    snapshot = open_snapshot(index)
    return [record_or_none(snapshot, doc) for doc in range(snapshot.max_doc)]


def record_or_none(snapshot: Snapshot, doc: int) -> Question | None:
    try:
        return snapshot.record(doc)
    except IndexBroken:
        return None


def altered(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[-70] ^= 1
    path.write_bytes(data)


def test_what_was_altered_is_never_merged_since_it_would_get_a_checksum_of_its_own(index: Any) -> None:
    path = largest(index, "records")
    altered(path)
    told = check(index)
    with pytest.raises(IndexBroken, match=f"{path.name} was altered"):
        add(index, *(question(number) for number in range(20)))  # two thirds are deleted: to be written anew
    assert check(index) == told == [f"{path.name} was altered: its SHA-256 differs from the manifest."]


def test_a_writer_refuses_what_an_altered_run_left_with_the_generation(index: Any) -> None:
    altered(largest(index, "blob"))
    with pytest.raises(IndexBroken, match="was altered"):
        IndexWriter(index)
    IndexWriter(index, rebuild=True).abort()


def test_a_range_that_ends_beyond_its_source_takes_no_more_memory_than_its_outcome() -> None:
    source = np.zeros(10, np.uint8)
    with pytest.raises(ValueError, match="broadcast"):
        gather_ranges(source, np.array([0]), np.array([1 << 32]))

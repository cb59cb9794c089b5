"""Blocks and their checksums: what is read of a file is what was written, or refused by the name of its block."""

import os
import re
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any
from zlib import crc32

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from searchq.errors import IndexBroken, IndexFault
from searchq.index.format.arrays import map_array, map_arrays, write_arrays
from searchq.index.format.blocks import BlockSums
from searchq.index.format.checked_array import CheckedArray, unchecked
from searchq.index.format.encoding import gather_ranges
from searchq.index.format.manifest import MANIFEST, read_manifest
from searchq.index.format.seal import is_sealed, sealed
from searchq.index.format.segment_data import whole_part
from searchq.index.read.reader import open_snapshot
from searchq.question import Question
from tests.index.forgery import change_manifest
from tests.index.test_damaged_files import add

BLOCK = 1 << 16
NUMBERS = np.arange(100_000, dtype=np.uint32)  # seven blocks


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "MAIN_1.words"
    with path.open("wb") as file:
        write_arrays(file, {"small": np.arange(5, dtype=np.uint8), "numbers": NUMBERS, "none": NUMBERS[:0]})
    return path


def flip(path: Path, place: int, bit: int = 0) -> None:
    data = bytearray(path.read_bytes())
    data[place] ^= 1 << bit
    path.write_bytes(data)


def place_of(path: Path, number: int) -> int:
    """Where a number of the array lies in the file."""
    return path.read_bytes().index(NUMBERS[number : number + 4].tobytes())


@given(st.lists(st.integers(0, 3 * BLOCK), max_size=6))
@settings(max_examples=20, deadline=None)
def test_the_sums_of_a_file_are_those_of_its_blocks_however_it_is_written(sizes: Any) -> None:
    sums, data = BlockSums(), os.urandom(sum(sizes))
    place = 0
    for size in sizes:
        sums.add(data[place : place + size])
        place += size
    expected = [crc32(data[first : first + BLOCK]) for first in range(0, len(data), BLOCK)]
    table = np.array(expected, "<u4").tobytes()
    assert sums.table() == (table + crc32(table).to_bytes(4, "little"), crc32(table))


READS: dict[str, Callable[[Any], Any]] = {
    "a number": lambda array: array[60_000],
    "a number from the end": lambda array: array[-40_000],
    "a slice": lambda array: array[59_990:60_010].sum(),
    "every other": lambda array: array[::2].sum(),
    "chosen numbers": lambda array: array[np.array([60_000])],
    "a mask": lambda array: array[np.arange(len(array)) == 60_000],
    "ranges": lambda array: gather_ranges(array, np.array([5, 59_999]), np.array([2, 2])).sum(),
    "a comparison": lambda array: (array == 7).sum(),
    "a comparison from the other side": lambda array: (array > 7).sum(),
    "arithmetic": lambda array: (array + 1).sum(),
    "a function of NumPy": lambda array: np.diff(array).sum(),
    "a search": lambda array: np.searchsorted(array, 5),
    "a method": lambda array: array.sum(),
    "a list": lambda array: len(array.tolist()),
    "a conversion": lambda array: np.asarray(array).sum(),
    "a concatenation": lambda array: np.concatenate([array, array]).sum(),
    "an index": lambda array: np.arange(100_000)[array].sum(),
    "a loop": lambda array: sum(1 for _ in array),
    "its bytes": lambda array: len(array.tobytes()),
    "its buffer": lambda array: array.data[60_000],
    "membership": lambda array: 60_000 in array,
}


@pytest.mark.parametrize("how", READS)
def test_however_an_array_is_read_it_is_as_written_or_refused_by_its_block(path: Path, how: str) -> None:
    read = READS[how]
    assert np.array_equal(read(map_arrays(path)["numbers"]), read(NUMBERS))
    place = place_of(path, 60_000)
    flip(path, place)
    told = f"{path.name} was altered: block {place // BLOCK} "
    with pytest.raises(IndexBroken, match=re.escape(told)):
        read(map_arrays(path)["numbers"])


def test_only_the_blocks_that_are_read_are_compared(path: Path) -> None:
    flip(path, place_of(path, 60_000))
    numbers = map_arrays(path)["numbers"]
    assert numbers[:100].tolist() == list(range(100))
    assert numbers[99_000] == 99_000
    assert gather_ranges(numbers, np.array([3, 90_000]), np.array([2, 1])).tolist() == [3, 4, 90_000]
    assert unchecked(numbers)[60_000] != 60_000
    with pytest.raises(IndexBroken, match="searchq index --rebuild"):
        numbers[60_000]
    with pytest.raises(IndexError):
        numbers[100_000]


def test_what_was_compared_once_is_not_compared_again(path: Path) -> None:
    numbers = map_arrays(path)["numbers"]
    assert isinstance(numbers, CheckedArray)
    numbers.whole()
    assert type(numbers[3:5]) is np.ndarray
    with path.open("r+b") as file:
        file.seek(place_of(path, 60_000))
        file.write(b"\xff")
    assert numbers[60_000] == 60_000 + 255 - 60_000 % 256


@given(st.data())
@settings(max_examples=150, deadline=None)
def test_no_bit_of_a_file_flips_unnoticed(tmp_path_factory: Any, data: Any) -> None:
    folder = tmp_path_factory.mktemp("flip")
    path = folder / "MAIN_1.words"
    arrays: dict[str, Any] = {"a": np.arange(300, dtype=np.uint16), "b": np.arange(7, dtype=np.int64)}
    with path.open("wb") as file:
        entry = write_arrays(file, arrays)
    flip(path, data.draw(st.integers(0, entry.length - 1)), data.draw(st.integers(0, 7)))
    with pytest.raises(IndexBroken, match=r"MAIN_1\.words"):
        for array in map_arrays(path, entry).values():
            array.tolist()


def test_a_file_of_the_same_shape_is_not_taken_for_another(tmp_path: Path) -> None:
    entries = []
    for name, value in (("MAIN_1.blob", 1), ("MAIN_2.blob", 2)):
        with (tmp_path / name).open("wb") as file:
            entries.append(write_arrays(file, {"blob": np.full(9, value, np.uint8)}))
    (tmp_path / "MAIN_2.blob").replace(tmp_path / "MAIN_1.blob")
    with pytest.raises(IndexBroken, match=r"MAIN_1\.blob is not the one that the manifest lists"):
        map_array(tmp_path / "MAIN_1.blob", "blob", entries[0])


# The manifest


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two segments, one of them with deleted documents."""
    directory: Path = tmp_path_factory.mktemp("whole")
    add(directory, *(Question(f"5-{number}", title="trein") for number in range(1, 9)))
    add(directory, Question("5-1", title="tram"), Question("5-9", title="bus"))
    return directory


@pytest.fixture
def index(whole: Any, tmp_path: Path) -> Path:
    return Path(shutil.copytree(whole, tmp_path / "index"))


def test_no_bit_of_the_manifest_flips_unnoticed(index: Any) -> None:
    data = (index / MANIFEST).read_bytes()
    for place in range(len(data)):
        for bit in range(8):
            torn = bytearray(data)
            torn[place] ^= 1 << bit
            assert not is_sealed(bytes(torn))
    for place in range(0, len(data), 40):
        flip(index / MANIFEST, place, place % 8)
        with pytest.raises(IndexFault, match=r"manifest|newer searchq"):
            read_manifest(index)
        flip(index / MANIFEST, place, place % 8)
    read_manifest(index)


def test_a_sealed_text_is_json_and_says_what_it_held() -> None:
    assert sealed({"a": "é", "b": [1]}).decode().startswith('{\n "a": "é",\n "b": [\n')
    assert is_sealed(sealed({"a": 1}))
    assert not is_sealed(b"")


def cut_out(members: dict[str, Any]) -> None:
    del members["segments"][1]


def cut_out_with_its_files(members: dict[str, Any]) -> None:
    name = members["segments"].pop()["name"]
    for file in [file for file in members["files"] if file.startswith(name)]:
        del members["files"][file]


def exchanged(members: dict[str, Any]) -> None:
    blobs = members["blobs"]
    blobs["a"], blobs["dictionary"] = blobs["dictionary"], "MAIN_a_00.blob"
    members["files"]["MAIN_a_00.blob"] = members["files"][blobs["a"]]


UNBOUND = {
    "a segment cut out": cut_out,
    "a segment cut out with its files": cut_out_with_its_files,
    "a segment doubled": lambda members: members["segments"].append(members["segments"][0]),
    "deletions forgotten": lambda members: members["segments"][0].update(deleted=None, deleted_count=0),
    "deletions of another segment": lambda members: members["segments"][1].update(
        deleted=members["segments"][0]["deleted"], deleted_count=1
    ),
    "a total": lambda members: members.update(questions=members["questions"] + 1),
    "a blob under the name of another": exchanged,
    "a file that nothing names": lambda members: members["files"].update({"MAIN_x_1.blob": [1, "", 1]}),
    "another generation": lambda members: members.update(generation=7),
}


@pytest.mark.parametrize("what", UNBOUND)
def test_parts_of_a_manifest_vouch_for_each_other_whoever_sealed_it(index: Any, what: str) -> None:
    change_manifest(index, UNBOUND[what])
    with pytest.raises(IndexBroken, match=r"The manifest of the index in .* lacks"):
        open_snapshot(index)


def test_a_plain_part_is_compared_whole(index: Any) -> None:
    part = open_snapshot(index).segments[0].part
    plain = whole_part(part)
    assert type(plain.number_order) is np.ndarray
    assert type(plain.languages["nl"].words.blob) is np.ndarray
    assert plain.numbers.tolist() == part.numbers.tolist()

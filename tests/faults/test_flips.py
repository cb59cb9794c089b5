"""A small part of the fault harness: single bits flipped, and what commands and the page then say."""

import random
import shutil
from itertools import islice
from pathlib import Path

import pytest
from werkzeug.test import Client

from searchq.index.format.manifest import read_manifest
from searchq.web.app import create_app
from tests.faults import flips
from tests.faults.flips import COMMANDS, flipped, flips_of, made, manifest_bits, say

PAGES = ("/?q=spoorweg", "/vraag/5-21", "/?q=land&party=MR", "/statistiek", "/?q=spoor&format=csv", "/problemen")


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return made(tmp_path_factory.mktemp("flips"), 40)


@pytest.fixture
def index(whole: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(whole, tmp_path / "index"))


def test_every_command_answers_as_before_or_names_what_was_altered(index: Path) -> None:
    found = list(islice(flips_of(index, random.Random(5), list(COMMANDS), 3), 25))
    assert "told" in found


def test_what_the_harness_asks_has_answers(index: Path) -> None:
    said = {command: say(command, index) for command in COMMANDS}
    assert {command for command, one in said.items() if one.code} <= {"search an unknown word", "similar"}
    assert {command for command, one in said.items() if not one.out} <= {"search an unknown word", "similar"}


@pytest.mark.slow
def test_five_thousand_flips(tmp_path: Path) -> None:
    assert flips.flips(5000, tmp_path / "f").total() == 5000


@pytest.mark.parametrize("count", [150, pytest.param(0, marks=pytest.mark.slow)])
def test_no_bit_of_the_manifest_flips_unnoticed(tmp_path: Path, count: int) -> None:
    assert manifest_bits(count, tmp_path / "f")["told"] >= count


def test_the_page_answers_as_before_or_with_503(index: Path) -> None:
    before = {page: Client(create_app(index)).get(page).data for page in PAGES}
    statuses = set()
    chance = random.Random(3)
    names = [name for name in sorted(read_manifest(index).files) if not name.endswith(".toc")]
    for _ in range(12):
        path = index / chance.choice(names)
        with flipped(path, chance.randrange(path.stat().st_size), chance.randrange(8)):
            client = Client(create_app(index))
            for page in chance.sample(PAGES, 2):
                answer = client.get(page)
                statuses.add(answer.status_code)
                assert answer.status_code == 503 or answer.data == before[page]
    assert 503 in statuses

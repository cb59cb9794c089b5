"""The Nu Html Checker on every page, in Dutch and in French: no error, and no warning."""

import json
import shutil
import subprocess
from pathlib import Path

import pytest
from werkzeug.test import Client

from tests.web.addresses import ADDRESSES, in_both

ROOT = Path(__file__).resolve().parents[2]
BRIEF = ("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xss4m")  # for a program that runs for seconds
WRONG = b"<!doctype html><html lang='nl'><title>x</title><time>zonder datum</time></html>"


@pytest.fixture
def checker() -> list[str]:
    """The command that checks files; the test is skipped where Java or the checker is absent."""
    for place in (ROOT / ".ci" / "node", ROOT.parent):
        program = place / "node_modules" / "vnu-jar" / "build" / "dist" / "vnu.jar"
        if program.is_file() and shutil.which("java"):
            return ["java", *BRIEF, "-jar", str(program), "--stdout", "--format", "json"]
    pytest.skip("the checker is absent: install Java, and npm install --prefix .ci/node vnu-jar")


def told(checker: list[str], files: list[Path]) -> list[str]:
    """What the checker says of files."""
    done = subprocess.run([*checker, *map(str, files)], capture_output=True, text=True, check=False)
    return [f"{Path(one['url']).stem}: {one['message']}" for one in json.loads(done.stdout)["messages"]]


def test_every_page_is_valid_in_both_languages_and_a_wrong_one_is_seen(
    checker: list[str], client: Client, tmp_path: Path
) -> None:
    pages = {address: client.get(address).data for address in in_both(ADDRESSES)} | {"wrong": WRONG}
    names = {f"{place:02}": address for place, address in enumerate(pages)}
    for name, address in names.items():
        (tmp_path / f"{name}.html").write_bytes(pages[address])
    wrong = told(checker, sorted(tmp_path.iterdir()))
    assert [names[message[:2]] for message in wrong] == ["wrong"], wrong

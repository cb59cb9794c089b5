"""The Nu Html Checker on every page, in Dutch and in French: no error, and no warning."""

import json
import shutil
import subprocess
from pathlib import Path

import pytest
from werkzeug.test import Client

from tests.web.addresses import ADDRESSES, in_both

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def checker() -> list[str]:
    """The command that checks files; the test is skipped where Java or the checker is absent."""
    for place in (ROOT / ".ci" / "node", ROOT.parent):
        program = place / "node_modules" / "vnu-jar" / "build" / "dist" / "vnu.jar"
        if program.is_file() and shutil.which("java"):
            return ["java", "-jar", str(program), "--stdout", "--format", "json"]
    pytest.skip("the checker is absent: install Java, and npm install --prefix .ci/node vnu-jar")


def told(checker: list[str], files: list[Path]) -> list[str]:
    """What the checker says of files."""
    done = subprocess.run([*checker, *map(str, files)], capture_output=True, text=True, check=False)
    return [
        f"{Path(one['url']).stem}, line {one['lastLine']}: {one['message']}"
        for one in json.loads(done.stdout)["messages"]
    ]


def test_every_page_is_valid_in_both_languages(checker: list[str], client: Client, tmp_path: Path) -> None:
    addresses = in_both(ADDRESSES)
    files = [tmp_path / f"{place:02}.html" for place, _ in enumerate(addresses)]
    for address, file in zip(addresses, files, strict=True):
        file.write_bytes(client.get(address).data)
    assert [(addresses[int(message[:2])], message) for message in told(checker, files)] == []


def test_the_checker_sees_an_error(checker: list[str], tmp_path: Path) -> None:
    wrong = tmp_path / "00.html"
    wrong.write_text(
        "<!doctype html><html lang='nl'><title>x</title><time>zonder datum</time></html>", encoding="utf-8"
    )
    assert len(told(checker, [wrong])) == 1

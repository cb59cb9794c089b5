"""The documents for users are held to the program: their screens are what it prints, their commands run."""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from searchq.cli.main import COMMANDS
from searchq.python_release import fault_of
from searchq.samples import samples_path
from tests.screens import DOCUMENTS, PROJECT, commands, run, sample_place, with_screens
from tests.wait import PATIENCE

README = (PROJECT / "README.md").read_text(encoding="utf-8")
SET_UP = "python3 -m venv"  # the two commands of which the check script runs one and a fresh machine the other


@pytest.fixture(scope="module")
def place() -> Iterator[Path]:
    with sample_place() as folder:
        run("searchq demo")
        yield folder


@pytest.mark.parametrize("name", DOCUMENTS)
def test_screens_are_what_the_commands_print(name: Any, place: Any) -> None:
    document = (PROJECT / name).read_text(encoding="utf-8")
    shutil.rmtree(place / "mine", ignore_errors=True)
    assert with_screens(document) == document, "write them anew: python tests/screens.py"


def test_the_reference_shows_the_help_of_every_command() -> None:
    shown = commands((PROJECT / "docs" / "cli.md").read_text(encoding="utf-8"))
    assert {f"searchq {name} --help" for name in COMMANDS} <= set(shown)


def readme_commands() -> list[str]:
    """Each command line of the README's code blocks, without its remark."""
    lines = re.findall(r"(?m)^    (searchq .*)$", README)
    return [re.sub(r"\s+#.*$", "", line) for line in lines]


def test_the_readme_names_the_usual_commands() -> None:
    names = {line.split()[1] for line in readme_commands()}
    assert {"index", "search", "serve", "facets", "stats", "similar", "export"} <= names
    assert README.count(SET_UP) == 2


def ends_without_network(line: str) -> bool:
    ends = line not in ("searchq serve", "searchq mcp")
    return ends and ("--dry-run" in line or not line.startswith("searchq fetch"))


@pytest.mark.parametrize("line", list(filter(ends_without_network, readme_commands())))  # type: ignore[arg-type]
def test_a_command_of_the_readme_runs(line: Any, place: Any, tmp_path: Path) -> None:
    _gather(tmp_path)
    shutil.copytree(place / "index", tmp_path / "index")
    done = _shell(line, tmp_path)
    told = [one for one in done.stderr.splitlines() if one != fault_of(*sys.version_info[:3])]  # of an old Python
    assert (done.returncode, told) == (0, [])
    written = re.search(r"> (\S+)$", line)
    assert (tmp_path / written[1]).stat().st_size if written else done.stdout


def test_the_python_of_the_readme_runs(place: Any, capsys: pytest.CaptureFixture[str]) -> None:
    (code,) = re.findall(r"(?m)^    import searchq\n(?:(?:    .*)?\n)+", README)
    names: dict[str, Any] = {}
    exec(compile(re.sub(r"(?m)^    ", "", code), "README.md", "exec"), names)
    numbers = [line.split()[0] for line in capsys.readouterr().out.splitlines()]
    assert numbers == [hit.question.number for hit in names["page"].hits]
    assert numbers


def _gather(folder: Path) -> None:
    """What the README reads: a folder of pages, an archive of them, a crawl of the site, what was fetched."""
    shutil.copytree(samples_path() / "nl-web", folder / "pages")
    shutil.make_archive(str(folder / "archive"), "zip", samples_path() / "nl-print")
    _crawl(samples_path() / "html", folder / "crawl.warc.gz")
    (folder / "archive").mkdir()
    shutil.copy(folder / "crawl.warc.gz", folder / "archive" / "senate-5-001.warc.gz")


def _crawl(pages: Path, archive: Path) -> None:
    from warcio.statusandheaders import StatusAndHeaders
    from warcio.warcwriter import WARCWriter

    with archive.open("wb") as file:
        writer = WARCWriter(file, gzip=True)
        for page in sorted(pages.iterdir()):
            headers = StatusAndHeaders("200 OK", [("Content-Type", "text/html")], protocol="HTTP/1.0")
            address = f"http://www.senate.be/www/{page.name}"
            with page.open("rb") as body:
                writer.write_record(writer.create_warc_record(address, "response", payload=body, http_headers=headers))


def _shell(line: str, folder: Path) -> subprocess.CompletedProcess[str]:
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    environment = {**os.environ, "PATH": path}
    return subprocess.run(
        ["bash", "-c", line], cwd=folder, env=environment, capture_output=True, text=True, timeout=PATIENCE, check=False
    )

"""The screens in the documents, made by running the commands that stand above them.

A block of code marked `console` shows a command and what it prints, on the sample questions:

    $ searchq search telewerk
      1. 5-5511  2012-02-09  Anneleen Dumoulin-Sels (CD&V) · answered in 49 days
      …

`python tests/screens.py` writes all screens anew; a test holds the documents to them. What differs from run to run and
from place to place (times, folders, fingerprints) is masked.
"""

import contextlib
import io
import os
import re
import shlex
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from unittest import mock

from searchq.cli.main import main
from searchq.samples import samples_path

PROJECT = Path(__file__).resolve().parents[1]
DOCUMENTS = ("README.md", "docs/cli.md", "docs/tasks.md")

_MOMENT = "1768469400"  # 2026-01-15 09:30 UTC: when the samples were first seen
COLUMNS = "92"  # wide enough for the screens, narrow enough for a page

MASKS = (
    (re.escape(str(samples_path())), "…/samples/questions"),
    (r"\b[\d,]+ ms\b", "12 ms"),
    (r"\([\d.]+ s(, [\d,]+ a second)?\)", "(0.4 s, 145 a second)"),
    (r"(?:/[\w.-]+)+/news\.txt", "/home/ines/news.txt"),
    (r"(?m)^-- [0-9a-f]{32}$", "-- 5f0c2d7e9b4a41c8a6e3d1b07c92f845"),
    (r"(?m)^(bytes +)[\d,]+$", r"\g<1>376,512"),
    (r"\b[\d.]+ MB in [\d.]+ s\b", "7.4 MB in 0.1 s"),
    (r"(?m)^(built +)\S+$", r"\g<1>2026-01-15T09:30:00+00:00"),
    (r"(?m)^(schema +)\S+$", r"\g<1>9c1f0b7a52d3e846"),
)

_BLOCK = re.compile(r"(?ms)^```console\n\$ (?P<command>(?:searchq|cat )[^\n]*)\n.*?^```$")


def run(command: str) -> tuple[int, str]:
    """The exit code of a command line and what it prints, standard error after standard output."""
    out, err = (io.TextIOWrapper(io.BytesIO(), "utf-8", newline="", write_through=True) for _ in range(2))
    name, *arguments = shlex.split(command)
    if name == "cat":
        return 0, "".join(Path(path).read_text(encoding="utf-8") for path in arguments)
    assert name == "searchq", command
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        code = main(arguments)
    printed = b"".join(stream.buffer.getvalue() for stream in (out, err))
    return code, printed.decode()


def screen(command: str) -> str:
    """What a command prints, masked."""
    text = run(command)[1]
    for pattern, shown in MASKS:
        text = re.sub(pattern, shown, text)
    return "".join(f"{line.rstrip()}\n" for line in text.strip("\n").splitlines())


def with_screens(document: str) -> str:
    """A document with the screens its commands print now."""
    return _BLOCK.sub(lambda found: f"```console\n$ {found['command']}\n{screen(found['command'])}```", document)


def commands(document: str) -> list[str]:
    """The commands whose screens a document shows."""
    return [found["command"] for found in _BLOCK.finditer(document)]


@contextlib.contextmanager
def sample_place() -> Iterator[Path]:
    """A folder to work in, holding `pages/`: some sample documents and one that is no question."""
    before = Path.cwd()
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        shutil.copytree(samples_path() / "nl-web", place / "pages")
        (place / "pages" / "notes.txt").write_text("Call the library on Monday.\n", encoding="utf-8")
        settings = {"COLUMNS": COLUMNS, "SEARCHQ_INDEX": "", "NO_COLOR": "1", "SOURCE_DATE_EPOCH": _MOMENT}
        with mock.patch.dict(os.environ, settings):
            del os.environ["SEARCHQ_INDEX"]
            os.chdir(place)
            try:
                yield place
            finally:
                os.chdir(before)


def write() -> None:
    """Write the screens of all documents anew."""
    with sample_place():
        run("searchq demo")
        for name in DOCUMENTS:
            path = PROJECT / name
            path.write_text(with_screens(path.read_text(encoding="utf-8")), encoding="utf-8")


if __name__ == "__main__":
    write()

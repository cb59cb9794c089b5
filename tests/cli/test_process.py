"""The command line as a process among others: pipes, signals, locales, terminals, shells, start-up."""

import os
import pty
import signal
import subprocess
import sys
import tempfile
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from searchq.samples import samples_path
from tests.cli.conftest import Ask
from tests.wait import PATIENCE, wait_until

SEARCHQ = str(Path(sys.executable).with_name("searchq"))


def run(*arguments: str, index: str, **settings: str) -> "subprocess.CompletedProcess[bytes]":
    environment = {**os.environ, "SEARCHQ_INDEX": index, **settings}
    return subprocess.run([SEARCHQ, *arguments], env=environment, capture_output=True, timeout=PATIENCE, check=False)


@contextmanager
def started(*arguments: str, index: str, stdin: int | None = None) -> Iterator["subprocess.Popen[str]"]:
    """A command at work; it heeds Ctrl-C even where the tests do not, and ends with the block whatever goes wrong."""
    with subprocess.Popen(
        [SEARCHQ, *arguments],
        env={**os.environ, "SEARCHQ_INDEX": index},
        stdin=stdin,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    ) as process:
        try:
            yield process
        finally:
            process.kill()


def may_unmount() -> bool:
    """Whether this process may mount over /dev/shm where only it sees that."""
    line = ["unshare", "--mount", "mount", "-t", "tmpfs", "-o", "ro", "none", "/dev/shm"]
    try:
        return subprocess.run(line, capture_output=True, timeout=PATIENCE, check=False).returncode == 0
    except OSError:
        return False


def on_a_terminal(*arguments: str, index: str, settings: Mapping[str, str]) -> str:
    """What a command writes to a terminal of 90 columns."""
    ours, theirs = pty.openpty()
    environment = {**os.environ, "SEARCHQ_INDEX": index, "COLUMNS": "90", "TERM": "xterm", **settings}
    with subprocess.Popen([SEARCHQ, *arguments], env=environment, stdout=theirs, stderr=theirs) as process:
        os.close(theirs)
        shown = b""
        try:
            while piece := os.read(ours, 65536):
                shown += piece
        except OSError:  # Linux says so when the other side is closed
            pass
    os.close(ours)
    assert process.returncode == 0
    return shown.decode()


def test_a_reader_that_has_seen_enough_is_no_error(index: Any) -> None:
    line = f"set -o pipefail; '{SEARCHQ}' export | head -n 1 | wc -l"
    done = subprocess.run(
        ["bash", "-c", line], env={**os.environ, "SEARCHQ_INDEX": index}, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout.strip(), done.stderr) == (0, "1", "")


@pytest.mark.parametrize(
    "settings", [{"LC_ALL": "C"}, {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}, {"HOME": ""}]
)
def test_a_pipe_gets_utf_8_whatever_the_locale(settings: Any, index: Any) -> None:
    assert b"Energie" in run("search", "energiefactuur", index=index, **settings).stdout
    done = run("facets", "--facet", "party", index=index, **settings)
    assert done.returncode == 0
    assert "█".encode() in done.stdout


def test_colours_are_for_terminals_that_want_them(index: Any) -> None:
    coloured = on_a_terminal("search", "telewerk", index=index, settings={"NO_COLOR": ""})
    assert "\x1b[33m\x1b[1mtelewerk\x1b[0m" in coloured
    assert "\x1b[" not in on_a_terminal("search", "telewerk", index=index, settings={"NO_COLOR": "1"})
    assert b"\x1b[" not in run("search", "telewerk", index=index).stdout


def test_a_terminal_that_cannot_show_a_letter_gets_a_question_mark(index: Any) -> None:
    settings = {"PYTHONIOENCODING": "latin-1", "NO_COLOR": "1"}
    assert "????" in on_a_terminal("facets", "--facet", "party", index=index, settings=settings)


@pytest.mark.parametrize("arguments", [("export",), ("--help",)])
def test_what_cannot_be_written_is_told_at_the_end(index: Any, arguments: Any) -> None:
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [sys.executable, "-m", "searchq.cli.main", *arguments],
            env={**os.environ, "SEARCHQ_INDEX": index}, stdout=full, stderr=subprocess.PIPE, text=True, check=False,
        )  # fmt: skip
    assert done.returncode != 0
    assert "No space left on device" in done.stderr


def test_a_process_ends_with_all_it_has_written_and_its_exit_code(index: Any) -> None:
    code = "import atexit; atexit.register(print, 'last'); from searchq.cli.main import run; run()"
    for arguments, exit_code, written in (
        (["--version"], 0, "searchq"),
        (["search", "xyzzy", "--index", index], 1, ""),
    ):
        done = subprocess.run(
            [sys.executable, "-c", code, *arguments],
            env={**os.environ, "PYTHONUNBUFFERED": ""}, capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert done.returncode == exit_code
        assert done.stdout.startswith(written)
        assert done.stdout.endswith("last\n")


def loaded_by(*arguments: str) -> set[str]:
    """The modules that a command loads, beyond those a bare interpreter has."""
    code = (
        "import sys; bare = {*sys.modules}; from searchq.cli.main import main; "
        f"main({list(arguments)!r}); print(*{{*sys.modules}} - bare)"
    )
    shown = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    return set(shown.splitlines()[-1].split())


def test_help_loads_no_engine() -> None:
    loaded = loaded_by("search", "--help")
    assert not loaded & {"numpy", "whoosh", "searchq.api", "searchq.analysis.dutch"}


@pytest.fixture(scope="module")
def searching(index: Any) -> Any:
    """The modules in memory after a search for a word that documents hold, without its translations."""
    return loaded_by("search", "telewerk", "--no-translate", "--index", index)


NOT_FOR_A_SEARCH = {
    "reading documents": {"searchq.documents", "searchq.indexing", "dateutil", "warcio", "selectolax", "xml"},
    "writing an index": {
        "searchq.index.write.writer",
        "searchq.index.write.prepare",
        "multiprocessing",
        "concurrent",
        "fcntl",
    },
    "words no document holds": {"searchq.analysis.dutch", "searchq.analysis.french", "simplemma", "Stemmer"},
    "Whoosh": {"searchq.index.codec", "whoosh"},
    "other questions": {
        "searchq.engines.embedded.explain",
        "searchq.engines.embedded.statistics",
        "searchq.engines.embedded.suggestions",
    },
    "other spellings": {"searchq.engines.embedded.spelling"},
    "a server": {"searchq.web", "jinja2", "werkzeug", "waitress"},
    "drawing": {"matplotlib"},
    "arrays with holes": {"numpy.ma"},
    "downloads and checksums": {"urllib.request", "http.client", "email", "socket", "ssl", "hashlib"},
    "files to come": {"tempfile", "random", "shutil"},
}


@pytest.mark.parametrize("use", NOT_FOR_A_SEARCH)
def test_a_search_loads_nothing_that_serves_only(use: Any, searching: Any) -> None:
    assert not searching & NOT_FOR_A_SEARCH[use]


def test_a_word_that_no_document_holds_is_analysed_without_the_dictionary(index: Any) -> None:
    loaded = loaded_by("search", "fietsenstallingbeleid", "--index", index)
    assert loaded & {"searchq.analysis.dutch", "searchq.analysis.entries", "simplemma"} == {"searchq.analysis.dutch"}


def completions(*words: str, index: str, shell: str = "zsh") -> list[str]:
    """What a shell is offered for the last word."""
    separator = "\n"
    settings = {
        "_SEARCHQ_COMPLETE": f"{shell}_complete",
        "COMP_WORDS": separator.join(["searchq", *words]),
        "COMP_CWORD": str(len(words)),
    }
    lines = run(index=index, **settings).stdout.decode().splitlines()
    return lines[1::3] if shell == "zsh" else [line.partition(",")[2] for line in lines]


def test_a_shell_completes_commands_options_and_what_the_index_holds(index: Any) -> None:
    assert completions("s", index=index) == ["search", "show", "similar", "suggest", "stats", "serve"]
    assert completions("search", "--answered-f", index=index) == ["--answered-from"]
    assert completions("search", "--party", "op", index=index) == ["Open Vld"]
    assert completions("search", "--exclude-party", "Vlaams", index=index) == ["Vlaams Belang"]
    assert completions("search", "--facet", "p", index=index) == ["portfolio", "party", "problem"]
    assert completions("show", "5-551", index=index) == ["5-5511", "5-5512", "5-5513", "5-5514", "5-5515"]
    assert completions("search", "--party", "op", index="nowhere") == []


def test_bash_is_given_values_as_they_must_be_written(index: Any) -> None:
    assert completions("search", "--party", "op", index=index, shell="bash") == ["'Open Vld'"]
    assert completions("search", "--party", "'Op", index=index, shell="bash") == ["Open Vld"]
    assert completions("search", "--party", "sp", index=index, shell="bash") == ["sp.a"]


def test_serve_says_where_and_ends_well_on_ctrl_c(index: Any) -> None:
    with started("serve", "--port", "0", index=index) as server:
        assert server.stdout and server.stderr
        address = server.stdout.readline().removeprefix("Serving on ").strip()
        with urllib.request.urlopen(f"{address}?q=telewerk", timeout=PATIENCE) as page:
            assert "5-5511" in page.read().decode()
        with urllib.request.urlopen(f"{address}?q=fiets", timeout=PATIENCE) as page:
            assert page.status == 200
        port = address.rstrip("/").rpartition(":")[2]
        taken = run("serve", "--port", port, index=index)
        assert (taken.returncode, taken.stderr.count(b"\n")) == (2, 1)
        assert b"choose another --port" in taken.stderr
        server.send_signal(signal.SIGINT)
        assert server.wait(PATIENCE) == 0
        assert "Traceback" not in server.stderr.read()


@pytest.mark.parametrize(("options", "warned"), [((), True), (("--host-name", "x.example"), False)])
def test_serving_in_public_under_any_name_is_warned_of(index: Any, options: tuple[str, ...], warned: bool) -> None:
    with started("serve", "--host", "0.0.0.0", "--port", "0", *options, index=index) as server:
        assert server.stdout and server.stderr
        server.stdout.readline()
        server.terminate()
        assert ("--host-name" in server.stderr.read()) == warned


def test_serve_without_an_index_is_exit_code_3() -> None:
    assert run("serve", index="nowhere").returncode == 3


def test_ctrl_c_while_indexing_changes_nothing(index: Any, tmp_path: Path) -> None:
    new = str(tmp_path / "new")
    with started("index", "-", "--jobs", "1", index=new, stdin=subprocess.PIPE) as process:
        assert process.stdin
        process.stdin.write("BELGISCHE SENAAT")  # a document that never ends
        process.stdin.flush()
        wait_until(lambda: (tmp_path / "new" / "write.lock").exists())  # so it reads, or is about to
        process.send_signal(signal.SIGINT)
        _, told = process.communicate(timeout=PATIENCE)
    assert process.returncode == 130
    assert told.strip() == "searchq: interrupted; nothing was changed"
    assert run("info", index=new).returncode == 3


def test_a_run_killed_while_it_reads_leaves_no_part_of_its_report(tmp_path: Path) -> None:
    report = tmp_path / "report.json"
    report.write_text("of the run before")
    arguments = ("index", "-", "--report", str(report))
    with started(*arguments, index=str(tmp_path / "new"), stdin=subprocess.PIPE) as process:
        wait_until(lambda: (tmp_path / "new" / "write.lock").exists())
        process.kill()
        process.wait()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["new", "report.json"]
    assert report.read_text() == "of the run before"


def test_a_pipe_or_a_device_named_as_a_document_is_rejected_at_once(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    done = run("index", str(tmp_path / "pipe"), "/dev/zero", index=str(tmp_path / "new"))
    assert done.returncode == 1
    assert done.stdout.count(b"it is not a regular file") == 2


def test_a_report_to_a_pipe_that_nobody_reads_is_an_error_at_once(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    done = run("index", str(samples_path()), "--report", str(tmp_path / "pipe"), index=str(tmp_path / "new"))
    assert (done.returncode, done.stderr.count(b"\n")) == (2, 1)


@pytest.fixture
def on_disk() -> Iterator[Path]:
    """A folder of a test that is not in memory."""
    with tempfile.TemporaryDirectory(dir="/var/tmp") as folder:
        yield Path(folder)


@pytest.mark.skipif(not may_unmount(), reason="the superuser alone may unmount /dev/shm, in a namespace of his own")
def test_a_machine_without_shared_memory_indexes_in_several_processes(on_disk: Path) -> None:
    pages = on_disk / "pages"
    pages.mkdir()
    text = next(samples_path().rglob("*.txt")).read_bytes()
    for number in range(150):  # more than one chunk
        (pages / f"{number}.txt").write_bytes(text)
    line = f"mount -t tmpfs -o ro none /dev/shm && exec {SEARCHQ} index {pages} --index {on_disk / 'new'} --jobs 2"
    done = subprocess.run(["unshare", "--mount", "sh", "-c", line], capture_output=True, timeout=PATIENCE, check=False)
    assert (done.returncode, done.stderr) == (0, b"")


@pytest.mark.parametrize("closed", [">&-", "2>&-", ">&- 2>&-", "<&- >&- 2>&-"])
def test_closed_standard_streams_change_nothing_of_a_run(ask: Ask, tmp_path: Path, closed: str) -> None:
    page, folder = next(samples_path().rglob("*.txt")), str(tmp_path / "index")
    line = f"{SEARCHQ} index '{page}' --index '{folder}' --jobs 1 {closed}"
    assert subprocess.run(["sh", "-c", line], check=False, timeout=PATIENCE).returncode == 0
    assert ask("check", "--index", folder).code == 0
    assert len(ask("export", "--index", folder).rows) == 1

"""A Python with known faults in its archive modules is warned of: once, in both languages, and never refused."""

import io
import sys
import tarfile
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from searchq import python_release
from searchq.cli.main import main
from searchq.python_release import SAFE_RELEASES, fault_of, warn_once

PROJECT = Path(__file__).resolve().parents[1]


@pytest.fixture
def old_python(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A Python that is warned of, in a process that has not been yet."""
    monkeypatch.setattr(python_release, "fault_of", lambda *release: fault_of(3, 11, 7))
    warn_once.cache_clear()
    yield
    warn_once.cache_clear()


@pytest.mark.parametrize("kind", ["zip", "tar"])
def test_an_archive_read_by_an_old_python_is_warned_of_once(
    kind: str, old_python: None, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("a", "b"):
        (tmp_path / f"{name}.{kind}").write_bytes(archive(kind))
    main(["parse", str(tmp_path)])
    err = capsys.readouterr().err
    assert err.count("Python 3.11.7 has known faults in reading crafted tar and zip archives, which 3.11.14 lacks") == 1
    warn_once.cache_clear()
    monkeypatch.setenv("SEARCHQ_LANGUAGE", "nl")
    monkeypatch.setenv("LANGUAGE", "")  # which searchq sets in Dutch
    main(["index", str(tmp_path), "--index", str(tmp_path / "index"), "--jobs", "1"])
    assert "Python 3.11.7 heeft bekende fouten bij het lezen van" in capsys.readouterr().err
    warn_once.cache_clear()
    main(["index", str(tmp_path), "--index", str(tmp_path / "index"), "--jobs", "1", "--quiet"])
    assert capsys.readouterr().err == ""


def archive(kind: str) -> bytes:
    held = io.BytesIO()
    if kind == "zip":
        with zipfile.ZipFile(held, "w") as made:
            made.writestr("page.txt", "tekst")
    else:
        with tarfile.open(fileobj=held, mode="w") as other:
            other.addfile(tarfile.TarInfo("page.txt"), io.BytesIO())
    return held.getvalue()


def test_no_other_document_is_warned_of(old_python: None, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "page.txt").write_text("tekst")
    main(["parse", str(tmp_path)])
    assert "Python" not in capsys.readouterr().err


def test_a_release_is_safe_from_its_first_patch_on_and_an_unknown_one_is_not_judged() -> None:
    for (major, minor), least in SAFE_RELEASES.items():
        assert fault_of(major, minor, least - 1)
        assert fault_of(major, minor, least) is None
    assert fault_of(3, 99, 0) is None


def test_the_security_page_names_the_same_releases() -> None:
    text = (PROJECT / "SECURITY.md").read_text(encoding="utf-8")
    for (major, minor), least in SAFE_RELEASES.items():
        assert f"{major}.{minor}.{least}" in text
    assert (sys.version_info.major, sys.version_info.minor) in SAFE_RELEASES

"""Regular files only: no pipe is waited for, no link is written through, a stale handle is opened anew."""

import errno
import os
import socket
from collections.abc import Callable
from pathlib import Path

import pytest

from searchq.regular_file import NotRegular, open_in_place, open_regular, read_regular


def make_socket(path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as made:
        made.bind(str(path))


ODD: dict[str, Callable[[Path], object]] = {
    "pipe": os.mkfifo,
    "device": lambda path: path.symlink_to("/dev/zero"),
    "folder": Path.mkdir,
    "socket": make_socket,
}


@pytest.mark.parametrize("kind", ODD)
def test_nothing_but_a_file_is_read(tmp_path: Path, kind: str) -> None:
    ODD[kind](tmp_path / "odd")
    with pytest.raises(OSError):
        read_regular(tmp_path / "odd")


def test_a_file_is_read_through_a_link(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"text")
    (tmp_path / "link").symlink_to("file")
    assert read_regular(tmp_path / "link") == b"text"
    with open_regular(tmp_path / "link") as file:
        assert os.get_blocking(file.fileno()) or file.read() == b"text"


@pytest.mark.parametrize("kind", [kind for kind in ODD if kind != "folder"])
def test_nothing_but_a_file_is_written(tmp_path: Path, kind: str) -> None:
    ODD[kind](tmp_path / "odd")
    with pytest.raises(NotRegular, match="not a regular file"):
        open_in_place(tmp_path / "odd", os.O_WRONLY)


@pytest.mark.parametrize("there", [True, False])
def test_no_file_is_written_or_made_through_a_link(tmp_path: Path, there: bool) -> None:
    target = tmp_path / "thesis"
    if there:
        target.write_bytes(b"years of work")
    (tmp_path / "link").symlink_to("thesis")
    with pytest.raises(NotRegular):
        open_in_place(tmp_path / "link", os.O_RDWR | os.O_TRUNC)
    assert target.exists() == there
    assert not there or target.read_bytes() == b"years of work"


def test_a_missing_file_is_made(tmp_path: Path) -> None:
    with os.fdopen(open_in_place(tmp_path / "new", os.O_WRONLY), "wb") as file:
        file.write(b"text")
    assert (tmp_path / "new").read_bytes() == b"text"


@pytest.mark.parametrize("times", [1, 2, 9])
def test_a_stale_handle_is_opened_anew_and_in_the_end_a_missing_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, times: int
) -> None:
    (tmp_path / "file").write_bytes(b"text")
    real, left = os.open, [errno.ESTALE] * times

    def stale(path: str, flags: int, mode: int = 0o777) -> int:
        if left:
            raise OSError(left.pop(), "Stale file handle", path)
        return real(path, flags, mode)

    monkeypatch.setattr(os, "open", stale)
    if times < 3:
        assert read_regular(tmp_path / "file") == b"text"
    else:
        with pytest.raises(FileNotFoundError):
            open_regular(tmp_path / "file")

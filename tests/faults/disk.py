"""What a function does to a folder, operation by operation; and what of it is on disk when the power fails.

A recorded operation is also done, unless it is the one at which the function is killed or told of an error. After a
kill nothing is done any more, whatever the function tries: a dead process cleans nothing up.

What a crash may leave, by POSIX: of a file its content at the last fsync, and any part of what was written since; of a
folder the names at its last fsync, and any of the changes made since, in any combination. A rename is one change.
"""

import io
import os
import random
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, NamedTuple

from searchq.index.write.lock import LOCK

__all__ = ["Killed", "Operation", "Recorder", "materialize"]

_REAL_OPEN = io.open
_REAL = {name: getattr(os, name) for name in ("open", "close", "fsync", "replace", "rename", "unlink", "mkdir", "link")}


class Killed(BaseException):
    """The process is dead: nothing may handle this."""


class Operation(NamedTuple):
    """One thing done on disk; paths are relative to the folder recorded."""

    kind: str  # open, create, write, fsync, fsync folder, rename, unlink, mkdir
    path: str
    other: str = ""  # the new name
    data: bytes = b""


class Recorder:
    """Records what functions do within a folder, over several runs; kills or disturbs them at a step."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder.absolute()
        self._handles: dict[int, str] = {}
        self.operations: list[Operation] = []

    def run(self, function: Callable[[], object], *, last: int = 0, error: int = 0) -> int:
        """Call a function; return how many steps it took. At step `last` it is killed, or told of an OSError."""
        self._steps, self._last, self._error, self._dead = 0, last, error, False
        with self._watching(), suppress(Killed):
            function()
        if self._dead:
            self._release_lock()
        return self._steps

    def _release_lock(self) -> None:
        """Close the lock file of a writer that was killed, as the system does when a process ends."""
        for handle in [handle for handle, name in self._handles.items() if name == LOCK]:
            del self._handles[handle]
            with suppress(OSError):
                os.close(handle)

    def _do(self, operation: Operation, act: Callable[[], Any]) -> Any:
        """Take a step."""
        self._steps += 1
        if self._dead or (self._steps == self._last and not self._error):
            self._dead = True
            raise Killed
        if self._steps == self._last:
            raise OSError(self._error, os.strerror(self._error), operation.path)
        done = act()
        self.operations.append(operation)
        return done

    def _within(self, path: Any) -> str | None:
        """The path within the folder; None for one elsewhere."""
        if not isinstance(path, str | os.PathLike):
            return None
        whole = Path(path).absolute()
        return str(whole.relative_to(self._folder)) if whole.is_relative_to(self._folder) else None

    @contextmanager
    def _watching(self) -> Iterator[None]:
        before = io.open, {name: getattr(os, name) for name in _REAL}
        io.open = self._open  # which pathlib calls
        for name in _REAL:
            setattr(os, name, getattr(self, f"_{name}_file"))
        try:
            yield
        finally:
            io.open = before[0]
            for name, real in before[1].items():
                setattr(os, name, real)

    def _open(self, file: Any, mode: str = "r", *arguments: Any, **options: Any) -> Any:
        name = self._within(file)
        if name is None or not set(mode) & set("wax+"):
            return _REAL_OPEN(file, mode, *arguments, **options)
        assert mode in ("wb", "xb"), f"files opened as {mode!r} are not recorded"
        raw = self._do(Operation("create", name), lambda: _RecordedFile(self, name, file, mode))
        return io.BufferedWriter(raw, 1 << 16)

    def _open_file(self, path: Any, flags: int, *arguments: Any, **options: Any) -> int:
        name = self._within(path)
        if name is None:
            handle: int = _REAL["open"](path, flags, *arguments, **options)
            self._handles.pop(handle, None)  # which a file object may have closed
            return handle
        handle = self._do(Operation("open", name), lambda: _REAL["open"](path, flags, *arguments, **options))
        self._handles[handle] = name
        return handle

    def _close_file(self, handle: int) -> None:
        self._handles.pop(handle, None)
        _REAL["close"](handle)

    def _fsync_file(self, handle: int) -> None:
        name = self._handles.get(handle)
        if name is not None:
            kind = "fsync folder" if (self._folder / name).is_dir() else "fsync"
            self._do(Operation(kind, name), lambda: None)

    def _replace_file(self, old: Any, new: Any, **options: Any) -> None:
        names = self._within(old), self._within(new)
        if None in names:
            _REAL["replace"](old, new, **options)
            return
        self._do(Operation("rename", *names), lambda: _REAL["replace"](old, new, **options))  # type: ignore[arg-type]

    _rename_file = _replace_file

    def _unlink_file(self, path: Any, **options: Any) -> None:
        name = self._within(path)
        if name is None:
            _REAL["unlink"](path, **options)
            return
        self._do(Operation("unlink", name), lambda: _REAL["unlink"](path, **options))

    def _mkdir_file(self, path: Any, *arguments: Any, **options: Any) -> None:
        name = self._within(path)
        if name is None or Path(path).is_dir():
            _REAL["mkdir"](path, *arguments, **options)
            return
        self._do(Operation("mkdir", name), lambda: _REAL["mkdir"](path, *arguments, **options))

    def _link_file(self, *arguments: Any, **options: Any) -> None:
        raise AssertionError("links are not recorded")


class _RecordedFile(io.FileIO):
    """A file whose writes are steps."""

    def __init__(self, recorder: Recorder, name: str, file: Any, mode: str) -> None:
        super().__init__(_REAL["open"](file, _FLAGS[mode] | os.O_CLOEXEC, 0o644), "wb")
        self._recorder, self._name = recorder, name
        recorder._handles[self.fileno()] = name

    def write(self, data: Any) -> int:
        content = bytes(memoryview(data).cast("B"))
        write = super().write
        self._recorder._do(Operation("write", self._name, data=content), lambda: write(content))
        return len(content)


_FLAGS = {"wb": os.O_WRONLY | os.O_CREAT | os.O_TRUNC, "xb": os.O_WRONLY | os.O_CREAT | os.O_EXCL}


class _Inode:
    """A file: what is surely on disk, and what was written since."""

    def __init__(self, content: bytes = b"") -> None:
        self.durable = content
        self.pending: list[bytes] = []

    def fsync(self) -> None:
        self.durable += b"".join(self.pending)
        self.pending = []

    def after(self, chance: random.Random) -> bytes:
        """What a crash leaves."""
        written = b"".join(self.pending)
        kept = written[: chance.choice([0, len(written), chance.randint(0, len(written))])]
        if kept and chance.random() < 0.3:  # the length is there, and not all of the data
            hole = chance.randrange(len(kept))
            kept = kept[:hole] + bytes(len(kept) - hole)
        return self.durable + kept


class _Folder:
    """The names of a folder: those surely on disk, and the changes since."""

    def __init__(self) -> None:
        self.durable: dict[str, _Inode] = {}
        self.now: dict[str, _Inode] = {}
        self.pending: list[dict[str, _Inode | None]] = []  # each change: the names it gives or takes

    def change(self, names: dict[str, _Inode | None]) -> None:
        self.pending.append(names)
        _apply(names, self.now)

    def fsync(self) -> None:
        self.durable, self.pending = dict(self.now), []

    def after(self, chance: random.Random) -> dict[str, _Inode]:
        """What a crash leaves: any of the changes, in order."""
        share = chance.choice([0.0, 0.1, 0.5, 0.9, 1.0])
        left = dict(self.durable)
        for change in self.pending:
            if chance.random() < share:
                _apply(change, left)
        return left


def _apply(names: dict[str, _Inode | None], folder: dict[str, _Inode]) -> None:
    for name, inode in names.items():
        if inode is None:
            folder.pop(name, None)
        else:
            folder[name] = inode


def materialize(before: Path, operations: Iterable[Operation], target: Path, chance: random.Random) -> None:
    """Write into `target` one of the states in which a crash after these operations may leave the folder `before`.

    The folder is flat, and what it held before is on disk.
    """
    folder = _Folder()
    folder.now = {path.name: _Inode(path.read_bytes()) for path in before.iterdir()} if before.exists() else {}
    folder.fsync()
    for operation in operations:
        _STEPS[operation.kind](folder, operation)
    target.mkdir()
    for name, inode in folder.after(chance).items():
        (target / name).write_bytes(inode.after(chance))


_STEPS: dict[str, Callable[[_Folder, Operation], object]] = {
    "create": lambda folder, step: folder.change({step.path: _Inode()}),
    "write": lambda folder, step: folder.now[step.path].pending.append(step.data),
    "fsync": lambda folder, step: folder.now[step.path].fsync(),
    "fsync folder": lambda folder, step: folder.fsync() if step.path == "." else None,
    "rename": lambda folder, step: folder.change({step.path: None, step.other: folder.now[step.path]}),
    "unlink": lambda folder, step: folder.change({step.path: None}),
    "mkdir": lambda folder, step: None,
    "open": lambda folder, step: None,
}

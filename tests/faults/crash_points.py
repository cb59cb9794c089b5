"""Every write, fsync, rename and removal of a function, and a kill before each and within each write."""

import io
import os
import signal
from collections.abc import Callable
from types import TracebackType
from typing import Any, Self

from searchq.worker_pool import WorkerKilled, WorkerPool

OPEN = io.open
REAL = {
    name: getattr(os, name)
    for name in ("open", "fsync", "replace", "rename", "unlink", "rmdir", "mkdir", "truncate", "ftruncate", "write")
}


def fsync(handle: int) -> None:
    """Do not wait for the disk: a killed process leaves what it wrote to the system."""


COUNTED = {**REAL, "fsync": fsync}


class CrashPoints:
    """Calls functions in worker processes that can be killed at any step they take on disk."""

    def __init__(self, load: Callable[[], object]) -> None:
        """`load` imports what the functions need, before workers are forked."""
        self._load = load

    def __enter__(self) -> Self:
        self._pool = WorkerPool(1, load=self._load)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._pool.stop()

    def steps(self, function: Callable[..., object], *arguments: object) -> list[str]:
        """The steps of a call that nothing disturbs."""
        return self._pool.submit(run, 0, False, function, arguments).get()

    def kill(self, step: int, torn: bool, function: Callable[..., object], *arguments: object) -> None:
        """Call a function and kill it before a step, counted from 1, or with half of a write done."""
        try:
            steps = self._pool.submit(run, step, torn, function, arguments).get()
        except WorkerKilled:
            return
        raise AssertionError(f"step {step} was never reached, only {len(steps)}")


class Steps:
    """Counts steps and kills this process at one of them."""

    def __init__(self, last: int, torn: bool) -> None:
        self.names: list[str] = []
        self._last = last
        self._torn = torn

    def take(self, name: str) -> bool:
        """Count a step; whether to kill the process within it."""
        self.names.append(name)
        if len(self.names) != self._last:
            return False
        if not self._torn:
            os.kill(os.getpid(), signal.SIGKILL)
        return True

    def counted(self, function: Callable[..., Any]) -> Callable[..., Any]:
        def call(*arguments: Any, **options: Any) -> Any:
            self.take(function.__name__)
            return function(*arguments, **options)

        return call

    def open(self, file: Any, mode: str = "r", *arguments: Any, **options: Any) -> Any:
        """As the built-in `open`; every write of what is opened for writing is a step."""
        if mode in ("wb", "xb"):
            self.take("open")
            return io.BufferedWriter(SteppingFile(self, file, mode))
        assert not set(mode) & set("wax+"), f"files written in mode {mode!r} are not counted"
        return OPEN(file, mode, *arguments, **options)


class SteppingFile(io.FileIO):
    def __init__(self, steps: Steps, file: Any, mode: str) -> None:
        super().__init__(file, mode)
        self._steps = steps

    def write(self, data: Any) -> int:
        content = memoryview(data).cast("B")
        if self._steps.take("write"):
            super().write(content[: len(content) // 2])
            os.kill(os.getpid(), signal.SIGKILL)
        return super().write(content)


def run(last: int, torn: bool, function: Callable[..., object], arguments: tuple[object, ...]) -> list[str]:
    """Call a function and return its steps; by a worker."""
    steps = Steps(last, torn)
    io.open = steps.open  # which pathlib calls
    for name, original in COUNTED.items():
        setattr(os, name, steps.counted(original))
    try:
        function(*arguments)
    finally:
        io.open = OPEN
        for name, original in REAL.items():
            setattr(os, name, original)
    return steps.names

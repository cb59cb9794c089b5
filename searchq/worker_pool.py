"""Run functions in worker processes, each watched by a thread and killable at any moment.

    submit ──> tasks ── a thread per worker ── socket ──> worker
                  Result <── outcome, as bytes ──────────────┘

Workers are forked by one server process (`worker_server`), which starts with the first pool and ends with the last.
The threads move bytes only: `submit` pickles the task, `Result.get` unpickles the outcome.

Where no process can be started, `Result.get` performs its task in this one, after a warning in the log.
"""

import gc
import logging
import os
import pickle
import signal
import socket
import subprocess
from collections.abc import Callable
from concurrent.futures import Future
from contextlib import suppress
from queue import SimpleQueue
from threading import Lock, Thread
from types import TracebackType
from typing import ClassVar, Final, Generic, Self, TypeVar, TypeVarTuple

from searchq.errors import SearchqError
from searchq.worker_server import bury_worker, perform, receive, request_worker, send, server_command

__all__ = ["Result", "WorkerKilled", "WorkerPool"]

Arguments = TypeVarTuple("Arguments")
T = TypeVar("T")

_KILLED: Final = "A worker process was killed, probably out of memory; try --jobs 1."
_ALONE: Final = "No worker process can be started (%s): this process does the work, without a bound on its memory."
_LOG: Final = logging.getLogger("searchq")
_SERVER_END_SECONDS: Final = 5  # after which a server that does not end is killed


class WorkerKilled(SearchqError):
    """A worker ended before it answered; `signal` is what killed it, None where it ended by itself."""

    def __init__(self, signal: int | None = None) -> None:
        super().__init__(_KILLED)
        self.signal = signal


class _NotStarted(Exception):
    """No process could be started for a task; says why."""


class Result(Generic[T]):
    """The value a task will return."""

    def __init__(self, task: bytes) -> None:
        self.task = task
        self.outcome: Future[bytes] = Future()

    def get(self) -> T:
        """Wait for the value. Raises what the task raised, or WorkerKilled when its worker ended."""
        try:
            outcome = self.outcome.result()
        except _NotStarted:
            outcome = _perform_here(self.task)
        succeeded, value = pickle.loads(outcome)
        if not succeeded:
            raise value
        return value  # type: ignore[no-any-return]


class WorkerPool:
    """Worker processes that take tasks in order. A killed one is replaced; only its task fails.

    Functions and arguments are pickled, so a function must be importable by name.
    """

    def __init__(self, count: int, load: Callable[[], object] | None = None) -> None:
        """`load` is called before each fork, in the server: workers share what it leaves in memory."""
        self._load = load
        self._tasks: SimpleQueue[tuple[bytes, Future[bytes]] | None] = SimpleQueue()
        self._alone: _NotStarted | None = None
        self._lock = Lock()
        self._workers: set[_Worker] = set()
        self._stopped = False
        self._server: _Server | None = None
        self._threads: list[Thread] = []
        try:
            self._server = _Server.acquire()
            self._start_threads(count)
        except (OSError, RuntimeError) as error:  # too many processes, too many threads
            self._work_alone(str(getattr(error, "strerror", None) or error))

    @property
    def process_ids(self) -> set[int]:
        """The workers that run."""
        with self._lock:
            return {worker.process_id for worker in self._workers if worker.process_id is not None}

    def submit(self, task: Callable[[*Arguments], T], *arguments: *Arguments) -> Result[T]:
        """Call a function in the next idle worker."""
        result: Result[T] = Result(_pickled(task, *arguments))
        if self._threads:
            self._tasks.put((result.task, result.outcome))
        else:
            result.outcome.set_exception(self._alone or _NotStarted())
        return result

    def dismiss(self) -> None:
        """Kill the workers, whatever they do; they end meanwhile, and `stop` has less to wait for."""
        with self._lock:
            self._stopped = True
            for worker in self._workers:
                worker.kill()

    def stop(self) -> None:
        """Kill the workers, whatever they do, and wait for their end."""
        self.dismiss()
        for _ in self._threads:
            self._tasks.put(None)
        for thread in self._threads:
            thread.join()
        if self._server is not None:
            self._server.release()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def _attend(self) -> None:
        """Start a worker and pass tasks to it, and to the next one when it was killed."""
        worker = self._start()
        for task, outcome in iter(self._tasks.get, None):
            worker = worker or self._start()
            if worker is None:
                outcome.set_exception(WorkerKilled() if self._stopped else self._work_alone("fork failed"))
            elif (answer := worker.call(task)) is not None:
                outcome.set_result(answer)
            else:
                outcome.set_exception(self._discard_killed(worker))
                worker = None
        self._discard(worker)

    def _start_threads(self, count: int) -> None:
        """Start a thread per worker; fewer where the system allows no more. Raises RuntimeError if there is none."""
        for _ in range(count):
            thread = Thread(target=self._attend, daemon=True)
            try:
                thread.start()
            except RuntimeError:
                if not self._threads:
                    raise
                return
            self._threads.append(thread)

    def _work_alone(self, reason: str) -> _NotStarted:
        """Warn, once, that tasks are performed here; return what tells their results so."""
        with self._lock:
            if self._alone is None:
                self._alone = _NotStarted(reason)
                _LOG.warning(_ALONE, reason)
                with suppress(Exception):  # as in a server: a task meets the same fault, and reports it
                    if self._load is not None:
                        self._load()
            return self._alone

    def _start(self) -> "_Worker | None":
        """A worker that runs; None when it ended before, or the pool was stopped."""
        with self._lock:
            if self._stopped:
                return None
            worker = _Worker()
            self._workers.add(worker)
        if self._server is not None and worker.start(self._server, self._load):
            return worker
        self._discard(worker)
        return None

    def _discard_killed(self, worker: "_Worker") -> WorkerKilled:
        """Give up a worker that ended, and tell by what; in a pool that stops it does not matter."""
        if self._stopped or self._server is None or worker.process_id is None:
            self._discard(worker)
            return WorkerKilled()
        self._give_up(worker)
        return WorkerKilled(self._server.bury(worker.process_id))

    def _discard(self, worker: "_Worker | None") -> None:
        if worker is not None:
            self._give_up(worker)
            if self._server is not None:
                self._server.ended(worker.process_id)

    def _give_up(self, worker: "_Worker") -> None:
        with self._lock:
            self._workers.remove(worker)
        worker.kill()
        worker.close()


class _Worker:
    """One worker process as its thread sees it."""

    def __init__(self) -> None:
        self.process_id: int | None = None  # from its first message on
        self._connection, self._far_end = socket.socketpair()

    def start(self, server: "_Server", load: Callable[[], object] | None) -> bool:
        """Wait until the process runs; False when it does not."""
        with suppress(OSError), self._far_end:
            server.fork(self._far_end, load)
        with suppress(OSError):
            if greeting := receive(self._connection):
                self.process_id = pickle.loads(greeting)
        return self.process_id is not None

    def call(self, task: bytes) -> bytes | None:
        """The outcome of a task; None when the process ended."""
        with suppress(OSError):
            send(self._connection, task)
            return receive(self._connection)
        return None

    def kill(self) -> None:
        if self.process_id is not None:
            with suppress(ProcessLookupError):
                os.kill(self.process_id, signal.SIGKILL)
        with suppress(OSError):
            self._connection.shutdown(socket.SHUT_RDWR)

    def close(self) -> None:
        self._connection.close()


class _Server:
    """The server process of this process, shared by its pools."""

    _running: ClassVar["_Server | None"] = None
    _pools: ClassVar = 0
    _lock: ClassVar = Lock()

    @classmethod
    def acquire(cls) -> "_Server":
        """The running server, or a new one."""
        with cls._lock:
            server = cls._running = cls._running or cls()
            cls._pools += 1
            return server

    def __init__(self) -> None:
        self._control, far_end = socket.socketpair()
        self._requests = Lock()
        self._ended: list[int] = []
        with far_end:
            self._process = _run_server(far_end)

    def fork(self, connection: socket.socket, load: Callable[[], object] | None) -> None:
        """Fork a worker that answers on this connection. Raises OSError when the server does not run."""
        with self._requests:
            request_worker(self._control, connection, load, self._ended)
            self._ended.clear()

    def bury(self, process_id: int) -> int | None:
        """The signal that ended a worker; None where none did, or the server does not run."""
        with self._requests, suppress(OSError):
            return bury_worker(self._control, process_id)
        return None

    def ended(self, process_id: int | None) -> None:
        """Note a worker that no longer runs."""
        if process_id is not None:
            with self._requests:
                self._ended.append(process_id)

    def release(self) -> None:
        """End the server with its last pool."""
        with self._lock:
            _Server._pools -= 1
            if _Server._pools == 0:
                _Server._running = None
                self._end()

    def _end(self) -> None:
        with self._control, suppress(OSError):  # its end closes the other socket: waiting for a process would poll
            self._control.shutdown(socket.SHUT_WR)
            self._control.settimeout(_SERVER_END_SECONDS)
            self._control.recv(1)
        try:
            self._process.wait(_SERVER_END_SECONDS)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()


def _run_server(control: socket.socket) -> "subprocess.Popen[bytes]":
    """Start a server in a process group of its own, so that Ctrl-C interrupts only the user's process."""
    return subprocess.Popen(
        server_command(control.fileno()),
        stdin=subprocess.DEVNULL,
        pass_fds=[control.fileno()],
        env={**os.environ, "OPENBLAS_NUM_THREADS": "1"},
        process_group=0,
    )


def _perform_here(task: bytes) -> bytes:
    """The outcome of a task that may switch off the search for garbage, as it may in a worker."""
    enabled = gc.isenabled()
    try:
        return perform(task)
    finally:
        if enabled:
            gc.enable()


def _pickled(function: Callable[..., object], *arguments: object) -> bytes:
    return pickle.dumps((function, arguments), pickle.HIGHEST_PROTOCOL)

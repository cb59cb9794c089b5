"""The process that worker processes are forked from, and what a worker does.

    WorkerPool ── control socket ──> server ── fork ──> worker
         └─────────── one socket per worker ──────────────┘

The server is a fresh interpreter with one thread, so its forks are safe whatever threads the user's process runs, and
workers share what it loaded before. It needs no semaphore, shared memory or temporary file. When the control socket
closes, the server kills its workers and ends, so none outlives the user's process.
"""

import gc
import os
import pickle
import signal
import socket
import struct
import sys
import traceback
from collections.abc import Callable
from contextlib import suppress
from typing import Any, Final, NoReturn

__all__ = [
    "bury_worker",
    "in_worker",
    "perform",
    "receive",
    "request_worker",
    "run_server",
    "send",
    "server_command",
]

_SIZE: Final = struct.Struct("<Q")

_in_worker = False


def in_worker() -> bool:
    """Whether this process is a worker, which may be ended: its pool notices."""
    return _in_worker


def server_command(control: int) -> list[str]:
    """The command line of a server that is controlled on this file descriptor and imports from where we do."""
    program = f"import sys; sys.path[:] = {sys.path!r}; from {__name__} import run_server; run_server({control})"
    return [sys.executable, "-P", "-c", program]


def send(connection: socket.socket, message: bytes) -> None:
    """Write a message after its size."""
    connection.sendall(_SIZE.pack(len(message)))
    connection.sendall(message)


def receive(connection: socket.socket) -> bytes | None:
    """Read a message; None when the other end was closed."""
    head = _receive_bytes(connection, _SIZE.size)
    return None if head is None else _receive_bytes(connection, *_SIZE.unpack(head))


def _receive_bytes(connection: socket.socket, size: int) -> bytes | None:
    buffer = bytearray(size)
    rest = memoryview(buffer)
    while rest:
        count = connection.recv_into(rest, 0, socket.MSG_WAITALL)
        if count == 0:
            return None
        rest = rest[count:]
    return bytes(buffer)


def request_worker(
    control: socket.socket, connection: socket.socket, load: Callable[[], object] | None, ended: list[int]
) -> None:
    """Ask a server for a worker that answers on this connection.

    The server calls `load` first. It gives up the process ids of the workers in `ended`, which no longer run.
    """
    message = pickle.dumps((ended, pickle.dumps(load)))
    socket.send_fds(control, [_SIZE.pack(len(message))], [connection.fileno()])
    control.sendall(message)


def bury_worker(control: socket.socket, process_id: int) -> int | None:
    """Have a server give up a worker that ended or is ending; the signal that ended it, None where none did."""
    send(control, pickle.dumps(([process_id], pickle.dumps(None))))
    answer = receive(control)
    ended_by: int | None = None if answer is None else pickle.loads(answer)
    return ended_by


def run_server(control_fd: int) -> NoReturn:
    """Fork a worker for each request, or tell how one ended, until the control socket closes."""
    control = socket.socket(fileno=control_fd)
    workers: set[int] = set()
    try:
        while (request := _receive_request(control)) is not None:
            connection, ended, load = request
            signals = [_bury(workers, worker) for worker in ended]
            if connection is None:
                send(control, pickle.dumps(signals[0]))
                continue
            _load(load)
            with connection, suppress(OSError):  # no more processes: the connection closes without a greeting
                workers.add(_fork(control, connection))
    finally:
        _kill(workers)
        os._exit(0)


def _bury(workers: set[int], worker: int) -> int | None:
    """Wait for the end of a worker; the signal that ended it."""
    if worker not in workers:
        return None
    _, status = os.waitpid(worker, 0)
    workers.remove(worker)
    return os.WTERMSIG(status) if os.WIFSIGNALED(status) else None


def _receive_request(control: socket.socket) -> tuple[socket.socket | None, list[int], bytes] | None:
    head, descriptors, _, _ = socket.recv_fds(control, _SIZE.size, 1)
    message = _receive_bytes(control, *_SIZE.unpack(head)) if head else None
    if message is None:
        return None
    ended, load = pickle.loads(message)
    return socket.socket(fileno=descriptors[0]) if descriptors else None, ended, load


def _load(pickled: bytes) -> None:
    """Load what the workers share, by a function given in pickled form."""
    with suppress(Exception):  # the worker meets the same fault in its task, and reports it
        load = pickle.loads(pickled)
        if load is not None:
            load()
    gc.freeze()  # a search for garbage in a worker would copy the shared memory


def _fork(control: socket.socket, connection: socket.socket) -> int:
    worker = os.fork()
    if worker == 0:
        control.close()
        _work(connection)
    return worker


def _kill(workers: set[int]) -> None:
    for worker in workers:
        os.kill(worker, signal.SIGKILL)
    for worker in workers:
        os.waitpid(worker, 0)


def _work(connection: socket.socket) -> NoReturn:
    """Send the process id, then perform tasks until the connection closes."""
    global _in_worker
    _in_worker = True
    try:
        send(connection, pickle.dumps(os.getpid()))
        while (task := receive(connection)) is not None:
            send(connection, perform(task))
    finally:
        os._exit(0)


def perform(task: bytes) -> bytes:
    """The pickled outcome of a task: whether it succeeded, and its value or its exception."""
    try:
        function, arguments = pickle.loads(task)
        return _pickled(True, function(*arguments))
    except Exception as error:
        error.add_note("In a worker process:\n" + "".join(traceback.format_exception(error)))
        return _failure(error)


def _failure(error: Exception) -> bytes:
    with suppress(Exception):
        outcome = _pickled(False, error)
        pickle.loads(outcome)  # some exceptions can be pickled but not read back
        return outcome
    return _pickled(False, RuntimeError(f"{type(error).__name__}: {error}"))


def _pickled(succeeded: bool, value: Any) -> bytes:
    return pickle.dumps((succeeded, value), pickle.HIGHEST_PROTOCOL)

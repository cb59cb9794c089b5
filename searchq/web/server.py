"""The server behind `searchq serve`: waitress, with limits for a read-only site.

A request is a line and a few headers, so limits are small. One thread reads all connections and passes on complete
requests only, so a slow client occupies no worker (`connections`). Visitors take turns for a thread (`dispatcher`),
and for the processor (`fair_semaphore`). Why waitress: docs/operations.md.
"""

import contextlib
import ctypes
import errno
import logging
import os
import socket
import time
from collections.abc import Callable, Collection, Sequence
from functools import partial
from typing import Any, Final

from waitress.adjustments import Adjustments
from waitress.server import MultiSocketServer
from waitress.wasyncore import poll2 as poll

from searchq.alerts.signup import SignUp
from searchq.errors import RequestError
from searchq.limits import STOP_SECONDS
from searchq.web.access_log import log_to_stderr
from searchq.web.app import create_app
from searchq.web.connections import DEFER_SECONDS, BoundedServer
from searchq.web.crowding import connection_limit, raise_descriptor_limit
from searchq.web.dispatcher import Dispatcher
from searchq.web.index_holder import IndexHolder, open_index
from searchq.web.kept_connections import KeptConnections, Register
from searchq.web.measures import BOARD
from searchq.web.metrics import ENDED, WORKER, cause_of
from searchq.web.mount import site_and_prefix
from searchq.web.processes import Ended, on_stop, supervise
from searchq.web.service_manager import notify
from searchq.web.visitors import visitor_behind

__all__ = ["SETTINGS", "THREADS", "listen", "run", "serve_application", "serve_sockets", "serve_until_stopped"]

_LOG: Final = logging.getLogger("searchq.web")

THREADS: Final = 32  # most of them wait for their turn, or for the reader of an export

SETTINGS: Final[dict[str, Any]] = {
    "ident": None,  # do not send name and version
    "max_request_header_size": 16 * 1024,
    "max_request_body_size": 64 * 1024,  # read before the answer 405
    "channel_timeout": 20,  # seconds
    "cleanup_interval": 5,  # seconds
    "connection_limit": 1000,  # a file descriptor and a few kB each
    "backlog": 1024,
    "asyncore_use_poll": True,  # select() is limited to 1,024 descriptors
    "outbuf_high_watermark": 256 * 1024,  # pending bytes of one stream above which its thread waits
    "outbuf_overflow": 256 * 1024,  # pending bytes of one response above which they go to disk
    "expose_tracebacks": False,
}

SEND_BUFFER_BYTES: Final = 128 * 1024  # with the system's megabytes a slow reader seems to take nothing for a minute


def serve_application(application: Any, host: str, port: int, threads: int, trust_proxy: int = 0) -> Any:
    """Create a listening waitress server for the application, which reads the proxies' headers if it trusts any."""
    return serve_sockets(application, listen(host, port), threads, trust_proxy)


def listen(host: str, port: int) -> list[socket.socket]:
    """Bind a socket to each address of a host, all to one port. Raises OSError."""
    bound: list[socket.socket] = []
    for family, kind, protocol, _name, address in socket.getaddrinfo(
        host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
    ):
        own = socket.socket(family, kind, protocol)
        own.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        if family == socket.AF_INET6:
            own.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
        own.bind((address[0], port or (bound[0].getsockname()[1] if bound else 0), *address[2:]))
        own.listen(SETTINGS["backlog"])
        bound.append(own)
    return bound


def serve_sockets(
    application: Any,
    sockets: Sequence[socket.socket],
    threads: int,
    trust_proxy: int = 0,
    register: Register | None = None,
    inherited: Sequence[socket.socket] = (),
) -> Any:
    """Create a waitress server that listens on bound sockets, and goes on with connections it inherits."""
    adjustments = Adjustments(**SETTINGS, clear_untrusted_proxy_headers=not trust_proxy)
    adjustments.connection_limit = connection_limit(adjustments.connection_limit)
    adjustments.socket_options = [*adjustments.socket_options, (socket.SOL_SOCKET, socket.SO_SNDBUF, SEND_BUFFER_BYTES)]
    dispatcher = Dispatcher(threads, partial(_visitor, trust_proxy))
    map: dict[int, Any] = {}
    servers: list[BoundedServer] = []
    for own in sockets:
        server = BoundedServer(
            application,
            map,
            _sock=own,
            dispatcher=dispatcher,
            adj=adjustments,
            sockinfo=(own.family, own.type, own.proto, own.getsockname()),
            bind_socket=False,
            register=register or Register(),
        )
        if trust_proxy:
            server.max_per_address = None
        servers.append(server)
    for connection in inherited:
        next((one for one in servers if one.family == connection.family), servers[0]).take_over(connection)
    if len(servers) == 1:
        return servers[0]
    places = [own.getsockname()[:2] for own in sockets]
    return MultiSocketServer(map, adjustments, places, dispatcher)


def _visitor(trust_proxy: int, channel: Any) -> str:
    request = channel.requests[0] if channel.requests else None
    return visitor_behind(request.headers if request else {}, trust_proxy, channel.addr[0])


def run(
    index: str,
    *,
    host: str = "127.0.0.1",
    port: int = 8000,
    threads: int = THREADS,
    hosts: Collection[str] = (),
    site: str | None = None,
    prefix: str | None = None,
    trust_proxy: int = 0,
    sign_up: SignUp | None = None,
    processes: int = 1,
    metrics: tuple[str, int] | None = None,
    announce: Callable[[str], object] = print,
    log: bool = True,
) -> None:
    """Serve an index until SIGTERM, SIGHUP or Ctrl-C; `announce` gets the URL. Logs go to standard error as JSON lines.

    So many worker processes answer, and are replaced when they end: a file of the index that is cut short under one
    ends it. At `metrics`, a host and a port, their numbers are told. Raises RequestError where it cannot listen.
    """
    if log:
        log_to_stderr()
    _share_memory()
    raise_descriptor_limit()
    sockets = _bound("--port", host, port)
    told = _bound("--metrics", *metrics) if metrics else []
    tell = _telling(index, told) if metrics else None
    path = site_and_prefix(site, prefix)[1]

    def ready() -> None:
        announce(f"{_address(host, sockets)}{path}/")
        if metrics:
            announce(f"{_address(metrics[0], told)}/metrics")
        notify("READY=1")

    def work(place: int, *connections: Any) -> None:
        BOARD.write_to(place)
        WORKER.set(os.getpid())
        application = create_app(index, hosts=hosts, site=site, prefix=prefix, trust_proxy=trust_proxy, sign_up=sign_up)
        serve_until_stopped(serve_sockets(application, sockets, threads, trust_proxy, *connections))

    _supervise(processes, work, tell, ready)


def _bound(option: str, host: str, port: int) -> list[socket.socket]:
    try:
        return listen(host, port)
    except OSError as error:
        in_use = error.errno == errno.EADDRINUSE
        reason = "address in use" if in_use else (error.strerror or str(error)).lower()
        raise RequestError(f"Cannot listen on {host}:{port}: {reason}; choose another {option}.") from error


def _address(host: str, sockets: Sequence[socket.socket]) -> str:
    return f"http://{f'[{host}]' if ':' in host else host}:{sockets[0].getsockname()[1]}"


def _telling(index: str, sockets: Sequence[socket.socket]) -> Callable[[], None]:
    """What tells the numbers on those sockets, to be run in a process. Raises RequestError."""
    try:
        from searchq.web.exposition import serve_metrics
    except ModuleNotFoundError as error:
        raise RequestError(f"--metrics needs the package {error.name}: pip install 'searchq[metrics]'.") from error
    return partial(serve_metrics, sockets, IndexHolder(partial(open_index, index)))


def _supervise(
    processes: int, work: Callable[..., None], tell: Callable[[], None] | None, ready: Callable[[], None]
) -> None:
    """Run `work` in so many processes, which pass on their connections, and `tell` in one more."""
    BOARD.share(processes + 1)
    kept = KeptConnections(processes)

    def ended(one: Ended) -> None:
        _replaced(one)
        kept.ended(one.place)

    def tell_alone() -> None:
        kept.leave()
        if tell:
            tell()

    def work_with_kept(place: int) -> None:
        work(place, *kept.taken(place))

    works = [partial(work_with_kept, place) for place in range(processes)]
    stops = partial(notify, "STOPPING=1")
    supervise([*works, tell_alone] if tell else works, ready, ended, kept.rest, stops)


def _replaced(one: Ended) -> None:
    """Count a worker that ended, and warn."""
    cause = cause_of(one.code)
    BOARD.forget_now(one.place)
    ENDED.add(cause)
    _LOG.warning("worker %d ended by %s; another takes its place", one.pid, cause)


def serve_until_stopped(server: Any, ready: Callable[[], None] = lambda: None) -> None:
    """Serve until SIGTERM, SIGINT or SIGHUP; then end the requests that were read, for STOP_SECONDS at most."""
    map = server.map if isinstance(server, MultiSocketServer) else server._map
    listening = [one for one in map.values() if isinstance(one, BoundedServer)]
    stopped_at: float | None = None

    def stop() -> None:
        nonlocal stopped_at
        stopped_at = stopped_at or time.monotonic()
        listening[0].pull_trigger()

    on_stop(stop)
    ready()
    while stopped_at is None:
        is_deferring = any(one.is_deferring for one in listening)
        poll(DEFER_SECONDS if is_deferring else SETTINGS["cleanup_interval"], map)
    for one in listening:
        one.stop()
    while time.monotonic() < stopped_at + STOP_SECONDS and not all(one.is_idle for one in listening):
        poll(_STOP_POLL_SECONDS, map)
    server.task_dispatcher.shutdown(timeout=_STOP_POLL_SECONDS)
    server.close()


_STOP_POLL_SECONDS: Final = 0.1


def _share_memory() -> None:
    """Use one malloc arena for all threads instead of one per thread, and give large arrays back to the system.

    One arena saves 25 MB. Left to itself, glibc comes to keep arrays of up to 32 MB for the next query, and what is
    free below them: 100 MB and more at 400,000 questions. At 40,000 no array is so large.
    """
    with contextlib.suppress(AttributeError, OSError, TypeError):  # not glibc
        for option, value in _MALLOC.items():
            ctypes.CDLL(None).mallopt(option, value)


_MALLOC: Final = {  # options of glibc's malloc.h
    -8: 1,  # M_ARENA_MAX
    -3: 8 << 20,  # M_MMAP_THRESHOLD: bytes of an array that has memory of its own
    -1: 16 << 20,  # M_TRIM_THRESHOLD: bytes kept for what comes
}

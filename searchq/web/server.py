"""The server behind `searchq serve`: waitress, with bounds that fit a site where all one can do is read.

A request here is a line and a few headers, so little is accepted and soon. One thread reads all connections and hands
over only whole requests, so a slow visitor holds no worker; one that dribbles a byte now and then is cut off all the
same, because patience is counted from the first byte of a request and not from the last.
"""

import contextlib
import ctypes
import logging
import sys
from collections.abc import Callable, Collection
from typing import Any, Final

from waitress.channel import HTTPChannel
from waitress.server import create_server

from searchq.web.access_log import ACCESS
from searchq.web.app import create_app

__all__ = ["SETTINGS", "run", "serve_application"]

SETTINGS: Final[dict[str, Any]] = {
    "ident": None,  # no name and version in every response
    "max_request_header_size": 16 * 1024,
    "max_request_body_size": 64 * 1024,  # none is wanted; this much is read to answer it with 405
    "channel_timeout": 20,  # seconds
    "cleanup_interval": 5,  # seconds
    "connection_limit": 1000,  # open connections; each costs a file descriptor and a few kB
    "backlog": 1024,
    "asyncore_use_poll": True,  # select() ends at 1,024 descriptors
    "expose_tracebacks": False,
    "clear_untrusted_proxy_headers": True,
}


class ImpatientChannel(HTTPChannel):  # type: ignore[misc]
    """A connection whose half-sent request ages from its first byte."""

    last_activity: float

    def handle_read(self) -> None:
        """Reads what has come; while a request is unfinished its clock is not set back."""
        begun = self.last_activity if self.request is not None else None
        super().handle_read()
        if begun is not None and self.request is not None:
            self.last_activity = begun


def serve_application(application: Any, host: str, port: int, threads: int) -> Any:
    """A waitress server for the application, listening but not yet running."""
    server = create_server(application, host=host, port=port, threads=threads, **SETTINGS)
    for one in getattr(server, "map", {}).values():
        one.channel_class = ImpatientChannel
    server.channel_class = ImpatientChannel
    return server


def run(
    index: str,
    *,
    host: str = "127.0.0.1",
    port: int = 8000,
    threads: int = 4,
    hosts: Collection[str] = (),
    site: str | None = None,
    announce: Callable[[str], object] = print,
    log: bool = True,
) -> None:
    """Serve an index until interrupted; `announce` is told the address. The access log goes to standard error."""
    if log:
        _log_to_stderr()
    _share_memory()
    server = serve_application(create_app(index, hosts=hosts, site=site), host, port, threads)
    announce(f"http://{f'[{host}]' if ':' in host else host}:{_port(server)}/")
    try:
        server.run()
    except KeyboardInterrupt:
        pass
    finally:
        server.close()


def _share_memory() -> None:
    """Have all threads take their memory from one place, not each from its own as glibc would: 25 MB less lie idle."""
    with contextlib.suppress(AttributeError, OSError, TypeError):  # another system, another library
        ctypes.CDLL(None).mallopt(_M_ARENA_MAX, 1)


_M_ARENA_MAX: Final = -8  # as malloc.h of glibc has it


def _port(server: Any) -> int:
    """The port in use, also where 0 asked for a free one."""
    return int(getattr(server, "effective_port", None) or server.effective_listen[0][1])


def _log_to_stderr() -> None:
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(logging.Formatter("%(message)s"))
    ACCESS.addHandler(handler)
    ACCESS.setLevel(logging.INFO)
    ACCESS.propagate = False

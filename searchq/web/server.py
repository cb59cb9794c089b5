"""The server behind `searchq serve`: waitress, with limits for a read-only site.

A request is a line and a few headers, so limits are small. One thread reads all connections and passes on complete
requests only, so a slow client occupies no worker. The timeout counts from the first byte of a request, so a client
that sends a byte now and then is disconnected, too.
"""

import contextlib
import ctypes
import logging
import sys
from collections.abc import Callable, Collection
from typing import Any, Final

from waitress.channel import HTTPChannel
from waitress.server import create_server

from searchq.alerts.signup import SignUp
from searchq.web.access_log import ACCESS
from searchq.web.app import create_app
from searchq.web.mount import site_and_prefix

__all__ = ["SETTINGS", "run", "serve_application"]

SETTINGS: Final[dict[str, Any]] = {
    "ident": None,  # do not send name and version
    "max_request_header_size": 16 * 1024,
    "max_request_body_size": 64 * 1024,  # read before the answer 405
    "channel_timeout": 20,  # seconds
    "cleanup_interval": 5,  # seconds
    "connection_limit": 1000,  # a file descriptor and a few kB each
    "backlog": 1024,
    "asyncore_use_poll": True,  # select() is limited to 1,024 descriptors
    "expose_tracebacks": False,
    "clear_untrusted_proxy_headers": True,
}


class ImpatientChannel(HTTPChannel):  # type: ignore[misc]
    """A connection whose timeout counts from the first byte of an unfinished request."""

    last_activity: float

    def handle_read(self) -> None:
        """Read the available bytes; do not reset the timeout of an unfinished request."""
        begun = self.last_activity if self.request is not None else None
        super().handle_read()
        if begun is not None and self.request is not None:
            self.last_activity = begun


def serve_application(application: Any, host: str, port: int, threads: int, trust_proxy: int = 0) -> Any:
    """Create a listening waitress server for the application, which reads the proxies' headers if it trusts any."""
    settings = {**SETTINGS, "clear_untrusted_proxy_headers": not trust_proxy}
    server = create_server(application, host=host, port=port, threads=threads, **settings)
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
    prefix: str | None = None,
    trust_proxy: int = 0,
    sign_up: SignUp | None = None,
    announce: Callable[[str], object] = print,
    log: bool = True,
) -> None:
    """Serve an index until interrupted; `announce` receives the URL. The access log goes to standard error."""
    if log:
        _log_to_stderr()
    _share_memory()
    application = create_app(index, hosts=hosts, site=site, prefix=prefix, trust_proxy=trust_proxy, sign_up=sign_up)
    server = serve_application(application, host, port, threads, trust_proxy)
    path = site_and_prefix(site, prefix)[1]
    announce(f"http://{f'[{host}]' if ':' in host else host}:{_port(server)}{path}/")
    try:
        server.run()
    except KeyboardInterrupt:
        pass
    finally:
        server.close()


def _share_memory() -> None:
    """Use one malloc arena for all threads instead of one per thread: saves 25 MB."""
    with contextlib.suppress(AttributeError, OSError, TypeError):  # not glibc
        ctypes.CDLL(None).mallopt(_M_ARENA_MAX, 1)


_M_ARENA_MAX: Final = -8  # from glibc's malloc.h


def _port(server: Any) -> int:
    """The port in use, also if 0 asked for a free one."""
    return int(getattr(server, "effective_port", None) or server.effective_listen[0][1])


def _log_to_stderr() -> None:
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(logging.Formatter("%(message)s"))
    ACCESS.addHandler(handler)
    ACCESS.setLevel(logging.INFO)
    ACCESS.propagate = False

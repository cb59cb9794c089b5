"""One connection, one request at a time, over urllib3; what it raises is translated here.

Goes through the proxy that the environment names (HTTPS_PROXY, ALL_PROXY), but for the hosts of NO_PROXY.
Nothing is retried, redirected or unpacked behind the caller's back: each call is exactly one request.
"""

from collections.abc import Iterator
from types import TracebackType
from typing import Final, Self
from urllib.parse import unquote, urlsplit
from urllib.request import getproxies, proxy_bypass

import urllib3
from msgspec import Struct

from searchq.fetching.clock import Clock
from searchq.fetching.exchange import Exchange, host_of

__all__ = ["Broken", "Stream", "Transport", "proxy_of"]

CONNECT_SECONDS: Final = 20.0
READ_SECONDS: Final = 60.0  # of silence
WHOLE_SECONDS: Final = 300.0  # for one page, however it trickles in
_BLOCK: Final = 64 * 1024
_RENAMED: Final = {"transfer-encoding": "X-Archive-Orig-Transfer-Encoding"}  # the body is kept without its chunks


class Broken(Exception):
    """No whole answer came: the connection failed, was reset, fell silent, or ended early. Says which."""


class Stream(Struct, frozen=True):
    """An answer whose body is still to be read, in blocks."""

    head: Exchange  # with an empty body
    blocks: Iterator[bytes]


class Transport:
    """The connection to one site; a context manager that closes it."""

    def __init__(self, agent: str, clock: Clock, read_seconds: float = READ_SECONDS) -> None:
        self._timeout = urllib3.Timeout(connect=CONNECT_SECONDS, read=read_seconds)
        self._pools: dict[str | None, urllib3.PoolManager] = {}  # by proxy
        self._last: urllib3.BaseHTTPResponse | None = None
        self._agent = agent
        self._clock = clock

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for pool in self._pools.values():
            pool.clear()

    def get(self, address: str, headers: dict[str, str], most: int) -> Exchange:
        """The whole answer to one request. Raises Broken, also when its body is larger than `most` bytes."""
        response, head = self._open(address, {"Accept-Encoding": "gzip", **headers})
        deadline = self._clock.monotonic() + WHOLE_SECONDS
        body = bytearray()
        for block in self._blocks(response):
            body += block
            if len(body) > most:
                raise Broken(f"the answer is larger than {most // 1024 // 1024} MB")
            if self._clock.monotonic() > deadline:
                raise Broken(f"the answer took more than {WHOLE_SECONDS:.0f} s")
        return Exchange(head.address, head.at, head.request, head.status, head.reason, head.headers, bytes(body))

    def stream(self, address: str, headers: dict[str, str]) -> Stream:
        """The answer to one request, its body unread. Raises Broken, as does reading the blocks."""
        response, head = self._open(address, {"Accept-Encoding": "identity", **headers})
        return Stream(head, self._blocks(response))

    def _open(self, address: str, headers: dict[str, str]) -> tuple[urllib3.BaseHTTPResponse, Exchange]:
        self._end_last()
        sent = {"Host": host_of(address), "User-Agent": self._agent, "Accept": "*/*", **headers}
        at = self._clock.now()
        try:
            response = self._pool(address).request(
                "GET", address, headers=sent, redirect=False, preload_content=False, decode_content=False
            )
        except (urllib3.exceptions.HTTPError, OSError, ValueError) as error:
            raise Broken(_reason(error)) from error
        self._last = response
        received = tuple((_RENAMED.get(name.lower(), name), value) for name, value in response.headers.iteritems())
        head = Exchange(address, at, tuple(sent.items()), response.status, response.reason or "", received, b"")
        return response, head

    def _end_last(self) -> None:
        """Give back the connection of the last answer, even one unread: the next request would wait for it."""
        if self._last is not None:
            self._last.close()
            self._last.release_conn()
            self._last = None

    def _pool(self, address: str) -> urllib3.PoolManager:
        """The connections to the site of an address, or to the proxy for it."""
        proxy = proxy_of(address)
        if proxy not in self._pools:
            self._pools[proxy] = self._new_pool(proxy)
        return self._pools[proxy]

    def _new_pool(self, proxy: str | None) -> urllib3.PoolManager:
        if proxy is None:
            return urllib3.PoolManager(num_pools=1, maxsize=1, block=True, retries=False, timeout=self._timeout)
        user = urlsplit(proxy).netloc.rpartition("@")[0]
        headers = urllib3.make_headers(proxy_basic_auth=unquote(user)) if user else None
        return urllib3.ProxyManager(
            proxy, num_pools=1, proxy_headers=headers, maxsize=1, block=True, retries=False, timeout=self._timeout
        )

    def _blocks(self, response: urllib3.BaseHTTPResponse) -> Iterator[bytes]:
        try:
            yield from response.stream(_BLOCK, decode_content=False)
        except (urllib3.exceptions.HTTPError, OSError) as error:
            raise Broken(_reason(error)) from error
        response.release_conn()
        self._last = None


def proxy_of(address: str) -> str | None:
    """The proxy that the environment names for an address; None where it is asked directly."""
    parts = urlsplit(address)
    proxies = getproxies()
    proxy = proxies.get(parts.scheme) or proxies.get("all")
    if not proxy or proxy_bypass(parts.hostname or ""):
        return None
    return proxy if "://" in proxy else f"http://{proxy}"


def _reason(error: Exception) -> str:
    """What went wrong with a connection, as a clause."""
    for kind, clause in _CLAUSES:
        if isinstance(error, kind):
            return clause
    return f"the connection failed ({' '.join(str(error).split())[:200]})"


_CLAUSES: Final[tuple[tuple[type[Exception], str], ...]] = (
    (urllib3.exceptions.ProxyError, "the proxy gives no connection"),
    (urllib3.exceptions.NameResolutionError, "the name of the site cannot be resolved"),
    (urllib3.exceptions.ConnectTimeoutError, "no connection came about in time"),
    (urllib3.exceptions.ReadTimeoutError, "the site fell silent"),
    (urllib3.exceptions.NewConnectionError, "the site takes no connection"),
    (urllib3.exceptions.SSLError, "the site's certificate cannot be verified"),
    (urllib3.exceptions.IncompleteRead, "the answer ended early"),
    (urllib3.exceptions.ProtocolError, "the connection was cut"),
)

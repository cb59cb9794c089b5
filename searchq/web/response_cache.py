"""The response cache: pages as sent, for the next visitor: the start page, a question in the news, a feed.

    ETag of the page, gzip or not  ->  body and headers as sent

The ETag covers everything a page depends on (`http_validators`), the index generation included: pages cached before a
commit are never requested again, and are evicted as the oldest. The bound is on bytes, not pages.
"""

from typing import Final, NamedTuple

from searchq.lru import SizedLRU
from searchq.web.context import PageResponse
from searchq.web.metrics import PAGE_CACHE, PAGE_CACHE_BYTES

__all__ = ["ResponseCache"]

MAX_BYTES: Final = 4 << 20  # about 500 gzipped result pages
MAX_COPY_BYTES: Final = 64 << 10  # of one page; larger ones (sitemap parts) are requested rarely
MIN_BYTES: Final = 600  # smaller pages render as fast as they are found, and `/gezondheid` must ask the index
_OVERHEAD: Final = 1024  # bytes of headers and objects per page


class _Copy(NamedTuple):
    """One response: body as sent, headers, number of results for the log."""

    body: bytes
    headers: list[tuple[str, str]]
    results: int | None


class ResponseCache:
    """A thread-safe LRU cache of responses."""

    def __init__(self, max_bytes: int = MAX_BYTES) -> None:
        self._kept: SizedLRU[str, _Copy] = SizedLRU(max_bytes, lambda copy: len(copy.body) + _OVERHEAD)

    def answer(self, key: str) -> PageResponse | None:
        """A fresh copy of the cached response, or None."""
        copy = self._kept.get(key, None)
        PAGE_CACHE.add("miss" if copy is None else "hit")
        if copy is None:
            return None
        answer = PageResponse(copy.body, "", results=copy.results)
        answer.headers.clear()
        answer.headers.extend(copy.headers)
        return answer

    def keep(self, key: str, answer: PageResponse) -> None:
        """Cache a successful response; evict the least recently used ones."""
        if answer.status_code != 200 or answer.is_streamed:
            return
        body = answer.get_data()
        if MIN_BYTES <= len(body) <= MAX_COPY_BYTES:
            self._kept.keep(key, _Copy(body, list(answer.headers), answer.results))
            PAGE_CACHE_BYTES.set(self._kept.bytes)

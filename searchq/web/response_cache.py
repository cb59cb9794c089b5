"""Pages as they were sent, kept for the next who asks the same: the start page, a question in the news, a feed.

    tag of the page, packed or not  ->  the bytes on the line and their headers

The tag names all a page depends on (`caching`), the generation of the index among them: what was kept before a commit
is never asked for again, and goes as the oldest. Bytes are bounded, not pages.
"""

from typing import Final, NamedTuple

from searchq.lru import SizedLRU
from searchq.web.context import PageResponse

__all__ = ["ResponseCache"]

MAX_BYTES: Final = 4 << 20  # about five hundred pages of results, packed
MAX_COPY_BYTES: Final = 64 << 10  # bytes of one page; the parts of the sitemap are larger, and seldom asked for
MIN_BYTES: Final = 600  # bytes; less is made as quickly as it is found, and `/gezondheid` must ask the index each time
_OVERHEAD: Final = 1024  # bytes of the headers and the objects around a page


class _Copy(NamedTuple):
    """One answer: its body as sent, its headers, the number of results for the log."""

    body: bytes
    headers: list[tuple[str, str]]
    results: int | None


class ResponseCache:
    """The pages asked for last; any number of threads."""

    def __init__(self, max_bytes: int = MAX_BYTES) -> None:
        self._kept: SizedLRU[str, _Copy] = SizedLRU(max_bytes, lambda copy: len(copy.body) + _OVERHEAD)

    def answer(self, key: str) -> PageResponse | None:
        """The answer kept under a key, made anew so that it may be altered; None when there is none."""
        copy = self._kept.get(key, None)
        if copy is None:
            return None
        answer = PageResponse(copy.body, "", results=copy.results)
        answer.headers.clear()
        answer.headers.extend(copy.headers)
        return answer

    def keep(self, key: str, answer: PageResponse) -> None:
        """Keeps a good answer; the ones asked for longest ago go when there is no room."""
        if answer.status_code != 200 or answer.is_streamed:
            return
        body = answer.get_data()
        if MIN_BYTES <= len(body) <= MAX_COPY_BYTES:
            self._kept.keep(key, _Copy(body, list(answer.headers), answer.results))

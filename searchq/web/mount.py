"""Where the site is mounted: the prefix of every path, for the request being answered.

A site stands at the root of a host, or under a prefix such as `/vragen`: given as an option, by the server
(`SCRIPT_NAME`), or by a trusted proxy (`X-Forwarded-Prefix`, which werkzeug turns into `SCRIPT_NAME`).
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Final
from urllib.parse import urlsplit

from searchq.errors import RequestError

__all__ = ["checked_prefix", "mounted", "site_and_prefix", "split_path", "url"]

_PREFIX: Final = re.compile(r"(?:/[A-Za-z0-9._~-]+)*")  # never two slashes in a row, which would name another host
_current: ContextVar[str] = ContextVar("prefix", default="")


def url(path: str) -> str:
    """A path of the site as visitors see it: `/statistiek` is `/vragen/statistiek` under the prefix `/vragen`."""
    return _current.get() + path


@contextmanager
def mounted(prefix: str) -> Iterator[None]:
    """Answer under a prefix; other threads may answer under another."""
    token = _current.set(prefix)
    try:
        yield
    finally:
        _current.reset(token)


def checked_prefix(prefix: str) -> str:
    """The prefix without a slash at its end. Raises RequestError if it is no path."""
    bare = prefix.rstrip("/")
    if not _PREFIX.fullmatch(bare):
        raise RequestError(f"“{prefix}” is no prefix of paths; write it as /vragen.")
    return bare


def site_and_prefix(site: str | None, prefix: str | None) -> tuple[str | None, str]:
    """The origin of a site (`https://host`), and its prefix: as given, else the path of the site's address."""
    if site is None:
        return None, checked_prefix(prefix or "")
    parts = urlsplit(site)
    if parts.scheme not in ("http", "https") or not parts.netloc:
        raise RequestError(f"“{site}” is no address of a site; write it as https://vragen.example.")
    return f"{parts.scheme}://{parts.netloc}", checked_prefix(parts.path if prefix is None else prefix)


def split_path(script_name: str, path: str, prefix: str) -> tuple[str, str]:
    """The prefix of a request and its path below it; `prefix` is the configured one.

    A proxy may pass the prefix on or remove it. What the server says (`script_name`) goes first, if it is a prefix.
    """
    if script_name and _PREFIX.fullmatch(script_name.rstrip("/")):
        return script_name.rstrip("/"), path
    if prefix and (path == prefix or path.startswith(f"{prefix}/")):
        return prefix, path.removeprefix(prefix)
    return prefix, path

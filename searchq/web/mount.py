"""Where the site is mounted, and in which language: the prefix of every path, for the request being answered.

A site stands at the root of a host, or under a prefix such as `/vragen`: given as an option, by the server
(`SCRIPT_NAME`), or by a trusted proxy (`X-Forwarded-Prefix`, which werkzeug turns into `SCRIPT_NAME`). Below it the
pages are in Dutch, and in French under `/fr`.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Final, NamedTuple
from urllib.parse import urlsplit

from searchq.addresses import is_web_address
from searchq.errors import RequestError
from searchq.query.facet_table import Language

__all__ = [
    "LANGUAGES",
    "Mount",
    "alternates",
    "checked_prefix",
    "language",
    "mounted",
    "neutral_url",
    "site_and_prefix",
    "split_language",
    "split_path",
    "translated_url",
    "url",
    "url_in",
    "with_language",
]

LANGUAGES: Final[tuple[Language, ...]] = ("nl", "fr")  # the first is that of the texts in the code, and has no path
_PATHS: Final[dict[Language, str]] = {"nl": "", "fr": "/fr"}
_PREFIX: Final = re.compile(r"(?:/[A-Za-z0-9._~-]+)*")  # never two slashes in a row, which would name another host


class Mount(NamedTuple):
    """The prefix and the language of a request, the origin of the site, and the rest of its address."""

    prefix: str = ""
    language: Language = "nl"
    site: str = ""
    address: str = "/"


_current: ContextVar[tuple[Mount, str]] = ContextVar("mount", default=(Mount(), ""))


def url(path: str) -> str:
    """A path of the site as visitors see it: `/statistiek` is `/vragen/fr/statistiek` in French under `/vragen`."""
    return _current.get()[1] + path


def neutral_url(path: str) -> str:
    """The same for what is of no language, such as a style sheet."""
    return _current.get()[0].prefix + path


def language() -> Language:
    """The language of the request."""
    return _current.get()[0].language


def with_language(language: Language, path: str) -> str:
    """A path below the prefix, in a language."""
    return _PATHS[language] + path


def url_in(language: Language, path: str) -> str:
    """A path of the site in a language."""
    return neutral_url(with_language(language, path))


def translated_url(language: Language) -> str:
    """The address of the request in a language."""
    return url_in(language, _current.get()[0].address)


def alternates() -> list[tuple[Language, str]]:
    """The languages with the whole address of the request in each."""
    site = _current.get()[0].site
    return [(language, site + translated_url(language)) for language in LANGUAGES]


@contextmanager
def mounted(mount: Mount) -> Iterator[None]:
    """Answer under a prefix, in a language; other threads may answer under another."""
    token = _current.set((mount, mount.prefix + _PATHS[mount.language]))
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
    if not is_web_address(site):
        raise RequestError(f"“{site}” is no address of a site; write it as https://vragen.example.")
    parts = urlsplit(site)
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


def split_language(path: str) -> tuple[Language, str]:
    """The language of a path below the prefix, and the path without it."""
    for language, before in _PATHS.items():
        if before and (path == before or path.startswith(f"{before}/")):
            return language, path.removeprefix(before)
    return LANGUAGES[0], path

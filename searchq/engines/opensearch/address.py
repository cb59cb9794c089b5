"""Where a cluster is, and what a connection to it needs besides.

    opensearch+https://host:9200/questions                     one node
    opensearch+http://one:9200,two:9200,three:9200/questions   all nodes, so that one may be lost

Who asks is told by the environment, never by the address, which is shown and logged: SEARCHQ_OPENSEARCH_USER,
SEARCHQ_OPENSEARCH_PASSWORD or SEARCHQ_OPENSEARCH_PASSWORD_FILE, SEARCHQ_OPENSEARCH_CA (a file of certificates). For a
new index SEARCHQ_OPENSEARCH_SHARDS (1) and SEARCHQ_OPENSEARCH_REPLICAS (1).
"""

import os
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Final, NamedTuple

from searchq.errors import IndexFault

__all__ = ["Address", "Settings", "read_address", "read_settings"]

_PREFIX: Final = "opensearch+"
_ADDRESS: Final = re.compile(r"opensearch\+(https?)://([^/@?#\s]+)/([^/@?#\s]*)/?")
_HOST: Final = re.compile(r"([\w.-]+|\[[0-9A-Fa-f:]+\])(?::([0-9]{1,5}))?")
_NAME: Final = re.compile(r"[a-z0-9][a-z0-9_.-]{0,99}")
_USUAL_PORT: Final = 9200
_LAST_PORT: Final = 65_535


class Address(NamedTuple):
    """The nodes of a cluster, and the name of an index there."""

    secure: bool
    hosts: tuple[tuple[str, int], ...]
    name: str

    def __str__(self) -> str:
        hosts = ",".join(f"[{host}]:{port}" if ":" in host else f"{host}:{port}" for host, port in self.hosts)
        return f"{_PREFIX}http{'s' * self.secure}://{hosts}/{self.name}"


class Settings(NamedTuple):
    """What the environment tells of a connection and of a new index."""

    user: str | None = None
    password: str | None = None
    certificates: str | None = None
    shards: int = 1
    replicas: int = 1


def read_address(text: str) -> Address:
    """Read an address. Raises IndexFault with the form that is expected."""
    if "@" in text:
        raise IndexFault(
            "An address of a cluster holds no user and no password;"
            " set SEARCHQ_OPENSEARCH_USER and SEARCHQ_OPENSEARCH_PASSWORD."
        )
    found = _ADDRESS.fullmatch(text)
    hosts = [_HOST.fullmatch(host) for host in found[2].split(",")] if found else []
    if not found or not all(map(_is_host, hosts)) or not _NAME.fullmatch(found[3]):
        raise IndexFault(
            f"{text!r} is no address of a cluster; write opensearch+https://host:9200/name, the name in small letters."
        )
    places = tuple((host[1].strip("[]"), int(host[2] or _USUAL_PORT)) for host in hosts if host)
    return Address(found[1] == "https", places, found[3])


def _is_host(found: re.Match[str] | None) -> bool:
    return found is not None and 1 <= int(found[2] or _USUAL_PORT) <= _LAST_PORT


def read_settings(environment: Mapping[str, str] = os.environ) -> Settings:
    """Read the settings. Raises IndexFault for a number or a file that cannot be read."""
    own = {name.removeprefix("SEARCHQ_OPENSEARCH_"): value for name, value in environment.items() if value}
    return Settings(
        own.get("USER"),
        own.get("PASSWORD") or _secret(own.get("PASSWORD_FILE")),
        own.get("CA"),
        _count(own, "SHARDS", 1),
        _count(own, "REPLICAS", 0),
    )


def _secret(file: str | None) -> str | None:
    if file is None:
        return None
    try:
        return Path(file).read_text(encoding="utf-8-sig").rstrip("\r\n")
    except OSError as error:
        raise IndexFault(f"SEARCHQ_OPENSEARCH_PASSWORD_FILE cannot be read: {error.strerror}.") from error
    except UnicodeDecodeError as error:
        raise IndexFault("SEARCHQ_OPENSEARCH_PASSWORD_FILE cannot be read: it is not in UTF-8.") from error


def _count(own: Mapping[str, str], name: str, least: int) -> int:
    value = own.get(name, "1")
    if not value.isdecimal() or not least <= int(value) <= _MOST:
        raise IndexFault(f"SEARCHQ_OPENSEARCH_{name} is {value!r}; set a number from {least} to {_MOST}.")
    return int(value)


_MOST: Final = 100

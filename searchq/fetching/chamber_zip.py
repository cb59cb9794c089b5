"""A zip of the Chamber on disk, and what its answer says of it: name, checksum, wholeness, validators."""

import hashlib
import re
import zipfile
from pathlib import Path

import msgspec

from searchq.fetching.exchange import Exchange
from searchq.fetching.ledger_tables import Zip
from searchq.regular_file import open_regular, read_regular

__all__ = ["entry_of", "fault_of", "moment_of", "name_of", "read_entry", "sha256_of", "start_of", "validator"]


def read_entry(beside: Path) -> Zip | None:
    """What is written beside an archive; None where that cannot be read."""
    try:
        return msgspec.json.decode(read_regular(beside), type=Zip)
    except msgspec.DecodeError:
        return None


def start_of(head: Exchange) -> int | None:
    """Where the part that an answer holds begins."""
    found = re.match(r"bytes\s+(\d{1,15})-", head.header("content-range") or "")
    return int(found[1]) if found else None


def validator(head: Exchange) -> str | None:
    """What proves that a rest belongs to a beginning: a strong ETag, or the time of the last change."""
    etag = head.header("etag")
    return etag if etag and not etag.startswith("W/") else head.header("last-modified")


def fault_of(path: Path) -> str | None:
    """What is wrong with a zip file; None: every member is whole."""
    try:
        with zipfile.ZipFile(path) as archive:
            torn = archive.testzip()
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError, EOFError) as error:
        return str(error)
    return f"its member {torn} is damaged" if torn else None


def entry_of(legislature: int, head: Exchange, path: Path) -> Zip:
    at, validators = moment_of(head), (head.header("etag"), head.header("last-modified"))
    return Zip(
        legislature, name_of(legislature), head.address, at, at, path.stat().st_size, sha256_of(path), *validators
    )


def name_of(legislature: int) -> str:
    return f"chamber-{legislature}.zip"


def moment_of(head: Exchange) -> str:
    return head.at.replace(microsecond=0).isoformat()


def sha256_of(path: Path) -> str:
    with open_regular(path) as file:
        return hashlib.file_digest(file, "sha256").hexdigest()

"""The tables of a ledger: what is known of a page and of an archive, as rows."""

import datetime as dt
from typing import Any, Final, Literal

from msgspec import Struct, convert

from searchq.database import Table, triggers
from searchq.fetching.sites import PageLanguage

__all__ = [
    "PAGE_FIELDS",
    "PUT_PAGE",
    "SCHEMA",
    "SELECT_PAGE",
    "SELECT_ZIP",
    "TABLES",
    "VERSION",
    "ZIP_FIELDS",
    "Page",
    "State",
    "Zip",
    "confirm",
    "page_of",
    "put_into",
]

VERSION: Final = 2  # PRAGMA user_version; raise it when the tables change

State = Literal["unknown", "stored", "absent"]


class Page(Struct, frozen=True):
    """What is known of one page. Times are ISO 8601 in UTC, `due` is a day."""

    legislature: int
    number: int
    language: PageLanguage
    state: State = "unknown"
    reason: str | None = None  # why it is absent, or what went wrong when it was last asked for
    status: str | None = None  # of the question, as its record has it
    interim: bool = False  # the answer only says that one will come
    first_stored: str | None = None
    answered: str | None = None  # when an answer was first seen here
    changed: str | None = None  # when what is stored was fetched
    looked: str | None = None  # when the site last answered for it
    due: str | None = None  # the day to look again; None: settled
    looks: int = 0  # how often it came back the same since it changed
    faults: int = 0  # how often in a row the site gave no usable answer
    record: str | None = None  # digest of the record that was read
    payload: str | None = None  # WARC-Payload-Digest of what is stored
    etag: str | None = None
    modified: str | None = None  # Last-Modified
    address: str | None = None  # of what is stored, after redirects
    warc: str | None = None  # the file that holds it

    @property
    def has_answer(self) -> bool:
        return self.state == "stored" and self.status == "answered" and not self.interim


class Zip(Struct, frozen=True):
    """An archive of the Chamber as stored."""

    legislature: int
    name: str
    address: str
    fetched: str
    looked: str
    bytes: int
    sha256: str
    etag: str | None = None
    modified: str | None = None


PAGE_FIELDS: Final = Page.__struct_fields__
ZIP_FIELDS: Final = Zip.__struct_fields__
_TIMES: Final = ("first_stored", "answered", "changed", "looked", "due", "fetched")  # those of both
TABLES: Final = (
    Table("page", PAGE_FIELDS, 3),
    Table("zips", ZIP_FIELDS),
    Table("warc", ("name", "bytes")),
    Table("kept", ("name", "value")),
)
SCHEMA: Final = f"""
CREATE TABLE IF NOT EXISTS page (
    {", ".join(PAGE_FIELDS)}, sum, PRIMARY KEY (legislature, number, language)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS zips ({", ".join(ZIP_FIELDS)}, sum, PRIMARY KEY (legislature)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS warc (name TEXT PRIMARY KEY, bytes INTEGER NOT NULL, sum) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS kept (name TEXT PRIMARY KEY, value TEXT NOT NULL, sum) WITHOUT ROWID;
{"".join(map(triggers, TABLES))}
PRAGMA user_version = {VERSION};
"""


def put_into(table: str, names: tuple[str, ...]) -> str:
    return f"INSERT OR REPLACE INTO {table} ({', '.join(names)}) VALUES ({', '.join('?' * len(names))})"


SELECT_PAGE: Final = f"SELECT {', '.join(PAGE_FIELDS)} FROM page"
SELECT_ZIP: Final = f"SELECT {', '.join(ZIP_FIELDS)} FROM zips"
PUT_PAGE: Final = put_into("page", PAGE_FIELDS)


def confirm(values: dict[str, Any], kind: type[Struct]) -> None:
    """Raise ValueError or ValidationError where a value is none of its field."""
    convert({**values, "interim": bool(values.get("interim"))}, kind)
    for name in _TIMES:
        if values.get(name) is not None:
            dt.datetime.fromisoformat(values[name])


def page_of(row: tuple[Any, ...]) -> Page:
    values = dict(zip(PAGE_FIELDS, row, strict=True))
    return Page(**{**values, "interim": bool(values["interim"])})

"""The ledger of an archive: what was asked, what came of it, and when to look again (`DIR/.fetch.sqlite`).

    page     one row per number, legislature and language that was ever asked
    warc     the WARC files, and how many of their bytes the ledger accounts for
    zips     the Chamber's archives
    kept     single facts: the contact, robots.txt, what "no such question" looks like

A page and the bytes it takes in its WARC file are entered in one transaction, after those bytes are on the disk. So a
kill leaves behind a tail of the file that the ledger does not know, never a row without its bytes.

Whoever opens it reads all of it first: a row that is not as it was written is named. An older ledger, whose rows have
no checksums, gets them from the next run that fetches; who only reads it looks whether its values can be right.
"""

import json
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final, Self

from msgspec import ValidationError
from msgspec.structs import astuple

from searchq.database import WITHOUT_SUMS, Database
from searchq.errors import FetchError
from searchq.fetching.ledger_tables import (
    PUT_PAGE,
    SCHEMA,
    SELECT_PAGE,
    SELECT_ZIP,
    TABLES,
    VERSION,
    ZIP_FIELDS,
    Page,
    Zip,
    confirm,
    page_of,
    put_into,
)
from searchq.fetching.sites import PageLanguage

__all__ = ["LEDGER", "NO_LONGER", "Ledger"]

LEDGER: Final = ".fetch.sqlite"
NO_LONGER: Final = "the site no longer shows it"  # begins the reason of a stored page
_LOCK: Final = ".fetch.lock"
_BUSY_SECONDS: Final = 10.0

_PASSING: Final = frozenset(  # errors of SQLite that are none of the file
    (
        sqlite3.SQLITE_BUSY,
        sqlite3.SQLITE_LOCKED,
        sqlite3.SQLITE_NOMEM,
        sqlite3.SQLITE_READONLY,
        sqlite3.SQLITE_INTERRUPT,
        sqlite3.SQLITE_IOERR,
        sqlite3.SQLITE_FULL,
        sqlite3.SQLITE_CANTOPEN,
        sqlite3.SQLITE_PROTOCOL,
    )
)


class Ledger(Database):
    """An open ledger."""

    def __init__(self, directory: Path, *, create: bool = False) -> None:
        """Open the ledger of an archive. Raises FetchError where there is none, or it is no ledger of this version."""
        self.path = directory / LEDGER
        if not create and not self.path.exists():
            raise FetchError(f"There is no ledger in {directory}; `searchq fetch` makes one.")
        self._open(self.path, _BUSY_SECONDS)

    @classmethod
    def blank(cls) -> Self:
        """A ledger of nothing, in memory."""
        ledger = cls.__new__(cls)
        ledger.path = Path(LEDGER)
        ledger._open(":memory:", _BUSY_SECONDS)
        return ledger

    def lock(self) -> None:
        """Take the archive for this run alone. Raises FetchError when another run has it."""
        busy = FetchError(f"Another run is fetching into {self.path.parent}; wait for its end.")
        self._lock_run(self.path.with_name(_LOCK), busy)
        if self._read_version() == WITHOUT_SUMS:
            self._create(SCHEMA, TABLES)

    # --- pages

    def page(self, legislature: int, number: int, language: PageLanguage) -> Page:
        """What is known of a page; state "unknown" where nothing is."""
        key = (legislature, number, language)
        found = self._db.execute(f"{SELECT_PAGE} WHERE legislature = ? AND number = ? AND language = ?", key).fetchone()
        return page_of(found) if found else Page(*key)

    def put(self, page: Page) -> None:
        """Enter what is known of a page now."""
        self._db.execute(PUT_PAGE, astuple(page))

    def pages(self, legislature: int, language: PageLanguage) -> Iterator[Page]:
        """Every page of a legislature that was ever asked for, by number."""
        where = "WHERE legislature = ? AND language = ? ORDER BY number"
        return map(page_of, self._db.execute(f"{SELECT_PAGE} {where}", (legislature, language)))

    def sightings(self) -> Iterator[tuple[str, str, str]]:
        """Stored captures that were found the same on a later day: address, day of the capture, last such day."""
        where = "state = 'stored' AND looked > changed AND coalesce(reason, '') NOT LIKE ?"
        query = f"SELECT address, substr(changed, 1, 10), substr(looked, 1, 10) FROM page WHERE {where}"
        return iter(self._db.execute(query, (f"{NO_LONGER}%",)))

    def highest(self, legislature: int, language: PageLanguage) -> int:
        """The highest number stored; 0 where none is."""
        query = "SELECT max(number) FROM page WHERE legislature = ? AND language = ? AND state = 'stored'"
        return int(self._db.execute(query, (legislature, language)).fetchone()[0] or 0)

    def fetched(self) -> list[tuple[int, PageLanguage]]:
        """The legislatures and languages asked for, newest legislature first."""
        query = "SELECT DISTINCT legislature, language FROM page ORDER BY legislature DESC, language"
        return [(int(legislature), language) for legislature, language in self._db.execute(query)]

    # --- files

    def accounted(self, name: str) -> int:
        """How many bytes of a WARC file are accounted for."""
        found = self._db.execute("SELECT bytes FROM warc WHERE name = ?", (name,)).fetchone()
        return int(found[0]) if found else 0

    def account(self, name: str, size: int) -> None:
        """A WARC file is accounted for up to this size."""
        self._db.execute("INSERT OR REPLACE INTO warc (name, bytes) VALUES (?, ?)", (name, size))

    def warcs(self) -> list[str]:
        """The names of all WARC files."""
        return [str(name) for (name,) in self._db.execute("SELECT name FROM warc ORDER BY name")]

    def forget(self, name: str) -> int:
        """Make unknown the pages that a WARC file held, and the file; returns how many pages there were."""
        self._db.execute("DELETE FROM warc WHERE name = ?", (name,))
        return self._db.execute("DELETE FROM page WHERE warc = ?", (name,)).rowcount

    def zip(self, legislature: int) -> Zip | None:
        """The archive of a legislature of the Chamber."""
        found = self._db.execute(f"{SELECT_ZIP} WHERE legislature = ?", (legislature,)).fetchone()
        return Zip(*found) if found else None

    def zips(self) -> list[Zip]:
        """Every archive of the Chamber, newest legislature first."""
        return [Zip(*row) for row in self._db.execute(f"{SELECT_ZIP} ORDER BY legislature DESC")]

    def put_zip(self, archive: Zip) -> None:
        """Enter an archive of the Chamber."""
        self._db.execute(put_into("zips", ZIP_FIELDS), astuple(archive))

    # --- single facts

    def kept(self, name: str) -> Any:
        """A fact kept under a name, as JSON has it; None where there is none."""
        found = self._db.execute("SELECT value FROM kept WHERE name = ?", (name,)).fetchone()
        return json.loads(found[0]) if found else None

    def keep(self, name: str, value: Any) -> None:
        """Keep a fact under a name, in place of the one before."""
        written = json.dumps(value, ensure_ascii=False)
        self._db.execute("INSERT OR REPLACE INTO kept (name, value) VALUES (?, ?)", (name, written))

    def _prepare(self) -> None:
        version = self._read_version()
        if not self._is_known(version, VERSION):
            raise FetchError(f"{self.path} is a ledger of version {version}; this searchq reads version {VERSION}.")
        self._confirm_structure()
        if not version:
            self._create(SCHEMA, TABLES)
        elif version == WITHOUT_SUMS:
            self._confirm_values()
        else:
            self._confirm_rows(TABLES)

    def _confirm_values(self) -> None:
        """Raise FetchError where a row holds what no run writes."""
        for query, kind in ((SELECT_PAGE, Page), (SELECT_ZIP, Zip)):
            for row in self._db.execute(query):
                try:
                    confirm(dict(zip(kind.__struct_fields__, row, strict=True)), kind)
                except (ValidationError, ValueError) as error:
                    raise self._damaged(error) from error

    def _damaged(self, error: Exception) -> FetchError:
        if getattr(error, "sqlite_errorcode", 0) & 0xFF in _PASSING:  # a full disk, no right to write, another program
            return FetchError(
                f"The ledger {self.path} cannot be used now ({error}); check its rights, the disk, and whether another"
                " program has it open."
            )
        return FetchError(
            f"The ledger {self.path} is damaged ({error}); remove it: the next run makes it anew from the WARC files"
            " beside it."
        )

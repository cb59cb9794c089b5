"""Fetching the Chamber's questions: one zip per legislature, stored as it is.

    chamber-56.zip                 the archive, in place only when it is whole
    .chamber-56.zip.json           its address, its day, its checksum
    .chamber-56.zip.part           what came so far; a cut download goes on from there where the site allows it

An archive that did not change is not sent again where the site answers conditional requests, and never replaced.
"""

import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Final

from msgspec.structs import asdict, replace

from searchq.atomic_file import replaced, sync_directory, sync_file
from searchq.fetching.chamber_zip import (
    entry_of,
    fault_of,
    moment_of,
    name_of,
    read_entry,
    sha256_of,
    start_of,
    validator,
)
from searchq.fetching.exchange import Exchange
from searchq.fetching.ledger import Ledger
from searchq.fetching.ledger_tables import Zip
from searchq.fetching.plan import is_zip_due
from searchq.fetching.report import Report
from searchq.fetching.session import ATTEMPTS, Failed, RunEnded, Session, Stopped
from searchq.fetching.settings import Settings
from searchq.fetching.sites import CHAMBER, ChamberSite
from searchq.fetching.transport import Broken, Stream, Transport
from searchq.limits import MAX_ARCHIVE_BYTES
from searchq.regular_file import open_in_place

__all__ = ["ByteProgress", "fetch_chamber"]

ByteProgress = Callable[[int, int | None], None]  # bytes so far, bytes in all

_ALL_IS_HERE: Final = 416  # nothing is left to send of what was cut off at its very end
_NOT_THERE: Final = (404, 410)
_PART_OF: Final = "part-of:"  # validator of what a .part file is the beginning of


def fetch_chamber(
    directory: Path,
    legislatures: tuple[int, ...],
    settings: Settings,
    site: ChamberSite = CHAMBER,
    *,
    refresh: bool = False,
    progress: ByteProgress = lambda done, total: None,
) -> Report:
    """Bring the archives of some legislatures (none named: all known) up to date, and say what was done.

    An archive is asked for again on another day, or with `refresh`. Raises FetchError when that cannot begin.
    """
    directory.mkdir(parents=True, exist_ok=True)
    with Ledger(directory, create=True) as ledger, Transport(settings.agent, settings.clock) as transport:
        ledger.lock()
        ledger.keep("contact", settings.contact)
        report = Report()
        session = Session(transport, ledger, settings, site.pause, report)
        store = _Store(directory, ledger, session, settings, report, progress)
        try:
            for legislature in legislatures or site.legislatures:
                store.bring(legislature, site.archive(legislature), refresh)
            if report.faults:
                report.ended = f"{report.faults} of the archives did not come; run it again later."
        except RunEnded as ended:
            report.ended = str(ended)
        except Stopped as stopped:
            report.stopped = str(stopped)
        return report


class _Store:
    """The archives of the Chamber in one folder."""

    def __init__(
        self,
        directory: Path,
        ledger: Ledger,
        session: Session,
        settings: Settings,
        report: Report,
        progress: ByteProgress,
    ) -> None:
        self._directory, self._ledger, self._session = directory, ledger, session
        self._settings, self._report, self._progress = settings, report, progress

    def bring(self, legislature: int, address: str, refresh: bool) -> None:
        """Store the archive of a legislature, or know that it is as before."""
        self._finish(legislature)
        known = self._ledger.zip(legislature)
        if known is not None and not (self._directory / known.name).exists():
            known = None
        today = self._settings.clock.now().date()
        if not is_zip_due(known, self._directory, today, refresh=refresh):
            return
        try:
            self._download(legislature, address, known)
        except Failed as failed:
            self._report.faults += 1
            self._settings.say(f"The archive of legislature {legislature} did not come: {failed}.")

    def _finish(self, legislature: int) -> None:
        """Put a whole download in place and enter it; also what a kill left undone of that."""
        beside = self._beside(legislature)
        if not beside.exists():
            return
        if (entry := read_entry(beside)) is None:
            return
        part, place = self._part(legislature), self._directory / entry.name
        if part.exists() and sha256_of(part) == entry.sha256:
            part.replace(place)
            sync_directory(self._directory)
        entered = self._ledger.zip(legislature)
        is_new = entered is None or entered.sha256 != entry.sha256
        if is_new and place.exists() and sha256_of(place) == entry.sha256:
            self._ledger.put_zip(entry)

    def _download(self, legislature: int, address: str, known: Zip | None) -> None:
        part = self._part(legislature)
        for attempt in range(1, ATTEMPTS + 1):
            stream = self._session.stream(address, self._conditions(part, known))
            head = stream.head
            self._refuse_other_part(head, part)
            try:
                if head.status in (200, 206):
                    self._receive(stream, part)
            except Broken as broken:
                self._session.failed(address, str(broken), None, attempt)
                continue
            self._session.succeeded()
            if head.status in (200, 206) or (head.status == _ALL_IS_HERE and part.exists()):
                self._place(legislature, head, part, known)
            else:
                self._not_sent(legislature, head, known)
            return

    def _conditions(self, part: Path, known: Zip | None) -> dict[str, str]:
        """What to send along: go on from where a download was cut, or send only what changed."""
        validator = self._ledger.kept(_PART_OF + part.name)
        if validator and part.exists():
            return {"Range": f"bytes={part.stat().st_size}-", "If-Range": validator}
        if known is None:
            return {}
        conditions = {"If-None-Match": known.etag, "If-Modified-Since": known.modified}
        return {name: value for name, value in conditions.items() if value}

    def _refuse_other_part(self, head: Exchange, part: Path) -> None:
        """Raise Failed for a part of the archive that does not go on from what is here; the next run begins anew."""
        if head.status == 206 and not (part.exists() and start_of(head) == part.stat().st_size):
            part.unlink(missing_ok=True)
            raise Failed("the site sent a part that was not asked for")

    def _receive(self, stream: Stream, part: Path) -> None:
        """Write what comes; it stays for a next time when it breaks off."""
        is_rest = stream.head.status == 206
        self._ledger.keep(_PART_OF + part.name, validator(stream.head))
        done = part.stat().st_size if is_rest else 0
        length = stream.head.header("content-length")
        total = done + int(length) if length and length.isdecimal() else None
        flags = os.O_WRONLY | (os.O_APPEND if is_rest else os.O_TRUNC)
        with os.fdopen(open_in_place(part, flags), "wb") as file:
            for block in stream.blocks:
                file.write(block)
                done += len(block)
                if done > MAX_ARCHIVE_BYTES:
                    raise RunEnded(f"{stream.head.address} is larger than {MAX_ARCHIVE_BYTES // 1024**3} GB.")
                self._progress(done, total)
                if self._settings.stopped():
                    raise Stopped("interrupted")
            file.flush()
            sync_file(file.fileno())

    def _not_sent(self, legislature: int, head: Exchange, known: Zip | None) -> None:
        if head.status == 304 and known is not None:
            self._same(known, head)
        elif head.status in _NOT_THERE:
            self._report.absent += 1
            self._settings.say(f"There is no archive of legislature {legislature}: status {head.status}.")
        else:
            raise Failed(head.outcome)

    def _same(self, known: Zip, head: Exchange) -> None:
        self._report.unchanged += 1
        entry = replace(known, looked=moment_of(head))
        self._note(entry)
        self._ledger.put_zip(entry)

    def _place(self, legislature: int, head: Exchange, part: Path, known: Zip | None) -> None:
        """Give a whole archive its name. Raises Failed for what is no zip."""
        if (fault := fault_of(part)) is not None:
            part.unlink()
            raise Failed(f"what came is no whole zip file ({fault})")
        entry = entry_of(legislature, head, part)
        if known is not None and known.sha256 == entry.sha256:
            part.unlink()
            self._same(known, head)
            return
        self._report.stored += known is None
        self._report.changed += known is not None
        self._note(entry)
        self._finish(legislature)

    def _note(self, entry: Zip) -> None:
        """Write down beside an archive what it is."""
        with replaced(self._beside(entry.legislature), sync=True) as file:
            file.write(json.dumps(asdict(entry), indent=2).encode())
        sync_directory(self._directory)

    def _part(self, legislature: int) -> Path:
        return self._directory / f".{name_of(legislature)}.part"

    def _beside(self, legislature: int) -> Path:
        return self._directory / f".{name_of(legislature)}.json"

"""The one write path: new versions of questions beside the old ones, then one document that makes them visible.

    put, delete    noted; versions `born` in the coming generation are sent in bulk, and seen by nobody yet; those of a
                   new index are kept in a file until the commit, since their scores need the average lengths of all
    commit         what they replace is marked as `died`, everything refreshed and counted, then the newest generation
                   told in one document: that is the commit, on any number of shards
    abort          what was sent is removed; so is what a killed process left, when the next update begins

A rebuild writes to an index of its own; the alias, which people and snapshots go by, is moved when its counts agree.
"""

import datetime as dt
import secrets
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from types import TracebackType
from typing import Final, Self

from opensearchpy.exceptions import ConflictError

from searchq import __version__
from searchq.engine import WriteOptions
from searchq.engines.opensearch.actions import Action
from searchq.engines.opensearch.connection import Connection
from searchq.engines.opensearch.documents import Batch, Lengths, averages_of
from searchq.engines.opensearch.fields import index_body, state_body
from searchq.engines.opensearch.first_seen import GONE, Past
from searchq.engines.opensearch.generations import (
    Generation,
    Kept,
    fence,
    read_newest,
    state_index,
)
from searchq.engines.opensearch.index_changes import dying, removing, undo
from searchq.engines.opensearch.indices import (
    check_name,
    create,
    exists,
    is_as_created,
    move_alias,
    refresh,
    remove,
    remove_all_but,
)
from searchq.engines.opensearch.lock import Lock
from searchq.engines.opensearch.publication import keep_states, leaving, measured, publish, without_remains
from searchq.engines.opensearch.records import entry_of, stored_entries, stored_entry
from searchq.engines.opensearch.sending import IN_BATCH, Sending
from searchq.engines.opensearch.spool import Spool
from searchq.engines.opensearch.view import View
from searchq.errors import IndexFault, IndexWriteError
from searchq.question import Entry, Question
from searchq.record_json import check_counts

__all__ = ["ClusterUpdate"]

_SAMPLED: Final = 10_000  # questions of a new index from which the average lengths are taken
_FEW: Final = 5_000  # questions; an index of fewer that doubles takes them anew


class ClusterUpdate:
    """See `searchq.engine.Update`; holds the lock of the index from construction."""

    def __init__(
        self, connection: Connection, rebuild: bool, options: WriteOptions, moment: dt.datetime | None
    ) -> None:
        self._connection = connection
        create(connection, state_index(connection), state_body(connection.settings.replicas))
        self._lock = Lock(connection)
        self._written = options.written
        self._sending = Sending(options.jobs, self._write_lines, self._tell)
        try:
            self._begin(rebuild, moment)
        except BaseException:
            self._lock.release()
            raise

    def _begin(self, rebuild: bool, moment: dt.datetime | None) -> None:
        self._placed = read_newest(self._connection, any_version=rebuild)
        if self._placed and self._lock.was_left:
            self._placed = fence(self._connection, self._placed)
        self._superseded = without_remains(self._connection, self._placed, self._lock.now())
        self.generation = self._placed.generation.number if self._placed else 0
        view = View(self._connection, self._placed.generation, is_waited_for=False) if self._placed else None
        self._before = None if rebuild else view
        is_there = not (rebuild and view) or exists(self._connection, view.generation.index)
        self._past = Past(view, moment, is_there=is_there)
        self._index = self._before.generation.index if self._before else self._new_index()
        self._averages: Lengths = self._before.generation.averages if self._before else {}
        self._averaged = self._before.generation.averaged if self._before else 0
        self._ours: dict[str, bool] = {}  # numbers that were put (True) or deleted in this update
        self._spool = None if self._before else Spool()
        self._pending: dict[str, Entry] = {}
        self._kept: dict[str, bytes] = {}
        self._is_committed = False
        if self._before:
            undo(self._connection, self._index, self.generation)

    @property
    def count(self) -> int:
        if self._before is None:
            return sum(self._ours.values())
        self._past.look_up(iter(self._ours))
        changed = sum(is_put - (self._past.of(number) is not None) for number, is_put in self._ours.items())
        return self._before.generation.questions + changed

    def entry(self, number: str) -> Entry | None:
        if number in self._ours:
            return self._own_entry(number) if self._ours[number] else None
        return stored_entry(self._before, number) if self._before else None

    def put(self, question: Question, pages: Sequence[Question] = ()) -> None:
        entry = Entry(question, tuple(pages) or (question,))
        for page in (entry.question, *entry.pages):
            check_counts(page)
        self._ours[question.number] = True
        if self._spool is not None:
            self._spool.put(entry)
            return
        self._pending[question.number] = entry
        if len(self._pending) >= IN_BATCH:
            self._send()

    def delete(self, number: str) -> bool:
        if number not in self._ours:
            if self._before is None or self._past.of(number) is None:
                return False
            self._ours[number] = False
            return True
        was_put, self._ours[number] = self._ours[number], False
        if self._spool is not None:
            return self._spool.delete(number)
        if self._pending.pop(number, None) is None and was_put:
            self._sending.finish()
            self._write([removing(self._name(number))])
        return was_put

    def state(self, name: str) -> bytes:
        return (self._before.blob(name) if self._before else None) or b""

    def keep(self, name: str, data: bytes) -> None:
        self._kept[name] = data

    def commit(self) -> int:
        self._send_spool()
        self._send()
        self._renew_averages()
        self._sending.finish()
        self._check_index()
        self._mark_dead()
        refresh(self._connection, self._index)
        gone = self._past.gone_after(self._ours, self._before is None)
        kept = keep_states(self._connection, self._before, self._coming, {**self._kept, GONE: gone})
        coming = self._measured(kept)
        self._lock.renew()
        self._publish(coming)
        self._is_committed = True
        return coming.number

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            self._sending.__exit__(kind, error, trace)
            if self._spool is not None:
                self._spool.close()
            if not self._is_committed:
                with suppress(IndexFault, ConflictError):  # what stays is seen by nobody; the next update removes it
                    self._abort()
        finally:
            self._lock.release()

    @property
    def _coming(self) -> int:
        return self.generation + 1

    def _name(self, number: str) -> str:
        return f"{number}@{self._coming}"

    def _new_index(self) -> str:
        """Return the name of a new index, which exists from then on."""
        check_name(self._connection)
        name = f"{self._connection.address.name}-{self._coming:06}-{secrets.token_hex(3)}"
        settings = self._connection.settings
        create(self._connection, name, index_body(settings.shards, settings.replicas))
        return name

    def _own_entry(self, number: str) -> Entry | None:
        if self._spool is not None:
            return self._spool.entry(number)
        if number in self._pending:
            return self._pending[number]
        self._sending.finish()
        found = self._connection.document(self._index, self._name(number))
        return entry_of(found) if found else None

    def _send(self) -> None:
        """Send what is pending."""
        entries = list(self._pending.values())
        self._pending.clear()
        self._send_all(entries)

    def _send_spool(self) -> None:
        """Send all questions of a new index, whose average lengths are then known."""
        if self._spool is not None:
            self._averages, self._averaged = averages_of(self._spool.sample(_SAMPLED)), len(self._spool)
            for some in self._spool.batches(IN_BATCH):
                self._send_all(some)

    def _renew_averages(self) -> None:
        """Send every question anew while there are few, where they are twice those that the averages are of."""
        if self._before is None or not 2 * self._averaged <= self.count < _FEW:
            return
        self._sending.finish()
        refresh(self._connection, self._index)
        self._check_index()
        alive = stored_entries(self._connection, self._index, self._before.alive)
        ours = stored_entries(self._connection, self._index, {"term": {"born": self._coming}})
        entries = [*(entry for entry in alive if entry.question.number not in self._ours), *ours]
        self._ours |= dict.fromkeys((entry.question.number for entry in entries), True)
        self._averages, self._averaged = averages_of([entry.question for entry in entries]), len(entries)
        self._send_all(entries)

    def _send_all(self, entries: Sequence[Entry]) -> None:
        self._past.look_up(entry.question.number for entry in entries)
        for start in range(0, len(entries), IN_BATCH):
            some = entries[start : start + IN_BATCH]
            seen = [self._past.first_seen(entry.question, self._coming) for entry in some]
            self._sending.add(Batch(some, seen, self._averages, self._coming))

    def _write_lines(self, lines: Sequence[bytes]) -> None:
        self._write(map(Action, lines))

    def _tell(self, stored: int) -> None:
        """Tell how many questions of a new index the cluster has."""
        if self._written is not None and self._spool is not None:
            self._written(stored, len(self._spool))

    def _write(self, actions: Iterable[Action]) -> None:
        self._lock.check()
        self._connection.write(self._index, actions)

    def _mark_dead(self) -> None:
        """Mark what this update replaces or deletes."""
        if self._before is not None:
            self._past.look_up(iter(self._ours))
            olds = (old for number in self._ours if (old := self._past.of(number)) is not None)
            self._write(dying(old.name, self._coming) for old in olds)

    def _check_index(self) -> None:
        """Raise IndexWriteError where the index was removed meanwhile, and created anew by the lines that were sent."""
        if not is_as_created(self._connection, self._index):
            self._lock.renew()  # else it was the update that took the lock over
            raise IndexWriteError(
                f"The index {self._index} was removed from the cluster while this run wrote to it;"
                f" run searchq index{'' if self._before is None else ' --rebuild'} again."
            )

    def _measured(self, kept: Mapping[str, Kept]) -> Generation:
        """Return the coming generation as the cluster counts it. Raises IndexWriteError where it lacks any question."""
        bare = Generation(
            number=self._coming,
            index=self._index,
            built=dt.datetime.now(dt.UTC),
            questions=0,
            averages=self._averages,
            averaged=self._averaged,
            kept=kept,
            superseded=(*self._superseded, *leaving(self._placed, kept, self._lock.now())),
            searchq=__version__,
            seal=secrets.token_hex(8),
            origin=(self._placed.generation.origin if self._placed else "") or secrets.token_hex(8),
        )
        return measured(self._connection, bare, self.count)

    def _publish(self, coming: Generation) -> None:
        publish(self._connection, coming, self._placed)
        if self._before is None:
            move_alias(self._connection, coming.index)
            remove_all_but(self._connection, {coming.index, *(one.index for one in coming.superseded)})

    def _abort(self) -> None:
        """Remove what was sent, unless it was committed though no answer came, or another process writes now."""
        if self._before is None:
            newest = read_newest(self._connection, any_version=True)
            if newest is None or newest.generation.index != self._index:
                remove(self._connection, [self._index])
        elif not is_as_created(self._connection, self._index):
            remove(self._connection, [self._index])
        elif self._placed:
            self._lock.renew()
            fence(self._connection, self._placed)
            undo(self._connection, self._index, self.generation)

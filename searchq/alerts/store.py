"""The subscriptions and their messages, in one SQLite file.

    subscription   who is told of what, and up to which event of the index it was looked at
    message        what is to be sent, and how far that came
    told           which events a subscription was told of

    ready ──> sending ──> sent          ready again after a pause, or after a kill while sending
                     └──> refused

A run writes the messages of a subscription and moves its cursor in one transaction; so a kill leaves both or neither.
A message is `sending` from just before it leaves until the receiver's answer is noted. One that a killed run left so
is sent again, since a mail twice is better than none, and counted in `doubts`.
"""

import os
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, Final, Literal

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from searchq.alerts.subscription import Subscription
from searchq.database import Database, Table, triggers
from searchq.errors import AlertError
from searchq.first_seen import EventKind
from searchq.query.request import Request

__all__ = ["Message", "Progress", "Store"]

_VERSION: Final = 2  # PRAGMA user_version; raise it when the tables change
_BUSY_SECONDS: Final = 20.0

Progress = Literal["ready", "sending", "sent", "refused"]


class Message(Struct, frozen=True, kw_only=True):
    """One message to one receiver, and how far it came. Times are ISO 8601 in UTC."""

    id: str  # also its Message-ID
    subscription: int
    body: bytes  # emptied once sent
    progress: Progress = "ready"
    written: str
    due: str  # not sent before
    tries: int = 0
    doubts: int = 0  # how often it may have been taken without our knowing
    is_last: bool = False  # its subscription ends with it
    reason: str | None = None  # why it was not taken


_MESSAGE_FIELDS: Final = Message.__struct_fields__
_PROGRESS_FIELDS: Final = ("body", "progress", "due", "tries", "doubts", "reason")
_SUBSCRIPTION_FIELDS: Final = Subscription.__struct_fields__
_SUBSCRIPTION: Final = Table("subscription", _SUBSCRIPTION_FIELDS)
_MESSAGE: Final = Table("message", _MESSAGE_FIELDS)
_SCHEMA: Final = f"""
CREATE TABLE IF NOT EXISTS subscription (
    id INTEGER PRIMARY KEY AUTOINCREMENT, {", ".join(_SUBSCRIPTION_FIELDS[1:])}, sum
);
CREATE TABLE IF NOT EXISTS message (
    {", ".join(_MESSAGE_FIELDS)}, sum, PRIMARY KEY (id),
    FOREIGN KEY (subscription) REFERENCES subscription (id) ON DELETE CASCADE
);
CREATE INDEX IF NOT EXISTS by_progress ON message (progress, due);
CREATE TABLE IF NOT EXISTS told (
    subscription REFERENCES subscription (id) ON DELETE CASCADE, number, kind, PRIMARY KEY (subscription, number, kind)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS attempt (who, at);
{triggers(_SUBSCRIPTION)}{triggers(_MESSAGE)}
PRAGMA user_version = {_VERSION};
"""


class Store(Database):
    """The open file. Any number of processes may have it open."""

    def __init__(self, path: Path, *, create: bool = False) -> None:
        """Open the file. Raises AlertError where there is none, or it is of another kind or version."""
        self.path = path
        if not create and not path.exists():
            raise AlertError(f"There are no alerts in {path}; `searchq alert add` makes the first.")
        if not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True)
            os.close(os.open(path, os.O_CREAT | os.O_CLOEXEC, 0o600))  # mail addresses are nobody else's business
        self._open(path, _BUSY_SECONDS, check_same_thread=False)

    def _prepare(self) -> None:
        version = self._read_version()
        if not self._is_known(version, _VERSION):
            raise AlertError(f"{self.path} holds no alerts of this version of searchq; choose another --alerts-db.")
        self._db.execute("PRAGMA foreign_keys = ON")
        self._db.execute("PRAGMA synchronous = FULL")
        self._db.execute("PRAGMA secure_delete = ON")  # an address that is forgotten is overwritten
        if version != _VERSION:
            self._create(_SCHEMA, (_SUBSCRIPTION, _MESSAGE))

    def lock(self) -> None:
        """Become the only run. Raises AlertError while there is another."""
        busy = AlertError(f"Another run is sending the alerts of {self.path}; wait for its end.")
        self._lock_run(Path(f"{self.path}.lock"), busy)
        self._confirm_structure()

    # --- subscriptions

    def add(self, subscription: Subscription) -> Subscription:
        """Enter a subscription; as it was entered."""
        values = _row(subscription)[1:]
        names, marks = ", ".join(_SUBSCRIPTION_FIELDS[1:]), ", ".join("?" * len(values))
        made = self._db.execute(f"INSERT INTO subscription ({names}) VALUES ({marks})", values)
        return replace(subscription, id=made.lastrowid or 0)

    def change(self, id: int, **values: str | int | None) -> None:
        """Change some of a subscription; one removed meanwhile stays removed."""
        assert values.keys() <= set(_SUBSCRIPTION_FIELDS)
        names = ", ".join(f"{name} = ?" for name in values)
        self._db.execute(f"UPDATE subscription SET {names} WHERE id = ?", [*values.values(), id])

    def subscription(self, id: int) -> Subscription | None:
        """The subscription of that number, if there is one."""
        return next(self._subscriptions("WHERE id = ?", id), None)

    def subscriptions(self, **having: str) -> list[Subscription]:
        """Every subscription by number, or those of a state, a channel, a target."""
        assert having.keys() <= set(_SUBSCRIPTION_FIELDS)
        where = " AND ".join(f"{name} = ?" for name in having)
        return list(self._subscriptions(f"{'WHERE ' if where else ''}{where} ORDER BY id", *having.values()))

    def _subscriptions(self, rest: str, *values: object) -> Iterator[Subscription]:
        return map(_subscription, self._select(_SUBSCRIPTION, rest, values))

    def remove(self, id: int) -> bool:
        """Remove a subscription with its messages; whether there was one."""
        return bool(self._db.execute("DELETE FROM subscription WHERE id = ?", (id,)).rowcount)

    def forget_waiting(self, before: str) -> int:
        """Remove the subscriptions that were not confirmed and are older than a time; how many there were."""
        query = "DELETE FROM subscription WHERE state = 'waiting' AND created < ?"
        return self._db.execute(query, (before,)).rowcount

    # --- events told

    def is_told(self, subscription: int, number: str, kind: EventKind) -> bool:
        """Whether a subscription was told of an event."""
        query = "SELECT 1 FROM told WHERE subscription = ? AND number = ? AND kind = ?"
        return self._db.execute(query, (subscription, number, kind)).fetchone() is not None

    def tell(self, subscription: int, events: Iterable[tuple[str, EventKind]]) -> None:
        """Note the events that a message tells of."""
        rows = [(subscription, *event) for event in events]
        self._db.executemany("INSERT OR IGNORE INTO told VALUES (?, ?, ?)", rows)

    # --- messages

    def enqueue(self, message: Message) -> None:
        """Enter a message; not for a subscription removed meanwhile."""
        values = [getattr(message, name) for name in _MESSAGE_FIELDS]
        marks = ", ".join("?" * len(values))
        where = "WHERE EXISTS (SELECT 1 FROM subscription WHERE id = ?)"
        self._db.execute(
            f"INSERT INTO message ({', '.join(_MESSAGE_FIELDS)}) SELECT {marks} {where}",
            [*values, message.subscription],
        )

    def note(self, message: Message) -> None:
        """Note how far a message came; one removed meanwhile stays removed."""
        names = ", ".join(f"{name} = ?" for name in _PROGRESS_FIELDS)
        values = [getattr(message, name) for name in (*_PROGRESS_FIELDS, "id")]
        self._db.execute(f"UPDATE message SET {names} WHERE id = ?", values)

    def messages(self, progress: Progress, due: str = "9999") -> list[Message]:
        """The messages that came so far, and are due by then, oldest first."""
        return list(self._messages("WHERE progress = ? AND due <= ? ORDER BY rowid", progress, due))

    def message(self, id: str) -> Message | None:
        """The message of that name, if there is one."""
        return next(self._messages("WHERE id = ?", id), None)

    def _messages(self, rest: str, *values: str) -> Iterator[Message]:
        for row in self._select(_MESSAGE, rest, values):
            yield Message(**dict(zip(_MESSAGE_FIELDS, row, strict=True)))

    def release_refused(self, subscription: int, due: str) -> int:
        """Make the refused messages of a subscription ready again; how many there were."""
        query = "UPDATE message SET progress = 'ready', due = ? WHERE progress = 'refused' AND subscription = ?"
        return self._db.execute(query, (due, subscription)).rowcount

    def forget_sent(self, before: str) -> None:
        """Remove what was sent and written before a time."""
        self._db.execute("DELETE FROM message WHERE progress = 'sent' AND written < ?", (before,))

    # --- attempts, which are limited

    def attempts(self, who: str, since: str) -> int:
        """How often someone tried since a time."""
        query = "SELECT count(*) FROM attempt WHERE who = ? AND at >= ?"
        return int(self._db.execute(query, (who, since)).fetchone()[0])

    def note_attempt(self, who: str, at: str, keep_since: str) -> None:
        """Note an attempt, and forget those before a time."""
        self._db.execute("DELETE FROM attempt WHERE at < ?", (keep_since,))
        self._db.execute("INSERT INTO attempt VALUES (?, ?)", (who, at))

    def _damaged(self, error: Exception) -> AlertError:
        return AlertError(f"The alerts in {self.path} cannot be used ({error}); check the file and the disk.")


def _row(subscription: Subscription) -> list[Any]:
    """The values of a subscription as SQLite stores them."""
    values = {name: getattr(subscription, name) for name in _SUBSCRIPTION_FIELDS}
    values["kinds"] = ",".join(subscription.kinds)
    values["search"] = msgspec.json.encode(subscription.search).decode() if subscription.search else None
    return list(values.values())


def _subscription(row: Sequence[Any]) -> Subscription:
    values = dict(zip(_SUBSCRIPTION_FIELDS, row, strict=True))
    values["kinds"] = tuple(values["kinds"].split(","))
    values["search"] = msgspec.json.decode(values["search"], type=Request) if values["search"] else None
    return Subscription(**values)

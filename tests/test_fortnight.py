"""A fortnight of made-up days, as an operator and a reader of the feed live them: every event once, and none lost.

The documents of each day are indexed, or not: twice the program is killed, before its commit and after it. A reader
takes every page of the feed each evening. Another program asks each evening for the news since it last asked.
"""

import datetime as dt
import signal
import subprocess
import sys
import xml.etree.ElementTree as ET
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

from werkzeug.test import Client

import searchq
from searchq.index.format.manifest import MANIFEST
from searchq.indexing import index_paths
from searchq.indexing.upgrade import upgrade_index
from searchq.web import create_app
from tests.index.forgery import change_manifest
from tests.indexing.test_run import page
from tests.web.atom import ATOM, faults

INTERIM: Final = "Het antwoord zal later worden meegedeeld."
PROJECT: Final = Path(__file__).resolve().parents[1]

# A run in a process of its own, which dies as the manifest is to take its name, or has taken it.
KILLED: Final = """
import datetime, os, signal, sys
from searchq.index.format.manifest import MANIFEST
from searchq.index.write import writer
from searchq.indexing import index_paths

documents, place, moment, when = sys.argv[1:]
replace_whole = writer.replace_whole

def dying(directory, name, data):
    if when == "after":
        replace_whole(directory, name, data)
    if name == MANIFEST:
        os.kill(os.getpid(), signal.SIGKILL)

writer.replace_whole = dying
index_paths([documents], place, moment=datetime.datetime.fromisoformat(moment), jobs=1)
"""


def moment(day: int) -> dt.datetime:
    return dt.datetime(2026, 6, day, 5, 30, tzinfo=dt.UTC)


class Office:
    """A folder of documents, the index made of it, and what its readers were told."""

    def __init__(self, folder: Path) -> None:
        self.documents, self.aside, self.place = folder / "documents", folder / "aside", folder / "index"
        self.documents.mkdir()
        self.aside.mkdir()
        self.cursor = 0

    def write(self, number: str, answer: str | None = None, title: str = "Bewakers") -> None:
        (self.documents / f"{number}.txt").write_text(page(number, answer=answer, title=title), encoding="utf-8")

    def index(self, day: int, **options: Any) -> None:
        index_paths([self.documents], self.place, moment=moment(day), jobs=1, **options)

    def crash(self, day: int, *, committed: bool) -> None:
        """Index, and be killed just before the commit or just after it."""
        before = manifest(self.place)
        given = [self.documents, self.place, moment(day).isoformat(), "after" if committed else "before"]
        run = subprocess.run([sys.executable, "-c", KILLED, *map(str, given)], cwd=PROJECT)
        assert run.returncode == -signal.SIGKILL
        assert (manifest(self.place) != before) is committed

    def take_away(self, number: str) -> None:
        (self.documents / f"{number}.txt").rename(self.aside / number)

    def bring_back(self, number: str) -> None:
        (self.aside / number).rename(self.documents / f"back-{number}.txt")

    def outdate(self) -> None:
        """Let the index be one of an earlier analysis."""
        change_manifest(self.place, lambda members: members.update(analysis=0))

    def feed(self) -> list[tuple[str, str]]:
        """Every entry of every page: what it is, and when it came."""
        return list(entries(Client(create_app(self.place))))

    def news(self) -> list[tuple[str, str]]:
        """What came since this was last asked, the oldest first."""
        found = searchq.open(self.place).news("", after=self.cursor, limit=100)
        self.cursor = found.generation
        return [(one.question.number, "+".join(one.kinds)) for one in found.entries][::-1]


def manifest(place: Path) -> bytes:
    return (place / MANIFEST).read_bytes()


def entries(client: Client) -> Iterator[tuple[str, str]]:
    address = "/?format=atom&limit=3"
    while address:
        data = client.get(address).data
        assert faults(data) == []
        feed = ET.fromstring(data)
        for entry in feed.iterfind(f"{ATOM}entry"):
            told = [entry.findtext(f"{ATOM}{name}") or "" for name in ("id", "updated")]
            yield told[0].partition("vraag/")[2], told[1]
        following = feed.find(f"{ATOM}link[@rel='next']")
        place = urlsplit("" if following is None else following.attrib["href"])
        address = place.query and f"{place.path}?{place.query}"


# What happens on a day, and what is new that evening.
Day = tuple[Callable[[Office, int], None], list[tuple[str, str]]]


def first_run(office: Office, day: int) -> None:
    office.write("5-1")
    office.write("5-2")
    office.write("5-3", answer="Er zijn er drie.")
    office.index(day)


def new_question(office: Office, day: int) -> None:
    office.write("5-4")
    office.index(day)


def nothing(office: Office, day: int) -> None:
    office.index(day)


def late_answer(office: Office, day: int) -> None:
    office.write("5-1", answer="Er zijn er een.")
    office.index(day)


def correction_and_interim_answer(office: Office, day: int) -> None:
    office.write("5-1", answer="Er is er een.", title="Cipiers")
    office.write("5-2", answer=INTERIM)
    office.index(day)


def crash_before_the_commit(office: Office, day: int) -> None:
    office.write("5-5")
    office.write("5-4", answer="Er zijn er vier.")
    office.crash(day, committed=False)


def rebuild(office: Office, day: int) -> None:
    office.write("5-6", answer="Er zijn er zes.")
    office.index(day, rebuild=True)


def prune(office: Office, day: int) -> None:
    office.take_away("5-3")
    office.take_away("5-4")
    office.index(day, prune=True)


def upgrade(office: Office, day: int) -> None:
    office.outdate()
    upgrade_index(office.place, jobs=1)


def real_answer(office: Office, day: int) -> None:
    office.write("5-2", answer="Er zijn er twee.")
    office.index(day)


def crash_after_the_commit(office: Office, day: int) -> None:
    office.write("5-7")
    office.write("5-5", answer="Er zijn er vijf.")
    office.crash(day, committed=True)


def return_and_withdrawal(office: Office, day: int) -> None:
    office.bring_back("5-3")
    office.bring_back("5-4")
    office.write("5-1", title="Cipiers")  # the answer was put there by mistake
    office.index(day)


def rebuild_with_a_restored_answer(office: Office, day: int) -> None:
    office.write("5-1", answer="Er is er een.", title="Cipiers")
    office.index(day, rebuild=True)


FORTNIGHT: Final[list[Day]] = [
    (first_run, [("5-1", "new"), ("5-2", "new"), ("5-3", "new+answered")]),
    (new_question, [("5-4", "new")]),
    (nothing, []),
    (late_answer, [("5-1", "answered")]),
    (correction_and_interim_answer, []),
    (crash_before_the_commit, []),
    (nothing, [("5-4", "answered"), ("5-5", "new")]),
    (rebuild, [("5-6", "new+answered")]),
    (prune, []),
    (upgrade, []),
    (real_answer, [("5-2", "answered")]),
    (crash_after_the_commit, [("5-5", "answered"), ("5-7", "new")]),
    (return_and_withdrawal, []),
    (rebuild_with_a_restored_answer, []),
]
GONE: Final = {9: {"5-3", "5-4"}, 10: {"5-3", "5-4"}, 11: {"5-3", "5-4"}, 12: {"5-3", "5-4"}}  # by day


def told_until(day: int) -> list[tuple[str, str]]:
    """The feed that a day ends with: all that was new so far, the newest day first, without what is gone."""
    found = []
    for past in range(day, 0, -1):
        for number, kinds in reversed(FORTNIGHT[past - 1][1]):
            entry = number if kinds.startswith("new") else f"{number}/antwoord"
            if number not in GONE.get(day, ()):
                found.append((entry, moment(past).strftime("%Y-%m-%dT%H:%M:%SZ")))
    return found


def test_every_event_of_a_fortnight_is_told_once(tmp_path: Path) -> None:
    office = Office(tmp_path)
    for day, (happens, new) in enumerate(FORTNIGHT, 1):
        happens(office, day)
        assert office.news() == new, f"{day}: {happens.__name__}"
        assert office.feed() == told_until(day), f"{day}: {happens.__name__}"

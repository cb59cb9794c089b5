"""Two thousand questions, every fault of the site, two hundred kills: nothing lost, nothing asked twice, no haste."""

import multiprocessing
import random
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from searchq.fetching.ledger import Ledger
from searchq.fetching.plan import Wanted
from searchq.fetching.schedule import END_RUN
from searchq.fetching.senate import fetch_senate
from searchq.fetching.settings import Settings
from searchq.fetching.sites import SenateSite
from tests.fetching.conftest import CONTACT, PAUSE, Clock
from tests.fetching.pages import INTERIM, INTERIM_FR, Made
from tests.fetching.site import Site
from tests.fetching.test_senate import PROBES, checked, held, records
from tests.wait import PATIENCE, wait_until

FORCED = {
    "503": 1,
    "429": 1,
    "reset": 1,
    "cut": 1,
    "shell": 1,
    "layout": 1,
    "redirect": 1,
    "slow": 0,
}  # further requests
CHARSETS = (("windows-1252", "utf-8"), ("utf-8", "windows-1252"), ("utf-8", "unknown"), ("windows-1252", "iso-8859-1"))
HOLES = 7  # every seventh number was never given
PROMISE = (INTERIM_FR, INTERIM)


PROCESSES = multiprocessing.get_context("forkserver")  # a server in a thread of this process makes fork unsafe
PROCESSES.set_forkserver_preload(["searchq.fetching.senate"])


def run(root: str, archive: Path) -> None:
    """One run, in a process of its own, which may be killed."""
    fetch_senate(archive, Wanted((5,)), Settings(CONTACT, pause=PAUSE, clock=Clock()), SenateSite(root, {5: 0}))


def soak(site: Site, archive: Path, kills: int, chance: random.Random) -> None:
    """Kill as many runs as asked for, each after some requests, and let the last one end by itself."""
    step = len(site.questions) // kills
    for _ in range(kills):
        site.most = len(site.log) + chance.randint(1, 2 * step - 1)
        with started(site, archive) as child:
            wait_until(partial(is_over, site, child))
            assert child.exitcode is None
            time.sleep(chance.random() * 0.01)
    site.most = sys.maxsize
    with started(site, archive) as child:
        child.join(PATIENCE)
        assert child.exitcode == 0


def is_over(site: Site, child: Any) -> bool:
    return len(site.log) >= site.most or child.exitcode is not None


@contextmanager
def started(site: Site, archive: Path) -> Iterator[Any]:
    """A run that is killed at the end."""
    child = PROCESSES.Process(target=run, args=(site.root, archive))
    child.start()
    try:
        yield child
    finally:
        child.kill()
        child.join()


def made_up(count: int, chance: random.Random) -> list[Made]:
    """Questions with holes between them: answered, unanswered, closed, with an interim answer."""
    kinds = ({}, {}, {}, {"answer": None}, {"answer": None, "is_closed": True}, {"answer": PROMISE})  # type: ignore[var-annotated]
    return [Made(number, **chance.choice(kinds)) for number in range(1, count + 1) if number % HOLES]


@pytest.mark.parametrize(
    ("count", "kills"), [(120, 6), pytest.param(2000, 200, marks=[pytest.mark.slow, pytest.mark.timeout(PATIENCE)])]
)
def test_killed_runs_leave_what_the_server_holds_and_hardly_a_request_is_repeated(
    tmp_path: Path, count: Any, kills: Any
) -> None:
    chance = random.Random(count)
    questions = made_up(count, chance)
    with Site(*questions, least_gap=PAUSE.least) as site:
        site.slow_seconds, site.retry_after = 0.03, "0"
        for question in chance.sample(questions, count // 12):
            site.faults[question.number] = [chance.choice(list(FORCED))]
            site.charsets[question.number + 1] = chance.choice(CHARSETS)
        forced = sum(FORCED[fault] for faults in site.faults.values() for fault in faults)  # type: ignore[index, misc]
        soak(site, tmp_path, kills, chance)
        last = max(question.number for question in questions)
        least = 1 + len(PROBES) + last + END_RUN + forced + kills
        assert len(site.log) <= 1.02 * least
        assert site.violations == []
        assert held(tmp_path) == answers(site)
        assert len(records(tmp_path, "response")) == len(questions)
        check_gaps(tmp_path, last, questions)
        check_a_day_later(site, tmp_path, last)
    checked(tmp_path)


def answers(site: Site) -> dict[str, str | None]:
    """The questions that a site holds, with their answers."""
    return {one.name: one.answer[1] if one.answer else None for one in site.questions.values()}


def check_gaps(archive: Path, last: int, questions: list[Made]) -> None:
    """Every number without a question is a gap, and no other."""
    with Ledger(archive) as ledger:
        gaps = {page.number for page in ledger.pages(5, "both") if page.state == "absent" and page.number <= last}
    assert gaps == set(range(1, last + 1)) - {one.number for one in questions}


def check_a_day_later(site: Site, archive: Path, last: int) -> None:
    """A day later only what is new, unanswered or interim is asked for, and only what changed is stored."""
    waiting = [one for one in site.questions.values() if not one.is_closed and one.answer in (None, PROMISE)]
    arrived = [replace(one, answer=("Oui.", "Ja.")) for one in waiting[::2]]
    new = [Made(last + 1), Made(last + 3, answer=None)]
    site.questions.update({(one.legislature, one.number): one for one in (*arrived, *new)})
    site.log.clear()
    stored, clock = len(records(archive, "response")), Clock()
    clock.pass_days(1)
    fetch_senate(archive, Wanted((5,)), Settings(CONTACT, pause=PAUSE, clock=clock), SenateSite(site.root, {5: 0}))
    due = {one.number for one in waiting}
    assert sorted(site.asked) == sorted([*PROBES, *range(last + 1, last + 3 + END_RUN + 1), *due])
    assert len(records(archive, "response")) == stored + len(arrived) + len(new)
    assert held(archive) == answers(site)

"""A page that came back unchanged moves the day it was last seen, and is no document."""

import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import searchq
from searchq.fetching.plan import Wanted
from searchq.indexing import index_paths
from tests.fetching.pages import Made, both
from tests.fetching.site import Site

BEGIN = dt.date(2026, 3, 2)


def seen(archive: Any, tmp_path: Any) -> dict[str, dt.date | None]:
    index_paths([archive], tmp_path / "index", jobs=1)
    index = searchq.open(tmp_path / "index")
    return {number: index.question(number).last_seen for number in ("8-1", "8-2")}


@pytest.fixture
def two() -> Iterator[Any]:
    with Site(Made(1, 8, answer=None), Made(2, 8)) as site:
        yield site


WANTED = Wanted((8,), last=2)


@pytest.mark.parametrize("frame", ["same", "other"])
def test_an_open_question_is_seen_as_long_as_the_site_shows_it_so(
    archive: Any, clock: Any, fetch: Any, two: Any, tmp_path: Path, frame: str
) -> None:
    if frame == "other":
        two.has_etags = False
        two.render = lambda made: both(made).replace("</body>", f"<!-- {clock.moment} --></body>")
    fetch(two, WANTED)
    assert seen(archive, tmp_path) == {"8-1": BEGIN, "8-2": BEGIN}
    clock.pass_days(3)
    assert fetch(two, WANTED).unchanged == 1
    assert seen(archive, tmp_path) == {"8-1": BEGIN + dt.timedelta(days=3), "8-2": BEGIN}
    clock.pass_days(30)
    two.faults[1] = ["shell"] * 9
    fetch(two, WANTED)
    assert seen(archive, tmp_path)["8-1"] == BEGIN + dt.timedelta(days=3)


def test_a_question_that_is_no_longer_shown_was_not_seen_again(
    archive: Any, clock: Any, fetch: Any, two: Any, tmp_path: Path
) -> None:
    fetch(two, WANTED)
    del two.questions[8, 1]
    clock.pass_days(3)
    fetch(two, WANTED)
    assert seen(archive, tmp_path)["8-1"] == BEGIN


def test_an_answer_that_came_later_is_of_its_own_day(
    archive: Any, clock: Any, fetch: Any, two: Any, tmp_path: Path
) -> None:
    fetch(two, WANTED)
    clock.pass_days(1)
    fetch(two, WANTED)
    two.questions[8, 1] = Made(1, 8)
    clock.pass_days(30)
    fetch(two, WANTED)
    assert seen(archive, tmp_path)["8-1"] == BEGIN + dt.timedelta(days=31)
    assert searchq.open(tmp_path / "index").question("8-1").status == "answered"

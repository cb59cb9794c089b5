"""One folder, in whatever form its path is written."""

import os
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from searchq.api import open_index
from searchq.cli.main import main
from searchq.indexing import index_paths
from searchq.indexing.paths import Within, _real
from tests.indexing.test_run import page


@pytest.fixture
def pages(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    folder = tmp_path / "pages"
    folder.mkdir()
    for serial in (1, 2, 3):
        (folder / f"{serial}.txt").write_text(page(f"5-{serial}"), encoding="utf-8")
    (tmp_path / "link").symlink_to(folder)
    monkeypatch.chdir(tmp_path)
    return folder


FORMS = ("pages", "./pages", "pages/", "{}/pages", "link", "{}/link", "../{name}/pages")


def form(text: str, folder: Path) -> str:
    return text.format(folder.parent, name=folder.parent.name)


@pytest.mark.parametrize("first", ["pages", "{}/pages", "link"])
@pytest.mark.parametrize("second", FORMS)
def test_a_folder_is_the_same_however_its_path_is_written(pages: Any, tmp_path: Path, first: str, second: Any) -> None:
    index_paths([form(first, pages)], "index", jobs=1)
    (pages / "2.txt").unlink()
    report = index_paths([form(second, pages)], "index", jobs=1)
    assert (len(report.gone), report.questions) == (1, 3)
    report = index_paths([form(second, pages)], "index", jobs=1, prune=True)
    assert [one.number for one in report.removed if one.whole] == ["5-2"]
    assert list(open_index("index").numbers()) == ["5-1", "5-3"]
    for number in ("5-1", "5-3"):
        assert len(open_index("index").question(number).sources) == 1
    assert index_paths([form(second, pages)], "index", jobs=1).unchanged == 2


def test_the_folder_one_stands_in_is_the_same_from_outside(
    pages: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(pages)
    index_paths(["."], tmp_path / "index", jobs=1)
    (pages / "2.txt").unlink()
    report = index_paths([pages], tmp_path / "index", jobs=1, prune=True)
    assert [one.number for one in report.removed if one.whole] == ["5-2"]
    (pages / "3.txt").unlink()
    report = index_paths(["."], tmp_path / "index", jobs=1, prune=True)
    assert [one.number for one in report.removed if one.whole] == ["5-3"]


@pytest.mark.parametrize(
    ("given", "name", "is_within"),
    [
        ("pages", "pages/1.txt", True),
        ("pages", "pages2/1.txt", False),
        ("pages/1.txt", "pages/1.txt:inner", True),
        ("pages/1.txt", "link/1.txt", True),
        ("pages/*.txt", "{}/pages/1.txt", True),
        ("{}/link/*.txt", "pages/1.txt", True),
        ("pages/*.html", "pages/1.txt", False),
        (".", "pages/1.txt", True),
        ("*", "pages/1.txt", True),
        ("/", "pages/1.txt", True),
        ("pages", "../elsewhere/1.txt", False),
    ],
)
def test_what_lies_within_a_path(pages: Any, given: str, name: str, is_within: bool) -> None:
    assert Within([form(given, pages)])(form(name, pages)) is is_within


def test_a_folder_that_holds_nothing_any_more_is_not_pruned_unless_told(
    pages: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    index_paths(["pages"], "index", jobs=1)
    for path in pages.iterdir():
        path.unlink()
    assert main(["index", "pages", "--prune"]) != 0
    told = capsys.readouterr().err
    assert "pages held 3 documents and now holds none" in told
    assert "--prune-emptied" in told
    assert open_index("index").info()["questions"] == 3
    report = index_paths(["pages"], "index", jobs=1, prune_emptied=True)
    assert (len(report.removed), report.questions) == (3, 0)


PART = st.sampled_from(["pages", "pages2", "link", "1.txt", "1.zip:a", "..", ".", ""])
NAME = st.lists(PART, min_size=1, max_size=4).map("/".join)


@given(st.lists(NAME | st.sampled_from(["*.txt", "pages/*", "/"]), max_size=3), st.lists(NAME, max_size=8))
def test_what_is_known_of_a_folder_changes_nothing(given: Any, names: Any) -> None:
    within = Within(given)
    assert [within(name) for name in names] == [any(root.holds(name) for root in within._roots) for name in names]


FOLDERS = ("a", "a/b", "a/b/c", "d")
LINKS = {"d/a": "../a", "a/up": "..", "a/b/loop": "loop", "twice": "d/a", "d/far": "b/nowhere"}
STEP = st.sampled_from(["a", "b", "c", "d", "up", "loop", "twice", "far", "x.zip:b", "..", ".", ""])


@given(st.lists(STEP, min_size=1, max_size=5).map("/".join), st.booleans())
def test_a_folder_is_where_the_system_says(
    tmp_path_factory: pytest.TempPathFactory, name: str, is_absolute: bool
) -> None:
    root = tmp_path_factory.getbasetemp() / "linked"
    if not root.exists():
        for folder in FOLDERS:
            (root / folder).mkdir(parents=True, exist_ok=True)
        for link, target in LINKS.items():
            (root / link).symlink_to(target)
    path = f"{root}/{name}" if is_absolute else name
    assert _real(path, root) == os.path.realpath(root / path)

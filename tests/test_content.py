"""The digest of an index's content: the same while nothing changes, another after any change."""

from pathlib import Path

import searchq
from searchq.engines.open import open_engine
from searchq.question import Question
from tests.writes import add


def test_the_content_changes_with_the_index_and_not_otherwise(tmp_path: Path) -> None:
    found = []
    for folder, title in (("a", "trein"), ("b", "treit")):
        add(open_engine(tmp_path / folder), [Question("5-1", title=title)])
        found.append(searchq.open(tmp_path / folder).content)
        assert searchq.open(tmp_path / folder).content == found[-1]
    add(open_engine(tmp_path / "a"), [Question("5-2", title="trein")])
    found.append(searchq.open(tmp_path / "a").content)
    assert len(set(found)) == 3 and all(found)

"""What waits for the commit of a new index on a cluster."""

import contextlib
import tempfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from searchq.engines.opensearch.spool import Spool
from searchq.errors import IndexWriteError
from searchq.question import Entry, Question

changes = st.lists(st.tuples(st.booleans(), st.integers(1, 6), st.text(max_size=5)), max_size=30)


@given(changes=changes, size=st.integers(1, 4))
def test_it_holds_what_a_dictionary_would(changes: list[tuple[bool, int, str]], size: int) -> None:
    spool, plain = Spool(), dict[str, Entry]()
    for is_put, serial, title in changes:
        entry = Entry(Question(f"5-{serial}", title=title), (Question(f"5-{serial}"), Question("5-9")))
        if is_put:
            spool.put(entry)
            plain[entry.question.number] = entry
        else:
            assert spool.delete(entry.question.number) == (plain.pop(entry.question.number, None) is not None)
    batches = list(spool.batches(size))
    assert [entry for batch in batches for entry in batch] == list(plain.values())
    assert all(len(batch) == size for batch in batches[:-1])
    assert [spool.entry(f"5-{serial}") for serial in range(8)] == [plain.get(f"5-{serial}") for serial in range(8)]
    spool.close()


def test_a_sample_is_from_beginning_to_end() -> None:
    spool = Spool()
    for serial in range(1, 101):
        spool.put(Entry(Question(f"5-{serial}"), ()))
    assert [question.number for question in spool.sample(4)] == ["5-1", "5-26", "5-51", "5-76"]
    assert len(spool.sample(1000)) == len(spool) == 100


def test_a_full_disk_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "TemporaryFile", lambda: Path("/dev/full").open("r+b"))  # noqa: SIM115
    spool = Spool()
    with pytest.raises(IndexWriteError, match=r"A new index is collected in .*: No space left on device"):
        spool.put(Entry(Question("5-1"), ()))
    with contextlib.suppress(OSError):
        spool.close()

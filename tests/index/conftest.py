"""What tests of the index share."""

from collections.abc import Iterator
from typing import Any

import pytest

from searchq import atomic_file
from searchq.index.write import merge_policy as tiers
from searchq.index.write import storage, writer
from tests.index.plain_index import small_dictionary


@pytest.fixture(scope="module", autouse=True)
def small() -> Iterator[Any]:
    """The tests here bring analyzers of their own, and a dictionary of two words instead of seven megabytes."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(writer, "packed_dictionary", small_dictionary)
        yield


@pytest.fixture(scope="module")
def eager() -> Iterator[Any]:
    """Three segments of like size are merged; and the disk is not waited for, which other tests do."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(tiers, "_TIER", 3)
        for module in (storage, atomic_file):
            patch.setattr(module, "sync_file", lambda handle: None)
        yield

"""What tests of the index share."""

import os
from types import SimpleNamespace

import pytest

from searchq.index.write import merge_policy as tiers
from searchq.index.write import storage


@pytest.fixture(scope="module")
def eager():
    """Three segments of like size are merged; and the disk is not waited for, which other tests do."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(tiers, "_TIER", 3)
        patch.setattr(storage, "os", SimpleNamespace(**{**vars(os), "fsync": lambda handle: None}))
        yield

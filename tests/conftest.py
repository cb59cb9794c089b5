"""What tests of every room share: the folder of real data, where there is one, and Hypothesis without a stopwatch."""

import os
from pathlib import Path

import pytest
from hypothesis import settings

SHARED = Path(__file__).resolve().parents[2] / "shared"

os.environ["SEARCHQ_LANGUAGE"] = "en"  # whatever the locale of the machine

settings.register_profile("searchq", deadline=None)  # a busy machine is no failure
settings.load_profile("searchq")


@pytest.fixture(scope="session")
def shared() -> Path:
    """The data folder beside the checkout (seeds, corpus, relevance, stemming); the test is skipped without it."""
    if not SHARED.is_dir():
        pytest.skip(f"real data is absent: there is no folder {SHARED}")
    return SHARED

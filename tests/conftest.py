"""What tests of every room share: the folder of real data, where there is one, and no stopwatch."""

import datetime as dt
import gc
import os
import shutil
import sys
import tempfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

from tests.patience import sitecustomize  # before any module of ours takes over a limit

SHARED = Path(__file__).resolve().parents[2] / "shared"

os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # what one process compiles serves the hundreds that the tests start
sys.dont_write_bytecode = False
os.environ["SEARCHQ_LANGUAGE"] = "en"  # whatever the locale of the machine
PATIENT = str(Path(sitecustomize.__file__).parent)
if PATIENT not in os.environ.get("PYTHONPATH", "").split(os.pathsep):  # a worker of pytest has it from its parent
    os.environ["PYTHONPATH"] = os.pathsep.join(filter(None, (PATIENT, os.environ.get("PYTHONPATH"))))

MEMORY = Path("/dev/shm")
ROOM_BYTES = 5 << 30  # more than twice what the tests of a run leave: an index of three questions holds a dictionary
if "TMPDIR" not in os.environ and os.access(MEMORY, os.W_OK) and shutil.disk_usage(MEMORY).free > ROOM_BYTES:
    os.environ["TMPDIR"] = tempfile.tempdir = str(MEMORY)  # thousands of files are made durable: no disk to wait for

settings.register_profile("searchq", deadline=None)  # a busy machine is no failure
settings.load_profile("searchq")


@pytest.fixture(scope="session")
def shared() -> Path:
    """The data folder beside the checkout (seeds, corpus, relevance, stemming); the test is skipped without it."""
    if not SHARED.is_dir():
        pytest.skip(f"real data is absent: there is no folder {SHARED}")
    return SHARED


@pytest.fixture(scope="session")
def sample_index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of an index of the sample questions; nobody writes to it."""
    from searchq.indexing import index_paths
    from searchq.samples import samples_path

    folder = tmp_path_factory.mktemp("samples") / "index"
    index_paths([samples_path()], folder, moment=dt.datetime(2026, 1, 15, 9, 30, tzinfo=dt.UTC), jobs=1)
    return folder


def pytest_configure(config: pytest.Config) -> None:
    """Load what only slow tests ask for."""
    if "not slow" not in config.getoption("markexpr"):
        config.pluginmanager.import_plugin("schemathesis.pytest.plugin")


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Any:
    """Give each worker a row of modules, so that few fixtures are made twice; who is idle takes from who is busy."""
    if config.getoption("dist") != "load":
        return None  # somebody asked for another one
    from xdist.scheduler import WorkStealingScheduling

    return WorkStealingScheduling(config, log)


def pytest_collection_finish() -> None:
    """Let the garbage collector pass over what stays until the end: thousands of tests and their modules."""
    gc.collect()
    gc.freeze()


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """Leave a module of slow tests unread where none of them would run: what it makes takes seconds."""
    is_slow_alone = collection_path.name.endswith("_at_length.py")
    return True if is_slow_alone and "not slow" in config.getoption("markexpr") else None

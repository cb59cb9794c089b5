"""A cluster for the tests of the engine over one."""

import os
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.cluster.addresses import own_address
from tests.cluster.start import Cluster, NoCluster


@pytest.fixture(scope="session")
def cluster_hosts(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sequence[str]]:
    """The hosts of a cluster: that of SEARCHQ_TEST_CLUSTER, or one that is started; skips, saying why, without any.

    With SEARCHQ_CLUSTER_REQUIRED it fails instead.
    """
    running = os.environ.get("SEARCHQ_TEST_CLUSTER")
    if running:
        yield running.split(",")
        return
    try:
        with in_memory(tmp_path_factory) as folder, Cluster(folder, heap="384m", brief=True) as cluster:
            yield cluster.hosts
    except NoCluster as error:
        refuse = pytest.fail if os.environ.get("SEARCHQ_CLUSTER_REQUIRED") else pytest.skip
        refuse(f"no cluster: {error}")


@contextmanager
def in_memory(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A folder in memory where that has room, so that creating an index waits for no disk."""
    memory = Path("/dev/shm")
    if not memory.is_dir() or shutil.disk_usage(memory).free < 2 << 30:
        yield tmp_path_factory.mktemp("cluster")
        return
    with tempfile.TemporaryDirectory(dir=memory, prefix="searchq-") as folder:
        yield Path(folder)


@pytest.fixture
def cluster_address(cluster_hosts: Sequence[str]) -> Iterator[str]:
    """The address of an index of a test."""
    with own_address(cluster_hosts) as address:
        yield address

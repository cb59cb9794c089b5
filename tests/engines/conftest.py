"""A cluster for the tests of the engine over one."""

import os
from collections.abc import Iterator, Sequence

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
        with Cluster(tmp_path_factory.mktemp("cluster"), heap="384m", brief=True) as cluster:
            yield cluster.hosts
    except NoCluster as error:
        refuse = pytest.fail if os.environ.get("SEARCHQ_CLUSTER_REQUIRED") else pytest.skip
        refuse(f"no cluster: {error}")


@pytest.fixture
def cluster_address(cluster_hosts: Sequence[str]) -> Iterator[str]:
    """The address of an index of a test."""
    with own_address(cluster_hosts) as address:
        yield address

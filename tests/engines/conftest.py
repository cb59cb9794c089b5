"""A cluster for the tests of the engine over one."""

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import count

import pytest

from tests.cluster.start import Cluster, NoCluster

_NUMBERS = count()


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
        with Cluster(tmp_path_factory.mktemp("cluster")) as cluster:
            yield cluster.hosts
    except NoCluster as error:
        refuse = pytest.fail if os.environ.get("SEARCHQ_CLUSTER_REQUIRED") else pytest.skip
        refuse(f"no cluster: {error}")


@contextmanager
def own_address(hosts: Sequence[str]) -> Iterator[str]:
    """The address of an index of its own, which is removed afterwards."""
    from opensearchpy import OpenSearch

    name = f"test-{os.getpid()}-{next(_NUMBERS)}"
    yield f"opensearch+http://{','.join(hosts)}/{name}"
    with OpenSearch(f"http://{hosts[0]}") as client:
        client.indices.delete(index=f"{name}-*,{name}.state", params={"ignore_unavailable": "true"})


@pytest.fixture
def cluster_address(cluster_hosts: Sequence[str], monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """The address of an index of a test."""
    monkeypatch.setenv("SEARCHQ_OPENSEARCH_REPLICAS", "0")
    with own_address(cluster_hosts) as address:
        yield address

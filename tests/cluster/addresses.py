"""Addresses of indexes on the cluster of the tests: a module that is imported once, so that no number comes twice."""

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import count

import pytest

_NUMBERS = count()


@contextmanager
def own_address(hosts: Sequence[str]) -> Iterator[str]:
    """The address of an index of its own, which is removed afterwards."""
    from opensearchpy import OpenSearch

    name = f"test-{os.getpid()}-{next(_NUMBERS)}"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SEARCHQ_OPENSEARCH_REPLICAS", "0")
        yield f"opensearch+http://{','.join(hosts)}/{name}"
    with OpenSearch(f"http://{hosts[0]}") as client:
        client.indices.delete(index=f"{name}-*,{name}.state", params={"ignore_unavailable": "true"})

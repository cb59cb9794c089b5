"""A cluster answers requests of every kind as the embedded engine does, on one shard and on three.

SEARCHQ_DIFFERENTIAL=40000,2000 sets how many questions, and how many requests.
"""

import os
import statistics
from typing import Any

import pytest

from searchq.engines.embedded.engine import EmbeddedEngine
from searchq.engines.open import open_engine
from tests.benchmarks.corpus import questions
from tests.engines.differential import compare, fill, requests_over

LEAST_SHARED = 0.995  # of the first hits of words


@pytest.mark.slow
@pytest.mark.cluster
@pytest.mark.timeout(7200)
@pytest.mark.parametrize("shards", ["1", "3"])
def test_both_engines_answer_alike(
    cluster_address: Any, tmp_path: Any, monkeypatch: pytest.MonkeyPatch, shards: str
) -> None:
    count, asked = map(int, os.environ.get("SEARCHQ_DIFFERENTIAL", "2000,300").split(","))
    monkeypatch.setenv("SEARCHQ_OPENSEARCH_SHARDS", shards)
    corpus = list(questions(count))
    embedded, cluster = EmbeddedEngine(tmp_path / "index"), open_engine(cluster_address)
    for engine in (embedded, cluster):
        fill(engine, corpus)
    found = compare(embedded, cluster, list(requests_over(corpus, asked)))
    print(found.told())
    assert found.differing == []
    assert statistics.mean(found.shared["words"]) >= LEAST_SHARED

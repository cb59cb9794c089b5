"""A node of three is killed while runs write and readers read: nothing is lost, nothing doubled, no answer wrong.

Later that one comes back, and another is killed.

SEARCHQ_RUNS=100,8 sets how many runs write, and how many readers read.
"""

import os
import threading
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from opensearchpy import OpenSearch

from searchq.engines.open import open_engine
from searchq.errors import SearchqError
from searchq.query.request import FacetQuery, Request
from searchq.question import Question
from tests.cluster.start import Cluster, NoCluster
from tests.writes import add

IN_A_RUN = 20  # questions


@pytest.fixture(scope="module")
def three(tmp_path_factory: pytest.TempPathFactory) -> Any:
    try:
        with Cluster(tmp_path_factory.mktemp("cluster"), nodes=3, heap="512m", brief=True) as cluster:
            yield cluster
    except NoCluster as error:
        pytest.skip(f"no cluster: {error}")


class Readers:
    """Threads that ask again and again; an answer is right if it is of some commit."""

    def __init__(self, address: str, count: int) -> None:
        self.told: Counter[str] = Counter()
        self._address, self._done = address, threading.Event()
        self._threads = [threading.Thread(target=self._read) for _ in range(count)]
        for thread in self._threads:
            thread.start()

    def stop(self) -> None:
        self._done.set()
        for thread in self._threads:
            thread.join()

    def _read(self) -> None:
        engine, request = open_engine(self._address), Request(text="treinen", facets=(FacetQuery("party"),))
        while not self._done.wait(0.05):
            try:
                hits = engine.search(request)
            except SearchqError:
                self.told["error"] += 1
                continue
            late = any(hint.code == "deadline" for hint in hits.hints)
            counted = sum(value.count for value in hits.facets[0].values) if hits.facets else hits.total
            is_whole = hits.total == counted == hits.generation * IN_A_RUN
            self.told["late" if late else "right" if is_whole else f"wrong: {hits.total}, {counted}"] += 1


def wait_for_copies(cluster: Cluster) -> None:
    """Wait until every shard has its copy."""
    with OpenSearch(f"http://{cluster.hosts[0]}") as client:
        nodes = {"wait_for_nodes": cluster.nodes, "wait_for_status": "green", "timeout": "600s"}
        client.cluster.health(params={**nodes, "request_timeout": 610})


@pytest.mark.slow
@pytest.mark.cluster
@pytest.mark.timeout(3600)
def test_a_node_is_lost_while_runs_write_and_readers_read(
    three: Cluster, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    runs, readers = map(int, os.environ.get("SEARCHQ_RUNS", "8,2").split(","))
    monkeypatch.setenv("SEARCHQ_OPENSEARCH_SHARDS", "3")
    address = f"opensearch+http://{','.join(three.hosts)}/losses"
    engine = open_engine(address)
    batches = [
        [Question(f"5-{run * IN_A_RUN + at}", title=f"treinen {at}", party="Ecolo") for at in range(1, IN_A_RUN + 1)]
        for run in range(runs)
    ]
    add(engine, batches[0])
    wait_for_copies(three)
    reading, tries = Readers(address, readers), 0
    try:
        for run, batch in enumerate(batches[1:], 1):
            if run == runs // 2:
                three.start_node(3)
                wait_for_copies(three)
            killed = {runs // 3: 3, 3 * runs // 4: 1}.get(run)
            killing = threading.Timer(0.2, three.kill_node, [killed]) if killed else None
            if killing:
                killing.start()
            while engine.about().generation <= run:  # a run that fails changed nothing, and is begun again
                tries += 1
                try:
                    add(engine, batch)
                except SearchqError as error:
                    print(f"run {run}: {error}")
            if killing:
                killing.join()
    finally:
        reading.stop()
    print(f"{runs} runs in {tries + 1} tries; {dict(reading.told)}")
    numbers = sorted(question.number for batch in batches for question in batch)
    assert sorted(engine.numbers()) == numbers
    assert engine.verify() == []
    assert not [told for told in reading.told if told.startswith("wrong")]
    assert reading.told["right"] > reading.told["error"]

"""The engine over a cluster keeps the contract of all engines, and what is its own."""

from collections.abc import Iterator
from typing import Any

import pytest
from opensearchpy import OpenSearch

from searchq.cli.sentences import in_dutch
from searchq.engine import WriteOptions
from searchq.engines.open import open_engine
from searchq.engines.opensearch import generations
from searchq.engines.opensearch.connection import Connection
from searchq.engines.opensearch.engine import ClusterEngine
from searchq.engines.opensearch.generations import NEWEST
from searchq.engines.opensearch.view import View
from searchq.errors import IndexBroken, IndexFault, IndexLocked, IndexMissing, IndexOutdated, IndexWriteError, OutOfTime
from searchq.query.request import FacetQuery, Request
from tests.cluster.addresses import own_address
from tests.engines import parliament
from tests.engines.contract import QUESTIONS, EngineContract, only_read
from tests.plain_engine import PlainEngine
from tests.writes import add, delete

pytestmark = pytest.mark.cluster


class TestClusterEngine(EngineContract):
    @pytest.fixture
    def engine(self, cluster_address: str) -> Any:
        return ClusterEngine(cluster_address)

    @pytest.fixture(scope="class")
    @classmethod
    def filled(cls, cluster_hosts: Any) -> Iterator[Any]:
        with own_address(cluster_hosts) as address:
            yield only_read(ClusterEngine(address))


@pytest.fixture
def client(cluster_hosts: Any) -> Any:
    with OpenSearch(f"http://{cluster_hosts[0]}") as client:
        yield client


def name_of(address: str) -> str:
    return address.rpartition("/")[2]


def test_two_engines_see_each_others_commits(cluster_address: Any) -> None:
    one, other = open_engine(cluster_address), open_engine(cluster_address)
    add(one, QUESTIONS[:1])
    assert other.search(Request()).total == 1
    add(other, QUESTIONS[1:])
    assert one.search(Request()).total == len(QUESTIONS)
    with one.update(), pytest.raises(IndexLocked, match="updating"):
        other.update()


def test_questions_over_several_shards_are_counted_and_ordered_as_one(
    cluster_address: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SEARCHQ_OPENSEARCH_SHARDS", "3")
    engine = open_engine(cluster_address)
    add(engine, QUESTIONS)
    found = engine.search(Request(text="treinen OF media", facets=(FacetQuery("party"),)))
    assert (found.total, {one.value: one.count for one in found.facets[0].values}) == (4, {"Ecolo": 2, "N-VA": 1})
    assert engine.numbers() == ["4-7", "5-10", "5-11", "5-12"]


def test_a_rebuild_tells_how_many_questions_the_cluster_has(cluster_address: Any) -> None:
    told: list[tuple[int, int]] = []
    with open_engine(cluster_address).update(
        rebuild=True, options=WriteOptions(written=lambda *counts: told.append(counts))
    ) as update:
        for question in QUESTIONS:
            update.put(question)
        assert told == []
        update.commit()
    assert told == [(len(QUESTIONS), len(QUESTIONS))]


@pytest.fixture
def calls(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Grows by every call to a cluster."""
    made, call = list[str](), Connection._told

    def counted(self: Connection, function: Any, part: str | None) -> Any:
        made.append("call")
        return call(self, function, part)

    monkeypatch.setattr(Connection, "_told", counted)
    return made


def test_a_page_takes_few_calls(cluster_address: Any, calls: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(generations, "_FRESH", -1.0)
    engine = open_engine(cluster_address)
    add(engine, QUESTIONS)
    engine.search(Request(text="media", facets=(FacetQuery("party"),)))  # loads the values of the facet
    calls.clear()
    request = Request(text="treinen station", facets=(FacetQuery("party"),), all_words=True)
    found = engine.search(request)
    assert [word for one in found.highlight for word in one.words]
    assert len(calls) == 4  # the newest generation; how rare the words are; what matches, and their forms; the records
    calls.clear()
    assert engine.search(request).highlight == found.highlight
    assert len(calls) == 3


def test_the_newest_generation_is_read_once_for_what_is_asked_at_once_and_own_commits_are_seen(
    cluster_address: Any, calls: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(generations, "_FRESH", 3600.0)
    engine, other = open_engine(cluster_address), open_engine(cluster_address)
    add(engine, QUESTIONS[:1])
    calls.clear()
    assert [engine.about().questions for _ in range(5)] == [1] * 5
    assert len(calls) == 1
    add(other, QUESTIONS)
    assert engine.about().questions == engine.search(Request()).total == len(QUESTIONS)


def test_what_a_killed_update_left_behind_is_removed_by_the_next(cluster_address: Any, client: Any) -> None:
    engine = open_engine(cluster_address)
    add(engine, QUESTIONS)
    left: Any = engine.update()
    left.delete("5-12")
    left.put(QUESTIONS[0])
    left._send()
    left._sending.finish()
    left._mark_dead()
    left._lock._done.set()  # killed here: nothing is renewed, nothing aborted
    client.update(index=f"{name_of(cluster_address)}.state", id="lock", body={"doc": {"until": 0}})
    add(engine, [QUESTIONS[1]])
    assert engine.numbers() == ["4-7", "5-10", "5-11", "5-12"]
    delete(engine, ["5-10"])
    assert (engine.about().questions, engine.verify()) == (3, [])


def test_the_lock_of_a_living_update_is_not_taken_over_and_one_that_was_cannot_commit(
    cluster_address: Any, client: Any
) -> None:
    engine = open_engine(cluster_address)
    with engine.update() as update:
        update.put(QUESTIONS[0])
        client.update(index=f"{name_of(cluster_address)}.state", id="lock", body={"doc": {"until": 0}})
        add(open_engine(cluster_address), QUESTIONS)
        with pytest.raises(IndexLocked):
            update.commit()
    assert engine.about().questions == len(QUESTIONS)


def test_a_rebuild_moves_the_alias(cluster_address: Any, client: Any) -> None:
    engine, name = open_engine(cluster_address), name_of(cluster_address)
    add(engine, QUESTIONS)
    first = list(client.indices.get_alias(name=name))
    with engine.update(rebuild=True) as update:
        update.put(QUESTIONS[0])
        update.commit()
    assert len(first) == 1 and list(client.indices.get_alias(name=name)) == [engine.about().details["index"]] != first


def test_an_index_of_another_version_is_refused_with_the_remedy(cluster_address: Any, client: Any) -> None:
    engine = open_engine(cluster_address)
    add(engine, QUESTIONS)
    state = f"{name_of(cluster_address)}.state"
    client.update(index=state, id=NEWEST, body={"doc": {"schema": "another"}})
    for ask in (engine.about, lambda: engine.search(Request()), engine.update):
        with pytest.raises(IndexOutdated, match="searchq index --rebuild"):
            ask()
    with engine.update(rebuild=True) as update:
        update.put(QUESTIONS[0])
        assert update.commit() == 2
    assert engine.search(Request()).total == 1


def test_a_part_that_is_missing_is_an_error_never_a_smaller_answer(cluster_address: Any, client: Any) -> None:
    engine = open_engine(cluster_address)
    add(engine, QUESTIONS)
    client.indices.close(index=engine.about().details["index"])
    with pytest.raises((IndexBroken, IndexFault)):
        engine.search(Request())
    assert engine.verify() != []


def test_groups_too_many_for_one_answer_are_counted_page_by_page(
    cluster_address: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine, request = open_engine(cluster_address), Request(text="media treinen")
    add(engine, QUESTIONS)
    first = engine.search(request)
    monkeypatch.setattr("searchq.engines.opensearch.groups._MOST", 0)
    again = engine.search(request)
    assert (again.groups, again.partial_groups) == (first.groups, first.partial_groups)
    assert engine.search(Request()).groups == len(QUESTIONS) - 1


def test_nothing_built_yet_names_the_remedy(cluster_address: Any) -> None:
    with pytest.raises(IndexMissing, match="searchq index"):
        open_engine(cluster_address).about()


def test_an_index_that_grew_from_a_few_questions_scores_as_one_made_at_once(cluster_address: Any) -> None:
    engine = open_engine(cluster_address)
    add(engine, parliament.QUESTIONS[:5])
    add(engine, parliament.QUESTIONS[5:])
    whole = PlainEngine(parliament.QUESTIONS)
    request = Request(text="trein OF station", limit=100, recency=False, proximity=False, fold=False)
    ours, theirs = (sorted((hit.score, hit.number) for hit in one.search(request).hits) for one in (whole, engine))
    assert [score for score, _ in theirs] == pytest.approx([score for score, _ in ours], rel=2e-3)


def test_a_search_that_takes_too_long_says_so(cluster_address: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    engine = open_engine(cluster_address)
    add(engine, QUESTIONS)

    def late(*_: Any, **__: Any) -> Any:
        raise OutOfTime

    monkeypatch.setattr(View, "search", late)
    found = engine.search(Request(text="treinen"))
    assert (found.total, [hint.code for hint in found.hints]) == (0, ["deadline"])
    with pytest.raises(OutOfTime):
        list(engine.scan(Request(text="treinen")))


def test_an_index_is_restored_from_a_snapshot_as_the_documents_say(cluster_address: Any, client: Any) -> None:
    engine, name = open_engine(cluster_address), name_of(cluster_address)
    add(engine, QUESTIONS[:3])
    add(engine, QUESTIONS)
    before = engine.about(), engine.search(Request(text="treinen")).hits
    client.snapshot.create_repository(repository="backup", body={"type": "fs", "settings": {"location": "backup"}})
    whole = {"indices": f"{name}-*,{name}.state", "include_global_state": False}
    wait = {"wait_for_completion": "true"}
    told = client.snapshot.create(repository="backup", snapshot=name, body=whole, params=wait)
    assert told["snapshot"]["state"] == "SUCCESS"
    delete(engine, ["5-10"])
    client.indices.delete(index=whole["indices"])
    with pytest.raises(IndexMissing):
        engine.about()
    client.snapshot.restore(repository="backup", snapshot=name, body=whole, params=wait)
    assert (engine.about(), engine.search(Request(text="treinen")).hits) == before
    assert list(client.indices.get_alias(name=name)) == [engine.about().details["index"]]
    assert engine.verify() == []
    add(engine, [QUESTIONS[0]])
    assert engine.about().questions == len(QUESTIONS)


def rebuilt(engine: Any) -> None:
    with engine.update(rebuild=True) as update:
        for question in QUESTIONS:
            update.put(question)
        update.commit()


def test_an_index_that_someone_removed_is_named_and_a_rebuild_brings_it_back(cluster_address: Any, client: Any) -> None:
    engine = open_engine(cluster_address)
    add(engine, QUESTIONS)
    index = engine.about().details["index"]
    client.indices.delete(index=index)
    for ask in (lambda: engine.search(Request()), engine.update, lambda: engine.questions(["5-10"])):
        with pytest.raises(IndexBroken, match=f"{index} .* is gone; .* --rebuild"):
            ask()
    rebuilt(engine)
    assert (engine.search(Request()).total, engine.verify()) == (len(QUESTIONS), [])


def test_a_name_that_is_an_index_of_another_program_is_refused_before_anything_is_sent(
    cluster_address: Any, client: Any
) -> None:
    name = name_of(cluster_address)
    client.indices.create(index=name)
    with pytest.raises(IndexFault, match=f"{name} is an index of another program"):
        add(open_engine(cluster_address), QUESTIONS)
    assert list(client.indices.get_alias(index=f"{name}-*")) == []
    client.indices.delete(index=name)


def test_a_rebuild_removes_what_one_that_was_killed_left(cluster_address: Any, client: Any) -> None:
    engine, name = open_engine(cluster_address), name_of(cluster_address)
    add(engine, QUESTIONS)
    client.indices.create(index=f"{name}-000002-abcdef")
    client.indices.create(index=f"{name}-of-another")
    rebuilt(engine)
    left = set(client.indices.get_alias(index=f"{name}-*"))
    assert left >= {f"{name}-of-another", engine.about().details["index"]} and f"{name}-000002-abcdef" not in left


def test_an_update_whose_lock_was_taken_over_removes_nothing_of_what_another_committed(
    cluster_address: Any, client: Any
) -> None:
    engine = open_engine(cluster_address)
    add(engine, QUESTIONS[:1])
    update: Any = engine.update()
    update.put(QUESTIONS[1])
    client.update(index=f"{name_of(cluster_address)}.state", id="lock", body={"doc": {"until": 0}})
    add(open_engine(cluster_address), QUESTIONS)
    update.__exit__(None, None, None)
    assert (engine.about().questions, engine.verify()) == (len(QUESTIONS), [])


def test_a_commit_whose_answer_was_lost_stands(cluster_address: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    engine: Any = open_engine(cluster_address)
    add(engine, QUESTIONS[:1])
    call = Connection.call

    def lost(self: Connection, function: Any, part: str | None = None) -> Any:
        found = call(self, function, part)
        if function.__qualname__.startswith("publish."):
            raise IndexFault("no answer")
        return found

    with monkeypatch.context() as patch, pytest.raises(IndexFault, match="no answer"):
        patch.setattr(Connection, "call", lost)
        add(engine, QUESTIONS)
    assert (open_engine(cluster_address).about().questions, engine.verify()) == (len(QUESTIONS), [])


@pytest.mark.parametrize("stray", [{"born": 1}, {"born": 1, "number": "x"}, {"born": 9}, {"born": 9, "number": "x"}])
def test_a_document_of_another_program_among_the_questions_goes_with_a_rebuild(
    cluster_address: Any, client: Any, stray: Any
) -> None:
    engine = open_engine(cluster_address)
    add(engine, QUESTIONS)
    index = engine.about().details["index"]
    client.index(index=index, id="stray", body=stray, params={"refresh": "true"})
    if stray["born"] == 9:  # as if a run that was killed had left it: the next removes it
        add(engine, QUESTIONS[:1])
        assert client.exists(index=index, id="stray") is False
    else:
        with pytest.raises(IndexBroken, match=f"stray in the index {index}"):
            engine.search(Request())
        rebuilt(engine)
    assert (engine.search(Request()).total, engine.verify()) == (len(QUESTIONS), [])


@pytest.mark.parametrize("rebuild", [True, False])
def test_an_index_removed_while_a_run_writes_is_never_committed_as_the_cluster_creates_it_anew(
    cluster_address: Any, client: Any, rebuild: bool
) -> None:
    engine, name = open_engine(cluster_address), name_of(cluster_address)
    add(engine, QUESTIONS[:1])
    with (
        pytest.raises(IndexWriteError, match=r"was removed .* while this run wrote") as told,
        engine.update(rebuild=rebuild) as update,
    ):
        before = set(client.indices.get_alias(index=f"{name}-*"))
        (index,) = before - ({engine.about().details["index"]} if rebuild else set())
        for question in QUESTIONS:
            update.put(question)
        assert update.count == len(QUESTIONS)  # what is there was looked up
        client.indices.delete(index=index)
        update.commit()
    assert index in str(told.value) and in_dutch(str(told.value)) != str(told.value)
    assert set(client.indices.get_alias(index=f"{name}-*")) == before - {index}
    if rebuild:
        assert (engine.search(Request()).total, engine.verify()) == (1, [])
    rebuilt(engine)
    assert (engine.search(Request()).total, engine.verify()) == (len(QUESTIONS), [])

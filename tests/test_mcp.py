"""The server for assistants, asked by the protocol's own client: in this process, and over standard streams."""

import json
import sys
from concurrent.futures import ThreadPoolExecutor
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import anyio
import pytest

from searchq.api import Index
from searchq.limits import MAX_ASSISTANT_TEXT
from searchq.question import Question
from tests.plain_engine import PlainEngine

pytestmark = pytest.mark.skipif(  # imported by the tests themselves: that takes most of a second
    not find_spec("mcp"), reason="the Python package mcp is absent: pip install 'searchq[mcp]'"
)

MAX_ANSWER_BYTES = 200_000


@pytest.fixture(scope="module")
def index(sample_index: Path) -> Any:
    return sample_index


@pytest.fixture(scope="module")
def call(index: Any) -> Any:
    """Calls a tool by name; gives its answer, or the sentence of its error."""
    import searchq
    from searchq.mcp_server import make_server

    return caller(make_server(searchq.open(index)))


def run_apart(inside: Any) -> Any:
    """Run a coroutine in a thread of its own: the browser of other tests may have an event loop in this one."""
    with ThreadPoolExecutor(1) as threads:
        return threads.submit(anyio.run, inside).result()


def caller(server: Any) -> Any:
    import mcp

    def ask(name: Any, **arguments: Any) -> Any:
        async def inside() -> Any:
            async with mcp.Client(server) as client:
                return await client.call_tool(name, arguments)

        found = run_apart(inside)
        text = "".join(one.text for one in found.content)
        assert len(text.encode()) < MAX_ANSWER_BYTES
        return text if found.is_error else json.loads(text)

    return ask


def test_every_tool_says_what_it_does_and_changes_nothing(index: Any) -> None:
    import mcp

    import searchq
    from searchq.mcp_server import make_server

    async def inside() -> Any:
        async with mcp.Client(make_server(searchq.open(index))) as client:
            return client.instructions, (await client.list_tools()).tools

    instructions, tools = run_apart(inside)
    assert "cite each by its number and address" in instructions
    assert {tool.name for tool in tools} == {"search", "facets", "question", "statistics", "coverage"}
    for tool in tools:
        assert tool.annotations.read_only_hint and tool.description
        assert all("description" in one for one in tool.input_schema["properties"].values())


def test_a_search_gives_addresses_to_cite_and_fragments_to_quote(call: Any) -> None:
    found = call("search", query="sociale media", limit=2)
    assert found["total"] == 2
    first = found["hits"][0]
    assert first["number"] == "6-1102" and first["address"].startswith("https://www.senate.be/")
    assert any("sociale media" in one["text"].lower() for one in first["fragments"])


def test_filters_narrow_and_exclude(call: Any) -> None:
    everything = call("search", limit=1)["total"]
    some = call("search", filters={"party": ["N-VA"]}, limit=1)["total"]
    others = call("search", exclude={"party": ["N-VA"]}, limit=1)["total"]
    assert 0 < some < everything and some + others == everything


def test_a_question_comes_with_its_texts_and_a_citation(call: Any) -> None:
    found = call("question", number="6-1102")
    assert found["question"] and found["cite_as"].endswith(".") and "6-1102" in found["cite_as"]
    assert found["party"] == "sp.a" and found["more"] is None


def test_a_text_too_long_is_read_on_where_it_ended() -> None:
    from searchq.mcp_server import make_server

    text = "".join(f"zin {place}. " for place in range(5_000))
    call = caller(make_server(Index(PlainEngine([Question("5-1", title="Lang", question=text)]))))
    read, start = "", 0
    while True:
        found = call("question", number="5-1", start=start)
        read += found["question"]
        assert len(found["question"]) <= MAX_ASSISTANT_TEXT
        if not found["more"]:
            break
        start = found["more"]["question"]
    assert read == text


def test_counts_and_delays_are_those_of_the_index(call: Any, index: Any) -> None:
    import searchq

    told = call("statistics", by="party", rows=3)
    table = searchq.open(index).statistics("party")
    assert told["all_together"]["questions"] == table.total.questions
    assert [row["value"] for row in told["rows"]] == [row.value for row in table.rows[:3]]
    assert told["rows_in_all"] == len(table.rows)
    counts = call("facets", names=["party"], values=2)["party"]
    assert len(counts["values"]) == 2 and counts["values"][0]["count"] >= counts["values"][1]["count"]


def test_coverage_says_what_the_collection_holds(call: Any) -> None:
    assert call("coverage")


@pytest.mark.parametrize(
    ("tool", "arguments", "sentence"),
    [
        ("question", {"number": "5-99999"}, "The index does not contain question 5-99999."),
        ("search", {"sort": "random"}, "Unknown sort “random”; choose from relevance"),
        ("search", {"asked_from": "gisterenmorgen"}, "Cannot read “gisterenmorgen” as a date"),
        ("statistics", {"by": "colour"}, "Unknown facet “colour”; choose from"),
        ("facets", {"names": ["colour"]}, "Unknown facet “colour”; choose from"),
    ],
)
def test_what_is_wrong_is_told_in_one_sentence(call: Any, tool: str, arguments: Any, sentence: str) -> None:
    assert sentence in call(tool, **arguments)


def test_the_command_speaks_over_standard_input_and_output(index: Any) -> None:
    import mcp

    program = str(Path(sys.executable).with_name("searchq"))
    server = mcp.StdioServerParameters(command=program, args=["mcp", "--index", str(index)])
    assert caller(server)("search", query="sociale media")["total"] == 2

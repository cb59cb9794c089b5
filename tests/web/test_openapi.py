"""The description fits what is served, and no address within or beyond it makes the server stumble."""

from functools import cache
from typing import Any
from urllib.parse import quote

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from werkzeug.test import Client

from searchq.api import Index
from searchq.web import create_app
from searchq.web.openapi import DESCRIPTION
from searchq.web.parameters import PARAMETERS
from tests.plain_engine import PlainEngine
from tests.web.records import QUESTIONS

APP = create_app(Index(PlainEngine(QUESTIONS)))
PLAIN = {"Accept-Encoding": "identity"}
SOME = settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
PATHS: dict[str, Any] = DESCRIPTION["paths"]


def not_said() -> list[Any]:
    """What a schema cannot say: an empty value means none, and the last day may not come before the first."""
    from schemathesis.specs.openapi.checks import negative_data_rejection, positive_data_acceptance

    return [negative_data_rejection, positive_data_acceptance]


@cache
def operation(path: str) -> Any:
    """An address as the description tells it; read when first asked for, since the library takes a second to import."""
    import schemathesis

    return schemathesis.openapi.from_wsgi("/openapi.json", APP)[path]["GET"]


def test_every_parameter_of_a_search_is_described() -> None:
    named = [one["name"] for one in PATHS["/"]["get"]["parameters"]]
    assert sorted(named) == sorted(PARAMETERS)


@pytest.mark.parametrize("path", PATHS)
@SOME
@given(data=st.data(), is_described=st.booleans())
def test_what_is_served_fits_the_description(path: str, data: Any, is_described: bool) -> None:
    """Parameters as they are described, and others."""
    from schemathesis import GenerationMode

    mode = GenerationMode.POSITIVE if is_described else GenerationMode.NEGATIVE
    case = data.draw(operation(path).as_strategy(generation_mode=mode))
    case.call_and_validate(headers=PLAIN, excluded_checks=not_said())


@pytest.mark.parametrize("ending", ["json", "txt", "atom", "bib", "ris", "csl.json"])
def test_what_tells_of_a_question_fits_the_description(ending: str) -> None:
    """A number that is made up is hardly ever one of these questions."""
    case = operation(f"/vraag/{{number}}.{ending}").Case(path_parameters={"number": "5-101"}, query={})
    assert case.call_and_validate(headers=PLAIN, excluded_checks=not_said()).status_code == 200


paths = st.sampled_from(["/", "/vraag/", "/vraag/5-101", "/statistiek", "/filter/author", "/suggesties", "/static/"])
names = st.sampled_from([*PARAMETERS, "hit", "per", "alle", "bevat"])
queries = st.lists(st.tuples(names, st.text(max_size=40)), max_size=5)
tails = st.text(st.characters(codec="utf-8"), max_size=20)


def never_stumbles(path: Any, tail: Any, query: Any) -> None:
    encoded = "&".join(f"{name}={quote(value, errors='replace')}" for name, value in query)
    answer = Client(APP).get(f"{path}{quote(tail)}?{encoded}")
    assert answer.status_code in (200, 302, 304, 400, 404, 414)


@given(paths, tails, queries)
@settings(max_examples=150, deadline=None)
def test_no_address_makes_the_server_stumble(path: Any, tail: Any, query: Any) -> None:
    never_stumbles(path, tail, query)

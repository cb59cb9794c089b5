"""The description fits what is served, and no address within or beyond it makes the server stumble."""

from typing import Any
from urllib.parse import quote

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from schemathesis.specs.openapi.checks import negative_data_rejection, positive_data_acceptance
from werkzeug.test import Client

from searchq.api import Index
from searchq.web import create_app
from searchq.web.parameters import PARAMETERS
from tests.plain_engine import PlainEngine
from tests.web.records import QUESTIONS

APP = create_app(Index(PlainEngine(QUESTIONS)))
SCHEMA = schemathesis.openapi.from_wsgi("/openapi.json", APP)
SCHEMA.config.phases.coverage.enabled = False  # every limit of every parameter: see test_openapi_at_length
# What a schema cannot say: an empty value means none, and the last day may not come before the first.
NOT_SAID: list[Any] = [negative_data_rejection, positive_data_acceptance]
PLAIN = {"Accept-Encoding": "identity"}
SOME = settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))


def test_every_parameter_of_a_search_is_described() -> None:
    named = [one["name"] for one in SCHEMA.raw_schema["paths"]["/"]["get"]["parameters"]]
    assert sorted(named) == sorted(PARAMETERS)


@SCHEMA.parametrize()
@SOME
def test_what_is_served_fits_the_description(case: Any) -> None:
    case.call_and_validate(headers=PLAIN, excluded_checks=NOT_SAID)


@pytest.mark.parametrize("ending", ["json", "txt", "atom", "bib", "ris", "csl.json"])
def test_what_tells_of_a_question_fits_the_description(ending: str) -> None:
    """A number that is made up is hardly ever one of these questions."""
    (operation,) = (one.ok() for one in SCHEMA.get_all_operations() if one.ok().path == f"/vraag/{{number}}.{ending}")
    case = operation.Case(path_parameters={"number": "5-101"}, query={})
    assert case.call_and_validate(headers=PLAIN, excluded_checks=NOT_SAID).status_code == 200


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

"""The description and what is served, over every limit of every parameter, and many thousands of addresses."""

from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings

from tests.web.test_openapi import APP, PLAIN, never_stumbles, not_said, paths, queries, tails

pytestmark = pytest.mark.slow

THOROUGH = schemathesis.openapi.from_wsgi("/openapi.json", APP)
MANY = settings(max_examples=3000, deadline=None, suppress_health_check=list(HealthCheck))


@THOROUGH.parametrize()
@MANY
def test_what_is_served_fits_the_description_many_times_over(case: Any) -> None:
    case.call_and_validate(headers=PLAIN, excluded_checks=not_said())


@given(paths, tails, queries)
@settings(max_examples=20_000, deadline=None)
def test_no_address_makes_the_server_stumble_for_long(path: Any, tail: Any, query: Any) -> None:
    never_stumbles(path, tail, query)

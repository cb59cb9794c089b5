"""Regular expressions compiled at first use."""

import re

import pytest

from searchq.lazy_regex import lazy


def test_a_lazy_pattern_answers_as_one_compiled_at_once() -> None:
    pattern = lazy(r"(?P<letter>[a-z])(\d+)", re.IGNORECASE)
    for _ in range(2):
        assert pattern.findall("a1 B22") == [("a", "1"), ("B", "22")]
        found = pattern.match("xC3", 1)
        assert found is not None
        assert (found["letter"], found.span()) == ("C", (1, 3))
    assert pattern.sub(r"\2", "a1 B22") == "1 22"
    assert (pattern.pattern, pattern.groups) == (r"(?P<letter>[a-z])(\d+)", 2)


def test_nothing_is_compiled_before_it_is_used() -> None:
    torn = lazy("(")
    with pytest.raises(re.error):
        torn.search("(")

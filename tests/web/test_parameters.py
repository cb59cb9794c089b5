"""The address and the request are each other's mirror, and odd values are refused in a sentence."""

import datetime as dt
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from searchq.limits import MAX_PAGE_SIZE, MAX_URL_CHARACTERS
from searchq.query.facet_table import FACET_NAMES as FACETS
from searchq.query.request import SORTS, DateRange, DaysRange, Request, Selection
from searchq.web.parameters import AddressError, parse, query_string, quoted

values = st.text(st.characters(codec="utf-8"), min_size=1, max_size=30).map(str.strip).filter(bool)
choices = st.lists(values, max_size=3, unique=True).map(tuple)


@st.composite
def selections(draw: Any) -> Any:
    found = []
    for name in FACETS:
        include = draw(choices)
        exclude = tuple(value for value in draw(choices) if value not in include)
        if include or exclude:
            found.append(Selection(name, include, exclude))
    return tuple(found)


@st.composite
def spans(draw: Any) -> Any:
    first, last = draw(st.none() | st.dates()), draw(st.none() | st.dates())
    return DateRange(first, last) if not (first and last) or first <= last else DateRange(last, first)


requests = st.builds(
    Request,
    text=st.text(st.characters(codec="utf-8"), max_size=60).map(str.strip),
    selections=selections(),
    asked=spans(),
    answered=spans(),
    waited=st.builds(DaysRange, st.none() | st.integers(0, 50), st.none() | st.integers(50, 10**9 - 1)),
    sort=st.sampled_from(SORTS),
    page=st.integers(1, 1_000_000),
    limit=st.integers(1, MAX_PAGE_SIZE),
    fold=st.booleans(),
    all_words=st.booleans(),
)


@given(requests)
def test_a_request_survives_its_address(request: Any) -> None:
    assert parse(query_string(request)).request == request


@given(requests)
def test_an_address_has_one_canonical_form(request: Any) -> None:
    address = query_string(request)
    assert query_string(parse(address).request) == address


@given(st.text(max_size=300))
def test_any_address_is_a_request_or_a_sentence(query: Any) -> None:
    try:
        parse(query)
    except AddressError as error:
        assert str(error).endswith((".", ";", "?"))


def test_the_default_has_the_empty_address() -> None:
    assert query_string(Request()) == ""


def test_names_stand_in_one_order() -> None:
    parsed = parse("page=2&party=MR&q=trein&from=2013&not_party=PS&minister=A&minister=B&sort=newest")
    assert query_string(parsed.request) == (
        "q=trein&minister=A&minister=B&party=MR&not_party=PS&from=2013-01-01&sort=newest&page=2"
    )


def test_dutch_names_mean_the_same() -> None:
    assert parse("partij=MR&indiener=Jan&van=2013-04&pagina=2") == parse("party=MR&author=Jan&from=2013-04-01&page=2")


def test_years_and_months_stand_for_their_first_and_last_day() -> None:
    asked = parse("from=2012-02&to=2012-02").request.asked
    assert asked == DateRange(dt.date(2012, 2, 1), dt.date(2012, 2, 29))
    assert parse("from=2012&to=2013").request.asked == DateRange(dt.date(2012, 1, 1), dt.date(2013, 12, 31))


@pytest.mark.parametrize("text", ["8/4/2013", "2013-04-08", "8+april+2013", "8+avril+2013", "08.04.2013"])
def test_a_day_may_be_written_as_in_a_query(text: str) -> None:
    day = dt.date(2013, 4, 8)
    assert parse(f"from={text}&to={text}").request.asked == DateRange(day, day)


def test_names_nobody_knows_are_ignored() -> None:
    assert parse("utm_source=x&q=trein&<b>=1").request == Request(text="trein")


def test_empty_fields_of_a_form_mean_nothing_and_are_untidy() -> None:
    parsed = parse("q=trein&from=&to=+")
    assert (parsed.request, parsed.tidy) == (Request(text="trein"), False)


def test_a_value_twice_is_a_value_once() -> None:
    assert parse("party=MR&party=MR&not_party=MR").request.selections == (Selection("party", ("MR",)),)


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("page=٣", "‘٣’ is geen paginanummer; kies een getal van 1 tot 1.000.000."),
        ("from=30/2/2013", "‘30/2/2013’ is geen datum; schrijf 2013, april 2013, 30/4/2013 of gisteren."),
        ("fold=maybe", "‘maybe’ kan niet bij fold; kies uit 0, 1."),
    ],
)
def test_the_sentence_names_the_value_and_the_remedy(query: str, sentence: str) -> None:
    with pytest.raises(AddressError) as caught:
        parse(query)
    assert str(caught.value) == sentence


def test_days_may_be_told_from_today() -> None:
    request = parse("from=7+dagen+geleden&to=aujourd%27hui&wachttijd=>100", dt.date(2013, 5, 15)).request
    assert request.asked == DateRange(dt.date(2013, 5, 8), dt.date(2013, 5, 15))
    assert query_string(request) == "from=2013-05-08&to=2013-05-15&waited=101.."


def test_days_the_wrong_way_round_are_exchanged_whole() -> None:
    asked = parse("q=trein&from=2014&to=2013").request.asked
    assert (asked.first, asked.last, asked.swapped) == (dt.date(2013, 1, 1), dt.date(2014, 12, 31), True)


def test_what_is_remembered_of_long_addresses_has_a_bound() -> None:
    assert 2 * MAX_URL_CHARACTERS * quoted.cache_info().maxsize < 40_000_000  # type: ignore[operator]

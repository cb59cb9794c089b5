"""Addresses one step away, and the way to the Senate's own page."""

from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from msgspec.structs import replace

from searchq.addresses import official_address
from searchq.query.facet_table import FACET_NAMES as FACETS
from searchq.query.request import DateRange, Request, Selection
from searchq.query.values import same_value
from searchq.question import Question, Source
from searchq.web import links

BASE = Request(text="trein", selections=(Selection("party", ("MR",)),), page=3)


def test_changing_a_filter_goes_back_to_the_first_page() -> None:
    assert links.search_path(links.including(BASE, "party", "PS")) == "/?q=trein&party=MR&party=PS"
    assert links.search_path(links.excluding(BASE, "party", "MR")) == "/?q=trein&not_party=MR"
    assert links.search_path(links.without(BASE, "party", "MR")) == "/?q=trein"


WORDS = st.text(alphabet="aé &=%\0+/?", max_size=6)
DAYS = st.none() | st.dates()
REQUESTS = st.builds(
    Request,
    text=WORDS,
    selections=st.lists(
        st.builds(Selection, st.sampled_from(FACETS), st.tuples(WORDS), st.tuples(WORDS)),
        max_size=3,
        unique_by=lambda one: one.facet,
    ).map(tuple),
    asked=st.builds(DateRange, DAYS, DAYS),
    answered=st.builds(DateRange, DAYS, DAYS),
    page=st.integers(1, 3),
)


@given(REQUESTS, st.sampled_from(FACETS), st.text(max_size=6).filter(lambda text: "\0" not in text))
def test_many_addresses_of_a_facet_are_those_made_one_by_one(request: Any, facet: Any, value: Any) -> None:
    present = [word for one in request.selections if one.facet == facet for word in one.include + one.exclude]
    assume(not any(same_value(facet, word, value) for word in present))
    chosen = links.including(request, facet, value)
    assert links.including_paths(request, facet)(value) == links.search_path(chosen)


@given(REQUESTS, st.dates(), st.dates())
def test_many_addresses_of_days_are_those_made_one_by_one(request: Any, first: Any, last: Any) -> None:
    assert links.within_paths(request)(first, last) == links.search_path(links.within(request, first, last))


def test_a_value_is_taken_away_whatever_its_case_and_accents() -> None:
    request = Request(selections=(Selection("author", ("jose peeters",)),))
    assert links.without(request, "author", "José Peeters") == Request()


def test_a_value_in_force_under_another_name_takes_the_whole_choice_away() -> None:
    request = Request(selections=(Selection("minister", ("buitenlandse zaken",)),))
    assert links.without(request, "minister", "minister van Buitenlandse Zaken en Europa") == Request()


def test_the_official_page_of_an_older_question_of_the_chamber_is_named_after_its_route() -> None:
    route = "54-B001-3-0001-0000201400004"
    older = Question("54-3-0001-0000201400004", house="chamber", route=route)
    assert official_address(older) == (
        "https://www.dekamer.be/kvvcr/showpage.cfm?section=qrva&language=nl&cfm=qrvaXml.cfm?legislat=54"
        "&dossierID=54-b001-3-0001-0000201400004.xml"
    )
    assert official_address(replace(older, route="54--3-0001-0000201400004")) is None


def test_a_site_is_called_by_its_host() -> None:
    assert links.host("https://www.senate.be/www/?NR=1") == "senate.be"
    assert links.host("https://data.dekamer.be/v0/qrva/56") == "data.dekamer.be"


@pytest.mark.parametrize(
    ("number", "address", "official"),
    [
        ("5-8902", "http://www.senate.be/www/?NR=8902", "http://www.senate.be/www/?NR=8902"),
        (
            "5-8902",
            None,
            "https://www.senate.be/www/?MIval=/Vragen/SchriftelijkeVraag&LEG=5&NR=8902&LANG=nl",
        ),
        (
            "5-8902",
            "javascript:alert(1)",
            "https://www.senate.be/www/?MIval=/Vragen/SchriftelijkeVraag&LEG=5&NR=8902&LANG=nl",
        ),
        ("3-3104", None, None),
        ("3-3104", "http://[::1", None),
        ("3-3104", "https://[www.senate.be]/x", None),
        ("3-3104", "http://", None),
        ("3-3104", "http://[::1]:8000/x", "http://[::1]:8000/x"),
        (
            "56-7-0930-2025202606531",
            None,
            "https://www.dekamer.be/kvvcr/showpage.cfm?section=/qrva&language=nl&cfm=/site/wwwcfm/qrva/qrva_detail.cfm"
            "?dossier=2025202606531&legislat=56",
        ),
        ("54-3-0001-0000201400004", None, None),
        ("55-3-0001-2019202000004", None, None),
    ],
)
def test_the_official_page_is_a_web_address_or_none(number: str, address: str | None, official: str | None) -> None:
    assert official_address(Question(number, source=Source(address=address))) == official

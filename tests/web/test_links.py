"""Addresses one step away, and the way to the Senate's own page."""

import pytest

from searchq.query.request import Request, Selection
from searchq.question import Question, Source
from searchq.web import links

BASE = Request(text="trein", selections=(Selection("party", ("MR",)),), page=3)


def test_changing_a_filter_goes_back_to_the_first_page():
    assert links.search_path(links.including(BASE, "party", "PS")) == "/?q=trein&party=MR&party=PS"
    assert links.search_path(links.excluding(BASE, "party", "MR")) == "/?q=trein&not_party=MR"
    assert links.search_path(links.without(BASE, "party", "MR")) == "/?q=trein"


def test_a_value_is_taken_away_whatever_its_case_and_accents():
    request = Request(selections=(Selection("author", ("jose peeters",)),))
    assert links.without(request, "author", "José Peeters") == Request()


def test_a_value_in_force_under_another_name_takes_the_whole_choice_away():
    request = Request(selections=(Selection("minister", ("buitenlandse zaken",)),))
    assert links.without(request, "minister", "minister van Buitenlandse Zaken en Europa") == Request()


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
    ],
)
def test_the_official_page_is_a_web_address_or_none(number, address, official):
    assert links.official_address(Question(number, source=Source(address=address))) == official

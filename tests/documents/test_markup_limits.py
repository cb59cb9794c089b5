"""Markup by the thousand is told from tokens: what stands in a value, a comment or a script is none."""

from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from searchq.documents.markup_limits import check_markup
from searchq.errors import DocumentError
from searchq.limits import MAX_ATTRIBUTES, MAX_OPEN_ELEMENTS
from tests.cost import spent, takes_at_most

MANY = 2 * MAX_ATTRIBUTES


@pytest.mark.parametrize(
    "attributes",
    [
        " ".join(f"a{number}" for number in range(MANY)),
        "/".join(f"a{number}" for number in range(MANY)),
        "".join(f'a{number}="x"' for number in range(MANY)),
        " ".join(f'a{number}=">"' for number in range(MANY)),
        "\t".join(f"a{number} = '<p>'" for number in range(MANY)),
        "\f".join(f"={number}" for number in range(2 * MANY)),  # every other one is a value
        "/".join(f"a{number}=x" for number in range(MANY)) + " " + " ".join(f"b{number}" for number in range(MANY)),
    ],
    ids=["blanks", "slashes", "no blanks", "quoted end", "quoted tag", "equals signs", "in values and beside them"],
)
def test_a_tag_of_thousands_of_attributes_is_rejected_however_they_are_parted(attributes: str) -> None:
    with pytest.raises(DocumentError, match="a tag of more than 5000 attributes"):
        check_markup(f"<body><p {attributes}>x</p>")


@pytest.mark.parametrize(
    "piece",
    [
        "<div>",
        '<div a="</div>">',
        "<div a='</div>' b>",
        "<div a=</div>",
        "<div><!-- </div> -->",
        "<div><script></div></script>",
        "<div><style></div></style >",
        "<div><textarea></div></TEXTAREA>",
        "<div><title>a</div></title>",
        "<div></ div>",
        "<div><!</div>",
        "<DIV/>",
    ],
)
def test_elements_left_open_by_the_thousand_are_rejected_whatever_seems_to_close_them(piece: str) -> None:
    with pytest.raises(DocumentError, match="more than 2000 elements open"):
        check_markup(piece * (MAX_OPEN_ELEMENTS + 1))


@pytest.mark.parametrize(
    "page",
    [
        "<div a='>'>x</div>" * MANY,
        "<!-- <div> -->" * MANY,
        "<script>document.write('<div>')</script>" * MANY,
        "<textarea><div></textarea>" * MANY,
        "<p>x<br><li>y<td>" * MANY,
        f'<img alt="{"<div>" * MANY}">',
        f'<img src="data:image/png;base64,{"iVBORw0KGgo/=" * MANY}">',
        f'<p title="{"a=b " * MANY}">x</p>',
        "1 < 2 en 3 > 2; " * MANY,
    ],
)
def test_a_long_page_whose_elements_are_closed_is_let_through(page: str) -> None:
    check_markup(page)


PIECES = st.sampled_from(
    [
        "<div>",
        "</div>",
        "<p a=",
        '"',
        "'",
        "=",
        ">",
        "/",
        " ",
        "<!--",
        "-->",
        "<script>",
        "</script>",
        "<",
        "x",
        "</",
        "<!",
    ]
)


@given(st.lists(PIECES, max_size=12).map("".join))
def test_the_check_takes_time_in_proportion_to_the_page(piece: Any) -> None:
    def check() -> None:
        with suppress(DocumentError):
            check_markup(piece * 2_000)

    assert takes_at_most(5, lambda: spent(check))

"""Saved pages to text."""

from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from searchq.documents.boilerplate import trim_boilerplate
from searchq.documents.html import flatten, html_to_text
from searchq.errors import DocumentError


def text_of(html: str) -> str:
    return flatten(html_to_text(html))


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<p>een<p>twee", "een\n\ntwee"),
        ("een<br>twee<br/>drie", "een\ntwee\ndrie"),
        ("een <b>vet</b>\n  woord", "een vet woord"),
        ("titel<hr>woord", "titel\n________\nwoord"),
        ("<ul><li>een<li>twee</ul>", "een\n\ntwee"),
        ("<pre>een\n \n  twee</pre>", "een\n \n  twee"),
        ("caf&eacute; &amp; th&#233; &lt;b&gt; &euro; &#8217;s", "café & thé <b> € ’s"),
        ("1&nbsp;565", "1\xa0565"),
        ("<head><title>t</title><style>x{}</style></head><script>var a='<p>'</script>een<!-- twee -->", "een"),
        ("<div><div>een</div></div><div>twee</div>", "een\n\ntwee"),
        ("<table><tr><td>een</td><td>twee</td></tr><tr><td>drie</td></tr></table>", "een twee\n\ndrie"),
        ("<table><tr><td>a<br>b</td><td>c</td></tr></table>", "a\nb\n\nc"),
        ("<table><tr><td>menu</td><td><table><tr><td>tekst</td></tr></table></td></tr></table>", "menu\n\ntekst"),
        ("", ""),
    ],
)
def test_markup_is_shown_as_a_browser_shows_it(html: str, text: str) -> None:
    assert text_of(html) == text


@pytest.mark.parametrize(
    "html",
    ["<x>" * 500_000, "<div>" * 200_000 + "</div>" * 200_000, "<div></x>" * 200_000, "<div><!--</div>-->" * 9999],
)
def test_a_page_nested_without_end_is_rejected_before_it_costs_anything(html: Any) -> None:
    assert text_of("<div>" * 2000 + "diep" + "</div>" * 2000) == "diep"
    with pytest.raises(DocumentError, match="more than 2000 elements open"):
        text_of(html)


def test_a_tag_of_attributes_without_end_is_rejected_and_a_picture_within_a_page_is_not() -> None:
    assert text_of(f"<p>een<img alt='' src=\"data:image/png;base64,{'iVBO/Rw0' * 100_000}\">") == "een"
    with pytest.raises(DocumentError, match="more than 5000 attributes"):
        text_of(f"<p {' '.join(f'a{number}' for number in range(200_000))}>een")


def test_formatting_that_is_left_open_is_not_made_anew_in_every_block() -> None:
    opened = "".join(f"<b class={number}>" for number in range(1900))
    assert text_of(f"<p>{opened}</p>" + "<p>een" * 50_000).count("een") == 50_000  # 95 million elements


def test_a_long_page_of_tags_that_need_no_closing_is_read() -> None:
    assert text_of("<p>een<br>twee" * 5000).count("twee") == 5000


@given(st.text())
def test_any_markup_gives_some_text(html: Any) -> None:
    assert isinstance(text_of(html), str)


@given(st.lists(st.text(alphabet=st.characters(codec="utf-8", categories=["L", "N"]), min_size=1), min_size=1))
def test_the_words_of_paragraphs_stay_as_they_are(words: Any) -> None:
    text = "\n\n".join(words)
    assume(trim_boilerplate(text) == text)  # a lone X is a button to share or close
    assert text_of("".join(f"<p>{word}</p>" for word in words)) == text

"""Saved pages to text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

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
def test_markup_is_shown_as_a_browser_shows_it(html, text):
    assert text_of(html) == text


def test_a_page_nested_without_end_is_rejected_before_it_costs_anything():
    assert text_of("<div>" * 2000 + "diep") == "diep"
    with pytest.raises(DocumentError, match="more than 2000 elements open"):
        text_of("<x>" * 1_000_000)


def test_a_long_page_of_tags_that_need_no_closing_is_read():
    assert text_of("<p>een<br>twee" * 5000).count("twee") == 5000


@given(st.text())
def test_any_markup_gives_some_text(html):
    assert isinstance(text_of(html), str)


@given(st.lists(st.text(alphabet=st.characters(codec="utf-8", categories=["L", "N"]), min_size=1), min_size=1))
def test_the_words_of_paragraphs_stay_as_they_are(words):
    assert text_of("".join(f"<p>{word}</p>" for word in words)) == "\n\n".join(words)

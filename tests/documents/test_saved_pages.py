"""Saved pages as sites serve them: what stands around the content is no part of the question."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from searchq.documents import parse
from searchq.errors import DocumentError
from tests.documents.written import (
    BULLETIN,
    FR_PRINT,
    FR_WEB,
    NL_PRINT,
    NL_WEB,
    NLFR_PRINT,
    STRIPPED,
    STRIPPED_NAME,
    as_html,
    document,
)

OPEN_WEB = NL_WEB[: NL_WEB.index("Antwoord ontvangen")].replace("1/6/2015Antwoord\n", "")
LAYOUTS = {
    "nl-web": NL_WEB,
    "nl-web, unanswered": OPEN_WEB,
    "fr-web": FR_WEB,
    "nl-print": NL_PRINT,
    "fr-print": FR_PRINT,
    "nlfr-print": NLFR_PRINT,
    "bulletin": BULLETIN,
}

MENU = """<ul class="level1"><li><a href="/home">Home</a></li><li><a href="/sen">Senatoren</a>
<ul><li><a href="/x">Schriftelijke vragen</a></li></ul></li></ul>"""
COOKIES = """<div id="cookie-banner" class="cc-window">
<p>Deze website gebruikt cookies om uw bezoek aangenamer te maken.</p>
<p>Lees ons <a href="/privacy">privacybeleid</a>.</p><button>Aanvaarden</button><a href="#">Weigeren</a></div>"""
FOOTER = """<footer>
<p>Huis van het Parlement<br>Natieplein 1, 1009 Brussel</p><nav><a href="/c">Contact</a></nav></footer>"""
SEARCH = (
    """<form action="/zoek"><label>Zoek een vraag</label> <input name="q"> <input type="submit" value="Zoek"></form>"""
)
SCRIPT = "<script>if (a < b) { document.write('<p>Antwoord ontvangen op 1 januari 2001 :</p>'); }</script>"
FRENCH_COOKIES = """<p>Ce site utilise des cookies afin de mesurer son audience.</p>
<p><a href="#">En savoir plus</a> <a href="#">Tout accepter</a></p>"""

AROUND = {
    "elements of their own": f"<nav>{MENU}</nav>{COOKIES}{SCRIPT}<main>BODY</main>{SEARCH}{FOOTER}",
    "classes": f"""<div class="topMenu">{MENU}</div><div class="col-9 content has-footer">BODY</div>
<div class="sidebar-right"><h3>Agenda</h3><p>Plenaire vergadering om 15 uur</p></div>
<div id="pageFooter"><p>Vragen? Bel het onthaal.</p></div>""",
    "roles": f"""<div role="navigation">{MENU}</div><div role="main">BODY</div><div role="contentinfo">
<p>Het Parlement</p>
</div>""",
    "a table of columns": f"""<table width="100%"><tr><td colspan="2"><img src="logo.gif" alt="Senaat"></td></tr>
<tr><td class="menu">{MENU}</td><td>BODY</td></tr><tr><td colspan="2">Webmaster van het huis</td></tr></table>""",
    "nothing but a container": f"""<div>
<div>{MENU}</div><div>BODY</div><div>Wij zijn te bereiken op werkdagen.</div></div>""",
    "nothing at all": """BODY<br><br><a href="#top">Naar boven</a> | <a href="/l">Terug naar de lijst</a><br>
<br>&copy; 2015 Belgische Senaat - Alle rechten voorbehouden<br>Laatst bijgewerkt op 3 maart 2015""",
    "a form around it all": """<form method="post"><input type="hidden" name="__VIEWSTATE" value="x"><div>BODY</div>
<div class="footer">Het huis</div></form>""",
    "hidden texts": """<div style="display: none">Laden</div><div>BODY</div>
<div hidden>Niets</div><p aria-hidden="true">x</p>""",
    "cookies in French below": f"BODY{FRENCH_COOKIES}",
    "whom to write to": """BODY<p>Sénat de Belgique - Place de la Nation 1 - 1009 Bruxelles</p>
<p>Webmaster : wie@example.org</p><p>E-mail: info@senaat.be</p><p>Website ontwikkeld door Voorbeeld nv</p>""",
    "links below": """BODY
<ul><li><a href="a">De Senaat en zijn leden</a></li><li><a href="b">Het museum</a></li></ul>""",
    "a neighbour's number": """<div>BODY</div>
<p><a href="6">Schriftelijke vraag nr. 6-511</a> <a>Volgende vraag</a></p>""",
}


def body_of(page: str) -> str:
    return page[page.index("<body>") + 6 : page.index("</body>")]


def dressed(text: str, around: str) -> str:
    head = "<head><meta charset=utf-8><title>Schriftelijke vraag nr. 6-512</title><style>p {margin: 0}</style></head>"
    return f"<!DOCTYPE html><html lang=nl>{head}<body>{around.replace('BODY', body_of(as_html(text)))}</body></html>"


@pytest.mark.parametrize("around", AROUND)
@pytest.mark.parametrize("layout", LAYOUTS)
def test_what_stands_around_a_page_is_no_part_of_it(layout: Any, around: Any) -> None:
    plain = parse(document(as_html(LAYOUTS[layout]), media="html"))
    assert parse(document(dressed(LAYOUTS[layout], AROUND[around]), media="html")) == plain


@settings(max_examples=60, deadline=None)
@given(
    st.sampled_from(list(LAYOUTS)),
    st.lists(st.sampled_from([f"<nav>{MENU}</nav>", COOKIES, SEARCH, SCRIPT, "<hr>", "<div class=share>Delen</div>"])),
    st.lists(st.sampled_from([FOOTER, COOKIES, FRENCH_COOKIES, SCRIPT, "<hr>", "<p>Terug</p>", "<p>© Senaat</p>"])),
    st.lists(st.sampled_from(["div", "table><tr><td", "section", "form", "center"]), max_size=4),
)
def test_any_dress_is_taken_off(layout: Any, before: Any, after: Any, wrapped: Any) -> None:
    around = "BODY"
    for tag in wrapped:
        around = f"<{tag}>{around}</{'></'.join(reversed(tag.split('><')))}>"
    page = dressed(LAYOUTS[layout], "".join(before) + around + "".join(after))
    assert parse(document(page, media="html")) == parse(document(as_html(LAYOUTS[layout]), media="html"))


def test_a_two_language_table_keeps_its_columns_and_loses_its_footer() -> None:
    rows = [
        ("Question écrite n° 6-512", "Schriftelijke vraag nr. 6-512"),
        ("de Lore Vermeersch (Open Vld)", "van Lore Vermeersch (Open Vld)"),
        ("à la ministre de la Justice", "aan de minister van Justitie"),
        ("<hr>", "<hr>"),
        ("Prisons", "Gevangenissen"),
        ("<hr>", "<hr>"),
        ("tabagisme", "tabaksverslaving"),
        ("<hr>", "<hr>"),
        ("2/3/2015Verzending vraag", "2/3/2015Verzending vraag"),
        ("<hr>", "<hr>"),
        (
            "Question n° 6-512 du 2 mars 2015 : (Question posée en néerlandais)",
            "Vraag nr. 6-512 d.d. 2 maart 2015 : (Vraag gesteld in het Nederlands)",
        ),
        ("Pourquoi ?", "Waarom?"),
        ("Réponse reçue le 1 juin 2015 :", "Antwoord ontvangen op 1 juni 2015 :"),
        ("Parce que.", "Daarom."),
    ]
    table = "".join(f"<tr><td>{left}</td><td>{right}</td></tr>" for left, right in rows)
    page = f"<html><body><nav>{MENU}</nav><table>{table}</table><div>Natieplein</div>{FOOTER}</body></html>"
    (question,) = parse(document(page, media="html"))
    assert (question.title, question.keywords) == ("Gevangenissen", ("tabaksverslaving",))
    assert (question.question, question.answer) == ("Waarom?", "Daarom.")
    assert question.french is not None
    assert (question.french.title, question.french.answer) == ("Prisons", "Parce que.")


@pytest.mark.parametrize(
    "ending",
    [
        "Het KB vindt u op <a href='http://www.example.org/kb'>http://www.example.org/kb</a>",
        "<a href='kb.html'>Koninklijk besluit van 3 mei 1999</a>",
        "<a href='1.pdf'>Cijfers per jaar</a> <a href='2.pdf'>Cijfers per provincie</a>",
        "De site van mijn dienst gebruikt cookies.",
        "Wij gebruiken enkel functionele cookies.",
        "De brief ging naar het Natieplein te 1009 Brussel.",
        "De Senaat werd ingelicht.",
        "Akkoord",
        "Vragen kunt u stellen aan dienst@example.org.",
        "Hij schreef naar leden@senaat.be. Dat volstaat.",
        "Contact met de <a href='x'>dienst</a> volgt.",
    ],
)
def test_the_end_of_an_answer_is_not_taken_for_what_stands_below_it(ending: str) -> None:
    page = as_html(NL_WEB).replace("Het reglement werd aangepast.", f"Het reglement werd aangepast.</p><p>{ending}")
    (question,) = parse(document(page, media="html"))
    assert question.answer.split("\n\n")[-2] == "Het reglement werd aangepast."


def test_an_element_that_is_called_a_menu_but_holds_the_question_is_read() -> None:
    page = as_html(NL_WEB).replace("<body>", "<body><div class=menu>").replace("</body>", "</div></body>")
    assert parse(document(page, media="html")) == parse(document(as_html(NL_WEB), media="html"))


def test_a_page_whose_top_stands_in_a_banner_is_read() -> None:
    page = as_html(NL_WEB).replace(
        "<p>Schriftelijke vraag nr. 6-512</p>", "<div role=banner>Schriftelijke vraag nr. 6-512</div>"
    )
    assert parse(document(page, media="html"))[0].number == "6-512"


@pytest.mark.parametrize("layout", ["nl-web", "fr-web"])
def test_horizontal_rules_of_a_web_page_are_no_titles_or_texts(layout: str) -> None:
    page = as_html(LAYOUTS[layout]).replace("</p><p>", "</p><hr><p>")
    plain, ruled = (parse(document(html, media="html"))[0] for html in (as_html(LAYOUTS[layout]), page))
    assert ruled == plain


@pytest.mark.parametrize("layout", ["nl-print", "fr-print"])
def test_doubled_and_further_rules_of_a_print_version_are_no_titles_or_texts(layout: str) -> None:
    html = as_html(LAYOUTS[layout])
    top = html.index("Open Vld")
    page = html[:top].replace("<hr>", "<hr><hr>") + html[top:].replace("<hr>", "<hr>\n<hr size=1>", 2)
    page = page.replace("<p>Antwoord ontvangen", "<hr><p>Antwoord ontvangen").replace("</body>", "<hr></body>")
    page = page.replace("<p>Réponse reçue", "<hr><p>Réponse reçue")
    assert parse(document(page, media="html")) == parse(document(html, media="html"))


def test_a_text_version_of_a_page_loses_what_stands_below_it() -> None:
    below = (
        "Terug naar boven | Afdrukken",
        "Wij gebruiken cookies op deze site.\nAanvaarden Weigeren",
        "© 2015 Senaat\n",
    )
    assert parse(document("\n\n".join((NL_WEB, *below)))) == parse(document(NL_WEB))


def test_a_page_that_kept_only_its_address_has_no_menu_for_a_title() -> None:
    page = dressed(STRIPPED, f"<nav>{MENU}</nav><div>BODY</div>{COOKIES}{FOOTER}")
    plain, around = (parse(document(html, path=STRIPPED_NAME, media="html"))[0] for html in (as_html(STRIPPED), page))
    assert around.title == plain.title == "Gevangenissen - E-sigaret - Verbod"
    assert around.question == plain.question


@pytest.mark.parametrize(
    ("html", "named"),
    [
        (
            "<html><head><title>Senaat</title></head><frameset cols='20%,80%'><frame name='menu' src='menu.html'>"
            "<frame name='pub_doc' src='/www/?MIval=publications/view&amp;ID=33'><noframes>Uw bladwijzer"
            "</noframes></frameset></html>",
            "its text stands in a frame: save its frame “pub_doc” instead (/www/?MIval=publications/view&ID=33)",
        ),
        (
            "<html><frameset rows='*'><frame src='a.html'><frameset cols='1,1'><frame name=links src=b.html>"
            "<frame NAME=Pub_Doc src='Vraag_bestanden/doc.htm'></frameset></frameset></html>",
            "its text stands in a frame: save its frame “Pub_Doc” instead (Vraag_bestanden/doc.htm)",
        ),
        (
            "<html><body><h1>Senaat</h1><iframe src='doc.html'></iframe></body></html>",
            "its text stands in a frame: save its frame instead (doc.html)",
        ),
    ],
)
def test_a_frameset_names_the_frame_to_save(html: str, named: str) -> None:
    with pytest.raises(DocumentError) as error:
        parse(document(html, media="html"))
    assert str(error.value) == named


def test_a_paragraph_that_holds_the_heading_and_the_first_text_is_not_all_of_the_content() -> None:
    page = as_html(NL_WEB).replace("</p><p>Mogen gedetineerden", "<br>Mogen gedetineerden")
    (expected,) = parse(document(NL_WEB))
    (question,) = parse(document(page, "a.html", "html"))
    assert question.question.split() == expected.question.split()
    assert question.answer == expected.answer
    cut = page[: page.index("<p>Antwoord ontvangen")] + "<p>Laatste alinea.</p></body></html>"
    (question,) = parse(document(cut, "a.html", "html"))
    assert question.question.endswith("Laatste alinea.")

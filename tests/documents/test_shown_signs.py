"""What a browser shows of a page though no text of it holds it, and blanks that only look like ordinary ones."""

from itertools import product

import pytest

from searchq.documents import parse
from searchq.documents.content_type import Media
from searchq.question import Question
from tests.documents.written import BULLETIN, FR_PRINT, FR_WEB, NL_PRINT, NL_WEB, NLFR_PRINT, as_html, document

ANSWER = "Het reglement werd aangepast."


def answered(markup: str) -> str:
    """The last paragraphs of an answer that ends in this markup, as read."""
    page = as_html(NL_WEB.replace(ANSWER, "MARKUP")).replace("MARKUP", markup)
    (question,) = parse(document(page, media="html"))
    assert question.answer is not None
    return question.answer.split("\n\n", 1)[1]


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("312<sup>1</sup> treinen", "312¹ treinen"),
        ("312<SUP CLASS=x><a href='#f'>12</a></SUP> treinen", "312¹² treinen"),
        ("10<sup>-6</sup> en 10<sup>6</sup>", "10⁻⁶ en 10⁶"),
        ("9 m<sup>2</sup>", "9 m²"),
        ("312<sup>(1)</sup>, de 3<sup>e</sup>", "312(1), de 3e"),
        ("CO<sub>2</sub>", "CO2"),
    ],
)
def test_raised_figures_stay_apart_from_the_number_before_them(markup: str, text: str) -> None:
    assert answered(markup) == text


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("Ja:<ol><li>geld</li><li>tijd</li></ol>", "Ja:\n\n1. geld\n\n2. tijd"),
        ("Ja:<ol type=a><li><p>geld</p></li><li>tijd</ol>", "Ja:\n\na. geld\n\nb. tijd"),
        ("<ol start=3 type=I><li>geld<li value=7>tijd<li>kans</ol>", "III. geld\n\nVII. tijd\n\nVIII. kans"),
        ("<ol><li>geld<ol type=A><li>veel<li>weinig</ol><li>tijd</ol>", "1. geld\n\nA. veel\n\nB. weinig\n\n2. tijd"),
        ("<ol start=99999999999><li value=x>geld<li value=-1>tijd</ol>", "1. geld\n\n2. tijd"),
        ("<ul><li>geld<li>tijd</ul>", "geld\n\ntijd"),
        ("<ol style='list-style-type: none'><li>geld<li>tijd</ol>", "geld\n\ntijd"),
    ],
)
def test_items_of_ordered_lists_have_their_numbers(markup: str, text: str) -> None:
    assert "\n\n".join(filter(None, answered(markup).split("\n"))) == text


def test_a_list_of_points_is_paired_with_the_list_of_answers() -> None:
    page = as_html(NL_WEB.replace("Mogen gedetineerden een e-sigaret gebruiken?", "Q").replace("1, 2 en 3. Neen", "A"))
    page = page.replace("Q<", "<ol><li>Hoeveel?<li>Waarom?</ol><", 1).replace(", dat is verboden.", "")
    (question,) = parse(document(page.replace(">A<", "><ol><li>Tien.<li>Daarom.</ol><"), media="html"))
    assert [point.label for point in question.points] == ["1", "2"]


def test_keywords_in_an_ordered_list_have_no_numbers() -> None:
    words = "strafgevangenis<br>tabaksverslaving<br>Raad van State (België)"
    items = "".join(f"<li>{word}</li>" for word in words.split("<br>"))
    page = as_html(NL_WEB).replace(words, f"<ol>{items}</ol>")
    assert parse(document(page, media="html")) == parse(document(as_html(NL_WEB), media="html"))


@pytest.mark.parametrize("hollow", ["<p>&nbsp;</p>", "<p> &nbsp; <br></p>", "<p>&nbsp;</p><p>&nbsp;</p>"])
def test_paragraphs_of_blanks_are_none(hollow: str) -> None:
    assert answered(f"Ja.</p>{hollow}<p>Neen.") == "Ja.\n\nNeen."


LABELLED = ("SENAAT", "SÉNAT Q", "Schriftelijke", "Vraag nr.", "Question", "Antwoord o", "Réponse r")
PEOPLE = ("de ", "van ", "aan ", "à ")


def hard(page: str) -> str:
    """The page with a no-break blank wherever its headings and its people have a blank."""
    return "\n".join(
        line.replace(" ", "\xa0") if line.startswith(LABELLED + PEOPLE) else line for line in page.split("\n")
    )


def shown(page: str, media: Media) -> list[Question]:
    return parse(document(as_html(page) if media == "html" else page, media=media))


@pytest.mark.parametrize(
    ("page", "media"),
    [*product([NL_WEB, FR_WEB, NL_PRINT, FR_PRINT, BULLETIN], ["text", "html"]), (NLFR_PRINT, "text")],
)
def test_labels_with_no_break_blanks_are_the_same_labels(page: str, media: Media) -> None:
    assert shown(hard(page), media) == shown(page, media)


def test_no_break_blanks_of_a_text_and_of_a_title_stay() -> None:
    page = NL_WEB.replace("Gevangenissen - ", "De 1\xa0000 gevangenissen - ").replace(ANSWER, "Vraag 1\xa0000 van hen.")
    (question,) = parse(document(page))
    assert question.answer is not None
    assert question.answer.endswith("Vraag 1\xa0000 van hen.")

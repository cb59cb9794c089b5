"""The old Bulletin, several questions on a page."""

import datetime as dt

import pytest
from msgspec.structs import replace

from searchq.documents import parse
from searchq.errors import DocumentError
from searchq.question import Answer, ChronologyEntry, Question, Source
from tests.documents.written import BULLETIN, document, read_one

SOURCE = Source("a.txt", layout="bulletin")
FIRST = Question(
    number="2-1535/1",
    legislature=2,
    session="2001-2002",
    date=dt.date(2002, 5, 3),
    author="de Wael",
    minister="Minister van Justitie",
    portfolios=("Justitie",),
    title="Gevangenissen. — Overbevolking.",
    title_path=("Gevangenissen", "Overbevolking"),
    language="nl",
    question="Hoeveel gedetineerden zijn er ?\n\nZijn er plannen ?",
    answer="1. Er zijn er 8 000.\n\n2. Ja.",
    answers=(Answer("Antwoord", text="1. Er zijn er 8 000.\n\n2. Ja."),),
    status="answered",
    bulletin="2-49",
    source=SOURCE,
    sources=(SOURCE,),
)
SECOND = replace(
    FIRST,
    number="2-1536",
    date=dt.date(2002, 5, 6),
    author="Dupont-Durand",
    title="Rechtbanken.",
    title_path=("Rechtbanken",),
    language="fr",
    question="Is de achterstand weg ?",
    answer="Neen.",
    answers=(Answer("Antwoord", text="Neen."),),
)
THIRD = replace(
    FIRST,
    number="2-1600",
    date=dt.date(2002, 5, 7),
    author="Maes",
    minister="Minister van Mobiliteit en Vervoer (Vervoer)",
    portfolios=("Mobiliteit",),
    title="Luchthavens. — Nachtvluchten. — Geluid.",
    title_path=("Luchthavens", "Nachtvluchten", "Geluid"),
    question="Wanneer komt er stilte ?",
    answer=None,
    answers=(),
    chronology=(
        ChronologyEntry(None, "other", "Vragen waarop niet werd geantwoord binnen de tijd bepaald door het reglement"),
    ),
    status="unknown",
    problems=(
        "Whether the question was answered is not known: the Bulletin only says that there was no answer in time.",
    ),
)


def test_every_question_of_a_page_is_read_under_its_minister() -> None:
    assert parse(document(BULLETIN)) == [FIRST, SECOND, THIRD]


def test_a_number_that_lacks_its_legislature_takes_it_from_the_bulletin_or_else_from_its_date() -> None:
    page = BULLETIN.replace("Bulletin 2-49", "")
    assert [question.number for question in parse(document(page))] == ["2-1535/1", "2-1536", "2-1600"]
    assert parse(document(page))[0].bulletin is None
    unknown = "Vraag nr. 6 van mevrouw de Wael d.d. 31 juni 1995 (N.) :\nGevangenissen.\n\nHoeveel ?\n"
    with pytest.raises(DocumentError, match=r"heading “Vraag nr\. 6 van .* cannot be read in full"):
        parse(document(unknown))


def test_a_number_with_its_legislature_needs_no_bulletin_line() -> None:
    page = BULLETIN.replace("Bulletin 2-49", "").replace("nr. 1535/1", "nr. 3-3104").replace("nr. 1536", "nr. 3-3105")
    assert [question.number for question in parse(document(page))] == ["3-3104", "3-3105", "2-1600"]


def test_a_competence_beside_the_title_is_kept() -> None:
    page = BULLETIN.replace(
        "Minister van Mobiliteit en Vervoer\n\n(Vervoer)", "Minister van Begroting (Overheidsbedrijven)"
    )
    third = parse(document(page))[2]
    assert third.minister == "Minister van Begroting (Overheidsbedrijven)"
    assert third.portfolios == ("Begroting", "Overheidsbedrijven")


def test_an_answer_that_ends_in_a_sentence_about_a_minister_keeps_it() -> None:
    page = BULLETIN.replace("2. Ja.", "Minister van Justitie is een zwaar ambt.")
    assert parse(document(page))[0].answer == "1. Er zijn er 8 000.\n\nMinister van Justitie is een zwaar ambt."


def test_a_placeholder_in_the_bulletin_is_an_answer_without_text() -> None:
    page = BULLETIN.replace("Antwoord : Neen.", "Antwoord : Texte pas encore disponible.")
    assert parse(document(page))[1].status == "answered-without-text"


def test_a_question_may_lack_its_language_mark() -> None:
    page = BULLETIN.replace(" (Fr.) :", " :")
    assert parse(document(page))[1] == replace(SECOND, language=None)


HEADING = "Vraag nr. 1536 van de heer Dupont-Durand d.d. 6 mei 2002 (Fr.) :"


def second(heading: str) -> Question:
    """The second question of the page under another heading."""
    return parse(document(BULLETIN.replace(HEADING, heading)))[1]


@pytest.mark.parametrize(
    ("heading", "number", "author"),
    [
        ("Vraag nr. 2-1536 van Jan Dupont d.d. 6 mei 2002 (Fr.) :", "2-1536", "Jan Dupont"),
        ("Vraag nr. 1536 van de heer Dupont van 6 mei 2002 (Fr.) :", "2-1536", "Dupont"),
        ("- Vraag nr. 1536 van mevrouw Van den Bossche van 6 mei 2002 (Fr.):", "2-1536", "Van den Bossche"),
        ("Vraag nr. 1536 van de heer Dupont d.d. 6/5/2002 (Fr.) :", "2-1536", "Dupont"),
        ("Vraag nr. 1536 van de heer Dupont\nd.d. 6 mei 2002 (Fr.) :", "2-1536", "Dupont"),
        ("Vraag nr.1536 van de heer Dupont d.d.6 mei 2002 (Fr.):", "2-1536", "Dupont"),
        ("Vraag nr 1536 van mevr. Dupont, d.d 6 mei2002 (Fr.)", "2-1536", "Dupont"),
        ("VRAAG NR. 1536 VAN DE HEER DUPONT D.D. 6 MEI 2002 (Fr.) :", "2-1536", "DUPONT"),
        ("Vraag nr. 1536 de heer Dupont van 06.05.2002 (Fr.) :", "2-1536", "Dupont"),
        ("Vraagnr. 1536 van de heren Dupont en Maes d.d. 6de mei 2002 (Fr.) :", "2-1536", "Dupont en Maes"),
        ("Vraag 2-1536 van de heer Dupont d.d. 6 mei 2002 (Fr.) :", "2-1536", "Dupont"),
        ("Vragg nr. 1536 van de heer Dupont d.d. 6 mei 2002 (Fr.) :", "2-1536", "Dupont"),
    ],
)
def test_a_heading_is_read_in_every_form_it_has(heading: str, number: str, author: str) -> None:
    assert second(heading) == replace(SECOND, number=number, author=author)


@pytest.mark.parametrize("sign", ["nº ", "n° ", "nº", "no ", "n°\xa0", "nį "])
@pytest.mark.parametrize("number", ["7", "34", "176", "1764", "12345", "1535/12", "2-1764"])
def test_every_digit_of_a_number_is_read_whatever_stands_before_it(sign: str, number: str) -> None:
    page = f"Question {sign}{number} de Mme de Montval du 6 mai 2002 (N.) :\nDroits.\n\nCombien ?\n\nRéponse : Sept.\n"
    (question,) = parse(document(page))
    assert question.number == f"2-{number.removeprefix('2-')}"
    assert (question.author, question.french.answer) == ("de Montval", "Sept.")


@pytest.mark.parametrize(
    ("heading", "number"),
    [
        ("Vraag nr. 1536 van de heer Dupont d.d. zes mei (Fr.) :", "2-1536"),
        ("Vraag nr. 1536 van de heer Dupont d.d. 6 mei 02 (Fr.) :", "2-1536"),
        ("Vraag nr. 1536 van de heer Dupont (sic) :", "2-1536"),
        ("Vraag nr. 1536 en 1537 van de heer Dupont d.d. 6 mei 2002 (Fr.) :", "2-1536"),
        ("Viaag nr. 1536 van de heer Dupont d.d. 6 mei 2002 (Fr.) :", "2-1536"),
    ],
)
def test_a_heading_of_which_only_the_number_can_be_read_begins_a_question_with_a_problem(
    heading: str, number: str
) -> None:
    first, question, third = parse(document(BULLETIN.replace(HEADING, heading)))
    assert (first, third) == (FIRST, THIRD)
    assert (question.number, question.author, question.date) == (number, None, None)
    assert (question.question, question.answer) == (SECOND.question, SECOND.answer)
    assert question.problems[0] == f"The heading “{heading}” cannot be read in full."


@pytest.mark.parametrize("number", ["1.536", "I536", "15.36", "1 536", "2-", "1536bis"])
def test_a_heading_whose_number_cannot_be_read_ends_the_text_before_it_and_is_named(number: str) -> None:
    heading = HEADING.replace("1536", number)
    first, third = parse(document(BULLETIN.replace(HEADING, heading)))
    assert first == replace(FIRST, problems=(f"Another heading of this page cannot be read: “{heading}”.",))
    assert third == THIRD


@pytest.mark.parametrize(
    "line", ["Vraag nr. 2 :", "Vraag nr. 5 van mijn lijst blijft open.", "Vraag nr. 1536 van het geachte lid :"]
)
def test_a_text_that_names_a_question_is_not_split_there(line: str) -> None:
    page = BULLETIN.replace("2. Ja.", f"{line}\n\n2. Ja.")
    assert [question.number for question in parse(document(page))] == ["2-1535/1", "2-1536", "2-1600"]
    assert parse(document(page))[0].answer == f"1. Er zijn er 8 000.\n\n{line}\n\n2. Ja."


def test_a_number_at_odds_with_its_date_is_a_problem() -> None:
    question = second(HEADING.replace("1536", "3-1536"))
    assert (question.number, question.date) == ("3-1536", dt.date(2002, 5, 6))
    assert question.problems == ("The question is numbered in legislature 3 and dated in legislature 2.",)


@pytest.mark.parametrize(
    ("published", "minister"),
    [
        ("Minister van Mobiliteit en Vervoer\n\nVervoer", "Minister van Mobiliteit en Vervoer"),
        ("Minister van Mobiliteit en Vervoer\nVervoer", "Minister van Mobiliteit en Vervoer"),
        ("Minister van Mobiliteit en Vervoer (Vervoer) (Vervoer)", "Minister van Mobiliteit en Vervoer (Vervoer)"),
        ("Minister van Mobiliteit Minister van Mobiliteit", "Minister van Mobiliteit"),
        ("Minister van Mobiliteit,\nVervoer en Post", "Minister van Mobiliteit, Vervoer en Post"),
        ("Minister van Mobiliteit\nen Vervoer", "Minister van Mobiliteit en Vervoer"),
    ],
)
def test_a_minister_is_read_with_his_competence_wherever_it_stands(published: str, minister: str) -> None:
    third = parse(document(BULLETIN.replace("Minister van Mobiliteit en Vervoer\n\n(Vervoer)", published)))[2]
    assert third.minister == minister
    assert third.question == THIRD.question


def test_a_competence_after_an_answer_belongs_to_what_follows() -> None:
    page = BULLETIN.replace("Antwoord : Neen.", "Antwoord : Neen.\n\nMobiliteit\nen Vervoer")
    assert parse(document(page)) == [FIRST, SECOND, THIRD]


def test_a_competence_of_no_minister_of_the_page_is_known_by_the_table_of_portfolios() -> None:
    page = BULLETIN.replace("Antwoord : Neen.", "Antwoord : Neen.\n\nGelijkekansenbeleid")
    assert parse(document(page)) == [FIRST, SECOND, THIRD]
    beside = BULLETIN.replace("Antwoord : Neen.", "Antwoord : Neen, dat regelt\nGelijkekansenbeleid")
    assert parse(document(beside))[1].answer == "Neen, dat regelt\nGelijkekansenbeleid"


def test_a_page_in_capitals_is_read_as_published() -> None:
    page = BULLETIN.replace("Antwoord :", "ANTWOORD :").replace("Vragen waarop niet werd", "VRAGEN WAAROP NIET WERD")
    first, second, third = parse(document(page))
    assert (first.answer, second.answer) == (FIRST.answer, SECOND.answer)
    assert third.chronology[0].label.startswith("VRAGEN WAAROP NIET WERD geantwoord")
    assert third.status == "unknown"


def test_a_short_last_line_that_is_no_competence_stays() -> None:
    page = BULLETIN.replace("Antwoord : Neen.", "Antwoord : Neen.\n\nMet dank")
    assert parse(document(page))[1].answer == "Neen.\n\nMet dank"


def test_a_supplementary_answer_is_an_answer_of_its_own() -> None:
    page = BULLETIN.replace("Antwoord : Neen.", "Antwoord : Neen.\n\nAanvullend antwoord : Toch wel.")
    question = parse(document(page))[1]
    assert question.answers == (Answer("Antwoord", text="Neen."), Answer("Aanvullend antwoord", text="Toch wel."))
    assert question.answer == "Neen.\n\nToch wel."


def test_a_page_without_blank_lines_is_read_all_the_same() -> None:
    page = "\n".join(line for line in BULLETIN.split("\n") if line.strip())
    for question, whole in zip(parse(document(page)), [FIRST, SECOND, THIRD], strict=True):
        assert (question.number, question.title, question.minister) == (whole.number, whole.title, whole.minister)
        assert question.question == whole.question.replace("\n\n", "\n")


@pytest.mark.parametrize("end", ["Vraag nr. 2-16", "- Vraag nr. 1601 van de h", "Antwo", "Minister van Ju", "Vra"])
def test_a_page_cut_within_a_heading_does_not_swallow_it(end: str) -> None:
    question = parse(document(f"{BULLETIN}\n{end}"))[-1]
    assert (question.number, question.question, question.status) == (THIRD.number, THIRD.question, "unknown")
    assert "The page ends within a heading." in question.problems


def test_a_minister_is_told_in_the_language_that_the_page_names_him_in() -> None:
    question = read_one(
        "Bulletin 1-23\n\nMinister van Justitie\n\nQuestion nº 5 de M. Leroy du 3 octobre 1996 (Fr.) :\n"
        "Prisons.\n\nCombien ?\n\nRéponse : Dix.\n"
    )
    assert (question.minister, question.french.minister) == ("Minister van Justitie", None)
    assert (question.french.question, question.portfolios) == ("Combien ?", ("Justitie",))

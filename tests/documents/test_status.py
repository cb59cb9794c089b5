"""Whether a question was answered: what the document says, or that it does not say."""

import datetime as dt
import re
from typing import Any

import pytest

from searchq.question import Answer
from tests.documents.written import FR_WEB, NL_PRINT, NL_WEB, NLFR_PRINT, PIPED, RULE, STRIPPED_NAME, read_one

UNANSWERED = NL_WEB[: NL_WEB.index("Antwoord ontvangen")].replace("1/6/2015Antwoord\n", "")
MISSING = "The text of the answer is missing here."
NOT_KNOWN = "Whether the question was answered is not known: "


def test_an_answer_that_only_the_chronology_tells_is_missing_here() -> None:
    for page in (NL_WEB, NL_PRINT):
        question = read_one(page[: page.index("Antwoord ontvangen")])
        assert (question.status, question.answer, question.problems) == ("answered", None, (MISSING,))
        assert (question.answer_date, question.delay_days) == (dt.date(2015, 6, 1), 91)
        assert question.answers == (Answer("Antwoord", dt.date(2015, 6, 1)),)


def test_an_answer_whose_page_ends_after_its_heading_is_missing_here() -> None:
    question = read_one(NL_WEB[: NL_WEB.index("1, 2 en 3.")])
    assert (question.status, question.answer, question.problems) == ("answered", None, (MISSING,))


def test_a_question_asked_again_is_closed() -> None:
    page = UNANSWERED.replace("Ook gesteld aan", "Heringediend als")
    assert (read_one(page).status, read_one(page).waiting_since) == ("closed", None)
    assert read_one(UNANSWERED.replace("Ook gesteld aan", "Herindiening van")).status == "open"


@pytest.mark.parametrize(
    ("page", "name", "reason"),
    [
        (PIPED[: PIPED.index("Réponse reçue")], "a.txt", "the document has no chronology"),
        (re.sub("(?m)^[0-9(].*\n", "", UNANSWERED), "a.txt", "the document has no chronology"),
        (UNANSWERED[: UNANSWERED.index("ruimte is")], "a.txt", "the page ends before an answer could stand there"),
        (UNANSWERED + "Antwoord ontvangen op 24", "a.txt", "the page ends before an answer could stand there"),
        (f"Titel\n\ntrefwoord\n\n{'Een lange vraag. ' * 9}\n", STRIPPED_NAME, "the document has no chronology"),
    ],
)
def test_a_document_that_cannot_tell_is_unknown_and_waits_for_nothing(page: Any, name: Any, reason: str) -> None:
    question = read_one(page, name)
    assert (question.status, question.waiting_since) == ("unknown", None)
    assert f"{NOT_KNOWN}{reason}." in question.problems


def test_a_supplementary_answer_has_its_own_date_and_text() -> None:
    page = NL_WEB.replace("1/6/2015Antwoord\n", "1/6/2015Antwoord\n8/7/2015Aanvullend antwoord\n")
    page += "\nAanvullend antwoord ontvangen op 8 juli 2015 :\n\nHet blijft verboden.\n"
    question = read_one(page)
    first, second = question.answers
    assert (first.kind, first.date) == ("Antwoord", dt.date(2015, 6, 1))
    assert second == Answer("Aanvullend antwoord", dt.date(2015, 7, 8), text="Het blijft verboden.")
    assert question.answer == f"{first.text}\n\n{second.text}"
    assert (question.answer_date, question.delay_days, question.problems) == (dt.date(2015, 6, 1), 91, ())


def test_a_supplementary_answer_without_a_heading_is_told_with_its_date() -> None:
    page = NL_WEB.replace("1/6/2015Antwoord\n", "1/6/2015Antwoord\n8/7/2015Aanvullend antwoord\n")
    question = read_one(page)
    assert question.answers[1] == Answer("Aanvullend antwoord", dt.date(2015, 7, 8))
    assert question.problems == ("The text of the supplementary answer has no heading of its own here.",)


def test_a_french_page_tells_its_answers_in_french() -> None:
    page = FR_WEB.replace("1/6/2015Réponse\n", "1/6/2015Réponse\n8/7/2015Réponse complémentaire\n")
    page += "\nRéponse complémentaire reçue le 8 juillet 2015 :\n\nToujours non.\n"
    question = read_one(page)
    assert [answer.french for answer in question.answers] == ["Non, c'est interdit.", "Toujours non."]
    assert question.french.answer == "Non, c'est interdit.\n\nToujours non."


@pytest.mark.parametrize(
    "cut", ["Antw", "Antwoord ontvangen", "Antwoord ontvangen op 24", "Antwoord ontvangen op 24 mei"]
)
def test_a_heading_that_the_page_ends_in_is_no_text(cut: str) -> None:
    question = read_one(UNANSWERED + cut)
    assert question.question == read_one(UNANSWERED).question
    assert "The page ends within the heading of an answer." in question.problems


def test_a_two_language_page_cut_in_its_french_text_has_no_dutch_one() -> None:
    page = NLFR_PRINT[: NLFR_PRINT.index("cigarette électronique ?")]
    question = read_one(page)
    assert (question.question, question.french.question) == (None, "Les détenus peuvent-ils utiliser une")
    assert "The page ends within the French text, so the Dutch one is not known." in question.problems


def test_a_number_that_the_page_ends_in_is_not_believed() -> None:
    for page in (NL_WEB, FR_WEB, NL_PRINT, NLFR_PRINT):
        for end in range(page.index("6-512"), page.index("\n", page.index("6-512")) + 1):
            with pytest.raises(Exception, match="it has the layout of no written question"):
                read_one(page[:end])


def test_a_line_that_the_page_ends_in_tells_no_person_minister_or_date() -> None:
    for page in (NL_WEB, NL_PRINT, FR_WEB):
        whole = read_one(page)
        start = page.index("Lore")
        for end in range(start, page.index("Chronologie" if RULE not in page else "strafgevangenis")):
            question = read_one(page[:end])
            assert question.author in (None, whole.author)
            assert question.minister in (None, whole.minister)
            assert question.date in (None, whole.date)
            assert question.problems


@pytest.mark.parametrize(
    ("label", "status"),
    [
        ("Beslissing niet te publiceren", "closed"),
        ("DOSSIER GESLOTEN", "closed"),
        ("Decision de ne pas publier", "closed"),
        ("Dossier cloture.", "closed"),
        ("Einde van de zittingsperiode", "end-of-legislature"),
        ("Fin de législature", "end-of-legislature"),
    ],
)
def test_an_event_is_known_without_its_accents_case_and_small_words(label: str, status: str) -> None:
    question = read_one(UNANSWERED.replace("20/4/2015Rappel", f"20/4/2015{label}"))
    assert (question.status, question.chronology[1].label) == (status, label)


@pytest.mark.parametrize(
    ("published", "misprinted", "problem"),
    [
        ("(Open Vld) d.d. 2 maart", "(Open Vld) d.d. 3 maart",
         "The document dates the question 2015-03-03 and 2015-03-02."),
        ("1/6/2015Antwoord", "2/6/2015Antwoord",
         "An answer is dated 2015-06-01 in its heading and 2015-06-02 in the chronology."),
        ("termijn: 2/4/2015", "termijn: 2/2/2015",
         "The deadline (2015-02-02) is dated before the question (2015-03-02)."),
        ("20/4/2015Rappel", "20/4/2014Rappel",
         "The event “Rappel” (2014-04-20) is dated before the question (2015-03-02)."),
    ],
)  # fmt: skip
def test_dates_that_contradict_each_other_are_a_problem(published: str, misprinted: str, problem: str) -> None:
    assert published in NL_WEB
    assert problem in read_one(NL_WEB.replace(published, misprinted)).problems

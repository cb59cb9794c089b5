"""The two-language print version: merged, piped, and as the table of a saved page."""

import datetime as dt
from typing import Any

import pytest
from msgspec.structs import replace

from searchq.documents.language_guess import best_cut, dutchness
from searchq.question import FrenchText, Reference, Source
from tests.documents.written import (
    BOTH_ANSWERS,
    BULLETIN,
    COMMON,
    DUTCH,
    DUTCH_HEADING,
    FRENCH,
    NLFR_PRINT,
    PIPED,
    RULE,
    WIDE_RULE,
    read_one,
)

BOTH = replace(
    COMMON,
    **DUTCH,
    answers=BOTH_ANSWERS,
    french=FrenchText(**FRENCH),
    deadline=dt.date(2015, 4, 2),
    source=Source("a.txt", layout="nlfr-print"),
    sources=(Source("a.txt", layout="nlfr-print"),),
)


def test_a_merged_page_gives_every_field_in_both_languages() -> None:
    assert read_one(NLFR_PRINT) == BOTH


def test_a_piped_page_gives_every_field_but_the_chronology() -> None:
    assert read_one(PIPED) == replace(
        BOTH,
        keywords=("tabaksverslaving",),
        french=replace(BOTH.french, keywords=("tabagisme",)),  # type: ignore[type-var]
        question="Mogen gedetineerden een e-sigaret gebruiken?",
        answer="Neen, dat is verboden.",
        answers=(replace(BOTH_ANSWERS[0], text="Neen, dat is verboden."),),
        chronology=(),
        deadline=None,
        reminders=0,
        references=(Reference("also-asked-to", "written-question", "6-513"),),
        source=Source("a.txt", layout="piped"),
        sources=(Source("a.txt", layout="piped"),),
    )


def test_piped_keywords_run_together_are_kept_together_and_said_so() -> None:
    question = read_one(PIPED.replace("tabaksverslaving |", "tabaksverslaving strafgevangenis Raad van State |"))
    assert question.keywords == ("tabaksverslaving strafgevangenis Raad van State",)
    assert question.problems == ("The keywords stand on one line without a mark between them, and are kept together.",)


@pytest.mark.parametrize("bars", [1, 2, 3, 7, 8, 9, 10, 72, 300])
@pytest.mark.parametrize("leading", [False, True])
def test_rows_may_end_in_any_number_of_bars_and_begin_with_one(bars: int, leading: bool) -> None:
    page = PIPED.replace("||||||||", "|" * bars)
    if leading:
        page = "\n".join(f"| {line}" if line.endswith(f"| {'|' * bars}") else line for line in page.split("\n"))
    assert read_one(page) == read_one(PIPED)


@pytest.mark.parametrize("place", range(3))
@pytest.mark.parametrize("bars", [1, 2, 8, 72])
def test_cells_may_be_empty_anywhere(bars: int, place: Any) -> None:
    lines = []
    for line in PIPED.replace("||||||||", "|" * bars).split("\n"):
        cells = line.split(" | ")
        if len(cells) == 3:
            cells.insert(place, "")
        lines.append(" | ".join(cells))
    assert read_one("\n".join(lines)) == read_one(PIPED)


def test_a_row_with_a_cell_of_one_language_keeps_the_language() -> None:
    page = PIPED.replace("Prisons - Cigarette électronique - Interdiction | ", " | ")
    question = read_one(page)
    assert (question.title, question.french.title) == (DUTCH["title"], None)
    page = PIPED.replace(" | Gevangenissen - E-sigaret - Verbod | ", " |  | ")
    question = read_one(page)
    assert (question.title, question.french.title) == (None, FRENCH["title"])


def test_bars_within_a_piped_text_do_not_split_it() -> None:
    page = PIPED.replace("Neen, dat is verboden.", "Neen | dat is het verbod | zegt de minister van Justitie.")
    assert read_one(page).answer == "Neen | dat is het verbod | zegt de minister van Justitie."


def test_a_saved_two_language_table_needs_no_guessing() -> None:
    cells = [
        ("SÉNAT DE BELGIQUE", "BELGISCHE SENAAT"),
        ("<hr>", "<hr>"),
        ("Session 2014-2015", "Zitting 2014-2015"),
        ("<hr>", "<hr>"),
        ("2 mars 2015", "2 maart 2015"),
        ("<hr>", "<hr>"),
        ("Question écrite n° 6-512", "Schriftelijke vraag nr. 6-512"),
        ("de Lore Vermeersch (Open Vld)", "van Lore Vermeersch (Open Vld)"),
        ("à la ministre de la Justice", "aan de minister van Justitie"),
        ("<hr>", "<hr>"),
        (FRENCH["title"], DUTCH["title"]),
        ("<hr>", "<hr>"),
        ("<br>".join(FRENCH["keywords"]), "<br>".join(DUTCH["keywords"])),
        ("<hr>", "<hr>"),
        *[(f"2/3/2015Verzending vraag<br>(Einde van de antwoordtermijn: 2/4/2015)<br>20/4/2015Rappel<br>{end}",) * 2
          for end in ["1/6/2015Antwoord"]],
        ("<hr>", "<hr>"),
        ("Aussi posée à : question écrite 6-513<br>Requalification de : demande d'explications 6-77",) * 2,
        ("<hr>", "<hr>"),
        (
            "Question n° 6-512 du 2 mars 2015 : (Question posée en néerlandais)",
            "Vraag nr. 6-512 d.d. 2 maart 2015 : (Vraag gesteld in het Nederlands)",
        ),
        (
            f"<p>{FRENCH['question']}",
            "<p>Mogen gedetineerden een e-sigaret gebruiken?<p>&bull; Hoeveel ruimte is er daarvoor?",
        ),
        ("Réponse reçue le 1 juin 2015 :", "Antwoord ontvangen op 1 juni 2015 :"),
        (FRENCH["answer"], "<p>1, 2 en 3. Neen, dat is verboden.<p>Het reglement werd aangepast."),
    ]  # fmt: skip
    rows = "".join(f"<tr><td>{french}</td><td>{dutch}</td></tr>" for french, dutch in cells)
    question = read_one(f"<html><body><table>{rows}</table></body></html>".encode("cp1252"), media="html")
    assert question == replace(BOTH, question=DUTCH["question"].replace(" •", "•"))


@pytest.mark.parametrize(
    ("french", "dutch"),
    [
        ("Cigarette électronique", "Elektronische sigaret"),
        ("Services publics fédéraux - Réseaux sociaux", "Federale overheidsdiensten - Sociale media"),
        ("SNCB - Gare de Gand-Saint-Pierre - Travaux", "NMBS - Station Gent-Sint-Pieters - Werken"),
        ("Fonds européen d'ajustement à la mondialisation", "Europees Fonds voor aanpassing aan de globalisering"),
        ("Climat - Accord de Paris - 2020", "Klimaat - Akkoord van Parijs - 2020"),
        ("Police - Zone de secours - Pompiers volontaires", "Politie - Hulpverleningszone - Vrijwillige brandweer"),
        ("Une journée sans voiture", "Een autoloze dag"),
    ],
)
def test_two_titles_on_one_line_are_told_apart(french: str, dutch: str) -> None:
    page = NLFR_PRINT.replace(f"{FRENCH['title']} {DUTCH['title']}", f"{french} {dutch}")
    question = read_one(page)
    assert (question.french.title, question.title) == (french, dutch)


def test_titles_of_unequal_parts_are_told_apart_by_language() -> None:
    page = NLFR_PRINT.replace(
        f"{FRENCH['title']} {DUTCH['title']}", "Transports - Sécurité des voyageurs Veiligheid van de reizigers"
    )
    question = read_one(page)
    assert (question.french.title, question.title) == (
        "Transports - Sécurité des voyageurs",
        "Veiligheid van de reizigers",
    )


def test_one_reference_twice_on_one_line_is_one_reference() -> None:
    page = NLFR_PRINT.replace(
        "Aussi posée à : question écrite 6-513\nRequalification de : demande d'explications 6-77\n" * 2,
        "Aussi posée à : question écrite 6-513 Aussi posée à : question écrite 6-513\n",
    )
    assert read_one(page).references == (Reference("also-asked-to", "written-question", "6-513"),)


def test_the_reference_block_may_be_absent() -> None:
    page = NLFR_PRINT.replace(
        "Aussi posée à : question écrite 6-513\nRequalification de : demande d'explications 6-77\n" * 2
        + f"{RULE} {RULE}\n",
        "",
    )
    assert page != NLFR_PRINT
    assert read_one(page) == replace(BOTH, references=())


def test_two_reminders_of_one_day_stay_two() -> None:
    page = NLFR_PRINT.replace("20/4/2015Rappel\n", "20/4/2015Rappel\n20/4/2015Rappel\n")
    assert read_one(page).reminders == 2


def test_a_body_without_the_blank_line_is_parted_by_language() -> None:
    page = NLFR_PRINT.replace("\n\x20\n", "\n\n")
    question = read_one(page)
    assert question.question == DUTCH["question"]
    assert question.french.question == FRENCH["question"]
    assert (question.answer, question.french.answer) == (DUTCH["answer"], FRENCH["answer"])


def test_a_body_with_several_blank_lines_is_parted_where_the_language_turns() -> None:
    page = NLFR_PRINT.replace(f"{FRENCH['question']}\n", f"{FRENCH['question']}\n\n\x20\n\nEt pourquoi ?\n")
    question = read_one(page)
    assert question.french.question.startswith(FRENCH["question"]) and question.french.question.endswith("pourquoi ?")
    assert question.question == DUTCH["question"]


def test_an_unanswered_merged_page_is_open() -> None:
    page = NLFR_PRINT[: NLFR_PRINT.index("Réponse reçue")].replace("1/6/2015Antwoord\n", "")
    question = read_one(page)
    assert (question.status, question.waiting_since) == ("open", dt.date(2015, 3, 2))
    assert question.question == DUTCH["question"]


def test_rules_are_known_by_their_exact_length() -> None:
    for odd in (RULE, f"{WIDE_RULE}_", "____"):
        title = f"Prisons - Cigarette {odd} électronique - Interdiction"
        question = read_one(NLFR_PRINT.replace(FRENCH["title"], title.replace(f" {odd} ", f"\n{odd}\n")))
        assert (question.title, question.french.title) == (DUTCH["title"], title)


def test_french_and_dutch_sentences_are_told_apart() -> None:
    assert dutchness("Hoeveel gedetineerden zijn er in de gevangenissen?") > 0
    assert dutchness("Combien de détenus y a-t-il dans les prisons ?") < 0
    assert best_cut(["Combien de détenus ?", "Où sont-ils ?", "Hoeveel gedetineerden?", "Waar zijn ze?"]) == 2


def test_a_bulletin_is_no_two_language_page() -> None:
    assert "Schriftelijke" not in BULLETIN


@pytest.mark.parametrize("minister", ["a la ministre de la Justice", "a l'adjoint", "au ministre", "à la ministre"])
def test_a_french_minister_is_read_without_the_accent_of_his_article(minister: str) -> None:
    question = read_one(NLFR_PRINT.replace("à la ministre de la Justice", minister))
    assert question.french.minister == minister.split(" ", 1)[1].removeprefix("la ").removeprefix("l'")


@pytest.mark.parametrize("end", ["Gevangenissen - E-si", "E-sigaret - Verbod"])
def test_a_page_cut_within_the_dutch_title_keeps_the_french_one(end: str) -> None:
    question = read_one(NLFR_PRINT[: NLFR_PRINT.index(end) + len(end)])
    assert (question.title, question.title_path, question.french.title) == (None, (), FRENCH["title"])
    assert "The heading of the question is missing, so its text is not known." in question.problems


def test_a_page_cut_within_the_dutch_keywords_keeps_the_french_ones() -> None:
    page = NLFR_PRINT.replace("strafgevangenis", "opsluiting van gevangenen")
    cut = read_one(page[: page.index("verslaving")])
    assert (cut.keywords, cut.french.keywords, cut.title) == ((), FRENCH["keywords"], DUTCH["title"])
    whole = read_one(page[: page.index("________ ________")])
    assert whole.french.keywords == FRENCH["keywords"]
    assert whole.keywords == ("opsluiting van gevangenen", *DUTCH["keywords"][1:])


@pytest.mark.parametrize("end", ["Cigarette électronique", "tabagisme\n", "strafgevangenis\n"])
def test_a_page_cut_where_no_seam_shows_tells_neither(end: str) -> None:
    question = read_one(NLFR_PRINT[: NLFR_PRINT.index(end) + len(end)])
    assert (question.keywords, question.french.keywords) == ((), ())


@pytest.mark.parametrize(
    ("french", "dutch"),
    [
        (["détenu"], ["gedetineerde", "gevangenis", "officiële statistiek"]),
        (["détenu", "établissement pénitentiaire", "statistique officielle"], ["gedetineerde"]),
        (["détenu", "établissement pénitentiaire"], ["gedetineerde"]),
        (["travail à distance"], ["werken op afstand", "ministerie"]),
    ],
)
def test_keywords_that_are_not_equal_in_number_are_split_by_their_words_and_told(
    french: list[str], dutch: list[str]
) -> None:
    page = NLFR_PRINT.replace("\n".join([*FRENCH["keywords"], *DUTCH["keywords"]]), "\n".join([*french, *dutch]))
    question = read_one(page)
    assert (question.keywords, question.french.keywords) == (tuple(dutch), tuple(french))
    assert question.problems == (
        "The French and the Dutch keywords are not equal in number and may be split at the wrong one.",
    )


def test_texts_in_the_other_order_keep_their_languages() -> None:
    dutch, french = "Hoeveel gedetineerden telt de gevangenis van Hasselt?", "Combien de détenus compte la prison ?"
    page = f"{NLFR_PRINT[: NLFR_PRINT.index(DUTCH_HEADING)]}{DUTCH_HEADING}\n\n{dutch}\n\n \n\n{french}\n"
    question = read_one(page)
    assert (question.question, question.french.question) == (dutch, french)

"""The one-language pages, in print and on the web, in Dutch and French."""

import datetime as dt
from typing import Any

import pytest
from msgspec.structs import replace

from searchq.question import ChronologyEntry, FrenchText, Reference, Source
from tests.documents import written
from tests.documents.written import (
    COMMON,
    DUTCH,
    DUTCH_ANSWERS,
    FR_PRINT,
    FR_WEB,
    FRENCH,
    FRENCH_ANSWERS,
    NL_PRINT,
    NL_WEB,
    RULE,
    read_one,
)

DEADLINE = dt.date(2015, 4, 2)
FRENCH_CHRONOLOGY = tuple(
    replace(entry, label=label)
    for entry, label in zip(written.CHRONOLOGY, ("Envoi question", "Rappel", "Réponse"), strict=True)
)


def read_from(layout: Any) -> Any:
    """Where a page of one layout is said to come from."""
    source = Source("a.txt", layout=layout)
    return {"source": source, "sources": (source,)}


def test_a_dutch_print_version_gives_every_field() -> None:
    expected = replace(COMMON, **DUTCH, answers=DUTCH_ANSWERS, **read_from("nl-print"))
    assert read_one(NL_PRINT) == expected


def test_a_dutch_web_page_gives_every_field_and_the_deadline() -> None:
    expected = replace(COMMON, **DUTCH, answers=DUTCH_ANSWERS, deadline=DEADLINE, **read_from("nl-web"))
    assert read_one(NL_WEB) == expected


def test_a_french_print_version_keeps_its_texts_under_french() -> None:
    expected = replace(
        COMMON,
        french=FrenchText(**FRENCH),
        answers=FRENCH_ANSWERS,
        chronology=FRENCH_CHRONOLOGY,
        **read_from("fr-print"),
    )
    assert read_one(FR_PRINT) == expected


def test_a_french_web_page_keeps_its_texts_under_french() -> None:
    french = FrenchText(**FRENCH)
    expected = replace(
        COMMON,
        french=french,
        answers=FRENCH_ANSWERS,
        chronology=FRENCH_CHRONOLOGY,
        deadline=DEADLINE,
        **read_from("fr-web"),
    )
    assert read_one(FR_WEB) == expected


@pytest.mark.parametrize("page", [NL_PRINT, NL_WEB, FR_PRINT, FR_WEB])
@pytest.mark.parametrize("encoding", ["cp1252", "utf-8"])
def test_a_saved_html_page_gives_what_its_text_gives(page: Any, encoding: str) -> None:
    page = page.replace("\n • ", "\n• ")  # a browser drops the blank before a bullet
    html = written.as_html(page).encode(encoding)
    assert read_one(html, media="html") == read_one(page)


@pytest.mark.parametrize("page", [NL_PRINT, NL_WEB, FR_PRINT, FR_WEB])
def test_line_ends_of_windows_change_nothing(page: Any) -> None:
    assert read_one(page.replace("\n", "\r\n")) == read_one(page)


@pytest.mark.parametrize("page", [NL_WEB, FR_WEB])
def test_a_page_extracted_without_blank_lines_is_read_all_the_same(page: Any) -> None:
    header, body = page.split("Chronologie")
    heading = body.index("\n\n", body.index("6-77"))
    flat = header.replace("\n\n", "\n") + "Chronologie" + body[:heading].replace("\n\n", "\n") + body[heading:]
    assert read_one(flat) == read_one(page)


def test_a_two_line_empty_cross_reference_block_is_no_reference() -> None:
    page = NL_PRINT.replace("Ook gesteld aan : schriftelijke vraag 6-513\n", "")
    page = page.replace("Herkwalificatie van : vraag om uitleg 6-77\n", "")
    assert f"{RULE}\n{RULE}" in page
    assert read_one(page) == replace(read_one(NL_PRINT), references=())


def test_an_unanswered_question_waits_since_it_was_asked() -> None:
    page = NL_WEB[: NL_WEB.index("Antwoord ontvangen")].replace("1/6/2015Antwoord\n", "")
    question = read_one(page)
    assert (question.status, question.waiting_since, question.answer) == ("open", dt.date(2015, 3, 2), None)
    assert (question.delay_days, question.answer_date, question.problems) == (None, None, ())


@pytest.mark.parametrize(
    ("events", "status"),
    [
        ("3/4/2015Dossier gesloten", "closed"),
        ("3/4/2015Einde zittingsperiode", "end-of-legislature"),
        ("3/4/2015Dossier clôturé", "closed"),
        ("3/4/2015Fin de la législature", "end-of-legislature"),
        ("3/4/2015Antwoord\n4/4/2015Dossier gesloten", "answered"),
        ("3/4/2015Beslissing om niet te publiceren", "closed"),
        ("3/4/2015Décision de ne pas publier", "closed"),
        ("3/4/2015Dossier gesloten\n4/4/2015Einde zittingsperiode", "end-of-legislature"),
        ("3/4/2015 Rappel\n4/4/2015 | Dossier gesloten", "closed"),
        ("3/4/2015Overgezonden", "open"),
    ],
)
def test_the_status_follows_from_the_chronology(events: str, status: str) -> None:
    page = NL_WEB[: NL_WEB.index("Antwoord ontvangen")].replace("20/4/2015Rappel\n1/6/2015Antwoord", events)
    assert read_one(page).status == status


def test_a_requalified_question_is_told_from_one_that_came_from_a_requalification() -> None:
    page = NL_WEB[: NL_WEB.index("Antwoord ontvangen")].replace("1/6/2015Antwoord", "1/6/2015Herkwalificatie")
    assert read_one(page).status == "open"
    assert read_one(page.replace("Herkwalificatie van :", "Geherkwalificeerd als :")).status == "requalified"
    assert read_one(page.replace("Herkwalificatie van : vraag om uitleg 6-77\n", "")).status == "requalified"


def test_an_unknown_event_is_kept_as_it_stands() -> None:
    page = NL_WEB.replace("20/4/2015Rappel", "20/4/2015Nieuwe termijn toegestaan")
    assert read_one(page).chronology[1] == ChronologyEntry(dt.date(2015, 4, 20), "other", "Nieuwe termijn toegestaan")


def test_cross_references_keep_kind_type_and_order() -> None:
    lines = """Heringediend als : schriftelijke vraag 7-12
Ook gesteld aan : schriftelijke vraag 6-513
Herindiening van : schriftelijke vraag 5-99
Geherkwalificeerd als : vraag om uitleg 6-78"""
    page = NL_PRINT.replace("Ook gesteld aan : schriftelijke vraag 6-513", lines)
    assert read_one(page).references == (
        Reference("reintroduced-as", "written-question", "7-12"),
        Reference("also-asked-to", "written-question", "6-513"),
        Reference("reintroduction-of", "written-question", "5-99"),
        Reference("requalified-as", "request-for-explanation", "6-78"),
        Reference("requalification-of", "request-for-explanation", "6-77"),
    )


def test_a_cross_reference_of_an_unknown_kind_is_a_problem() -> None:
    question = read_one(NL_WEB.replace("Ook gesteld aan", "Samengevoegd met"))
    assert question.problems == (
        "The cross-reference “Samengevoegd met : schriftelijke vraag 6-513” is of no known kind.",
    )


def test_french_august_is_read_as_the_site_spells_it() -> None:
    page = FR_WEB.replace("du 2 mars 2015", "du 1 aôut 2016").replace("1 juin 2015", "31 aôut 2016")
    question = read_one(page)
    assert (question.date, question.answer_date) == (dt.date(2016, 8, 1), dt.date(2016, 8, 31))
    assert question.delay_days == 30


def test_a_question_without_a_language_label_has_no_language() -> None:
    for label in (" (Vraag gesteld in het Nederlands)", "(Vraag gesteld in het Nederlands)"):
        question = read_one(NL_WEB.replace(label, ""))
        assert (question.language, question.question) == (None, DUTCH["question"])
        assert question.problems == ()


@pytest.mark.parametrize(("spoken", "language"), [("Duits", "de"), ("Frans", "fr"), ("Nederlands", "nl")])
def test_the_language_asked_in_is_read_from_the_label(spoken: str, language: str) -> None:
    assert read_one(NL_WEB.replace("in het Nederlands", f"in het {spoken}")).language == language


@pytest.mark.parametrize("party", ["Groen!", "PTB-GO!", "Open Vld", "CD&V", "sp.a", "cdH", "Onafhankelijke"])
def test_a_party_keeps_its_label(party: str) -> None:
    assert read_one(NL_PRINT.replace("Open Vld", party)).party == party
    assert read_one(NL_WEB.replace("Open Vld", party)).party == party


def test_a_name_with_small_words_is_kept_whole() -> None:
    page = NL_PRINT.replace("de Lore Vermeersch", "de Sabine de Bethune")
    assert read_one(page).author == "Sabine de Bethune"
    assert read_one(FR_WEB.replace("Lore Vermeersch", "Alain Du Bus")).author == "Alain Du Bus"


def test_a_minister_of_two_offices_is_kept_as_published() -> None:
    title = (
        "staatssecretaris voor Leefmilieu, Energie en Mobiliteit, toegevoegd aan de minister van Binnenlandse Zaken "
        "en staatssecretaris voor Staatshervorming, toegevoegd aan de eerste minister"
    )
    for page in (NL_PRINT, NL_WEB):
        question = read_one(page.replace("minister van Justitie", title))
        assert question.minister == title
        assert question.portfolios == ("Leefmilieu", "Energie", "Mobiliteit", "Institutionele Hervormingen")


def test_a_title_of_fourteen_parts_is_split_on_spaced_hyphens_only() -> None:
    parts = tuple(f"Deel-{n} van 14" for n in range(1, 15))
    for page in (NL_PRINT, NL_WEB):
        question = read_one(page.replace(DUTCH["title"], " - ".join(parts)))
        assert question.title_path == parts


@pytest.mark.parametrize("odd", ["Wat ____ is", "Deel een\n____\nDeel twee", f"Voor {RULE}_ na", f"Een\n{RULE}\nTwee"])
def test_underscores_in_a_title_part_nothing(odd: str) -> None:
    expected = replace(read_one(NL_PRINT), title=odd.replace("\n", " "), title_path=(odd.replace("\n", " "),))
    assert read_one(NL_PRINT.replace(DUTCH["title"], odd)) == expected


def test_blank_lines_in_a_title_part_nothing() -> None:
    for page in (NL_PRINT, NL_WEB):
        question = read_one(page.replace(DUTCH["title"], "Gevangenissen -\n\nVerbod"))
        assert question.title == "Gevangenissen - Verbod"
        assert question.keywords == DUTCH["keywords"]


@pytest.mark.parametrize(
    "odd", ["____", RULE, f"{RULE}\n1/1/2015Verzending vraag\n{RULE}", "Chronologie", "aan de lezer"]
)
def test_underscores_and_labels_in_a_body_stay_there(odd: Any) -> None:
    body = f"Eerste deel\n{odd}\n\nTweede deel"
    for page in (NL_PRINT, NL_WEB):
        page = page.replace(DUTCH["question"], body).replace(DUTCH["answer"], body)
        question = read_one(page)
        assert (question.question, question.answer) == (body, body)
        assert question.title == DUTCH["title"]
        assert question.problems == ()


def test_a_quoted_answer_heading_is_told_by_its_date() -> None:
    quoted = "Zie vorige vraag:\nAntwoord ontvangen op 3 januari 2012 :\nNeen."
    question = read_one(NL_PRINT.replace(DUTCH["question"], quoted))
    assert (question.question, question.answer) == (quoted, DUTCH["answer"])
    assert question.answer_date == dt.date(2015, 6, 1)


@pytest.mark.parametrize(
    "placeholder",
    [
        *(
            "Texte pas encore disponible.",
            "Tekst nog niet beschikbaar",
            "Zie bijlage.",
            "Cfr. annexe",
            "Voir les annexes",
        ),
        *("Het antwoord is niet beschikbaar.", "De tekst van dit antwoord is nog niet beschikbaar.", "Zie ook bijlage"),
        "Antwoord niet gepubliceerd wegens de omvang; zie bijlage.",
        "La réponse n'est pas encore disponible.",
        "Het antwoord is opgenomen in de bijlage.",
    ],
)
def test_a_placeholder_is_an_answer_without_text(placeholder: Any) -> None:
    question = read_one(NL_PRINT.replace(DUTCH["answer"], placeholder))
    assert (question.status, question.answer) == ("answered-without-text", placeholder)
    assert (question.answer_date, question.delay_days) == (dt.date(2015, 6, 1), 91)


def test_an_impossible_date_is_a_problem_and_no_crash() -> None:
    question = read_one(NL_WEB.replace("1/6/2015", "31/6/2015").replace("1 juni 2015", "31 juni 2015"))
    assert question.answer_date is None
    assert question.chronology[2] == ChronologyEntry(None, "answered", "Antwoord")
    assert question.problems == (
        "The date “31 juni 2015” in the heading of the answer cannot be read or does not exist.",
        "The date “31/6/2015” in the chronology cannot be read or does not exist.",
    )


def test_an_answer_before_its_question_is_a_problem() -> None:
    question = read_one(NL_WEB.replace("1/6/2015", "1/6/2014").replace("1 juni 2015", "1 juni 2014"))
    assert question.delay_days is None
    assert question.problems == ("The answer (2014-06-01) is dated before the question (2015-03-02).",)


def test_a_page_without_keywords_or_chronology_tells_what_is_missing() -> None:
    page = NL_PRINT.replace("strafgevangenis\ntabaksverslaving\nRaad van State (België)\n", "")
    question = read_one(page.replace("2/3/2015Verzending vraag\n20/4/2015Rappel\n1/6/2015Antwoord\n", ""))
    assert (question.keywords, question.chronology) == ((), ())
    assert (question.title, question.references) == (DUTCH["title"], written.REFERENCES)
    assert question.problems == ("The chronology was not found.",)


def test_the_session_turns_in_october_where_it_is_not_published() -> None:
    assert read_one(NL_WEB.replace("d.d. 2 maart 2015", "d.d. 30 september 2015")).session == "2014-2015"
    assert read_one(NL_WEB.replace("d.d. 2 maart 2015", "d.d. 1 oktober 2015")).session == "2015-2016"


def test_no_break_spaces_stay_and_accents_are_composed() -> None:
    question = read_one(NL_WEB.replace("e-sigaret gebruiken", "1\xa0565 ee\u0301n gebruiken"))
    assert question.question.startswith("Mogen gedetineerden een 1\xa0565 eén gebruiken")


def test_a_garbled_page_is_recognised_by_its_garbled_labels() -> None:
    for guess in ("mac_latin2", "cp1257", "cp850"):
        garbled = "".join(
            char if char.isascii() else char.encode("cp1252").decode(guess)
            for char in FR_WEB.replace("cigarette électronique ?", "première clé électronique ?")
        )
        question = read_one(garbled)
        assert question.french.title == FRENCH["title"]
        assert question.french.keywords == FRENCH["keywords"]
        assert question.french.question == "Les détenus peuvent-ils utiliser une première clé électronique ?"
        assert [entry.event for entry in question.chronology] == ["sent", "reminder", "answered"]
        assert question.references == written.REFERENCES


@pytest.mark.parametrize(
    "answer",
    [
        "Het antwoord is dat de gegevens niet beschikbaar zijn.",
        "De cijfers zijn niet beschikbaar.",
        "Zie bijlage voor de tabellen. De treinen reden niet.",
        "La réponse est non.",
        "Bijlage 3 is niet gepubliceerd.",
    ],
)
def test_an_answer_that_says_something_is_no_placeholder(answer: str) -> None:
    assert read_one(NL_PRINT.replace(DUTCH["answer"], answer)).status == "answered"


def test_a_party_may_have_brackets_within_its_own() -> None:
    question = read_one(NL_WEB.replace("(Open Vld)", "(Open Vld (VLD))"))
    assert (question.author, question.party) == ("Lore Vermeersch", "Open Vld (VLD)")


def test_an_author_who_cannot_be_read_is_no_title() -> None:
    question = read_one(NL_WEB.replace("van Lore Vermeersch (Open Vld)", "van Lore 2 Vermeersch ((Open Vld"))
    assert (question.author, question.title, question.minister) == (None, DUTCH["title"], DUTCH["minister"])
    assert "The author was not found." in question.problems


def test_the_heading_of_an_answer_that_the_chronology_does_not_tell_parts_the_texts_all_the_same() -> None:
    supplement = "Aanvullend antwoord ontvangen op 2 juli 2015 :\n\nNog iets.\n"
    question = read_one(f"{NL_WEB.replace('1/6/2015Antwoord', '2/7/2015Aanvullend antwoord')}\n{supplement}")
    assert (question.question, question.answers[0].text) == (DUTCH["question"], DUTCH["answer"])
    assert [answer.date for answer in question.answers] == [dt.date(2015, 6, 1), dt.date(2015, 7, 2)]


@pytest.mark.parametrize("page", [NL_WEB, NL_PRINT, FR_WEB, FR_PRINT])
def test_a_page_joined_to_another_is_told(page: str) -> None:
    first = read_one(page + page.replace("6-512", "6-511"))
    assert first.number == "6-512"
    assert len(first.problems) == 1 + len(read_one(page).problems)
    assert first.problems[0].startswith("Another heading of this page cannot be read: “")

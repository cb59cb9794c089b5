"""Repair of texts read in the wrong character set, and the texts that must pass untouched."""

import gzip
import json
import random
import re
import unicodedata
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from searchq.documents.char_plausibility import naturalness
from searchq.documents.mojibake import GUESSES, Repair, repair

DUTCH_TEXT = (
    "De potentiële patiënt in België vraagt één officiële coördinatie van de financiën: “Hoe evolueert het comité, "
    "geïnterneerden en ideeën vóór 2010 …” De FOD’s en foto’s uit ’s Hertogenbosch kosten 1\xa0565 euro – en dat à "
    "5 %. Privé-initiatieven, reële geïnformeerde cliënten, coöperatie, hygiëne, scène, enquête en überhaupt."
)
FRENCH_TEXT = (
    "Les établissements pénitentiaires où sont détenus les étrangers ont été rénovés grâce à l’État. «\xa0Très "
    "bien\xa0», répondit-elle, ça n’a pas coûté plus de 1\xa0000\xa0€ à la Région\xa0; août, hôpital, île, maître, "
    "forêt, français, Noël, œuvre, déjà, même, problèmes, bientôt, sûreté, reçu, créée, enquête, gêné et évêché."
)
NAMES = """
Ždanov Łódź Šćepanović Dvořák Wałęsa Kraków Gdańsk Plzeň Škoda Čapek Žižek Erdoğan Şahin Håkan Søren Łukasz
Żeleński Ķekava Vīķe-Freiberga Grybauskaitė Šimonytė Nausėda Martinů Hašek Ľubica Štúr Baťa Čaputová Ďurinda
Orbán Győr Šefčovič Milošević Vučić Plenković García Martín José São Málaga París Óscar Úrsula Ángel Íñigo
Peña Núñez Müller Öcalan Österreich Großbritannien Köln Zürich Þór Reykjavík Ærø Malmö Väinö Töölö Umeå
Micheál Zúñiga François Évry Çiller İstanbul Jūrmala Rīga Bērziņš Kalniņš Klaipėda Tōkyō Đorđe Ćosić Kočner
Ján Žitňanská Kőszeg Świnoujście Třebíč Timișoara Băsescu Brâncuși Hồ Chí Đà Nẵng Ústí DéFI Ö. Ç. Ó. Κώστας
Борис 東京
""".split()  # noqa: SIM905  # names read best as names
UNTOUCHED = """
5 € ; 20 °C ; § 3 ; « mot » ; “woord” ; ‘s avonds ; ’t Zand ; m² ; m³ ; ±5 % ; 3 × 4 ; • punt ; – en — ; … ;
„Zitat“ ; foto´s ; co₂ ; µg ; naïef ; Curaçao ; vóór ; dát ; zó ; níet ; hún ; crème brûlée ; où ; dès ; ça ;
À Bruxelles ; Être ; Ôter ; Îlot ; nr. 5† ; (†) ; Cathal Ó Searcaigh ; 1° ; nº 5 ; ½ ; (à 5 euro) ; vis-à-vis
; E-sigaret ; a—b
""".replace("\n", " ").split(";")


def garble(text: str, guess: str) -> str:
    """Windows-1252 bytes read as another character set; what does not survive that stays."""
    out = []
    for char in text:
        try:
            out.append(char if char.isascii() else char.encode("cp1252").decode(guess))
        except UnicodeError:
            out.append(char)
    return "".join(out)


@pytest.mark.parametrize("guess", GUESSES)
@pytest.mark.parametrize("text", [DUTCH_TEXT, FRENCH_TEXT])
def test_a_garbled_text_is_repaired_to_the_letter(text: Any, guess: Any) -> None:
    assert repair(garble(text, guess)) == text


@pytest.mark.parametrize("text", [DUTCH_TEXT, FRENCH_TEXT, " ".join(NAMES), *NAMES, *UNTOUCHED])
def test_a_correct_text_passes_unchanged(text: Any) -> None:
    assert repair(text) == text


@pytest.mark.parametrize(
    ("seen", "meant"),
    [
        ("potentiŽle", "potentiële"),
        ("officiŽle", "officiële"),
        ("privť", "privé"),
        ("BelgiŽ,", "België,"),
        ("geÔnterneerden", "geïnterneerden"),
        ("coŲperatie", "coöperatie"),
        ("vůůr", "vóór"),
        ("hiėrarchie", "hiërarchie"),
        ("CÚcile", "Cécile"),
        ("Co÷rdinatie", "Coördinatie"),
        ("1†000", "1\xa0000"),
        ("ďhertweetenĒ", "“hertweeten”"),
        ("BELGIň", "BELGIË"),
        ("BelgiÃ«", "België"),
        ("â€œvoilÃ\xa0â€\x9d", "“voilà”"),
        ("Ã  Bruxelles", "à Bruxelles"),
        ("BelgiÃƒÂ«", "België"),
        ("collegaís", "collega’s"),
        ("tweeÙntwintig", "tweeëntwintig"),
    ],
)
def test_a_sure_sign_is_repaired_without_any_context(seen: str, meant: str) -> None:
    assert repair(seen) == meant


@pytest.mark.parametrize(
    "sentence", ["De heer Ždanov bezocht {} met Šćepanović.", "Łódź en Kraków liggen niet in {}, zei Čaputová."]
)
def test_correct_names_stand_beside_garbled_words(sentence: str) -> None:
    for guess in GUESSES:
        assert repair(sentence.format(garble("officieel België", guess))) == sentence.format("officieel België")


def test_an_ambiguous_sign_is_repaired_only_where_the_guess_is_known() -> None:
    assert repair("films Ô") == "films Ô"
    assert repair("De potentiŽle films, enz.Ö") == "De potentiële films, enz.…"
    assert repair("…tat civil") == "…tat civil"
    assert repair("…tat civil dťclarť") == "État civil déclaré"


def test_what_one_text_proves_helps_with_the_next() -> None:
    both = Repair()
    assert both("De potentiŽle klant") == "De potentiële klant"
    assert both("Łberhaupt") == "überhaupt"
    assert repair("Łberhaupt") == "Łberhaupt"


def test_a_correct_answer_beside_a_garbled_question_is_untouched() -> None:
    both = Repair()
    both("De potentiŽle klant")
    assert both(DUTCH_TEXT) == DUTCH_TEXT


def test_repair_is_done_after_one_turn() -> None:
    for text in (DUTCH_TEXT, FRENCH_TEXT):
        for guess in GUESSES:
            once = repair(garble(text, guess))
            assert repair(once) == once


@given(st.text(alphabet=st.characters(max_codepoint=127)))
def test_ascii_is_never_touched(text: Any) -> None:
    assert repair(text) == text


@given(st.text())
def test_any_text_is_repaired_without_a_failure_and_keeps_its_ascii(text: Any) -> None:
    repaired = repair(text)
    assert re.sub(r"[^!-~]", "", text) == re.sub(r"[^!-~]", "", repaired)


@given(st.permutations(DUTCH_TEXT.split(" ")), st.sampled_from(GUESSES))
def test_the_order_of_words_does_not_matter(words: Any, guess: Any) -> None:
    text = " ".join(words)
    assert repair(garble(text, guess)) == text


def test_naturalness_tells_the_garbled_from_the_correct() -> None:
    assert naturalness("Belgie") == 0
    assert naturalness("België") > naturalness("Ždanov") > naturalness("BelgiŽ")


def test_real_texts_pass_unchanged_and_come_back_from_each_guess(shared: Path) -> None:
    """A sample of real texts of the Chamber: none is touched, nearly all come back to the letter."""
    with gzip.open(shared / "corpus" / "speeches.jsonl.gz", "rt", encoding="utf-8") as lines:
        texts = [json.loads(line)["text"] for line in lines]
    texts = [unicodedata.normalize("NFC", text) for text in random.Random(7).sample(texts, 1500)]
    assert [text for text in texts if repair(text) != text] == []
    back: Counter[str] = Counter()
    tried: Counter[str] = Counter()
    for guess in GUESSES:
        for text in texts:
            if (garbled := garble(text, guess)) != text:
                tried[guess] += 1
                back[guess] += repair(garbled) == text
    assert min(back[guess] / tried[guess] for guess in GUESSES) > 0.94


@pytest.mark.parametrize(
    ("garbled", "right"),
    [
        ("“potentiŽle”", "“potentiële”"),
        ("‘officiŽle’,", "‘officiële’,"),
        ("«potentiŽle»", "«potentiële»"),
        ("„BelgiŽ”", "„België”"),
        ("“‘privť’”", "“‘privé’”"),
        ("de “potentiŽle/officiŽle”…", "de “potentiële/officiële”…"),
        ("d’officiŽle", "d’officiële"),
        ("potentiŽle”", "potentiële”"),
        ("“hiėrarchie”", "“hiërarchie”"),
        ("“Co÷rdinatie”", "“Coördinatie”"),
        ("ďpotentiŽleĒ", "“potentiële”"),
    ],
)
def test_a_garbled_word_between_quotes_that_are_right_is_repaired(garbled: str, right: str) -> None:
    assert repair(garbled) == right


@pytest.mark.parametrize("text", ["“Ždanov”", "‘Łódź’", "„Šćepanović”", "“Wałęsa”", "“coördinatie”", "l’été…"])
def test_a_correct_word_between_quotes_stays(text: str) -> None:
    assert repair(text) == text


LONE_LETTERS = "àâäáéèêëïíîôöóœùûüúçñæÀÁÇÉÈÊËÎÏÔÖÓÙÛÜÚÑ"
MARKS = [":", ";", "?", "!", ")", ".", ",", "»", "”", "’", "…", "-", "–", "/", "]", ""]


@pytest.mark.parametrize("blank", ["", " ", "\xa0", "\u202f"])
@pytest.mark.parametrize("before", ["", "(", "« ", "«\xa0", "“", "[", "-"])
def test_a_letter_that_is_a_word_is_evidence_of_nothing(before: str, blank: str) -> None:
    for letter in LONE_LETTERS:
        for mark in MARKS:
            if blank == "\xa0" and letter in "ÄÃÂ":
                continue  # also what UTF-8 read as windows-1252 looks like
            text = f"Les mesures visant {before}{letter}{blank}{mark} une autre voie"
            assert repair(text) == text


@pytest.mark.parametrize(
    "text",
    [
        "donné lieu à:a) un examen",
        "visant à:- la transparence;- le contrôle",
        "[tend à] réchauffe[r] l’air et [à] aggraver",
        "opérationnelle à? sa sortie",
        "la gare deàLiège",
        "il va àBruxelles",
        "le mot »La suite",
        "« c’est inouï\xa0» dit-il",
        "een ‘naï\xa0” woord",
        "«\xa0Haï\xa0!\xa0»",
        "o sea ó no",
    ],
)
def test_what_looks_garbled_beside_a_missing_blank_is_correct(text: str) -> None:
    assert repair(text) == text


def test_a_lone_letter_is_repaired_where_its_guess_is_known_or_it_comes_again() -> None:
    assert repair("De co÷rdinatie Ó 5 euro: û zie daar û") == "De coördinatie à 5 euro: – zie daar –"
    assert repair("zie daar û en hier û dus") == "zie daar – en hier – dus"
    assert repair("de letter û, de letter Ó") == "de letter û, de letter Ó"


@pytest.fixture(scope="module")
def bilingual(shared: Path) -> list[str]:
    """Correct texts in both languages, with the missing blanks they were published with."""
    with gzip.open(shared / "corpus" / "bilingual-2020.jsonl.gz", "rt", encoding="utf-8") as lines:
        questions = [json.loads(line) for line in lines]
    return [unicodedata.normalize("NFC", question[tongue]) for question in questions for tongue in ("nl", "fr")]


def test_no_correct_text_of_both_languages_is_altered(bilingual: Any) -> None:
    assert [text for text in bilingual if repair(text) != text] == []


def test_hardly_any_correct_text_is_altered_beside_a_garbled_one(bilingual: Any) -> None:
    for guess in GUESSES:
        altered = []
        for text in bilingual[::8]:
            both = Repair()
            both(garble(DUTCH_TEXT, guess))
            altered += [text] if both(text) != text else []
        assert len(altered) <= 1  # ½ alone, which may have been «


def test_words_of_both_languages_pass_in_any_order_beside_any_mark(bilingual: Any) -> None:
    drawn = random.Random(12)
    words = sorted({word for text in bilingual for word in text.split() if not word.isascii()})
    for _ in range(3000):
        chosen = drawn.choices(words, k=12)
        ends = [drawn.choice(["", " ", "\xa0"]) + drawn.choice(MARKS) for _ in chosen]
        text = " ".join(word.strip(".,;:?!()") + end for word, end in zip(chosen, ends, strict=True))
        assert repair(text) == text


def test_a_number_sign_that_two_guesses_read_otherwise_is_repaired_only_where_the_guess_is_known() -> None:
    assert repair("Question nį 2") == "Question nį 2"
    assert repair("Question nį 2 du ministre privť") == "Question n° 2 du ministre privé"
    assert repair("hiėrarchie nį 5 mei") == "hiërarchie ná 5 mei"

"""References say what the record says, whole names included, in a form that each kind of program reads."""

import datetime as dt
import json
import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from searchq.exports.citations import as_bibtex, as_csl_json, as_ris, as_sentence
from searchq.question import FrenchText, Question

QUESTION = Question(
    "5-8902",
    date=dt.date(2013, 4, 30),
    author="Anne-Lien Goethals",
    party="CD&V",
    minister="minister van Justitie",
    title="Kosten & baten: 50 % van de {treinen} #1 \\ ~ ^ a_b",
    keywords=("trein", "kosten"),
    answer_date=dt.date(2014, 2, 17),
)
ADDRESS = "https://www.senate.be/www/?MIval=/Vragen/SchriftelijkeVraag&LEG=5&NR=8902&LANG=nl"


def test_the_sentence_ends_in_the_permanent_address() -> None:
    sentence = as_sentence(QUESTION)
    assert sentence.startswith("Anne-Lien Goethals (CD&V), ‘Kosten & baten")
    assert sentence.endswith(f"30 april 2013, beantwoord op 17 februari 2014. Belgische Senaat, {ADDRESS}.")


def test_csl_json_keeps_a_name_whole() -> None:
    (item,) = json.loads(as_csl_json(QUESTION))
    assert item["author"] == [{"literal": "Anne-Lien Goethals"}]
    assert item["issued"] == {"date-parts": [[2013, 4, 30]]}
    assert (item["number"], item["URL"], item["language"]) == ("5-8902", ADDRESS, "nl")


def test_bibtex_escapes_what_tex_would_read() -> None:
    entry = as_bibtex(QUESTION)
    assert entry.startswith("@misc{senate-5-8902,\n") and entry.endswith("\n}\n")
    assert r"Kosten \& baten: 50 \% van de \{treinen\} \#1 \textbackslash{} \textasciitilde{}" in entry
    assert f"  url = {{{ADDRESS}}},\n" in entry and "  langid = {dutch},\n" in entry


def test_ris_has_a_line_a_value() -> None:
    lines = as_ris(QUESTION).split("\r\n")
    assert lines[0] == "TY  - GEN" and lines[-2:] == ["ER  - ", ""]
    assert "DA  - 2013/04/30/" in lines and lines.count("KW  - trein") == 1 and f"UR  - {ADDRESS}" in lines


@pytest.mark.parametrize("form", [as_bibtex, as_csl_json, as_ris])
def test_what_is_unknown_is_left_out(form: Any) -> None:
    text = form(Question("5-1"))
    assert "None" not in text and "author" not in text and "AU  -" not in text and "issued" not in text


def test_a_question_in_french_only_is_cited_by_its_french_title() -> None:
    question = Question("5-1", language="fr", french=FrenchText(title="Coûts"))
    assert json.loads(as_csl_json(question))[0]["title"] == "Coûts"
    assert "  title = {{Coûts}},\n  howpublished" in as_bibtex(question) and "langid = {french}" in as_bibtex(question)


@given(st.text(), st.text())
def test_no_text_breaks_out_of_its_field(title: Any, author: Any) -> None:
    question = Question("5-1", title=title, author=author)
    assert all(re.match(r"[A-Z][A-Z0-9]  - ", line) for line in as_ris(question).split("\r\n")[:-1])
    plain = re.sub(r"\\[{}]", "", as_bibtex(question))
    depth = [0]
    for sign in plain:
        depth.append(depth[-1] + (sign == "{") - (sign == "}"))
    assert min(depth) == 0 and depth[-1] == 0 and depth.count(0) == plain.index("{") + 2 + 1
    json.loads(as_csl_json(question))

"""The sample questions: all of them read, each as what it is, every fault mended and nothing else touched."""

import re
from collections import Counter
from functools import cache
from pathlib import Path

import pytest

from searchq.documents import Item, Parsed, read
from searchq.question import Question
from searchq.samples import samples_path

# number, layout, date, party, status, delay in days, reminders; a dash where the document tells nothing
TABLE = """
1-1207/3 | bulletin   | 1999-02-12 | -              | answered              |   - | 0
1-1264   | bulletin   | 1999-03-22 | -              | unknown               |   - | 0
2-412    | bulletin   | 2000-02-08 | -              | answered              |   - | 0
2-1108   | bulletin   | 2001-01-19 | -              | answered              |   - | 0
2-2044   | bulletin   | 2002-01-31 | -              | answered              |   - | 0
3-1422   | bulletin   | 2004-09-14 | -              | unknown               |   - | 0
3-3817   | bulletin   | 2005-12-05 | -              | answered              |   - | 0
4-1187   | nl-web     | 2008-06-25 | CD&V           | answered              | 140 | 1
4-1342   | nl-print   | 2008-08-27 | LDD            | answered              |  36 | 0
4-2215   | piped      | 2008-12-09 | Ecolo          | answered              |  70 | 0
4-2960   | nl-web     | 2009-02-24 | Groen!         | answered              |  30 | 0
4-3355   | nl-print   | 2009-04-21 | sp.a           | answered              | 100 | 1
4-3356   | nl-web     | 2009-04-21 | sp.a           | answered              |  28 | 0
4-4477   | fr-web     | 2009-09-22 | MR             | answered              | 114 | 1
4-5120   | stripped   | 2009-11-12 | -              | answered              |  28 | 0
4-6120   | nl-print   | 2010-01-20 | CD&V           | end-of-legislature    |   - | 0
4-6888   | nl-web     | 2010-03-02 | MR             | answered              |  29 | 0
4-7033   | nl-print   | 2010-03-16 | Vlaams Belang  | answered              |  28 | 0
5-215    | nl-print   | 2010-10-12 | CD&V           | answered              |  44 | 0
5-1380   | nl-print   | 2011-02-23 | N-VA           | answered              | 400 | 2
5-2666   | piped      | 2011-07-05 | cdH            | answered              |  70 | 0
5-3012   | nl-web     | 2011-09-14 | Groen!         | open                  |   - | 2
5-4108   | nl-web     | 2011-12-14 | Open Vld       | answered              |  13 | 0
5-5511   | nl-web     | 2012-02-09 | CD&V           | answered              |  49 | 0
5-5512   | nl-print   | 2012-02-09 | CD&V           | answered              | 145 | 1
5-5513   | nl-print   | 2012-02-09 | CD&V           | answered              |  32 | 0
5-5514   | nl-web     | 2012-02-09 | CD&V           | answered              | 378 | 2
5-5515   | nlfr-print | 2012-02-09 | CD&V           | answered              |  21 | 0
5-6421   | fr-print   | 2012-06-12 | PS             | answered              |  70 | 0
5-7210   | nl-web     | 2012-10-30 | sp.a           | requalified           |   - | 0
5-8044   | nl-print   | 2013-01-30 | N-VA           | answered              |  36 | 0
5-9120   | nlfr-print | 2013-05-21 | MR             | answered              |  56 | 0
5-9877   | nl-print   | 2013-09-17 | Open Vld       | answered              |  35 | 0
5-10233  | nl-web     | 2013-10-24 | Groen          | closed                |   - | 1
6-312    | nl-web     | 2014-12-10 | Groen          | answered              |  12 | 0
6-433    | record     | 2015-02-03 | N-VA           | answered              |  49 | 0
6-611    | stripped   | 2015-05-19 | -              | answered              |  44 | 0
6-745    | fr-web     | 2015-11-05 | Ecolo          | answered              | 270 | 1
6-857    | nl-web     | 2016-02-16 | CD&V           | answered              |  49 | 0
6-988    | nlfr-print | 2016-06-14 | sp.a           | answered              |  98 | 0
6-1102   | nl-print   | 2016-11-16 | sp.a           | answered              |  55 | 0
6-1210   | piped      | 2017-02-21 | PTB-GO!        | unknown               |   - | 0
6-1299   | nl-print   | 2017-04-25 | Onafhankelijke | answered              |  35 | 0
6-1388   | nl-print   | 2017-05-16 | sp.a           | answered              |  14 | 0
6-1460   | nl-web     | 2017-06-13 | CD&V           | answered-without-text |  35 | 0
6-1523   | nl-web     | 2018-11-20 | Vlaams Belang  | end-of-legislature    |   - | 1
7-58     | nl-web     | 2019-10-16 | sp.a           | answered              |  12 | 0
7-402    | nl-web     | 2020-04-28 | Open Vld       | answered              | 120 | 1
7-633    | fr-print   | 2020-10-06 | Ecolo          | open                  |   - | 0
7-701    | record     | 2020-11-17 | CD&V           | open                  |   - | 1
7-889    | nl-web     | 2021-01-13 | N-VA           | answered              |  27 | 0
7-890    | nl-print   | 2021-01-13 | N-VA           | answered              |  43 | 0
7-1015   | nlfr-print | 2021-03-02 | N-VA           | answered              | 107 | 1
7-1050   | stripped   | 2021-03-09 | -              | answered              |  42 | 0
7-1101   | nl-web     | 2021-03-16 | Vooruit        | answered              |  42 | 0
7-1240   | nl-web     | 2021-06-08 | Groen          | answered              |  34 | 0
7-1299   | nl-web     | 2021-07-01 | CD&V           | answered              |  27 | 0
7-1333   | nl-print   | 2021-09-07 | PVDA-PTB       | open                  |   - | 1
"""

SIBLINGS = {f"5-551{last}" for last in range(1, 6)}

# what stands garbled in the file, and the words that must come out of it
GARBLED = {
    "4-1187": ("question", ["patiënt", "’s avonds", "“draaideur”", "geïnd", "vóór"]),
    "4-2960": ("title", ["Financiële"]),
    "4-3356": ("question", ["cliënten", "hiërarchie", "financiële"]),
    "4-4477": ("french question", ["représentent", "privé", "à bord", "près", "graves"]),
    "5-1380": ("answer", ["geïnfecteerd", "privésector", "coördinatie", "vóór"]),
    "5-2666": ("question", ["officiële", "één enkel", "Financiële"]),
    "5-5512": ("question", ["vóór", "coördinatie", "potentiële", "geïsoleerd"]),
    "5-5514": ("question", ["coördinatie", "potentiële", "geïsoleerd"]),
    "5-6421": ("author", ["Jean-Noël Fosseprez-Hardy"]),
    "6-988": ("question", ["efficiënte", "België", "crèches"]),
    "6-1102": ("question", ["“giftige wolk”", "40\u00a0000", "Officiële", "België"]),
    "7-58": ("question", ["officiële", "én het vertrouwen"]),
    "7-889": ("title", ["Coördinatie"]),
}

MOJIBAKE = re.compile("[ŽťŗŲůďĒęĽė÷†ÃÂŤÔļÙ´¾³Þ\ufffd]")
FOREIGN = {"5-9120": "Dragana Šćepanović", "7-1240": "Łódź"}  # correct names that look like faults

SUBJECTS = [
    "sociale media",
    "wachttijden",
    "fietspad",
    "antwoorden",
    "wiskundeonderwijs",
    "treinvertraging",
    "energiefactuur",
    "geestelijke gezondheidszorg",
    "cyberaanvallen",
    "luchtkwaliteit",
    "dierenwelzijn",
    "consulaire bijstand",
]


@cache
def items() -> tuple[Item, ...]:
    return tuple(read([samples_path()]))


@cache
def samples() -> dict[str, Question]:
    return {question.number: question for item in items() if isinstance(item, Parsed) for question in item.questions}


def raw(number: str) -> str:
    """The file of a sample as it stands, for those that have one of their own."""
    file = next(samples_path().rglob(f"{number}.txt"))
    return file.read_text(encoding="utf-8")


def texts(question: Question) -> dict[str, str]:
    """Every text of a record by the name of its place."""
    places = {
        "author": question.author,
        "minister": question.minister,
        "title": question.title,
        "keywords": "\n".join(question.keywords),
        "question": question.question,
        "answer": question.answer,
    }
    if question.french:
        french = question.french
        places |= {
            "french title": french.title,
            "french keywords": "\n".join(french.keywords),
            "french question": french.question,
            "french answer": french.answer,
        }
    return {place: text for place, text in places.items() if text}


def row(question: Question) -> list[str]:
    delay = "-" if question.delay_days is None else str(question.delay_days)
    values = (question.number, question.source.layout, question.date, question.party or "-", question.status, delay)
    return [*map(str, values), str(question.reminders)]


def rows() -> dict[str, list[str]]:
    split = [[cell.strip() for cell in line.split("|")] for line in TABLE.strip().split("\n")]
    return {cells[0]: cells for cells in split}


def test_every_document_gives_one_question_of_its_own() -> None:
    assert [item for item in items() if not (isinstance(item, Parsed) and len(item.questions) == 1)] == []
    assert len(items()) == len(samples()) == 58


def test_every_sample_is_read_as_what_it_is() -> None:
    assert {number: row(question) for number, question in samples().items()} == rows()


def test_all_layouts_are_there() -> None:
    assert Counter(question.source.layout for question in samples().values()) == {
        "nl-web": 20,
        "nl-print": 15,
        "bulletin": 7,
        "nlfr-print": 4,
        "piped": 3,
        "stripped": 3,
        "fr-web": 2,
        "fr-print": 2,
        "record": 2,
    }


def test_only_what_an_extraction_lost_and_a_document_does_not_tell_is_a_problem() -> None:
    found = {q.number: q.problems for q in samples().values() if q.problems and q.source.layout != "stripped"}
    kept_together = ("The keywords stand on one line without a mark between them, and are kept together.",)
    not_known = "Whether the question was answered is not known: "
    not_in_time = f"{not_known}the Bulletin only says that there was no answer in time."
    assert found == {
        **dict.fromkeys(["4-2215", "5-2666"], kept_together),
        "6-1210": (*kept_together, f"{not_known}the document has no chronology."),
        **dict.fromkeys(["1-1264", "3-1422"], (not_in_time,)),
    }
    assert {samples()[number].source.layout for number in found} == {"piped", "bulletin"}


def test_many_ministers_answer() -> None:
    assert len({name for question in samples().values() for name in question.portfolios}) >= 8


@pytest.mark.parametrize("number", sorted(SIBLINGS))
def test_a_sibling_names_the_four_others(number: str) -> None:
    question = samples()[number]
    assert {reference.number for reference in question.references} == SIBLINGS - {number}
    assert {reference.kind for reference in question.references} == {"also-asked-to"}


def test_siblings_ask_the_same_of_different_ministers_and_get_different_answers() -> None:
    group = [samples()[number] for number in SIBLINGS]
    assert len({(question.title, question.keywords, question.question) for question in group}) == 1
    assert len({question.minister for question in group}) == len({question.answer for question in group}) == 5


def test_cross_references_within_the_samples_point_both_ways() -> None:
    back = {
        "also-asked-to": "also-asked-to",
        "reintroduced-as": "reintroduction-of",
        "reintroduction-of": "reintroduced-as",
    }
    links = {
        (question.number, reference.kind, reference.number)
        for question in samples().values()
        for reference in question.references
        if reference.type == "written-question" and reference.number in samples()
    }
    assert links == {(there, back[kind], here) for here, kind, there in links}
    assert ("4-6120", "reintroduced-as", "5-215") in links


def test_requests_for_explanation_keep_their_type() -> None:
    found = {
        (question.number, reference.kind, reference.number)
        for question in samples().values()
        for reference in question.references
        if reference.type == "request-for-explanation"
    }
    assert found == {
        ("5-7210", "requalified-as", "5-2740"),
        ("5-8044", "requalification-of", "5-2911"),
        ("7-402", "requalification-of", "7-112"),
    }


@pytest.mark.parametrize("number", sorted(GARBLED))
def test_garbled_words_are_mended(number: str) -> None:
    place, words = GARBLED[number]
    text = texts(samples()[number])[place]
    assert [word for word in words if word not in text] == []


@pytest.mark.parametrize("number", sorted(set(GARBLED) - {"7-889"}))  # 7-889 lies in the archive
def test_those_words_do_stand_garbled_in_the_file(number: str) -> None:
    assert MOJIBAKE.search(raw(number))


def test_no_mojibake_is_left() -> None:
    left = {}
    for number, question in samples().items():
        for place, text in texts(question).items():
            if signs := MOJIBAKE.findall(text.replace(FOREIGN.get(number, "\0"), "")):
                left[number, place] = signs
    assert left == {}


@pytest.mark.parametrize(("number", "name"), FOREIGN.items())
def test_a_foreign_name_is_left_alone(number: str, name: str) -> None:
    assert name in "\n".join(texts(samples()[number]).values())


def test_four_underscores_in_a_title_and_in_bodies_are_text() -> None:
    assert '"____"' in (samples()["4-6888"].title or "")
    assert "“Ik, ondergetekende ____, verklaar" in (samples()["6-1299"].question or "")
    assert "“Mijn naam is ____. Wat ik hier schrijf, is waar.”" in (samples()["6-1299"].answer or "")


def test_languages_are_told_by_the_documents() -> None:
    spoken = {number: question.language for number, question in samples().items()}
    assert spoken["4-6888"] == "de"
    assert spoken["6-1388"] is None
    assert Counter(spoken.values())["fr"] == 10


def test_august_is_read_as_the_site_spells_it() -> None:
    answered = [samples()[number].answer_date for number in ("6-745", "5-6421")]
    assert [str(date) for date in answered] == ["2016-08-01", "2012-08-21"]
    assert "1 aôut 2016" in raw("6-745")


def test_one_saved_page_is_undeclared_windows_1252_and_the_other_utf_8() -> None:
    old, new = ((samples_path() / "html" / name).read_bytes() for name in ("6-857.html", "7-1240.html"))
    assert b"charset" not in old
    with pytest.raises(UnicodeDecodeError):
        old.decode("utf-8")
    assert "“Geen tolk beschikbaar”" in (samples()["6-857"].question or "")
    assert b'charset="utf-8"' in new
    assert "taxi’s" in (samples()["7-1240"].question or "")


def test_the_texts_are_long_enough_to_search_in() -> None:
    for number, question in samples().items():
        asked = question.question or (question.french.question if question.french else None) or ""
        assert 80 <= len(asked.split()) <= 300, number


@pytest.mark.parametrize("subject", SUBJECTS)
def test_what_people_search_is_there(subject: str) -> None:
    assert any(subject in text.lower() for question in samples().values() for text in texts(question).values())


def test_the_readme_counts_the_documents_of_each_folder() -> None:
    readme = (samples_path().parent / "README.md").read_text(encoding="utf-8")
    told = dict(re.findall(r"^\| `([a-z-]+)/`[^|]*\| (\d+) \|", readme, re.MULTILINE))
    assert told == {folder: str(count_files(samples_path() / folder)) for folder in told}
    assert len(told) == 9
    assert f"The {len(rows())} written questions" in readme


def count_files(folder: Path) -> int:
    return sum(1 for file in folder.iterdir() if file.is_file())

"""Whatever is thrown at it: a record or a named rejection, never another exception."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from searchq.documents import Parsed, Rejection, parse, read
from searchq.errors import DocumentError
from searchq.question import Question
from searchq.record_json import from_json, to_json
from tests.documents.written import (
    BULLETIN,
    FR_PRINT,
    FR_WEB,
    NL_PRINT,
    NL_WEB,
    NLFR_PRINT,
    PIPED,
    STRIPPED,
    STRIPPED_NAME,
    as_html,
    document,
)

PAGES = (NL_PRINT, NL_WEB, FR_PRINT, FR_WEB, NLFR_PRINT, PIPED, BULLETIN, STRIPPED)
MEDIA = ("text", "html", "record")


def check(content: bytes, path: str = "a.txt", media: str = "text") -> list[Question]:
    """The questions, each one that can be stored and read back; none when the document is rejected with a reason."""
    try:
        questions = parse(document(content, path, media))  # type: ignore[arg-type]
    except DocumentError as error:
        assert str(error)
        return []
    assert questions
    for question in questions:
        assert from_json(json.loads(json.dumps(to_json(question)))) == question
        json.dumps(to_json(question), ensure_ascii=False).encode("utf-8")
    return questions


@given(st.text(), st.sampled_from(MEDIA))
def test_any_text(text: Any, media: Any) -> None:
    check(text.encode("utf-8", "surrogatepass"), media=media)


@given(st.binary(max_size=2000), st.sampled_from(MEDIA))
@example(b"\xff\xfe", "text")
@example(b"\x00" * 100, "html")
def test_any_bytes(content: Any, media: Any) -> None:
    check(content, media=media)


@settings(max_examples=300)
@given(st.sampled_from(PAGES), st.floats(0, 1), st.sampled_from(["utf-8", "cp1252", "utf-16"]))
def test_any_truncation_of_a_good_document(page: Any, share: Any, encoding: Any) -> None:
    content = page.encode(encoding)
    check(content[: int(len(content) * share)], STRIPPED_NAME)


@settings(max_examples=200)
@given(st.sampled_from(PAGES), st.floats(0, 1), st.floats(0, 1))
def test_any_piece_of_a_saved_page(page: Any, start: Any, end: Any) -> None:
    content = as_html(page).encode("cp1252", "replace")
    check(content[int(len(content) * start) : int(len(content) * end)], media="html")


@settings(max_examples=300)
@given(st.sampled_from(PAGES), st.data())
def test_any_lines_of_documents_shuffled(page: Any, data: Any) -> None:
    lines = data.draw(st.lists(st.sampled_from(page.split("\n")), max_size=40))
    check("\n".join(lines).encode())


@settings(max_examples=200)
@given(st.sampled_from(PAGES), st.integers(0, 5000), st.text(max_size=30))
def test_anything_written_into_a_good_document(page: Any, place: Any, text: Any) -> None:
    place %= len(page)
    check((page[:place] + text + page[place:]).encode("utf-8", "surrogatepass"), STRIPPED_NAME)


@settings(max_examples=200)
@given(
    st.fixed_dictionaries(
        {"number": st.sampled_from(["5-1", "x", 5])},
        optional={
            key: st.recursive(
                st.none() | st.booleans() | st.integers() | st.text(max_size=5) | st.just("2015-03-02"),
                lambda inner: (
                    st.lists(inner, max_size=3)
                    | st.dictionaries(
                        st.sampled_from(["date", "event", "label", "kind", "type", "number", "path"]), inner
                    )
                ),
                max_leaves=6,
            )
            for key in (
                "title",
                "keywords",
                "chronology",
                "references",
                "french",
                "source",
                "date",
                "reminders",
                "problems",
            )
        },
    )
)
def test_any_record(record: Any) -> None:
    check(json.dumps({"source": {}} | record).encode(), media="record")


def test_every_truncation_of_a_short_page_that_shows_the_line_of_its_number_gives_that_number() -> None:
    for page in (NL_PRINT, NL_WEB, FR_WEB, NLFR_PRINT):
        top = page.index("6-512") + len("6-512") + (len(" Schriftelijke vraag nr. 6-512") if page is NLFR_PRINT else 0)
        for end in range(top + 1, len(page)):
            (question,) = check(page[:end].encode())
            assert question.number == "6-512"
            assert question.problems or question.question or question.french


@settings(max_examples=30)
@given(
    content=st.binary(max_size=400),
    name=st.sampled_from(["a.zip", "a.tar", "a.tar.gz", "a.warc", "a.gz", "a.jsonl", "a"]),
)
@pytest.mark.parametrize("folder", ["anything"])
def test_any_file(tmp_path_factory: pytest.TempPathFactory, folder: str, content: Any, name: Any) -> None:
    path = Path(tmp_path_factory.mktemp(folder)) / name
    path.write_bytes(content)
    for item in read([path]):
        assert isinstance(item, Parsed | Rejection)
        assert item.name


LARGE = 200_000
HOSTILE = {
    "one long word of letters": "é" * LARGE,
    "one long garbled word": "Ž" * LARGE,
    "many garbled words": " ".join(f"potentiŽle{number}" for number in range(LARGE // 15)),
    "blanks": NL_WEB + " " * LARGE + "x",
    "no-break spaces": NL_PRINT + "\xa0" * LARGE + "x",
    "blank lines": NL_PRINT.replace("Gevangenissen", "\n \n" * (LARGE // 3) + "x"),
    "a title of dashes": NLFR_PRINT.replace("Prisons", "a - " * (LARGE // 4)),
    "a minister of small words": NL_WEB.replace("Justitie", "de " * (LARGE // 3) + "x"),
    "an author of brackets": NL_WEB.replace("Lore", " (" * (LARGE // 2)),
    "an event without end": NLFR_PRINT.replace("Rappel", "Rappel " * (LARGE // 7)),
    "references without end": NL_PRINT.replace("Ook gesteld", "a : b " * (LARGE // 6)),
    "underscores": "_" * LARGE + NL_PRINT + f"\n{'_' * 8}" * (LARGE // 9),
    "bars": PIPED + "|" * LARGE,
    "tops": "Schriftelijke vraag nr. 5-1\n" * (LARGE // 28),
    "headings": NL_PRINT + "Vraag nr. 5-1 d.d. 2 maart 2015\n" * (LARGE // 32),
    "bulletin headings": BULLETIN + "Vraag nr. 1 van de heer x d.d. 3 mei 2002 (N.) :\n" * (LARGE // 49),
    "points": f"x&LEG=4&NR=6&MIval=/Vragen\n\ntitel\n\n{'1. ' * 99}\n" + "1. x\n" * (LARGE // 5),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_large_hostile_text_is_read_in_time_proportional_to_its_size(name: Any) -> None:
    """Held by finishing at all: anything that grows with the square would take minutes here."""
    check(HOSTILE[name].encode())


@pytest.mark.parametrize(
    "html",
    [
        "<table><tr>" + "<td>x" * (LARGE // 5),
        "<table>" + "<tr><td>x<td>y" * (LARGE // 12),
        "<p>" * (LARGE // 3) + "x",
        "<p>" + " " * LARGE + "x",
        "<br>" * (LARGE // 4),
        "&amp;" * (LARGE // 5),
        "<!--" * (LARGE // 4),
        "<pre>" + "\n" * LARGE,
        "\x01" * LARGE,
    ],
)
def test_a_large_hostile_page_is_read_in_time_proportional_to_its_size(html: Any) -> None:
    check(html.encode(), media="html")

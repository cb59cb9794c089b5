"""Files under any name: the content decides what they are."""

import gzip
import io
import json
import tarfile
import zipfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from searchq.documents import Parsed, Rejection, parse, read
from searchq.documents.content_type import guess_media
from searchq.errors import DocumentError
from searchq.record_json import to_json
from tests.documents.written import (
    BULLETIN,
    FR_WEB,
    NL_PRINT,
    NL_WEB,
    NLFR_PRINT,
    PIPED,
    STRIPPED,
    STRIPPED_NAME,
    as_html,
    document,
    read_one,
)

PAGE = as_html(NL_WEB).encode("cp1252")
CRAWLED = [
    "index.html?MIval=%2FVragen%2FSchriftelijkeVraag&LEG=5&NR=130&LANG=nl",
    "index.html@MIval=%2FVragen%2FSVPrint&LEG=5&NR=131",
    "?MIval=%2FVragen%2FSVPrintNLFR&LEG=5&NR=132",
    "vraag.php?id=7",
    "5-133",
    "5-134.aspx",
]
NO_TEXT = {
    "logo.png": (b"\x89PNG\r\n\x1a\n" + bytes(range(256)), "a PNG image"),
    "brief.pdf": (b"%PDF-1.4\n1 0 obj", "a PDF document"),
    "foto.html": (b"\xff\xd8\xff\xe0\x00\x10JFIF", "a JPEG image"),
    "nota.txt": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(100), "an Office document"),
    "x?MIval=a&LEG=5&NR=1": (bytes(range(256)) * 4, "binary data"),
}


def outcomes(path: Path) -> dict[str, object]:
    found: dict[str, object] = {}
    for item in read([path]):
        name = item.name.removeprefix(str(path)).lstrip("/:")
        found[name] = item.reason if isinstance(item, Rejection) else [one.number for one in item.questions]
    return found


def zipped(path: Path, members: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return path


def tarred(path: Path, members: dict[str, bytes]) -> Path:
    with tarfile.open(path, "w:gz") as archive:
        for name, content in members.items():
            info = tarfile.TarInfo(name)
            info.size = len(content)
            archive.addfile(info, io.BytesIO(content))
    return path


def in_folder(path: Path, members: dict[str, bytes]) -> Path:
    path.mkdir()
    for name, content in members.items():
        (path / name).write_bytes(content)
    return path


HOLDERS = {"a folder": in_folder, "a zip": zipped, "a tar": tarred}


@pytest.mark.parametrize("holder", HOLDERS)
def test_files_named_after_addresses_are_read_and_what_is_no_text_is_named(holder: Any, tmp_path: Path) -> None:
    members = dict.fromkeys(CRAWLED, PAGE) | {name: content for name, (content, _) in NO_TEXT.items()}
    assert outcomes(HOLDERS[holder](tmp_path / "held", members)) == {
        **{name: ["6-512"] for name in CRAWLED},
        **{name: f"it is {kind}, not text or HTML" for name, (_, kind) in NO_TEXT.items()},
    }


@pytest.mark.parametrize("holder", HOLDERS)
def test_a_stripped_page_takes_its_number_from_the_name_a_crawler_gave_it(holder: Any, tmp_path: Path) -> None:
    name = "index.html?MIval=%2FVragen%2FSchriftelijkeVraag&LEG=4&NR=6596&LANG=nl"
    assert outcomes(HOLDERS[holder](tmp_path / "held", {name: STRIPPED.encode()})) == {name: ["4-6596"]}


@pytest.mark.parametrize("jobs", [1, 2])
def test_content_decides_against_the_ending(jobs: int, tmp_path: Path) -> None:
    line = json.dumps(to_json(read_one(NL_WEB.replace("6-512", "6-5")))).encode()
    inner = zipped(tmp_path / "inner.zip", {"b": PAGE}).read_bytes()
    (tmp_path / "inner.zip").unlink()
    held = {
        "1.html": NL_WEB.encode(),  # plain text
        "2.txt": PAGE,
        "3.html": gzip.compress(PAGE),  # as a server sent it
        "4.txt": inner,
        "5.html": line + b"\n",
        "6.bin": tarred(tmp_path / "t", {"a": PAGE}).read_bytes(),
        "7.zip": PAGE,
        "8.text": b"\xff\xfe" + as_html(NL_WEB).encode("utf-16-le"),
        "9.htm": b"\n\n<!-- saved from url=(0014)about:internet -->\n" + PAGE[15:],
    }
    (tmp_path / "t").unlink()
    items = list(read([in_folder(tmp_path / "held", held)], jobs=jobs))
    assert [isinstance(item, Parsed) for item in items] == [True] * 9
    assert [item.name.rpartition("held/")[2] for item in items] == [
        "1.html",
        "2.txt",
        "3.html",
        "4.txt:b",
        "5.html:1",
        "6.bin:a",
        "7.zip",
        "8.text",
        "9.htm",
    ]


def test_an_office_document_is_no_archive_of_documents(tmp_path: Path) -> None:
    path = zipped(tmp_path / "brief.docx", {"[Content_Types].xml": b"<x/>", "word/document.xml": b"<x/>"})
    assert outcomes(path) == {"": "it is an Office document, not text or HTML"}


@pytest.mark.parametrize(
    ("content", "media"),
    [
        (b"<HTML><p>a", "html"),
        (b"HTTP/1.1 200 OK\r\nServer: x\r\n\r\n<!DOCTYPE html><p>a", "html"),
        (b"\xef\xbb\xbf  <table><tr>", "html"),
        (b"Vraag <een> over x < y", "text"),
        (b"", "text"),
    ],
)
def test_html_is_told_from_text_by_its_beginning(content: bytes, media: str) -> None:
    assert guess_media(content) == media


def test_a_file_of_lines_without_a_record_of_ours_is_rejected_once(tmp_path: Path) -> None:
    path = tmp_path / "tweets.jsonl"
    path.write_text('{"id": 1, "text": "hallo"}\n' * 40_000)
    assert outcomes(path) == {"": "it holds no exported record (40,000 lines)"}
    path.write_text("\n \n")
    assert outcomes(path) == {"": "it is empty"}


def test_lines_before_the_first_record_of_ours_are_named(tmp_path: Path) -> None:
    record = json.dumps(to_json(read_one(NL_WEB)))
    path = tmp_path / "mixed.jsonl"
    path.write_text('{"id": 1}\n' * 3 + record + "\n[]\n")
    assert outcomes(path) == {
        **{str(number): "it is no exported record: it lacks “number”" for number in (1, 2, 3)},
        "4": ["6-512"],
        "5": "it is no exported record: it is no object",
    }
    path.write_text('{"id": 1}\n' * 5000 + record + "\n")
    found = outcomes(path)
    assert (len(found), found["5000"], found["5001"]) == (102, "4,900 lines up to here hold no record", ["6-512"])


CONTROLS = [chr(code) for code in (*range(9), *range(11, 32), 127, *range(0x80, 0xA0)) if code != 13]
WRITTEN = [NL_PRINT, NL_WEB, FR_WEB, NLFR_PRINT, PIPED, BULLETIN, STRIPPED]


@given(
    st.sampled_from(WRITTEN),
    st.sampled_from(["raw", "entity", "escape", "utf-16"]),
    st.lists(st.tuples(st.floats(0, 1), st.sampled_from(CONTROLS)), min_size=1, max_size=8),
)
def test_control_characters_never_leave_the_parser(text: Any, way: Any, inserted: Any) -> None:
    for place, control in inserted:
        at = int(place * len(text))
        text = text[:at] + (f"&#{ord(control)};" if way == "entity" else control) + text[at:]
    html = way == "entity"
    content = as_html(text).replace("&amp;#", "&#").encode() if html else text.encode()
    if way == "utf-16":
        content = b"\xff\xfe" + text.encode("utf-16-le")
    if way == "escape":
        title, answer = text[:200], text[200:]
        record = to_json(read_one(NL_WEB)) | {"title": title, "answer": answer, "keywords": [title], "party": answer}
        content = json.dumps(record).encode()
    try:
        found = parse(document(content, STRIPPED_NAME, "record" if way == "escape" else "html" if html else "text"))
    except DocumentError:
        return
    shown = "".join(json.dumps(to_json(one), ensure_ascii=False) for one in found)
    shown = shown.replace("\\n", "").replace("\\t", "")
    assert not [control for control in CONTROLS if control in shown]
    assert "\\u00" not in shown and "\\b" not in shown and "\\f" not in shown


def test_a_marked_table_cannot_be_forged_by_control_characters() -> None:
    forged = as_html(NL_WEB).replace("Mogen gedetineerden", "&#1;links&#2;rechts&#2;&#3;Mogen gedetineerden")
    (question,) = parse(document(forged, media="html"))
    assert question.question.startswith("linksrechtsMogen gedetineerden")


def test_garbled_utf_8_gives_no_control_characters() -> None:
    (question,) = parse(document(NL_WEB.replace("e-sigaret gebruiken", "Ã©Ã©nÂ\x85 sigaret Â\x81 roken")))
    assert question.question.startswith("Mogen gedetineerden een één… sigaret")
    assert "\x81" not in question.question  # type: ignore[operator]

"""Files, folders, globs, standard input and archives, and whatever can be wrong with them."""

import bz2
import datetime as dt
import gzip
import io
import json
import os
import sys
import tarfile
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from searchq import limits
from searchq.documents import Parsed, Rejection, Unchanged, read, reading, sources
from searchq.documents.chamber.routes import routes_in
from searchq.question import Source
from searchq.record_json import to_json
from tests.documents.written import FR_WEB, NL_PRINT, NL_WEB, as_html, read_one

DAY = dt.date(2016, 2, 29)
ADDRESS = "http://www.example.org/www/?MIval=/Vragen/SchriftelijkeVraag&LEG=6&NR=512&LANG=nl"


def outcomes(*paths: str | Path, jobs: int = 1) -> list[tuple[str, object]]:
    """What reading gives, short: name and number, or name and reason."""
    items = []
    for item in read(paths, jobs=jobs):
        if isinstance(item, Parsed):
            items.append((item.name, [question.number for question in item.questions]))
        else:
            items.append((item.name, item.reason))  # type: ignore[arg-type]
    return items  # type: ignore[return-value]


def only(path: Path) -> Parsed:
    (item,) = read([path])
    assert isinstance(item, Parsed)
    return item


def test_a_folder_is_walked_in_sorted_order_and_nothing_is_dropped(tmp_path: Path) -> None:
    (tmp_path / "b").mkdir()
    (tmp_path / "b" / "2.txt").write_text(NL_WEB)
    (tmp_path / "a.html").write_text(as_html(NL_PRINT))
    (tmp_path / "c.HTM").write_bytes(as_html(FR_WEB).encode("cp1252"))
    (tmp_path / "d.pdf").write_bytes(b"%PDF")
    (tmp_path / ".hidden.txt").write_text(NL_WEB)
    (tmp_path / "e.txt").write_text("Welkom")
    assert outcomes(tmp_path) == [
        (str(tmp_path / "a.html"), ["6-512"]),
        (str(tmp_path / "b" / "2.txt"), ["6-512"]),
        (str(tmp_path / "c.HTM"), ["6-512"]),
        (str(tmp_path / "d.pdf"), "it is a PDF document, not text or HTML"),
        (str(tmp_path / "e.txt"), "it has the layout of no written question"),
    ]


def test_folders_may_lie_deeper_than_calls(tmp_path: Path) -> None:
    deep = tmp_path
    for _ in range(1500):
        deep = deep / "d"
        deep.mkdir()
    page = deep / "1.txt"
    page.write_text(NL_WEB)
    found = outcomes(tmp_path)
    page.unlink()
    while deep != tmp_path:  # pytest would clear it away by calls, as deep
        deep.rmdir()
        deep = deep.parent
    assert found == [(str(page), ["6-512"])]


def test_a_glob_names_its_files_in_sorted_order(tmp_path: Path) -> None:
    for name in ("2.txt", "1.txt", "1.html"):
        (tmp_path / name).write_text(NL_WEB)
    assert [name for name, _ in outcomes(tmp_path / "*.txt")] == [str(tmp_path / "1.txt"), str(tmp_path / "2.txt")]


def test_a_missing_file_is_rejected_by_name(tmp_path: Path) -> None:
    missing = tmp_path / "weg.txt"
    assert outcomes(missing) == [(str(missing), "there is no such file or folder")]
    assert outcomes(tmp_path / "*.txt") == [(str(tmp_path / "*.txt"), "there is no such file or folder")]


def test_a_file_named_by_hand_needs_no_ending(tmp_path: Path) -> None:
    (tmp_path / "vraag").write_text(NL_WEB)
    (tmp_path / "pagina").write_text(as_html(NL_WEB))
    (tmp_path / "export").write_text(json.dumps(to_json(read_one(NL_WEB))) + "\n")
    for name in ("vraag", "pagina", "export"):
        assert only(tmp_path / name).questions[0].number == "6-512"


def test_links_that_lead_back_and_broken_links_are_rejected(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "1.txt").write_text(NL_WEB)
    (tmp_path / "a" / "back").symlink_to(tmp_path)
    (tmp_path / "broken.txt").symlink_to(tmp_path / "nowhere.txt")
    (tmp_path / "loop.txt").symlink_to(tmp_path / "loop.txt")
    found = dict(outcomes(tmp_path))
    assert found[str(tmp_path / "a" / "1.txt")] == ["6-512"]
    assert found[str(tmp_path / "a" / "back")] == "it is a folder already read under another name"
    assert found[str(tmp_path / "broken.txt")].startswith("it cannot be read: ")  # type: ignore[attr-defined]
    assert found[str(tmp_path / "loop.txt")].startswith("it cannot be read: ")  # type: ignore[attr-defined]


def test_a_pipe_in_a_folder_is_no_file_and_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    assert outcomes(tmp_path) == [(str(tmp_path / "pipe.txt"), "it is not a regular file")]


def test_a_pipe_that_takes_the_place_of_a_file_is_not_waited_for(tmp_path: Path) -> None:
    found = list(find_all(tmp_path))
    for file in found:
        Path(file.path).unlink()
        os.mkfifo(file.path)
    assert [list(sources.open_file(file)) for file in found] == [
        [Rejection(file.path, "it is not a regular file")] for file in found
    ]
    assert not routes_in([file.path for file in found]).docnames()


def find_all(folder: Path) -> Iterator[sources.SourceFile]:
    for name in ("a.txt", "b.zip", "c.json", "d"):
        (folder / name).write_text(NL_WEB)
    for file in sources.find([folder]):
        assert isinstance(file, sources.SourceFile)
        yield file


def test_what_is_written_beside_an_archive_is_not_read_from_a_pipe(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(NL_WEB)
    os.mkfifo(tmp_path / ".a.txt.json")
    assert outcomes(tmp_path) == [(str(tmp_path / "a.txt"), ["6-512"])]


def test_names_that_are_no_text_or_move_the_cursor_are_spelled_out(tmp_path: Path) -> None:
    names = [b"a\xe9.txt", b"b\x1b[2J\n.txt", b"c.\xe9", "dé\xa0.txt".encode()]
    for name in names:
        Path(os.fsdecode(bytes(tmp_path) + b"/" + name)).write_text(NL_WEB)
    with tarfile.open(tmp_path / "e.tar", "w") as archive:
        archive.addfile(tarfile.TarInfo(os.fsdecode(names[0])), io.BytesIO())
    assert outcomes(tmp_path) == [
        (rf"{tmp_path}/a\udce9.txt", ["6-512"]),
        (rf"{tmp_path}/b\x1b[2J\n.txt", ["6-512"]),
        (rf"{tmp_path}/c.\udce9", ["6-512"]),
        (f"{tmp_path}/dé\xa0.txt", ["6-512"]),
        (rf"{tmp_path}/e.tar:a\udce9.txt", "it is empty"),
    ]


@pytest.mark.skipif(os.geteuid() == 0, reason="nothing is forbidden to the superuser")
def test_what_may_not_be_read_is_rejected(tmp_path: Path) -> None:
    (tmp_path / "geheim.txt").write_text(NL_WEB)
    (tmp_path / "geheim.txt").chmod(0)
    assert outcomes(tmp_path) == [(str(tmp_path / "geheim.txt"), "it cannot be read: Permission denied")]


def test_an_unreadable_file_is_rejected(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.txt").write_text(NL_WEB)

    def refuse(*_args: object, **_kwargs: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(sources, "open_regular", refuse)
    assert outcomes(tmp_path) == [(str(tmp_path / "a.txt"), "it cannot be read: Permission denied")]


def test_a_document_beyond_the_limit_is_rejected_by_name(tmp_path: Path) -> None:
    with (tmp_path / "groot.txt").open("wb") as file:
        file.truncate(limits.MAX_DOCUMENT_BYTES + 1)
    (tmp_path / "past.txt").write_bytes(NL_WEB.encode() + b" " * (limits.MAX_DOCUMENT_BYTES - len(NL_WEB.encode())))
    assert outcomes(tmp_path) == [
        (str(tmp_path / "groot.txt"), "it is larger than 10 MB"),
        (str(tmp_path / "past.txt"), ["6-512"]),
    ]


def stdin(monkeypatch: pytest.MonkeyPatch, content: bytes) -> None:
    raw = io.BufferedReader(io.BytesIO(content))
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(raw))


def zipped(**members: bytes) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name.replace("__", "/").replace("_", "."), content)
    return buffer.getvalue()


def tarred(mode: str = "w", **members: bytes) -> bytes:
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode=mode) as archive:  # type: ignore[call-overload]
        for name, content in members.items():
            info = tarfile.TarInfo(name.replace("__", "/").replace("_", "."))
            info.size = len(content)
            archive.addfile(info, io.BytesIO(content))
    return buffer.getvalue()


def warc(kind: str = "response", content: bytes | None = None, status: str = "200 OK", gzipped: bool = True) -> bytes:
    buffer = io.BytesIO()
    writer = WARCWriter(buffer, gzip=gzipped)
    body = io.BytesIO(as_html(NL_WEB).encode("cp1252") if content is None else content)
    headers = StatusAndHeaders(status, [("Content-Type", "text/html; charset=windows-1252")], protocol="HTTP/1.1")
    dated = {"warc_headers_dict": {"WARC-Date": f"{DAY}T10:20:30Z"}}
    if kind == "response":
        record = writer.create_warc_record(ADDRESS, kind, payload=body, http_headers=headers, **dated)
    else:
        record = writer.create_warc_record(ADDRESS, kind, payload=body, warc_content_type="text/plain", **dated)
    writer.write_record(writer.create_warcinfo_record("x", {"software": "test"}))
    writer.write_record(record)
    return buffer.getvalue()


RECORD = (json.dumps(to_json(read_one(NL_WEB)), ensure_ascii=False) + "\n").encode()

ARCHIVES = {
    "a.zip": (zipped(map__1_txt=NL_WEB.encode()), "map/1.txt", None),
    "a.tar": (tarred(map__1_txt=NL_WEB.encode()), "map/1.txt", None),
    "a.tar.gz": (tarred("w:gz", map__1_txt=NL_WEB.encode()), "map/1.txt", None),
    "a.tgz": (tarred("w:gz", map__1_txt=NL_WEB.encode()), "map/1.txt", None),
    "a.tar.bz2": (tarred("w:bz2", map__1_txt=NL_WEB.encode()), "map/1.txt", None),
    "a.tar.xz": (tarred("w:xz", map__1_txt=NL_WEB.encode()), "map/1.txt", None),
    "a.txt.gz": (gzip.compress(NL_WEB.encode()), None, None),
    "a.html.gz": (gzip.compress(as_html(NL_WEB).encode("cp1252")), None, None),
    "a.warc": (warc(gzipped=False), None, ADDRESS),
    "a.warc.gz": (warc(), None, ADDRESS),
    "a.wet": (warc("conversion", NL_WEB.encode(), gzipped=False), None, ADDRESS),
    "a.wet.gz": (warc("conversion", NL_WEB.encode()), None, ADDRESS),
    "b.zip": (zipped(x_warc_gz=warc()), "x.warc.gz", ADDRESS),
    "b.tar": (tarred(x_txt_gz=gzip.compress(NL_WEB.encode())), "x.txt.gz", None),
}


SERVED_AS_HTML = {"a.html.gz", "a.warc", "a.warc.gz", "b.zip"}


@pytest.mark.parametrize("name", ARCHIVES)
def test_an_archive_gives_what_its_file_gives(name: Any, tmp_path: Path) -> None:
    content, member, address = ARCHIVES[name]
    path = tmp_path / name
    path.write_bytes(content)
    (question,) = only(path).questions
    plain = read_one(NL_WEB.replace("\n • ", "\n• ") if name in SERVED_AS_HTML else NL_WEB)
    source = Source(str(path), member, address, "nl-web")
    seen = DAY if address else None
    assert question == replace(plain, source=source, sources=(source,), last_seen=seen)


@pytest.mark.parametrize("name", ["a.zip", "a.tar", "a.tar.gz", "a.tar.bz2", "a.warc", "a.warc.gz", "a.txt.gz"])
def test_an_archive_may_come_on_standard_input(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    stdin(monkeypatch, ARCHIVES[name][0])
    ((_, found),) = outcomes("-")
    assert found == ["6-512"]


@pytest.mark.parametrize("content", [NL_WEB.encode(), as_html(NL_WEB).encode("cp1252"), RECORD])
def test_a_document_may_come_on_standard_input(content: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    stdin(monkeypatch, content)
    assert outcomes("-")[0][1] == ["6-512"]


def test_our_own_export_is_read_back(tmp_path: Path) -> None:
    question = read_one(NL_WEB)
    path = tmp_path / "export.jsonl"
    path.write_bytes(RECORD + b"\n" + RECORD.replace(b"6-512", b"6-999") + b'{"number": "6-1"}\nonzin\n[1]\n')
    items = list(read([path]))
    own = Source(str(path), "1", None, "record")
    assert items[0].questions == (replace(question, source=own, sources=(own, question.source)),)
    assert items[1].questions[0].number == "6-999"
    assert [(item.name, item.reason) for item in items[2:] if isinstance(item, Rejection)] == [
        (f"{path}:4", "it is no exported record: it lacks “source”"),
        (f"{path}:5", "it is no JSON from line 1, column 1 on"),
        (f"{path}:6", "it is no exported record: it is no object"),
    ]


@pytest.mark.parametrize(
    "change",
    [
        {"number": 5},
        {"number": "vijf"},
        {"title": 7},
        {"title": "half \ud800"},
        {"keywords": "een"},
        {"keywords": [1]},
        {"date": "gisteren"},
        {"date": 5},
        {"chronology": [{"date": None, "event": "gone", "label": "x"}]},
        {"chronology": [{"date": None}]},
        {"chronology": {"a": 1}},
        {"references": [{"kind": "x"}]},
        {"references": [{"kind": "also-asked-to", "type": "phone call", "number": "5-1"}]},
        {"french": "ja"},
        {"french": {"title": 5}},
        {"source": "a.txt"},
        {"source": {"path": 1}},
        {"status": "lost"},
        {"language": "es"},
        {"delay_days": "9"},
        {"reminders": -1},
        {"problems": [None]},
    ],
)
def test_a_record_of_the_wrong_shape_is_rejected(change: Any, tmp_path: Path) -> None:
    path = tmp_path / "export.jsonl"
    path.write_text(json.dumps(json.loads(RECORD) | change) + "\n")
    ((name, reason),) = outcomes(path)
    assert name == f"{path}:1"
    assert isinstance(reason, str) and reason.startswith("it is no exported record: ")


def test_members_that_are_no_documents_are_named(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    path.write_bytes(zipped(a_pdf=b"%PDF", b_txt=NL_WEB.encode(), c_zip=zipped(x_txt=NL_WEB.encode()), _hidden=b"x"))
    assert outcomes(path) == [
        (f"{path}:a.pdf", "it is a PDF document, not text or HTML"),
        (f"{path}:b.txt", ["6-512"]),
        (f"{path}:c.zip", "it is a zip file within another archive: unpack it first"),
    ]


def test_a_zip_bomb_is_rejected_without_unpacking_it(tmp_path: Path) -> None:
    path = tmp_path / "bom.zip"
    path.write_bytes(zipped(bom_txt=bytes(limits.MAX_DOCUMENT_BYTES + 1), goed_txt=NL_WEB.encode()))
    assert outcomes(path) == [
        (f"{path}:bom.txt", "it is larger than 10 MB"),
        (f"{path}:goed.txt", ["6-512"]),
    ]


@pytest.mark.parametrize("name", ["bom.txt.gz", "bom.jsonl.gz"])
def test_a_gzip_bomb_is_rejected_by_name(name: str, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_bytes(gzip.compress(bytes(3 * limits.MAX_DOCUMENT_BYTES)))
    ((found, reason),) = outcomes(path)
    assert found.startswith(str(path))
    assert reason == "it is larger than 10 MB"


def test_archives_nested_without_end_are_rejected(tmp_path: Path) -> None:
    content = NL_WEB.encode()
    for _ in range(6):
        content = tarred(x_tar=content)
    path = tmp_path / "x.tar"
    path.write_bytes(content)
    assert outcomes(path) == [(f"{path}:x.tar:x.tar:x.tar", "archives are nested more than 3 deep")]


def test_links_and_devices_in_a_tar_are_named(tmp_path: Path) -> None:
    path = tmp_path / "a.tar"
    with tarfile.open(path, "w") as archive:
        link = tarfile.TarInfo("link.txt")
        link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
        archive.addfile(link)
    assert outcomes(path) == [(f"{path}:link.txt", "it is a link or a device, not a file")]


@pytest.mark.parametrize("name", [name for name in ARCHIVES if name[0] == "a"])
def test_a_cut_off_archive_gives_whole_questions_or_a_rejection(name: Any, tmp_path: Path) -> None:
    content = ARCHIVES[name][0]
    path = tmp_path / name
    path.write_bytes(content)
    whole = only(path).questions
    for cut in (*range(0, len(content), 97), *range(len(content) - 40, len(content))):
        path.write_bytes(content[:cut])
        found = list(read([path]))
        assert found or cut < 0.7 * len(content)  # what ends within the head of a record gives nothing
        assert all(isinstance(item, Rejection) or item.questions == whole for item in found)


@pytest.mark.parametrize("kind", [tarfile.GNUTYPE_LONGNAME, tarfile.XHDTYPE])
def test_a_member_whose_name_has_no_end_is_not_read(kind: Any, tmp_path: Path) -> None:
    member = tarfile.TarInfo("naam")
    member.type, member.size = kind, 10**15
    path = tmp_path / "bom.tar"
    path.write_bytes(member.tobuf(tarfile.GNU_FORMAT) + b"a" * 10_000)
    reason = "it is a broken archive from here on: the name of a member is larger than 16 kB"
    assert outcomes(path) == [(str(path), reason)]


def test_a_name_without_end_after_another_is_not_read(tmp_path: Path) -> None:
    name, longer = tarfile.TarInfo("naam"), tarfile.TarInfo("naam")
    name.type, name.size = tarfile.GNUTYPE_LONGNAME, 10
    longer.type, longer.size = tarfile.GNUTYPE_LONGNAME, 10**15
    path = tmp_path / "bom.tar"
    path.write_bytes(name.tobuf(tarfile.GNU_FORMAT) + b"a" * 512 + longer.tobuf(tarfile.GNU_FORMAT) + b"a" * 10_000)
    reason = "it is a broken archive from here on: the name of a member is larger than 16 kB"
    assert outcomes(path) == [(str(path), reason)]


@pytest.mark.parametrize(
    "records",
    [b"11111", b"30 path=b\n", b"9 path=b", b"9 pathb\n\n", b"5 =b\n", b"0 a=\n", b"-9 path=b\n", b"path=b\n"],
)
def test_attributes_that_are_not_what_their_lengths_say_are_named(records: bytes, tmp_path: Path) -> None:
    attributes, file = tarfile.TarInfo("naam"), tarfile.TarInfo("a.txt")
    attributes.type, attributes.size = tarfile.XHDTYPE, len(records)
    heads = (attributes.tobuf(tarfile.GNU_FORMAT), records.ljust(512, b"\0"), file.tobuf(tarfile.GNU_FORMAT))
    path = tmp_path / "a.tar"
    path.write_bytes(b"".join(heads))
    reason = "it is a broken archive from here on: the attributes of a member are damaged"
    assert outcomes(path) == [(str(path), reason)]


@pytest.mark.parametrize("kind", [tarfile.USTAR_FORMAT, tarfile.GNU_FORMAT, tarfile.PAX_FORMAT])
def test_a_damaged_header_between_members_is_no_end_of_the_archive(kind: Any, tmp_path: Path) -> None:
    path = tmp_path / "a.tar"
    with tarfile.open(path, "w", format=kind) as archive:
        for name in ("a.txt", "b" * 99, "c.txt"):
            archive.addfile(tarfile.TarInfo(name))
    content = bytearray(path.read_bytes())
    content[512] ^= 1  # the first byte of the name that the second header gives
    path.write_bytes(content)
    assert outcomes(path)[-1] == (str(path), f"it is a broken archive from here on: {DAMAGED}")


DAMAGED = "its data is damaged or cut off"


@pytest.mark.parametrize(
    ("name", "damage", "reason"),
    [
        ("a.tar", lambda content: content[:700], DAMAGED),
        ("a.tar", lambda content: b"x" * 100 + content[100:], DAMAGED),
        ("a.tar.gz", lambda content: content[:-200], "its data is cut off"),
        ("a.tar.gz", lambda content: content[:60] + b"\xff" * 40 + content[100:], "its compressed data is damaged"),
        ("a.txt.gz", lambda content: content[:60] + b"\xff" * 40 + content[100:], "its compressed data is damaged"),
        ("a.txt.gz", lambda content: content[:-200], "its data is cut off"),
        ("a.zip", lambda content: content[:-30], "its zip structure or a checksum is damaged"),
    ],
)
def test_what_is_broken_in_an_archive_is_told_in_our_words(name: str, damage: Any, reason: Any, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_bytes(damage(ARCHIVES[name][0]))
    (last,) = outcomes(path)[-1:]
    assert last == (str(path), f"it is a broken archive from here on: {reason}")


@pytest.mark.parametrize("name", list(ARCHIVES))
def test_an_archive_of_noise_is_a_rejection(name: Any, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_bytes(b"\x00\xff noise " * 50)
    items = list(read([path]))
    assert items and all(isinstance(item, Rejection) for item in items)


def test_a_locked_zip_member_does_not_spoil_the_others(tmp_path: Path) -> None:
    content = bytearray(zipped(a_txt=NL_WEB.encode(), b_txt=NL_PRINT.encode()))
    central = content.index(b"PK\x01\x02")
    content[central + 8] |= 1  # the flag that says: encrypted
    path = tmp_path / "a.zip"
    path.write_bytes(bytes(content))
    (first, second) = outcomes(path)
    assert first == (f"{path}:a.txt", "it cannot be unpacked: it is encrypted")
    assert second == (f"{path}:b.txt", ["6-512"])


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (warc(status="404 Not Found"), "the site answered with status 404"),
        (warc(content=b""), "it is empty"),
    ],
)
def test_pages_of_a_warc_that_are_no_question_are_named_by_address(content: Any, reason: str, tmp_path: Path) -> None:
    path = tmp_path / "a.warc.gz"
    path.write_bytes(content)
    assert outcomes(path) == [(f"{path}:{ADDRESS}", reason)]


def test_many_records_and_streams_stay_in_order_on_two_processes(tmp_path: Path) -> None:
    for number in range(200):
        (tmp_path / f"{number:03}.txt").write_text(NL_WEB.replace("6-512", f"6-{number + 1}"))
    (tmp_path / "100.pdf").write_bytes(b"x")
    (tmp_path / "zz.zip").write_bytes(zipped(a_txt=NL_WEB.encode(), b_txt=b"x"))
    one = list(read([tmp_path]))
    assert list(read([tmp_path], jobs=2)) == one
    assert len(one) == 203


def test_what_is_known_by_its_fingerprint_is_not_parsed_again(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(NL_WEB)
    (tmp_path / "b.txt").write_text(NL_PRINT)
    first, second = read([tmp_path])
    assert first.fingerprint != second.fingerprint
    for jobs in (1, 2):
        again = list(read([tmp_path], jobs=jobs, unchanged={first.fingerprint}))
        assert again == [Unchanged(first.name, first.fingerprint), second]


def test_reading_is_lazy(tmp_path: Path) -> None:
    for number in range(3):
        (tmp_path / f"{number}.txt").write_text(NL_WEB)
    items = read([tmp_path])
    next(items)
    (tmp_path / "1.txt").unlink()
    assert next(items).reason.startswith("it cannot be read: ")


def test_only_a_bounded_number_of_documents_is_under_way(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    taken = 0

    def endless(_paths: object) -> Iterator[Rejection]:
        nonlocal taken
        while True:
            taken += 1
            yield Rejection(str(taken), "it is no document")

    monkeypatch.setattr(reading, "find", endless)
    for jobs in (1, 2):
        taken = 0
        items = read([tmp_path], jobs=jobs)
        assert [next(items).name for _ in range(10)] == [str(number) for number in range(1, 11)]
        assert taken <= reading.CHUNK_ITEMS * (reading.CHUNKS_AHEAD * jobs + 2)
        items.close()  # type: ignore[attr-defined]


def test_a_bz2_stream_on_standard_input_may_hold_a_document(monkeypatch: pytest.MonkeyPatch) -> None:
    stdin(monkeypatch, bz2.compress(NL_WEB.encode()))
    assert outcomes("-") == [("<stdin>", ["6-512"])]

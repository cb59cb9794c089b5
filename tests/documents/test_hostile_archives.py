"""Small archives that would cost much: each is named, within its bound of time and memory, and the run goes on."""

import bz2
import gzip
import io
import lzma
import re
import struct
import subprocess
import sys
import tarfile
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from searchq import limits
from searchq.documents import Parsed, Rejection, budget, read
from searchq.documents.budget import Allowance, Budget, BudgetExceeded
from searchq.documents.unpacking import compression, unpacked
from searchq.errors import DocumentError
from tests.cost import spent, takes_at_most
from tests.documents.written import NL_WEB

GROWS = "it grows to more than 500 times its size; the rest of it is not read"
TOO_SLOW = "it takes more time to unpack than its size allows; the rest of it is not read"
SECONDS = 8.0  # of processor time; unhurried, each takes less than two
MEGABYTES = 200  # more than a process that reads an honest page


def tar_head(name: str, size: int, kind: bytes = tarfile.REGTYPE) -> bytes:
    info = tarfile.TarInfo(name)
    info.size, info.type = size, kind
    return info.tobuf(tarfile.GNU_FORMAT)


def compressed(compressor: bz2.BZ2Compressor | lzma.LZMACompressor, head: bytes, zeros: int) -> bytes:
    parts = [compressor.compress(head)]
    block = bytes(1 << 20)
    parts += [compressor.compress(block) for _ in range(zeros >> 20)]
    return b"".join([*parts, compressor.flush()])


def tar_bz2() -> bytes:
    return compressed(bz2.BZ2Compressor(), tar_head("a.bin", 1 << 40), 100 << 20)


def tar_xz() -> bytes:
    return compressed(lzma.LZMACompressor(), tar_head("a.bin", 1 << 40), 100 << 20)


def many_members() -> bytes:
    """bzip2 of bzip2 members, each a few bytes for megabytes."""
    return bz2.compress(bytes(40 << 20)) * 20


def pax_digits() -> bytes:
    digits = b"1" * 200_000
    size = -(-len(digits) // 512) * 512
    return tar_head("pax", len(digits), tarfile.XHDTYPE) + digits.ljust(size, b"\0") + tar_head("a.txt", 0)


def pax_digits_often() -> bytes:
    digits = b"1" * (15 * 1024)
    one = tar_head("pax", len(digits), tarfile.XHDTYPE) + digits + tar_head("a.txt", 0)
    return gzip.compress(one * 400)


def pax_records_often() -> bytes:
    """Members of no bytes with thousands of attributes each, all of them well made."""
    records = b"6 a=b\n" * (16 * 1024 // 6)
    head = tar_head("pax", len(records), tarfile.XHDTYPE) + records.ljust(16 * 1024, b"\0")
    return lzma.compress((head + tar_head("a.txt", 0)) * 3500, preset=0)


def overlapping_zip() -> bytes:
    """Members that all stand for the same 16 MB of zeros."""
    packer = zlib.compressobj(9, wbits=-15)
    content = bytes(9 << 20)
    packed = packer.compress(content) + packer.flush()
    local = struct.pack("<4s5H3I2H", b"PK\3\4", 20, 0, 8, 0, 0, zlib.crc32(content), len(packed), len(content), 1, 0)
    central = struct.pack(
        "<4s6H3I5H2I",
        b"PK\1\2",
        20,
        20,
        0,
        8,
        0,
        0,
        zlib.crc32(content),
        len(packed),
        len(content),
        1,
        0,
        0,
        0,
        0,
        0,
        0,
    )
    entries = (central + b"a") * 400
    end = struct.pack("<4s4H2IH", b"PK\5\6", 0, 0, 400, 400, len(entries), len(local) + 1 + len(packed), 0)
    return local + b"a" + packed + entries + end


def blank_lines() -> bytes:
    return gzip.compress(b'{"a": 1}\n' + b"\n" * (200 << 20))


def warc_head() -> bytes:
    return gzip.compress(b"WARC/1.0\r\nWARC-Type: " + b"a" * (40 << 20) + b"\r\n\r\n")


def warc_heads() -> bytes:
    return gzip.compress(b"WARC/1.0\r\n" + b"A: b\r\n" * 5_000_000 + b"\r\n")


def nested_gzip() -> bytes:
    content = bytes(1 << 20)
    for _ in range(20):
        content = gzip.compress(content)
    return content


BOMBS: dict[str, tuple[Callable[[], bytes], str]] = {
    "a.tar.bz2": (tar_bz2, GROWS),
    "a.tar.xz": (tar_xz, GROWS),
    "b.bz2": (many_members, "it is larger than 10 MB"),
    "p.tar": (pax_digits, "it is a broken archive from here on: the name of a member is larger than 16 kB"),
    "q.tar.gz": (pax_digits_often, "it is a broken archive from here on: the attributes of a member are damaged"),
    "r.tar.xz": (pax_records_often, TOO_SLOW),
    "o.zip": (overlapping_zip, "it cannot be unpacked: it overlaps another member"),
    "l.jsonl.gz": (blank_lines, GROWS),
    "w.warc.gz": (warc_head, "it is a broken archive from here on: the head of a record is larger than 16 kB"),
    "v.warc.gz": (warc_heads, "it is a broken archive from here on: the head of a record is larger than 16 kB"),
    "n.gz": (nested_gzip, "archives are nested more than 3 deep"),
}

MEASURE = """
import re, sys, time
from searchq import limits
limits.ARCHIVE_ALLOWANCE_SECONDS = float(sys.argv.pop(1))
from searchq.documents import Rejection, read
began = time.process_time()
for item in read(sys.argv[1:]):
    if isinstance(item, Rejection):
        print(item.name.rsplit("/", 1)[-1], item.reason, sep="\\t")
    else:
        print(item.name.rsplit("/", 1)[-1], item.questions[0].number, sep="\\t")
spent = time.process_time() - began
print(spent, int(re.search("VmHWM:[^0-9]*([0-9]+)", open("/proc/self/status").read())[1]) // 1024, sep="\\t")
"""


@pytest.mark.parametrize("name", BOMBS)
def test_a_small_archive_costs_little_is_named_and_the_run_goes_on(name: Any, tmp_path: Path) -> None:
    make, reason = BOMBS[name]
    (tmp_path / name).write_bytes(make())
    (tmp_path / "z.txt").write_text(NL_WEB)
    paths = [str(tmp_path / name), str(tmp_path / "z.txt")]
    allowance = 1 if reason == TOO_SLOW else limits.ARCHIVE_ALLOWANCE_SECONDS
    command = [sys.executable, "-c", MEASURE, str(allowance), *paths]

    def measure() -> float:
        done = subprocess.run(command, capture_output=True, text=True, check=True)
        *items, (seconds, megabytes) = (line.split("\t") for line in done.stdout.splitlines())
        assert [found[-1] for found in items[-2:]] == [reason, "6-512"]
        assert int(megabytes) < 80 + MEGABYTES
        return float(seconds)

    assert takes_at_most(SECONDS, measure)


def test_zip_members_that_overlap_do_not_spoil_the_others(tmp_path: Path) -> None:
    """The second claims to be where the first is, and the third to be so long as to end in the fourth."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name in ("a.txt", "b.txt", "c.txt", "d.txt"):
            archive.writestr(name, NL_WEB)
    content = bytearray(buffer.getvalue())
    entries = [match.start() for match in re.finditer(b"PK\1\2", content)]
    content[entries[1] + 42 : entries[1] + 46] = bytes(4)
    content[entries[2] + 20 : entries[2] + 24] = struct.pack("<I", len(NL_WEB.encode()) + 50)
    path = tmp_path / "o.zip"
    path.write_bytes(content)
    found = {item.name.rsplit(":", 1)[-1]: getattr(item, "reason", None) for item in read([path])}
    reason = "it cannot be unpacked: it overlaps another member"
    assert found == {"a.txt": reason, "b.txt": reason, "c.txt": reason, "d.txt": None}


def test_many_small_bombs_cost_no_more_than_one_large_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    bomb = tar_bz2()
    for number in range(50):
        (tmp_path / f"{number}.tar.bz2").write_bytes(bomb)

    def read_all() -> None:
        monkeypatch.setattr(budget._OF_THIS_PROCESS, "bytes", 100 << 20)
        reasons = [item.reason for item in read([tmp_path]) if isinstance(item, Rejection)]
        assert reasons.count(GROWS) == 50

    assert takes_at_most(SECONDS, lambda: spent(read_all))


@pytest.mark.parametrize("pack", [gzip.compress, bz2.compress, lzma.compress])
def test_compressed_streams_are_read_as_the_standard_library_reads_them(pack: Any) -> None:
    content = b"".join(b"%d " % number for number in range(200_000))
    for whole in (pack(content), pack(content[:5]) + pack(content[5:]), pack(b"") + pack(content) + bytes(8)):
        kind = compression(whole)
        assert kind is not None
        assert unpacked(io.BufferedReader(io.BytesIO(whole)), kind, Budget(len(whole))).read() == content
        for cut in (len(whole) // 2, len(whole) - 20):
            with pytest.raises(DocumentError):
                unpacked(io.BufferedReader(io.BytesIO(whole[:cut])), kind, Budget(len(whole))).read()


def test_a_budget_grows_with_the_archive_and_ends_with_its_allowance() -> None:
    own = Budget(1000, Allowance())
    own.unpack(1000 * limits.MAX_ARCHIVE_RATIO + limits.ARCHIVE_ALLOWANCE_BYTES)
    with pytest.raises(BudgetExceeded):
        own.unpack(1)
    own.read(1)
    own.unpack(1)


def test_an_honest_archive_of_like_pages_is_read_whole(tmp_path: Path) -> None:
    """Pages that differ in their number only, as the best packed of honest archives do."""
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w:xz", preset=1) as archive:
        for number in range(1, 3001):
            content = NL_WEB.replace("6-512", f"6-{number}").encode()
            info = tarfile.TarInfo(f"{number}.txt")
            info.size = len(content)
            archive.addfile(info, io.BytesIO(content))
    path = tmp_path / "a.tar.xz"
    path.write_bytes(buffer.getvalue())
    assert sum(isinstance(item, Parsed) for item in read([path])) == 3000


def test_a_member_that_is_a_bomb_does_not_spoil_those_before_it(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.txt", NL_WEB)
        archive.writestr("b.bin.bz2", tar_bz2())
    first, *_, last = read([path])
    assert isinstance(first, Parsed)
    assert (last.name, last.reason) == (str(path), GROWS)


@pytest.mark.parametrize("compress", [bz2.compress, lzma.compress, gzip.compress])
def test_a_decompressor_that_failed_is_never_asked_again(compress: Callable[[bytes], bytes]) -> None:
    """Several versions of Python write where they must not if it is (CVE-2026-6100, CVE-2026-9669)."""
    data = bytearray(compress(bytes(range(256)) * 4000))
    data[len(data) // 2] ^= 255
    made, asked = compression(bytes(data)), []
    assert made

    class Counted:
        def __init__(self) -> None:
            assert made
            self._own = made()

        def __getattr__(self, name: str) -> Any:
            return getattr(self._own, name)

        def decompress(self, piece: bytes, most: int) -> bytes:
            asked.append(len(piece))
            return self._own.decompress(piece, most)

    stream = unpacked(io.BytesIO(bytes(data)), Counted, Budget(len(data)))
    with pytest.raises((OSError, lzma.LZMAError, zlib.error)) as first:
        stream.read()
    calls = len(asked)
    for _ in range(3):
        with pytest.raises(first.type):
            stream.read(10)
    assert len(asked) == calls


def test_a_zip_that_sends_its_reader_to_no_place_is_damaged(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w") as packed:
        packed.writestr("a.txt", "x")
    data = bytearray(path.read_bytes())
    end = data.index(b"PK\x05\x06")
    data[end + 16 : end + 20] = b"\xff\xff\xff\x7f"  # where the table of contents begins
    path.write_bytes(data)
    (found,) = read([path])
    assert isinstance(found, Rejection) and "damaged" in found.reason

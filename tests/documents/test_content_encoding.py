"""Bodies that a server compressed: unpacked, or rejected by name."""

import gzip
import io
import sys
import zlib
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import brotli
import pytest
import zstandard
from hypothesis import given
from hypothesis import strategies as st
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from searchq import limits
from searchq.documents import Parsed, Rejection, read
from searchq.documents.content_encoding import decode_body
from searchq.errors import DocumentError
from tests.documents.written import NL_WEB, as_html

PAGE = as_html(NL_WEB).encode()


def raw_deflate(body: bytes) -> bytes:
    packer = zlib.compressobj(wbits=-15)
    return packer.compress(body) + packer.flush()


ENCODERS: dict[str, Callable[[bytes], bytes]] = {
    "gzip": gzip.compress,
    "x-gzip": gzip.compress,
    "deflate": zlib.compress,
    "Deflate": raw_deflate,
    "zstd": zstandard.ZstdCompressor().compress,
    "br": partial(brotli.compress, quality=1),
    "identity": bytes,
}


def archive(path: Path, body: bytes, encoding: str | None, media: str = "text/html", chunked: bool = False) -> Path:
    headers = [("Content-Type", media)]
    if encoding is not None:
        headers.append(("Content-Encoding", encoding))
    if chunked:
        headers.append(("Transfer-Encoding", "Chunked"))
        body = b"".join(b"%x\r\n%b\r\n" % (len(part), part) for part in (body[:100], body[100:])) + b"0\r\n\r\n"
    with path.open("wb") as file:
        writer = WARCWriter(file, gzip=True)
        http = StatusAndHeaders("200 OK", headers, protocol="HTTP/1.1")
        record = writer.create_warc_record(
            "http://a.example/1", "response", payload=io.BytesIO(body), http_headers=http
        )
        writer.write_record(record)
    return path


def reason(path: Path) -> str | None:
    """Why the one page was rejected; None where it was read."""
    (item,) = read([path])
    if isinstance(item, Rejection):
        return item.reason
    assert isinstance(item, Parsed)
    assert item.questions[0].answer == "1, 2 en 3. Neen, dat is verboden.\n\nHet reglement werd aangepast."
    return None


@pytest.mark.parametrize("chunked", [False, True])
@pytest.mark.parametrize("encoding", ENCODERS)
def test_a_compressed_page_is_read(encoding: Any, chunked: bool, tmp_path: Path) -> None:
    body = ENCODERS[encoding](PAGE)
    assert reason(archive(tmp_path / "a.warc.gz", body, encoding, chunked=chunked)) is None


def test_encodings_in_a_row_are_undone_from_the_last(tmp_path: Path) -> None:
    assert reason(archive(tmp_path / "a.warc.gz", brotli.compress(gzip.compress(PAGE)), "gzip, br")) is None


@pytest.mark.parametrize("encoding", ["gzip", "zstd"])
def test_a_compressed_page_whose_header_was_lost_is_read(encoding: str, tmp_path: Path) -> None:
    assert reason(archive(tmp_path / "a.warc.gz", ENCODERS[encoding](PAGE), None)) is None


@pytest.mark.parametrize("encoding", ENCODERS)
def test_a_page_that_the_crawler_unpacked_already_is_read(encoding: Any, tmp_path: Path) -> None:
    assert reason(archive(tmp_path / "a.warc.gz", PAGE, encoding)) is None


@pytest.mark.parametrize("encoding", ["gzip", "deflate", "Deflate", "zstd", "br"])
def test_a_compressed_page_that_is_cut_off_is_rejected_by_name(encoding: str, tmp_path: Path) -> None:
    body = ENCODERS[encoding](PAGE)
    for cut in (len(body) // 2, len(body) - 1):
        found = reason(archive(tmp_path / "a.warc.gz", body[:cut], encoding))
        assert found == f"its {encoding.lower()} encoding is broken or cut off"


@pytest.mark.parametrize(
    ("body", "encoding", "named"),
    [
        (b"\x1f\x9d" + PAGE, "compress", "it is encoded as “compress”, which is not read"),
        (brotli.compress(PAGE), None, "it is binary data, not text or HTML"),
        (b"\x80\x01\x02" * 99, "br", "its br encoding is broken or cut off"),
    ],
)
def test_what_cannot_be_unpacked_is_never_read_as_it_stands(
    body: Any, encoding: str | None, named: str, tmp_path: Path
) -> None:
    assert reason(archive(tmp_path / "a.warc.gz", body, encoding)) == named


def test_without_its_library_brotli_is_rejected_with_the_remedy(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "brotli", None)
    path = archive(tmp_path / "a.warc.gz", brotli.compress(PAGE), "br")
    assert reason(path) == "it is encoded with Brotli (br); to read it: pip install 'searchq[brotli]'"


@pytest.mark.parametrize("encoding", ["gzip", "deflate", "zstd", "br"])
def test_a_body_that_grows_beyond_a_document_is_rejected_by_size(encoding: str, tmp_path: Path) -> None:
    body = ENCODERS[encoding](bytes(300_000_000))
    assert reason(archive(tmp_path / "a.warc.gz", body, encoding)) == "it is larger than 10 MB"


def test_a_page_under_a_wrong_content_type_is_read_and_a_picture_under_the_right_one_is_not(tmp_path: Path) -> None:
    assert reason(archive(tmp_path / "a.warc.gz", PAGE, None, "application/octet-stream")) is None
    assert reason(archive(tmp_path / "b.warc.gz", PAGE, None, "image/gif")) is None
    picture = archive(tmp_path / "c.warc.gz", b"\x89PNG\r\n\x1a\n", None)
    assert reason(picture) == "it is a PNG image, not text or HTML"
    sheet = archive(tmp_path / "d.warc.gz", b"p {}", None, "text/css")
    assert reason(sheet) == "it is text/css, not text or HTML"


@given(st.binary(max_size=400), st.sampled_from(["", "gzip", "deflate", "zstd", "br", "gzip, br", "odd"]))
def test_any_body_gives_bytes_or_a_named_rejection(body: Any, encoding: Any) -> None:
    try:
        found = decode_body(body, encoding, limits.MAX_DOCUMENT_BYTES)
    except DocumentError as error:
        assert "encod" in str(error)
    else:
        assert isinstance(found, bytes)


def test_members_end_to_end_with_zeros_between_are_one_body() -> None:
    body = gzip.compress(b"") * 3000 + gzip.compress(b"one" * 50_000) + b"\0" * 100_000 + gzip.compress(b"two")
    assert decode_body(body, "gzip", 200_000) == b"one" * 50_000 + b"two"
    assert len(decode_body(body, "gzip", 7)) == 8  # one more than may be, as a sign
    with pytest.raises(DocumentError, match="broken or cut off"):
        decode_body(body[:-1], "gzip", 200_000)

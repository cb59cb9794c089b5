"""Pages that a browser saved as a single file (MHTML)."""

import quopri
from base64 import encodebytes

import pytest
from msgspec.structs import replace

from searchq.documents import parse
from searchq.documents.content_type import Media
from searchq.errors import DocumentError
from searchq.question import Question
from tests.documents.written import NL_WEB, as_html, document

ADDRESS = "https://senaat.example/www/?MIval=/Vragen/SchriftelijkeVraag&LEG=6&NR=512&LANG=nl"
PAGE = as_html(NL_WEB.replace("Lore", "Chloé")).replace("</body>", "<p>Terug naar boven</p></body>")
HEAD = """From: <Saved by a browser>
Subject: =?utf-8?Q?Senaat?=
MIME-Version: 1.0
Content-Type: multipart/related;
\ttype="text/html";
\tboundary="----Part--7"


"""


def saved(body: bytes, encoding: str, charset: str = "", head: str = HEAD) -> bytes:
    """A page and a picture as a browser saves them."""
    picture = "------Part--7\nContent-Type: image/gif\nContent-Location: https://senaat.example/x.gif\n\nR0lGODlh\n"
    top = f"------Part--7\nContent-Type: text/html{charset}\nContent-Transfer-Encoding: {encoding}\n"
    letter = f"{head}{top}Content-Location: {ADDRESS}\n\n".encode() + body + f"\n{picture}------Part--7--\n".encode()
    return letter.replace(b"\n", b"\r\n")


def read(content: bytes, media: Media = "text") -> Question:
    (question,) = parse(document(content, media=media))
    return replace(question, source=replace(question.source, address=None), sources=())


@pytest.mark.parametrize("media", ["text", "html"])
@pytest.mark.parametrize(
    "content",
    [
        saved(quopri.encodestring(PAGE.encode()), "quoted-printable"),
        saved(quopri.encodestring(PAGE.encode("cp1252")), "quoted-printable", "; charset=windows-1252"),
        saved(encodebytes(PAGE.encode("utf-16")), "base64", '; charset="utf-16"'),
        saved(PAGE.encode(), "8bit"),
    ],
)
def test_the_page_within_is_read_and_nothing_else(content: bytes, media: Media) -> None:
    assert read(content, media) == read(PAGE.encode(), "html")
    assert parse(document(content, media=media))[0].source.address == ADDRESS


def test_a_file_that_is_cut_off_is_a_page_that_is_cut_off() -> None:
    content = saved(quopri.encodestring(PAGE.encode()), "quoted-printable")
    question = read(content[: content.index(b"Het reglement") + 20])
    assert question.author == "Chloé Vermeersch"
    assert question.problems == ("The page ends within a sentence, so the text is cut off.",)


@pytest.mark.parametrize(
    "content",
    [
        HEAD.encode() + b"------Part--7\nContent-Type: text/plain\n\nNiets.\n------Part--7--\n",
        saved(b"QUJ", "base64"),
        b"MIME-Version: 1.0\nContent-Type: multipart/related\n\n" + b"--x\nContent-Type: multipart/related\n\n" * 3000,
        HEAD.encode() + b"--x\nContent-Type: image/gif\n" * 20_000,
    ],
)
def test_a_letter_without_a_page_is_rejected(content: bytes) -> None:
    with pytest.raises(DocumentError, match="it has the layout of no written question"):
        parse(document(content))

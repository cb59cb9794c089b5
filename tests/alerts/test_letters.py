"""Letters: text and HTML in both languages, links, headers; nothing a document says can add a header or a tag."""

import datetime as dt
from email.message import EmailMessage
from typing import Any

import pytest
from msgspec.structs import replace as changed

from searchq.alerts.keys import Signer
from searchq.alerts.letter import Letter, as_mail, as_text
from searchq.alerts.news import News
from searchq.alerts.settings import MailSettings, SmtpServer
from searchq.limits import MAX_LETTER_CARDS, MAX_LETTER_LINES
from searchq.question import Question
from searchq.results.page import ResultHit, Snippet
from searchq.results.requests import make_request
from searchq.web.letters import LetterWriter
from tests.alerts.made_news import made_question, subscribed
from tests.alerts.mail_server import parsed

SITE = "https://vragen.example/vragen"
SETTINGS = MailSettings(SmtpServer("smtp", "localhost", 25), "alerts@vragen.example", "Vragen", SITE, "s")
NOW = dt.datetime(2026, 3, 2, 6, 0, tzinfo=dt.UTC)
SEARCH = make_request("stipt", include={"portfolio": "Mobiliteit"}, exclude={"party": "MR"})


def written(question: Question | None = None, site: str | None = SITE, **values: Any) -> Letter:
    """The letter about a question that matched `stipt`."""
    fragment = Snippet("question", "Hoe stipt rijden de <snelle> treinen?", ((4, 9),), False, True)
    hit = ResultHit(question or made_question("5-1"), 1.0, (fragment,), ((9, 19),))
    write = LetterWriter(site, Signer("s"), dt.date(2026, 3, 1))
    return write(subscribed(search=SEARCH, **values), [News(hit, ("new",))])


def mail(letter: Letter) -> EmailMessage:
    return parsed(as_mail(letter, SETTINGS, "lezer@post.example", "abc", NOW))


def text_of(message: EmailMessage, kind: str) -> str:
    part = message.get_body((kind,))
    assert part is not None
    return str(part.get_content())


def test_a_mail_has_the_same_news_in_text_and_in_html() -> None:
    message = mail(written())
    assert message.get_content_type() == "multipart/alternative"
    text, html = text_of(message, "plain"), text_of(message, "html")
    assert "NIEUWE VRAAG · 5-1" in text
    assert "… Hoe *stipt* rijden de <snelle> treinen?" in text
    assert "… Hoe <mark>stipt</mark> rijden de &lt;snelle&gt; treinen?" in html
    assert "prefers-color-scheme: dark" in html
    address = "https://vragen.example/vragen/vraag/5-1?q=stipt"
    assert address in text
    assert f'href="{address}' in html


def test_the_headers_say_whom_it_is_from_and_how_it_ends() -> None:
    letter = written()  # once: a key for the removal holds the second it was made in
    message = mail(letter)
    assert message["From"] == "Vragen <alerts@vragen.example>"
    assert message["To"] == "lezer@post.example"
    assert message["Subject"] == "1 nieuwe vraag: stipt · Minister: Mobiliteit · Partij niet: MR"
    assert message["Message-ID"] == "<abc@vragen.example>"
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    removal = str(message["List-Unsubscribe"])
    assert f"\r\nList-Unsubscribe: {removal}\r\n".encode() in as_mail(letter, SETTINGS, "a@b.example", "abc", NOW)
    assert removal.startswith("<https://vragen.example/vragen/volgen/opzeggen?sleutel=")
    assert removal[1:-1] in text_of(message, "plain")


def test_a_letter_is_in_the_language_of_its_subscription() -> None:
    message = mail(written(language="fr"))
    assert message["Subject"].startswith("1 nouvelle question\u00a0: stipt")
    assert message["Content-Language"] == "fr"
    assert "NOUVELLE QUESTION · 5-1" in text_of(message, "plain")
    assert '<html lang="fr">' in text_of(message, "html")
    assert "https://vragen.example/vragen/fr/vraag/5-1?" in text_of(message, "plain")
    assert "https://vragen.example/vragen/fr/volgen/opzeggen?" in str(message["List-Unsubscribe"])


@pytest.mark.parametrize("ending", ["\r\nBcc: all@post.example", "\nX: y", "\x00", "\u2028Bcc: a@b", "\u202eofni"])
def test_no_text_can_add_a_header(ending: str) -> None:
    letter = changed(written(), subject=f"stipt{ending}")
    message = mail(changed(letter, subject=letter.subject))
    assert message["Bcc"] is None
    assert message["X"] is None
    assert message["Subject"].startswith("stipt")
    assert not set(str(message["Subject"])) & set("\r\n\x00\u2028\u202e")


def test_a_title_of_markup_is_text() -> None:
    question = changed(made_question("5-1"), title='<script>alert(1)</script> "a"', author="<b>x</b>")
    html = written(question).html
    assert "<script>" not in html
    assert "<b>x</b>" not in html


def test_without_a_site_links_lead_to_the_house_and_the_end_is_a_command() -> None:
    letter = written(site=None, channel="file", id=3)
    assert "https://www.senate.be/" in letter.text
    assert "searchq alert remove 3" in letter.text
    assert letter.removal is None
    assert as_text(letter, "abc").decode().splitlines()[:2] == [letter.subject, "=" * len(letter.subject)]


def test_a_letter_about_many_questions_shows_some_names_more_and_counts_the_rest() -> None:
    news = [News(ResultHit(made_question(f"5-{number}"), 1.0), ("new",)) for number in range(1, MAX_LETTER_LINES + 3)]
    letter = LetterWriter(SITE, None, NOW.date())(subscribed(), news)
    assert letter.subject == "1.002 nieuwe vragen: alle vragen"
    assert letter.text.count("NIEUWE VRAAG") == MAX_LETTER_CARDS
    assert f"5-{MAX_LETTER_LINES}: Treinen" in letter.text
    assert "En nog 2 vragen" in letter.text


def test_a_confirmation_names_the_search_and_one_address() -> None:
    letter = LetterWriter(SITE, Signer("s"), NOW.date()).confirmation(subscribed(id=7, search=SEARCH))
    (address,) = [line for line in letter.text.splitlines() if line.startswith("https://")]
    assert address.startswith("https://vragen.example/vragen/volgen/bevestigen?sleutel=")
    assert Signer("s").subscription("confirm", address.partition("sleutel=")[2]) == 7
    assert "stipt · Minister: Mobiliteit" in letter.text
    assert mail(letter)["List-Unsubscribe"] is None


def test_a_key_serves_its_own_purpose_with_its_own_secret() -> None:
    key = Signer("s").key("remove", 7)
    assert Signer("s").subscription("remove", key) == 7
    assert Signer("s").subscription("confirm", key) is None
    assert Signer("other").subscription("remove", key) is None
    for broken in ("", "x", key[:-1], f"{key}{key}", "é"):
        assert Signer("s").subscription("remove", broken) is None


def test_a_key_expires(monkeypatch: pytest.MonkeyPatch) -> None:
    from itsdangerous import TimestampSigner

    made = TimestampSigner.get_timestamp(TimestampSigner("x"))
    monkeypatch.setattr(TimestampSigner, "get_timestamp", lambda self: made)
    key = Signer("s").key("confirm", 7)
    for seconds, found in ((2 * 24 * 3600, 7), (2 * 24 * 3600 + 1, None)):
        monkeypatch.setattr(TimestampSigner, "get_timestamp", lambda self, seconds=seconds: made + seconds)
        assert Signer("s").subscription("confirm", key) == found

"""What search engines read of a question's page."""

import json
import re
from typing import Any

import pytest
from werkzeug.test import Client

from searchq.question import Question
from searchq.web.linked_data import description, linked_data
from tests.web.addresses import FOUND, in_both


def data_of(client: Any, address: Any) -> Any:
    text = client.get(address).text
    (found,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', text, re.S)
    return json.loads(found)


def test_a_question_and_its_answer_are_told_as_such(client: Any) -> None:
    entity = data_of(client, "/vraag/5-102")["mainEntity"]
    assert entity["identifier"] == "5-102" and entity["author"] == {"@type": "Person", "name": "Martha Peeters"}
    assert entity["answerCount"] == 1 and entity["acceptedAnswer"]["dateCreated"] == "2013-05-30"


def test_the_canonical_address_is_absolute(client: Any) -> None:
    text = client.get("/vraag/5-102?q=sociale").text
    assert '<link rel="canonical" href="http://localhost/vraag/5-102">' in text
    assert re.search(
        r'<meta name="description" content="Van Martha Peeters aan de minister van Justitie, 30 april', text
    )


def test_no_text_ends_the_script() -> None:
    evil = Question("5-1", title="</script><script>alert(1)</script>", question="<!-- \u2028 &")
    data = linked_data(evil, "https://vragen.example/vraag/5-1")
    assert "<" not in data and "\u2028" not in data
    assert json.loads(data)["mainEntity"]["name"] == evil.title


def test_a_question_without_answer_has_none() -> None:
    data = json.loads(linked_data(Question("5-1", title="Treinen"), "https://vragen.example/vraag/5-1"))
    assert data["mainEntity"]["answerCount"] == 0 and "acceptedAnswer" not in data["mainEntity"]


def test_a_description_is_one_short_line() -> None:
    assert len(description(Question("5-1", question="woord\n" * 400))) <= 160


@pytest.mark.parametrize("address", in_both(FOUND))
def test_a_page_meant_to_be_found_has_a_description_and_whole_addresses(address: str, client: Client) -> None:
    head = client.get(address).text.partition("</head>")[0]
    (description,) = re.findall(r'<meta name="description" content="([^"]+)">', head)
    assert 20 < len(description) <= 250
    assert re.findall(r'rel="alternate" hreflang="(\w+)" href="http://localhost/', head) == ["nl", "fr"]
    assert all(one.startswith("http://localhost/") for one in re.findall(r'rel="canonical" href="([^"]+)"', head))
    assert "noindex" not in head

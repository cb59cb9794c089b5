"""Addresses of clusters, and refusals that need no cluster."""

import socket
import threading
from pathlib import Path

import pytest

from searchq.cli.sentences import in_dutch
from searchq.engines.opensearch import refusals
from searchq.engines.opensearch.address import Address, read_address, read_settings
from searchq.engines.opensearch.connection import Connection
from searchq.errors import IndexFault


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("opensearch+https://host:9200/vragen", Address(True, (("host", 9200),), "vragen")),
        ("opensearch+http://one,two:9201/q-1/", Address(False, (("one", 9200), ("two", 9201)), "q-1")),
        ("opensearch+http://[::1]:9200/q", Address(False, (("::1", 9200),), "q")),
    ],
)
def test_an_address_names_nodes_and_an_index(text: str, expected: Address) -> None:
    assert read_address(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "opensearch+http://host:9200",
        "opensearch+http://host:9200/",
        "opensearch+http://host:9200/Vragen",
        "opensearch+http://host:9200/_all",
        "opensearch+http://host:9200/a,b",
        "opensearch+http://host:port/q",
        "opensearch+http:///q",
        "opensearch+ftp://host/q",
    ],
)
def test_another_form_is_refused_with_the_right_one(text: str) -> None:
    with pytest.raises(IndexFault, match=r"opensearch\+https://host:9200/name"):
        read_address(text)


def test_a_password_in_an_address_is_refused_and_not_repeated() -> None:
    with pytest.raises(IndexFault, match="SEARCHQ_OPENSEARCH_PASSWORD") as told:
        read_address("opensearch+https://me:secret@host:9200/q")
    assert "secret" not in str(told.value)


def test_settings_come_from_the_environment(tmp_path: Path) -> None:
    file = tmp_path / "password"
    file.write_text("hush\n", encoding="utf-8")
    told = {"USER": "me", "PASSWORD_FILE": str(file), "CA": "ca.pem", "SHARDS": "3", "REPLICAS": "0"}
    settings = read_settings({f"SEARCHQ_OPENSEARCH_{name}": value for name, value in told.items()})
    assert settings == ("me", "hush", "ca.pem", 3, 0)


@pytest.mark.parametrize(("name", "value"), [("SHARDS", "0"), ("SHARDS", "x"), ("REPLICAS", "-1")])
def test_a_wrong_number_is_refused_by_name(name: str, value: str) -> None:
    with pytest.raises(IndexFault, match=f"SEARCHQ_OPENSEARCH_{name}"):
        read_settings({f"SEARCHQ_OPENSEARCH_{name}": value})


def test_a_password_file_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    with pytest.raises(IndexFault, match="PASSWORD_FILE"):
        read_settings({"SEARCHQ_OPENSEARCH_PASSWORD_FILE": str(tmp_path / "none")})


def test_no_cluster_there_is_told_with_its_address() -> None:
    connection = Connection(read_address("opensearch+http://127.0.0.1:9/q"), read_settings({}))
    with pytest.raises(IndexFault, match=r"No node of opensearch\+http://127.0.0.1:9/q answers"):
        connection.document("q", "x")


@pytest.mark.parametrize("sentence", dict.fromkeys(refusals.SENTENCES))
def test_every_refusal_of_a_cluster_is_told_in_dutch(sentence: str) -> None:
    values = {"address": "opensearch+http://host:9200/q", "reason": "a reason", "status": "302"}
    values |= {"index": "q-000001", "document": "x1"}
    told = sentence.format(**values)
    assert in_dutch(told) != told
    assert [value for value in values.values() if value in in_dutch(told)] == [
        value for name, value in values.items() if f"{{{name}}}" in sentence
    ]


def test_certificates_that_cannot_be_read_are_named(tmp_path: Path) -> None:
    (tmp_path / "empty.pem").write_text("no certificate")
    for file in ("gone.pem", "empty.pem"):
        settings = read_settings({"SEARCHQ_OPENSEARCH_CA": str(tmp_path / file)})
        with pytest.raises(IndexFault, match="SEARCHQ_OPENSEARCH_CA cannot be read"):
            Connection(read_address("opensearch+https://127.0.0.1:1/q"), settings).call(lambda client: client.info())


def test_a_server_that_does_not_encrypt_is_told_from_one_that_is_not_trusted() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:

        def answer() -> None:
            for _ in range(8):
                try:
                    with server.accept()[0] as asked:
                        asked.recv(100)
                        asked.sendall(b"HTTP/1.0 400 Bad Request\r\n\r\n")
                except OSError:
                    return

        thread = threading.Thread(target=answer, daemon=True)
        thread.start()
        address = read_address(f"opensearch+https://127.0.0.1:{server.getsockname()[1]}/q")
        with pytest.raises(IndexFault, match=r"No node .* encrypts"):
            Connection(address, read_settings({})).call(lambda client: client.info())
        server.shutdown(socket.SHUT_RDWR)
        thread.join()

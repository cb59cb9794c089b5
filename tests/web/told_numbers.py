"""The numbers of a server, read by Prometheus' own parser."""

import re
import socket

from prometheus_client.parser import text_string_to_metric_families

from tests.wait import PATIENCE

Numbers = dict[tuple[str, tuple[tuple[str, str], ...]], float]


def numbers_in(text: str) -> Numbers:
    found: Numbers = {}
    for family in text_string_to_metric_families(text):
        assert re.fullmatch(r"searchq_[a-z_]+", family.name) and family.documentation.endswith(".")
        for sample in family.samples:
            key = (sample.name, tuple(sorted(sample.labels.items())))
            assert key not in found
            found[key] = sample.value
    return found


def numbers_at(port: int) -> Numbers:
    with socket.create_connection(("127.0.0.1", port), timeout=PATIENCE) as line:
        line.sendall(b"GET /metrics HTTP/1.0\r\n\r\n")
        received = b""
        while piece := line.recv(1 << 16):
            received += piece
    return numbers_in(received.partition(b"\r\n\r\n")[2].decode())

"""The page behind a real nginx, under /vragen/, served by gunicorn: as docs/operations.md configures them."""

import os
import re
import shutil
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from typing import Any

import pytest

from tests.wait import PATIENCE, wait_until

OPERATIONS = Path(__file__).resolve().parents[2] / "docs" / "operations.md"


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


def configuration(port: int, upstream: int, folder: Path) -> str:
    """The server block of the document, with ports of this test, as a whole configuration."""
    (block,) = re.findall(r"```nginx\n(.*?)```", OPERATIONS.read_text(encoding="utf-8"), re.S)
    block = block.replace("listen 80;", f"listen 127.0.0.1:{port};").replace("127.0.0.1:8000", f"127.0.0.1:{upstream}")
    temporary = "".join(
        f"{name}_temp_path {folder};\n" for name in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    return (
        f"pid {folder}/pid; error_log {folder}/error.log; daemon off; worker_processes 1;\n"
        f"events {{}}\nhttp {{ access_log off; {temporary} {block} }}\n"
    )


def answers(address: str) -> bool:
    try:
        with urllib.request.urlopen(address, timeout=PATIENCE):
            return True
    except OSError:
        return False


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory, sample_index: Path) -> Iterator[Any]:
    nginx = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")
    if not nginx:
        pytest.skip("nginx is absent: apt-get install nginx-light")
    pytest.importorskip("gunicorn", reason="the Python package gunicorn is absent")
    folder = tmp_path_factory.mktemp("nginx")
    port, upstream = free_port(), free_port()
    environment = {**os.environ, "SEARCHQ_INDEX": str(sample_index), "SEARCHQ_TRUST_PROXY": "1"}
    command = [
        sys.executable,
        "-m",
        "gunicorn",
        "--threads",
        "2",
        "-b",
        f"127.0.0.1:{upstream}",
        "searchq.web.wsgi:app",
    ]
    config = folder / "nginx.conf"
    config.write_text(configuration(port, upstream, folder))
    with (
        subprocess.Popen(command, env=environment, stderr=subprocess.DEVNULL) as gunicorn,
        subprocess.Popen([nginx, "-c", str(config), "-e", f"{folder}/error.log"]) as proxy,
    ):
        try:
            wait_until(lambda: answers(f"http://127.0.0.1:{port}/vragen/gezondheid"))
            yield f"http://127.0.0.1:{port}"
        finally:
            proxy.terminate()
            gunicorn.terminate()


def get(address: str) -> str:
    with urllib.request.urlopen(address, timeout=PATIENCE) as answer:
        assert answer.status == 200
        return str(answer.read().decode(errors="replace"))


@pytest.mark.parametrize("page", ["/", "/?q=sociale+media", "/vraag/6-433", "/statistiek", "/?q=trein&format=atom"])
def test_every_link_stays_under_the_prefix_and_answers(address: Any, page: str) -> None:
    text = get(f"{address}/vragen{page}")
    found = {unescape(one) for one in re.findall(r'(?:href|src|action)="([^"#]+)"', text)}
    here = [one.removeprefix(address) for one in found if one.startswith(("/", address))]
    assert here and all(one.startswith("/vragen/") for one in here)
    for one in sorted(here)[:12]:
        get(f"{address}{one}")


def test_a_number_leads_to_its_question_through_the_proxy(address: Any) -> None:
    with urllib.request.urlopen(f"{address}/vragen/?q=6-433", timeout=PATIENCE) as answer:
        assert answer.url == f"{address}/vragen/vraag/6-433"

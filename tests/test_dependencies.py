"""The dependencies: each has a row in SECURITY.md, and the project's own check installs pinned ones by their hashes."""

import re
import tomllib
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[1]
OWN = ("test", "bench", "fuzz", "all")  # extras of developers, and the one that names the others
PIN = re.compile(r"(?m)^([A-Za-z0-9._-]+)==(\S+)")


def normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def pins(text: str) -> dict[str, str]:
    return {normal(name): version for name, version in PIN.findall(text)}


def declared() -> dict[tuple[str, str], None]:
    """Packages and the extras they belong to; the core has none."""
    project = tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    groups = {"": project["dependencies"]}
    groups |= {name: own for name, own in project["optional-dependencies"].items() if name not in OWN}
    found: dict[tuple[str, str], None] = {}
    for extra, requirements in groups.items():
        for requirement in requirements:
            name = normal(re.split(r"[<>=!~\[ ]", requirement)[0])
            if extra == "" or (name, "") not in found:
                found[name, extra] = None
    return found


def test_the_security_page_says_of_each_dependency_what_it_is_trusted_with() -> None:
    table = (PROJECT / "SECURITY.md").read_text(encoding="utf-8").partition("## Dependencies")[2]
    rows = re.findall(r"(?m)^\| ([\w-]+) \| ([\w-]*) ?\| ([^|]+) \|$", table)[1:]
    assert {(normal(name), extra) for name, extra, _ in rows} == set(declared())


def test_every_pin_has_hashes_and_no_address() -> None:
    constraints, requirements = (
        (PROJECT / ".ci" / name).read_text(encoding="utf-8") for name in ("constraints.txt", "requirements.txt")
    )
    assert pins(requirements) == pins(constraints)
    assert "://" not in constraints + requirements
    for block in re.split(r"(?m)^(?=[A-Za-z])", requirements)[1:]:
        head, *hashes = block.split(" \\\n")
        assert PIN.fullmatch(head)
        assert hashes
        assert all(re.fullmatch(r" +--hash=sha256:[0-9a-f]{64}\n?", one) for one in hashes)


def test_every_dependency_is_pinned() -> None:
    held = pins((PROJECT / ".ci" / "constraints.txt").read_text(encoding="utf-8"))
    assert {name for name, _ in declared()} - set(held) == set()

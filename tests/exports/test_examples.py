"""The example for pandas runs as it stands in the documents, on the sample questions, and leaves its figure."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.wait import PATIENCE

EXAMPLE = Path(__file__).resolve().parents[2] / "docs" / "examples" / "pandas.md"


def test_the_example_runs_from_export_to_figure(tmp_path: Path) -> None:
    for package in ("pandas", "pyarrow", "matplotlib"):
        pytest.importorskip(package, reason=f"the Python package {package} is absent")
    text = EXAMPLE.read_text(encoding="utf-8")
    commands = re.findall(r"^    (searchq .*)$", text, re.M)
    assert len(commands) == 2
    program = Path(sys.executable).with_name("searchq")
    for command in commands:
        subprocess.run(
            ["sh", "-c", command.replace("searchq", str(program), 1)], cwd=tmp_path, check=True, timeout=PATIENCE
        )
    script = "\n".join(re.findall(r"```python\n(.*?)```", text, re.S))
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=tmp_path, capture_output=True, text=True, timeout=PATIENCE
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert "portfolios" in done.stdout and "open questions, the oldest of" in done.stdout
    assert (tmp_path / "delays.png").read_bytes().startswith(b"\x89PNG")

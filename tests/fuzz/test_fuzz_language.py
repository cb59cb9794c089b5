"""A million fuzzed query texts: `pip install '.[test,fuzz]'`, then `pytest -m slow tests/fuzz`; some minutes.

For longer, and to keep inputs from run to run: `python tests/fuzz/fuzz_language.py -max_total_time=3600 FOLDER`.
"""

import importlib.util
import subprocess
import sys
from pathlib import Path

import pytest

FUZZER = Path(__file__).with_name("fuzz_language.py")
RUNS = 1_000_000


@pytest.mark.slow
def test_a_million_fuzzed_texts_are_parsed_without_a_fault(tmp_path: Path) -> None:
    if importlib.util.find_spec("atheris") is None:
        pytest.skip("atheris is not installed")
    run = subprocess.run(
        [sys.executable, FUZZER, f"-runs={RUNS}", "-max_len=700", "-seed=1", f"-artifact_prefix={tmp_path}/"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stderr[-3000:]
    assert f"Done {RUNS} runs" in run.stderr

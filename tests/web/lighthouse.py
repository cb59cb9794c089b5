"""Lighthouse on the pages meant to be found: `python -m tests.web.lighthouse` prints a table of their four scores.

Needs Chromium and Lighthouse (`npm install --prefix .ci/node lighthouse@12.2.3`). Performance depends on the machine,
so no test asserts it; run this on a quiet one.
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Final

import click

import searchq
from searchq.indexing import index_paths
from searchq.samples import samples_path
from tests.web.addresses import in_both
from tests.web.visits import Served

ROOT: Final = Path(__file__).resolve().parents[2]
PROGRAM: Final = ROOT / ".ci" / "node" / "node_modules" / "lighthouse" / "cli" / "index.js"
PAGES: Final = (
    "/",
    "/vraag/5-5511",
    "/vraag/5-5511/naast-elkaar",
    "/statistiek",
    "/hulp",
    "/dekking",
    "/indiener/anneleen-dumoulin-sels",
    "/portefeuille/justitie",
    "/trefwoord/sociale-media",
)
ATTEMPTS: Final = 4  # on a busy machine Chromium may not start in time
CATEGORIES: Final = ("performance", "accessibility", "best-practices", "seo")


def main() -> None:
    """Print a row for each page; end with 1 if a score is below 100."""
    with tempfile.TemporaryDirectory() as folder:
        index_paths([samples_path()], f"{folder}/index", jobs=1)
        served = Served(searchq.open(f"{folder}/index"))
        rows = {address: scores(served.address + address, Path(folder, "report.json")) for address in in_both(PAGES)}
        served.close()
    click.echo(f"| page | {' | '.join(CATEGORIES)} |\n|---|{'---|' * len(CATEGORIES)}")
    for address, found in rows.items():
        click.echo(f"| `{address}` | {' | '.join(map(str, found))} |")
    sys.exit(any(score < 100 for found in rows.values() for score in found))


def scores(address: str, report: Path) -> list[int]:
    """The four scores of a page."""
    flags = "--chrome-flags=--headless=new --no-sandbox --disable-gpu"
    command = ["node", str(PROGRAM), address, "--quiet", "--output=json", f"--output-path={report}", flags]
    environment = {**os.environ, "CHROME_PATH": shutil.which("chromium") or "chromium"}
    for _ in range(ATTEMPTS):
        if not subprocess.run(command, env=environment, check=False, capture_output=True, timeout=180).returncode:
            break
    found = json.loads(report.read_text(encoding="utf-8"))["categories"]
    return [round(100 * found[name]["score"]) for name in CATEGORIES]


if __name__ == "__main__":
    main()

"""The fault harness: `python -m tests.faults` tries everything and prints how often which came out.

An outcome that may not be is an error that ends it: an index that is neither the old one nor the new one, an answer
that differs from that of the index before it was damaged, or an exception that is no sentence.
"""

import tempfile
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import click

from tests.faults import copies, crashes, flips

Harness = Callable[[int, Path], Counter[str]]

HARNESSES: dict[str, tuple[Harness, int]] = {
    "kills": (crashes.kills, 2000),
    "power losses": (crashes.power_losses, 5000),
    "errors in writing": (crashes.errors, 500),
    "errors in reading": (lambda count, folder: crashes.reading_errors(folder), 0),
    "kills of backups": (copies.kills, 500),
    "power losses in backups": (copies.power_losses, 1000),
    "errors in writing backups": (copies.errors, 500),
    "flips": (flips.flips, 5000),
    "bits of the manifest": (lambda count, folder: flips.manifest_bits(0, folder), 0),
}


@click.command()
@click.option("--only", type=click.Choice(list(HARNESSES)), multiple=True, help="Try only this.")
@click.option("--share", default=1.0, show_default=True, help="Of the number of cases.")
def main(only: tuple[str, ...], share: float) -> None:
    """Print a line per kind of fault."""
    for name in only or HARNESSES:
        harness, count = HARNESSES[name]
        began = time.perf_counter()
        with tempfile.TemporaryDirectory() as folder:
            tally = harness(int(count * share), Path(folder) / "faults")
        told = ", ".join(f"{number:,} {outcome}" for outcome, number in tally.most_common())
        click.echo(f"{name}: {tally.total():,} in {time.perf_counter() - began:.0f} s: {told}")


if __name__ == "__main__":
    main()

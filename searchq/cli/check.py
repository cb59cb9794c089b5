"""`searchq check`: every file of the index against its checksum."""

import click

from searchq.api import verify
from searchq.cli.main import EXIT_INDEX
from searchq.cli.options import index_option

__all__ = ["command"]


@click.command(
    "check",
    epilog="""\b
Examples:
  searchq check
  searchq check --index copy
""",
)
@index_option
def command(index: str) -> int:
    """Verify every file of the index against its SHA-256 checksum; name those that are missing or altered."""
    faults = verify(index)  # of an index too broken to open, too
    for fault in faults:
        click.echo(fault, err=True)
    if faults:
        click.echo("The index is broken; build it again: `searchq index --rebuild PATH...`.", err=True)
        return EXIT_INDEX
    click.echo("Every file is as it was written.")
    return 0

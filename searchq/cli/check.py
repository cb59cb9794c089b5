"""`searchq check`: verify every file of the index against its checksum."""

from typing import Final

import click

from searchq.api import verify
from searchq.cli.main import EXIT_INDEX
from searchq.cli.options import index_option
from searchq.cli.say import say
from searchq.cli.texts import gettext, gettext_noop, translated

__all__ = ["command"]

_REMEDY: Final = gettext_noop(
    "The index is broken; restore a backup: `searchq restore FOLDER`. Without one rebuild it: `searchq index --rebuild "
    "PATH...`; when its questions were first seen may then be lost."
)


@click.command(
    "check",
    epilog="""\b
Examples:
  searchq check
  searchq check --deep
  searchq check --index copy
""",
)
@index_option
@click.option("--deep", is_flag=True, help="Also test whether what the files hold agrees: order, bounds, counts.")
def command(index: str, deep: bool) -> int:
    """Verify every file of the index against its SHA-256 checksum; list missing and altered files."""
    faults = verify(index, deep=deep)  # works even if the index cannot be opened
    for fault in faults:
        say(translated(fault), err=True)
    if faults:
        say(gettext(_REMEDY), err=True)
        return EXIT_INDEX
    say(gettext("OK: every file matches its checksum."))
    if deep:
        say(gettext("OK: what the files hold agrees."))
    return 0

"""`searchq check`: verify every file of the index against its checksum."""

from typing import Final

import click

from searchq.api import verify
from searchq.cli.main import EXIT_INDEX
from searchq.cli.options import index_option
from searchq.cli.say import say
from searchq.cli.texts import gettext, gettext_noop, translated
from searchq.engines.open import is_on_cluster

__all__ = ["command"]

_REMEDY: Final = gettext_noop(
    "The index is broken; restore a backup: `searchq restore FOLDER`. Without one rebuild it: `searchq index --rebuild "
    "PATH...`; when its questions were first seen may then be lost."
)
_REMEDY_OF_CLUSTER: Final = gettext_noop(
    "See the health of the cluster, and restore a snapshot, as docs/cluster.md says. Without one rebuild the index:"
    " `searchq index --rebuild PATH...`."
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
    """Verify every file of the index against its SHA-256 checksum; list missing and altered files.

    Of an index on a cluster, read every question; the cluster itself looks after its files.
    """
    faults = verify(index, deep=deep)  # works even if the index cannot be opened
    for fault in faults:
        say(translated(fault), err=True)
    if faults:
        say(gettext(_REMEDY_OF_CLUSTER if is_on_cluster(index) else _REMEDY), err=True)
        return EXIT_INDEX
    if is_on_cluster(index):
        say(gettext("OK: every question is there, and can be read."))
        return 0
    say(gettext("OK: every file matches its checksum."))
    if deep:
        say(gettext("OK: what the files hold agrees."))
    return 0

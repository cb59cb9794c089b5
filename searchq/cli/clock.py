"""The clock of the command line; below it, moments are arguments."""

import datetime as dt
import os

import click

from searchq.cli.texts import gettext

__all__ = ["now"]

_FIXED = "SOURCE_DATE_EPOCH"  # see reproducible-builds.org


def now() -> dt.datetime:
    """The moment of this command: that of SOURCE_DATE_EPOCH, in Unix seconds, where it is set, so that it repeats."""
    fixed = os.environ.get(_FIXED)
    if not fixed:
        return dt.datetime.now(dt.UTC)
    try:
        return dt.datetime.fromtimestamp(int(fixed), dt.UTC)
    except (ValueError, OverflowError, OSError):
        told = gettext("{name} is {value}; give Unix seconds, such as 1700000000.").format(name=_FIXED, value=fixed)
        raise click.UsageError(told) from None

r"""The only way to a terminal: control characters of documents are shown (`\u001b`), never sent.

A title could else rename the window, hide a line or overwrite it. What is sent are our own styles, line ends and tabs.
"""

import sys
from collections.abc import Iterable
from typing import Final

import click

from searchq.lazy_regex import lazy

__all__ = ["legible", "say", "say_bytes", "say_paged"]

_STYLE: Final = r"\x1b\[(?:[0-4]|2[2-4]|3[0-79])m"  # of click.style, as we use it
_CONTROLS: Final = lazy(  # and what turns the direction of a line round
    rf"({_STYLE})|\r(?!\n)|[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]"
)


def legible(text: str) -> str:
    r"""A text whose control characters are spelled out, as JSON does it: \u001b."""
    if text.isprintable():
        return text
    return _CONTROLS.sub(lambda found: found[1] or f"\\u{ord(found[0]):04x}", text)


def say(text: object = "", *, err: bool = False, nl: bool = True) -> None:
    """Print a text on standard output, or on standard error."""
    click.echo(legible(str(text)), err=err, nl=nl)


def say_paged(lines: Iterable[str]) -> None:
    """Show lines in the user's pager."""
    click.echo_via_pager(f"{legible(line)}\n" for line in lines)


def say_bytes(pieces: Iterable[bytes]) -> None:
    """Write bytes to standard output as they come; on a terminal as legible text."""
    sys.stdout.flush()  # text that was written before comes first
    shown = sys.stdout.isatty()
    for piece in pieces:
        sys.stdout.buffer.write(legible(piece.decode()).encode() if shown else piece)
    sys.stdout.buffer.flush()

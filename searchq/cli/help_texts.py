"""The help of a command in the language of this process, paragraph by paragraph from the catalog.

A command's docstring and its options tell in English what it does; `texts_of` lists them for the catalog.
"""

import copy
from collections.abc import Iterator
from inspect import cleandoc
from typing import Final

import click

from searchq.cli.texts import gettext, language

__all__ = ["texts_of", "translated_command"]

_KEPT_LINES: Final = "\b\n"  # before a paragraph that click does not wrap
_BLANK: Final = "\n\n"


def translated_command(command: click.Command) -> click.Command:
    """Return a copy of the command, with its help in the language of this process; click keeps texts in it."""
    told = copy.copy(command)
    if language() == "en":
        return told
    told.help = _BLANK.join(map(_translated_paragraph, _paragraphs(command.help)))
    told.epilog = "\n".join(
        gettext(line) if _is_heading(line) else line for line in (command.epilog or "").splitlines()
    )
    told.params = [_translated_option(param) for param in command.params]
    if isinstance(told, click.Group):
        told.commands = {name: translated_command(one) for name, one in told.commands.items()}
    return told


def texts_of(command: click.Command) -> Iterator[str]:
    """The texts in the help of a command, and of its own commands, as `gettext` is asked for them."""
    yield from (paragraph.removeprefix(_KEPT_LINES) for paragraph in _paragraphs(command.help))
    yield from filter(_is_heading, (command.epilog or "").splitlines())
    yield from (param.help for param in command.params if isinstance(param, click.Option) and param.help)
    for one in command.commands.values() if isinstance(command, click.Group) else ():
        yield from texts_of(one)


def _paragraphs(text: str | None) -> list[str]:
    """Each on one line, unless its lines are to stay."""
    found = cleandoc(text or "").split(_BLANK)
    return [one if one.startswith(_KEPT_LINES) else " ".join(one.split()) for one in found if one]


def _translated_paragraph(text: str) -> str:
    kept = _KEPT_LINES if text.startswith(_KEPT_LINES) else ""
    return kept + gettext(text.removeprefix(kept))


def _is_heading(line: str) -> bool:
    """Whether a line of an epilog is a heading, not an example below it."""
    return bool(line.strip("\b ")) and not line.startswith(" ")


def _translated_option(param: click.Parameter) -> click.Parameter:
    if not isinstance(param, click.Option) or not param.help:
        return param
    told = copy.copy(param)
    told.help = gettext(param.help)
    return told

"""Shell completion from the index: filter values and question numbers.

The index is opened only when a value is completed; without an index, completion offers nothing.
"""

import os
import shlex
from collections.abc import Callable, Iterable
from typing import Final

import click
from click.shell_completion import CompletionItem

from searchq.errors import SearchqError
from searchq.query.facet_table import FacetName
from searchq.query.request import FacetQuery

__all__ = ["complete_facet", "complete_number"]

_OFFERED: Final = 50  # longer lists do not help
_LOOKED_AT: Final = 1000  # values that contain the typed text; those that start with it are offered

Completer = Callable[[click.Context, click.Parameter, str], list[CompletionItem]]


def complete_facet(name: FacetName) -> Completer:
    """Complete values of a facet, the most frequent first."""

    def complete(ctx: click.Context, param: click.Parameter, typed: str) -> list[CompletionItem]:
        import searchq  # see the module docstring

        query = FacetQuery(name, _LOOKED_AT, contains=typed or None)
        try:
            (found,) = searchq.open(_index(ctx)).facets(facets=[query])
        except (SearchqError, OSError):
            return []
        begun = (one.value for one in found.values if one.value.casefold().startswith(typed.casefold()))
        return _items(begun)

    return complete


def complete_number(ctx: click.Context, param: click.Parameter, typed: str) -> list[CompletionItem]:
    """Complete question numbers."""
    import searchq

    try:
        found = searchq.open(_index(ctx)).suggest(typed, _OFFERED)
    except (SearchqError, OSError):
        return []
    return _items(one.text for one in found if one.kind == "number")


def _index(ctx: click.Context) -> str:
    """The index directory given on the command line so far, or the default one."""
    return ctx.params.get("index") or os.environ.get("SEARCHQ_INDEX") or "index"


def _items(values: Iterable[str]) -> list[CompletionItem]:
    return [CompletionItem(_quoted(value)) for value, _ in zip(values, range(_OFFERED), strict=False)]


def _quoted(value: str) -> str:
    """Quote the value for bash, which inserts completions verbatim; zsh and fish quote them."""
    if os.environ.get("_SEARCHQ_COMPLETE") != "bash_complete":
        return value
    words = os.environ.get("COMP_WORDS", "").split("\n")
    begun = words[min(int(os.environ.get("COMP_CWORD", 0)), len(words) - 1)]
    return value if begun.startswith(("'", '"')) else shlex.quote(value)

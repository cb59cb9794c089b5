"""Options shared by several commands: the index directory and the filters."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, Final, TypeVar

import click

from searchq.cli.completion import complete_facet, complete_number
from searchq.cli.texts import gettext, gettext_noop
from searchq.exports.dialects import DIALECTS
from searchq.query.facet_table import FACETS, MISSING_VALUE

__all__ = [
    "DAYS",
    "FACET_NAMES",
    "QueryCommand",
    "alert_filter_options",
    "dialect_option",
    "facets_option",
    "fields_option",
    "filter_options",
    "format_option",
    "index_option",
    "limit_option",
    "number_argument",
    "translate_option",
]

_DEFAULT_INDEX: Final = "index"

_Decorated = TypeVar("_Decorated", bound=Callable[..., Any])

FACET_NAMES: Final = tuple(facet.option for facet in FACETS)

DAYS: Final = {
    "--from": ("asked_from", "Asked on or after: 2013, april 2013, 30/4/2013, gisteren, 7 dagen geleden …"),
    "--to": ("asked_to", "Asked on or before."),
    "--answered-from": ("answered_from", "Answered on or after."),
    "--answered-to": ("answered_to", "Answered on or before."),
}
_FILTERS_HEADING: Final = gettext_noop(
    "Filters (repeat for alternatives; --exclude-party X bars a value; {missing}: no value)"
)
_OPTIONS_HEADING: Final = gettext_noop("Options")


class _Filter(click.Option):
    """A filter option."""


class _Exclusion(_Filter):
    """An exclusion option; the heading of the filters describes all of them at once."""

    def get_help_record(self, ctx: click.Context) -> None:
        return None


class QueryCommand(click.Command):
    """A command that takes a query; its help lists filters apart, its errors explain a query read as an option."""

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        options = [param for param in self.get_params(ctx) if isinstance(param, click.Option)]
        for heading, wanted in ((_FILTERS_HEADING, True), (_OPTIONS_HEADING, False)):
            records = (one.get_help_record(ctx) for one in options if isinstance(one, _Filter) == wanted)
            with formatter.section(gettext(heading).format(missing=MISSING_VALUE)):
                formatter.write_dl([record for record in records if record])

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        given = list(args)
        try:
            return super().parse_args(ctx, args)
        except click.NoSuchOption as error:
            if error.option_name.startswith("--"):
                raise
            meant = next(arg for arg in given if arg.startswith(error.option_name))
            read_as = gettext(
                "{word} was read as options; to search for it, write -- before it: `{command} -- {word}`."
            )
            raise click.UsageError(read_as.format(word=meant, command=ctx.command_path), ctx) from error


def index_option(command: _Decorated) -> _Decorated:
    """`--index DIR`; defaults to SEARCHQ_INDEX, then ./index."""
    return click.option(
        "--index",
        "index",
        type=click.Path(file_okay=False, readable=False),  # what is wrong with the folder the index tells better
        default=_DEFAULT_INDEX,
        envvar="SEARCHQ_INDEX",
        show_default=True,
        show_envvar=True,
        metavar="DIRECTORY",
        help="Index directory, or the address of a cluster.",
    )(command)


def format_option(*forms: str) -> Callable[[_Decorated], _Decorated]:
    """`--format`; the first one is the default."""
    text = f"One of {', '.join(forms)}."
    return click.option(
        "--format", "form", type=click.Choice(forms), default=forms[0], show_default=True, metavar="NAME", help=text
    )


def fields_option(command: _Decorated) -> _Decorated:
    """`--fields`: the columns of rows."""
    return click.option(
        "--fields",
        metavar="A,B,…",
        default="",
        help="Columns: any key of the record, french_title and the like, address; score, snippet, siblings.",
    )(command)


def dialect_option(command: _Decorated) -> _Decorated:
    """`--dialect`: how CSV is written."""
    return click.option(
        "--dialect",
        type=click.Choice(DIALECTS),
        default="plain",
        show_default=True,
        help="CSV: every value unaltered, or for a spreadsheet in Belgium: semicolons, no formulas, 5-1 is no day.",
    )(command)


def limit_option(usual: int, most: int) -> Callable[[_Decorated], _Decorated]:
    """`--limit`: how many results to show."""
    kind = click.IntRange(1, most)
    return click.option(
        "--limit", type=kind, default=usual, show_default=True, metavar="N", help="How many results to show."
    )


def facets_option(help_text: str, usual: Sequence[str] = ()) -> Callable[[_Decorated], _Decorated]:
    """`--facet NAME[:N]`, repeatable: which facets to count."""

    def complete(ctx: click.Context, param: click.Parameter, typed: str) -> list[str]:
        return [name for name in FACET_NAMES if name.startswith(typed)]

    return click.option(
        "--facet",
        "facets",
        multiple=True,
        metavar="NAME[:N]",
        default=usual,
        shell_complete=complete,
        help=f"{help_text}; repeatable.",
    )


def number_argument(command: _Decorated) -> _Decorated:
    """The NUMBER of a question, completed from the index."""
    return click.argument("number", shell_complete=complete_number)(command)


def filter_options(command: _Decorated) -> _Decorated:
    """The filter options and `--no-translate`; `cli.requests.request_of` reads them."""
    return _with_filters(command, DAYS)


def alert_filter_options(command: _Decorated) -> _Decorated:
    """The same for a command of which `--to` is a file: the last day is `--until`."""
    return _with_filters(command, {"--until" if flag == "--to" else flag: told for flag, told in DAYS.items()})


def _with_filters(command: _Decorated, days: Mapping[str, tuple[str, str]]) -> _Decorated:
    for option in reversed(list(_filter_options(days))):
        command = option(command)
    return translate_option(command)


def translate_option(command: _Decorated) -> _Decorated:
    """`--no-translate`."""
    text = "Do not search for translations of the words."
    return click.option("--no-translate", is_flag=True, help=text)(command)


def _filter_options(days: Mapping[str, tuple[str, str]]) -> Iterator[Callable[[_Decorated], _Decorated]]:
    for flag, (name, text) in days.items():
        yield click.option(flag, name, cls=_Filter, metavar="DATE", help=text)
    yield click.option(
        "--waited", cls=_Filter, metavar="DAYS", help="Days to the answer, or waited so far: >100, 31..60."
    )
    for facet in FACETS:
        shared: dict[str, Any] = {"multiple": True, "metavar": "X", "shell_complete": complete_facet(facet.name)}
        yield click.option(f"--{facet.option}", facet.name, cls=_Filter, help=facet.help, **shared)
        yield click.option(f"--exclude-{facet.option}", f"exclude_{facet.name}", cls=_Exclusion, **shared)

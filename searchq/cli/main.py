"""`searchq`: the group of commands, loaded one at a time so that each starts as fast as what it needs.

Exit codes: 0 good; 1 nothing found, or problems under --strict; 2 usage; 3 index missing or broken.
"""

import os
import sys
from importlib import import_module
from typing import Any, Final

import click

from searchq import __version__
from searchq.errors import IndexFault, SearchqError

__all__ = ["COMMANDS", "EXIT_INDEX", "EXIT_NOTHING", "EXIT_USAGE", "cli", "main"]

EXIT_NOTHING: Final = 1
EXIT_USAGE: Final = 2
EXIT_INDEX: Final = 3

COMMANDS: Final = {  # in the order a newcomer meets them; the module of a command bears its name
    "demo": "Build an index from the sample questions and try it.",
    "index": "Read documents and bring the index up to date.",
    "search": "Find questions by words, phrases, fields and filters.",
    "show": "Show one question in full.",
    "facets": "Count the questions by minister, party, year and more.",
    "similar": "Find questions like a given one.",
    "suggest": "Complete what is being typed.",
    "stats": "Answer delays and unanswered questions, by any facet.",
    "export": "Write every record of the index as JSON lines.",
    "info": "Say what the index holds.",
    "check": "Verify every file of the index against its checksum.",
    "parse": "Turn documents into records without an index.",
    "analyze": "Show how a text is cut into words and terms.",
    "explain": "Show why a question has its score.",
    "serve": "Serve the search page.",
}


class _Commands(click.Group):
    """A group that knows its commands by name and imports a command's module only when it is called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        command = import_module(f"searchq.cli.{cmd_name}").command
        assert isinstance(command, click.Command)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))


@click.group(
    cls=_Commands,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="Begin with: searchq demo. Each command explains itself: searchq search --help",
)
@click.version_option(__version__, prog_name="searchq")
def cli() -> None:
    """Find written parliamentary questions: parse, index, search, filter, quote."""


def main(arguments: list[str] | None = None) -> int:
    """Run the command line and return its exit code; errors are one line on standard error."""
    try:
        result = cli.main(arguments, prog_name="searchq", standalone_mode=False)
    except click.exceptions.Exit as ended:
        return ended.exit_code
    except click.Abort:
        return _fail("interrupted; nothing was changed", 130)
    except click.exceptions.NoArgsIsHelpError as error:
        error.show()
        return error.exit_code
    except click.UsageError as error:
        path = error.ctx.command_path if error.ctx else "searchq"
        return _fail(f"{error.format_message()} See '{path} --help'.", EXIT_USAGE)
    except click.ClickException as error:
        return _fail(error.format_message(), error.exit_code)
    except IndexFault as error:
        return _fail(error, EXIT_INDEX)
    except SearchqError as error:
        return _fail(error, EXIT_USAGE)
    except BrokenPipeError:  # the reader of the pipe has seen enough, as `head` does
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    return result if isinstance(result, int) else 0


def _fail(error: Any, code: int) -> int:
    click.echo(f"{click.style('searchq:', fg='red', bold=True)} {' '.join(str(error).split())}", err=True)
    return code


if __name__ == "__main__":
    sys.exit(main())

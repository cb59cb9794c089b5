"""`searchq`: the command group; each command's module is imported only when it runs.

Exit codes: 0 success; 1 nothing found, or problems under --strict; 2 usage; 3 index missing or broken; 130 interrupted.
"""

import atexit
import gc
import io
import os
import sys
from importlib import import_module
from typing import Any, Final, NoReturn

import click
from click.shell_completion import CompletionItem

from searchq import __version__
from searchq.cli.help_texts import translated_command
from searchq.cli.say import say
from searchq.cli.texts import gettext, gettext_noop, translate_click, translated
from searchq.errors import IndexFault, QuestionNotFound, SearchqError

__all__ = ["COMMANDS", "EXIT_INDEX", "EXIT_INTERRUPTED", "EXIT_NOTHING", "EXIT_USAGE", "cli", "main", "run"]

EXIT_NOTHING: Final = 1
EXIT_USAGE: Final = 2
EXIT_INDEX: Final = 3
EXIT_INTERRUPTED: Final = 130  # the code a shell reports for Ctrl-C

COMMANDS: Final = {  # in the order of `--help`; a command's module has its name
    "demo": gettext_noop("Build an index from the sample questions and try it."),
    "fetch": gettext_noop("Fetch questions from the Senate and Chamber sites, politely."),
    "index": gettext_noop("Read documents and update the index."),
    "search": gettext_noop("Find questions by words, phrases, fields and filters."),
    "show": gettext_noop("Show one question in full."),
    "facets": gettext_noop("Count the questions by minister, party, year and more."),
    "similar": gettext_noop("Find questions similar to a given one."),
    "suggest": gettext_noop("Complete the beginning of a query."),
    "stats": gettext_noop("Answer delays and unanswered questions, by any facet."),
    "alert": gettext_noop("Tell of new questions and answers, by mail or otherwise."),
    "remove": gettext_noop("Remove questions from the index by number."),
    "export": gettext_noop("Write every record of the index as JSON lines."),
    "info": gettext_noop("Show what the index contains."),
    "coverage": gettext_noop("Say what is here of what there is, and why the rest is not."),
    "check": gettext_noop("Verify every file of the index against its checksum."),
    "backup": gettext_noop("Copy the index into a folder, verified; it may be in use."),
    "restore": gettext_noop("Restore the index from a backup."),
    "upgrade": gettext_noop("Upgrade an index made by an earlier version."),
    "parse": gettext_noop("Parse documents into records, without an index."),
    "analyze": gettext_noop("Show how a text is split into words and terms."),
    "explain": gettext_noop("Explain a question's score for a query."),
    "serve": gettext_noop("Serve the search page."),
    "mcp": gettext_noop("Serve the index to assistants (Model Context Protocol)."),
}


class _Commands(click.Group):
    """A command group that imports a command's module only when the command is called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        command = import_module(f"searchq.cli.{cmd_name}").command
        assert isinstance(command, click.Command)
        return translated_command(command)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        name = args[0]
        if name in COMMANDS or name.startswith("-") or ctx.resilient_parsing:
            return super().resolve_command(ctx, args)
        raise click.exceptions.NoSuchCommand(name, possibilities=COMMANDS, ctx=ctx)

    def invoke(self, ctx: click.Context) -> Any:
        try:
            result = super().invoke(ctx)
            sys.stdout.flush()  # raises here, not at exit, if the pipe is closed
        except BrokenPipeError:  # the reader closed the pipe, as `head` does
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            return 0
        return result

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section(gettext("Commands")):
            formatter.write_dl([(name, gettext(text)) for name, text in COMMANDS.items()])

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
        begun = [name for name in COMMANDS if name.startswith(incomplete)]
        found = [CompletionItem(name, help=gettext(COMMANDS[name])) for name in begun]
        return found or super().shell_complete(ctx, incomplete)


@click.group(
    cls=_Commands,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="""\b
Begin with:         searchq demo
A command in full:  searchq search --help
""",
)
@click.version_option(__version__, prog_name="searchq")
def cli() -> None:
    """Find written parliamentary questions: parse, index, search, filter, quote."""


def main(arguments: list[str] | None = None) -> int:
    """Run the command line and return its exit code; print an error as one line on standard error."""
    _write_any_text()
    translate_click()
    try:
        result = translated_command(cli).main(
            arguments, "searchq", standalone_mode=False, color=False if os.environ.get("NO_COLOR") else None
        )
    except click.exceptions.Exit as ended:
        return ended.exit_code
    except click.Abort:
        return _fail(gettext("interrupted; nothing was changed"), EXIT_INTERRUPTED)
    except click.exceptions.NoArgsIsHelpError as error:
        error.show()
        return EXIT_USAGE
    except click.ClickException as error:
        return _fail(_usage(error), EXIT_USAGE)
    except (SearchqError, OSError) as error:
        return _fail(_sentence(error), _exit_code(error))
    return result if isinstance(result, int) else 0


def run() -> NoReturn:
    """The process `searchq`."""
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # NumPy would start idle threads: 12 ms on 2 cores, 60 on many
    gc.set_threshold(_GC_THRESHOLD)
    atexit.register(gc.freeze)  # skips the collection at exit: 30 to 40 ms with the threshold
    _open_closed_streams()
    sys.exit(main())


def _open_closed_streams() -> None:
    """Point standard streams that were closed (`>&-`) to nowhere: no file of ours may get their numbers."""
    for number, name, mode in ((0, "stdin", "r"), (1, "stdout", "w"), (2, "stderr", "w")):
        try:
            os.fstat(number)
        except OSError:
            os.open(os.devnull, os.O_RDWR)  # takes the lowest free number, which is this one
            setattr(sys, name, os.fdopen(number, mode, encoding="utf-8", closefd=False))


_GC_THRESHOLD: Final = 100_000  # while starting: imports create long-lived objects only

_EXIT_CODES: Final[tuple[tuple[type[Exception], int], ...]] = (
    (IndexFault, EXIT_INDEX),
    (QuestionNotFound, EXIT_NOTHING),
)


def _exit_code(error: Exception) -> int:
    return next((code for kind, code in _EXIT_CODES if isinstance(error, kind)), EXIT_USAGE)


def _write_any_text() -> None:
    """Make every text printable: UTF-8 in files and pipes, question marks on a terminal that lacks a character."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper) and stream.encoding.lower() != "utf-8":
            stream.reconfigure(encoding=stream.encoding if stream.isatty() else "utf-8", errors="replace")


def _usage(error: click.ClickException) -> str:
    """What is wrong with the command line, and how to get help."""
    if not isinstance(error, click.UsageError):
        return error.format_message()
    see = gettext("See '{command} --help'.").format(command=error.ctx.command_path if error.ctx else "searchq")
    return f"{error.format_message()} {see}"


def _sentence(error: Exception) -> str:
    if isinstance(error, OSError):
        place = f"{error.filename}: " if error.filename else ""
        reason = gettext("{reason}; check the path, its rights and the disk.")
        return place + reason.format(reason=translated(str(error.strerror or error)))
    return translated(str(error))


def _fail(sentence: str, code: int) -> int:
    say(f"{click.style('searchq:', fg='red', bold=True)} {' '.join(sentence.split())}", err=True)
    return code


if __name__ == "__main__":
    run()

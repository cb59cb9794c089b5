"""`searchq fetch`: download questions from the two sites into an archive on disk, politely."""

import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from types import FrameType
from typing import Any, Final

import click

from searchq.cli.fetch_lines import bytes_told, found_by, requests_told, sum_of
from searchq.cli.fetch_plan import say_plan, say_zips
from searchq.cli.main import EXIT_INTERRUPTED, EXIT_NOTHING
from searchq.cli.progress import progress
from searchq.cli.say import say
from searchq.cli.texts import gettext, translated
from searchq.errors import FetchError
from searchq.fetching import sites
from searchq.fetching.ledger import LEDGER, Ledger
from searchq.fetching.plan import Wanted
from searchq.fetching.report import Report
from searchq.fetching.settings import Settings
from searchq.legislatures import NEWEST

__all__ = ["archive_option", "command"]

_DEFAULT_ARCHIVE: Final = "archive"
_MAX_NUMBER: Final = 999_999

Option = Callable[[Callable[..., Any]], Callable[..., Any]]


def archive_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """`--archive DIR`: the directory of fetched pages and their ledger."""
    return click.option(
        "--archive",
        type=click.Path(file_okay=False, path_type=Path),
        default=_DEFAULT_ARCHIVE,
        show_default=True,
        metavar="DIR",
        help="Archive directory.",
    )(command)


def _common(command: Callable[..., Any]) -> Callable[..., Any]:
    """The options of both houses."""
    options: tuple[Option, ...] = (
        click.option(
            "--contact", metavar="ADDRESS", help="Your e-mail or web address, sent to the site; stored in the archive."
        ),
        archive_option,
        click.option("--most", type=click.IntRange(1), metavar="N", help="Send at most N requests."),
        click.option("--refresh", is_flag=True, help="Fetch stored pages again, too."),
        click.option(
            "--dry-run",
            is_flag=True,
            help="Send nothing; print how many requests a run would send, and how long it takes.",
        ),
        click.option("--quiet", is_flag=True, help="Print errors only."),
    )
    for option in reversed(options):
        command = option(command)
    return command


@click.group(
    "fetch",
    epilog="""\b
Examples:
  searchq fetch senate --contact me@example.org
  searchq fetch chamber --legislature 56
""",
)
def command() -> None:
    """Fetch written questions into an archive, which `searchq index` reads.

    Sends one request at a time, with pauses, and follows robots.txt. Stored pages are not fetched again. A run can be
    stopped and resumed at any time. Exits with 1 if the site ended the run.
    """


@command.command(
    "senate",
    epilog="""\b
Examples:
  searchq fetch senate --contact me@example.org
  searchq fetch senate --legislature 7 --most 500
  searchq fetch senate --legislature 5 --from 8900 --to 8918 --dry-run
""",
)
@click.option(
    "--legislature",
    "legislatures",
    type=click.IntRange(1, NEWEST + 1),  # the next one may have begun
    multiple=True,
    metavar="N",
    help="Which legislature; repeatable.",
)
@click.option("--from", "first", type=click.IntRange(1, _MAX_NUMBER), default=1, metavar="N", help="First number.")
@click.option("--to", "last", type=click.IntRange(1, _MAX_NUMBER), metavar="N", help="Last number.")
@click.option(
    "--language",
    type=click.Choice(sites.LANGUAGES),
    default="both",
    show_default=True,
    metavar="NAME",
    help="both, nl or fr; both is one page per question.",
)
@_common
def senate(
    legislatures: tuple[int, ...],
    first: int,
    last: int | None,
    language: sites.PageLanguage,
    contact: str | None,
    archive: Path,
    most: int | None,
    refresh: bool,
    dry_run: bool,
    quiet: bool,
) -> int:
    """Fetch the Senate's questions, page by page, newest legislature first.

    Fetches unknown numbers first, then new ones, then questions that had no answer at the last visit.
    """
    if last is not None and last < first:
        raise click.UsageError(gettext("--to {last} is lower than --from {first}.").format(first=first, last=last))
    wanted = Wanted(legislatures, first, last, language, refresh)
    if dry_run:
        say_plan(archive, wanted, most)
        return 0
    fetch_senate = _with_extra("senate").fetch_senate
    with _until_interrupted() as stopped, progress(gettext("fetching"), quiet, requests_told) as advance:
        settings = _settings(archive, contact, most, stopped, quiet)

        def show(report: Report, total: int) -> None:
            advance(report.requests, total, found_by(report, gettext("new")))

        report = fetch_senate(archive, wanted, settings, sites.SENATE, show)
    return _end(report, gettext("new pages"), quiet)


@command.command(
    "chamber",
    epilog="""\b
Examples:
  searchq fetch chamber --legislature 56
  searchq fetch chamber --dry-run
""",
)
@click.option(
    "--legislature",
    "legislatures",
    type=click.IntRange(48, NEWEST + 49),
    multiple=True,
    metavar="N",
    help="Which legislature; repeatable.",
)
@_common
def chamber(
    legislatures: tuple[int, ...],
    contact: str | None,
    archive: Path,
    most: int | None,
    refresh: bool,
    dry_run: bool,
    quiet: bool,
) -> int:
    """Fetch the Chamber's questions: one zip file per legislature, newest first.

    A stored archive is requested again on a later day, and replaced only if it changed.
    """
    chosen = tuple(sorted(set(legislatures or sites.CHAMBER.legislatures), reverse=True))
    if dry_run:
        say_zips(archive, chosen, most, refresh)
        return 0
    fetch_chamber = _with_extra("chamber").fetch_chamber
    with _until_interrupted() as stopped, progress(gettext("fetching"), quiet, bytes_told) as advance:
        settings = _settings(archive, contact, most, stopped, quiet)
        report = fetch_chamber(archive, chosen, settings, sites.CHAMBER, refresh=refresh, progress=advance)
    return _end(report, gettext("new archives"), quiet)


def _with_extra(name: str) -> Any:
    """Import a module of `fetching` that requires the extra; --help, --dry-run and coverage work without it."""
    try:
        return import_module(f"searchq.fetching.{name}")
    except ModuleNotFoundError as error:
        requires = gettext("Fetching requires the package {name}; install it with `pip install 'searchq[fetch]'`.")
        raise FetchError(requires.format(name=error.name)) from error


def _settings(
    archive: Path, contact: str | None, most: int | None, stopped: Callable[[], bool], quiet: bool
) -> Settings:
    def tell(sentence: str) -> None:
        if not quiet:
            say(translated(sentence), err=True)

    return Settings(contact or _kept_contact(archive) or _ask_contact(), most=most, stopped=stopped, say=tell)


def _kept_contact(archive: Path) -> str | None:
    if not (archive / LEDGER).exists():
        return None
    with Ledger(archive) as ledger:
        kept = ledger.kept("contact")
    return str(kept) if kept else None


def _ask_contact() -> str:
    if not (sys.stdin.isatty() and sys.stderr.isatty()):
        told = gettext("The site must know whom to contact; give your e-mail or web address once, with --contact.")
        raise FetchError(told)
    asked = gettext("Your e-mail or web address, sent to the site with every request")
    return str(click.prompt(asked, err=True))


@contextmanager
def _until_interrupted() -> Iterator[Callable[[], bool]]:
    """Whether SIGINT or SIGTERM was received; a second Ctrl-C stops at once."""
    told: list[int] = []

    def note(number: int, frame: FrameType | None) -> None:
        told.append(number)
        signal.signal(signal.SIGINT, signal.default_int_handler)

    before = {number: signal.signal(number, note) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield lambda: bool(told)
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _end(report: Report, new: str, quiet: bool) -> int:
    """Print what a run did; return its exit code."""
    if not quiet:
        say(sum_of(report, new))
    if report.stopped and not quiet:
        stopped = gettext("Stopped after the current request: {reason}. The next run resumes from here.")
        say(stopped.format(reason=translated(report.stopped)), err=True)
    if report.ended:
        say(f"{click.style('searchq:', fg='red', bold=True)} {translated(report.ended)}", err=True)
        return EXIT_NOTHING
    return EXIT_INTERRUPTED if report.stopped == "interrupted" else 0

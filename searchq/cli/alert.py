"""`searchq alert`: tell of new questions and answers."""

from collections.abc import Callable
from pathlib import Path

import click

import searchq
from searchq.alerts.index_news import IndexNews
from searchq.alerts.places import alerts_file
from searchq.alerts.post import Post
from searchq.alerts.run import RunReport, run_alerts, stamp
from searchq.alerts.store import Store
from searchq.alerts.subscription import Subscription, mail_address
from searchq.api import Index
from searchq.cli.alert_add import add, alerts_option
from searchq.cli.alert_lines import alert_line, alert_name, run_line, state_of
from searchq.cli.clock import now
from searchq.cli.main import EXIT_NOTHING
from searchq.cli.messages import note
from searchq.cli.options import index_option
from searchq.cli.say import say
from searchq.cli.texts import gettext, translated
from searchq.web.http_validators import known_day
from searchq.web.letters import LetterWriter

__all__ = ["command", "prepare_alerts"]


@click.group(
    "alert",
    epilog="""\b
Examples:
  searchq alert add --mail me@example.org 'sociale media' --portfolio Justitie
  searchq alert add --to news.txt
  searchq alert add --run 'xmessage -file -' --question 5-8902
  searchq alert run
""",
)
def command() -> None:
    """Tell of new questions and answers: by mail, in a file, or to a command.

    `alert run` after each index run writes and sends what is new; `searchq index --alerts` does both. A search is told
    of in one message a run. What is in the index when an alert is added is taken as known.
    """


command.add_command(add)


@command.command("list")
@index_option
@alerts_option
def list_alerts(index: str, database: str | None) -> int:
    """List the alerts. Exits with 1 if there are none."""
    subscriptions = _subscriptions(alerts_file(index, database))
    for one in subscriptions:
        say(alert_line(one) + state_of(one))
    if not subscriptions:
        note(gettext("There are no alerts."))
    return 0 if subscriptions else EXIT_NOTHING


def _subscriptions(path: Path) -> list[Subscription]:
    """The subscriptions of a file, which may not be there yet."""
    if not path.exists():
        return []
    with Store(path) as store:
        return store.subscriptions()


@command.command("remove")
@click.argument("ids", nargs=-1, type=int, metavar="[ID]...")
@index_option
@alerts_option
@click.option("--mail", metavar="ADDRESS", help="Every alert to this address.")
def remove(ids: tuple[int, ...], index: str, database: str | None, mail: str | None) -> int:
    """Remove alerts, with what is not sent yet.

    The numbers are those of `alert list`. Exits with 1 if one is unknown.
    """
    if not ids and not mail:
        raise click.UsageError(gettext("Give the number of an alert, or --mail ADDRESS."))
    with Store(alerts_file(index, database)) as store:
        meant = [*ids, *(one.id for one in store.subscriptions(target=mail_address(mail)))] if mail else list(ids)
        unknown = [id for id in meant if not store.remove(id)]
    for id in unknown:
        note(gettext("There is no alert {id}.").format(id=id))
    return EXIT_NOTHING if unknown or not meant else 0


@command.command("resume")
@click.argument("ids", nargs=-1, type=int, required=True, metavar="ID...")
@index_option
@alerts_option
def resume(ids: tuple[int, ...], index: str, database: str | None) -> int:
    """Resume paused alerts.

    Their mail was refused; the next run sends it again. Exits with 1 if one is unknown.
    """
    with Store(alerts_file(index, database)) as store:
        unknown = [id for id in ids if not _resume(store, id)]
    for id in unknown:
        note(gettext("There is no paused alert {id}.").format(id=id))
    return EXIT_NOTHING if unknown else 0


def _resume(store: Store, id: int) -> bool:
    with store.transaction():
        found = store.subscription(id)
        if not found or found.state != "paused":
            return False
        store.change(id, state="active", refusals=0, reason=None)
        store.release_refused(id, stamp(now()))
        return True


@command.command("run")
@index_option
@alerts_option
@click.option("--quiet", is_flag=True, help="Print errors only.")
def run(index: str, database: str | None, quiet: bool) -> int:
    """Write and send what is new.

    Mail is set up by the environment: SEARCHQ_SMTP, SEARCHQ_SMTP_PASSWORD or SEARCHQ_SMTP_PASSWORD_FILE,
    SEARCHQ_MAIL_FROM, SEARCHQ_SITE, SEARCHQ_SECRET (docs/alerts.md).

    Exits with 1 if something could not be sent; a later run sends it.
    """
    return prepare_alerts(index, database, quiet)()


def prepare_alerts(index: str, database: str | None, quiet: bool) -> Callable[[], int]:
    """A run over an index, which tells what it did and gives the exit code. Raises AlertError now, not then."""
    path = alerts_file(index, database)
    with Store(path, create=True) as store:
        Post.for_store(store, now)

    def send() -> int:
        with Store(path) as store, Post.for_store(store, now) as post:
            store.lock()
            return _tell(_run(store, searchq.open(index), post), quiet)

    return send


def _run(store: Store, index: Index, post: Post) -> RunReport:
    write = LetterWriter(post.site, post.signer, known_day(index, index.generation))
    return run_alerts(store, IndexNews(index, lambda: now().date()), write, post.seal, post.senders, now)


def _tell(report: RunReport, quiet: bool) -> int:
    if not quiet:
        say(run_line(report))
    for alert, target, sentence in report.reasons:
        note(f"{alert_name(alert)}, {target}: {translated(sentence)}")
    return EXIT_NOTHING if report.failed else 0

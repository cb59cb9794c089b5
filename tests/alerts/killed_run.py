"""One run of alerts in a process of its own, which is killed at a given step: between any two of them."""

import datetime as dt
import os
import signal
import smtplib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from searchq.alerts.letter import Letter
from searchq.alerts.news import News
from searchq.alerts.post import Post
from searchq.alerts.run import run_alerts
from searchq.alerts.settings import mail_settings
from searchq.alerts.store import Store
from searchq.alerts.subscription import Subscription
from tests.alerts.made_news import MadeNews

__all__ = ["run"]

START = dt.datetime(2026, 3, 2, tzinfo=dt.UTC)


class Steps:
    """Counts the steps of a process, and kills it at one."""

    def __init__(self, last: int) -> None:
        self.left = last

    def __call__(self, *_: object) -> None:
        self.left -= 1
        if self.left == 0:
            os.kill(os.getpid(), signal.SIGKILL)


def run(path: Path, news: MadeNews, environ: dict[str, str], day: int, last: int) -> None:
    """One run, in a process of its own, which dies at its last step."""
    step = Steps(last)
    _count_commands(step)
    with Store(path) as store:
        store.lock()
        store._db.execute("PRAGMA synchronous = OFF")  # a killed process, unlike a machine, loses nothing written
        store._db.set_trace_callback(step)
        clock = lambda: START + dt.timedelta(days=day)  # noqa: E731
        with Post(mail_settings(environ), clock) as post:
            run_alerts(store, news, plain_letter, post.seal, post.senders, clock)


def plain_letter(subscription: Subscription, news: Sequence[News]) -> Letter:
    """A letter whose making takes no time."""
    lines = "".join(f"{kind} {one.hit.question.number}\n" for one in news for kind in one.kinds)
    return Letter("News", lines, f"<pre>{lines}</pre>", subscription.language, "https://vragen.example/")


def _count_commands(step: Steps) -> None:
    send, getreply = smtplib.SMTP.send, smtplib.SMTP.getreply

    def counted_send(self: smtplib.SMTP, text: Any) -> None:
        step()
        send(self, text)

    def counted_getreply(self: smtplib.SMTP) -> tuple[int, bytes]:
        step()
        answer = getreply(self)
        step()
        return answer

    smtplib.SMTP.send = counted_send  # type: ignore[method-assign, assignment]
    smtplib.SMTP.getreply = counted_getreply  # type: ignore[method-assign]

"""What `searchq fetch` tells, as text: the plan of a run and its cost, its progress, what it found."""

from searchq.cli.progress import Progress, rate, remaining
from searchq.cli.texts import count, decimal, gettext, number
from searchq.fetching import sites
from searchq.fetching.plan import Part, seconds_for
from searchq.fetching.report import Report

__all__ = ["bytes_told", "cost", "found_by", "plan_line", "requests_told", "sum_of"]


def cost(requests: int, pause: sites.Pause, *, is_least: bool = False) -> str:
    """How many requests a run sends, and how long they take: 2,240 requests, about 2 hours."""
    if not requests:
        return gettext("0 requests: nothing is due")
    text = gettext("{requests} at least, {time}") if is_least else gettext("{requests}, {time}")
    return text.format(requests=_requests(requests), time=_long(seconds_for(requests, pause)))


def _requests(sent: int) -> str:
    return count(sent, "request", "requests")


def plan_line(part: Part) -> str:
    return "  ".join(
        [
            gettext("legislature {number}").format(number=part.legislature),
            gettext("{number} not stored").format(number=number(part.unknown).rjust(6)),
            gettext("{number} to find its end").format(number=number(part.beyond).rjust(3)),
            gettext("{number} to look at again").format(number=number(part.due).rjust(6)),
        ]
    )


def sum_of(report: Report, new: str) -> str:
    found = found_by(report, new) or gettext("nothing new")
    return f"{_requests(report.requests)}: {found}"


def found_by(report: Report, new: str) -> str:
    """The counts of what a run found."""
    parts = (
        (report.stored, new),
        (report.changed, gettext("changed")),
        (report.answers, gettext("answers not here before")),
        (report.unchanged, gettext("unchanged")),
        (report.absent, gettext("not there")),
        (report.faults, gettext("without a usable answer")),
        (report.recovered, gettext("recovered from a run that was killed")),
    )
    return ", ".join(f"{number(amount)} {name}" for amount, name in parts if amount)


def requests_told(task: Progress) -> str:
    """412 of 2,240 requests · 24 a minute · 1:16:02 left · 380 new, 12 not there."""
    text = gettext("{shown} of {all} requests") if task.total else gettext("{shown} requests")
    done = text.format(shown=number(task.done), all=number(task.total or 0))
    return " · ".join([done, *_pace(task), *filter(None, [task.note])])


def bytes_told(task: Progress) -> str:
    """12.4 of 45.0 MB · 0:27 left."""
    text = gettext("{shown} of {all}") if task.total else "{shown}"
    done = text.format(shown=decimal(task.done / 1e6, 1), all=decimal((task.total or 0) / 1e6, 1))
    return " · ".join([f"{done} MB", *_pace(task)[1:]])


def _pace(task: Progress) -> list[str]:
    """The rate and the remaining time."""
    if not task.speed:
        return []
    return [rate(task.speed), *([remaining(task.seconds)] if task.seconds is not None else [])]


def _long(seconds: float) -> str:
    """A duration in words: about 15 hours."""
    minutes = max(1, round(seconds / 60))
    time = count(minutes, "minute", "minutes") if minutes < 90 else count(round(minutes / 60), "hour", "hours")
    return gettext("about {time}").format(time=time)

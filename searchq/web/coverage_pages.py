"""The page of what is here of what there is, and the line under every result list that leads to it."""

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping
from functools import lru_cache
from typing import Final, NamedTuple

from searchq.api import Index
from searchq.coverage.ledgers import KINDS, Kind
from searchq.coverage.report import ChamberArchive, Coverage, Legislature, MissingRun
from searchq.legislatures import legislature_label
from searchq.query.facet_table import Language
from searchq.query.request import Request
from searchq.reasons import Reason, translated_reason
from searchq.web import http_validators, texts
from searchq.web.context import Context, PageResponse, html
from searchq.web.houses import houses_in
from searchq.web.mount import language
from searchq.web.translations import gettext as _
from searchq.web.translations import gettext_noop

__all__ = ["PATH", "coverage", "coverage_line"]

PATH: Final = "/dekking"

_SHOWN: Final = 60  # runs of numbers with one reason that are written out
_LABELS: Final[Mapping[Kind, str]] = {
    "never-asked": gettext_noop("Nooit gesteld"),
    "not-fetched": gettext_noop("Niet opgehaald"),
    "rejected": gettext_noop("Opgehaald, maar niet te lezen"),
    "removed": gettext_noop("Uit deze verzameling verwijderd"),
    "not-indexed": gettext_noop("Opgehaald, maar nog niet hier opgenomen"),
    "unknown": gettext_noop("Niet hier, reden onbekend"),
}


class Missing(NamedTuple):
    """The missing numbers of a legislature that share a reason."""

    label: str
    reason: Reason | None
    number: int
    runs: list[str]
    hidden: int  # runs that are not written out


class LegislatureRow(NamedTuple):
    """A legislature of the Senate with what it lacks."""

    label: str
    span: str
    here: int
    share: str
    never: int
    missing: int
    looked: str
    reasons: list[Missing]


class ArchiveRow(NamedTuple):
    """An archive of the Chamber."""

    name: str
    legislatures: str
    day: str
    routes: int
    cancelled: int
    others: int  # records that gave no question for another reason


def coverage(context: Context) -> PageResponse:
    """`/dekking`: by legislature and archive what is here, what is missing, and why."""
    found = http_validators.coverage(context.index, context.generation)
    return html(
        "coverage.html",
        houses=houses_in(context.index, context.generation),
        line=coverage_line(context),
        senate=[_legislature_row(one) for one in found.senate],
        has_ledger=any(one.has_ledger for one in found.senate),
        lacks_ledger=any(not one.has_ledger for one in found.senate),
        chamber=[_archive_row(one) for one in found.chamber],
        rejected=[(translated_reason(reason, language()), number) for reason, number in _most_first(found.rejected)],
        removed=[number for number in found.removed if number.count("-") > 1],
        rejected_unnamed=found.rejected_unnamed,
        request=Request(),
        hidden=[],
    )


def _most_first(counts: Mapping[str, int]) -> list[tuple[str, int]]:
    return sorted(counts.items(), key=lambda item: (-item[1], item[0]))


def coverage_line(context: Context) -> str:
    """How much is here of what there is, and of which day: "22.104 van 22.118 vragen, bijgewerkt op 2 maart 2026"."""
    return _coverage_line(context.index, context.generation, language())


@lru_cache(maxsize=8)
def _coverage_line(index: Index, generation: int, _language: Language) -> str:
    """Every page has it, once a generation."""
    found = http_validators.coverage(index, generation)
    day = dt.date.fromisoformat(found.updated) if found.updated else http_validators.changed(index, generation).date()
    told = _("{questions}, bijgewerkt op {day}")
    return told.format(questions=_questions(found), day=texts.date(day))


def _questions(found: Coverage) -> str:
    if found.chamber_questions and not found.senate_questions:
        questions = texts.count(found.chamber_questions, "vraag", "vragen")
        return _("{questions} van de Kamer").format(questions=questions)
    senate, known = found.senate_questions, found.senate_known
    if known is None:
        told = texts.count(senate, "vraag", "vragen")
    else:
        told = _("{number} van {questions}").format(
            number=texts.amount(found.senate_here), questions=texts.count(known, "vraag", "vragen")
        )
    if not found.chamber_questions:
        return told
    both = _("{senate} van de Senaat en {chamber} van de Kamer")
    return both.format(senate=told, chamber=texts.amount(found.chamber_questions))


def _legislature_row(one: Legislature) -> LegislatureRow:
    never = one.counts["never-asked"]
    share = one.answered_share
    return LegislatureRow(
        legislature_label(one.legislature),
        f"{texts.amount(one.first)}–{texts.amount(one.last)}" if one.last else _("geen"),
        one.here,
        "–" if share is None else f"{texts.amount(round(100 * share, 1))} %",
        never,
        sum(run.count for run in one.missing) - never,
        _day(one.looked),
        _reasons(one),
    )


def _reasons(one: Legislature) -> list[Missing]:
    """The missing numbers by kind and reason."""
    found: defaultdict[tuple[Kind, str | None], list[MissingRun]] = defaultdict(list)
    for run in one.missing:
        found[run.kind, run.reason].append(run)
    keys = sorted(found, key=lambda key: (KINDS.index(key[0]), key[1] or ""))
    return [_missing(one.legislature, kind, reason, found[kind, reason]) for kind, reason in keys]


def _missing(legislature: int, kind: Kind, reason: str | None, runs: list[MissingRun]) -> Missing:
    return Missing(
        _(_LABELS[kind]),
        translated_reason(reason, language()) if reason else None,
        sum(run.count for run in runs),
        [_span(legislature, run) for run in runs[:_SHOWN]],
        max(len(runs) - _SHOWN, 0),
    )


def _span(legislature: int, run: MissingRun) -> str:
    first, last = f"{legislature}-{run.first}", f"{legislature}-{run.last}"
    return first if run.first == run.last else _("{first} tot en met {last}").format(first=first, last=last)


def _archive_row(one: ChamberArchive) -> ArchiveRow:
    return ArchiveRow(
        one.name.rpartition("/")[2],
        ", ".join(map(legislature_label, one.legislatures)) or "–",
        _day(one.day),
        one.routes,
        one.cancelled,
        sum(one.rejected.values()) - one.cancelled,
    )


def _day(day: str | None) -> str:
    return texts.date(dt.date.fromisoformat(day)) if day else _("onbekend")

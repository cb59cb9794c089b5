"""Align the points of a question with its answer, and the answers of siblings with each other."""

from collections.abc import Sequence
from itertools import groupby, pairwise
from typing import NamedTuple

from searchq.question import Question

__all__ = ["PointRow", "cells", "labels", "point_rows"]


class PointRow(NamedTuple):
    """Points of the question that one passage answers."""

    asked: list[str]
    answered: str


def point_rows(question: Question) -> list[PointRow]:
    """The points of a question with their answers; points answered together form one row."""
    asked, answered = question.question or "", question.answer or ""
    groups = groupby(question.points, key=lambda point: point.answer)
    return [
        PointRow([asked[slice(*point.question)] for point in points], answered[slice(*span)]) for span, points in groups
    ]


def labels(group: Sequence[Question]) -> tuple[str, ...]:
    """The points at which the answers of siblings align: those most of them share, at least two."""
    found = [tuple(point.label for point in one.points) for one in group if one.points]
    best = max(dict.fromkeys(found), key=found.count, default=())
    return best if found.count(best) > 1 else ()


def cells(question: Question, shared: Sequence[str]) -> list[str] | None:
    """An answer cut at the shared points: what stands before them, then a text for each, "" where it goes with the one
    before; None where it has other points. Joined, they are the answer."""
    answer, spans = question.answer or "", [point.answer for point in question.points]
    if not shared or tuple(point.label for point in question.points) != tuple(shared) or spans != sorted(spans):
        return None
    ends = dict(pairwise([*dict.fromkeys(start for start, _ in spans), len(answer)]))
    texts = (answer[start : ends.pop(start, start)] for start, _ in spans)
    return [answer[: spans[0][0]], *texts]

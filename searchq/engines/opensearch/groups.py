"""How many groups of siblings a search finds, exactly: the questions without siblings, and the groups of the others.

The cluster's own count of distinct values is a guess, off by a few in ten thousand. Its count of the groups of one
answer is not, but they are bounded; more are counted page by page.
"""

from typing import Final

from searchq.engines.opensearch.values import composite
from searchq.engines.opensearch.view import Body, View

__all__ = ["GROUPS", "TOLD", "counted_groups", "groups_of"]

_GROUP: Final = "sibling_group"
_MOST: Final = 60_000  # groups of several; the cluster refuses an answer with 65,536
GROUPS: Final[Body] = {
    "alone": {"missing": {"field": _GROUP}},
    "shared": {"terms": {"field": _GROUP, "size": _MOST}},
    "groups": {"stats_bucket": {"buckets_path": "shared>_count"}},
}
TOLD: Final = ",".join((  # all of an answer but the groups themselves, of which only the number is wanted
    "timed_out,_shards,hits,aggregations.alone,aggregations.groups",
    *(f"aggregations.{name}" for name in ("text", "chamber", "facet*")),
    *(f"aggregations.*.{name}" for name in ("doc_count", "alone", "groups", "days", "months", "undated")),
))  # fmt: skip


def counted_groups(told: Body) -> int | None:
    """Return the groups that were counted by `GROUPS`; None where there are too many."""
    shared = int(told["groups"]["count"])
    return None if shared >= _MOST else shared + int(told["alone"]["doc_count"])


def groups_of(told: Body, query: Body, view: View) -> int:
    """Return the groups of what a query finds, of which `told` was counted."""
    known = counted_groups(told)
    return sum(1 for _ in composite({"of": "group"}, query, view)) if known is None else known

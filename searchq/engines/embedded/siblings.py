"""Related questions: siblings (the same words to several ministers), and questions that cite one another.

Each sibling lists the others but not itself, so all agree on the least number among them (`sibling_group`). If a
document was cut and lists only some, its own references still lead to those.
"""

import numpy as np

from searchq.index.read.snapshot import Snapshot
from searchq.index.schema import MISSING
from searchq.question import Question

__all__ = ["citing_docs", "group_of"]


def group_of(snapshot: Snapshot, number: str) -> list[int]:
    """Return the documents of a question's group, including its own, by number; empty if there is no such question."""
    doc = snapshot.doc(number)
    return [] if doc is None else _group(snapshot, doc, snapshot.header(doc))


def _group(snapshot: Snapshot, doc: int, question: Question) -> list[int]:
    groups, orders = snapshot.integers("sibling_group"), snapshot.integers("number_order")
    found = {doc}
    if groups[doc] != MISSING:
        same = np.flatnonzero(groups == groups[doc])
        found |= {int(other) for other in same if snapshot.live is None or snapshot.live[other]}
    for reference in question.references:
        if reference.kind == "also-asked-to" and reference.type == "written-question":
            other = snapshot.doc(reference.number)
            found |= set() if other is None else {other}
    return sorted(found, key=lambda one: (int(orders[one]), one))


def citing_docs(snapshot: Snapshot, number: str) -> list[int]:
    """Return the documents whose texts cite a question, by question number."""
    found, orders = snapshot.postings("cites", number), snapshot.integers("number_order")
    return [] if found is None else sorted(found.docs.tolist(), key=lambda one: (int(orders[one]), one))

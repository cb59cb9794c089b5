from typing_extensions import Buffer

VERSION: int

# Every array is contiguous; whole numbers are int32 or int64, places int64, scores float32, unless told. Each function
# returns how many items it wrote, and raises ValueError where the arrays do not belong together.

def locate(docs: Buffer, others: Buffer, here: Buffer, there: Buffer, /) -> int:
    """Write the places of common numbers in both ascending lists; there is room for all of the shorter one."""

def impacts(docs: Buffer, weights: Buffer, norms: Buffer, factor: float, found: Buffer, /) -> int:
    """Write weight / (weight + norm of the document) * factor for each document."""

def weigh(docs: Buffer, scores: Buffer, factors: Buffer, found: Buffer, /) -> int:
    """Find the scores of documents, each times the factor of its document."""

def join_scores(docs: Buffer, scores: Buffer, greatest: bool, totals: Buffer, /) -> int:
    """Add the scores of documents to the totals of all, or keep the greatest."""

def count_docs(docs: Buffer, counts: Buffer, /) -> int:
    """Add one to the counts (uint16) of some documents."""

def counted_docs(counts: Buffer, least: int, found: Buffer, /) -> int:
    """Write the documents whose counts (uint16) are not less than `least`, ascending (int64)."""

def count_rows(rows: Buffer, width: int, docs: Buffer, counts: Buffer, /) -> int:
    """Count the codes (unsigned, of 1, 2 or 4 bytes) in the rows of documents, each as wide; counts are int64."""

def join_near(left: Buffer, right: Buffer, bases: Buffer, window: int, gains: Buffer, /) -> int:
    """Add to the gain of each document, which has the positions from one base to the next, what two words are apart."""

def first_places(
    docs: Buffer,
    scores: Buffer,
    partial: Buffer | None,
    days: Buffer,
    numbers: Buffer,
    missing: int,
    among: Buffer | None,
    found: Buffer,
    /,
) -> int:
    """Write the best places, best first, as many as `found` has room for: of all, or among some."""

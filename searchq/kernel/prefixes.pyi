from typing_extensions import Buffer

VERSION: int

def zone_words(
    blobs: tuple[Buffer, ...],
    starts: tuple[Buffer, ...],
    rows: tuple[Buffer, ...],
    row_starts: tuple[Buffer, ...],
    ranges: Buffer,
    most: int,
    found: Buffer,
    /,
) -> list[list[str]] | None:
    """Return for each zone the words that occur in it, in order; None if all segments together have more than `most`.

    `blobs` (uint8) and `starts` (uint32) are the tables of words of each segment, `ranges` (int64) the first number in
    each and the last one plus one. `rows` and `row_starts` (uint32) are those of the first zone in each segment, then
    of the second. Written to `found` (int64), in that order: where the documents of these words begin and end. Raises
    ValueError where the arrays do not belong together.
    """

"""Every bound searchq keeps, in one place: what a document, a query or a request may cost."""

from typing import Final

__all__ = [
    "ARCHIVE_ALLOWANCE_BYTES",
    "ARCHIVE_ALLOWANCE_SECONDS",
    "DEFAULT_PAGE_SIZE",
    "EXPLANATION_DEADLINE_SECONDS",
    "FUZZY_DISTANCE",
    "MAX_ARCHIVE_BYTES",
    "MAX_ARCHIVE_DEPTH",
    "MAX_ARCHIVE_RATIO",
    "MAX_ARCHIVE_SECONDS_PER_MB",
    "MAX_ATTRIBUTES",
    "MAX_BOOST",
    "MAX_DOCUMENT_BYTES",
    "MAX_EXPANDED_TERMS",
    "MAX_FACET_VALUES",
    "MAX_HISTOGRAM_BARS",
    "MAX_KEPT_REJECTIONS",
    "MAX_MARKS",
    "MAX_MEMBER_NAME_BYTES",
    "MAX_OPEN_ELEMENTS",
    "MAX_PAGE_SIZE",
    "MAX_QUERY_CHARACTERS",
    "MAX_QUERY_DEPTH",
    "MAX_QUERY_TERMS",
    "MAX_SUGGESTIONS",
    "MAX_URL_CHARACTERS",
    "MAX_WILDCARDS",
    "MAX_WORD_DISTANCE",
    "MIN_PREFIX_LETTERS",
    "QUERY_DEADLINE_SECONDS",
    "RUN_ALLOWANCE_BYTES",
    "RUN_ALLOWANCE_SECONDS",
]

MAX_DOCUMENT_BYTES: Final = 10 * 1024 * 1024  # a document beyond this is rejected by name
MAX_ARCHIVE_BYTES: Final = 4 * 1024**3  # of an archive that is fetched; the Chamber's largest has 45 MB
MAX_ARCHIVE_DEPTH: Final = 3  # archives within archives: pages.tar holding site.warc.gz is two
MAX_MEMBER_NAME_BYTES: Final = 16 * 1024  # of the name of a file in an archive, its attributes, the head of a record
MAX_ARCHIVE_RATIO: Final = 500  # bytes unpacked for each byte of an archive, beyond an allowance
MAX_ARCHIVE_SECONDS_PER_MB: Final = 30.0  # of processor time, likewise
ARCHIVE_ALLOWANCE_BYTES: Final = 64 * 1024 * 1024  # for one archive
ARCHIVE_ALLOWANCE_SECONDS: Final = 3.0
RUN_ALLOWANCE_BYTES: Final = 1024 * 1024 * 1024  # for all archives that a process reads
RUN_ALLOWANCE_SECONDS: Final = 60.0
MAX_KEPT_REJECTIONS: Final = 50_000  # rejected documents that an index remembers; more are only counted
MAX_OPEN_ELEMENTS: Final = 2000  # of HTML, at once; an honest page has hardly any
MAX_ATTRIBUTES: Final = 5000  # of one HTML tag
MAX_MARKS: Final = 30  # on one letter; the measure of Unicode's Stream-Safe Text Format (UAX 15)

MAX_QUERY_CHARACTERS: Final = 512
MAX_QUERY_TERMS: Final = 32
MAX_QUERY_DEPTH: Final = 20  # nested parentheses
MIN_PREFIX_LETTERS: Final = 2  # letters before the first * or ?
MAX_EXPANDED_TERMS: Final = 200  # words a prefix, wildcard or fuzzy term may stand for
MAX_WILDCARDS: Final = 4  # stars in one word
FUZZY_DISTANCE: Final = 1  # edits
MAX_WORD_DISTANCE: Final = 100  # words between words that are to stand near each other
MAX_BOOST: Final = 10.0  # weight a visitor may give a word; an unweighted one has 1
QUERY_DEADLINE_SECONDS: Final = 0.8  # so that the whole answer comes within a second
EXPLANATION_DEADLINE_SECONDS: Final = 10.0  # every part of a query is evaluated once more for each part it stands in

DEFAULT_PAGE_SIZE: Final = 20
MAX_PAGE_SIZE: Final = 100  # hits a page; exports stream and are not pages
MAX_FACET_VALUES: Final = 1000
MAX_HISTOGRAM_BARS: Final = 4000  # ten years of days; beyond that bars get wider
MAX_SUGGESTIONS: Final = 10
MAX_URL_CHARACTERS: Final = 4096

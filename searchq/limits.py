"""All limits of searchq: the maximum cost of a document, a query or a request."""

from typing import Final

__all__ = [
    "ARCHIVE_ALLOWANCE_BYTES",
    "ARCHIVE_ALLOWANCE_SECONDS",
    "CLUSTER_DEADLINE_SECONDS",
    "DEFAULT_PAGE_SIZE",
    "ENOUGH_FULL_MATCHES",
    "EXPLANATION_DEADLINE_SECONDS",
    "FUZZY_DISTANCE",
    "HELP_BUDGET_CPU_SECONDS",
    "MAX_ALERTS_PER_ADDRESS",
    "MAX_ARCHIVE_BYTES",
    "MAX_ARCHIVE_DEPTH",
    "MAX_ARCHIVE_RATIO",
    "MAX_ARCHIVE_SECONDS_PER_MB",
    "MAX_ASSISTANT_HITS",
    "MAX_ASSISTANT_ROWS",
    "MAX_ASSISTANT_TEXT",
    "MAX_ATTRIBUTES",
    "MAX_BOOST",
    "MAX_DOCUMENT_BYTES",
    "MAX_DOCUMENT_MEMORY",
    "MAX_DOCUMENT_SECONDS",
    "MAX_EXPANDED_TERMS",
    "MAX_FACET_VALUES",
    "MAX_HISTOGRAM_BARS",
    "MAX_KEPT_REJECTIONS",
    "MAX_LEARNED_PAIRS",
    "MAX_LETTER_CARDS",
    "MAX_LETTER_LINES",
    "MAX_MAIL_ADDRESS",
    "MAX_MARKS",
    "MAX_MEMBER_NAME_BYTES",
    "MAX_OPEN_ELEMENTS",
    "MAX_PAGE_SIZE",
    "MAX_QUERY_CHARACTERS",
    "MAX_QUERY_DEPTH",
    "MAX_QUERY_TERMS",
    "MAX_SIGNUPS_PER_ADDRESS",
    "MAX_SIGNUPS_PER_CLIENT",
    "MAX_SIGNUP_BYTES",
    "MAX_SUGGESTIONS",
    "MAX_TURN_WAIT_SECONDS",
    "MAX_URL_CHARACTERS",
    "MAX_VALUES",
    "MAX_WILDCARDS",
    "MAX_WORD_DISTANCE",
    "MIN_PREFIX_LETTERS",
    "QUERY_DEADLINE_SECONDS",
    "RUN_ALLOWANCE_BYTES",
    "RUN_ALLOWANCE_SECONDS",
    "STOP_SECONDS",
    "UNWATCHED_DOCUMENT_BYTES",
]

MAX_DOCUMENT_BYTES: Final = 10 * 1024 * 1024  # larger documents are rejected
MAX_DOCUMENT_SECONDS: Final = 5.0  # of processor time to read one
MAX_DOCUMENT_MEMORY: Final = 512 * 1024 * 1024  # bytes that the process may grow by meanwhile
UNWATCHED_DOCUMENT_BYTES: Final = 64 * 1024  # none that is smaller costs more than a tenth of these
MAX_ARCHIVE_BYTES: Final = 4 * 1024**3  # of a fetched archive; the Chamber's largest has 45 MB
MAX_ARCHIVE_DEPTH: Final = 3  # nested archives: pages.tar containing site.warc.gz is 2
MAX_MEMBER_NAME_BYTES: Final = 16 * 1024  # of a member's name, its attributes, a record header
MAX_ARCHIVE_RATIO: Final = 500  # unpacked bytes per byte of the archive, beyond an allowance
MAX_ARCHIVE_SECONDS_PER_MB: Final = 30.0  # of CPU time, likewise
ARCHIVE_ALLOWANCE_BYTES: Final = 64 * 1024 * 1024  # per archive
ARCHIVE_ALLOWANCE_SECONDS: Final = 3.0
RUN_ALLOWANCE_BYTES: Final = 1024 * 1024 * 1024  # for all archives read by a process
RUN_ALLOWANCE_SECONDS: Final = 60.0
MAX_KEPT_REJECTIONS: Final = 50_000  # rejected documents that an index remembers; more are only counted
MAX_LEARNED_PAIRS: Final = 10_000  # descriptors and parts of titles, with translations, that an index remembers
MAX_LETTER_CARDS: Final = 50  # questions of a letter that are shown with fragments; more are only named
MAX_LETTER_LINES: Final = 1000  # questions that a letter shows or names; more are only counted
MAX_MAIL_ADDRESS: Final = 254  # characters; the longest path of RFC 5321 without its brackets
MAX_OPEN_ELEMENTS: Final = 2000  # nested HTML elements; normal pages have few
MAX_ASSISTANT_HITS: Final = 20  # hits of one answer to an assistant
MAX_ASSISTANT_ROWS: Final = 50  # rows, values or entries of one
MAX_ASSISTANT_TEXT: Final = 12_000  # characters of each text of a question in one
MAX_ATTRIBUTES: Final = 5000  # of one HTML tag
MAX_VALUES: Final = 5000  # of one kind in a question: keywords, events, citations; real ones have some ten
MAX_MARKS: Final = 30  # on one letter; the measure of Unicode's Stream-Safe Text Format (UAX 15)

MAX_QUERY_CHARACTERS: Final = 512
MAX_QUERY_TERMS: Final = 32
MAX_QUERY_DEPTH: Final = 20  # nested parentheses
MIN_PREFIX_LETTERS: Final = 2  # letters before the first * or ?
MAX_EXPANDED_TERMS: Final = 200  # words matched by a prefix, wildcard or fuzzy term
MAX_WILDCARDS: Final = 4  # stars in one word
FUZZY_DISTANCE: Final = 1  # edits
MAX_WORD_DISTANCE: Final = 100  # words between the operands of NEAR
MAX_BOOST: Final = 10.0  # of a word in a query; the default is 1
QUERY_DEADLINE_SECONDS: Final = 0.8  # so that the response takes less than a second
CLUSTER_DEADLINE_SECONDS: Final = 5.0  # for each of the requests that a search over a cluster consists of
HELP_BUDGET_CPU_SECONDS: Final = 0.5  # after which no helper search (spelling, relaxation) starts
EXPLANATION_DEADLINE_SECONDS: Final = 10.0  # every part of a query is evaluated once more for each part it stands in

DEFAULT_PAGE_SIZE: Final = 20
ENOUGH_FULL_MATCHES: Final = 20  # questions with all words; where there are fewer, those with most of them follow
MAX_PAGE_SIZE: Final = 100  # hits per page; exports stream
MAX_FACET_VALUES: Final = 1000
MAX_HISTOGRAM_BARS: Final = 4000  # ten years of days; longer ranges get wider bars
MAX_SUGGESTIONS: Final = 10
MAX_URL_CHARACTERS: Final = 4096
MAX_TURN_WAIT_SECONDS: Final = 10.0  # of a request for its first turn; a browser shows nothing meanwhile
STOP_SECONDS: Final = 4.5  # from a signal to the server until what still runs is cut off

MAX_SIGNUP_BYTES: Final = 8 * 1024  # of a form that is sent
MAX_SIGNUPS_PER_ADDRESS: Final = 5  # a day: each sends a mail to it
MAX_SIGNUPS_PER_CLIENT: Final = 20  # an hour; the visitors behind one proxy may share an address
MAX_ALERTS_PER_ADDRESS: Final = 50

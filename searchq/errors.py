"""Every error searchq raises on purpose, in one tree.

    SearchqError                 one sentence: the value at fault and the remedy
    ├── DocumentError            a document that is no question, or cannot be read
    ├── RequestError             a request nobody could answer: bad date, bad page, bad sort
    │   └── QuestionNotFound     a number the index does not hold
    ├── OutOfTime                a text that takes too long to search for
    ├── FetchError               a site cannot be asked, or an archive not be fetched into: says what is missing
    ├── PartyTableError          a table of parties that cannot be read
    └── IndexFault
        ├── IndexMissing         nothing built there yet
        ├── IndexBroken          a file is missing, torn, or its checksum differs
        ├── IndexUnreadable      a file may not or cannot be read: nobody knows whether it is broken
        ├── IndexOutdated        made by another format, schema or analyzer version
        ├── IndexLocked          another writer is at work; says who
        └── IndexWriteError      the disk said no; the old index still answers

Messages are shown to people as they stand, so they end without a traceback and begin with what happened.
"""

__all__ = [
    "DocumentError",
    "FetchError",
    "IndexBroken",
    "IndexFault",
    "IndexLocked",
    "IndexMissing",
    "IndexOutdated",
    "IndexUnreadable",
    "IndexWriteError",
    "OutOfTime",
    "PartyTableError",
    "QuestionNotFound",
    "RequestError",
    "SearchqError",
]


class SearchqError(Exception):
    """Base of all errors of searchq; its text is one sentence a user can act on."""


class DocumentError(SearchqError):
    """A document was rejected: it is no written question, or cannot be read."""


class RequestError(SearchqError):
    """A request cannot be answered as it stands; the sentence says which value to change."""


class QuestionNotFound(RequestError):
    """The index does not contain this number."""


class OutOfTime(SearchqError):
    """A text takes too long to search for, where half an answer would be taken for a whole one."""

    def __init__(self, sentence: str = "The query took too long; use fewer or longer words.") -> None:
        super().__init__(sentence)


class FetchError(SearchqError):
    """Documents cannot be fetched: no contact, no ledger, another run at work, or a site that forbids it."""


class PartyTableError(SearchqError):
    """The table of parties cannot be read; the sentence names the file and the line."""


class IndexFault(SearchqError):
    """Something about the index directory stops the work."""


class IndexMissing(IndexFault):
    """There is no index at that place yet."""


class IndexBroken(IndexFault):
    """The index is torn: a file is missing, truncated or altered."""


class IndexUnreadable(IndexFault):
    """A file of the index may not or cannot be read, so that nobody knows whether it is broken."""


class IndexOutdated(IndexFault):
    """The index was made by another version of the format, the schema or the analysis."""


class IndexLocked(IndexFault):
    """Another process is writing to this index."""


class IndexWriteError(IndexFault):
    """Writing failed (disk full, no permission, input/output error); the old index is intact."""

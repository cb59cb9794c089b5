"""Every error searchq raises on purpose, in one tree.

    SearchqError                 one sentence: the value at fault and the remedy
    ├── DocumentError            the document is not a question, or cannot be read
    ├── RequestError             invalid request: bad date, bad page, bad sort
    │   └── QuestionNotFound     the number is not in the index
    ├── OutOfTime                the search took too long
    ├── AlertError               no subscription can be made, or no message sent; says what is missing
    ├── FetchError               cannot fetch from a site, or into an archive; says what is missing
    ├── PartyTableError          the party table cannot be read
    └── IndexFault
        ├── IndexMissing         no index there yet
        ├── IndexBroken          a file is missing, torn, or its checksum differs
        ├── IndexUnreadable      a file cannot be read, so whether it is broken is unknown
        ├── IndexOutdated        made by another format, schema or analyzer version
        ├── IndexLocked          another process is writing; names it
        └── IndexWriteError      the write failed; the old index still answers

Messages are shown to users unchanged: they start with what happened and have no traceback.
"""

from typing import Final

__all__ = [
    "REBUILD",
    "AlertError",
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


REBUILD: Final = "restore a backup with `searchq restore`, or build the index again with `searchq index --rebuild`"


class SearchqError(Exception):
    """Base of all errors of searchq; its text is one sentence a user can act on."""


class DocumentError(SearchqError):
    """A document was rejected: it is not a written question, or cannot be read."""


class FolderEmptied(SearchqError):
    """A folder that held documents holds none any more, as one that is not mounted does; nothing was removed."""


class QuestionCancelled(DocumentError):
    """A record says only that its question, whose number it gives, was cancelled."""

    def __init__(self, reason: str, number: str) -> None:
        super().__init__(reason)
        self.number = number


class RequestError(SearchqError):
    """A request is invalid; the sentence says which value to change."""


class QuestionNotFound(RequestError):
    """The index does not contain this number."""


class OutOfTime(SearchqError):
    """A search took too long, where a partial answer would be mistaken for a complete one."""

    def __init__(self, sentence: str = "The query took too long; use fewer or longer words.") -> None:
        super().__init__(sentence)


class AlertError(SearchqError):
    """An alert cannot be made or sent: a setting is missing, an address is none, another run is sending."""


class FetchError(SearchqError):
    """Fetching is impossible: no contact, no ledger, another run in progress, or the site forbids it."""


class PartyTableError(SearchqError):
    """The party table cannot be read; the sentence names the file and the line."""


class IndexFault(SearchqError):
    """The index directory cannot be used."""


class IndexMissing(IndexFault):
    """There is no index in the directory yet."""


class IndexBroken(IndexFault):
    """The index is torn: a file is missing, truncated or altered."""


class IndexUnreadable(IndexFault):
    """A file of the index cannot be read, so whether it is broken is unknown."""


class IndexOutdated(IndexFault):
    """The index was made by another version of the format, the schema or the analysis."""


class IndexLocked(IndexFault):
    """Another process is writing to this index."""


class IndexWriteError(IndexFault):
    """Writing failed (disk full, no permission, input/output error); the old index is intact."""

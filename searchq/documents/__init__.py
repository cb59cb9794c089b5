"""Documents to records: files, archives and saved pages in, `Question`s out, nothing dropped silently.

`read` is the way in; `parse` does one document; `find` and `open_file` are its streams of files and documents.
"""

from searchq.documents.document import Cancellation, Rejection, SourceDocument
from searchq.documents.parse import PARSER_VERSION, parse
from searchq.documents.reading import Item, Parsed, Unchanged, read
from searchq.documents.sources import SourceFile, find, open_file

__all__ = [
    "PARSER_VERSION",
    "Cancellation",
    "Item",
    "Parsed",
    "Rejection",
    "SourceDocument",
    "SourceFile",
    "Unchanged",
    "find",
    "open_file",
    "parse",
    "read",
]

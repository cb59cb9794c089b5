"""searchq: written parliamentary questions, found.

    import searchq

    index = searchq.open("index")
    page = index.search("sociale media", portfolio="Justitie", facets=["party"])

See `searchq.api.Index` for all that an index can be asked.
"""

import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from searchq.api import Index

__all__ = ["__version__", "open"]

__version__ = "0.1.0"


def open(path: "str | os.PathLike[str]" = "index") -> "Index":
    """Open the index in a directory. Raises IndexMissing, IndexUnreadable, IndexBroken or IndexOutdated."""
    from searchq.api import open_index  # so that `import searchq` alone costs nothing

    return open_index(path)

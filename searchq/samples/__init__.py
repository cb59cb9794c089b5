"""Sample questions shipped with searchq, so that `searchq demo` has something to find on a fresh machine.

The questions are invented; their layouts, oddities and faults are those of published pages. They are kept as
documents, not as records, so that the demo walks the same way as an index of real pages: bytes, layout, repair, record.
README.md beside this module says what each folder holds.
"""

from importlib.resources import files
from pathlib import Path

__all__ = ["samples_path"]


def samples_path() -> Path:
    """The folder of sample documents, to be read like any folder of saved pages."""
    return Path(str(files(__name__))) / "questions"

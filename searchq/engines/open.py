"""The only place where an engine is chosen."""

import os

from searchq.engine import Engine
from searchq.engines.embedded.engine import EmbeddedEngine

__all__ = ["open_engine"]


def open_engine(path: str | os.PathLike[str]) -> Engine:
    """Return the engine for a path; a folder is an index on this machine."""
    return EmbeddedEngine(path)

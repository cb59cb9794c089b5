"""The one place where an engine is chosen, from what a person names."""

import os

from searchq.engine import Engine
from searchq.engines.embedded.engine import EmbeddedEngine

__all__ = ["open_engine"]


def open_engine(path: str | os.PathLike[str]) -> Engine:
    """The engine for what a person names: a folder is an index of this machine."""
    return EmbeddedEngine(path)

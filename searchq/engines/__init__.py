"""The engines behind the port `searchq.engine`, and the one place where one of them is chosen."""

import os

from searchq.engine import Engine
from searchq.engines.embedded import EmbeddedEngine

__all__ = ["open_engine"]


def open_engine(path: str | os.PathLike[str]) -> Engine:
    """The engine for what a person names: a folder is an index of this machine."""
    return EmbeddedEngine(path)

"""The user's cache folder: $SEARCHQ_CACHE, or searchq/ in the default one. What stands there can be made again."""

import os
from pathlib import Path
from typing import Final

from platformdirs import user_cache_path

__all__ = ["ENVIRONMENT", "cache_folder"]

ENVIRONMENT: Final = "SEARCHQ_CACHE"  # another folder; empty: no cache


def cache_folder() -> Path | None:
    """The folder, which may not exist yet; None if there is none."""
    chosen = os.environ.get(ENVIRONMENT)
    if chosen is not None:
        return Path(chosen).expanduser() if chosen else None
    try:
        folder = user_cache_path("searchq", appauthor=False)
    except RuntimeError:  # a user without a home
        return None
    return folder if folder.is_absolute() else None  # older platformdirs return ~/.cache then

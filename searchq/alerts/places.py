"""Where the subscriptions stand: a file that is named, or beside the index, or in the user's data folder."""

import re
from pathlib import Path
from typing import Final

from platformdirs import user_data_path

__all__ = ["ENVIRONMENT", "alerts_file"]

ENVIRONMENT: Final = "SEARCHQ_ALERTS"
_ENDING: Final = ".alerts.sqlite"
_ADDRESS: Final = re.compile(r"[a-z][a-z0-9+.-]*://", re.IGNORECASE)


def alerts_file(index: str, chosen: str | None = None) -> Path:
    """The file of an index: `chosen`, else `index.alerts.sqlite` beside the folder `index`.

    An index that is no folder has its file in the data folder, named after its address.
    """
    if chosen:
        return Path(chosen).expanduser()
    if _ADDRESS.match(index):
        name = re.sub(r"[^A-Za-z0-9.-]+", "-", index.partition("://")[2].rpartition("@")[2]).strip("-.")
        return user_data_path("searchq", appauthor=False) / f"{name or 'index'}{_ENDING}"
    folder = Path(index).absolute()
    return folder.with_name(f"{folder.name}{_ENDING}")

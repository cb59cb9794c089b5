"""The access log: one JSON line per request, and a separate logger for searches without results.

JSON escapes what visitors type, so no one can forge a line. The visitor's address is not logged.

    {"time": "2024-05-01T12:00:00+00:00", "method": "GET", "path": "/", "query": "q=fiets", "status": 200,
     "milliseconds": 4.2, "bytes": 10210, "results": 312}
"""

import datetime as dt
import json
import logging
from typing import Final

__all__ = ["ACCESS", "EMPTY", "record"]

ACCESS: Final = logging.getLogger("searchq.web.access")
EMPTY: Final = logging.getLogger("searchq.web.empty")


def record(
    method: str, path: str, query: str, status: int, seconds: float, size: int | None, results: int | None
) -> None:
    """Log a request and its response; free if the logger is disabled."""
    if not ACCESS.isEnabledFor(logging.INFO):
        return
    line = {
        "time": dt.datetime.now(dt.UTC).isoformat(timespec="milliseconds"),
        "method": method,
        "path": path,
        "query": query,
        "status": status,
        "milliseconds": round(1000 * seconds, 1),
        "bytes": size,
        "results": results,
    }
    ACCESS.info("%s", json.dumps(line))
    if results == 0:
        EMPTY.info("%s", json.dumps({"time": line["time"], "path": path, "query": query}))

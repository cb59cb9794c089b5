"""The logs: one JSON line per request, a separate logger for searches without results, and a line per event.

JSON escapes what visitors type, so no one can forge a line. The visitor's address is not logged.

    {"time": "2024-05-01T12:00:00+00:00", "method": "GET", "path": "/", "query": "q=fiets", "status": 200,
     "milliseconds": 4.2, "bytes": 10210, "results": 312}
    {"time": "2024-05-01T12:00:07+00:00", "level": "warning", "logger": "searchq.web", "message": "…"}
"""

import datetime as dt
import json
import logging
import sys
from typing import Final

from searchq.errors import SearchqError

__all__ = ["ACCESS", "EMPTY", "log_to_stderr", "record"]

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


def log_to_stderr() -> None:
    """Write requests, warnings and errors to standard error; of the server's own logs the errors only."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(_JsonFormatter())
    logging.getLogger().addHandler(handler)
    ACCESS.setLevel(logging.INFO)
    logging.getLogger("waitress").setLevel(logging.ERROR)


class _JsonFormatter(logging.Formatter):
    """A log record as one line of JSON; those of requests are one already.

    An error of ours is its sentence, which names what is wrong and the remedy, as when an export is cut off in the
    middle; any other has its traceback.
    """

    def format(self, record: logging.LogRecord) -> str:
        if record.name in (ACCESS.name, EMPTY.name):
            return record.getMessage()
        line = {
            "time": dt.datetime.fromtimestamp(record.created, dt.UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
        }
        if record.exc_info:
            error = record.exc_info[1]
            line["exception"] = str(error) if isinstance(error, SearchqError) else self.formatException(record.exc_info)
        return json.dumps(line)

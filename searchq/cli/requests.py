"""The request that a query and the options of a command make (see `searchq.cli.options`)."""

import datetime as dt
from typing import Any

from searchq.cli.options import DAYS
from searchq.query.facet_table import FACET_NAMES
from searchq.query.request import Request

__all__ = ["request_of"]


def request_of(query: tuple[str, ...], options: dict[str, Any], **more: Any) -> Request:
    """Build the request from a query and a command's filter options; `more` goes to `make_request`."""
    from searchq.results.requests import make_request  # imports the query language: 70 ms that --help skips

    return make_request(
        " ".join(query),
        include={name: options[name] for name in FACET_NAMES},
        exclude={name: options[f"exclude_{name}"] for name in FACET_NAMES},
        **{name: options[name] for name, _ in DAYS.values()},
        waited=options["waited"],
        today=dt.date.today(),
        translate=not options["no_translate"],
        **more,
    )

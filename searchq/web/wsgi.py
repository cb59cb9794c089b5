"""The application for any WSGI server: `gunicorn --threads 4 searchq.web.wsgi:app`.

SEARCHQ_INDEX   index directory ("index")
SEARCHQ_HOSTS   allowed host names, separated by commas; empty allows any
SEARCHQ_SITE    the public address, "https://vragen.example"; empty uses the request's own
"""

import os

from searchq.web.app import create_app

__all__ = ["app"]

app = create_app(
    os.environ.get("SEARCHQ_INDEX", "index"),
    hosts=[host.strip() for host in os.environ.get("SEARCHQ_HOSTS", "").split(",") if host.strip()],
    site=os.environ.get("SEARCHQ_SITE") or None,
)

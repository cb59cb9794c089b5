"""The application for any WSGI server: `gunicorn --threads 4 searchq.web.wsgi:app`.

SEARCHQ_INDEX   the folder of the index ("index")
SEARCHQ_HOSTS   names to answer to, with commas between; any when empty
SEARCHQ_SITE    the address visitors know, "https://vragen.example"; what the request says when empty
"""

import os

from searchq.web.app import create_app

__all__ = ["app"]

app = create_app(
    os.environ.get("SEARCHQ_INDEX", "index"),
    hosts=[host.strip() for host in os.environ.get("SEARCHQ_HOSTS", "").split(",") if host.strip()],
    site=os.environ.get("SEARCHQ_SITE") or None,
)

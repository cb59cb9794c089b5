"""The application for any WSGI server: `gunicorn --threads 4 searchq.web.wsgi:app`.

SEARCHQ_INDEX   index directory ("index")
SEARCHQ_HOSTS   allowed host names, separated by commas; empty allows any
SEARCHQ_SITE    the public address, "https://vragen.example/vragen"; empty uses the request's own
SEARCHQ_PREFIX  where the page stands on its host, "/vragen"; the path of SEARCHQ_SITE unless told
SEARCHQ_TRUST_PROXY  how many proxies stand in front whose X-Forwarded-* headers are believed (0)
"""

import os

from searchq.web.app import create_app

__all__ = ["app"]

app = create_app(
    os.environ.get("SEARCHQ_INDEX", "index"),
    hosts=[host.strip() for host in os.environ.get("SEARCHQ_HOSTS", "").split(",") if host.strip()],
    site=os.environ.get("SEARCHQ_SITE") or None,
    prefix=os.environ.get("SEARCHQ_PREFIX") or None,
    trust_proxy=int(os.environ.get("SEARCHQ_TRUST_PROXY") or 0),
)

"""The application for any WSGI server: `gunicorn --threads 4 searchq.web.wsgi:app`.

SEARCHQ_INDEX   index directory ("index")
SEARCHQ_HOSTS   allowed host names, separated by commas; empty allows any
SEARCHQ_SITE    the public address, "https://vragen.example/vragen"; empty uses the request's own
SEARCHQ_PREFIX  where the page stands on its host, "/vragen"; the path of SEARCHQ_SITE unless told
SEARCHQ_TRUST_PROXY  how many proxies stand in front whose X-Forwarded-* headers are believed (0)

Visitors can follow a search by mail where every variable of mail is set, too (docs/alerts.md).
"""

import datetime as dt
import os
from functools import partial

from searchq.web.app import create_app
from searchq.web.follow import sign_up_of

__all__ = ["app"]

_INDEX = os.environ.get("SEARCHQ_INDEX", "index")

app = create_app(
    _INDEX,
    hosts=[host.strip() for host in os.environ.get("SEARCHQ_HOSTS", "").split(",") if host.strip()],
    site=os.environ.get("SEARCHQ_SITE") or None,
    prefix=os.environ.get("SEARCHQ_PREFIX") or None,
    trust_proxy=int(os.environ.get("SEARCHQ_TRUST_PROXY") or 0),
    sign_up=sign_up_of(os.environ, _INDEX, partial(dt.datetime.now, dt.UTC)),
)

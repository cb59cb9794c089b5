"""The search page: a WSGI application that renders the results of `searchq.api`.

from searchq.web import create_app
app = create_app("index")
"""

from searchq.web.app import Application, create_app

__all__ = ["Application", "create_app"]

"""The search page: a plain WSGI application that renders what `searchq.api` answers.

from searchq.web import create_app
app = create_app("index")
"""

from searchq.web.app import Application, create_app

__all__ = ["Application", "create_app"]

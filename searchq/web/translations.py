"""The texts of the page in the language of a request: written in Dutch, in other languages from a catalog.

Catalogs are gettext's, `locale/<language>/LC_MESSAGES/page.po`; `python tests/catalogs.py` updates and compiles them.
"""

import gettext as catalogs
from functools import cache
from importlib.resources import files

from searchq.query.facet_table import Language
from searchq.web.mount import LANGUAGES, language

__all__ = ["gettext", "gettext_noop", "ngettext", "translations"]


class Dutch(catalogs.NullTranslations):
    """The texts as they stand."""

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        """Return the first text for one."""
        return msgid1 if n == 1 else msgid2


@cache
def translations(language: Language) -> catalogs.NullTranslations:
    """The catalog of a language."""
    if language == LANGUAGES[0]:
        return Dutch()
    with (files(__package__) / "locale" / language / "LC_MESSAGES" / "page.mo").open("rb") as file:
        return catalogs.GNUTranslations(file)


def gettext(text: str) -> str:
    """A text in the language of the request."""
    return translations(language()).gettext(text)


def gettext_noop(text: str) -> str:
    """Mark a text for the catalog; `gettext` translates it where it is used."""
    return text


def ngettext(one: str, many: str, number: int) -> str:
    """One of two texts in the language of the request, by a number."""
    return translations(language()).ngettext(one, many, number)

"""What kind of thing a request asks for: few kinds, whatever the address, so that they can be counted apart."""

import re
from typing import Final

from searchq.web.links import ENTITIES
from searchq.web.parameters import EXPORTED

__all__ = ["KINDS", "UNPARSED", "kind_of"]

UNPARSED: Final = "unparsed"  # not HTTP, or beyond its bounds
_OTHER: Final = "other"

_BY_PATH: Final = tuple(
    (re.compile(pattern), kind)
    for pattern, kind in (
        (r"/", "search"),
        (r"/vraag/.*\.atom", "feed"),
        (r"/vraag/.*", "question"),
        (r"/suggesties", "suggestions"),
        (r"/statistiek", "statistics"),
        (rf"/filter/.*|/(?:{'|'.join(ENTITIES)})/.*", "list"),
        (r"/export\.jsonl\.gz", "export"),
        (r"/gezondheid", "health"),
        (r"/static/.*", "asset"),
        (r"/volgen.*", "follow"),
        (r"/sitemap.*|/robots\.txt|/opensearch\.xml|/openapi\.json|/record\.schema\.json", "machine"),
        (r"/hulp|/problemen|/dekking.*", "about"),
    )
)
_FORMAT: Final = re.compile(rb"(?:^|&)format=([a-z]+)")
_BY_FORMAT: Final = {b"json": "data", b"atom": "feed", **dict.fromkeys((name.encode() for name in EXPORTED), "export")}

KINDS: Final = tuple(dict.fromkeys([kind for _, kind in _BY_PATH] + [*_BY_FORMAT.values(), _OTHER, UNPARSED]))


def kind_of(path: str, query: bytes) -> str:
    """The kind of a request, by its path on the site and its query string."""
    kind = next((kind for pattern, kind in _BY_PATH if pattern.fullmatch(path)), _OTHER)
    found = _FORMAT.findall(query) if kind in ("search", "list") else []
    return _BY_FORMAT.get(found[-1], kind) if found else kind

"""Style, script and icon: read and compressed once, with a content hash in the name so that browsers can cache them."""

import gzip
import hashlib
from collections.abc import Mapping
from importlib.resources import files
from typing import Final

from msgspec import Struct

from searchq.web.mount import neutral_url

__all__ = ["ASSETS", "FINGERPRINT", "Asset", "asset_path"]


class Asset(Struct, frozen=True):
    """A static file, ready to send."""

    path: str
    type: str
    body: bytes
    gzipped: bytes


_TYPES: Final = {
    "style.css": "text/css; charset=utf-8",
    "page.js": "text/javascript; charset=utf-8",
    "icon.svg": "image/svg+xml",
}


def _load(name: str) -> Asset:
    body = (files(__package__) / "static" / name).read_bytes()
    stem, _, suffix = name.partition(".")
    digest = hashlib.blake2s(body, digest_size=5).hexdigest()
    return Asset(f"/static/{stem}.{digest}.{suffix}", _TYPES[name], body, gzip.compress(body, 9, mtime=0))


_BY_NAME: Final = {name: _load(name) for name in _TYPES}

ASSETS: Final[Mapping[str, Asset]] = {asset.path: asset for asset in _BY_NAME.values()}
FINGERPRINT: Final = "".join(asset.path for asset in _BY_NAME.values())


def asset_path(name: str) -> str:
    """The path of a static file: "style.css" is served at "/static/style.4f1c….css"."""
    return neutral_url(_BY_NAME[name].path)

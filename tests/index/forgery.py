"""Changes to an index whose checksums and digests were made to fit: what is left to notice them is their meaning."""

import hashlib
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

from searchq.index.format.blocks import Blocks, BlockSums
from searchq.index.format.manifest import MANIFEST
from searchq.index.format.seal import sealed

__all__ = ["change_array", "change_directory", "change_manifest", "replace_body"]


def change_manifest(index: Path, change: Callable[[dict[str, Any]], object]) -> None:
    """Change the manifest, and seal it again."""
    members = json.loads((index / MANIFEST).read_bytes())
    del members["blake2b"]
    change(members)
    (index / MANIFEST).write_bytes(sealed(members))


def replace_body(path: Path, change: Callable[[bytearray], object]) -> None:
    """Change the bytes of an array file before its table, write a table that fits, and list both in the manifest."""
    data = path.read_bytes()
    body = bytearray(data[: Blocks(memoryview(data), path.name).end])
    change(body)
    sums = BlockSums()
    sums.add(bytes(body))
    table, checksum = sums.table()
    whole = bytes(body) + table
    path.write_bytes(whole)
    listed = [len(whole), hashlib.sha256(whole).hexdigest(), checksum]
    change_manifest(path.parent, lambda members: members["files"].__setitem__(path.name, listed))


def change_directory(path: Path, change: Callable[[dict[str, Any]], object]) -> None:
    """Change the directory of an array file, which keeps its length."""

    def changed(body: bytearray) -> None:
        size = int.from_bytes(body[12:16], "little")
        directory = json.loads(body[16 : 16 + size])
        change(directory)
        text = json.dumps(directory, separators=(",", ":")).encode().ljust(size)
        assert len(text) == size
        body[16 : 16 + size] = text

    replace_body(path, changed)


def change_array(path: Path, name: str, change: Callable[[Any], object]) -> None:
    """Change an array of a file in place."""

    def changed(body: bytearray) -> None:
        size = int.from_bytes(body[12:16], "little")
        dtype, offset, length = json.loads(body[16 : 16 + size])["arrays"][name]
        change(np.frombuffer(body, dtype, length, -(-(16 + size) // 64) * 64 + offset))

    replace_body(path, changed)

"""The only place where an engine is chosen."""

import os
from typing import Final

from searchq.engine import Engine
from searchq.engines.embedded.engine import EmbeddedEngine
from searchq.errors import IndexFault

__all__ = ["is_on_cluster", "open_engine"]

_CLUSTER: Final = "opensearch+"


def open_engine(place: str | os.PathLike[str]) -> Engine:
    """Return the engine for a place: the address of a cluster, or a folder of this machine."""
    return _over_cluster(str(place)) if is_on_cluster(place) else EmbeddedEngine(place)


def is_on_cluster(place: str | os.PathLike[str]) -> bool:
    """Return whether a place is the address of a cluster, or meant as one (`https://host`), and no folder."""
    return isinstance(place, str) and ("://" in place or place.lstrip().lower().startswith(_CLUSTER))


def _over_cluster(address: str) -> Engine:
    from searchq.engines.opensearch.address import read_address

    read_address(address)
    try:
        from searchq.engines.opensearch.engine import ClusterEngine  # its client takes half a second to import
    except ModuleNotFoundError as error:
        if error.name != "opensearchpy":
            raise
        raise IndexFault(
            "An index on a cluster needs the extra opensearch: pip install 'searchq[opensearch]'."
        ) from error
    return ClusterEngine(address)

"""The client of a cluster: where it is, who asks, how long a call may take."""

import ssl
from typing import Any, Final

import msgspec
from opensearchpy import OpenSearch
from opensearchpy.serializer import JSONSerializer

from searchq.engines.opensearch.actions import as_json
from searchq.engines.opensearch.address import Address, Settings
from searchq.errors import IndexFault

__all__ = ["SECONDS", "make_client"]

SECONDS: Final = 60.0  # that one call may take


class _Serializer(JSONSerializer):
    """JSON in UTF-8 whatever a visitor typed: half characters become question marks."""

    def dumps(self, data: Any) -> Any:
        return data if isinstance(data, str | bytes) else as_json(data)

    def loads(self, s: Any) -> Any:
        return msgspec.json.decode(s)


def make_client(address: Address, settings: Settings) -> OpenSearch:
    hosts = [{"host": host, "port": port} for host, port in address.hosts]
    secret = (settings.user, settings.password or "") if settings.user else None
    return OpenSearch(
        hosts=hosts,
        http_auth=secret,
        use_ssl=address.secure,
        verify_certs=address.secure,
        ca_certs=_readable(settings.certificates) if address.secure else None,
        serializer=_Serializer(),
        pool_maxsize=32,
        timeout=SECONDS,
        max_retries=len(hosts),
        retry_on_timeout=True,
        http_compress=False,
    )


def _readable(certificates: str | None) -> str | None:
    """Return the file of certificates. Raises IndexFault for one that holds none."""
    try:
        ssl.create_default_context(cafile=certificates)
    except OSError as error:
        raise IndexFault(f"SEARCHQ_OPENSEARCH_CA cannot be read: {error.strerror}.") from error
    return certificates

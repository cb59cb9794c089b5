"""The signed keys in the links of mails: they say for which subscription, serve one purpose, and expire."""

from typing import Final, Literal

from itsdangerous import BadSignature, URLSafeTimedSerializer

__all__ = ["CONFIRMATION_SECONDS", "Purpose", "Signer"]

Purpose = Literal["confirm", "remove"]

CONFIRMATION_SECONDS: Final = 2 * 24 * 3600
_SECONDS: Final[dict[Purpose, int]] = {"confirm": CONFIRMATION_SECONDS, "remove": 400 * 24 * 3600}


class Signer:
    """Makes and reads keys with a secret."""

    def __init__(self, secret: str) -> None:
        self._secret = secret

    def key(self, purpose: Purpose, subscription: int) -> str:
        """A key for a subscription."""
        return str(self._serializer(purpose).dumps(subscription))

    def subscription(self, purpose: Purpose, key: str) -> int | None:
        """The subscription of a key; None if the key is not ours, is for another purpose, or has expired."""
        try:
            found = self._serializer(purpose).loads(key, max_age=_SECONDS[purpose])
        except BadSignature:  # SignatureExpired is one
            return None
        return found if isinstance(found, int) else None

    def _serializer(self, purpose: Purpose) -> URLSafeTimedSerializer:
        return URLSafeTimedSerializer(self._secret, salt=f"searchq.alerts.{purpose}")

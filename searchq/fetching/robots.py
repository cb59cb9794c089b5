"""robots.txt, as RFC 9309 has it: absent allows all, read once a day, its pause obeyed."""

import datetime as dt
from functools import cached_property
from typing import Final, Self

from msgspec import Struct
from protego import Protego

from searchq.errors import DocumentError
from searchq.fetching.exchange import Exchange
from searchq.fetching.ledger import Ledger
from searchq.fetching.sites import kept_rules

__all__ = ["Robots"]

_AGENT: Final = "searchq"
_KEPT_FOR: Final = dt.timedelta(days=1)
_MAX_BYTES: Final = 512 * 1024  # RFC 9309 asks for 500 KiB at least


class Robots(Struct, frozen=True, dict=True):
    """The rules of one host."""

    text: str

    @cached_property
    def _rules(self) -> Protego:
        return Protego.parse(self.text)

    @classmethod
    def kept(cls, ledger: Ledger, address: str, now: dt.datetime) -> Self | None:
        """The rules read within the last day."""
        found = ledger.kept(kept_rules(address))
        if found is None or now - dt.datetime.fromisoformat(found["at"]) >= _KEPT_FOR:
            return None
        return cls(found["text"])

    @classmethod
    def keep(cls, ledger: Ledger, address: str, exchange: Exchange) -> Self:
        """The rules in an answer, kept for a day; whatever is no file of rules allows all."""
        try:
            content = exchange.content() if exchange.status == 200 else b""
        except DocumentError:
            content = b""
        text = content[:_MAX_BYTES].decode("utf-8", "replace")
        robots = cls(text)
        ledger.keep(kept_rules(address), {"at": exchange.at.isoformat(), "text": text, "delay": robots.delay})
        return robots

    @property
    def delay(self) -> float:
        """The seconds between requests that the site asks for; 0 where it asks for none."""
        rate = self._rules.request_rate(_AGENT)
        return max(self._rules.crawl_delay(_AGENT) or 0.0, rate.seconds / rate.requests if rate else 0.0)

    def allows(self, address: str) -> bool:
        """Whether an address may be asked for."""
        return bool(self._rules.can_fetch(address, _AGENT))

"""robots.txt, as RFC 9309 has it: absent allows all, read once a day, its pause obeyed."""

import datetime as dt
from functools import cached_property
from typing import Final, Self

from msgspec import Struct
from protego import Protego

from searchq.errors import DocumentError
from searchq.fetching.clock import is_of_last_day
from searchq.fetching.exchange import Exchange
from searchq.fetching.ledger import Ledger
from searchq.fetching.sites import kept_rules

__all__ = ["Robots"]

_AGENT: Final = "searchq"
_MAX_BYTES: Final = 512 * 1024  # RFC 9309 asks for 500 KiB at least
_MAX_DELAY: Final = 86_400.0  # seconds; whoever asks for more asks for nothing to be fetched


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
        return cls(found["text"]) if found and is_of_last_day(found["at"], now) else None

    @classmethod
    def keep(cls, ledger: Ledger, address: str, exchange: Exchange) -> Self:
        """The rules in an answer, kept for a day; whatever is no file of rules allows all."""
        try:
            content = exchange.content() if exchange.status == 200 else b""
        except DocumentError:
            content = b""
        text = _whole_lines(content).decode("utf-8-sig", "replace")
        robots = cls(text)
        ledger.keep(kept_rules(address), {"at": exchange.at.isoformat(), "text": text, "delay": robots.delay})
        return robots

    @property
    def delay(self) -> float:
        """The seconds between requests that the site asks for; 0 where it asks for none."""
        rate = self._rules.request_rate(_AGENT)
        asked = self._rules.crawl_delay(_AGENT) or 0.0, rate.seconds / rate.requests if rate else 0.0
        return min(max(asked), _MAX_DELAY)

    def allows(self, address: str) -> bool:
        """Whether an address may be asked for."""
        return bool(self._rules.can_fetch(address, _AGENT))


def _whole_lines(content: bytes) -> bytes:
    """What is read of a file: a rule that was cut off could forbid everything."""
    return content if len(content) <= _MAX_BYTES else content[:_MAX_BYTES].rpartition(b"\n")[0]

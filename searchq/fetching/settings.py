"""How a run behaves: who asks, how often, and when to stop; time and chance are arguments."""

import random
import re
from collections.abc import Callable
from typing import Final

from msgspec import Struct, field

from searchq import __version__
from searchq.errors import FetchError
from searchq.fetching.clock import SYSTEM_CLOCK, Clock
from searchq.fetching.sites import Pause

__all__ = ["Settings"]

_HOST: Final = r"[^\s@/.:]+(?:\.[^\s@/.:]+)+"  # a host within reach has a dot in its name
_ADDRESS: Final = re.compile(rf"[^\s@/]+@{_HOST}|https?://{_HOST}(?::[0-9]+)?(?:/\S*)?", re.IGNORECASE)
_AMISS: Final = frozenset(" ()<>\\")  # would end a comment of a User-Agent


class Settings(Struct, frozen=True):
    """How a run behaves; time and chance are arguments."""

    contact: str  # an e-mail or web address
    most: int | None = None  # requests
    pause: Pause | None = None  # instead of the site's
    clock: Clock = SYSTEM_CLOCK
    chance: Callable[[float, float], float] = random.uniform
    stopped: Callable[[], bool] = lambda: False
    say: Callable[[str], None] = field(default=lambda sentence: None)

    def __post_init__(self) -> None:
        """Raises FetchError for a contact that is no address."""
        contact = self.contact.strip()
        if (
            not _ADDRESS.fullmatch(contact)
            or not contact.isascii()
            or not contact.isprintable()
            or _AMISS & set(contact)
        ):
            raise FetchError(
                f"“{contact}” is no e-mail or web address; give one at which the site's keepers can reach you."
            )

    @property
    def agent(self) -> str:
        """The User-Agent: who asks, and where to complain."""
        return f"searchq/{__version__} (contact: {self.contact.strip()})"

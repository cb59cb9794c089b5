"""Stand-ins for modules that a library imports and a search never calls.

Whoosh imports `urllib.request` for a function that downloads (and with it email, http, sockets and OpenSSL: 17 ms), the
forms of English words (expressions to compile: 6 ms), temporary files and random numbers (3 ms). While Whoosh is being
imported, each of them is a stand-in that loads the real module when anything is asked of it: all works, later.
"""

import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from importlib import import_module
from types import ModuleType
from typing import Any, Final

__all__ = ["UNCALLED", "stood_in"]

UNCALLED: Final[Mapping[str, Sequence[str]]] = {  # the modules, and which of their functions are imported by name
    "urllib.request": ["urlretrieve"],
    "whoosh.lang.morph_en": ["variations"],
    "tempfile": [],
    "random": [],
}


@contextmanager
def stood_in(modules: Mapping[str, Sequence[str]] = UNCALLED) -> Iterator[None]:
    """Import what is imported inside without these modules, given as in UNCALLED.

    A module loaded before is left as it is; afterwards no stand-in is left among the modules.
    """
    standins = {name: _StandIn(name, functions) for name, functions in modules.items() if name not in sys.modules}
    sys.modules.update(standins)
    try:
        yield
    finally:
        for standin in standins.values():
            standin.step_aside()


class _StandIn(ModuleType):
    """A module of some functions; loads the real one when one is called or anything else is asked for."""

    def __init__(self, name: str, functions: Sequence[str]) -> None:
        super().__init__(name)
        for function in functions:
            setattr(self, function, self._late(function))

    def __getattr__(self, attribute: str) -> Any:
        if attribute == "__path__":  # which `from` asks of every module: none of these has modules within
            raise AttributeError(attribute)
        self.step_aside()
        return getattr(import_module(self.__name__), attribute)

    def _late(self, function: str) -> Callable[..., Any]:
        return lambda *args, **kwargs: self.__getattr__(function)(*args, **kwargs)

    def step_aside(self) -> None:
        """Leave the place among the modules to the real one."""
        if sys.modules.get(self.__name__) is self:
            del sys.modules[self.__name__]

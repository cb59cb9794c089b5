"""An engine behind a door that lets only the port through."""

from typing import Any

from searchq.engine import Engine

PORT = frozenset(name for name in vars(Engine) if not name.startswith("_"))


class PortOnly:
    """Another engine, of which only what the port names can be reached."""

    def __init__(self, engine: Any) -> None:
        self._engine = engine

    def __getattr__(self, name: Any) -> Any:
        assert name in PORT, f"{name} is not in the port"
        return getattr(self._engine, name)

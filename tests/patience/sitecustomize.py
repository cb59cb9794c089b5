"""Deadlines that no stall reaches: a machine that stops for seconds, or is ten times slower, fails no test.

Python loads this when a process starts whose PYTHONPATH names this folder, as that of all processes of the tests does
(`tests/conftest.py`). A test whose subject is a deadline sets it itself. It imports nothing before the limits are
imported: hundreds of processes start.
"""

import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from importlib.machinery import ModuleSpec
    from types import ModuleType

LIMITS = "searchq.limits"
GENEROUS = {
    "ARCHIVE_ALLOWANCE_SECONDS": 600.0,
    "CLUSTER_DEADLINE_SECONDS": 50.0,  # its requests end after 60
    "EXPLANATION_DEADLINE_SECONDS": 600.0,
    "HELP_BUDGET_CPU_SECONDS": 600.0,
    "MAX_DOCUMENT_SECONDS": 600.0,
    "MAX_TURN_WAIT_SECONDS": 600.0,
    "QUERY_DEADLINE_SECONDS": 600.0,
    "RUN_ALLOWANCE_SECONDS": 6000.0,
    "STOP_SECONDS": 600.0,
}


def shipped(name: str) -> float:
    """A limit as users get it."""
    import re
    from pathlib import Path

    import searchq

    text = Path(searchq.__file__).with_name("limits.py").read_text(encoding="utf-8")
    (value,) = re.findall(rf"^{name}: Final = ([\d.]+)", text, re.M)
    return float(value)


def lift(limits: "ModuleType") -> None:
    for name, seconds in GENEROUS.items():
        assert hasattr(limits, name), name
        setattr(limits, name, seconds)


class LiftOnImport:
    """Finds the module of the limits as Python does, and lifts them once it has run."""

    @staticmethod
    def find_spec(name: str, path: "Sequence[str] | None", target: object = None) -> "ModuleSpec | None":
        if name != LIMITS:
            return None
        from importlib.machinery import PathFinder

        spec = PathFinder.find_spec(name, path)
        assert spec and spec.loader
        load = spec.loader.exec_module

        def load_and_lift(module: "ModuleType") -> None:
            load(module)
            lift(module)

        spec.loader.exec_module = load_and_lift  # type: ignore[method-assign]
        return spec


if LIMITS in sys.modules:
    lift(sys.modules[LIMITS])
else:
    sys.meta_path.insert(0, LiftOnImport)

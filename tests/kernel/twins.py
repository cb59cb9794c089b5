"""What is done in C, done without it too, and compared."""

from collections.abc import Callable
from types import ModuleType
from typing import Any

import pytest

__all__ = ["same_without"]


def same_without(modules: tuple[ModuleType, ...], work: Callable[[], Any]) -> None:
    """Check that work gives the same array, and of the same type, where none of these modules has its part in C."""
    in_c = work()
    with pytest.MonkeyPatch.context() as patch:
        for module in modules:
            patch.setattr(module, "in_c", None)
        plain = work()
    assert in_c.dtype == plain.dtype
    assert in_c.tolist() == plain.tolist()

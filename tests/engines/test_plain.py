"""The plain engine keeps the contract of all engines: what it says is what the others are held to."""

from typing import Any

import pytest

from tests.engines.contract import EngineContract
from tests.plain_engine import PlainEngine


class TestPlainEngine(EngineContract):
    @pytest.fixture
    def engine(self) -> Any:
        return PlainEngine()

"""The plain engine keeps the contract of all engines: what it says is what the others are held to."""

import pytest
from contract import EngineContract
from plain_engine import PlainEngine


class TestPlainEngine(EngineContract):
    @pytest.fixture
    def engine(self):
        return PlainEngine()

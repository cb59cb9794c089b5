"""How much two questions must have in common to be called similar."""

from typing import Final

__all__ = ["FLOOR", "MAX_TERMS", "TOLD"]

MAX_TERMS: Final = 50  # of a question that are searched for; a hundred find nothing more
TOLD: Final = 12  # of them, those that weigh most, that the answer names
FLOOR: Final = 0.2  # of the score that the question itself has

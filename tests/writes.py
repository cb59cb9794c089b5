"""Writing into any engine in a line, for tests."""

from collections.abc import Iterable

from searchq.engine import Engine
from searchq.question import Question

__all__ = ["add", "delete"]


def add(engine: Engine, questions: Iterable[Question]) -> int:
    """Put questions and commit; the generation."""
    with engine.update() as update:
        for question in questions:
            update.put(question)
        return update.commit()


def delete(engine: Engine, numbers: Iterable[str]) -> int:
    """Delete questions and commit; how many there were."""
    with engine.update() as update:
        deleted = sum(update.delete(number) for number in numbers)
        update.commit()
    return deleted

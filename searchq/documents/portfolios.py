"""Stable short names of what a minister is charged with."""

__all__ = ["portfolios_of"]


def portfolios_of(title: str) -> tuple[str, ...]:
    return (title,) if title else ()

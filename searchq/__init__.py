"""searchq: written parliamentary questions, found."""

__version__ = "0.1.0"

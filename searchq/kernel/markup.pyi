VERSION: int

def printed(value: object, /) -> str:
    """Return what `markupsafe.escape` does, as plain text: to be joined with what is escaped, and with nothing else."""

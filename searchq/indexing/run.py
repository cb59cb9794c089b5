"""One run."""


def index_paths() -> None: ...

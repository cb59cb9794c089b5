"""Reads all that is stored, and says what is missing or altered."""

from searchq.engines.opensearch import stream
from searchq.engines.opensearch.connection import Connection
from searchq.engines.opensearch.generations import blob_of, newest
from searchq.engines.opensearch.matches import read
from searchq.engines.opensearch.view import View
from searchq.errors import SearchqError
from searchq.query.request import Request

__all__ = ["faults"]


def faults(connection: Connection) -> list[str]:
    """Return a sentence per fault; raises nothing."""
    try:
        generation = newest(connection)
        view = View(connection, generation)
        request = Request(sort="number", fold=False)
        found = sum(1 for _ in stream.questions(read(request, view)))
        for name in generation.kept:
            blob_of(connection, generation, name)
    except (SearchqError, ValueError) as error:
        return [str(error)]
    missing = generation.questions - found
    if missing < 0:
        return [f"{-missing} questions are there that no run wrote; index anew with --rebuild."]
    return [f"{missing} of {generation.questions} questions are missing; index anew with --rebuild."] if missing else []

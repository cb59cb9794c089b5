"""`searchq serve`: the search page over HTTP."""

import sys
from typing import Final

import click

import searchq
from searchq.cli.options import index_option
from searchq.errors import RequestError
from searchq.web.server import run

__all__ = ["command", "serve"]

_HOST: Final = "127.0.0.1"  # this machine only, until somebody says otherwise
_PORT: Final = 8000
_THREADS: Final = 4


@click.command(
    "serve",
    epilog="""\b
Examples:
  searchq serve
  searchq serve --port 8080 --threads 8
""",
)
@index_option
@click.option("--host", default=_HOST, show_default=True, help="Address to listen on.")
@click.option(
    "--port", type=click.IntRange(0, 65535), default=_PORT, show_default=True, metavar="N", help="0 takes a free one."
)
@click.option(
    "--threads",
    type=click.IntRange(1, 64),
    default=_THREADS,
    show_default=True,
    metavar="N",
    help="Requests answered at once.",
)
def command(index: str, host: str, port: int, threads: int) -> None:
    """Serve the search page until Ctrl-C. A new commit of the index shows without a restart."""
    serve(index, host, port, threads)


def serve(index: str, host: str = _HOST, port: int = _PORT, threads: int = _THREADS) -> None:
    """Run the server; says where it listens."""
    searchq.open(index)  # so that a missing index is told of here, not by the first page
    try:
        run(index, host=host, port=port, threads=threads, announce=_announce)
    except OSError as error:
        raise RequestError(f"{host} port {port} is not to be had: {error.strerror}; choose another --port.") from error


def _announce(address: str) -> None:
    click.echo(f"searchq serves {address}")
    sys.stdout.flush()  # whoever waits for the address may read it from a pipe

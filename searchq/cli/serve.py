"""`searchq serve`: the search page over HTTP."""

import errno
import sys
from typing import Final

import click

import searchq
from searchq.cli.options import index_option
from searchq.errors import RequestError
from searchq.web.server import run

__all__ = ["command", "serve"]

_HOST: Final = "127.0.0.1"  # this machine only
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
@click.option("--host", default=_HOST, show_default=True, help="Host to listen on.")
@click.option(
    "--port", type=click.IntRange(0, 65535), default=_PORT, show_default=True, metavar="N", help="0 picks a free port."
)
@click.option(
    "--threads",
    type=click.IntRange(1, 64),
    default=_THREADS,
    show_default=True,
    metavar="N",
    help="Worker threads.",
)
def command(index: str, host: str, port: int, threads: int) -> None:
    """Serve the search page until Ctrl-C. New commits of the index appear without a restart."""
    serve(index, host, port, threads)


def serve(index: str, host: str = _HOST, port: int = _PORT, threads: int = _THREADS) -> None:
    """Run the server; print its address."""
    searchq.open(index)  # report a missing index here, not on the first page
    try:
        run(index, host=host, port=port, threads=threads, announce=_announce)
    except OSError as error:
        reason = "address in use" if error.errno == errno.EADDRINUSE else (error.strerror or str(error)).lower()
        raise RequestError(f"Cannot listen on {host}:{port}: {reason}; choose another --port.") from error


def _announce(address: str) -> None:
    click.echo(f"Serving on {address}")
    sys.stdout.flush()  # a caller may wait for the address on a pipe

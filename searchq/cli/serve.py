"""`searchq serve`: the search page over HTTP."""

import click

from searchq.cli.options import index_option
from searchq.web.server import run

__all__ = ["command", "serve"]


@click.command("serve", epilog="Example: searchq serve --port 8080 --threads 4")
@index_option
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option(
    "--port", type=click.IntRange(0, 65535), default=8000, show_default=True, help="Port; 0 takes a free one."
)
@click.option("--threads", type=click.IntRange(1, 64), default=4, show_default=True, help="Requests answered at once.")
def command(index: str, host: str, port: int, threads: int) -> None:
    """Serve the search page until Ctrl-C. A new commit of the index shows without a restart."""
    serve(index, host, port, threads)


def serve(index: str, host: str = "127.0.0.1", port: int = 8000, threads: int = 4) -> None:
    """Run the server; says where it listens."""
    run(index, host=host, port=port, threads=threads, announce=lambda address: click.echo(f"searchq serves {address}"))

"""`searchq mcp`: a server by which assistants search and quote questions."""

import sys

import click

import searchq
from searchq.cli.options import index_option
from searchq.cli.say import say
from searchq.cli.texts import gettext
from searchq.errors import RequestError

__all__ = ["command"]


@click.command(
    "mcp",
    epilog="""\b
Examples:
  searchq mcp --index /srv/searchq/index
  searchq mcp --http 8765
""",
)
@index_option
@click.option(
    "--http",
    "port",
    type=click.IntRange(1, 65535),
    metavar="PORT",
    help="Answer over streamable HTTP on 127.0.0.1:PORT/mcp instead of standard input and output.",
)
def command(index: str, port: int | None) -> None:
    """Serve the index to assistants, read-only, by the Model Context Protocol (extra `mcp`).

    An assistant starts the command itself and speaks to it over standard input and output. Tools: search, facets,
    question, statistics, coverage; answers name the address to cite.
    """
    opened = searchq.open(index)
    try:
        from searchq.mcp_server import make_server
    except ModuleNotFoundError as error:
        requires = gettext("`searchq mcp` requires the package {name}; install it with `pip install 'searchq[mcp]'`.")
        raise RequestError(requires.format(name=error.name)) from error
    server = make_server(opened)
    if port is None:
        server.run("stdio")
    else:
        say(gettext("Serving on {address}").format(address=f"http://127.0.0.1:{port}/mcp"), err=True)
        sys.stderr.flush()
        server.run("streamable-http", host="127.0.0.1", port=port)

"""`searchq serve`: the search page over HTTP."""

import ipaddress
import os
import sys
from typing import Any, Final

import click

import searchq
from searchq.cli.clock import now
from searchq.cli.messages import note
from searchq.cli.options import index_option
from searchq.cli.say import say
from searchq.cli.texts import gettext, gettext_noop
from searchq.web.follow import sign_up_of
from searchq.web.server import THREADS, run

__all__ = ["command", "serve"]

_HOST: Final = "127.0.0.1"  # this machine only
_PORT: Final = 8000
_ANY_NAME: Final = gettext_noop(
    "Without --host-name, the name that a visitor sends stands in feeds, sitemaps and robots.txt, which caches may "
    "give to others; name the site with --host-name or --site."
)


class Place(click.ParamType[tuple[str, int]]):
    """A host and a port."""

    name = "place"

    def get_metavar(self, param: click.Parameter, ctx: click.Context) -> str:
        return "HOST:PORT"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> tuple[str, int]:
        """Take "127.0.0.1:9100" or "[::1]:9100" apart; "9100" is a port of this machine."""
        if isinstance(value, tuple):
            return value
        host, _, port = value.rpartition(":")
        if not (port.isascii() and port.isdigit() and int(port) < 65536):
            cannot = gettext("Cannot read “{value}” as a place to listen; write HOST:PORT, such as 127.0.0.1:9100.")
            self.fail(cannot.format(value=value), param, ctx)
        return host.strip("[]") or _HOST, int(port)


@click.command(
    "serve",
    epilog="""\b
Examples:
  searchq serve
  searchq serve --port 8080 --threads 64
  searchq serve --site https://vragen.example/vragen --trust-proxy 1
  searchq serve --processes 2 --metrics 127.0.0.1:9100
""",
)
@index_option
@click.option("--host", default=_HOST, show_default=True, help="Host to listen on.")
@click.option(
    "--port", type=click.IntRange(0, 65535), default=_PORT, show_default=True, metavar="N", help="0 picks a free port."
)
@click.option(
    "--threads",
    type=click.IntRange(1, 256),
    default=THREADS,
    show_default=True,
    metavar="N",
    help="Worker threads.",
)
@click.option(
    "--processes",
    type=click.IntRange(1, 64),
    default=1,
    show_default=True,
    metavar="N",
    help="Worker processes, each replaced when it ends.",
)
@click.option(
    "--site",
    envvar="SEARCHQ_SITE",
    show_envvar=True,
    metavar="ADDRESS",
    help="Public address, https://vragen.example/vragen, for feeds and sitemaps; unless told, that of each request.",
)
@click.option(
    "--prefix",
    envvar="SEARCHQ_PREFIX",
    show_envvar=True,
    metavar="PATH",
    help="Where the page stands on its host, /vragen; unless told, the path of --site.",
)
@click.option(
    "--host-name",
    "hosts",
    envvar="SEARCHQ_HOSTS",
    show_envvar=True,
    metavar="NAME,…",
    default="",
    help="Host names to answer to; any, unless told.",
)
@click.option(
    "--trust-proxy",
    type=click.IntRange(0, 10),
    default=0,
    show_default=True,
    envvar="SEARCHQ_TRUST_PROXY",
    show_envvar=True,
    metavar="N",
    help="How many proxies stand in front, whose X-Forwarded headers are believed.",
)
@click.option(
    "--metrics",
    type=Place(),
    envvar="SEARCHQ_METRICS",
    show_envvar=True,
    help="Where to tell how the server fares, 127.0.0.1:9100, in Prometheus' text format (extra `metrics`).",
)
def command(
    index: str,
    host: str,
    port: int,
    threads: int,
    processes: int,
    site: str | None,
    prefix: str | None,
    hosts: str,
    trust_proxy: int,
    metrics: tuple[str, int] | None,
) -> None:
    """Serve the search page until Ctrl-C. New commits of the index appear without a restart."""
    names = [name.strip() for name in hosts.split(",") if name.strip()]
    serve(
        index, host, port, threads, processes=processes, hosts=names, site=site, prefix=prefix,
        trust_proxy=trust_proxy, metrics=metrics,
    )  # fmt: skip


def serve(index: str, host: str = _HOST, port: int = _PORT, threads: int = THREADS, **options: Any) -> None:
    """Run the server; print its address. `options` go to `searchq.web.server.run`."""
    environ = {**os.environ, "SEARCHQ_SITE": options.get("site") or ""}
    options["sign_up"] = sign_up_of(environ, index, now)
    if not (options.get("hosts") or options.get("site") or _is_loopback(host)):
        note(gettext(_ANY_NAME))
    searchq.open(index)  # report a missing index here, not on the first page
    run(index, host=host, port=port, threads=threads, announce=_announce, **options)


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _announce(address: str) -> None:
    say(gettext("Serving on {address}").format(address=address))
    sys.stdout.flush()  # a caller may wait for the address on a pipe

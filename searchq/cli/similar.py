"""`searchq similar`: questions like a given one."""

import click

import searchq
from searchq.cli.main import EXIT_NOTHING
from searchq.cli.options import index_option
from searchq.cli.output import FORMATS, render_page

__all__ = ["command"]


@click.command("similar", epilog="Example: searchq similar 5-8902 --limit 5")
@click.argument("number")
@index_option
@click.option("--limit", type=click.IntRange(1, 100), default=10, show_default=True)
@click.option("--format", "form", type=click.Choice(list(FORMATS)), default="table", show_default=True)
def command(number: str, index: str, limit: int, form: str) -> int:
    """Find the questions most like the one of that NUMBER, by the terms that weigh most in it."""
    page = searchq.open(index).similar(number, limit)
    for line in render_page(page, form, ()):
        click.echo(line)
    return 0 if page.hits else EXIT_NOTHING

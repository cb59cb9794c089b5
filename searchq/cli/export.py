"""`searchq export`: every record, readable back by `searchq index`."""

import json
from typing import TextIO

import click

import searchq
from searchq.cli.options import index_option
from searchq.question import to_json

__all__ = ["command"]


@click.command("export", epilog="Example: searchq export --output all.jsonl && searchq index all.jsonl --index copy")
@index_option
@click.option(
    "--output", type=click.File("w", encoding="utf-8", atomic=True), default="-", help="File; else the screen."
)
def command(index: str, output: TextIO) -> None:
    """Write every record of the index as JSON lines, by number."""
    for question in searchq.open(index).questions():
        output.write(json.dumps(to_json(question), ensure_ascii=False) + "\n")

"""`searchq export`: write every record, in a form that `searchq index` reads."""

import json
import sys
from contextlib import nullcontext
from pathlib import Path

import click

import searchq
from searchq.cli.options import index_option
from searchq.cli.output import json_text, output_file
from searchq.record_json import record_schema, to_json

__all__ = ["command"]


@click.command(
    "export",
    epilog="""\b
Examples:
  searchq export > questions.jsonl
  searchq export --output questions.jsonl && searchq index questions.jsonl --index copy
""",
)
@index_option
@click.option(
    "--output",
    metavar="FILE",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write to FILE instead of standard output.",
)
@click.option("--schema", is_flag=True, help="Write the JSON Schema of a record instead.")
def command(index: str, output: Path | None, schema: bool) -> None:
    """Write every record of the index as JSON lines, by number. FILE is replaced only after everything is written.

    `searchq search --all --format csv` and the like write chosen columns in other formats.
    """
    if schema:
        with output_file(output) if output else nullcontext(sys.stdout) as file:
            file.write(json_text(record_schema()) + "\n")
        return
    questions = searchq.open(index).questions()
    with output_file(output) if output else nullcontext(sys.stdout) as file:
        for question in questions:
            file.write(json.dumps(to_json(question), ensure_ascii=False) + "\n")

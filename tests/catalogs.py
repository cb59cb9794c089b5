"""The catalogs of translated texts: extract what is to be translated, keep what is, and compile.

    python tests/catalogs.py        update every catalog from the code, and compile it

Texts without a translation stand in the catalog with an empty one: fill them in, and run it again. Needs Babel.
"""

import datetime as dt
import io
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Any, NamedTuple

from babel.messages import pofile
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo

from searchq.cli.help_texts import texts_of
from searchq.cli.main import COMMANDS, cli

PACKAGE = Path(__file__).resolve().parents[1] / "searchq"
KEYWORDS = {
    "_": None,
    "gettext": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "count": (2, 3),  # count(number, one, many)
}
METHODS = [("**.py", "python"), ("**/templates/**.html", "jinja2"), ("**/templates/**.xml", "jinja2")]
OPTIONS = {"**/templates/**": {"trimmed": "true", "silent": "false", "trim_blocks": "true"}}
PLURALS = {"fr": "nplurals=2; plural=(n > 1);", "nl": "nplurals=2; plural=(n != 1);"}


DAY = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)  # of every compiled catalog: the same texts give the same file


class Texts(NamedTuple):
    """The texts of one room and their translations; those of a package beside ours lie in the room that shows them."""

    room: str
    domain: str
    language: str
    package: str | None = None

    @property
    def path(self) -> Path:
        """The catalog."""
        return PACKAGE / self.room / "locale" / self.language / "LC_MESSAGES" / f"{self.domain}.po"


PAGE = Texts("web", "page", "fr")
CLI = Texts("cli", "cli", "nl")
CLICK = Texts("cli", "click", "nl", "click")
ALL = (PAGE, CLI, CLICK)


def template(texts: Texts) -> Catalog:
    """What is to be translated, in the order of the files."""
    found = Catalog(domain=texts.domain, charset="utf-8")
    for file, message in extracted(texts):
        found.add(message, locations=[(file, None)])  # type: ignore[list-item]
    return found


def extracted(texts: Texts) -> Iterator[tuple[str, Any]]:
    """The texts that stand in the code of a room or a package, and in the help of the commands, each with its file."""
    folder = PACKAGE / texts.room if texts.package is None else Path(next(iter(import_module(texts.package).__path__)))
    for file, _, message, _, _ in extract_from_dir(folder, METHODS, OPTIONS, KEYWORDS):
        yield f"{folder.name if texts.package else f'searchq/{texts.room}'}/{file}", message
    if texts == CLI:
        yield from help_texts()


def help_texts() -> Iterator[tuple[str, str]]:
    """The texts in the help of the command line, each with the file of its command."""
    commands = {name: import_module(f"searchq.cli.{name}").command for name in COMMANDS}
    for name, command in {"main": cli, **commands}.items():
        for text in texts_of(command):
            yield f"searchq/cli/{name}.py", text


def pinned(package: str) -> str:
    """The version of a package that the project's own check installs."""
    constraints = (PACKAGE.parent / ".ci" / "constraints.txt").read_text(encoding="utf-8")
    return dict(line.split("==") for line in constraints.splitlines() if "==" in line)[package]


def updated(texts: Texts) -> Catalog:
    """The catalog with what is in the code now, and nothing else."""
    found = template(texts)
    old = read(texts)
    fresh = pofile.read_po(io.BytesIO(header(texts.language)), locale=texts.language)
    for message in found:
        if message.id:
            known = old.get(message.id)
            fresh.add(message.id, known.string if known else "", locations=sorted(set(message.locations)))
    return fresh


def read(texts: Texts) -> Catalog:
    """The catalog as it stands."""
    written = texts.path.read_bytes() if texts.path.exists() else header(texts.language)
    return pofile.read_po(io.BytesIO(written), locale=texts.language)


def header(language: str) -> bytes:
    """The head of a catalog; its plural forms are those that searchq has texts for."""
    return (
        f'msgid ""\nmsgstr ""\n"Language: {language}\\n"\n"Content-Type: text/plain; charset=utf-8\\n"\n'
        f'"Plural-Forms: {PLURALS[language]}\\n"\n\n'
    ).encode()


def is_translated(message: Message) -> bool:
    """Whether a text has a translation."""
    return all(message.string) if isinstance(message.string, tuple) else bool(message.string)


def as_po(catalog: Catalog) -> bytes:
    """A catalog as text."""
    body = io.BytesIO()
    pofile.write_po(body, catalog, width=120, sort_output=True, omit_header=True)
    return header(str(catalog.locale)) + body.getvalue()


def as_mo(catalog: Catalog) -> bytes:
    """A catalog as the program reads it."""
    body = io.BytesIO()
    catalog.creation_date = catalog.revision_date = DAY
    write_mo(body, catalog)
    return body.getvalue()


def main() -> None:
    """Update and compile every catalog."""
    for texts in ALL:
        texts.path.parent.mkdir(parents=True, exist_ok=True)
        texts.path.write_bytes(as_po(updated(texts)))
        texts.path.with_suffix(".mo").write_bytes(as_mo(read(texts)))
        missing = [message.id for message in read(texts) if message.id and not is_translated(message)]
        print(f"{texts.path.name}: {len(read(texts))} texts, {len(missing)} without a translation")


if __name__ == "__main__":
    main()

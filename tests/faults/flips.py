"""Single bits of an index flipped, and what the commands then say: what they said before, or one sentence."""

import datetime as dt
import io
import json
import os
import random
import re
import shutil
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from itertools import islice
from pathlib import Path
from typing import Final, NamedTuple

from searchq.cli.main import EXIT_INDEX, main
from searchq.errors import IndexFault
from searchq.index.format.manifest import MANIFEST, read_manifest
from searchq.index.records import reader
from searchq.indexing import index_paths
from searchq.question import Answer, Question, Source
from searchq.record_json import to_json

__all__ = ["COMMANDS", "Said", "flips", "flips_of", "made", "manifest_bits", "say"]

_WORDS: Final = [
    f"{head}{tail}" for head in ("spoor", "water", "land", "stads", "zee") for tail in ("weg", "bouw", "kaart")
]
_TIME: Final = re.compile(r"[0-9.]+ m?s\b|\"seconds\": [0-9.]+")
_SEEN: Final = 4  # commands of each flip, chosen by chance

COMMANDS: Final = {
    "search": ["search", "spoorweg waterbouw"],
    "search a phrase": ["search", '"de spoorweg"'],
    "search a beginning": ["search", "spoor*"],
    "search a misspelt word": ["search", "spoorwex~"],
    "search an unknown word": ["search", "onbekende huizen"],
    "search under filters": ["search", "land", "--party", "MR", "--from", "2013"],
    "search as JSON": ["search", "stadskaart", "--format", "json", "--limit", "5"],
    "search all": ["search", "--all", "--format", "csv"],
    "show": ["show", "5-27"],
    "show as JSON": ["show", "5-30", "--format", "json"],
    "facets": ["facets"],
    "similar": ["similar", "5-20"],
    "suggest": ["suggest", "spo"],
    "stats": ["stats", "--by", "party"],
    "export": ["export"],
    "info": ["info"],
    "coverage": ["coverage"],
    "explain": ["explain", "spoorweg", "5-33"],
    "analyze": ["analyze", "spoorwegbouw"],
    "check": ["check"],
    "check deep": ["check", "--deep"],
}
_CHECKS: Final = ("check", "check deep")  # must tell, and tell all


class Said(NamedTuple):
    """How a command ended, and what it printed."""

    code: int
    out: str
    err: str


def say(command: str, index: Path) -> Said:
    """Run a command as a fresh process would."""
    reader._OWN.unpackers.clear()
    out, err = io.TextIOWrapper(io.BytesIO(), "utf-8", write_through=True), io.StringIO()
    with redirect_stdout(out), redirect_stderr(err):
        code = main([*COMMANDS[command], "--index", str(index)])
    out.seek(0)
    return Said(code, _TIME.sub("", out.read()), err.getvalue())


def made(folder: Path, count: int = 400) -> Path:
    """An index of two segments, with deleted documents and all that runs keep."""
    sources, index = folder / "sources", folder / "index"
    sources.mkdir(parents=True)
    _export(sources / "a.jsonl", range(1, count), 0)
    index_paths([sources], index, jobs=1)
    _export(sources / "b.jsonl", range(count - 20, count + 20), 1)
    index_paths([sources], index, jobs=1)
    return index


def _export(path: Path, numbers: range, version: int) -> None:
    lines = [json.dumps(to_json(_question(number, version)), ensure_ascii=False) for number in numbers]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def _question(number: int, version: int) -> Question:
    chance = random.Random(number // 2 * 7 + version)  # two are alike
    text = " ".join(f"de {word} {chance.randrange(10**6)}" for word in chance.choices(_WORDS, k=60))
    return Question(
        f"5-{number}",
        title=f"{chance.choice(_WORDS)} en {chance.choice(_WORDS)}",
        keywords=tuple(sorted(set(chance.choices(_WORDS, k=3)))),
        party=chance.choice(["MR", "Groen", "N-VA"]),
        author=chance.choice(["Ada Peeters", "Jan Wouters"]),
        minister=chance.choice(["minister van Mobiliteit", "minister van Justitie"]),
        date=dt.date(2010 + number % 9, 3, 1 + number % 28),
        question=text,
        answer=text[::-1].replace("\n", " "),
        answers=(Answer(text=text[::-1].replace("\n", " ")),),
        status="answered",
        legislature=5,
        source=Source(path=f"{number}.html", layout="nl-web"),
        sources=(Source(path=f"{number}.html", layout="nl-web"),),
    )


def flips(count: int, folder: Path) -> Counter[str]:
    """Flip a bit of a file, and ask a few commands of the index."""
    shutil.rmtree(folder, ignore_errors=True)
    return Counter(islice(flips_of(made(folder), random.Random(count), list(COMMANDS), _SEEN), count))


def flips_of(index: Path, chance: random.Random, commands: list[str], most: int) -> Iterator[str]:
    """Yield the outcome of each flip, without end: told if any of the commands met it."""
    before = {command: say(command, index) for command in commands}
    names = sorted({*read_manifest(index).files, MANIFEST})
    while True:
        path = index / chance.choice(names)
        place, bit = chance.randrange(path.stat().st_size), chance.randrange(8)
        with flipped(path, place, bit):
            asked = chance.sample(commands, most)
            found = [_outcome(path, command, before[command], say(command, index)) for command in asked]
        yield f"{'told' if 'told' in found else 'right'}"


def _outcome(path: Path, command: str, before: Said, after: Said) -> str:
    if command in _CHECKS:
        assert after.code == EXIT_INDEX, (path, command, after)
    elif after == before:
        return "right"
    assert after.code == EXIT_INDEX, (path.name, command, after)
    assert path.name in after.err or "manifest" in after.err or "newer searchq" in after.err, (
        path.name,
        command,
        after,
    )
    assert command in _CHECKS or after.err.count("\n") == 1, (path.name, command, after)
    assert before.out.startswith(after.out), (path.name, command, after)
    return "told"


@contextmanager
def flipped(path: Path, place: int, bit: int) -> Iterator[None]:
    """A file with one bit flipped, of the same age."""
    _flip(path, place, bit)
    try:
        yield
    finally:
        _flip(path, place, bit)


def _flip(path: Path, place: int, bit: int) -> None:
    age = path.stat()
    with path.open("r+b") as file:
        value = os.pread(file.fileno(), 1, place)[0]
        os.pwrite(file.fileno(), bytes([value ^ 1 << bit]), place)
    os.utime(path, ns=(age.st_atime_ns, age.st_mtime_ns))


def manifest_bits(count: int, folder: Path) -> Counter[str]:
    """Flip every bit of the manifest, or about `count` of them: none leaves an index that can be opened."""
    shutil.rmtree(folder, ignore_errors=True)
    index = made(folder, 40)
    path, tally = index / MANIFEST, Counter[str]()
    data = path.read_bytes()
    for number in range(0, 8 * len(data), max(8 * len(data) // count, 1) if count else 1):
        torn = bytearray(data)
        torn[number // 8] ^= 1 << number % 8
        path.write_bytes(torn)
        try:
            read_manifest(index)
        except IndexFault:
            tally["told"] += 1
        else:
            raise AssertionError(f"bit {number} of the manifest flipped unnoticed")
    return tally

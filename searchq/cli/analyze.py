"""`searchq analyze`: how a text is cut into words, and under which terms each is found."""

from collections.abc import Callable
from typing import Any, Final

import click

import searchq
from searchq.analysis import acronyms, dutch, french
from searchq.analysis.folding import fold
from searchq.analysis.terms import WordAnalysis
from searchq.analysis.tokenizer import Token, tokens
from searchq.cli.options import format_option, index_option
from searchq.cli.output import json_text
from searchq.cli.say import say
from searchq.cli.texts import gettext
from searchq.errors import IndexMissing
from searchq.query.fields import FIELDS, field_named
from searchq.query.zones import TEXT, ZONES, exact

__all__ = ["command"]

_ANALYZERS: Final[dict[str, Callable[[str], WordAnalysis]]] = {"nl": dutch.analyze_word, "fr": french.analyze_word}
_LANGUAGES: Final = {TEXT: "nl", **{zone.name: zone.language for zone in ZONES}}  # of the fields of words
_EXACT: Final = frozenset(exact(zone.name) for zone in ZONES)  # fields of words as written
_NAMES: Final = tuple(dict.fromkeys((*_LANGUAGES, *sorted(_EXACT), *(field.target for field in FIELDS))))


@click.command(
    "analyze",
    epilog="""\b
Examples:
  searchq analyze "gezondheidszorgbeleid van de FOD's"
  searchq analyze "l'enseignement" --field french
  searchq analyze "vernieuwde huizen" --field title_exact
""",
)
@click.argument("text", nargs=-1, required=True)
@click.option("--field", default="text", show_default=True, metavar="NAME", help="Field to analyse for.")
@index_option
@format_option("table", "json")
def command(text: tuple[str, ...], field: str, index: str, form: str) -> None:
    """Show each word of TEXT with its offsets, index terms, weights, and the reason for each term.

    The reason is one of dictionary, rule, override, compound, number, address, unchanged; acronym lists what a query
    for these words searches too, (learned) if from the documents of the index.
    """
    name = _index_field(field)
    words = " ".join(text)
    rows = [_row(token, name) for token in tokens(words)] if name in _LANGUAGES or name in _EXACT else [_whole(words)]
    names = _other_names([row["word"] for row in rows], index) if name == TEXT else []
    if form == "json":
        say(json_text({"field": name, "words": rows, "acronyms": names}))
        return
    longest = max((len(row["word"]) for row in rows), default=0)
    for row in rows:
        terms = ", ".join(_described(term) for term in row["terms"]) or click.style(gettext("stop word"), dim=True)
        say(f"{row['start']:>4}-{row['end']:<4} {row['word']:<{longest}}  {terms}")
    for one in names:
        source = gettext("acronym (learned)") if one["learned"] else gettext("acronym")
        say(f"{source:<9} {one['words']} = {', '.join(one['others'])}")


def _index_field(name: str) -> str:
    """The index field with this name, which may be its name in the query language."""
    known = field_named(name)
    if name not in _NAMES and known is None:
        unknown = gettext("--field: unknown field '{name}'; choose from {names}.")
        raise click.UsageError(unknown.format(name=name, names=", ".join(_NAMES)))
    return name if known is None or name in _NAMES else known.target


def _row(token: Token, field: str) -> dict[str, Any]:
    if field in _EXACT:
        terms = [{"term": token.word, "weight": 1.0, "why": "unchanged"}]
    else:
        found = _ANALYZERS[_LANGUAGES[field]](token.word).terms
        terms = [{"term": term.term, "weight": term.weight, "why": term.why} for term in found]
    return {"word": token.word, "start": token.start, "end": token.end, "terms": terms}


def _whole(text: str) -> dict[str, Any]:
    """Analyse a facet value or number as one term."""
    terms = [{"term": text, "weight": 1.0, "why": "unchanged"}]
    return {"word": text, "start": 0, "end": len(text), "terms": terms}


def _other_names(words: list[str], index: str) -> list[dict[str, Any]]:
    known = acronyms.names()
    learned = acronyms.unknown(acronyms.load_forms(_learned(index)), known)
    return [
        {
            "words": " ".join(words[one.start : one.end]),
            "others": [" ".join(other) for other in one.others],
            "learned": one.learned,
        }
        for one in acronyms.Acronyms(known, _stem, learned).expansions(words)
    ]


def _learned(index: str) -> bytes:
    """The acronym expansions learned from the documents of an index; empty without an index."""
    try:
        return searchq.open(index).state(acronyms.LEARNED)
    except IndexMissing:
        return b""


def _stem(word: str) -> str:
    terms = dutch.analyze_word(word).terms
    return terms[0].term if terms else fold(word)


def _described(term: dict[str, Any]) -> str:
    weight = "" if term["weight"] == 1.0 else f" × {term['weight']:g}"
    return f"{click.style(term['term'], fg='cyan')}{weight} ({term['why']})"

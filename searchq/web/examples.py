"""Examples of what to type that find something in this index: patterns filled with its own values.

"{phrase}"   is "sociale media" where that is a frequent keyword; a pattern without such a value is left out,
             and so is what finds nothing
"""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import chain
from typing import Final, NamedTuple, TypeAlias

from searchq.api import Index
from searchq.query.facet_table import Language
from searchq.query.request import Request
from searchq.web import links, texts
from searchq.web.context import Context
from searchq.web.mount import language
from searchq.web.translations import gettext_noop, translations

__all__ = ["LEARNT", "TRIES", "Example", "Rows", "examples", "values_of"]

Rows: TypeAlias = tuple[tuple[str, str], ...]  # a pattern and what it means, both marked for the catalog

TRIES: Final[Rows] = (  # under the search box of the start page, each with how it is called
    (gettext_noop("{phrase}"), gettext_noop("{phrase}")),
    (gettext_noop('"{keyword}"'), gettext_noop('"{keyword}"')),
    (gettext_noop("termijn:>200"), gettext_noop("antwoorden na meer dan 200 dagen")),
    (gettext_noop("status:open"), gettext_noop("wat nog op antwoord wacht")),
)
LEARNT: Final[Rows] = (  # at its foot
    (gettext_noop("{phrase}"), gettext_noop("Alle woorden, in elke vorm en in samenstellingen.")),
    (gettext_noop('"{phrase}"'), gettext_noop("Precies deze woorden, na elkaar.")),
    (
        gettext_noop("hoe zit het met {phrase}?"),
        gettext_noop("Een gewone vraag: gezocht wordt naar de woorden die iets zeggen."),
    ),
    (gettext_noop("{word} OF {other}"), gettext_noop("Het ene of het andere.")),
    (gettext_noop("{word} -{other}"), gettext_noop("Het eerste, zonder het tweede.")),
    (gettext_noop("{start}*"), gettext_noop("Alles wat zo begint.")),
    (gettext_noop("antwoord:{subject}"), gettext_noop("Alleen in het antwoord; ook titel:, vraag:, trefwoord:.")),
    (gettext_noop('minister:"{portfolio}"'), gettext_noop("Wie het gevraagd werd.")),
    (gettext_noop('indiener:"{author}"'), gettext_noop("Wie het vroeg.")),
    (gettext_noop("datum:{year}"), gettext_noop("Wanneer het gevraagd werd; beantwoord: wanneer het antwoord kwam.")),
    (gettext_noop("termijn:>200"), gettext_noop("Wie lang wachtte: dagen tot het antwoord.")),
)

_FACETS_USED: Final = ("keyword:40", "title_part:20", "portfolio:1", "party:1", "author:1", "year:30")
_MIN_LETTERS: Final = 5  # of a word that makes a good example


class Example(NamedTuple):
    """Something to type that finds questions: where it leads, how many there are, what it means."""

    typed: str
    path: str
    questions: str
    meaning: str


def examples(context: Context, rows: Rows) -> list[Example]:
    """The rows that find something, filled."""
    found = _found(context.index, context.generation, language(), context.today, rows)
    return [
        Example(typed, links.search_path(Request(text=typed)), texts.count(number, "vraag", "vragen"), meaning)
        for typed, number, meaning in found
    ]


def values_of(index: Index) -> Mapping[str, str]:
    """What stands in the examples: the most frequent values of an index, and words of its keywords."""
    return _values(index, index.generation)


@lru_cache(maxsize=64)
def _found(
    index: Index, generation: int, language: Language, today: dt.date, rows: Rows
) -> tuple[tuple[str, int, str], ...]:
    """Searched once a day for each generation."""
    told, values = translations(language).gettext, values_of(index)
    filled = ([_filled(told(part), values) for part in row] for row in rows)
    counted = ((text, _count(index, text, today), meaning) for text, meaning in filled if text and meaning)
    return tuple(row for row in counted if row[1])


def _filled(pattern: str, values: Mapping[str, str]) -> str | None:
    try:
        return pattern.format_map(values)
    except KeyError:  # this index has no such value
        return None


def _count(index: Index, typed: str, today: dt.date) -> int:
    return index.page(Request(text=typed, limit=1, today=today, all_words=True, fold=False), snippets=False).total


@lru_cache(maxsize=8)
def _values(index: Index, generation: int) -> Mapping[str, str]:
    counts = {one.name: [value.value for value in one.values] for one in index.facets(Request(), _FACETS_USED)}
    found = {name: values[0] for name, values in counts.items() if values and name != "year"}
    words = list(dict.fromkeys(word for word in " ".join(counts["keyword"]).split() if _is_good(word)))
    found |= dict(zip(("word", "other", "third"), words, strict=False))
    if words:
        found |= {"start": words[0][:_MIN_LETTERS], "slip": words[0][:-1] + "x"}
    number = next(iter(index.numbers()), None)
    subjects = (word.lower() for word in " ".join(counts["title_part"]).split())
    found |= dict([("subject", word)] if (word := next(filter(_is_good, subjects), None)) else [])
    return found | dict(chain(_phrase(counts["keyword"]), _years(counts["year"]), _number(number)))


def _phrase(keywords: Sequence[str]) -> Iterator[tuple[str, str]]:
    yield from (("phrase", keyword) for keyword in [one for one in keywords if " " in one][:1])


def _years(years: Sequence[str]) -> Iterator[tuple[str, str]]:
    if years:
        yield from (("first", years[0]), ("year", years[-1]))


def _number(number: str | None) -> Iterator[tuple[str, str]]:
    if number:
        yield from (("number", number), ("serial", number.split("-")[-1].split("/")[0]))


def _is_good(word: str) -> bool:
    return len(word) >= _MIN_LETTERS and word.isalpha() and word.islower()

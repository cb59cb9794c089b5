"""`/hulp`: the query language by examples that find something in this index, filters, feeds, files, what is covered."""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain
from typing import Final, NamedTuple

from searchq.api import Index
from searchq.query.facet_table import FACETS
from searchq.query.fields import FIELDS
from searchq.query.language.operators import NEAR, OPERATORS
from searchq.query.request import Request
from searchq.web import filters, links, texts
from searchq.web.context import Context, PageResponse, html
from searchq.web.coverage_pages import coverage_line
from searchq.web.houses import houses_in
from searchq.web.translations import gettext as _
from searchq.web.translations import gettext_noop

__all__ = ["help_page"]

_FACETS_USED: Final = ("keyword:40", "title_part:20", "portfolio:1", "party:1", "author:1", "year:30")
_MIN_LETTERS: Final = 5  # of a word that makes a good example


class Example(NamedTuple):
    """Something to type that finds questions: where it leads, how many there are, what it means."""

    typed: str
    path: str
    questions: str
    meaning: str


_SECTIONS: Final[tuple[tuple[str, tuple[tuple[str, str], ...]], ...]] = (
    (
        gettext_noop("Woorden"),
        (
            (gettext_noop("{word} {other}"), gettext_noop("alle woorden, in elke vorm en in samenstellingen")),
            (gettext_noop("{word} OF {other}"), gettext_noop("het ene of het andere")),
            (gettext_noop("{word} -{other}"), gettext_noop("het eerste, zonder het tweede; ook NIET")),
            (gettext_noop("({word} OF {other}) {third}"), gettext_noop("haakjes houden samen wat bij elkaar hoort")),
            (gettext_noop('"{phrase}"'), gettext_noop("precies deze woorden, na elkaar")),
            (gettext_noop('"{word}"'), gettext_noop("precies dit woord, en geen andere vorm ervan")),
            (gettext_noop("{word} NABIJ/10 {other}"), gettext_noop("hoogstens tien woorden uit elkaar")),
            (gettext_noop("{start}*"), gettext_noop("alles wat zo begint; een ? staat voor één letter")),
            (gettext_noop("{slip}~"), gettext_noop("ook met één letter verschil")),
            (gettext_noop("{word}^3 {other}"), gettext_noop("het eerste woord telt driemaal voor de volgorde")),
        ),
    ),
    (
        gettext_noop("Velden"),
        (
            (gettext_noop("titel:{subject}"), gettext_noop("in de titel; ook vraag: en antwoord:")),
            (gettext_noop("antwoord:{subject}"), gettext_noop("alleen in het antwoord")),
            (
                gettext_noop('portefeuille:"{portfolio}"'),
                gettext_noop("over die bevoegdheid; minister: zoekt ook in de titel van de minister"),
            ),
            (gettext_noop('indiener:"{author}"'), gettext_noop("van die indiener; een deel van de naam volstaat")),
            (gettext_noop('partij:"{party}"'), gettext_noop("van die partij")),
            (gettext_noop('trefwoord:"{keyword}"'), gettext_noop("met dat trefwoord")),
            (gettext_noop("onderwerp:{subject}"), gettext_noop("met dat deel in de titel")),
            (gettext_noop("status:onbeantwoord"), gettext_noop("zonder antwoord; ook status:beantwoord, status:open")),
            (gettext_noop("taal:frans"), gettext_noop("gesteld in het Frans")),
            (gettext_noop("partij:geen"), gettext_noop("zonder waarde; zo ook bij elk ander filter")),
        ),
    ),
    (
        gettext_noop("Dagen en getallen"),
        (
            (gettext_noop("datum:{year}"), gettext_noop("gevraagd in dat jaar; ook datum:2013-04, datum:30/4/2013")),
            (gettext_noop("datum:{first}..{year}"), gettext_noop("van het ene tot en met het andere")),
            (gettext_noop("datum:sinds {year}"), gettext_noop("vanaf dan; ook >2013, <=2013-04, tot en met 2014")),
            (gettext_noop("beantwoord:{year}"), gettext_noop("wanneer het antwoord kwam")),
            (gettext_noop("datum:afgelopen 30 dagen"), gettext_noop("tot en met vandaag")),
            (
                gettext_noop("datum:vorige maand"),
                gettext_noop("ook gisteren, 7 dagen geleden, sinds maandag, dit jaar"),
            ),
            (gettext_noop("datum:<=gisteren"), gettext_noop("ook: hier, le mois dernier, il y a 7 jours")),
            (gettext_noop("termijn:>100"), gettext_noop("beantwoord na meer dan honderd dagen")),
            (gettext_noop("wachttijd:>100"), gettext_noop("ook wie nog wacht, telt mee")),
            (gettext_noop("rappel:>0"), gettext_noop("waarvoor een herinnering nodig was")),
            (gettext_noop("nummer:{serial}"), gettext_noop("dat nummer, in elke zittingsperiode")),
        ),
    ),
)


def help_page(context: Context) -> PageResponse:
    """`/hulp`: how to search here; an example that finds nothing in this index is left out."""
    values = _values(context.index)
    return html(
        "help.html",
        houses=houses_in(context.index),
        sections=[(_(name), list(_found(context, rows, values))) for name, rows in _SECTIONS],
        fields=[(field.names[0], field.names[1:]) for field in FIELDS],
        operators=_operators(),
        facets=[
            (texts.facet_label(facet.name), filters.facet_path(facet.name, Request()))
            for facet in FACETS
            if facet.listed
        ],
        feed=links.search_path(Request(text=values.get("word", ""), sort="newest"), format="atom"),
        downloads=[(_(label), links.search_path(Request(sort="newest"), **told)) for label, told in texts.DOWNLOADS],
        coverage=coverage_line(context),
        number=values.get("number"),
        request=Request(),
        hidden=[],
    )


def _found(context: Context, rows: Sequence[tuple[str, str]], values: Mapping[str, str]) -> Iterator[Example]:
    for pattern, meaning in rows:
        try:
            typed = _(pattern).format_map(values)
        except KeyError:  # this index has no such value
            continue
        if count := _count(context.index, typed, context.today):
            path = links.search_path(Request(text=typed))
            yield Example(typed, path, texts.count(count, "vraag", "vragen"), _(meaning))


def _count(index: Index, typed: str, today: dt.date) -> int:
    return index.page(Request(text=typed, limit=1, today=today, all_words=True, fold=False), snippets=False).total


def _values(index: Index) -> Mapping[str, str]:
    """What stands in the examples: the most frequent values of this index, and words of its keywords."""
    counts = {one.name: [value.value for value in one.values] for one in index.facets(Request(), _FACETS_USED)}
    found = {name: values[0] for name, values in counts.items() if values and name != "year"}
    words = list(dict.fromkeys(word for word in " ".join(counts["keyword"]).split() if _is_good(word)))
    found |= dict(zip(("word", "other", "third"), words, strict=False))
    if words:
        found |= {"start": words[0][:_MIN_LETTERS], "slip": words[0][:-1] + "x"}
    phrase = next((keyword for keyword in counts["keyword"] if " " in keyword), None)
    years = counts["year"]
    number = next(iter(index.numbers()), None)
    subjects = (word.lower() for word in " ".join(counts["title_part"]).split())
    found |= dict([("subject", word)] if (word := next(filter(_is_good, subjects), None)) else [])
    return found | dict(
        chain(
            [("phrase", phrase)] if phrase else (),
            [("first", years[0]), ("year", years[-1])] if years else (),
            [("number", number), ("serial", number.split("-")[-1].split("/")[0])] if number else (),
        )
    )


def _is_good(word: str) -> bool:
    return len(word) >= _MIN_LETTERS and word.isalpha() and word.islower()


def _operators() -> list[tuple[str, list[str]]]:
    """Each operator with all its spellings."""
    names = {"and": _("en"), "or": _("of"), "not": _("niet")}
    found = [(name, [sign for sign, meaning in OPERATORS.items() if meaning == kind]) for kind, name in names.items()]
    return [*found, (_("dicht bij"), [f"{name}/5" for name in NEAR])]

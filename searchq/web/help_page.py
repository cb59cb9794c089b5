"""`/hulp`: the query language by examples that find something in this index, filters, feeds, files, what is covered."""

from typing import Final

from searchq.query.facet_table import FACETS
from searchq.query.fields import FIELDS
from searchq.query.language.operators import NEAR, OPERATORS
from searchq.query.request import Request
from searchq.web import filters, links, texts
from searchq.web.context import Context, PageResponse, html
from searchq.web.coverage_pages import coverage_line
from searchq.web.examples import Rows, examples, values_of
from searchq.web.houses import houses_in
from searchq.web.translations import gettext as _
from searchq.web.translations import gettext_noop

__all__ = ["help_page"]

_SECTIONS: Final[tuple[tuple[str, Rows], ...]] = (
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
    values = values_of(context.index)
    return html(
        "help.html",
        houses=houses_in(context.index, context.generation),
        sections=[(_(name), examples(context, rows)) for name, rows in _SECTIONS],
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


def _operators() -> list[tuple[str, list[str]]]:
    """Each operator with all its spellings."""
    names = {"and": _("en"), "or": _("of"), "not": _("niet")}
    found = [(name, [sign for sign, meaning in OPERATORS.items() if meaning == kind]) for kind, name in names.items()]
    return [*found, (_("dicht bij"), [f"{name}/5" for name in NEAR])]

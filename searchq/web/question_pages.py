"""The page of a question, also as JSON and plain text, and its siblings side by side."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Final, NamedTuple, get_args

from msgspec import Struct

from searchq.addresses import official_address
from searchq.errors import QuestionNotFound
from searchq.exports import citations
from searchq.problems import translated_problem
from searchq.query.facet_table import FACETS, Facet, FacetName, Language
from searchq.query.request import Request
from searchq.question import ChronologyEntry, CitedText, Question
from searchq.record_json import to_json
from searchq.results.beside import InResults
from searchq.results.page import Zone
from searchq.web import links, results, shown_texts, texts
from searchq.web.context import Context, PageResponse, html, json_answer, redirect
from searchq.web.formats import single
from searchq.web.houses import houses_in
from searchq.web.linked_data import description, linked_data
from searchq.web.links import entity_path
from searchq.web.mount import language
from searchq.web.parameters import parse, query_string
from searchq.web.point_rows import cells, labels, point_rows
from searchq.web.question_links import elsewhere, references, siblings_named, text_links, to_look_up
from searchq.web.shown_texts import Shown, foreign
from searchq.web.translations import gettext as _
from searchq.web.translations import gettext_noop

__all__ = ["as_bibtex", "as_csl_json", "as_json", "as_ris", "as_text", "named", "question", "side_by_side"]

_SIMILAR: Final = 5  # similar questions shown
_TEXTS: Final[tuple[CitedText, ...]] = get_args(CitedText)
_ANSWERED: Final = ("answered", "answered-without-text")
_WITHOUT_TEXT: Final = (
    (gettext_noop("Beantwoord, tekst ontbreekt"), True),
    (gettext_noop("Zonder antwoord"), False),
)
_MAX_HIT: Final = 100_000  # beyond this rank no neighbours are shown


class Fact(NamedTuple):
    """A piece of metadata and the searches it links to."""

    label: str
    values: list[tuple[str, str, str | None]]  # text, URL, language if it is not that of the page


class Neighbours(Struct, frozen=True):
    """Links back to the results, and to the previous and next hit."""

    back: str
    place: int | None
    previous: Question | None
    next: Question | None
    previous_path: str
    next_path: str


def question(context: Context) -> PageResponse:
    """`/vraag/5-8902`: a question in full; with a search in the URL, its words are highlighted."""
    try:
        found = context.index.question(context.argument)
    except QuestionNotFound:
        return named(context)
    request = links.on_page(parse(context.query, context.today).request, 1)
    search = query_string(request)
    siblings = [one for one in context.index.siblings(found.number) if one.number != found.number]
    held = context.index.held(to_look_up(found))
    place = _place(context)
    beside = context.index.in_results(found, request, place) if place else None
    marks = beside.highlights if beside else context.index.highlights(found, request) if request.text else {}
    text_links_here = {text: text_links(found, text, held) for text in _TEXTS}
    shown = shown_texts.shown_texts(found, marks, text_links_here)
    title = shown_texts.title(found)
    return html(
        "question.html",
        houses=houses_in(context.index, context.generation),
        question=found,
        title=title.text,
        title_language=title.language,
        minister=shown_texts.minister(found),
        title_parts=_title_parts(found, marks),
        shown=shown,
        others=shown_texts.other_texts(found, text_links_here, shown),
        other_title=_other_title(found),
        status=texts.status(found, context.known),
        status_color=results.status_color(found),
        facts=list(_facts(found)),
        chronology=[(_event(entry), entry) for entry in found.chronology],
        references=list(references(found, held)),
        cited_by=context.index.cited_by(found.number),
        points=point_rows(found),
        points_language=foreign("nl"),  # points are those of the Dutch texts
        problems=[_problem(one) for one in found.problems],
        siblings=[results.sibling(one, search, context.known) for one in siblings],
        similar=results.results(context.index.similar(found.number, _SIMILAR), context.known),
        official=official_address(found),
        citation=citations.as_sentence(found, language()),
        canonical=context.site + links.question_path(found.number),
        description=description(found),
        linked_data=linked_data(found, context.site + links.question_path(found.number)),
        neighbours=_neighbours(request, search, place, beside),
        request=request,
        hidden=[],
    )


def named(context: Context) -> PageResponse:
    """`/vraag/56-B045-7-0930-…`, `/vraag/56-0930`: to the question called so, or to the list of several."""
    name = context.argument.strip()
    found = context.index.named(name)
    if not found:
        raise QuestionNotFound(name)
    several = links.search_path(Request(text=name, fold=False))
    return redirect(links.question_path(found[0].number) if len(found) == 1 else several)


def as_json(context: Context) -> PageResponse:
    """`/vraag/5-8902.json`: the record, as in `searchq show --format json`."""
    return json_answer(to_json(context.index.question(context.argument)))


def as_text(context: Context) -> PageResponse:
    """`/vraag/5-8902.txt`: the question as plain text."""
    return PageResponse("\n".join(_lines(context.index.question(context.argument))), "text/plain; charset=utf-8")


def as_bibtex(context: Context) -> PageResponse:
    """`/vraag/5-8902.bib`: a reference for BibTeX."""
    return _reference(citations.as_bibtex, "application/x-bibtex; charset=utf-8", context)


def as_ris(context: Context) -> PageResponse:
    """`/vraag/5-8902.ris`: a reference for EndNote, Zotero and the like."""
    return _reference(citations.as_ris, "application/x-research-info-systems; charset=utf-8", context)


def as_csl_json(context: Context) -> PageResponse:
    """`/vraag/5-8902.csl.json`: a reference as CSL-JSON."""
    return _reference(citations.as_csl_json, "application/vnd.citationstyles.csl+json", context)


def _reference(form: Callable[[Question], str], media_type: str, context: Context) -> PageResponse:
    return PageResponse(form(context.index.question(context.argument)), media_type)


def side_by_side(context: Context) -> PageResponse:
    """`/vraag/5-8902/naast-elkaar`: a question and the answers of all its ministers."""
    found = context.index.question(context.argument)
    group = sorted(context.index.siblings(found.number) or [found], key=lambda one: _order(one.number))
    here = {one.number for one in group}
    absent = list(dict.fromkeys(number for number in siblings_named(found) if number not in here))
    shared = labels(group)
    answered = sum(one.status in _ANSWERED for one in group)
    title = shown_texts.title(found)
    lines = [(one, results.sibling(one, "", context.known), *_answer_text(one)) for one in group]
    return html(
        "side_by_side.html",
        houses=houses_in(context.index, context.generation),
        question=found,
        title=title.text,
        title_language=title.language,
        asked=shown_texts.shown_texts(found, {}, dict.fromkeys(_TEXTS, ()))["question"],
        group=lines,
        without_text=_without_text(lines),
        cells={
            one.number: cells(one, shared) for one, _line, text, _language in lines if shared and text == one.answer
        },
        answering=texts.answering(len(group) + len(absent), len(group), answered),
        absent=list(elsewhere(absent)),
        canonical=f"{context.site}{links.question_path(group[0].number)}/naast-elkaar",
        description=description(found),
    )


def _answer_text(question: Question) -> tuple[str | None, str | None]:
    """The text of the answer to compare, and its language if it is not that of the page."""
    dutch, french = question.answer, question.french.answer if question.french else None
    if language() == "nl":
        return (dutch, None) if dutch or not french else (french, "fr")
    return (french, None) if french else (dutch, "nl")


def _without_text(
    lines: Sequence[tuple[Question, results.Sibling, str | None, str | None]],
) -> list[tuple[str, list[results.Sibling]]]:
    """The ministers without an answer, and those whose answer has no text."""
    missing = [(one.status in _ANSWERED, line) for one, line, text, _ in lines if not text]
    parts = ((label, [line for done, line in missing if done is answered]) for label, answered in _WITHOUT_TEXT)
    return [(_(label), part) for label, part in parts if part]


def _title_parts(question: Question, marks: Mapping[Zone, Sequence[tuple[int, int]]]) -> object:
    title = shown_texts.short_title(question)
    return results.title_pieces(title, marks.get("title", ()) if question.title == title else ())


def _other_title(question: Question) -> Shown | None:
    """The title in the other language, if there are both."""
    french = question.french.title if question.french else None
    if not question.title or not french:
        return None
    return Shown(french, "fr") if language() == "nl" else Shown(question.title, "nl")


def _facts(question: Question) -> Iterator[Fact]:
    for facet in sorted((facet for facet in FACETS if facet.fact), key=lambda facet: facet.fact):
        if known := [value for value in facet.values(question) if value]:
            yield Fact(
                texts.facet_label(facet.name),
                [_fact_value(question, facet, value) for value in known],
            )


def _fact_value(question: Question, facet: Facet, value: str) -> tuple[str, str, str | None]:
    is_french = facet.name == "keyword" and not question.keywords  # its keywords are those of the French page
    published: Language | None = "fr" if is_french else facet.values_language
    return texts.value_label(facet.name, value), _page_of(facet.name, value), foreign(published)


def _event(entry: ChronologyEntry) -> str:
    return _(texts.EVENTS[entry.event]) if entry.event in texts.EVENTS else entry.label


def _page_of(name: FacetName, value: str) -> str:
    """The page of a value, or the search for it."""
    return entity_path(name, value) or _filter(name, value)


def _problem(sentence: str) -> tuple[str, str | None]:
    """A problem in the language of the page, and the language it is in if that is another."""
    translated = translated_problem(sentence, language())
    return (translated, None) if translated else (sentence, "en")


def _filter(name: FacetName, value: str) -> str:
    return links.search_path(links.including(Request(), name, value))


def _place(context: Context) -> int | None:
    """The rank of this question among the hits of the search in the URL; None if none is given, 0 for no rank."""
    given = single(context.query, "hit")
    place = int(given) if given.isascii() and given.isdigit() and len(given) < 7 else None
    return place if place is None or 1 <= place <= _MAX_HIT else 0


def _neighbours(request: Request, search: str, place: int | None, beside: InResults | None) -> Neighbours | None:
    """The previous and next hit of the search in the URL; None without a search."""
    if not search and place is None:
        return None
    asked = request if search else Request(sort="newest")
    if not place or beside is None:
        return Neighbours(links.search_path(asked), None, None, None, "", "")
    back = links.search_path(links.on_page(asked, -(-place // request.limit)))
    return Neighbours(
        f"{back}#hit-{place}",
        place,
        beside.previous,
        beside.next,
        _hit_path(beside.previous, search, place - 1),
        _hit_path(beside.next, search, place + 1),
    )


def _hit_path(question: Question | None, search: str, place: int) -> str:
    if question is None:
        return ""
    return f"{links.question_path(question.number)}?{search + '&' if search else ''}hit={place}"


def _order(number: str) -> tuple[int, ...]:
    return tuple(int(part) for part in number.replace("/", "-").split("-") if part.isdigit())


def _lines(question: Question) -> Iterator[str]:
    yield _("Schriftelijke vraag nr. {number}").format(number=question.number)
    yield (question.author or _("onbekende indiener")) + (f" ({question.party})" if question.party else "")
    yield _("aan de %(minister)s") % {"minister": question.minister} if question.minister else _("minister onbekend")
    yield texts.date(question.date)
    yield ""
    yield shown_texts.short_title(question)
    if question.keywords:
        yield _("Trefwoorden: {keywords}").format(keywords=", ".join(question.keywords))
    yield from _lines_of_texts(question)
    official = official_address(question)
    if official:
        yield from ("", _("Bron: {address}").format(address=official))
    yield ""


def _answer_heading(question: Question) -> str:
    day = question.answer_date
    return _("Antwoord van {day}").format(day=texts.date(day)) if day else _("Antwoord")


def _lines_of_texts(question: Question) -> Iterator[str]:
    french = question.french
    sections = (
        (_("Vraag"), question.question),
        (_answer_heading(question), question.answer),
        ("Question (français)", french.question if french else None),
        ("Réponse (français)", french.answer if french else None),
    )
    for heading, text in sections:
        if text:
            yield from ("", heading, "-" * len(heading), text)

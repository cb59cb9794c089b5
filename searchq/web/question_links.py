"""Links in texts and references of a question: to a page here if the index contains the question, else elsewhere."""

from collections.abc import Iterable, Iterator, Set
from typing import NamedTuple

from searchq.addresses import is_web_address, official_address
from searchq.question import Citation, CitedText, Question, Reference
from searchq.web import links, texts
from searchq.web.marks import Link
from searchq.web.translations import gettext as _

__all__ = ["Referred", "elsewhere", "references", "siblings_named", "text_links", "to_look_up"]


class Referred(NamedTuple):
    """References of one kind: linked ones, and those not in this index."""

    label: str
    values: list[tuple[str, str | None]]  # requests for explanation have no page
    absent: list[tuple[str, str | None]]  # number, its page on the Senate's site


def to_look_up(question: Question) -> Iterator[str]:
    """The numbers a question refers to, to look up in the index."""
    yield from (one.number for one in question.references if one.type == "written-question")
    yield from (one.number for one in question.citations if one.number and one.kind == "written-question")


def siblings_named(question: Question) -> Iterator[str]:
    """The numbers of the siblings named by a question."""
    return (one.number for one in question.references if _is_sibling(one))


def text_links(question: Question, text: CitedText, held: Set[str]) -> list[Link]:
    """The citations in a text as links; omits those without a target."""
    found = ((one, _target(one, held)) for one in question.citations if one.text == text)
    return [Link(one.start, one.end, path) for one, path in found if path]


def references(question: Question, held: Set[str]) -> Iterator[Referred]:
    """The references of a question, by kind."""
    for kind, label in texts.REFERENCES.items():
        found = [one for one in question.references if one.kind == kind]
        here = [one for one in found if one.type != "written-question" or one.number in held]
        absent = [one.number for one in found if one not in here]
        if found:
            yield Referred(_(label), [(_named(one), _path(one)) for one in here], list(elsewhere(absent)))


def elsewhere(numbers: Iterable[str]) -> Iterator[tuple[str, str | None]]:
    """Numbers with their pages on the Senate's site, or None."""
    return ((number, official_address(Question(number))) for number in numbers)


def _target(citation: Citation, held: Set[str]) -> str | None:
    """The target of a link; http(s) only, so that no imported record can plant a `javascript:` link."""
    if citation.url:
        return citation.url if is_web_address(citation.url) else None
    if citation.number is None or citation.kind != "written-question":
        return None
    if citation.number in held:
        return links.question_path(citation.number)
    return official_address(Question(citation.number))


def _is_sibling(reference: Reference) -> bool:
    return reference.kind == "also-asked-to" and reference.type == "written-question"


def _named(reference: Reference) -> str:
    return (
        reference.number
        if reference.type == "written-question"
        else _("vraag om uitleg {number}").format(number=reference.number)
    )


def _path(reference: Reference) -> str | None:
    return links.question_path(reference.number) if reference.type == "written-question" else None

"""Where the texts and references of a question lead: a page here where the index holds the question, else elsewhere."""

from collections.abc import Iterable, Iterator, Set
from typing import NamedTuple
from urllib.parse import urlsplit

from searchq.question import Citation, CitedText, Question, Reference
from searchq.web import links, texts
from searchq.web.marks import Link

__all__ = ["Referred", "elsewhere", "references", "siblings_named", "text_links", "to_look_up"]


class Referred(NamedTuple):
    """References of one kind: those to follow, and those that this index does not hold."""

    label: str
    values: list[tuple[str, str | None]]  # a request for explanation has no page
    absent: list[tuple[str, str | None]]  # number, its page at the Senate


def to_look_up(question: Question) -> Iterator[str]:
    """The numbers that a question refers to: whether the index holds them decides where they lead."""
    yield from (one.number for one in question.references if one.type == "written-question")
    yield from (one.number for one in question.citations if one.number and one.kind == "written-question")


def siblings_named(question: Question) -> Iterator[str]:
    """The numbers of the siblings that a question names."""
    return (one.number for one in question.references if _is_sibling(one))


def text_links(question: Question, text: CitedText, held: Set[str]) -> list[Link]:
    """The citations of one of its texts as links; those that lead nowhere are none."""
    found = ((one, _target(one, held)) for one in question.citations if one.text == text)
    return [Link(one.start, one.end, path) for one, path in found if path]


def references(question: Question, held: Set[str]) -> Iterator[Referred]:
    """What the page of a question lists as references, by kind."""
    for kind, label in texts.REFERENCES.items():
        found = [one for one in question.references if one.kind == kind]
        here = [one for one in found if one.type != "written-question" or one.number in held]
        absent = [one.number for one in found if one not in here]
        if found:
            yield Referred(label, [(_named(one), _path(one)) for one in here], list(elsewhere(absent)))


def elsewhere(numbers: Iterable[str]) -> Iterator[tuple[str, str | None]]:
    """Numbers with their pages at the Senate, None where it has none."""
    return ((number, links.official_address(Question(number))) for number in numbers)


def _target(citation: Citation, held: Set[str]) -> str | None:
    """Only web addresses pass, so that no imported record can plant a `javascript:` link."""
    if citation.url:
        return citation.url if urlsplit(citation.url).scheme in ("http", "https") else None
    if citation.number is None or citation.kind != "written-question":
        return None
    if citation.number in held:
        return links.question_path(citation.number)
    return links.official_address(Question(citation.number)) if citation.house == "senate" else None


def _is_sibling(reference: Reference) -> bool:
    return reference.kind == "also-asked-to" and reference.type == "written-question"


def _named(reference: Reference) -> str:
    return reference.number if reference.type == "written-question" else f"vraag om uitleg {reference.number}"


def _path(reference: Reference) -> str | None:
    return links.question_path(reference.number) if reference.type == "written-question" else None

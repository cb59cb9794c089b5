"""Pages of known facts in every layout: whole, cut anywhere, garbled; each field right, or unknown with a problem."""

import os
import re
from collections import Counter
from collections.abc import Callable
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from searchq.documents import parse
from searchq.documents.mojibake import GUESSES
from searchq.errors import DocumentError
from searchq.question import Question
from tests.documents.generated import LAYOUTS, NL, Page, bulletin, draw_page, expected, facts, garbled, two_columns
from tests.documents.written import as_html, document

MUST_BE_SURE = ("number", "date", "status", "author", "minister", "french.minister")
NEVER_PARTLY = ("number", "date", "status", "author", "party", "minister", "french.minister", "deadline", "language")
FAULTS_SHOWN = 5


def read(page: Page, text: str, media: str = "text") -> Question:
    (question,) = parse(document(text, page.address, media))  # type: ignore[arg-type]
    return question


def value(question: Question, name: str) -> Any:
    """A field by its name; None and () are both nothing."""
    record: Any = question
    if name.startswith("french."):
        record, name = question.french, name.removeprefix("french.")
    return (getattr(record, name) or None) if record else None


def whole_faults(page: Page, question: Question, media: str = "text") -> list[str]:
    """The fields of a whole page that came out wrong."""
    return [
        f"{name}: {value(question, name)!r} for {right!r}"
        for name, right in shown(page, media).items()
        if value(question, name) != right
    ]


def shown(page: Page, media: str) -> dict[str, Any]:
    """What the page shows; a browser drops the blank before a bullet."""
    fields: dict[str, Any] = {name: right or None for name, right in expected(page).items()}
    if media == "html":
        fields = {
            key: right.replace("\n • ", "\n• ") if isinstance(right, str) else right for key, right in fields.items()
        }
    return fields


def cut_faults(page: Page, at: int, cut: Callable[[str], str] = str, media: str = "text") -> list[str]:
    """What is wrong with the record of a page that ends at a place."""
    text, spans = page.text, page.spans()
    try:
        question = read(page, cut(text[:at]), media)
    except DocumentError:
        needed = max(spans[name][1] for name in ("number", "title", "question") if name in spans and needs(page, name))
        return ["rejected"] if needed < at and (media == "text" or text[needed:at].strip()) else []
    faults = []
    for name, right in shown(page, media).items():
        found = value(question, name)
        start, end = spans.get(name, spans.get(name.removeprefix("french."), (0, len(text))))
        if found == right:
            continue
        if name == "status":
            known = found != "open" and (question.problems or page.layout == "piped")  # which has no chronology
            if found not in ("unknown", "answered") and not known:
                faults.append(f"status: {found} for {right}")
        elif end <= at and (media == "text" or text[end:at].strip()):
            faults.append(f"{name} before the cut: {found!r} for {right!r}")
        elif not begins(found, right, name):
            faults.append(f"{name}: {found!r} is no beginning of {right!r}")
        elif start < at and not question.problems and shows(page, at):
            faults.append(f"{name}: {found!r} for {right!r} without a problem")
    return faults


def needs(page: Page, name: str) -> bool:
    """Whether a page cannot be recognised without a field."""
    return name == "number" or (page.layout == "stripped" and name in ("title", "question"))


def begins(found: Any, right: Any, name: str) -> bool:
    if found is None:
        return True
    if name in NEVER_PARTLY or right is None:
        return False
    if isinstance(found, tuple):
        return found == right[: len(found)]  # type: ignore[no-any-return]
    return right.startswith(found)  # type: ignore[no-any-return]


def shows(page: Page, at: int) -> bool:
    """Whether a reader sees that the page was cut off there."""
    text, spans = page.text, page.spans()
    if text[at - 1].isalnum() and text[at].isalnum():
        return True
    if page.layout in ("bulletin", "stripped"):
        return False
    name, start, end = page.piece_at(at)
    in_french = start < at < end and name in ("french.question", "french.answer")
    in_heading = any(
        text[start:at].strip() and at < end - 1 for name, (start, end) in spans.items() if name.startswith("heading")
    )
    return at < spans["language"][1] - 1 or in_french or in_heading


def garbled_faults(page: Page, rng: Random) -> list[str]:
    """What is wrong with the record of a page that was read in the wrong character set, in pieces or as a whole."""
    guess, share = rng.choice(GUESSES), rng.choice([1.0, 0.5, 0.2])
    text = "".join(garbled(piece, guess) if rng.random() < share else piece for _, piece in page.pieces)
    question = read(page, text)
    faults = []
    for name, right in expected(page).items():
        found = value(question, name)
        if found == (right or None):
            continue
        if name in MUST_BE_SURE and not isinstance(right, str):
            if not question.problems:
                faults.append(f"{guess} {name}: {found!r} for {right!r} without a problem")
        elif isinstance(right, str | tuple) and not same_words(found, right, guess) and not question.problems:
            faults.append(f"{guess} {name}: {found!r} for {right!r}")
    return faults


def same_words(found: Any, right: Any, guess: str) -> bool:
    """Whether each word is right or as published."""
    if isinstance(right, tuple):
        return isinstance(found, tuple) and len(found) == len(right) and all(
            same_words(getattr(one, "label", one), getattr(other, "label", other), guess)
            for one, other in zip(found, right, strict=True)
        )  # fmt: skip
    if not isinstance(found, str) or not isinstance(right, str):
        return found == right  # type: ignore[no-any-return]
    words = re.split(r"[ \n]+", found), re.split(r"[ \n]+", right)
    return len(words[0]) == len(words[1]) and all(
        one in (other, garbled(other, guess)) for one, other in zip(*words, strict=True)
    )


def column_faults(rng: Random) -> list[str]:
    """What is wrong with the record of a two-language page as a table."""
    page, html = two_columns(facts(rng))
    return [f"in columns {fault}" for fault in whole_faults(page, read(page, html, "html"), "html")]


def open_html(text: str) -> str:
    """The text as a saved page that was cut off."""
    return as_html(text).removesuffix("</p></body></html>")


def check_seed(seed: int) -> list[str]:
    """The faults of one page: whole as text and HTML, cut at three places as both, garbled."""
    rng = Random(seed)
    page = draw_page(rng)
    faults = whole_faults(page, read(page, page.text))
    for _ in range(2):
        faults += cut_faults(page, rng.randrange(1, len(page.text)))
    faults += whole_faults(page, read(page, as_html(page.text), "html"), "html")
    faults += column_faults(rng)
    if page.layout in ("nl-web", "nl-print", "fr-web", "fr-print"):
        faults += cut_faults(page, rng.randrange(1, len(page.text)), open_html, "html")
    faults += garbled_faults(page, rng)
    return [f"{seed} {page.layout} {fault}" for fault in faults]


@settings(max_examples=60)
@given(st.integers(0, 10**9), st.sampled_from(LAYOUTS))
def test_every_field_of_a_whole_page_is_right(seed: Any, layout: Any) -> None:
    page = draw_page(Random(seed), layout)
    assert whole_faults(page, read(page, page.text)) == []


@settings(max_examples=60)
@given(st.integers(0, 10**9), st.sampled_from(LAYOUTS))
def test_every_field_of_a_whole_saved_page_is_right(seed: Any, layout: Any) -> None:
    rng = Random(seed)
    page = draw_page(rng, layout)
    assert whole_faults(page, read(page, as_html(page.text), "html"), "html") == []
    assert column_faults(rng) == []


@settings(max_examples=100)
@given(st.integers(0, 10**9), st.sampled_from(LAYOUTS), st.floats(0, 1))
def test_a_page_cut_anywhere_is_right_before_the_cut_and_says_nothing_wrong_after_it(
    seed: Any, layout: Any, share: Any
) -> None:
    page = draw_page(Random(seed), layout)
    assert cut_faults(page, 1 + int((len(page.text) - 2) * share)) == []


@settings(max_examples=60)
@given(st.integers(0, 10**9), st.sampled_from(LAYOUTS))
def test_each_word_of_a_garbled_page_is_right_or_as_published(seed: Any, layout: Any) -> None:
    rng = Random(seed)
    assert garbled_faults(draw_page(rng, layout), rng) == []


@settings(max_examples=60)
@given(st.integers(0, 10**9), st.integers(2, 5), st.sampled_from(LAYOUTS))
def test_every_question_of_a_bulletin_is_right(seed: Any, count: Any, _layout: Any) -> None:
    rng = Random(seed)
    legislature, side = rng.randint(1, 3), rng.choice([NL, 1])
    pages = bulletin([facts(rng, awkward=False, legislature=legislature) for _ in range(count)], side, rng)
    questions = parse(document("".join(page.text for page in pages)))
    assert [whole_faults(page, question) for page, question in zip(pages, questions, strict=True)] == [[]] * count


@pytest.mark.slow
def test_a_hundred_thousand_pages() -> None:
    """SEARCHQ_PAGES pages from SEARCHQ_FIRST on (100,000 from 0): run parts of them side by side."""
    first, count = int(os.environ.get("SEARCHQ_FIRST", 0)), int(os.environ.get("SEARCHQ_PAGES", 100_000))
    faults = [fault for seed in range(first, first + count) for fault in check_seed(seed)]
    kinds = Counter(re.sub(r":.*", "", fault.partition(" ")[2]) for fault in faults)
    print(f"\n{count:,} pages from {first:,}: {len(faults):,} faults {dict(kinds)}")
    assert faults[:FAULTS_SHOWN] == []

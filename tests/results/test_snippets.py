from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from searchq.question import FrenchText, Question
from searchq.results.fragments import LONG_SENTENCE, MAX_LENGTH, MIN_LENGTH
from searchq.results.page import Snippet
from searchq.results.sentences import sentence_starts
from searchq.results.snippets import shown, texts
from tests.results.vocabulary import Words, highlighter

FILLER = "Hier staat een gewone zin zonder veel nieuws over het beleid van de dienst. "
WORDS = Words({"trein": ["trein", "treinen"], "vertraging": ["vertraging", "vertragingen"], "bus": ["bus", "bussen"]})


def marking(*terms: Any) -> Any:
    return highlighter([("text", term) for term in terms], WORDS)


def snippets(question: Any, marks: Any) -> Any:
    return shown([question], marks)[0].snippets


def title_highlights(question: Any, marks: Any) -> Any:
    return shown([question], marks)[0].title_highlights


def test_a_whole_sentence_is_shown_and_those_after_it_that_fit() -> None:
    text = FILLER * 8 + "De treinen hadden veel vertraging. " + FILLER * 8
    question = Question("5-1", question=text)
    body = "De treinen hadden veel vertraging. " + (FILLER * 2).strip()
    assert snippets(question, marking("trein", "vertraging")) == (
        Snippet("question", body, ((3, 10), (23, 33)), starts_text=False, ends_text=False),
    )


def test_the_place_with_most_terms_wins_over_the_first() -> None:
    text = "Een trein. " + FILLER * 8 + "Deze trein had vertraging. " + FILLER * 8 + "Een bus."
    (first, *_) = snippets(Question("5-1", question=text), marking("trein", "vertraging"))
    assert first.text.startswith("Deze trein had vertraging.")


def test_a_rare_term_weighs_more_than_two_common_ones() -> None:
    words = Words({"a": ["aap"], "b": ["beer"], "c": ["cobra"]}, {"a": 900, "b": 900, "c": 1})
    text = "De aap en de beer. " + FILLER * 8 + "De cobra is zeldzaam. " + FILLER * 8
    (first, *_) = snippets(Question("5-1", question=text), highlighter([("text", t) for t in "abc"], words))
    assert first.text.startswith("De cobra is zeldzaam.")


def test_question_and_answer_each_give_a_fragment() -> None:
    question = Question("5-1", question="Rijdt de trein?", answer="De trein rijdt.")
    assert [(one.zone, one.highlights) for one in snippets(question, marking("trein"))] == [
        ("question", ((9, 14),)),
        ("answer", ((3, 8),)),
    ]


def test_a_second_fragment_of_the_same_text_brings_another_term() -> None:
    text = "Een trein reed. " + FILLER * 12 + "Een bus ook. " + FILLER * 5
    found = snippets(Question("5-1", answer=text), marking("trein", "bus"))
    assert [one.zone for one in found] == ["answer", "answer"]
    assert {one.text[slice(*one.highlights[0])] for one in found} == {"trein", "bus"}


def test_a_question_found_elsewhere_shows_how_it_begins() -> None:
    question = Question("5-1", question=FILLER * 8, answer="Antwoord.")
    assert snippets(question, marking("trein")) == (
        Snippet("question", (FILLER * 3).strip(), (), starts_text=True, ends_text=False),
    )


def test_a_question_without_texts_has_no_snippets() -> None:
    assert snippets(Question("5-1", title="Titel"), marking("trein")) == ()


def test_the_french_text_is_shown_where_there_is_no_other() -> None:
    question = Question("5-1", french=FrenchText(title="Les trains", question="Combien de trains ?"))
    marks = highlighter([("french", "train")], Words({"train": ["train", "trains"]}))
    assert snippets(question, marks) == (Snippet("french", "Combien de trains ?", ((11, 17),), True, True),)
    assert title_highlights(question, marks) == ((4, 10),)


def test_a_fragment_tells_whether_it_is_of_an_answer_in_either_language() -> None:
    french = FrenchText(question="Combien de trains ?", answer="Trois trains.")
    marks = highlighter([("french", "train")], Words({"train": ["train", "trains"]}))
    asked, answered = snippets(Question("5-1", french=french), marks)
    assert [(one.zone, one.text, one.is_answer) for one in (asked, answered)] == [
        ("french", "Combien de trains ?", False),
        ("french", "Trois trains.", True),
    ]
    (dutch,) = snippets(Question("5-1", answer="De trein rijdt."), marking("trein"))
    assert dutch.is_answer


def test_the_title_is_highlighted() -> None:
    assert title_highlights(Question("5-1", title="NMBS - Treinen"), marking("trein")) == ((7, 14),)


@pytest.mark.parametrize("text", ["<b>trein</b> & <script>", "x" * 5000 + " trein " + "y" * 5000, "trein"])
def test_a_fragment_is_the_text_itself_never_html(text: Any) -> None:
    (snippet,) = snippets(Question("5-1", question=text), marking("trein"))
    assert snippet.text in text
    assert [snippet.text[start:end] for start, end in snippet.highlights] == ["trein"]


def is_sentences(snippet: Any, body: Any) -> bool:
    """Whether a fragment begins and ends where sentences do."""
    start = body.index(snippet.text)
    ends = {*sentence_starts(body), len(body)}
    after = start + len(snippet.text)
    return start in ends and min(end for end in ends if end >= after) - after <= len(body[after:]) - len(
        body[after:].lstrip()
    )


def test_a_long_sentence_is_shown_whole() -> None:
    long = "Daarom " + "vraagt de dienst " * 25 + "naar de trein en " + "verder niets meer " * 5 + "daarover."
    assert 300 < len(long) < LONG_SENTENCE
    text = f"Een eerste zin staat hier. {long} Nog een zin."
    (snippet,) = snippets(Question("5-1", question=text), marking("trein"))
    assert snippet.text == long


def test_a_word_far_into_a_long_text_is_marked() -> None:
    text = "Een zin zonder iets. " * 60_000 + "Dan pas komt de trein."
    (snippet,) = snippets(Question("5-1", question=text), marking("trein"))
    assert snippet.highlights and snippet.text.endswith("trein.")
    many = [Question(f"5-{at}", question=text) for at in range(1, 13)]
    found = [one.snippets[0].highlights != () for one in shown(many, marking("trein"))]
    assert found[0] and not found[-1] and found == sorted(found, reverse=True)  # the time for all of them has a bound


def extent(text: str, first: int, last: int, most: int) -> tuple[int, int] | None:
    """The whole sentences around a mark that fit in so many characters, the slow way: every boundary is known."""
    bounds = [*sentence_starts(text), len(text)]
    befores, ends = [at for at in bounds if at <= first], [at for at in bounds if at >= last and at > first]
    nearest = befores[-1]
    enough = [at for at in ends if MIN_LENGTH <= at - nearest <= most]
    short = [at for at in ends if at - nearest < MIN_LENGTH]
    if enough and (not short or enough[0] > short[-1]):
        return nearest, enough[0]
    if not short:
        return None
    near = [at for at in befores if short[-1] - at <= most]
    return next((at for at in reversed(near) if short[-1] - at >= MIN_LENGTH), near[0]), short[-1]


SENTENCES = st.lists(st.integers(1, 60).map(lambda words: "Zin " + "woorden " * words + "einde."), max_size=8)


@given(SENTENCES, SENTENCES, st.integers(0, 70), st.integers(0, 70))
def test_a_fragment_is_the_whole_sentences_that_fit(before: Any, after: Any, left: int, right: int) -> None:
    text = " ".join([*before, "De " + "goede " * left + "trein " + "staat " * right + "stil.", *after])
    first = text.index("trein")
    whole = extent(text, first, first + 5, MAX_LENGTH) or extent(text, first, first + 5, LONG_SENTENCE)
    (snippet,) = snippets(Question("5-1", question=text), marking("trein"))
    if whole:
        assert snippet.text == text[slice(*whole)].strip()
    else:
        assert len(snippet.text) <= MAX_LENGTH and not is_sentences(snippet, text)


TERMS = st.sets(st.sampled_from(["trein", "vertraging", "bus"]))
PIECES = st.lists(st.sampled_from(["trein", "vertraging.", "Bus", "woord", "Zin.", "nr. 5", "\n", "z" * 60, "1."]))


@given(PIECES, PIECES, TERMS)
def test_fragments_keep_their_promises(asked: Any, answered: Any, terms: Any) -> None:
    question = Question("5-1", question=" ".join(asked), answer=" ".join(answered))
    found = snippets(question, marking(*terms))
    bodies = {zone: text for zone, text, _ in texts(question)}
    assert len(found) <= 2
    for snippet in found:
        body = bodies[snippet.zone]
        assert snippet.text in body
        assert len(snippet.text) <= MAX_LENGTH + 1 or (
            len(snippet.text) <= LONG_SENTENCE and is_sentences(snippet, body)
        )
        assert snippet.text == snippet.text.strip()
        assert snippet.starts_text == body.strip().startswith(snippet.text) or not snippet.starts_text
        flat = [place for span in snippet.highlights for place in span]
        assert flat == sorted(flat) and all(0 <= place <= len(snippet.text) for place in flat)
    marked = marking(*terms)
    if any(marked.marks(list(bodies.items()))):
        assert all(snippet.highlights for snippet in found)


@given(st.lists(st.tuples(PIECES, PIECES, PIECES), max_size=4), TERMS)
def test_the_questions_of_a_page_are_shown_as_each_alone(pages: Any, terms: Any) -> None:
    questions = [Question("5-1", title=" ".join(a), question=" ".join(b), answer=" ".join(c)) for a, b, c in pages]
    phrase = ("question_exact", ("woord", "trein"))
    marks = highlighter([("text", term) for term in terms], WORDS, [phrase])
    assert shown(questions, marks) == [shown([question], marks)[0] for question in questions]

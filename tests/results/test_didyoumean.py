"""Which words of a text are doubted: those the parser read as words, whatever stands around them."""

from types import SimpleNamespace
from typing import Any

import pytest

from searchq.query.hits import Hits
from searchq.query.language import parse
from searchq.query.request import Request
from searchq.query.suggestion import KnownWord
from searchq.results.didyoumean import did_you_mean
from tests.results.vocabulary import NoIndex


class Doubter(NoIndex):
    """An engine that knows no word, finds another for each, and finds something for those only."""

    def about(self) -> Any:
        return SimpleNamespace(questions=1000)

    def known_words(self, words: Any) -> Any:
        return [None for _ in words]

    def spellings(self, word: Any) -> Any:
        return (KnownWord(f"{word}x", 50, is_listed=True, distance=1.0),)

    def search(self, request: Any) -> Any:
        total = int("x" in request.text.lower())
        return Hits(request, total, total, ())


MENDED = {
    "asiel": "asielx",
    "ASIELZOEKERS": "ASIELZOEKERSX",
    "PFOS": None,  # an acronym
    "Biden": None,  # a name
    "asiel SAUF opvang": "asielx SAUF opvangx",
    "asiel PRÈS/5 opvang": "asielx PRÈS/5 opvangx",
    "asiel && -opvang": "asielx && -opvangx",
    "titre:asiel": "titre:asielx",
    "«sociale media»~3": "«socialex mediax»~3",
    "datum:april 2013 asiel": "datum:april 2013 asielx",
    "onder* facebok~ wild?ard asiel^2": "onder* facebok~ wild?ard asielx^2",
    "asiel [kosten TOT media]": "asielx [kosten TOT media]",
    "5-8902": None,
    "as\u200biel": "asielx",  # one word, whatever is invisible in it
    "onder*": None,
    "asiel opvang media kosten": None,  # more are no slips
}


@pytest.mark.parametrize("text", MENDED)
def test_words_are_mended_and_nothing_else_of_the_text(text: Any) -> None:
    engine = Doubter()
    assert did_you_mean(Request(text), parse(text, engine), 0, engine) == MENDED[text]  # type: ignore[arg-type]


def texts_meant(words: Any, listed: Any = (), total: int = 40_000, **texts: Any) -> Any:
    """A function of a text to what is offered for it; `words` with their frequencies, other texts with their counts."""
    known = {word: KnownWord(word, count, word in listed) for word, count in words.items()}
    near = {
        "migratei": [KnownWord("migratie", 5105, True, distance=1.0)],
        "zorgen": [KnownWord("zorg", 900, True, distance=1.0)],
        "nbms": [KnownWord("nmbs", 900, distance=1.0), KnownWord("nabs", 5000, True, distance=1.0)],
        "zaventum": [KnownWord("zaventem", 100, distance=1.0), KnownWord("zaventen", 100, True, distance=1.0)],
    }

    class Engine(Doubter):
        def about(self) -> Any:
            return SimpleNamespace(questions=total)

        def known_words(self, words: Any) -> Any:
            return [known.get(word) for word in words]

        def spellings(self, word: Any) -> Any:
            return near.get(word, ())

        def search(self, request: Any) -> Any:
            text = request.text.lower()
            found = texts.get(text, words.get(text, 0))
            return Hits(request, found, found, ())

    engine = Engine()
    return lambda text: did_you_mean(Request(text), parse(text, engine), texts.get(text.lower(), 0), engine)  # type: ignore[arg-type]


def test_a_rare_word_of_no_dictionary_is_doubted_beside_a_far_more_frequent_one() -> None:
    words = {"migratei": 11, "migratie": 5105, "zorgen": 11, "zorg": 900}
    meant = texts_meant(words, listed=("migratie", "zorgen", "zorg"), migratei=11, zorgen=11)
    assert (meant("migratei"), meant("zorgen")) == ("migratie", None)
    assert texts_meant(words, total=4000, migratei=11)("migratei") is None  # rare is what few of all questions have


def test_acronyms_and_names_become_no_words() -> None:
    words = {"nbms": 1, "nmbs": 900, "nabs": 5000, "zaventem": 100, "zaventen": 100}
    meant = texts_meant(words, listed=("nabs", "zaventen"), nbms=1)
    assert (meant("NBMS"), meant("Zaventum"), meant("zaventum")) == ("NMBS", "Zaventem", "zaventem")


def test_an_acronym_that_begins_otherwise_is_another_one() -> None:
    engine = SimpleNamespace(
        about=lambda: SimpleNamespace(questions=40_000),
        known_words=lambda words: [None for _ in words],
        spellings=lambda word: [KnownWord("sids", 40, distance=1.0)],
        search=lambda request: Hits(request, 40 * (request.text == "SIDS"), 0, ()),
    )
    assert did_you_mean(Request("ISDS"), parse("ISDS", Doubter()), 0, engine) is None


def test_a_compound_written_apart_is_joined_where_its_halves_are_not_words_on_their_own() -> None:
    words = {"kinder": 3, "bijslag": 40, "kinderbijslag": 160, "asiel": 3000, "opvang": 2000, "asielopvang": 160}
    meant = texts_meant(words, listed=words, **{"kinder bijslag": 200, "asiel opvang": 1000})
    assert (meant("kinder bijslag"), meant("asiel opvang")) == ("kinderbijslag", None)
    assert meant('"kinder bijslag"') is None


def test_words_run_together_are_parted_as_documents_have_them() -> None:
    words = {"openbaar": 292, "vervoer": 533, "openbaarvervoer": 2}
    texts = {"openbaar vervoer": 177, '"openbaar vervoer"': 60, "openbaarvervoer": 71}
    assert texts_meant(words, listed=("openbaar", "vervoer"), **texts)("openbaarvervoer") == "openbaar vervoer"
    assert texts_meant(words, listed=words, **texts)("openbaarvervoer") is None  # a word of the dictionary

"""Which words of a text are doubted: those the parser read as words, whatever stands around them."""

import pytest

from searchq.query.facet_table import facet_named
from searchq.query.hits import Hits
from searchq.query.language import parse
from searchq.query.request import Request
from searchq.query.suggestion import Spelling
from searchq.query.values import ValueTable
from searchq.results.didyoumean import did_you_mean


class Doubter:
    """An engine that knows no word, finds another for each, and finds something for those only."""

    def analyze(self, word, language="nl"):
        return None

    def document_frequency(self, field, term):
        return 0

    def value_table(self, facet):
        return ValueTable(facet_named(facet), ())

    def blob(self, name):
        return None

    def frequencies(self, words):
        return [None for _ in words]

    def spellings(self, word):
        return (Spelling(f"{word}x", 50),)

    def search(self, request):
        total = int("x" in request.text.lower())
        return Hits(request, total, total, ())


MENDED = {
    "asiel": "asielx",
    "ASIEL": "ASIELX",
    "asiel SAUF opvang": "asielx SAUF opvangx",
    "asiel PRÈS/5 opvang": "asielx PRÈS/5 opvangx",
    "asiel && -opvang": "asielx && -opvangx",
    "titre:asiel": "titre:asielx",
    "«sociale media»~3": "«socialex mediax»~3",
    "datum:april 2013 asiel": "datum:april 2013 asielx",
    "onder* facebok~ wild?ard asiel^2": "onder* facebok~ wild?ard asielx^2",
    "asiel [kosten TOT media]": "asielx [kosten TOT media]",
    "5-8902": None,
    "as\u200biel": None,  # read as one word, written as two
    "onder*": None,
    "asiel opvang media kosten": None,  # more are no slips
}


@pytest.mark.parametrize("text", MENDED)
def test_words_are_mended_and_nothing_else_of_the_text(text):
    engine = Doubter()
    assert did_you_mean(Request(text), parse(text, engine), 0, engine) == MENDED[text]

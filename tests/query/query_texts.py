"""Random query texts: any characters at all, and texts put together from the signs and words of the query language."""

from hypothesis import strategies as st


def _row(text: str) -> tuple[str, ...]:
    return tuple(text.split(" "))


WORDS = _row(
    "asiel opvang migratie de van wiskunde onderwijs école foto's officiële e\u0301e\u0301n 1 565 2013 5-8902 "
    "30/4/2013 CD&V sp.a Groen! http://www.senate.be 12:30 @fod ‘s ´t 2085,50 x 日本 𝕬 ß ﬁ İ ١٢"
)
SIGNS = tuple("()[]{}\"'“”„‟«»‘’‚‹›`*?~^:-+/&|!.,;<>=…≤≥–\u200b\u00ad\ufeff\x00\n\t\u3000＂（\ud800\u0301")
OPERATORS = _row("AND EN ET && OR OF OU || NOT NIET NON SAUF NEAR NABIJ/5 PRÈS/3 NEAR/99999999999 TO")
FIELDS = _row(
    "titel vraag antwoord minister portefeuille indiener partij trefwoord status taal zitting maand zittingsperiode "
    "jaar rappel nummer datum beantwoord termijn ministr veld"
)
SUFFIXES = ("", "", "", "*", "~", "~2", "~5", "^2", "^0,5", "^99999", "~5^2", "?")
VALUES = ("2013", "2013-04", ">2013", "<=30", "31..60", "2013..", "..2013", "5-8902", "5-89*", "366+", "[2012 TO 2013]")

any_text = st.text(st.characters(), max_size=600)  # surrogates, controls and unassigned characters included
leaves = st.tuples(st.sampled_from(WORDS), st.sampled_from(SUFFIXES)).map("".join) | st.sampled_from(VALUES)


def _larger(texts: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    suffixes = st.sampled_from(SUFFIXES)
    return st.one_of(
        st.lists(texts, max_size=5).map(" ".join),
        st.tuples(texts, st.sampled_from(OPERATORS), texts).map(" ".join),
        st.tuples(st.sampled_from(["-", "+", "NIET ", "- "]), texts).map("".join),
        st.tuples(st.sampled_from(FIELDS), st.sampled_from([":", ": "]), texts).map("".join),
        st.tuples(st.just("("), texts, st.just(")"), suffixes).map("".join),
        st.tuples(st.sampled_from('"“„«‘'), texts, st.sampled_from('"”“»’'), suffixes).map("".join),
    )


sound = st.recursive(leaves, _larger, max_leaves=12)
pieces = st.one_of(st.sampled_from(WORDS + SIGNS + SUFFIXES + VALUES + (" ",)), st.sampled_from(OPERATORS + FIELDS))
broken = st.lists(pieces, max_size=80).map("".join)
query_texts = st.one_of(any_text, sound, broken)

"""Random small collections and random query trees over them, for tests against an oracle."""

from hypothesis import strategies as st
from whoosh.query import (
    And,
    AndMaybe,
    AndNot,
    ConstantScoreQuery,
    DisjunctionMax,
    Every,
    FuzzyTerm,
    Not,
    NullQuery,
    NumericRange,
    Or,
    Phrase,
    Prefix,
    Regex,
    Require,
    Term,
    TermRange,
    Wildcard,
)
from whoosh.query.spans import SpanContains, SpanFirst, SpanNear, SpanNear2, SpanOr

from searchq.numbers import number_order

WORDS = ("aap", "aapje", "noot", "nood", "mies", "wim", "wiel", "zus")
POSITIONED = ("title", "question", "question_exact")
BOOSTS = st.sampled_from((1.0, 1.0, 1.0, 2.0, 0.5))

words = st.sampled_from(WORDS)
texts = st.lists(words, max_size=12).map(" ".join)
fields = st.sampled_from(("text", *POSITIONED))
positioned = st.sampled_from(POSITIONED)
days = st.integers(734000, 734010)

documents = st.fixed_dictionaries(
    {},
    optional={
        "text": texts,
        "title": texts,
        "question": texts,
        "question_exact": texts,
        "party": st.sampled_from(("sp.a", "N-VA", "Ecolo")),
        "keyword": st.lists(st.sampled_from(("pers", "media", "recht")), unique=True).map(",".join),
        "date": days,
    },
)


@st.composite
def collections(draw, segments=3, most=8):
    """Documents in segments, and the numbers of some to delete."""
    parts = draw(st.lists(st.lists(documents, min_size=1, max_size=most), min_size=1, max_size=segments))
    numbered, serial = [], 0
    for part in parts:
        numbered.append([])
        for document in part:
            serial += 1
            numbered[-1].append({**document, "number": f"5-{serial}", "number_order": number_order(f"5-{serial}")})
    deleted = draw(st.sets(st.integers(1, serial), max_size=serial // 2))
    return numbered, tuple(f"5-{number}" for number in sorted(deleted))


terms = st.builds(Term, fields, words, boost=BOOSTS)
located = st.builds(Term, positioned, words)
phrases = st.builds(Phrase, positioned, st.lists(words, min_size=1, max_size=3), slop=st.integers(1, 3), boost=BOOSTS)
many_words = st.one_of(
    st.builds(Prefix, fields, st.sampled_from(("a", "aap", "no", "w", "q"))),
    st.builds(Wildcard, fields, st.sampled_from(("aa?*", "n?o*", "*s", "?i?", "no[td]*"))),
    st.builds(Regex, fields, st.sampled_from(("a+p", "noo[td]", "wi(m|el)", "m?ies", "zus|aap"))),
    st.builds(FuzzyTerm, fields, st.sampled_from(("aap", "noot", "wim", "zuz")), prefixlength=st.integers(0, 1)),
    st.builds(TermRange, fields, st.sampled_from(("a", "mies", None)), st.sampled_from(("noot", "zz", None))),
)
scored_words = st.one_of(
    st.builds(Prefix, fields, st.sampled_from(("a", "aap", "no", "w", "q")), constantscore=st.just(False)),
    st.builds(Wildcard, fields, st.sampled_from(("aa?*", "n?o*", "*s", "?i?")), constantscore=st.just(False)),
)
ranges = st.builds(NumericRange, st.just("date"), days | st.none(), days | st.none(), st.booleans(), st.booleans())
plain_leaves = st.one_of(
    terms,
    terms,
    phrases,
    scored_words,
    st.builds(ConstantScoreQuery, many_words, st.sampled_from((1.0, 2.5))),
    st.builds(Term, st.just("party"), st.sampled_from(("sp.a", "N-VA", "PS"))),
    st.builds(Term, st.just("keyword"), st.sampled_from(("pers", "media"))),
    st.builds(Every, st.sampled_from((None, "title", "party", "date")), boost=BOOSTS),
    ranges,
    st.just(NullQuery),
)


def spans(leaves):
    """Nearness of leaves and of each other."""
    pairs = st.lists(leaves, min_size=2, max_size=3)
    slops = st.integers(1, 4)
    return st.one_of(
        st.builds(SpanNear2, pairs, slop=slops, ordered=st.booleans()),
        st.builds(SpanNear, leaves, leaves, slop=slops, ordered=st.booleans()),
        st.builds(SpanOr, pairs),
        st.builds(Or, st.tuples(leaves, leaves).map(list)),  # of three, Whoosh may lose the positions
        st.builds(And, pairs),
    )


near = st.recursive(located | phrases, spans, max_leaves=4)
bridged = st.one_of(
    st.builds(SpanFirst, located, limit=st.integers(0, 4)),
    st.builds(SpanContains, st.builds(SpanNear, located, located, slop=st.just(3)), located),
)


def stock_compounds(children):
    """Inner nodes that stock Whoosh 2.7.4 computes as its documentation says (a Not within a Not once mended)."""
    several = st.lists(children, min_size=1, max_size=4)
    return st.one_of(
        st.builds(And, several, boost=BOOSTS),
        st.builds(Or, several, boost=BOOSTS),
        st.builds(Not, children),
        st.builds(ConstantScoreQuery, children, st.sampled_from((1.0, 2.0))),
    )


def mended_compounds(children):
    """Those that it computes so once mended, too."""
    return st.one_of(
        stock_compounds(children),
        st.builds(DisjunctionMax, st.lists(children, min_size=1, max_size=4), boost=BOOSTS),
        st.builds(AndNot, children, children),
        st.builds(AndMaybe, children, children),
        st.builds(Require, children, children),
    )


stock_trees = st.recursive(plain_leaves | near | bridged, stock_compounds, max_leaves=6)
mended_trees = st.recursive(plain_leaves | near | bridged, mended_compounds, max_leaves=8)

"""Random small collections and random query trees over them, for tests against an oracle."""

from typing import Any

from hypothesis import strategies as st

from searchq.numbers import number_order
from searchq.query.tree import (
    AllOf,
    AnyOf,
    AnyValue,
    BestOf,
    Everything,
    Filter,
    Fuzzy,
    Near,
    Nothing,
    Phrase,
    Prefix,
    Range,
    Term,
    Wildcard,
    Without,
)

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
def collections(draw: Any, segments: int = 3, most: int = 8) -> Any:
    """Documents in segments, and the numbers of some to delete."""
    parts = draw(st.lists(st.lists(documents, min_size=1, max_size=most), min_size=1, max_size=segments))
    numbered, serial = [], 0  # type: ignore[var-annotated]
    for part in parts:
        numbered.append([])
        for document in part:
            serial += 1
            numbered[-1].append({**document, "number": f"5-{serial}", "number_order": number_order(f"5-{serial}")})
    deleted = draw(st.sets(st.integers(1, serial), max_size=serial // 2))
    return numbered, tuple(f"5-{number}" for number in sorted(deleted))


def rows(parts: Any, least: Any, most: Any) -> Any:
    return st.lists(parts, min_size=least, max_size=most).map(tuple)


terms = st.builds(Term, fields, words, BOOSTS)
located = st.builds(Term, positioned, words)
phrases = st.builds(Phrase, positioned, rows(words, 1, 3), st.integers(1, 3), BOOSTS)
many_words = st.one_of(
    st.builds(Prefix, fields, st.sampled_from(("a", "aap", "no", "w", "q"))),
    st.builds(Wildcard, fields, st.sampled_from(("aa?*", "n?o*", "*s", "?i?", "no[td]*"))),
    st.builds(Fuzzy, fields, st.sampled_from(("aap", "noot", "wim", "zuz")), prefix_length=st.integers(0, 1)),
)
ranges = st.builds(Range, st.just("date"), days | st.none(), days | st.none())
plain_leaves = st.one_of(
    terms,
    terms,
    phrases,
    st.builds(Filter, many_words),
    st.builds(Term, st.just("party"), st.sampled_from(("sp.a", "N-VA", "PS"))),
    st.builds(Term, st.just("keyword"), st.sampled_from(("pers", "media"))),
    st.builds(Everything),
    st.builds(AnyValue, st.sampled_from(("party", "keyword", "legislature"))),
    ranges,
    st.builds(Nothing),
)


def spans(leaves: Any) -> Any:
    """Nearness of leaves and of each other."""
    return st.one_of(
        st.builds(Near, rows(leaves, 2, 3), st.integers(1, 4), st.integers(0, 1)),
        st.builds(AnyOf, rows(leaves, 2, 2)),  # of three, Whoosh may lose the positions
        st.builds(AllOf, rows(leaves, 2, 3)),
    )


near = st.recursive(located | phrases, spans, max_leaves=4)


def stock_compounds(children: Any) -> Any:
    """Inner nodes that stock Whoosh 2.7.4 computes as its documentation says."""
    several = rows(children, 1, 4)
    return st.one_of(st.builds(AllOf, several), st.builds(AnyOf, several), st.builds(Filter, children))


def mended_compounds(children: Any) -> Any:
    """Those that it computes so once mended, too."""
    return st.one_of(
        stock_compounds(children),
        st.builds(BestOf, rows(children, 1, 4)),
        st.builds(Without, children, children),
        st.builds(Without, st.builds(Everything), children),
    )


stock_trees = st.recursive(plain_leaves | near, stock_compounds, max_leaves=6)
mended_trees = st.recursive(plain_leaves | near, mended_compounds, max_leaves=8)

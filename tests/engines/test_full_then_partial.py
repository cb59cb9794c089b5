"""Full and partial matches as one: ascending, each with its own score, and the partial ones known as such."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from searchq.engines.embedded.execution.matches import Matches, Places, Scores
from searchq.engines.embedded.ranked_docs import _full_then_partial


def _matches(scores: dict[int, float]) -> Matches:
    docs = np.array(sorted(scores), np.intp)
    values = np.array([scores[doc] for doc in sorted(scores)], np.float32)

    def score(places: Places | None) -> Scores:
        return values if places is None else values[places]

    return Matches(docs, score)


@given(st.dictionaries(st.integers(0, 60), st.tuples(st.floats(0, 9, width=32), st.booleans())), st.data())
def test_both_sorts_of_matches_as_one(held: dict[int, tuple[float, bool]], data: st.DataObject) -> None:
    sorts = [{doc: score for doc, (score, partial) in held.items() if partial is sort} for sort in (False, True)]
    both, is_partial = _full_then_partial(*map(_matches, sorts))
    assert both.docs.tolist() == sorted(held)
    assert is_partial.tolist() == [held[doc][1] for doc in sorted(held)]
    scores = both.score(None)
    assert scores.tolist() == [held[doc][0] for doc in sorted(held)]
    assert (str(both.docs.dtype), str(scores.dtype)) == (np.dtype(np.intp).name, "float32")
    if held:
        places = np.array(sorted(data.draw(st.sets(st.sampled_from(range(len(held)))))), np.intp)
        assert both.score(places).tolist() == scores[places].tolist()

"""A queue by visitor, against the obvious one."""

from hypothesis import given, settings
from hypothesis import strategies as st

from searchq.web.fair_queue import FairQueue


@settings(max_examples=60)
@given(st.lists(st.one_of(st.sampled_from("abc"), st.none()), max_size=30), st.sets(st.sampled_from("abc")))
def test_visitors_take_turns_and_nothing_is_lost(steps: list[str | None], barred: set[str]) -> None:
    queue: FairQueue[int] = FairQueue()
    order: list[str] = []
    items: dict[str, list[int]] = {}
    for number, visitor in enumerate(steps):
        if visitor is not None:
            queue.put(visitor, number)
            items.setdefault(visitor, []).append(number)
            if visitor not in order:
                order.append(visitor)
            continue
        expected = next((one for one in order if one not in barred), None)
        found = queue.take(lambda one: one not in barred)
        if expected is None:
            assert found is None
            continue
        assert found == (expected, items[expected].pop(0))
        order.remove(expected)
        if items[expected]:
            order.append(expected)
    assert len(queue) == sum(map(len, items.values()))


def test_an_item_is_removed_once() -> None:
    queue: FairQueue[int] = FairQueue()
    queue.put("a", 1)
    queue.put("a", 2)
    assert [queue.remove("a", 1), queue.remove("a", 1), queue.remove("b", 2)] == [True, False, False]
    assert (queue.take(), queue.take(), len(queue)) == (("a", 2), None, 0)

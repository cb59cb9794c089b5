"""Which words translate each other, learned from sentences."""

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from searchq.analysis.word_alignment import learn_translations

SENTENCES = [
    ("trein te laat", "train en retard"),
    ("trein station", "train gare"),
    ("station gesloten", "gare fermée"),
    ("school gesloten", "école fermée"),
    ("school te laat", "école en retard"),
    ("trein school", "train école"),
]
PAIRS = [(one.split(), other.split()) for one, other in SENTENCES]


def test_words_that_keep_occurring_together_translate_each_other() -> None:
    learned = learn_translations(PAIRS, rare=1)
    best = {word: found[0][0] for word, found in learned.items()}
    assert best["trein"] == "train"
    assert best["station"] == "gare"
    assert best["school"] == "école"
    assert best["gesloten"] == "fermée"


def test_the_other_direction_is_learned_from_the_pairs_turned() -> None:
    learned = learn_translations([(other, one) for one, other in PAIRS], rare=1)
    assert learned["gare"][0][0] == "station"


def test_a_rare_word_is_not_learned() -> None:
    assert "station" not in learn_translations(PAIRS, rare=3)
    assert "trein" in learn_translations(PAIRS, rare=3)


def test_the_order_of_the_pairs_does_not_matter() -> None:
    def rounded(pairs: Any) -> Any:
        learned = learn_translations(pairs, rare=1)
        return {word: [(other, round(chance, 6)) for other, chance in found] for word, found in learned.items()}

    assert rounded(PAIRS) == rounded(PAIRS[::-1])


_sentences = st.lists(st.sampled_from("abcdef"), max_size=4, unique=True)


@settings(max_examples=50)
@given(st.lists(st.tuples(_sentences, _sentences), max_size=12))
def test_likelihoods_are_shares_the_likeliest_first(pairs: Any) -> None:
    for found in learn_translations(pairs, rare=1).values():
        chances = [chance for _, chance in found]
        assert 0 < len(chances) <= 4
        assert chances == sorted(chances, reverse=True)
        assert sum(chances) <= 1 + 1e-9
        assert min(chances) >= 0.08


def slow_learned(pairs: Any, rounds: Any) -> Any:
    """The same model as it stands in the book: a table of all pairs of words, and no word is pruned."""
    words = sorted({word for one, _ in pairs for word in one})
    others = sorted({word for _, other in pairs for word in other})
    chance = {(word, other): sum(word in a and other in b for a, b in pairs) for word in words for other in others}
    for _ in range(rounds):
        normal = {word: sum(chance[word, other] for other in others) for word in words}
        chance = {
            (word, other): share / normal[word] if normal[word] else 0.0  # type: ignore[misc]
            for (word, other), share in chance.items()
        }
        shares = dict.fromkeys(chance, 0.0)
        for one, translated in pairs:
            for other in translated:
                total = 1e-3 + sum(chance[word, other] for word in one)
                for word in one:
                    shares[word, other] += chance[word, other] / total
        chance = shares  # type: ignore[assignment]
    return chance


def test_it_is_model_1_of_the_book() -> None:
    slow = slow_learned(PAIRS, 5)
    for word, found in learn_translations(PAIRS, rare=1).items():
        total = sum(share for (one, _), share in slow.items() if one == word)
        for other, chance in found:
            assert abs(slow[word, other] / total - chance) < 0.02

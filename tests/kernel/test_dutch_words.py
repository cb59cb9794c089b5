"""The analysis of Dutch words in C gives what that in Python does, word by word."""

import random
from collections.abc import Iterable
from functools import cache
from typing import Any, cast

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from searchq.analysis.compiled import compiled_words
from searchq.analysis.compounds import parts
from searchq.analysis.dutch import analyze_word
from searchq.analysis.lexicon import Dictionary, dictionary, loaded, packed_dictionary
from searchq.analysis.packed import Entries, pack, unpack
from searchq.analysis.stemmer import stem
from searchq.analysis.wordlists import words_of
from searchq.index.write.term_ids import TermIds, analyzers

DutchWords = pytest.importorskip(
    "searchq.kernel.dutch", reason="searchq was installed without a compiler: nothing was built in C"
).DutchWords

ENDINGS = ("", "en", "s", "heden", "tje", "de", "t", "end", "ste", "ë", "iën", "'s", "eerd", "ingen", "je", "ische")
STARTS = ("", "ge", "aan", "be", "overeen", "ex", "on", "anti", "lucht", "stads")
LISTS = ("overrides", "strong_verbs", "no_parts", "short_parts", "no_compounds", "short_vowels", "stop_words", "names")


@cache
def compiled() -> Any:
    words = compiled_words(packed_dictionary())
    assert words is not None, "searchq was built in C from other sources than these"
    return words


@cache
def plain() -> Dictionary:
    """The same dictionary, analysed in Python alone."""
    return Dictionary(unpack(packed_dictionary()))


@cache
def forms() -> list[str]:
    return sorted(plain_entries().lemmas)


@cache
def plain_entries() -> Entries:
    return unpack(packed_dictionary())


def check(words: Iterable[str]) -> None:
    fast = dictionary()
    for word in words:
        assert analyze_word(word, fast) == analyze_word(word, plain()), word
        assert compiled().stem(word) in (None, tuple(stem(word, plain()))), word
        assert compiled().parts(word) in (None, parts(word, plain())), word


def test_forms_of_the_dictionary() -> None:
    check(random.Random(1).sample(forms(), 1500))


@pytest.mark.slow
def test_every_form_of_the_dictionary() -> None:
    check(forms())


@pytest.mark.parametrize("name", LISTS)
def test_words_of_the_lists(name: str) -> None:
    words = sorted({word.lower().strip("*,=") for word in words_of(f"{name}.txt")})
    check(random.Random(2).sample(words, min(len(words), 400)))


def test_nearly_every_word_of_letters_is_analysed_in_c() -> None:
    words = [word for word in random.Random(3).sample(forms(), 2000) if word.isalpha()]
    assert sum(compiled().terms(word) is None for word in words) < len(words) / 50


@settings(max_examples=30)
@given(st.randoms(use_true_random=False))
def test_words_made_of_forms_and_endings(chance: random.Random) -> None:
    for _ in range(10):
        beginning, joint, ending = (chance.choice(some) for some in (STARTS, ("", "s", "en"), ENDINGS))
        short = chance.choice(forms())[: chance.randint(1, 9)]
        check([beginning + chance.choice(forms()) + joint + short + ending])


@given(st.lists(st.text(max_size=80) | st.text("abdefgijnrstëén'-", max_size=70)))
def test_any_text_is_analysed_alike(words: list[str]) -> None:
    check(words)


PIECES = (
    "l'",
    "qu'",
    "d'",
    "www.",
    "@",
    "'s",
    "'er",
    "'tje",
    "2016",
    "co2",
    "x²",
    "½",
    "e",
    "-",
    "'",
    "&",
    ".",
    "_",
    "/",
)


@settings(max_examples=60)
@given(st.lists(st.sampled_from(PIECES) | st.integers(0, 300_000), max_size=9), st.text("-'&@._", max_size=2))
def test_words_of_several_pieces_are_analysed_alike(pieces: list[str | int], joint: str) -> None:
    check([joint.join(one if isinstance(one, str) else forms()[one] for one in pieces)])


@given(st.lists(st.text("0129.,/-", min_size=1, max_size=9) | st.from_regex(r"(19|20)?[0-9]{1,6}", fullmatch=True)))
def test_numbers_are_analysed_alike(words: list[str]) -> None:
    check(words)


def test_numbers_without_a_year_are_analysed_in_c() -> None:
    assert [compiled().terms(word) for word in ("12", "1.234,50", "5-8902")] == [
        ((word,), "number") for word in ("12", "1.234,50", "5-8902")
    ]
    assert compiled().terms("2016") is None


SEVERAL = (
    "wiskunde-onderwijs kmo's l'union qu'il d's 's cd&v @fod_financien www.belgium.be hbo5-verpleegkundige x²-²"
    " st-truiden st- st-st procureurs-generaal processen-verbaal"
    " gentse-feesten e-mail - 2016-databank schepen-schepen info@fgov.be a-a-a-a-a-a-a-a-a-a-a-a-a-a-a-a-a"
)


@pytest.mark.parametrize("word", SEVERAL.split())
def test_words_of_several_pieces(word: str) -> None:
    check([word])


def test_nearly_every_word_of_several_pieces_is_analysed_in_c() -> None:
    words = ["wiskunde-onderwijs", "kmo's", "l'union", "cd&v", "@fod_financien", "www.belgium.be", "hbo5-school"]
    assert all(compiled().terms(word) for word in words)


def test_terms_of_many_words_refuse_what_is_no_list_of_words() -> None:
    kinds, none = tuple(range(8)), str.split
    wrong: list[tuple[Any, ...]] = [(("a",), kinds, none), (["a"], kinds[1:], none), (["a"], kinds), ([5], kinds, none)]
    for arguments in wrong:
        with pytest.raises((TypeError, ValueError)):
            compiled().all_terms(*arguments)


def test_terms_of_many_words_ask_for_what_c_leaves() -> None:
    kinds, odd = tuple(range(8)), cast(Any, lambda word: [word])
    assert compiled().all_terms(["2016", "de"], kinds, lambda word: [(word, 9)]) == ([1, 0], ["2016"], [9])
    with pytest.raises(TypeError, match="pair"):
        compiled().all_terms(["2016"], kinds, odd)
    with pytest.raises(ZeroDivisionError):
        compiled().all_terms(["2016"], kinds, lambda word: [(word, 1 // 0)])


@pytest.mark.parametrize("word", ["", "en" * 40_000, "e" * 64, "s" * 49, "ge" * 32, "\0", "\x7f", "ÿ" * 64, "🚂"])
def test_odd_words(word: str) -> None:
    check([word])


@settings(max_examples=40)
@given(st.dictionaries(st.text("adegknrstv", min_size=1, max_size=9), st.booleans(), min_size=1), st.data())
def test_any_dictionary(listed: dict[str, bool], data: Any) -> None:
    words = sorted(listed)
    lemmas = {word: data.draw(st.sampled_from(words)) for word in words}
    verbs = {word for word, is_verb in listed.items() if is_verb}
    entries = Entries(lemmas | {lemma: lemma for lemma in lemmas.values()}, {}, verbs, set(words) - verbs)
    fast, slow = loaded(pack(entries)), Dictionary(entries)
    for one in words:
        for word in (one, one + data.draw(st.sampled_from(words)), one + data.draw(st.sampled_from(ENDINGS))):
            assert analyze_word(word, fast) == analyze_word(word, slow), word


@settings(max_examples=25)
@given(st.integers(0, 200), st.binary(max_size=4))
def test_damaged_bytes_are_refused_or_read(place: int, other: bytes) -> None:
    packed = pack(Entries({"huizen": "huis", "huis": "huis", "trấn": "trấn"}, {"tran": "trấn"}, set(), {"huis"}))
    head = packed[:32] + packed[-100:]
    for damaged in (head, packed[:place], packed[:place] + other + packed[place + len(other) :], other):
        try:
            words = compiled_words(damaged)
        except ValueError:
            continue
        assert words and words.stem("huizen")


def test_an_object_without_a_dictionary_leaves_words_to_python() -> None:
    words = DutchWords.__new__(DutchWords)
    assert [words.stem("huizen"), words.parts("huizen"), words.terms("huizen")] == [None] * 3


def test_new_words_are_learnt_alike() -> None:
    chance = random.Random(4)
    words = chance.sample(forms(), 500)
    words += [f"{one}-{other}" for one, other in zip(words[:100], words[100:200], strict=True)]
    words += ["30/4/2013", "2015-2016", "trấn", "gentse", "schepen", "schip-schepen", ""]
    one, other = (TermIds(analyzers(lexicon)["nl"]) for lexicon in (dictionary(), plain()))
    for own in (one, other):
        own.words.numbers(words)
    fast, slow = one.learn(), other.learn()
    assert fast.terms.tolist() == slow.terms.tolist()
    assert fast.word_terms.tolist() == slow.word_terms.tolist()
    assert fast.word_kinds.tolist() == slow.word_kinds.tolist()
    assert fast.kinds == slow.kinds

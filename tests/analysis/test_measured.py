"""What docs/dutch.md claims, held on the real lists; skipped where they are absent."""

from pathlib import Path

from tests.measurements.compounds import compounds, is_found, is_whole, share, simple_nouns
from tests.measurements.stemming import conflated, is_regular, lemma_groups, ours, pair_score, plurals


def test_forms_of_one_lemma_meet_and_others_do_not(shared: Path) -> None:
    score = pair_score(lemma_groups(shared / "stemming"), ours)
    assert score.precision >= 0.94
    assert score.f1 >= 0.92


def test_plurals_meet_their_singulars(shared: Path) -> None:
    assert conflated((pair for pair in plurals(shared / "stemming") if is_regular(*pair)), ours) >= 0.97


def test_compounds_are_found_by_their_parts_and_short_words_stay_whole(shared: Path) -> None:
    assert share([*map(is_found, compounds(shared / "stemming"))]) >= 0.83
    assert share([*map(is_whole, simple_nouns(shared / "stemming"))]) >= 0.98

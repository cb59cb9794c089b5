"""Explanations add up to the score they explain."""

from typing import Any

import pytest

from searchq.query.request import Request
from tests.query.shelf import walked

TEXTS = (
    "trein",
    "trein station",
    "trein OR facebook OR bericht",
    "vertraging^3 trein -facebook",
    "titel:trein antwoord:station",
    '"de trein" bericht',
    "trein NEAR/4 station",
    "tre* partij:Ecolo",
    "trein station facebook persbericht één nergens",
)


def parts_agree(explanation: Any) -> None:
    """A sum is the sum of its parts, the best of some the greatest, whatever their boosts; a term is its figures."""
    values = [part.value for part in explanation.parts]
    boost = explanation.figures.get("boost", 1.0)
    if explanation.what in ("all of", "any of"):
        assert explanation.value == pytest.approx(boost * sum(values), rel=1e-4)
    if explanation.what == "best of":
        assert explanation.value == pytest.approx(boost * max(values), rel=1e-4)
    if "idf" in explanation.figures:
        figures = explanation.figures
        assert explanation.value == pytest.approx(figures["idf"] * figures["saturated"] * boost, rel=1e-4)
    for part in explanation.parts:
        parts_agree(part)


@pytest.mark.parametrize("proximity", [True, False])
@pytest.mark.parametrize("recency", [True, False])
@pytest.mark.parametrize("text", TEXTS)
def test_an_explanation_adds_up_to_the_score(shelf: Any, text: Any, recency: bool, proximity: bool) -> None:
    engine, _ = shelf
    hits = walked(engine, Request(text=text, fold=False, recency=recency, proximity=proximity))
    assert hits
    for hit in hits:
        explanation = engine.explain(text, hit.number, recency=recency, proximity=proximity)
        assert explanation.value == pytest.approx(hit.score, abs=1e-4)
        parts_agree(explanation)


def test_what_does_not_match_or_does_not_exist_has_no_explanation(shelf: Any) -> None:
    engine, _ = shelf
    assert engine.explain("nergens", "5-1") is None
    assert engine.explain("trein", "1-1") is None


def test_recency_only_ever_adds_a_few_percent(shelf: Any) -> None:
    engine, held = shelf
    factors = {}
    for hit in walked(engine, Request(text="trein", fold=False)):
        factors[hit.number] = engine.explain("trein", hit.number).figures["recency"]
    assert all(1.0 <= factor <= 1.0301 for factor in factors.values())
    dated = sorted((held[number].date, factor) for number, factor in factors.items() if held[number].date)
    assert [factor for _, factor in dated] == sorted(factor for _, factor in dated)
    undated = [factor for number, factor in factors.items() if held[number].date is None]
    assert undated == pytest.approx([1.03] * len(undated))  # not told to be old

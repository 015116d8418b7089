"""The next steps of a territory: the same wherever they are shown."""

from __future__ import annotations

from territoires.domain.territories import TerritoryId
from territoires.tables.published import Published
from territoires.views.portrait import Portraits
from territoires.views.portrait_steps import build_portrait_steps, say_domains_reason


def test_without_answers_the_rung_is_not_guessed(
    portraits: Portraits, published: Published
) -> None:
    steps = build_portrait_steps(portraits.build(TerritoryId.parse("region-53")), published.kit)
    assert steps.stage is None
    assert steps.invitation


def test_answers_give_the_rung(portraits: Portraits, published: Published) -> None:
    portrait = portraits.build(TerritoryId.parse("region-53"))
    assert build_portrait_steps(portrait, published.kit, "33333").stage == 5
    assert build_portrait_steps(portrait, published.kit, "0000").stage is None


def test_the_reason_tells_cited_domains_from_measured_ones(
    portraits: Portraits, simulated_portraits: Portraits
) -> None:
    bretagne = TerritoryId.parse("region-53")
    measured = say_domains_reason(portraits.build(bretagne))
    assert measured == "ces domaines sont ceux où l’Insee mesure une fragilité (Bretagne)"
    both = say_domains_reason(simulated_portraits.build(bretagne))
    assert both.startswith("ces domaines sont les plus cités par les maires simulés ou ")

"""The kit as a path: everything shown, what the rung calls for first, nothing simulated."""

from __future__ import annotations

import pytest

from territoires.domain.assessment import STAGES
from territoires.domain.indicators import Nature
from territoires.domain.kit import Step
from territoires.tables.published import Published
from territoires.views import kit as views
from territoires.views.kit import build_path, check_domain, fact_text, group_facts
from territoires.views.next_steps import highlighted

PAGES = {"carte", "reperes", "sources"}


@pytest.mark.parametrize("stage", [None, *STAGES])
def test_nothing_of_the_kit_is_left_out_whatever_the_rung(published: Published, stage) -> None:
    path = build_path(published, stage, "")
    assert [step.step for step in path.steps] == list(Step)
    shown = [card.resource for step in path.steps for card in step.cards]
    assert len(shown) == len(set(shown)) == 19
    assert all(card.resource.step is step.step for step in path.steps for card in step.cards)


@pytest.mark.parametrize("stage", STAGES)
def test_what_is_called_for_comes_first_and_is_counted(published: Published, stage: int) -> None:
    path = build_path(published, stage, "")
    for step in path.steps:
        flags = [card.is_highlighted for card in step.cards]
        assert flags == sorted(flags, reverse=True)
    number = len(highlighted(published.kit, stage))
    assert path.sentence.startswith(f"{number}\u00a0ressources mises en avant")
    assert f"{19 - number} autres les suivent, rien n’est masqué." in path.sentence
    assert STAGES[stage] in path.rule


def test_without_a_rung_nothing_is_set_before_the_rest(published: Published) -> None:
    path = build_path(published, None, "")
    assert not any(card.is_highlighted for step in path.steps for card in step.cards)
    assert "19\u00a0ressources" in path.sentence
    order = [card.resource.resource_id for step in path.steps for card in step.cards]
    assert order == [r.resource_id for s in Step for r in published.kit.resources if r.step is s]


def test_every_divergence_named_here_exists_and_stands_with_its_resource(
    published: Published,
) -> None:
    path = build_path(published, None, "")
    cards = {card.resource.resource_id: card for step in path.steps for card in step.cards}
    for resource_id, names in views._DIVERGENCES.items():
        assert [d.divergence_id for d in cards[resource_id].divergences] == list(names)
    assert all(card.source for card in cards.values())


def test_a_domain_leaves_the_kit_as_it_is_and_adds_what_is_known_of_it(
    published: Published,
) -> None:
    path = build_path(published, 2, "emploi")
    assert path.steps == build_path(published, 2, "").steps
    assert path.help is not None
    assert path.help.domain.actors == ("entreprises",)
    assert path.help.indicators
    assert "Vide =" not in path.help.note


def test_every_domain_leads_to_real_indicators_that_exist(datasets: tuple[Published, ...]) -> None:
    for data in datasets:
        by_label = {i.label: i for i in data.catalogue.values()}
        for domain in data.kit.domains:
            path = build_path(data, None, domain.domain_id)
            assert path.help is not None
            for link in path.help.indicators:
                assert link.page in PAGES
                assert domain.domain_id in by_label[link.label].domain_ids


def test_no_simulated_indicator_stands_on_the_path(demonstration: Published) -> None:
    for domain in demonstration.kit.domains:
        path = build_path(demonstration, None, domain.domain_id)
        assert path.help is not None
        labels = {link.label for link in path.help.indicators}
        simulated = {
            i.label for i in demonstration.catalogue.values() if i.nature is Nature.ENQUETE
        }
        assert labels.isdisjoint(simulated)


@pytest.mark.parametrize("domain", ["inconnu", "x" * 500, "<script>"])
def test_an_unknown_domain_gives_a_notice_and_the_whole_kit(
    published: Published, domain: str
) -> None:
    (notice,) = check_domain(published.kit, domain)
    assert "n’existe pas" in notice
    assert len(notice) < 140
    assert build_path(published, None, domain).help is None


@pytest.mark.parametrize("domain", ["", "emploi"])
def test_a_known_domain_gives_no_notice(published: Published, domain: str) -> None:
    assert check_domain(published.kit, domain) == ()


def test_facts_are_grouped_by_topic_each_once_crte_first(published: Published) -> None:
    groups = group_facts(published.kit)
    facts = [fact for lines in groups.values() for fact in lines]
    assert len(facts) == len(set(facts)) == 42
    topics = [topic.replace("\u00a0", " ") for topic in groups]
    assert topics[:2] == [
        "Contrats (CRTE)",
        "Kit « Les outils de la co-construction territoriale »",
    ]
    assert [fact.fact_id for fact in groups["Contrats (CRTE)"]] == ["CX-06", "CX-07", "CX-19"]


def test_the_value_of_a_fact_is_written_the_french_way(published: Published) -> None:
    values = {fact.fact_id: fact_text(fact) for fact in published.kit.facts}
    assert values["CX-13"].replace("\u202f", " ") == "557 761"
    assert values["CX-19"] == "60\u00a0%"
    assert values["CX-05"] == ""

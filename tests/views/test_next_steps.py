"""Next steps: three to five, taken from the kit by a rule that is shown."""

from __future__ import annotations

from dataclasses import replace

import pytest

from territoires.domain.assessment import STAGES
from territoires.domain.kit import Kit, Step
from territoires.tables.published import Published
from territoires.views.next_steps import (
    INVITATION,
    MAX_DOMAINS,
    MAX_RESOURCES,
    advised,
    build_next_steps,
    highlighted,
)

STAGE_CHOICES = (None, *STAGES)


@pytest.fixture
def kit(published: Published) -> Kit:
    return published.kit


@pytest.mark.parametrize("stage", STAGE_CHOICES)
@pytest.mark.parametrize("domains", [(), ("education",), ("education", "sante", "emploi", "x")])
@pytest.mark.parametrize("nearby", [True, False])
def test_there_are_three_to_five_steps(kit: Kit, stage, domains, nearby) -> None:
    view = build_next_steps(kit, stage, domains, nearby)
    assert 3 <= len(view.steps) <= 5
    assert all(step.text and step.why.startswith("parce que") for step in view.steps)
    assert all(isinstance(step.verb, Step) for step in view.steps)


@pytest.mark.parametrize("stage", STAGE_CHOICES)
def test_each_advice_finds_a_resource_of_the_kit_in_its_own_step(kit: Kit, stage) -> None:
    for step in build_next_steps(kit, stage, (), False).steps:
        assert 1 <= len(step.resources) <= MAX_RESOURCES
        assert all(resource.step is step.verb for resource in step.resources)
        assert not any(resource.is_over for resource in step.resources)


@pytest.mark.parametrize("stage", STAGES)
def test_each_step_says_the_rung_that_chose_it_and_the_rule_too(kit: Kit, stage: int) -> None:
    view = build_next_steps(kit, stage, (), False)
    assert all(f"« {STAGES[stage]} »" in step.why for step in view.steps)
    assert all("d’après vos réponses" in step.why for step in view.steps)
    assert f"« {STAGES[stage]} »" in view.rule
    for advice in advised(stage):
        assert all(kind in view.rule for kind in advice.kinds)
    assert view.invitation == ""


@pytest.mark.parametrize("stage", [None, 0, 6, -1])
def test_without_a_known_rung_the_steps_suit_anyone_and_invite_to_answer(kit: Kit, stage) -> None:
    view = build_next_steps(kit, stage, (), False)
    assert view.stage is None
    assert view.invitation == INVITATION
    assert all("quel que soit l’échelon" in step.why for step in view.steps)
    assert {step.verb for step in view.steps} == set(Step)
    assert highlighted(kit, stage) == ()


def test_the_reason_of_a_published_rung_is_told(kit: Kit) -> None:
    view = build_next_steps(kit, 3, (), False, reason="échelon le plus cité en Bretagne")
    assert all("(échelon le plus cité en Bretagne)" in step.why for step in view.steps)


@pytest.mark.parametrize("stage", STAGES)
def test_what_a_step_names_or_counts_is_what_the_page_highlights(kit: Kit, stage: int) -> None:
    view = build_next_steps(kit, stage, (), False)
    named = {resource for step in view.steps for resource in step.resources}
    counted = sum(len(step.resources) + step.others for step in view.steps)
    assert named <= set(highlighted(kit, stage))
    assert counted == len(highlighted(kit, stage))


def test_each_rung_highlights_something_else_and_all_of_them_nearly_everything(kit: Kit) -> None:
    chosen = {highlighted(kit, stage) for stage in STAGES}
    assert len(chosen) == len(STAGES)
    assert set().union(*chosen) == {r for r in kit.resources if not r.is_over}


def test_resources_with_an_address_come_first_then_the_latest(kit: Kit) -> None:
    for stage in STAGES:
        for step in build_next_steps(kit, stage, (), False).steps:
            order = [(not r.url, r.date) for r in step.resources]
            assert [has_none for has_none, _ in order] == sorted(has_none for has_none, _ in order)
            dates = [date for has_none, date in order if not has_none]
            assert dates == sorted(dates, reverse=True)


def test_a_domain_tells_whom_to_gather_and_what_its_source_does_not_say(kit: Kit) -> None:
    step = build_next_steps(kit, 2, ("sante", "education"), False).steps[-1]
    # Somebody to call comes first, whatever the order asked for.
    assert step.lines == (
        "Éducation : citoyens et associations",
        "Santé : la source ne précise aucun acteur",
    )
    assert step.source is not None
    assert "n’est pas un acteur écarté" in step.why


def test_unknown_domains_are_left_out_and_few_are_named(kit: Kit) -> None:
    plain = build_next_steps(kit, 2, (), False)
    assert build_next_steps(kit, 2, ("inconnu", "<script>"), False) == plain
    every = [domain.domain_id for domain in kit.domains]
    assert len(build_next_steps(kit, 2, every, False).steps[-1].lines) == MAX_DOMAINS


def test_the_reason_of_the_domains_can_be_told(kit: Kit) -> None:
    step = build_next_steps(kit, 2, ("emploi",), False, domains_reason="ce domaine pèse ici").steps
    assert step[-1].why.startswith("parce que ce domaine pèse ici ;")


def test_actors_nearby_lead_to_their_page_without_calling_a_partial_list_whole(kit: Kit) -> None:
    step = build_next_steps(kit, None, (), True).steps[-1]
    assert step.page == "catalyseurs"
    assert "n’est pas complète" in step.why
    simulated = build_next_steps(kit, None, (), True, simulated=True).steps[-1]
    assert "simulée" in simulated.why


def test_a_kit_without_resources_still_gives_steps(kit: Kit) -> None:
    view = build_next_steps(replace(kit, resources=()), 3, (), False)
    assert len(view.steps) == 3
    assert all(step.resources == () for step in view.steps)

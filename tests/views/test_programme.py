"""The 2018 programme put back together: each line in its place, numbers never merged."""

from __future__ import annotations

from dataclasses import replace

import pytest

from territoires.domain.kit import Kit, Section
from territoires.tables.published import Published
from territoires.views.programme import NO_DATE, Programme, build_programme, say_dates


@pytest.fixture
def kit(published: Published) -> Kit:
    return published.kit


@pytest.fixture
def view(kit: Kit) -> Programme:
    built = build_programme(kit)
    assert built is not None
    return built


def test_it_has_eight_themes_three_phases_four_sessions_three_committees(view: Programme) -> None:
    assert len(view.themes) == 8
    assert [len(phase.children) for phase in view.phases] == [3, 3, 2]
    assert [session.item.label[:2] for session in view.sessions] == ["S1", "S2", "S3", "S4"]
    assert [len(session.children) for session in view.sessions] == [4, 5, 2, 4]
    assert [len(committee.members) for committee in view.committees] == [3, 16, 7]


def test_every_line_of_the_table_has_its_place(view: Programme, kit: Kit) -> None:
    committees = view.committees
    held = {
        *view.frame,
        *view.themes,
        *view.events,
        *view.pilots,
        *view.funnel.levels,
        *(
            item
            for branch in (*view.phases, *view.sessions)
            for item in (branch.item, *branch.children)
        ),
        *(item for c in committees for item in (c.item, *c.members, *c.named_later, *c.meetings)),
    }
    held |= {item for item in (view.funnel.target, view.funnel.refused) if item}
    assert held == set(kit.programme)


def test_the_funnel_goes_from_those_asked_to_those_reported_with_the_target_beside(
    view: Programme,
) -> None:
    funnel = view.funnel
    assert [item.value for item in funnel.levels] == [13, 11, 10]
    assert funnel.target is not None
    assert funnel.refused is not None
    assert (funnel.target.value, funnel.refused.value) == (12, 2)
    assert funnel.sentence == (
        "Territoires visés : 12 ; territoires sollicités : 13 ; accords : 11 ; territoires au "
        "bilan : 10 ; 2\u00a0refus exprimés."
    )


def test_a_partner_named_later_is_kept_apart(view: Programme) -> None:
    (later,) = view.committees[0].named_later
    assert "Malakoff" in later.label
    assert [member.label for member in view.committees[0].members] == ["CGET", "Le RAMEAU", "FNCE"]


def test_diverging_readings_are_carried(view: Programme) -> None:
    names = [divergence.divergence_id for divergence in view.divergences]
    assert names == ["entonnoir_territoires", "partenaires_parcours"]


def test_dates_are_said_as_far_as_they_are_known(view: Programme) -> None:
    assert say_dates(view.phases[0].item) == "de juillet 2017 à mars 2018"
    assert say_dates(view.sessions[0].item) == "3 mai 2018"
    assert say_dates(view.sessions[1].item) == NO_DATE
    august = replace(view.phases[0].item, date_start="2017-08")
    assert say_dates(august) == "d’août 2017 à mars 2018"


def test_without_lines_there_is_no_programme(kit: Kit) -> None:
    assert build_programme(replace(kit, programme=())) is None


def test_a_funnel_without_its_lines_says_nothing(kit: Kit) -> None:
    rest = tuple(i for i in kit.programme if i.section is not Section.ENTONNOIR)
    view = build_programme(replace(kit, programme=rest))
    assert view is not None
    assert view.funnel.levels == ()
    assert view.funnel.sentence == ""

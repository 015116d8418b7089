"""The chronology by period and year: everything once, dates as published."""

from __future__ import annotations

from dataclasses import replace

import pytest

from territoires.domain.kit import Kit
from territoires.tables.published import Published
from territoires.views.timeline import build_timeline, day_label


@pytest.fixture
def kit(published: Published) -> Kit:
    return published.kit


def test_every_event_stands_once_in_the_order_of_its_date(kit: Kit) -> None:
    view = build_timeline(kit)
    assert view.milestones == kit.milestones
    for period in view.periods:
        for year in period.years:
            assert all(milestone.year == year.year for milestone in year.milestones)


def test_periods_follow_each_other_and_hold_about_as_many_events(kit: Kit) -> None:
    view = build_timeline(kit)
    assert [period.label for period in view.periods] == [
        "2008 – 2016",
        "2017 – 2019",
        "2020 – 2024",
    ]
    sizes = [len(period.milestones) for period in view.periods]
    assert max(sizes) - min(sizes) <= 6


def test_a_later_year_joins_the_last_period(kit: Kit) -> None:
    late = replace(kit.milestones[-1], date="2031-05", milestone_id="J99")
    view = build_timeline(replace(kit, milestones=(*kit.milestones, late)))
    assert view.periods[-1].label == "2020 – 2031"


def test_without_events_there_is_no_period(kit: Kit) -> None:
    view = build_timeline(replace(kit, milestones=()))
    assert view.periods == ()
    assert view.sentence == "Aucun jalon n’est recensé."


def test_the_sentence_counts_the_events_and_the_doubtful_dates(kit: Kit) -> None:
    sentence = build_timeline(kit).sentence
    assert sentence.startswith(
        "42\u00a0jalons de 2008 à 2024, dont 2\u00a0dates à lire avec prudence."
    )
    assert "n’est pas une année sans activité" in sentence


@pytest.mark.parametrize(
    ("date", "label"),
    [
        ("2008", ""),
        ("2011-01", "janv."),
        ("2015-01-08", "8\u00a0janv."),
        ("2015-09-01", "1er\u00a0sept."),
        ("2015-02-31", "02-31"),
    ],
)
def test_a_date_is_written_as_far_as_it_is_known(kit: Kit, date: str, label: str) -> None:
    assert day_label(replace(kit.milestones[0], date=date)) == label


def test_what_is_dated_in_two_ways_is_shown(kit: Kit) -> None:
    names = [divergence.divergence_id for divergence in build_timeline(kit).divergences]
    assert names == ["creation_observatoire", "dates_phare", "date_phare_institutions"]

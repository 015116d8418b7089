"""The home page's figures: four national results, and the count of what exists."""

from __future__ import annotations

import pytest

from territoires.domain.directory import Directory
from territoires.domain.indicators import Nature, Reading
from territoires.domain.selection import Dataset
from territoires.domain.territories import FRANCE, Level
from territoires.tables.published import Published
from territoires.views.datasets import EDITIONS
from territoires.views.home import HomeView, build_home_view


@pytest.fixture(scope="module")
def view(published: Published, directory: Directory) -> HomeView:
    return build_home_view(published, directory)


@pytest.fixture(scope="module")
def simulated(demonstration: Published, directory: Directory) -> HomeView:
    return build_home_view(demonstration, directory)


def test_the_figures_are_those_of_france_in_each_set(
    datasets: tuple[Published, Published], directory: Directory
) -> None:
    for data in datasets:
        edition = EDITIONS[data.dataset]
        view = build_home_view(data, directory)
        shown = [key.indicator.indicator_id for key in view.key_figures]
        assert shown == list(edition.key_indicators)
        for key in view.key_figures:
            (main,) = [
                o
                for o in data.of_indicator(key.indicator.indicator_id, FRANCE.level)
                if o.wave == edition.key_wave and o.reading is Reading.PRINCIPALE
            ]
            assert key.figure.value == main.value
            assert key.figure.wave == edition.key_wave
            assert key.figure.source.source_id == main.source_id


def test_other_readings_stand_beside_the_main_one(view: HomeView, published: Published) -> None:
    checked = 0
    for key in view.key_figures:
        every = [
            o
            for o in published.of_indicator(key.indicator.indicator_id, FRANCE.level)
            if o.wave == EDITIONS[Dataset.PUBLIE].key_wave
        ]
        assert len(key.figure.other_readings) == len(every) - 1
        checked += len(every) - 1
    assert checked > 0


def test_coverage_counts_every_indicator_and_every_figure_once(
    view: HomeView, published: Published
) -> None:
    assert sum(line.indicators for line in view.coverage) == len(published.catalogue)
    assert sum(line.figures for line in view.coverage) == len(published.observations)


def test_regions_with_and_without_survey_make_all_the_regions(
    view: HomeView, published: Published, directory: Directory
) -> None:
    surveys = view.coverage[0]
    assert view.regions == 18
    assert surveys.regions == len(surveys.region_names)
    assert set(surveys.region_names).isdisjoint(view.regions_without_survey)
    assert len(surveys.region_names) + len(view.regions_without_survey) == view.regions
    for region in directory.of_level(Level.REGION):
        asked = any(
            published.catalogue[o.indicator_id].nature is Nature.ENQUETE
            for o in published.of_territory(region.id)
        )
        assert asked == (region.name in surveys.region_names)


def test_what_is_missing_and_who_is_named_are_counted(view: HomeView, published: Published) -> None:
    assert view.unavailable == len(published.unavailable) > 0
    assert view.catalysts == len(published.catalysts) > 0


def test_figures_kept_secret_are_counted_apart(
    simulated: HomeView, demonstration: Published
) -> None:
    hidden = [o for o in demonstration.observations if o.suppression]
    assert simulated.hidden == len(hidden) > 0
    assert sum(line.figures for line in simulated.coverage) + simulated.hidden == len(
        demonstration.observations
    )
    surveys = simulated.coverage[0]
    assert surveys.regions < simulated.regions
    for name in simulated.regions_without_survey:
        assert name not in surveys.region_names


def test_each_set_says_what_its_own_list_is(view: HomeView, simulated: HomeView) -> None:
    assert not view.is_list_exhaustive
    assert simulated.is_list_exhaustive
    assert "simulée" in simulated.coverage[0].label
    assert "simulée" not in view.coverage[0].label

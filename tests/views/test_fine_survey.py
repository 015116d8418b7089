"""A survey with a figure for each commune or EPCI is shown wherever a finer figure has a place."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import pytest

from territoires.domain.directory import Directory
from territoires.domain.indicators import Suppression
from territoires.domain.names import NameForms
from territoires.domain.selection import Dataset, Mode, Selection
from territoires.domain.territories import Level, TerritoryId
from territoires.render import portrait as portrait_html
from territoires.render import sources
from territoires.render.map_paint import to_paint
from territoires.tables.profiles import add_profiles
from territoires.tables.published import Published, read_dataset
from territoires.views.disclosure import protect
from territoires.views.map_view import MapView, State, build_map_view
from territoires.views.portrait import Portrait, Portraits
from territoires.views.selection import MAP_LEVELS, WIDE_LEVELS, resolve_selection
from tests.render.pieces import read
from tests.views.fine_survey import NAME, WAVE, sample_of, with_fine_survey

LAVAL = TerritoryId(Level.COMMUNE, "53130")
MAYENNE = TerritoryId(Level.DEPARTEMENT, "53")


@pytest.fixture(scope="module")
def bare(directory: Directory) -> Published:
    return read_dataset(Dataset.PUBLIE, directory.known_codes())


@pytest.fixture(scope="module")
def surveyed(bare: Published, directory: Directory) -> Published:
    return add_profiles(protect(with_fine_survey(bare, directory), directory), directory)


@pytest.fixture(scope="module")
def portraits(
    surveyed: Published, directory: Directory, names: Mapping[TerritoryId, NameForms]
) -> Portraits:
    return Portraits(surveyed, directory, names)


def map_of(data: Published, directory: Directory, **choices: object) -> MapView:
    selection = Selection(NAME, WAVE, level=Level.COMMUNE)
    return build_map_view(replace(selection, **choices), data, directory)


def plain(text: str) -> str:
    return text.replace("\u00a0", " ").replace("\u202f", " ")


def test_the_small_samples_of_communes_are_hidden_and_no_other_one(
    surveyed: Published, directory: Directory
) -> None:
    figures = surveyed.of_indicator(NAME, Level.COMMUNE)
    assert len(figures) == len(list(directory.of_level(Level.COMMUNE)))
    for rank, figure in enumerate(figures):
        sample = sample_of(rank)
        is_small = sample is not None and sample < 11
        assert (figure.suppression is Suppression.EFFECTIF) == is_small
        assert not (is_small and "40" in figure.caveat)


def test_the_map_of_communes_colours_them(surveyed: Published, directory: Directory) -> None:
    view = map_of(surveyed, directory)
    counts = view.state_counts
    assert counts[State.CLASSE] > 20_000
    assert counts[State.SUPPRIME] > 4_000
    assert counts[State.MANQUANT] == 0
    assert sum(counts.values()) == len(view.rows) == 34_875
    assert "34 875" in plain(view.sentence)
    assert to_paint(view, LAVAL, ())


@pytest.mark.parametrize("mode", Mode)
def test_the_map_of_a_departement_judges_its_communes(
    surveyed: Published, directory: Directory, mode: Mode
) -> None:
    view = map_of(surveyed, directory, within=MAYENNE, mode=mode)
    assert view.mode is mode
    assert "en Mayenne" in plain(view.sentence) or len(view.rows) == 240
    assert view.row(LAVAL)


def test_a_survey_of_epci_is_on_their_map(bare: Published, directory: Directory) -> None:
    data = add_profiles(
        protect(with_fine_survey(bare, directory, Level.EPCI), directory), directory
    )
    view = map_of(data, directory, level=Level.EPCI)
    assert view.state_counts[State.CLASSE] > 600


def of(portraits: Portraits, code: str) -> Portrait:
    return portraits.build(TerritoryId(Level.COMMUNE, code))


def test_the_page_of_a_commune_tells_its_own_figure_first(portraits: Portraits) -> None:
    laval = of(portraits, "53130")
    (line,) = [one for one in laval.shared.surveys if one.indicator.indicator_id == NAME]
    assert line.holder
    assert line.holder.territory == laval.territory
    text = plain(laval.sentence)
    assert f"dans la commune, {plain(line.local.text)} des maires" in text
    assert "Dans la commune, 1 résultat d’enquête publié" in text
    table = plain(read(portrait_html.surveys(laval)).text)
    assert "Avis des habitants" in table
    assert "Laval et France" in table


def test_a_commune_of_few_answers_shows_none_of_its_figure(
    portraits: Portraits, surveyed: Published
) -> None:
    hidden = [o for o in surveyed.of_indicator(NAME, Level.COMMUNE) if o.suppression]
    portrait = of(portraits, hidden[0].code)
    assert "1 résultat d’enquête publié, masqué (effectif insuffisant)" in plain(portrait.sentence)
    assert "effectif insuffisant" in read(portrait_html.surveys(portrait)).text


def test_figures_of_several_levels_stand_in_a_table_each(portraits: Portraits) -> None:
    caen = of(portraits, "14118")
    holders = {str(line.holder.territory.id) for line in caen.shared.surveys if line.holder}
    assert holders == {"commune-14118", "region-28"}
    text = read(portrait_html.surveys(caen)).text
    assert "Chiffres de la commune : Caen" in plain(text)
    assert "Chiffres de la région : Normandie" in plain(text)


def test_what_is_a_commune_s_own_is_shared_with_no_other(portraits: Portraits) -> None:
    laval, mayenne = of(portraits, "53130"), of(portraits, "53147")
    assert laval.shared.surveys != mayenne.shared.surveys
    assert of(portraits, "53130").sentence == laval.sentence


def test_the_other_pages_take_a_survey_of_communes_without_a_notice_out_of_place(
    surveyed: Published, directory: Directory
) -> None:
    params = {"indicateur": NAME, "vague": WAVE, "niveau": "commune"}
    there = resolve_selection(params, surveyed, directory, MAP_LEVELS)
    assert there.selection.indicator_id == NAME
    assert there.notices == ()
    compared = resolve_selection(params, surveyed, directory, WIDE_LEVELS)
    assert compared.selection.level in WIDE_LEVELS
    assert compared.selection.indicator_id != NAME
    assert "à un niveau plus fin que ceux d’ici" in plain(compared.notices[0])
    assert "Avis des habitants" in sources.catalogue(surveyed)
    assert "communes" in sources.catalogue(surveyed)

"""A draft reads like the published set, and stands when it has taken away what pages show first."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import pytest

from territoires.domain.directory import Directory
from territoires.domain.indicators import Nature
from territoires.domain.names import NameForms
from territoires.domain.selection import Dataset, Selection
from territoires.domain.territories import FRANCE, Level, TerritoryId
from territoires.errors import DataFileError
from territoires.render import home as home_html
from territoires.render import landmarks as landmarks_html
from territoires.render import map_page, sources
from territoires.tables.published import Published
from territoires.views.datasets import EDITIONS
from territoires.views.home import build_home_view
from territoires.views.kit import build_path
from territoires.views.landmarks import build_theme_view
from territoires.views.map_view import build_map_view
from territoires.views.portrait import Portraits
from territoires.views.selection import resolve_selection, to_overview
from tests.render.pieces import read

BRETAGNE = TerritoryId(Level.REGION, "53")


@pytest.fixture(scope="module")
def draft(published: Published) -> Published:
    return replace(published, dataset=Dataset.BROUILLON)


def without(data: Published, *names: str) -> Published:
    """Take indicators away, with their figures."""
    return replace(
        data,
        catalogue={name: one for name, one in data.catalogue.items() if name not in names},
        observations=tuple(o for o in data.observations if o.indicator_id not in names),
        by_indicator={
            cell: group for cell, group in data.by_indicator.items() if cell[0] not in names
        },
        by_territory={
            place: tuple(o for o in group if o.indicator_id not in names)
            for place, group in data.by_territory.items()
        },
    )


def plain(text: str) -> str:
    return text.replace("\u00a0", " ")


def test_a_draft_without_the_main_figures_still_has_a_home_page(
    draft: Published, directory: Directory
) -> None:
    edition = EDITIONS[Dataset.BROUILLON]
    first, *others = edition.key_indicators
    view = build_home_view(without(draft, first), directory)
    assert [key.indicator.indicator_id for key in view.key_figures] == others
    nothing = build_home_view(without(draft, *edition.key_indicators), directory)
    assert home_html.national_figures(nothing) == ""


def test_the_published_set_without_a_main_figure_is_an_error(
    published: Published, directory: Directory
) -> None:
    with pytest.raises(DataFileError):
        build_home_view(without(published, EDITIONS[Dataset.PUBLIE].key_indicators[0]), directory)


def test_a_draft_without_the_first_indicator_opens_on_another(
    draft: Published, directory: Directory, names: Mapping[TerritoryId, NameForms]
) -> None:
    default = EDITIONS[Dataset.BROUILLON].default_indicator
    data = without(draft, default)
    found = resolve_selection({"jeu": "brouillon"}, data, directory)
    assert found.notices == ()
    assert found.selection.dataset is Dataset.BROUILLON
    assert found.selection.indicator_id != default
    assert to_overview(found.selection, data).indicator_id in data.catalogue
    assert build_map_view(found.selection, data, directory, names).rows
    assert Portraits(data, directory, names).build(BRETAGNE).sentence


def test_a_value_of_a_draft_is_not_called_published(
    draft: Published, directory: Directory, names: Mapping[TerritoryId, NameForms]
) -> None:
    selection = Selection("adhesion_maires_region", "2016-11", Dataset.BROUILLON)
    view = build_map_view(selection, draft, directory, names)
    assert "3 régions sur 18 ont une valeur dans le brouillon" in plain(view.sentence)
    shown = replace(selection, territory=BRETAGNE)
    summary = read(map_page.summary(view, shown, (), draft.lists["catalysts"])).text
    assert "aucune valeur dans le brouillon pour ce territoire" in plain(summary)
    portrait = Portraits(draft, directory, names).build(BRETAGNE)
    assert "En Bretagne, aucun résultat d’enquête dans le brouillon" in plain(portrait.sentence)
    home = build_home_view(draft, directory)
    text = plain(read(home_html.coverage(home)).text)
    assert "Ce que contient le brouillon" in text
    assert "Le brouillon n’a aucun chiffre d’enquête pour" in text
    assert "affiché tel qu’il est dans le brouillon" in plain(sources.introduction(draft))


def test_a_draft_speaks_of_its_sources_as_the_published_set_does(
    draft: Published, published: Published, directory: Directory
) -> None:
    """It is no simulation: real lists, real wordings, real indicators of each domain."""
    theme = build_theme_view(draft, "")
    assert "Libellé de la source" in landmarks_html.lines(theme)
    assert "Chiffres simulés" not in landmarks_html.introduction(theme)
    actors = home_html.coverage(build_home_view(draft, directory))
    assert "acteurs nommés" in actors
    assert "donnée réelle" not in actors
    domain = next(name for one in draft.catalogue.values() for name in one.domain_ids)
    links = [build_path(data, None, domain).help for data in (draft, published)]
    assert links[0] == links[1]


def test_a_draft_of_insee_figures_is_marked_too(
    draft: Published, directory: Directory, names: Mapping[TerritoryId, NameForms]
) -> None:
    insee = next(
        one
        for one in draft.catalogue.values()
        if one.nature is Nature.CONTEXTE and Level.REGION in one.levels
    )
    wave = draft.of_indicator(insee.indicator_id, Level.REGION)[0].wave
    selection = Selection(insee.indicator_id, wave, Dataset.BROUILLON)
    view = build_map_view(selection, draft, directory, names)
    assert view.mark == "Brouillon, non publié – "
    assert view.watermark == "BROUILLON – non publié"
    assert view.sentence.startswith(view.mark)
    assert draft.of_territory(FRANCE)

"""Ready-made presentations hold what the data hold, and nothing else."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from territoires.domain.directory import Directory
from territoires.domain.names import NameForms
from territoires.domain.selection import Selection
from territoires.domain.story import MAX_STEPS, StepKind, Story
from territoires.domain.story_files import read_link, to_link
from territoires.domain.territories import Level, TerritoryId
from territoires.tables.published import Published
from territoires.views.catalyst_index import build_catalyst_index
from territoires.views.catalyst_list import build_catalysts_view
from territoires.views.catalyst_places import build_actor_places
from territoires.views.french import count
from territoires.views.selection import resolve_selection
from territoires.views.stories import READY_MADE, build_story, name_step

REGIONS = ("region-28", "region-53", "region-06", "region-94")


@pytest.fixture(params=[0, 1], ids=["publie", "demonstration"])
def data(request: pytest.FixtureRequest, datasets: tuple[Published, Published]) -> Published:
    return datasets[request.param]


def build(
    name: str,
    data: Published,
    directory: Directory,
    names: Mapping[TerritoryId, NameForms],
    region: str = "region-28",
) -> Story:
    story = build_story(name, data, directory, names, TerritoryId.parse(region))
    assert story
    return story


def test_every_step_is_asked_of_what_exists(
    data: Published, directory: Directory, names: Mapping[TerritoryId, NameForms]
) -> None:
    stories = [build(one.name, data, directory, names) for one in READY_MADE]
    stories += [build("region", data, directory, names, region) for region in REGIONS]
    for story in stories:
        assert story.title
        assert 5 <= len(story.steps) <= MAX_STEPS
        assert story.steps[0].kind is StepKind.TITRE
        assert story.steps[-1].kind is StepKind.TEXTE
        assert all(step.title for step in story.steps if not step.kind.is_view)
        assert read_link(to_link(story)).story == story
        for step in story.steps:
            if step.kind.is_view:
                resolved = resolve_selection(step.params, data, directory)
                assert resolved.notices == (), step
                assert name_step(step.kind, resolved.selection, data, directory)


def test_a_region_without_a_survey_figure_has_no_map_of_it(
    published: Published, directory: Directory, names: Mapping[TerritoryId, NameForms]
) -> None:
    def indicators(region: str) -> set[str | None]:
        steps = build("region", published, directory, names, region).steps
        return {step.params.get("indicateur") for step in steps}

    assert "adhesion_maires_region" in indicators("region-28")
    assert "adhesion_maires_region" not in indicators("region-53")
    last = build("region", published, directory, names, "region-53").steps[-1]
    assert "Aucun chiffre d’enquête n’est publié en Bretagne." in last.text


def test_the_cover_of_a_region_counts_its_own_figures_and_actors(
    published: Published, directory: Directory, names: Mapping[TerritoryId, NameForms]
) -> None:
    index = build_catalyst_index(published, directory, build_actor_places(published, directory))
    for region in REGIONS:
        place = TerritoryId.parse(region)
        view = build_catalysts_view(Selection("", "", within=place), published, directory, index)
        told = build("region", published, directory, names, region).steps[0].text
        assert names[place].en[1:] in told
        assert count(view.found, "acteur recensé", "acteurs recensés") in told
        assert ("aucun chiffre d’enquête publié" in told) == (region != "region-28")


def test_no_step_of_a_region_is_empty_nor_of_one_colour(
    demonstration: Published, directory: Directory, names: Mapping[TerritoryId, NameForms]
) -> None:
    """Mayotte has no actor, no poverty rate, no small commune: none of them is a step."""
    steps = build("region", demonstration, directory, names, "region-06").steps
    assert len(steps) >= 4
    assert StepKind.CATALYSEURS not in {step.kind for step in steps}
    maps = [step.params for step in steps if step.kind is StepKind.CARTE]
    assert "taux_pauvrete" not in {params["indicateur"] for params in maps}
    (inner,) = [params for params in maps if "dans" in params]
    inside = {t.code for t in directory.children(TerritoryId.parse("region-06"), Level.EPCI)}
    rows = demonstration.of_indicator(inner["indicateur"], Level.EPCI)
    assert len({row.value for row in rows if row.code in inside}) > 1


def test_a_region_of_one_departement_shows_its_intercommunalites(
    published: Published, directory: Directory, names: Mapping[TerritoryId, NameForms]
) -> None:
    steps = build("region", published, directory, names, "region-04").steps
    (inner,) = [step for step in steps if "dans" in step.params and step.kind is StepKind.CARTE]
    assert inner.params["niveau"] == Level.EPCI


def test_a_simulated_story_says_so_first_and_last(
    demonstration: Published, directory: Directory, names: Mapping[TerritoryId, NameForms]
) -> None:
    for one in READY_MADE:
        steps = build(one.name, demonstration, directory, names).steps
        assert "simulés" in steps[0].text
        assert "simulés" in steps[-1].text
        assert all(s.params["jeu"] == "demonstration" for s in steps if s.kind.is_view)


def test_an_unknown_name_is_no_story(
    published: Published, directory: Directory, names: Mapping[TerritoryId, NameForms]
) -> None:
    assert build_story("zzz", published, directory, names) is None
    story = build_story("region", published, directory, names)
    assert story
    assert story.title == "La co-construction en Île-de-France"

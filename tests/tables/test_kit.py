"""The kit read from the checked tables: whole, real in both sets, with its sources."""

from __future__ import annotations

from dataclasses import replace

import pytest

from territoires import settings
from territoires.domain.directory import Directory
from territoires.domain.kit import Kit, Section, Step
from territoires.tables.published import Published, read_published

#: What the record names, each by a word of the title of its resource.
SEEDS = {
    "flyer": "flyer interactif",
    "fiche": "Fiche repère",
    "étude": "IMPACT-Élus locaux",
    "phare": "PHARE-Institutions",
    "film": "Film « Les bonnes nouvelles",
    "dossier": "JURIS Associations",
    "alliances": "Alliances & Territoires",
    "plateforme": "L’innovation territoriale en actions",
    "réseau": "350 catalyseurs",
    "crte": "CRTE",
    "parcours": "Parcours d’expérience",
}


@pytest.fixture
def kit(published: Published) -> Kit:
    return published.kit


def test_every_line_of_the_tables_is_there(kit: Kit) -> None:
    assert len(kit.resources) == 19
    assert len(kit.milestones) == 42
    assert len(kit.programme) == 88
    assert len(kit.facts) == 42
    assert len(kit.domains) == 16


@pytest.mark.parametrize("seed", SEEDS)
def test_every_seed_of_the_record_is_a_resource(kit: Kit, seed: str) -> None:
    titles = [resource.title.replace("\u00a0", " ") for resource in kit.resources]
    assert any(SEEDS[seed] in title for title in titles)


def test_the_kit_is_the_same_and_real_in_both_sets(
    published: Published, demonstration: Published
) -> None:
    assert demonstration.kit is published.kit
    assert all(source.kind != "simulation" for source in demonstration.kit.sources.values())


def test_the_simulated_folder_alone_has_no_kit(directory: Directory) -> None:
    alone = read_published(directory.known_codes(), settings.DEMONSTRATION).kit
    assert alone.resources == alone.milestones == alone.programme == alone.facts == ()


def test_every_source_cited_comes_with_the_kit(kit: Kit) -> None:
    lines = (*kit.resources, *kit.milestones, *kit.programme, *kit.facts, *kit.domains)
    assert {line.source_id for line in lines} == set(kit.sources)


def test_the_chronology_is_in_the_order_of_its_dates(kit: Kit) -> None:
    assert [m.date for m in kit.milestones] == sorted(m.date for m in kit.milestones)
    assert (kit.milestones[0].year, kit.milestones[-1].year) == (2008, 2024)


def test_numbers_and_choices_are_typed(kit: Kit) -> None:
    assert {resource.step for resource in kit.resources} == set(Step)
    assert {item.section for item in kit.programme} == set(Section)
    funnel = [item.value for item in kit.programme if item.section is Section.ENTONNOIR]
    assert funnel == [12, 13, 11, 2, 10]
    (unknown,) = [fact for fact in kit.facts if fact.value is None]
    assert unknown.fact_id == "CX-05"


def test_a_domain_keeps_only_the_actors_that_its_source_names(kit: Kit) -> None:
    assert kit.domain("education").actors == ("citoyens", "associations")
    assert kit.domain("sante").actors == ()
    assert kit.domain("inconnu") is None


def test_a_subject_that_no_longer_diverges_is_left_out(kit: Kit) -> None:
    (found,) = kit.diverging("inconnu", "titre_juris")
    assert found.divergence_id == "titre_juris"
    assert len(found.readings) == 2


@pytest.mark.parametrize(
    ("note", "over"),
    [("Achevé.", True), ("Formation achevée en 2018.", True), ("Inachevé.", False), ("", False)],
)
def test_a_resource_is_over_where_its_note_says_so(kit: Kit, note: str, over: bool) -> None:
    assert replace(kit.resources[0], note=note).is_over is over


def test_only_the_2018_programme_is_over(kit: Kit) -> None:
    assert [resource.resource_id for resource in kit.resources if resource.is_over] == ["R18"]

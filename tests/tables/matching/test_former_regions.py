from __future__ import annotations

import pytest

from territoires.domain.directory import Directory
from territoires.domain.territories import Level
from territoires.domain.updates import Grade
from territoires.tables.matching.former_regions import FORMER_REGIONS, FormerRegion
from territoires.tables.matching.iso import ISO_DEPARTEMENTS, ISO_REGIONS
from territoires.tables.matching.usual_names import DOUBTFUL_NAMES, FORMER_NAMES, USUAL_NAMES

from .conftest import MatchOne


def spellings(region: FormerRegion) -> list[dict[str, str]]:
    name = region.name
    return [
        {"code": region.code},
        {"code": f"R{region.code}"},
        {"code": f"FR-{region.iso}"},
        {"name": name},
        {"name": name.upper()},
        {"name": name.replace("-", " ").replace("é", "e")},
        {"name": f"Région {name}"},
        {"name": f"{region.code} – {name}"},
        {"code": region.code, "name": name},
        # One letter lost.
        {"name": name[:-1]},
    ]


def test_sixteen_regions_are_no_more() -> None:
    assert len(FORMER_REGIONS) == 16
    assert {region.code for region in FORMER_REGIONS} == {
        "21", "22", "23", "25", "26", "31", "41", "42", "43", "54", "72", "73", "74", "82", "83",
        "91",
    }  # fmt: skip


@pytest.mark.parametrize("region", FORMER_REGIONS, ids=lambda region: region.name)
def test_a_former_region_never_gets_a_territory(region: FormerRegion, match_one: MatchOne) -> None:
    for spelling in spellings(region):
        found = match_one(Level.REGION, **spelling)
        assert (found.grade, found.territory) == (Grade.UNKNOWN, None), spelling
        assert found.candidates == (region.region,)
        assert found.note == region.note


@pytest.mark.parametrize("region", FORMER_REGIONS, ids=lambda region: region.name)
def test_nor_where_no_level_is_said(region: FormerRegion, match_one: MatchOne) -> None:
    for spelling in spellings(region):
        found = match_one(None, **spelling)
        # « Lorrain » is also a commune, Le Lorrain.
        assert found.territory is None or found.territory.level is not Level.REGION, spelling


@pytest.mark.parametrize("region", FORMER_REGIONS, ids=lambda region: region.name)
def test_nor_with_the_code_or_the_name_of_the_new_one(
    region: FormerRegion, match_one: MatchOne, directory: Directory
) -> None:
    new = directory.get(region.region)
    for spelling in (
        {"code": region.region.code, "name": region.name},
        {"code": region.code, "name": new.name},
    ):
        for level in (Level.REGION, None):
            found = match_one(level, **spelling)
            assert found.grade is Grade.AMBIGUOUS or found.grade is Grade.UNKNOWN
            assert found.territory is None
            assert region.region in found.candidates


def test_the_note_says_what_became_of_it(match_one: MatchOne) -> None:
    assert match_one(Level.REGION, name="Alsace").note == (
        "Alsace\u00a0: ancienne région, réunie à la Champagne-Ardenne et à la Lorraine dans le "
        "Grand Est depuis 2016\u00a0: un chiffre de l’une ne vaut pas pour l’autre"
    )
    assert match_one(Level.REGION, code="31").note == (
        "Nord-Pas-de-Calais\u00a0: ancienne région, réunie à la Picardie dans les Hauts-de-France "
        "depuis 2016\u00a0: un chiffre de l’une ne vaut pas pour l’autre"
    )


@pytest.mark.parametrize(
    ("code", "iso", "name", "now"),
    [
        ("53", "FR-E", "Bretagne", "53"),
        ("24", "FR-F", "Centre", "24"),
        ("94", "FR-H", "Corse", "94"),
        ("11", "FR-J", "Ile de France", "11"),
        ("52", "FR-R", "Pays de la Loire", "52"),
        ("93", "FR-U", "Provence-Alpes-Côte d'Azur", "93"),
    ],
)
def test_a_region_that_did_not_change_keeps_its_match(
    code: str, iso: str, name: str, now: str, match_one: MatchOne
) -> None:
    for spelling in ({"code": code}, {"code": iso}, {"name": name}):
        found = match_one(Level.REGION, **spelling)
        assert (found.grade, str(found.territory)) == (Grade.EXACT, f"region-{now}")


def test_every_code_and_name_of_the_tables_is_of_a_territory(directory: Directory) -> None:
    ids = {
        *(f"region-{code}" for code in ISO_REGIONS.values()),
        *(f"departement-{code}" for code in ISO_DEPARTEMENTS.values()),
        *(
            str(one)
            for names in (USUAL_NAMES, DOUBTFUL_NAMES, FORMER_NAMES)
            for one in names.values()
        ),
        *(str(region.region) for region in FORMER_REGIONS),
    }
    for one in ids:
        directory.parse(one)


def test_every_region_has_its_iso_code(directory: Directory) -> None:
    assert set(ISO_REGIONS.values()) == {t.id.code for t in directory.of_level(Level.REGION)}

"""Rules that hold for every territory, and for any text."""

from __future__ import annotations

import random
import unicodedata

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from territoires.domain.directory import Directory
from territoires.domain.territories import Level, TerritoryId
from territoires.domain.updates import Grade
from territoires.tables.matching import PlaceCell, PlaceNames, match_places
from territoires.tables.matching.keys import to_epci_key, to_key, to_words

_LEVELS = (Level.REGION, Level.DEPARTEMENT, Level.EPCI, Level.COMMUNE)


def unpadded(code: str) -> str:
    return code.lstrip("0") if code[0] == "0" else code


def disguise(name: str, seed: int) -> str:
    """Write a name with other capitals, accents, hyphens and apostrophes."""
    chance = random.Random(seed)  # noqa: S311 - nothing secret
    letters = []
    for letter in name:
        bare = unicodedata.normalize("NFD", letter)
        one = (
            letter
            if chance.random() < 0.5
            else "".join(c for c in bare if not unicodedata.combining(c))
        )
        if one in "-’' " and one:
            one = chance.choice(["-", " ", "’", "'", "\u00a0"])
        letters.append(one.upper() if chance.random() < 0.5 else one.lower())
    return "".join(letters)


@pytest.mark.parametrize("level", _LEVELS)
def test_every_territory_is_found_by_its_code_padded_or_not(
    level: Level, directory: Directory, place_names: PlaceNames
) -> None:
    ids = [territory.id for territory in directory.of_level(level)]
    for write in (str, unpadded, str.lower, lambda code: f"{code} "):
        cells = [PlaceCell(row, write(one.code)) for row, one in enumerate(ids, start=2)]
        found = match_places(cells, level, directory, place_names)
        assert [match.territory for match in found] == ids
        assert {match.grade for match in found} == {Grade.EXACT}


@pytest.mark.parametrize("level", _LEVELS)
def test_every_territory_is_found_by_its_name_or_is_among_its_homonyms(
    level: Level, directory: Directory, place_names: PlaceNames
) -> None:
    territories = directory.of_level(level)
    cells = [PlaceCell(row, name=t.name) for row, t in enumerate(territories, start=2)]
    by_row = {
        row: match
        for match in match_places(cells, level, directory, place_names)
        for row in match.rows
    }
    for row, territory in enumerate(territories, start=2):
        match = by_row[row]
        assert match.grade in (Grade.EXACT, Grade.AMBIGUOUS)
        assert territory.id in (match.territory, *match.candidates)
        if level in (Level.REGION, Level.DEPARTEMENT):
            assert match.grade is Grade.EXACT


@pytest.mark.parametrize("level", _LEVELS)
def test_its_code_and_its_name_together_are_always_sure(
    level: Level, directory: Directory, place_names: PlaceNames
) -> None:
    territories = directory.of_level(level)
    cells = [
        PlaceCell(row, t.id.code, disguise(t.name, row), str(level))
        for row, t in enumerate(territories, start=2)
    ]
    found = match_places(cells, None, directory, place_names)
    assert [match.territory for match in found] == [t.id for t in territories]
    assert {match.grade for match in found} == {Grade.EXACT}


@given(data=st.data(), level=st.sampled_from(_LEVELS), seed=st.integers(0, 10**6))
@settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_capitals_accents_and_hyphens_change_nothing(
    data: st.DataObject, level: Level, seed: int, directory: Directory, place_names: PlaceNames
) -> None:
    territory = data.draw(st.sampled_from(directory.of_level(level)))
    cell = PlaceCell(2, name=disguise(territory.name, seed))
    (found,) = match_places([cell], level, directory, place_names)
    assert found.grade in (Grade.EXACT, Grade.AMBIGUOUS)
    assert territory.id in (found.territory, *found.candidates)


@given(
    text=st.text(max_size=40) | st.text("abcdefghijklmnopqrstuvwxyz éèô-'", max_size=20),
    level=st.sampled_from(_LEVELS),
)
@example(text="U:Z", level=Level.COMMUNE)
@settings(
    max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_any_text_is_exact_only_when_it_is_the_name_but_for_how_it_is_written(
    text: str, level: Level, directory: Directory, place_names: PlaceNames
) -> None:
    (found,) = match_places([PlaceCell(2, name=text)], level, directory, place_names)
    assert all(one in directory for one in found.candidates)
    if found.grade is Grade.EXACT and not any(c.isdigit() for c in to_words(text)):
        assert found.territory is not None
        name = directory.get(found.territory).name
        usual = "usage" in found.note or "ancien nom" in found.note or text.strip().upper() == "FR"
        same = to_key(name).endswith(to_key(text)) or to_epci_key(name).endswith(to_epci_key(text))
        spelt = to_key(text).replace(" ", "") == to_key(name)  # « U. Z. » is « Uz »
        assert usual or same or spelt or to_key(text).endswith(to_key(name))


@given(
    cells=st.lists(
        st.builds(
            PlaceCell,
            row=st.integers(2, 9),
            code=st.text(max_size=12) | st.sampled_from(["53", "21", "FR", "35238", "Total"]),
            name=st.text(max_size=20) | st.sampled_from(["Bretagne", "Alsace", "Ensemble", ""]),
            level=st.sampled_from(["", "région", "departement", "commune", "??"]),
        ),
        max_size=8,
    ),
    level=st.sampled_from([None, *Level]),
)
@settings(
    max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_every_row_is_in_one_match_and_nothing_raises(
    cells: list[PlaceCell], level: Level | None, directory: Directory, place_names: PlaceNames
) -> None:
    found = match_places(cells, level, directory, place_names)
    assert sorted(row for match in found for row in match.rows) == sorted(c.row for c in cells)
    assert len({match.written for match in found}) == len(found)
    for match in found:
        proposed = match.grade in (Grade.EXACT, Grade.CLOSE)
        assert (match.territory is not None) == proposed
        assert match.territory is None or match.territory in directory


@given(
    seed=st.integers(0, 10**6), former=st.sampled_from(["Alsace", "Basse-Normandie", "Rhône-Alpes"])
)
@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_a_former_region_never_gets_a_territory_however_written(
    seed: int, former: str, directory: Directory, place_names: PlaceNames
) -> None:
    cell = PlaceCell(2, name=disguise(former, seed))
    (found,) = match_places([cell], Level.REGION, directory, place_names)
    assert (found.grade, found.territory) == (Grade.UNKNOWN, None)


def test_candidates_are_territories_that_exist(
    directory: Directory, place_names: PlaceNames
) -> None:
    cells = [PlaceCell(row, f"{row:02}") for row in range(100)]
    for level in (None, Level.REGION, Level.DEPARTEMENT):
        for match in match_places(cells, level, directory, place_names):
            assert all(isinstance(one, TerritoryId) for one in match.candidates)
            assert all(one in directory for one in match.candidates)

"""What people write for a territory, and what it is taken for."""

from __future__ import annotations

import pytest

from territoires.domain.directory import Directory
from territoires.domain.territories import Level, TerritoryId
from territoires.domain.updates import Grade, PlaceMatch
from territoires.tables.matching import (
    PlaceCell,
    PlaceNames,
    match_places,
    nearest,
    places,
    read_level,
    written,
)

from .conftest import MatchOne

R, D, E, C = Level.REGION, Level.DEPARTEMENT, Level.EPCI, Level.COMMUNE


def candidates(found: PlaceMatch) -> list[str]:
    return [str(one) for one in found.candidates]


@pytest.mark.parametrize(
    ("level", "code", "territory"),
    [
        (R, "1", "region-01"),
        (R, "01", "region-01"),
        (R, "1.0", "region-01"),
        (R, "1,0", "region-01"),
        (R, "'01", "region-01"),
        (R, "’01", "region-01"),
        (R, '="01"', "region-01"),
        (R, " 53 ", "region-53"),
        (R, "FR-BRE", "region-53"),
        (R, "fr-bre", "region-53"),
        (R, "FR-20R", "region-94"),
        (R, "FR-COR", "region-94"),
        (R, "FR-971", "region-01"),
        (R, "FR-GUA", "region-01"),
        (R, "FR-YT", "region-06"),
        (R, "R53", "region-53"),
        (R, "REG-11", "region-11"),
        (R, "2024-REG-11", "region-11"),
        (R, "Région 53", "region-53"),
        (R, "région-53", "region-53"),
        (R, "region-53", "region-53"),
        (R, "FR", "pays-FR"),
        (D, "1", "departement-01"),
        (D, "2a", "departement-2A"),
        (D, "02A", "departement-2A"),
        (D, "035", "departement-35"),
        (D, "971", "departement-971"),
        (D, "FR-35", "departement-35"),
        (D, "FR-2A", "departement-2A"),
        (D, "FR-971", "departement-971"),
        (D, "FR-75C", "departement-75"),
        (D, "FR-PM", "departement-975"),
        (D, "DEP35", "departement-35"),
        (D, "D35", "departement-35"),
        (E, "200067981", "epci-200067981"),
        (E, "200 067 981", "epci-200067981"),
        (E, "200\u00a0067\u202f981", "epci-200067981"),
        (E, "200067981.0", "epci-200067981"),
        (C, "35238", "commune-35238"),
        (C, "1001", "commune-01001"),
        (C, "01001.0", "commune-01001"),
        (C, "2a004", "commune-2A004"),
        (C, "COM-53130", "commune-53130"),
        (None, "2B", "departement-2B"),
        (None, "971", "departement-971"),
        (None, "R53", "region-53"),
        (None, "35238", "commune-35238"),
        (None, "200067981", "epci-200067981"),
        (None, "FR", "pays-FR"),
    ],
)
def test_a_code_is_read_as_people_write_it(
    level: Level | None, code: str, territory: str, match_one: MatchOne
) -> None:
    for found in (match_one(level, code=code), match_one(level, name=code)):
        assert (found.grade, str(found.territory)) == (Grade.EXACT, territory)


@pytest.mark.parametrize(
    ("level", "code", "grade", "others"),
    [
        (None, "53", Grade.AMBIGUOUS, ["region-53", "departement-53"]),
        (None, "1", Grade.AMBIGUOUS, ["region-01", "departement-01"]),
        (None, "FR-971", Grade.AMBIGUOUS, ["region-01", "departement-971"]),
        # A code of today, or a région of before 2016.
        (None, "21", Grade.AMBIGUOUS, ["departement-21", "region-44"]),
        # In ISO 3166-2 two digits are a département.
        (R, "FR-53", Grade.AMBIGUOUS, ["departement-53", "region-53"]),
        (D, "R53", Grade.AMBIGUOUS, ["region-53", "departement-53"]),
        (R, "35", Grade.UNKNOWN, ["departement-35"]),
        (R, "99", Grade.UNKNOWN, []),
        (R, "FR10", Grade.UNKNOWN, []),
        (D, "20", Grade.UNKNOWN, ["departement-2A", "departement-2B"]),
        (D, "FR-6AE", Grade.UNKNOWN, ["departement-67", "departement-68"]),
        (D, "FR-69M", Grade.UNKNOWN, ["departement-69"]),
        (D, "69D", Grade.UNKNOWN, ["departement-69"]),
        (D, "100", Grade.UNKNOWN, []),
        (C, "75101", Grade.UNKNOWN, ["commune-75056"]),
        (C, "70379", Grade.UNKNOWN, ["commune-70525"]),
        (C, "35000", Grade.UNKNOWN, ["commune-35238"]),
        (C, "99999", Grade.UNKNOWN, []),
        (E, "123456789", Grade.UNKNOWN, []),
    ],
)
def test_a_code_that_is_not_sure_is_never_guessed(
    level: Level | None, code: str, grade: Grade, others: list[str], match_one: MatchOne
) -> None:
    found = match_one(level, code=code)
    assert (found.grade, found.territory, candidates(found)) == (grade, None, others)
    assert found.note


@pytest.mark.parametrize(
    ("level", "name", "territory"),
    [
        (R, "Île-de-France", "region-11"),
        (R, "Ile de France", "region-11"),
        (R, "ILE-DE-FRANCE", "region-11"),
        (R, "Région Île de France", "region-11"),
        (R, "Réunion", "region-04"),
        (R, "LA RÉUNION", "region-04"),
        (R, "Réunion (La)", "region-04"),
        (R, "Région Pays de la Loire", "region-52"),
        (R, "Provence Alpes Cote d'Azur", "region-93"),
        (R, "53 – Bretagne", "region-53"),
        (R, "53 Bretagne", "region-53"),
        (R, "Bretagne (53)", "region-53"),
        (R, "Bretagne (région)", "region-53"),
        (R, "Auvergne-Rhône-Alpes (AURA)", "region-84"),
        (R, "PACA", "region-93"),
        (R, "Région PACA", "region-93"),
        (R, "AURA", "region-84"),
        (R, "BFC", "region-27"),
        (R, "CVL", "region-24"),
        (R, "HDF", "region-32"),
        (R, "IDF", "region-11"),
        (R, "PDL", "region-52"),
        (R, "Région Sud", "region-93"),
        (R, "P.A.C.A.", "region-93"),
        (R, "Languedoc-Roussillon-Midi-Pyrénées", "region-76"),
        (R, "11 - Ile-de-France", "region-11"),
        (D, "Nord (59)", "departement-59"),
        (R, "France", "pays-FR"),
        (R, "FRANCE", "pays-FR"),
        (D, "département de l’Ain", "departement-01"),
        (D, "Departement du Nord", "departement-59"),
        (D, "Seine St Denis", "departement-93"),
        (D, "Val d'Oise", "departement-95"),
        (D, "Côtes-du-Nord", "departement-22"),
        (C, "Le Mans", "commune-72181"),
        (C, "Mans (Le)", "commune-72181"),
        (C, "Ville de Rennes", "commune-35238"),
        (C, "L'Hay les Roses", "commune-94038"),
        (C, "Saint-Denis (93)", "commune-93066"),
        (C, "St Denis (Seine-Saint-Denis)", "commune-93066"),
        (C, "Saint-Denis, La Réunion", "commune-97411"),
        (C, "Saint-Denis 974", "commune-97411"),
        (E, "Communauté de communes du Pays de Bray", "epci-246000913"),
        (E, "CC Pays de Bray", "epci-246000913"),
        (E, "Pays de Bray", "epci-246000913"),
        (E, "Rennes Métropole", "epci-243500139"),
        (Level.PAYS, "France", "pays-FR"),
    ],
)
def test_a_name_is_exact_but_for_how_it_is_written(
    level: Level, name: str, territory: str, match_one: MatchOne
) -> None:
    found = match_one(level, name=name)
    assert (found.grade, str(found.territory)) == (Grade.EXACT, territory)
    # Whichever column it stands in.
    assert match_one(level, code=name).territory == found.territory


@pytest.mark.parametrize(
    ("level", "name", "territory"),
    [
        (R, "Ile de Frnace", "region-11"),
        (R, "Bretagn", "region-53"),
        (R, "Nouvelle Aquitane", "region-75"),
        (R, "Haut de France", "region-32"),
        (R, "Pays de Loire", "region-52"),
        # Two letters may be something else; so may a point of the compass.
        (R, "NA", "region-75"),
        (R, "GE", "region-44"),
        (R, "Sud", "region-93"),
        (R, "Corse (collectivité)", "region-94"),
        (D, "Ille et Villaine", "departement-35"),
        (D, "Hte Garonne", "departement-31"),
        (C, "Rennse", "commune-35238"),
        (E, "CC Val d’Ile-Aubigné", "epci-243500667"),
        (E, "Grand Lyon", "epci-200046977"),
        (E, "MEL", "epci-200093201"),
        # Another kind may have other limits.
        (E, "CA Rennes Métropole", "epci-243500139"),
    ],
)
def test_a_close_name_is_proposed_and_left_to_a_person(
    level: Level, name: str, territory: str, match_one: MatchOne
) -> None:
    found = match_one(level, name=name)
    assert (found.grade, str(found.territory)) == (Grade.CLOSE, territory)
    assert found.note
    assert found.territory not in found.candidates


@pytest.mark.parametrize(
    ("level", "name", "grade", "others"),
    [
        (C, "Saint-Denis", Grade.AMBIGUOUS, ["commune-97411", "commune-93066"]),
        (D, "Aine", Grade.AMBIGUOUS, ["departement-02", "departement-01"]),
        (None, "Paris", Grade.AMBIGUOUS, ["departement-75", "commune-75056"]),
        (None, "Bretagne", Grade.AMBIGUOUS, ["region-53", "commune-90019"]),
        # Another level, another time, a part.
        (R, "Mayenne", Grade.UNKNOWN, ["departement-53"]),
        (D, "Bretagne", Grade.UNKNOWN, ["region-53"]),
        (D, "Alsace", Grade.UNKNOWN, ["departement-67", "departement-68"]),
        (C, "Nervezain", Grade.UNKNOWN, ["commune-70525"]),
        (C, "Paris 14e arrondissement", Grade.UNKNOWN, ["commune-75056"]),
        (R, "Val de Loire", Grade.UNKNOWN, ["region-24"]),
        (R, "Île-de-France (hors Paris)", Grade.UNKNOWN, ["region-11"]),
        (C, "Rennes (29)", Grade.AMBIGUOUS, ["commune-35238"]),
        (E, "Brest", Grade.UNKNOWN, ["epci-242900314"]),
        (R, "xx", Grade.UNKNOWN, []),
        (R, "", Grade.UNKNOWN, []),
    ],
)
def test_a_name_that_is_not_sure_is_never_guessed(
    level: Level | None, name: str, grade: Grade, others: list[str], match_one: MatchOne
) -> None:
    found = match_one(level, name=name)
    assert (found.grade, found.territory) == (grade, None)
    assert candidates(found)[: len(others)] == others
    assert found.note


@pytest.mark.parametrize(
    ("text", "country"),
    [
        ("Total", False),
        ("TOTAL", False),
        ("Total général", False),
        ("Sous-total", False),
        ("Ensemble", False),
        ("Ensemble des régions", False),
        ("Moyenne", False),
        ("Moyenne nationale", True),
        ("France entière", True),
        ("TOTAL FRANCE", True),
        ("Ensemble France", True),
        ("France métropolitaine", False),
        ("France hors Mayotte", False),
        ("FRANCE-M", False),
        ("Outre-mer", False),
        ("DROM", False),
    ],
)
def test_a_sum_is_a_total_and_only_france_whole_is_france(
    text: str, country: bool, match_one: MatchOne
) -> None:
    for found in (match_one(R, name=text), match_one(R, code=text)):
        assert (found.grade, found.territory) == (Grade.TOTAL, None)
        assert candidates(found) == (["pays-FR"] if country else [])


def test_the_metropole_is_told_not_to_be_france(match_one: MatchOne) -> None:
    assert match_one(R, name="France métropolitaine").note == (
        "ligne de total\u00a0; «\u00a0France métropolitaine\u00a0» n’est pas la France "
        "entière\u00a0: il y manque des régions"
    )


@pytest.mark.parametrize(
    ("level", "place", "grade", "territory"),
    [
        (R, ("53", "Bretagne"), Grade.EXACT, "region-53"),
        (R, ("53", "BRETAGNE "), Grade.EXACT, "region-53"),
        (R, ("53", "Bretagn"), Grade.EXACT, "region-53"),
        # The name decides what the code means, the code which of the homonyms.
        (None, ("53", "Bretagne"), Grade.EXACT, "region-53"),
        (None, ("53", "Mayenne"), Grade.EXACT, "departement-53"),
        (None, ("75", "Paris"), Grade.EXACT, "departement-75"),
        (C, ("93066", "Saint-Denis"), Grade.EXACT, "commune-93066"),
        (C, ("35238", "Renes"), Grade.EXACT, "commune-35238"),
        (R, ("53", "Breizh"), Grade.CLOSE, "region-53"),
        (R, ("99", "Bretagne"), Grade.CLOSE, "region-53"),
        (R, ("ZZ", "Bretagne"), Grade.CLOSE, "region-53"),
    ],
)
def test_a_code_and_a_name_that_agree_settle(
    level: Level | None, place: tuple[str, str], grade: Grade, territory: str, match_one: MatchOne
) -> None:
    found = match_one(level, *place)
    assert (found.grade, str(found.territory)) == (grade, territory)


@pytest.mark.parametrize(
    ("level", "code", "name", "others"),
    [
        (R, "53", "Normandie", ["region-53", "region-28"]),
        (R, "76", "Languedoc-Roussillon", ["region-76"]),
        (R, "91", "Occitanie", ["region-76"]),
        (C, "35238", "Brest", ["commune-35238", "commune-29019"]),
        (R, "53", "Mayenne", ["region-53", "departement-53"]),
        # A code of département in a file of régions.
        (R, "974", "La Réunion", ["region-04", "departement-974"]),
    ],
)
def test_a_code_and_a_name_that_disagree_are_both_shown(
    level: Level, code: str, name: str, others: list[str], match_one: MatchOne
) -> None:
    found = match_one(level, code=code, name=name)
    assert (found.grade, found.territory) == (Grade.AMBIGUOUS, None)
    assert candidates(found) == others
    assert "code" in found.note
    assert "nom" in found.note


def test_the_note_says_what_the_code_and_the_name_say(match_one: MatchOne) -> None:
    assert match_one(R, code="53", name="Normandie").note == (
        "le code dit Bretagne (région 53), le nom dit Normandie (région 28)"
    )
    assert match_one(R, code="1").note == "lu «\u00a001\u00a0»"


@pytest.mark.parametrize(
    ("cell", "grade", "territory"),
    [
        (PlaceCell(2, "53", "", "région"), Grade.EXACT, "region-53"),
        (PlaceCell(2, "53", "", "REG"), Grade.EXACT, "region-53"),
        (PlaceCell(2, "53", "", "dép."), Grade.EXACT, "departement-53"),
        (PlaceCell(2, "FR", "France", "pays"), Grade.EXACT, "pays-FR"),
        (PlaceCell(2, "", "", "pays"), Grade.EXACT, "pays-FR"),
        (PlaceCell(2, "", "France", "région"), Grade.CLOSE, "pays-FR"),
        (PlaceCell(2, "53", "", "canton"), Grade.UNKNOWN, "None"),
        (PlaceCell(2, "53", "", "pays"), Grade.UNKNOWN, "None"),
        (PlaceCell(2, "", "", ""), Grade.UNKNOWN, "None"),
    ],
)
def test_the_level_of_the_row_wins(
    cell: PlaceCell, grade: Grade, territory: str, directory: Directory, place_names: PlaceNames
) -> None:
    (found,) = match_places([cell], Level.DEPARTEMENT, directory, place_names)
    assert (found.grade, str(found.territory)) == (grade, territory)


@pytest.mark.parametrize(
    ("text", "level"),
    [
        ("région", R), ("REG", R), ("Régions", R), ("département", D), ("dép.", D), ("EPCI", E),
        ("intercommunalité", E), ("Commune", C), ("pays", Level.PAYS), ("France", Level.PAYS),
        ("national", Level.PAYS), ("zone", Level.ZONE), ("canton", None), ("", None),
        ("x" * 9000, None),
    ],
)  # fmt: skip
def test_a_level_is_read_in_french_and_as_in_the_contract(text: str, level: Level | None) -> None:
    assert read_level(text) is level


def test_every_level_of_the_contract_is_read() -> None:
    assert all(read_level(str(level)) is level for level in Level)


def test_the_same_place_is_one_match_with_all_its_rows(
    directory: Directory, place_names: PlaceNames
) -> None:
    cells = [PlaceCell(2, "53"), PlaceCell(3, "11"), PlaceCell(4, " 53 "), PlaceCell(9, "53")]
    found = match_places(cells, R, directory, place_names)
    assert [(match.written, match.rows) for match in found] == [("53", (2, 4, 9)), ("11", (3,))]


def test_what_a_person_sees_is_the_key_of_the_choice(
    directory: Directory, place_names: PlaceNames
) -> None:
    cells = [
        PlaceCell(2, "53"),
        PlaceCell(3, "", "Bretagne"),
        PlaceCell(4, "53", "Bretagne"),
        PlaceCell(5, "53", "", "REG"),
        PlaceCell(6, "53", "", "dep"),
    ]
    shown = ["53", "Bretagne", "53 – Bretagne", "53 (région)", "53 (département)"]
    assert [written(cell) for cell in cells] == shown
    found = match_places(cells, R, directory, place_names)
    assert [match.written for match in found] == shown


def test_a_zone_is_known_by_its_code_alone(zoned: Directory, place_names: PlaceNames) -> None:
    zone = zoned.of_level(Level.ZONE)[0]
    cells = [PlaceCell(2, zone.id.code), PlaceCell(3, "", zone.name), PlaceCell(4, "zone.inconnue")]
    known, named, nothing = match_places(cells, Level.ZONE, zoned, place_names)
    assert (known.grade, known.territory) == (Grade.EXACT, zone.id)
    assert (named.grade, named.territory) == (Grade.UNKNOWN, None)
    assert (nothing.grade, nothing.territory) == (Grade.UNKNOWN, None)
    (alone,) = match_places(cells[:1], None, zoned, place_names)
    assert alone.territory == zone.id


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>", "=1+1", "\x00", "5\x003", "𝟝𝟛", "５３", "٥٣",
        "'; --", "{{53}}", "%s%s", "../../etc/passwd", "nan", "inf", "1e5",
        "FR-", "region-", "zone-.", "(" * 5000, "a" * 100_000, "é" * 5000, "(93)", "53 –",
        "- 53", "FR-FR-FR", "  ", "\u00a0", "\n", "0", "000", "00000", "-1", "1_0",
    ],
)  # fmt: skip
@pytest.mark.parametrize("level", [None, *Level])
def test_hostile_text_is_data(text: str, level: Level | None, match_one: MatchOne) -> None:
    for found in (match_one(level, code=text), match_one(level, name=text)):
        assert found.grade in (Grade.UNKNOWN, Grade.AMBIGUOUS)
        assert found.territory is None
        assert len(found.written) <= 200
        assert len(found.note) <= 400


def test_what_cannot_be_seen_is_left_out(match_one: MatchOne) -> None:
    found = match_one(R, code="\u202e53\u200b")
    assert (found.written, str(found.territory)) == ("53", "region-53")


def test_beyond_a_number_of_searches_a_misspelt_name_is_unknown_and_says_why(
    directory: Directory, place_names: PlaceNames, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(nearest, "MAX_SEARCHES", 1)
    cells = [PlaceCell(2, "", "Bretagn"), PlaceCell(3, "", "Normandi"), PlaceCell(4, "", "Corse")]
    first, second, exact = match_places(cells, R, directory, place_names)
    assert first.grade is Grade.CLOSE
    assert second.grade is Grade.UNKNOWN
    assert second.note == ("trop de noms inconnus dans ce fichier pour chercher les plus proches")
    assert exact.territory == TerritoryId(R, "94")


def test_beyond_a_number_of_names_nobody_bears_no_level_is_tried_any_more(
    directory: Directory, place_names: PlaceNames, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(places, "MAX_MISSES", 2)
    cells = [
        PlaceCell(row, code, name)
        for row, (code, name) in enumerate(
            [("", "Xqzt"), ("", "Quimper"), ("", "Wxcv"), ("", "Brest"), ("29019", "Brest"),
             ("", "Total"), ("53", "")]
        )
    ]  # fmt: skip
    found = match_places(cells, None, directory, place_names)
    assert [match.grade for match in found[:2]] == [Grade.UNKNOWN, Grade.EXACT]
    assert found[3].grade is Grade.UNKNOWN
    assert found[3].note == "trop de noms inconnus dans ce fichier pour chercher à tous les niveaux"
    assert str(found[4].territory) == "commune-29019"
    assert found[5].grade is Grade.TOTAL
    levels = [PlaceCell(row, "", f"Xq{row}zt") for row in range(5)]
    known = match_places(
        [*levels, PlaceCell(9, "", "Brest")], Level.COMMUNE, directory, place_names
    )
    assert str(known[-1].territory) == "commune-29019"
    said = match_places(
        [*levels, PlaceCell(9, "", "Brest", "commune")], None, directory, place_names
    )
    assert str(said[-1].territory) == "commune-29019"


def test_every_commune_is_looked_for_without_a_level(
    directory: Directory, place_names: PlaceNames
) -> None:
    names = dict.fromkeys(one.name for one in directory.of_level(Level.COMMUNE))
    cells = [PlaceCell(row, "", name) for row, name in enumerate(list(names)[::5])]
    found = match_places(cells, None, directory, place_names)
    assert {match.grade for match in found} <= {Grade.EXACT, Grade.AMBIGUOUS}


def test_beyond_a_number_of_unknown_places_none_is_read_any_more(
    directory: Directory, place_names: PlaceNames, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(places, "MAX_UNKNOWN", 2)
    texts = [("", "Xqzt"), ("53", ""), ("99", ""), ("", "Ensemble"), ("11", "")]
    cells = [PlaceCell(row, code, name) for row, (code, name) in enumerate(texts)]
    found = match_places(cells, R, directory, place_names)
    assert [str(match.territory) for match in found if match.territory] == ["region-53"]
    assert [match.rows for match in found] == [(0,), (1,), (2,), (3,), (4,)]
    assert [match.grade for match in found[-2:]] == [Grade.UNKNOWN, Grade.UNKNOWN]
    assert found[-1].note == "trop de lieux inconnus dans ce fichier pour lire celui-ci"

"""Columns of files as people make them, and what each is taken for."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from territoires import settings as paths
from territoires.domain.indicators import Indicator
from territoires.domain.updates import ColumnMatch, Dialect, FileKind
from territoires.tables.indicators import read_contract
from territoires.tables.matching import FIELDS, IGNORED, match_columns
from territoires.tables.matching.contents import sample_rows
from territoires.tables.matching.keys import to_words
from territoires.tables.published import Published
from territoires.tables.sheets import Sheet, SheetRow, read_sheet

FIGURES, C, Z = FileKind.OBSERVATIONS, FileKind.CATALYSTS, FileKind.ZONING
Catalogue = Mapping[str, Indicator]


@pytest.fixture(scope="module")
def catalogue(published: Published) -> Catalogue:
    return published.catalogue


def match(text: str, catalogue: Catalogue, kind: FileKind = FIGURES) -> tuple[ColumnMatch, ...]:
    sheet, _ = read_sheet(text.encode(), "fichier.csv")
    assert sheet is not None
    return match_columns(sheet, kind, catalogue)


def fields(matches: tuple[ColumnMatch, ...]) -> list[str]:
    return [column.role.field for column in matches]


REGIONS = "\n{0};20,5;100\n{1};30;120\n{2};77;90\n"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Région;Taux;Répondants\n01;20,5;100\n53;77;90\n", ["code", "value", "respondents"]),
        ("Région;Taux;n\nBretagne;20,5;100\nCorse;77;90\n", ["name", "value", "respondents"]),
        ("Code;Région;Valeur\n53;Bretagne;77\n94;Corse;12\n", ["code", "name", "value"]),
        ("Code\nBretagne\nCorse\n", ["name"]),
        ("CODGEO;LIBGEO;2024\n35238;Rennes;7\n29019;Brest;8\n", ["code", "name", "value"]),
        ("Département;% d'adhésion\n2A;77%\n35;30%\n", ["code", "value"]),
        ("Niveau;Code;Vague;Indicateur;Valeur\nrégion;53;2024;x;1\n",
         ["level", "code", "wave", "indicator", "value"]),
        # No heading that says anything: by what the cells look like.
        ("a;b;c;d\nBretagne;77%;2024;claire\nCorse;70%;2023;ambigue\n",
         ["name", "value", "wave", "fiabilite"]),
        ("a;b\n01001;77\n35238;70\n", ["code", "value"]),
        ("a;b\n200067981;77,5\n243500139;70\n", ["code", "value"]),
        ("a;b;c\nFR-BRE;77;nov. 2024\nFR-COR;70;nov. 2024\n", ["code", "value", "wave"]),
        ("a;b;c\nadhesion_maires_region;région;7\n", ["indicator", "level", "value"]),
        # Misspelt.
        ("Regon;Valeurs;Repondant\nBretagne;7;100\nCorse;8;90\n", ["name", "value", "respondents"]),
        # Known, and of no use.
        ("Code Insee;Code postal;Latitude;Taux;Problèmes trouvés\n35238;35000;48,1;7;\n",
         ["code", IGNORED, IGNORED, "value", IGNORED]),
        ("Région;Taux;xyz;abc\n53;7;12;du texte\n94;8;13;un autre\n",
         ["code", "value", IGNORED, IGNORED]),
    ],
)  # fmt: skip
def test_columns_of_figures_are_known_by_heading_and_content(
    text: str, expected: list[str], catalogue: Catalogue
) -> None:
    assert fields(match(text, catalogue)) == expected


@pytest.mark.parametrize(
    ("heading", "indicator", "wave"),
    [
        ("2024", "", "2024"),
        ("2016-11", "", "2016-11"),
        ("Novembre 2024", "", "2024-11"),
        ("T1 2025", "", "2025-T1"),
        ("Taux 2024", "", "2024"),
        ("Taux (nov. 2024)", "", "2024-11"),
        ("adhesion_maires_region", "adhesion_maires_region", ""),
        ("Adhésion à la dynamique partenariale", "adhesion_maires_region", ""),
        ("ADHESION A LA DYNAMIQUE PARTENARIALE (%)", "adhesion_maires_region", ""),
        ("Adhésion à la dynamiqe partenariale", "adhesion_maires_region", ""),
        ("Adhésion 2024", "adhesion_maires_region", "2024"),
        ("adhesion_maires_region 2023", "adhesion_maires_region", "2023"),
        ("adhesion_maires_region_2016-11", "adhesion_maires_region", "2016-11"),
        ("2024 – Adhésion à la dynamique partenariale", "adhesion_maires_region", "2024"),
        # Four indicators have this label: the actor tells which, else a person.
        ("Les alliances sont source d’innovation (entreprises)", "innovation_entreprises", ""),
        ("Les alliances sont source d’innovation", "", ""),
        ("Les alliances sont source d’innovation 2020", "", "2020"),
        # A year inside a label is no wave.
        ("Sortie de crise 2020 : un « besoin d’alliances »", "sortie_crise_maires", ""),
    ],
)
def test_the_heading_of_a_value_column_says_its_indicator_and_wave(
    heading: str, indicator: str, wave: str, catalogue: Catalogue
) -> None:
    _, column = match(f"Région;{heading}\n53;77\n94;12\n", catalogue)
    role = column.role
    assert (role.field, role.indicator_id, role.wave) == ("value", indicator, wave)


def test_a_wide_table_has_several_columns_of_values(catalogue: Catalogue) -> None:
    text = "Région;Adhésion 2016-11;Adhésion 2020-11;Répondants 2016-11;Répondants 2020-11\n53;7;8;100;200\n"
    roles = [column.role for column in match(text, catalogue)]
    assert [(role.field, role.wave) for role in roles] == [
        ("code", ""), ("value", "2016-11"), ("value", "2020-11"),
        ("respondents", "2016-11"), ("respondents", "2020-11"),
    ]  # fmt: skip


def test_several_columns_of_numbers_that_nothing_names_are_left_to_the_person(
    catalogue: Catalogue,
) -> None:
    found = match("Région;alpha;beta\nBretagne;7;8\nCorse;9;10\n", catalogue)
    assert fields(found) == ["name", "value", "value"]
    assert {column.role.indicator_id for column in found} == {""}


def test_of_two_columns_for_one_field_the_finest_is_kept_and_the_other_says_why(
    catalogue: Catalogue,
) -> None:
    rows = "\n".join(f"53;Bretagne;35{i:03};Commune {i};{i}" for i in range(1, 9))
    text = f"Code région;Région;Code commune;Commune;Taux\n{rows}\n"
    found = match(text, catalogue)
    assert fields(found) == [IGNORED, IGNORED, "code", "name", "value"]
    assert found[0].reason == "déjà donné par «\u00a0Code commune\u00a0»"


@pytest.mark.parametrize(
    ("text", "reasons"),
    [
        ("Région;Taux\n01;7\n53;8\n",
         ["titre «\u00a0Région\u00a0», codes à 2 chiffres", "titre «\u00a0Taux\u00a0»"]),
        ("a;b\nBretagne;7%\nCorse;8%\n", ["noms de territoires", "nombres avec %"]),
        ("Région;Base\nCorse;Maires interrogés\n",
         ["titre «\u00a0Région\u00a0»", "titre «\u00a0Base\u00a0», mais pas des nombres"]),
        ("Région;Adhésion 2024\nCorse;7\n",
         ["titre «\u00a0Région\u00a0»", "indicateur «\u00a0adhesion_maires_region\u00a0», vague 2024"]),
        ("Région;zzz\nCorse;du texte libre\n", ["titre «\u00a0Région\u00a0»", "titre inconnu"]),
    ],
)  # fmt: skip
def test_the_reason_is_short_and_french(
    text: str, reasons: list[str], catalogue: Catalogue
) -> None:
    assert [column.reason for column in match(text, catalogue)] == reasons


@pytest.mark.parametrize("kind", FileKind)
def test_a_template_headed_by_our_labels_comes_back_without_question(
    kind: FileKind, catalogue: Catalogue
) -> None:
    labels = tuple(field.label for field in FIELDS[kind])
    sheet = Sheet("f", Dialect(), 1, labels, (SheetRow(2, ("",) * len(labels)),))
    found = match_columns(sheet, kind, catalogue)
    assert fields(found) == [field.name for field in FIELDS[kind]]


@pytest.mark.parametrize(
    ("kind", "table"),
    [
        (FIGURES, "observations"),
        (C, "catalysts"),
        (FileKind.CATALOGUE, "indicators"),
        (Z, "zonages"),
    ],
)
def test_the_published_tables_come_back_without_question(
    kind: FileKind, table: str, catalogue: Catalogue
) -> None:
    folder = paths.DEMONSTRATION if kind is Z else paths.INDICATORS
    sheet, _ = read_sheet((folder / f"{table}.csv").read_bytes(), f"{table}.csv")
    assert sheet is not None
    found = match_columns(sheet, kind, catalogue)
    derived = {
        FIGURES: {"observation_id", "cycle", "contradictions", "fact_id"},
        C: {"precision"},
        FileKind.CATALOGUE: {"waves", "levels"},
        Z: {"zoning_id", "zoning_name", "level"},
    }[kind]
    assert {column.heading for column in found if column.role.field == IGNORED} == derived
    needed = {field.name for field in FIELDS[kind]}
    assert needed - set(fields(found)) <= {"name"}


@pytest.mark.parametrize("kind", FileKind)
def test_an_alias_heads_one_field_only_and_is_written_plainly(kind: FileKind) -> None:
    aliases = [alias for field in FIELDS[kind] for alias in {to_words(field.label), *field.aliases}]
    assert len(aliases) == len(set(aliases))
    assert all(alias == to_words(alias) for alias in aliases)


def test_the_catalogue_has_a_field_for_each_column_of_its_contract() -> None:
    columns = [field["name"] for field in read_contract("indicators")["fields"]]
    names = [field.name for field in FIELDS[FileKind.CATALOGUE]]
    assert names == [column for column in columns if column not in ("waves", "levels")]


@pytest.mark.parametrize(
    ("text", "kind", "expected"),
    [
        ("Nom;Commune;Dép.;Catégorie;Source\nx;Rennes;35;y;z\n", C,
         ["name", "commune", "departement", "kind", "source"]),
        ("Structure;Ville;Région;Métier\nx;Rennes;53;y\n", C,
         ["name", "commune", "region", "metier"]),
        ("SIREN EPCI;Code CRTE;Nom du CRTE;Nom du territoire\n200041622;1;a;b\n", Z,
         ["member", "zone", "zone_name", IGNORED]),
        ("x;Zone\n200041622;1\n", Z, ["member", "zone"]),
        ("epci;zone;nom_zone\n200041622;1;a\n", Z, ["member", "zone", "zone_name"]),
        ("code_insee;code_zone;nom_zone\n35238;1;a\n", Z, ["member", "zone", "zone_name"]),
        ("Identifiant;Libellé;Thème;Unité\na;b;c;d\n", FileKind.CATALOGUE,
         ["indicator_id", "label", "theme", "unit"]),
    ],
)  # fmt: skip
def test_columns_of_the_other_kinds_are_known(
    text: str, kind: FileKind, expected: list[str], catalogue: Catalogue
) -> None:
    assert fields(match(text, catalogue, kind)) == expected


def test_a_long_file_is_looked_at_all_along() -> None:
    rows = list(sample_rows(200_000, 6))
    assert len(rows) <= 1_000
    assert rows == sorted(set(rows))
    assert rows[0] == 0
    assert rows[-1] > 190_000
    assert list(sample_rows(3, 200)) == [0, 1, 2]
    assert len(sample_rows(200_000, 200)) <= 100


@given(
    headings=st.lists(st.text(max_size=40), min_size=1, max_size=8),
    cell=st.text(max_size=30),
    kind=st.sampled_from(FileKind),
)
@settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_any_columns_get_one_role_each_and_no_field_twice(
    headings: list[str], cell: str, kind: FileKind, catalogue: Catalogue
) -> None:
    rows = tuple(SheetRow(n, (cell,) * len(headings)) for n in range(2, 5))
    found = match_columns(Sheet("f", Dialect(), 1, tuple(headings), rows), kind, catalogue)
    assert [column.role.position for column in found] == list(range(len(headings)))
    assert [column.heading for column in found] == headings
    known = {field.name for field in FIELDS[kind]} | {IGNORED}
    assert set(fields(found)) <= known
    once = [
        (column.role.field, column.role.wave)
        for column in found
        if column.role.field not in ("value", IGNORED)
    ]
    assert len(once) == len(set(once))
    assert all(column.reason for column in found)


def test_a_wave_already_published_is_told(catalogue: Catalogue) -> None:
    sheet = Sheet("f", Dialect(), 1, ("2016-11", "2024"), (SheetRow(2, ("7", "8")),))
    found = match_columns(sheet, FIGURES, catalogue, {"2016-11"})
    assert [column.reason for column in found] == ["vague 2016-11, déjà au catalogue", "vague 2024"]

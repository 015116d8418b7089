"""Templates: brought back unchanged they change nothing, and their schema holds them."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from typing import Any

import pytest

from territoires.domain.directory import Directory
from territoires.domain.territories import Level
from territoires.domain.updates import Choices, FileKind, Severity
from territoires.errors import TerritoiresError
from territoires.tables.matching import IGNORED, PlaceNames
from territoires.tables.published import Published
from territoires.tables.sheets import read_sheet
from territoires.tables.updates.compare import compare_tables
from territoires.tables.updates.template_columns import HELP, HELP_HEADING, template_columns
from territoires.tables.updates.templates import (
    DIALECTS,
    TemplateDialect,
    build_schema,
    build_template,
)
from territoires.views.update_review import Review, review_update
from tests.tables.updates.conftest import Rows
from tests.tables.updates.files import changed, with_rows

FORMULA = '=HYPERLINK("http://x";"y")'


@pytest.fixture
def held(tables: Rows, simulated_tables: Rows) -> Rows:
    """Give what is published, with a zoning."""
    return {**tables, "zonages": simulated_tables["zonages"]}


def cells_of(content: bytes, separator: str = ";") -> list[list[str]]:
    return list(
        csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), delimiter=separator)
    )


@pytest.fixture
def review(
    held: Rows, directory: Directory, place_names: PlaceNames, published: Published
) -> Callable[..., Review]:
    """Review a file as the page does, once everything is confirmed."""

    def review_file(name: str, content: bytes, tables: Rows = held, **choices: Any) -> Review:
        asked = Choices(confirmed=True, zoning_name=held["zonages"][0]["zoning_name"], **choices)
        return review_update(content, name, asked, tables, directory, place_names, published)

    return review_file


@pytest.mark.parametrize("dialect", DIALECTS)
@pytest.mark.parametrize("kind", FileKind)
def test_a_template_brought_back_is_matched_without_a_question_and_changes_nothing(
    kind: FileKind,
    dialect: TemplateDialect,
    held: Rows,
    directory: Directory,
    review: Callable[..., Review],
) -> None:
    found = review(*build_template(kind, held, directory, dialect), kind=kind)
    assert {p.severity for p in found.problems} <= {Severity.NOTE}, found.problems
    assert [(match.heading, match.role.field) for match in found.columns] == [
        (column.heading, column.field if column.field != HELP else IGNORED)
        for column in template_columns(kind)
    ]
    assert compare_tables(held, {**held, **(found.tables or {})}) == ()


@pytest.mark.parametrize("dialect", DIALECTS)
def test_a_template_of_one_indicator_lists_every_territory_and_changes_nothing(
    dialect: TemplateDialect,
    held: Rows,
    directory: Directory,
    review: Callable[..., Review],
) -> None:
    name, content = build_template(
        FileKind.OBSERVATIONS, held, directory, dialect, "adhesion_maires_region", "2016-11"
    )
    assert name.startswith("modele_chiffres_adhesion_maires_region_2016-11")
    sheet, _ = read_sheet(content, name)
    assert sheet is not None
    assert len(sheet.rows) == 1 + len(directory.of_level(Level.REGION))
    found = review(name, content)
    assert {p.severity for p in found.problems} <= {Severity.NOTE}, found.problems
    assert compare_tables(held, {**held, **(found.tables or {})}) == ()


def test_a_wave_not_published_yet_gives_empty_values(held: Rows, directory: Directory) -> None:
    _, content = build_template(
        FileKind.OBSERVATIONS, held, directory, "standard", "adhesion_maires_region", "2030-T1"
    )
    headings, *rows = cells_of(content, ",")
    assert {row[headings.index("Valeur")] for row in rows} == {""}
    assert {row[headings.index("Vague ou millésime")] for row in rows} == {"2030-T1"}


def test_the_last_wave_is_given_when_none_is_asked(held: Rows, directory: Directory) -> None:
    name, _ = build_template(FileKind.OBSERVATIONS, held, directory, "excel", "innovation_maires")
    assert name == "modele_chiffres_innovation_maires_2020-11.csv"


@pytest.mark.parametrize(
    ("indicator", "wave"), [("inconnu", ""), ("../../x", ""), ("adhesion_maires_region", "2016/11")]
)
def test_what_cannot_be_given_is_refused_in_french(
    held: Rows, directory: Directory, indicator: str, wave: str
) -> None:
    with pytest.raises(TerritoiresError) as refusal:
        build_template(FileKind.OBSERVATIONS, held, directory, "excel", indicator, wave)
    assert refusal.value.remedy


def test_what_the_cog_counts_has_no_template(held: Rows, directory: Directory) -> None:
    cog = next(row for row in held["indicators"] if row["nature"] == "cog")
    with pytest.raises(TerritoiresError):
        build_template(FileKind.OBSERVATIONS, held, directory, "excel", cog["indicator_id"])


def test_a_french_excel_opens_the_template_right(held: Rows, directory: Directory) -> None:
    _, content = build_template(FileKind.OBSERVATIONS, held, directory, "excel")
    assert content.startswith(b"\xef\xbb\xbf")
    assert b"\r\n" in content
    headings, *rows = cells_of(content)
    values = {row[headings.index("Valeur")] for row in rows}
    assert any("," in value for value in values)
    assert not any("." in value for value in values)
    waves = {row[headings.index("Vague ou millésime")] for row in rows}
    # « 2016-11 » alone would become a date.
    assert "vague 2016-11" in waves
    assert "2016-11" not in waves


def test_without_any_zoning_the_template_lists_every_epci(
    tables: Rows, directory: Directory
) -> None:
    _, content = build_template(FileKind.ZONING, {**tables, "zonages": ()}, directory, "standard")
    headings, *rows = cells_of(content, ",")
    assert headings[1] == HELP_HEADING
    assert len(rows) == len(directory.of_level(Level.EPCI))
    assert {tuple(row[2:]) for row in rows} == {("", "")}


@pytest.mark.parametrize("dialect", DIALECTS)
def test_formulas_are_neutralised_and_come_back_the_same(
    dialect: TemplateDialect,
    held: Rows,
    directory: Directory,
    review: Callable[..., Review],
) -> None:
    hostile = changed(
        held["catalysts"][1], actor_id="hostile", name="@SUM(A1)", note=FORMULA, metier="’=déjà"
    )
    tables = with_rows(held, "catalysts", hostile)
    name, content = build_template(FileKind.CATALYSTS, tables, directory, dialect)
    sheet, _ = read_sheet(content, name)
    assert sheet is not None
    assert sheet.formulas == ()
    assert not [c for row in sheet.rows for c in row.cells if c.startswith(("=", "+", "-", "@"))]
    found = review(name, content, tables, kind=FileKind.CATALYSTS)
    assert compare_tables(tables, {**tables, **(found.tables or {})}) == ()


def test_a_workbook_keeps_codes_as_text_and_explains_its_columns(
    held: Rows, directory: Directory
) -> None:
    from openpyxl import load_workbook

    _, content = build_template(FileKind.OBSERVATIONS, held, directory, "xlsx")
    book = load_workbook(io.BytesIO(content))
    assert book.sheetnames == ["Données", "Mode d’emploi"]
    data, guide = book.worksheets
    headings = [cell.value for cell in data[1]]
    columns = template_columns(FileKind.OBSERVATIONS)
    assert headings == [column.heading for column in columns]
    code, value = headings.index("Code du territoire"), headings.index("Valeur")
    codes = [row[code] for row in data.iter_rows(min_row=2)]
    assert {cell.data_type for cell in codes} == {"s"}
    assert {cell.number_format for cell in codes if cell.value != "FR"} == {"@"}
    assert data.column_dimensions["A"].number_format == "@"
    assert {type(row[value].value) for row in data.iter_rows(min_row=2)} == {int, float, type(None)}
    explained = [row[0].value for row in guide.iter_rows()]
    assert explained[-len(columns) :] == headings
    assert all(row[2].value for row in guide.iter_rows(min_row=len(explained) - len(columns) + 1))


@pytest.mark.parametrize("kind", FileKind)
def test_the_schema_of_a_template_holds_its_standard_file(
    kind: FileKind, held: Rows, directory: Directory
) -> None:
    from frictionless import Resource, Schema

    descriptor = json.loads(build_schema(kind))
    assert all(field["description"] for field in descriptor["fields"])
    schema = Schema.from_descriptor(descriptor)
    rows = cells_of(build_template(kind, held, directory, "standard")[1], ",")
    report = Resource(data=rows, schema=schema).validate()
    assert report.valid, report.flatten(["rowNumber", "fieldName", "note"])[:5]


@pytest.mark.parametrize("kind", [FileKind.OBSERVATIONS, FileKind.CATALOGUE])
def test_the_schema_of_a_template_refuses_what_the_application_refuses(
    kind: FileKind, held: Rows, directory: Directory
) -> None:
    from frictionless import Resource, Schema

    headings, *rows = cells_of(build_template(kind, held, directory, "standard")[1], ",")
    column = "Fiabilité" if kind is FileKind.OBSERVATIONS else "Nature de la mesure"
    rows[0][headings.index(column)] = "n’importe quoi"
    schema = Schema.from_descriptor(json.loads(build_schema(kind)))
    report = Resource(data=[headings, *rows], schema=schema).validate()
    assert report.flatten(["rowNumber", "fieldName"]) == [[2, column]]

"""CSV files, read back: the French dialect and the standard one hold the same table."""

from __future__ import annotations

import csv
import io
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from territoires.domain.updates import FileKind
from territoires.render.data_files import to_csv
from territoires.render.data_files.csv_files import MAX_REPEATED, Dialect, write_number
from territoires.tables.matching import match_columns
from territoires.tables.plain_text import guard
from territoires.tables.sheets import read_sheet

HOSTILE = "=cmd|' /C calc'!A0"


def read(content: bytes, dialect: Dialect) -> list[dict[str, str]]:
    text = content.decode(dialect.value.encoding)
    return list(csv.DictReader(io.StringIO(text, newline=""), delimiter=dialect.value.delimiter))


def to_number(text: str, dialect: Dialect) -> float | None:
    assert not (dialect is Dialect.FRENCH and "." in text)
    return float(text.replace(",", ".")) if text else None


@pytest.mark.parametrize("dialect", Dialect)
@pytest.mark.parametrize("name", ["connue", "simulée", "île", "zones"])
def test_a_csv_read_back_is_the_table(tables, name, dialect) -> None:
    table = tables[name]
    rows = read(to_csv(table, dialect), dialect)
    assert len(rows) == len(table.rows)
    for row, cells in zip(rows, table.rows, strict=True):
        for column, cell in zip(table.columns, cells, strict=True):
            if column.is_number:
                assert to_number(row[column.name], dialect) == cell
            else:
                assert row[column.name] == (cell or "")
        assert row["citation"] == table.citation.line
        assert row["licence"] == table.citation.licence


def test_dialects_are_what_their_readers_expect(tables) -> None:
    french, standard = (to_csv(tables["simulée"], dialect) for dialect in Dialect)
    assert french.startswith(b"\xef\xbb\xbf")
    assert not standard.startswith(b"\xef\xbb\xbf")
    for content in (french, standard):
        assert content.count(b"\r\n") == content.count(b"\n") == len(tables["simulée"].rows) + 1
    assert ";35,7;" in french.decode()


@pytest.mark.parametrize("start", "=+-@\t\r")
def test_no_text_is_run_as_a_formula(tables, start) -> None:
    table = tables["connue"]
    text = start + HOSTILE[1:]
    at = table.position("nom")
    rows = [(*row[:at], text, *row[at + 1 :]) for row in table.rows]
    for dialect in Dialect:
        found = read(to_csv(replace(table, rows=tuple(rows)), dialect), dialect)
        assert {row["nom"] for row in found} == {"’" + text}


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.text(max_size=40), min_size=1, max_size=18))
def test_any_name_comes_back_as_it_was_but_for_its_guard(tables, names) -> None:
    table = tables["connue"]
    at = table.position("nom")
    rows = [(*row[:at], name, *row[at + 1 :]) for row, name in zip(table.rows, names, strict=False)]
    for dialect in Dialect:
        found = read(to_csv(replace(table, rows=tuple(rows)), dialect), dialect)
        assert [row["nom"] for row in found] == [guard(name) for name in names]


def test_thousands_of_rows_tell_long_texts_once_and_short_ones_always(tables) -> None:
    table = tables["île"]
    many = replace(table, rows=table.rows * (MAX_REPEATED // len(table.rows) + 1))
    first, *others = read(to_csv(many), Dialect.FRENCH)
    assert len(others) >= MAX_REPEATED
    assert first["citation"] == table.citation.line
    assert first["source"]
    for name in ("citation", "licence", "source", "editeur"):
        assert {row[name] for row in others} == {""}
    assert {row["vague"] for row in others} == {"2026"}
    assert {row["jeu"] for row in others} == {"Données publiées"}


def test_numbers_are_written_in_full() -> None:
    assert write_number(1e-07, ",") == "0,0000001"
    assert write_number(35_235, ",") == "35235"
    assert write_number(-0.5, ".") == "-0.5"


def test_what_was_taken_out_can_be_brought_back(tables, published) -> None:
    sheet, problems = read_sheet(to_csv(tables["connue"]), "fichier.csv")
    assert sheet is not None
    assert problems == ()
    roles = {
        match.heading: match.role.field
        for match in match_columns(sheet, FileKind.OBSERVATIONS, published.catalogue)
    }
    for heading, field in (
        ("code", "code"),
        ("nom", "name"),
        ("indicateur", "indicator"),
        ("vague", "wave"),
        ("valeur", "value"),
    ):
        assert roles[heading] == field

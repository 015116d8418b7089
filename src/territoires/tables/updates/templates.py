"""Files to start from: the current data in the dialect an analyst's spreadsheet opens right."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Literal

from territoires.domain.directory import Directory
from territoires.domain.indicators import Nature, Reading, wave_order
from territoires.domain.territories import FRANCE, Level, TerritoryId
from territoires.domain.updates import FileKind, Row
from territoires.errors import TerritoiresError
from territoires.tables.plain_text import neutralise
from territoires.tables.updates.actor_places import PLACE_COLUMNS
from territoires.tables.updates.catalogue_words import to_label
from territoires.tables.updates.compare import Tables
from territoires.tables.updates.registers import read_columns
from territoires.tables.updates.template_columns import (
    HELP,
    LEVELS,
    TemplateColumn,
    build_schema,
    template_columns,
)

__all__ = ["DIALECTS", "TemplateDialect", "build_schema", "build_template"]

TemplateDialect = Literal["excel", "standard", "xlsx"]
#: Dialects of the templates → what they are, as a person chooses them.
DIALECTS: Mapping[TemplateDialect, str] = {
    "excel": "CSV pour un Excel français (points-virgules, virgule décimale)",
    "xlsx": "classeur Excel (.xlsx)",
    "standard": "CSV standard (virgules, point décimal)",
}
#: A French Excel makes a date of « 2016-11 » and writes « nov-16 » back.
_MONTH = re.compile(r"[0-9]{4}-[0-9]{2}")
_UNSAFE = re.compile(r"[^A-Za-z0-9_-]+")


def build_template(  # noqa: PLR0917 - what, from what, how, then which
    kind: FileKind,
    tables: Tables,
    directory: Directory,
    dialect: TemplateDialect,
    indicator_id: str = "",
    wave: str = "",
) -> tuple[str, bytes]:
    """Write the current data of a kind as a file to be changed and brought back.

    Brought back unchanged, it is matched without a question and changes nothing.

    Parameters
    ----------
    indicator_id
        For figures, the one indicator wanted, every territory of its levels listed; every main
        reading published without it. For zones, the zoning wanted (its identifier), the first
        one without it.
    wave
        For one indicator, the wave wanted, published or not yet; the last one without it.

    Returns
    -------
    tuple
        The name of the file and its bytes.

    Raises
    ------
    TerritoiresError
        When the indicator, the wave or the zoning cannot be given.
    """
    parts: tuple[str, ...] = ()
    if kind is FileKind.OBSERVATIONS and indicator_id:
        indicator = _find_indicator(tables, indicator_id)
        wave = _choose_wave(indicator, wave)
        parts = indicator_id, wave
        rows = _figures_of(indicator, wave, tables, directory)
    elif kind is FileKind.OBSERVATIONS:
        rows = _figures(tables, directory)
    elif kind is FileKind.CATALYSTS:
        rows = _actors(tables)
    elif kind is FileKind.CATALOGUE:
        rows = _indicators(tables)
    else:
        parts = (indicator_id,) if indicator_id else ()
        rows = _zones(tables, directory, indicator_id)
    columns = template_columns(kind)
    name = "_".join(("modele", str(kind), *(_UNSAFE.sub("-", part) for part in parts)))[:120]
    if dialect == "xlsx":
        from territoires.tables.updates.workbooks import write_template  # noqa: PLC0415

        return f"{name}.xlsx", write_template(columns, rows)
    if dialect == "standard":
        return f"{name}_standard.csv", _to_csv(columns, rows, ",", "\n").encode()
    spoken = ({**row, **_speak(row, columns)} for row in rows)
    return f"{name}.csv", _to_csv(columns, spoken, ";", "\r\n").encode("utf-8-sig")


def _to_csv(
    columns: Sequence[TemplateColumn], rows: Iterator[Row], separator: str, end: str
) -> str:
    text = io.StringIO()
    writer = csv.writer(text, delimiter=separator, lineterminator=end)
    writer.writerow([column.heading for column in columns])
    writer.writerows(
        [
            row[column.field] if column.is_number else neutralise(row[column.field])
            for column in columns
        ]
        for row in rows
    )
    return text.getvalue()


def _speak(row: Row, columns: Sequence[TemplateColumn]) -> dict[str, str]:
    """Give the cells that a French spreadsheet would take for something else."""
    spoken = {c.field: row[c.field].replace(".", ",") for c in columns if c.is_number}
    if _MONTH.fullmatch(row.get("wave", "")):
        spoken["wave"] = f"vague {row['wave']}"
    return spoken


def _find_indicator(tables: Tables, indicator_id: str) -> Row:
    for row in tables.get("indicators", ()):
        if row["indicator_id"] == indicator_id and row["nature"] != Nature.COG:
            return row
    raise TerritoiresError(
        f"Il n’y a pas de modèle pour l’indicateur «\u00a0{indicator_id[:60]}\u00a0».",
        remedy="Choisissez un indicateur d’enquête ou de contexte du catalogue.",
    )


def _choose_wave(indicator: Row, wave: str) -> str:
    column = next(c for c in read_columns("observations") if c.name == "wave")
    wave = wave or max(indicator["waves"].split(), key=wave_order, default="")
    if fault := column.find_fault(wave):
        raise TerritoiresError(
            f"«\u00a0{wave[:60]}\u00a0» n’est pas une vague\u00a0: attendu {fault}.",
            remedy="Écrivez par exemple 2024, 2024-11 ou 2025-T1.",
        )
    return wave


def _figures_of(
    indicator: Row, wave: str, tables: Tables, directory: Directory
) -> Iterator[dict[str, str]]:
    """Give one row for each territory of the levels of an indicator, published or empty."""
    published = {
        (row["level"], row["code"]): row
        for row in tables.get("observations", ())
        if (row["indicator_id"], row["wave"]) == (indicator["indicator_id"], wave)
        and row["reading"] == Reading.PRINCIPALE
    }
    for level in (Level(name) for name in indicator["levels"].split()):
        ids = [FRANCE] if level is Level.PAYS else [t.id for t in directory.of_level(level)]
        known = {code for name, code in published if name == level}
        # An overseas collectivity may have a figure; it is of none of the 18 régions.
        ids += [TerritoryId(level, code) for code in sorted(known - {one.code for one in ids})]
        for territory in ids:
            row = published.get((str(level), territory.code))
            yield _figure(row, indicator["indicator_id"], wave, territory, directory)


def _figures(tables: Tables, directory: Directory) -> Iterator[dict[str, str]]:
    """Give the main reading of every published figure."""
    for row in tables.get("observations", ()):
        if row["reading"] == Reading.PRINCIPALE:
            territory = TerritoryId(Level(row["level"]), row["code"])
            yield _figure(row, row["indicator_id"], row["wave"], territory, directory)


def _figure(
    row: Row | None, indicator_id: str, wave: str, territory: TerritoryId, directory: Directory
) -> dict[str, str]:
    known = row or {}
    return {
        "code": territory.code,
        "name": directory.get(territory).name if territory in directory else "",
        "level": LEVELS[territory.level],
        "indicator": indicator_id,
        "wave": wave,
        "value": known.get("value", ""),
        "respondents": known.get("respondents", ""),
        "deff": known.get("deff", ""),
        "value_text": known.get("value_text", ""),
        "fiabilite": known.get("fiabilite", ""),
        "caveat": known.get("caveat", ""),
        "statement": known.get("statement", ""),
        "source": known.get("source_id", ""),
        "study": known.get("study", ""),
    }


def _actors(tables: Tables) -> Iterator[dict[str, str]]:
    kinds = {row["kind"]: row["label"] for row in tables.get("catalyst_kinds", ())}
    for row in tables.get("catalysts", ()):
        places = {field: row[column] for field, column in PLACE_COLUMNS.items()}
        kind = kinds.get(row["kind"], row["kind"])
        yield {**row, **places, "kind": kind, "source": row["source_id"]}


def _indicators(tables: Tables) -> Iterator[dict[str, str]]:
    """Give the catalogue without what is counted on the Code officiel géographique."""
    for row in tables.get("indicators", ()):
        if row["nature"] != Nature.COG:
            yield {column: to_label(column, value) for column, value in row.items()}


def _zones(tables: Tables, directory: Directory, zoning_id: str) -> Iterator[dict[str, str]]:
    """Give the members of a zoning; every EPCI, in no zone, where there is none."""
    rows = tables.get("zonages", ())
    if zoning_id and all(row["zoning_id"] != zoning_id for row in rows):
        raise TerritoiresError(
            f"Il n’y a pas de zonage «\u00a0{zoning_id[:60]}\u00a0».",
            remedy="Choisissez un zonage publié, ou le modèle vide.",
        )
    wanted = zoning_id or (rows[0]["zoning_id"] if rows else "")
    return _members(rows, wanted, directory) if wanted else _every_epci(directory)


def _members(rows: Sequence[Row], zoning_id: str, directory: Directory) -> Iterator[dict[str, str]]:
    for row in rows:
        if row["zoning_id"] == zoning_id:
            member = TerritoryId(Level(row["level"]), row["code"])
            name = directory.get(member).name if member in directory else ""
            yield {
                "member": row["code"],
                HELP: name,
                "zone": row["zone_code"],
                "zone_name": row["zone_name"],
            }


def _every_epci(directory: Directory) -> Iterator[dict[str, str]]:
    for epci in directory.of_level(Level.EPCI):
        yield {"member": epci.id.code, HELP: epci.name, "zone": "", "zone_name": ""}

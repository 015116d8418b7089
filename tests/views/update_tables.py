"""Tables of the published set with some rows changed, to be compared with it."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from territoires.domain.directory import Directory
from territoires.domain.updates import Row
from territoires.tables.published import Published
from territoires.tables.updates.compare import Tables
from territoires.views.update_diff import Comparison, build_comparison

Compare = Callable[..., Comparison]
RATE = "adhesion_maires_region"
WAVE = "2016-11"
NORMANDIE = {"indicator_id": RATE, "wave": WAVE, "code": "28"}
Edit = Callable[[dict[str, str]], dict[str, str] | None]


def edited(tables: Tables, table: str, edit: Edit) -> dict[str, tuple[Row, ...]]:
    """Change each row of a table; None takes it off."""
    rows = (edit(dict(row)) for row in tables[table])
    return {**tables, table: tuple(row for row in rows if row is not None)}


def with_rows(tables: Tables, table: str, *rows: Row) -> dict[str, tuple[Row, ...]]:
    """Add rows to a table."""
    return {**tables, table: (*tables[table], *rows)}


def without(tables: Tables, table: str, **cells: str) -> dict[str, tuple[Row, ...]]:
    """Take off the rows that hold some cells."""
    return edited(tables, table, lambda row: None if cells.items() <= row.items() else row)


def set_cells(
    tables: Tables, table: str, where: Mapping[str, str], cells: Mapping[str, str]
) -> dict[str, tuple[Row, ...]]:
    """Write cells in the rows that hold others."""
    return edited(
        tables, table, lambda row: {**row, **cells} if where.items() <= row.items() else row
    )


def figure(tables: Tables, code: str, value: str, **cells: str) -> dict[str, str]:
    """Make a figure of the rate in view for another territory."""
    model = next(row for row in tables["observations"] if row["indicator_id"] == RATE)
    own = {"observation_id": f"essai-{cells.get('level', 'region')}-{code}", "code": code}
    return {**model, "level": "region", **own, "value": value, **cells}


def comparer(tables: Tables, published: Published, directory: Directory) -> Compare:
    """Give what compares other tables with these, the first lines of each group shown."""

    def build(new: Tables, old: Tables = tables, limit: int | None = 150) -> Comparison:
        return build_comparison(old, new, published, directory, limit)

    return build

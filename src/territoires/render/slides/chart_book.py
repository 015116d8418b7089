"""The workbook inside a chart: what « Modifier les données » opens, values then intervals."""

from __future__ import annotations

from io import BytesIO

from territoires.render.slides.deck import Bar, BarChart
from territoires.render.slides.markup import plain
from territoires.tables.plain_text import guard

SHEET = "Données"
#: Columns of the workbook after the values, for each series: what its intervals are made of.
INTERVAL_COLUMNS = (
    "{} – borne basse",
    "{} – borne haute",
    "{} – écart sous la valeur",
    "{} – écart au-dessus",
)


def reach(bar: Bar | None) -> tuple[float | None, float | None]:
    """Give how far an interval reaches below a value and above it."""
    if bar is None or bar.low is None or bar.high is None:
        return None, None
    return max(0.0, bar.value - bar.low), max(0.0, bar.high - bar.value)


def name_cells(column: int, rows: int) -> str:
    """Name cells of the workbook, under its heading; the first column is 1."""
    from openpyxl.utils import get_column_letter  # noqa: PLC0415 - as above

    letter = get_column_letter(column)
    return f"'{SHEET}'!${letter}$2:${letter}${rows + 1}"


def write_workbook(chart: BarChart, mark: str) -> bytes:
    """Write the numbers that « Modifier les données » opens: values, then their intervals."""
    from openpyxl import Workbook  # noqa: PLC0415 - as above

    book = Workbook()
    sheet = book.active
    if sheet is None:
        raise ValueError("a workbook without a sheet")
    sheet.title = SHEET
    names = [series.name for series in chart.series]
    intervals = [word.format(name) for name in names for word in INTERVAL_COLUMNS]
    sheet.append([guard(plain(text)) for text in (mark, *names, *intervals)])
    for place, name in enumerate(chart.rows):
        bars = [series.bars[place] for series in chart.series]
        cells: list[str | float | None] = [guard(plain(name))]
        cells += [bar.value if bar else None for bar in bars]
        for bar in bars:
            cells += [bar.low if bar else None, bar.high if bar else None, *reach(bar)]
        sheet.append(cells)
    sheet.column_dimensions["A"].width = 50
    sheet.freeze_panes = "B2"
    file = BytesIO()
    book.save(file)
    return file.getvalue()

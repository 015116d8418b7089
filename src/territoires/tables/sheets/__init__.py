"""Any spreadsheet file, read as cells of text and told in full."""

from territoires.tables.sheets.numbers import find_decimal, read_number
from territoires.tables.sheets.reading import read_sheet, read_sheet_file, to_plain_csv
from territoires.tables.sheets.sheet import ENCODINGS, SEPARATORS, Formula, Sheet, SheetRow

__all__ = [
    "ENCODINGS",
    "SEPARATORS",
    "Formula",
    "Sheet",
    "SheetRow",
    "find_decimal",
    "read_number",
    "read_sheet",
    "read_sheet_file",
    "to_plain_csv",
]

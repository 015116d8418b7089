"""Files written in a test: text of any dialect, and workbooks down to their XML."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_LINK = '<Relationship Id="{}" Type="{}/{}" Target="{}"/>'
TYPES = "[Content_Types].xml"
SHEET = "xl/worksheets/sheet1.xml"


def to_parts(sheet: str, **others: str) -> dict[str, str]:
    """Give the parts of a workbook of one sheet; others are « strings » and « styles »."""
    links = _LINK.format("r1", _OFFICE, "worksheet", "worksheets/sheet1.xml")
    links += _LINK.format("r2", _OFFICE, "sharedStrings", "sharedStrings.xml")
    links += _LINK.format("r3", _OFFICE, "styles", "styles.xml")
    root = _LINK.format("r1", _OFFICE, "officeDocument", "xl/workbook.xml")
    return {
        TYPES: "<Types/>",
        "_rels/.rels": f"<Relationships>{root}</Relationships>",
        "xl/workbook.xml": f'<workbook xmlns:r="{_OFFICE}"><sheets>'
        '<sheet name="Feuil1" sheetId="1" r:id="r1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f"<Relationships>{links}</Relationships>",
        SHEET: sheet,
        "xl/sharedStrings.xml": others.get("strings", "<sst/>"),
        "xl/styles.xml": others.get("styles", "<styleSheet/>"),
    }


def to_zip(parts: Mapping[str, str | bytes], *, stored: bool = False) -> bytes:
    packed = io.BytesIO()
    method = zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED
    with zipfile.ZipFile(packed, "w", method) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return packed.getvalue()


def to_book(rows: str, before: str = "", **others: str) -> bytes:
    """Give a workbook of one sheet from the XML of its rows."""
    return to_zip(
        to_parts(f"{before}<worksheet><sheetData>{rows}</sheetData></worksheet>", **others)
    )


def to_rows(*rows: tuple[object, ...]) -> str:
    """Give the XML of rows: texts are written in the cell, numbers as numbers."""
    return "".join(f"<row>{''.join(_to_cell(cell) for cell in row)}</row>" for row in rows)


def _to_cell(cell: object) -> str:
    if isinstance(cell, str):
        return f'<c t="inlineStr"><is><t>{cell}</t></is></c>'
    return f"<c><v>{cell}</v></c>"

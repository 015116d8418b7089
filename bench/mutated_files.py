"""Grids written as files, good or broken: text in every dialect, workbooks down to their bytes."""

from __future__ import annotations

import csv
import io
import random
import re
import zipfile
from collections.abc import Callable
from xml.sax.saxutils import escape

from bench.mutated_cells import Grid

_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_LINK = '<Relationship Id="r1" Type="{}/{}" Target="{}"/>'
_SHEET = "xl/worksheets/sheet1.xml"
_NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?")
ENCODINGS = (
    "utf-8",
    "utf-8",
    "utf-8-sig",
    "cp1252",
    "cp1252",
    "latin-1",
    "utf-16",
    "mac_roman",
    "cp437",
)
SEPARATORS = (";", ";", ",", "\t", "|")
_FRAGMENTS = (
    b"\x00", b'"', b'""', b'"\n', b"\r", b"\n\n", b";", b",", b"\t", b"\xff\xfe", b"\xef\xbb\xbf",
    b"\x1a", b"\x85", b"\xc3", b"\xe2\x80\xa9", b"PK\x03\x04", b"%PDF", b"<?xml", b"sep=;\n", b"'",
)  # fmt: skip
_XML = (
    "<!DOCTYPE a [<!ENTITY b 'c'>]>", "</row>", "<row>", '<c r="ZZZ99999999"><v>1</v></c>', "&b;",
    '<c t="s"><v>999999</v></c>', '<c t="s"><v>-1</v></c>', '<c t="e"><v>#REF!</v></c>', "<c/>",
    '<c t="b"><v>1</v></c>', '<c><f>1+1</f><v>2</v></c>', '<c s="77"><v>45000</v></c>', "\x01",
    '<row r="0"/>', '<row r="1048577"/>', '<row r="x"/>', '<mergeCell ref="A1:C3"/>', "]]>", "<!--",
    '<c t="zz"><v>1</v></c>', "<c><v>1e999</v></c>", "<c><v>nan</v></c>", '<c t="d"><v>x</v></c>',
)  # fmt: skip


def write_text(grid: Grid, chance: random.Random) -> bytes:
    """Write a grid as one of the text files of this world."""
    separator, encoding = chance.choice(SEPARATORS), chance.choice(ENCODINGS)
    text = io.StringIO(newline="")
    writer = csv.writer(
        text,
        delimiter=separator,
        lineterminator=chance.choice(("\n", "\r\n", "\r\n", "\r")),
        quoting=chance.choice((csv.QUOTE_MINIMAL, csv.QUOTE_MINIMAL, csv.QUOTE_ALL)),
    )
    try:
        writer.writerows(grid)
    except csv.Error:
        text.write(separator.join(cell for row in grid for cell in row))
    how = "surrogatepass" if encoding.startswith("utf") else "replace"
    return text.getvalue().encode(encoding, how)


def write_book(grid: Grid, chance: random.Random) -> bytes:
    """Write a grid as a workbook, whose sheet may hold any XML."""
    refs = chance.random() < 0.7
    rows = "".join(
        f'<row r="{number}">{_cells(row, number if refs else 0)}</row>'
        for number, row in enumerate(grid, start=1)
    )
    sheet = f"<worksheet><sheetData>{rows}</sheetData></worksheet>"
    if chance.random() < 0.25:
        place = chance.randrange(len(sheet))
        sheet = sheet[:place] + chance.choice(_XML) + sheet[place + chance.randrange(3) :]
    sheets = "worksheets/sheet1.xml"
    parts: dict[str, str] = {
        "[Content_Types].xml": "<Types/>",
        "_rels/.rels": f"<Relationships>{_LINK.format(_OFFICE, 'officeDocument', 'xl/workbook.xml')}"
        "</Relationships>",
        "xl/workbook.xml": f'<workbook xmlns:r="{_OFFICE}"><sheets>'
        '<sheet name="Feuil1" sheetId="1" r:id="r1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f"<Relationships>{_LINK.format(_OFFICE, 'worksheet', sheets)}"
        "</Relationships>",
        _SHEET: sheet,
    }
    if chance.random() < 0.1:
        spoil = chance.choice(list(parts))
        if chance.random() < 0.4:
            del parts[spoil]
        else:
            place = chance.randrange(len(parts[spoil]))
            parts[spoil] = parts[spoil][:place] + chance.choice(_XML) + parts[spoil][place + 1 :]
    return _pack(parts, chance)


def _pack(parts: dict[str, str], chance: random.Random) -> bytes:
    packed = io.BytesIO()
    method = chance.choice((zipfile.ZIP_DEFLATED, zipfile.ZIP_DEFLATED, zipfile.ZIP_STORED))
    with zipfile.ZipFile(packed, "w", method) as archive:
        for name, content in parts.items():
            archive.writestr(name, content.encode("utf-8", "surrogatepass"))
    return packed.getvalue()


def _cells(row: list[str], number: int) -> str:
    return "".join(_cell(text, place, number) for place, text in enumerate(row))


def _cell(text: str, place: int, number: int) -> str:
    first, second = divmod(place, 26)
    letters = f"{chr(64 + first)}{chr(65 + second)}" if first else chr(65 + second)
    where = f' r="{letters}{number}"' if number and first <= 26 else ""
    if _NUMBER.fullmatch(text) and not text.startswith("0"):
        return f"<c{where}><v>{text}</v></c>"
    if text.startswith("=") and len(text) > 1:
        return f"<c{where}><f>{escape(text[1:])}</f><v>2</v></c>"
    return f'<c{where} t="inlineStr"><is><t xml:space="preserve">{escape(text)}</t></is></c>'


def _flip(content: bytes, chance: random.Random) -> bytes:
    broken = bytearray(content)
    for _ in range(chance.choice((1, 1, 2, 8, 64))):
        if broken:
            broken[chance.randrange(len(broken))] ^= 1 << chance.randrange(8)
    return bytes(broken)


def _cut(content: bytes, chance: random.Random) -> bytes:
    return content[: chance.randrange(len(content) + 1)]


def _drop(content: bytes, chance: random.Random) -> bytes:
    start = chance.randrange(len(content) + 1)
    return content[:start] + content[start + chance.choice((1, 2, 30, 500)) :]


def _repeat(content: bytes, chance: random.Random) -> bytes:
    start = chance.randrange(len(content) + 1)
    piece = content[start : start + chance.choice((1, 30, 500))]
    return content[:start] + piece * chance.choice((2, 3, 100)) + content[start:]


def _insert(content: bytes, chance: random.Random) -> bytes:
    start = chance.randrange(len(content) + 1)
    return content[:start] + chance.choice(_FRAGMENTS) + content[start:]


def _noise(content: bytes, chance: random.Random) -> bytes:
    start = chance.randrange(len(content) + 1)
    return content[:start] + chance.randbytes(chance.choice((1, 16, 300))) + content[start:]


def _mix(content: bytes, _: random.Random) -> bytes:
    """Write the second half in another encoding."""
    middle = len(content) // 2
    return content[:middle] + content[middle:].decode("latin-1").encode("utf-8")


#: Name of a way → the way to spoil the bytes of a file.
BREAKS: dict[str, Callable[[bytes, random.Random], bytes]] = {
    "bits changés": _flip,
    "fichier coupé": _cut,
    "octets perdus": _drop,
    "octets répétés": _repeat,
    "octets insérés": _insert,
    "bruit": _noise,
    "deux encodages": _mix,
}

"""The code and the name of a place, in whichever column they were written."""

from __future__ import annotations

import re
from collections.abc import Container

from territoires.domain.territories import Level, TerritoryId
from territoires.tables.matching.cells import PlaceCell
from territoires.tables.matching.codes import CodeReading, is_code, read_code

#: « 53 – Bretagne », « 53 Bretagne », « (53) Bretagne ».
_CODE_FIRST = re.compile(
    r"\(?((?:FR-)?[0-9]{1,9}|2[ABab](?:[0-9]{3})?|FR-[0-9A-Za-z]{1,3}|[RD][0-9]{2,3})\)?"
    r"(?:\s*[-–—:;,.|/]\s*|\s+)([^\W\d_].*)"
)


def read_parts(
    cell: PlaceCell, level: Level | None, directory: Container[TerritoryId]
) -> tuple[str, str, CodeReading]:
    """Give the code, the name, and what the code may be; each is empty where it is not written."""
    code, name = cell.code, cell.name
    reading = read_code(code or name, directory)
    if code and not is_code(reading) and not name:
        code, name = "", code
    if code or not name:
        return code, name, reading
    if is_code(reading):
        return name, "", reading
    if parts := _CODE_FIRST.fullmatch(name):
        before = read_code(parts[1], directory)
        if before.former or any(level in (None, one.level) for one in before.ids):
            return parts[1], parts[2].strip(), before
    return "", name, reading

"""Problems of a file as it is read: one way to write them, and not a million of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TypeVar

from territoires.domain.updates import Problem, Severity
from territoires.tables.contracts import MAX_READ
from territoires.tables.zoning_columns import one_line

#: Decimal signs → their French name.
DECIMALS = {",": "la virgule", ".": "le point"}
_Case = TypeVar("_Case")
#: Problems of one kind told one by one; the rest is told as a number.
MAX_TOLD = 200


def refuse(
    code: str, expected: str, mend: str, *, row: int = 0, column: str = "", read: str = ""
) -> Problem:
    """Say why a file cannot be read."""
    return tell(Severity.BLOCKING, code, expected, mend, row=row, column=column, read=read)


def tell(
    severity: Severity,
    code: str,
    expected: str,
    mend: str,
    *,
    row: int = 0,
    column: str = "",
    read: str = "",
) -> Problem:
    """Say a problem; what comes from the file is cut to one short line."""
    return Problem(severity, code, row, to_line(column), to_line(read), expected, mend)


def to_line(text: str) -> str:
    """Give text of a file as one short line that can be seen."""
    line = one_line(text[: 5 * MAX_READ])
    return line if len(line) <= MAX_READ else line[: MAX_READ - 1] + "…"


def tell_some(cases: Sequence[_Case], say: Callable[[_Case], Problem]) -> tuple[Problem, ...]:
    """Say the first problems of one kind one by one, and the number of the others at once."""
    told = tuple(say(case) for case in cases[:MAX_TOLD])
    if len(cases) <= MAX_TOLD:
        return told
    rest = replace(
        told[0],
        row=0,
        column="",
        read=f"au moins {count(len(cases) - MAX_TOLD, 'autre cas', 'autres cas')}",
        mend="Les premiers sont dits un à un\u00a0: corrigez la cause, puis relisez le fichier.",
    )
    return (*told, rest)


def tell_doubt(decimal: str, *, row: int = 0, column: str = "", read: str = "") -> Problem:
    """Say that nothing tells decimals from thousands, and what was retained."""
    return tell(
        Severity.WARNING,
        "decimal",
        "un signe décimal sûr",
        "Rien ne dit si ce signe sépare les décimales ou les milliers\u00a0; le signe décimal "
        f"retenu est {DECIMALS[decimal]}. Choisissez-en un autre si ce n’est pas le bon.",
        row=row,
        column=column,
        read=read,
    )


def count(number: int, one: str, many: str) -> str:
    """Give a number and its noun: « 1 ligne », « 12 000 lignes »."""
    written = f"{number:,}".replace(",", "\u202f")
    return f"{written}\u00a0{one if number == 1 else many}"

"""Problems of an update, made and worded the same way everywhere."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from territoires.domain.updates import Problem, Severity
from territoires.tables.contracts import cut

#: Rows named one by one in a sentence; the others are counted.
MAX_NAMED = 8
#: Problems told one by one; with more, the file is not what it was taken for.
MAX_PROBLEMS = 20_000


def block(
    code: str, expected: str, mend: str, *, row: int = 0, column: str = "", read: str = ""
) -> Problem:
    """Describe what must be mended before anything is published."""
    return Problem(Severity.BLOCKING, code, row, column, cut(read), expected, mend)


def warn(
    code: str, expected: str, mend: str, *, row: int = 0, column: str = "", read: str = ""
) -> Problem:
    """Describe what a person must read and accept."""
    return Problem(Severity.WARNING, code, row, column, cut(read), expected, mend)


def note(
    code: str, expected: str, mend: str, *, row: int = 0, column: str = "", read: str = ""
) -> Problem:
    """Describe what was done without asking."""
    return Problem(Severity.NOTE, code, row, column, cut(read), expected, mend)


def name_rows(rows: Iterable[int]) -> str:
    """Name rows: « ligne 3 », « lignes 3, 5 et 9 », « lignes 2, 3… et 12 autres »."""
    numbers = sorted(set(rows))
    head = "ligne" if len(numbers) == 1 else "lignes"
    return f"{head}\u00a0{join([str(number) for number in numbers])}"


def join(words: Sequence[str]) -> str:
    """Join words as a French list, the first ones alone where they are many."""
    if len(words) > MAX_NAMED:
        rest = len(words) - MAX_NAMED
        others = "1 autre" if rest == 1 else f"{rest} autres"
        return f"{', '.join(words[:MAX_NAMED])} et {others}"
    if len(words) < 2:  # noqa: PLR2004 - a lone word needs no « et »
        return "".join(words)
    return f"{', '.join(words[:-1])} et {words[-1]}"


def tell_nearest(names: Sequence[str]) -> str:
    """Begin what is to be done by the known names most like an unknown one, if any."""
    if not names:
        return ""
    head = "Le plus proche" if len(names) == 1 else "Les plus proches"
    return f"{head}\u00a0: {join(names)}. "


def quote(text: str) -> str:
    """Put a text of the file between guillemets, cut to one short line."""
    return f"«\u00a0{cut(text)}\u00a0»"


class Gathered:
    """Problems told once for all the rows that share them, in the order they were first met."""

    def __init__(self) -> None:
        self._rows: dict[Problem, list[int]] = {}

    def add(self, problem: Problem, row: int) -> None:
        """Add a row to a problem, which is written without any."""
        self._rows.setdefault(problem, []).append(row)

    def __bool__(self) -> bool:
        return bool(self._rows)

    def problems(self) -> list[Problem]:
        """Give each problem at its first row, the others named in what is to be done."""
        told = []
        for problem, rows in self._rows.items():
            mend = problem.mend
            if len(rows) > 1:
                mend = f"{mend} {name_rows(rows).capitalize()}."
            told.append(replace(problem, row=min(rows), mend=mend))
        return told

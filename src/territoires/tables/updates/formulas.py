"""Formulas in the columns that a file is read from: computed elsewhere, or never run."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING

from territoires.domain.updates import ColumnRole, Problem
from territoires.tables.updates.problems import block, name_rows, warn

if TYPE_CHECKING:
    from territoires.tables.sheets import Formula, Sheet

#: What makes a text a formula and nothing else; a dash or a plus may begin a plain text.
_STARTS = ("=", "@")
_IGNORED = "ignored"


def check_formulas(
    sheet: Sheet, columns: Sequence[ColumnRole], excluded: Collection[int]
) -> tuple[frozenset[tuple[int, int]], tuple[Problem, ...]]:
    """Tell the formulas of the columns in use; give the cells (row, position) that are none.

    A workbook keeps the value it computed, which is read; a text file has only the formula.
    """
    used = {role.position for role in columns if role.field != _IGNORED}
    left = frozenset(excluded)
    formulas = [f for f in sheet.formulas if f.position in used and f.row not in left]
    if sheet.sheet_names:
        return frozenset(), tuple(_tell_computed(sheet, formulas))
    formulas = [formula for formula in formulas if formula.text.lstrip().startswith(_STARTS)]
    told = frozenset((formula.row, formula.position) for formula in formulas)
    return told, tuple(_refuse(sheet, formula) for formula in formulas)


def _tell_computed(sheet: Sheet, formulas: Sequence[Formula]) -> list[Problem]:
    by_column: dict[int, list[Formula]] = defaultdict(list)
    for formula in formulas:
        by_column[formula.position].append(formula)
    return [
        warn(
            "formula",
            "une valeur saisie",
            "La valeur que le tableur avait calculée est lue "
            f"({name_rows(formula.row for formula in found)})\u00a0: vérifiez qu’elle est à jour.",
            row=found[0].row,
            column=sheet.headings[position],
            read=found[0].text,
        )
        for position, found in by_column.items()
    ]


def _refuse(sheet: Sheet, formula: Formula) -> Problem:
    return block(
        "formula",
        "une valeur, et non une formule",
        "Dans un fichier texte, une formule n’est jamais calculée\u00a0: collez sa valeur à la place.",
        row=formula.row,
        column=sheet.headings[formula.position],
        read=formula.text,
    )

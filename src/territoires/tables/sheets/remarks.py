"""What is to be known of a table as it was read: rows cut otherwise, errors, hidden parts."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import partial
from itertools import islice

from territoires.domain.updates import Problem, Severity
from territoires.tables.sheets.numbers import tell_decimal
from territoires.tables.sheets.sheet import SEPARATORS, Grid, column_letter
from territoires.tables.sheets.told import DECIMALS, count, refuse, tell, tell_some


def tell_all(grid: Grid, place: int, headings: Sequence[str]) -> tuple[Problem, ...]:
    """Say all that is to be known of a table, whose headings are at a place among the rows."""
    heading_row, below = grid.rows[place][0], grid.rows[place + 1 :]
    of_text = (
        (
            *_tell_extra(below, headings),
            *_tell_short(grid, place, len(headings)),
            *_tell_alone(headings),
        )
        if grid.is_text
        else ()
    )
    return (
        *_tell_place(grid, place),
        *of_text,
        *_tell_cells(grid, heading_row, headings),
        *_tell_looks(grid, heading_row),
    )


def _tell_place(grid: Grid, place: int) -> Iterable[Problem]:
    """Say which rows are above the headings, when a file has some."""
    if place and not grid.dialect.heading_row:
        number, cells = grid.rows[place]
        yield tell(
            Severity.NOTE, "heading-row", "des titres sur la première ligne",
            f"Les lignes au-dessus de la ligne {number} sont laissées de côté\u00a0; choisissez "
            "une autre ligne de titres si ce n’est pas la bonne.",
            row=number, read=" ; ".join(cells[:20]),
        )  # fmt: skip


def _tell_alone(headings: Sequence[str]) -> Iterable[Problem]:
    """Say that a file is of one column when its heading seems to hold several."""
    if len(headings) == 1 and any(separator in headings[0] for separator in SEPARATORS):
        yield tell(
            Severity.WARNING,
            "one-column",
            "plusieurs colonnes",
            "Choisissez le séparateur\u00a0; si chaque ligne est tout entière entre guillemets, "
            "retirez-les.",
            read=headings[0],
        )


def _tell_extra(
    rows: Iterable[tuple[int, Sequence[str]]], headings: Sequence[str]
) -> Iterable[Problem]:
    """Say which rows hold something under no heading: a separator inside a text moved them."""
    width = len(headings)
    return tell_some(
        [(number, cells[width:]) for number, cells in rows if len(cells) > width],
        lambda case: refuse(
            "extra-cell", f"{width} cellules, autant que de titres",
            "Un texte ou un nombre qui contient le séparateur s’écrit entre guillemets\u00a0; "
            "ou choisissez un autre séparateur.",
            row=case[0], read=" ; ".join(case[1]),
        ),
    )  # fmt: skip


def _tell_short(grid: Grid, place: int, columns: int) -> Iterable[Problem]:
    """Say how many rows stop before the last column."""
    short = [
        number
        for (number, _), width in islice(zip(grid.rows, grid.widths, strict=True), place + 1, None)
        if width < columns
    ]
    if short:
        yield tell(
            Severity.NOTE, "short-rows", f"{columns} cellules par ligne",
            "Les cellules qui manquent, à droite, sont lues comme vides\u00a0: vérifiez qu’aucune "
            "ne manque au milieu.",
            row=short[0], read=f"moins de cellules sur {count(len(short), 'ligne', 'lignes')}",
        )  # fmt: skip


def _tell_cells(grid: Grid, heading_row: int, headings: Sequence[str]) -> Iterable[Problem]:
    """Say which cells of a workbook are errors, or formulas that were never computed."""
    for code, cells, expected, mend in (
        (
            "error-cell", grid.errors, "une valeur",
            "Cette formule est en erreur dans le tableur\u00a0: corrigez-la, ou videz la cellule.",
        ),
        (
            "formula-not-computed", grid.uncomputed, "la valeur calculée d’une formule",
            "La formule n’a jamais été calculée\u00a0: ouvrez le fichier dans un tableur et "
            "enregistrez-le, ou collez les valeurs.",
        ),
    ):  # fmt: skip
        yield from tell_some(
            [cell for cell in cells if cell[0] > heading_row],
            partial(_tell_cell, code, expected, mend, headings),
        )


def _tell_cell(
    code: str, expected: str, mend: str, headings: Sequence[str], cell: tuple[int, int, str]
) -> Problem:
    row, position, text = cell
    column = headings[position] if position < len(headings) else column_letter(position)
    return tell(Severity.WARNING, code, expected, mend, row=row, column=column, read=text)


def _tell_looks(grid: Grid, heading_row: int) -> Iterable[Problem]:
    """Say what a spreadsheet shows otherwise than it is read: hidden rows, merged cells."""
    hidden = [row for row in grid.hidden if row > heading_row]
    if hidden:
        yield tell(
            Severity.NOTE, "hidden-rows", "des lignes toutes visibles",
            "Les lignes masquées ou filtrées sont lues comme les autres\u00a0: supprimez celles "
            "qui ne doivent pas l’être.",
            row=hidden[0], read=count(len(hidden), "ligne masquée", "lignes masquées"),
        )  # fmt: skip
    merged = [(reference, rows) for reference in grid.merged if (rows := _read_rows(reference))]
    yield from tell_some(
        [(reference, rows[0]) for reference, rows in merged if rows[-1] > heading_row],
        lambda case: tell(
            Severity.WARNING, "merged-cells", "une valeur par cellule",
            "Seule la première cellule d’une fusion garde sa valeur\u00a0; les autres sont vides. "
            "Annulez la fusion et répétez la valeur.",
            row=case[1], read=case[0],
        ),
    )  # fmt: skip


def _read_rows(reference: str) -> list[int]:
    """Give the rows of a range: « A7:B8 » is 7 and 8."""
    return [int(digits) for digits in re.findall("[0-9]{1,7}", reference)]


def tell_mixed(
    decimal: str,
    position: int,
    headings: Sequence[str],
    rows: Sequence[tuple[int, Sequence[str]]],
) -> Problem:
    """Say where the other decimal sign is, in a column that has both."""
    number, read = find_cell(position, "." if decimal == "," else ",", rows)
    return tell(
        Severity.WARNING, "mixed-decimals", f"{DECIMALS[decimal]} comme signe décimal",
        "Les deux signes sont dans cette colonne\u00a0: écrivez tous les nombres de la même façon.",
        row=number, column=headings[position], read=read,
    )  # fmt: skip


def find_cell(
    position: int, told: str, rows: Sequence[tuple[int, Sequence[str]]]
) -> tuple[int, str]:
    """Find the first cell of a column whose decimal sign is told so."""
    return next(
        (number, cells[position])
        for number, cells in rows
        if position < len(cells) and tell_decimal(cells[position]) == told
    )

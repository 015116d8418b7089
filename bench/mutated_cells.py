"""Ways to spoil the cells of a good file, as people, spreadsheets and strangers do."""

from __future__ import annotations

import random
import re
from collections.abc import Callable

#: Headings, then rows of cells.
Grid = list[list[str]]
Spoil = Callable[[Grid, random.Random], object]

_NUMBER = re.compile(r"-?[0-9]+([.,][0-9]+)?")
_OUT = (
    "-1", "-0,1", "100,0001", "101", "1e3", "1e308", "1e999", "9" * 40, "1" + "0" * 26, "1e25", "12345678901", "nan", "inf", "-inf",
    "0,77", "0.5", "٣٤", "４５", "½", "12 345,6", "1.234,5", "1,234.5", "77 %", "0,77 %", "177%",
    "77,5,5", "77..5", "5 3", "+12", "−3", "(4)", "12€", "1_000", "0x1F", "n.d.", "ns", "-", "*",
    "77,1234567890123", "2024-05-01", "déc-16", "#DIV/0!", "VRAI", "1/2", "1'234", "00012",
)  # fmt: skip
_PLACES = (
    "1", "01", "001", "2A", "2a", "20", "20R", "FR-BRE", "FR-75C", "FR", "99", "ZZ", "97", "976",
    "975", "Total", "Ensemble", "France entière", "Total France", "Ile de Frnace", "Bretagn",
    "Saint-Denis", "Saint-Martin", "Alsace", "Limousin", "Rhône-Alpes", "Paris", "75056", "75101",
    "69123", "Lyon 3e", "bretagne ", "BRETAGNE", "Région Bretagne", "53 – Bretagne", "１１", "Іle-de-France",
    "Ile\u00a0de\u00a0France", "Nord", "Métropole", "DROM", "Hors Île-de-France", "11;24", "200041622",
)  # fmt: skip
_HOSTILE = (
    "=1+1", "+33 1 23", "@SUM(A1)", "-2+3", "=cmd|'/C calc'!A0", "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>", "'; DROP TABLE observations;--", "{{7*7}}", "${jndi:x}", "%s%n",
    "../../etc/passwd", "\x00", "\x07\x1b[31m", "\ufeff", "\u202egnihton", "a\u200bb", "\ud800",
    "\uffff", "l'\"un\"", '"""', "\r", "\n", "ligne\nsuivante", "\x85", "\u2028", "\t", "|", ";;;",
    "e\u0301" * 50, "x" * 200, "x" * 2_000, "É" * 40_000, "9" * 5_000, "[](javascript:x)", "`rm -rf`",
)  # fmt: skip
_HEADINGS = (
    "Code", "code", "Code région", "Nom", "Territoire", "Région", "Niveau", "Indicateur", "Vague",
    "Année", "Valeur", "Taux (%)", "Taux 2024", "Répondants", "Effet de plan", "Source", "Fiabilité",
    "Réserve", "Étude", "Énoncé", "Zone", "Nom de la zone", "Membre", "", " ", "Colonne1", "actor_id",
    "value", "indicator_id", "2016-11", "nov-16", "0", "???", "Total", "Problèmes trouvés",
)  # fmt: skip
_WAVES = (
    "2016-11", "nov. 2016", "2024", "2024-13", "2099", "1789", "T1 2025", "2025-T1", "45000", "20",
    "vague 2016-11", "01/11/2016", "nov-16", "2024,0", "en cours", "2024-2025",
)  # fmt: skip


def _place(grid: Grid, chance: random.Random) -> tuple[list[str], int]:
    row = chance.choice(grid[1:] or grid)
    if not row:
        row.append("")
    return row, chance.randrange(len(row))


def _write(words: tuple[str, ...]) -> Spoil:
    def spoil(grid: Grid, chance: random.Random) -> None:
        row, position = _place(grid, chance)
        row[position] = chance.choice(words)

    return spoil


def _number(grid: Grid, chance: random.Random) -> None:
    """Move a number out of its range, or write it as nobody should."""
    places = [
        (r, c) for r, row in enumerate(grid) for c, x in enumerate(row) if _NUMBER.fullmatch(x)
    ]
    if not places:
        return
    row, column = chance.choice(places)
    old = grid[row][column].replace(",", ".")
    moved = (f"{float(old) * 100:g}", f"{float(old) / 100:g}", f"-{old}", old.replace(".", ","))
    grid[row][column] = chance.choice((*moved, *_OUT))


def _scale_column(grid: Grid, chance: random.Random) -> None:
    """Divide a whole column by a hundred."""
    column = chance.randrange(max(map(len, grid)))
    for row in grid[1:]:
        if column < len(row) and _NUMBER.fullmatch(row[column]):
            row[column] = f"{float(row[column].replace(',', '.')) / 100:g}"


def _swap_cells(grid: Grid, chance: random.Random) -> None:
    (one, here), (other, there) = _place(grid, chance), _place(grid, chance)
    one[here], other[there] = other[there], one[here]


def _swap_in_column(grid: Grid, chance: random.Random) -> None:
    one, here = _place(grid, chance)
    other, _ = _place(grid, chance)
    if here < len(other):
        one[here], other[here] = other[here], one[here]


def _swap_columns(grid: Grid, chance: random.Random) -> None:
    one, other = (chance.randrange(max(map(len, grid))) for _ in range(2))
    for row in grid[chance.randrange(2) :]:
        if max(one, other) < len(row):
            row[one], row[other] = row[other], row[one]


def _sort_column(grid: Grid, chance: random.Random) -> None:
    """Sort one column and leave the others: the oldest slip of spreadsheets."""
    column = chance.randrange(max(map(len, grid)))
    rows = [row for row in grid[1:] if column < len(row)]
    for row, cell in zip(rows, sorted(row[column] for row in rows), strict=True):
        row[column] = cell


def _duplicate_row(grid: Grid, chance: random.Random) -> None:
    row, position = _place(grid, chance)
    copy = list(row)
    if chance.random() < 0.5:
        copy[position] = chance.choice((*_OUT, *_PLACES))
    grid.insert(chance.randrange(1, len(grid) + 1), copy)


def _drop_rows(grid: Grid, chance: random.Random) -> None:
    first = chance.randrange(len(grid))
    del grid[first : first + chance.choice((1, 1, 2, 10))]
    if not grid:
        grid.append([""])


def _shift_row(grid: Grid, chance: random.Random) -> None:
    row, position = _place(grid, chance)
    if chance.random() < 0.5:
        row.insert(position, "")
    else:
        del row[position]


def _drop_column(grid: Grid, chance: random.Random) -> None:
    column = chance.randrange(max(map(len, grid)))
    for row in grid:
        del row[column : column + 1]


def _copy_column(grid: Grid, chance: random.Random) -> None:
    column = chance.randrange(max(map(len, grid)))
    for row in grid:
        row.append(row[column] if column < len(row) else "")


def _rename_heading(grid: Grid, chance: random.Random) -> None:
    if grid[0]:
        grid[0][chance.randrange(len(grid[0]))] = chance.choice((*_HEADINGS, *grid[0]))


def _no_headings(grid: Grid, _: random.Random) -> None:
    if len(grid) > 1:
        del grid[0]


def _title_above(grid: Grid, chance: random.Random) -> None:
    grid.insert(0, ["Résultats de l’enquête", *[""] * chance.randrange(3)])
    if chance.random() < 0.5:
        grid.insert(1, [])


def _blank_row(grid: Grid, chance: random.Random) -> None:
    width = chance.choice((0, len(grid[0])))
    grid.insert(chance.randrange(len(grid) + 1), [""] * width)


def _blank_column(grid: Grid, chance: random.Random) -> None:
    """Empty a whole column under its heading."""
    column = chance.randrange(max(map(len, grid)))
    for row in grid[1:]:
        if column < len(row):
            row[column] = ""


def _fill_column(grid: Grid, chance: random.Random) -> None:
    column = chance.randrange(max(map(len, grid)))
    text = chance.choice((*_HOSTILE[:20], *_WAVES, *_OUT, *_PLACES))
    for row in grid[1:]:
        if column < len(row):
            row[column] = text


def _transpose(grid: Grid, _: random.Random) -> None:
    width = max(map(len, grid))
    whole = [row + [""] * (width - len(row)) for row in grid]
    grid[:] = [list(column) for column in zip(*whole, strict=True)] or [[""]]


def _widen(grid: Grid, chance: random.Random) -> None:
    extra = chance.choice((3, 50, 199, 1_000))
    for row in grid:
        row += [f"c{place}" for place in range(extra)]


#: Name of a way → the way. The commonest slips come twice.
SPOILS: dict[str, Spoil] = {
    "nombre": _number,
    "nombre encore": _number,
    "nombre étrange": _write(_OUT),
    "lieu": _write(_PLACES),
    "lieu encore": _write(_PLACES),
    "vague": _write(_WAVES),
    "texte hostile": _write(_HOSTILE),
    "texte hostile encore": _write(_HOSTILE),
    "cellule vidée": _write(("", " ", "\u00a0")),
    "colonne divisée par cent": _scale_column,
    "cellules échangées": _swap_cells,
    "échange dans une colonne": _swap_in_column,
    "colonnes échangées": _swap_columns,
    "colonne triée seule": _sort_column,
    "ligne en double": _duplicate_row,
    "lignes retirées": _drop_rows,
    "ligne décalée": _shift_row,
    "colonne retirée": _drop_column,
    "colonne en double": _copy_column,
    "titre changé": _rename_heading,
    "titre changé encore": _rename_heading,
    "sans titres": _no_headings,
    "titre au-dessus": _title_above,
    "ligne vide": _blank_row,
    "colonne vidée": _blank_column,
    "colonne remplie": _fill_column,
    "lignes et colonnes inversées": _transpose,
    "trop de colonnes": _widen,
}

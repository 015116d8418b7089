"""How big a table may be, and what is said of one that is bigger."""

from __future__ import annotations

from territoires.domain.updates import MAX_BYTES, MAX_COLUMNS, Problem
from territoires.tables.sheets.told import refuse

#: Cells of a table, blank ones too: what a computer of an office holds without pain.
MAX_CELLS = 2_000_000
#: The most a spreadsheet keeps in one cell, and lines beyond which a file is no table.
MAX_CELL, MAX_LINE = 32_767, 1_000_000
#: The last row of a spreadsheet, blank ones counted.
LAST_ROW = 1_048_576


def too_many_columns(row: int, columns: int) -> Problem:
    """Refuse a table too wide."""
    return refuse(
        "too-many-columns", f"{MAX_COLUMNS} colonnes au plus",
        "Retirez les colonnes inutiles, ou choisissez un autre séparateur.",
        row=row, read=f"{columns} colonnes",
    )  # fmt: skip


def too_many_rows() -> Problem:
    """Refuse a table too long."""
    expected = "200\u202f000 lignes au plus"
    return refuse("too-many-rows", expected, "Coupez-le en plusieurs fichiers.")


def too_many_cells() -> Problem:
    """Refuse a table too big."""
    expected = "2\u202f000\u202f000 de cellules au plus"
    mend = "Coupez-le en plusieurs fichiers\u00a0; retirez les colonnes inutiles et les lignes vides mises en forme."
    return refuse("too-many-cells", expected, mend)


def too_big(size: int) -> Problem:
    """Refuse a file too big, in bytes."""
    return refuse(
        "too-large", f"un fichier de {MAX_BYTES // 1_000_000}\u00a0Mo au plus",
        "Coupez-le en plusieurs fichiers, ou retirez les colonnes et les images inutiles.",
        read=f"{size / 1_000_000:.1f}\u00a0Mo".replace(".", ","),
    )  # fmt: skip


def too_long_cell(row: int) -> Problem:
    """Refuse a cell too long."""
    return refuse(
        "long-cell", "des cellules de 32\u202f767 caractères au plus",
        "Raccourcissez le texte\u00a0; dans un CSV, un guillemet ouvert et jamais refermé réunit "
        "tout ce qui le suit.", row=row,
    )  # fmt: skip


def too_long_line(row: int) -> Problem:
    """Refuse a line too long."""
    return refuse(
        "long-line", "des lignes d’un million de caractères au plus",
        "Enregistrez le fichier de nouveau depuis un tableur\u00a0: ses fins de ligne sont "
        "peut-être perdues.", row=row,
    )  # fmt: skip

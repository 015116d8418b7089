"""A file of zones: its rows as rows of zonages.csv, and everything that is wrong with them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from territoires.domain.updates import Problem, Row
from territoires.tables.contracts import Issue
from territoires.tables.updates.file_rows import FileRows, read_rows
from territoires.tables.updates.matched import Built, MatchedFile
from territoires.tables.updates.problems import block, name_rows, note, quote, warn
from territoires.tables.zoning_columns import one_line
from territoires.tables.zonings import MAX_NAME, read_zoning, to_rows

if TYPE_CHECKING:
    from territoires.tables.sheets import Sheet

#: Field → the heading under which `read_zoning` finds it.
_HEADINGS = {"member": "code_insee", "zone": "code_zone", "zone_name": "nom_zone"}
#: Code of an issue of `read_zoning` → what to do.
_MENDS = {
    "required": "Remplissez la cellule, ou supprimez la ligne.",
    "code": "Corrigez le code\u00a0: SIREN d’un EPCI ou code Insee d’une commune d’aujourd’hui.",
    "no-boundary": "Supprimez la ligne.",
    "pattern": "Écrivez un code de lettres et de chiffres.",
    "zone-code": "Donnez à ces deux zones des codes qui se distinguent autrement que par la "
    "ponctuation.",
    "zone-name": "Écrivez le même nom sur toutes les lignes de la zone.",
    "mixed-levels": "Faites tout le zonage d’EPCI, ou tout de communes.",
    "empty-file": "Ajoutez des lignes sous les titres.",
    "columns": "Dites quelle colonne porte les codes, et quelle colonne les zones.",
    "too-large": "Partagez le fichier.",
}
_MEND = "Corrigez la cellule."


def build_zonings(file: MatchedFile) -> Built:
    """Make the zonings that a file asks for: the one of its name is replaced, others are kept.

    Territories beside which no zone is written are left out of it, and counted.
    """
    choices = file.choices
    rows, told = read_rows(file.sheet, file.columns, choices.excluded)
    problems = [*told, *_check_name(choices.zoning_name), *_check_columns(rows)]
    zoned = tuple(row for row in rows.rows if row.get("zone") or row.get("zone_name"))
    if rows.has("member") and (rows.has("zone") or rows.has("zone_name")):
        problems += _tell_unzoned(rows, len(zoned))
    if not zoned or not one_line(choices.zoning_name) or not rows.has("member"):
        return {}, tuple(problems)
    published = file.tables.get("zonages", ())
    kept, mended = _restore_codes(replace(rows, rows=zoned), choices.zoning_name, published)
    problems += mended
    zoning, issues = read_zoning(_to_csv(file.sheet, kept), choices.zoning_name, file.directory)
    problems += [_to_problem(issue, rows) for issue in issues]
    if zoning is None:
        return {}, tuple(problems)
    problems += [
        note("zoning", "un zonage lu sans retouche ni recouvrement", text) for text in zoning.notes
    ]
    title = one_line(choices.zoning_name)[:MAX_NAME]
    # A published zoning keeps its identifier, which may not be made of its name.
    zoning_id = next(
        (row["zoning_id"] for row in published if row["zoning_name"] == title), zoning.zoning_id
    )
    new = tuple({**row, "zoning_id": zoning_id} for row in to_rows(zoning))
    problems += _tell_renamed(zoning_id, title, published)
    whole = _replace(published, zoning_id, new)
    return ({} if _same(whole, published) else {"zonages": whole}), tuple(problems)


def _replace(rows: Sequence[Row], zoning_id: str, new: Sequence[Row]) -> tuple[Row, ...]:
    """Put a zoning in the place of the one it replaces, or last."""
    first = next(
        (place for place, row in enumerate(rows) if row["zoning_id"] == zoning_id), len(rows)
    )
    others = [row for row in rows if row["zoning_id"] != zoning_id]
    return (*others[:first], *new, *others[first:])


def _tell_renamed(zoning_id: str, title: str, published: Sequence[Row]) -> list[Problem]:
    """Tell that a zoning of nearly the same name, hence the same identifier, is replaced."""
    names = {row["zoning_name"] for row in published if row["zoning_id"] == zoning_id} - {title}
    if not names:
        return []
    return [
        warn(
            "zoning-renamed", "le nom d’un zonage publié, ou un nom bien différent",
            f"Ce zonage remplacerait {quote(min(names))}, dont le nom ne diffère que par l’écriture. "
            "Écrivez son nom à l’identique, ou choisissez-en un autre.",
            read=title,
        )
    ]  # fmt: skip


def _same(new: Sequence[Row], old: Sequence[Row]) -> bool:
    return len(new) == len(old) and {tuple(sorted(row.items())) for row in new} == {
        tuple(sorted(row.items())) for row in old
    }


def _check_name(name: str) -> list[Problem]:
    title = one_line(name)
    if not title:
        return [
            block(
                "zoning-name", "le nom du zonage, par exemple «\u00a0Pays et PETR\u00a0»",
                "Donnez un nom à ce zonage\u00a0: c’est sous lui qu’il sera proposé.",
            )
        ]  # fmt: skip
    if len(title) > MAX_NAME:
        mend = "Raccourcissez le nom du zonage."
        return [block("zoning-name", f"{MAX_NAME} caractères au plus", mend, read=title)]
    return []


def _check_columns(rows: FileRows) -> list[Problem]:
    missing = []
    if not rows.has("member"):
        missing.append("une colonne de codes d’EPCI ou de communes")
    if not rows.has("zone") and not rows.has("zone_name"):
        missing.append("une colonne de codes ou de noms de zone")
    return [block("columns", " et ".join(missing), _MENDS["columns"])] if missing else []


def _tell_unzoned(rows: FileRows, zoned: int) -> list[Problem]:
    if not zoned:
        mend = "Écrivez la zone de chaque territoire."
        column = rows.heading("zone") or rows.heading("zone_name")
        return [block("no-zone", "au moins un territoire dans une zone", mend, column=column)]
    count = len(rows.rows) - zoned
    if not count:
        return []
    told = (
        "1\u00a0ligne sans zone est laissée"
        if count == 1
        else f"{count}\u00a0lignes sans zone sont laissées"
    )
    return [note("unzoned", "une zone sur chaque ligne", f"{told} de côté.")]


def _restore_codes(
    rows: FileRows, name: str, published: Sequence[Row]
) -> tuple[FileRows, list[Problem]]:
    """Give back the zeros that a spreadsheet took from codes of zones already published."""
    codes: dict[str, list[str]] = {}
    title = one_line(name)[:MAX_NAME]
    for code in {row["zone_code"] for row in published if row["zoning_name"] == title}:
        codes.setdefault(code.lstrip("0"), []).append(code)
    lost = {
        short: found[0]
        for short, found in codes.items()
        if len(found) == 1 and found[0] != short and short.isdigit()
    }
    mended = [row for row in rows.rows if row.get("zone") in lost]
    if not mended:
        return rows, []
    first = mended[0]
    problem = note(
        "lost-zeros", quote(lost[first.get("zone")]),
        f"Codes de zone qui avaient perdu leurs zéros, lus comme ils sont publiés "
        f"({name_rows(row.number for row in mended)}).",
        row=first.number, column=rows.heading("zone"), read=first.get("zone"),
    )  # fmt: skip
    kept = tuple(
        replace(row, cells={**row.cells, "zone": lost.get(row.get("zone"), row.get("zone"))})
        for row in rows.rows
    )
    return replace(rows, rows=kept), [problem]


def _to_csv(sheet: Sheet, rows: FileRows) -> bytes:
    """Write the columns of a zoning alone, each row under the number it has in the file."""
    from territoires.tables.sheets import SheetRow, to_plain_csv  # noqa: PLC0415

    fields = [field for field in _HEADINGS if rows.has(field)]
    return to_plain_csv(
        replace(
            sheet,
            headings=tuple(_HEADINGS[field] for field in fields),
            rows=tuple(
                SheetRow(row.number, tuple(row.get(field) for field in fields)) for row in rows.rows
            ),
        )
    )


def _to_problem(issue: Issue, rows: FileRows) -> Problem:
    fields = {heading: field for field, heading in _HEADINGS.items()}
    column = rows.heading(fields.get(issue.column, "")) or issue.column
    mend = _MENDS.get(issue.code, _MEND)
    return block(issue.code, issue.expected, mend, row=issue.row, column=column, read=issue.read)

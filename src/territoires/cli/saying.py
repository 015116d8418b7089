"""A review, a comparison, a version: as lines for a person and as data for a script."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from territoires.cli.base import Base
from territoires.domain.updates import (
    ColumnMatch,
    FileKind,
    Grade,
    PlaceMatch,
    Problem,
    Row,
    Severity,
)
from territoires.domain.versions import Version
from territoires.tables.matching import FIELDS, IGNORED
from territoires.tables.sheets import Sheet
from territoires.tables.updates.compare import TableDiff, counts
from territoires.tables.updates.report_files import SEVERITIES
from territoires.views.french import agree, count
from territoires.views.history import KINDS, format_moment
from territoires.views.update_diff_words import name_column, words_of
from territoires.views.update_review import Review

_MAX_PROBLEMS = 200
_GRADES = {
    Grade.EXACT: "sûr",
    Grade.CLOSE: "proche",
    Grade.AMBIGUOUS: "ambigu",
    Grade.UNKNOWN: "inconnu",
    Grade.TOTAL: "total",
}
_DIALECT = {";": "point-virgule", ",": "virgule", "\t": "tabulation"}


def say_review(
    review: Review, kind: FileKind, base: Base, diffs: Sequence[TableDiff] | None
) -> Iterator[str]:
    """Tell how a file was read, what its parts are taken for, its problems and what it changes."""
    if review.sheet is not None:
        sheet = review.sheet
        yield f"  {count(len(sheet.rows), 'ligne')} sous les titres (ligne {sheet.heading_row})."
        yield f"  Écriture : {_say_dialect(sheet)}."
        for column in review.columns:
            yield f"  {_say_column(column, kind)}"
        yield from _say_places(review.places, base)
    yield f"  {_say_counts(review)}"
    for problem in review.problems[:_MAX_PROBLEMS]:
        yield f"  [{SEVERITIES[problem.severity]}] {problem}"
    rest = len(review.problems) - _MAX_PROBLEMS
    if rest > 0:
        yield f"  … et {count(rest, 'autre problème', 'autres problèmes')} (tous avec --json)."
    if diffs is not None:
        yield f"  {say_diffs(diffs, base.number)}"


def say_diffs(diffs: Sequence[TableDiff], number: int | None) -> str:
    """Sum up a comparison in one sentence."""
    if not diffs:
        what = "les données livrées" if number is None else f"la version {number}"
        return f"Aucune différence avec {what}."
    what = "aux données livrées" if number is None else f"à la version {number}"
    added, changed, removed = counts(diffs)
    return (
        f"Par rapport {what} : {count(added, 'ligne ajoutée', 'lignes ajoutées')}, "
        f"{count(changed, 'modifiée', 'modifiées')}, {count(removed, 'retirée', 'retirées')} "
        f"({', '.join(f'{diff.table}.csv' for diff in diffs)})."
    )


def say_rows(diffs: Sequence[TableDiff], limit: int | None) -> Iterator[str]:
    """Tell each row that differs, at most ``limit`` in each table."""
    for diff in diffs:
        title = "Chiffres" if diff.table == "observations" else words_of(diff.table).title
        yield f"{title} ({diff.table}.csv)"
        lines = [
            *(f"  + {name_row(diff.table, row)}" for row in diff.added),
            *(
                f"  ~ {name_row(diff.table, one.after)} : " + ", ".join(
                    f"{name_column(diff.table, column)} « {one.before.get(column, '')} » → « {one.after.get(column, '')} »"
                    for column in one.columns
                )
                for one in diff.changed
            ),
            *(f"  - {name_row(diff.table, row)}" for row in diff.removed),
        ]  # fmt: skip
        yield from lines[:limit]
        if limit is not None and len(lines) > limit:
            yield f"  … et {count(len(lines) - limit, 'autre ligne', 'autres lignes')} (--tout)."


def name_row(table: str, row: Row) -> str:
    """Name a row: what an observation measures, else the first cell."""
    if table == "observations":
        place = f"{row['level']}-{row['code']}"
        return f"{row['indicator_id']} {row['wave']} {place} = {row['value'] or row['value_text']}"
    return next(iter(row.values()), "")


def say_version(version: Version) -> Iterator[str]:
    """Tell a version in two lines or more."""
    mark = "*" if version.is_current else " "
    kind = KINDS[version.kind]
    if version.restores is not None:
        kind += f" à la version {version.restores}"
    yield (
        f"{mark} {version.number:>4}  {format_moment(version.date)}  {version.author} ({kind})"
        f"  +{version.added} ~{version.changed} -{version.removed}"
    )
    for line in version.message.splitlines():
        yield f"        {line}"
    if version.file_name:
        yield f"        {version.file_name} (SHA-256 {version.file_hash[:12]}…)"


def show_version(version: Version) -> dict[str, Any]:
    """Give a version as data."""
    return {
        "numero": version.number,
        "type": version.kind.value,
        "parent": version.parent,
        "retablit": version.restores,
        "date": version.date.isoformat(),
        "auteur": version.author,
        "message": version.message,
        "empreinte": version.fingerprint,
        "fichier": version.file_name,
        "sha256": version.file_hash,
        "source": version.source_id,
        "fiabilite": version.fiabilite,
        "ajoutees": version.added,
        "modifiees": version.changed,
        "retirees": version.removed,
        "en_ligne": version.is_current,
    }


def show_review(name: str, review: Review, diffs: Sequence[TableDiff] | None) -> dict[str, Any]:
    """Give a review as data."""
    sheet = review.sheet
    return {
        "fichier": name,
        "lignes": len(sheet.rows) if sheet else None,
        "niveau": review.level,
        "colonnes": [
            {
                "titre": column.heading,
                "champ": column.role.field,
                "indicateur": column.role.indicator_id,
                "vague": column.role.wave,
                "raison": column.reason,
            }
            for column in review.columns
        ],
        "territoires": [
            {
                "ecrit": place.written,
                "lignes": place.rows,
                "accord": place.grade.value,
                "territoire": place.territory and str(place.territory),
                "candidats": [str(candidate) for candidate in place.candidates],
                "note": place.note,
            }
            for place in review.places
        ],
        "problemes": [show_problem(problem) for problem in review.problems],
        "publiable": review.is_publishable,
        "comparaison": show_diffs(diffs) if diffs is not None else None,
    }


def show_problem(problem: Problem) -> dict[str, Any]:
    """Give a problem as data."""
    return {
        "gravite": problem.severity.value,
        "code": problem.code,
        "ligne": problem.row,
        "colonne": problem.column,
        "lu": problem.read,
        "attendu": problem.expected,
        "correction": problem.mend,
    }


def show_diffs(diffs: Sequence[TableDiff], *, rows: bool = False) -> dict[str, Any]:
    """Give a comparison as data: counts, and the rows themselves where they are asked for."""
    return {
        diff.table: {
            "ajoutees": list(diff.added) if rows else len(diff.added),
            "modifiees": [{"avant": one.before, "apres": one.after} for one in diff.changed]
            if rows
            else len(diff.changed),
            "retirees": list(diff.removed) if rows else len(diff.removed),
            "inchangees": diff.unchanged,
        }
        for diff in diffs
    }


def _say_dialect(sheet: Sheet) -> str:
    dialect = sheet.dialect
    if dialect.sheet:
        return f"feuille « {dialect.sheet} »"
    separator = _DIALECT.get(dialect.separator, dialect.separator)
    decimal = f", décimales avec « {dialect.decimal} »" if dialect.decimal else ""
    return f"{dialect.encoding}, {separator}{decimal}"


def _say_column(column: ColumnMatch, kind: FileKind) -> str:
    role = column.role
    if role.field == IGNORED:
        return f"« {column.heading} » : laissée de côté" + (
            f" ({column.reason})" if column.reason else ""
        )
    label = next((one.label for one in FIELDS[kind] if one.name == role.field), role.field)
    taken = ", ".join(part for part in (label.lower(), role.indicator_id, role.wave) if part)
    return f"« {column.heading} » : {taken} [{role.field}]" + (
        f" ({column.reason})" if column.reason else ""
    )


def _say_places(places: Sequence[PlaceMatch], base: Base) -> Iterator[str]:
    sure = sum(place.grade is Grade.EXACT for place in places)
    if sure:
        yield f"{count(sure, 'territoire reconnu', 'territoires reconnus')}.".join(("  ", ""))
    for place in places:
        if place.grade is Grade.EXACT:
            continue
        found = [place.territory, *place.candidates]
        known = [base.directory.get(one) for one in dict.fromkeys(found) if one is not None]
        names = ", ".join(f"{one.name} ({one.id})" for one in known if one is not None)
        yield f"  {_GRADES[place.grade]} : « {place.written} »" + (f" — {names}" if names else "")


def _say_counts(review: Review) -> str:
    if not review.problems:
        return "Aucun problème."
    found = review.counts
    blocking, warnings = found[Severity.BLOCKING], found[Severity.WARNING]
    parts = [
        f"{blocking} {agree(blocking, 'bloquant', 'bloquants')}" if blocking else "",
        f"{warnings} à vérifier" if warnings else "",
        count(found[Severity.NOTE], "information") if found[Severity.NOTE] else "",
    ]
    return "Problèmes : " + ", ".join(part for part in parts if part) + "."

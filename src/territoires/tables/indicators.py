"""The published figures: catalogue, observations, sources, actors and their cross-checks."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pandas as pd

from territoires import settings
from territoires.domain.catalysts import Catalyst, ListNote, Precision
from territoires.domain.indicators import (
    Direction,
    Fiabilite,
    Indicator,
    Kind,
    Nature,
    Observation,
    Reading,
    Source,
    Status,
    Usage,
)
from territoires.domain.territories import Level
from territoires.errors import DataFileError
from territoires.tables.contracts import Issue, Report, check_table, read_schema

#: Every table of data/indicators/, in the order they are checked.
TABLES = (
    "sources",
    "domains",
    "contradictions",
    "indicators",
    "observations",
    "profils",
    "unavailable",
    "groupings",
    "catalyst_kinds",
    "lists",
    "catalysts",
    "resources",
    "milestones",
    "programme_experience",
    "context_facts",
    "zonages",
)
#: Tables that may hold their header alone: a data set need not have any such row.
MAY_BE_EMPTY = frozenset(
    {
        "contradictions",
        "profils",
        "unavailable",
        "groupings",
        "resources",
        "milestones",
        "programme_experience",
        "context_facts",
    }
)
MAX_DETAILS = 50
CELL = ["indicator_id", "wave", "level", "code"]
#: Tables that a data set may do without: no row, or no file at all.
MAY_BE_ABSENT = frozenset({"zonages"})

#: Members by value: a call of the enumeration for each of thousands of cells is slow.
_LEVELS = {level.value: level for level in Level}
_FIABILITES = {one.value: one for one in Fiabilite}
_READINGS = {one.value: one for one in Reading}
_ABSENT_FROM_PROFILES = (
    "cycle", "study", "value_text", "respondents", "deff", "contradictions", "caveat", "statement",
)  # fmt: skip

Row = Mapping[str, str]
#: Where to read: a folder, whose tables are then checked, or reports of tables checked already.
Origin = Path | Mapping[str, Report] | None


def check_file(table: str, folder: Path | None = None) -> Report:
    """Check one table against its contract, without raising.

    Without its file or its rows, a table that may be absent has no issue; the demonstration set,
    which has every table, must hold the file and rows.
    """
    folder = folder or settings.INDICATORS
    path, is_simulated = folder / f"{table}.csv", folder == settings.DEMONSTRATION
    is_optional = table in MAY_BE_ABSENT and not is_simulated
    if is_optional and not path.exists():
        return Report(_display_name(table, folder), ())
    return check_table(
        path,
        read_contract(table),
        name=_display_name(table, folder),
        # The published set has such rows: without any, its file has been cut.
        may_be_empty=is_optional or (table in MAY_BE_EMPTY and is_simulated),
    )


def read_contract(table: str) -> dict[str, Any]:
    """Read the Table Schema of a table: the same for every data set."""
    return read_schema(settings.SCHEMAS / f"{table}.schema.json")


def raise_issues(table: str, issues: tuple[Issue, ...], folder: Path | None = None) -> None:
    """Raise one error that lists every problem of a table, or do nothing.

    Raises
    ------
    DataFileError
        When there is at least one issue; `details` holds one line per issue, 50 at most.
    """
    if not issues:
        return
    file = _display_name(table, folder or settings.INDICATORS)
    count = "1 problème" if len(issues) == 1 else f"{len(issues)} problèmes"
    lines = [str(issue) for issue in issues[:MAX_DETAILS]]
    if len(issues) > MAX_DETAILS:
        lines.append(f"… et {len(issues) - MAX_DETAILS} autres")
    fix = f"Corrigez la ligne {issues[0].row} du fichier" if issues[0].row else "Rétablissez-le"
    raise DataFileError(
        f"Le fichier {file} ne respecte pas son contrat\u00a0: {count}.",
        remedy=f"{fix}, ou récupérez la version d’origine\u00a0: git checkout -- {file}",
        details=tuple(lines),
    )


def read_catalogue(origin: Origin = None) -> dict[str, Indicator]:
    """Read the catalogue, by indicator identifier, in its own order."""
    return {row["indicator_id"]: _to_indicator(row) for row in _read("indicators", origin)}


def read_observations(origin: Origin = None) -> tuple[Observation, ...]:
    """Read every reading of every survey, context and profile figure."""
    figures = (_to_observation(row) for row in _read("observations", origin))
    profiles = (_to_observation(_from_profile(row)) for row in _read("profils", origin))
    return (*figures, *profiles)


def _from_profile(row: Row) -> Row:
    """Give a figure of the COG the columns of a survey figure."""
    return {
        **dict.fromkeys(_ABSENT_FROM_PROFILES, ""),
        **row,
        "observation_id": "cog-" + "-".join(row[column] for column in CELL),
        "fiabilite": Fiabilite.CLAIRE.value,
        "reading": Reading.PRINCIPALE.value,
    }


def _to_observation(row: Row) -> Observation:
    value, respondents, deff = row["value"], row["respondents"], row["deff"]
    return Observation(
        row["observation_id"],
        row["indicator_id"],
        row["wave"],
        row["cycle"],
        row["study"],
        _LEVELS[row["level"]],
        row["code"],
        float(value) if value else None,
        row["value_text"],
        int(respondents) if respondents else None,
        _FIABILITES[row["fiabilite"]],
        _READINGS[row["reading"]],
        tuple(row["contradictions"].split()) if row["contradictions"] else (),
        row["caveat"],
        row["statement"],
        row["source_id"],
        float(deff) if deff else None,
    )


def read_sources(origin: Origin = None) -> dict[str, Source]:
    """Read the register of sources, by identifier."""
    return {row["source_id"]: Source(**row) for row in _read("sources", origin)}


def read_catalysts(origin: Origin = None) -> tuple[Catalyst, ...]:
    """Read the actors named by the sources; `read_lists` says that the list is not complete."""
    return tuple(
        Catalyst(
            **{
                **row,
                "precision": Precision(row["precision"]),
                "fiabilite": Fiabilite(row["fiabilite"]),
            }  # type: ignore[arg-type]
        )
        for row in _read("catalysts", origin)
    )


def read_catalyst_kinds(origin: Origin = None) -> dict[str, str]:
    """Read the labels of the kinds of actors, in display order."""
    rows = sorted(_read("catalyst_kinds", origin), key=lambda row: int(row["order"]))
    return {row["kind"]: row["label"] for row in rows}


def read_lists(origin: Origin = None) -> dict[str, ListNote]:
    """Read what may be said of each list, by list identifier."""
    return {
        row["list_id"]: ListNote(
            row["list_id"], row["label"], row["exhaustive"] == "true", row["caveat"]
        )
        for row in _read("lists", origin)
    }


def read_domains(origin: Origin = None) -> pd.DataFrame:
    """Read the sixteen domains of fragility, in the order of their source (not a ranking)."""
    return _frame("domains", origin, numbers=("source_order",)).sort_values("source_order")


def read_contradictions(origin: Origin = None) -> pd.DataFrame:
    """Read the diverging readings and the display each calls for."""
    return _frame("contradictions", origin)


def read_unavailable(origin: Origin = None) -> pd.DataFrame:
    """Read the facts that nobody can read in their source: shown « non disponible »."""
    return _frame("unavailable", origin)


def read_groupings(origin: Origin = None) -> pd.DataFrame:
    """Read the figures published for a group of régions: never shared out between them."""
    return _frame("groupings", origin, numbers=("value",))


def _read(table: str, origin: Origin) -> tuple[Mapping[str, str], ...]:
    if isinstance(origin, Mapping):
        return origin[table].rows
    report = check_file(table, origin)
    raise_issues(table, report.issues, origin)
    return report.rows


def _frame(table: str, origin: Origin, *, numbers: tuple[str, ...] = ()) -> pd.DataFrame:
    columns = [field["name"] for field in read_contract(table)["fields"]]
    frame = pd.DataFrame(_read(table, origin), columns=columns, dtype="str")
    for column in numbers:
        frame[column] = pd.to_numeric(frame[column].replace("", None))
    return frame


def _display_name(table: str, folder: Path) -> str:
    path = folder / f"{table}.csv"
    return str(path.relative_to(settings.HOME) if path.is_relative_to(settings.HOME) else path.name)


def _to_indicator(row: Row) -> Indicator:
    return Indicator(
        indicator_id=row["indicator_id"],
        label=row["label"],
        description=row["description"],
        theme=row["theme"],
        study=row["study"],
        actor=row["actor"],
        actor_label=row["actor_label"],
        unit=row["unit"],
        unit_label=row["unit_label"],
        kind=Kind(row["kind"]),
        direction=Direction(row["direction"]),
        base=row["base"],
        levels=tuple(Level(level) for level in row["levels"].split()),
        waves=tuple(row["waves"].split()),
        comparable_with=tuple(row["comparable_with"].split()),
        domain_ids=tuple(row["domain_id"].split()),
        nature=Nature(row["nature"]),
        usage=Usage(row["usage"]),
        status=Status(row["status"]),
        decimals=int(row["decimals"]),
        caveat=row["caveat"],
    )

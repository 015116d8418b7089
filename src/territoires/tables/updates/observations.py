"""A file of figures: its rows as rows of observations.csv, and everything wrong with them."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from territoires.domain.directory import Directory
from territoires.domain.indicators import Reading as Place
from territoires.domain.territories import Level, TerritoryId
from territoires.domain.updates import Absent, Choices, ColumnRole, Problem, Row
from territoires.tables.indicators import read_contract
from territoires.tables.plain_text import clean
from territoires.tables.updates.additions import add_indicators, refuse_nature
from territoires.tables.updates.cell_reader import MAX_LENGTHS, CellReader
from territoires.tables.updates.extents import with_extents
from territoires.tables.updates.figure_checks import check_values, drop_repeats, settle_scale
from territoires.tables.updates.figure_reader import FigureReader
from territoires.tables.updates.figure_words import too_long
from territoires.tables.updates.figures import Figure, Reading, read_layout
from territoires.tables.updates.formulas import check_formulas
from territoires.tables.updates.matched import MatchedFile
from territoires.tables.updates.observation_rows import RowMaker
from territoires.tables.updates.problems import Gathered, block, join, warn
from territoires.tables.updates.registers import with_new_source
from territoires.tables.updates.vocabulary import build_names

#: Texts that a person may give for the whole file, and their French names.
CONSTANTS = {"caveat": "réserve", "study": "étude", "statement": "énoncé"}
Cell = tuple[str, str, str, str]


@dataclass(frozen=True, slots=True)
class Brought:
    """A figure of the file with the row it makes, and the published one of its cell if any."""

    figure: Figure
    before: Row | None
    after: Row

    @property
    def is_changed(self) -> bool:
        """Tell whether anything differs from what is published."""
        return self.before != self.after


@dataclass(frozen=True, slots=True)
class Update:
    """What a file of figures makes: the changed tables whole, its figures, what is wrong."""

    tables: dict[str, tuple[Row, ...]]
    figures: tuple[Brought, ...]
    problems: tuple[Problem, ...]


def build_update(file: MatchedFile, today: date | None = None) -> Update:
    """Make the tables that a file of figures changes, whole, and tell every problem.

    Rows that can be read are given even where others cannot, so that a draft can be compared.
    """
    tables, columns = file.tables, file.columns
    choices, problems = _clean_constants(file.choices)
    sources, wrong = with_new_source(choices, tables)
    indicators, added = add_indicators(choices, tables["indicators"])
    catalogue = {row["indicator_id"]: row for row in indicators}
    told, formulas = check_formulas(file.sheet, columns, choices.excluded)
    cells = CellReader(
        sheet=file.sheet,
        layout=read_layout(columns),
        indicators=build_names(indicators, "indicator_id", "label"),
        sources=build_names(sources, "source_id", "title"),
        told=told,
    )
    reader = FigureReader(cells, choices, _levels(), today or date.today())
    reading = reader.read(columns, file.places)
    scaled, asked = settle_scale(reading.figures, catalogue, choices.scale)
    kept, repeated = drop_repeats(scaled)
    problems = (
        *problems,
        *wrong,
        *added,
        *formulas,
        *reading.problems,
        *_refuse_natures(reading, catalogue),
        *asked,
        *check_values(scaled, catalogue),
        *repeated,
    )
    # A new source with a fault is told once: its figures are not accused of having none.
    named = {row["source_id"] for row in sources} | {dict(choices.new_source).get("source_id", "")}
    brought, written = _make_rows(kept, choices, tables["observations"], catalogue, named - {""})
    observations, gone = _merge(tables["observations"], brought, reading, choices)
    touched = frozenset(indicator for indicator, _, _ in reading.scope)
    changed = {
        "observations": observations,
        "indicators": with_extents(indicators, observations, touched | _added(choices)),
        "sources": sources,
    }
    problems = (
        *problems,
        *written,
        *(() if reading.figures else _ask_provenance(choices, columns)),
        *_tell_removed(gone, file.directory),
        *_tell_empty(touched | _added(choices), observations),
    )
    return Update(
        {name: rows for name, rows in changed.items() if rows != tables[name]}, brought, problems
    )


def _clean_constants(choices: Choices) -> tuple[Choices, tuple[Problem, ...]]:
    """Clean the texts that hold for every row as if they stood in cells."""
    texts = {name: clean(getattr(choices, name)) for name in CONSTANTS}
    problems = tuple(
        too_long(text, MAX_LENGTHS[name], 0, CONSTANTS[name])
        for name, text in texts.items()
        if len(text) > MAX_LENGTHS[name]
    )
    cleaned = replace(
        choices, caveat=texts["caveat"], study=texts["study"], statement=texts["statement"]
    )
    return cleaned, problems


def _ask_provenance(choices: Choices, columns: Sequence[ColumnRole]) -> list[Problem]:
    """Ask for what no figure could be asked for yet, since none could be read."""
    fields = {role.field for role in columns}
    asked = []
    if "source" not in fields and not (choices.source_id or choices.new_source):
        mend = "Choisissez la source pour tout le fichier, ou ajoutez une colonne."
        asked.append(block("source-missing", "la source des chiffres", mend))
    if "fiabilite" not in fields and not choices.fiabilite:
        mend = "Choisissez-la pour tout le fichier, ou ajoutez une colonne."
        asked.append(block("fiabilite-missing", "une fiabilité", mend))
    return asked


def _levels() -> frozenset[str]:
    """Give the levels that the contract of the observations allows."""
    fields = {field["name"]: field for field in read_contract("observations")["fields"]}
    return frozenset(fields["level"]["constraints"]["enum"])


def _added(choices: Choices) -> frozenset[str]:
    return frozenset(dict(pairs).get("indicator_id", "") for pairs in choices.new_indicators)


def _refuse_natures(reading: Reading, catalogue: Mapping[str, Row]) -> list[Problem]:
    rows: dict[str, int] = {}
    for figure in reading.figures:
        rows.setdefault(figure.indicator_id, figure.row)
    names = sorted({indicator for indicator, _, _ in reading.scope})
    return [
        problem for name in names for problem in refuse_nature(catalogue[name], rows.get(name, 0))
    ]


def _make_rows(
    figures: Sequence[Figure],
    choices: Choices,
    observations: Sequence[Row],
    catalogue: Mapping[str, Row],
    sources: Collection[str],
) -> tuple[tuple[Brought, ...], list[Problem]]:
    """Give the row of each figure beside the published one."""
    touched = {figure.indicator_id for figure in figures}
    published = {
        (row["indicator_id"], row["wave"], row["level"], row["code"]): row
        for row in observations
        if row["reading"] == Place.PRINCIPALE and row["indicator_id"] in touched
    }
    maker = RowMaker(
        choices,
        catalogue,
        sources,
        cycles=_cycles(observations, touched),
        taken={row["observation_id"] for row in observations},
        gathered=Gathered(),
    )
    brought = []
    for figure in figures:
        before = published.get(figure.cell)
        brought.append(Brought(figure, before, maker.make(figure, before)))
    return tuple(brought), maker.gathered.problems()


def _cycles(observations: Sequence[Row], touched: Collection[str]) -> dict[tuple[str, str], str]:
    """Give the cycle that all the published figures of an indicator and wave share."""
    found: dict[tuple[str, str], set[str]] = {}
    for row in observations:
        if row["indicator_id"] in touched:
            found.setdefault((row["indicator_id"], row["wave"]), set()).add(row["cycle"])
    return {survey: min(cycles) for survey, cycles in found.items() if len(cycles) == 1}


def _merge(
    observations: tuple[Row, ...], brought: Sequence[Brought], reading: Reading, choices: Choices
) -> tuple[tuple[Row, ...], frozenset[Cell]]:
    """Put rows in the place of those they change, the new ones last; take the absent ones away."""
    changed = {one.after["observation_id"]: one.after for one in brought if one.before is not None}
    new = [one.after for one in brought if one.before is None]
    rows = tuple(changed.get(row["observation_id"], row) for row in observations)
    if choices.absent is Absent.KEEP:
        return (*rows, *new), frozenset()
    kept = {one.figure.cell for one in brought}
    gone = {
        cell
        for row in rows
        if row["reading"] == Place.PRINCIPALE
        and (row["indicator_id"], row["wave"], row["level"]) in reading.scope
        and (cell := _cell(row)) not in kept
    }
    # What reads the same figure otherwise goes with it: alone, it would pass for the figure.
    left = tuple(row for row in rows if _cell(row) not in gone)
    return (*left, *new), frozenset(gone)


def _cell(row: Row) -> Cell:
    return row["indicator_id"], row["wave"], row["level"], row["code"]


def _tell_removed(gone: Collection[Cell], directory: Directory) -> list[Problem]:
    """Tell the published figures that the file does not hold, survey by survey."""
    places: dict[tuple[str, str], list[str]] = {}
    for indicator, wave, level, code in sorted(gone):
        territory = directory.get(TerritoryId(Level(level), code))
        places.setdefault((indicator, wave), []).append(territory.name)
    return [
        warn(
            "removed",
            "tous les territoires déjà publiés",
            "Les chiffres publiés de ces territoires, absents du fichier, seront retirés, autres "
            f"lectures comprises\u00a0: {join(names)}.",
            read=f"{indicator}, {wave}",
        )
        for (indicator, wave), names in places.items()
    ]


def _tell_empty(touched: Collection[str], observations: Sequence[Row]) -> list[Problem]:
    """Tell the indicators that would be left without any figure."""
    filled = {row["indicator_id"] for row in observations}
    return [
        block(
            "indicator-empty",
            "au moins un chiffre par indicateur",
            "Cet indicateur n’aurait plus aucun chiffre\u00a0: apportez-en, ou gardez ceux qui sont "
            "publiés.",
            read=name,
        )
        for name in sorted(touched)
        if name and name not in filled
    ]

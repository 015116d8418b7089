"""The answer to the map page's question: one indicator, one wave, one level."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from territoires.analysis.classes import Classes, classify
from territoires.analysis.precision import Precision
from territoires.analysis.significance import Flag, differences_from
from territoires.domain.classification import Palette
from territoires.domain.directory import Directory, Territory
from territoires.domain.indicators import Indicator, Nature, Observation, Reading, Source
from territoires.domain.names import NameForms
from territoires.domain.selection import Dataset, Mode, Selection
from territoires.domain.territories import Level, TerritoryId
from territoires.tables.published import Published
from territoires.views.caveats import map_caveats
from territoires.views.figure import (
    Figure,
    build_figures,
    displayed_value,
    has_sampling_error,
    is_of_unknown_samples,
    is_same_question,
    national_figure,
)
from territoires.views.french import format_wave
from territoires.views.map_sentence import MapFacts, say_caveat, say_map


class State(StrEnum):
    """State of a territory on a map, as written in ``data-etat``."""

    CLASSE = "classe"
    INDICATIF = "indicatif"
    INCONNU = "inconnu"
    SYMBOLE = "symbole"
    IMPRECIS = "imprecis"
    SUPPRIME = "supprime"
    MANQUANT = "manquant"


STATE_LABELS = {
    State.CLASSE: "Valeur publiée",
    State.INDICATIF: "Valeur indicative (échantillon réduit)",
    State.INCONNU: "Effectif non communiqué",
    State.SYMBOLE: "Valeur publiée",
    State.IMPRECIS: "Trop imprécis pour être coloré",
    State.SUPPRIME: "Effectif insuffisant (non diffusé)",
    State.MANQUANT: "Aucune valeur disponible",
}
#: Meaning of the colours of the two other modes, in the order of their class numbers.
DIFFERENCE_FLAGS = (Flag.PLUS_BAS, Flag.NON_SIGNIFICATIF, Flag.PLUS_HAUT)
DIFFERENCE_LABELS = {
    Flag.PLUS_BAS: "plus bas que la France",
    Flag.NON_SIGNIFICATIF: "pas de différence établie",
    Flag.PLUS_HAUT: "plus haut que la France",
}
PRECISION_GRADES = (Precision.PRECISE, Precision.CORRECTE, Precision.INDICATIVE)

_STATES = {
    None: State.CLASSE,
    Precision.PRECISE: State.CLASSE,
    Precision.CORRECTE: State.CLASSE,
    Precision.INDICATIVE: State.INDICATIF,
    Precision.TROP_IMPRECISE: State.IMPRECIS,
    Precision.SUPPRIMEE: State.SUPPRIME,
    Precision.INCONNUE: State.INCONNU,
}
_COLOURED = (State.CLASSE, State.INDICATIF, State.INCONNU)


@dataclass(frozen=True, slots=True)
class Row:
    """A territory on the map and in the table."""

    id: TerritoryId
    name: str
    state: State
    class_index: int | None
    figure: Figure | None
    #: Against France; None where there is nothing to test.
    difference: Flag | None = None


@dataclass(frozen=True, slots=True)
class MapView:
    """What the map, its legend, its table and its sentence are drawn from.

    ``classes`` are those of the values whatever the mode; ``category_counts`` the number of
    territories per colour in the mode in view.
    """

    dataset: Dataset
    indicator: Indicator
    wave: str
    level: Level
    mode: Mode
    rows: tuple[Row, ...]
    classes: Classes
    category_counts: tuple[int, ...]
    national: Figure | None
    state_counts: Mapping[State, int]
    title: str
    sentence: str
    sentence_caveat: str
    caveats: tuple[str, ...]
    sources: tuple[Source, ...]
    palette: Palette = Palette.AUTO

    def row(self, territory: TerritoryId | None) -> Row | None:
        """Find the row of a territory, if it stands on this map."""
        return next((row for row in self.rows if row.id == territory), None)

    @property
    def is_symbols(self) -> bool:
        """Tell whether values are drawn as proportional symbols: a count is no colour."""
        return not self.indicator.is_colourable

    @property
    def is_france_asked_the_same(self) -> bool:
        """Tell whether the national figure answers the question of the territories."""
        france = self.national
        figures = (row.figure for row in self.rows if row.figure)
        return france is None or all(is_same_question(figure, france) for figure in figures)

    @property
    def is_simulated(self) -> bool:
        """Tell whether the values themselves are simulated, not only the set they are seen in."""
        return self.dataset is Dataset.DEMONSTRATION and self.indicator.nature is Nature.ENQUETE


def build_map_view(
    selection: Selection,
    published: Published,
    directory: Directory,
    names: Mapping[TerritoryId, NameForms] | None = None,
) -> MapView:
    """Join an indicator with the territories of a level, by official code only.

    Territories stand in the order of their codes, which is the order of the boundary files;
    an observation whose code is not of the level is told in ``caveats``. ``names`` are the forms
    that the sentence uses; without them it counts territories instead of naming them.
    """
    indicator = published.catalogue[selection.indicator_id]
    national = national_figure(published, indicator, selection.wave)
    territories = directory.of_level(selection.level)
    figures = _figures(indicator, selection, published)
    found = [figures.get(territory.id.code) for territory in territories]
    mode = _mode(selection.mode, indicator, national, found)
    classes = _classify(found, indicator, selection, published, national)
    differences = _differences(found, indicator, national)
    rows = _rows(territories, found, differences, classes, mode=mode, indicator=indicator)
    facts = MapFacts(
        published.dataset,
        indicator,
        selection.wave,
        selection.level,
        mode,
        tuple(row.figure for row in rows),
        differences,
        tuple(territory.id for territory in territories),
        national,
    )
    drawn = {territory.id.code for territory in territories}
    known = [figure for figure in found if figure]
    return MapView(
        dataset=published.dataset,
        indicator=indicator,
        wave=selection.wave,
        level=selection.level,
        mode=mode,
        rows=rows,
        classes=classes,
        category_counts=_count_categories(rows, mode, classes),
        national=national,
        state_counts=_count_states(rows),
        title=f"{indicator.label} – {indicator.actor_label}, {format_wave(selection.wave)}",
        sentence=say_map(facts, names or {}),
        sentence_caveat=say_caveat(facts),
        caveats=map_caveats(
            indicator,
            [(row.name, row.figure) for row in rows if row.figure],
            national,
            sorted(set(figures) - drawn),
            wanted=selection,
        ),
        sources=_sources([*known, national] if national else known),
        palette=selection.classes.palette,
    )


def _figures(indicator: Indicator, selection: Selection, published: Published) -> dict[str, Figure]:
    """Give the main reading of each territory, by code."""
    chosen = [
        o
        for o in published.of_indicator(indicator.indicator_id, selection.level)
        if o.wave == selection.wave and o.reading is Reading.PRINCIPALE
    ]
    return dict(zip((o.code for o in chosen), build_figures(chosen, published), strict=True))


def _mode(
    wanted: Mode, indicator: Indicator, national: Figure | None, found: Sequence[Figure | None]
) -> Mode:
    """Keep a mode that has something to show: no sample, no precision; no France, no difference."""
    if wanted is Mode.VALEUR or not has_sampling_error(indicator):
        return Mode.VALEUR
    if wanted is Mode.DIFFERENCE:
        if national is None or national.value is None:
            return Mode.VALEUR
        sampled = [figure for figure in found if figure and figure.interval]
        if not all(is_same_question(figure, national) for figure in sampled):
            return Mode.VALEUR
    return wanted


def _classify(
    found: Sequence[Figure | None],
    indicator: Indicator,
    selection: Selection,
    published: Published,
    national: Figure | None,
) -> Classes:
    """Put the values that may be coloured in classes; rounded bounds serve every wave."""
    values = [
        displayed_value(figure.value, indicator)
        if figure and figure.value is not None and _STATES[figure.precision] is not State.IMPRECIS
        else None
        for figure in found
    ]
    # A side of the national value is a comparison: none is made where samples are unknown.
    pivot = national if national and not is_of_unknown_samples(found) else None
    return classify(
        values,
        selection.classes,
        decimals=indicator.decimals,
        national=displayed_value(pivot.value, indicator)
        if pivot and pivot.value is not None
        else None,
        shared=_other_waves(indicator, selection, published),
    )


def _other_waves(
    indicator: Indicator, selection: Selection, published: Published
) -> list[float | None]:
    def is_of_another_wave(observation: Observation) -> bool:
        return observation.wave != selection.wave and observation.reading is Reading.PRINCIPALE

    others = filter(
        is_of_another_wave, published.of_indicator(indicator.indicator_id, selection.level)
    )
    return [
        displayed_value(figure.value, indicator)
        for figure in build_figures(tuple(others), published)
        if figure.value is not None and _STATES[figure.precision] is not State.IMPRECIS
    ]


def _differences(
    found: Sequence[Figure | None], indicator: Indicator, national: Figure | None
) -> tuple[Flag | None, ...]:
    """Test each territory against France, corrected for the number of territories tested."""
    if national is None or national.value is None or not has_sampling_error(indicator):
        return (None,) * len(found)
    if not all(is_same_question(figure, national) for figure in found if figure):
        return tuple(Flag.INCONNU if f and f.value is not None else None for f in found)
    return tuple(
        differences_from(
            national.value,
            [f.value if f and f.value is not None else math.nan for f in found],
            [f.respondents if f and f.respondents is not None else math.nan for f in found],
            [(f.deff if f else None) or 1.0 for f in found],
        )
    )


def _rows(
    territories: Sequence[Territory],
    found: Sequence[Figure | None],
    differences: Sequence[Flag | None],
    classes: Classes,
    *,
    mode: Mode,
    indicator: Indicator,
) -> tuple[Row, ...]:
    rows = []
    colourable = indicator.is_colourable
    columns = zip(territories, found, differences, classes.members, strict=True)
    for territory, figure, difference, member in columns:
        state = _state(figure, colourable=colourable)
        coloured = state in _COLOURED
        index = _class_index(figure, difference, member, mode) if coloured else None
        rows.append(Row(territory.id, territory.name, state, index, figure, difference))
    return tuple(rows)


def _state(figure: Figure | None, *, colourable: bool) -> State:
    if figure is None or (figure.value is None and not figure.suppression):
        return State.MANQUANT
    state = _STATES[figure.precision]
    return state if colourable or state is State.SUPPRIME else State.SYMBOLE


def _class_index(
    figure: Figure | None, difference: Flag | None, member: int | None, mode: Mode
) -> int | None:
    """Give the number of the colour; None where the mode has nothing to say."""
    if mode is Mode.VALEUR:
        return member
    if mode is Mode.DIFFERENCE:
        return DIFFERENCE_FLAGS.index(difference) if difference in DIFFERENCE_FLAGS else None
    grade = figure.precision if figure else None
    return PRECISION_GRADES.index(grade) if grade in PRECISION_GRADES else None


def _sources(figures: Sequence[Figure]) -> tuple[Source, ...]:
    """Give the sources of some figures, each once, in the order they are met."""
    return tuple({figure.source.source_id: figure.source for figure in figures}.values())


def _count_categories(rows: Sequence[Row], mode: Mode, classes: Classes) -> tuple[int, ...]:
    sizes = {Mode.DIFFERENCE: len(DIFFERENCE_FLAGS), Mode.PRECISION: len(PRECISION_GRADES)}
    counts = Counter(row.class_index for row in rows)
    return tuple(counts[i] for i in range(sizes.get(mode, classes.count)))


def _count_states(rows: Sequence[Row]) -> dict[State, int]:
    counts = Counter(row.state for row in rows)
    return {state: counts[state] for state in State}

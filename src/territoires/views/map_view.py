"""The answer to the map page's question: one indicator, one wave, one level."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from territoires.analysis.classes import Classes
from territoires.analysis.precision import Precision
from territoires.analysis.significance import Flag
from territoires.domain.classification import Palette
from territoires.domain.directory import Directory, Territory
from territoires.domain.indicators import Indicator, Source, Status
from territoires.domain.names import NameForms
from territoires.domain.selection import Dataset, Mode, Selection
from territoires.domain.territories import Level, TerritoryId
from territoires.tables.published import Published
from territoires.views.caveats import map_caveats
from territoires.views.datasets import is_simulated_set, mark_of, watermark_of
from territoires.views.figure import Figure, are_asked_the_same, national_figure
from territoires.views.french import format_wave
from territoires.views.limits import (
    layer_of,
    limit_of,
    say_place,
    say_straddling,
    territories_within,
)
from territoires.views.map_sentence import MapFacts, is_simulated, say_caveat, say_map, told_nature
from territoires.views.map_values import (
    classes_of,
    differences_of,
    figures_by_code,
    figures_to_test,
    possible_mode,
)

#: A table with more rows would be of no use: it keeps the territories with most inhabitants.
MAX_ROWS, MOST_PEOPLED = 1_500, 100
_SIMULATED_ZONING = (
    "Zones simulées : seuls les communes et les habitants qu’elles réunissent sont réels."
)


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
    territories per colour in the mode in view. Of the ``total`` territories of the level, ``rows``
    are those in ``within``, and ``ranks`` their places among all, in file order (empty: all of
    them). ``listed`` are the numbers of the rows that the table keeps, None where it has them all.
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
    zoning: str = ""
    within: TerritoryId | None = None
    #: The limit in words: « dans le Finistère ».
    place: str = ""
    total: int = 0
    ranks: tuple[int, ...] = ()
    listed: tuple[int, ...] | None = None
    #: Territories tested against France, those outside the limit included.
    tested: int = 0

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
        return france is None or are_asked_the_same((row.figure for row in self.rows), france)

    @property
    def is_simulated(self) -> bool:
        """Tell whether the values themselves are simulated, not only the set they are seen in."""
        return is_simulated(self.dataset, self.indicator)

    @property
    def mark(self) -> str:
        """Give what stands before its title: simulated, or real beside simulated figures."""
        return mark_of(self.dataset, told_nature(self.indicator))

    @property
    def watermark(self) -> str:
        """Give what is written across the map."""
        return watermark_of(self.dataset, told_nature(self.indicator))


def build_map_view(
    selection: Selection,
    published: Published,
    directory: Directory,
    names: Mapping[TerritoryId, NameForms] | None = None,
) -> MapView:
    """Join an indicator with the territories of a level, by official code only.

    Territories stand in the order of their codes, which is the order of the boundary files;
    an observation whose code is not of the level is told in ``caveats``. ``names`` are the forms
    that the sentence uses; without them it counts territories instead of naming them. Where the
    map is limited to a wider territory, everything is that of the territories in it, but for the
    test against France: a zoom is no reason for a difference to become significant.
    """
    names = names or {}
    indicator = marked_indicator(published.catalogue[selection.indicator_id], selection)
    national = national_figure(published, indicator, selection.wave)
    layer, within = layer_of(selection), limit_of(selection, directory)
    inside = territories_within(directory, layer, within)
    territories = [directory.get(territory) for territory in inside]
    everywhere = directory.of_level(layer.level, layer.zoning_id or None)
    limited = within is not None or bool(layer.zoning_id)
    codes = {territory.code for territory in inside} if limited else None
    figures = figures_by_code(indicator, selection, published, codes)
    found = [figures.get(territory.code) for territory in inside]
    mode = possible_mode(selection.mode, indicator, national, found)
    classes = classes_of(found, indicator, selection, published, national=national, codes=codes)
    everyone = (
        figures_to_test(found, everywhere, indicator, selection, published) if within else found
    )
    flags = differences_of(everyone, indicator, national)
    ranks = _ranks(inside, everywhere) if within else ()
    differences = tuple(flags[rank] for rank in ranks) if within else flags
    rows = _rows(territories, found, differences, classes, mode=mode, indicator=indicator)
    place = say_place(within, directory, names)
    facts = MapFacts(
        published.dataset,
        indicator,
        selection.wave,
        layer.level,
        mode,
        tuple(found),
        differences,
        inside,
        national,
        place,
    )
    known = [figure for figure in found if figure]
    title = f"{indicator.label} – {indicator.actor_label}, {format_wave(selection.wave)}"
    return MapView(
        dataset=published.dataset,
        indicator=indicator,
        wave=selection.wave,
        level=layer.level,
        mode=mode,
        rows=rows,
        classes=classes,
        category_counts=_count_categories(rows, mode, classes),
        national=national,
        state_counts=_count_states(rows),
        title=f"{title}, {place}" if place else title,
        sentence=say_map(facts, names),
        sentence_caveat=say_caveat(facts),
        caveats=map_caveats(
            indicator,
            [(row.name, row.figure) for row in rows if row.figure],
            national,
            sorted(set(figures) - {t.code for t in inside}),
            wanted=selection,
            notes=_notes(selection, published, say_straddling(inside, within, directory)),
        ),
        sources=_sources([*known, national] if national else known),
        palette=selection.classes.palette,
        zoning=layer.zoning_id,
        within=within,
        place=place,
        total=len(everywhere),
        ranks=ranks,
        tested=sum(flag is not None and flag is not Flag.INCONNU for flag in flags),
        listed=_most_peopled(territories),
    )


def marked_indicator(indicator: Indicator, selection: Selection) -> Indicator:
    """Mark as simulated what is counted in the simulated zones of the demonstration."""
    simulated = selection.level is Level.ZONE and is_simulated_set(selection.dataset)
    return replace(indicator, status=Status.SIMULE) if simulated else indicator


def _notes(selection: Selection, published: Published, straddling: str) -> tuple[str, ...]:
    """Gather what must be known of the territories themselves."""
    notes = [straddling] if straddling else []
    if zoning := published.zonings.get(layer_of(selection).zoning_id):
        notes += zoning.notes
        if is_simulated_set(published.dataset):
            notes.append(_SIMULATED_ZONING)
    return tuple(notes)


def _ranks(inside: Sequence[TerritoryId], everywhere: Sequence[Territory]) -> tuple[int, ...]:
    places = {territory.id: rank for rank, territory in enumerate(everywhere)}
    return tuple(places[territory] for territory in inside)


def _most_peopled(territories: Sequence[Territory]) -> tuple[int, ...] | None:
    """Choose the rows of the table where there are too many for it: those with most inhabitants."""
    if len(territories) <= MAX_ROWS:
        return None
    order = sorted(range(len(territories)), key=lambda row: -(territories[row].population or 0))
    return tuple(order[:MOST_PEOPLED])


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
        state = state_of(figure, colourable=colourable)
        coloured = state in _COLOURED
        index = _class_index(figure, difference, member, mode) if coloured else None
        rows.append(Row(territory.id, territory.name, state, index, figure, difference))
    return tuple(rows)


def state_of(figure: Figure | None, *, colourable: bool) -> State:
    """Tell the state of a territory from its figure; a count is drawn as a symbol."""
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

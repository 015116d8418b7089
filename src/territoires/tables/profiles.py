"""Figures of the Code officiel géographique below the département, derived from the directory.

They are what ``tools.build_profiles`` writes for France, régions and départements, for the EPCI,
the communes and the zones of a set of data: counted from their own communes, never shared out from
a wider territory nor averaged. They are kept in no file, and are not among the figures published.
"""

from __future__ import annotations

import statistics
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from territoires.domain.directory import Directory, Territory
from territoires.domain.indicators import Indicator, Nature, Observation, Reading
from territoires.domain.territories import FRANCE, Level, TerritoryId
from territoires.tables.published import Published
from territoires.tables.zoning_notes import with_notes

POPULATION = "population_municipale"
#: Size class of a commune → from, up to (excluded) so many inhabitants.
SIZE_CLASSES: dict[str, tuple[int, float]] = {
    "communes_moins_500": (0, 500),
    "communes_500_3499": (500, 3_500),
    "communes_3500_9999": (3_500, 10_000),
    "communes_10000_plus": (10_000, float("inf")),
}
_DERIVED = (Level.ZONE, Level.EPCI, Level.COMMUNE)

#: National figure of each indicator to derive: its words, its source and its wave.
Models = Mapping[str, Observation]
#: The figures derived for each territory of a level.
Derived = Mapping[TerritoryId, tuple[Observation, ...]]


def derive_figures(level: Level, models: Models, places: Directory) -> Derived:
    """Derive the figures of every territory of a level; those without any are left out."""
    derived = {
        territory.id: tuple(_figures(territory, places, models))
        for territory in places.of_level(level)
    }
    return {territory: figures for territory, figures in derived.items() if figures}


def add_profiles(
    published: Published,
    directory: Directory,
    derive: Callable[[Level, Models, Directory], Derived] = derive_figures,
) -> Published:
    """Add what the directory alone tells: COG figures of EPCI, communes and zones, and notes.

    The groups by indicator and by territory and the levels of the catalogue grow; ``observations``
    stays what the files hold, so that a count of published figures keeps its meaning. Where a set
    holds figures of an indicator at a level already, they stand.

    Parameters
    ----------
    directory
        With or without zones: those of the set are used.
    derive
        What derives the figures of a level; two sets with the same models may share them.
    """
    places = directory.with_zonings(published.zonings.values())
    catalogue = dict(published.catalogue)
    by_indicator = dict(published.by_indicator)
    by_territory = dict(published.by_territory)
    for level in _DERIVED:
        columns: dict[str, list[Observation]] = defaultdict(list)
        models = _models(published, level)
        for territory, figures in derive(level, models, places).items() if models else ():
            known = by_territory.get(territory)
            by_territory[territory] = (*known, *figures) if known else figures
            for figure in figures:
                columns[figure.indicator_id].append(figure)
        for name, column in columns.items():
            by_indicator[name, level] = tuple(column)
            catalogue[name] = _at_level(catalogue[name], level)
    return replace(
        published,
        catalogue=catalogue,
        by_indicator=by_indicator,
        by_territory=by_territory,
        zonings=with_notes(places),
    )


def count_profile(communes: Iterable[Territory]) -> dict[str, float]:
    """Compute the figures of a territory from its communes, by indicator.

    Shares are in % of the communes whose population is known, rounded to 1 decimal; the median
    is rounded alike. Neither exists where no population is known.
    """
    everyone = list(communes)
    known = [commune.population for commune in everyone if commune.population is not None]
    figures: dict[str, float] = {"communes_nombre": len(everyone), POPULATION: sum(known)}
    for name, (lowest, limit) in SIZE_CLASSES.items():
        number = sum(lowest <= population < limit for population in known)
        figures[f"{name}_nombre"] = number
        if known:
            figures[f"{name}_part"] = round(100 * number / len(known), 1)
    if known:
        figures["commune_population_mediane"] = round(statistics.median(known), 1)
    return figures


def _models(published: Published, level: Level) -> dict[str, Observation]:
    """Find the national figure of each indicator to derive at a level, its source and its wave."""
    models = {}
    for indicator in published.catalogue.values():
        if level is Level.COMMUNE and indicator.indicator_id != POPULATION:
            continue
        if indicator.nature is Nature.COG and level not in indicator.levels:
            figures = published.of_indicator(indicator.indicator_id, FRANCE.level)
            main = (f for f in figures if f.reading is Reading.PRINCIPALE)
            if (model := next(main, None)) is not None:
                models[indicator.indicator_id] = model
    return models


def _figures(territory: Territory, places: Directory, models: Models) -> Iterator[Observation]:
    for name, value in _values(territory, places).items():
        if name in models:
            yield _observation(models[name], territory.id, value)


def _values(territory: Territory, places: Directory) -> dict[str, float]:
    if territory.id.level is Level.COMMUNE:
        return {} if territory.population is None else {POPULATION: territory.population}
    communes = [places.get(c) for c in places.children(territory.id, Level.COMMUNE)]
    values = count_profile(communes)
    if territory.id.level is Level.ZONE:
        values["epci_nombre"] = places.children_count(territory.id, Level.EPCI)
    return values


def _observation(model: Observation, territory: TerritoryId, value: float) -> Observation:
    level, code = territory.level, territory.code
    return Observation(
        f"cog-{model.indicator_id}-{model.wave}-{level}-{code}",
        model.indicator_id,
        model.wave,
        model.cycle,
        model.study,
        level,
        code,
        float(value),
        "",
        None,
        model.fiabilite,
        model.reading,
        (),
        model.caveat,
        model.statement,
        model.source_id,
    )


def _at_level(indicator: Indicator, level: Level) -> Indicator:
    """Add a level to those of an indicator, from the widest to the finest."""
    levels: Sequence[Level] = (*indicator.levels, level)
    return replace(indicator, levels=tuple(sorted(levels, key=list(Level).index)))

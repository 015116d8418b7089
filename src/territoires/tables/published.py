"""A whole data set, read and checked together."""

from __future__ import annotations

from collections.abc import Callable, Collection, Hashable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TypeVar

import pandas as pd

from territoires import settings
from territoires.domain.catalysts import Catalyst, ListNote
from territoires.domain.indicators import Indicator, Nature, Observation, Source, Status
from territoires.domain.kit import Kit
from territoires.domain.selection import Dataset
from territoires.domain.territories import Level, TerritoryId
from territoires.domain.zonings import Zoning
from territoires.errors import DataFileError
from territoires.tables import indicators as files
from territoires.tables.contracts import Report
from territoires.tables.indicators import MAX_DETAILS, TABLES
from territoires.tables.kit import read_kit
from territoires.tables.references import check_folder
from territoires.tables.zonings import to_zonings

Key = TypeVar("Key", bound=Hashable)

#: Kind of the sources of simulated figures and actors.
SIMULATION = "simulation"


@dataclass(frozen=True, slots=True)
class Published:
    """A data set; frames are shared by all readers and never changed.

    ``observations`` holds every reading of every figure of its files (see ``tables.indicators``);
    the groups hold them too, and those that ``tables.profiles`` derives. In the demonstration set,
    the survey, the actors and the zonings are simulated, the context and the COG are real.
    """

    catalogue: Mapping[str, Indicator]
    observations: tuple[Observation, ...]
    by_indicator: Mapping[tuple[str, Level], tuple[Observation, ...]]
    by_territory: Mapping[TerritoryId, tuple[Observation, ...]]
    sources: Mapping[str, Source]
    catalysts: tuple[Catalyst, ...]
    catalyst_kinds: Mapping[str, str]
    lists: Mapping[str, ListNote]
    domains: pd.DataFrame
    contradictions: pd.DataFrame
    unavailable: pd.DataFrame
    groupings: pd.DataFrame
    #: Real in every set: nothing of the kit is simulated.
    kit: Kit
    dataset: Dataset = Dataset.PUBLIE
    zonings: Mapping[str, Zoning] = field(default_factory=dict)

    def indicator(self, indicator_id: str) -> Indicator:
        """Give an indicator that a page relies on.

        Raises
        ------
        DataFileError
            When the catalogue no longer holds it.
        """
        try:
            return self.catalogue[indicator_id]
        except KeyError as error:
            raise DataFileError(
                f"L’indicateur « {indicator_id} », attendu par cette page, manque au catalogue.",
                remedy="Rétablissez sa ligne dans data/indicators/indicators.csv, ou récupérez la "
                "version d’origine : git checkout -- data/indicators/indicators.csv",
            ) from error

    def of_indicator(self, indicator_id: str, level: Level) -> tuple[Observation, ...]:
        """Give the observations of an indicator at a level: every wave, every reading."""
        return self.by_indicator.get((indicator_id, level), ())

    def of_territory(self, territory: TerritoryId) -> tuple[Observation, ...]:
        """Give the observations of a territory: every indicator, every wave, every reading."""
        return self.by_territory.get(territory, ())


def read_dataset(
    dataset: Dataset,
    territories: Collection[tuple[str, str]],
    published: Published | None = None,
    simulated: Published | None = None,
) -> Published:
    """Read the set of data a reader has chosen, held to what it may contain.

    Parameters
    ----------
    territories
        Every (level, code) that exists.
    published
        The published set where it was read already: its files are not read again.
    simulated
        The tables of data/demonstration/ likewise.

    Raises
    ------
    DataFileError
        When a table breaks its contract, when real and simulated figures would be mixed, or when
        the set has no files (a draft).
    """
    if dataset is Dataset.BROUILLON:
        raise DataFileError(
            "Il n’y a pas encore de brouillon à lire.",
            remedy="Choisissez les données publiées ou la démonstration.",
        )
    published = published or read_published(territories)
    _refuse_mixture(published, simulated=False)
    if dataset is Dataset.PUBLIE:
        return published
    simulated = simulated or read_published(territories, settings.DEMONSTRATION)
    return add_context(simulated, published)


def add_context(simulated: Published, published: Published) -> Published:
    """Give the demonstration set: what is simulated, beside the real context and COG figures.

    Nothing else of the published set enters but the kit, neither survey figure nor actor.

    Parameters
    ----------
    simulated
        The tables of data/demonstration/ alone.

    Raises
    ------
    DataFileError
        When the simulated tables hold a real figure, or an identifier of the published ones.
    """
    _refuse_mixture(simulated, simulated=True)
    shared = {
        name: indicator
        for name, indicator in published.catalogue.items()
        if indicator.nature is not Nature.ENQUETE
    }
    figures = tuple(o for o in published.observations if o.indicator_id in shared)
    cited = {figure.source_id for figure in figures}
    sources = {name: source for name, source in published.sources.items() if name in cited}
    _refuse_twins(simulated.catalogue, shared, "indicators")
    _refuse_twins(simulated.sources, sources, "sources")
    _refuse_twins(
        (figure.observation_id for figure in simulated.observations),
        {figure.observation_id for figure in figures},
        "observations",
    )
    observations = (*simulated.observations, *figures)
    return replace(
        simulated,
        catalogue={**simulated.catalogue, **shared},
        observations=observations,
        by_indicator={**simulated.by_indicator, **_keep_indicators(published, shared)},
        by_territory=_beside(simulated.by_territory, published.by_territory, shared),
        sources={**simulated.sources, **sources},
        kit=published.kit,
        dataset=Dataset.DEMONSTRATION,
    )


def read_published(
    territories: Collection[tuple[str, str]], folder: Path | None = None
) -> Published:
    """Check every table of a folder against its contract and the others, then read them.

    Parameters
    ----------
    territories
        Every (level, code) that exists, to which the codes of the tables are held.

    Raises
    ------
    DataFileError
        When a table is missing, unreadable or breaks its contract; nothing is half read.
    """
    reports = check_folder(folder, territories)
    raise_reports(reports)
    return build_published(dict(zip(TABLES, reports, strict=True)))


def build_published(tables: Mapping[str, Report]) -> Published:
    """Give the set of data that checked tables hold, by the name of each table."""
    observations = files.read_observations(tables)
    return Published(
        catalogue=files.read_catalogue(tables),
        observations=observations,
        by_indicator=_group(observations, lambda o: (o.indicator_id, o.level)),
        by_territory=_group(observations, lambda o: o.territory),
        sources=files.read_sources(tables),
        catalysts=files.read_catalysts(tables),
        catalyst_kinds=files.read_catalyst_kinds(tables),
        lists=files.read_lists(tables),
        domains=files.read_domains(tables),
        contradictions=files.read_contradictions(tables),
        unavailable=files.read_unavailable(tables),
        groupings=files.read_groupings(tables),
        zonings=to_zonings(tables["zonages"].rows),
        kit=read_kit(tables),
    )


def _refuse_mixture(published: Published, *, simulated: bool) -> None:
    """Raise an error that names every indicator and source which a set may not hold.

    A simulated set holds survey indicators alone: its context would pass for real.
    """
    wrong = [
        f"indicators.csv, {name} (colonnes status et nature)"
        for name, indicator in published.catalogue.items()
        if (indicator.status is Status.SIMULE) is not simulated
        or (simulated and indicator.nature is not Nature.ENQUETE)
    ]
    wrong += [
        f"sources.csv, {name} (colonne kind)"
        for name, source in published.sources.items()
        if (source.kind == SIMULATION) is not simulated
    ]
    if wrong:
        folder = "data/demonstration" if simulated else "data/indicators"
        raise DataFileError(
            f"{folder} mêle des données réelles et des données simulées : rien n’est affiché.",
            remedy="Corrigez ces lignes, ou récupérez la version d’origine : "
            f"git checkout -- {folder}",
            details=tuple(wrong[:MAX_DETAILS]),
        )


def _refuse_twins(simulated: Iterable[str], real: Collection[str], table: str) -> None:
    """Raise an error that names the identifiers used for two things."""
    twins = sorted(name for name in simulated if name in real)
    if twins:
        raise DataFileError(
            "Un même identifiant désigne une donnée réelle et une donnée simulée : rien n’est "
            "affiché.",
            remedy="Reconstruisez le jeu simulé : python -m tools.build_demonstration",
            details=tuple(f"{table}.csv, {name}" for name in twins[:MAX_DETAILS]),
        )


def _keep_indicators(
    published: Published, kept: Collection[str]
) -> dict[tuple[str, Level], tuple[Observation, ...]]:
    return {cell: group for cell, group in published.by_indicator.items() if cell[0] in kept}


def _beside(
    simulated: Mapping[TerritoryId, tuple[Observation, ...]],
    published: Mapping[TerritoryId, tuple[Observation, ...]],
    kept: Collection[str],
) -> dict[TerritoryId, tuple[Observation, ...]]:
    """Set the real figures that are kept after the simulated ones of the same territory.

    A group that is kept whole stays the same object: there is one for each commune.
    """
    groups = dict(simulated)
    for territory, figures in published.items():
        real = tuple(figure for figure in figures if figure.indicator_id in kept)
        real = figures if len(real) == len(figures) else real
        own = simulated.get(territory)
        if real:
            groups[territory] = (*own, *real) if own else real
    return groups


def _group(
    observations: Iterable[Observation], key: Callable[[Observation], Key]
) -> dict[Key, tuple[Observation, ...]]:
    groups: dict[Key, list[Observation]] = {}
    for observation in observations:
        groups.setdefault(key(observation), []).append(observation)
    return {name: tuple(group) for name, group in groups.items()}


def raise_reports(reports: Iterable[Report]) -> None:
    """Raise one error for all the tables that break their contract, or do nothing.

    Raises
    ------
    DataFileError
        When there is at least one issue.
    """
    broken = [report for report in reports if report.issues]
    if not broken:
        return
    names = " ".join(report.file for report in broken)
    lines = [f"{report.file}, {issue}" for report in broken for issue in report.issues]
    if len(lines) > MAX_DETAILS:
        lines = [*lines[:MAX_DETAILS], f"… et {len(lines) - MAX_DETAILS} autres problèmes"]
    raise DataFileError(
        "Des données ne respectent pas leur contrat : rien n’est affiché tant qu’elles ne sont "
        "pas corrigées.",
        remedy=f"Corrigez ces lignes, ou récupérez la version d’origine : git checkout -- {names}",
        details=tuple(lines),
    )

"""A survey with a figure for every commune, or every EPCI: what an analyst may bring one day."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from territoires.domain.directory import Directory
from territoires.domain.indicators import Fiabilite, Observation, Reading
from territoires.domain.territories import Level, TerritoryId
from territoires.tables.published import Published

NAME, WAVE = "avis_des_habitants", "2026-03"
_MODEL = "adhesion_maires_region"


def with_fine_survey(
    published: Published, directory: Directory, level: Level = Level.COMMUNE
) -> Published:
    """Add to a set, not protected yet, a survey of the inhabitants of each territory of a level.

    Most have a large sample, one in seven a small one, one in eleven an unknown one.
    """
    figures = tuple(_figures(directory, level, _source(published)))
    model = published.catalogue[_MODEL]
    indicator = replace(
        model,
        indicator_id=NAME,
        label="Avis des habitants",
        levels=(level,),
        waves=(WAVE,),
        comparable_with=(),
        domain_ids=(),
    )
    by_territory = dict(published.by_territory)
    for figure in figures:
        place = figure.territory
        by_territory[place] = (*by_territory.get(place, ()), figure)
    return replace(
        published,
        catalogue={**published.catalogue, NAME: indicator},
        observations=(*published.observations, *figures),
        by_indicator={**published.by_indicator, (NAME, level): figures},
        by_territory=by_territory,
    )


def sample_of(rank: int) -> int | None:
    """Give the number of answers of the territory of a rank."""
    if rank % 11 == 5:
        return None
    return 4 if rank % 7 == 3 else 40 + rank % 300


def _source(published: Published) -> str:
    return published.observations[0].source_id


def _figures(directory: Directory, level: Level, source_id: str) -> Iterable[Observation]:
    for rank, territory in enumerate(directory.of_level(level)):
        yield _figure(rank, territory.id, source_id)


def _figure(rank: int, territory: TerritoryId, source_id: str) -> Observation:
    return Observation(
        observation_id=f"avis-{rank}",
        indicator_id=NAME,
        wave=WAVE,
        cycle="",
        study="Enquête locale",
        level=territory.level,
        code=territory.code,
        value=float(20 + rank % 75),
        value_text="",
        respondents=sample_of(rank),
        fiabilite=Fiabilite.CLAIRE,
        reading=Reading.PRINCIPALE,
        contradictions=(),
        caveat="Échantillon de 40 personnes au plus. À lire avec prudence.",
        statement="Part des habitants qui donnent cet avis.",
        source_id=source_id,
    )

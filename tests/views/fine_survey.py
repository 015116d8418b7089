"""A survey with a figure for every commune, or every EPCI: what an analyst may bring one day."""

from __future__ import annotations

from dataclasses import replace

from territoires.domain.directory import Directory
from territoires.domain.indicators import Fiabilite, Observation, Reading
from territoires.domain.territories import FRANCE, Level, TerritoryId
from territoires.tables.published import Published

NAME, WAVE = "avis_des_habitants", "2026-03"
_MODEL = "adhesion_maires_region"


def with_fine_survey(
    published: Published, directory: Directory, level: Level = Level.COMMUNE
) -> Published:
    """Add to a set, not protected yet, a survey of the inhabitants of each territory of a level.

    Most have a large sample, one in seven a small one, one in eleven an unknown one.
    """
    source = published.observations[0].source_id
    places = [territory.id for territory in directory.of_level(level)]
    figures = tuple(_figure(rank, place, source) for rank, place in enumerate(places))
    national = replace(_figure(0, FRANCE, source), value=57.0, respondents=6_000_000)
    model = published.catalogue[_MODEL]
    indicator = replace(
        model,
        indicator_id=NAME,
        label="Avis des habitants",
        levels=(FRANCE.level, level),
        waves=(WAVE,),
        comparable_with=(),
        domain_ids=(),
    )
    by_territory = dict(published.by_territory)
    for figure in (national, *figures):
        place = figure.territory
        by_territory[place] = (*by_territory.get(place, ()), figure)
    return replace(
        published,
        catalogue={**published.catalogue, NAME: indicator},
        observations=(*published.observations, national, *figures),
        by_indicator={
            **published.by_indicator,
            (NAME, level): figures,
            (NAME, FRANCE.level): (national,),
        },
        by_territory=by_territory,
    )


def sample_of(rank: int) -> int | None:
    """Give the number of answers of the territory of a rank."""
    if rank % 11 == 5:
        return None
    return 4 if rank % 7 == 3 else 40 + rank % 300


def _figure(rank: int, territory: TerritoryId, source_id: str) -> Observation:
    return Observation(
        observation_id=f"avis-{territory}",
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

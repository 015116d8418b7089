"""Indicators, observations and actors: what their words allow."""

from __future__ import annotations

from dataclasses import FrozenInstanceError, replace

import pytest

from territoires.domain.catalysts import Catalyst, Precision
from territoires.domain.indicators import (
    UNDATED_WAVE,
    Direction,
    Fiabilite,
    Indicator,
    Kind,
    Nature,
    Observation,
    Reading,
    Status,
    Suppression,
    Usage,
    wave_order,
)
from territoires.domain.territories import FRANCE, Level

RATE = Indicator(
    indicator_id="innovation_maires",
    label="Les alliances sont source d’innovation",
    description="Les partenariats sont source d’innovation",
    theme="Adhésion aux alliances",
    study="PHARE-Institutions",
    actor="maires",
    actor_label="maires",
    unit="%",
    unit_label="%",
    kind=Kind.RATE,
    direction=Direction.HAUT_FAVORABLE,
    base="Maires interrogés",
    levels=(Level.PAYS,),
    waves=("2016-11",),
    comparable_with=("innovation_citoyens",),
    domain_ids=(),
    nature=Nature.ENQUETE,
    usage=Usage.RESULTAT,
    status=Status.PUBLIE,
    decimals=0,
    caveat="",
)
ACTOR = Catalyst(
    actor_id="alsace-active",
    name="Alsace Active",
    kind="catalyseur",
    metier="",
    place_name="Strasbourg",
    insee_commune="67482",
    epci_code="246700488",
    departement_code="67",
    region_code="44",
    precision=Precision.COMMUNE,
    status_in_source="Premier catalyseur",
    note="",
    fiabilite=Fiabilite.CLAIRE,
    source_id="carnet",
)


@pytest.mark.parametrize("kind", Kind)
def test_everything_but_a_count_may_be_coloured(kind: Kind) -> None:
    assert replace(RATE, kind=kind).is_colourable is (kind is not Kind.COUNT)


@pytest.mark.parametrize("kind", Kind)
@pytest.mark.parametrize("unit", ["habitants", "personnes"])
def test_people_are_never_coloured_whatever_the_kind_says(kind: Kind, unit: str) -> None:
    assert not replace(RATE, kind=kind, unit_label=unit).is_colourable


@pytest.mark.parametrize("unit", ["€ par habitant", "pour 100 habitants", "", "%", "sur 10"])
def test_a_ratio_to_people_may_be_coloured(unit: str) -> None:
    assert replace(RATE, kind=Kind.RATIO, unit_label=unit).is_colourable


def test_waves_are_in_order_of_date_and_an_undated_one_is_before_them() -> None:
    waves = ["2025", "2016-11", UNDATED_WAVE, "2015-09", "2025-T1", "2026"]
    ordered = [UNDATED_WAVE, "2015-09", "2016-11", "2025", "2025-T1", "2026"]
    assert sorted(waves, key=wave_order) == ordered


def test_an_indicator_is_comparable_with_itself_and_those_it_names() -> None:
    named = replace(RATE, indicator_id="innovation_citoyens")
    other = replace(RATE, indicator_id="leviers_region_maires")
    assert RATE.is_comparable_with(RATE)
    assert RATE.is_comparable_with(named)
    assert not RATE.is_comparable_with(other)


@pytest.mark.parametrize(
    ("precision", "point", "territory"),
    [
        (Precision.COMMUNE, True, "commune-67482"),
        (Precision.EPCI, True, "epci-246700488"),
        (Precision.DEPARTEMENT, False, "departement-67"),
        (Precision.REGION, False, "region-44"),
    ],
)
def test_only_a_commune_or_an_epci_makes_a_point(
    precision: Precision, point: bool, territory: str
) -> None:
    actor = replace(ACTOR, precision=precision)
    assert actor.is_point is point
    assert str(actor.territory) == territory


def test_values_are_frozen() -> None:
    with pytest.raises(FrozenInstanceError):
        RATE.label = "autre"  # type: ignore[misc]


def test_an_observation_names_its_territory() -> None:
    observation = Observation(
        observation_id="PI16-01",
        indicator_id="innovation_maires",
        wave="2016-11",
        cycle="PHARE",
        study="PHARE-Institutions",
        level=Level.PAYS,
        code="FR",
        value=87.0,
        value_text="",
        respondents=None,
        fiabilite=Fiabilite.CLAIRE,
        reading=Reading.PRINCIPALE,
        contradictions=(),
        caveat="",
        statement="",
        source_id="synthese",
    )
    assert observation.territory == FRANCE
    assert (observation.deff, observation.suppression) == (None, None)
    assert replace(observation, suppression=Suppression.EFFECTIF) != observation

"""Statistical secrecy: nothing small is shown, left in a text, or given away by a subtraction."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import fields, replace

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from territoires import settings
from territoires.domain.directory import Directory
from territoires.domain.indicators import Nature, Observation, Reading, Suppression
from territoires.domain.territories import FRANCE, Level, TerritoryId
from territoires.tables.published import Published, read_published
from territoires.views.disclosure import protect

INDICATOR, WAVE = "demo_adhesion", "2025"
#: Fields that name or date a figure and say nothing of its value.
NAMES = {"observation_id", "indicator_id", "wave", "code", "source_id"}
#: Corse, Bretagne, Normandie, Martinique and their départements: 2, 4, 5 and 1.
PARTS = {
    "94": ("2A", "2B"),
    "53": ("22", "29", "35", "56"),
    "28": ("14", "27", "50", "61", "76"),
    "02": ("972",),
}


Samples = Mapping[TerritoryId, int | None]
Hide = Callable[[Samples], dict[str, Suppression]]


def region(code: str) -> TerritoryId:
    return TerritoryId(Level.REGION, code)


def departement(code: str) -> TerritoryId:
    return TerritoryId(Level.DEPARTEMENT, code)


@pytest.fixture(scope="module")
def unprotected(directory: Directory) -> Published:
    """Give the demonstration set as its files are, small samples included."""
    return read_published(directory.known_codes(), settings.DEMONSTRATION)


@pytest.fixture(scope="module")
def protected(unprotected: Published, directory: Directory) -> Published:
    return protect(unprotected, directory)


def with_observations(published: Published, observations: Iterable[Observation]) -> Published:
    """Give the same set with other figures."""
    observations = tuple(observations)
    by_indicator: dict[tuple[str, Level], list[Observation]] = defaultdict(list)
    by_territory: dict[TerritoryId, list[Observation]] = defaultdict(list)
    for observation in observations:
        by_indicator[observation.indicator_id, observation.level].append(observation)
        by_territory[observation.territory].append(observation)
    return replace(
        published,
        observations=observations,
        by_indicator={key: tuple(group) for key, group in by_indicator.items()},
        by_territory={key: tuple(group) for key, group in by_territory.items()},
    )


def with_samples(published: Published, samples: Samples) -> Published:
    """Give a set where one question was asked, to these people."""
    model = next(o for o in published.observations if o.indicator_id == INDICATOR)
    return with_observations(
        published,
        (
            replace(model, wave=WAVE, level=territory.level, code=territory.code, respondents=n)
            for territory, n in samples.items()
        ),
    )


def hidden(published: Published, indicator: str, wave: str) -> dict[str, Suppression]:
    return {
        str(o.territory): o.suppression
        for o in published.observations
        if (o.indicator_id, o.wave) == (indicator, wave) and o.suppression
    }


@pytest.fixture(scope="module")
def hide(unprotected: Published, directory: Directory) -> Hide:
    """Give what is hidden, and why, of one question asked to these people."""

    def run(samples: Samples) -> dict[str, Suppression]:
        found = protect(with_samples(unprotected, samples), directory)
        return hidden(found, INDICATOR, WAVE)

    return run


def test_the_demonstration_hides_its_small_samples(
    unprotected: Published, protected: Published
) -> None:
    effectif, secondaire = Suppression.EFFECTIF, Suppression.SECONDAIRE
    expected = {
        # Two samples of one table are small: neither can be had by subtraction.
        "2025": {"region-03": effectif, "region-06": effectif},
        # Alone, Guyane would be France less the others: the smallest other one goes with it.
        "2023": {"region-02": secondaire, "region-03": effectif},
    }
    surveys = {(o.indicator_id, o.wave) for o in unprotected.observations}
    assert len(surveys) == 72
    for indicator, wave in surveys:
        found = hidden(protected, indicator, wave)
        regions = {name: why for name, why in found.items() if name.startswith("region")}
        assert regions == expected[wave]


def test_two_small_departements_of_grand_est_hide_each_other(protected: Published) -> None:
    found = hidden(protected, INDICATOR, "2023")
    assert {name for name in found if name.startswith("departement")} == {
        "departement-10",
        "departement-88",
    }
    assert not any(name.startswith("departement") for name in hidden(protected, INDICATOR, "2025"))


def test_no_figure_is_left_in_a_hidden_observation(protected: Published) -> None:
    found = [o for o in protected.observations if o.suppression]
    assert len(found) > 100
    for observation in found:
        kept = [
            str(getattr(observation, f.name)) for f in fields(observation) if f.name not in NAMES
        ]
        assert not [text for text in kept if re.search(r"[0-9]", text)]
        assert (observation.value, observation.respondents, observation.deff) == (None, None, None)
        assert observation.value_text == ""


def test_every_figure_shown_has_enough_people_behind_it(protected: Published) -> None:
    shown = [o for o in protected.observations if not o.suppression]
    assert all(
        o.respondents is None or o.respondents >= settings.MINIMUM_RESPONDENTS for o in shown
    )


def test_figures_stand_the_same_in_the_list_and_in_both_groupings(protected: Published) -> None:
    listed = {id(o) for o in protected.observations}
    for groups in (protected.by_indicator, protected.by_territory):
        grouped = [o for group in groups.values() for o in group]
        assert {id(o) for o in grouped} == listed
        assert len(grouped) == len(protected.observations)
    for (indicator, level), group in protected.by_indicator.items():
        assert all((o.indicator_id, o.level) == (indicator, level) for o in group)


def test_what_is_not_hidden_is_the_same_object(
    unprotected: Published, protected: Published
) -> None:
    for before, after in zip(unprotected.observations, protected.observations, strict=True):
        assert (before is after) == (after.suppression is None)
        assert before.observation_id == after.observation_id
    for before, after in (
        (unprotected.by_indicator, protected.by_indicator),
        (unprotected.by_territory, protected.by_territory),
    ):
        assert list(before) == list(after)
        for key, group in after.items():
            assert (before[key] is group) == all(o.suppression is None for o in group)
    assert protected.catalogue is unprotected.catalogue


def test_a_protected_set_is_left_as_it_is(protected: Published, directory: Directory) -> None:
    again = protect(protected, directory)
    assert hidden(again, INDICATOR, "2023") == hidden(protected, INDICATOR, "2023")
    assert again.observations == protected.observations


def test_the_published_set_has_nothing_to_hide(directory: Directory) -> None:
    published = read_published(directory.known_codes())
    assert any(o.respondents is not None for o in published.observations)
    assert protect(published, directory) is published


def test_the_threshold_is_the_setting(
    unprotected: Published, directory: Directory, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(settings, "MINIMUM_RESPONDENTS", 5)
    lower = protect(unprotected, directory)
    assert hidden(lower, INDICATOR, "2023") == {}
    assert hidden(lower, INDICATOR, "2025") == {
        "region-03": Suppression.EFFECTIF,
        "region-06": Suppression.SECONDAIRE,
    }


def test_eleven_people_are_enough_and_ten_are_not(hide: Hide) -> None:
    samples = {region("53"): 10, region("28"): 11}
    assert hide(samples) == {"region-53": Suppression.EFFECTIF}


def test_without_a_published_total_nothing_else_is_hidden(hide: Hide) -> None:
    samples = {region("53"): 4, region("28"): 40, FRANCE: None}
    assert hide(samples) == {"region-53": Suppression.EFFECTIF}
    samples[FRANCE] = 44
    assert hide(samples)["region-28"] is Suppression.SECONDAIRE


def test_a_hidden_region_hides_its_departements(hide: Hide) -> None:
    """Small or hidden for another one, it would be the sum of its départements."""
    samples = {
        FRANCE: 500,
        region("94"): 10,
        region("53"): 90,
        region("28"): 400,
        departement("2A"): 4,
        departement("2B"): 6,
        departement("22"): 50,
        departement("29"): 40,
        departement("14"): 400,
    }
    assert hide(samples) == {
        "region-94": Suppression.EFFECTIF,
        "region-53": Suppression.SECONDAIRE,
        "departement-2A": Suppression.EFFECTIF,
        "departement-2B": Suppression.EFFECTIF,
        "departement-22": Suppression.SECONDAIRE,
        "departement-29": Suppression.SECONDAIRE,
    }


def test_a_small_departement_is_hidden_with_another_of_its_own_region(hide: Hide) -> None:
    samples = {
        FRANCE: 900,
        region("53"): 300,
        region("28"): 600,
        departement("22"): 9,
        departement("29"): 191,
        departement("35"): 100,
        departement("14"): 20,
    }
    assert hide(samples) == {
        "departement-22": Suppression.EFFECTIF,
        "departement-35": Suppression.SECONDAIRE,
    }


def test_departements_without_published_regions_add_up_to_france(hide: Hide) -> None:
    samples = {FRANCE: 109, departement("22"): 9, departement("14"): 60, departement("2A"): 40}
    assert hide(samples) == {
        "departement-22": Suppression.EFFECTIF,
        "departement-2A": Suppression.SECONDAIRE,
    }


def test_a_departement_without_published_region_may_be_hidden_with_a_region(hide: Hide) -> None:
    """France less Martinique would be the Manche and the Orne: nobody in one, a few in the other."""
    samples = {FRANCE: 16, departement("50"): 0, departement("61"): 5, region("02"): 11}
    assert hide(samples) == {
        "departement-50": Suppression.EFFECTIF,
        "departement-61": Suppression.EFFECTIF,
        "region-02": Suppression.SECONDAIRE,
    }


def test_nothing_is_shown_of_a_country_of_few_people(hide: Hide) -> None:
    samples = {departement("22"): 40, region("53"): 40, FRANCE: 9}
    assert hide(samples) == {
        "pays-FR": Suppression.EFFECTIF,
        "region-53": Suppression.SECONDAIRE,
        "departement-22": Suppression.SECONDAIRE,
    }


def test_overseas_collectivities_are_in_no_total(hide: Hide) -> None:
    brest, saint_pierre = (TerritoryId(Level.COMMUNE, code) for code in ("29019", "97502"))
    samples = {FRANCE: 80, region("53"): 80, brest: 40, saint_pierre: 4}
    assert hide(samples) == {"commune-97502": Suppression.EFFECTIF}


def test_a_wave_hides_nothing_of_another(unprotected: Published, directory: Directory) -> None:
    found = protect(unprotected, directory)
    assert "region-02" in hidden(found, INDICATOR, "2023")
    assert "region-02" not in hidden(found, INDICATOR, "2025")


def test_the_shares_of_a_distribution_are_hidden_together(
    protected: Published, unprotected: Published
) -> None:
    shares = [name for name in unprotected.catalogue if name.startswith("demo_maturite_")]
    assert len(shares) == 5
    for wave in ("2023", "2025"):
        assert len({tuple(hidden(protected, name, wave)) for name in shares}) == 1


@pytest.mark.parametrize("reading", [Reading.AUTRE, Reading.REPRISE])
def test_other_readings_of_a_hidden_cell_are_hidden_too(
    unprotected: Published, directory: Directory, reading: Reading
) -> None:
    main = next(
        o
        for o in unprotected.observations
        if (o.indicator_id, o.wave, str(o.territory)) == (INDICATOR, WAVE, "region-03")
    )
    other = replace(
        main,
        observation_id="autre",
        reading=reading,
        respondents=None,
        value_text="1 maire sur 4",
        contradictions=("46_pct",),
    )
    found = protect(with_observations(unprotected, [*unprotected.observations, other]), directory)
    assert found.observations[-1].value is None
    assert found.observations[-1].value_text == ""
    assert found.observations[-1].contradictions == ()
    assert found.by_territory[main.territory][-1] is found.observations[-1]


def test_the_smallest_sample_of_several_readings_decides(
    unprotected: Published, directory: Directory
) -> None:
    base = with_samples(unprotected, {region("53"): 12})
    other = replace(base.observations[0], reading=Reading.AUTRE, respondents=8)
    found = protect(with_observations(base, [*base.observations, other]), directory)
    assert all(o.suppression is Suppression.EFFECTIF for o in found.observations)


@pytest.mark.parametrize("nature", [Nature.CONTEXTE, Nature.COG])
def test_official_figures_are_no_survey(
    unprotected: Published, directory: Directory, nature: Nature
) -> None:
    base = with_samples(unprotected, {region("53"): 4})
    catalogue = {name: replace(i, nature=nature) for name, i in base.catalogue.items()}
    other = replace(base, catalogue=catalogue)
    assert protect(other, directory) is other


def test_an_unknown_sample_is_neither_hidden_nor_a_companion(hide: Hide) -> None:
    samples = {FRANCE: 44, region("53"): 4, region("94"): None, region("28"): 40}
    assert set(hide(samples)) == {"region-53", "region-28"}


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("Adhèrent à la démarche", "Adhèrent à la démarche"),
        ("3 maires sur 4 adhèrent", ""),
        ("Trois maires sur quatre adhèrent", ""),
        ("La moitié des maires adhère", ""),
        ("Tous adhèrent", ""),
        ("Aucun maire n’adhère", ""),
        ("Une minorité adhère", ""),
        ("Question reformulée. Moins de 11 répondants\u00a0: prudence.", "Question reformulée."),
        ("Effet de plan 1,14. Question reformulée !", "Question reformulée !"),
        (
            "Attendent le secteur associatif, sixième thème",
            "Attendent le secteur associatif, sixième thème",
        ),
    ],
)
def test_sentences_that_hold_a_figure_are_dropped(
    unprotected: Published, directory: Directory, written: str, kept: str
) -> None:
    base = with_samples(unprotected, {region("53"): 4})
    texts = replace(base.observations[0], statement=written, caveat=written, value_text=written)
    found = protect(with_observations(base, [texts]), directory).observations[0]
    assert (found.statement, found.caveat, found.value_text) == (kept, kept, "")


def deducible(samples: Mapping[TerritoryId, int], masked: set[str]) -> list[str]:
    """Find the small samples that follow from what is shown: every total less its parts.

    Each published total is one equation on what is hidden (samples of nobody are known). A hidden
    cell can be computed where its own unit vector is a combination of these equations.
    """
    unknown = [t for t, n in samples.items() if str(t) in masked and n]
    place = {territory: column for column, territory in enumerate(unknown)}

    def equation(total: TerritoryId, parts: list[TerritoryId]) -> list[float]:
        row = [0.0] * len(unknown)
        for territory, sign in [(total, -1.0), *((part, 1.0) for part in parts)]:
            if territory in place:
                row[place[territory]] = sign
        return row

    rows, whole = [], []
    for code, names in PARTS.items():
        inside = [departement(name) for name in names]
        if region(code) in samples:
            rows.append(equation(region(code), inside))
        whole += [region(code)] if region(code) in samples else inside
    if FRANCE in samples:
        rows.append(equation(FRANCE, whole))
    if not unknown or not rows:
        return []
    matrix = np.array(rows)
    rank = np.linalg.matrix_rank(matrix)
    return [
        str(territory)
        for territory, column in place.items()
        if samples[territory] < settings.MINIMUM_RESPONDENTS
        and np.linalg.matrix_rank(np.vstack([matrix, np.eye(len(unknown))[column]])) == rank
    ]


def test_the_attack_finds_what_is_badly_hidden() -> None:
    samples = {FRANCE: 44, **{region(code): 10 for code in PARTS}, region("28"): 4}
    samples |= {departement(name): 1 for names in PARTS.values() for name in names}
    assert deducible(samples, {"region-28"}) == ["region-28"]
    assert deducible(samples, {"region-28", "region-53"}) == ["region-53", "region-28"]
    parts = {str(departement(name)) for code in ("28", "53") for name in PARTS[code]}
    assert deducible(samples, {"region-28", "region-53", *parts}) == []


@hypothesis_settings(deadline=None, max_examples=300)
@given(
    sizes=st.lists(
        st.integers(0, 30) | st.integers(30, 200),
        min_size=sum(map(len, PARTS.values())),
        max_size=sum(map(len, PARTS.values())),
    ),
    country=st.booleans(),
    unpublished=st.sets(st.sampled_from(list(PARTS))),
)
@example(sizes=[4, 40, *[50] * 10], country=True, unpublished=set(PARTS))
@example(sizes=[4, 6, *[50] * 10], country=True, unpublished=set())
@example(sizes=[*[0] * 10, 1, 11], country=True, unpublished={"28"})
def test_no_small_sample_can_be_computed_from_what_is_shown(
    hide: Hide, sizes: list[int], country: bool, unpublished: set[str]
) -> None:
    counts = iter(sizes)
    samples = {departement(name): next(counts) for names in PARTS.values() for name in names}
    totals = {
        region(code): sum(samples[departement(name)] for name in names)
        for code, names in PARTS.items()
    }
    samples |= {t: n for t, n in totals.items() if t.code not in unpublished}
    if country:
        samples[FRANCE] = sum(sizes)
    masked = hide(samples)
    small = {str(t) for t, n in samples.items() if n < settings.MINIMUM_RESPONDENTS}
    assert {name for name, why in masked.items() if why is Suppression.EFFECTIF} == small
    assert deducible(samples, set(masked)) == []
    assert small or not masked


def commune(code: str) -> TerritoryId:
    return TerritoryId(Level.COMMUNE, code)


#: Laval Agglomération, and four of its communes.
LAVAL_AGGLO = TerritoryId(Level.EPCI, "200083392")


def test_a_small_commune_is_hidden_with_another_of_its_departement(hide: Hide) -> None:
    """The total of the région is published too: the narrowest one gives away the most."""
    samples = {
        region("52"): 600,
        departement("53"): 109,
        commune("53130"): 60,
        commune("53147"): 40,
        commune("53062"): 9,
        commune("44109"): 20,
    }
    assert hide(samples) == {
        "commune-53062": Suppression.EFFECTIF,
        "commune-53147": Suppression.SECONDAIRE,
    }


def test_a_small_commune_is_hidden_with_another_of_its_epci(
    hide: Hide, directory: Directory
) -> None:
    first, second, *_ = directory.children(LAVAL_AGGLO, Level.COMMUNE)
    samples = {LAVAL_AGGLO: 29, departement("53"): 1029, first: 9, second: 20}
    samples |= {commune("53147"): 11, commune("53062"): 400}
    assert directory.get(commune("53147")).epci_code != LAVAL_AGGLO.code
    assert hide(samples) == {
        str(first): Suppression.EFFECTIF,
        # The smallest of the département, and the only other one of the EPCI.
        "commune-53147": Suppression.SECONDAIRE,
        str(second): Suppression.SECONDAIRE,
    }


def test_a_hidden_epci_hides_its_communes(hide: Hide, directory: Directory) -> None:
    first, second, *_ = directory.children(LAVAL_AGGLO, Level.COMMUNE)
    assert hide({LAVAL_AGGLO: 10, first: 11, second: 0}) == {
        str(LAVAL_AGGLO): Suppression.EFFECTIF,
        str(first): Suppression.SECONDAIRE,
        str(second): Suppression.EFFECTIF,
    }

"""A link read: good values kept, bad ones replaced with a French notice, never an error."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from territoires.domain.classification import ClassChoice, Method, Palette
from territoires.domain.directory import Directory
from territoires.domain.indicators import UNDATED_WAVE, Kind, Nature, Reading
from territoires.domain.selection import ActorFilter, Dataset, Mode, Selection
from territoires.domain.territories import Level, TerritoryId
from territoires.tables.published import Published
from territoires.views.datasets import EDITIONS
from territoires.views.limits import Layer
from territoires.views.link_values import MAX_COMPARED
from territoires.views.selection import (
    MAP_LEVELS,
    WIDE_LEVELS,
    Resolved,
    at_layer,
    indicators_at,
    mappable_indicators,
    name_layer,
    offered_layers,
    resolve_dataset,
    resolve_selection,
    to_overview,
    waves_of,
)

DEFAULT_INDICATOR = EDITIONS[Dataset.PUBLIE].default_indicator
DEFAULT = Selection(DEFAULT_INDICATOR, "2016-11")
OTHERS = (
    *("voir", "methode", "nombre", "bornes", "couleurs", "acteurs", "avec", "vague2", "theme"),
    *("dans", "reponses", "domaine", "nature", "metier", "texte", "zonage"),
)
HOSTILE = "<script>alert(1)</script>"


@pytest.fixture(scope="module")
def resolve(published: Published, directory: Directory):
    def read(**params: str) -> Resolved:
        return resolve_selection(params, published, directory)

    return read


def test_an_empty_link_shows_the_default_map_without_a_notice(resolve) -> None:
    assert resolve() == Resolved(DEFAULT, ())


def test_a_link_written_then_read_is_the_same(resolve, published: Published) -> None:
    for indicator in mappable_indicators(published):
        for level in set(MAP_LEVELS) & set(indicator.levels):
            for wave in waves_of(published, indicator.indicator_id, level):
                wanted = Selection(
                    indicator.indicator_id,
                    wave,
                    level=level,
                    territory=TerritoryId(Level.COMMUNE, "53130"),
                    mode=Mode.PRECISION,
                    classes=ClassChoice(Method.MANUELLES, 4, (12.5, 50.0), Palette.BLUES),
                    actors=False,
                    compared=(TerritoryId(Level.REGION, "53"), TerritoryId(Level.REGION, "28")),
                    other_wave=wave,
                    theme="adhesion-aux-alliances",
                    within=TerritoryId(Level.DEPARTEMENT, "53"),
                    answers="01-32",
                    domain="emploi",
                    actor_filter=ActorFilter("pionnier", "Animation d’un lieu", "lab & co"),
                )
                assert resolve(**wanted.to_params()) == Resolved(wanted, ())


@pytest.mark.parametrize(
    "territory", ["region-53", "departement-2A", "epci-200054781", "commune-2A004", "pays-FR"]
)
def test_a_territory_of_any_level_is_kept(resolve, territory: str) -> None:
    resolved = resolve(territoire=territory)
    assert str(resolved.selection.territory) == territory
    assert resolved.notices == ()


@pytest.mark.parametrize(
    ("param", "value", "words"),
    [
        ("jeu", "demonstration2", "Le jeu de données « demonstration2 » n’existe pas"),
        ("jeu", HOSTILE, f"Le jeu de données « {HOSTILE} » n’existe pas"),
        ("jeu", "PUBLIE", "n’existe pas : voici les données publiées"),
        ("indicateur", "inconnu", "L’indicateur « inconnu » n’existe pas"),
        ("indicateur", HOSTILE, f"L’indicateur « {HOSTILE} » n’existe pas"),
        ("indicateur", "maires_volontaires_nombre", "ne se dessine pas sur une carte"),
        ("indicateur", "devoir_alliance_maires", "ne se dessine pas sur une carte"),
        ("vague", "1999-01", "La vague « 1999-01 » n’existe pas pour cet indicateur"),
        ("vague", HOSTILE, f"La vague « {HOSTILE} » n’existe pas"),
        ("niveau", "canton", "Le niveau « canton » n’est pas proposé ici"),
        ("niveau", "pays", "Le niveau « pays » n’est pas proposé ici : voici les régions"),
        ("niveau", "zone", "Ce jeu de données n’a pas de zonage : voici les régions"),
        ("zonage", "inconnu", "Le zonage « inconnu » n’existe pas dans ce jeu de données."),
        ("zonage", HOSTILE, f"Le zonage « {HOSTILE} » n’existe pas"),
        ("territoire", "zone-demo.001", "La zone « zone-demo.001 » n’existe pas"),
        ("niveau", HOSTILE, f"Le niveau « {HOSTILE} » n’est pas proposé ici"),
        ("jeu", "brouillon", "Vous n’avez pas de brouillon prêt à être vu"),
        ("voir", "rang", "« voir=rang » n’existe pas"),
        ("voir", HOSTILE, f"« voir={HOSTILE} » n’existe pas"),
        ("methode", "hasard", "hasard"),
        ("nombre", "7", "7"),
        ("couleurs", "arc-en-ciel", "arc-en-ciel"),
        ("acteurs", "peut-être", "se lit « oui » ou « non »"),
        ("avec", "region-99", "« region-99 » n’existe pas"),
        ("avec", HOSTILE, "ne désigne pas un territoire"),
        ("dans", "region-99", "« region-99 » n’existe pas"),
        ("dans", "commune-53130", "une commune ne contient aucun autre territoire"),
        ("reponses", "01234", "l’autodiagnostic est vide"),
        ("reponses", HOSTILE, "l’autodiagnostic est vide"),
        ("vague2", "1999", "La vague « 1999 » n’existe pas pour cet indicateur"),
        ("territoire", "53", "« 53 » ne désigne pas un territoire"),
        ("territoire", "region-99", "« region-99 » n’existe pas"),
        ("territoire", "commune-75101", "« commune-75101 » n’existe pas"),
        ("territoire", HOSTILE, f"« {HOSTILE} » ne désigne pas un territoire"),
    ],
)
def test_a_bad_value_is_replaced_and_told(resolve, param: str, value: str, words: str) -> None:
    resolved = resolve(**{param: value})
    assert resolved.selection == DEFAULT
    assert len(resolved.notices) == 1
    assert words in resolved.notices[0]


def test_all_bad_values_are_told_at_once(resolve) -> None:
    resolved = resolve(jeu="a", indicateur="b", vague="c", niveau="d", territoire="e")
    assert resolved.selection == DEFAULT
    assert len(resolved.notices) == 5


def test_a_bad_value_does_not_lose_the_good_ones(resolve) -> None:
    resolved = resolve(indicateur="inconnu", niveau="region", territoire="region-53", vague="?")
    assert str(resolved.selection.territory) == "region-53"
    assert resolved.selection.level is Level.REGION


def test_an_endless_value_is_quoted_short(resolve) -> None:
    for param in ("jeu", "indicateur", "vague", "niveau", "territoire", *OTHERS):
        notices = resolve(**{param: "x" * 100_000}).notices
        assert len(notices) <= 1
        assert all(len(notice) < 400 for notice in notices)


def test_a_crowd_of_territories_is_cut_and_told_once(resolve) -> None:
    crowd = " ".join(f"region-{code}" for code in ("11", "24", "27", "28", "32", "44", "53"))
    resolved = resolve(avec=crowd + " region-11")
    assert len(resolved.selection.compared) == MAX_COMPARED
    assert resolved.notices == ("7 territoires demandés : la comparaison en montre 5 au plus.",)


@pytest.mark.parametrize(
    ("text", "dataset"),
    [
        ("", Dataset.PUBLIE),
        ("publie", Dataset.PUBLIE),
        ("demonstration", Dataset.DEMONSTRATION),
        ("brouillon", Dataset.PUBLIE),
        (HOSTILE, Dataset.PUBLIE),
    ],
)
def test_drafts_are_reserved_and_unknown_sets_give_the_published_one(
    text: str, dataset: Dataset
) -> None:
    found, notices = resolve_dataset({"jeu": text})
    assert found is dataset
    assert bool(notices) == (text in {"brouillon", HOSTILE})


def test_each_set_has_its_own_default(demonstration: Published, directory: Directory) -> None:
    resolved = resolve_selection({"jeu": "demonstration"}, demonstration, directory)
    assert resolved.notices == ()
    edition = EDITIONS[Dataset.DEMONSTRATION]
    assert resolved.selection.indicator_id == edition.default_indicator
    assert resolved.selection.dataset is Dataset.DEMONSTRATION


def test_a_published_indicator_is_unknown_to_the_demonstration(
    demonstration: Published, directory: Directory
) -> None:
    params = {"jeu": "demonstration", "indicateur": DEFAULT_INDICATOR}
    (notice,) = resolve_selection(params, demonstration, directory).notices
    assert f"L’indicateur « {DEFAULT_INDICATOR} » n’existe pas" in notice


def test_empty_values_are_like_no_value(resolve) -> None:
    assert resolve(jeu="", indicateur="", vague="", niveau="", territoire="") == Resolved(
        DEFAULT, ()
    )


def test_a_level_alone_gives_an_indicator_known_there(resolve) -> None:
    resolved = resolve(niveau="departement")
    assert resolved.selection.level is Level.DEPARTEMENT
    assert resolved.notices == ()


@pytest.mark.parametrize(
    ("level", "noun"),
    [("departement", "département"), ("epci", "intercommunalité"), ("commune", "commune")],
)
def test_an_indicator_unknown_at_the_level_gives_way_to_another_and_says_so(
    resolve, published: Published, level: str, noun: str
) -> None:
    resolved = resolve(indicateur=DEFAULT_INDICATOR, niveau=level, vague="2016-11")
    shown = published.catalogue[resolved.selection.indicator_id]
    assert resolved.selection.level == level
    assert level in shown.levels
    label = published.catalogue[DEFAULT_INDICATOR].label
    assert resolved.notices == (
        f"« {label} » n’est pas publié par {noun} : voici « {shown.label} ».",
    )


def test_the_level_of_a_page_that_offers_fewer_is_told(published: Published, directory) -> None:
    params = {"niveau": "commune", "indicateur": "population_municipale"}
    resolved = resolve_selection(params, published, directory, WIDE_LEVELS)
    assert resolved.selection.level is Level.REGION
    assert resolved.selection.indicator_id == "population_municipale"
    assert resolved.notices == ("Le niveau « commune » n’est pas proposé ici : voici les régions.",)


def test_no_survey_figure_reaches_a_level_that_nobody_asked(published: Published) -> None:
    for level in (Level.EPCI, Level.COMMUNE):
        natures = {indicator.nature for indicator in indicators_at(published, level)}
        assert natures == {Nature.COG}


@pytest.mark.parametrize("zoning", ["", "demo_pays_petr", "autre"])
def test_the_zones_in_view_are_those_of_a_zoning_that_exists(
    demonstration: Published, zoned: Directory, zoning: str
) -> None:
    params = {"jeu": "demonstration", "niveau": "zone", "zonage": zoning}
    resolved = resolve_selection(params, demonstration, zoned)
    assert resolved.selection.level is Level.ZONE
    assert resolved.selection.zoning == "demo_pays_petr"
    expected = ["Le zonage « autre » n’existe pas dans ce jeu de données : voici « Pays et PETR"]
    assert [n.partition(" de démonstration")[0] for n in resolved.notices] == (
        expected if zoning == "autre" else []
    )
    again = resolve_selection(resolved.selection.to_params(), demonstration, zoned)
    assert again == Resolved(resolved.selection, ())


def test_the_layers_offered_have_something_to_show(
    published: Published, demonstration: Published
) -> None:
    wide = [Layer(level) for level in WIDE_LEVELS]
    fine = [Layer(Level.EPCI), Layer(Level.COMMUNE)]
    assert offered_layers(published) == (*wide, *fine)
    pays = Layer(Level.ZONE, "demo_pays_petr")
    assert offered_layers(demonstration) == (*wide, pays, *fine)
    assert name_layer(pays, demonstration) == "Pays et PETR de démonstration (simulés)"
    assert name_layer(fine[0], published) == "Intercommunalités"
    for data in (published, demonstration):
        for layer in offered_layers(data):
            assert indicators_at(data, layer.level)


def test_a_change_of_level_keeps_the_indicator_and_the_wave_where_they_exist(
    published: Published, directory: Directory
) -> None:
    start = Selection("population_municipale", "2026", level=Level.DEPARTEMENT)
    changed = at_layer(start, Layer(Level.COMMUNE), published, directory)
    assert changed == replace(start, level=Level.COMMUNE)
    lost = at_layer(DEFAULT, Layer(Level.COMMUNE), published, directory)
    assert lost.indicator_id == DEFAULT_INDICATOR
    assert len(resolve_selection(lost.to_params(), published, directory).notices) == 1


def test_a_change_of_level_drops_bounds_and_wave_of_other_territories(
    demonstration: Published, zoned: Directory
) -> None:
    start = Selection(
        "demo_adhesion",
        "1999",
        Dataset.DEMONSTRATION,
        classes=ClassChoice(Method.MANUELLES, None, (50.0,), Palette.BLUES),
        other_wave="2023",
    )
    changed = at_layer(start, Layer(Level.DEPARTEMENT), demonstration, zoned)
    assert (changed.wave, changed.other_wave) == ("2025", "")
    assert changed.classes == ClassChoice(palette=Palette.BLUES)


@pytest.mark.parametrize("level", list(MAP_LEVELS))
def test_the_overview_is_a_map_of_the_whole_country_by_wide_territories(
    datasets: tuple[Published, Published], level: Level
) -> None:
    for data in datasets:
        for indicator in indicators_at(data, level):
            (wave, *_) = waves_of(data, indicator.indicator_id, level)
            asked = Selection(
                indicator.indicator_id,
                wave,
                data.dataset,
                level,
                within=TerritoryId(Level.REGION, "53"),
                zoning="demo_pays_petr" if level is Level.ZONE else "",
            )
            seen = to_overview(asked, data)
            assert seen.level in WIDE_LEVELS
            assert (seen.within, seen.zoning) == (None, "")
            assert seen.wave in waves_of(data, seen.indicator_id, seen.level)
            if level in WIDE_LEVELS:
                assert (seen.indicator_id, seen.level) == (indicator.indicator_id, level)


def test_unknown_parameters_are_ignored(resolve) -> None:
    assert resolve(fbclid="x", utm_source=HOSTILE) == Resolved(DEFAULT, ())


@given(
    st.dictionaries(
        st.sampled_from([*Selection("i", "v").to_params(), "territoire", *OTHERS]), st.text()
    )
)
@settings(max_examples=100, deadline=None)
def test_any_link_gives_something_to_see(
    published: Published, directory: Directory, params: dict[str, str]
) -> None:
    resolved = resolve_selection(params, published, directory)
    selection = resolved.selection
    assert selection.dataset in Dataset
    indicator = published.catalogue[selection.indicator_id]
    assert selection.level in indicator.levels
    assert selection.wave in waves_of(published, indicator.indicator_id, selection.level)
    assert selection.territory is None or selection.territory in directory


def test_counts_are_offered_and_are_no_colours(published: Published) -> None:
    offered = mappable_indicators(published)
    counts = [i for i in offered if i.kind is Kind.COUNT]
    assert counts
    assert not any(i.is_colourable for i in counts)
    assert not any(i.is_colourable for i in offered if i.unit_label == "habitants")
    assert all(set(i.levels) & set(MAP_LEVELS) for i in offered)


def numbers_of(published: Published, indicator_id: str) -> int:
    return sum(
        o.value is not None
        for level in MAP_LEVELS
        for o in published.of_indicator(indicator_id, level)
    )


def test_every_indicator_offered_has_at_least_one_number(published: Published) -> None:
    offered = mappable_indicators(published)
    assert all(numbers_of(published, i.indicator_id) for i in offered)
    left = [i for i in published.catalogue.values() if i not in offered]
    assert left
    assert not any(numbers_of(published, i.indicator_id) for i in left)


def test_every_map_offered_has_at_least_one_number(published: Published) -> None:
    empty = [
        (indicator.indicator_id, level, wave)
        for indicator in mappable_indicators(published)
        for level in set(indicator.levels) & set(MAP_LEVELS)
        for wave in waves_of(published, indicator.indicator_id, level)
        if not any(
            o.value is not None and o.wave == wave and o.reading is Reading.PRINCIPALE
            for o in published.of_indicator(indicator.indicator_id, level)
        )
    ]
    assert empty == []


def test_an_indicator_told_only_in_words_is_no_longer_offered(
    published: Published, resolve
) -> None:
    key = (DEFAULT_INDICATOR, Level.REGION)
    words = tuple(
        replace(o, value=None, value_text="en majorité") for o in published.by_indicator[key]
    )
    changed = replace(published, by_indicator={**published.by_indicator, key: words})
    default = published.catalogue[DEFAULT_INDICATOR]
    assert default in mappable_indicators(published)
    assert default not in mappable_indicators(changed)
    told = [
        i.indicator_id
        for i in published.catalogue.values()
        if i.is_colourable
        and Level.REGION in i.levels
        and not numbers_of(published, i.indicator_id)
    ]
    assert told
    for indicator_id in told:
        (notice,) = resolve(indicateur=indicator_id).notices
        assert "ne se dessine pas sur une carte" in notice
        assert "publié en toutes lettres" in notice


def test_the_default_indicator_is_offered_by_region(published: Published) -> None:
    default = published.catalogue[DEFAULT_INDICATOR]
    assert default in mappable_indicators(published)
    assert Level.REGION in default.levels


def test_the_waves_offered_are_those_of_the_catalogue(published: Published) -> None:
    for indicator in mappable_indicators(published):
        for level in set(indicator.levels) & set(MAP_LEVELS):
            waves = waves_of(published, indicator.indicator_id, level)
            assert waves
            assert set(waves) <= set(indicator.waves)


def with_waves(published: Published, *waves: str, reading: Reading) -> Published:
    """Give the published data with more waves of the default indicator by région."""
    key = (DEFAULT_INDICATOR, Level.REGION)
    own = published.by_indicator[key]
    more = tuple(replace(own[0], wave=wave, reading=reading) for wave in waves)
    return replace(published, by_indicator={**published.by_indicator, key: (*own, *more)})


def test_waves_come_latest_first(published: Published, directory: Directory) -> None:
    data = with_waves(published, "2020-11", "2024-11", "2015-09", reading=Reading.PRINCIPALE)
    assert waves_of(data, DEFAULT_INDICATOR, Level.REGION) == [
        "2024-11",
        "2020-11",
        "2016-11",
        "2015-09",
    ]
    assert resolve_selection({}, data, directory).selection.wave == "2024-11"


def test_an_undated_wave_is_never_taken_for_the_latest(
    published: Published, directory: Directory
) -> None:
    data = with_waves(published, UNDATED_WAVE, reading=Reading.PRINCIPALE)
    assert resolve_selection({}, data, directory).selection.wave == "2016-11"
    assert waves_of(data, DEFAULT_INDICATOR, Level.REGION) == ["2016-11", UNDATED_WAVE]


@pytest.mark.parametrize("reading", [Reading.REPRISE, Reading.AUTRE])
def test_a_wave_without_a_main_reading_is_no_empty_map(
    published: Published, reading: Reading
) -> None:
    data = with_waves(published, "2021-06", reading=reading)
    assert waves_of(data, DEFAULT_INDICATOR, Level.REGION) == ["2016-11"]

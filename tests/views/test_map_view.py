"""The map's answer: joined by code only, counted, told in one sentence without comparison."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import pytest

from territoires.analysis.precision import Precision
from territoires.analysis.significance import Flag, differs_from
from territoires.domain.directory import Directory
from territoires.domain.indicators import Kind, Nature, Observation, Reading
from territoires.domain.names import NameForms
from territoires.domain.selection import Dataset, Mode, Selection
from territoires.domain.territories import Level, TerritoryId
from territoires.tables.boundaries import read_boundaries
from territoires.tables.published import SIMULATION, Published
from territoires.views.map_view import MapView, State, build_map_view
from territoires.views.selection import MAP_LEVELS, mappable_indicators, waves_of
from tests.views.selections import all_selections

DEFAULT_INDICATOR = "adhesion_maires_region"
DEFAULT = Selection(DEFAULT_INDICATOR, "2016-11")
NORMANDIE, OCCITANIE, BRETAGNE = "28", "76", "53"


@pytest.fixture(scope="module")
def views(
    datasets: tuple[Published, Published],
    zoned: Directory,
    names: Mapping[TerritoryId, NameForms],
) -> list[MapView]:
    built = [
        build_map_view(selection, data, zoned, names)
        for data in datasets
        for selection in all_selections(data)
    ]
    assert len(built) > 300
    return built


@pytest.fixture(scope="module")
def simulated(demonstration: Published, directory: Directory) -> MapView:
    selection = Selection("demo_mandat_collectif", "2025", Dataset.DEMONSTRATION)
    return build_map_view(selection, demonstration, directory)


@pytest.fixture(scope="module")
def view(published: Published, directory: Directory) -> MapView:
    return build_map_view(DEFAULT, published, directory)


def with_observations(published: Published, changed: list[Observation]) -> Published:
    """Give the published data with other regional figures for the default indicator."""
    key = (DEFAULT_INDICATOR, Level.REGION)
    return replace(published, by_indicator={**published.by_indicator, key: tuple(changed)})


def regional(published: Published) -> list[Observation]:
    return list(published.of_indicator(DEFAULT_INDICATOR, Level.REGION))


@pytest.mark.parametrize("level", [level for level in MAP_LEVELS if level is not Level.ZONE])
def test_rows_stand_in_the_order_of_the_boundary_file(views: list[MapView], level: Level) -> None:
    codes = read_boundaries(level)["code"].tolist()
    for built in views:
        if built.level is level:
            assert built.total == len(codes)
            inside = [codes[rank] for rank in built.ranks] if built.within else codes
            assert [row.id for row in built.rows] == [TerritoryId(level, code) for code in inside]


def test_zones_stand_in_the_order_of_their_zoning(
    views: list[MapView], demonstration: Published
) -> None:
    zoned = [built for built in views if built.level is Level.ZONE]
    assert zoned
    for built in zoned:
        zones = [zone.id for zone in demonstration.zonings[built.zoning].zones]
        assert built.total == len(zones)
        inside = [zones[rank] for rank in built.ranks] if built.within else zones
        assert [row.id for row in built.rows] == inside


def test_every_value_stands_beside_its_own_code(
    views: list[MapView], datasets: tuple[Published, Published], zoned: Directory
) -> None:
    sets = {data.dataset: data for data in datasets}
    for built in views:
        inside = set(zoned.children(built.within, built.level)) if built.within else None
        expected = {
            o.territory: o.value
            for o in sets[built.dataset].of_indicator(built.indicator.indicator_id, built.level)
            if o.wave == built.wave
            and o.reading is Reading.PRINCIPALE
            and (inside is None or o.territory in inside)
        }
        found = {row.id: row.figure.value for row in built.rows if row.figure}
        assert found == expected
        assert all(row.name == zoned.get(row.id).name for row in built.rows)
        assert not any("Codes sans territoire" in caveat for caveat in built.caveats)


def test_an_observation_whose_code_is_unknown_is_listed_not_placed(
    published: Published, directory: Directory
) -> None:
    first, *others = regional(published)
    strange = with_observations(published, [replace(first, code="99"), *others])
    built = build_map_view(DEFAULT, strange, directory)
    (told,) = [caveat for caveat in built.caveats if "Codes sans territoire" in caveat]
    assert "99" in told
    assert built.row(TerritoryId(Level.REGION, first.code)).state is State.MANQUANT


def test_only_the_main_reading_is_on_the_map(published: Published, directory: Directory) -> None:
    first, *others = regional(published)
    aside = replace(first, reading=Reading.AUTRE, value=1.0)
    built = build_map_view(
        DEFAULT, with_observations(published, [aside, first, *others, aside]), directory
    )
    assert built.row(first.territory).figure.value == first.value


def test_counts_are_those_of_the_map(views: list[MapView]) -> None:
    for built in views:
        assert sum(built.state_counts.values()) == len(built.rows)
        assert set(built.state_counts) == set(State)
        coloured = [row.class_index for row in built.rows if row.class_index is not None]
        assert sum(built.category_counts) == len(coloured)
        for number, size in enumerate(built.category_counts):
            assert coloured.count(number) == size
        if built.mode is Mode.VALEUR and not built.is_symbols:
            assert built.category_counts == built.classes.counts
        for state, size in built.state_counts.items():
            assert sum(row.state is state for row in built.rows) == size
        assert len(built.classes.members) == len(built.rows)


def test_a_territory_is_coloured_only_with_a_number_its_sample_can_carry(
    views: list[MapView],
) -> None:
    coloured = {State.CLASSE, State.INDICATIF, State.INCONNU}
    for built in views:
        for row in built.rows:
            has_number = row.figure is not None and row.figure.value is not None
            suppressed = row.figure is not None and row.figure.suppression is not None
            assert (row.state is State.MANQUANT) == (not has_number and not suppressed)
            assert (row.state is State.SUPPRIME) == suppressed
            if built.mode is Mode.VALEUR:
                assert (row.class_index is not None) == (row.state in coloured)
            elif row.class_index is not None:
                assert row.state in {State.CLASSE, State.INDICATIF}


def test_the_default_map_shows_three_regions_of_eighteen(view: MapView) -> None:
    assert view.state_counts[State.INCONNU] == 3
    assert view.state_counts[State.MANQUANT] == 15
    assert view.row(TerritoryId(Level.REGION, NORMANDIE)).figure.value == 77
    assert view.row(TerritoryId(Level.REGION, OCCITANIE)).figure.value == 100
    assert view.row(TerritoryId(Level.REGION, BRETAGNE)).state is State.MANQUANT
    assert view.row(TerritoryId(Level.COMMUNE, "53130")) is None
    assert view.row(None) is None
    assert view.sentence == (
        "Adhésion à la dynamique partenariale (maires, novembre 2016) : 3\u00a0régions sur 18 ont "
        "une valeur publiée, de 77\u00a0% à 100\u00a0% ; France : 87\u00a0%, dans une autre formulation."
    )


def test_france_is_published_or_absent_never_worked_out(
    views: list[MapView], datasets: tuple[Published, Published]
) -> None:
    sets = {data.dataset: data for data in datasets}
    for built in views:
        own = [
            o.value
            for o in sets[built.dataset].of_indicator(built.indicator.indicator_id, Level.PAYS)
            if o.wave == built.wave and o.reading is Reading.PRINCIPALE
        ]
        assert [built.national.value] == own if built.national else own == []
    assert any(built.national is None for built in views)


def test_france_stays_the_same_when_regional_values_change(
    published: Published, directory: Directory
) -> None:
    zero = with_observations(published, [replace(o, value=0.0) for o in regional(published)])
    assert build_map_view(DEFAULT, zero, directory).national.value == 87
    assert "France : 87" in build_map_view(DEFAULT, zero, directory).sentence


def test_every_view_names_its_wave_its_actors_and_its_sources(views: list[MapView]) -> None:
    for built in views:
        assert built.indicator.label in built.title
        assert built.indicator.actor_label in built.title
        figures = [row.figure for row in built.rows if row.figure]
        assert figures
        assert {figure.source for figure in figures} <= set(built.sources)
        assert len(set(built.sources)) == len(built.sources)
        if built.national:
            assert built.national.source in built.sources


def test_words_published_instead_of_a_number_stay_as_they_are(
    published: Published, directory: Directory
) -> None:
    """No indicator told only in words is offered, but a link or a new file may still lead there."""
    told = 0
    for indicator in published.catalogue.values():
        worded = {
            o.territory: o
            for o in published.of_indicator(indicator.indicator_id, Level.REGION)
            if o.value is None and o.reading is Reading.PRINCIPALE
        }
        for wave in {o.wave for o in worded.values()}:
            built = build_map_view(Selection(indicator.indicator_id, wave), published, directory)
            for row in built.rows:
                if row.figure and row.figure.value is None:
                    assert row.figure.text == row.figure.short_text == worded[row.id].value_text
                    assert row.class_index is None
                    told += 1
    assert told


def test_words_among_numbers_stay_as_they_are(published: Published, directory: Directory) -> None:
    first, *others = regional(published)
    worded = replace(first, value=None, value_text="en majorité")
    built = build_map_view(DEFAULT, with_observations(published, [worded, *others]), directory)
    row = built.row(first.territory)
    assert (row.figure.text, row.figure.short_text) == ("en majorité", "en majorité")
    assert (row.state, row.class_index) == (State.MANQUANT, None)
    assert built.state_counts[State.INCONNU] == len(others)


def test_building_a_view_changes_nothing_of_what_is_shared(
    published: Published, directory: Directory
) -> None:
    before = directory.frame.copy()
    assert build_map_view(DEFAULT, published, directory) == build_map_view(
        DEFAULT, published, directory
    )
    assert directory.frame.equals(before)


@pytest.mark.parametrize(
    ("values", "sizes"),
    [
        ([0.0, 0.0, 0.0], [3]),
        ([100.0, 100.0, 100.0], [3]),
        ([None, None, None], []),
        ([None, 50.0, None], [1]),
        ([0.0, 50.0, 100.0], [1, 0, 1, 0, 1]),
    ],
)
def test_few_or_equal_values_make_fewer_classes(
    published: Published,
    directory: Directory,
    values: list[float | None],
    sizes: list[int],
) -> None:
    changed = [
        replace(o, value=value, value_text="" if value is not None else "en majorité")
        for o, value in zip(regional(published), values, strict=True)
    ]
    built = build_map_view(DEFAULT, with_observations(published, changed), directory)
    assert sum(built.classes.counts) == sum(sizes)
    assert [n for n in built.classes.counts if n] == [n for n in sizes if n]
    assert built.state_counts[State.INCONNU] == sum(sizes)


def test_every_state_of_a_sample_occurs_in_the_demonstration(simulated: MapView) -> None:
    for state in (State.CLASSE, State.INDICATIF, State.IMPRECIS, State.SUPPRIME):
        assert simulated.state_counts[state], state
    assert simulated.state_counts[State.INCONNU] == 0


def test_what_is_hidden_leaves_no_trace_in_the_view(simulated: MapView) -> None:
    hidden = [row for row in simulated.rows if row.state is State.SUPPRIME]
    assert hidden
    for row in hidden:
        figure = row.figure
        assert (figure.value, figure.respondents, figure.interval, row.difference) == (None,) * 4
        assert not any(character.isdigit() for character in figure.text + figure.caveat)


def test_a_value_too_imprecise_moves_no_bound(
    demonstration: Published, directory: Directory
) -> None:
    selection = Selection("demo_mandat_collectif", "2025", Dataset.DEMONSTRATION)
    before = build_map_view(selection, demonstration, directory)
    vague = next(row for row in before.rows if row.state is State.IMPRECIS)
    key = (selection.indicator_id, Level.REGION)
    moved = [
        replace(o, value=50.0) if (o.territory, o.wave) == (vague.id, "2025") else o
        for o in demonstration.of_indicator(*key)
    ]
    changed = replace(demonstration, by_indicator={**demonstration.by_indicator, key: tuple(moved)})
    after = build_map_view(selection, changed, directory)
    assert after.row(vague.id).figure.value == 50.0 != vague.figure.value
    assert after.classes == before.classes


def test_every_wave_has_the_same_rounded_bounds(
    demonstration: Published, directory: Directory
) -> None:
    for indicator in mappable_indicators(demonstration):
        bounds = {
            build_map_view(
                Selection(indicator.indicator_id, wave, Dataset.DEMONSTRATION),
                demonstration,
                directory,
            ).classes.bounds
            for wave in waves_of(demonstration, indicator.indicator_id, Level.REGION)
        }
        assert len(bounds) <= 1 or indicator.indicator_id.startswith("pop"), indicator.label


def test_each_mode_colours_what_it_says(views: list[MapView]) -> None:
    flags = {Flag.PLUS_BAS: 0, Flag.NON_SIGNIFICATIF: 1, Flag.PLUS_HAUT: 2}
    grades = {Precision.PRECISE: 0, Precision.CORRECTE: 1, Precision.INDICATIVE: 2}
    seen = set()
    for built in views:
        for row in built.rows:
            if row.class_index is None or built.mode is Mode.VALEUR:
                continue
            expected = (
                flags[row.difference]
                if built.mode is Mode.DIFFERENCE
                else grades[row.figure.precision]
            )
            assert row.class_index == expected
            seen.add((built.mode, expected))
    assert len(seen) == 6


def test_a_figure_without_sample_is_shown_by_its_value_in_every_mode(
    views: list[MapView],
) -> None:
    for built in views:
        if built.indicator.nature is not Nature.ENQUETE:
            assert built.mode is Mode.VALEUR
            assert {row.difference for row in built.rows} == {None}


def test_unknown_samples_are_compared_with_nothing(
    published: Published, directory: Directory
) -> None:
    selection = replace(DEFAULT, mode=Mode.DIFFERENCE)
    built = build_map_view(selection, published, directory)
    assert built.mode is Mode.DIFFERENCE
    assert sum(built.category_counts) == 0
    assert built.state_counts[State.INCONNU] == 3
    assert {row.difference for row in built.rows} <= {Flag.INCONNU, None}


def test_a_count_is_drawn_as_symbols_and_says_why(views: list[MapView]) -> None:
    counts = [built for built in views if built.indicator.kind is Kind.COUNT]
    assert counts
    for built in counts:
        assert built.is_symbols
        assert all(row.class_index is None for row in built.rows)
        assert any("Un nombre ne se colore pas" in caveat for caveat in built.caveats)
        assert built.state_counts[State.SYMBOLE]


def test_no_map_holds_simulated_and_published_survey_figures(views: list[MapView]) -> None:
    for built in views:
        kinds = {row.figure.source.kind == SIMULATION for row in built.rows if row.figure}
        assert len(kinds) <= 1
        # Real figures counted in simulated zones are as good as simulated.
        assert built.is_simulated == (kinds == {True} or built.level is Level.ZONE)


def test_the_test_against_france_is_corrected_for_the_territories_tested(
    simulated: MapView,
) -> None:
    tested = [row for row in simulated.rows if row.difference is not None]
    known = [row for row in tested if row.difference is not Flag.INCONNU]
    for row in known:
        alone = differs_from(
            simulated.national.value,
            row.figure.value,
            row.figure.respondents,
            row.figure.deff or 1.0,
            comparisons=len(known),
        )
        assert row.difference is alone.flag
    assert len(known) == sum(
        row.figure is not None and row.figure.interval is not None for row in simulated.rows
    )


MAYENNE = TerritoryId(Level.DEPARTEMENT, "53")
COMMUNES = Selection("population_municipale", "2026", level=Level.COMMUNE)
SHARES = Selection("communes_moins_500_part", "2026", level=Level.EPCI)


def test_a_limited_map_holds_nothing_but_what_lies_in_its_limit(
    published: Published, directory: Directory, names: Mapping[TerritoryId, NameForms]
) -> None:
    everywhere = build_map_view(SHARES, published, directory, names)
    built = build_map_view(replace(SHARES, within=MAYENNE), published, directory, names)
    inside = directory.children(MAYENNE, Level.EPCI)
    assert tuple(row.id for row in built.rows) == inside
    assert built.within == MAYENNE
    assert sum(built.state_counts.values()) == sum(built.classes.counts) == len(inside)
    assert built.row(everywhere.rows[0].id) is None
    assert built.title.endswith(", en Mayenne")
    assert ", en Mayenne : les " in built.sentence.replace("\u00a0", " ")
    values = [row.figure.value for row in built.rows if row.figure]
    assert built.classes.bounds[0] <= min(values)
    assert built.classes.bounds != everywhere.classes.bounds
    assert built.national == everywhere.national


def test_territories_on_both_sides_of_the_limit_are_told(
    published: Published, directory: Directory
) -> None:
    built = build_map_view(
        replace(SHARES, within=TerritoryId(Level.REGION, "53")), published, directory
    )
    told = [text for text in built.caveats if "de ce territoire" in text]
    assert told == [
        "2\u00a0intercommunalités débordent de ce territoire : elles sont montrées et comptées "
        "entières."
    ]
    communes = replace(COMMUNES, within=MAYENNE)
    assert "de ce territoire" not in " ".join(
        build_map_view(communes, published, directory).caveats
    )


@pytest.mark.parametrize(
    "within", [None, "commune-53130", "departement-53", "epci-200083392", "region-53"]
)
def test_a_limit_that_holds_none_of_the_territories_is_no_limit(
    published: Published, directory: Directory, within: str | None
) -> None:
    limit = TerritoryId.parse(within) if within else None
    selection = replace(COMMUNES, level=Level.REGION, within=limit)
    built = build_map_view(selection, published, directory)
    assert built.within is None
    assert (len(built.rows), built.total, built.ranks) == (18, 18, ())


def test_the_notes_of_a_zoning_are_told_and_its_zones_said_simulated(
    demonstration: Published, zoned: Directory
) -> None:
    zoning = demonstration.zonings["demo_pays_petr"]
    assert zoning.notes
    selection = replace(
        SHARES, dataset=Dataset.DEMONSTRATION, level=Level.ZONE, zoning=zoning.zoning_id
    )
    built = build_map_view(selection, demonstration, zoned)
    assert set(zoning.notes) <= set(built.caveats)
    assert any(text.startswith("Zones simulées") for text in built.caveats)
    assert built.sentence.startswith("Démonstration, données simulées – ")
    assert built.mark == "Démonstration, données simulées – "
    assert "simulées" in built.watermark
    real = build_map_view(replace(selection, level=Level.EPCI), demonstration, zoned)
    assert not set(zoning.notes) & set(real.caveats)
    assert real.mark == "Donnée réelle – "


def test_the_zones_of_another_zoning_are_not_said_to_lack_a_territory(
    demonstration: Published, zoned: Directory
) -> None:
    name = "population_municipale"
    figures = demonstration.of_indicator(name, Level.ZONE)
    stranger = replace(figures[0], code="autre.1")
    data = replace(
        demonstration,
        by_indicator={**demonstration.by_indicator, (name, Level.ZONE): (*figures, stranger)},
    )
    selection = Selection(name, "2026", Dataset.DEMONSTRATION, Level.ZONE, zoning="demo_pays_petr")
    built = build_map_view(selection, data, zoned)
    assert not any("Codes sans territoire" in text for text in built.caveats)


def test_a_count_is_put_in_no_class(published: Published, directory: Directory) -> None:
    built = build_map_view(replace(COMMUNES, within=MAYENNE), published, directory)
    assert built.classes.count == 0
    assert built.category_counts == ()


def test_the_table_of_too_many_territories_keeps_those_with_most_inhabitants(
    published: Published, directory: Directory
) -> None:
    built = build_map_view(COMMUNES, published, directory)
    assert len(built.rows) == 34_875
    assert built.listed is not None
    kept = [directory.get(built.rows[number].id).population or 0 for number in built.listed]
    assert len(kept) == 100
    assert kept == sorted(kept, reverse=True)
    others = {row.id for row in built.rows} - {built.rows[n].id for n in built.listed}
    assert min(kept) >= max(directory.get(t).population or 0 for t in others)
    limited = build_map_view(replace(COMMUNES, within=MAYENNE), published, directory)
    assert limited.listed is None


def test_a_zoom_makes_no_difference_significant(
    demonstration: Published, directory: Directory
) -> None:
    seen = set()
    for indicator in ("demo_mandat_collectif", "demo_adhesion", "demo_devoir_alliance"):
        selection = Selection(
            indicator, "2025", Dataset.DEMONSTRATION, Level.DEPARTEMENT, mode=Mode.DIFFERENCE
        )
        everywhere = build_map_view(selection, demonstration, directory)
        flags = {row.id: row.difference for row in everywhere.rows}
        tested = [flag for flag in flags.values() if flag not in {None, Flag.INCONNU}]
        assert everywhere.tested == len(tested) > 10
        for region in directory.of_level(Level.REGION):
            zoomed = build_map_view(replace(selection, within=region.id), demonstration, directory)
            assert {row.id: row.difference for row in zoomed.rows}.items() <= flags.items()
            assert zoomed.tested == everywhere.tested or not any(
                row.figure and row.figure.interval for row in zoomed.rows
            )
            seen |= {row.difference for row in zoomed.rows}
    assert len(seen) >= 3

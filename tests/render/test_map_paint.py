"""What the map engine paints: one character, one text and one size per territory."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TypeVar

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from territoires.analysis.precision import Precision
from territoires.analysis.significance import Flag
from territoires.domain.directory import Directory
from territoires.domain.indicators import Kind, Nature
from territoires.domain.selection import Dataset, Mode, Selection
from territoires.domain.territories import Level, TerritoryId
from territoires.domain.zonings import Zone, Zoning
from territoires.render.choropleth import (
    CLASS_KEYS,
    IMPRECISE,
    INDICATIVE_KEYS,
    MISSING,
    OUTSIDE,
    STATES,
    SUPPRESSED,
    SYMBOL,
    UNKNOWN,
    UNKNOWN_KEYS,
    build_paint,
)
from territoires.render.map_paint import (
    LARGEST_RADIUS,
    SMALLEST_RADIUS,
    SYMBOL_COLOUR,
    class_labels,
    radii,
    state_labels,
    to_paint,
    to_zones,
)
from territoires.render.palettes import DIFFERENCE_COLOURS, PRECISION_COLOURS, colours
from territoires.tables.boundaries import read_boundaries
from territoires.tables.published import Published
from territoires.views.map_view import STATE_LABELS, MapView, State, build_map_view
from tests.render.pieces import HOSTILE

NORMANDIE = TerritoryId(Level.REGION, "28")
LAVAL = "200083392"

Mark = TypeVar("Mark")

DIFFERENCE_WORDS = {
    Flag.PLUS_BAS: "plus bas que la France",
    Flag.NON_SIGNIFICATIF: "pas de différence établie",
    Flag.PLUS_HAUT: "plus haut que la France",
}
#: Keys of a coloured territory, per state.
COLOURED: Mapping[State, str] = {
    State.CLASSE: CLASS_KEYS,
    State.INDICATIF: INDICATIVE_KEYS,
    State.INCONNU: UNKNOWN_KEYS,
}
#: Key of a territory without a colour, per state.
UNCOLOURED: Mapping[State, str] = {
    State.MANQUANT: MISSING,
    State.SUPPRIME: SUPPRESSED,
    State.IMPRECIS: IMPRECISE,
    State.INCONNU: UNKNOWN,
    State.SYMBOLE: SYMBOL,
}


def inside(view: MapView, marks: Sequence[Mark] | None) -> Sequence[Mark]:
    """Give what is painted of each row, leaving what lies outside the limit."""
    if marks is None:
        return ()
    return [marks[rank] for rank in view.ranks] if view.ranks else marks


def test_each_territory_has_its_class_or_its_state_in_order(views: list[MapView]) -> None:
    seen: set[tuple[State, bool]] = set()
    for view in views:
        paint = to_paint(view, None)
        assert len(paint.classes) == view.total
        for row, key in zip(view.rows, inside(view, paint.classes), strict=True):
            coloured = row.class_index is not None
            seen.add((row.state, coloured))
            if coloured:
                assert key == COLOURED[row.state][row.class_index]
            else:
                assert key == UNCOLOURED[row.state]
    assert seen == {(state, True) for state in COLOURED} | {(s, False) for s in UNCOLOURED}


def test_the_map_has_as_many_of_each_class_and_state_as_the_view(views: list[MapView]) -> None:
    for view in views:
        classes = to_paint(view, None).classes
        for number, size in enumerate(view.category_counts):
            keys = (CLASS_KEYS[number], INDICATIVE_KEYS[number], UNKNOWN_KEYS[number])
            assert sum(classes.count(key) for key in keys) == (0 if view.is_symbols else size)
        for state, key in ((State.MANQUANT, MISSING), (State.SUPPRIME, SUPPRESSED)):
            assert classes.count(key) == view.state_counts[state]
        assert classes.count(IMPRECISE) == view.state_counts[State.IMPRECIS]
        assert classes.count(SYMBOL) == view.state_counts[State.SYMBOLE]


def test_colours_are_those_of_the_mode(views: list[MapView]) -> None:
    for view in views:
        found = to_paint(view, None).palette
        if view.is_symbols:
            assert found == (SYMBOL_COLOUR,)
        elif view.mode is Mode.DIFFERENCE:
            assert found == DIFFERENCE_COLOURS
        elif view.mode is Mode.PRECISION:
            assert found == PRECISION_COLOURS
        else:
            assert found == colours(view.palette, view.indicator.direction, view.classes)
            assert len(found) == view.classes.count


def test_each_mode_tells_what_it_colours(views: list[MapView]) -> None:
    told = set()
    for view in views:
        texts = inside(view, to_paint(view, None).texts)
        for row, text in zip(view.rows, texts, strict=True):
            if row.figure is None or row.state in {State.SUPPRIME, State.IMPRECIS}:
                assert text == ""
                continue
            assert text.startswith(row.figure.text)
            assert text.endswith(" – simulé") == view.is_simulated
            rest = text.removeprefix(row.figure.text).removesuffix(" – simulé")
            tested = row.difference in DIFFERENCE_WORDS
            interval = row.figure.interval
            if view.mode is Mode.DIFFERENCE and tested:
                assert rest == f", {DIFFERENCE_WORDS[row.difference]}"
            elif view.mode is Mode.PRECISION and row.class_index is not None:
                assert rest == f", précision {row.figure.precision.value}"
            elif interval is not None:
                assert rest == f" (de {interval.low:.0f} à {interval.high:.0f}\u00a0%)"
            elif row.state is State.SYMBOLE and row.figure.precision is Precision.INCONNUE:
                assert rest == ", effectif non communiqué"
            else:
                assert rest == ""
            told.add((view.mode, bool(rest)))
    assert told >= {(mode, True) for mode in Mode} | {(Mode.VALEUR, False)}


def test_nothing_of_a_hidden_or_too_imprecise_value_reaches_the_map(
    demonstration: Published, directory: Directory
) -> None:
    selection = Selection("demo_mandat_collectif", "2025", Dataset.DEMONSTRATION)
    for mode in Mode:
        view = build_map_view(replace(selection, mode=mode), demonstration, directory)
        texts = {State.SUPPRIME: "11,11 %", State.IMPRECIS: "22,22 %", State.CLASSE: "33,33 %"}
        rows = tuple(
            replace(row, figure=replace(row.figure, text=texts[row.state]))
            if row.figure and row.state in texts
            else row
            for row in view.rows
        )
        assert {row.figure.text for row in rows if row.figure} >= set(texts.values())
        (call,) = build_paint(to_paint(replace(view, rows=rows), None))._children.values()
        assert "33,33" in call.paint_json
        assert "11,11" not in call.paint_json
        assert "22,22" not in call.paint_json


def test_an_unknown_number_of_answers_is_told_on_the_map(views: list[MapView]) -> None:
    """By the label of the state, or in the text of a symbol, which has no such label."""
    labels = state_labels()
    told = 0
    for view in views:
        paint = to_paint(view, None)
        keys, texts = inside(view, paint.classes), inside(view, paint.texts)
        for row, key, text in zip(view.rows, keys, texts, strict=True):
            state = "inconnu" if key in UNKNOWN_KEYS + UNKNOWN else ""
            said = f"{text} {labels.get(state, '')}".lower()
            unknown = (
                view.indicator.nature is Nature.ENQUETE
                and row.figure is not None
                and row.figure.respondents is None
                and row.figure.suppression is None
            )
            assert ("effectif non communiqué" in said) == unknown
            told += unknown
    assert told > 40


@pytest.mark.parametrize(
    ("state", "key"),
    [
        (State.SUPPRIME, SUPPRESSED),
        (State.IMPRECIS, IMPRECISE),
        (State.MANQUANT, MISSING),
        (State.INCONNU, UNKNOWN),
        (State.CLASSE, UNKNOWN),
    ],
)
def test_a_territory_without_colour_shows_why(view: MapView, state: State, key: str) -> None:
    rows = tuple(replace(row, state=state, class_index=None) for row in view.rows)
    assert to_paint(replace(view, rows=rows), None).classes == key * len(rows)


@pytest.mark.parametrize(
    ("state", "keys"), [(State.INDICATIF, INDICATIVE_KEYS), (State.INCONNU, UNKNOWN_KEYS)]
)
def test_a_value_to_be_read_with_care_keeps_its_class_under_a_texture(
    view: MapView, state: State, keys: str
) -> None:
    def painted(as_state: State) -> str:
        rows = tuple(
            replace(row, state=as_state) if row.class_index is not None else row
            for row in view.rows
        )
        return to_paint(replace(view, rows=rows), None).classes

    plain = painted(State.CLASSE)
    assert painted(state) == plain.translate(str.maketrans(CLASS_KEYS, keys)) != plain


def test_only_symbols_have_a_size(views: list[MapView]) -> None:
    drawn = 0
    for view in views:
        paint = to_paint(view, None)
        assert (paint.sizes is not None) == view.is_symbols
        if paint.sizes is None:
            assert SYMBOL not in paint.classes
            continue
        values = [row.figure.value if row.figure else None for row in view.rows]
        largest = max(value for value in values if value is not None)
        keys, sizes = inside(view, paint.classes), inside(view, paint.sizes)
        for value, key, size in zip(values, keys, sizes, strict=True):
            assert (size is None) == (key != SYMBOL)
            if size is not None and size > SMALLEST_RADIUS:
                assert size**2 / LARGEST_RADIUS**2 == pytest.approx(value / largest)
        drawn += 1
    assert drawn > 20


counts = st.one_of(st.none(), st.integers(0, 10**8).map(float), st.sampled_from([0.0, 1.0, 2.0]))


@given(st.lists(counts, max_size=60))
def test_areas_are_in_proportion_and_nothing_has_none(values: list[float | None]) -> None:
    found = radii(values)
    assert len(found) == len(values)
    known = [value for value in values if value is not None]
    for value, size in zip(values, found, strict=True):
        if value is None:
            assert size is None
        elif value == 0:
            assert size == 0
        else:
            exact = LARGEST_RADIUS * (value / max(known)) ** 0.5
            assert size == pytest.approx(max(SMALLEST_RADIUS, exact))
            assert SMALLEST_RADIUS <= size <= LARGEST_RADIUS
    if known and max(known) > 0:
        assert max(size for size in found if size is not None) == LARGEST_RADIUS


def test_the_watermark_says_simulated_or_real_and_only_in_the_demonstration(
    views: list[MapView],
) -> None:
    seen = set()
    for view in views:
        survey = view.indicator.nature is Nature.ENQUETE or view.level is Level.ZONE
        expected = {
            (Dataset.PUBLIE, True): "",
            (Dataset.PUBLIE, False): "",
            (Dataset.DEMONSTRATION, True): "DÉMONSTRATION – données simulées",
            (Dataset.DEMONSTRATION, False): "Donnée réelle, vue dans le jeu de démonstration",
        }[view.dataset, survey]
        paint = to_paint(view, None)
        assert paint.watermark == expected
        (call,) = build_paint(paint)._children.values()
        assert ('"watermark"' in call.paint_json) == bool(expected)
        assert view.is_simulated == ("simulées" in paint.watermark)
        seen.add((view.dataset, survey, view.is_symbols, view.mode))
    assert len(seen) > 8


def test_the_title_is_the_sentence_and_the_states_are_those_of_the_engine(view: MapView) -> None:
    paint = to_paint(view, NORMANDIE, (0, 1))
    assert paint.title == view.sentence
    assert set(state_labels()) == set(STATES)
    assert set(state_labels().values()) <= set(STATE_LABELS.values())
    assert paint.selected == NORMANDIE
    assert paint.point_kinds == (0, 1)


def test_a_mode_without_anything_to_show_paints_the_value(
    published: Published, directory: Directory
) -> None:
    indicator = next(
        i for i in published.catalogue.values() if i.nature is Nature.COG and i.is_colourable
    )
    wave = published.of_indicator(indicator.indicator_id, Level.REGION)[0].wave
    selection = Selection(indicator.indicator_id, wave)
    value, difference, precision = (
        to_paint(build_map_view(replace(selection, mode=mode), published, directory), None)
        for mode in Mode
    )
    assert value == difference == precision


def test_outside_the_limit_all_is_plain_ground_without_a_word(views: list[MapView]) -> None:
    limited = [view for view in views if view.within]
    assert {view.level for view in limited} == {Level.ZONE, Level.EPCI, Level.COMMUNE}
    for view in limited:
        paint = to_paint(view, None)
        assert paint.within == view.within
        others = set(range(view.total)) - set(view.ranks)
        assert others
        assert {paint.classes[rank] for rank in others} == {OUTSIDE}
        assert OUTSIDE not in inside(view, paint.classes)
        assert {(paint.texts or {})[rank] for rank in others} == {""}
        assert paint.sizes is None or {paint.sizes[rank] for rank in others} == {None}


def of_all_communes(published: Published, directory: Directory, name: str) -> MapView:
    return build_map_view(Selection(name, "2026", level=Level.COMMUNE), published, directory)


def test_for_all_communes_classes_have_labels_instead_of_a_text_each(
    published: Published, directory: Directory
) -> None:
    """No indicator of ours is a rate by commune: one of the communes' own files may be."""
    counted = published.catalogue["population_municipale"]
    rate = replace(counted, kind=Kind.RATE, unit="%", unit_label="%")
    data = replace(published, catalogue={**published.catalogue, "population_municipale": rate})
    view = of_all_communes(data, directory, "population_municipale")
    paint = to_paint(view, None)
    assert paint.texts is None
    assert len(paint.class_labels) == view.classes.count > 1
    assert paint.class_labels[1].startswith("plus de ")
    assert paint.class_labels[1].endswith("\u00a0%")
    limited = Selection(
        "population_municipale", "2026", level=Level.COMMUNE, within=TerritoryId(Level.EPCI, LAVAL)
    )
    assert to_paint(build_map_view(limited, data, directory), None).class_labels == ()


def test_the_circles_of_all_communes_are_none_of_them_larger_than_they_are(
    published: Published, directory: Directory
) -> None:
    view = of_all_communes(published, directory, "population_municipale")
    paint = to_paint(view, None)
    assert paint.texts is not None
    values = np.array([row.figure.value for row in view.rows if row.figure])
    sizes = np.array(paint.sizes, dtype=float)
    assert np.allclose(sizes**2 / LARGEST_RADIUS**2, values / values.max())
    assert (sizes < 1).sum() > 20_000


@pytest.mark.parametrize("mode", list(Mode))
def test_the_labels_of_the_classes_are_those_of_the_mode(
    demonstration: Published, directory: Directory, mode: Mode
) -> None:
    selection = Selection("demo_mandat_collectif", "2025", Dataset.DEMONSTRATION, mode=mode)
    labels = class_labels(build_map_view(selection, demonstration, directory))
    first = {
        Mode.DIFFERENCE: "plus bas que la France",
        Mode.PRECISION: "précision précise",
    }
    assert labels[0].startswith(first.get(mode, "de "))


def test_the_members_of_a_zone_are_ranked_as_in_the_file_of_their_boundaries(
    demonstration: Published, directory: Directory
) -> None:
    zoning = demonstration.zonings["demo_pays_petr"]
    codes = read_boundaries(zoning.member_level)["code"].tolist()
    found = to_zones(zoning, directory)
    assert found.zoning_id == zoning.zoning_id
    for zone, merged in zip(zoning.zones, found.zones, strict=True):
        assert (merged.code, merged.name) == (zone.id.code, zone.name)
        assert [codes[rank] for rank in merged.members] == [m.code for m in zone.members]


def test_a_commune_that_no_map_draws_is_left_out_of_its_zone(directory: Directory) -> None:
    drawn, overseas = (TerritoryId(Level.COMMUNE, code) for code in ("53130", "97502"))
    zone = Zone(TerritoryId(Level.ZONE, "z.1"), "Zone", (drawn, overseas))
    ((merged,),) = (to_zones(Zoning("z", "Essai", (zone,)), directory).zones,)
    assert len(merged.members) == 1


def test_hostile_texts_reach_the_map_escaped(view: MapView) -> None:
    rows = tuple(
        replace(row, figure=replace(row.figure, text=HOSTILE)) if row.figure else row
        for row in view.rows
    )
    paint = to_paint(replace(view, rows=rows, sentence=HOSTILE), None)
    (call,) = build_paint(paint)._children.values()
    assert "<" not in call.paint_json
    assert "\\u003cscript\\u003e" in call.paint_json

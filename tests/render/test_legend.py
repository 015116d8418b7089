"""The legend says what the map shows: same colours, same counts, in every mode."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from html import unescape
from itertools import pairwise
from urllib.parse import unquote

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from territoires import settings as thresholds
from territoires.analysis.classes import classify
from territoires.analysis.precision import Precision
from territoires.domain.classification import DEFAULT_CHOICE, ClassChoice, Method, Palette
from territoires.domain.directory import Directory
from territoires.domain.indicators import Kind, Nature
from territoires.domain.selection import Mode, Selection
from territoires.domain.territories import Level
from territoires.render.choropleth import (
    CLASS_KEYS,
    IMPRECISE,
    INDICATIVE_KEYS,
    MISSING,
    SUPPRESSED,
    SYMBOL,
    UNKNOWN,
    UNKNOWN_KEYS,
)
from territoires.render.legend import build_legend, share_pct
from territoires.render.map_paint import radius, to_paint
from territoires.render.palettes import (
    DIFFERENCE_COLOURS,
    DIVERGING,
    PRECISION_COLOURS,
    SEQUENTIAL,
    colours,
)
from territoires.tables.published import Published
from territoires.views.classification import METHOD_LABELS
from territoires.views.figure import displayed_value
from territoires.views.french import NBSP
from territoires.views.map_view import STATE_LABELS, MapView, Row, State, build_map_view
from tests.render.pieces import HOSTILE, check_harmless, read, tags

DEFAULT = Selection("adhesion_maires_region", "2016-11")
COMMUNES = 34_875
RANKS = {
    key: rank
    for keys in (CLASS_KEYS, INDICATIVE_KEYS, UNKNOWN_KEYS)
    for rank, key in enumerate(keys)
}
#: Characters of the map that each state of the legend counts.
STATE_KEYS = {
    "indicatif": INDICATIVE_KEYS,
    "inconnu": UNKNOWN_KEYS + UNKNOWN,
    "imprecis": IMPRECISE,
    "supprime": SUPPRESSED,
    "manquant": MISSING,
}


def with_values(
    view: MapView, values: Sequence[float | None], choice: ClassChoice = DEFAULT_CHOICE
) -> MapView:
    """Give the same map with other values, the first territories first.

    More values than the map has territories make it larger; they keep the national value.
    """
    some = next(row for row in view.rows if row.figure)
    padded = [*values, *[None] * (len(view.rows) - len(values))]
    national = view.national.value if view.national else None
    classes = classify(padded, choice, national=national)
    figures = {
        value: replace(some.figure, value=value, text=f"{value:g}")
        for value in padded
        if value is not None
    }
    names = [(row.id, row.name) for row in view.rows]
    names += [(some.id, some.name)] * (len(padded) - len(names))
    rows = tuple(
        Row(*name, State.MANQUANT if member is None else State.CLASSE, member, figures.get(value))
        for name, value, member in zip(names, padded, classes.members, strict=True)
    )
    states = Counter(row.state for row in rows)
    return replace(
        view,
        # Written with all their decimals, so that what is read is what is classed.
        indicator=replace(view.indicator, decimals=9),
        rows=rows,
        classes=classes,
        category_counts=classes.counts,
        state_counts={state: states[state] for state in State},
        palette=choice.palette,
    )


def class_lines(legend: str) -> list[tuple[str, str, int]]:
    """Give (colour, words, count) of each class or category of the list."""
    found = re.findall(r'<li><i style="background:(#\w{6})"></i>(.*?)<b>(.*?)</b></li>', legend)
    return [(colour, unescape(text), whole(number)) for colour, text, number in found]


def state_lines(legend: str) -> dict[str, int]:
    found = re.findall(r'<li><i class="trame-(\w+)"></i>(?:.*?)<b>(.*?)</b></li>', legend)
    return {name: whole(number) for name, number in found}


def states_among_classes(legend: str) -> set[str]:
    """Give the states whose territories the legend says are counted in a class too."""
    return set(re.findall(r'<li><i class="trame-(\w+)"></i>dont ', legend))


def whole(text: str) -> int:
    return int(re.sub(r"[\u00a0\u202f]", "", text))


def check_legend_is_the_map(view: MapView) -> None:
    """Count the legend's lines against the characters that the map engine is given."""
    legend, paint = build_legend(view), to_paint(view, None)
    drawn = Counter(paint.classes)
    coloured = Counter(paint.palette[RANKS[key]] for key in paint.classes if key in RANKS)
    lines = class_lines(legend)
    if view.is_symbols:
        assert lines == []
        assert not coloured
    else:
        assert tuple(sorted(colour for colour, _, _ in lines)) == tuple(sorted(paint.palette))
        assert {colour: number for colour, _, number in lines if number} == dict(coloured)
        assert sorted(number for *_, number in lines) == sorted(view.category_counts)
    states = state_lines(legend)
    expected = {name: sum(drawn[key] for key in keys) for name, keys in STATE_KEYS.items()}
    if view.mode is Mode.PRECISION:
        # Its colour says it already: it is not told twice.
        del expected["indicatif"]
    assert states == {name: number for name, number in expected.items() if number}
    among = states_among_classes(legend)
    if view.mode is not Mode.PRECISION:
        assert ("indicatif" in among) == any(drawn[key] for key in INDICATIVE_KEYS)
    assert ("inconnu" in among) == any(drawn[key] for key in UNKNOWN_KEYS)
    apart = sum(number for name, number in states.items() if name not in among)
    assert sum(coloured.values()) + apart + drawn[SYMBOL] == len(view.rows)
    check_harmless(legend)


def bound_texts(legend: str) -> list[str]:
    (bounds,) = re.findall(r'class="bornes">(.*?)</div>', legend)
    return re.findall(r">([^<]+)</span>", bounds)


def tick_places(legend: str) -> list[float]:
    """Give the places of the ticks in percent, read from the picture that masks the bar."""
    (style,) = [d["style"] for d in tags(legend, "div") if d.get("class") == "traits"]
    (address,) = re.findall(r'^--traits:url\("(.*)"\)$', style)
    kind, _, picture = address.partition(",")
    assert kind == "data:image/svg+xml"
    assert not set('"<>#') & set(picture)
    svg = unquote(picture)
    assert "viewBox='0 0 500 7' preserveAspectRatio='none'" in svg
    (path,) = re.findall(r"<path d='([^']*)'", svg)
    marks = re.findall(r"M(\d+) 0v7", path)
    assert "".join(f"M{mark} 0v7" for mark in marks) == path
    return [int(mark) / 5 for mark in marks]


def france_mark(legend: str) -> tuple[str, float]:
    """Give France's mark on the bar and its place in percent."""
    ((place, text),) = re.findall(
        r'class="france" style="left:([\d.e+-]+)%;--part:\d+%">(.*?)<', legend
    )
    return unescape(text), float(place)


def test_the_legend_counts_what_the_map_draws(views: list[MapView]) -> None:
    """Every map of both sets, in every mode."""
    assert {(view.dataset, view.mode) for view in views} >= {
        (dataset, mode) for dataset in {v.dataset for v in views} for mode in Mode
    }
    for view in views:
        check_legend_is_the_map(view)


def test_colours_go_from_low_to_high_as_the_palette_does(views: list[MapView]) -> None:
    for view in views:
        legend = build_legend(view)
        found = tuple(colour for colour, _, _ in class_lines(legend))
        if view.is_symbols:
            assert found == ()
        elif view.mode is Mode.DIFFERENCE:
            assert found == DIFFERENCE_COLOURS[::-1]
        elif view.mode is Mode.PRECISION:
            assert found == PRECISION_COLOURS
        else:
            assert found == colours(view.palette, view.indicator.direction, view.classes)
            assert found == tuple(re.findall(r'<span style="background:(#\w{6})"></span>', legend))
            assert [number for *_, number in class_lines(legend)] == list(view.classes.counts)


def test_differences_are_named_from_the_highest_to_the_lowest(simulated_modes) -> None:
    view = simulated_modes[Mode.DIFFERENCE]
    legend = build_legend(view)
    assert [text for _, text, _ in class_lines(legend)] == [
        "plus haut que la France",
        "pas de différence établie",
        "plus bas que la France",
    ]
    assert [number for *_, number in class_lines(legend)] == list(view.category_counts)[::-1]
    assert all(view.category_counts)
    text = read(legend).text.replace(NBSP, " ")
    assert f"France : {view.national.text.replace(NBSP, ' ')}." in text
    assert "La règle est d’autant plus sévère" in text
    assert 'class="echelle"' not in legend


def test_grades_of_precision_are_named_with_their_half_width(simulated_modes) -> None:
    view = simulated_modes[Mode.PRECISION]
    legend = build_legend(view)
    grades = (Precision.PRECISE, Precision.CORRECTE, Precision.INDICATIVE)
    widths = (thresholds.PRECISE, thresholds.CORRECTE, thresholds.INDICATIVE)
    for (_, text, number), grade, width in zip(class_lines(legend), grades, widths, strict=True):
        assert text.replace(NBSP, " ") == f"{grade} : à ± {width:g} points au plus"
        assert number == sum(row.figure.precision is grade for row in view.rows if row.figure) > 0
    assert 'class="echelle"' not in legend
    assert "France" not in legend


@pytest.fixture(scope="module")
def simulated_modes(demonstration: Published, directory: Directory) -> dict[Mode, MapView]:
    selection = Selection("demo_mandat_collectif", "2025", demonstration.dataset)
    return {
        mode: build_map_view(replace(selection, mode=mode), demonstration, directory)
        for mode in Mode
    }


def test_a_state_counted_in_a_class_too_is_said_to_be_among_them(
    simulated: MapView, view: MapView, published: Published, directory: Directory
) -> None:
    assert states_among_classes(build_legend(simulated)) == {"indicatif"}
    assert states_among_classes(build_legend(view)) == {"inconnu"}
    uncoloured = build_map_view(replace(DEFAULT, mode=Mode.PRECISION), published, directory)
    legend = build_legend(uncoloured)
    assert state_lines(legend)["inconnu"] == 3
    assert states_among_classes(legend) == set()
    assert STATE_LABELS[State.INCONNU] in read(legend).text


@pytest.mark.parametrize(
    ("values", "texts"),
    [
        ([77.0, 77.0, 100.0], ["75", "80", "85", "90", "95", "100"]),
        ([50.0, 50.0, 50.0], ["50"]),
        ([50.0], ["50"]),
        ([0.0], ["0"]),
        ([0.0, 100.0], ["0", "20", "40", "60", "80", "100"]),
        ([6.6, 7.1], ["6,6", "6,7", "6,8", "6,9", "7,0", "7,1"]),
        ([-2.0, 3.0], ["-2", "-1", "0", "1", "2", "3"]),
        ([0.0, 2_500_000.0], ["0", "500 000", "1 000 000", "1 500 000", "2 000 000", "2 500 000"]),
        ([0.0, 0.00005], ["0,00000", "0,00001", "0,00002", "0,00003", "0,00004", "0,00005"]),
    ],
)
def test_bounds_are_written_with_the_digits_they_need(
    view: MapView, values: list[float | None], texts: list[str]
) -> None:
    legend = build_legend(with_values(view, values))
    assert [re.sub(r"\s", " ", text) for text in bound_texts(legend)] == texts


def test_no_legend_writes_decimals_that_no_bound_has(views: list[MapView]) -> None:
    wrong = {
        view.indicator.indicator_id: bound_texts(build_legend(view))
        for view in views
        if 'class="echelle"' in build_legend(view)
        and max(len(text.partition(",")[2]) for text in bound_texts(build_legend(view))) > 3
    }
    assert wrong == {}


@pytest.mark.parametrize("values", [[], [None], [5.0], [5.0, 5.0], [1.0, 2.0], [1.0, 9.0, 50.0]])
def test_from_five_classes_to_none(view: MapView, values: list[float | None]) -> None:
    changed = with_values(view, values)
    legend = build_legend(changed)
    assert len(class_lines(legend)) == changed.classes.count
    if changed.classes.count:
        assert 'class="echelle"' in legend
    else:
        assert "Aucune valeur à colorer à ce niveau." in legend
        assert 'class="echelle"' not in legend
    known = sum(value is not None for value in values)
    assert state_lines(legend) == {"manquant": len(view.rows) - known}


def test_the_side_on_which_classes_are_closed_is_said(view: MapView) -> None:
    texts = [text for _, text, _ in class_lines(build_legend(view))]
    assert texts[0].startswith("de 75 à 80")
    assert all(text.startswith("plus de ") for text in texts[1:])


def test_one_value_is_written_alone(view: MapView) -> None:
    ((_, text, number),) = class_lines(build_legend(with_values(view, [77.0, 77.0])))
    assert (text, number) == ("77", 2)


def test_the_national_value_is_in_the_legend_wherever_it_is_published(
    views: list[MapView],
) -> None:
    marked = 0
    for view in views:
        legend = build_legend(view)
        text = read(legend).text.replace(NBSP, " ")
        if view.national is None or view.mode is Mode.PRECISION:
            assert "France" not in text.replace("que la France", "")
            continue
        said = view.national.text.replace(NBSP, " ")
        if view.is_symbols or view.mode is Mode.DIFFERENCE:
            assert f"France : {said}." in text
        else:
            mark, place = france_mark(legend)
            assert f"France {said}" in mark.replace(NBSP, " ")
            expected = share_pct(view.national.value, view.classes.bounds)
            assert place == pytest.approx(expected, rel=0.01, abs=0.01)
            marked += 1
    assert marked > 50
    assert any(view.national is None for view in views)


def test_every_coloured_value_has_its_tick_and_no_other_value_has_one(
    views: list[MapView],
) -> None:
    checked = 0
    for view in views:
        legend = build_legend(view)
        if 'class="echelle"' not in legend:
            assert view.is_symbols or view.mode is not Mode.VALEUR
            continue
        checked += 1
        places = tick_places(legend)
        values = {
            displayed_value(row.figure.value, view.indicator): row.class_index
            for row in view.rows
            if row.figure and row.class_index is not None
        }
        # Ticks nearer than a fifth of a percent, which no eye tells apart, are drawn once.
        steps = {round(5 * share_pct(value, view.classes.bounds)) for value in values}
        assert sorted(places) == sorted(step / 5 for step in steps)
        assert all(0 <= place <= 100 for place in places)
        width = 100 / view.classes.count
        for value, member in values.items():
            place = round(5 * share_pct(value, view.classes.bounds)) / 5
            assert member * width - 0.2 <= place <= (member + 1) * width + 0.2
    assert checked > 100


def test_a_value_too_imprecise_to_be_coloured_has_no_tick(simulated: MapView) -> None:
    def shown(row: Row) -> float:
        return displayed_value(row.figure.value, simulated.indicator)

    vague = [shown(row) for row in simulated.rows if row.state is State.IMPRECIS]
    coloured = {shown(row) for row in simulated.rows if row.class_index is not None}
    hidden = set(vague) - coloured
    assert hidden
    places = tick_places(build_legend(simulated))
    for value in hidden:
        assert round(5 * share_pct(value, simulated.classes.bounds)) / 5 not in places


anything = st.one_of(
    st.none(),
    st.just(math.nan),
    st.sampled_from([0.0, 50.0, 100.0]),
    st.integers(0, 100).map(float),
    st.floats(0, 100, allow_nan=False),
)
#: From one value to thousands: a few ones many times over are as many ties.
columns = st.one_of(
    st.lists(anything, min_size=1, max_size=40),
    st.builds(
        lambda values, times: values * times,
        st.lists(anything, min_size=1, max_size=30),
        st.sampled_from([7, 150]),
    ),
    st.builds(lambda value, times: [value] * times, anything, st.integers(1, 2000)),
)
choices = st.builds(
    ClassChoice,
    method=st.one_of(st.none(), st.sampled_from(Method)),
    count=st.one_of(st.none(), st.integers(2, 6)),
    bounds=st.lists(st.integers(-10, 110).map(float), max_size=5, unique=True).map(
        lambda bounds: tuple(sorted(bounds))
    ),
    palette=st.sampled_from(Palette),
)


@given(values=columns, choice=choices)
@settings(
    max_examples=150,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_whatever_the_values_and_the_method_the_legend_counts_the_map(
    view: MapView, values: list[float | None], choice: ClassChoice
) -> None:
    changed = with_values(view, values, choice)
    check_legend_is_the_map(changed)
    known = [value for value in values if value is not None and math.isfinite(value)]
    legend = build_legend(changed)
    assert sum(number for *_, number in class_lines(legend)) == len(known)
    if known:
        bounds = changed.classes.bounds
        read_as = [displayed_value(value, changed.indicator) for value in known]
        steps = {round(5 * share_pct(value, bounds)) for value in read_as}
        assert sorted(tick_places(legend)) == sorted(step / 5 for step in steps)
        said = f"Classes : {METHOD_LABELS[changed.classes.method]}"
        assert said in read(legend).text.replace(NBSP, " ")


@pytest.fixture(scope="module")
def surveyed_communes(published: Published, directory: Directory) -> Published:
    """One in seven has no value; one in five no known sample, the others 11 to 910 answers."""
    communes = directory.of_level(Level.COMMUNE)
    assert len(communes) == COMMUNES
    first, *_ = published.of_indicator(DEFAULT.indicator_id, Level.REGION)
    observations = tuple(
        replace(
            first,
            level=Level.COMMUNE,
            code=commune.id.code,
            value=None if number % 7 == 0 else float(number * 37 % 101),
            value_text="illisible" if number % 7 == 0 else "",
            respondents=None if number % 5 == 0 else 11 + number * 13 % 900,
        )
        for number, commune in enumerate(communes)
    )
    key = (DEFAULT.indicator_id, Level.COMMUNE)
    return replace(published, by_indicator={**published.by_indicator, key: observations})


@pytest.mark.parametrize("method", [None, *Method])
def test_every_commune_is_counted_once(
    surveyed_communes: Published, directory: Directory, method: Method | None
) -> None:
    """The largest map: from the figures to the legend, without a shortcut."""
    for mode in Mode if method is None else (Mode.VALEUR,):
        choice = ClassChoice(method, bounds=(20.0, 40.0, 60.5))
        selection = replace(DEFAULT, level=Level.COMMUNE, classes=choice, mode=mode)
        built = build_map_view(selection, surveyed_communes, directory)
        assert len(built.rows) == COMMUNES
        empty = sum(number % 7 == 0 for number in range(COMMUNES))
        assert built.state_counts[State.MANQUANT] == empty
        assert len({row.state for row in built.rows}) == 5
        check_legend_is_the_map(built)
        if mode is Mode.VALEUR:
            assert len(tick_places(build_legend(built))) <= 101


def test_circles_of_the_legend_are_on_the_scale_of_the_map(views: list[MapView]) -> None:
    checked = 0
    for view in views:
        if not view.is_symbols:
            continue
        checked += 1
        legend, paint = build_legend(view), to_paint(view, None)
        drawn = [size for size in paint.sizes or () if size is not None]
        largest = max(
            row.figure.value for row in view.rows if row.figure and row.figure.value is not None
        )
        if not largest:
            assert "Aucune valeur à dessiner" in legend
            continue
        found = re.findall(
            r'<i class="cercle" style="--cote:(\d+)px;border-color:(#\w{6})"></i>(.*?)</li>',
            legend,
        )
        values = [whole(text) for *_, text in found]
        assert values
        assert len(set(values)) == len(values), "one circle drawn twice"
        assert values == sorted(values, reverse=True)
        for width, colour, text in found:
            assert colour == paint.palette[0]
            assert int(width) == round(2 * radius(whole(text), largest))
            assert int(width) <= round(2 * max(drawn))
        assert "Surface proportionnelle à la valeur." in read(legend).text
        assert 'class="echelle"' not in legend
    assert checked > 20


def test_symbols_that_are_all_nothing_are_said_not_drawn(views: list[MapView]) -> None:
    view = next(view for view in views if view.indicator.kind is Kind.COUNT)
    rows = tuple(
        replace(row, figure=replace(row.figure, value=0.0)) if row.figure else row
        for row in view.rows
    )
    legend = build_legend(replace(view, rows=rows))
    assert "Aucune valeur à dessiner à ce niveau." in legend
    assert "cercle" not in legend


#: Values as published: percentages, scores, populations.
values_of_a_map = st.lists(
    st.one_of(
        st.integers(0, 100).map(float),
        st.integers(-100_000, 100_000).map(lambda n: n / 1000),
        st.integers(0, 3_000_000).map(float),
    ),
    min_size=1,
    max_size=40,
)


@given(values_of_a_map)
@settings(max_examples=200, deadline=None)
def test_every_value_stands_under_the_colour_of_its_class(values: list[float]) -> None:
    classes = classify(values)
    width = 100 / classes.count
    for value, member in zip(values, classes.members, strict=True):
        assert member is not None
        place = share_pct(value, classes.bounds)
        assert member * width - 1e-6 <= place <= (member + 1) * width + 1e-6


@given(values_of_a_map)
@settings(max_examples=200, deadline=None)
def test_a_larger_value_never_stands_before_a_smaller_one(values: list[float]) -> None:
    bounds = classify(values).bounds
    places = [share_pct(value, bounds) for value in sorted(values)]
    assert all(one <= other for one, other in pairwise(places))


@given(values_of_a_map)
@settings(max_examples=100, deadline=None)
def test_bounds_stand_where_colours_meet(values: list[float]) -> None:
    classes = classify(values)
    bounds = classes.bounds
    places = [share_pct(bound, bounds) for bound in bounds]
    if bounds[0] == bounds[-1]:
        assert places == [50.0, 50.0]
    else:
        expected = [100 * i / classes.count for i in range(classes.count + 1)]
        assert places == pytest.approx(expected)


def test_a_value_within_a_class_stands_in_proportion() -> None:
    assert share_pct(5.0, (0.0, 10.0, 1000.0)) == 25
    assert share_pct(505.0, (0.0, 10.0, 1000.0)) == 75


@pytest.mark.parametrize(("value", "place"), [(-1e9, 0.0), (0.0, 0.0), (20.0, 100.0), (1e9, 100.0)])
def test_a_value_outside_the_bounds_stands_at_the_edge(value: float, place: float) -> None:
    assert share_pct(value, (0.0, 10.0, 20.0)) == place


@pytest.mark.parametrize(
    ("value", "text", "place"),
    [
        (12.0, "← France 12", 0.0),
        (75.0, "France 75", 0.0),
        (87.5, "France 87,5", 50.0),
        (100.0, "France 100", 100.0),
        (250.0, "France 250 →", 100.0),
    ],
)
def test_france_outside_the_range_is_pointed_at_from_the_edge(
    view: MapView, value: float, text: str, place: float
) -> None:
    assert view.national is not None
    assert (view.classes.bounds[0], view.classes.bounds[-1]) == (75, 100)
    national = replace(view.national, value=value, text=f"{value:g}".replace(".", ","))
    same = replace(national, statement="")
    assert france_mark(build_legend(replace(view, national=same))) == (text, place)
    # The published wording for France is not that of the régions.
    other = france_mark(build_legend(replace(view, national=national)))
    assert other == (f"{text} (autre formulation)", place)


@pytest.mark.parametrize("method", Method)
def test_how_classes_were_chosen_is_said(view: MapView, method: Method) -> None:
    values = [*map(float, range(1, 18)), 2_000_000.0]
    choice = ClassChoice(method, bounds=(5.0, 10.0))
    changed = with_values(view, [77.0] * 3 if method is Method.UNIQUE else values, choice)
    assert changed.classes.method is method
    closure = "" if method is Method.UNIQUE else ", borne supérieure incluse"
    text = read(build_legend(changed)).text
    assert f"Classes : {METHOD_LABELS[method]}{closure}." in text.replace(NBSP, " ")
    assert "Classes" not in build_legend(with_values(view, []))


def test_classes_about_the_national_value_have_two_hues(view: MapView) -> None:
    values = [60.0, 70.0, 80.0, 90.0, 95.0, 99.0]
    changed = with_values(view, values, ClassChoice(Method.DIVERGENTES))
    assert view.national.value in changed.classes.bounds
    below, above = DIVERGING[Palette.PUOR][
        max(changed.classes.below, changed.classes.count - changed.classes.below)
    ]
    for colour, text, _ in class_lines(build_legend(changed)):
        low = float(re.findall(r"\d+(?:,\d+)?", text)[0].replace(",", "."))
        assert colour in (below if low < view.national.value else above)


def test_viridis_tells_six_classes_apart(view: MapView) -> None:
    choice = ClassChoice(Method.EGALES, 6, palette=Palette.VIRIDIS)
    changed = with_values(view, [float(10 * i) for i in range(11)], choice)
    found = tuple(colour for colour, _, _ in class_lines(build_legend(changed)))
    assert found == SEQUENTIAL[Palette.VIRIDIS][6]


def test_every_state_without_a_plain_colour_has_its_words(view: MapView) -> None:
    counts = dict.fromkeys(State, 2)
    legend = build_legend(replace(view, state_counts=counts))
    assert state_lines(legend) == dict.fromkeys(STATE_KEYS, 2)
    text = read(legend).text.lower()
    for state, label in STATE_LABELS.items():
        assert (label.lower() in text) == (state not in {State.CLASSE, State.SYMBOLE})


def test_an_official_figure_has_no_state_of_a_sample(views: list[MapView]) -> None:
    for view in views:
        if view.indicator.nature is not Nature.ENQUETE:
            assert set(state_lines(build_legend(view))) <= {"manquant"}


def test_the_unit_is_only_text(view: MapView) -> None:
    hostile = replace(view, indicator=replace(view.indicator, unit_label=HOSTILE))
    assert view.national is not None
    hostile = replace(hostile, national=replace(view.national, text=HOSTILE))
    legend = build_legend(hostile)
    check_harmless(legend)
    assert f"Légende ({HOSTILE})" in read(legend).text


def test_the_bar_is_hidden_from_screen_readers_who_have_the_list(view: MapView) -> None:
    (scale,) = [d for d in tags(build_legend(view), "div") if d.get("class") == "echelle"]
    assert scale["aria-hidden"] == "true"


def test_the_counts_are_of_territories_of_the_level_with_their_article(
    views: list[MapView],
) -> None:
    seen = {
        re.findall(r"<small>(.*?)</small>", build_legend(view))[0]
        for view in views
        if not view.is_symbols
    }
    assert seen == {
        "nombre de régions",
        "nombre de départements",
        "nombre de zones",
        "nombre d’intercommunalités",
    }


@pytest.mark.parametrize(
    ("value", "part"), [(12.0, 5), (75.0, 5), (87.5, 50), (100.0, 95), (250.0, 95)]
)
def test_the_mark_of_france_leans_inwards_near_an_end_of_the_bar(
    view: MapView, value: float, part: int
) -> None:
    assert view.national is not None
    national = replace(view.national, value=value)
    legend = build_legend(replace(view, national=national))
    assert re.findall(r"--part:(\d+)%", legend) == [str(part)]

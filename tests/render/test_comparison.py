"""HTML and charts of « Comparer »: the same figures everywhere, marked, escaped, readable."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from html import unescape as html_text
from urllib.parse import parse_qsl

import pytest

from territoires import settings
from territoires.analysis.precision import Precision
from territoires.analysis.significance import Order
from territoires.domain.directory import Directory
from territoires.domain.names import NameForms
from territoires.domain.selection import Dataset, Selection
from territoires.domain.territories import Level, TerritoryId
from territoires.render import comparison as html
from territoires.render import comparison_charts as charts
from territoires.render import comparison_words as told
from territoires.render.fonts import text_width
from territoires.tables.published import Published
from territoires.views.comparison import Comparison, build_comparison
from territoires.views.comparison_sentence import drawn_value
from territoires.views.comparison_waves import Changes, Verdict, build_changes
from territoires.views.datasets import EDITIONS, REAL_MARK, REAL_WATERMARK
from territoires.views.map_view import STATE_LABELS, State, build_map_view
from territoires.views.selection import resolve_selection
from territoires.views.shared_classes import share_classes
from tests.render.pieces import (
    HOSTILE,
    behind,
    cells,
    check_harmless,
    poison,
    read,
    rows,
    tags,
)

DEMO = Selection("demo_mandat_collectif", "2025", Dataset.DEMONSTRATION)
KNOWN = Selection("adhesion_maires_region", "2016-11")
MARK = EDITIONS[Dataset.DEMONSTRATION].mark
MIN_FONT_PX = 13


def region(*codes: str) -> tuple[TerritoryId, ...]:
    return tuple(TerritoryId(Level.REGION, code) for code in codes)


class Pages:
    """Build what the page shows for a link."""

    def __init__(
        self, sets: Mapping[Dataset, Published], directory: Directory, names: object
    ) -> None:
        self.sets, self.directory, self.names = sets, directory, names

    def map(self, selection: Selection):
        data = self.sets[selection.dataset]
        return build_map_view(selection, data, self.directory, self.names)  # type: ignore[arg-type]

    def side_by_side(self, selection: Selection) -> Comparison:
        return build_comparison(selection, self.map(selection), self.names)  # type: ignore[arg-type]

    def waves(self, selection: Selection, other: str) -> Changes:
        twin = self.map(replace(selection, wave=other))
        data = self.sets[selection.dataset]
        return build_changes(self.side_by_side(selection), twin, data, self.names)  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def pages(
    published: Published,
    demonstration: Published,
    directory: Directory,
    names: Mapping[TerritoryId, NameForms],
) -> Pages:
    sets = {Dataset.PUBLIE: published, Dataset.DEMONSTRATION: demonstration}
    return Pages(sets, directory, names)


@pytest.fixture(scope="module")
def view(pages: Pages) -> Comparison:
    """Too imprecise, hidden, ordinary and different territories together."""
    return pages.side_by_side(replace(DEMO, compared=region("01", "06", "28", "53")))


@pytest.fixture(scope="module")
def unknown(pages: Pages) -> Comparison:
    return pages.side_by_side(replace(KNOWN, compared=region("28", "53", "76")))


@pytest.fixture(scope="module")
def changes(pages: Pages) -> Changes:
    return pages.waves(replace(DEMO, compared=region("01", "06", "28", "53")), "2023")


def plain(text: str) -> str:
    return text.replace("\u00a0", " ")


def test_the_sentence_holds_the_link_to_this_very_view(
    view: Comparison, demonstration: Published, directory: Directory
) -> None:
    wanted = replace(DEMO, compared=region("01", "06", "28", "53"), other_wave="2023")
    text = html.sentence(view, wanted)
    ((tag, attributes),) = [found for found in read(text).tags if found[0] == "p"]
    address, _, query = (attributes["data-vue"] or "").partition("?")
    assert (tag, address) == ("p", "/comparer")
    assert resolve_selection(dict(parse_qsl(query)), demonstration, directory).selection == wanted
    assert plain(read(text).text) == plain(f"{view.sentence} {view.sentence_caveat}")


def test_the_table_has_the_figures_of_the_view_and_their_cards(view: Comparison) -> None:
    table = html.territories_table(view, DEMO)
    assert rows(table) == len(view.rows) + 1
    for line, row in zip(cells(table), view.rows, strict=False):
        assert line[0] == row.name
        assert row.figure is not None
        assert line[1].startswith(row.figure.text)
    assert len(tags(table, "template")) == len(view.rows) + 1
    assert MARK.replace(" – ", "") in plain(read(table).text)
    hidden = cells(table)[[row.id for row in view.rows].index(region("06")[0])]
    assert hidden[2:4] == [html.NOTHING, html.NOTHING]


def test_an_unknown_sample_has_no_verdict_in_the_table(unknown: Comparison) -> None:
    for line in cells(html.territories_table(unknown, KNOWN)):
        if line[0] in {"Normandie", "Occitanie"}:
            assert "non comparable : effectif non communiqué" in plain(" ".join(line))
            assert "–" in line[2]
        assert "que la France" not in " ".join(line)


def test_the_order_is_in_the_words_of_the_thresholds(pages: Pages, unknown: Comparison) -> None:
    ranked = pages.side_by_side(replace(DEMO, compared=region("11", "24", "27")))
    text = plain(read(html.order(ranked)).text)
    assert f"presque sûr (au moins {100 * settings.ALMOST_SURE:.0f} chances sur 100)" in text
    assert "Île-de-France avant Centre-Val de Loire" in text
    assert "Ordre incertain : Île-de-France et Bourgogne-Franche-Comté" in text
    likely = replace(
        ranked, pairs=tuple(replace(pair, order=Order.PROBABLE) for pair in ranked.pairs)
    )
    words = f"probable (au moins {100 * settings.PROBABLE:.0f} chances sur 100)"
    assert words in plain(read(html.order(likely)).text)
    text = plain(read(html.order(unknown)).text)
    assert "Pas de classement" in text
    assert "l’ordre des codes officiels" in text
    assert " avant " not in text


def test_a_territory_left_out_of_the_order_is_told_with_its_reason(pages: Pages) -> None:
    mixed = pages.side_by_side(replace(DEMO, compared=region("01", "06", "28", "53", "94")))
    text = plain(read(html.order(mixed)).text)
    assert "Bretagne avant Normandie" in text
    assert "Corse : non classée (échantillon réduit)" in text
    assert "Guadeloupe : non classée (trop imprécis)" in text
    assert "Mayotte : non classée (effectif insuffisant)" in text
    assert "puis ceux qui ne sont pas classés" in plain(
        read(html.territories_table(mixed, DEMO)).text
    )


def test_the_rule_is_told_severe_only_where_several_tests_are_made(
    view: Comparison, unknown: Comparison
) -> None:
    text = plain(read(html.test_note(view)).text)
    assert f"parce qu’on compare {view.tested} régions à la fois" in text
    assert html.test_note(replace(view, tested=1)) == ""
    assert html.test_note(unknown) == ""


def test_the_key_of_the_small_maps_names_every_texture_they_draw(pages: Pages) -> None:
    maps = share_classes(
        [pages.map(replace(DEMO, wave=wave)) for wave in ("2023", "2025")], DEMO.classes
    )
    states = {row.state for one in maps for row in one.rows} - {State.CLASSE}
    head = html.small_maps_head(maps)
    drawn = {tag["class"] for tag in tags(head, "i") if tag.get("class")}
    assert drawn == {f"trame-{state.value}" for state in states} != set()
    for state in states:
        assert plain(STATE_LABELS[state]) in plain(read(head).text)


def test_the_table_of_changes_says_each_verdict_and_why_there_is_none(changes: Changes) -> None:
    table = html.changes_table(changes)
    assert rows(table) == len(changes.lines)
    for line, change in zip(cells(table), changes.lines, strict=True):
        assert line[4].startswith(change.verdict)
        assert change.reason in line[4]
        drawn = [drawn_value(figure) is not None for figure in (change.before, change.after)]
        no_gap = change.verdict is Verdict.NON_COMPARABLE or not all(drawn)
        assert (line[3] == html.NOTHING) is no_gap
        for cell, figure in zip(line[1:3], (change.before, change.after), strict=True):
            vague = figure is not None and figure.precision is Precision.TROP_IMPRECISE
            assert ("trop imprécise" in cell) is vague
    assert MARK.replace(" – ", "") in plain(read(table).text)


@pytest.mark.parametrize(
    ("before", "after", "decimals", "text"),
    [(77, 81, 0, "+4"), (81, 77, 0, "−4"), (77, 77, 0, "0"), (7.4, 7.1, 1, "−0,3")],
)
def test_a_gap_has_its_sign(
    changes: Changes, before: float, after: float, decimals: int, text: str
) -> None:
    line = next(x for x in changes.lines if x.gap is not None)
    assert line.before is not None
    assert line.after is not None
    changed = replace(
        line, before=replace(line.before, value=before), after=replace(line.after, value=after)
    )
    assert html.gap_text(changed, decimals) == text


def test_hostile_texts_stay_texts(view: Comparison, changes: Changes, pages: Pages) -> None:
    bad, worse = poison(view), poison(changes)
    maps = share_classes(
        [poison(pages.map(replace(DEMO, wave=wave))) for wave in ("2023", "2025")], DEMO.classes
    )
    written = [
        html.sentence(bad, DEMO),
        html.notes(replace(bad, notes=(HOSTILE,))),
        html.caveats((HOSTILE,)),
        html.territories_table(bad, DEMO),
        html.order(bad),
        html.test_note(bad),
        html.changes_table(worse),
        html.changes_sentence(worse),
        html.small_maps_head(maps),
        *html.small_map_titles(maps),
        html.sources(bad),
    ]
    for text in written:
        check_harmless(text)
    for chart in (charts.build_dot_plot(bad), charts.build_dumbbells(worse)):
        words = [*chart.layout.yaxis.ticktext, *(a.text for a in chart.layout.annotations)]
        assert not any("<script" in text or "<img" in text for text in words)


# -- charts --------------------------------------------------------------------


def dots(chart) -> dict[float, float]:
    """Give the drawn values by line."""
    return {
        y: x
        for trace in chart.data
        if trace.mode == "markers"
        for x, y in zip(trace.x, trace.y, strict=True)
    }


def test_a_dot_per_value_that_may_be_drawn_and_words_for_the_others(view: Comparison) -> None:
    chart = charts.build_dot_plot(view)
    expected = {
        float(i): row.figure.value
        for i, row in enumerate(view.rows)
        if row.figure and drawn_value(row.figure) is not None
    }
    assert 0 < len(expected) < len(view.rows)
    assert dots(chart) == expected
    words = plain(" ".join(chart.layout.yaxis.ticktext))
    for row in view.rows:
        assert row.name in re.sub("<br>|</?b>", "", words)
    words = words.replace("<br>", " ")
    assert "effectif insuffisant" in words
    assert "trop imprécis : voir le tableau" in words


def test_the_bars_of_a_dot_are_its_interval(view: Comparison) -> None:
    (trace,) = [t for t in charts.build_dot_plot(view).data if t.mode == "markers"]
    intervals = [r.figure.interval for r in view.rows if drawn_value(r.figure) is not None]  # type: ignore[union-attr]
    bars = zip(trace.x, trace.error_x.arrayminus, trace.error_x.array, strict=True)
    for (value, below, above), interval in zip(bars, intervals, strict=True):
        assert interval is not None
        assert value - below == pytest.approx(interval.low)
        assert value + above == pytest.approx(interval.high)


def test_an_unknown_sample_is_a_hollow_dot_without_bar(unknown: Comparison) -> None:
    (trace,) = charts.build_dot_plot(unknown).data
    assert set(trace.marker.symbol) == {"circle-open"}
    assert trace.error_x.array is None
    assert len(trace.x) == 2


def test_france_is_a_labelled_dashed_line_unless_it_is_a_total_or_another_question(
    pages: Pages, unknown: Comparison
) -> None:
    poverty = pages.side_by_side(Selection("taux_pauvrete", "2021", compared=region("11", "53")))
    chart = charts.build_dot_plot(poverty)
    (line,) = chart.layout.shapes
    assert (line.x0, line.line.dash) == (poverty.national.value, "dash")  # type: ignore[union-attr]
    assert any("France : 15,3" in plain(a.text) for a in chart.layout.annotations)
    total = pages.side_by_side(Selection("population_municipale", "2026"))
    for view, why in ((total, "est un total"), (unknown, "a répondu à une autre formulation")):
        assert not charts.build_dot_plot(view).layout.shapes
        assert f"la France {why}" in told.dot_plot_key(view)
        assert "Trait tireté" not in told.describe_dot_plot(view)
    assert "France (autre formulation)" in html.territories_table(unknown, KNOWN)
    assert "France : 87\u00a0%, dans une autre formulation" in unknown.sentence


def test_the_axis_of_a_share_starts_at_zero(pages: Pages, view: Comparison) -> None:
    poverty = pages.side_by_side(Selection("taux_pauvrete", "2021", compared=region("11", "53")))
    for shown in (poverty, view):
        axis = charts.build_dot_plot(shown).layout.xaxis
        low, high = axis.range
        assert -0.05 * (high - low) < low <= 0
        assert axis.exponentformat == "none"


def test_names_have_a_column_that_leaves_a_phone_its_axis(
    view: Comparison, changes: Changes
) -> None:
    for chart in (charts.build_dot_plot(view), charts.build_dumbbells(changes)):
        layout = chart.layout
        lines = [re.split("<br>", label) for label in layout.yaxis.ticktext]
        widths = [
            text_width(re.sub("</?b>", "", html_text(line)), 14, bold=line.startswith("<b>"))
            for label in lines
            for line in label
        ]
        assert max(widths) < layout.margin.l < 180
        line_px = (layout.height - layout.margin.t - layout.margin.b) / len(lines)
        assert max(map(len, lines)) * 18 < line_px


def test_a_short_key_names_the_marks_that_are_drawn(
    view: Comparison, unknown: Comparison, changes: Changes
) -> None:
    assert "barre : intervalle" in told.dot_plot_key(view)
    assert "creux" not in told.dot_plot_key(view)
    assert "signe creux : effectif non communiqué" in told.dot_plot_key(unknown)
    assert "barre" not in told.dot_plot_key(unknown)
    assert told.dumbbells_key(changes).startswith("Losange : 2023 ; rond : 2025")


def test_both_waves_are_drawn_and_named(changes: Changes) -> None:
    chart = charts.build_dumbbells(changes)
    drawn = sum(drawn_value(f) is not None for c in changes.lines for f in (c.before, c.after))
    assert len(dots(chart)) == drawn > 0
    assert {t.name for t in chart.data if t.mode == "markers"} == {"2023", "2025"}
    joined = [trace for trace in chart.data if trace.mode == "lines"]
    assert len(joined) == sum(
        drawn_value(c.before) is not None and drawn_value(c.after) is not None
        for c in changes.lines
    )


def test_charts_of_simulated_or_real_figures_say_so_across_them(
    pages: Pages, view: Comparison, changes: Changes, unknown: Comparison
) -> None:
    def written(chart) -> str:
        return plain(" ".join(behind(chart)))

    watermark = EDITIONS[Dataset.DEMONSTRATION].watermark
    assert watermark in written(charts.build_dot_plot(view))
    assert watermark in written(charts.build_dumbbells(changes))
    real = pages.side_by_side(Selection("taux_pauvrete", "2021", Dataset.DEMONSTRATION))
    assert REAL_WATERMARK in written(charts.build_dot_plot(real))
    assert watermark not in written(charts.build_dot_plot(real))
    assert real.sentence.startswith(REAL_MARK)
    assert "simulées" not in written(charts.build_dot_plot(unknown))


def test_charts_are_legible_on_both_grounds(view: Comparison, changes: Changes) -> None:
    for chart in (charts.build_dot_plot(view), charts.build_dumbbells(changes)):
        layout = chart.layout
        assert layout.paper_bgcolor == layout.plot_bgcolor == "rgba(0,0,0,0)"
        assert layout.font.color is None
        sizes = [layout.font.size, layout.xaxis.tickfont.size]
        sizes += [a.font.size for a in layout.annotations if a.font.size]
        assert min(sizes) >= MIN_FONT_PX


def test_the_text_beside_a_chart_tells_every_territory(view: Comparison, changes: Changes) -> None:
    text = told.describe_dot_plot(view)
    for row in view.rows:
        assert row.name in text
        if drawn_value(row.figure) is not None and row.figure:
            assert row.figure.text in text
    for line in changes.lines:
        assert line.name in told.describe_dumbbells(changes)
        assert line.verdict in changes.sentence

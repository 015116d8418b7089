"""Charts in rows: every figure drawn once or said in words, readable, French, marked."""

from __future__ import annotations

from dataclasses import replace

import pytest

from territoires.analysis.precision import Interval, Precision
from territoires.domain.indicators import Fiabilite, Source, Suppression
from territoires.render.chart_marks import EARLIER, LATER
from territoires.render.row_charts import ChartRow, Mark, build_row_chart, rows_key
from territoires.views.figure import Figure
from tests.render.pieces import HOSTILE, behind

SOURCE = Source("s", "Source", "Éditeur", "2025", "", "étude", "")
SURE = Figure(
    value=40.0,
    text="40\u00a0%",
    short_text="40\u00a0%",
    wave="2025",
    respondents=200,
    fiabilite=Fiabilite.CLAIRE,
    caveat="",
    statement="",
    source=SOURCE,
    interval=Interval(33.0, 47.0),
    precision=Precision.CORRECTE,
)
UNKNOWN = replace(SURE, interval=None, respondents=None, precision=Precision.INCONNUE)
HIDDEN = replace(
    SURE,
    value=None,
    interval=None,
    text="effectif insuffisant",
    suppression=Suppression.EFFECTIF,
    precision=Precision.SUPPRIMEE,
)
VAGUE = replace(SURE, precision=Precision.TROP_IMPRECISE)


def row(*figures: Figure | None, label: str = "Réponse", note: str = "") -> ChartRow:
    looks = (LATER, EARLIER)
    marks = (Mark(f"lieu {i}", looks[i], figure) for i, figure in enumerate(figures))
    return ChartRow(label, tuple(marks), note)


def drawn(chart) -> list[float]:
    return [x for trace in chart.data if trace.mode == "markers" for x in trace.x]


def words(chart) -> list[str]:
    return [annotation.text for annotation in chart.layout.annotations]


def test_every_value_is_drawn_once_with_its_text() -> None:
    rows = [row(SURE, replace(SURE, value=60.0, text="60\u00a0%")), row(UNKNOWN, None, label="B")]
    chart = build_row_chart(rows)
    assert sorted(drawn(chart)) == [40.0, 40.0, 60.0]
    assert words(chart).count("40\u00a0%") == 2
    assert "<b>Réponse</b>" in words(chart)


def test_the_first_row_stands_on_top() -> None:
    chart = build_row_chart([row(SURE, label="haut"), row(SURE, label="bas")])
    low, high = chart.layout.yaxis.range
    assert low > high
    heights = {a.text: a.y for a in chart.layout.annotations}
    assert heights["<b>haut</b>"] < heights["<b>bas</b>"]


@pytest.mark.parametrize(
    ("figure", "said"),
    [
        (HIDDEN, "effectif insuffisant"),
        (VAGUE, "trop imprécis"),
        (None, "pas de chiffre"),
    ],
)
def test_what_may_not_be_drawn_is_said_in_words(figure: Figure | None, said: str) -> None:
    chart = build_row_chart([row(figure)])
    assert drawn(chart) == []
    assert f"lieu 0\u00a0: {said}" in words(chart)


def test_an_unknown_sample_is_hollow_and_has_no_bar() -> None:
    chart = build_row_chart([row(UNKNOWN, SURE)])
    hollow, sure = (trace for trace in chart.data if trace.mode == "markers")
    assert list(hollow.marker.symbol) == ["circle-open"]
    assert hollow.error_x.array is None
    assert list(sure.error_x.array) == [7.0]
    assert "creux" in rows_key([row(UNKNOWN)])
    assert "intervalle" in rows_key([row(SURE)])
    assert rows_key([row(HIDDEN)]) == ""


def test_each_series_stands_once_in_the_legend() -> None:
    chart = build_row_chart([row(SURE, SURE), row(UNKNOWN, UNKNOWN)], has_stems=True)
    shown = [trace.name for trace in chart.data if trace.showlegend]
    assert sorted(shown) == ["lieu 0", "lieu 1"]


def test_stems_join_each_mark_to_zero() -> None:
    chart = build_row_chart([row(SURE)], has_stems=True)
    (stem,) = (trace for trace in chart.data if trace.mode == "lines")
    assert list(stem.x) == [0.0, 40.0, None]
    assert not [trace for trace in build_row_chart([row(SURE)]).data if trace.mode == "lines"]


def test_long_names_are_folded_for_a_phone() -> None:
    name = "Agir ensemble, utile au développement économique durable du territoire"
    chart = build_row_chart([row(SURE, label=name, note="pas d’évolution établie")])
    (label,) = (text for text in words(chart) if text.startswith("<b>Agir"))
    lines = label.split("<br>")
    assert len(lines) == 3
    assert all(len(line) <= 60 for line in lines)
    assert lines[-1] == "pas d’évolution établie"


def test_texts_are_large_enough_and_axes_fixed() -> None:
    chart = build_row_chart([row(SURE)])
    assert chart.layout.font.size >= 13
    assert chart.layout.xaxis.tickfont.size >= 13
    assert chart.layout.legend.font.size >= 13
    assert all(a.font.size >= 13 for a in chart.layout.annotations)
    assert chart.layout.xaxis.fixedrange
    assert chart.layout.yaxis.fixedrange
    assert list(chart.layout.xaxis.ticktext)[-1] == "100\u00a0%"


def test_the_watermark_is_written_behind_the_figures() -> None:
    marked = build_row_chart([row(SURE)], watermark="DÉMONSTRATION")
    assert behind(marked) == ["DÉMONSTRATION"]
    assert words(marked) == words(build_row_chart([row(SURE)]))
    assert not behind(build_row_chart([row(SURE)]))


def test_hostile_texts_are_only_text() -> None:
    hostile = replace(SURE, text=HOSTILE)
    chart = build_row_chart([ChartRow(HOSTILE, (Mark(HOSTILE, LATER, hostile),), HOSTILE)])
    for text in (*words(chart), *(trace.name or "" for trace in chart.data)):
        assert "<script" not in text
        assert "<img" not in text


def test_a_chart_without_any_row_is_drawn() -> None:
    assert build_row_chart([]).layout.height > 0

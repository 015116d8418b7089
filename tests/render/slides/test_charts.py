"""Charts on slides: native, with the numbers of the view, their intervals, and nothing to run."""

from __future__ import annotations

from io import BytesIO

import pytest
from lxml.etree import fromstring
from openpyxl import load_workbook

from territoires.domain.selection import Dataset
from territoires.render.slides import About, Bar, BarChart, ChartSlide, Series
from territoires.render.slides.figures import _split_chart
from territoires.render.slides.markup import clip
from tests.render.slides.conftest import Written, write

RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
CHART = BarChart(
    rows=("=HYPERLINK(1)", "Corse (effectif insuffisant)", "France"),
    series=(
        Series("Valeur", "#2a8794", (Bar(77, 71, 83), None, Bar(87, is_hollow=True))),
        Series("+cmd", "#bb6a1f", (Bar(50, 45, 55), Bar(40), None)),
    ),
    unit="%",
    scale=100,
    last_colour="#bb6a1f",
)


@pytest.fixture(scope="module")
def chart():
    slide = ChartSlide("Titre", "Phrase.", CHART, "En mots.", "Clé.", About(mark="MENTION"))
    written = write(slide, dataset=Dataset.DEMONSTRATION).slides[0]
    return next(shape for shape in written.shapes if shape.has_chart)


def lengths(series, side: str) -> dict[int, float]:
    found = series._element.findall(f"{{*}}errBars/{{*}}{side}/{{*}}numRef/{{*}}numCache/{{*}}pt")
    return {int(point.get("idx")): float(point.find("{*}v").text) for point in found}


def test_values_rows_and_intervals_are_those_given(chart) -> None:
    first, second = chart.chart.plots[0].series
    assert list(chart.chart.plots[0].categories) == [*CHART.rows]
    assert list(first.values) == [77, None, 87]
    assert list(second.values) == [50, 40, None]
    assert lengths(first, "minus") == {0: 6}
    assert lengths(first, "plus") == {0: 6}


def test_the_axis_starts_at_zero_and_ends_with_the_question(chart) -> None:
    axis = chart.chart.value_axis
    assert (axis.minimum_scale, axis.maximum_scale) == (0, 100)
    assert chart.chart.category_axis.reverse_order


@pytest.mark.parametrize("unit", ["€ R&D", "<", "]]></c:formatCode>", 'a"b', "x\x0b" * 200])
def test_whatever_the_unit_of_an_indicator_the_file_opens_and_says_it(unit: str) -> None:
    lone = BarChart(("a",), (Series("s", "#112233", (Bar(3.0),)),), unit=unit)
    (slide,) = write(ChartSlide("t", "", lone, "w")).slides
    drawn = next(shape for shape in slide.shapes if shape.has_chart).chart
    told = drawn.plots[0].series[0]._element.findtext(".//{*}val//{*}formatCode")
    assert told == drawn.value_axis.tick_labels.number_format
    assert clip(unit.replace('"', ""), 60) in told


def test_a_bar_without_a_known_sample_is_hollow(chart) -> None:
    first = chart.chart.plots[0].series[0]._element
    points = {p.find("{*}idx").get("val"): p for p in first.findall("{*}dPt")}
    assert points["2"].find("{*}spPr/{*}noFill") is not None
    assert "0" not in points


def test_the_workbook_holds_the_same_numbers_and_nothing_runs(chart) -> None:
    blob = chart.chart.part.chart_workbook.xlsx_part.blob
    sheet = load_workbook(BytesIO(blob))["Données"]
    assert sheet["A1"].value == "MENTION"
    assert [cell.value for cell in sheet["B"]][1:] == [77, None, 87]
    assert [cell.value for cell in sheet["C"]][1:] == [50, 40, None]
    assert [cell.value for cell in sheet["D"]][1:] == [71, None, None]
    assert [cell.value for cell in sheet["E"]][1:] == [83, None, None]
    assert all(cell.data_type != "f" for row in sheet.rows for cell in row)
    assert sheet["A2"].value == "’=HYPERLINK(1)"


def test_every_formula_of_the_chart_points_at_cells_that_hold_its_numbers(chart) -> None:
    blob = chart.chart.part.chart_workbook.xlsx_part.blob
    sheet = load_workbook(BytesIO(blob))["Données"]
    for series in chart.chart._chartSpace.iter("{*}ser"):
        for reference in series.iter("{*}numRef"):
            name, cells = reference.find("{*}f").text.split("!")
            assert name.strip("'") == "Données"
            column = [row[0].value for row in sheet[cells.replace("$", "")]]
            cache = {int(p.get("idx")): float(p.find("{*}v").text) for p in reference.iter("{*}pt")}
            assert cache == {i: v for i, v in enumerate(column) if v is not None}


def test_the_mark_is_the_title_of_the_chart(chart) -> None:
    assert chart.chart.has_title
    assert chart.chart.chart_title.text_frame.text == "MENTION"


def test_the_key_is_drawn_in_the_chart_in_the_order_of_its_bars(chart) -> None:
    assert not chart.chart.has_legend
    relation = chart.chart._chartSpace.find("{*}userShapes").get(f"{{{RELATIONS}}}id")
    drawing = fromstring(chart.chart.part.related_part(relation).blob)
    words = [run.text for run in drawing.iter("{*}t") if (run.text or "").strip()]
    colours = [colour.get("val").lower() for colour in drawing.iter("{*}srgbClr")]
    assert words == ["\u25a0", "Valeur", "\u25a0", "+cmd"]
    assert [f"#{one}" for one in colours[::2]] == [one.colour for one in CHART.series]


def test_labels_stand_beyond_the_intervals(chart) -> None:
    label = chart.chart.plots[0].series[0]._element.find("{*}dLbls/{*}dLbl")
    assert label.find("{*}idx").get("val") == "0"
    assert float(label.find("{*}layout/{*}manualLayout/{*}x").get("val")) > 0


def test_rows_too_many_for_a_slide_are_shared_on_one_axis() -> None:
    bars = tuple(Bar(float(i)) for i in range(30))
    many = BarChart(tuple(f"Ligne {i}" for i in range(30)), (Series("x", "#000000", bars),), "")
    parts = _split_chart(many, 300, has_mark=False)
    assert [row for part in parts for row in part.rows] == [*many.rows]
    assert {part.scale for part in parts} == {29.0}


def test_charts_of_a_territory_have_the_figures_of_its_page(simulated_deck: Written) -> None:
    rungs = simulated_deck.portrait.shared.maturity.rungs[::-1]
    slide = next(
        s for s in simulated_deck.file.slides if "co-construction" in s.shapes.title.text_frame.text
    )
    own, france = next(s for s in slide.shapes if s.has_chart).chart.plots[0].series
    assert list(own.values) == [round(rung.line.local.value) for rung in rungs]
    assert list(france.values) == [round(rung.line.national.value) for rung in rungs]
    reach = [rung.line.local.interval.high - round(rung.line.local.value) for rung in rungs]
    assert list(lengths(own, "plus").values()) == pytest.approx(reach, rel=1e-4)
    assert own.name == "Normandie"

"""Slides laid out around a drawing: a table, a chart, a map, each under its sentence."""

from __future__ import annotations

from dataclasses import replace

from territoires.render.slides import charts, map_legend, maps, tables
from territoires.render.slides.deck import BarChart, ChartSlide, MapSlide, TableSlide
from territoires.render.slides.markup import (
    BODY_BOTTOM,
    BODY_WIDTH,
    MARGIN,
    SOFT,
    Box,
    Run,
    height_of,
    paragraph,
    plain,
    text_box,
)
from territoires.render.slides.sheets import (
    CONTINUED,
    GAP,
    Picture,
    Sheet,
    cut_title,
    cut_words,
    free_sheet,
    numbered,
    sentence_above,
    top_of,
)
from territoires.views.datasets import EDITIONS, REAL_MARK
from territoires.views.french import count

#: Lines of the sentence above each: more would leave it no room.
_LINES_ABOVE_TABLE, _LINES_ABOVE_CHART, _LINES_ABOVE_MAP = 2, 3, 4
#: A chart of few rows does not spread over the whole slide.
_LOOSE = 2.0


def draw_table(slide: TableSlide) -> list[Sheet]:
    """Lay out a table under its sentence, over as many slides as its rows need, or on one."""
    title, whole = cut_title(slide.title), slide.rows
    slide = tables.clip_cells(slide)
    above, top, left_out = sentence_above(slide.sentence, top_of(title), _LINES_ABOVE_TABLE)
    cut = [cell for row in whole for cell in row if len(plain(cell)) > tables.MAX_CELL]
    told = (*cut_words(title, slide.title), *left_out, *cut)
    foot = _foot_height(slide.key)
    parts = tables.split_rows(slide, BODY_BOTTOM - top - foot)
    if len(parts) > 1 and slide.is_one_page:
        foot = _foot_height(_say_rest(len(slide.rows), slide.key))
        rows = tables.split_rows(slide, BODY_BOTTOM - top - foot)[0]
        rest = slide.rows[len(rows) :]
        words = _key(_say_rest(len(rest), slide.key))
        shapes = [*above, tables.table_frame(slide, rows, top), *words]
        sheet = free_sheet(title, slide.about, shapes)
        return [replace(sheet, told=(*told, *(" – ".join(row) for row in rest)))]
    if len(parts) > 1:
        above, top, _ = sentence_above(
            slide.sentence, top_of(title + CONTINUED), _LINES_ABOVE_TABLE
        )
        parts = tables.split_rows(slide, BODY_BOTTOM - top - foot)
    return [
        free_sheet(
            numbered(title, number),
            slide.about,
            [*above, tables.table_frame(slide, rows, top), *_key(slide.key)],
            told=told,
        )
        for number, rows in enumerate(parts)
    ]


def _say_rest(rows: int, key: str) -> str:
    return f"{count(rows, 'autre ligne', 'autres lignes')} dans les notes. {key}"


def _foot_height(key: str) -> float:
    return height_of([[Run(key)]], BODY_WIDTH) + GAP if key else 0.0


def _key(words: str) -> list[str]:
    """Write what the marks are, or what must be known, at the foot of a drawing."""
    if not words:
        return []
    height = height_of([[Run(words)]], BODY_WIDTH)
    box = Box(MARGIN, BODY_BOTTOM - height, BODY_WIDTH, height)
    return [text_box("Clé", box, [paragraph([Run(words, colour=SOFT)])])]


def draw_chart(slide: ChartSlide) -> list[Sheet]:
    """Lay out a chart between its sentence and its key, over as many slides as its rows need."""
    title, has_mark = cut_title(slide.title), bool(slide.about.mark)
    foot = _foot_height(slide.key)
    for words in (title, title + CONTINUED):
        above, top, left_out = sentence_above(slide.sentence, top_of(words), _LINES_ABOVE_CHART)
        room = BODY_BOTTOM - top - foot
        parts = _split_chart(slide.chart, room, has_mark)
        if len(parts) == 1:
            break
    sheets = []
    for number, chart in enumerate(parts):
        needed = charts.frame_height(chart, BODY_WIDTH, has_mark)
        box = Box(MARGIN, top, BODY_WIDTH, min(room, needed * _LOOSE))
        sheet = free_sheet(numbered(title, number), slide.about, [*above, *_key(slide.key)])
        told = (*cut_words(title, slide.title), *left_out, slide.words)
        sheets.append(replace(sheet, chart=(chart, box, slide.words), told=told))
    return sheets


def _split_chart(chart: BarChart, room: float, has_mark: bool) -> list[BarChart]:
    """Share the rows of a chart among slides, evenly, all on the same axis."""
    number = 1
    while number < len(chart.rows):
        parts = _evenly(chart, number)
        if all(charts.frame_height(part, BODY_WIDTH, has_mark) <= room for part in parts):
            return parts
        number += 1
    return _evenly(chart, number)


def _evenly(chart: BarChart, number: int) -> list[BarChart]:
    size = -(-len(chart.rows) // number)
    scale = charts.scale_of(chart)
    starts = range(0, len(chart.rows), size) if chart.rows else (0,)
    parts = []
    for start in starts:
        rows = chart.rows[start : start + size]
        series = tuple(replace(s, bars=s.bars[start : start + size]) for s in chart.series)
        is_last = start + size >= len(chart.rows)
        parts.append(
            replace(
                chart,
                rows=rows,
                series=series,
                scale=scale,
                last_colour=chart.last_colour if is_last else "",
            )
        )
    return parts


def draw_map(slide: MapSlide) -> list[Sheet]:
    """Lay out a map, its legend beside it, its sentence under the legend or above them both."""
    drawn = slide.drawn
    whole = title_of(slide)
    title = cut_title(whole)
    top = top_of(title)
    legend, end = map_legend.legend_group(drawn, top)
    words = [[Run(drawn.sentence)]]
    height = height_of(words, map_legend.LEGEND_WIDTH)
    shapes: list[str] = []
    left_out: tuple[str, ...] = ()
    if end + 2 * GAP + height <= BODY_BOTTOM:
        place = Box(map_legend.LEGEND_X, end + 2 * GAP, map_legend.LEGEND_WIDTH, height)
        shapes = [text_box("Phrase", place, [paragraph(runs) for runs in words])]
    else:
        shapes, top, left_out = sentence_above(drawn.sentence, top, _LINES_ABOVE_MAP)
        legend, _ = map_legend.legend_group(drawn, top)
    box = maps.map_box(drawn, top)
    is_native = len(drawn.shapes) <= maps.MAX_SHAPES
    shapes += [maps.map_group(drawn, box), legend] if is_native else [legend]
    told = (*cut_words(title, whole), *left_out)
    sheet = free_sheet(title, maps.about_map(drawn), shapes, told=told)
    if is_native:
        return [sheet]
    return [replace(sheet, picture=Picture(maps.picture(drawn), box, maps.map_words(drawn)))]


def title_of(slide: MapSlide) -> str:
    """Give the title of a map without its mark: that is written at its foot and across it."""
    title = slide.title or slide.drawn.title
    for mark in (REAL_MARK, *(edition.mark for edition in EDITIONS.values())):
        title = title.removeprefix(mark)
    return title

"""Native tables on slides, cut into as many slides as their rows need."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from territoires.render.slides.deck import TableSlide
from territoires.render.slides.markup import (
    ACCENT,
    BODY_WIDTH,
    INK,
    MARGIN,
    MARK,
    PALE,
    TEXT_SIZE,
    WHITE,
    Box,
    Run,
    attribute,
    body,
    clip,
    emu,
    lines_of,
    paragraph,
    solid,
    transform,
)

_LINE = 1.2
_INSET_X, _INSET_Y = 7.0, 4.0
_RULE = "B8C4C8"
#: Characters of a cell and of a heading, at most.
MAX_CELL, MAX_HEADING = 240, 60


def column_widths(slide: TableSlide) -> list[float]:
    """Give the widths of the columns, in points."""
    whole = sum(slide.widths)
    return [BODY_WIDTH * share / whole for share in slide.widths]


def row_height(cells: Sequence[str], widths: Sequence[float], *, bold: bool = False) -> float:
    """Measure a row: its tallest cell, and the room around it."""
    most = max(
        lines_of(cell, width - 2 * _INSET_X, TEXT_SIZE, bold=bold or not place)
        for place, (cell, width) in enumerate(zip(cells, widths, strict=True))
    )
    return max(most, 1) * TEXT_SIZE * _LINE + 2 * _INSET_Y


def clip_cells(slide: TableSlide) -> TableSlide:
    """Cut the cells that would make a row taller than a slide."""
    rows = tuple(tuple(clip(cell, MAX_CELL) for cell in row) for row in slide.rows)
    return replace(slide, rows=rows, headings=tuple(clip(h, MAX_HEADING) for h in slide.headings))


def split_rows(slide: TableSlide, room: float) -> list[list[tuple[str, ...]]]:
    """Share the rows among slides: each holds as many as ``room`` (points) allows, one at least.

    Where they need several, about as much stands on each.
    """
    widths = column_widths(slide)
    head = row_height(slide.headings, widths, bold=True)
    foot = row_height([slide.about.mark], [BODY_WIDTH]) if slide.about.mark else 0.0
    heights = [row_height(row, widths) for row in slide.rows]
    parts = best = _cut(heights, room - head - foot)
    while len(parts) == len(best) > 1 and not slide.is_one_page:
        best, tallest = parts, max(sum(heights[part]) for part in parts)
        parts = _cut(heights, tallest - 1)
    return [list(slide.rows[part]) for part in best]


def _cut(heights: Sequence[float], room: float) -> list[slice]:
    """Give each slide the next rows that it has room for."""
    starts, used = [0], 0.0
    for place, height in enumerate(heights):
        if place > starts[-1] and used + height > room:
            starts.append(place)
            used = 0.0
        used += height
    return [slice(*ends) for ends in zip(starts, [*starts[1:], len(heights)], strict=True)]


def table_frame(slide: TableSlide, rows: Sequence[tuple[str, ...]], top: float) -> str:
    """Write a table; where the set of data is marked, the mark is its last row."""
    widths = column_widths(slide)
    heights = [row_height(slide.headings, widths, bold=True)]
    heights += [row_height(row, widths) for row in rows]
    written = [_row(slide, slide.headings, heights[0], is_head=True)]
    written += [
        _row(slide, row, height, is_striped=bool(place % 2))
        for place, (row, height) in enumerate(zip(rows, heights[1:], strict=True))
    ]
    if slide.about.mark:
        heights.append(row_height([slide.about.mark], [BODY_WIDTH]))
        written.append(_mark_row(slide, heights[-1]))
    grid = "".join(f'<a:gridCol w="{emu(width)}"/>' for width in widths)
    box = Box(MARGIN, top, sum(widths), sum(heights))
    words = f"Tableau : {slide.title}. Colonnes : {', '.join(slide.headings)}."
    place = transform(box).replace("a:xfrm", "p:xfrm")
    return (
        f"<p:graphicFrame><p:nvGraphicFramePr><p:cNvPr id='0' name='Tableau' "
        f"descr={attribute(words)}/><p:cNvGraphicFramePr><a:graphicFrameLocks noGrp='1'/>"
        f"</p:cNvGraphicFramePr><p:nvPr/></p:nvGraphicFramePr>{place}<a:graphic>"
        '<a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/table"><a:tbl>'
        f'<a:tblPr firstRow="1" bandRow="1"/><a:tblGrid>{grid}</a:tblGrid>{"".join(written)}'
        "</a:tbl></a:graphicData></a:graphic></p:graphicFrame>"
    )


def _row(
    slide: TableSlide,
    cells: Sequence[str],
    height: float,
    *,
    is_head: bool = False,
    is_striped: bool = False,
) -> str:
    fill = ACCENT if is_head else PALE if is_striped else WHITE
    told = "".join(
        _cell(
            [Run(cell, bold=is_head or not place, colour=WHITE if is_head else INK)],
            fill,
            align="r" if place in slide.numeric else "l",
        )
        for place, cell in enumerate(cells)
    )
    return f'<a:tr h="{emu(height)}">{told}</a:tr>'


def _mark_row(slide: TableSlide, height: float) -> str:
    """Write the mark over the whole width: a table that is copied takes it along."""
    columns = len(slide.headings)
    mark = _cell([Run(slide.about.mark, bold=True, colour=WHITE)], MARK, span=columns)
    rest = _cell([], MARK).replace("<a:tc>", '<a:tc hMerge="1">') * (columns - 1)
    return f'<a:tr h="{emu(height)}">{mark}{rest}</a:tr>'


def _cell(runs: Sequence[Run], fill: str, *, align: str = "l", span: int = 1) -> str:
    words = body([paragraph(runs, align=align)] if runs else []).replace("p:txBody", "a:txBody")
    # The cell has its own margins; its text does not shrink.
    start, end = words.index("<a:bodyPr"), words.index("</a:bodyPr>") + len("</a:bodyPr>")
    words = f"{words[:start]}<a:bodyPr/>{words[end:]}"
    merged = f' gridSpan="{span}"' if span > 1 else ""
    rule = f'<a:lnB w="{emu(0.75)}">{solid(_RULE)}</a:lnB>'
    none = "".join(f'<a:{side} w="0"><a:noFill/></a:{side}>' for side in ("lnL", "lnR", "lnT"))
    return (
        f'<a:tc{merged}>{words}<a:tcPr marL="{emu(_INSET_X)}" marR="{emu(_INSET_X)}" '
        f'marT="{emu(_INSET_Y)}" marB="{emu(_INSET_Y)}" anchor="ctr">{none}{rule}{solid(fill)}'
        "</a:tcPr></a:tc>"
    )

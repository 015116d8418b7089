"""The key of a chart of several series: a drawing inside the chart, which a copy takes along.

No legend: LibreOffice turns over the order of one beside horizontal bars.
"""

from __future__ import annotations

from typing import Any

from territoires.render.slides.deck import BarChart
from territoires.render.slides.markup import (
    FONT,
    LANGUAGE,
    Box,
    Run,
    body,
    clip,
    run,
    transform,
)
from territoires.views.french import NBSP

#: Characters of the name of a series, at most; the workbook has it whole.
MAX_NAME = 120
_SQUARE = "\u25a0"
_CHART = "http://schemas.openxmlformats.org/drawingml/2006/chart"
_DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/main"
_PLACES = "http://schemas.openxmlformats.org/drawingml/2006/chartDrawing"
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_TYPE = "application/vnd.openxmlformats-officedocument.drawingml.chartshapes+xml"


def add_key(chart: Any, series: BarChart, place: Box, frame: Box) -> None:
    """Write the series in their order, each after a square of its colour.

    Parameters
    ----------
    place
        Where the key stands in the chart, from its top left corner.
    frame
        The chart itself on the slide.
    """
    from pptx.opc.package import Part  # noqa: PLC0415 - slow to load, used here only
    from pptx.opc.packuri import PackURI  # noqa: PLC0415 - as above
    from pptx.oxml import parse_xml  # noqa: PLC0415 - as above

    part = chart.part
    number = "".join(sign for sign in part.partname.filename if sign.isdigit())
    name = PackURI(f"/ppt/drawings/drawing{number}.xml")
    drawn = Part(name, _TYPE, part.package, _drawing(series, place, frame).encode())
    relation = part.relate_to(drawn, f"{_RELATIONS}/chartUserShapes")
    # The last word of a chart.
    chart._chartSpace.append(
        parse_xml(f'<c:userShapes xmlns:c="{_CHART}" xmlns:r="{_RELATIONS}" r:id="{relation}"/>')
    )


def _blank(width: int) -> str:
    return f'<a:r><a:rPr lang="{LANGUAGE}"/><a:t>{NBSP * width}</a:t></a:r>'


def _drawing(series: BarChart, place: Box, frame: Box) -> str:
    """Write the drawing: its place is told twice, in shares of the chart and in the file's unit."""
    keys = (
        f"{run(Run(_SQUARE, colour=one.colour))}{_blank(1)}{run(Run(clip(one.name, MAX_NAME)))}"
        for one in series.series
    )
    words = body([f"<a:p>{_blank(4).join(keys)}</a:p>"]).replace("p:txBody", "cdr:txBody")
    # The font of the slides does not reach what is drawn in a chart.
    words = words.replace("</a:rPr>", f'<a:latin typeface="{FONT}"/></a:rPr>')
    corners = "".join(
        f"<cdr:{name}><cdr:x>{x / frame.width:.4f}</cdr:x><cdr:y>{y / frame.height:.4f}</cdr:y></cdr:{name}>"
        for name, x, y in (
            ("from", place.x, place.y),
            ("to", place.x + place.width, place.y + place.height),
        )
    )
    return (
        f'<c:userShapes xmlns:c="{_CHART}" xmlns:a="{_DRAWING}" xmlns:cdr="{_PLACES}">'
        f'<cdr:relSizeAnchor>{corners}<cdr:sp macro="" textlink=""><cdr:nvSpPr>'
        '<cdr:cNvPr id="2" name="Séries"/><cdr:cNvSpPr txBox="1"/></cdr:nvSpPr>'
        f'<cdr:spPr>{transform(place)}<a:prstGeom prst="rect"><a:avLst/></a:prstGeom><a:noFill/>'
        f"</cdr:spPr>{words}</cdr:sp></cdr:relSizeAnchor></c:userShapes>"
    )

"""The drawings of a sheet: its map, with a legend of its own, and where the territory is."""

from __future__ import annotations

from collections.abc import Collection

from territoires.analysis.composition import map_bounds
from territoires.domain.territories import Level, Territory
from territoires.render.drawn_legend import LegendEntry
from territoires.render.drawn_map import DrawnMap
from territoires.render.fiche_sheet import MapKey, SheetMap
from territoires.render.map_svg import Pen, swatch_svg, to_svg
from territoires.tables.drawings import Drawing
from territoires.views.caveats import COUNT_NOTE
from territoires.views.french import format_number

#: Drawn for a column of some ten centimetres, so that lines and names have their size in print.
_WIDTH_PX = 480
_LOCATOR_PX = 150
_LAND, _HERE, _LINE, _FRAME = "#e7e5df", "#0b5c6b", "#ffffff", "#8a8f8c"


def to_sheet_map(drawn: DrawnMap) -> SheetMap:
    """Make a drawn map ready for a sheet: the drawing alone, its words beside."""
    west, south, east, north = drawn.bounds
    scale = _WIDTH_PX / (east - west)
    # The country's number of inhabitants says nothing of circles.
    is_rate = not any(entry.is_symbol for entry in drawn.legend)
    chosen = next((shape.name for shape in drawn.shapes if shape.id == drawn.selected), "")
    notes = [
        f"Trait épais : {chosen}." if chosen else "",
        f"{drawn.benchmark}." if drawn.benchmark and is_rate else "",
        *_say_reading(drawn),
    ]
    return SheetMap(
        svg=to_svg(drawn, _WIDTH_PX, with_furniture=False),
        width_px=_WIDTH_PX,
        height_px=(north - south) * scale,
        title=drawn.title,
        alt=f"Carte : {drawn.title}. {drawn.sentence}",
        legend_title=drawn.legend_title,
        legend=tuple(
            MapKey(swatch_svg(entry), _label(entry), 2 * entry.radius_km * scale)
            for entry in drawn.legend
        ),
        notes=tuple(note for note in notes if note),
        sources=drawn.sources,
    )


def _say_reading(drawn: DrawnMap) -> tuple[str, ...]:
    """Say how the map is to be read; of circles, what they count comes first: the rest is cut."""
    if not any(entry.is_symbol for entry in drawn.legend):
        return (drawn.legend_note, *drawn.caveats)
    return (*(text for text in drawn.caveats if text != COUNT_NOTE), drawn.legend_note)


def locator_codes(territory: Territory) -> tuple[str, ...]:
    """List the départements that a territory lies in; none for what a map of France shows whole."""
    if territory.id.level in {Level.PAYS, Level.REGION}:
        return ()
    if territory.id.level is Level.DEPARTEMENT:
        return (territory.id.code,)
    if territory.departement_codes:
        return territory.departement_codes
    return (territory.departement_code,) if territory.departement_code else ()


def to_locator(departements: Drawing, codes: Collection[str]) -> str:
    """Draw France with some départements filled; empty where there is none to show."""
    if not set(codes) & set(departements.polygons):
        return ""
    west, south, east, north = map_bounds()
    pen = Pen(west, north, _LOCATOR_PX / (east - west))
    width, height = (east - west) * 10, (north - south) * 10
    scale = _LOCATOR_PX / (east - west)
    shapes = departements.polygons.items()
    others = [polygon for code, shape in shapes if code not in codes for polygon in shape]
    here = [polygon for code, shape in shapes if code in codes for polygon in shape]
    parts = [
        f'<path fill="{fill}" stroke="{_LINE}" stroke-width="2" d="{pen.polygons(polygons)}"/>'
        for fill, polygons in ((_LAND, others), (_HERE, here))
    ]
    for frame in departements.frames:
        x, y = pen.place(frame.bounds[0], frame.bounds[3])
        right, low = pen.place(frame.bounds[2], frame.bounds[1])
        parts.append(
            f'<rect x="{x:.0f}" y="{y:.0f}" width="{right - x:.0f}" height="{low - y:.0f}" '
            f'fill="none" stroke="{_FRAME}" stroke-width="4"/>'
        )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width * scale:.0f} '
        f'{height * scale:.0f}" fill-rule="evenodd">{"".join(parts)}</svg>'
    )


def _label(entry: LegendEntry) -> str:
    if entry.count is None:
        return entry.label
    return f"{entry.label} ({format_number(entry.count)})"

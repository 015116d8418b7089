"""A map of the page to carry: its drawing, its legend, the same values in a table beside it."""

from __future__ import annotations

import base64
from collections.abc import Sequence

from territoires.domain.territories import TerritoryId
from territoires.render import images
from territoires.render.drawn_legend import LegendEntry
from territoires.render.drawn_map import DrawnMap
from territoires.render.kit_parts import NO_FIGURE, bullets, table, told
from territoires.render.map_svg import swatch_svg, to_svg
from territoires.render.press import Press
from territoires.render.typography import escape
from territoires.views.actors import ActorPoint
from territoires.views.citation import say_licence
from territoires.views.figure import interval_text
from territoires.views.french import LEVEL_LABELS, LEVEL_PLURALS, format_number
from territoires.views.map_view import DIFFERENCE_LABELS, MapView, Row
from territoires.views.search_index import normalize

_WIDTH_PX, _PICTURE_PX = 760, 1000
#: With more shapes than these: thin outlines; a picture, whose values are in the table.
MAX_FULL, MAX_SHAPES = 150, 1_500
_HINT = (
    "Survolez ou touchez la carte ; au clavier : Tab, puis les flèches, et Entrée pour le tableau."
)


def map_part(
    press: Press,
    view: MapView,
    selected: TerritoryId | None,
    anchor: str,
    actors: Sequence[ActorPoint] = (),
) -> str:
    """Write a map with all that stands around it; ``anchor`` starts its identifiers."""
    drawn = press.drawn(view, selected, actors=actors, is_thin=len(view.rows) > MAX_FULL)
    return (
        told(drawn.sentence, "phrase")
        + f'<div class="carte"><figure class="papier" data-carte="{anchor}" '
        + f'style="--forme:{_shape(drawn):.3f}">{_drawing(drawn, anchor)}'
        + f'{_reading(drawn)}<figcaption class="legende">{_legend(drawn)}'
        + bullets((escape(note) for note in _notes(drawn)), "notes")
        + "</figcaption></figure>"
        + f"{_table(view, anchor, selected)}</div>"
        + told(drawn.citation, "source")
        + told(say_licence(drawn.licence), "source licence")
    )


def _drawing(drawn: DrawnMap, anchor: str) -> str:
    if len(drawn.shapes) <= MAX_SHAPES:
        drawing = to_svg(drawn, _WIDTH_PX, with_furniture=False, prefix=anchor)
    else:
        picture = images.to_png(drawn, with_furniture=False, width_px=_PICTURE_PX)
        coded = base64.b64encode(picture).decode()
        alt = f"Carte : {drawn.title}. Les valeurs sont dans le tableau."
        drawing = f'<img src="data:image/png;base64,{coded}" alt="{escape(alt)}">'
    return f'<div class="dessin">{drawing}</div>'


def _shape(drawn: DrawnMap) -> float:
    """Give the width of a map for a height of 1: the style sheet says how high a map may be."""
    west, south, east, north = drawn.bounds
    return (east - west) / (north - south)


def _reading(drawn: DrawnMap) -> str:
    """Write the line where the script tells the territory under the pointer or in focus."""
    chosen = next((shape for shape in drawn.shapes if shape.id == drawn.selected), None)
    shown = f"{chosen.name} : {chosen.text}" if chosen else ""
    # Hidden until the script that keeps its promise runs.
    hint = f'<p class="aide" hidden>{escape(_HINT)}</p>' if len(drawn.shapes) <= MAX_SHAPES else ""
    return f'<p class="lecture" aria-live="polite">{escape(shown)}</p>{hint}'


def _legend(drawn: DrawnMap) -> str:
    css = "cles cercles" if any(entry.is_symbol for entry in drawn.legend) else "cles"
    items = bullets((_legend_item(entry, drawn) for entry in drawn.legend), css)
    chosen = next((shape.name for shape in drawn.shapes if shape.id == drawn.selected), "")
    return (
        f'<p class="titre-legende">{escape(drawn.legend_title)}</p>{items}'
        + told(drawn.benchmark)
        + told(drawn.legend_note)
        + (told(f"Contour épais : {chosen}.") if chosen else "")
        + _actors(drawn)
    )


def _actors(drawn: DrawnMap) -> str:
    """Write the legend of the actors on a map: how many of each kind."""
    if drawn.actors is None:
        return ""
    items = bullets((_legend_item(entry, drawn) for entry in drawn.actors.legend), "cles")
    title = f'<p class="titre-legende">{escape(drawn.actors.title)}</p>'
    return title + items + told(drawn.actors.note)


def _legend_item(entry: LegendEntry, drawn: DrawnMap) -> str:
    coded = base64.b64encode(swatch_svg(entry).encode()).decode()
    number = "" if entry.count is None else f" ({format_number(entry.count)})"
    # A circle of the legend is as large as on the map, whatever the width of the page.
    part = 2 * entry.radius_km / (drawn.bounds[2] - drawn.bounds[0])
    size = f' class="cercle" style="--part:{part:.4f}"' if entry.is_symbol else ""
    return (
        f'<img src="data:image/svg+xml;base64,{coded}" alt=""{size}>'
        f"<span>{escape(entry.label)}{escape(number)}</span>"
    )


def _notes(drawn: DrawnMap) -> Sequence[str]:
    # The sentence holds its own caveat already.
    return [text for text in drawn.caveats if text not in drawn.sentence]


def _table(view: MapView, anchor: str, selected: TerritoryId | None) -> str:
    """Write the values of the map; of 34 875 communes, those that the site lists."""
    rows = [view.rows[rank] for rank in view.listed] if view.listed is not None else view.rows
    rows = sorted(rows, key=lambda row: normalize(row.name)) if view.listed is None else rows
    has_sample = any(row.figure and row.figure.interval for row in rows)
    has_test = any(row.difference in DIFFERENCE_LABELS for row in rows)
    headings = [LEVEL_LABELS[view.level].capitalize(), view.indicator.unit_label or "Valeur"]
    headings += ["Intervalle à 95 %"] if has_sample else []
    headings += ["Par rapport à la France"] if has_test else []
    marks = [
        f' id="{anchor}-{escape(str(row.id))}" tabindex="-1"'
        + (' class="choisi"' if row.id == selected else "")
        for row in rows
    ]
    caption = f"{view.mark}{view.title}"
    if view.listed is not None:
        caption += f" – les {len(rows)} {LEVEL_PLURALS[view.level]} les plus peuplées"
    cells = [_cells(row, has_sample=has_sample, has_test=has_test) for row in rows]
    return table(caption, headings, cells, marks=marks)


def _cells(row: Row, *, has_sample: bool, has_test: bool) -> list[str]:
    figure = row.figure
    cells = [escape(row.name), escape(figure.short_text) if figure else NO_FIGURE]
    if has_sample:
        cells.append(escape(interval_text(figure.interval)) if figure and figure.interval else "")
    if has_test:
        cells.append(escape(DIFFERENCE_LABELS.get(row.difference, "")) if row.difference else "")
    return cells

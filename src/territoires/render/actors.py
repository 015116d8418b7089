"""How the kinds of actors look on the map and in its legend."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from territoires.render import html
from territoires.render.choropleth import POINT_SHAPES, Point, PointKind
from territoires.render.typography import escape
from territoires.tables.published import Published
from territoires.views.actors import ActorCount, ActorPoint
from territoires.views.datasets import EDITIONS

#: Shape and colour of each kind, in the order of the list of kinds: told apart without colour.
_COLOURS = (
    "#b3005e",
    "#7a3b00",
    "#4b0082",
    "#00565b",
    "#8a1c1c",
    "#2b2b2b",
    "#005a2b",
    "#a03c00",
    "#6b2d73",
    "#1f3f8f",
)


#: What the numbers of a map of actors mean.
TOO_NEAR = "Un nombre : autant d’acteurs trop proches pour être distingués."


def to_map_kinds(kinds: Mapping[str, str]) -> list[PointKind]:
    """Give each kind of actor its own shape and colour; a palette that runs out starts again."""
    shapes = tuple(POINT_SHAPES)
    return [
        PointKind(label, shapes[i % len(shapes)], _COLOURS[i % len(_COLOURS)])
        for i, label in enumerate(kinds.values())
    ]


def to_map_points(actors: Iterable[ActorPoint], kinds: Mapping[str, str]) -> tuple[Point, ...]:
    """Turn actors into points of the map engine."""
    ranks = {kind: rank for rank, kind in enumerate(kinds)}
    return tuple(Point(a.x_km, a.y_km, ranks[a.kind], a.name, a.place) for a in actors)


def build_actors_legend(kinds: Mapping[str, str], actors: Iterable[ActorPoint]) -> str:
    """Write the legend of the kinds that stand on the map, with how many of each."""
    numbers = [actor.kind for actor in actors]
    items = []
    for kind, look in zip(kinds, to_map_kinds(kinds), strict=True):
        if kind in numbers:
            # st.html removes inline SVG: the shape is drawn by a mask on a plain element.
            form = f"path('{POINT_SHAPES[look.shape]}')"
            items.append(
                f'<li><i class="repere" style="background:{look.colour};clip-path:{form}"></i>'
                f"{escape(look.label)}<b>{numbers.count(kind)}</b></li>"
            )
    if not items:
        return ""
    note = html.paragraph(TOO_NEAR, "reserve") if len(numbers) > 1 else ""
    return f'<div class="legende"><h2>Acteurs placés</h2><ul>{"".join(items)}</ul>{note}</div>'


def actors_by_territory(
    counts: Sequence[ActorCount], level_label: str, published: Published, sentence: str
) -> str:
    """List the actors known per territory, those drawn as points and those that cannot be."""
    note = published.lists["catalysts"]
    rows = [
        (
            html.internal_link(html.territory_url(a.territory), a.name),
            str(a.total),
            str(a.on_map),
            escape(", ".join(a.not_on_map)) or "–",
        )
        for a in counts
    ]
    table = html.table(
        (
            (level_label.capitalize(), False),
            ("Acteurs", True),
            ("Placés sur la carte", True),
            ("Connus sans lieu précis", False),
        ),
        rows,
        caption=f"{EDITIONS[published.dataset].mark}{note.label[0].upper()}{note.label[1:]}, par {level_label}",
        label="Acteurs par territoire",
        stacked=True,
    )
    head = html.paragraph(sentence, "") + html.paragraph(note.caveat, "reserve")
    return f"<h2>Acteurs recensés</h2>{head}{table}"

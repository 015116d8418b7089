"""Maps and charts of figures that leave the screen, with their table and their slides."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from territoires.domain.indicators import Nature
from territoires.domain.selection import Dataset
from territoires.render import data_files
from territoires.render.drawn_chart import (
    draw_changes,
    draw_comparison,
    draw_ladder,
    draw_sizes,
    draw_trends,
    name_ladder,
    name_sizes,
    name_trends,
)
from territoires.render.exported.files import Exported
from territoires.render.slides import (
    changes_slides,
    comparison_slides,
    ladder_slides,
    map_slides,
    size_slides,
)
from territoires.render.slides.comparisons import changes_of_group
from territoires.views.citation import (
    cite_changes,
    cite_comparison,
    cite_figures,
    cite_map,
    cite_portrait,
)
from territoires.views.comparison import Comparison
from territoires.views.comparison_waves import Changes
from territoires.views.evolution import Evolution, TrendGroup
from territoires.views.map_view import MapView
from territoires.views.maturity import Maturity
from territoires.views.portrait import Portrait
from territoires.views.portrait_profile import Profile

if TYPE_CHECKING:
    from territoires.domain.territories import TerritoryId
    from territoires.render.press import Press
    from territoires.views.actors import ActorPoint


def export_map(
    press: Press,
    view: MapView,
    selected: TerritoryId | None = None,
    actors: tuple[ActorPoint, ...] = (),
    *,
    people: MapView | None = None,
) -> Exported:
    """Export a map, with the actors that stand on it.

    ``people`` is the view of a count of the same parts, drawn as circles over the colours.
    """
    data = press.published
    draw = partial(press.drawn, view, selected, actors=actors, people=people)

    def table() -> data_files.DataTable:
        return data_files.map_table(view, data.catalogue, press.directory, press.taken)

    return Exported(
        cite_map(view, press.taken),
        table,
        draw,
        lambda: map_slides(draw(is_thin=True)),
        lambda: (table(), data_files.read_shapes(view, data.zonings)),
        press.cite_drawn(view, actors, people),
    )


def export_comparison(press: Press, view: Comparison) -> Exported:
    """Export territories side by side."""
    cited = cite_comparison(view, press.taken)
    return Exported(
        cited,
        lambda: data_files.comparison_table(
            view, press.published.catalogue, press.directory, press.taken
        ),
        lambda: draw_comparison(view),
        lambda: comparison_slides(view, notes=cited.notes),
    )


def export_changes(press: Press, changes: Changes) -> Exported:
    """Export two waves of the same territories."""
    cited = cite_changes(changes, press.taken)
    return Exported(
        cited,
        lambda: data_files.changes_table(
            changes, press.published.catalogue, press.directory, cited
        ),
        lambda: draw_changes(changes),
        lambda: changes_slides(changes, notes=cited.notes),
    )


def export_portrait(press: Press, portrait: Portrait) -> Exported:
    """Export the figures of a territory."""
    return Exported(
        cite_portrait(portrait, press.published, press.taken),
        lambda: data_files.portrait_table(portrait, press.published, press.taken),
    )


def export_trends(press: Press, group: TrendGroup, evolution: Evolution) -> Exported:
    """Export what changed from one wave to the next in a theme."""
    figures = [figure for t in group.trends for figure in (t.change.before, t.change.after)]
    cited = cite_figures(
        evolution.dataset, name_trends(group), figures, press.taken, caveats=evolution.caveats
    )
    return Exported(
        cited,
        lambda: data_files.trends_table(group, evolution, press.published.catalogue, cited),
        lambda: draw_trends(group, evolution.dataset, evolution.caveats),
        lambda: tuple(filter(None, [changes_of_group(group, evolution, notes=cited.notes)])),
    )


def export_ladder(press: Press, maturity: Maturity) -> Exported:
    """Export the ladder of maturity."""
    lines = [rung.line for rung in maturity.rungs if rung.line]
    cited = cite_figures(
        maturity.dataset,
        name_ladder(maturity),
        [figure for line in lines for figure in (line.local, line.national)],
        press.taken,
        caveats=maturity.caveats,
    )
    return Exported(
        cited,
        lambda: data_files.ladder_table(maturity, press.published.catalogue, cited),
        lambda: draw_ladder(maturity),
        lambda: ladder_slides(maturity, cited.title, notes=cited.notes),
    )


def export_sizes(press: Press, profile: Profile, dataset: Dataset) -> Exported:
    """Export the communes of a territory by size."""
    lines = [line for size in profile.sizes for line in (size.number_line, size.share_line)]
    figures = [figure for line in lines for figure in (line.local, line.national)]
    cited = cite_figures(dataset, name_sizes(profile), figures, press.taken, nature=Nature.COG)
    drawn = draw_sizes(profile, dataset)
    return Exported(
        cited,
        lambda: data_files.sizes_table(
            profile, dataset, press.published.catalogue, cited, drawn.sentence
        ),
        lambda: drawn,
        lambda: size_slides(profile, dataset, cited.title, notes=cited.notes),
    )
